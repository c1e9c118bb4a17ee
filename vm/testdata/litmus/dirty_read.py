# regimes: gil stm rw locks
# Without the lock a reader sees what is written under it; with it only the last value.
from weave import run, step
import _thread
lock = _thread.allocate_lock()
x = y = 0
r = [None, None]
def a():
    global x, y
    with lock:
        x = y = 1
        step()
        x = y = 2
def b():
    r[0] = x
    with lock:
        r[1] = y
run(a, b)
print(r)
