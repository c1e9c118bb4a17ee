"""Print data structures over several lines."""

import sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._repr(object, (), 0)


def isreadable(object):
    return "<" not in saferepr(object)


def isrecursive(object):
    return "<Recursion on " in saferepr(object)


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent, self._width, self._depth, self._stream = indent, width, depth, stream
        self._compact, self._sort, self._underscores = compact, sort_dicts, underscore_numbers

    def pprint(self, object):
        (self._stream or sys.stdout).write(self.pformat(object) + "\n")

    def pformat(self, object):
        return self._format(object, 0, 0, (), 0)

    def _items(self, d):
        items = list(d.items())
        if self._sort:
            items.sort(key=lambda kv: _Key(kv[0]))
        return items

    def _recursion(self, o):
        return "<Recursion on %s with id=%s>" % (type(o).__name__, id(o))

    def _repr(self, o, context, level):
        t = type(o)
        if t is int and self._underscores:
            return format(o, "_d")
        if t.__repr__ in (list.__repr__, tuple.__repr__, dict.__repr__) and o:
            if id(o) in context:
                return self._recursion(o)
            if self._depth and level >= self._depth:
                return {list: "[...]", tuple: "(...)", dict: "{...}"}.get(t, "...")
            inner = context + (id(o),)
            if isinstance(o, dict):
                return "{%s}" % ", ".join("%s: %s" % (self._repr(k, inner, level + 1), self._repr(v, inner, level + 1)) for k, v in self._items(o))
            parts = [self._repr(x, inner, level + 1) for x in o]
            if isinstance(o, list):
                return "[%s]" % ", ".join(parts)
            return "(%s%s)" % (", ".join(parts), "," if len(parts) == 1 else "")
        return repr(o)

    def _format(self, o, indent, allowance, context, level):
        if id(o) in context:
            return self._recursion(o)
        rep = self._repr(o, context, level)
        if len(rep) <= self._width - indent - allowance:
            return rep
        inner = context + (id(o),)
        r = type(o).__repr__
        if self._depth and level >= self._depth:
            return rep
        if r is dict.__repr__ and o:
            return self._dict(o, indent, allowance, inner, level + 1, "{", "}")
        if r is list.__repr__ and o:
            return "[" + self._seq(o, indent, allowance + 1, inner, level + 1) + "]"
        if r is tuple.__repr__ and o:
            end = ",)" if len(o) == 1 else ")"
            return "(" + self._seq(o, indent, allowance + len(end), inner, level + 1) + end
        if r in (set.__repr__, frozenset.__repr__) and o:
            items = sorted(o, key=_Key)
            if type(o) is set:
                return "{" + self._seq(items, indent, allowance + 1, inner, level + 1) + "}"
            name = type(o).__name__ + "({"
            return name + self._seq(items, indent + len(type(o).__name__) + 1, allowance + 2, inner, level + 1) + "})"
        if r is str.__repr__ and o:
            return self._str(o, indent, allowance, level + 1)
        from collections import OrderedDict, defaultdict, Counter, deque
        if isinstance(o, defaultdict):
            head = "defaultdict(%s,\n%s" % (self._repr(o.default_factory, inner, level + 1), " " * (indent + 12))
            return head + self._dict(o, indent + 12, allowance + 1, inner, level + 1, "{", "}") + ")"
        if isinstance(o, Counter):
            n = len(type(o).__name__) + 1
            return type(o).__name__ + "(" + self._dict(dict(o.most_common()), indent + n, allowance + 1, inner, level + 1, "{", "}", False) + ")"
        if isinstance(o, OrderedDict):
            n = len(type(o).__name__) + 1
            items = list(o.items())
            return type(o).__name__ + "([" + self._seq(items, indent + n, allowance + 2, inner, level + 1) + "])"
        if isinstance(o, deque):
            n = len(type(o).__name__) + 1
            return type(o).__name__ + "([" + self._seq(o, indent + n, allowance + 2, inner, level + 1) + "])"
        if getattr(type(o), "__dataclass_params__", None) is not None and type(o).__dataclass_params__.repr and "__repr__" in type(o).__dict__:
            from dataclasses import fields
            name = type(o).__name__
            pad = indent + len(name) + 1
            parts = []
            fs = [f for f in fields(o) if f.repr]
            for i, f in enumerate(fs):
                last = i == len(fs) - 1
                parts.append("%s=%s" % (f.name, self._format(getattr(o, f.name), pad + len(f.name) + 1, allowance if last else 1, inner, level + 1)))
            return name + "(" + (",\n" + " " * pad).join(parts) + ")"
        return rep

    def _dict(self, o, indent, allowance, context, level, left, right, sort=True):
        items = self._items(o) if sort else list(o.items())
        pad = indent + self._indent
        parts = []
        for i, (k, v) in enumerate(items):
            rep = self._repr(k, context, level)
            last = i == len(items) - 1
            parts.append(rep + ": " + self._format(v, pad + len(rep) + 2, allowance + 1 if last else 1, context, level))
        return left + " " * (self._indent - 1) + (",\n" + " " * pad).join(parts) + right

    def _seq(self, items, indent, allowance, context, level):
        pad = indent + self._indent
        items = list(items)
        head = " " * (self._indent - 1)
        if not self._compact:
            parts = [self._format(x, pad, allowance if i == len(items) - 1 else 1, context, level) for i, x in enumerate(items)]
            return head + (",\n" + " " * pad).join(parts)
        out, width = head, self._width - pad + 1
        room, sep = width, ""
        for i, x in enumerate(items):
            last = i == len(items) - 1
            rep = self._repr(x, context, level)
            w = len(rep) + 2
            limit = allowance if last else 0
            if sep and room - limit < w:
                room = width
                out, sep = out + ",\n" + " " * pad, ""
            if room - limit >= w:
                room -= w
                out, sep = out + sep + rep, ", "
                continue
            out += sep + self._format(x, pad, allowance if last else 1, context, level)
            out, sep, room = out, ",\n" + " " * pad, width
        return out

    def _str(self, s, indent, allowance, level):
        import re
        chunks = []
        lines = s.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        limit = self._width - indent
        for i, line in enumerate(lines):
            rep = repr(line)
            last_line = i == len(lines) - 1
            if len(rep) <= limit - (allowance if last_line else 0):
                chunks.append(rep)
                continue
            parts = re.findall(r"\S*\s*", line)
            if parts and not parts[-1]:
                parts.pop()
            current = ""
            for j, part in enumerate(parts):
                candidate = current + part
                room = limit - (allowance if j == len(parts) - 1 and last_line else 0)
                if len(repr(candidate)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            return chunks[0]
        text = ("\n" + " " * indent).join(chunks)
        return "(" + text + ")" if level == 1 else text


class _Key:
    """Orders what cannot be compared by type and identity."""
    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))
