# regimes: gil stm rw locks
# Each looks at what the other writes.
from weave import run, step
on = {'a': 1, 'b': 1}
def a():
    if on['b']:
        step()
        on['a'] = 0
def b():
    if on['a']:
        step()
        on['b'] = 0
run(a, b)
print(on['a'], on['b'])
