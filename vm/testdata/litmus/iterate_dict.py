# A dict that changes size while it is iterated over says so; one whose values change does not.
from weave import run, step
d = {'a': 1, 'b': 2}
r = []
def a():
    try:
        for k in d:
            r.append((k, d[k]))
    except RuntimeError as e:
        r.append(str(e))
def b():
    d['b'] = 3
    step()
    d['c'] = 4
run(a, b)
print(r)
