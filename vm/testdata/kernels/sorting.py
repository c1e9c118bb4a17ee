"""Sorting with keys, and sorts written in Python."""
import sys


class Record:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __lt__(self, other):
        return (self.a, self.b) < (other.a, other.b)


def numbers(n, x=42):
    out = []
    for _ in range(n):
        x = (x * 6364136223846793005 + 1442695040888963407) % 18446744073709551616
        out.append(x >> 40)
    return out


def quick(xs):
    if len(xs) < 2:
        return xs
    p = xs[len(xs) // 2]
    return quick([x for x in xs if x < p]) + [x for x in xs if x == p] + quick([x for x in xs if x > p])


def heap(xs):
    def sift(lo, hi):
        while True:
            c = 2 * lo + 1
            if c > hi:
                return
            if c < hi and xs[c] < xs[c + 1]:
                c += 1
            if xs[lo] >= xs[c]:
                return
            xs[lo], xs[c] = xs[c], xs[lo]
            lo = c
    n = len(xs)
    for i in range(n // 2 - 1, -1, -1):
        sift(i, n - 1)
    for i in range(n - 1, 0, -1):
        xs[0], xs[i] = xs[i], xs[0]
        sift(0, i - 1)
    return xs


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
data = numbers(n)
print(sorted(data)[:3], sorted(data, key=lambda x: -x)[:2], sorted(map(str, data), key=len, reverse=True)[:2])
print(quick(data) == heap(data[:]) == sorted(data))
records = sorted(Record(x % 50, x) for x in data)
print([(r.a, r.b) for r in records[:3]], sorted(data, key=lambda x: (x % 10, x // 10))[:3])
