"""Mathematical functions of complex numbers.

The formulas are Kahan's ("Branch cuts for complex elementary functions", 1987): each is chosen so that nothing cancels or overflows on
the way, and so that the sign of zero says on which side of a branch cut an argument lies."""

import math as _math
from math import e, inf, nan, pi, tau

infj, nanj = complex(0.0, inf), complex(0.0, nan)
_LARGE = 1.7976931348623157e308 / 4
_TINY = 1.4916681462400413e-154    # the square root of the smallest normal float
_LN2 = _math.log(2)


def _parts(z):
    if type(z) is not complex:
        if isinstance(z, str):
            raise TypeError("must be real number, not str")
        z = complex(z)
    return z.real, z.imag


def _finite(x, y):
    return _math.isfinite(x) and _math.isfinite(y)


def _checked(x, y, z):
    """The result, unless it has overflowed although the argument was finite."""
    if (_math.isinf(x) or _math.isinf(y)) and _finite(*_parts(z)):
        raise OverflowError("math range error")
    return complex(x, y)


def isfinite(z):
    """Whether both parts are finite."""
    return _finite(*_parts(z))


def isinf(z):
    """Whether a part is infinite."""
    x, y = _parts(z)
    return _math.isinf(x) or _math.isinf(y)


def isnan(z):
    """Whether a part is no number."""
    x, y = _parts(z)
    return _math.isnan(x) or _math.isnan(y)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    """Whether the numbers are about the same."""
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    a, b = complex(a), complex(b)
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    d = abs(a - b)
    return d <= rel_tol * abs(b) or d <= rel_tol * abs(a) or d <= abs_tol


def phase(z):
    """The angle, between -pi and pi."""
    x, y = _parts(z)
    return _math.atan2(y, x)


def polar(z):
    """The distance from zero and the angle."""
    x, y = _parts(z)
    r = _math.hypot(x, y)
    if _math.isinf(r) and _finite(x, y):
        raise OverflowError("math range error")
    return r, _math.atan2(y, x)


def rect(r, phi):
    """The number at a distance and an angle."""
    r, phi = float(r), float(phi)
    if not _math.isfinite(phi) and r != 0 and not _math.isnan(r) and not _math.isnan(phi):
        raise ValueError("math domain error")
    if not _finite(r, phi):
        if _math.isinf(r) and _math.isfinite(phi) and phi != 0:
            return complex(_math.copysign(inf, _math.cos(phi)) * _math.copysign(1, r), _math.copysign(inf, _math.sin(phi)) * _math.copysign(1, r))
        if r == 0:
            return complex(0.0, 0.0)
        return complex(r, phi * 0.0 if _math.isfinite(phi) else nan)
    if phi == 0:
        return complex(r, r * phi)
    return complex(r * _math.cos(phi), r * _math.sin(phi))


def sqrt(z):
    """The square root in the right half-plane."""
    x, y = _parts(z)
    if _math.isinf(y):
        return complex(inf, y)
    if _math.isinf(x):
        if x > 0:
            return complex(x, y if _math.isnan(y) else _math.copysign(0.0, y))
        return complex(nan if _math.isnan(y) else 0.0, _math.copysign(inf, y))
    if _math.isnan(x) or _math.isnan(y):
        return complex(nan, nan)
    if x == 0 and y == 0:
        return complex(0.0, y)
    ax, ay = abs(x), abs(y)
    if ax < 2.2250738585072014e-308 and ay < 2.2250738585072014e-308 and (ax > 0 or ay > 0):
        ax = _math.ldexp(ax, 53)    # both are subnormal
        s = _math.ldexp(_math.sqrt(ax + _math.hypot(ax, _math.ldexp(ay, 53))), -27)
    else:
        ax /= 8.0
        s = 2.0 * _math.sqrt(ax + _math.hypot(ax, ay / 8.0))
    d = ay / (2.0 * s)
    if x >= 0:
        return complex(s, _math.copysign(d, y))
    return complex(d, _math.copysign(s, y))


def exp(z):
    """e to the power of z."""
    x, y = _parts(z)
    if not _finite(x, y):
        if _math.isinf(x) and _math.isfinite(y):
            if y == 0:
                return complex(inf if x > 0 else 0.0, y)
            r = inf if x > 0 else 0.0
            return complex(_math.copysign(r, _math.cos(y)), _math.copysign(r, _math.sin(y)))
        if _math.isinf(x):
            if x < 0:
                return complex(0.0, _math.copysign(0.0, y))
            if _math.isinf(y):
                raise ValueError("math domain error")
            return complex(inf, nan)
        if _math.isinf(y):
            if _math.isnan(x):
                return complex(nan, nan)
            raise ValueError("math domain error")
        return complex(nan, y if y == 0 else nan)
    if x > 709.782712893384:
        r = _math.exp(x - 1.0)
        return _checked(r * _math.cos(y) * e, r * _math.sin(y) * e, z)
    r = _math.exp(x)
    return _checked(r * _math.cos(y), r * _math.sin(y), z)


