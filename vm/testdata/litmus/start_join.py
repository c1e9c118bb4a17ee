# regimes: gil stm rw locks
# What comes before start is seen by the thread, what it does is seen after join.
import threading
from weave import linger
log = ['m']
def f():
    log.append('t')
    linger()
    log.append('T')
t = threading.Thread(target=f)
t.start()
log.append('s')
linger()
log.append('S')
t.join()
log.append('j')
print(*log)
