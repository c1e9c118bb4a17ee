# A list may grow while it is iterated over.
from weave import run, step
l = [1, 2]
out = []
def a():
    for v in l:
        out.append(v)
def b():
    l.append(3)
    step()
    l.insert(0, 0)
run(a, b)
print(out, l)
