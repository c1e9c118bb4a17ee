# regimes: gil stm rw locks
# Nobody reads what is only written later.
from weave import run, step
x = y = 0
r = [None, None]
def a():
    global y
    r[0] = x
    step()
    y = 1
def b():
    global x
    r[1] = y
    step()
    x = 1
run(a, b)
print(r)
