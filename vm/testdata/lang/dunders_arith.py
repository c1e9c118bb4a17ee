# Operators of classes: forward, reflected, in place, NotImplemented, order of attempts, subclasses first.
class N:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"N({self.v!r})"
def binary(name):
    def f(self, o):
        if isinstance(o, (N, int)):
            return f"{name}({self.v}, {o.v if isinstance(o, N) else o})"
        return NotImplemented
    return f
ops = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor", "matmul", "divmod"]
for op in ops:
    setattr(N, f"__{op}__", binary(op))
    setattr(N, f"__r{op}__", binary("r" + op))
a, b = N(1), N(2)
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, a << b, a >> b, a & b, a | b, a ^ b, a @ b, divmod(a, b))
print(5 + a, 5 - a, 5 * a, 5 / a, 5 // a, 5 % a, 5 ** a, 5 << a, 5 >> a, 5 & a, 5 | a, 5 ^ a, 5 @ a, divmod(5, a))
print(a + 5, a - 5, a ** 5)
import operator
for name, f in (("+", operator.add), ("-", operator.sub), ("*", operator.mul), ("/", operator.truediv), ("//", operator.floordiv), ("%", operator.mod), ("**", operator.pow),
                ("<<", operator.lshift), (">>", operator.rshift), ("&", operator.and_), ("|", operator.or_), ("^", operator.xor), ("@", operator.matmul), ("divmod", divmod)):
    for x, y in ((a, "s"), ([], a), (None, 1), (object, {})):
        try: f(x, y)
        except TypeError as e: print(e)
class Vec:
    def __init__(self, *c): self.c = list(c)
    def __repr__(self): return f"Vec{tuple(self.c)}"
    def __iadd__(self, o): self.c = [x + y for x, y in zip(self.c, o.c)]; return self
    def __mul__(self, k): return Vec(*[x * k for x in self.c])
    __rmul__ = __mul__
    def __neg__(self): return Vec(*[-x for x in self.c])
    def __pos__(self): return Vec(*self.c)
    def __abs__(self): return sum(x * x for x in self.c) ** .5
    def __invert__(self): return "inverted"
    def __isub__(self, o): return "replaced"
v = w = Vec(3, 4)
v += Vec(1, 1); print(v, w, v is w)
v *= 2; print(v, w, 3 * w, -w, +w, abs(Vec(3, 4)), ~w)
v -= 1; print(v)
try: w //= 2
except TypeError as e: print(e)
for f in (lambda: -"x", lambda: +[], lambda: ~1.5, lambda: abs("s")):
    try: f()
    except TypeError as e: print(e)
class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Derived(Base):
    def __radd__(self, o): return "Derived.radd"
class Same(Base): pass
print(Base() + Derived(), Derived() + Base(), Base() + Same(), Base() + Base(), 1 + Base())
class Log:
    def __init__(self, n): self.n = n
    def __add__(self, o): print(self.n, "add"); return NotImplemented
    def __radd__(self, o): print(self.n, "radd"); return NotImplemented
class Log2(Log):
    def __radd__(self, o): print(self.n, "radd2"); return NotImplemented
for x, y in ((Log("a"), Log("b")), (Log("a"), Log2("b")), (Log2("a"), Log("b")), (1, Log("c")), (Log("c"), 1)):
    try: x + y
    except TypeError as e: print(e)
class Index:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print([10, 20, 30][Index(1)], "abc"[Index(-1)], range(Index(3)), [1] * Index(2), hex(Index(255)), list(range(10))[Index(2):Index(4)], int(Index(7)))
class Conv:
    def __int__(self): return 3
    def __float__(self): return 2.5
    def __complex__(self): return 1 + 2j
    def __bool__(self): return False
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 9
    def __floor__(self): return 8
    def __ceil__(self): return 10
    def __len__(self): return 4
    def __hash__(self): return 99
    def __bytes__(self): return b"bb"
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "str!"
    def __repr__(self): return "repr!"
import math
c = Conv()
print(int(c), float(c), complex(c), bool(c), not c, round(c), round(c, 2), math.trunc(c), math.floor(c), math.ceil(c), len(c), hash(c), bytes(c))
print(format(c, "abc"), f"{c:>10}", f"{c!r} {c!s} {c}", "%s %r" % (c, c), "{} {!r} {:q}".format(c, c, c), str(c), repr(c), [c])
class Bad:
    def __len__(self): return -1
    def __bool__(self): return 2
    def __str__(self): return 5
    def __repr__(self): return None
    def __hash__(self): return "x"
    def __int__(self): return "1"
    def __float__(self): return 1
    def __index__(self): return 1.5
    def __iter__(self): return 5
    def __contains__(self, x): return "yes"
bad = Bad()
for f in (lambda: len(bad), lambda: bool(bad), lambda: str(bad), lambda: repr(bad), lambda: hash(bad), lambda: int(bad), lambda: float(bad), lambda: [1][bad], lambda: list(bad), lambda: iter(bad), lambda: 1 in bad):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
x = 5; x += 2; x -= 1; x *= 4; x //= 5; x **= 3; x %= 50; x <<= 2; x >>= 1; x |= 1; x &= 0xff; x ^= 3; x /= 2
print(x)
l = [1]; m = l; l += (2, 3); l *= 2; print(l, m is l)
t = (1,); u = t; t += (2,); print(t, u)
s = {1, 2}; s |= {3}; s &= {2, 3, 4}; s -= {2}; s ^= {9}; print(s)
d = {"a": 1}; d |= {"b": 2}; print(d, d | {"a": 0}, {"z": 1} | d)
