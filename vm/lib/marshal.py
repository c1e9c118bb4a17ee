"""Values of the plain types as bytes: CPython's format. Writes no references; reads those that CPython writes."""

import struct as _struct

version = 4
_unpack_int = _struct.Struct("<i").unpack_from
_pack_int = _struct.Struct("<i").pack
_END = object()


def _size(n):
    if n > 0x7fffffff:
        raise ValueError("unmarshallable object")
    return _pack_int(n)


def _number(n):
    if -1 << 31 <= n < 1 << 31:
        return b"i" + _pack_int(n)
    digits, rest = [], abs(n)
    while rest:
        digits.append(rest & 0x7fff)
        rest >>= 15
    return b"l" + _pack_int(-len(digits) if n < 0 else len(digits)) + _struct.pack("<%dH" % len(digits), *digits)


def _items(code, x, out, depth):
    out.append(code + _size(len(x)))
    for item in x:
        _dump(item, out, depth)


def _dump(x, out, depth):
    if depth > 2000:
        raise ValueError("object too deeply nested to marshal")
    depth += 1
    cls = type(x)
    if x is None:
        out.append(b"N")
    elif cls is bool:
        out.append(b"T" if x else b"F")
    elif x is ...:
        out.append(b".")
    elif x is StopIteration:
        out.append(b"S")
    elif cls is int:
        out.append(_number(x))
    elif cls is float:
        out.append(b"g" + _struct.pack("<d", x))
    elif cls is complex:
        out.append(b"y" + _struct.pack("<dd", x.real, x.imag))
    elif cls is str:
        data = x.encode("utf-8", "surrogatepass")
        out.append(b"u" + _size(len(data)) + data)
    elif cls is tuple:
        _items(b"(", x, out, depth)
    elif cls is list:
        _items(b"[", x, out, depth)
    elif cls is dict:
        out.append(b"{")
        for k, v in x.items():
            _dump(k, out, depth)
            _dump(v, out, depth)
        out.append(b"0")
    elif cls is set:
        _items(b"<", x, out, depth)
    elif cls is frozenset:
        _items(b">", x, out, depth)
    else:
        try:
            data = bytes(memoryview(x))
        except TypeError:
            raise ValueError("unmarshallable object") from None
        out.append(b"s" + _size(len(data)) + data)


class _Reader:
    def __init__(self, data):
        self.data, self.at, self.refs = bytes(memoryview(data)), 0, []

    def take(self, n):
        if n < 0 or self.at + n > len(self.data):
            raise EOFError("marshal data too short")
        self.at += n
        return self.data[self.at - n:self.at]

    def size(self):
        return _unpack_int(self.take(4))[0]

    def load(self):
        code = self.take(1)[0]
        kind, keep = chr(code & 0x7f), code & 0x80
        place = len(self.refs)
        if keep:
            self.refs.append(None)
        x = self.value(kind, place if keep else -1)
        if keep:
            self.refs[place] = x
        return x

    def item(self):
        x = self.load()
        if x is _END:
            raise TypeError("NULL object in marshal data for object")
        return x

    def value(self, kind, place):
        match kind:
            case "N":
                return None
            case "T":
                return True
            case "F":
                return False
            case "0":
                return _END
            case ".":
                return ...
            case "S":
                return StopIteration
            case "i":
                return self.size()
            case "l":
                n = self.size()
                digits = _struct.unpack("<%dH" % abs(n), self.take(2 * abs(n)))
                x = sum(d << 15 * i for i, d in enumerate(digits))
                return -x if n < 0 else x
            case "g":
                return _struct.unpack("<d", self.take(8))[0]
            case "y":
                return complex(*_struct.unpack("<dd", self.take(16)))
            case "s":
                return self.take(self.size())
            case "u" | "t":
                return self.take(self.size()).decode("utf-8", "surrogatepass")
            case "a" | "A":
                return self.take(self.size()).decode("latin-1")
            case "z" | "Z":
                return self.take(self.take(1)[0]).decode("latin-1")
            case "(":
                return tuple([self.item() for _ in range(self.size())])
            case ")":
                return tuple([self.item() for _ in range(self.take(1)[0])])
            case "[":
                x = []
                if place >= 0:
                    self.refs[place] = x
                for _ in range(self.size()):
                    x.append(self.item())
                return x
            case "{":
                x = {}
                if place >= 0:
                    self.refs[place] = x
                while (k := self.load()) is not _END:
                    x[k] = self.item()
                return x
            case "<":
                return {self.item() for _ in range(self.size())}
            case ">":
                return frozenset([self.item() for _ in range(self.size())])
            case "r":
                n = self.size()
                if not 0 <= n < len(self.refs):
                    raise ValueError("bad marshal data (invalid reference)")
                return self.refs[n]
        raise ValueError("bad marshal data (unknown type code)")


def dumps(value, version=version, /, *, allow_code=True):
    """The bytes of a value."""
    out = []
    _dump(value, out, 0)
    return b"".join(out)


def loads(data, /, *, allow_code=True):
    """The value of some bytes; what follows it is ignored."""
    x = _Reader(data).load()
    if x is _END:
        raise TypeError("NULL object in marshal data for object")
    return x


def dump(value, file, version=version, /, *, allow_code=True):
    """Write a value to a file."""
    file.write(dumps(value))


def load(file, /, *, allow_code=True):
    """Read a value from a file, which is left behind it."""
    start = file.tell()
    reader = _Reader(file.read())
    x = reader.load()
    file.seek(start + reader.at)
    if x is _END:
        raise TypeError("NULL object in marshal data for object")
    return x
