# regimes: gil rw locks
def m(v):
    match v:
        case 1 | -2.5 | "s": return 'value'
        case None | True: return 'singleton'
        case [a, [b, _], *rest] if a: return a, b, rest
        case (x, *_, y): return x, y
        case []: return 'empty'
        case {"k": n, 1: [_], **others}: return n, others
        case {"z": 1}: return 'z'
        case Point(x=0, y=q) | Point(q, 1): return 'pt', q
        case str() as s: return 'str', s
        case int(i): return 'int', i
        case Color.RED: return 'red'
        case _: return 'none'
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Color: RED = 3.5
def matches():
    for v in [1, -2.5, 's', None, True, False, [1, [2, 3], 4, 5], [0, [2, 3]], (1, 2), [], {'k': 1, 1: [0], 2: 3}, {'z': 1}, {'z': 2}, Point(0, 5), Point(7, 1), Point(7, 2), 'other', 42, 3.5, b'x', [1]]:
        print(v if not isinstance(v, Point) else 'P', m(v))
matches()
class Base:
    def __init_subclass__(cls, **kw): cls.kw = kw
    def hi(self): return 'base'
class D(Base, tag=1):
    "doc"
    a: int = 1
    b: 'str'
    def hi(self): return 'd' + super().hi()
    @property
    def p(self): return self.__q
    def setq(self): self.__q = 9
    @classmethod
    def c(cls): return cls.__name__, super().__name__ if False else 1
    @staticmethod
    def s(x=[]): x.append(1); return x
d = D(); d.setq()
print(D.kw, D.__doc__, d.hi(), d.p, D.c(), D.s(), D.s(), D.__annotations__, D.__qualname__, D.__module__)
print(sorted(k for k in vars(d)), D.hi.__qualname__)
def ann(x: int, *a: str, y: 'z' = 3, **k) -> None: 'doc'
print(ann.__annotations__, ann.__doc__, ann.__defaults__, ann.__kwdefaults__)
def deco(tag):
    print('make', tag)
    def d(f): print('apply', tag); return f
    return d
@deco(1)
@deco(2)
def fd(): return 1
fd()
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
c = counter(); c(); print(c(5), c.__closure__[0].cell_contents)
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise KeyError('k') from None
except KeyError as e: print(repr(e), repr(e.__context__), e.__suppress_context__)
try:
    try: 1 / 0
    finally: {}['x']
except KeyError as e: print(repr(e.__context__))
import sys
def handled():
    try: raise ValueError(1)
    except ValueError:
        print(sys.exc_info()[0])
        try: raise TypeError(2)
        except TypeError: print(sys.exc_info()[0])
        print(sys.exc_info()[0])
    print(sys.exc_info()[0])
handled()
def reraise():
    try:
        try: raise ValueError('a')
        except ValueError: raise
    except ValueError as e: return e
print(repr(reraise()))
def genexc():
    try: yield 1
    except ValueError as e: yield ('caught', str(e))
    yield 2
g = genexc(); next(g); print(g.throw(ValueError('q')), next(g))
l = [3, 1, 2]; l[0], l[1] = l[1], l[0]; print(l, l[1:], l[::-1], l[-1], l[:1])
l[1:2] = [8, 9]; del l[0]; print(l)
class Aug:
    def __init__(self): self.n = 1; self.l = {}
    def __getitem__(self, k): print('get', k); return self.l.get(k, 0)
    def __setitem__(self, k, v): print('set', k, v); self.l[k] = v
o = Aug(); o.n += 2; o['a'] += 5; o['a'] *= 2; print(o.n)
def idx(): print('idx'); return 'z'
o[idx()] += 1
print([x for x in [1, 2, 3] if x in (1, 3)], 2 not in {1, 2}, 5 in [1, 5])
print((lambda: (yield))().__class__.__name__, [*(i for i in range(3))])
t = 1, 2; print(t, (), (1,), -1 ** 2, 2 ** -1, 7 // -2, -7 % 3, ~5, not 0)
def dflt(a, b=t, *, c={}): c[a] = b; return c
dflt(1); print(dflt(2))
exec("q = 5\nprint(q)")
print(eval("t + (3,)"), eval("a + b", {'a': 1}, {'b': 2}))
def lo(): a = 1; b = 2; return sorted(locals())
print(lo())
if (n := 10) > 5: print(n)
print(*[1, 2], sep='-', end='!\n')
lst = []
for lst[0:0], b in [((1, 2), 3)]: pass
print(lst, b)
for i in range(3): pass
print(i)
try:
    for i in [1, 2]:
        try: raise ValueError
        except ValueError: continue
        finally: print('f', i)
except Exception as e: print(e)
def deep():
    for i in range(2):
        for j in range(2):
            try:
                with open('/nonexistent') as f: pass
            except OSError: 
                if j: break
                continue
            else: return 1
        else: return 2
    return i, j
print(deep())
print(f"{'nested ' + f'{1 + 1}'} {{}} {3.14159:.2f} {'x' * 3!s:>{2 + 3}}")
print((1).__class__, 1 .real, "a" "b", b'x' b'y', 0x1F, 1_000, 1e3, 2j * 2, ...)
