# The two items are equal wherever a thread may be switched: a reader that sees them differ would never end.
from weave import run, step
l = [0, 0]
r = []
def a():
    for i in 1, 2:
        l[0] = i
        l[1] = i
def b():
    v, w = l[0], l[1]
    while v != w:
        pass
    10 // (1 + v - w)
    step()
    r.append(l[0] - v)
run(a, b)
print(r)
