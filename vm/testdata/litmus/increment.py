# An increment without a call has no place for a switch inside: as in CPython since 3.10.
from weave import run
x = 0
box = {'n': 0}
class C:
    n = 0
c = C()
def a():
    global x
    for i in range(2):
        x += 1
        box['n'] += 1
        c.n += 1
run(a, a)
print(x, box['n'], c.n)
