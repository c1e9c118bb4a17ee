"""Threads change one list at the same time: every thread its own area of it."""
import harness


def setup(k):
    return [0] * (k.threads * k.area)


def run(k, cells):
    def work(t):
        first = t * k.area
        for i in range(k.n // k.threads):
            at = first + i % k.area
            cells[at] = cells[at] + 1

    harness.threads(k.threads, work)


def verify(k, cells, _):
    assert sum(cells) == k.n // k.threads * k.threads, sum(cells)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=4, area=64, n=20000)