def _logabs(x, y):
    """log of the distance from zero, precise near 1 as well."""
    ax, ay = abs(x), abs(y)
    if _math.isinf(ax) or _math.isinf(ay):
        return inf
    if ax > _LARGE or ay > _LARGE:
        return _math.log(_math.hypot(ax / 2.0, ay / 2.0)) + _LN2
    if ax < 2.2250738585072014e-308 and ay < 2.2250738585072014e-308:
        if ax == 0 and ay == 0:
            raise ValueError("math domain error")
        return _math.log(_math.hypot(_math.ldexp(ax, 53), _math.ldexp(ay, 53))) - 53 * _LN2
    h = _math.hypot(ax, ay)
    if 0.71 <= h <= 1.73:
        most, least = max(ax, ay), min(ax, ay)
        return _math.log1p((most - 1) * (most + 1) + least * least) / 2.0
    return _math.log(h)


def log(z, base=None):
    """The natural logarithm, or that to a base."""
    x, y = _parts(z)
    r = complex(_logabs(x, y), _math.atan2(y, x))
    if base is None:
        return r
    return r / log(base)


def log10(z):
    """The logarithm to base 10."""
    r = log(z)
    return complex(r.real / _math.log(10.0), r.imag / _math.log(10.0))


def _bounded(x, y):
    """The hyperbolic functions of arguments that are not finite: only what needs no table."""
    if _math.isinf(y) and not _math.isnan(x):
        raise ValueError("math domain error")


def cosh(z):
    """The hyperbolic cosine."""
    x, y = _parts(z)
    if not _finite(x, y):
        _bounded(x, y)
        if _math.isinf(x) and _math.isfinite(y):
            if y == 0:
                return complex(inf, _math.copysign(y, y) * _math.copysign(1.0, x))
            return complex(_math.copysign(inf, _math.cos(y)), _math.copysign(inf, _math.sin(y)) * _math.copysign(1.0, x))
        if _math.isinf(x):
            return complex(inf, nan)
        return complex(nan, 0.0 if x == 0 or y == 0 else nan)
    if abs(x) > 708:
        m = x - _math.copysign(1.0, x)
        return _checked(_math.cos(y) * _math.cosh(m) * e, _math.sin(y) * _math.sinh(m) * e, z)
    return _checked(_math.cos(y) * _math.cosh(x), _math.sin(y) * _math.sinh(x), z)


def sinh(z):
    """The hyperbolic sine."""
    x, y = _parts(z)
    if not _finite(x, y):
        _bounded(x, y)
        if _math.isinf(x) and _math.isfinite(y):
            if y == 0:
                return complex(x, y)
            return complex(_math.copysign(inf, _math.cos(y)) * _math.copysign(1.0, x), _math.copysign(inf, _math.sin(y)))
        if _math.isinf(x):
            return complex(inf, nan)
        return complex(0.0 if x == 0 else nan, y if y == 0 else nan)
    if abs(x) > 708:
        m = x - _math.copysign(1.0, x)
        return _checked(_math.cos(y) * _math.sinh(m) * e, _math.sin(y) * _math.cosh(m) * e, z)
    return _checked(_math.cos(y) * _math.sinh(x), _math.sin(y) * _math.cosh(x), z)


def tanh(z):
    """The hyperbolic tangent."""
    x, y = _parts(z)
    if not _finite(x, y):
        if _math.isinf(y) and _math.isfinite(x):
            raise ValueError("math domain error")
        if _math.isinf(x):
            if _math.isfinite(y):
                return complex(_math.copysign(1.0, x), _math.copysign(0.0, 2.0 * _math.sin(y) * _math.cos(y)))
            return complex(_math.copysign(1.0, x), 0.0)
        return complex(nan, y if y == 0 else nan)
    if abs(x) > 708:
        return complex(_math.copysign(1.0, x), 4.0 * _math.sin(y) * _math.cos(y) * _math.exp(-2.0 * abs(x)))
    tx, ty, cx = _math.tanh(x), _math.tan(y), 1.0 / _math.cosh(x)
    both = tx * ty
    d = 1.0 + both * both
    return complex(tx * (1.0 + ty * ty) / d, ((ty / d) * cx) * cx)


