# Closures: cells shared between functions, late binding, nonlocal, cells in loops and classes and comprehensions.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    def reset():
        nonlocal n
        n = 0
    return inc, get, reset
inc, get, reset = counter()
inc2, get2, _ = counter()
print(inc(), inc(5), get(), inc2(), get2())
reset()
print(get(), get2())

fs = []
for i in range(3):
    def f(): return i
    fs.append(f)
print([f() for f in fs])
def late():
    out = []
    for i in range(3):
        out.append(lambda: i)
    return [f() for f in out]
print(late())
print([f() for f in [lambda i=i: i for i in range(3)]])
print([f() for f in [lambda: i for i in range(3)]])

def a():
    x = "a"
    def b():
        def c():
            nonlocal x
            x += "c"
            def d(): return x
            return d
        return c
    r = b()
    d = r()
    x += "A"
    return d(), x
print(a())

def before():
    def f(): return y
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    y = 1
    print(f())
    del y
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    y = 2
    return f
print(before()())

def params(p, *args, k=1, **kw):
    def f(): return p, args, k, sorted(kw)
    p = p * 2
    return f
print(params(2, 3, 4, k=5, z=1)())

x = "global"
def scopes():
    x = "local"
    class C:
        y = x
        x = "class"
        def m(self): return x
        z = x
        l = [x for _ in range(2)]
    return C.y, C.x, C().m(), C.z, C.l
print(scopes())
class D:
    x = x
    print(x)
    x = "class D"
    def m(self): return x
    c = [(lambda: x)() for _ in range(1)]
print(D.x, D().m(), D.c)

def gen():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    for i in range(4):
        yield add(i)
print(list(gen()))

def g():
    global made
    made = "by g"
g()
print(made)
def h():
    global x
    x = "changed"
    def inner():
        return x
    return inner()
print(h(), x)
def compose(*fs):
    def run(v):
        for f in fs: v = f(v)
        return v
    return run
print(compose(lambda v: v + 1, lambda v: v * 10, str)(4))
def memo(f):
    cache = {}
    def wrapped(n):
        if n not in cache: cache[n] = f(n)
        return cache[n]
    wrapped.cache = cache
    return wrapped
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), len(fib.cache))
def unbound():
    try:
        print(v)
    except UnboundLocalError as e:
        print(e)
    v = 1
    del v
    try:
        v
    except UnboundLocalError as e:
        print(e)
    try:
        del v
    except UnboundLocalError as e:
        print(e)
unbound()
try:
    undefined_name
except NameError as e:
    print(e)
try:
    del undefined_name
except NameError as e:
    print(e)
