"""What is too wide for %-formatting, subclasses of iterators, and code that needs a closure."""
import sys

for f in "%.*d", "%*d", "%*s", "%.*f":
    for n in sys.maxsize, 2**60, 2**70:
        try:
            print(len(f % (n, 1)))
        except (OverflowError, MemoryError) as e:
            print(f, type(e).__name__, e)


class E(enumerate):
    pass


class Z(zip):
    pass


class R(reversed):
    pass


class M(map):
    def __next__(self):
        return -super().__next__()


class F(filter):
    pass


print(list(E("ab")), list(E([1])), list(E((1, 2), 5)), type(E([])).__name__)
print(list(Z("ab", "cd")), list(R([1, 2])), list(R((1, 2))), list(M(int, "12")), list(F(None, [0, 2])), next(M(int, "7")))
for i, x in E([7, 8]):
    print(i, x)


def outer(x):
    def inner():
        return x
    return inner


c = outer(3).__code__
for call in eval, exec:
    try:
        print(call(c))
    except TypeError as e:
        print(e)
