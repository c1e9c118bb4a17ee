# set and frozenset: operations, methods, comparisons, errors.
def t(f, *a):
    try: r = f(*a); print(sorted(r) if isinstance(r, (set, frozenset)) else repr(r), end=" ")
    except (ValueError, TypeError, KeyError, RuntimeError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a < b, a <= a, a > {1}, a >= {1, 2}, a == {3, 2, 1}, a != b, a.isdisjoint({9}), {1} < a, not set(), len(a), 2 in a, 9 in a)
print(a.union([5], (6,)), a.intersection([1, 2, 9], {1}), a.difference([1], [2]), a.symmetric_difference([1, 9]), a.issubset(range(5)), a.issuperset([1]), a.union(), a.intersection(), a.copy() == a, a.copy() is a)
s = set(); s.add(1); s.add(1); s.update([2, 3], (4,)); s.discard(9); s.discard(2); s.remove(3); print(s); s.clear(); print(s)
s = {1, 2, 3, 4}; s &= {1, 2, 9}; print(s); s |= {7}; print(s); s -= {1}; print(s); s ^= {7, 8}; print(s); s.intersection_update([2]); s.difference_update([5]); s.symmetric_difference_update([3]); print(s)
t({1}.remove, 2); t(set().pop); t(set, 5); t(lambda: {[]}); t({1}.add, []); t(lambda: [] in {1}); t(lambda: {1} | [2]); t(lambda: {1} + {2}); t(lambda: {1} < [1]); t(hash, {1}); t(set, 1, 2); t({1}.union, 5); t({(1, 2)}.remove, (3, 4)); t(lambda: {1}[0]); t(lambda: {{1}}); t({1}.add)
print()
f = frozenset([1, 2]); print(f | {3}, {3} | f, type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset([2, 1])), f == {1, 2}, {f: 1}[frozenset([2, 1])], f in {f}, {1, 2} in {f}, frozenset(f) is f, frozenset() == set(), frozenset("ab") <= frozenset("abc"))
t(lambda: f.add(1)) if hasattr(f, "add") else print("frozen", end=" ")
g = f; g |= {9}; print(f, g, g is f)
def grow():
    s = {1}
    for x in s: s.add(x + 1)
t(grow)
print(sorted({x % 7 for x in range(100)}), sorted(set("hello")), set([1, 1.0, True]), len({0, 0.0, False, -0.0}), set(range(5)), set([]), {*[1, 2], *(2, 3)}, set({"a": 1}), {None}, {()} , {1, 2} == frozenset([1, 2]))
s = {5}; print(s.pop(), s, min({3, 1}), max({3, 1}), sum({1, 2}), sorted({3, 1, 2}), list({7}), tuple({7}), bool({0}), bool(set()))
class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __hash__(self): return hash(self.n % 2)
print(len({E(1), E(1), E(2), E(3)}), E(1) in {E(1)}, E(5) in {E(1)})
small = {1, 2, 3}; print(small, {3, 1, 2}, {10, 20, 5}, set(range(10, 0, -1)), {-1, -2, 0}, {100, 1, 33}, {8, 0, 16}, set(range(0, 50, 7)))
big = set(range(1000)); big -= set(range(0, 1000, 3)); print(len(big), sum(big), 3 in big, 4 in big); big &= set(range(100)); print(len(big))
import itertools
ps = {frozenset(c) for r in range(4) for c in itertools.combinations("abc", r)}; print(len(ps), frozenset("ab") in ps, frozenset("ad") in ps)
def primes(n):
    s = set(range(2, n))
    for i in range(2, int(n ** .5) + 1): s -= set(range(i * i, n, i))
    return sorted(s)
print(primes(60)); class_ = type("S", (set,), {}); c = class_([1]); c.add(2); print(c, type(c | {3}).__name__, c == {1, 2}); print(repr(set()), repr(frozenset()), repr({1}), str(frozenset({1})))
