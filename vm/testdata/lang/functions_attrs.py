# A function's attributes, its documentation, its closure, its defaults at run time.
def f(a, b=2, *args, c, d=4, **kw) -> int:
    """Documentation of f.

    More."""
    local = a
    return local

print(f.__name__, f.__qualname__, f.__module__)
print(f.__doc__)
print(f.__defaults__, f.__kwdefaults__)
print(f.__annotations__)
f.extra = 5
print(f.extra, f.__dict__)
del f.extra
try:
    f.extra
except AttributeError as e:
    print(e)
f.__defaults__ = (10,)
print(f(1, c=1))
f.__name__ = "g"
print(f.__name__, f.__qualname__)
f.__doc__ = None
print(f.__doc__)

def outer():
    x = 1
    def inner():
        return x
    return inner
i = outer()
print(i.__qualname__, i.__closure__[0].cell_contents)
print((lambda: 0).__name__, (lambda: 0).__qualname__)
print(callable(f), callable(5), callable(print), callable(int), type(f).__name__, type(len).__name__)
print(repr(len), repr(print))
print(type([].append).__name__, [].append.__name__, [].append.__self__)

class K:
    def m(self): "doc of m"
k = K()
print(k.m.__func__ is K.m, k.m.__self__ is k, k.m.__name__, k.m.__doc__, K.m.__qualname__)
print(k.m == k.m, k.m is k.m, hash(k.m) == hash(k.m))
try:
    k.m.attr = 1
except AttributeError as e:
    print(e)

def annotated(a: int, *args: str, k: "forward" = 1, **kw: float) -> list[int]:
    v: int = 3
    return v
print(annotated.__annotations__)
x: int = 5
y: "not evaluated as a type"
print(__annotations__)
class A:
    a: int
    b: str = "b"
print(A.__annotations__, A.b)

def recursive(n): return n if n < 2 else recursive(n - 1) + recursive(n - 2)
print([recursive(i) for i in range(15)])
def counter():
    counter.n += 1
    return counter.n
counter.n = 0
counter(); counter()
print(counter.n)
