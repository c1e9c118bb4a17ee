# Classes: attributes, methods, instances, inheritance, isinstance, class bodies.
class Point:
    "A point."
    count = 0
    def __init__(self, x, y=0):
        self.x, self.y = x, y
        Point.count += 1
    def __repr__(self): return f"Point({self.x}, {self.y})"
    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)
    def __eq__(self, o): return isinstance(o, Point) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
p, q = Point(1, 2), Point(3)
print(p, q, p + q, p == Point(1, 2), p != q, Point.count, p.count)
p.count = 10
print(p.count, Point.count, p.__dict__, vars(q))
del p.count
print(p.count)
print(Point.__name__, Point.__doc__, Point.__module__, Point.__qualname__, Point.__bases__, Point.__mro__)
print({p: 1}[Point(1, 2)], len({p, Point(1, 2), q}))
print(type(p) is Point, isinstance(p, Point), isinstance(p, object), isinstance(p, (int, Point)), issubclass(Point, object), issubclass(bool, int))
print(hasattr(p, "x"), hasattr(p, "z"), getattr(p, "z", "none"), getattr(p, "x"))
setattr(p, "z", 7); print(p.z); delattr(p, "z"); print(hasattr(p, "z"))
class Base:
    def who(self): return "Base"
    def hello(self): return "hello from " + self.who()
class Derived(Base):
    def who(self): return "Derived/" + super().who()
class Leaf(Derived):
    def who(self): return "Leaf/" + super(Leaf, self).who()
print(Base().hello(), Derived().hello(), Leaf().hello())
print([c.__name__ for c in Leaf.__mro__], Leaf.__base__.__name__)
print(Base.__subclasses__())
Base.who = lambda self: "patched"
print(Leaf().hello())
class Body:
    values = []
    for i in range(3):
        values.append(i * i)
    if len(values) > 2:
        big = True
    else:
        big = False
    def method(self): return self.values
    alias = method
print(Body.values, Body.i, Body.big, Body().alias())
class Empty: pass
e = Empty()
e.a = 1; e.b = [e.a]
print(sorted(e.__dict__.items()))
e.__dict__["c"] = 3
print(e.c)
e.__class__ = Body
print(type(e).__name__, e.values, e.c)
class Outer:
    class Inner:
        def f(self): return __class__.__qualname__
    def make(self): return self.Inner()
print(Outer().make().f(), Outer.Inner.__qualname__)
def local():
    class L: pass
    return L
print(local().__qualname__)
class WithNew:
    instances = []
    def __new__(cls, *a, **k):
        o = super().__new__(cls)
        cls.instances.append(a)
        return o
    def __init__(self, *a): self.a = a
print(WithNew(1, 2).a, WithNew.instances)
class Singleton:
    _it = None
    def __new__(cls):
        if cls._it is None: cls._it = object.__new__(cls)
        return cls._it
print(Singleton() is Singleton())
class Other:
    def __new__(cls): return 42
    def __init__(self): print("never")
print(Other())
for bad in (lambda: object(1), lambda: Empty(1), lambda: Point(), lambda: Point(1, 2, 3), lambda: Point.nothing, lambda: p.nothing, lambda: Empty().x.y, lambda: object.__new__(5)):
    try:
        bad()
    except (TypeError, AttributeError) as x:
        print(type(x).__name__, x)
class BadInit:
    def __init__(self): return 1
try: BadInit()
except TypeError as x: print(x)
T = type("T", (Base,), {"k": 1, "m": lambda self: self.k})
print(T, T().m(), T.__name__, T().who())
class _Private:
    def __init__(self): self.__secret = 1
    def get(self): return self.__secret
    def __hidden(self): return 2
    def call(self): return self.__hidden()
o = _Private()
print(o.get(), o.call(), o.__dict__, hasattr(o, "__secret"))
