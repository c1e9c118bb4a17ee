# importlib, linecache, filecmp, codecs.
import codecs
import filecmp
import importlib
import io
import linecache
import os
import sys
import tempfile

m = importlib.import_module('os.path')
print(m is os.path, importlib.import_module('.path', 'os') is os.path)
for args in [('.x',), ('nonexistent_module',)]:
    try:
        importlib.import_module(*args)
    except (TypeError, ImportError) as e:
        print(type(e).__name__, e)

with tempfile.TemporaryDirectory() as d:
    a, b = os.path.join(d, 'a.txt'), os.path.join(d, 'b.txt')
    with open(a, 'w') as f:
        f.write('one\ntwo\nthree')
    with open(b, 'w') as f:
        f.write('one\ntwo\nthref')
    print(repr(linecache.getline(a, 2)), repr(linecache.getline(a, 3)), repr(linecache.getline(a, 9)), linecache.getline(d + '/no', 1) == '')
    print(filecmp.cmp(a, a), filecmp.cmp(a, b, shallow=False), filecmp.cmpfiles(d, d, ['a.txt', 'no']))
    name = os.path.join(d, 'c.txt')
    with codecs.open(name, 'w', encoding='latin-1') as f:
        f.write('caf\xe9\r\n')
    with open(name, 'rb') as f:
        print(f.read())
    with codecs.open(name, 'r', 'latin-1') as f:
        print(repr(f.read()))
    sys.path.insert(0, d)
    with open(os.path.join(d, 'changing.py'), 'w') as f:
        f.write('value = 1\n')
    import changing
    old = changing
    with open(os.path.join(d, 'changing.py'), 'w') as f:
        f.write('value = 1 + 11111\n')
    print(importlib.reload(changing) is old, changing.value)

print(codecs.encode('abc', 'rot13'), codecs.encode(b'abc', 'hex'), codecs.decode(b'YWJj\n', 'base64'), codecs.encode('\xe9', 'utf-8'))
print(codecs.lookup('utf8').name, codecs.lookup('latin1').name, codecs.lookup('utf-8').encode('a\xe9'), codecs.getdecoder('ascii')(b'abc'))
print(list(codecs.iterencode(['a', '', '\xe9'], 'utf-8')), list(codecs.iterdecode([b'\xc3', b'\xa9x'], 'utf-8')))
print(codecs.getreader('utf-8')(io.BytesIO(b'x\xc3\xa9')).read())
out = io.BytesIO()
codecs.getwriter('utf-16-le')(out).write('ab')
print(out.getvalue(), codecs.BOM_UTF8)
try:
    codecs.lookup('no-such')
except LookupError as e:
    print(e)
