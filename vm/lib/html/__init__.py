"""HTML: escaping text and back."""

import re as _re
from _html import lookup as _lookup

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """Replace & < > (and quotes) by references."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


# What browsers make of numbers of Windows-1252 and others, by the standard.
_REPLACED = dict(zip(range(0x80, 0xA0), "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
                                        "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"))
_REPLACED[0] = "\ufffd"
_REPLACED[0x0D] = "\r"


def _invalid(num):
    return (1 <= num <= 8 or num == 0xB or 0xE <= num <= 0x1F or 0x7F <= num <= 0x9F or 0xFDD0 <= num <= 0xFDEF or
            num & 0xFFFE == 0xFFFE)


def _replace(m):
    s = m.group(1)
    if s[0] == "#":
        num = int(s[2:].rstrip(";"), 16) if s[1] in "xX" else int(s[1:].rstrip(";"))
        if num in _REPLACED:
            return _REPLACED[num]
        if 0xD800 <= num <= 0xDFFF or num > 0x10FFFF:
            return "\ufffd"
        return "" if _invalid(num) else chr(num)
    found = _lookup(s)
    if found is not None:
        return found
    for x in range(len(s) - 1, 1, -1):
        found = _lookup(s[:x])
        if found is not None:
            return found + s[x:]
    return "&" + s


_charref = _re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def unescape(s):
    """Replace references by their characters."""
    if "&" not in s:
        return s
    return _charref.sub(_replace, s)
