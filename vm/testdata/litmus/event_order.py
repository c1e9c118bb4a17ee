# regimes: gil stm rw locks
# What comes before set is seen after wait.
import threading
from weave import run, step
e = threading.Event()
x = 0
r = []
def a():
    global x
    x = 1
    e.set()
    step()
    x = 2
def b():
    r.append(e.is_set())
    e.wait()
    r.append(x)
run(a, b)
print(r)
