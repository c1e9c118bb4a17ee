# tuple, range and slice objects.
def t(f, *a, **k):
    try: print(repr(f(*a, **k)), end=" ")
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
x = (1, 2, 3); print(x, (), (1,), 1, (1, 2) + (3,), (1,) * 3, x[1], x[-1], x[1:], x[::-1], x.index(2), x.count(1), 2 in x, len(x), tuple("ab"), tuple([1]), tuple(x) is x, hash((1, 2)) == hash((1, 2)), hash(()), x == (1, 2, 3), x < (1, 2, 4), (1,) < (1, 0), max(x), sum(x), sorted((3, 1)))
t(lambda: x[5]); t(x.index, 9); t(lambda: x + [1]); t(lambda: x * "a"); t(lambda: x["a"]); t(hash, ([],)); t(tuple, 5); t(lambda: x.append); t(lambda: x[1.5]); t(x.index, 1, 1); t(lambda: x - x); t(tuple, 1, 2)
print()
r = range(10); print(r, list(r[2:5]), r[2:5], r[::-1], r[-1], r[::3], len(r), 5 in r, 10 in r, 5.0 in r, "a" in r, r.index(3), r.count(3), r.count(30), r.start, r.stop, r.step, range(5, 0), list(range(5, 0, -2)), range(0, 10, 3)[-1], bool(range(0)), bool(range(1)), r == range(0, 10), range(0, 3, 2) == range(0, 4, 2), range(0) == range(5, 5), hash(range(3)) == hash(range(0, 3, 1)), list(reversed(range(0, 10, 3))), range(-5, 5, 3)[1], range(10)[3:8:2], range(10, 0, -3), range(True))
t(range); t(range, 1.0); t(range, "a"); t(range, 1, 2, 0); t(range, 1, 2, 3, 4); t(lambda: range(3)[5]); t(lambda: range(3)["a"]); t(range(3).index, 9); t(lambda: range(3) + range(2)); t(lambda: range(3) < range(4)); t(range, None); t(lambda: range(3)[::0])
print()
s = slice(1, 10, 2); print(s, s.start, s.stop, s.step, s.indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(10), slice(100, -100, -1).indices(5), slice(5), slice(None), s == slice(1, 10, 2), slice(1) < slice(2), slice("a", "b"))
t(slice); t(s.indices, -1); t(slice(1.5).indices, 5); t(slice(1, 2, 0).indices, 5); t(s.indices); t(hash, slice(1)) if False else None
print()
for start in (None, 0, 2, -2, 7, -9):
    for stop in (None, 1, -1, 9):
        for step in (None, 2, -1): print("abcde"[start:stop:step], end=",")
print()
class Sl:
    def __getitem__(self, k): return k
q = Sl(); print(q[1], q[1:2], q[:], q[::], q[1:2:3], q[1, 2:3], q[..., 1], q[()], q[:, :], q[-1:], q["a":"b"])
a, *b = (1,); print(a, b); (c,) = (5,); print(c); print(*(1, 2), *range(3), sep="-"); print((1, 2)[0], ((1, 2), 3)[0][1], (*x, 4), *x)
def many(): return 1, "two", [3]
n, w, l = many(); print(n, w, l, many()[1]); print((1, 2) is (1, 2) if False else "", () is (), tuple() == ())
from collections import namedtuple
P = namedtuple("P", "x y z", defaults=[0]); p = P(1, 2); print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([1, 2, 3]), p == (1, 2, 0), len(p), isinstance(p, tuple), [*p], P(x=1, y=2, z=3), hash(p) == hash((1, 2, 0)), P._field_defaults)
t(P); t(P, 1, 2, 3, 4); t(namedtuple, "A", "a a"); t(namedtuple, "A", "class"); t(p._replace, q=1); t(P, 1, 2, w=3)
print(); x1, y1, z1 = p; print(x1 + y1 + z1, max(P(1, 2), P(1, 3)), {p: 1}[P(1, 2)], P.__doc__, P.x.__doc__, p.index(2), p.count(0))
