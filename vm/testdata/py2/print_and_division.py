# Python 2.7: print statements, integer division, long integers, old literals, backquotes, and comparisons of unlike things.
import sys

print "plain", 1, 2L, 3.0, None
print "no newline",
print "continues"
print >>sys.stdout, "redirected", 0x1F, 0o17, 017, 0b101
print
print ("a tuple", 1), ("one")
print 7 / 2, -7 / 2, 7 // 2, 7 % -3, 7.0 / 2, divmod(-7, 2)
print sorted({"a": 1, "b": 2}.items()), {"k": 1}.has_key("k"), {"k": 1}.keys(), list({"k": 1}.iteritems()), {1: 2}.itervalues().next()
print "%d %s %r" % (5, u"x", "y"), "{} {}".format(1, 2L), "%x" % 255L
try:
    1 / 0
except ZeroDivisionError, e:
    print "error:", e, e.args
try:
    raise ValueError, "old raise"
except (TypeError, ValueError), e:
    print type(e).__name__, e, e.args
def unpack((a, b), c):
    return a + b * c
print unpack((1, 2), 3), (lambda (x, y): x - y)((5, 3))
exec "value = 6 * 7"
print value
exec "print inner" in {"inner": "from exec"}
print [x for x in 1, 2, 3], x
print 2 ** 62, 2 ** 100, 1L, -1L, long(5), int(5L), sys.maxint, 1 <> 2, `1 + 1`, `"x"`
print map(lambda x: x * 2, [1, 2]), filter(None, [0, 1, 2]), zip("ab", [1, 2]), range(5), reduce(lambda a, b: a + b, range(10)), oct(8), cmp(1, 2)
