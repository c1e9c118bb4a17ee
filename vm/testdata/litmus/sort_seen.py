# A list is empty for the others while it is sorted, and must not be changed.
from weave import run, step
l = [2, 1]
r = []
def key(v):
    step()
    return v
def a():
    try:
        l.sort(key=key)
    except ValueError as e:
        r.append(str(e))
def b():
    r.append(len(l))
    step()
    l.append(0)
run(a, b)
print(r, l)
