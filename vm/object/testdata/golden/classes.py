def t(n, f):
    try:
        r = f()
        print(n, repr(r), type(r).__name__)
    except BaseException as e:
        print(n, type(e).__name__, '|', e)

class A:
    x = 1
    def f(self): return 1
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls, a): return (cls, a)
    @property
    def p(self): return 5
    @property
    def q(self): raise AttributeError('inner')
    @p.setter
    def p(self, v): self._p = v
class B(A):
    def __getattr__(self, n):
        if n.startswith('z'): return n*2
        raise AttributeError('no '+n)
class C(A):
    __slots__ = ('a', 'b')
class D:
    __slots__ = 'a'
class E(D):
    __slots__ = ['b', '__c']
class F:
    def __eq__(self, o): return True
class L(list): pass
class I(int): pass
class Meta(type):
    def __call__(cls, *a): return ('called', cls.__name__, a)
    def __len__(cls): return 42
    def m(cls): return 'm'
    @property
    def mp(cls): return 'mp'
class M(metaclass=Meta): pass
class N:
    def __new__(cls, *a, **k):
        o = super().__new__(cls); o.a = a; return o
class O:
    def __init_subclass__(cls, **kw): cls.kw = kw
class P(O, x=1): pass
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o): return ('get', self.n, i is None)
    def __set__(self, i, v): i.__dict__['_d'] = v
class Q:
    d = Desc()
class R:
    def __getattribute__(self, n):
        if n == 'boom': raise AttributeError('x')
        return ('ga', n)
class T:
    def __setattr__(self, n, v): object.__setattr__(self, n, v*2)
    def __delattr__(self, n): raise AttributeError('cannot '+n)
def seta(o, n, v):
    setattr(o, n, v); return getattr(o, n)
def dela(o, n):
    delattr(o, n); return o.__dict__
