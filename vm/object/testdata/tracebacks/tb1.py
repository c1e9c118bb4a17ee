import sys
def a(x):
    return b(x) + 1
def b(x):
    y = c(x,
          2)
    return y
def c(x, y):
    z = {'a': 1}
    return z['b'] + x[y]
class K:
    def __init__(self):
        self.value = self.valeu
    def m(self):
        foo = bar
try:
    try:
        a(1)
    except KeyError as e:
        raise ValueError("bad") from e
except ValueError:
    e2 = TypeError("again")
    e2.add_note("a note")
    raise e2
