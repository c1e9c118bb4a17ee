# Python 2.7's builtins, methods, and modules, one expression a line.
import sys, os, string, types, itertools, time, Queue, thread, threading, StringIO, cStringIO, cPickle, copy, operator, random, math, re
from collections import deque, defaultdict


def show(s):
    try:
        print s, '->',
        print eval(s)
    except Exception, e:
        print 'EXC', e.__class__.__name__


for line in """
string.letters[:5]
string.join(['a','b'],'-')
string.split('a b')
string.atoi('12')
string.upper('a')
string.zfill('7',3)
string.lowercase[:3]
string.uppercase[-3:]
string.maketrans('ab','cd')[97:99]
'abc'.translate(string.maketrans('ab','xy'))
'abc'.translate(None, 'b')
types.IntType is int
types.StringType is str
types.ListType, types.DictType is dict
isinstance(t, types.FunctionType)
isinstance('x', types.StringTypes)
types.NoneType
types.LambdaType is types.FunctionType
list(itertools.imap(None,[1,2],[3,4]))
list(itertools.izip([1],[2]))
list(itertools.ifilter(None,[0,1]))
list(itertools.ifilterfalse(None,[0,1]))
list(itertools.izip_longest([1],[2,3]))
StringIO.StringIO('ab').read()
cStringIO.StringIO('ab').getvalue()
cPickle.loads(cPickle.dumps([1,'a']))
operator.isCallable(t)
operator.div(7,2)
operator.isSequenceType([])
os.getcwdu() == os.getcwd()
sys.maxint
sys.version_info[:2]
sys.exc_info()
sys.exc_clear()
sys.platform
'abc'.decode('utf-8')
'616263'.decode('hex')
'abc'.encode('hex')
'YWJj'.decode('base64')
'abc'.encode('base64')
'abc'.encode('rot13')
unicode('abc','utf-8')
unicode('abc')+'d'
'%s' % u'x'
str(u'x')
u'%d' % 3
u'abc'.upper()
u','.join(['a','b'])
'a' in u'abc'
dict.fromkeys('ab').keys()
{1:2}.iteritems().next()
iter([1]).next()
(x for x in [5]).next()
sorted({'b':1,'a':2}.items(), lambda a,b: cmp(a[1],b[1]))
min('a',1)
max([1,'a',None])
sorted([(1,'a'),(1,None)])
[1,2] < [1,'a']
(1,) < [1]
None > 0
int('0x1f',16)
int(3.7)
long('12')
float('1e3')
long(3.9)
1.0//3
divmod(-7,2)
5 % -3
-5 / 2
2 ** -1
0.5.__class__
round(0.125,2), round(-2.5), round(1234.5,-2)
math.floor(2.5), math.ceil(2.1)
math.trunc(2.5)
pow(2,3,5)
sum([0.1]*3)
1e100
int(1e20)
hash(1.0)
0.1+0.2
str(0.1+0.2)
'%s' % 0.1
'%r' % (0.1+0.2)
[0.1+0.2]
1/3.
100000000000000000000/3
'%.3f %g %e' % (1/3.,1e10,12345.678)
'{0} {1}'.format(1,2)
'{} {}'.format(1,'a')
format(3.14159, '.2f')
'{:,}'.format(1234567)
zip(*[(1,2),(3,4)])
map(str, range(3))
filter(lambda x: x%2, range(5))
reduce(operator.add, [[1],[2]])
range(5)[::-1]
xrange(5)[2]
len(xrange(5))
list(reversed(xrange(3)))
enumerate([1]).next()
any([0]), all([])
callable(len)
isinstance(1, (int,long))
issubclass(bool,int)
repr(None)
`[1]`
str(Exception('a'))
repr(Exception('a',1))
unicode(Exception('a'))
Exception('a').message
IOError(2,'x').errno
str(IOError(2,'x'))
repr(KeyError('a'))
str(KeyError('a'))
type(1.5)
type([])
type(None)
type(t)
type(len)
type(int)
ValueError
ValueError('x').__class__
threading.currentThread().getName()
threading.activeCount()
thread.get_ident() != 0
os.path.exists('/nonexistent')
re.sub('a','b','aa')
re.findall('[a-z]+','ab cd')
deque([1,2])
defaultdict(int)
set([1,2]) | set([3])
frozenset('a')
set()
{1,2}
{x:1 for x in 'a'}
oct(64)
hex(-1)
0o17
0b1
chr(97)
ord('a')
unichr(97)
u'\\u0041'
len(u'\\u00e9')
'\\x41'
intern('a')
id(1) == id(1)
cmp([1],[1,2])
cmp(1.0,1)
cmp('a','b')
'abc'.find('c')
'a,b'.split(',')
'abc'.capitalize()
'x'.isalpha()
'abc'[::-1]
'a'*3
'abc'.replace('a','b',1)
'  a '.strip()
'a\\tb'.expandtabs(4)
'abc'.center(7,'*')
'aXb'.swapcase()
'abc'.startswith(('a','b'))
'%5d|%-5d|%05d' % (1,2,3)
'%(a)s' % {'a':1}
'%x %X %o' % (255,255,8)
'%c' % 97
'%%'
'%10.3f|' % 3.14159
random.seed(1) or random.random()
random.seed(1) or random.randint(1,100)
random.seed(1) or random.choice([1,2,3])
random.seed(42) or random.sample(range(10),3)
random.seed(1) or (lambda l: (random.shuffle(l), l)[1])(range(5))
random.seed(1) or random.gauss(0,1)
random.seed(1) or random.uniform(0,1)
random.seed('abc') or random.random()
copy.copy([1])
time.clock() >= 0
__import__('math').pi
dir([])[:2] and 1
vars(sys)['maxint']
globals()['t'] is t
eval('1+1')
compile('1+1','','eval') and 1
sys.setcheckinterval(100)
sys.getcheckinterval()
os.environ.has_key('HOME')
sys.modules.has_key('sys')
""".strip().splitlines():
    show(line)


class Old:
    def __nonzero__(self):
        return False

    def __div__(self, other):
        return 'div'

    def __rdiv__(self, other):
        return 'rdiv'

    def __str__(self):
        return 'str'

    def __long__(self):
        return 5L

    def next(self):
        raise StopIteration

    def __iter__(self):
        return self


a = Old()
print bool(a), a / 2, 2 / a, str(a), list(a), not a, long(a)
