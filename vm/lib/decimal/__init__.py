"""Decimal floating point: the General Decimal Arithmetic Specification (Cowlishaw)."""

import math as _math
import numbers as _numbers
import sys as _sys

from _static import static as _static

from . import _functions, _text
from ._context import *
from ._context import (BasicContext, Context, ConversionSyntax, DefaultContext, DivisionImpossible, DivisionUndefined, ExtendedContext,
                       SIGNALS, getcontext, localcontext, setcontext)
from ._rounding import cut as _cut
from ._rounding import fit as _fit
from collections import namedtuple as _namedtuple

__version__ = "1.70"
__libmpdec_version__ = "2.5.1"
HAVE_THREADS = HAVE_CONTEXTVAR = True

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent")
DecimalTuple.__module__ = "decimal"


def _from_tuple(value):
    """The parts of a Decimal that is given as (sign, digits, exponent)."""
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, e = value
    if sign not in (0, 1) or not isinstance(sign, int):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if e == "F":
        return int(sign), 0, "F"
    for d in digits:
        if not isinstance(d, int) or not 0 <= d <= 9:
            raise ValueError("coefficient must be a tuple of digits")
    if not isinstance(e, int) and e not in ("n", "N"):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    return int(sign), int("".join(map(str, digits)) or 0), e


_P = _sys.hash_info.modulus
_10INV = pow(10, _P - 2, _P)


def _make(sign, n, e):
    self = object.__new__(Decimal)
    self._sign, self._int, self._exp = sign, n, e
    return self


def _invalid(context, condition=InvalidOperation):
    context.signal(condition, InvalidOperation)
    return _make(0, 0, "n")


def _convert(x, equality=False):
    """An operand as a Decimal; NotImplemented for what is none."""
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        return _make(int(x < 0), abs(int(x)), 0)
    return NotImplemented


def _nan(self, other, context):
    """The NaN that an operation with a NaN results in, or None."""
    for x in (self, other):
        if x is not None and x._exp == "N":
            context.signal(InvalidOperation)
            return _make(x._sign, x._int, "n")._fix_nan(context)
    for x in (self, other):
        if x is not None and x._exp == "n":
            return x._fix_nan(context)
    return None


