# format(): the mini-language over ints, floats, strings; str.format fields.
def show(v, *specs):
    for s in specs:
        try: print(repr(s), repr(format(v, s)))
        except (ValueError, TypeError, OverflowError) as e: print(repr(s), type(e).__name__, e)
show(42, "", "d", "5d", "<5", ">5", "^6", "=6", "+d", "-d", " d", "+5", "05", "0=5", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010b", "c", "e", ".2f", "%", "g", "n", ",", "_", "*^9", ".3", "s", "q", "#", "+c", ",c", "z")
show(-42, "5", "05", "=5", "+", " ", "x", "#b", "08.2f", "^7", "*=6")
show(1234567890, ",", "_", "15,", "015,", "_x", "_b", ",x", ",.2f", "+,")
show(10**30, ",", "e", ".3e", "f", "x")
show(3.14159, "", "f", ".0f", ".1f", ".10f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%", "10", "<10.2f", "010.2f", "+.2f", " .2f", ",.3f", "n", "#.0f", ".3", "d", "x", "s")
show(1e20, "", "f", "g", "e", ",", ".15g", ".17g", "r")
show(1234567.891, ",", ",.1f", "_.2f", "15,.2f", "g", ".3g", ".10g", "020,.2f")
show(0.0001, "", "g", "e", ".2g", "%"); show(0.00001, "", "g"); show(1e16, ""); show(123456789012345680.0, "")
show(float("inf"), "", "f", "05", "+", "%", "e", "F"); show(float("nan"), "", "F", "+", "5"); show(-0.0, "", "f", "+", "z.1f"); show(-0.04, "z.1f", ".1f")
show("text", "", "s", "10", "<10", ">10", "^10", "*^10", ".2", "10.2", "=10", "05", "+", "d", ",", "#", "<", "\u00e9>8", "}<6", "{^8")
show(True, "", "d", "5", "f"); show(None, "", "5"); show([1], "", "5"); show(1 + 2j, "", ".1f", "10", ">12.2f", "+", "05", "=9", "%", "e")
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0} {x} {1}".format(1, 2, x=3))
print("{0.real} {0.imag} {1[0]} {1[-]} {2[k]}".format(3, {0: "zero", "-": "dash"}, {"k": "v"}))
print("{:>{}} {:{w}.{p}}".format("a", 5, 3.14159, w=8, p=3), "{!r:>6} {!s} {!a}".format("x", "y", "é"), "{{}} {{{}}}".format(1))
print("{0[0][1]} {0[1]}".format([[1, 2], 3]), "{:,} {:%} {:#x}".format(10000, .25, 255), "{a.__class__.__name__}".format(a=1))
for t, a, k in (("{}", (), {}), ("{1}", (1,), {}), ("{a}", (), {}), ("{", (), {}), ("}", (), {}), ("{} {0}", (1,), {}), ("{0} {}", (1,), {}), ("{!x}", (1,), {}), ("{0[a]}", ([1],), {}), ("{0.z}", (1,), {}), ("{0[}", (1,), {}), ("{:{}}", (1,), {}), ("{!}", (1,), {}), ("{a!r", (), {"a": 1}), ("{0[]}", ([1],), {}), ("{0[5]}", ([1],), {}), ("{a[k]}", (), {"a": {}})):
    try: print(t.format(*a, **k))
    except (IndexError, KeyError, ValueError, TypeError, AttributeError) as e: print(t, type(e).__name__, e)
print("{x} {y[0]}".format_map({"x": 1, "y": [2]}), "%s" % "{}".format("%d"))
class D(dict):
    def __missing__(self, k): return f"<{k}>"
print("{known} {unknown}".format_map(D(known=1)))
for i in range(-3, 4): print(format(10.0 ** i, "g"), format(10.0 ** i, ".2e"), format(10.0 ** (i * 6), ""), format(2.5 * i, ".0f"), format(i + .5, ".0f"))
print(format(0.5, ".0f"), format(1.5, ".0f"), format(2.675, ".2f"), format(1e-7, "f"), format(123456, ".2g"), format(0.1 + 0.2, ".17f"), format(1/3, ".20g"), format(5e-324, "g"))
