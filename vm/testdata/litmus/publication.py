# Who sees an object sees it as it was when it became public, or later.
from weave import run, step
class Node:
    def __init__(self, v):
        self.v = v
        self.kids = []
box = None
r = []
def a():
    global box
    n = Node(1)
    n.kids.append({'k': [Node(2)]})
    step()
    n.kids[0]['k'][0].v = 3
    box = n
    step()
    n.v = 4
    n.kids[0]['k'].append(5)
def b():
    n = box
    if n is None:
        r.append(None)
        return
    r.append(n.v)
    step()
    k = n.kids[0]['k']
    r.append((n.v, k[0].v, len(k)))
run(a, b)
print(r)
