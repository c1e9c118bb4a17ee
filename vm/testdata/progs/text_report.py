# A text report: wraps paragraphs, lays out a table with alignments, counts words, builds an index.
import re
import string
import textwrap
from collections import Counter, defaultdict

TEXT = """
The lighthouse keeper wrote in his log every evening. Some evenings there was nothing to write, and he wrote that: "Nothing today."
On other evenings the weather filled a page.

A ship passed on the ninth. It did not answer the lamp. The keeper's daughter, who was seven, said that ships which don't answer are asleep;
the keeper wrote this down as well.

On the twelfth the supply boat came - late, as always - with oil, flour, letters, and a self-winding clock that nobody had ordered. The clock
ran backwards. They kept it.
"""


def paragraphs(text):
    return [" ".join(p.split()) for p in re.split(r"\n\s*\n", text.strip())]


def table(rows, header, align):
    cells = [[str(c) for c in row] for row in [header] + rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    rule = "+".join("-" * (w + 2) for w in widths)
    for i, row in enumerate(cells):
        marks = "^" * len(row) if i == 0 else align
        yield "|".join(f" {c:{m}{w}} " for c, m, w in zip(row, marks, widths))
        if i == 0:
            yield rule


def box(text, width):
    lines = textwrap.wrap(text, width - 4)
    yield "┌" + "─" * (width - 2) + "┐"
    for line in lines:
        yield "│ " + line.ljust(width - 4) + " │"
    yield "└" + "─" * (width - 2) + "┘"


def justify(line, width):
    words = line.split()
    if len(words) == 1:
        return line
    gaps, extra = len(words) - 1, width - sum(map(len, words))
    each, more = divmod(extra, gaps)
    return "".join(w + " " * (each + (i < more)) if i < gaps else w for i, w in enumerate(words))


parts = paragraphs(TEXT)
for i, p in enumerate(parts, 1):
    print(textwrap.fill(p, 60, initial_indent=f"{i}. ", subsequent_indent="   "))
    print()
lines = textwrap.wrap(parts[0], 44)
for line in lines[:-1]:
    print(repr(justify(line, 44)))
print(repr(lines[-1]))
words = Counter(w.strip(string.punctuation).lower() for p in parts for w in p.split())
words.pop("", None)
total = words.total()
rows = [[w, n, f"{n / total:.1%}", "*" * n] for w, n in sorted(words.items(), key=lambda x: (-x[1], x[0]))[:8]]
print("\n".join(table(rows, ["word", "count", "share", "bar"], "<>><")))
index = defaultdict(set)
for i, p in enumerate(parts, 1):
    for w in re.findall(r"[a-z]{6,}(?:'[a-z]+)?", p.lower()):
        index[w].add(i)
for letter, group in sorted({k[0]: [w for w in sorted(index) if w[0] == k[0]] for k in index}.items()):
    print(letter.upper(), "; ".join(f"{w} {','.join(map(str, sorted(index[w])))}" for w in group))
print("\n".join(box(textwrap.shorten(parts[1], 90), 40)))
print(textwrap.indent(textwrap.dedent("""\
    a
      b

    c"""), "> ", lambda line: line.strip() != "b"))
print("%-12s|%8.3f|%+05d|%x|%o|%e|%r|%c|%%" % ("left", 3.14159, 42, 255, 8, 12345.678, "q'", 65))
print(TEXT.title()[1:40], TEXT.strip().partition(" ")[0].center(15, "*"), "tab\tstop".expandtabs(6), "ß".upper(), "a,b,,c".split(","), "x".zfill(4))
print(string.Template("$who owes ${what}s, $$5").substitute(who="Keeper", what="letter"), string.capwords("self-winding  clock"), "{0[a]:>{w}} {1!r:.3}".format({"a": 1}, "xyz", w=4))
