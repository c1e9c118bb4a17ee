# A function, a class attribute and a method are rebound while others use them.
from weave import run, step
def f():
    return 1
class C:
    k = 1
    def m(self):
        return 1
c = C()
r = []
def a():
    r.append((f(), C.k, c.m()))
    step()
    r.append((f(), c.k, c.m()))
def b():
    global f
    f = lambda: 2
    step()
    C.k = 2
    C.m = lambda self: 2
run(a, b)
print(r)
