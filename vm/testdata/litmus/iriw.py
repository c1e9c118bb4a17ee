# regimes: gil stm rw locks
# Independent reads of independent writes: both readers agree on the order of the writes.
from weave import run, step
box = {'x': 0, 'y': 0}
r = [0, 0, 0, 0]
def a():
    box['x'] = 1
def b():
    box['y'] = 1
def c():
    r[0] = box['x']
    step()
    r[1] = box['y']
def d():
    r[2] = box['y']
    step()
    r[3] = box['x']
run(a, b, c, d)
print(r)
