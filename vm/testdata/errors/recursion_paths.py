# Recursion without end is a RecursionError on every path that leads from Python through the interpreter back into Python, and
# the program goes on after it.
import copy
import functools
import json


def run(name, f):
    try:
        f()
    except RecursionError as e:
        print(name, str(e)[:32])
    else:
        print(name, 'came back')

class A:
    def __init__(self): A()
run('init', A)
class B:
    def __repr__(self): return repr(self)
run('repr', lambda: repr(B()))
class C:
    def __eq__(self,o): return self==o
run('eq', lambda: C()==C())
class D:
    def __getattr__(self,n): return getattr(self,n+'x')
run('getattr', lambda: D().a)
class D2:
    def __getattr__(self,n): return self.foo
run('getattr2', lambda: D2().a)
class D3:
    def __getattribute__(self,n): return self.foo
run('getattribute', lambda: D3().a)
def key(x): return sorted([1,2],key=key)[0]
run('sortkey', lambda: key(1))
def g():
    yield from g()
run('gen', lambda: list(g()))
def g2():
    for x in g2(): yield x
run('gen2', lambda: next(g2()))
class H:
    def __hash__(self): return hash(self)
run('hash', lambda: hash(H()))
class S:
    def __str__(self): return '%s' % self
run('str', lambda: str(S()))
class S2:
    def __str__(self): return f'{self}'
run('fstr', lambda: str(S2()))
class Add:
    def __add__(self,o): return self+o
run('add', lambda: Add()+1)
class It:
    def __iter__(self): return iter(self)
run('iter', lambda: list(It()))
class Nx:
    def __iter__(self): return self
    def __next__(self): return next(self)
run('next', lambda: list(Nx()))
class Ca: pass
Ca.__call__=Ca()
run('call', lambda: Ca()())
l=[]; 
for i in range(20000): l=[l]
run('reprlist', lambda: repr(l))
run('eqlist', lambda: l==[l] )
m=[]
for i in range(20000): m=[m]
run('eqlist2', lambda: l==m)
run('cmplist', lambda: l<m)
run('copy', lambda: copy.deepcopy(l))
run('json', lambda: json.dumps(l))
d={}
for i in range(20000): d={1:d}
run('repr dict', lambda: repr(d))
class Co:
    def __contains__(self,x): return x in self
run('contains', lambda: 1 in Co())
class Bo:
    def __bool__(self): return bool(self)
run('bool', lambda: not Bo())
class Le:
    def __len__(self): return len(self)
run('len', lambda: len(Le()))
class P:
    @property
    def x(self): return self.x
run('prop', lambda: P().x)
def f(): f()
run('f', f)
def lam(): return functools.reduce(lambda a,b: lam(), [1,2,3])
run('reduce', lam)
def mp(x): return list(map(mp,[1]))
run('map', lambda: mp(1))
def mx(x): return max([1,2],key=mx)
run('max', lambda: mx(1))
def w():
    with W(): pass
class W:
    def __enter__(self): w()
    def __exit__(self,*a): pass
run('with', w)
def dd(n):
    return type('x',(dd(n),),{})
run('type', lambda: dd(1))
class M(dict):
    def __missing__(self,k): return self[k]
run('missing', lambda: M()[1])
class F:
    def __format__(self,s): return format(self,s)
run('format', lambda: f'{F()}')
class Ix:
    def __index__(self): return [1][self]
run('index', lambda: [1][Ix()])
class SA:
    def __setattr__(self,k,v): self.a=v
def sa(): SA().x=1
run('setattr', sa)
class Ds:
    def __get__(self,o,c): return o.d
class Dx: d=Ds()
run('desc', lambda: Dx().d)
class N:
    def __new__(cls): return N()
run('new', N)
class IS:
    def __init_subclass__(cls):
        class X(cls): pass
def iss():
    class Y(IS): pass
run('initsub', iss)
class K:
    def __lt__(self,o): return sorted([self,o])
run('sortlt', lambda: sorted([K(),K()]))
