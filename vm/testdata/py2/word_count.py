# Python 2.7: counting words with dicts, has_key, sort with cmp, string methods, and files by StringIO.
import string
from StringIO import StringIO

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of incredulity"""


def count(f):
    words = {}
    for line in f:
        for w in line.replace(",", "").lower().split():
            if words.has_key(w):
                words[w] += 1
            else:
                words[w] = 1
    return words


def by_count(a, b):
    return cmp(b[1], a[1]) or cmp(a[0], b[0])


words = count(StringIO(TEXT))
items = words.items()
items.sort(by_count)
for w, n in items[:5]:
    print "%-8s%3d %s" % (w, n, "*" * n)
print sorted(words, cmp=lambda a, b: cmp(len(b), len(a)) or cmp(a, b))[:4]
print sorted(words.itervalues(), reverse=True)[:5], sum(words.values()), max(words.iteritems(), key=lambda (w, n): (n, w))
print string.digits, "7".zfill(3), "-".join(["a", "b"])
out = StringIO()
print >>out, "written", 1
print >>out, "again"
print repr(out.getvalue()), out.getvalue().splitlines()
initials = {}
for w in sorted(words):
    initials.setdefault(w[0], []).append(w)
print [(k, len(v)) for k, v in sorted(initials.iteritems())]
print sorted(dict.fromkeys("ab", 0).viewkeys() & {"a"}), [k for k in sorted(initials) if initials.has_key(k.upper())]
print "".join(map(None, "xyz")), apply(max, (3, 9)), map(None, [1, 2], [3])
