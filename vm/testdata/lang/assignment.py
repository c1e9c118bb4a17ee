# Assignment: unpacking, starred, chained, augmented targets evaluated once, attribute and item targets, del.
a = b = c = []
a.append(1); print(b, c is a)
(x, y), [z, *w] = (1, 2), "abcd"; print(x, y, z, w)
x, y = y, x; print(x, y)
*a, b = 1, 2, 3; a2, *b2 = "x"; print(a, b, a2, b2)
first, *mid, last = range(6); print(first, mid, last)
for i, (j, *k) in [(1, (2, 3, 4)), (5, "xy")]: print(i, j, k)
[p, q] = {"k1": 1, "k2": 2}; print(p, q)
() = []; [] = (); print("empty")
def attempt(f):
    try: f()
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
def u1(): a, b = 1, 2, 3
def u2(): a, b, c = 1, 2
def u3(): a, *b, c = [1]
def u4(): a, b = 5
def u5(): a, = []
def u6(): a, b = iter([1, 2, 3])
def u7(): a, b = "xyz"
def u8(): (a, b), c = 1, 2
def u9(): a, b, c = {1: 2}
def u10(): *a, = None
def u11(): a, b = (i for i in range(1))
for f in (u1, u2, u3, u4, u5, u6, u7, u8, u9, u10, u11): attempt(f)
log = []
def get(n, v): log.append(n); return v
l = [0, 0, 0]
get("obj", l)[get("idx", 1)] += get("val", 5); print(l, log); log.clear()
get("o1", l)[get("i1", 0)] = get("o2", l)[get("i2", 2)] = get("v", 9); print(l, log); log.clear()
i = 0
i, l[i] = 1, "assigned after i"; print(i, l)
class O: pass
o = O(); o.a = o.b = 3; o.a += 1; o.c, (o.d, o.e) = 1, (2, 3); print(sorted(o.__dict__.items()))
o.l = [1]; o.l += [2]; o.l[0] -= 5; print(o.l)
d = {"a": 1}; d["a"] += 1; d["b"] = d.get("b", 0) + 1; print(d)
t = ([],)
try: t[0] += [1]
except TypeError as e: print(e, t)
s = "ab"; s2 = s; s += "c"; print(s, s2)
del d["a"], l[0]; print(d, l)
x = y = 1; del x, y
try: x
except NameError as e: print(e)
del o.a, (o.b, [o.c]); print(sorted(o.__dict__))
l = list(range(10)); del l[2:8:2], l[-1]; print(l)
l[1:3] = "abc"; print(l); l[::2] = [0] * len(l[::2]); print(l); l[5:] = []; print(l); l[:0] = (7, 8); print(l)
attempt(lambda: l.__setitem__(slice(None, None, 2), [1]))
attempt(lambda: l.__setitem__(slice(0, 1), 5))
def walrus():
    if (n := len("hello")) > 3: print(n)
    while (n := n - 1) > 2: print(n, end=" ")
    print([y := 1, y + 1], (z := 3) + z)
    return n
print(walrus())
n: int = 5; m: str; (k): int = 3; o.z: int = 4; l[0]: int = 9
print(n, k, o.z, l[0], __annotations__)
def g():
    global G1, G2
    G1, G2 = 1, 2
    G1 += 10
g(); print(G1, G2)
a = [1, 2, 3]; a[0], a[1] = a[1], a[0]; print(a)
a = a, a; print(len(a), a[0] is a[1])
x = 1, ; print(x); x = 1, *[2, 3], 4; print(x)
def r(): return 1, *range(3)
print(r())
for x in 1, 2, *"ab": print(x, end=" ")
print()
lst = [1, 2, 3]
for lst[0] in range(3): pass
print(lst)
for o.attr in "xy": pass
print(o.attr)
v = v2 = v3 = 1; v += 1; print(v, v2, v3)
if True: cond = "yes" if v > 1 else "no"; print(cond)
x = [1, 2, 3]; x[x[0]] = x[-1]; print(x)
