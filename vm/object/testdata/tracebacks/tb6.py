def f():
    try:
        raise KeyError('k')
    finally:
        x = 1
try:
    f()
except KeyError:
    import colections
