import bz2
import gzip
import io
import zlib


def t(f, *a, **k):
    try:
        print(f(*a, **k))
    except Exception as e:
        print(type(e).__name__, "|", e)


print(zlib.crc32(b"hello"), zlib.adler32(b"hello"), zlib.crc32(b"lo", zlib.crc32(b"hel")), zlib.adler32(b"lo", zlib.adler32(b"hel")), zlib.crc32(b"a" * 9999))
t(zlib.decompress, b"abc")
t(zlib.decompress, b"")
t(zlib.decompress, zlib.compress(b"abc")[:-2])
t(zlib.compress, "a")
t(zlib.compress, b"a", 10)
t(zlib.decompress, b"a", 99)
t(zlib.decompress, zlib.compress(b"abc") + b"x")
c = zlib.compressobj()
t(c.compress, "a")
t(c.flush, 99)
c.flush()
t(c.flush)
t(c.compress, b"a")
for kw in ({"level": 10}, {"wbits": 99}, {"method": 3}, {"memLevel": 10}, {"strategy": 9}):
    t(zlib.compressobj, **kw)
t(zlib.decompressobj, 99)
d = zlib.decompressobj()
t(d.decompress, b"abc")
t(d.flush, 0)
t(zlib.decompressobj().decompress, b"a", -1)
x = zlib.compress(b"a" * 100)
d = zlib.decompressobj()
print(len(d.decompress(x[:5]) + d.decompress(x[5:], 10)) >= 10, d.eof, d.unused_data, len(d.flush()) > 80, d.eof, d.unconsumed_tail)
for i in (-1, 0, 1):
    bad = bytearray(x)
    bad[i] ^= 1
    t(zlib.decompress, bytes(bad))
t(zlib.decompress, x, 31)
data = b"".join(b"%d %d\n" % (i, i * i) for i in range(3000))
for wbits in (15, -15, 31, 9, -9):
    for level in (-1, 0, 1, 6, 9):
        c = zlib.compressobj(level, zlib.DEFLATED, wbits)
        p = c.compress(data[:1000]) + c.flush(zlib.Z_SYNC_FLUSH) + c.compress(data[1000:2000]) + c.flush(zlib.Z_FULL_FLUSH)
        c2 = c.copy()
        p2 = p + c2.compress(b"other") + c2.flush()
        p += c.compress(data[2000:]) + c.flush()
        d = zlib.decompressobj(47 if wbits > 0 else -15)
        out = b""
        for i in range(0, len(p), 97):
            out += d.decompress(p[i:i + 97])
        out += d.decompress(b"behind")
        print(wbits, level, out == data, d.eof, d.unused_data[-6:], zlib.decompress(p2, wbits) == data[:2000] + b"other", len(p) < len(data) or level == 0)
c = zlib.compressobj(zdict=b"hello world")
p = c.compress(b"hello world hello") + c.flush()
d = zlib.decompressobj(zdict=b"hello world")
print(d.decompress(p) + d.flush())
t(zlib.decompressobj(zdict=b"x").decompress, p)
d = zlib.decompressobj()
x = zlib.compress(data)
out = b""
n = 0
while not d.eof:
    part = d.decompress(d.unconsumed_tail if n else x, 1000)
    assert len(part) <= 1000, len(part)
    out += part
    n += 1
print(out == data, n >= len(data) // 1000)

t(bz2.decompress, b"abc")
t(bz2.decompress, b"")
t(bz2.compress, b"a", 0)
t(bz2.compress, "a")
t(bz2.decompress, bz2.compress(b"abc")[:-3])
t(bz2.BZ2Compressor, 0)
t(bz2.BZ2Decompressor().decompress, b"abcdefghijk")
d = bz2.BZ2Decompressor()
print(d.decompress(bz2.compress(b"abc") + b"xx"), d.eof, d.unused_data, d.needs_input)
t(d.decompress, b"a")
c = bz2.BZ2Compressor()
c.flush()
t(c.flush)
t(c.compress, b"a")
p = bz2.compress(data) + bz2.compress(b"") + bz2.compress(b"tail")
print(bz2.decompress(p) == data + b"tail", len(p) < len(data) / 2)
print(bz2.decompress(bz2.compress(b"hello" * 10)))
d = bz2.BZ2Decompressor()
out = b""
for i in range(0, len(p), 50):
    if d.eof:
        break
    out += d.decompress(p[i:i + 50])
print(out == data)

t(gzip.decompress, b"abc")
t(gzip.decompress, b"")
t(gzip.decompress, gzip.compress(b"abc")[:-3])
print(gzip.decompress(gzip.compress(data) + gzip.compress(b"more")) == data + b"more", gzip.compress(b"abc", mtime=0)[:10])
f = io.BytesIO()
with gzip.GzipFile("name.gz", "wb", fileobj=f, mtime=5) as g:
    print(g.write(b"line 1\nline 2\n"), g.tell())
    g.write(b"line 3")
print(f.getvalue()[:15])
f.seek(0)
with gzip.GzipFile(fileobj=f) as g:
    print(g.readline(), g.read(3), g.read(), g.mtime)
f.seek(0)
with gzip.open(f, "rt") as g:
    print([line for line in g])
