# regimes: gil stm rw locks
# Appending is one piece: nothing is lost, and each thread's items stay in order.
from weave import run, step
l = []
def a():
    l.append(1)
    step()
    l.append(2)
def b():
    l.append(8)
    step()
    l.append(9)
run(a, b)
print(l)
