"""A tuple display and the + behind it: every kind of right operand, and what is left when it fails."""


class T(tuple):
    def __add__(self, other):
        return "T+"

    def __radd__(self, other):
        return ("radd", other)


class Late:
    def __radd__(self, other):
        return ["late", other]


def joined(x, rest):
    return (x,) + rest


def doubled(x):
    r = (x, x)
    r = r + r
    return r


def kept(x, rest):
    t = (x, 1)
    u = t + rest
    return t, u


def empty(rest):
    return () + rest


print(joined(1, (2, 3)), joined(1, ()), empty((1, 2)), empty(()))
print(joined(1, T((2, 3))), joined(1, Late()), doubled("a"), kept(0, (2,)))
for bad in [1], 2, None, "abc":
    try:
        print(joined(1, bad))
    except TypeError as e:
        print(e)
rest = (2,)
for i in range(3):
    rest = (i,) + rest
    rest = (i, i) + rest + (i,)
print(rest)
big = tuple(range(20))
print(joined(-1, big)[-3:], len(joined(-1, big)), big[:1])
print(list(enumerate((5, 6))), list(enumerate([7, 8])), list(enumerate("ab")), list(enumerate([7], 3)), list(enumerate(iterable=[1])))
e = enumerate([1, 2, 3])
print(next(e), list(e), list(e))
grow = [1, 2]
for i, x in enumerate(grow):
    if i < 4:
        grow.append(x + i)
print(grow)
s = set()
for i in range(40):
    s.add(i * 7 % 41)
    s.discard(i * 3 % 41)
print(s, 5 in s, -1 in s, "x" in s, 5.0 in s, True in s, (1,) in s)
names = {"a", "b"}
print("".join(["a"]) in names, "c" in names, "ab"[1:] in names)
