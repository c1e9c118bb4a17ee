# Properties, data and non-data descriptors, __set_name__, lookup order.
class Celsius:
    def __init__(self, t): self._t = t
    @property
    def t(self):
        "temperature"
        return self._t
    @t.setter
    def t(self, v):
        if v < -273: raise ValueError("too cold")
        self._t = v
    @t.deleter
    def t(self):
        print("deleted"); del self._t
    @property
    def f(self): return self._t * 9 / 5 + 32
    area = property(lambda self: self._t ** 2, None, None, "squared")
c = Celsius(20)
print(c.t, c.f, c.area, Celsius.t.__doc__, Celsius.area.__doc__)
c.t = 100; print(c.t, c.f)
try: c.t = -300
except ValueError as e: print(e)
for stmt in ("c.f = 1", "del c.f", "c.area = 2"):
    try:
        if stmt == "c.f = 1": c.f = 1
        elif stmt == "del c.f": del c.f
        else: c.area = 2
    except AttributeError as e: print(e)
del c.t
try: c.t
except AttributeError as e: print(e)
print(type(Celsius.t).__name__, Celsius.t.fget(Celsius(1)), Celsius.f.fset)
class Data:
    def __init__(self): self.log = []
    def __set_name__(self, owner, name): self.name = name; self.owner = owner.__name__
    def __get__(self, obj, cls=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset:" + self.name)
    def __set__(self, obj, v): obj.__dict__[self.name] = ("set", v)
    def __delete__(self, obj): del obj.__dict__[self.name]
class NonData:
    def __get__(self, obj, cls=None): return "nondata", obj is None, cls.__name__
class H:
    d = Data()
    n = NonData()
h = H()
print(h.d, H.d.name, H.d.owner)
h.d = 5; print(h.d, h.__dict__)
h.__dict__["d"] = "sneaky"; print(h.d)
del h.d; print(h.d)
try: del h.d
except KeyError as e: print("KeyError", e)
print(h.n, H.n)
h.n = "instance wins"; print(h.n)
del h.n; print(h.n)
class ReadOnly:
    def __get__(self, o, c): return 1
    def __set__(self, o, v): raise AttributeError("read only")
class R: r = ReadOnly()
r = R(); r.__dict__["r"] = 2; print(r.r)
try: r.r = 3
except AttributeError as e: print(e)
try: del r.r
except AttributeError as e: print(e)
class Method:
    def __init__(self, f): self.f = f
    def __get__(self, o, c=None):
        if o is None: return self
        def bound(*a): return self.f(o, *a)
        return bound
class U:
    @Method
    def twice(self, x): return x * 2
print(U().twice(4))
class Lazy:
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, o, c):
        v = self.f(o); o.__dict__[self.name] = v
        print("computed", self.name)
        return v
class V:
    @Lazy
    def costly(self): return 42
v = V(); print(v.costly, v.costly)
class Dyn:
    def __getattr__(self, name):
        if name.startswith("x"): return name[1:]
        raise AttributeError(f"no {name}")
    def __setattr__(self, name, v): object.__setattr__(self, name, v * 2)
    def __delattr__(self, name): print("del", name); object.__delattr__(self, name)
d = Dyn(); d.a = 4; print(d.a, d.xyz, hasattr(d, "q"), getattr(d, "q", 0)); del d.a
try: d.q
except AttributeError as e: print(e)
class Get:
    a = 1
    def __getattribute__(self, name):
        if name == "magic": return "!"
        return super().__getattribute__(name)
g = Get(); print(g.magic, g.a)
try: g.b
except AttributeError as e: print(e)
class Boom:
    @property
    def p(self): raise ValueError("inside")
    @property
    def q(self): return self.missing
    def __getattr__(self, n): return "fallback " + n
b = Boom()
try: b.p
except ValueError as e: print(e)
print(b.q)
print(isinstance(Celsius.__dict__["t"], property), sorted(k for k in H.__dict__ if not k.startswith("__")))
class Sub(Celsius):
    @Celsius.t.getter
    def t(self): return -1
print(Sub(5).t)
class ClassAttr:
    @classmethod
    def make(cls, n): return cls.__name__, n
    @staticmethod
    def s(n): return n
print(ClassAttr.make(1), ClassAttr().make(2), ClassAttr.s(3), ClassAttr().s(4))
print(type(ClassAttr.__dict__["make"]).__name__, type(ClassAttr.__dict__["s"]).__name__, ClassAttr.__dict__["make"].__func__.__name__)
