# The same in atomic blocks: one of the two stays.
from weave import run, step
from gilt import atomic
on = {'a': 1, 'b': 1}
def a():
    with atomic:
        if on['b']:
            step()
            on['a'] = 0
def b():
    with atomic:
        if on['a']:
            step()
            on['b'] = 0
run(a, b)
print(on['a'], on['b'])
