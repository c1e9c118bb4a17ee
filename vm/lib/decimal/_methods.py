"""The rest of the operations: functions that are put into classes Decimal and Context."""

import math as _math

from . import Decimal, _functions, _invalid, _make, _nan, _text
from ._context import (MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Clamped, Context, DivisionByZero, DivisionImpossible,
                       DivisionUndefined, Inexact, InvalidOperation, Overflow, Rounded, Subnormal, Underflow, getcontext)
from ._rounding import cut, fit


def _operand(x):
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        return Decimal(x)
    raise TypeError("conversion from %s to Decimal is not supported" % type(x).__name__)


def _special(x):
    return isinstance(x._exp, str)


def adjusted(self):
    """The exponent of the first digit."""
    return 0 if _special(self) else self._exp + len(str(self._int)) - 1


def quantize(self, exp, rounding=None, context=None):
    """The number with the exponent of another."""
    exp = _operand(exp)
    context = context or getcontext()
    rounding = rounding or context.rounding
    if _special(self) or _special(exp):
        ans = _nan(self, exp, context)
        if ans is not None:
            return ans
        return self if self._exp == exp._exp == "F" else _invalid(context)
    if not context.Emin - context.prec + 1 <= exp._exp <= context.Emax:
        return _invalid(context)
    if not self._int:
        return fit(_make, self._sign, 0, exp._exp, context)
    if self.adjusted() > context.Emax or self.adjusted() - exp._exp + 1 > context.prec:
        return _invalid(context)
    ans, inexact = _rescale(self, exp._exp, rounding)
    if len(str(ans._int)) > context.prec or ans.adjusted() > context.Emax:
        return _invalid(context)
    if ans._int and ans.adjusted() < context.Emin:
        context.signal(Subnormal)
    if exp._exp > self._exp:
        if inexact:
            context.signal(Inexact)
        context.signal(Rounded)
    return ans


def _rescale(self, e, rounding):
    if self._exp >= e:
        return _make(self._sign, self._int * 10 ** (self._exp - e), e), False
    drop = e - self._exp
    if drop > len(str(self._int)):
        n, inexact = cut(0, 1, rounding, self._sign, self._int != 0)
    else:
        n, inexact = cut(self._int, drop, rounding, self._sign)
    return _make(self._sign, n, e), inexact


def _to_integral(self, rounding):
    return self if self._exp >= 0 else _rescale(self, 0, rounding)[0]


def to_integral_value(self, rounding=None, context=None):
    """Rounded to an integer; nothing is flagged."""
    context = context or getcontext()
    if _special(self):
        return _nan(self, None, context) or self
    return _to_integral(self, rounding or context.rounding)


def to_integral_exact(self, rounding=None, context=None):
    context = context or getcontext()
    if _special(self):
        return _nan(self, None, context) or self
    if self._exp >= 0:
        return self
    ans, inexact = _rescale(self, 0, rounding or context.rounding)
    if inexact:
        context.signal(Inexact)
    context.signal(Rounded)
    return ans


def sqrt(self, context=None):
    context = context or getcontext()
    if _special(self):
        ans = _nan(self, None, context)
        if ans is not None:
            return ans
        return _invalid(context) if self._sign else self
    if not self._int:
        return fit(_make, self._sign, 0, self._exp >> 1, context)
    if self._sign:
        return _invalid(context)
    n, e, _ = _functions.sqrt(self._int, self._exp, context.prec)
    return _fit_even(0, n, e, context)


def _fit_even(sign, n, e, context):
    """A result in a context, rounded half to even whatever the context says."""
    quiet = Context(context.prec, ROUND_HALF_EVEN, context.Emin, context.Emax, context.capitals, context.clamp)
    object.__setattr__(quiet, "flags", context.flags)
    object.__setattr__(quiet, "traps", context.traps)
    return fit(_make, sign, n, e, quiet)


def _inexact(sign, n, e, context):
    """A result that no number of digits would show exactly."""
    missing = context.prec + 1 - len(str(n))
    if missing > 0:
        n, e = n * 10 ** missing, e - missing
    else:
        n, e = n * 10, e - 1
    return _fit_even(sign, n + 1, e, context)


