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
