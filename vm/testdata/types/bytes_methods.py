# bytes, bytearray, memoryview basics.
def t(f, *a, **k):
    try: print(repr(f(*a, **k)), end=" ")
    except (ValueError, TypeError, IndexError, LookupError, OverflowError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
b = b"Hello, World"
print(b, b[0], b[-1], b[1:4], b[::-1], len(b), 72 in b, b"ell" in b, list(b"abc"), bytes([65, 66]), bytes(3), bytes("é", "utf-8"), bytes(), b"a" + b"b", b"ab" * 2, b"a" < b"b", b"a" == "a", hash(b"a") == hash(b"a"), bytes(bytearray(b"x")), b"".join([b"a", b"b"]), b",".join((b"1",)))
print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), b.find(b"o"), b.find(111), b.rfind(b"o"), b.index(b"W"), b.count(b"l"), b.count(108), b.replace(b"l", b"L", 1), b.split(b", "), b.split(), b.rsplit(b"o", 1), b.partition(b","), b.rpartition(b"o"), b.startswith(b"He"), b.endswith((b"x", b"ld")), b"  x ".strip(), b"xxaxx".strip(b"x"), b"a\nb\r\n".splitlines(), b"x".center(5, b"*"), b"x".ljust(3), b"x".rjust(3, b"-"), b"-5".zfill(4), b"a\tb".expandtabs(4), b"abc".translate(bytes(range(255, -1, -1)))[:1], b"abc".translate(None, b"b"), b"pre-x".removeprefix(b"pre-"))
print(b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"a".islower(), b"Ab".istitle(), b"\xff".isascii(), b"abc".hex(), b"abc".hex("-"), b"abcd".hex(":", 2), bytes.fromhex("61 62 63"), bytes.fromhex(""), b"\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"\xff\xfea\0".decode("utf-16"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"), b"a\xff".decode("utf-8", "backslashreplace"), bytes.maketrans(b"a", b"b")[97])
t(b"\xff".decode); t(b"\xc3".decode); t(b"\xe2\x82".decode); t(b"\xed\xa0\x80".decode); t(b"a\xff".decode, "ascii"); t(b"x".decode, "nope"); t(bytes, "x"); t(bytes, [256]); t(bytes, [-1]); t(bytes, -1); t(bytes, ["a"]); t(bytes, 1.5); t(lambda: b"a" + "b"); t(lambda: b"abc"[5]); t(lambda: b"a" in "abc"); t(lambda: "a" in b"abc"); t(lambda: 300 in b"a"); t(b"".join, ["a"]); t(b"".join, [1]); t(b"a".find, "a"); t(bytes.fromhex, "6"); t(bytes.fromhex, "zz"); t(b"a".split, b""); t(b"a".index, b"z"); t(b"x".replace, "a", "b"); t(b"x".startswith, "x"); t(lambda: b"a" < "a"); t(bytes, None); t(b"a".strip, "a"); t(lambda: b"abc"["a"])
print()
a = bytearray(b"abc"); a.append(100); a.extend(b"ef"); a.extend([103]); a += b"h"; a[0] = 65; a[1:3] = b"BBCC"; a.insert(0, 33); print(a, a.pop(), a.pop(0), len(a), a[1], a[1:3]); a.remove(66); a.reverse(); print(a); del a[0], a[-1]; print(a, a == bytes(a), a.upper(), a.decode(), a.copy() is a); a.clear(); print(a, bytearray(3), bytearray("é", "utf-8"), bytearray([1, 2]), bytearray(b"ab") * 2, bytearray(b"a") + b"b", b"b" + bytearray(b"a"), bytearray(b"x") in [b"x"])
def seti(a, i, v): a[i] = v; return a
print()
print(repr(b"'"), repr(b'"'), repr(b"'\""), b"\x00\t\n\r\\\x7f\x80", str(b"x"), f"{b'x'}", "%s" % b"x", [x for x in b"ab"], max(b"abc"), sum(b"ab"), sorted(b"cab"), bytes(reversed(b"abc")), bytes(x ^ 0x20 for x in b"Ab"), int.from_bytes(b"\x01\x00", "big"), b"a" b"b", bytes(range(5)), bytes((1, 2)), bytes(b"x") , b"x".__class__, b"%d-%s" % (5, b"z"))
class B:
    def __bytes__(self): return b"from __bytes__"
print(bytes(B()))
