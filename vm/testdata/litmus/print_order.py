# regimes: gil stm rw locks
# Lines come out whole, in the order in which they were printed.
from weave import run, step
x = 0
def a():
    global x
    print('a', end=' ')
    x = 1
    step()
    print('A', end=' ')
def b():
    print('b', end=' ')
    step()
    print('B%d' % x, end=' ')
run(a, b)
print()
