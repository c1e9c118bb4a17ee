"""Decimals from and to text."""

from ._rounding import cut


def parse(text):
    """(sign, coefficient, exponent) of a literal; the exponent is F, n or N for infinities and NaNs. None if it is none."""
    s = text.strip().replace("_", "")
    sign, i = 0, 0
    if s[:1] in ("+", "-"):
        sign, i = int(s[0] == "-"), 1
    body = s[i:].lower()
    if body in ("inf", "infinity"):
        return sign, 0, "F"
    for name, kind in (("snan", "N"), ("nan", "n")):
        if body.startswith(name):
            payload = body[len(name):]
            if payload and not payload.isdecimal():
                return None
            return sign, int(payload or 0), kind
    digits, _, exp = body.partition("e")
    if _ and not (exp[1:] if exp[:1] in ("+", "-") else exp).isdecimal():
        return None
    whole, dot, frac = digits.partition(".")
    if not (whole + frac).isdecimal() or "+" in digits or "-" in digits:
        return None
    return sign, int(whole + frac), int(exp or 0) - len(frac)


def show(d, capitals=1, engineering=False):
    """The text of a decimal: scientific notation where the exponent is positive or the number very small."""
    sign = "-" if d._sign else ""
    if d._exp == "F":
        return sign + "Infinity"
    if d._exp in ("n", "N"):
        return sign + ("NaN" if d._exp == "n" else "sNaN") + (str(d._int) if d._int else "")
    digits = str(d._int)
    left = d._exp + len(digits)
    if d._exp <= 0 and left > -6:
        point = left
    elif not engineering:
        point = 1
    elif d._int == 0:
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    if point <= 0:
        text = "0." + "0" * -point + digits
    elif point >= len(digits):
        text = digits + "0" * (point - len(digits))
    else:
        text = digits[:point] + "." + digits[point:]
    if left != point:
        text += ("E" if capitals else "e") + "%+d" % (left - point)
    return sign + text


def _specification(spec):
    """The parts of a format specification; ValueError if it is none."""
    f = {"fill": " ", "align": "", "sign": "-", "z": False, "alt": False, "sep": "", "precision": None, "type": ""}
    i = 0
    if len(spec) >= 2 and spec[1] in "<>=^":
        f["fill"], f["align"], i = spec[0], spec[1], 2
    elif spec[:1] and spec[0] in "<>=^":
        f["align"], i = spec[0], 1
    if spec[i:i + 1] and spec[i] in "+- ":
        f["sign"], i = spec[i], i + 1
    if spec[i:i + 1] == "z":
        f["z"], i = True, i + 1
    if spec[i:i + 1] == "#":
        f["alt"], i = True, i + 1
    f["zero"] = False
    if spec[i:i + 1] == "0":
        if f["align"]:
            raise ValueError("invalid format string")
        f["zero"], f["fill"], f["align"], i = True, "0", "=", i + 1
    j = i
    while spec[j:j + 1].isdecimal():
        j += 1
    f["width"], i = int(spec[i:j] or 0), j
    if spec[i:i + 1] and spec[i] in ",":
        f["sep"], i = spec[i], i + 1
    if spec[i:i + 1] == ".":
        j = i + 1
        while spec[j:j + 1].isdecimal():
            j += 1
        if j == i + 1:
            raise ValueError("invalid format string")
        f["precision"], i = int(spec[i + 1:j]), j
    if spec[i:i + 1] and spec[i] in "eEfFgGn%":
        f["type"], i = spec[i], i + 1
    if i != len(spec):
        raise ValueError("invalid format string")
    return f


def _padded(f, sign, body):
    space = f["fill"] * (f["width"] - len(sign) - len(body))
    align = f["align"] or ">"
    if align == "<":
        return sign + body + space
    if align == ">":
        return space + sign + body
    if align == "=":
        return sign + space + body
    half = len(space) // 2
    return space[:half] + sign + body + space[half:]


def format_decimal(d, spec, rounding, capitals):
    f = _specification(spec)
    kind = f["type"]
    negative = d._sign
    if d._exp in ("F", "n", "N"):
        body = show(d, capitals).lstrip("-") + ("%" if kind == "%" else "")
        if f["zero"]:
            f["fill"], f["align"] = " ", ">"
        return _padded(f, "-" if negative else "" if f["sign"] == "-" else f["sign"], body)
    n, e = d._int, d._exp
    kind = kind or ("G" if capitals else "g")
    if kind == "n":
        kind = "g"
    if kind == "%":
        e += 2
    precision = f["precision"]
    if precision is not None:
        if kind in "eE":
            drop = len(str(n)) - (precision + 1) if n else 0
        elif kind in "fF%":
            drop = -precision - e
        else:
            drop = len(str(n)) - max(precision, 1)
        if drop > 0:
            if drop > len(str(n)):
                n, _ = cut(0, 1, rounding, negative, n != 0)
            else:
                n, _ = cut(n, drop, rounding, negative)
            e += drop
            if kind not in "fF%" and len(str(n)) > max(precision + (kind in "eE"), 1):
                n, e = n // 10, e + 1
        elif kind in "fF%" and drop < 0 or kind in "eE" and drop < 0:
            n, e = n * 10 ** -drop, e + drop
    if n == 0 and e > 0 and kind in "fF%":
        e = 0
    if f["z"] and n == 0 and negative:
        negative = 0
    digits = str(n)
    left = e + len(digits)
    if kind in "eE":
        point = 1 - precision if n == 0 and precision is not None else 1
    elif kind in "fF%":
        point = left
    elif e <= 0 and left > -6:
        point = left
    else:
        point = 1
    if point < 0:
        whole, frac = "0", "0" * -point + digits
    elif point > len(digits):
        whole, frac = digits + "0" * (point - len(digits)), ""
    else:
        whole, frac = digits[:point] or "0", digits[point:]
    shift = left - point
    tail = ("." if frac or f["alt"] else "") + frac
    if shift or kind in "eE":
        tail += ("E" if kind in "EG" else "e") + "%+d" % shift
    if kind == "%":
        tail += "%"
    sign = "-" if negative else "" if f["sign"] == "-" else f["sign"]
    if f["sep"]:
        least = f["width"] - len(sign) - len(tail) if f["zero"] else 0
        whole = _grouped(whole, f["sep"], least)
    return _padded(f, sign, whole + tail)


def _grouped(whole, sep, least):
    groups = []
    while whole or least > 0:
        size = min(max(len(whole), least, 1), 3)
        groups.append("0" * (size - len(whole)) + whole[-size:])
        whole = whole[:-size]
        least -= size + len(sep)
        if not whole and least <= 0:
            break
    return sep.join(reversed(groups))
