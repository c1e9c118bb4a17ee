# Decorators: order, arguments, classes, methods, stacked, arbitrary expressions.
import functools
log = []
def d(n):
    log.append(f"eval {n}")
    def wrap(f):
        log.append(f"apply {n}")
        @functools.wraps(f)
        def inner(*a, **k):
            log.append(f"call {n}")
            return f(*a, **k)
        return inner
    return wrap
@d(1)
@d(2)
@d(3)
def f(x):
    "doc"
    return x
print(f(5), log, f.__name__, f.__doc__, f.__wrapped__.__name__)
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Count
def g(x): return x + 1
g(1); g(2); print(g.n, g(3))
table = {"k": lambda f: (lambda: "from table")}
@table["k"]
def h(): pass
print(h())
@(lambda f: 5)
def five(): pass
print(five)
class C:
    def deco(f):
        def inner(self, *a): return ("deco", f(self, *a))
        return inner
    @deco
    def m(self, x): return x
    @staticmethod
    @functools.lru_cache(maxsize=None)
    def sq(x): print("computing", x); return x * x
    @classmethod
    @d("cls")
    def c(cls): return cls.__name__
    @property
    @functools.lru_cache
    def p(self): return "p"
print(C().m(3), C.sq(4), C.sq(4), C.c(), C().p)
@functools.lru_cache(maxsize=2)
def cached(x): return x
for x in (1, 2, 1, 3, 2): cached(x)
print(cached.cache_info())
cached.cache_clear(); print(cached.cache_info())
def repeat(times):
    def deco(f):
        def inner(*a):
            return [f(*a) for _ in range(times)]
        return inner
    return deco
@repeat(times=3)
def hi(n): return "hi " + n
print(hi("you"))
def type_check(*types):
    def deco(f):
        def inner(*args):
            for a, t in zip(args, types):
                if not isinstance(a, t): raise TypeError(f"{a!r} is no {t.__name__}")
            return f(*args)
        return inner
    return deco
@type_check(int, str)
def typed(n, s): return s * n
print(typed(2, "ab"))
try: typed("2", "ab")
except TypeError as e: print(e)
@functools.singledispatch
def show(x): return "object"
@show.register(int)
def _(x): return "int"
@show.register(list)
def _(x): return "list"
print(show(1), show([]), show("s"), show(True))
part = functools.partial(int, base=2); print(part("1010"), part.func, part.keywords)
print(functools.reduce(lambda a, b: a * b, range(1, 6)), functools.reduce(lambda a, b: a + b, [], "start"))
