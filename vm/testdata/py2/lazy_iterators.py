# izip, imap, ifilter and tee take nothing before they are asked.
import itertools


def g(name, n=2):
    print name, 'started'
    for i in range(n):
        yield i


for label, make in [
        ('izip', lambda: itertools.izip(g('a'), [1, 2])),
        ('imap', lambda: itertools.imap(lambda x: x * 2, g('b'))),
        ('imap None', lambda: itertools.imap(None, g('c'), g('d'))),
        ('ifilter', lambda: itertools.ifilter(None, g('e'))),
        ('ifilterfalse', lambda: itertools.ifilterfalse(None, g('f'))),
        ('izip_longest', lambda: itertools.izip_longest(g('h', 1), g('i'))),
        ('tee', lambda: itertools.tee(g('j'))[0]),
        ('chain', lambda: itertools.chain([0], g('k')))]:
    it = make()
    print label, 'made'
    one = it.next()
    rest = list(it)
    print one, rest
