# Container protocol in classes: items, slices, iteration, reversed, len, missing, delitem.
class Seq:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if isinstance(i, slice): return ("slice", i.start, i.stop, i.step, i.indices(self.n))
        if isinstance(i, tuple): return ("tuple", i)
        if not -self.n <= i < self.n: raise IndexError("out of range")
        return i * i
    def __setitem__(self, i, v): print("set", i, v)
    def __delitem__(self, i): print("del", i)
s = Seq(4)
print(s[2], s[1:3], s[:], s[::2], s[::-1], s[1, 2], s[1:2, ...], list(s), list(reversed(s)), 4 in s, 5 in s, len(s), bool(s), bool(Seq(0)))
s[0] = 1; s[1:2] = [3]; s["k"] = None; s[...] = 0
del s[0]; del s[1:]; del s["z"]
s[0] += 5
a, b, c, d = s; print(a, b, c, d)
first, *rest = s; print(first, rest)
print(max(s), sum(s), sorted(s, reverse=True), list(zip(s, "ab")), list(map(str, s)), tuple(s), set(s), dict(enumerate(s)))
class It:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(It(3)), [x * 2 for x in It(3)], sum(It(4)), "".join(map(str, It(5))), 3 in It(5), dict.fromkeys(It(2)))
it = It(2); print(next(it), next(it), next(it, "done"))
try: next(it)
except StopIteration as e: print("stop", e.value)
class Rev:
    def __reversed__(self): return iter("zyx")
print(list(reversed(Rev())))
for bad in (lambda: reversed(5), lambda: reversed({1}), lambda: len(5), lambda: iter(5), lambda: next([]), lambda: (5)[0], lambda: list(5)):
    try: bad()
    except TypeError as e: print(e)
class Nope:
    __iter__ = None
    __contains__ = None
    __hash__ = None
for bad in (lambda: iter(Nope()), lambda: 1 in Nope(), lambda: hash(Nope())):
    try: bad()
    except TypeError as e: print(e)
def assign(o, k, v): o[k] = v
def delete(o, k): del o[k]
for bad in (lambda: assign(5, 0, 1), lambda: assign((1,), 0, 1), lambda: assign("abc", 0, "x"), lambda: delete((1,), 0), lambda: delete(5, 1), lambda: delete("s", 0)):
    try: bad()
    except TypeError as e: print(e)
class Calls:
    def __iter__(self):
        yield from (1, 2, 3)
print(list(Calls()), [*Calls(), *Calls()], {*Calls()}, max(Calls()))
n = iter(int, 1); print(next(n), next(n))
vals = iter([3, 2, 1, 0, 9]); print(list(iter(lambda: next(vals), 0)))
class D(dict):
    def __missing__(self, k): self[k] = k * 2; return self[k]
    def __setitem__(self, k, v): super().__setitem__(k, v)
d = D(); print(d[3], d, d.get(4), 4 in d)
class Ctx:
    def __len__(self): return 2**70
try: len(Ctx())
except OverflowError as e: print(e)
class Hint:
    def __init__(self): self.it = iter([1, 2, 3])
    def __iter__(self): return self
    def __next__(self): return next(self.it)
    def __length_hint__(self): return 3
import operator
print(list(Hint()), operator.length_hint(Hint()))
class Attr:
    def __dir__(self): return ["b", "a"]
print(dir(Attr()))
