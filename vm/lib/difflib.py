"""Differences between sequences: the longest matching block first, then what is left and right of it (Ratcliff and Obershelp), with
elements left out that match only by chance (junk) or everywhere (popular ones)."""

from collections import namedtuple as _namedtuple
from heapq import nlargest as _nlargest

__all__ = ["get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK", "context_diff",
           "unified_diff", "Match"]

Match = _namedtuple("Match", "a b size")


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares sequences of hashable elements."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self._index()

    def _index(self):
        """Where each element of b is, without junk and what is popular in long sequences."""
        self.b2j = where = {}
        for j, x in enumerate(self.b):
            where.setdefault(x, []).append(j)
        self.bjunk = junk = set()
        if self.isjunk:
            junk.update(x for x in where if self.isjunk(x))
            for x in junk:
                del where[x]
        self.bpopular = popular = set()
        n = len(self.b)
        if self.autojunk and n >= 200:
            popular.update(x for x, at in where.items() if len(at) > n // 100 + 1)
            for x in popular:
                del where[x]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block without junk, the first in a and then in b, made longer by equal elements on both sides."""
        a, b, where, junk = self.a, self.b, self.b2j, self.bjunk
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        i0, j0, size = alo, blo, 0
        lengths = {}
        for i in range(alo, ahi):
            new = {}
            for j in where.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                k = new[j] = lengths.get(j - 1, 0) + 1
                if k > size:
                    i0, j0, size = i - k + 1, j - k + 1, k
            lengths = new
        for of_junk in (False, True):
            while i0 > alo and j0 > blo and (b[j0 - 1] in junk) == of_junk and a[i0 - 1] == b[j0 - 1]:
                i0, j0, size = i0 - 1, j0 - 1, size + 1
            while i0 + size < ahi and j0 + size < bhi and (b[j0 + size] in junk) == of_junk and a[i0 + size] == b[j0 + size]:
                size += 1
        return Match(i0, j0, size)

    def get_matching_blocks(self):
        """All matching blocks in order; the last has length 0."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        todo, found = [(0, len(self.a), 0, len(self.b))], []
        while todo:
            alo, ahi, blo, bhi = todo.pop()
            m = i, j, k = self.find_longest_match(alo, ahi, blo, bhi)
            if k:
                found.append(m)
                if alo < i and blo < j:
                    todo.append((alo, i, blo, j))
                if i + k < ahi and j + k < bhi:
                    todo.append((i + k, ahi, j + k, bhi))
        found.sort()
        joined = []
        for i, j, k in found:
            if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                i, j, k = joined[-1][0], joined[-1][1], joined.pop()[2] + k
            joined.append(Match(i, j, k))
        joined.append(Match(len(self.a), len(self.b), 0))
        self.matching_blocks = joined
        return joined

    def get_opcodes(self):
        """(tag, i1, i2, j1, j2): how a becomes b."""
        if self.opcodes is None:
            self.opcodes = codes = []
            i = j = 0
            for ai, bj, size in self.get_matching_blocks():
                tag = "replace" if i < ai and j < bj else "delete" if i < ai else "insert" if j < bj else ""
                if tag:
                    codes.append((tag, i, ai, j, bj))
                i, j = ai + size, bj + size
                if size:
                    codes.append(("equal", ai, i, bj, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The changes in groups, with n equal elements around."""
        codes = list(self.get_opcodes()) or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """How alike the sequences are: 0 to 1."""
        return _ratio(sum(m[2] for m in self.get_matching_blocks()), len(self.a) + len(self.b))

    def quick_ratio(self):
        """An upper bound of ratio(): common elements in any order."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for x in self.b:
                counts[x] = counts.get(x, 0) + 1
        left, matches = {}, 0
        for x in self.a:
            n = left.get(x, self.fullbcount.get(x, 0))
            left[x] = n - 1
            matches += n > 0
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """An upper bound by the lengths alone."""
        return _ratio(min(len(self.a), len(self.b)), len(self.a) + len(self.b))

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """Up to n of the possibilities that are most like a word."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    found, s = [], SequenceMatcher()
    s.set_seq2(word)
    for x in possibilities:
        s.set_seq1(x)
        if s.real_quick_ratio() >= cutoff and s.quick_ratio() >= cutoff and s.ratio() >= cutoff:
            found.append((s.ratio(), x))
    return [x for _, x in _nlargest(n, found)]


def IS_LINE_JUNK(line, pat=None):
    """Blank, or a single #."""
    return line.strip() in ("", "#")


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    return ch in ws


class Differ:
    """Differences of lines for people, with marks under what changed within a line."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._fancy(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump(" ", a, alo, ahi)

    def _dump(self, mark, x, lo, hi):
        for i in range(lo, hi):
            yield "%s %s" % (mark, x[i])

    def _plain(self, a, alo, ahi, b, blo, bhi):
        one, two = self._dump("+", b, blo, bhi), self._dump("-", a, alo, ahi)
        if bhi - blo >= ahi - alo:
            one, two = two, one
        yield from one
        yield from two

    def _fancy(self, a, alo, ahi, b, blo, bhi):
        """The most similar pair of lines is a point to hold on to; what is before and after it is compared in turn."""
        best, cutoff, pair, equal = 0.74, 0.75, None, None
        s = SequenceMatcher(self.charjunk)
        for j in range(blo, bhi):
            s.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    if equal is None:
                        equal = i, j
                    continue
                s.set_seq1(a[i])
                if s.real_quick_ratio() > best and s.quick_ratio() > best and s.ratio() > best:
                    best, pair = s.ratio(), (i, j)
        if best < cutoff:
            if equal is None:
                yield from self._plain(a, alo, ahi, b, blo, bhi)
                return
            (i, j), best = equal, 1.0
        else:
            (i, j), equal = pair, None
        yield from self._part(a, alo, i, b, blo, j)
        if equal is None:
            marks_a = marks_b = ""
            s.set_seqs(a[i], b[j])
            for tag, i1, i2, j1, j2 in s.get_opcodes():
                la, lb = i2 - i1, j2 - j1
                marks_a += {"replace": "^", "delete": "-", "insert": "", "equal": " "}[tag] * la
                marks_b += {"replace": "^", "delete": "", "insert": "+", "equal": " "}[tag] * lb
            yield from self._marked(a[i], b[j], marks_a, marks_b)
        else:
            yield "  " + a[i]
        yield from self._part(a, i + 1, ahi, b, j + 1, bhi)

    def _part(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi:
            if blo < bhi:
                yield from self._fancy(a, alo, ahi, b, blo, bhi)
            else:
                yield from self._dump("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._dump("+", b, blo, bhi)

    def _marked(self, aline, bline, amarks, bmarks):
        for mark, line, marks in (("-", aline, amarks), ("+", bline, bmarks)):
            yield "%s %s" % (mark, line)
            shown = "".join(c if m == " " and c.isspace() else m for c, m in zip(line, marks)).rstrip()
            if shown:
                yield "? %s\n" % shown


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """One of the two sequences that a delta was made from."""
    if int(which) not in (1, 2):
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which)
    marks = ("  ", "- " if int(which) == 1 else "+ ")
    for line in delta:
        if line[:2] in marks:
            yield line[2:]


def _check(a, b, *names):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError("lines to compare must be str, not %s (%r)" % (type(lines[0]).__name__, lines[0]))
    if isinstance(a, str) or isinstance(b, str):
        raise TypeError("input must be a sequence of strings, not %s" % type(a if isinstance(a, str) else b).__name__)
    for x in names:
        if not isinstance(x, str):
            raise TypeError("all arguments must be str, not: %r" % (x,))


def _heads(marks, fromfile, tofile, fromdate, todate, lineterm):
    for mark, name, date in ((marks[0], fromfile, fromdate), (marks[1], tofile, todate)):
        yield "%s %s%s%s" % (mark, name, "\t" + date if date else "", lineterm)


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _heads(("---", "+++"), fromfile, tofile, fromfiledate, tofiledate, lineterm)

        def span(lo, hi):
            return "%d" % (lo + 1) if hi - lo == 1 else "%d,%d" % (lo + (hi > lo), hi - lo)
        yield "@@ -%s +%s @@%s" % (span(group[0][1], group[-1][2]), span(group[0][3], group[-1][4]), lineterm)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for line in a[i1:i2]:
                    yield " " + line
                continue
            if tag in ("replace", "delete"):
                for line in a[i1:i2]:
                    yield "-" + line
            if tag in ("replace", "insert"):
                for line in b[j1:j2]:
                    yield "+" + line


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    prefix = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _heads(("***", "---"), fromfile, tofile, fromfiledate, tofiledate, lineterm)

        def span(lo, hi):
            return "%d" % (lo + (hi > lo)) if hi - lo <= 1 else "%d,%d" % (lo + 1, hi)
        yield "***************" + lineterm
        yield "*** %s ****%s" % (span(group[0][1], group[-1][2]), lineterm)
        if any(tag in ("replace", "delete") for tag, *_ in group):
            for tag, i1, i2, _, _ in group:
                if tag != "insert":
                    for line in a[i1:i2]:
                        yield prefix[tag] + line
        yield "--- %s ----%s" % (span(group[0][3], group[-1][4]), lineterm)
        if any(tag in ("replace", "insert") for tag, *_ in group):
            for tag, _, _, j1, j2 in group:
                if tag != "delete":
                    for line in b[j1:j2]:
                        yield prefix[tag] + line
