# regimes: gil stm rw locks
# Who sees the flag sees the data.
from weave import run, step
data = flag = 0
r = [None, None]
def a():
    global data, flag
    data = 1
    step()
    flag = 1
def b():
    r[0] = flag
    step()
    r[1] = data
run(a, b)
print(r)
