# The left operand is read before the call: an update in between is lost.
from weave import run
x = 0
def one():
    return 1
def a():
    global x
    x = x + one()
def b():
    global x
    x += one()
run(a, b)
print(x)