def exp(self, context=None):
    context = context or getcontext()
    ans = _nan(self, None, context)
    if ans is not None:
        return ans
    if self._exp == "F":
        return _make(0, 0, 0) if self._sign else self
    if not self._int:
        return _make(0, 1, 0)
    size = self.adjusted()
    if size > len(str(context.Emax + context.prec)) + 1:
        return fit(_make, 0, 1, context.Emin - 2 * context.prec if self._sign else context.Emax + 1, context)
    if size < -context.prec - 1:
        n = 10 ** (context.prec + 1) + (-1 if self._sign else 1)
        return _fit_even(0, n, -context.prec - 1, context)
    return _inexact(0, *_functions.exp(self._sign, self._int, self._exp, context.prec), context)


def _logarithm(self, context, exact, function):
    ans = _nan(self, None, context)
    if ans is not None:
        return ans
    if self._zero():
        return _make(1, 0, "F")
    if self._sign:
        return _invalid(context)
    if self._exp == "F":
        return self
    known = exact(self)
    if known is not None:
        return known._fix(context)
    n, e, sign = function(self._int, self._exp, context.prec)
    return _inexact(sign, n, e, context)


def ln(self, context=None):
    """The natural logarithm."""
    return _logarithm(self, context or getcontext(), lambda d: Decimal(0) if d == 1 else None, _functions.ln)


def _power_of_ten(d):
    digits = str(d._int)
    return Decimal(d.adjusted()) if digits.strip("0") == "1" else None


def log10(self, context=None):
    return _logarithm(self, context or getcontext(), _power_of_ten, _functions.log10)


def logb(self, context=None):
    context = context or getcontext()
    ans = _nan(self, None, context)
    if ans is not None:
        return ans
    if self._exp == "F":
        return _make(0, 0, "F")
    if not self._int:
        context.signal(DivisionByZero)
        return _make(1, 0, "F")
    return Decimal(self.adjusted())._fix(context)


def _whole(d):
    """The value of a finite number that is an integer, or None."""
    if d._exp >= 0:
        return d._int * 10 ** d._exp if d._exp < 100 else None
    q, r = divmod(d._int, 10 ** -d._exp) if -d._exp < 10000 else (0, d._int)
    return None if r else q


def power(self, other, context):
    ans = _nan(self, other, context)
    if ans is not None:
        return ans
    if other._zero():
        return _invalid(context) if self._zero() else _make(0, 1, 0)
    n = _whole(other) if other._exp != "F" else None
    integral = other._exp != "F" and (n is not None or other._exp >= 0)
    sign = 0
    if self._sign:
        if integral:
            sign = int(other._exp <= 0 and n & 1) if n is not None else 0
        elif self._int or self._special():
            return _invalid(context)
        self = _make(0, self._int, self._exp)
    if self._zero():
        return _make(sign, 0, "F" if other._sign else 0)
    if self._exp == "F":
        return _make(sign, 0, 0 if other._sign else "F")
    if self == 1:
        if integral and n is not None:
            e = max(self._exp * n, 1 - context.prec) if not other._sign else 1 - context.prec if self._exp else 0
            if e < 0 and e > self._exp * n and not other._sign or e < 0 and other._sign:
                context.signal(Rounded)
            return _make(sign, 10 ** -e, e)
        context.signal(Inexact)
        context.signal(Rounded)
        return _make(sign, 10 ** (context.prec - 1), 1 - context.prec)
    if other._exp == "F":
        return _make(0, 0, 0 if (self.adjusted() < 0) != bool(other._sign) else "F") if self.adjusted() < 0 or not other._sign else _make(0, 0, 0)
    bound = abs(self.adjusted()) * float(other._int) * 10.0 ** min(other._exp, 300) if other._exp < 300 else float("inf")
    if bound > 10 * (context.Emax + context.prec) or other.adjusted() > 25:
        huge = (self.adjusted() >= 0) != bool(other._sign)
        return fit(_make, sign, 1, context.Emax + 1 if huge else context.Emin - 2 * context.prec, context)
    if n is not None and n * len(str(self._int)) < 20000:
        c, e = self._int ** n, self._exp * n
        if not other._sign:
            return fit(_make, sign, c, e, context)
        return _make(sign, 1, 0).__truediv__(_make(0, c, e), context)
    c, e = _functions.power(self._int, self._exp, other._sign, other._int, other._exp, context.prec)
    exact = _exact_power(self, other, c, e)
    if exact:
        context.signal(Inexact)
        context.signal(Rounded)
        return _fit_even(sign, c, e, context)
    c, e = _functions.power(self._int, self._exp, other._sign, other._int, other._exp, context.prec + 4)
    return fit(_make, sign, c * 10 + 1, e - 1, context)


