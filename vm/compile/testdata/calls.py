def calls(f, o, a, k):
    f()
    f(1, a)
    o.method(a, b=1, c=a)
    f(x=1)
    f(*a)
    f(*a, **k)
    f(1, *a, k, y=2, **k)
    o.a.b.c(f(a)(k))
    return f(a, (yield), [*a, 1], {**k, 'x': 1}, {*a})

def params(a, b=1, /, c=(1, 2), *args, d, e=f(), **kw) -> int:
    return lambda x, *y: (x, y, a)

@deco
@deco2(1)
def decorated(x: int, *, y: str = 'y'):
    """Its docstring.

        indented
    """
