"""Square roots, exponentials and logarithms, correctly rounded: integers in fixed point, with as many digits as it takes until both ends
of the interval that the result is in round to the same number (Ziv)."""

import math


def _round(n, drop):
    """n without its last digits, half to even."""
    if drop <= 0:
        return n * 10 ** -drop
    q, r = divmod(n, 10 ** drop)
    half = 5 * 10 ** (drop - 1)
    return q + (r > half or r == half and q & 1)


def _exp_fixed(x, one):
    """exp of x/one for 0 <= x < 3*one, to within a few units."""
    k = max(1, int(math.isqrt(one.bit_length())))
    x >>= k
    term = total = one
    n = 1
    while term:
        term = term * x // (one * n)
        total += term
        n += 1
    for _ in range(k):
        total = total * total // one
    return total


def _ln_fixed(x, one):
    """The natural logarithm of x/one, 1 <= x/one <= 10: square roots first, then the series of artanh."""
    k = max(2, int(math.isqrt(one.bit_length())) // 2)
    for _ in range(k):
        x = math.isqrt(x * one)
    z = (x - one) * one // (x + one)
    square = z * z // one
    total, n, power = 0, 1, z
    while power:
        total += power // n
        power = power * square // one
        n += 2
    return total << k + 1


def _ln10_fixed(one):
    return _ln_fixed(10 * one, one)


def _guarded(digits):
    """The fixed-point unit for results good to that many digits, and the digits that are guessed."""
    guard = 12 + int(digits ** 0.5) * 2
    return 10 ** (digits + guard), guard


def _settle(prec, approximate):
    """Raise the working precision until the value rounds to prec figures without doubt: (coefficient, exponent)."""
    work = prec + 3
    for attempt in range(8):
        n, error, exponent = approximate(work)
        drop = len(str(abs(n))) - prec
        lo, hi = _round(n - error, drop), _round(n + error, drop)
        if lo == hi:
            break
        work += prec // 2 + 10
    else:
        lo = _round(n, drop)
    if len(str(lo)) > prec:
        lo, drop = lo // 10, drop + 1
    return lo, exponent + drop


def _scaled(c, e, one_digits):
    return c * 10 ** (e + one_digits) if e + one_digits >= 0 else c // 10 ** -(e + one_digits)


def exp(sign, c, e, prec):
    """exp of (-1)**sign * c * 10**e."""
    magnitude = max(len(str(c)) + e, 0)

    def approximate(digits):
        one, guard = _guarded(digits + magnitude)
        w = len(str(one)) - 1
        x = _scaled(c, e, w)
        if sign:
            x = -x
        ln10 = _ln10_fixed(one)
        k, r = divmod(x, ln10)
        return _exp_fixed(r, one), 10 ** (guard - 4), k - w

    return _settle(prec, approximate)


def _log(c, e, digits):
    """ln of c * 10**e in fixed point: value, unit, guard digits."""
    n = len(str(c))
    near = n + e in (0, 1)
    one, guard = _guarded(digits + len(str(abs(n + e))) + (n if near else 0))
    w = len(str(one)) - 1
    x = c * 10 ** (w - n + 1) if w >= n - 1 else c // 10 ** (n - 1 - w)
    return _ln_fixed(x, one) + (n + e - 1) * _ln10_fixed(one), one, guard


def ln(c, e, prec):
    """The natural logarithm of c * 10**e; it is not 1."""
    def approximate(digits):
        value, one, guard = _log(c, e, digits)
        return value, 10 ** (guard - 4), -(len(str(one)) - 1)

    return _signed(prec, approximate)


def log10(c, e, prec):
    """The decimal logarithm of c * 10**e; it is no power of ten."""
    def approximate(digits):
        value, one, guard = _log(c, e, digits)
        return value * one // _ln10_fixed(one), 10 ** (guard - 4), -(len(str(one)) - 1)

    return _signed(prec, approximate)


def _signed(prec, approximate):
    """(sign, coefficient, exponent) of what may be negative."""
    sign = []

    def positive(digits):
        n, error, exponent = approximate(digits)
        sign[:] = [n < 0]
        return abs(n), error, exponent

    coefficient, exponent = _settle(prec, positive)
    return coefficient, exponent, int(sign[0])


def power(c, e, ysign, yc, ye, prec):
    """(c * 10**e) ** y through logarithms."""
    def approximate(digits):
        magnitude = max(len(str(yc)) + ye, 0) + len(str(abs(e) + len(str(c)))) + 2
        value, one, guard = _log(c, e, digits + magnitude + 6)
        w = len(str(one)) - 1
        x = _scaled(value * yc, ye, 0)
        if ysign:
            x = -x
        ln10 = _ln10_fixed(one)
        k, r = divmod(x, ln10)
        return _exp_fixed(r, one), 10 ** (guard + magnitude + 3), k - w

    return _settle(prec, approximate)


def sqrt(c, e, prec):
    """(coefficient, exponent, exact) of a square root, with one more figure if it is not exact: that one is never 0 or 5."""
    ideal = e >> 1
    if e & 1:
        c *= 10
        e -= 1
    length = (len(str(c)) + 1) // 2
    shift = prec + 1 - length
    exponent = (e >> 1) - shift
    if shift >= 0:
        c *= 100 ** shift
        exact = True
    else:
        c, rest = divmod(c, 100 ** -shift)
        exact = not rest
    n = math.isqrt(c)
    exact = exact and n * n == c
    if exact:
        while exponent < ideal and n % 10 == 0:
            n //= 10
            exponent += 1
        if exponent > ideal:
            n *= 10 ** (exponent - ideal)
            exponent = ideal
    elif n % 5 == 0:
        n += 1
    return n, exponent, exact
