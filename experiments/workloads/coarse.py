"""Threads work on parts of their own under one lock that they all take (coarse=1), or without it (coarse=0)."""
import threading
import harness


def setup(k):
    return [{i: 0 for i in range(32)} for _ in range(k.threads)], threading.Lock()


def run(k, state):
    tables, lock = state

    def work(t):
        d = tables[t]
        for i in harness.share(k.n, k.threads, t):
            if k.coarse:
                with lock:
                    for j in range(k.inside):
                        d[(i + j) & 31] += 1
            else:
                for j in range(k.inside):
                    d[(i + j) & 31] += 1

    harness.threads(k.threads, work)


def verify(k, state, _):
    assert sum(sum(d.values()) for d in state[0]) == k.n * k.inside


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=2000, inside=8, coarse=1)
