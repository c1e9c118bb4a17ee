# What atomic blocks print appears in the order in which they see memory: whoever prints later has not seen less.
from transaction import atomic
from weave import run, step
x = 0
def a():
    with atomic:
        y = x
        for _ in range(6):
            pass
        print('a%d' % y, end=' ')
    step()
def b():
    with atomic:
        y = x
        print('b%d' % y, end=' ')
    step()
def c():
    global x
    x = 1
    step()
run(a, b, c)
print()
