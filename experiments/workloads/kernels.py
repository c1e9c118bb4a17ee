"""Small single-threaded programs, by kernel=NAME: what an interpreter spends its time with."""
import threading
import harness


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx):
        self.x += dx
        self.y -= dx
        return self


def ints(n):
    total = 0
    i = 0
    while i < n:
        total = (total + i * 3) % 65521
        i += 1
    return total


def calls(n):
    def fib(m):
        return m if m < 2 else fib(m - 1) + fib(m - 2)

    total = 0
    for _ in range(max(1, n // 1000)):
        total += fib(14)
    return total


def attributes(n):
    p = Point(0, 0)
    for i in range(n):
        p.move(i & 3)
    return p.x + p.y


def objects(n):
    last = None
    for i in range(n):
        last = Point(i, last)
        if i & 63 == 0:
            last = None
    return n


def dicts(n):
    d = {}
    for i in range(n):
        key = i * 7919 % 997
        d[key] = d.get(key, 0) + 1
    return sum(d.values())


def lists(n):
    cells = [0] * 256
    for i in range(n):
        cells[i & 255] += cells[(i + 1) & 255] + 1 & 1023
    return sum(cells) >= 0


def floats(n):
    x, y = 0.5, 0.25
    for _ in range(n):
        x = x * 1.0001 + y * 0.5
        y = y * 0.999 - x * 0.001
        if x > 1e6:
            x = 0.5
    return x == x


def strings(n):
    parts = []
    for i in range(n // 4):
        parts.append("%d:%s" % (i, "abc"[i % 3]))
    return len(",".join(parts).split(",")) == n // 4


def generators(n):
    def squares(m):
        for i in range(m):
            yield i * i

    return sum(x & 15 for x in squares(n))


def sorting(n):
    r = harness.Random(7)
    v = [r.below(1 << 20) for _ in range(n // 8)]
    v.sort(key=lambda x: x ^ 0x5555)
    return all(v[i] ^ 0x5555 <= v[i + 1] ^ 0x5555 for i in range(len(v) - 1))


def locking(n):
    lock = threading.Lock()
    total = 0
    for i in range(n // 2):
        with lock:
            total += i & 7
    return total


KERNELS = {"ints": ints, "calls": calls, "attributes": attributes, "objects": objects, "dicts": dicts, "lists": lists,
           "floats": floats, "strings": strings, "generators": generators, "sorting": sorting, "locking": locking}


def setup(k):
    return KERNELS[k.kernel]


def run(k, f):
    results, best = set(), None
    for _ in range(k.rounds):
        start = harness.clock()
        results.add(f(k.n))
        seconds = harness.clock() - start
        if best is None or seconds < best:
            best = seconds
    return results, best


def verify(k, f, result):
    results, best = result
    assert len(results) == 1, results
    assert f(8) == f(8)
    return {"best": best}


if __name__ == "__main__":
    harness.main(setup, run, verify, kernel="ints", n=20000, rounds=1)
