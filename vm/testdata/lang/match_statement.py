# match: literals, captures, sequences, mappings, classes, alternatives, guards, values.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Shape: pass
class Circle(Shape):
    def __init__(self, r): self.r = r
class Color: RED = 1; GREEN = 2
def m(v):
    match v:
        case 0: return "zero"
        case -1 | -2: return "minus"
        case 1.5: return "float"
        case "a" | "b" as s: return f"letter {s}"
        case b"x": return "bytes"
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case Color.GREEN: return "green"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [1, y]: return f"one and {y}"
        case (x, [y, *z]): return f"nested {x} {y} {z}"
        case [first, *_, last] if first == last: return f"same ends {first}"
        case [first, *rest]: return f"first {first} rest {rest}"
        case {"type": "point", "x": x, **rest}: return f"point {x} {rest}"
        case {"k": [a, b]}: return f"k {a} {b}"
        case {1: v}: return f"int key {v}"
        case {}: return "a mapping"
        case Point(0, 0): return "origin"
        case Point(x, y=0): return f"on x {x}"
        case Point(x=xx, y=yy) if xx == yy: return f"diagonal {xx}"
        case Point(): return "point"
        case Circle(r=r): return f"circle {r}"
        case Shape(): return "shape"
        case int(n) if n > 100: return f"big int {n}"
        case str(s): return f"str {s}"
        case float() | complex(): return "inexact"
        case _: return "other"
for v in (0, -1, -2, 1.5, "a", "b", b"x", None, True, False, 2, [], [5], [1, 7], (3, "xy"), (3, [4, 5, 6]), [1, 2, 3, 1], [1, 2, 3], (), range(3), {"type": "point", "x": 1, "y": 2}, {"k": (1, 2)}, {1: 2}, {}, {"z": 1},
          Point(0, 0), Point(3, 0), Point(4, 4), Point(1, 2), Circle(3), Shape(), 1000, 50, "hello", "", 2.5, 1j, 0.0, {1, 2}, b"yy", object):
    print(repr(v) if not isinstance(v, (Point, Shape)) else type(v).__name__, "->", m(v))
def scope(v):
    match v:
        case (a, b) if a > b: r = "descending"
        case (a, b): r = "ascending"
        case a: r = "single"
    return r, a
print(scope((2, 1)), scope((1, 2)), scope(9))
def nomatch(v):
    match v:
        case 1: return "one"
    return "fell through"
print(nomatch(1), nomatch(2))
match 1, 2:
    case x, y: print(x, y)
match = 5; case = 6; print(match, case)
def loop(items):
    for i in items:
        match i:
            case "skip": continue
            case "stop": break
            case _: print("item", i)
loop([1, "skip", 2, "stop", 3])
class Three: __match_args__ = ("a",)
def too_many(v):
    match v:
        case Three(1, 2): pass
try: too_many(Three())
except TypeError as e: print(e)
class NoArgs: pass
def noargs(v):
    match v:
        case NoArgs(1): pass
try: noargs(NoArgs())
except TypeError as e: print(e)
def expr(e):
    match e:
        case ("+", a, b): return expr(a) + expr(b)
        case ("*", a, b): return expr(a) * expr(b)
        case ("neg", a): return -expr(a)
        case int() | float(): return e
        case _: raise ValueError(f"bad expression {e!r}")
print(expr(("+", 1, ("*", 2, ("neg", 3)))))
try: expr(("?", 1))
except ValueError as e: print(e)
match {"a": {"b": [1, {"c": 2}]}}:
    case {"a": {"b": [_, {"c": deep}]}}: print(deep)
match [[1, 2], [3, 4]]:
    case [[a, b], [c, d]]: print(a + b + c + d)
match "abc":
    case [*_]: print("never: a str is no sequence")
    case str() as whole: print(whole)
match 3:
    case int(x) | float(x): print(x)
match (1, 2, 3):
    case (1, *rest) | [*rest, 1]: print(rest)
