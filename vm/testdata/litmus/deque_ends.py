# regimes: gil stm rw locks
# Both ends of a deque, a set and a counter: each operation is one piece.
from collections import deque
from weave import run, step
d = deque([1])
s = {1}
r = []
def a():
    d.append(2)
    s.discard(1)
    step()
    r.append(d.popleft())
def b():
    d.appendleft(0)
    step()
    s.add(3)
    r.append(d.pop())
run(a, b)
print(r, list(d), sorted(s))
