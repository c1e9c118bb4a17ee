import math
def f(x):
    if x:
        raise ValueError(
            "long",
            x,
        )
lst = list(map(f, [0, 1]))
