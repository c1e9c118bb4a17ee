# regimes: gil stm rw locks
# Trying a lock tells whether somebody holds it.
from weave import run, step
import _thread
lock = _thread.allocate_lock()
r = [None, None, None]
def a():
    r[0] = lock.acquire(False)
    step()
    if r[0]:
        lock.release()
def b():
    r[1] = lock.acquire(False)
    step()
    if r[1]:
        lock.release()
    r[2] = lock.locked()
run(a, b)
print(r)
