def f():
    a = [1, 2]
    return (a[0] +
            a[5] *
            2)
def g():
    assert f() == 3, "message"
class C:
    def __add__(self, o): return 1/0
x = C() + (
    g())
