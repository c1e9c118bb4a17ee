"""Threads read and write cells of one list: a hot set of hot cells, writes percent of accesses write, think rounds of own work."""
import harness


def setup(k):
    return [0] * (k.hot * k.apart)


def run(k, cells):
    written = [0] * k.threads

    def work(t):
        r = harness.Random(k.seed * 100 + t + 1)
        mine = 0
        for i in range(k.n // k.threads):
            at = r.below(k.hot) * k.apart
            if k.skew and r.below(100) < k.skew:
                at = 0
            if r.below(100) < k.writes:
                cells[at] = cells[at] + 1
                mine += 1
            else:
                cells[at]
            x = 0
            for j in range(k.think):
                x += j
        written[t] = mine

    harness.threads(k.threads, work)
    return sum(written)


def verify(k, cells, written):
    # cells[at] = cells[at] + 1 is not atomic: the GIL may lose updates between load and store, but never invent any
    assert 0 <= sum(cells) <= written, (sum(cells), written)
    return {"lost": written - sum(cells)}


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=4, n=4000, hot=64, apart=1, writes=20, skew=0, think=10, seed=1)