class Decimal:
    """A decimal number: sign, coefficient and exponent."""

    __slots__ = ("_sign", "_int", "_exp")
    __module__ = "decimal"

    def __new__(cls, value="0", context=None):
        if isinstance(value, str):
            parts = _text.parse(value)
            if parts is None:
                context = context or getcontext()
                parts = (0, 0, "n")
                context.signal(ConversionSyntax, InvalidOperation)
        elif isinstance(value, Decimal):
            if type(value) is cls is Decimal:
                return value
            parts = value._sign, value._int, value._exp
        elif isinstance(value, int):
            parts = int(value < 0), abs(int(value)), 0
        elif isinstance(value, float):
            (context or getcontext()).signal(FloatOperation)
            d = Decimal.from_float(value)
            parts = d._sign, d._int, d._exp
        elif isinstance(value, (tuple, list)):
            parts = _from_tuple(value)
        else:
            raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)
        self = object.__new__(cls)
        self._sign, self._int, self._exp = parts
        return self

    @classmethod
    def from_float(cls, f, /):
        """The exact value of a float or an int."""
        if isinstance(f, int):
            d = _make(int(f < 0), abs(int(f)), 0)
        elif isinstance(f, float):
            if _math.isnan(f) or _math.isinf(f):
                d = _make(int(_math.copysign(1, f) < 0), 0, "n" if _math.isnan(f) else "F")
            else:
                n, q = abs(f).as_integer_ratio()
                k = q.bit_length() - 1
                d = _make(int(_math.copysign(1, f) < 0), n * 5 ** k, -k)
        else:
            raise TypeError("argument must be int or float")
        return d if cls is Decimal else cls(d)

    def _special(self):
        return isinstance(self._exp, str)

    def _fix(self, context):
        if self._exp in ("n", "N"):
            return self._fix_nan(context)
        return self if self._exp == "F" else _fit(_make, self._sign, self._int, self._exp, context)

    def _fix_nan(self, context):
        most = context.prec - context.clamp
        return _make(self._sign, self._int % 10 ** most, self._exp) if len(str(self._int)) > most else self

    def as_tuple(self):
        if self._exp == "F":
            return DecimalTuple(self._sign, (0,), "F")
        digits = tuple(map(int, str(self._int))) if self._int or not self._special() else ()
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        if self._special():
            if self._exp == "F":
                raise OverflowError("cannot convert Infinity to integer ratio")
            raise ValueError("cannot convert NaN to integer ratio")
        n = -self._int if self._sign else self._int
        if self._exp >= 0:
            return n * 10 ** self._exp, 1
        d = 10 ** -self._exp
        g = _math.gcd(n, d)
        return n // g, d // g

    def __repr__(self):
        return "Decimal('%s')" % self

    def __str__(self):
        return _text.show(self, getcontext().capitals)

    def to_eng_string(self, context=None):
        return _text.show(self, (context or getcontext()).capitals, True)

    def __format__(self, spec, /):
        if not isinstance(spec, str):
            raise TypeError("format argument must be str")
        context = getcontext()
        return _text.format_decimal(self, spec, context.rounding, context.capitals)

    def __bool__(self):
        return self._special() or self._int != 0

    def __hash__(self):
        if self._special():
            if self._exp == "N":
                raise TypeError("Cannot hash a signaling NaN value")
            if self._exp == "n":
                return object.__hash__(self)
            return -_sys.hash_info.inf if self._sign else _sys.hash_info.inf
        h = self._int * (pow(10, self._exp, _P) if self._exp >= 0 else pow(_10INV, -self._exp, _P)) % _P
        h = -h if self._sign else h
        return -2 if h == -1 else h

    def __int__(self):
        if self._special():
            if self._exp == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -n if self._sign else n

    __trunc__ = __int__

    def __float__(self):
        if self._exp == "N":
            raise ValueError("cannot convert signaling NaN to float")
        return float("-nan" if self._sign else "nan") if self._exp == "n" else float(_text.show(self))

    def __complex__(self):
        return complex(float(self))

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def conjugate(self):
        return self

    def _integral(self, mode):
        if self._special():
            if self._exp == "F":
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        return int(self._to_integral(mode))

    def __floor__(self):
        return self._integral(ROUND_FLOOR)

    def __ceil__(self):
        return self._integral(ROUND_CEILING)

    def __round__(self, n=None):
        if n is None:
            return self._integral(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError("'%s' object cannot be interpreted as an integer" % type(n).__name__)
        return self.quantize(_make(0, 1, -n), ROUND_HALF_EVEN)

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __neg__(self, context=None):
        context = context or getcontext()
        return _nan(self, None, context) or _make(0 if self._zero() and context.rounding != ROUND_FLOOR else 1 - self._sign, self._int, self._exp)._fix(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        return _nan(self, None, context) or _make(0 if self._zero() and context.rounding != ROUND_FLOOR else self._sign, self._int, self._exp)._fix(context)

    def __abs__(self, context=None):
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def _zero(self):
        return self._int == 0 and not self._special()

    def __add__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if self._special() or other._special():
            ans = _nan(self, other, context)
            if ans is not None:
                return ans
            if self._exp == other._exp and self._sign != other._sign:
                return _invalid(context)
            return self if self._exp == "F" else other
        a, b, e = self, other, min(self._exp, other._exp)
        if not a._int or not b._int:
            if not a._int and not b._int:
                sign = a._sign & b._sign if a._sign == b._sign or context.rounding != ROUND_FLOOR else 1
                return _fit(_make, sign, 0, e, context)
            x = b if not a._int else a
            e = max(e, x._exp - context.prec - 1)
            if x._exp > e:
                return _fit(_make, x._sign, x._int * 10 ** (x._exp - e), e, context)
            return x._fix(context)
        # An operand far below the other's last digit counts as something tiny there.
        if a._exp < b._exp:
            a, b = b, a
        gap = a._exp + min(-1, len(str(a._int)) - context.prec - 2)
        if len(str(b._int)) + b._exp - 1 < gap:
            b, e = _make(b._sign, 1, gap), gap
        n = (-a._int if a._sign else a._int) * 10 ** (a._exp - e) + (-b._int if b._sign else b._int) * 10 ** (b._exp - e)
        sign = int(n < 0) if n else int(context.rounding == ROUND_FLOOR and a._sign != b._sign)
        return _fit(_make, sign, abs(n), e, context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        if self._exp in ("n", "N") or other._exp in ("n", "N"):
            return _nan(self, other, context or getcontext())
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other - self

    def __mul__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special() or other._special():
            ans = _nan(self, other, context)
            if ans is not None:
                return ans
            return _invalid(context) if self._zero() or other._zero() else _make(sign, 0, "F")
        return _fit(_make, sign, self._int * other._int, self._exp + other._exp, context)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special() or other._special():
            ans = _nan(self, other, context)
            if ans is not None:
                return ans
            if self._exp == other._exp:
                return _invalid(context)
            if self._exp == "F":
                return _make(sign, 0, "F")
            context.signal(Clamped)
            return _make(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                return _invalid(context, DivisionUndefined)
            context.signal(DivisionByZero)
            return _make(sign, 0, "F")
        ideal = self._exp - other._exp
        if not self._int:
            return _fit(_make, sign, 0, ideal, context)
        shift = max(len(str(other._int)) - len(str(self._int)) + context.prec + 1, 0)
        e = ideal - shift
        q, r = divmod(self._int * 10 ** shift, other._int)
        if r:
            q += q % 5 == 0
        else:
            while e < ideal and q % 10 == 0:
                q //= 10
                e += 1
        return _fit(_make, sign, q, e, context)

    def __rtruediv__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other / self

    def _divide(self, other, context):
        """(integer quotient, remainder) of finite numbers; None if the quotient has too many digits."""
        e = min(self._exp, other._exp)
        if not self._int or (self.adjusted() - other.adjusted() <= -2):
            return _make(self._sign ^ other._sign, 0, 0), _make(self._sign, self._int * 10 ** (self._exp - e) if self._exp - e < 10 ** 6 else self._int, e if self._exp - e < 10 ** 6 else self._exp)
        if self.adjusted() - other.adjusted() > context.prec:
            return None
        q, r = divmod(self._int * 10 ** (self._exp - e), other._int * 10 ** (other._exp - e))
        if q >= 10 ** context.prec:
            return None
        return _make(self._sign ^ other._sign, q, 0), _make(self._sign, r, e)

    def __divmod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        ans = _nan(self, other, context)
        if ans is not None:
            return ans, ans
        sign = self._sign ^ other._sign
        if self._exp == "F":
            return (_invalid(context) if other._exp == "F" else _make(sign, 0, "F")), _invalid(context)
        if other._exp == "F":
            return _make(sign, 0, 0), self._fix(context)
        if not other._int:
            if not self._int:
                return _invalid(context, DivisionUndefined), _invalid(context, DivisionUndefined)
            context.signals((InvalidOperation, DivisionByZero))
            return _make(sign, 0, "F"), _make(0, 0, "n")
        pair = self._divide(other, context)
        if pair is None:
            return _invalid(context, DivisionImpossible), _invalid(context, DivisionImpossible)
        return pair[0], pair[1]._fix(context)

    def __rdivmod__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else divmod(other, self)

    def __floordiv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if not self._special() and not other._special() and not other._int and self._int:
            context.signal(DivisionByZero)
            return _make(self._sign ^ other._sign, 0, "F")
        if self._exp == "F" and other._exp not in ("F", "n", "N"):
            return _make(self._sign ^ other._sign, 0, "F")
        return self.__divmod__(other, context)[0]

    def __rfloordiv__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other // self

    def __mod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if not self._special() and other._zero():
            return _invalid(context, InvalidOperation if self._int else DivisionUndefined)
        return self.__divmod__(other, context)[1]

    def __rmod__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other % self

    def __pow__(self, other, modulo=None, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            return _power_mod(self, other, modulo, context)
        return _power(self, other, context)

    def __rpow__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other ** self

    def _cmp(self, other):
        """-1, 0 or 1; no NaNs."""
        if self._special() or other._special():
            a = 0 if self._exp != "F" else -1 if self._sign else 1
            b = 0 if other._exp != "F" else -1 if other._sign else 1
            return (a > b) - (a < b)
        if not self._int or not other._int:
            a = 0 if not self._int else -1 if self._sign else 1
            b = 0 if not other._int else -1 if other._sign else 1
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        a, b = self.adjusted(), other.adjusted()
        if a == b:
            e = min(self._exp, other._exp)
            a, b = self._int * 10 ** (self._exp - e), other._int * 10 ** (other._exp - e)
        return ((a > b) - (a < b)) * (-1 if self._sign else 1)

    def _comparable(self, other, equality):
        if isinstance(other, float):
            context = getcontext()
            if equality:
                dict.__setitem__(context.flags, FloatOperation, True)
            else:
                context.signal(FloatOperation)
            return self, Decimal.from_float(other)
        if equality and isinstance(other, complex) and other.imag == 0:
            dict.__setitem__(getcontext().flags, FloatOperation, True)
            return self, Decimal.from_float(other.real)
        if isinstance(other, _numbers.Rational) and not isinstance(other, int):
            if self._special():
                return self, _make(0, 0, 0)
            return _make(self._sign, self._int * other.denominator, self._exp), _convert(int(other.numerator))
        return self, _convert(other)

    def __eq__(self, other):
        a, b = self._comparable(other, True)
        if b is NotImplemented:
            return b
        if a._exp in ("n", "N") or b._exp in ("n", "N"):
            if "N" in (a._exp, b._exp):
                getcontext().signal(InvalidOperation)
            return False
        return a._cmp(b) == 0

    def _order(self, other):
        a, b = self._comparable(other, False)
        if b is NotImplemented:
            return b
        if a._exp in ("n", "N") or b._exp in ("n", "N"):
            getcontext().signal(InvalidOperation)
            return None
        return a._cmp(b)

    def __lt__(self, other):
        c = self._order(other)
        return c if c is NotImplemented else c is not None and c < 0

    def __le__(self, other):
        c = self._order(other)
        return c if c is NotImplemented else c is not None and c <= 0

    def __gt__(self, other):
        c = self._order(other)
        return c if c is NotImplemented else c is not None and c > 0

    def __ge__(self, other):
        c = self._order(other)
        return c if c is NotImplemented else c is not None and c >= 0


from ._methods import power as _power, power_mod as _power_mod  # noqa: E402  (they need the class)

_static(Decimal)
_static(Context)
_numbers.Number.register(Decimal)
