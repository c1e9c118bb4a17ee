# Rich comparison, hashing, containment, identity.
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.v < o.v if isinstance(o, V) else NotImplemented
    def __le__(self, o): return self.v <= o.v if isinstance(o, V) else NotImplemented
    def __repr__(self): return f"V{self.v}"
a, b = V(1), V(2)
print(a < b, a > b, a <= b, a >= b, a == b, a != b, a == 1, a != 1, 1 == a)
try: a < 1
except TypeError as e: print(e)
try: hash(a)
except TypeError as e: print(e)
print(sorted([V(3), V(1), V(2)]), max(V(1), V(5), V(3)), min([V(4), V(2)]))
class E:
    def __eq__(self, o): print("eq"); return True
    def __hash__(self): return 1
e = E()
print(e in [1, 2], 1 in [e], [1, e].index(5), (e,).count(3), e != 3)
print(e is e, [e] == [e])
class Weird:
    def __eq__(self, o): return "eq result"
    def __ne__(self, o): return "ne result"
    def __lt__(self, o): return []
print(Weird() == 1, Weird() != 1, Weird() < 1, 1 == Weird(), 1 > Weird())
class Log:
    def __init__(self, n): self.n = n
    def __lt__(self, o): print(self.n, "lt"); return NotImplemented
    def __gt__(self, o): print(self.n, "gt"); return NotImplemented
    def __eq__(self, o): print(self.n, "eq"); return NotImplemented
class Log2(Log):
    pass
class Log3(Log):
    def __gt__(self, o): print(self.n, "gt3"); return NotImplemented
    def __eq__(self, o): print(self.n, "eq3"); return NotImplemented
x = Log("x")
for y in (Log("y"), Log2("y2"), Log3("y3"), 5):
    try: x < y
    except TypeError as err: print(err)
    print(x == y)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 != 4, 1 < 2 > 1 < 5)
def f(n): print("f", n); return n
print(f(1) < f(2) < f(0) < f(9))
print(f(1) < f(3) >= f(2) != f(0) in [0, 1])
n = float("nan")
print(n == n, n != n, n < n, n is n, [n] == [n], n in [n], (n,) == (n,), {n: 1} == {n: 1}, [n].index(n) if n in [n] else None)
print(1 in [1.0], "a" in "cat", "" in "x", None in [None], 5 not in range(3), "k" in {"k": 1}, (1, 2) in [(1, 2)])
for l, r in ((1, "a"), ([], ()), (None, None), ({}, {}), (1j, 2), (len, 1), ("a", b"a"), (object, int)):
    for op in ("<", ">", "<=", ">="):
        try:
            print(eval(f"l {op} r"))
        except TypeError as err: print(err)
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], (1, "a") < (2, None), [1, "x"] == [1, "x"], (1, 2) == [1, 2])
try: (1, "a") < (1, None)
except TypeError as err: print(err)
class C:
    def __contains__(self, x): return x == 5
class I:
    def __iter__(self): return iter([1, 2])
class G:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
print(5 in C(), 4 in C(), 2 in I(), 3 in I(), 20 in G(), 25 in G(), list(G()))
for bad in (5, None, object()):
    try: 1 in bad
    except TypeError as err: print(str(err).split("<")[0])
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
    def __eq__(self, o): return self.h == o.h
print(len({H(1), H(1), H(2)}), hash(H(2**70)) == hash(2**70), hash(H(-1)))
class Parent:
    def __eq__(self, o): return True
    def __hash__(self): return 5
class Child(Parent):
    def __eq__(self, o): return False
print(Child.__hash__, hash(Parent()))
import functools
@functools.total_ordering
class O:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(O(1) <= O(1), O(2) > O(1), O(1) >= O(2), O(1) != O(2))
