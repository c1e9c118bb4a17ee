"""marshal: every plain type there and back, the bytes of the second version, and what CPython writes with references."""
import io
import marshal

values = [None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, -2**31 - 1, 10**40, -10**40, 1.5, -0.0, float("inf"), 2 - 3j,
          "", "abc", "h\xe9llo \u20ac \U0001f600", "\ud800", b"", b"\x00\xff", (), (1, "a"), [], [1, [2, [3]]], {}, {"a": 1, 2: [3]}, {(1, 2): None},
          set(), {5}, frozenset(), frozenset([7])]
for v in values:
    back = marshal.loads(marshal.dumps(v))
    print(type(back).__name__, back == v, ascii(back))
print(marshal.loads(marshal.dumps(values)) == values)
for v in None, True, 5, -5, 2**40, -2**100, 1.5, 1j, b"ab", [1, 2.0, None], (1, (2,)), {1: 2}, frozenset([3]):
    print(marshal.dumps(v, 2))
print(marshal.loads(bytearray(marshal.dumps([1, b"x"]))), marshal.loads(marshal.dumps(bytearray(b"y"))), marshal.loads(b"i\x05\x00\x00\x00rest"))
print(marshal.loads(b"\xdb\x02\x00\x00\x00\xda\x03abcr\x01\x00\x00\x00"), marshal.loads(b")\x02z\x02hiA\x01\x00\x00\x00q"))
for bad in b"", b"i\x01", b"?", b"0", b"r\x00\x00\x00\x00", b"[\x01\x00\x00\x000":
    try:
        print(marshal.loads(bad))
    except (EOFError, ValueError, TypeError) as e:
        print(type(e).__name__)
for bad in object(), print, [int], {1: len}:
    try:
        marshal.dumps(bad)
    except ValueError as e:
        print(e)
f = io.BytesIO()
marshal.dump([1, 2], f)
marshal.dump("next", f)
f.seek(0)
print(marshal.load(f), marshal.load(f))
