"""Where Python 2 has bytes, a str will do: hashes, compression, structures; and strings through the library."""
import hashlib, zlib, struct, bz2, base64, binascii
def t(f):
    try: print repr(f())
    except Exception as e: print type(e), e
t(lambda: u'a'.encode('ascii') == 'a')
t(lambda: hashlib.md5('abc').hexdigest())
t(lambda: zlib.decompress(zlib.compress('abc')) == 'abc')
t(lambda: struct.unpack('<I', '\x01\x00\x00\xff'))
t(lambda: struct.pack('<H', 0x4142) == 'BA')
t(lambda: bz2.decompress(bz2.compress('abc' * 10)))
t(lambda: base64.b64encode('abc'))
t(lambda: binascii.hexlify('abc'))
t(lambda: zlib.crc32('abc'))
t(lambda: bytes is str)
t(lambda: bytearray('abc'))
t(lambda: type('a'.encode('utf-8')))
s = u'x'
s += 'y'
print repr(s), repr(s[::-1]), repr('%s-%d' % (s, 3)), repr('{0}'.format(u'a')), repr(u'{0}'.format('a')), repr(', '.join([u'a', 'b']))
class U(object):
    def __unicode__(self): return u'U!'
    def __str__(self): return 'S!'
print repr(unicode(U())), repr(str(U())), u'%s' % U() in (u'U!', u'S!')
class V(unicode):
    pass
v = V(u'q')
print repr(v), isinstance(v, unicode), isinstance(v, str), isinstance(v, basestring), v == 'q', issubclass(unicode, basestring), issubclass(unicode, str), issubclass(str, basestring), issubclass(long, int)
print sorted([u'b', 'a', u'c']), {u'a': 1} == {'a': 1}, u'a' < 'b', max(u'a', 'b'), u'a' is u'a', dict(a=1)[u'a'], getattr('x', u'upper')()
import copy, pickle, json
print copy.copy(u'a'), repr(copy.deepcopy([u'a', 2**70])), pickle.loads(pickle.dumps([u'a', 'b', 2**70])) == ['a', u'b', 2**70]
print repr(json.loads('"x"')), json.dumps([u'x', 2**70])
import re, os, string
print re.sub(u'a', 'b', u'cab') == 'cbb', re.match('a', u'ab') is not None, os.path.join(u'a', 'b'), string.join(['a', 'b'], u'-'), repr(u'a\tb\n'), repr(u"it's"), repr(u'\u20ac\U0001f600')
print u'abc'.startswith('a'), u'abc'.find(u'c'), u'a'.isalpha(), len(u'abc'), u'a' + 'b' == 'ab', ord(u'a'), int(u'12'), float(u'1.5'), list(u'ab'), tuple(u'a'), set([u'a']) == set(['a'])
