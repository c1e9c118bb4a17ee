"""Constants and templates of strings."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable", "punctuation",
           "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

import sys as _sys
if _sys.version_info[0] == 2:
    letters, lowercase, uppercase = ascii_letters, ascii_lowercase, ascii_uppercase

    def join(words, sep=" "):
        return sep.join(words)

    def split(s, sep=None, maxsplit=-1):
        return s.split(sep, maxsplit)

    def replace(s, old, new, maxreplace=-1):
        return s.replace(old, new, maxreplace)

    def atoi(s, base=10):
        return int(s, base)

    def atof(s):
        return float(s)

    def maketrans(a, b):
        if len(a) != len(b):
            raise ValueError("maketrans arguments must have same length")
        table = [chr(i) for i in range(256)]
        for x, y in zip(a, b):
            table[ord(x)] = y
        return "".join(table)

    for _n in ("upper", "lower", "strip", "lstrip", "rstrip", "find", "rfind", "index", "count", "zfill", "ljust", "rjust", "center", "capitalize"):
        globals()[_n] = (lambda n: lambda s, *args: getattr(s, n)(*args))(_n)


def capwords(s, sep=None):
    """Capitalise the words."""
    return (sep or " ").join(w.capitalize() for w in s.split(sep))


class Template:
    """Strings with $-substitutions."""
    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"

    def __init__(self, template):
        self.template = template

    def _scan(self):
        """The pieces: (text, None) or (whole, name); name "" is an invalid placeholder."""
        s, d = self.template, self.delimiter
        i = 0
        while True:
            j = s.find(d, i)
            if j < 0:
                yield s[i:], None, i
                return
            yield s[i:j], None, i
            k = j + len(d)
            if s.startswith(d, k):
                yield d, None, j
                i = k + len(d)
                continue
            brace = s[k:k + 1] == "{"
            k += brace
            e = k
            while e < len(s) and s[e].isascii() and (s[e] == "_" or s[e].isalnum()) and not (e == k and s[e].isdigit()):
                e += 1
            name = s[k:e]
            if brace:
                if s[e:e + 1] != "}":
                    name = ""
                e += 1
            if not name:
                yield d, "", j
                i = j + len(d)
            else:
                yield s[j:e], name, j
                i = e

    def _invalid(self, pos):
        before = self.template[:pos].splitlines(keepends=True)
        lineno = max(len(before), 1)
        colno = pos - len("".join(before[:-1])) + 1 if before else 1
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (lineno, colno))

    def substitute(self, mapping={}, /, **kws):
        out = []
        for text, name, pos in self._scan():
            if name is None:
                out.append(text)
            elif not name:
                self._invalid(pos)
            else:
                out.append(str(kws[name] if name in kws else mapping[name]))
        return "".join(out)

    def safe_substitute(self, mapping={}, /, **kws):
        out = []
        for text, name, pos in self._scan():
            if name and (name in kws or name in mapping):
                text = str(kws[name] if name in kws else mapping[name])
            out.append(text)
        return "".join(out)

    def is_valid(self):
        return all(name != "" for _, name, _ in self._scan())

    def get_identifiers(self):
        names = []
        for _, name, _ in self._scan():
            if name and name not in names:
                names.append(name)
        return names


class Formatter:
    """What str.format does, open to change."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if field is None:
                continue
            first = field.replace("[", ".").split(".")[0]
            if first == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto) + field
                auto += 1
            elif first.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            obj, key = self.get_field(field, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return "".join(out), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in "sra":
            return {"s": str, "r": repr, "a": ascii}[conversion](value)
        raise ValueError("Unknown conversion specifier %s" % conversion)

    def parse(self, s):
        i = 0
        text = ""
        while i < len(s):
            c = s[i]
            i += 1
            if c in "{}":
                if s[i:i + 1] == c:
                    text += c
                    i += 1
                    continue
                if c == "}":
                    raise ValueError("Single '}' encountered in format string")
                depth, start = 1, i
                while i < len(s) and depth:
                    depth += {"{": 1, "}": -1}.get(s[i], 0)
                    i += 1
                if depth:
                    raise ValueError("expected '}' before end of string")
                body = s[start:i - 1]
                j, square = 0, 0
                while j < len(body) and (square or body[j] not in ":!"):
                    square += {"[": 1, "]": -1}.get(body[j], 0)
                    j += 1
                field, rest, conversion = body[:j], body[j:], None
                if rest.startswith("!"):
                    conversion, rest = rest[1:2], rest[2:]
                yield text, field, rest[1:], conversion
                text = ""
            else:
                text += c
        if text:
            yield text, None, None, None

    def get_field(self, field_name, args, kwargs):
        i = 0
        while i < len(field_name) and field_name[i] not in ".[":
            i += 1
        first, rest = field_name[:i], field_name[i:]
        if first.isdigit():
            first = int(first)
        obj = self.get_value(first, args, kwargs)
        while rest:
            if rest[0] == ".":
                j = 1
                while j < len(rest) and rest[j] not in ".[":
                    j += 1
                obj, rest = getattr(obj, rest[1:j]), rest[j:]
            else:
                j = rest.index("]")
                key = rest[1:j]
                obj, rest = obj[int(key) if key.isdigit() else key], rest[j + 1:]
        return obj, first