def _exact_power(x, y, c, e):
    """Whether c * 10**e is exactly x**y for a fraction y of few digits: 4**0.5."""
    if y._exp >= 0 or y._exp < -4:
        return False
    n, d = y._int, 10 ** -y._exp
    g = _math.gcd(n, d)
    n, d = n // g, d // g
    if n * len(str(x._int)) > 2000 or d > 64 or y._sign:
        return False
    digits = str(c).rstrip("0")
    e += len(str(c)) - len(digits)
    a, ae = int(digits) ** d, e * d
    b, be = x._int ** n, x._exp * n
    low = min(ae, be)
    return abs(ae - be) < 5000 and a * 10 ** (ae - low) == b * 10 ** (be - low)


def power_mod(self, other, modulo, context):
    modulo = _operand(modulo)
    if any(x._special() for x in (self, other, modulo)):
        return _nan(self, other, context) or _nan(modulo, None, context) or _invalid(context)
    if other._sign or not modulo._int or any(x._exp < 0 and x != _to_integral(x, "ROUND_DOWN") for x in (self, other, modulo)):
        return _invalid(context)
    if not other._int and not self._int or modulo.adjusted() >= context.prec:
        return _invalid(context)
    r = pow(abs(int(self)), int(other), abs(int(modulo)))
    return _make(int(self._sign and int(other) & 1), r, 0)


def fma(self, other, third, context=None):
    """self * other + third, rounded once."""
    other, third = _operand(other), _operand(third)
    context = context or getcontext()
    if _special(self) or _special(other):
        return self.__mul__(other, context).__add__(third, context)
    return _make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp).__add__(third, context)


def remainder_near(self, other, context=None):
    other = _operand(other)
    context = context or getcontext()
    if _special(self) or _special(other):
        ans = _nan(self, other, context)
        if ans is not None:
            return ans
        return _invalid(context) if self._exp == "F" else self._fix(context)
    if not other._int:
        return _invalid(context, InvalidOperation if self._int else DivisionUndefined)
    e = min(self._exp, other._exp)
    if self.adjusted() - other.adjusted() > context.prec + 1:
        return _invalid(context, DivisionImpossible)
    a, b = self._int * 10 ** (self._exp - e), other._int * 10 ** (other._exp - e)
    q, r = divmod(a, b)
    if 2 * r + (q & 1) > b:
        r -= b
        q += 1
    if q >= 10 ** context.prec:
        return _invalid(context, DivisionImpossible)
    return fit(_make, self._sign ^ (r < 0), abs(r), e, context)


def normalize(self, context=None):
    """Without trailing zeros."""
    context = context or getcontext()
    ans = _nan(self, None, context)
    if ans is not None:
        return ans
    d = self._fix(context)
    if d._exp == "F":
        return d
    if not d._int:
        return _make(d._sign, 0, 0)
    n, e, top = d._int, d._exp, context.Emax if not context.clamp else context.Etop()
    while n % 10 == 0 and e < top:
        n //= 10
        e += 1
    return _make(d._sign, n, e)


def compare(self, other, context=None):
    other = _operand(other)
    return _nan(self, other, context or getcontext()) or Decimal(self._cmp(other))


def compare_signal(self, other, context=None):
    other = _operand(other)
    context = context or getcontext()
    if "n" in (self._exp, other._exp) or "N" in (self._exp, other._exp):
        context.signal(InvalidOperation)
        return _nan(self, other, context) if "N" not in (self._exp, other._exp) else _make(0, 0, "n")
    return Decimal(self._cmp(other))


