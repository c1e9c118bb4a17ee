# regimes: gil stm rw locks
# A read and a write with a switch in between lose updates: also under the GIL.
from weave import run, step
x = 0
def a():
    global x
    for i in 1, 2:
        t = x
        step()
        x = t + 1
run(a, a)
print(x)
