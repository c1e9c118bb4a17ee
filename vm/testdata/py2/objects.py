# Metaclasses, generators that raise StopIteration, and attributes of functions, as in Python 2.7.
import inspect
import itertools
import new


class Meta(type):
    def __new__(mcs, name, bases, namespace):
        namespace['made_by'] = name + ' by Meta'
        return type.__new__(mcs, name, bases, namespace)


class A(object):
    __metaclass__ = Meta


class B(A):
    pass


print A.made_by, B.made_by, type(A).__name__, type(B).__name__


def gen(n):
    yield n
    if n > 2:
        raise StopIteration
    yield n + 1


print list(gen(1)), list(gen(5)), [x for x in gen(3)], sum(gen(3))
g = gen(7)
print g.next(), next(g, 'end')


def first(xs):
    it = iter(xs)
    while True:
        yield it.next()


for x in first([1, 2]):
    print x,
print


def f(a, b=2, *c, **d):
    "doc"
    return a


print f.func_name, f.func_defaults, f.func_doc, f.func_code.co_name, f.func_globals is globals(), f.func_closure
f.func_doc = 'other'
f.func_name = 'g'
print f.__doc__, f.__name__, inspect.getargspec(f)


class M:
    def m(self):
        return 'm'


x = M()
print x.m.im_func.__name__, x.m.im_self is x, x.m.im_class is M
print new.instancemethod(lambda self: 'new', x)(), new.classobj('K', (), {'k': 1}).k
print itertools.count(3).next(), iter('ab').next(), enumerate('a').next(), itertools.chain([1]).next()
print 'a\t', 'b', 'c\n', 'd', 'e ', 'f'
print 'x\n',
print 'y',
print '\t',
print 'z'