def _total(a, b):
    if a._sign != b._sign:
        return -1 if a._sign else 1
    order = {"F": 1, "N": 2, "n": 3}
    ka, kb = order.get(a._exp, 0), order.get(b._exp, 0)
    if ka != kb:
        c = ka - kb
    elif ka >= 2:
        c = a._int - b._int
    else:
        c = a.copy_abs()._cmp(b.copy_abs()) or (0 if ka else a._exp - b._exp)
    c = (c > 0) - (c < 0)
    return -c if a._sign else c


def compare_total(self, other, context=None):
    return Decimal(_total(self, _operand(other)))


def compare_total_mag(self, other, context=None):
    return Decimal(_total(self.copy_abs(), _operand(other).copy_abs()))


def _extreme(sign, magnitude):
    def choose(self, other, context=None):
        other = _operand(other)
        context = context or getcontext()
        if _special(self) or _special(other):
            a, b = self._exp in ("n", "N"), other._exp in ("n", "N")
            if a or b:
                if "N" in (self._exp, other._exp) or a and b:
                    return _nan(self, other, context)
                return (other if a else self)._fix(context)
        c = (self.copy_abs()._cmp(other.copy_abs()) if magnitude else self._cmp(other)) or _total(self, other)
        return (self if c * sign >= 0 else other)._fix(context)
    return choose


_max, _min, max_mag, min_mag = _extreme(1, False), _extreme(-1, False), _extreme(1, True), _extreme(-1, True)


def _towards(direction):
    def neighbour(self, context=None):
        context = context or getcontext()
        ans = _nan(self, None, context)
        if ans is not None:
            return ans
        if self._exp == "F":
            if self._sign == (direction < 0):
                return self
            return _make(self._sign, 10 ** context.prec - 1, context.Etop())
        quiet = context.copy()
        quiet.rounding = ROUND_CEILING if direction > 0 else ROUND_FLOOR
        quiet.clear_flags()
        quiet.clear_traps()
        d = self._fix(quiet)
        if d != self:
            return d
        return self.__add__(_make(int(direction < 0), 1, context.Etiny() - 1), quiet)
    return neighbour


next_plus, next_minus = _towards(1), _towards(-1)


def next_toward(self, other, context=None):
    other = _operand(other)
    context = context or getcontext()
    ans = _nan(self, other, context)
    if ans is not None:
        return ans
    c = self._cmp(other)
    if c == 0:
        return self.copy_sign(other)
    ans = next_plus(self, context) if c < 0 else next_minus(self, context)
    if ans._exp == "F":
        for s in (Overflow, Inexact, Rounded):
            context.signal(s)
    elif ans.adjusted() < context.Emin:
        for s in (Underflow, Subnormal, Inexact, Rounded):
            context.signal(s)
        if not ans:
            context.signal(Clamped)
    return ans


def scaleb(self, other, context=None):
    other = _operand(other)
    context = context or getcontext()
    ans = _nan(self, other, context)
    if ans is not None:
        return ans
    if other._exp != 0 or abs(int(other)) > 2 * (context.Emax + context.prec):
        return _invalid(context)
    return self if self._exp == "F" else _make(self._sign, self._int, self._exp + int(other))._fix(context)


def _shifted(rotating):
    def operation(self, other, context=None):
        other = _operand(other)
        context = context or getcontext()
        ans = _nan(self, other, context)
        if ans is not None:
            return ans
        if other._exp != 0 or abs(int(other)) > context.prec:
            return _invalid(context)
        if self._exp == "F":
            return self
        n, p = int(other), context.prec
        digits = str(self._int).rjust(p, "0")[-p:]
        if rotating:
            digits = digits[n:] + digits[:n] if n >= 0 else digits[n:] + digits[:n]
        else:
            digits = (digits + "0" * n)[-p:] if n >= 0 else digits[:n] or "0"
        return _make(self._sign, int(digits), self._exp)
    return operation


shift, rotate = _shifted(False), _shifted(True)


def _logical(function):
    def operation(self, *other, context=None):
        context = context or getcontext()
        bits = []
        for x in (self, *map(_operand, other)):
            if x._sign or x._exp != 0 or set(str(x._int)) - {"0", "1"}:
                return _invalid(context)
            bits.append(int(str(x._int)[-context.prec:], 2))
        return _make(0, int(bin(function(*bits) & (1 << context.prec) - 1)[2:]), 0)
    return operation


