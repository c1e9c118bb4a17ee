# with: order, suppression, several managers, exceptions in enter and exit, targets, control flow out of it.
class M:
    def __init__(self, n, suppress=False, fail=None): self.n, self.s, self.fail = n, suppress, fail
    def __enter__(self):
        print("enter", self.n)
        if self.fail == "enter": raise RuntimeError("enter " + self.n)
        return self.n
    def __exit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__, v, tb is not None)
        if self.fail == "exit": raise RuntimeError("exit " + self.n)
        return self.s
with M("a") as a: print("body", a)
with M("a") as a, M("b") as b: print("body", a, b)
with (M("a") as a, M("b"), M("c") as c,): print("body", a, c)
with M("s", True): raise ValueError("suppressed")
try:
    with M("p"): raise ValueError("passes")
except ValueError as e: print("caught", e)
try:
    with M("o"), M("i", fail="enter"): print("never")
except RuntimeError as e: print("caught", e)
try:
    with M("o"), M("i", fail="exit"): raise KeyError("k")
except RuntimeError as e: print("caught", e, repr(e.__context__))
with M("o", True), M("i", fail="exit"): pass
def ret():
    with M("r"): return "returned"
print(ret())
def loop():
    for i in range(4):
        with M(str(i)):
            if i == 0: continue
            if i == 2: break
            print("body", i)
loop()
def override():
    try:
        with M("x"): return 1
    finally: print("finally")
print(override())
class T: pass
t = T(); l = [0, 0]
with M("attr") as t.x, M("item") as l[1]: pass
print(t.x, l)
class Pair:
    def __enter__(self): return 1, (2, 3)
    def __exit__(self, *a): pass
with Pair() as (p, (q, r)): print(p, q, r)
for bad in (5, type("NoExit", (), {"__enter__": lambda s: 1})(), type("NoEnter", (), {"__exit__": lambda s, *a: 1})()):
    try:
        with bad: pass
    except TypeError as e: print(e)
class Inst: pass
i = Inst(); i.__enter__ = lambda: 1; i.__exit__ = lambda *a: None
try:
    with i: pass
except TypeError as e: print(e)
def gen():
    with M("gen"):
        yield 1
        yield 2
g = gen(); print(next(g)); g.close()
with M("outer"):
    with M("inner", True):
        raise IndexError("x")
    print("continues")
