"""Three micro-programs: what=disjoint (own lists), what=dict (keys of one dict), what=counter (one hot counter under a lock)."""
import threading
import harness


class State:
    pass


def setup(k):
    s = State()
    s.lists = [[0] * 64 for _ in range(k.threads)]
    s.table = {i: 0 for i in range(4096)}
    s.counter = 0
    s.lock = threading.Lock()
    return s


def disjoint(k, s, t):
    cells = s.lists[t]
    for i in harness.share(k.n, k.threads, t):
        cells[i & 63] += i & 7


def table(k, s, t):
    d = s.table
    for i in harness.share(k.n, k.threads, t):
        key = i & 4095
        d[key] = d[key] + 1


def counter(k, s, t):
    lock = s.lock
    for i in harness.share(k.n, k.threads, t):
        with lock:
            s.counter += 1


def run(k, s):
    body = {"disjoint": disjoint, "dict": table, "counter": counter}[k.what]
    harness.threads(k.threads, lambda t: body(k, s, t))


def verify(k, s, _):
    if k.what == "counter":
        assert s.counter == k.n, s.counter
    elif k.what == "dict":
        assert 0 < sum(s.table.values()) <= k.n, sum(s.table.values())
    else:
        want = sum(i & 7 for i in range(k.n))
        assert sum(map(sum, s.lists)) == want


if __name__ == "__main__":
    harness.main(setup, run, verify, what="disjoint", threads=2, n=20000)
