import struct


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


for o in "@<>":
    for c in "bBhHiIlLqQ":
        t(struct.pack, o + c, -2**70)
        t(struct.pack, o + c, 2**70)
        t(struct.pack, o + c, -1)
        t(struct.pack, o + c, 100)
        t(struct.pack, o + c, "a")
for c in "nN":
    t(struct.pack, c, 2**70)
    t(struct.pack, c, "a")
t(struct.pack, "P", 2**70)
for c in "efdcsp?":
    t(struct.pack, c, "a")
    t(struct.pack, "<" + c, 1e300)
    t(struct.pack, ">" + c, 1.5)
t(struct.pack, "3")
t(struct.pack, "<n", 1)
t(struct.pack, "y", 1)
t(struct.pack)
t(struct.pack, "ii", 1)
t(struct.unpack, "i", b"abc")
t(struct.calcsize, "99999999999999999999i")
b = bytearray(8)
for args in (("i", b, 6, 1), ("i", b, -2, 1), ("i", b, -20, 1), ("i", b), ("i",), ("i", b, 0), ("i", b"abcd", 0, 1), (), (">i", b, 4, 258), ("b2xb", b, 0, 1, 2)):
    t(struct.pack_into, *args)
print(b)
for args in (("i", b, 6), ("i", b, -2), ("i", b, -20), ("i",), (">i", b, 4), (">h", b, -2)):
    t(struct.unpack_from, *args)
t(struct.iter_unpack, "i", b"abc")
t(struct.iter_unpack, "0s", b"abc")
t(struct.Struct, "é")
t(struct.Struct, 1)
t(struct.unpack, "i", "abcd")
t(struct.unpack, "i")
s = struct.Struct("<i2sbx?")
print(s, s.size, s.format, s.pack(1, b"abc", -3, 5), s.unpack(s.pack(1, b"abc", -3, 5)))
print(list(struct.iter_unpack(">hB", b"\x01\x02\x03\xff\xfe\x80")), list(s.iter_unpack(b"")))
for f in ("bhilq", "@bi", "=bi", "b3xh", "2p", "5p3s", " < i h ", "0i", "bi0l", "ccc"):
    t(struct.calcsize, f)
print(struct.pack("5p3s0s", b"abcdefgh", b"z", b"q"), struct.unpack("5p3s", b"\x03abcdxyz"))
for x in (0.0, -0.0, 1.0, -2.5, 65504.0, 65520.0, 5.96e-8, 6.1e-5, 1e-9, float("inf"), 3.14159):
    t(lambda: (struct.pack("<e", x), struct.unpack("<e", struct.pack("<e", x))))
print(struct.unpack("<fd", struct.pack("<fd", 0.1, 0.1)), struct.unpack("3c", b"abc"), struct.unpack("QN", b"\xff" * 16))


class I:
    def __index__(self):
        return 7


print(struct.pack("bH", I(), I()), struct.pack("?", []), struct.error.__mro__)
m = memoryview(b)[2:6]
struct.pack_into("<H", m, 0, 0xabcd)
print(b, struct.unpack_from("<H", m))
