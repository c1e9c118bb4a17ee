"""Threads compute rows of the Mandelbrot set into one list of rows."""
import harness


def row(y, n, limit):
    out = []
    ci = 2.0 * y / n - 1.0
    for x in range(n):
        cr = 3.0 * x / n - 2.0
        zr = zi = 0.0
        i = 0
        while i < limit and zr * zr + zi * zi < 4.0:
            zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
            i += 1
        out.append(i)
    return out


def setup(k):
    return [None] * k.n


def run(k, rows):
    def work(t):
        for y in range(t, k.n, k.threads):
            rows[y] = row(y, k.n, k.limit)

    harness.threads(k.threads, work)


def verify(k, rows, _):
    assert all(len(r) == k.n for r in rows)
    for y in range(1, k.n // 2, 3):
        # the set is symmetric; the imaginary parts are equal but for rounding in the last place
        assert sum(a != b for a, b in zip(rows[y], rows[k.n - y])) <= 1 + k.n // 50


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=48, limit=64)
