# -*- coding: utf-8 -*-
"""Python 2's unicode beside str, and long beside int: what they look like, what they are, and what comes of mixing them."""
x = u'abc'
print repr(x), type(x), x, [x], (u'a', 'b'), {u'k': 1}
print isinstance(x, unicode), isinstance(x, str), isinstance(x, basestring), isinstance('s', unicode), isinstance('s', str), isinstance('s', basestring)
print type('s'), type(u's'), str is unicode
print repr('a' + u'b'), repr(u'a' + 'b'), repr(u'%s' % 'a'), repr('%s' % u'a'), repr('a'.decode('ascii')), repr(u'a'.encode('utf-8'))
print repr(u'\xe9'), u'\xe9'.encode('utf-8') == '\xc3\xa9', len(u'\xe9'), len('\xc3\xa9')
print repr('\xc3\xa9'.decode('utf-8')), repr(u'a,b'.split(',')), repr(u'a'.upper()), repr(u''.join(['a', 'b'])), repr(''.join([u'a', 'b']))
print unicode('abc'), repr(unicode('abc')), repr(unicode(12)), repr(str(u'abc'))
print u'a' == 'a', hash(u'a') == hash('a'), {'a': 1}[u'a'], u'a' in ['a'], 'a' in u'abc'
print repr(u'abc'[1]), repr(u'abc'[1:]), repr(u'x' * 3), [c for c in u'ab'], sorted(u'ba'), repr(u'a b'.replace('a', 'c')), repr(unichr(65)), repr(unichr(233))
import sys
import json
import sys
big = sys.maxint + 1
print repr(big), type(big), str(big), isinstance(big, int), isinstance(big, long), isinstance(big, (int, long)), type(sys.maxint), [big, 1]
print repr(2 ** 100 // 3), hash(2 ** 70) == hash(2 ** 70 + 0), {2 ** 70: 'x'}[2 ** 70], "%d %s %r" % (big, big, big), long("123456789012345678901234567890") % 1000 == 890
