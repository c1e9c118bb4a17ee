def order(a, i, f, x):
    a[i] = i = f()
    y = x + (x := 2)
    z = (x := 1) + (x := 3)
    x = x and f(x)
    x = [x, *x]
    a, i = i, a
    a, i, x = x, 1, a + i
    a.b, a[i] = i, a
    first, *rest = x
    x = a or i or f
    a.n += 1
    a[i + 1] *= x
    return (a if i else x), y, z, first, rest, a.n, x[1:], x[i:f:2], 2 * x, 1 - x, x ** 2, 'a' 'b' * 3, -(1), x[-1]

def unassigned(c, xs):
    if c:
        v = 1
    print(v)
    print(v)
    for w in xs:
        pass
    print(w)
    del w
    try:
        u = f()
    except ValueError as e:
        u = e
    print(u, e)
