# Differences: matching blocks, opcodes, close matches, diffs in all forms.
import difflib


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


a = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n".splitlines(True)
b = "one\ntwo and a half\nthree\nfour\nfive\nsix\nseven\n8\nnine\nten\neleven\n".splitlines(True)
for x, y in (("abcd", "bcde"), ("qabxcd", "abycdf"), ("", ""), ("a", ""), (" abcd", "abcd abcd"), ("private Thread currentThread;", "private volatile Thread currentThread;"), ("ab" * 150, "ba" * 150)):
    for junk in (None, lambda c: c == " "):
        s = difflib.SequenceMatcher(junk, x, y)
        print(s.find_longest_match(), s.get_matching_blocks()[:6], s.get_opcodes()[:8], s.ratio(), s.quick_ratio(), s.real_quick_ratio(), sorted(s.bpopular), list(s.get_grouped_opcodes(1))[:3])
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("wheel", ["while", "weel", "heel", "x"], 2, 0.5))
t(lambda: difflib.get_close_matches("x", [], n=0))
t(lambda: difflib.get_close_matches("x", [], cutoff=2))
print("".join(difflib.unified_diff(a, b, "before", "after", "d1", "d2")))
print("".join(difflib.context_diff(a, b, "before", "after", n=1)))
print("".join(difflib.ndiff(a, b)))
d = list(difflib.ndiff(["one\n", "\ttwo\n", "tree\n", "x = 1\n"], ["ore\n", "\ttwo\n", "three\n", "emu\n", "x  = 12\n"]))
print("".join(d), "".join(difflib.restore(d, 1)), "".join(difflib.restore(d, 2)))
t(lambda: list(difflib.restore(d, 3)))
t(lambda: list(difflib.unified_diff([b"x"], ["y"])))
print(list(difflib.unified_diff([], ["x"], lineterm="")), list(difflib.unified_diff(a, a)), list(difflib.context_diff(["a"], [], lineterm="")))
