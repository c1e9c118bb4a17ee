# Python 2.7: queens by generators, a sieve, Collatz, roman numerals, and a maze: the loops that benchmarks are made of.
import os.path
import re
import time
from collections import defaultdict, namedtuple


def queens(n, row=0, cols=0, d1=0, d2=0):
    if row == n:
        yield ()
        return
    free = ~(cols | d1 | d2) & ((1 << n) - 1)
    while free:
        bit = free & -free
        free ^= bit
        for rest in queens(n, row + 1, cols | bit, (d1 | bit) << 1, (d2 | bit) >> 1):
            yield (bit.bit_length() - 1,) + rest


for n in range(1, 7):
    found = list(queens(n))
    print n, len(found), found[0] if found else None


def sieve(n):
    flags = [True] * n
    flags[0:2] = [False, False]
    for i in xrange(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(xrange(i * i, n, i))
    return [i for i, f in enumerate(flags) if f]


print sieve(60), len(sieve(2000))


def collatz(n, memo={1: 1}):
    if n not in memo:
        memo[n] = 1 + collatz(n / 2 if n % 2 == 0 else 3 * n + 1)
    return memo[n]


print max((collatz(i), i) for i in xrange(1, 600))
ROMAN = zip([1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1], "M CM D CD C XC L XL X IX V IV I".split())


def roman(n):
    out = ""
    for value, letters in ROMAN:
        out += letters * (n / value)
        n %= value
    return out


print [roman(n) for n in (4, 9, 14, 1994, 2013)], bool(re.match("^M{0,3}(CM|CD|D?C{0,3})", roman(1999)))
Step = namedtuple("Step", "x y")
maze = ["#########", "#   #   #", "# # # # #", "# #   # #", "#########"]
todo, seen = [Step(1, 1)], defaultdict(lambda: -1)
seen[Step(1, 1)] = 0
while todo:
    s = todo.pop(0)
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        t = Step(s.x + dx, s.y + dy)
        if maze[t.y][t.x] == " " and seen[t] < 0:
            seen[t] = seen[s] + 1
            todo.append(t)
print seen[7, 3], max(seen.itervalues()), len(filter(lambda v: v >= 0, seen.values())), Step(1, 2)._replace(y=5)
print os.path.join("a", "b"), os.path.splitext("x.tar.gz"), isinstance(time.time(), float), hash("a") == hash(u"a")
print "%s %s" % divmod(10 ** 20, 7L), 10 ** 20 / 7, -1 >> 70, 1 << 70, ~5L, 5 & 3L | 8 ^ 1
