# Comprehensions: scopes, conditions, nesting, order of evaluation, walrus inside.
print([x for x in range(5)], [x * y for x in (1, 2) for y in (3, 4)], [(x, y) for x in range(3) if x % 2 == 0 for y in "ab" if x])
print({x % 3 for x in range(10)}, {k: v for k, v in zip("abc", range(3))}, {v: k for k, v in {"a": 1}.items()})
print([[j for j in range(i)] for i in range(4)], [y for row in [[1, 2], [3]] for y in row])
x = "outer"
l = [x for x in range(3)]
print(x, l)
print([a if a > 2 else -a for a in range(5)], [not a for a in (0, 1)])
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)], list(zip(*m)))
print([y := 5, y * 2], y, [last := v for v in range(4)], last)
def f():
    total = 0
    return [total := total + v for v in range(5)], total
print(f())
print(any((hit := n) > 3 for n in range(10)), hit)
log = []
def t(n): log.append(n); return [n, n + 1]
print([(a, b) for a in t(1) for b in t(a * 10)], log)
g = (log.append("lazy") or i for i in t(100))
print(log); print(list(g), log[-1])
try: [z for z in 5]
except TypeError as e: print(e)
try: (z for z in 5)
except TypeError as e: print(e)
try: [1 // z for z in (1, 0)]
except ZeroDivisionError as e: print(e)
print({**{"a": 1}, "b": 2, **{"a": 3}}, [*range(3), *"ab", 9], (*[1], *[2]), {*[1, 1, 2]})
print([i for i in range(20) if i % 2 if i % 3], sum(i * i for i in range(10)), max((len(w), w) for w in "a bbb cc".split()))
print([a + b for a, b in [(1, 2), (3, 4)]], [a for a, *b in ["xyz", "pq"]], [b for a, *b in ["xyz", "pq"]], [c for (a, (b, c)) in [(1, (2, 3))]])
class C:
    n = 3
    sq = [i * i for i in range(n)]
    d = {i: i for i in range(n)}
print(C.sq, C.d)
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
def outer(k):
    return [lambda v, j=j: v * k + j for j in range(3)]
print([f(10) for f in outer(2)])
print([[(i, j, k) for k in range(2)] for i in range(2) for j in range(2)])
print({(i, j): i * j for i in range(3) for j in range(3) if i <= j})
print("".join(c for c in "h3ll0" if not c.isdigit()), sorted({c.lower() for c in "Hello"}), dict((k, len(k)) for k in ("a", "bb")))
print([x.y for x in [type("T", (), {"y": n}) for n in (1, 2)]])
def gen():
    r = [(yield_value) for yield_value in range(3)]
    yield r
print(list(gen()))
nested = [[[0] * 2 for _ in range(2)] for _ in range(2)]; nested[0][1][0] = 7; print(nested)
print([i for i in range(3)] + [i for i in range(3, 5)], [i for i in [1, 2, 3] if (lambda q: q > 1)(i)])
