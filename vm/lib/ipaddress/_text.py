"""Addresses as text and as numbers."""


class AddressValueError(ValueError):
    """The text or number is no address."""


class NetmaskValueError(ValueError):
    """The text is no mask."""


AddressValueError.__module__ = NetmaskValueError.__module__ = "ipaddress"


def _parse4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(".")
    if len(parts) != 4:
        raise AddressValueError("Expected 4 octets in %r" % text)
    n = 0
    for p in parts:
        try:
            n = n << 8 | _octet(p)
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None
    return n


def _octet(p):
    if not p:
        raise ValueError("Empty octet not permitted")
    if not (p.isascii() and p.isdigit()):
        raise ValueError("Only decimal digits permitted in %r" % p)
    if len(p) > 3:
        raise ValueError("At most 3 characters permitted in %r" % p)
    if p != "0" and p[0] == "0":
        raise ValueError("Leading zeros are not permitted in %r" % p)
    n = int(p, 10)
    if n > 255:
        raise ValueError("Octet %d (> 255) not permitted" % n)
    return n


def _text4(n):
    return ".".join(str(b) for b in n.to_bytes(4))


def _parse6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    if len(text) > 45:
        shorten = text[:42] + "..." if len(text) > 45 else text
        raise AddressValueError("At most 45 characters expected in %r" % shorten)
    parts = text.split(":", 9)
    if len(parts) < 3:
        raise AddressValueError("At least 3 parts expected in %r" % text)
    if "." in parts[-1]:
        try:
            n = _parse4(parts.pop())
        except AddressValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None
        parts += ["%x" % (n >> 16), "%x" % (n & 0xffff)]
    if len(parts) > 9:
        raise AddressValueError("At most 8 colons permitted in %r" % text)
    gap = None
    for i in range(1, len(parts) - 1):
        if not parts[i]:
            if gap is not None:
                raise AddressValueError("At most one '::' permitted in %r" % text)
            gap = i
    if gap is not None:
        high, low = gap, len(parts) - gap - 1
        if not parts[0]:
            high -= 1
            if high:
                raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        if not parts[-1]:
            low -= 1
            if low:
                raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        skipped = 8 - (high + low)
        if skipped < 1:
            raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
    else:
        if len(parts) != 8:
            raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
        if not parts[0]:
            raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        if not parts[-1]:
            raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        high, low, skipped = 8, 0, 0
    n = 0
    try:
        for i in range(high):
            n = n << 16 | _hextet(parts[i])
        n <<= 16 * skipped
        for i in range(-low, 0):
            n = n << 16 | _hextet(parts[i])
    except ValueError as e:
        raise AddressValueError("%s in %r" % (e, text)) from None
    return n


def _hextet(p):
    if not all(c in "0123456789abcdefABCDEF" for c in p):
        raise ValueError("Only hex digits permitted in %r" % p)
    if len(p) > 4:
        raise ValueError("At most 4 characters permitted in %r" % p)
    return int(p, 16)


def _text6(n):
    words = [n >> s & 0xffff for s in range(112, -16, -16)]
    best, length, i = -1, 1, 0
    while i < 8:
        j = i
        while j < 8 and not words[j]:
            j += 1
        if j - i > length:
            best, length = i, j - i
        i = j + 1
    if best < 0:
        return ":".join("%x" % w for w in words)
    return ":".join("%x" % w for w in words[:best]) + "::" + ":".join("%x" % w for w in words[best + length:])
