# sort and sorted: stability, keys, reverse, errors in keys and comparisons, partial orders, modification while sorting.
import functools, random
words = "the quick brown fox jumps over the lazy dog The Quick".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)))
pairs = [(i % 3, i) for i in range(10)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sorted(pairs, reverse=True))
r = random.Random(42)
for n in (0, 1, 2, 3, 10, 31, 32, 33, 63, 64, 65, 100, 500):
    l = [r.randrange(n) for _ in range(n)] if n else []
    s = sorted(l)
    assert all(a <= b for a, b in zip(s, s[1:])) and len(s) == n and sum(s) == sum(l)
    st = sorted(range(n), key=lambda i: l[i] // 3)
    assert all((l[a] // 3, a) < (l[b] // 3, b) for a, b in zip(st, st[1:]))
    rv = sorted(range(n), key=lambda i: l[i] // 3, reverse=True)
    assert all((-(l[a] // 3), a) < (-(l[b] // 3), b) for a, b in zip(rv, rv[1:]))
print("stable")
for pattern in (range(100), range(100, 0, -1), [i % 10 for i in range(100)], [i ^ 5 for i in range(100)], list(range(50)) + list(range(50)), [1] * 40):
    print(sorted(pattern) == sorted(sorted(pattern, reverse=True)), end=" ")
print()
class Cmp:
    n = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): Cmp.n += 1; return self.v < o.v
    def __repr__(self): return f"C{self.v}"
print(sorted([Cmp(3), Cmp(1), Cmp(2)]))
Cmp.n = 0; sorted(map(Cmp, range(20))); print(Cmp.n)
Cmp.n = 0; sorted(map(Cmp, range(20, 0, -1))); print(Cmp.n)

def numeric(a, b): return (a > b) - (a < b)
print(sorted([3, 1, 2], key=functools.cmp_to_key(numeric)), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: numeric(b, a))))
for bad in (lambda: sorted([1, "a"]), lambda: sorted([None, 1]), lambda: sorted([1, 2], key=5), lambda: sorted([1, 0], key=lambda x: 1 // x), lambda: [].sort(5), lambda: sorted(5), lambda: sorted([1], key=None, reverse="yes"), lambda: sorted([1j, 2j]), lambda: sorted([[1], ["a"]]), lambda: sorted([1], reverse=[]), lambda: sorted(), lambda: sorted([1], cmp=1)):
    try: print(bad())
    except (TypeError, ZeroDivisionError) as e: print(type(e).__name__, e)
l = [5, 3, 4]
def key(x):
    l.append(x); return x
try: l.sort(key=key)
except ValueError as e: print(e)
print(l)
l = [3, 2, "x", 1]
try: l.sort()
except TypeError as e: print(e)
print(sorted(map(repr, l)))
seen = []
l = [3, 1, 2]
l.sort(key=lambda x: seen.append(list(l)) or x); print(seen, l)
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x); print(calls)
print(sorted([True, False, 2, 0.5, -1]), sorted([1.5, 1, 10 ** 20, -10 ** 20, 0.1]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted({"b": 1, "a": 2}), sorted({3, 1, 2}), sorted("hello"), sorted([b"b", b"a"]), sorted([[2], [1, 9], [1]]), sorted([float("inf"), -float("inf"), 0]))
d = {"x": 3, "y": 1, "z": 2}; print(sorted(d, key=d.get), sorted(d.items(), key=lambda kv: -kv[1]), max(d, key=d.get), min(d.values()))
import operator
print(sorted([{"n": 2}, {"n": 1}], key=operator.itemgetter("n")), sorted(["bb", "a"], key=operator.methodcaller("__len__")), sorted([3 + 1j, 1 + 2j], key=abs), sorted(["é", "z", "a", "Z"]), sorted(["10", "9", "2"], key=int), sorted([1, 2, 3], key=lambda x: -x), sorted([], key=5) if False else [])
