# Order of evaluation, control flow, scopes, comprehensions: what a register compiler can get wrong.
def log(x, L=[]):
    L.append(x); return x
def f1():
    x = 1
    y = x + (x := 2)
    z = (x := 5) + (x := 7)
    a = [0, 0, 0]
    i = 0
    a[i] = i = 2
    print(y, z, x, a, i)
    i, a[i] = 1, 9
    print(i, a)
    x, y = y, x
    print(x, y)
    x, y, z = z, x, y
    print(x, y, z)
    x = x and [x]
    print(x)
    x = x or 3
    x = [x, x]
    print(x)
    x = x if not x else (x, 1)
    print(x)
    b = c = d = []
    b.append(1); print(b, c, d)
    n = n2 = 0
    n += 1; print(n, n2)
    t = (n := n + 1, n, (n := n * 5), n)
    print(t)
    return [n, n := 3, n]
print(f1())
def f2(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
print(f2(1, d=4), f2(1, 2, 3, 4, 5, d=6, z=1), f2(*[1, 2], **{'d': 3, 'q': 4}), f2(1, *(2, 3), 4, d=1, **{'y': 2}))
def f3():
    try:
        return 'try'
    finally:
        print('fin')
def f4():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print('body', i)
        finally:
            print('fin', i)
    else:
        print('no')
    return i
def f5():
    try:
        return 1
    finally:
        return 2
def f6():
    x = 1
    try:
        return x
    finally:
        x = 2
print(f3(), f4(), f5(), f6())
def f7():
    r = []
    for i in range(4):
        try:
            try:
                if i == 0: raise ValueError(i)
                if i == 1: raise KeyError(i)
                if i == 2: return r
                r.append(('ok', i))
            except ValueError as e:
                r.append(('ve', e.args))
            else:
                r.append('else')
            finally:
                r.append('fin')
        except KeyError as e:
            r.append(('ke', e.args))
            try:
                raise TypeError('t') from e
            except TypeError as t:
                r.append(repr(t.__cause__))
            r.append(repr(e))
    return r
print(f7())
def f8():
    try:
        e = 1
        try: raise ValueError
        except ValueError as e: pass
        print(e)
    except UnboundLocalError as u:
        print(u)
f8()
def f9(c):
    if c: v = 1
    try: print(v)
    except UnboundLocalError as u: print(u)
    del c
    try: c
    except NameError as u: print(type(u).__name__, u)
f9(0); f9(1)
class CM:
    def __init__(self, n, sup=False): self.n, self.sup = n, sup
    def __enter__(self): print('enter', self.n); return self
    def __exit__(self, t, v, tb): print('exit', self.n, t and t.__name__, v); return self.sup
def f10():
    with CM(1) as a, CM(2, True) as b:
        print(a.n, b.n); raise ValueError('x')
    print('after')
    with CM(3): return 'ret'
print(f10())
for k in range(2):
    with CM(4):
        if k: break
        continue
def f11():
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    return [f() for f in fs], [g() for g in gs]
print(f11())
x = 'module'
class K:
    x = 'class'
    y = [x for _ in range(2)]
    z = [i for i in x]
    def m(self): return x, __class__.__name__
    w = (lambda: x)()
print(K.y, K.z, K().m(), K.w)
def outer():
    v = 1
    class C:
        v = v + 1
        def g(self): return v
    def inc():
        nonlocal v
        v += 10
        return v
    return C.v, C().g(), inc(), v, C().g()
try: print(outer())
except NameError as e: print(e)
def gen():
    try:
        x = yield 1
        print('got', x)
        y = yield from sub()
        print('sub', y)
        yield 3
    finally:
        print('closed')
def sub():
    z = yield 2
    return z
g = gen(); print(next(g)); print(g.send('a')); print(g.send('b')); g.close()
print([y for x in range(4) if x % 2 for y in [x * 10] if y], {k: v for k, v in zip('ab', [1, 2])}, {c for c in 'aab'} == {'a', 'b'})
print(any((w := n) > 2 for n in range(5)), w)
print([[i * j for j in range(3)] for i in range(3)])
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 == 2 != 1, 'a' in 'abc' in ['abc'])
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
*a, b = 'xyz'; print(a, b)
print("%s-%r-%%" % (1, 'a'), f"{1!r:>4}|{'x':^5}|{2+3=}", f"{'a' 'b'}")
d = {'a': 1, **{'b': 2}, 'c': 3}; print(d, [*'ab', 1, *range(2)], (*'ab',), {*'a', 'a'})
i = 5
while i:
    i -= 1
    if i == 3: continue
    if i == 1: break
else: print('else')
print(i)
while i < 3: i += 1
else: print('else', i)
def rec(n): return n if n < 2 else rec(n - 1) + rec(n - 2)
print(rec(15), (lambda *a, **k: (a, k))(1, b=2))
assert 1, 'no'
try: assert 0, 'msg'
except AssertionError as e: print('AE', e)
global_in = 3
def gl():
    global global_in, newg
    global_in += 1; newg = 7
gl(); print(global_in, newg)
del newg
try: newg
except NameError as e: print(e)
