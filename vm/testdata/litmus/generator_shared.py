# A generator runs in one thread at a time: the other is told.
from weave import run, step
def numbers():
    for i in range(2):
        step()
        yield i
g = numbers()
r = [None, None]
def a():
    try:
        r[0] = next(g)
    except ValueError as e:
        r[0] = str(e)[10:]
def b():
    try:
        r[1] = next(g)
    except ValueError as e:
        r[1] = str(e)[10:]
run(a, b)
print(*r)
