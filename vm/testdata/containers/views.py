from collections import deque
def tryit(f, *a):
    try:
        r = f(*a)
        print(repr(r))
    except Exception as e:
        print(type(e).__name__ + ':', e)
class S(set): pass
class D(deque): pass
print(S([1]), S(), D([1,2]), D([1],3), deque([1,2,3],maxlen=2), deque('abc'))
d=deque(range(5))
tryit(lambda: d[10]); tryit(lambda: d['a']); tryit(lambda: deque().pop()); tryit(lambda: deque().popleft()); tryit(lambda: d.index(99)); tryit(lambda: d.remove(99)); tryit(lambda: deque(5)); tryit(lambda: deque([],-1)); tryit(lambda: deque([],'a')); tryit(lambda: deque(maxlen=3)); tryit(lambda: deque([1],2,3))
tryit(lambda: d+[1]); tryit(lambda: d+deque([7])); tryit(lambda: d*2); tryit(lambda: d<deque([1])); tryit(lambda: d==[0,1,2,3,4]); tryit(lambda: d.count(3)); tryit(lambda: d.insert(2,'x')); print(d)
d.rotate(2); print(d); d.rotate(-3); print(d); d.reverse(); print(d); d.extendleft('abc'); print(d); d.appendleft(0); print(d, len(d), 0 in d, d.maxlen)
def f():
    for x in d: d.append(1)
tryit(f)
del d[0]; print(d); d[1]='y'; print(d); print(list(reversed(d))); d.clear(); print(d, bool(d)); 
b=deque([1,2,3],3); b.append(4); print(b); b.appendleft(0); print(b); tryit(lambda: b.insert(1,5)); b.extend([7,8]); print(b); print(b.copy(), hash is None)
b.append(b); print(b)


print(deque([1,2],5).__copy__())
a=[1]; b=[a,a]; a.append(b); print(a)
d={}; d['x']=d; print(d)
t=([],); t[0].append(t); print(t)
x=[]
for i in range(100000): x=[x]
try:
    repr(x); print('no')
except RecursionError as e: print('RecursionError')
y=[]
for i in range(100000): y=[y]
try:
    print(x==y)
except RecursionError as e: print('RecursionError')
tryit(lambda: [1,2,3].__getitem__(1)); tryit(lambda: list.append([], 1, 2)); tryit(lambda: list.append(5, 1)); tryit(lambda: [].append(x=1)); tryit(lambda: [].clear(1)); tryit(lambda: {}.update(a=1)); tryit(lambda: set().add()); tryit(lambda: (1,).count())
tryit(lambda: type(iter([]))); tryit(lambda: type(iter({}))); tryit(lambda: type(iter(set()))); tryit(lambda: type(iter(range(1)))); tryit(lambda: type(iter({}.items()))); tryit(lambda: type(reversed([]))); tryit(lambda: type(iter(deque()))); tryit(lambda: type(iter(range(10**30)))); tryit(lambda: type({}.keys()))
tryit(lambda: {1:2}.keys()=={1}); tryit(lambda: {1:2}.items()<={(1,2),(3,4)}); tryit(lambda: {1:2}.keys().isdisjoint([2])); tryit(lambda: {1:2}.keys().mapping); tryit(lambda: {1:[2]}.items()&{(1,2)}); tryit(lambda: {1:2}.values()=={1:2}.values())
class O: pass
o=O(); o.a=1; o.b=2
print(o.__dict__, vars(o)=={'a':1,'b':2}, list(o.__dict__), o.__dict__.get('a'), 'a' in o.__dict__, len(o.__dict__)); o.__dict__['c']=3; print(o.c); o.__dict__.update(d=4); print(o.d); del o.__dict__['a']; tryit(lambda: o.a); print(o.__dict__.pop('b'), sorted(o.__dict__.items()), type(o.__dict__))
g=globals(); g['newname']=5; print(newname); print('newname' in g); del g['newname']; tryit(lambda: newname)
def it():
    l=[1,2,3,4]
    for x in l:
        if x==2: l.remove(x)
        print(x,end=' ')
    print()
it()
d={i:i for i in range(10)}
it2=iter(d); next(it2); d[100]=1; tryit(lambda: next(it2)); tryit(lambda: next(it2))
d={1:1,2:2,3:3}; it3=iter(d); next(it3); del d[1]; d[9]=9; tryit(lambda: list(it3))
s={1,2,3}; it4=iter(s); next(it4); s.add(10); tryit(lambda: next(it4)); tryit(lambda: next(it4))
import operator
print(operator.length_hint(iter([1,2,3])), operator.length_hint(iter({1:2})), operator.length_hint(iter(range(7))), operator.length_hint(reversed([1,2])))
print({True:1, 1:2, 1.0:3}, {1:1}=={True:1}, {float('nan'):1}, {(1,2):3}[(1,2)], {None:1}, {10**20:1}[10**20])
n=float('nan'); print(n in [n], [n]==[n], {n:1}.get(n), n in {n})
print([0]*5, [[]]*2, (0,)*3, list('ab')*2, 2*[1])
print(sorted([(2,'b'),(1,'a'),(2,'a')]), sorted({3:1,1:2}), min([3,1]), sum([1,2]), sorted([1.5,1,True,0]), sorted(['b','a','C']))
tryit(lambda: [3,'a',1].sort()); tryit(lambda: sorted([1,None]))
big=list(range(1000)); big[10:990]=[]; print(len(big), big[:12]); big[::-1]; print(big[5:-5:3])
