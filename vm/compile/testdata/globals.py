"""Module docstring."""
import a.b.c
import a.b as d, e
from .x import y as z, w
x: int
total = 0
def add(n):
    global total
    total += n
    from m import p
    import q
    def inner():
        nonlocal n
        n = total
        return __debug__, p
    return inner, f"{n!r:>{total}} of {total}", x in [1, 2], x not in {1, 2}
if False:
    never()
elif total:
    del total
for i in [1, 2, 3]:
    print(i) if i else None