def number_class(self, context=None):
    if _special(self):
        return "sNaN" if self._exp == "N" else "NaN" if self._exp == "n" else "-Infinity" if self._sign else "+Infinity"
    kind = "Zero" if not self._int else "Subnormal" if is_subnormal(self, context) else "Normal"
    return "+-"[self._sign] + kind


def is_normal(self, context=None):
    return not _special(self) and self._int != 0 and self.adjusted() >= (context or getcontext()).Emin


def is_subnormal(self, context=None):
    return not _special(self) and self._int != 0 and self.adjusted() < (context or getcontext()).Emin


def same_quantum(self, other, context=None):
    other = _operand(other)
    if _special(self) or _special(other):
        return self._exp == other._exp == "F" or {self._exp, other._exp} <= {"n", "N"}
    return self._exp == other._exp


_more = {
    "copy_abs": lambda self: _make(0, self._int, self._exp), "copy_negate": lambda self: _make(1 - self._sign, self._int, self._exp),
    "copy_sign": lambda self, other, context=None: _make(_operand(other)._sign, self._int, self._exp),
    "canonical": lambda self: self, "radix": lambda self: Decimal(10), "is_canonical": lambda self: True,
    "is_finite": lambda self: not _special(self), "is_infinite": lambda self: self._exp == "F",
    "is_nan": lambda self: self._exp in ("n", "N"), "is_qnan": lambda self: self._exp == "n", "is_snan": lambda self: self._exp == "N",
    "is_signed": lambda self: self._sign == 1, "is_zero": lambda self: self._zero(), "to_integral": to_integral_value,
    "logical_and": _logical(lambda a, b: a & b), "logical_or": _logical(lambda a, b: a | b), "logical_xor": _logical(lambda a, b: a ^ b),
    "logical_invert": _logical(lambda a: ~a),
}
for _f in (adjusted, quantize, _to_integral, to_integral_value, to_integral_exact, sqrt, exp, ln, log10, logb, fma, remainder_near, normalize,
           compare, compare_signal, compare_total, compare_total_mag, next_toward, scaleb, number_class, is_normal, is_subnormal, same_quantum):
    _more[_f.__name__] = _f
_more.update({"max": _max, "min": _min, "max_mag": max_mag, "min_mag": min_mag, "next_plus": next_plus, "next_minus": next_minus,
              "shift": shift, "rotate": rotate})
for _name, _f in _more.items():
    if _name != "_to_integral":
        _f.__name__, _f.__qualname__ = _name, "Decimal." + _name
    setattr(Decimal, _name, _f)


def _in_context(name, takes_context):
    method = getattr(Decimal, name)

    def operation(self, a, /, *others):
        a = _operand(a)
        if not takes_context:
            return method(a, *map(_operand, others))
        ans = method(a, *map(_operand, others), context=self)
        if ans is NotImplemented:
            raise TypeError("conversion from %s to Decimal is not supported" % type(others[0]).__name__)
        return ans
    return operation


for _name, _method in (("abs", "__abs__"), ("add", "__add__"), ("subtract", "__sub__"), ("multiply", "__mul__"), ("divide", "__truediv__"),
                       ("divide_int", "__floordiv__"), ("divmod", "__divmod__"), ("remainder", "__mod__"), ("minus", "__neg__"), ("plus", "__pos__"),
                       *((n, n) for n in _more)):
    if not _name.startswith("_") and _name not in ("adjusted", "radix"):
        setattr(Context, _name, _in_context(_method, _name not in (
            "copy_abs", "copy_negate", "canonical", "is_canonical", "is_finite", "is_infinite", "is_nan", "is_qnan", "is_snan", "is_signed", "is_zero")))


def _context_power(self, a, b, modulo=None):
    return _operand(a).__pow__(_operand(b), modulo if modulo is None else _operand(modulo), self)


def _to_sci_string(self, a, /):
    return _text.show(_operand(a), self.capitals)


def _to_eng_string(self, a, /):
    return _text.show(_operand(a), self.capitals, True)


Context.power, Context.to_sci_string, Context.to_eng_string, Context.copy_decimal = (
    _context_power, _to_sci_string, _to_eng_string, lambda self, a, /: _operand(a))
