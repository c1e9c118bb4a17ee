# regimes: gil stm rw locks
# Critical sections under different locks interleave, nested ones under the same lock do not.
from weave import run, step
import threading
m, n = threading.RLock(), threading.Lock()
log = []
def a():
    with m:
        with m:
            log.append('a')
            step()
        log.append('A')
def b():
    with n:
        log.append('b')
    with m:
        log.append('B')
run(a, b)
print(*log)
