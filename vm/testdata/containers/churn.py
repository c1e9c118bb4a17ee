# iteration while mutated, iterator protocol details, dict order after churn
def tryit(f, *a):
    try:
        r = f(*a)
        print(repr(r))
    except Exception as e:
        print(type(e).__name__ + ':', e)
d={}
x=12345
def rnd(n):
    global x
    x=(x*1103515245+12345)%(1<<31)
    return (x>>8)%n
for i in range(20000):
    k=rnd(300); op=rnd(10)
    if op<5: d[k]=i
    elif op<7: d.pop(k,None)
    elif op==7: d.setdefault(str(k),i)
    elif op==8:
        if d and rnd(5)==0: d.popitem()
    else:
        if rnd(300)==0: d=dict(d)
        elif rnd(300)==0: d=d.copy()
        elif rnd(1000)==0: d.clear()
print(len(d), list(d.items())[:50], list(d)[-10:])
l=[]
for i in range(3000):
    op=rnd(10); n=len(l)
    if op<4: l.append(rnd(100))
    elif op==4: l.insert(rnd(n+3)-2, i)
    elif op==5 and n: l.pop(rnd(n))
    elif op==6 and n: del l[rnd(n):rnd(n)]
    elif op==7: l[rnd(n+1):rnd(n+1)]=range(rnd(5))
    elif op==8 and n: l[rnd(n)]=i
    elif op==9:
        k=rnd(20)
        if k==0: l.reverse()
        elif k==1: l.sort(key=str)
        elif k==2: l=l[::-2]
        elif k==3: l*=2
        elif k==4 and n>4: del l[::3]
        elif k==5 and n>6: l[1:6:2]=[0,0,0][:len(l[1:6:2])]
print(len(l), l[:60])
s=set()
for w in "the quick brown fox jumps over the lazy dog and then the dog sleeps".split(): s.add(len(w)*7+ord(w[0]))
print(s, {i*i for i in range(20)}, {3.5,2,1}, set(range(-5,5)))
print(frozenset(range(10))-frozenset(range(3)), set('a'), {1,2,3}>{1}, {1,2}^{2,3})
it=iter([1,2,3]); next(it); print(list(it), list(it))
def g():
    yield from [1,2]
print([*g(), *{'a':1}, *(1,2)], {**{'a':1}, 'b':2}, {*[1,2], 3})
a,*b,c=range(6); print(a,b,c)
a,*b=[1]; print(a,b)
tryit(lambda: (lambda a,b: 0)(*[1]));
def f():
    a,b=[1,2,3]
tryit(f)
def f():
    a,b,c={1:2}
tryit(f)
def f():
    a,*b,c=[1]
tryit(f)
print(list(zip([1,2],(3,4))), list(enumerate('ab',1)), list(map(lambda x:x+1,[1])), list(filter(None,[0,1])), list(reversed('abc')) )
print(any([0,1]), all([]), sum([[1],[2]],[]), max({1:2,3:0}), sorted({'b':1,'a':2}.items(), key=lambda kv: kv[1]))
class K:
    def __init__(self,v): self.v=v
    def __hash__(self): return hash(self.v)
    def __eq__(self,o): return self.v==o.v
    def __repr__(self): return 'K%r'%self.v
    def __lt__(self,o): return self.v<o.v
dd={}
for i in range(200): dd[K(rnd(50))]=i
print(len(dd), sorted(dd)[:5], dd[K(3)], K(99) in dd, list(dd)[:5])
ss={K(rnd(40)) for i in range(200)}; print(len(ss), sorted(ss)[:3]); ss.discard(K(5)); print(K(5) in ss)
class Evil:
    def __init__(self,d): self.d=d
    def __hash__(self): return 5
    def __eq__(self,o):
        self.d.clear(); return False
e={}; e[Evil(e)]=1
try:
    e[Evil(e)]=2; print(len(e))
except Exception as ex: print(type(ex))
print([1,2,3,4][-3:-1], [1,2,3][5:], (1,2,3)[::-1], range(10)[::-3], list(range(10))[8:2:-2])
print(list(range(5,0,-2)), range(3)==range(0,3,1), range(0)==range(5,5), hash(range(3))==hash(range(0,3)))
tryit(lambda: [][0:1][0]); tryit(lambda: range(3)[1.0]); tryit(lambda: [1]*10**12); tryit(lambda: (1,)*10**13)
print(min(range(10**20,10**20+3)), 10**20+1 in range(10**20,10**20+3), list(range(10**20,10**20+2)))
m=[[0]*3 for _ in range(2)]; m[0][1]=5; print(m)
import sys
q=[1]; q.append(q); print(q==q, q)
t=tuple([1,2]); print(t is tuple(t), t+() is t, t*1 is t)
print(dict(zip('ab',[1,2])), dict([['a',1]]), dict({'a':1},b=2), {'a':1}|{'a':2})
print([].sort(), sorted([]), [1].extend((2,3)))
l=[1,2]; l.extend(l); print(l); l.extend(x for x in (5,6)); print(l); l+='ab'; print(l); l[:0]='xy'; print(l)
print(str([1.0,'a',None,True,b'x',(1,),{},{1}]), [1,2].__repr__())
print({1:'a'}.get(2,'z'), {}.get(1), {1:2}.pop(1), {1:2}.pop(5,'d'), {1:2}.setdefault(1,5), {1:2}.setdefault(3))
d={'a':1,'b':2,'c':3}; del d['b']; d['b']=4; print(d, list(d.values()), d.popitem(), d)
