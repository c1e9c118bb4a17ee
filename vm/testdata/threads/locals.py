import _thread
import copy
import pickle
import threading
d = threading.local()
d.x = 'main'
seen = []
m = threading.Lock()
def f(i):
    had = hasattr(d, 'x')
    d.x = i
    for _ in range(20):
        assert d.x == i
    with m: seen.append((i, had, d.x, sorted(d.__dict__)))
ts = [threading.Thread(target=f, args=(i,)) for i in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(seen), d.x)
class L(threading.local):
    number = 2
    def __init__(self, **kw):
        self.__dict__.update(kw)
        self.log = []
    def square(self): return self.number ** 2
l = L(color='red')
l.number = 5; l.log.append('m')
res = []
def g():
    res.append((l.color, l.number, l.square(), l.log))
    l.number = 7
    res.append(l.square())
    del l.number
    res.append(l.number)
t = threading.Thread(target=g); t.start(); t.join()
print(res, l.number, l.square(), l.log)
try: del d.nothing
except AttributeError as e: print('AttributeError')
try: threading.local(1)
except TypeError as e: print(e)


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


L = threading.local
print(L, L.__name__, L.__qualname__, L.__module__, L is _thread._local)
x = L()
print(repr(x)[:25], str(x)[:25])
attempt(lambda: x.a)
attempt(lambda: L.a)
attempt(lambda: delattr(x, 'a'))
attempt(lambda: setattr(x, '__dict__', 1))
attempt(lambda: delattr(x, '__dict__'))
attempt(lambda: L(1))
attempt(lambda: L(a=1))
attempt(lambda: setattr(L, 'a', 1))


class S(L):
    k = 3
    __slots__ = ('q',)


s = S()
print(repr(s)[:22])
attempt(lambda: s.a)
s.q = 4
print(s.q, s.__dict__)
attempt(lambda: s.k)
attempt(lambda: delattr(s, 'a'))
attempt(lambda: setattr(s, '__dict__', 1))
attempt(lambda: S(1))


class I(L):
    def __init__(self, a, b=2):
        self.a, self.b = a, b


i = I(1)
print(i.a, i.b, sorted(i.__dict__.items()))
th = threading.Thread(target=lambda: print(i.a, i.b, i.__dict__))
th.start()
th.join()
attempt(lambda: I())
attempt(lambda: hash(x) == hash(x))
attempt(lambda: x == x)
attempt(lambda: sorted(d for d in dir(x) if not d.startswith('__')))
x.z = 1
attempt(lambda: sorted(d for d in dir(x) if not d.startswith('__')))
attempt(lambda: vars(x))
attempt(lambda: L.__doc__)
attempt(lambda: L.__mro__)
attempt(lambda: object.__getattribute__(x, 'z'))
attempt(lambda: copy.copy(x).z)
attempt(lambda: pickle.dumps(x))


class P(L):
    @property
    def v(self): return 5

    def __getattr__(self, n):
        return 'ga ' + n


p = P()
attempt(lambda: p.v)
attempt(lambda: p.foo)
attempt(lambda: setattr(p, 'v', 3))
p.bar = 2
attempt(lambda: p.bar)
