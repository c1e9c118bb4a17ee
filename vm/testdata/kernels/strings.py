"""Building, splitting, searching and formatting text."""
import sys

WORDS = "the quick brown fox jumps over the lazy dog while seven wizards brew potions".split()


def build(n):
    s = ""
    for i in range(n):
        s += WORDS[i % len(WORDS)]
        s += " " if i % 11 else "\n"
    return s


def analyse(text):
    lines = text.split("\n")
    longest = max(lines, key=len)
    upper = 0
    for line in lines:
        for word in line.split():
            if word.startswith("w") or word.endswith("s"):
                upper += len(word.upper().replace("S", "$$"))
    return len(lines), len(longest), upper


def table(n):
    rows = []
    for i in range(n):
        rows.append("%5d|%-8s|%8.3f" % (i, WORDS[i % 7], i / 7.0))
        rows.append(f"{i:>6x}:{i * i:,}:{WORDS[i % 5]!r:12}")
        rows.append("{0:05d} {1} {name}".format(i, i & 3, name=WORDS[i % 3]))
    return sum(len(r) for r in rows), ",".join(r[:3] for r in rows[:9])


def palindromes(n):
    return [s for s in map(str, range(n)) if s == s[::-1]][-3:]


n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
text = build(n)
print(analyse(text), table(n // 4), palindromes(n), text.count("wizard"), text.find("potions"))
