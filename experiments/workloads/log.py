"""Threads compute (work rounds) and then append a line to one log that all share: log=list, log=print, or log=none."""
import harness


def setup(k):
    return []


def run(k, lines):
    def work(t):
        for i in harness.share(k.n, k.threads, t):
            x = i
            for _ in range(k.work):
                x = (x * 7 + 3) % 1000003
            if k.log == "list":
                lines.append((t, x))
            elif k.log == "print":
                print("%d:%d:%d" % (t, i, x))

    harness.threads(k.threads, work)


def verify(k, lines, _):
    assert len(lines) == (k.n if k.log == "list" else 0), len(lines)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=4, n=400, work=100, log="list")
