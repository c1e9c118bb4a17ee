# regimes: gil stm rw locks
# The same under one lock: one of the two stays.
from weave import run, step
import _thread
lock = _thread.allocate_lock()
on = {'a': 1, 'b': 1}
def a():
    with lock:
        if on['b']:
            step()
            on['a'] = 0
def b():
    with lock:
        if on['a']:
            step()
            on['b'] = 0
run(a, b)
print(on['a'], on['b'])
