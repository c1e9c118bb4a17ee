"""Rational numbers, exact and in lowest terms."""

import math
import numbers
import operator
import sys

__all__ = ["Fraction"]

_P = sys.hash_info.modulus


def _digits(s, i):
    """Where the run of digits at s[i] ends; single underscores may stand between digits."""
    start = i
    while i < len(s) and (s[i].isdecimal() or s[i] == "_" and i > start and s[i - 1] != "_" and i + 1 < len(s) and s[i + 1].isdecimal()):
        i += 1
    return i


def _parse(text):
    """Numerator and denominator of a literal: 3, 3/4, 1.25, -7e-3; None when it is no such thing."""
    s = text.strip()
    i, sign = 0, 1
    if s[:1] in ("+", "-"):
        sign, i = (-1 if s[0] == "-" else 1), 1
    end = _digits(s, i)
    whole, i = s[i:end], end
    rest = s[i:].lstrip()
    if whole and rest[:1] == "/":
        rest = rest[1:].lstrip()
        if not rest or _digits(rest, 0) != len(rest):
            return None
        return sign * int(whole), int(rest)
    n, d = int(whole or 0), 1
    if s[i:i + 1] == ".":
        end = _digits(s, i + 1)
        part, i = s[i + 1:end].replace("_", ""), end
        if not whole and not part:
            return None
        d = 10 ** len(part)
        n = n * d + int(part or 0)
    elif not whole:
        return None
    if s[i:i + 1] in ("e", "E"):
        i += 1
        j = i + (s[i:i + 1] in ("+", "-"))
        end = _digits(s, j)
        if end == j:
            return None
        exp, i = int(s[i:end]), end
        if exp >= 0:
            n *= 10 ** exp
        else:
            d *= 10 ** -exp
    return (sign * n, d) if i == len(s) else None


def _round_to_exponent(n, d, exponent, no_neg_zero=False):
    """n/d in units of 10**exponent, half to even: whether it is negative, and how many units."""
    if exponent >= 0:
        d *= 10 ** exponent
    else:
        n *= 10 ** -exponent
    q, r = divmod(abs(n), d)
    if 2 * r > d or 2 * r == d and q & 1:
        q += 1
    return n < 0 and (q != 0 or not no_neg_zero), q


def _round_to_figures(n, d, figures):
    """n/d to that many significant figures: whether it is negative, the figures as an int, the exponent of the last one."""
    if n == 0:
        return False, 0, 1 - figures
    a, b = str(abs(n)), str(d)
    m = len(a) - len(b) + (a >= b)
    exponent = m - figures
    negative, sig = _round_to_exponent(n, d, exponent)
    if len(str(sig)) == figures + 1:
        sig //= 10
        exponent += 1
    return negative, sig, exponent


class _Spec:
    """A format specification, taken apart; ok is False when it does not have the grammar."""

    def __init__(self, spec, types):
        self.ok = False
        self.fill, self.align, i = " ", "", 0
        if len(spec) >= 2 and spec[1] in "<>=^":
            self.fill, self.align, i = spec[0], spec[1], 2
        elif spec[:1] and spec[0] in "<>=^":
            self.align, i = spec[0], 1
        self.sign, self.z, self.alt, self.zero = "-", False, False, False
        if spec[i:i + 1] and spec[i] in "+- ":
            self.sign, i = spec[i], i + 1
        if types and spec[i:i + 1] == "z":
            self.z, i = True, i + 1
        if spec[i:i + 1] == "#":
            self.alt, i = True, i + 1
        if types and spec[i:i + 1] == "0" and spec[i + 1:i + 2] in tuple("0123456789"):
            self.zero, i = True, i + 1
        start = i
        while spec[i:i + 1] in tuple("0123456789"):
            i += 1
            if spec[start] == "0":
                break
        self.width = int(spec[start:i] or 0)
        self.sep = ""
        if spec[i:i + 1] in (",", "_"):
            self.sep, i = spec[i], i + 1
        self.precision, self.type = 6, ""
        if types:
            if spec[i:i + 1] == ".":
                start = i = i + 1
                while spec[i:i + 1] in tuple("0123456789"):
                    i += 1
                if i == start:
                    return
                self.precision = int(spec[start:i])
            if spec[i:i + 1] not in tuple(types):
                return
            self.type, i = spec[i], i + 1
        self.ok = i == len(spec)

    def pad(self, sign, body):
        space = self.fill * (self.width - len(sign) - len(body))
        align = self.align or ">"
        if align == ">":
            return space + sign + body
        if align == "<":
            return sign + body + space
        if align == "^":
            half = len(space) // 2
            return space[:half] + sign + body + space[half:]
        return sign + space + body

    def mark(self, negative):
        return "-" if negative else "" if self.sign == "-" else self.sign


