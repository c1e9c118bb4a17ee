# %-formatting: every conversion, flags, mappings, errors; bytes too.
print("%d %i %u" % (1, -2, 3), "%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o" % (42, 42, 42, 42, 42, 255, 255, 255, 8, 8))
print("%f %.2f %10.3f %-10.1f| %e %.3E %g %G %#g %+.1f %010.2f" % (1.5, 2.345, 3.14159, 2.5, 12345.678, 12345.678, 1e-5, 1e20, 1.0, 2.0, -3.14159))
print("%s %r %a %c %c %%" % ("s", "r", "é", "x", 65), "%10s|%-10s|%.2s|%10.3s|" % ("abc", "abc", "abc", "abcdef"))
print("%(a)s %(b)05.1f %(a)r %(c c)d" % {"a": "x", "b": 2.25, "c c": 4}, "%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 3.14159))
print("%s" % (1,), "%s" % [1, 2], "%s" % {"a": 1}, "%s %s" % ((1, 2), 3), "%s" % None, "%d" % 3.99, "%d" % True, "%s" % ((1, 2),))
print("%d" % 10**30 if False else "%d" % (10**30), "%x" % (2**70), "%e" % (10**20), "%.0f" % 1e22, "%5.1f%%" % 99.5)
class C:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __int__(self): return 7
    def __index__(self): return 8
    def __float__(self): return 2.5
c = C()
print("%s %r %d %x %.1f" % (c, c, c, c, c))
for t, a in (("%d", "x"), ("%d", ()), ("%d %d", (1,)), ("%d", (1, 2)), ("%", 1), ("%q", 1), ("%(a)s", 1), ("%(a)s", {}), ("%s", ()), ("%x", 1.5), ("%c", "ab"), ("%c", -1), ("%c", 1.5), ("%f", "x"), ("abc", 1), ("abc", {}), ("%(a", {"a": 1}), ("%*d", (1,)), ("%*d", ("a", 1)), ("%i", None), ("%.f", 2.5), ("%5", 1), ("%o", "a"), ("%e", None), ("%s %s", "ab"), ("%(a)s %s", {"a": 1})):
    try: print(t % a)
    except (TypeError, ValueError, KeyError, OverflowError) as e: print(repr(t), type(e).__name__, e)
print(b"%d %s %b %r %x %c %c|%5s|%-5d|%.1f" % (1, b"s", b"b", "r", 255, 65, b"z", b"ab", 3, 2.5))
for t, a in ((b"%s", "str"), (b"%b", 1), (b"%c", 300), (b"%d", "x")):
    try: print(t % a)
    except (TypeError, ValueError, OverflowError) as e: print(t, type(e).__name__, e)
print("%+d % d %+d" % (5, 5, -5), "%+s" % "x", "%-5s|" % "é", "%5s|" % "\u4e2d", "%03d:%02d" % (7, 5), "%#o %#x %#X" % (0, 0, 255), "%.3d %.5x" % (5, 255), "%8.3d|%-8.3d|" % (5, 5))
print("%s" * 3 % (1, 2, 3), "%(n)d%%" % {"n": 5}, "%s %s" % ("%s", "%d"), "%r" % ("a'b",), '%r' % ('a"b\'c',), "%g %g %g %g" % (100000, 1000000, 1e-4, .1), "%s %s" % (1.0, 1e16))
