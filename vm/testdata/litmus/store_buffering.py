# regimes: gil stm rw locks
# Both cannot read 0: one of the stores came first.
from weave import run, step
x = y = 0
r = [None, None]
def a():
    global x
    x = 1
    step()
    r[0] = y
def b():
    global y
    y = 1
    step()
    r[1] = x
run(a, b)
print(r)
