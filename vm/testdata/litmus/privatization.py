# Who has taken an object out of the shared structure has it alone.
from weave import run, step
import _thread
lock = _thread.allocate_lock()
class Node:
    v = 0
box = [Node()]
r = []
def a():
    with lock:
        n = box.pop()
    n.v += 1
    step()
    n.v += 1
    r.append(n.v)
def b():
    with lock:
        if box:
            n = box[0]
            n.v = 10
            step()
            n.v += 10
run(a, b)
print(r)
