# How values of Python 2.7 are ordered and written, and its statements.
import sys
print 0.1+0.2, repr(0.1+0.2), str(1/3.0), 1e16, 1e15, 123456789012.0, 1234567890123.0, 1.0, 1e-5, 3.14159265358979, [0.1+0.2], (1/3.0,), '%s' % (1/3.0), '%r' % (1/3.0), str(1e22), repr(1e22), 2.5j, complex(0.1+0.2, 1)
print 7/2, -7/2, 7/2.0, 7//2, 7.0//2, 7 % 3, -7 % 3, 1/2, 3/1
class Old:
    def __init__(self, v): self.v = v
    def __cmp__(self, o): return cmp(self.v, o.v)
    def __repr__(self): return 'Old(%d)' % self.v
print sorted([Old(3), Old(1), Old(2)]), Old(1) < Old(2), Old(1) == Old(1), Old(1) != Old(1), max(Old(5), Old(9)), cmp(Old(1), Old(2)), Old(2) in [Old(1), Old(2)]
class New(object):
    def __init__(self, v): self.v = v
    def __cmp__(self, o): return cmp(self.v, o.v)
    def __hash__(self): return hash(self.v)
print New(1) < New(2), New(1) >= New(2), New(1) == New(1), {New(1): 2}[New(1)], sorted([New(2), New(1)])[0].v
print cmp(1, 2), cmp('b', 'a'), cmp([1, 2], [1, 3]), cmp((1,), (1,)), cmp(1, 'a') < 0, cmp(None, 0), 1 < 'a', None < 1, [] < (), {} < [], 'a' < [], 1 < None
print sorted([3, 'a', None, 2.5, [1], (2,), {}]), sorted([3, 1, 2], cmp=lambda a, b: b - a), sorted('bca', reverse=True), sorted([3,1], None, lambda x: -x)
l = [3, 1, 2]; l.sort(lambda a, b: cmp(b, a)); print l
d = {'a': 1, 'b': 2, 'c': 3}
print d.has_key('a'), d.has_key('z'), sorted(d.iteritems()), sorted(d.iterkeys()), sorted(d.itervalues()), sorted(d.keys()), type(d.keys()), type(d.items()), sorted(d.viewkeys())
print map(None, [1, 2], [3]), map(lambda a, b: (a, b), [1, 2], [3]), filter(None, [0, 1]), filter(lambda c: c > 'a', 'abc'), filter(lambda x: x, (0, 1)), zip([1], [2]), range(3), xrange(3), reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a+b, [], 7)
try:
    raise ValueError, 'bad'
except ValueError, e:
    print 'caught', e, repr(e), e.message, e.args
try:
    raise KeyError, ('a', 'b')
except (KeyError, IndexError), e:
    print e.args
try:
    raise ValueError('x'), None, None
except Exception, (msg):
    print msg
try: 1/0
except ZeroDivisionError, e: print e
try: int('x')
except ValueError, e: print e
try: [][5]
except IndexError, e: print e
try: {}['k']
except KeyError, e: print e, repr(e)
try: undefined
except NameError, e: print e
try: None.x
except AttributeError, e: print e
try: 1 + 'a'
except TypeError, e: print e
try: len(5)
except TypeError, e: print e
def f(a, b=2): pass
try: f(1, c=2)
except TypeError, e: print e
exec 'y = 5'
print y
ns = {}
exec 'z = 6' in ns
print ns['z']
exec('w = 7')
print w
print >>sys.stdout, 'to stdout', 1
print 'a',
print 'b'
print
print ('a', 'b')
print ('x')
print 1,; print 2
print `1 + 1` + 'x', 1 <> 2
x = 5
def g((a, b), c): return a + b + c
print g((1, 2), 3)
print (lambda (a, b): a * b)((3, 4))
print [x for x in range(3)], x

print dict(a=1).items(), dict([(1, 2)]).popitem(), {1: 2}.keys()[0]
print 'done'