class Fraction(numbers.Rational):
    """A rational number. Made of two rationals, of a string, or of anything with as_integer_ratio()."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super(Fraction, cls).__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                n, d = numerator, 1
            elif isinstance(numerator, numbers.Rational):
                n, d = numerator.numerator, numerator.denominator
            elif isinstance(numerator, float) or not isinstance(numerator, (type, str)) and hasattr(numerator, "as_integer_ratio"):
                n, d = numerator.as_integer_ratio()
            elif isinstance(numerator, str):
                pair = _parse(numerator)
                if pair is None:
                    raise ValueError("Invalid literal for Fraction: %r" % numerator)
                n, d = pair
                if d == 0:
                    raise ZeroDivisionError("Fraction(%s, 0)" % n)
                g = math.gcd(n, d)
                n, d = n // g, d // g
            else:
                raise TypeError("argument should be a string or a Rational instance")
            self._numerator, self._denominator = n, d
            return self
        if type(numerator) is int is type(denominator):
            n, d = numerator, denominator
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            n = numerator.numerator * denominator.denominator
            d = denominator.numerator * numerator.denominator
        else:
            raise TypeError("both arguments should be Rational instances")
        if d == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % n)
        g = math.gcd(n, d)
        if d < 0:
            g = -g
        self._numerator, self._denominator = n // g, d // g
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a finite float or an int."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("%s.from_float() only takes floats, not %r (%s)" % (cls.__name__, f, type(f).__name__))
        return cls._from_coprime_ints(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a finite Decimal or an int."""
        from decimal import Decimal
        if isinstance(dec, numbers.Integral):
            dec = Decimal(int(dec))
        elif not isinstance(dec, Decimal):
            raise TypeError("%s.from_decimal() only takes Decimals, not %r (%s)" % (cls.__name__, dec, type(dec).__name__))
        return cls._from_coprime_ints(*dec.as_integer_ratio())

    @classmethod
    def _from_coprime_ints(cls, numerator, denominator, /):
        self = super(Fraction, cls).__new__(cls)
        self._numerator, self._denominator = numerator, denominator
        return self

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return (self._numerator, self._denominator)

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is at most max_denominator."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            if q0 + a * q1 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q0 + a * q1
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction._from_coprime_ints(p1, q1)
        return Fraction._from_coprime_ints(p0 + k * p1, q0 + k * q1)

    @property
    def numerator(a):
        return a._numerator

    @property
    def denominator(a):
        return a._denominator

    def __repr__(self):
        return "%s(%s, %s)" % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else "%s/%s" % (self._numerator, self._denominator)

    def __format__(self, spec, /):
        general = _Spec(spec, "")
        if general.ok:
            body = format(abs(self._numerator), general.sep)
            if self._denominator > 1 or general.alt:
                body += "/" + format(self._denominator, general.sep)
            return general.pad(general.mark(self._numerator < 0), body)
        f = _Spec(spec, "eEfFgG%")
        if not f.ok:
            raise ValueError("Invalid format specifier %r for object of type %r" % (spec, type(self).__name__))
        if f.zero and f.align:
            raise ValueError("Invalid format specifier %r for object of type %r"
                             % (spec, type(self).__name__))
        return self._format_as_float(f)

    def _format_as_float(self, f):
        n, d = self._numerator, self._denominator
        trim = f.type in "gG" and not f.alt
        exponential = False
        if f.type in "fF%":
            exponent = -f.precision
            if f.type == "%":
                exponent -= 2
            negative, sig = _round_to_exponent(n, d, exponent, f.z)
            point = f.precision
        else:
            figures = max(f.precision, 1) if f.type in "gG" else f.precision + 1
            negative, sig, exponent = _round_to_figures(n, d, figures)
            exponential = f.type in "eE" or exponent > 0 or exponent + figures <= -4
            point = figures - 1 if exponential else -exponent
        if f.type == "%":
            suffix = "%"
        elif exponential:
            suffix = "%s%+03d" % ("E" if f.type in "EG" else "e", exponent + point)
        else:
            suffix = ""
        digits = str(sig).zfill(point + 1)
        lead, frac = digits[:len(digits) - point], digits[len(digits) - point:]
        if trim:
            frac = frac.rstrip("0")
        tail = ("." if frac or f.alt else "") + frac + suffix
        sign = f.mark(negative)
        if f.zero:
            need = f.width - len(sign) - len(tail)
            lead = lead.zfill(3 * need // 4 + 1 if f.sep else need)
        if f.sep:
            first = 1 + (len(lead) - 1) % 3
            lead = lead[:first] + "".join(f.sep + lead[i:i + 3] for i in range(first, len(lead), 3))
        return f.pad(sign, lead + tail)

    def _operators(exact, fallback, complexes=True):
        def forward(a, b):
            if isinstance(b, Fraction):
                return exact(a, b)
            if isinstance(b, int):
                return exact(a, Fraction(b))
            if isinstance(b, float):
                return fallback(float(a), b)
            if complexes and isinstance(b, complex):
                return fallback(complex(a), b)
            return NotImplemented

        def reverse(b, a):
            if isinstance(a, numbers.Rational):
                return exact(Fraction(a), b)
            if isinstance(a, numbers.Real):
                return fallback(float(a), float(b))
            if complexes and isinstance(a, numbers.Complex):
                return fallback(complex(a), complex(b))
            return NotImplemented

        forward.__name__ = "__" + fallback.__name__ + "__"
        reverse.__name__ = "__r" + fallback.__name__ + "__"
        return forward, reverse

    def _add(a, b):
        # The common factor of the denominators first (Knuth 4.5.1): the products stay small.
        na, da, nb, db = a._numerator, a._denominator, b._numerator, b._denominator
        g = math.gcd(da, db)
        if g == 1:
            return Fraction._from_coprime_ints(na * db + da * nb, da * db)
        s = da // g
        t = na * (db // g) + nb * s
        g2 = math.gcd(t, g)
        return Fraction._from_coprime_ints(t // g2, s * (db // g2))

    def _sub(a, b):
        na, da, nb, db = a._numerator, a._denominator, b._numerator, b._denominator
        g = math.gcd(da, db)
        if g == 1:
            return Fraction._from_coprime_ints(na * db - da * nb, da * db)
        s = da // g
        t = na * (db // g) - nb * s
        g2 = math.gcd(t, g)
        return Fraction._from_coprime_ints(t // g2, s * (db // g2))

    def _mul(a, b):
        na, da, nb, db = a._numerator, a._denominator, b._numerator, b._denominator
        g, h = math.gcd(na, db), math.gcd(nb, da)
        return Fraction._from_coprime_ints((na // g) * (nb // h), (db // g) * (da // h))

    def _div(a, b):
        na, da, nb, db = a._numerator, a._denominator, b._numerator, b._denominator
        if nb == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % db)
        g, h = math.gcd(na, nb), math.gcd(db, da)
        n, d = (na // g) * (db // h), (nb // g) * (da // h)
        return Fraction._from_coprime_ints(-n, -d) if d < 0 else Fraction._from_coprime_ints(n, d)

    def _floordiv(a, b):
        return (a._numerator * b._denominator) // (a._denominator * b._numerator)

    def _divmod(a, b):
        da, db = a._denominator, b._denominator
        div, mod = divmod(a._numerator * db, da * b._numerator)
        return div, Fraction(mod, da * db)

    def _mod(a, b):
        da, db = a._denominator, b._denominator
        return Fraction((a._numerator * db) % (b._numerator * da), da * db)

    __add__, __radd__ = _operators(_add, operator.add)
    __sub__, __rsub__ = _operators(_sub, operator.sub)
    __mul__, __rmul__ = _operators(_mul, operator.mul)
    __truediv__, __rtruediv__ = _operators(_div, operator.truediv)
    __floordiv__, __rfloordiv__ = _operators(_floordiv, operator.floordiv, False)
    __divmod__, __rdivmod__ = _operators(_divmod, divmod, False)
    __mod__, __rmod__ = _operators(_mod, operator.mod, False)
    del _operators

    def __pow__(a, b):
        if isinstance(b, numbers.Rational):
            if b.denominator != 1:
                return float(a) ** float(b)
            n, d, power = a._numerator, a._denominator, b.numerator
            if power >= 0:
                return Fraction._from_coprime_ints(n ** power, d ** power)
            if n == 0:
                raise ZeroDivisionError("Fraction(%s, 0)" % d ** -power)
            if n < 0:
                n, d = -n, -d
            return Fraction._from_coprime_ints(d ** -power, n ** -power)
        if isinstance(b, (float, complex)):
            return float(a) ** b
        return NotImplemented

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        return a ** (b._numerator if b._denominator == 1 else float(b))

    def __pos__(a):
        return Fraction._from_coprime_ints(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction._from_coprime_ints(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction._from_coprime_ints(abs(a._numerator), a._denominator)

    def __int__(a, _index=operator.index):
        if a._numerator < 0:
            return _index(-(-a._numerator // a._denominator))
        return _index(a._numerator // a._denominator)

    def __trunc__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            negative, q = _round_to_exponent(self._numerator, self._denominator, 0)
            return -q if negative else q
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        # The same as for an int or a float of this value: numerator times the inverse of the denominator, modulo P.
        try:
            inverse = pow(self._denominator, -1, _P)
        except ValueError:
            h = sys.hash_info.inf
        else:
            h = hash(hash(abs(self._numerator)) * inverse)
        if self._numerator < 0:
            h = -h
        return -2 if h == -1 else h

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return 0.0 == b if math.isnan(b) or math.isinf(b) else a == a.from_float(b)
        return NotImplemented

    def _richcmp(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return op(0.0, other) if math.isnan(other) or math.isinf(other) else op(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._richcmp(b, operator.lt)

    def __gt__(a, b):
        return a._richcmp(b, operator.gt)

    def __le__(a, b):
        return a._richcmp(b, operator.le)

    def __ge__(a, b):
        return a._richcmp(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)

    def __reduce__(self):
        return (self.__class__, (self._numerator, self._denominator))

    def __copy__(self):
        return self if type(self) == Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()