def _turned(f, z):
    """f(iz) / i."""
    x, y = _parts(z)
    r = f(complex(-y, x))
    return complex(r.imag, -r.real)


def cos(z):
    """The cosine."""
    x, y = _parts(z)
    return cosh(complex(-y, x))


def sin(z):
    """The sine."""
    return _turned(sinh, z)


def tan(z):
    """The tangent."""
    return _turned(tanh, z)


def acos(z):
    """The arc cosine."""
    x, y = _parts(z)
    if not _finite(x, y) or abs(x) > _LARGE or abs(y) > _LARGE:
        if _math.isnan(x) or _math.isnan(y):
            if _math.isinf(x) or _math.isinf(y):
                return complex(nan, inf if _math.isnan(x) else -inf) if not _math.isinf(y) else complex(nan, -y)
            return complex(pi / 2 if x == 0 else nan, nan)
        angle = _math.atan2(abs(y), x)
        return complex(angle, -_math.copysign(_logabs(x / 2.0, y / 2.0) + 2 * _LN2 if _finite(x, y) else inf, y))
    a, b = sqrt(complex(1.0 - x, -y)), sqrt(complex(1.0 + x, y))
    return complex(2.0 * _math.atan2(a.real, b.real), _math.asinh(b.real * a.imag - b.imag * a.real))


def acosh(z):
    """The inverse hyperbolic cosine."""
    x, y = _parts(z)
    if not _finite(x, y) or abs(x) > _LARGE or abs(y) > _LARGE:
        if _math.isnan(x) or _math.isnan(y):
            if _math.isinf(x) or _math.isinf(y):
                return complex(inf, nan)
            return complex(nan, nan)
        return complex(_logabs(x / 2.0, y / 2.0) + 2 * _LN2 if _finite(x, y) else inf, _math.atan2(y, x))
    a, b = sqrt(complex(x - 1.0, y)), sqrt(complex(x + 1.0, y))
    return complex(_math.asinh(a.real * b.real + a.imag * b.imag), 2.0 * _math.atan2(a.imag, b.real))


def asinh(z):
    """The inverse hyperbolic sine."""
    x, y = _parts(z)
    if not _finite(x, y) or abs(x) > _LARGE or abs(y) > _LARGE:
        if _math.isnan(x) or _math.isnan(y):
            if _math.isinf(x):
                return complex(x, nan)
            if _math.isinf(y):
                return complex(inf, nan)
            return complex(nan, y if y == 0 else nan)
        r = _logabs(x / 2.0, y / 2.0) + 2 * _LN2 if _finite(x, y) else inf
        return complex(_math.copysign(r, x), _math.atan2(y, abs(x)))
    a, b = sqrt(complex(1.0 + y, -x)), sqrt(complex(1.0 - y, x))
    return complex(_math.asinh(a.real * b.imag - b.real * a.imag), _math.atan2(y, a.real * b.real - a.imag * b.imag))


def asin(z):
    """The arc sine."""
    return _turned(asinh, z)


def atanh(z):
    """The inverse hyperbolic tangent."""
    x, y = _parts(z)
    if not _finite(x, y):
        if _math.isinf(y):
            return complex(_math.copysign(0.0, x), _math.copysign(pi / 2, y))
        if _math.isinf(x):
            return complex(_math.copysign(0.0, x), nan if _math.isnan(y) else _math.copysign(pi / 2, y))
        return complex(x if x == 0 else nan, nan)
    if x < 0 or x == 0 and _math.copysign(1.0, x) < 0:
        r = atanh(complex(-x, -y))
        return complex(-r.real, -r.imag)
    ay = abs(y)
    if x > 6.703903964971298e+153 or ay > 6.703903964971298e+153:
        h = _math.hypot(x / 2.0, y / 2.0)
        return complex(x / 4.0 / h / h, -_math.copysign(pi / 2, -y))
    if x == 1.0 and ay < _TINY:
        if ay == 0:
            raise ValueError("math domain error")
        return complex(-_math.log(_math.sqrt(ay) / _math.sqrt(_math.hypot(ay, 2.0))), _math.copysign(_math.atan2(2.0, -ay) / 2, y))
    return complex(_math.log1p(4.0 * x / ((1 - x) * (1 - x) + ay * ay)) / 4.0, -_math.atan2(-2.0 * y, (1 - x) * (1 + x) - ay * ay) / 2.0)


def atan(z):
    """The arc tangent."""
    return _turned(atanh, z)
