def tryit(f, *a):
    try:
        r = f(*a)
        print(repr(r))
    except Exception as e:
        print(type(e).__name__ + ':', e)
l=[3,1,2]
tryit(l.append); tryit(l.append,1,2); tryit(l.pop,10); tryit([].pop); tryit(l.index,9); tryit(l.remove,9); tryit(l.insert,1)
tryit(lambda: l[10]); tryit(lambda: l['a']); tryit(lambda: l+(1,)); tryit(lambda: l*'a'); tryit(lambda: l*2.0)
tryit(lambda: l.sort(1)); tryit(lambda: l.sort(foo=1)); tryit(lambda: [1,'a'].sort()); tryit(lambda: list(5)); tryit(lambda: list(1,2))
def f():
    l[10]=1
tryit(f)
def f():
    l[::2]=[1,2,3]
tryit(f)
def f():
    l[0:1]=5
tryit(f)
def f():
    l[::2]=5
tryit(f)
def f(): del l[10]
tryit(f)
def f(): del l['a']
tryit(f)
tryit(lambda: l<5); tryit(lambda: l<[3,1]); tryit(lambda: l==[3,1,2]); tryit(lambda: [1,2]<[1,'a'])
l.append(l); print(l); l.pop()
print(sorted([3,1,2],reverse=True), sorted('hello',key=lambda c:-ord(c)))
tryit(lambda: hash([])); tryit(lambda: {}[[]]) ; tryit(lambda: {}['x']); tryit(lambda: {}.pop('x')); tryit(lambda: {}.popitem()); tryit(lambda: {1:2}.get())
tryit(lambda: {1:2}.pop()); tryit(lambda: {1:2}.setdefault()); tryit(lambda: dict(5)); tryit(lambda: dict([1])); tryit(lambda: dict([(1,2,3)])); tryit(lambda: dict(1,2)); tryit(lambda:{}.update(1,2))
tryit(lambda: dict(a=1,b=2)|{'c':3}); tryit(lambda: {}|5); tryit(lambda: dict.fromkeys('abc',0)); tryit(lambda: {1:2}<{1:2}); tryit(lambda: {1:2}=={1:2.0})
d={1:'a',2:'b'}
def f():
    for k in d: d[k+10]=1
tryit(f)
d={1:'a',2:'b'}
def f():
    for k in list(d): del d[k]; 
    return d
tryit(f)
d={1:'a',2:'b'}
def f():
    for k in d: del d[k]
tryit(f)
s={1,2,3}
def f():
    for k in s: s.add(k+100)
tryit(f)
print(d.keys(), {1:2}.items(), {1:2}.values(), {1,2}&{1:2}.keys(), {1:2}.keys()|{3}, {1:2}.items()-{(1,2)}, {1:2,3:4}.keys()^{3,5})
tryit(lambda: set([1,2,3])-[1]); tryit(lambda: {1}.remove(2)); tryit(lambda: set().pop()); tryit(lambda: {[]}); tryit(lambda: set(5)); tryit(lambda:{1}|{2}); tryit(lambda: {1}<{1,2}); tryit(lambda: {1,2}.union([3],(4,)))
tryit(lambda: frozenset([1,2])); tryit(lambda: frozenset()); tryit(lambda: set()); tryit(lambda: hash(frozenset([1,2,3]))); tryit(lambda: hash((1,2,3))); tryit(lambda: hash(frozenset()))
tryit(lambda: {frozenset([1])}); tryit(lambda: {1} in {frozenset([1])}); tryit(lambda: {1}.issubset([1,2])); tryit(lambda: {1,2}.isdisjoint([3]))
tryit(lambda: (1,2)+[3]); tryit(lambda: (1,2)[5]); tryit(lambda: (1,2).index(5)); tryit(lambda: (1,2)*-1); tryit(lambda: tuple(5))
tryit(lambda: range(5)[10]); tryit(lambda: range(0,10,0)); tryit(lambda: range('a')); tryit(lambda: range(10)[2:8:2]); tryit(lambda: range(10).index(50)); tryit(lambda: range(10**20)[-1]); tryit(lambda: len(range(10**20))); tryit(lambda: range(1,10,3)==range(1,11,3)); tryit(lambda: list(reversed(range(0,10,3)))); tryit(lambda: 5 in range(10)); tryit(lambda: hash(range(3)))
tryit(lambda: slice(1,2,3)); tryit(lambda: slice(None,10,2).indices(7)); tryit(lambda: [1,2,3][::0]); tryit(lambda: [1,2,3][::-1]); tryit(lambda: 'abc'[1.0:]) ; tryit(lambda: [1,2,3][1.5:])
tryit(lambda: next(iter([]))); tryit(lambda: iter(5)); tryit(lambda: list(iter(lambda: 1, 1)))
class A:
    def __eq__(self,o): return True
    def __hash__(self): return 1
tryit(lambda: len({A():1,A():2})); tryit(lambda: A() in [1]); tryit(lambda: [1].index(A()))
class L(list):
    pass
x=L([1,2]); x.foo=1; print(x, x+[3], type(x+[3]), isinstance(x,list), len(x), x==[1,2])
class D(dict):
    def __missing__(self,k): return k*2
print(D()[4], D(a=1), D.fromkeys([1,2]))
class S(set): pass
print(S([1]), S(), S([1])|{2}, type(S([1])|{2}))
a=[1,2,3,4,5,6]; del a[::2]; print(a); a[1:1]=[7,8]; print(a); a*=2; print(a); a+=(9,); print(a); a[-1:]=[]; print(a, a.count(2), a.copy()==a)
a=[5,3,1]; 
def key(x):
    a.append(1); return x
tryit(lambda: a.sort(key=key)); print(a)
print([1,2,3].__len__(), [1].__contains__(1), {}.__contains__(1), (1,).__add__((2,)), [1,2].__iter__(), {1:2}.__iter__(), {1}.__iter__(), (1,).__iter__(), range(3).__iter__())if 0 else None
print(list({1:2}.__reversed__()), list(reversed({1:2,3:4}.items())))
print([1]==(1,), [1]!=[1], [[1],[2]]<[[1],[3]])
