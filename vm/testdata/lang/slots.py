# __slots__: layout, inheritance, errors.
class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
p = P(1, 2)
print(p.x, p.y, hasattr(p, "__dict__"))
for f in (lambda: setattr(p, "z", 1), lambda: p.z, lambda: p.__dict__):
    try: f()
    except AttributeError as e: print(e)
del p.x
try: p.x
except AttributeError as e: print(e)
try: del p.x
except AttributeError as e: print(e)
p.x = 5; print(p.x)
class Q(P):
    __slots__ = ["z"]
q = Q(1, 2); q.z = 3; print(q.x, q.y, q.z)
try: q.w = 1
except AttributeError as e: print(e)
class R(P): pass
r = R(1, 2); r.w = 9; print(r.w, r.__dict__, r.x)
class S:
    __slots__ = "single"
s = S(); s.single = 1; print(s.single, S.__slots__)
class D:
    __slots__ = ("a", "__dict__")
d = D(); d.a = 1; d.b = 2; print(d.a, d.b, d.__dict__)
print(type(P.x).__name__, P.x.__get__(p), repr(P.x))
P.x.__set__(p, 77); print(p.x)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as e: print(e)
try:
    class Bad2:
        __slots__ = ("1a",)
except TypeError as e: print(e)
try:
    class Bad3:
        __slots__ = (1,)
except TypeError as e: print(e)
class E:
    __slots__ = ()
e = E()
try: e.x = 1
except AttributeError as x: print(x)
class M:
    __slots__ = ("__private",)
    def __init__(self): self.__private = 3
    def get(self): return self.__private
print(M().get())
class G:
    __slots__ = ("a", "b")
    c = 5
g = G(); print(g.c)
try: g.c = 6
except AttributeError as x: print(x)
class I(int):
    __slots__ = ()
print(I(4) + 1)
class N(P):
    __slots__ = ()
    def __eq__(self, o): return self.x == o.x
    __hash__ = None
print(N(1, 2) == N(1, 3))
try: hash(N(1, 2))
except TypeError as x: print(x)
