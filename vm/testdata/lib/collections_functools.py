import collections.abc, collections, functools, heapq, operator, bisect
from collections import *
c = Counter("abracadabra"); print(c, c.most_common(2), c['z'], sorted(c.elements()))
d = defaultdict(list); d['a'].append(1); print(d, d['b'], len(d))
P = namedtuple('P', 'x y', defaults=[5]); p = P(1); print(p, p.x, p._replace(x=3), p._asdict(), P._fields, P._make([1,2]))
try: P()
except TypeError as e: print(e)
o = OrderedDict([(1,2),(3,4)]); o.move_to_end(1); print(o, o.popitem(last=False))
q = deque([1,2,3], maxlen=3); q.append(4); print(q, q.popleft())
@functools.lru_cache(maxsize=2)
def f(x): print('call', x); return x*2
print(f(1), f(2), f(1), f(3), f(2), f.cache_info(), f.__name__)
@functools.cache
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80))
print(functools.reduce(operator.add, range(10)), functools.partial(int, base=2)('101'))
h=[5,3,1,4]; heapq.heapify(h); print([heapq.heappop(h) for _ in range(4)], list(heapq.merge([1,4],[2,3])), heapq.nlargest(2,[1,5,3]))
print(bisect.bisect([1,2,3],2), sorted([3,1,2], key=functools.cmp_to_key(lambda a,b: b-a)))
@functools.total_ordering
class A:
    def __init__(s,v): s.v=v
    def __lt__(s,o): return s.v<o.v
    def __eq__(s,o): return s.v==o.v
print(A(1)>=A(0), A(1)<=A(0))
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(5, collections.abc.Hashable), issubclass(int, collections.abc.Iterable))
cm = ChainMap({'a':1},{'b':2,'a':3}); print(cm, cm['a'], cm['b'], len(cm), sorted(cm))
@functools.singledispatch
def g(x): return 'obj'
@g.register
def _(x: int): return 'int'
@g.register(list)
def _(x): return 'list'
print(g(1), g([]), g('s'), g(True))
class C:
    @functools.cached_property
    def z(self): print('computed'); return 42
    @functools.lru_cache
    def m(self, x): return x+1
x=C(); print(x.z, x.z, x.m(1), x.m(1))
def deco(fn):
    @functools.wraps(fn)
    def w(*a, **k): "w doc"; return fn(*a, **k)
    return w
@deco
def hello(): "hello doc"; return 1
print(hello.__name__, hello.__doc__, hello())
print(operator.itemgetter(1,0)([5,6]), operator.attrgetter('real')(5), operator.methodcaller('upper')('a'))
import abc
class B(abc.ABC):
    @abc.abstractmethod
    def foo(self): pass
try: B()
except TypeError as e: print(e)
c.update('aaa'); c.subtract('ab'); print(c+Counter(a=1), c-Counter(a=3), -c, c&c, c|c, c==c, c.total())
print(UserDict({1:2}), UserList([1,2])+[3], UserString('ab').upper())
