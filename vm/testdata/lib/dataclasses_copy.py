from dataclasses import *
import copy, types
@dataclass(order=True)
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list, compare=False)
p=P(1); print(p, p==P(1,2), p<P(2), replace(p,x=5), asdict(p), astuple(p), [f.name for f in fields(P)])
@dataclass(frozen=True)
class F: a: int
f=F(1)
try: f.a=2
except FrozenInstanceError as e: print(e)
print(hash(f)==hash(F(1)), {f:1})
try:
    @dataclass
    class B:
        l: list = []
except ValueError as e: print(e)
@dataclass
class D(P):
    w: int = field(default=9, kw_only=True)
    def __post_init__(self): self.s=self.x+self.w
print(D(1,w=3), D(1,w=3).s)
try: P()
except TypeError as e: print(e)
x=[1,[2,3],{'a':(4,[5])}]; y=copy.deepcopy(x); y[1].append(9); y[2]['a'][1].append(6); print(x,y, copy.copy(x))
class N:
    def __init__(s): s.v=[1]; s.me=s
n=N(); m=copy.deepcopy(n); print(m.me is m, m.v is n.v, copy.copy(n).v is n.v)
print(types.SimpleNamespace(a=1,b='x'), types.SimpleNamespace(a=1)==types.SimpleNamespace(a=1))
match p:
    case P(1, y): print('match', y)
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); warnings.warn('hi'); print(len(w), w[0].message, w[0].category)
@dataclass(slots=True)
class S:
    a:int; b:int=3
print(S(1), hasattr(S(1),'__dict__'))
