# Multiple inheritance: linearization, cooperative super, conflicts.
class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
print(D().f(), [c.__name__ for c in D.mro()])
class E(C, B): pass
print(E().f())
try:
    class X(D, E): pass
except TypeError as e:
    print(e)
try:
    class X(A, B): pass
except TypeError as e:
    print(e)
try:
    class X(A, A): pass
except TypeError as e:
    print(e)
class F: pass
class G(D, F): pass
print([c.__name__ for c in G.__mro__])
class Mixin:
    def __init__(self, *a, **k):
        self.log = getattr(self, "log", []) + ["Mixin"]
        super().__init__(*a, **k)
class Base:
    def __init__(self, v):
        self.v = v
        self.log = getattr(self, "log", []) + ["Base"]
class Both(Mixin, Base):
    def __init__(self, v):
        super().__init__(v)
        self.log.append("Both")
b = Both(3)
print(b.v, b.log)
print(super(B, D()).f(), super(C, D()).f())
try:
    super(B, 5)
except TypeError as e:
    print(e)
class S:
    @classmethod
    def make(cls): return cls.__name__
    @staticmethod
    def st(): return "st"
    @property
    def p(self): return "S.p"
class S2(S):
    @classmethod
    def make(cls): return "S2:" + super().make()
    @staticmethod
    def st(): return "S2 " + S.st()
    @property
    def p(self): return "S2." + super().p
print(S2.make(), S2().make(), S2.st(), S2().p)
class Sub(int):
    def __add__(self, o): return Sub(super().__add__(o))
    def __repr__(self): return f"Sub({int(self)})"
print(Sub(3) + 4, Sub(3) * 4, 4 + Sub(3), type(Sub(1) + 1).__name__)
class L(list):
    def append(self, x):
        super().append(x)
        super().append(x)
l = L([1]); l.append(2); print(l, len(l), l == [1, 2, 2], isinstance(l, list))
class Dd(dict):
    def __missing__(self, k): return k * 2
d = Dd(a=1); print(d["a"], d["b"], d.get("c"), d)
class Stop(Exception):
    def __init__(self, code): super().__init__("stop", code); self.code = code
try: raise Stop(4)
except Stop as s: print(s, s.args, s.code, repr(s))
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
t = T(1, 2); print(t, t.a, len(t), t == (1, 2), hash(t) == hash((1, 2)))
class St(str):
    def shout(self): return self.upper() + "!"
s = St("abc"); print(s.shout(), s + "d", type(s + "d").__name__, s == "abc", {s: 1}["abc"])
class Fl(float):
    def __repr__(self): return "Fl"
print([Fl(1.5)], str(Fl(2.5)), Fl(1) + 1)
try:
    class Bad(bool): pass
except TypeError as e: print(e)
try:
    class Bad(int, str): pass
except TypeError as e: print(e)
try:
    class Bad(5): pass
except TypeError as e: print(e)
try:
    class Bad(type(len)): pass
except TypeError as e: print(e)
print(isinstance(True, int), isinstance(l, (dict, list)), issubclass(D, (int, A)))
try: isinstance(1, 5)
except TypeError as e: print(e)
try: issubclass(1, int)
except TypeError as e: print(e)
D.__bases__
class Root:
    def ping(self): print("Root.ping")
class Left(Root):
    def ping(self): print("Left.ping"); super().ping()
class Right(Root):
    def ping(self): print("Right.ping"); super().ping()
class Bottom(Left, Right):
    def ping(self): print("Bottom.ping"); super().ping()
Bottom().ping()
Right.__mro__
f = Bottom.ping
f(Bottom())
