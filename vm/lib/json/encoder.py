"""JSONEncoder. What writes is in Go (module _json)."""

from _json import encode as _encode, encode_basestring, encode_basestring_ascii

__all__ = ["JSONEncoder"]

INFINITY = float("inf")


class JSONEncoder:
    """Makes JSON texts of Python values."""

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
                 separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """A value that can be written instead of o; to be overridden."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The JSON text of o."""
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        return "".join(self.iterencode(o, _one_shot=True))

    def iterencode(self, o, _one_shot=False):
        """The JSON text of o, in pieces."""
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = " " * indent
        text = _encode(o, self.default, indent, self.key_separator, self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan,
                       self.ensure_ascii, self.check_circular)
        return (text,) if _one_shot else iter((text,))
