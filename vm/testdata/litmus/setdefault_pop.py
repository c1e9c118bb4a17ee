# regimes: gil stm rw locks
# setdefault makes one list; pop gives a value to one thread only.
from weave import run, step
d = {'gift': 7}
r = [0, 0]
def a():
    d.setdefault('k', []).append(1)
    step()
    r[0] = d.pop('gift', 0)
def b():
    r[1] = d.pop('gift', 0)
    step()
    d.setdefault('k', []).append(2)
run(a, b)
print(d, r)