def mk(name, *bases, **kw): return type(name, bases, kw)
t(1, lambda: (A().f(), A().x, A.x, A().s(1), A.s(2), A().c(3)[1], A.c(4)[1], A().p))
t(2, lambda: (A().nope))
t(3, lambda: (A.nope))
t(4, lambda: (A().q))
t(5, lambda: (A().f.__name__, A.f.__qualname__, A().f.__self__.__class__.__name__))
t(6, lambda: (seta(A(), 'p', 3)))
t(7, lambda: (dela(A(), 'p')))
t(8, lambda: (seta(A(), 'y', 3), seta(A(), 'x', 2)))
t(9, lambda: (seta(A, 'zz', 7)))
t(10, lambda: (B().zoo, B().p))
t(11, lambda: (B().foo))
t(12, lambda: (B().q))
t(13, lambda: (hasattr(B(),'zoo'), hasattr(B(),'foo'), getattr(B(),'foo',9), getattr(A(),'q','dflt')))
t(14, lambda: (seta(C(), 'a', 1), seta(C(), 'new', 1)))
t(15, lambda: (C().a))
t(16, lambda: (seta(D(), 'a', 1)))
t(17, lambda: (seta(D(), 'b', 1)))
t(18, lambda: (D().__dict__))
t(19, lambda: (seta(E(), 'b', 1), seta(E(), 'a', 2), seta(E(), '_E__c', 3)))
t(20, lambda: (E().b))
t(21, lambda: (D.a, E.b))
t(22, lambda: (del_ := 1))
t(23, lambda: (dela(A(), 'nope')))
t(24, lambda: (hash(F())))
t(25, lambda: (hash(L())))
t(26, lambda: (hash(object()) is not None))
t(27, lambda: (L([1,2]), type(L([1])), L([1])+[2], type(L([1])+[2]), L([1])==[1], len(L([1,2])), L([3])[0]))
t(28, lambda: (I(5)+1, type(I(5)+1), I(5)==5, I(7), {I(5):1}[5], I('12'), isinstance(I(1),int), I(3).bit_length()))
t(29, lambda: (M(1,2), len(M), M.m(), M.mp, type(M).__name__, isinstance(M, Meta)))
t(30, lambda: (M.nope))
t(31, lambda: (N(1,2).a, N(x=1).a))
t(32, lambda: (P.kw))
t(33, lambda: (mk('X', O, y=1).kw))
t(34, lambda: (mk('X'), mk('X').__name__, mk('X', A).__mro__[1].__name__, mk('X', A, foo=1).foo))
t(35, lambda: (mk('X', bool)))
t(36, lambda: (mk('X', int, str)))
t(37, lambda: (mk('X', A, A)))
t(38, lambda: (mk('X', object, A)))
t(39, lambda: (mk('X', A, B)))
t(40, lambda: (type('X')))
t(41, lambda: (type(1), type(A()), type(A), type(type)))
t(42, lambda: (type(1,2,3)))
t(43, lambda: (type('a',(1,),{})))
t(44, lambda: (type('a',[],{})))
t(45, lambda: (type(1,2)))
t(46, lambda: (Q().d, Q.d))
t(47, lambda: (seta(Q(), 'd', 5)))
t(48, lambda: (R().foo, R().x))
t(49, lambda: (R().boom))
t(50, lambda: (seta(T(), 'a', 4)))
t(51, lambda: (dela(T(), 'a')))
t(52, lambda: (A.__name__, A.__qualname__, A.__module__, A.__bases__, A.__mro__, A.__doc__, A.__dict__['x']))
t(53, lambda: (A.__subclasses__()))
t(54, lambda: (sorted(k for k in A.__dict__)))
t(55, lambda: (A.__dict__.__class__.__name__))
t(56, lambda: (A.__dict__['f'](1)))
t(57, lambda: (A().__dict__, A().__class__, A().__module__))
t(58, lambda: (repr(A).startswith('<class'), repr(A()).startswith('<__main__.A object at 0x'), repr(A().f).startswith('<bound method A.f of <__main__.A object'), repr(A.f).startswith('<function A.f at')))
t(59, lambda: (A()(1)))
t(60, lambda: (A(1)))
t(61, lambda: (A(x=1)))
t(62, lambda: (object(1)))
t(63, lambda: (int.x))
t(64, lambda: (seta(int, 'x', 1)))
t(65, lambda: (seta(1, 'x', 1)))
t(66, lambda: (seta('a', 'upper', 1)))
t(67, lambda: (seta(None, 'x', 1)))
t(68, lambda: (seta(object(), 'x', 1)))
t(69, lambda: ((1).foo))
t(70, lambda: ('a'.foo))
t(71, lambda: (None.foo))
t(72, lambda: ([].foo))
t(73, lambda: ({}.foo))
t(74, lambda: ((lambda: 1).foo))
t(75, lambda: (len.foo))
t(76, lambda: (seta(A(), 1, 2)))
t(77, lambda: (getattr(A(), 1)))
t(78, lambda: (isinstance(1, 1)))
t(79, lambda: (isinstance(1, (int, 1))))
t(80, lambda: (issubclass(1, int)))
t(81, lambda: (issubclass(int, 1)))
t(82, lambda: (issubclass(bool, int), issubclass(int, (str, object)), isinstance(True, int | str), isinstance(None, int | None)))
t(83, lambda: (int | str, int | None, (int | str) | float, list[int], dict[str, int], list[int] | None, tuple[int, ...]))
t(84, lambda: (list[int]([1]), list[int].__origin__, list[int].__args__))
t(85, lambda: (list[int] == list[int], hash(list[int]) == hash(list[int])))
t(86, lambda: (isinstance([], list[int])))
t(87, lambda: (int[str]))
t(88, lambda: (super(B, B()).p, super(B, B).c(1)[1]))
t(89, lambda: (super(A, 1)))
t(90, lambda: (super(1, 1)))
t(91, lambda: (super().x))
t(92, lambda: (super(B, A())))
t(93, lambda: (repr(super(B, B()))))
t(94, lambda: (super(B, B()).nope))
t(95, lambda: (property(lambda s: 1).fget is not None, property().__doc__))
t(96, lambda: (A.p.fget.__name__, A.p.__doc__))
t(97, lambda: (staticmethod(len), classmethod(len)))
t(98, lambda: (staticmethod(len)([1,2])))
t(99, lambda: (A.__init__, A.__eq__ is object.__eq__, A().__eq__(1), A().__ne__(1), A().__lt__(1), A.__hash__ is object.__hash__))
t(100, lambda: (A() == 1, A() != 1, A() is A()))
t(101, lambda: (A() < A()))
t(102, lambda: (A() + 1))
t(103, lambda: (1 + A()))
t(104, lambda: (-A()))
t(105, lambda: (A()[0]))
t(106, lambda: (A()[0:1]))
t(107, lambda: (len(A())))
t(108, lambda: (iter(A())))
t(109, lambda: (next(A())))
t(110, lambda: (1 in A()))
t(111, lambda: (bool(A()), not A()))
t(112, lambda: (with_ := 0))
t(113, lambda: (str(A()) == repr(A())[:0] + str(A()) or True))
t(114, lambda: (int(A())))
t(115, lambda: (float(A())))
t(116, lambda: (complex(A())))
t(117, lambda: (hash(A()) != None))
t(118, lambda: (abs(A())))
t(119, lambda: (round(A())))
t(120, lambda: (divmod(A(), 1)))
t(121, lambda: (pow(A(), 1)))
t(122, lambda: (A() @ A()))
t(123, lambda: ([1] @ [2]))
t(124, lambda: (dir(A())[-6:]))
t(125, lambda: (vars(A())))
t(126, lambda: (vars(1)))
t(127, lambda: (callable(A), callable(A()), callable(len), callable(1)))
t(128, lambda: (A().__dir__()[:0]))
t(129, lambda: (object.__new__(A).__class__.__name__))
t(130, lambda: (object.__new__(int)))
t(131, lambda: (int.__new__(A)))
t(132, lambda: (object.__new__(1)))
t(133, lambda: (A.__call__().__class__.__name__))
t(134, lambda: (type.__call__(A).__class__.__name__))
t(135, lambda: (type.mro(A) == list(A.__mro__)))
t(136, lambda: (object.__repr__(1)[:11], object.__str__(1)))
t(137, lambda: (object().__format__('x')))
t(138, lambda: (A().__reduce_ex__(2)[0].__name__ if hasattr(A(), '__reduce_ex__') else 0))
t(139, lambda: (print.__name__, len.__qualname__, [].append.__qualname__, str.upper.__qualname__, list.append, [].append.__name__, print))
t(140, lambda: ([].append.__self__, len.__self__ is not None, len.__module__, list.append.__objclass__))
t(141, lambda: (int.__add__, object.__init__))
t(142, lambda: (list.append([], 1), list.append(1, 2)))
t(143, lambda: (list.append()))
t(144, lambda: (str.upper('a', 1)))
t(145, lambda: (int.__add__(1)))
t(146, lambda: (dict.get({}, 1), dict.get({}), ))
t(147, lambda: (NotImplemented))
t(148, lambda: (bool(NotImplemented)))
t(149, lambda: (type(None)(), type(Ellipsis)(), type(NotImplemented)()))
t(150, lambda: (type(None)(1)))
t(151, lambda: (None.__class__, ....__class__, repr(...)))
t(152, lambda: (None < None))
t(153, lambda: (None == None, None != 0))
