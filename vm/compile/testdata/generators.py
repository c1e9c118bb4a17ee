def gen(n):
    x = yield
    y = yield x
    z = yield from gen(n - y)
    return z

def comps(xs, n):
    a = [x * n for x in xs if x if x > 2]
    b = {k: v for k, v in xs.items()}
    c = {x for row in xs for x in row}
    d = [lambda: i for i in xs]
    e = sum(x for x in xs)
    f = [y for x in xs for y in [x + 1]]
    g = [(last := x) for x in xs]
    h = [y for x in xs if y for y in x]
    return [[i * j for i in r] for j, r in n], last
