# What a thread has done before it fails stays done; a finally runs.
from weave import run, step
x = 0
r = []
def a():
    global x
    try:
        try:
            x = 1
            step()
            r[7]
        finally:
            x = 2
            step()
    except IndexError:
        x += 10
def b():
    r.append(x)
run(a, b)
print(r, x)
