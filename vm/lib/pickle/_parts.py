"""What both directions share: errors, numbers as bytes, names of objects."""

import sys as _sys
from array import array as _array


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


class PickleBuffer:
    """A buffer that protocol 5 may leave out of the pickle."""

    def __init__(self, buffer):
        self._view = memoryview(buffer)

    def raw(self):
        return self._view

    def release(self):
        self._view.release()


def encode_long(x):
    """Two's complement, little-endian, as short as it can be; nothing for 0."""
    if x == 0:
        return b""
    n = (x.bit_length() >> 3) + 1
    data = x.to_bytes(n, "little", signed=True)
    if x < 0 and n > 1 and data[-1] == 255 and data[-2] & 128:
        data = data[:-1]
    return data


def pack_float(x):
    return _array("d", [x]).tobytes()[::-1]


def whichmodule(obj, name):
    """The module that an object is found in by its name."""
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in list(_sys.modules.items()):
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if get_attribute(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def get_attribute(obj, name):
    """What a dotted name stands for, and what has it."""
    parent = None
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError("Can't get local object %r" % name)
        try:
            parent, obj = obj, getattr(obj, part)
        except AttributeError:
            raise AttributeError("Can't get attribute %r on %r" % (name, obj)) from None
    return obj, parent


def raw_unicode(s):
    """The text of instruction UNICODE: escapes only where they are needed."""
    out = []
    for c in s:
        n = ord(c)
        if n > 0xffff:
            out.append("\\U%08x" % n)
        elif n > 0xff or c in "\\\0\n\r\x1a":
            out.append("\\u%04x" % n)
        else:
            out.append(c)
    return "".join(out).encode("latin-1")


def decode_long(data):
    return int.from_bytes(data, "little", signed=True)


def unpack_float(data):
    a = _array("d")
    a.frombytes(data[::-1])
    return a[0]


for _c in (PickleError, PicklingError, UnpicklingError, PickleBuffer):
    _c.__module__ = "pickle"
