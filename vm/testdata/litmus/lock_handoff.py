# regimes: gil stm rw locks
# A lock may be released by another thread than the one that took it.
from weave import run, step
import _thread
lock = _thread.allocate_lock()
log = []
lock.acquire()
def a():
    lock.acquire()
    log.append('a')
    step()
    log.append('A')
    lock.release()
def b():
    log.append('b')
    step()
    lock.release()
    step()
    log.append('B')
run(a, b)
print(*log, lock.locked())
