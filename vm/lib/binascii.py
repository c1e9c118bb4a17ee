"""Conversion between binary data and ASCII (most of it is done by module _binascii)."""

from _binascii import (a2b_base64, a2b_hex, a2b_uu, b2a_base64, b2a_hex, b2a_uu, crc32, crc_hqx, hexlify, unhexlify)

__all__ = ["a2b_base64", "a2b_hex", "a2b_qp", "a2b_uu", "b2a_base64", "b2a_hex", "b2a_qp", "b2a_uu", "crc32", "crc_hqx", "hexlify",
           "unhexlify", "Error", "Incomplete"]


class Error(ValueError):
    """Data that cannot be converted."""


class Incomplete(Exception):
    """Data that ends too early."""


_HEX = b"0123456789ABCDEFabcdef"
_MAX = 76


def a2b_qp(data, header=False):
    """The bytes of quoted-printable data."""
    if isinstance(data, str):
        try:
            data = data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    data = bytes(data)
    out = bytearray()
    i, n = 0, len(data)
    while i < n:
        c = data[i]
        if c == 61:  # =
            i += 1
            if i >= n:
                break
            if data[i] in b"\n\r":
                while i < n and data[i] != 10:
                    i += 1
                i += 1
            elif data[i] == 61:
                out.append(61)
                i += 1
            elif i + 1 < n and data[i] in _HEX and data[i + 1] in _HEX:
                out.append(int(data[i:i + 2], 16))
                i += 2
            else:
                out.append(61)
        else:
            out.append(32 if header and c == 95 else c)
            i += 1
    return bytes(out)


def b2a_qp(data, quotetabs=False, istext=True, header=False):
    """Quoted-printable data of bytes."""
    data = bytes(data)
    crlf = data.find(b"\n") > 0 and data[data.find(b"\n") - 1] == 13
    out = bytearray()
    line, i, n = 0, 0, len(data)
    end = b"\r\n" if crlf else b"\n"
    while i < n:
        c = data[i]
        last = i + 1 == n
        if (c > 126 or c == 61 or (header and c == 95) or (c == 46 and line == 0 and (last or data[i + 1] in b"\n\r\0"))
                or (not istext and c in b"\r\n") or (c in b"\t " and last) or (c < 33 and c not in b"\r\n\t ")
                or (c < 33 and c not in b"\r\n" and (quotetabs or (not quotetabs and c not in b"\t ")))):
            if line + 3 >= _MAX:
                out += b"=" + end
                line = 0
            out += b"=%02X" % c
            line += 3
            i += 1
        elif istext and (c == 10 or (c == 13 and not last and data[i + 1] == 10)):
            if out and out[-1] in b" \t":
                ch = out[-1]
                out[-1:] = b"=%02X" % ch
            line = 0
            out += end
            i += 2 if c == 13 else 1
        else:
            if not last and data[i + 1] != 10 and line + 1 >= _MAX:
                out += b"=" + end
                line = 0
            line += 1
            out.append(95 if header and c == 32 else c)
            i += 1
    return bytes(out)
