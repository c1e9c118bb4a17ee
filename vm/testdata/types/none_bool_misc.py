# None, bool, Ellipsis, NotImplemented, object, type, id, callable, dir, vars, builtins that do not fit elsewhere.
def t(f, *a, **k):
    try: print(repr(f(*a, **k)), end=" ")
    except (ValueError, TypeError, AttributeError, NameError, OverflowError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
print(None, True, False, ..., NotImplemented, None is None, None == False, bool(None), bool(...), True == 1, True is True, True + 1, True & False, True | False, True ^ True, not True, ~False, True and False, False or "x", None or 0, 1 and 2, 0 and 1 // 0, "" or [] or {}, type(None), type(True), isinstance(True, int), True < 2, str(True), repr(None), int(True), True * "ab", [1, 2][True], f"{True:d} {True}", hash(True), bool([]), bool("0"), bool(0.0), max(True, 2), sum([True, True]), True / 2, -True, True ** 2, True << 3)
t(lambda: None + 1); t(lambda: None()); t(lambda: None.x); t(lambda: None[0]); t(lambda: None < None); t(lambda: len(None)); t(lambda: setattr(None, "a", 1)); t(lambda: iter(None)); t(bool, 1, 2); t(type(None), 1); t(lambda: -None); t(lambda: None in None); t(bool.__new__, int)
print()
print(any([]), all([]), any(x > 2 for x in range(4)), all(x < 3 for x in range(4)), abs(-3), divmod(7, 2), pow(2, 5), pow(2, 5, 7), round(2.567, 2), len("abc"), chr(65), ord("A"), bin(5), oct(8), hex(255), min(3, 1), max([1, 4]), sum(range(5)), sorted([2, 1]), callable(len), id(None) == id(None), isinstance(1, (str, int)), issubclass(int, object), type(5) is int, repr("x"), ascii("é"), format(3, "03d"), list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(lambda x: x % 2, range(5))), list(zip([1, 2, 3], "ab")), list(enumerate("ab", start=1)), list(reversed([1, 2])), next(iter([5])), list(zip()), list(map(str, [])), [*zip("ab", "cd", "ef")])
t(zip, 5); t(lambda: list(zip([1], [1, 2], strict=True))); t(lambda: list(zip([1, 2], [1], strict=True))); t(map, 5); t(lambda: list(map(5, [1]))); t(map); t(filter, None); t(enumerate, 5); t(enumerate, [], "a"); t(next, iter([])) if False else None; t(abs, "x"); t(pow, 2, "a"); t(round, "x"); t(len, 5); t(min, 5); t(sum, 5); t(sum, "ab"); t(ord, "ab"); t(hash, []); t(isinstance, 1, "x"); t(divmod, 1, 0) if False else None; t(int, "x"); t(callable); t(id); t(len, "a", "b"); t(print, end=5); t(print, sep=5); t(print, nope=1); t(input, 1, 2); t(getattr, 5, "x"); t(getattr, 5, 5); t(setattr, 5, "x", 1); t(hasattr, 5, 5); t(format, 5, 5); t(vars, 5); t(chr, 1 << 40); t(any, 5); t(all); t(pow, 2, 3, 4, 5); t(pow, 2.0, 3, 5); t(bin, 1.5); t(hex, "a"); t(open, "/no/such/dir/file") if False else None
print()
class C:
    a = 1
    def __init__(self): self.b = 2
c = C(); print(vars(c), sorted(x for x in dir(c) if not x.startswith("__")), "a" in dir(C), hasattr(c, "a"), getattr(c, "zz", None), [x for x in dir([]) if not x.startswith("_")], [x for x in dir({}) if not x.startswith("_")])
g = globals(); g["injected"] = 5; print(injected, "c" in g, __name__)
def f(a, b=2):
    c = 3
    return sorted(locals().items())
print(f(1)); print(eval("1 + 2 * 3"), eval("x + y", {"x": 1, "y": 2}), eval("[i for i in range(3)]")); ns = {}; exec("a = 1\nb = a + 1\ndef f(): return a * 10", ns); print(ns["a"], ns["b"], ns["f"]())
for src in ("1 +", "x = 1", "", "(", "undefined_thing"):
    try: print(eval(src))
    except (SyntaxError, NameError) as e: print(type(e).__name__)
o = object(); print(o == o, o != object(), hash(o) == hash(o), isinstance(o, object), type(o).__name__, bool(o), str(o).startswith("<object object at 0x")); t(lambda: o < o); t(lambda: o + 1); t(lambda: setattr(o, "x", 1)); t(lambda: o.x); print(print.__name__, print(end=""), print("a", "b", sep="-", end="!\n"), print(*[]), print(1, 2, sep=""), print("x", file=None, flush=True))
