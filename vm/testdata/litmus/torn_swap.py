# A swap is one piece; what looks at the two items in two steps can see it half done.
from weave import run, step
l = [1, 2]
r = []
def a():
    for i in range(2):
        l[0], l[1] = l[1], l[0]
def b():
    r.append((l[0], l[1]))
    v = l[0]
    step()
    r.append((v, l[1]))
run(a, b)
print(r, l)
