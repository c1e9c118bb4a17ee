# Every kind of parameter, and what Python says when the arguments do not fit.
def attempt(f, /, *args, **kw):
    try:
        print(f.__name__, f(*args, **kw))
    except TypeError as e:
        print("TypeError:", e)

def none(): return "none"
def one(a): return a
def two(a, b): return a, b
def three(a, b, c): return a, b, c
def default(a, b=2, c=3): return a, b, c
def star(a, *rest): return a, rest
def kwstar(a, **kw): return a, sorted(kw.items())
def kwonly(a, *, k): return a, k
def kwonly2(a, *, k, l=4): return a, k, l
def posonly(a, b, /): return a, b
def posonly2(a, /, b, *, c): return a, b, c
def everything(a, b=1, /, c=2, *args, d, e=5, **kw): return a, b, c, args, d, e, sorted(kw.items())

attempt(none); attempt(none, 1); attempt(none, 1, 2); attempt(none, x=1)
attempt(one); attempt(one, 1); attempt(one, 1, 2); attempt(one, a=1); attempt(one, b=1); attempt(one, 1, a=1)
attempt(two); attempt(two, 1); attempt(two, b=2, a=1); attempt(two, 1, 2, 3); attempt(two, 1, c=3)
attempt(three); attempt(three, 1); attempt(three, c=3)
attempt(default); attempt(default, 1); attempt(default, 1, c=9); attempt(default, 1, 2, 3, 4); attempt(default, b=1)
attempt(star); attempt(star, 1, 2, 3); attempt(star, *"abc"); attempt(star, 1, k=2)
attempt(kwstar, 1, x=1, y=2); attempt(kwstar, **{"a": 5, "z": 6}); attempt(kwstar, 1, **{"a": 2})
attempt(kwonly, 1); attempt(kwonly, 1, 2); attempt(kwonly, 1, k=2); attempt(kwonly, k=1)
attempt(kwonly2, 1, 2, 3); attempt(kwonly2); attempt(kwonly2, 1, k=7)
attempt(posonly, 1, 2); attempt(posonly, a=1, b=2); attempt(posonly, 1, b=2); attempt(posonly, 1)
attempt(posonly2, 1, b=2, c=3); attempt(posonly2, 1, 2); attempt(posonly2, 1, 2, 3)
attempt(everything, 1, d=4); attempt(everything, 1, 2, 3, 4, 5, d=6, e=7, f=8, g=9)
attempt(everything, 1, d=1, a=2, b=3); attempt(everything); attempt(everything, 1)
attempt(two, *[1, 2]); attempt(two, *[1], **{"b": 2}); attempt(two, *[1, 2], *[3])
attempt(lambda x, y=3: (x, y), 1)
attempt(lambda *, k: k)

def duplicates(**kw): return kw
try:
    duplicates(**{"a": 1}, **{"a": 2})
except TypeError as e:
    print("TypeError:", e)
try:
    duplicates(a=1, **{"a": 2})
except TypeError as e:
    print("TypeError:", e)
try:
    duplicates(**{1: 2})
except TypeError as e:
    print("TypeError:", e)
try:
    duplicates(*5)
except TypeError as e:
    print("TypeError:", e)
try:
    duplicates(**5)
except TypeError as e:
    print("TypeError:", e)
try:
    (5)(1)
except TypeError as e:
    print("TypeError:", e)

class C:
    def method(self, a): return a
    @staticmethod
    def static(a): return a
    @classmethod
    def cls(cls, a): return a

c = C()
for f in (c.method, C.method, C.static, c.cls):
    for args in ((), (1,), (1, 2), (1, 2, 3)):
        try:
            print(f(*args))
        except TypeError as e:
            print(e)

def mutable(x, acc=[]):
    acc.append(x)
    return acc
print(mutable(1), mutable(2), mutable.__defaults__)
print(everything.__defaults__, everything.__kwdefaults__, everything.__name__, everything.__qualname__)
order = []
def note(x):
    order.append(x)
    return x
def sink(*a, **k): return a, sorted(k.items())
print(sink(note(1), *[note(2), note(3)], note(4), k=note(5), **{"m": note(6)}, n=note(7)), order)
