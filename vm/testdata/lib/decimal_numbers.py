# Decimal numbers: conversion, arithmetic, functions, rounding, contexts, formats.
from decimal import *
import decimal, math, copy, pickle
from fractions import Fraction
D = Decimal


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


for s in ("1", "-1.50", "1e5", "1E+5", "1e-10", "0.000001", "0.0000001", "  12.5 ", "1_000.5", ".5", "5.", "-0", "0e5", "0E-10", "inf", "-Infinity", "nan", "sNaN123", "NaN7", "x", "", "1e", "--1", "1.2.3", "e5", "٣.٤", "123456789012345678901234567890123456789"):
    t(lambda: (repr(D(s)), str(D(s)), D(s).as_tuple(), D(s).to_eng_string(), D(s).adjusted(), +D(s)))
for x in (5, -7, 0.1, 1.5, -0.0, float("inf"), True, (0, (1, 2, 3), -2), (1, (), 0), (0, (0,), "F"), None, 1j, (1, 2), (2, (1,), 0), Fraction(1, 2)):
    t(lambda: repr(D(x)))
vals = [D("0"), D("-0.0"), D("1"), D("2.50"), D("-3.7"), D("1e-20"), D("12345678901234567890123456789.5"), D("7e30"), D("Infinity"), D("-Infinity"), D("NaN"), D(10), D("0.5"), D("-2")]
ops = [("+", lambda a, b: a + b), ("-", lambda a, b: a - b), ("*", lambda a, b: a * b), ("/", lambda a, b: a / b), ("//", lambda a, b: a // b), ("%", lambda a, b: a % b),
       ("divmod", divmod), ("**", lambda a, b: a ** b), ("<", lambda a, b: a < b), ("==", lambda a, b: a == b), (">=", lambda a, b: a >= b),
       ("max", lambda a, b: a.max(b)), ("min_mag", lambda a, b: a.min_mag(b)), ("compare", lambda a, b: a.compare(b)), ("total", lambda a, b: a.compare_total(b)),
       ("quantize", lambda a, b: a.quantize(b)), ("near", lambda a, b: a.remainder_near(b)), ("same", lambda a, b: a.same_quantum(b)), ("copy_sign", lambda a, b: a.copy_sign(b))]
for name, f in ops:
    for a in vals:
        for b in vals:
            if name == "**" and (a.is_nan() or b.is_nan() or abs(a) > 10 ** 20 and abs(b) > 100):
                continue
            t(lambda: (name, str(a), str(b), f(a, b)))
for a in vals + [D("0.001"), D("100"), D("2"), D("1.00"), D("1e-5"), D("50"), D("-0.3"), D("144")]:
    for name in ("sqrt", "exp", "ln", "log10", "logb", "normalize", "to_integral_value", "to_integral_exact", "next_plus", "next_minus", "number_class", "is_normal", "copy_abs", "__abs__", "__neg__", "__pos__",
                 "__int__", "__float__", "__round__", "__floor__", "__ceil__", "as_integer_ratio", "is_zero", "is_signed", "__bool__", "__complex__"):
        if name == "exp" and not a.is_nan() and abs(a) > 1000:
            continue
        t(lambda: (name, str(a), getattr(a, name)()))
for mode in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    with localcontext(prec=3, rounding=mode) as c:
        print(mode, [str(+D(x)) for x in ("1.225", "1.235", "-1.225", "-1.2351", "1.2049", "1.2001", "9.999", "0.0012345")], [str(D(x).quantize(D("0.1"))) for x in ("0.25", "0.35", "-0.25", "0.05")], c.flags[Inexact])
print(getcontext())
print(D(1) / D(3), D(2).sqrt(), D(1).exp(), D(10).ln(), D(2).log10(), D(2) ** D("0.5"), D(4) ** D("0.5"), D("1.1") ** 100, D(2) ** -3, D(3) ** 200, D("0.1") ** 50, D(10) ** -30, D("1.5") ** D("2.5"))
with localcontext() as c:
    c.prec = 60
    print(D(1) / 7, D(2).sqrt(), D("0.3").exp(), D("0.3").ln(), D("1.000001").ln(), D(3).log10(), D("1.01") ** D("7.5"), D("1e-30").exp(), D("0.999999999999").ln())
    c.prec = 5
    c.Emax, c.Emin = 10, -10
    t(lambda: D("9.99999e10") * 1)
    t(lambda: D("1e10") * 10)
    c.traps[Overflow] = False
    t(lambda: D("1e10") * 10)
    print(D("1.23456e-12") * 1, D("1e-14") * D("0.5"), c.flags[Subnormal], c.flags[Underflow], c)
    c.clear_flags()
    c.traps[Inexact] = True
    t(lambda: D(1) / 3)
    print([s.__name__ for s in c.flags if c.flags[s]])
print(hash(D(5)) == hash(5), hash(D("0.5")) == hash(0.5), hash(D("2.50")) == hash(Fraction(5, 2)), D("0.5") == 0.5, D("0.1") == 0.1, D(5) == 5, D("0.5") == Fraction(1, 2), D("0.3") < Fraction(1, 3), D("0.1") < 0.1, {D(1): 1}[1], D(1) == 1 + 0j, D(1) == "1", D("1.0").compare_total(D("1")))
t(lambda: D(1) + 0.5)
t(lambda: D(1) + "x")
t(lambda: D(1) < "x")
t(lambda: 5 - D("1.5"))
t(lambda: 2 ** D(3))
t(lambda: pow(D(7), 3, 5))
t(lambda: sum([D("0.1")] * 10))
t(lambda: D("NaN") < 1)
t(lambda: hash(D("sNaN")))
t(lambda: int(D("NaN")))
t(lambda: int(D("inf")))
t(lambda: D("sNaN") + 1)
t(lambda: round(D("2.675"), 2))
t(lambda: (round(D("2.5")), round(D("-3.5")), math.floor(D("-1.5")), math.ceil(D("1.2")), math.trunc(D("-9.9"))))
for v in ("1234567.891", "-0.00012345", "0", "1e20", "NaN", "-Infinity", "9.995", "0.5", "1E-8", "-0.0"):
    for spec in ("", ".2f", "e", ".3e", "g", ".4g", "%", ".1%", ",.2f", ",", "+.1f", " .1f", "010.2f", "<12.3f|"[:-1], "^12", "*>15.2f", "=+15,.1f", ".0f", "#.0f", "E", "G", "n", "012,.1f", "z.1f", "d", "f"):
        t(lambda: (v, spec, format(D(v), spec)))
c = Context(prec=4, rounding=ROUND_UP)
print(c.create_decimal("3.14159"), c.divide(1, 3), c.sqrt(2), c.add(D("1.2345"), 1), c.power(2, D("0.5")), c.to_sci_string(D("1e9")), c.quantize(D("2.345"), D("0.01")), c.ln(2), c.exp(1), c.log10(3), c.fma(2, 3, 5), c.Etiny(), c.Etop())
t(lambda: Context(prec=0))
t(lambda: Context(rounding="x"))
t(lambda: setattr(getcontext(), "foo", 1))
t(lambda: localcontext(foo=1))
print(D("1101").logical_and(D("1011")), D("1101").logical_invert(), D("12345").shift(2), D("12345").rotate(-2), D("7.50").scaleb(3), D(2).fma(3, D("0.5")), D("1").next_toward(2), D.from_float(0.25), D("2.50").normalize())
print(copy.deepcopy([D("1.5")]), pickle.loads(pickle.dumps(D("-1.50"))), f"{D('3.14159'):.2f}", "%s %.3f %d" % (D("1.5"), D("2.5"), D("7.9")), issubclass(DivisionByZero, ZeroDivisionError), D("1.5").as_integer_ratio())
