# Pickles: the same bytes as CPython's, and back.
import pickle, io, sys, collections, datetime, fractions, enum, functools, copyreg, copy


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class C:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    class Inner:
        pass


class S:
    __slots__ = ("a", "b")

    def __eq__(self, other):
        return self.a == other.a


class L(list):
    pass


class D(dict):
    def __reduce__(self):
        return D, (), {"z": 1}, None, iter(self.items())


class N(tuple):
    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


class K:
    def __new__(cls, *, k=None):
        self = object.__new__(cls)
        self.k = k
        return self

    def __getnewargs_ex__(self):
        return (), {"k": self.k}

    def __eq__(self, other):
        return self.k == other.k


class G:
    def __getstate__(self):
        return ("state", 7)

    def __setstate__(self, s):
        self.s = s

    def __eq__(self, other):
        return True


class Str(str):
    pass


class Color(enum.Enum):
    RED = 1


P = collections.namedtuple("P", "x y")


def func(x):
    return x


s = S()
s.a = 5
shared = [1, 2]
values = [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -129, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1, 2 ** 63, -2 ** 63, 10 ** 300, -10 ** 30, 128 << 8, -128, 0.0, -0.0, 1.5,
          1e300, float("inf"), 3 + 4j, "", "abc", "é\n\\\u20ac\U0001f600\0\r\x1a", "x" * 300, b"", b"abc\0\xff", b"y" * 300, bytearray(b"ba"), bytearray(), (), (1,), (1, 2), (1, 2, 3),
          (1, 2, 3, 4), [], [1], [1, 2], list(range(1001)), {}, {"a": 1}, {"a": 1, 2: (3,)}, set(), {1}, frozenset(), frozenset([1]), [shared, shared], range(3, 10, 2), slice(1, None), ..., NotImplemented,
          int, len, C, C.Inner, func, type(None), type(...), collections.OrderedDict, C(5), s, L([1, 2]), D(a=1), N(1, 2), K(k=3), G(), Str("q"), Color.RED, Color, P(1, 2), ValueError("x", 1),
          KeyError(), OSError(2, "no"), datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc), datetime.timedelta(1, 2), fractions.Fraction(1, 3),
          collections.OrderedDict([(1, 2)]), collections.deque([1, 2], 5), collections.defaultdict(int, a=1), collections.Counter("aab"), functools.partial(int, base=2), [1].append, str.upper,
          {i: str(i) for i in range(300)}, [[], [[]], ([],)], "a b".split, object(), copyreg._reconstructor]
for v in values:
    for p in range(6):
        try:
            data = pickle.dumps(v, p)
        except Exception as e:
            print(p, "dump:", type(e).__name__, e)
            continue
        try:
            w = pickle.loads(data)
        except Exception as e:
            print(p, "load:", type(e).__name__, e, data)
            continue
        same = type(w) is type(v) and (w == v or repr(w) == repr(v) or type(v) in (object, S, functools.partial) or isinstance(v, (Exception, type([].append))))
        if isinstance(v, functools.partial) or type(v) is K and p < 4 or isinstance(v, datetime.datetime) or v is str.upper:
            print(p, same)
            continue
        print(p, len(data), same, data if len(data) < 300 else hash(data) * 0 + sum(data))
for p in range(6):
    l = []
    l.append(l)
    d = {}
    d["d"] = d
    tup = ([],)
    tup[0].append(tup)
    c = C(None)
    c.x = c
    for v in (l, d, tup, c):
        data = pickle.dumps(v, p)
        print(p, data)
        w = pickle.loads(data)
        print((w[0] is w) if type(w) is list else (w["d"] is w) if type(w) is dict else (w[0][0] is w) if type(w) is tuple else w.x is w)

t(lambda: pickle.dumps(sys))
t(lambda: pickle.dumps((i for i in ())))
t(lambda: pickle.loads(b""))
t(lambda: pickle.loads(b"\x80\x09."))
t(lambda: pickle.loads(b"\x80\x04"))
t(lambda: pickle.loads(b"\x80\x04K"))
t(lambda: pickle.loads(b"\xff"))
t(lambda: pickle.loads(b"z"))
t(lambda: pickle.loads(b"."))
t(lambda: pickle.loads(b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00K."))
t(lambda: pickle.loads(b"cnosuch\nthing\n."))
t(lambda: pickle.loads(b"cbuiltins\nnosuch\n."))
t(lambda: pickle.loads(b"h\x05."))
t(lambda: pickle.loads("x"))
t(lambda: pickle.dumps(1, 6))
t(lambda: pickle.loads(b"S'abc\\n'\n."))
t(lambda: pickle.loads(b"U\x03abc.", encoding="bytes"))
t(lambda: pickle.loads(b"I12\n."))
t(lambda: pickle.loads(b"L12L\n."))
t(lambda: pickle.loads(b"F1.5\n."))
t(lambda: pickle.loads(b"c__builtin__\nxrange\n(I1\nI3\ntR."))
t(lambda: pickle.loads(b"(i__main__\nG\n.").__class__.__name__)


class Pers(pickle.Pickler):
    def persistent_id(self, obj):
        return "pid" if obj is shared else None


class Unpers(pickle.Unpickler):
    def persistent_load(self, pid):
        return shared if pid == "pid" else None

    def find_class(self, module, name):
        if module == "builtins":
            return super().find_class(module, name)
        raise pickle.UnpicklingError("forbidden: %s.%s" % (module, name))


for p in range(6):
    f = io.BytesIO()
    Pers(f, p).dump([shared, 1])
    f.seek(0)
    print(f.getvalue(), Unpers(f).load()[0] is shared)
    t(lambda: pickle.loads(f.getvalue()))
t(lambda: Unpers(io.BytesIO(pickle.dumps(C(1)))).load())
f = io.BytesIO()
pk = pickle.Pickler(f)
pk.dump(shared)
pk.dump(shared)
pk.clear_memo()
pk.dump([shared, shared])
f.seek(0)
u = pickle.Unpickler(f)
print(u.load(), u.load(), u.load(), f.read())


class Table(pickle.Pickler):
    dispatch_table = {C: lambda c: (C, (c.x * 2,))}

    def reducer_override(self, obj):
        return (int, ("9",)) if isinstance(obj, K) else NotImplemented


f = io.BytesIO()
Table(f).dump([C(4), K(k=1), G()])
x = pickle.loads(f.getvalue())
print(x[0].x, x[1], x[2].s)
copyreg.add_extension("__main__", "func", 240)
print(pickle.dumps(func, 2), pickle.loads(pickle.dumps(func, 2)) is func)
copyreg.remove_extension("__main__", "func", 240)
bufs = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b"big")), pickle.PickleBuffer(b"ro")], 5, buffer_callback=bufs.append)
print(data, len(bufs), pickle.dumps(pickle.PickleBuffer(b"in"), 5), pickle.loads(pickle.dumps(pickle.PickleBuffer(bytearray(b"in")), 5)))
big = pickle.dumps([b"z" * 70000, "w" * 70000, list(range(40000))])
print(len(big), big[:30], [len(x) for x in pickle.loads(big)], big.count(b"\x95"))

