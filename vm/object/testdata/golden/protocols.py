def t(n, f):
    try:
        r = f()
        print(n, repr(r), type(r).__name__)
    except BaseException as e:
        print(n, type(e).__name__, '|', e)

class A:
    def __add__(self, o): return ('A.add', type(o).__name__)
    def __radd__(self, o): return ('A.radd', type(o).__name__)
    def __lt__(self, o): return 'A.lt'
    def __eq__(self, o): return NotImplemented
    def __hash__(self): return 7
class B(A):
    def __radd__(self, o): return ('B.radd', type(o).__name__)
    def __gt__(self, o): return 'B.gt'
class C(A): pass
class N:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
class I:
    def __init__(self, v): self.v = v
    def __iadd__(self, o): self.v += o; return self
    def __isub__(self, o): return NotImplemented
    def __sub__(self, o): return 'sub'
class Idx:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
class Fl:
    def __float__(self): return 2.5
    def __int__(self): return 7
    def __complex__(self): return 1j
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 3
    def __floor__(self): return 4
    def __ceil__(self): return 5
    def __abs__(self): return 'abs'
    def __neg__(self): return 'neg'
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
    def __divmod__(self, o): return ('divmod', o)
    def __rdivmod__(self, o): return ('rdivmod', o)
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __rpow__(self, o): return ('rpow', o)
    def __matmul__(self, o): return 'mm'
    def __rmatmul__(self, o): return 'rmm'
class Bad:
    def __str__(self): return 1
    def __repr__(self): return None
    def __len__(self): return -1
    def __bool__(self): return 1
    def __hash__(self): return 'x'
    def __index__(self): return 'x'
    def __int__(self): return 'x'
    def __float__(self): return 'x'
    def __iter__(self): return 1
    def __contains__(self, x): return []
    def __format__(self, s): return 1
    def __call__(self, *a, **k): return (a, k)
    def __bytes__(self): return 'x'
    def __complex__(self): return 'x'
    def __getitem__(self, i): return i
class L0:
    def __len__(self): return 0
class LBig:
    def __len__(self): return 2**70
class LStr:
    def __len__(self): return 'a'
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
class NoneHash: __hash__ = None
class NoIter: __iter__ = None
class NoCont: __contains__ = None
class Miss(dict):
    def __missing__(self, k): return ('missing', k)
class CG:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class InitRet:
    def __init__(self): return 1
class NewOther:
    def __new__(cls): return 5
    def __init__(self): raise ValueError
class EqTrue:
    def __eq__(self, o): return True
class NeOnly:
    def __ne__(self, o): return 'ne'
class EqStr:
    def __eq__(self, o): return 'eq'
class Rep:
    def __repr__(self): return 'Rep!'
class StrOnly:
    def __str__(self): return 'str!'
class Fmt:
    def __format__(self, s): return 'fmt:' + s
class CtxBad:
    def __enter__(self): return 1
class IntSub(int):
    def __add__(self, o): return IntSub(int(self) + int(o))
    def __repr__(self): return 'IS(%d)' % int(self)
class StrSub(str):
    def __str__(self): return 'custom'
class ListSub(list):
    def __getitem__(self, i): return ('gi', i)
    def __len__(self): return 99
    def append(self, x): super().append(x * 2)
class DictSub(dict):
    def __getitem__(self, k): return ('di', k)
    def __contains__(self, k): return True
