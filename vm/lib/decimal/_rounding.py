"""Rounding of coefficients, and what the precision and the exponents of a context make of a result."""

from ._context import Clamped, Inexact, Overflow, Rounded, Subnormal, Underflow


def cut(n, drop, mode, sign, sticky=False):
    """(n without its last digits, rounded; whether that lost anything). sticky: there is more after the last digit."""
    q, r = divmod(n, 10 ** drop)
    if not r and not sticky:
        return q, False
    half = 5 * 10 ** (drop - 1)
    if mode == "ROUND_HALF_EVEN":
        up = r > half or r == half and (sticky or q & 1)
    elif mode == "ROUND_HALF_UP":
        up = r >= half
    elif mode == "ROUND_HALF_DOWN":
        up = r > half or r == half and sticky
    elif mode == "ROUND_UP":
        up = True
    elif mode == "ROUND_DOWN":
        up = False
    elif mode == "ROUND_CEILING":
        up = not sign
    elif mode == "ROUND_FLOOR":
        up = bool(sign)
    else:
        up = q % 10 in (0, 5)
    return q + up, True


def fit(make, sign, n, e, context):
    """A finite result in a context; make(sign, coefficient, exponent) makes it."""
    etiny, etop = context.Emin - context.prec + 1, context.Emax - context.prec + 1
    if n == 0:
        top = etop if context.clamp else context.Emax
        clamped = min(max(e, etiny), top)
        if clamped != e:
            context.signal(Clamped)
        return make(sign, 0, clamped)
    size = len(str(n))
    low = size + e - context.prec
    if low > etop:
        return _overflow(make, sign, context)
    subnormal = low < etiny
    if subnormal:
        low = etiny
    if e < low:
        drop = low - e
        if drop > size:
            n, inexact = cut(0, 1, context.rounding, sign, True)
        else:
            n, inexact = cut(n, drop, context.rounding, sign)
        e = low
        if n == 10 ** context.prec:
            n //= 10
            e += 1
        if e > etop:
            return _overflow(make, sign, context)
        found = [Rounded]
        if inexact:
            found.append(Inexact)
        if subnormal:
            found.append(Subnormal)
            if inexact:
                found.append(Underflow)
        if n == 0:
            found.append(Clamped)
        context.signals(found)
        return make(sign, n, e)
    if subnormal:
        context.signal(Subnormal)
    if context.clamp and e > etop:
        context.signal(Clamped)
        return make(sign, n * 10 ** (e - etop), etop)
    return make(sign, n, e)


def _overflow(make, sign, context):
    context.signals((Overflow, Inexact, Rounded))
    mode = context.rounding
    if mode in ("ROUND_DOWN", "ROUND_05UP") or mode == "ROUND_CEILING" and sign or mode == "ROUND_FLOOR" and not sign:
        return make(sign, 10 ** context.prec - 1, context.Emax - context.prec + 1)
    return make(sign, 0, "F")
