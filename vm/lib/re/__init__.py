"""Regular expressions. The parser, the matcher and their classes are in Go (module _re); this is what surrounds them."""

import _re
import enum as _enum
from _re import Match, Pattern, escape, finditer, findall, fullmatch, match, search

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape", "error", "Pattern",
           "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG",
           "RegexFlag", "PatternError"]

__version__ = "2.2.1"


class RegexFlag(_enum.IntFlag, boundary=_enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128

    def __repr__(self):
        value = int(self)
        if value < 0:
            value &= 511
        if not value:
            return "re.NOFLAG"
        parts = []
        for flag in RegexFlag.__members__.values():
            if flag.value & value:
                parts.append("re." + flag.name)
                value &= ~flag.value
        if value:
            parts.append(hex(value))
        return "|".join(parts)

    __str__ = object.__str__


for _name, _member in RegexFlag.__members__.items():
    globals()[_name] = _member
del _name, _member


class PatternError(Exception):
    """A mistake in a regular expression: its message, and where it is (msg, pattern, pos, lineno, colno)."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        else:
            self.lineno = self.colno = None
        super().__init__(msg)


error = PatternError

_cache = {}
_CACHE_SIZE = 512


def compile(pattern, flags=0):
    """Compile a regular expression."""
    if isinstance(flags, RegexFlag):
        flags = flags.value
    try:
        return _cache[type(pattern), pattern, flags]
    except (KeyError, TypeError):
        pass
    p = _re.compile(pattern, flags)
    if p is not pattern and not flags & 128:
        if len(_cache) >= _CACHE_SIZE:
            for key in _cache:
                break
            _cache.pop(key, None)
        try:
            _cache[type(pattern), pattern, flags] = p
        except TypeError:
            pass
    return p


def purge():
    """Forget the compiled expressions."""
    _cache.clear()
    _re.purge()


_missing = object()


def _positional(name, taken, args, names, values):
    """The values of arguments that should be keywords, when they were given by position."""
    import warnings
    if len(args) > len(names):
        raise TypeError("%s() takes from %d to %d positional arguments but %d were given" %
                        (name, taken, taken + len(names), taken + len(args)))
    values = list(values)
    for i, value in enumerate(args):
        if values[i] is not _missing:
            raise TypeError("%s() got multiple values for argument %r" % (name, names[i]))
        values[i] = value
    warnings.warn("%r is passed as positional argument" % names[0], DeprecationWarning, stacklevel=3)
    return values


def sub(pattern, repl, string, *args, count=_missing, flags=_missing):
    """Replace the matches of a pattern in a string by repl: a string with references to groups, or a function of the match."""
    if args:
        count, flags = _positional("sub", 3, args, ("count", "flags"), (count, flags))
    return compile(pattern, 0 if flags is _missing else flags).sub(repl, string, 0 if count is _missing else count)


def subn(pattern, repl, string, *args, count=_missing, flags=_missing):
    """As sub; the result is a tuple of the new string and the number of replacements."""
    if args:
        count, flags = _positional("subn", 3, args, ("count", "flags"), (count, flags))
    return compile(pattern, 0 if flags is _missing else flags).subn(repl, string, 0 if count is _missing else count)


def split(pattern, string, *args, maxsplit=_missing, flags=_missing):
    """The pieces of a string between the matches of a pattern, and the groups of these."""
    if args:
        maxsplit, flags = _positional("split", 2, args, ("maxsplit", "flags"), (maxsplit, flags))
    return compile(pattern, 0 if flags is _missing else flags).split(string, 0 if maxsplit is _missing else maxsplit)


class Scanner:
    """A lexer: a list of (pattern, action)."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        self._rules = [(compile(phrase, flags), action) for phrase, action in lexicon]

    def scan(self, string):
        result = []
        pos = 0
        self.match = None
        while True:
            for pattern, action in self._rules:
                m = pattern.match(string, pos)
                if m is not None:
                    break
            else:
                break
            end = m.end()
            if end == pos:
                break
            if callable(action):
                self.match = m
                action = action(self, m.group())
            if action is not None:
                result.append(action)
            pos = end
        return result, string[pos:]


def _pickle(p):
    return compile, (p.pattern, p.flags)


try:
    import copyreg as _copyreg
    _copyreg.pickle(Pattern, _pickle)
except ImportError:
    pass
