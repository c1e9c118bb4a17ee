# repr of strings, escapes in literals, ascii(), unicode, surrogates, raw strings, long strings.
for s in ("", "a", "'", '"', "'\"", "\\", "\n\r\t", "\0\x01\x1f\x7f", "\x80\xa0\xad\xff", "é", "日本", "😀", "\u200b\u2028\ufeff", "\ud800", "\U0010ffff", "a'b", 'a"b', "tab\there", "\x1b[0m", "\u0300", "\ue000", "\u0378"):
    print(repr(s), ascii(s), len(s))
print("\x41\u0042\U00000043\103\7\60", "\N{LATIN SMALL LETTER E WITH ACUTE}", "\a\b\f\v" == "\x07\x08\x0c\x0b", "line\
continued", r"raw\n\'", r'\"', R"\\", u"unicode", "adjacent" 'strings' """joined""")
print("""triple "quoted" 'string'
second line\
 continued""", '''other ''quotes''')
print(b"bytes\x00\xff\n'", b'"', b"'\"", b"\\", rb"raw\x00", Rb"\q", bR"\z", bytes(range(120, 135)), bytearray(b"ba"))
print(ascii("é€😀"), ascii(["é"]), repr(["é", b"\xe9", 1.0, None]), repr(("a",)), repr({"k": 'v'}), repr({"s"}), repr([[]]), repr(()), repr(set()), repr({}), repr(frozenset()), repr(frozenset({1})), repr(range(3)), repr(range(1, 10, 2)), repr(slice(1, None)), repr(...), repr(NotImplemented), repr(int), repr(type(None)))
print(str(["a", 'b"']), f"{'é'!a}", "%a" % "é", "{!a}".format("é"))
a = []; a.append(a); d = {}; d["self"] = d; print(a, d)
t = ([],); t[0].append(t); print(t)
class R(list): pass
r = R([1]); r.append(r); print(r)
from collections import OrderedDict, deque, defaultdict, Counter
q = deque([1]); q.append(q); print(q)
print(OrderedDict(a=1), deque([1, 2], maxlen=3), defaultdict(int, a=1), Counter("aab"))
for x in ("\u00e9", "e\u0301"): print(len(x), x == "\u00e9", x.encode())
print("\N{GREEK SMALL LETTER ALPHA}\N{BULLET}", "ﬀ".casefold(), "Straße".upper(), "ŉ".upper(), "Ⅷ".lower(), "ǰ".title(), "ΌΣΟΣ".lower(), "ꙮ".isalpha(), "١".isdigit(), int("١٢"), "𝟘".isdecimal())
print("%r" % "a\nb", "%s" % "a\tb", "\t".isspace(), "\x1c".isspace(), "\x85".split(), "a\x1cb".splitlines(), "a\x85b".splitlines(), "\u3000x\u3000".strip())
