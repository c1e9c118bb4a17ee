# regimes: gil stm rw locks
# What is announced is not lost, and is seen by whoever waited.
import threading
from weave import run, step
c = threading.Condition()
items = []
log = []
def a():
    with c:
        items.append(1)
        log.append('put')
        c.notify()
def b():
    with c:
        while not items:
            log.append('wait')
            c.wait()
        log.append(items.pop())
run(a, b)
print(*log)