class FloatSub(float): pass
class TupSub(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
class Rec:
    def __init__(self): self.me = self
    def __repr__(self): return repr(self.me)
class Slot2:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
class Del:
    def __delitem__(self, k): raise KeyError(('del', k))
    def __setitem__(self, k, v): raise IndexError((k, v))
class Meta(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, o): return True
    def __iter__(cls): return iter([1, 2])
    def __contains__(cls, x): return x == 1
    def __getitem__(cls, k): return ('meta', k)
    def __getattr__(cls, n): return 'mga:' + n
    def __eq__(cls, o): return 'meq'
    def __hash__(cls): return 1
    def __add__(cls, o): return 'madd'
    def __bool__(cls): return False
    def __repr__(cls): return '<M ' + cls.__name__ + '>'
class WithMeta(metaclass=Meta): attr = 1
def iadd(a, b):
    a += b
    return a
def isub(a, b):
    a -= b
    return a
def imul(a, b):
    a *= b
    return a
def w(x):
    with x as y: return y
def setit(o, k, v): o[k] = v
def delit(o, k): del o[k]
t(1, lambda: (A() + 1, 1 + A(), A() + A(), A() + B(), B() + A(), A() + C(), C() + A()))
t(2, lambda: (A() < 1, 1 > A(), A() < B(), B() > A(), A() > B()))
t(3, lambda: (A() > 1))
t(4, lambda: (A() == A(), A() != A(), A() == 1))
t(5, lambda: (N() + 1))
t(6, lambda: (1 + N()))
t(7, lambda: (N() + N()))
t(8, lambda: (N() < N()))
t(9, lambda: ([1] + N()))
t(10, lambda: ('a' + N()))
t(11, lambda: (N() * 2))
t(12, lambda: ([1] + A(), 'a' + A(), (1,) + A(), b'a' + A()))
t(13, lambda: (iadd(I(1), 2).v, isub(I(1), 2), iadd([1], (2,)), iadd((1,), (2,)), iadd('a', 'b')))
t(14, lambda: (iadd(A(), 1)))
t(15, lambda: (isub(1, 'a')))
t(16, lambda: (iadd([1], 1)))
t(17, lambda: (imul([1], 'a')))
t(18, lambda: (imul('a', 3)))
t(19, lambda: (isub([1], [1])))
t(20, lambda: (iadd(N(), N())))
t(21, lambda: ([1,2,3][Idx(1)], 'abc'[Idx(-1)], range(10)[Idx(2)], [0]*Idx(2), 'a'*Idx(2), int(Idx(5)), float(Idx(5)), hex(Idx(255)), [1,2,3][Idx(0):Idx(2)]))
t(22, lambda: ([1][Idx('a')]))
t(23, lambda: ([1][Idx(2**70)]))
t(24, lambda: ('a' * Idx(2**70)))
t(25, lambda: (int(Fl()), float(Fl()), complex(Fl()), round(Fl()), round(Fl(), 2), abs(Fl()), -Fl(), +Fl(), ~Fl(), divmod(Fl(), 1), divmod(1, Fl()), pow(Fl(), 2), pow(Fl(), 2, 3), 2 ** Fl(), Fl() @ 1, 1 @ Fl()))
t(26, lambda: (__import__('math').trunc(Fl()), __import__('math').floor(Fl()), __import__('math').ceil(Fl())))
t(27, lambda: (str(Bad())))
t(28, lambda: (repr(Bad())))
t(29, lambda: (len(Bad())))
t(30, lambda: (bool(Bad())))
t(31, lambda: (hash(Bad())))
t(32, lambda: (int(Bad())))
t(33, lambda: (float(Bad())))
t(34, lambda: (complex(Bad())))
t(35, lambda: (iter(Bad())))
t(36, lambda: (1 in Bad()))
t(37, lambda: (format(Bad())))
t(38, lambda: (f'{Bad()}'))
t(39, lambda: ('%s' % Bad()))
t(40, lambda: (Bad()(1, a=2)))
t(41, lambda: (bytes(Bad())))
t(42, lambda: ([1][Bad()]))
t(43, lambda: (Bad()[5]))
t(44, lambda: ({Bad(): 1}))
t(45, lambda: (bool(L0()), not L0(), len(L0())))
t(46, lambda: (len(LBig())))
t(47, lambda: (len(LStr())))
t(48, lambda: (list(Seq()), 20 in Seq(), 5 in Seq(), [x for x in Seq()], list(reversed([1])), sum(Seq()), tuple(Seq()), max(Seq())))
t(49, lambda: (list(It()), sum(It()), 2 in It(), dict(zip('ab', It())), [*It()], sorted(It())))
t(50, lambda: (next(It()), next(iter([]), 'd')))
t(51, lambda: (hash(NoneHash())))
t(52, lambda: ({NoneHash()}))
t(53, lambda: (iter(NoIter())))
t(54, lambda: (1 in NoCont()))
t(55, lambda: (1 in NoIter()))
t(56, lambda: (reversed(It())))
t(57, lambda: (Miss()['x'], Miss(a=1)['a'], Miss().get('x')))
t(58, lambda: (CG[1], CG['a', 2]))
t(59, lambda: (InitRet()))
t(60, lambda: (NewOther()))
t(61, lambda: (EqTrue() == 1, EqTrue() != 1, EqTrue() in [1], [EqTrue()] == [5], [1, EqTrue()].index(9), [EqTrue()].count(3)))
t(62, lambda: (NeOnly() != 1, NeOnly() == 1))
t(63, lambda: (EqStr() == 1, EqStr() != 1, [EqStr()] == [1]))
t(64, lambda: (hash(EqTrue())))
t(65, lambda: (str(Rep()), f'{Rep()}', '%r' % Rep(), [Rep()], {'a': Rep()}, (Rep(),), str(StrOnly()), '%s' % StrOnly(), f'{StrOnly()!s}', format(StrOnly())))
t(66, lambda: (f'{Fmt():abc}', format(Fmt(), 'x'), '{:y}'.format(Fmt()), '{}'.format(Fmt())))
t(67, lambda: (f'{Rep():>5}'))
t(68, lambda: (w(CtxBad())))
t(69, lambda: (w(1)))
t(70, lambda: (w(Rep())))
t(71, lambda: (IntSub(3) + 4, type(IntSub(3) + 4).__name__, IntSub(3) * 2, type(IntSub(3) * 2).__name__, 4 + IntSub(3), [IntSub(1)], str(IntSub(5)), '%d' % IntSub(5), f'{IntSub(5)}', f'{IntSub(5):03d}', hash(IntSub(5)), IntSub(5) == 5, {5: 'a'}[IntSub(5)], -IntSub(5), IntSub(5).real, int(IntSub(5)), range(IntSub(3))))
t(72, lambda: (str(StrSub('a')), 'x' + StrSub('a'), f'{StrSub("a")}', '%s' % StrSub('a'), '{}'.format(StrSub('a')), repr(StrSub('a')), StrSub('a').upper(), type(StrSub('a') + 'b').__name__, ','.join([StrSub('q')]), StrSub('ab')[0], {'ab': 1}[StrSub('ab')]))
t(73, lambda: (ListSub([1,2])[0], len(ListSub()), list(ListSub([1,2])), ListSub([1]) + [2], [*ListSub([1,2])], ListSub([3,1]) == [3,1], sorted(ListSub([3,1])), repr(ListSub([1])), 1 in ListSub([1])))
ls = ListSub(); ls.append(5); ls.extend([6])
t(74, lambda: (list(ls), ls.pop(), bool(ListSub())))
t(75, lambda: (DictSub(a=1)['z'], 'q' in DictSub(), DictSub(a=1).get('a'), dict(DictSub(a=1)), {**DictSub(a=1)}, DictSub(a=1) == {'a': 1}))
t(76, lambda: (FloatSub(1.5) + 1, type(FloatSub(1.5) + 1).__name__, FloatSub('2.5'), repr(FloatSub(1.5)), hash(FloatSub(2.0)), FloatSub(1.5).is_integer(), round(FloatSub(1.5))))
t(77, lambda: (TupSub(1, 2), TupSub(1, 2)[0], len(TupSub(1, 2)), type(TupSub(1,2)).__name__, TupSub(1,2) == (1,2), hash(TupSub(1,2)) == hash((1,2)), TupSub(1,2) + (3,)))
t(78, lambda: (TupSub(1)))
t(79, lambda: (repr(Rec())))
t(80, lambda: (Slot2().x))
t(81, lambda: (Slot2().y))
t(82, lambda: (Slot2().z))
t(83, lambda: (setit(Slot2(), 0, 1)))
t(84, lambda: (delit(Slot2(), 0)))
t(85, lambda: (setit(Del(), 1, 2)))
t(86, lambda: (delit(Del(), 3)))
t(87, lambda: (setit(1, 0, 1)))
t(88, lambda: (setit('a', 0, 'b')))
t(89, lambda: (setit((1,), 0, 1)))
t(90, lambda: (delit('a', 0)))
t(91, lambda: (delit(1, 0)))
t(92, lambda: (isinstance(5, WithMeta), isinstance(WithMeta(), WithMeta), issubclass(int, WithMeta), list(WithMeta), 1 in WithMeta, 2 in WithMeta, WithMeta['k'], WithMeta.foo, WithMeta.attr, WithMeta == 1, hash(WithMeta), WithMeta + 1, bool(WithMeta), repr(WithMeta), str(WithMeta), [WithMeta]))
t(93, lambda: (isinstance(1, WithMeta)))
t(94, lambda: (WithMeta().foo))
t(95, lambda: (type(WithMeta), WithMeta.__class__, type('Q', (WithMeta,), {}), type(type('Q', (WithMeta,), {}))))
t(96, lambda: (type('Z', (WithMeta, A), {}).__mro__))
t(97, lambda: (Meta('Y', (), {'a': 1}).a, Meta.__name__, Meta.mro(Meta)[1]))
t(98, lambda: (max(A(), key=lambda x: 1) if 0 else 1))
t(99, lambda: (sorted([3, 'a', 1], key=str), sorted([3,1,2], reverse=True), min([3,1], default=0), max([], default='d')))
t(100, lambda: ((1).__add__(2.0), (1.0).__add__(2), (1).__eq__(1.0), [].__eq__(1), 'a'.__lt__(1), {}.__eq__([]), (1).__radd__(2)))
t(101, lambda: (object.__eq__(1, 1), object.__eq__(1, 2), object.__ne__(1, 2), object.__lt__(1, 2)))
t(102, lambda: (A.__add__(A(), 1), int.__mul__(3, 4), list.__len__([1]), str.__getitem__('abc', 1), dict.__contains__({1: 2}, 1), list.__iter__([1]).__next__()))
t(103, lambda: (int.__mul__('a', 4)))
t(104, lambda: (list.__len__(1)))
t(105, lambda: (float.__int__(2.5), float.__round__(2.5), float.__abs__(-1.0), int.__bool__(0), int.__index__(True), bool.__and__(True, False), int.__and__(True, False)))
t(106, lambda: (divmod(7, -3), 7 .__divmod__(3), 7.5.__rdivmod__(20), int.__rdivmod__(3, 10)))
t(107, lambda: (callable(Bad()), callable(Bad), callable(len), callable('a'.upper), callable(lambda: 0), callable(1), callable(type)))
