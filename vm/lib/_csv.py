"""Reading and writing comma-separated values: what module csv is made of."""

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

_dialects = {}
_limit = [131072]
_missing = object()


class Error(Exception):
    """What is wrong with a file or a row."""

    __module__ = "_csv"


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = Dialect(dialect, **fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=_missing):
    old = _limit[0]
    if new_limit is not _missing:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit[0] = new_limit
    return old


def _char(name, value, optional):
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise TypeError('"%s" must be string%s, not %s' % (name, " or None" if optional else "", type(value).__name__))
    if len(value) != 1:
        raise TypeError('"%s" must be a 1-character string' % name)
    return value


_NAMES = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")


class Dialect:
    """How a file is written: checked once, never changed."""

    __slots__ = ("_values",)
    __module__ = "_csv"

    def __new__(cls, dialect=None, **fmtparams):
        for name in fmtparams:
            if name not in _NAMES:
                raise TypeError("this function got an unexpected keyword argument '%s'" % name)
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if type(dialect) is cls and not any(v is not None for v in fmtparams.values()):
            return dialect

        def get(name, default):
            if name in fmtparams:
                return fmtparams[name]
            if dialect is not None:
                return getattr(dialect, name, default)
            return default

        quoting = get("quoting", _missing)
        delimiter = _char("delimiter", get("delimiter", ","), False)
        escapechar = _char("escapechar", get("escapechar", None), True)
        quotechar = _char("quotechar", get("quotechar", '"'), True)
        if quotechar is None and quoting is _missing:
            quoting = QUOTE_NONE
        if quoting is _missing:
            quoting = QUOTE_MINIMAL
        if type(quoting) is not int:
            if not isinstance(quoting, int):
                raise TypeError('"quoting" must be an integer')
        if not QUOTE_MINIMAL <= quoting <= QUOTE_NOTNULL:
            raise TypeError('bad "quoting" value')
        lineterminator = get("lineterminator", "\r\n")
        if lineterminator is None:
            raise TypeError("lineterminator must be set")
        if not isinstance(lineterminator, str):
            raise TypeError('"lineterminator" must be a string')
        if quoting != QUOTE_NONE and quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        space = bool(get("skipinitialspace", False))
        for name, c in (("delimiter", delimiter), ("escapechar", escapechar), ("quotechar", quotechar)):
            if c is not None and (c in "\n\r" or (c == " " and space and name != "delimiter")):
                raise ValueError("bad %s value" % name)
        pairs = (("delimiter", delimiter, "escapechar", escapechar), ("delimiter", delimiter, "quotechar", quotechar),
                 ("escapechar", escapechar, "quotechar", quotechar))
        for a, x, b, y in pairs:
            if x is not None and x == y:
                raise ValueError("bad %s or %s value" % (a, b))
        for a, x in (("delimiter", delimiter), ("escapechar", escapechar), ("quotechar", quotechar)):
            if x is not None and x in lineterminator:
                raise ValueError("bad %s or lineterminator value" % a)
        self = super().__new__(cls)
        object.__setattr__(self, "_values", (delimiter, bool(get("doublequote", True)), escapechar, lineterminator, quotechar, quoting, space,
                                             bool(get("strict", False))))
        return self

    def __setattr__(self, name, value):
        raise AttributeError("attribute '%s' of '_csv.Dialect' objects is not writable" % name)

    def __delattr__(self, name):
        raise AttributeError("attribute '%s' of '_csv.Dialect' objects is not writable" % name)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


for _i, _name in enumerate(_NAMES):
    setattr(Dialect, _name, property(lambda self, _i=_i: self._values[_i]))
del _i, _name

# States of a reader within a row.
_START_RECORD, _START_FIELD, _ESCAPED, _IN_FIELD, _IN_QUOTED, _ESCAPED_QUOTED, _QUOTE_IN_QUOTED, _EAT_CRNL, _AFTER_ESCAPED_CRNL = range(9)


class _Reader:
    """An iterator of rows."""

    def __init__(self, *args, **fmtparams):
        if not args:
            raise TypeError(" expected at least 1 argument, got 0")
        if len(args) > 2:
            raise TypeError(" expected at most 2 arguments, got %d" % len(args))
        self._lines = iter(args[0])
        self.dialect = Dialect(*args[1:], **fmtparams)
        self.line_num = 0

    def __iter__(self):
        return self

    def _save(self):
        field = "".join(self._field)
        self._field = []
        d = self._quoting
        if not self._quoted:
            if d == QUOTE_NONNUMERIC and self._number:
                self._fields.append(float(field))
                return
            if not field and d in (QUOTE_NOTNULL, QUOTE_STRINGS):
                self._fields.append(None)
                return
            if d == QUOTE_STRINGS:
                self._fields.append(float(field))
                return
        self._fields.append(field)

    def _add(self, c):
        if len(self._field) >= _limit[0]:
            raise Error("field larger than field limit (%d)" % _limit[0])
        self._field.append(c)

    def __next__(self):
        delimiter, doublequote, escapechar, _, quotechar, quoting, skip, strict = self.dialect._values
        self._quoting = quoting
        self._fields, self._field = [], []
        self._quoted = self._number = False
        state = _START_RECORD
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or state == _IN_QUOTED:
                    if strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    break
                raise
            if not isinstance(line, str):
                raise Error("iterator should return strings, not %s (the file should be opened in text mode)" % type(line).__name__)
            self.line_num += 1
            if state == _START_RECORD and escapechar is None and quotechar == '"' and quoting == QUOTE_MINIMAL and not skip and '"' not in line:
                row = line.rstrip("\r\n")
                if "\n" not in row and "\r" not in row and len(line) < _limit[0]:
                    return row.split(delimiter) if row else []
            for c in (*line, None):
                state = self._step(c, state, delimiter, doublequote, escapechar, quotechar, quoting, skip, strict)
            if state == _START_RECORD:
                break
        fields, self._fields = self._fields, None
        return fields

    def _step(self, c, state, delimiter, doublequote, escapechar, quotechar, quoting, skip, strict):
        if state == _START_RECORD:
            if c is None:
                return _START_RECORD
            if c in "\r\n":
                return _EAT_CRNL
            state = _START_FIELD
        if state == _START_FIELD:
            self._quoted = self._number = False
            if c is None or c in "\r\n":
                self._empty()
                return _START_RECORD if c is None else _EAT_CRNL
            if c == quotechar and quoting != QUOTE_NONE:
                self._quoted = True
                return _IN_QUOTED
            if c == escapechar:
                return _ESCAPED
            if c == " " and skip:
                return _START_FIELD
            if c == delimiter:
                self._empty()
                return _START_FIELD
            self._number = quoting == QUOTE_NONNUMERIC
            self._add(c)
            return _IN_FIELD
        if state == _ESCAPED:
            if c is None:
                c = "\n"
            elif c in "\r\n":
                self._add(c)
                return _AFTER_ESCAPED_CRNL
            self._add(c)
            return _IN_FIELD
        if state == _AFTER_ESCAPED_CRNL:
            if c is None:
                return state
            state = _IN_FIELD
        if state == _IN_FIELD:
            if c is None or c in "\r\n":
                self._save()
                return _START_RECORD if c is None else _EAT_CRNL
            if c == escapechar:
                return _ESCAPED
            if c == delimiter:
                self._save()
                return _START_FIELD
            self._add(c)
            return _IN_FIELD
        if state == _IN_QUOTED:
            if c is None:
                return state
            if c == escapechar:
                return _ESCAPED_QUOTED
            if c == quotechar and quoting != QUOTE_NONE:
                return _QUOTE_IN_QUOTED if doublequote else _IN_FIELD
            self._add(c)
            return state
        if state == _ESCAPED_QUOTED:
            self._add("\n" if c is None else c)
            return _IN_QUOTED
        if state == _QUOTE_IN_QUOTED:
            if quoting != QUOTE_NONE and c == quotechar:
                self._add(c)
                return _IN_QUOTED
            if c == delimiter:
                self._save()
                return _START_FIELD
            if c is None or c in "\r\n":
                self._save()
                return _START_RECORD if c is None else _EAT_CRNL
            if strict:
                raise Error("'%s' expected after '%s'" % (delimiter, quotechar))
            self._add(c)
            return _IN_FIELD
        if c is None:
            return _START_RECORD
        if c in "\r\n":
            return _EAT_CRNL
        raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")

    def _empty(self):
        """Save an empty field without quotes."""
        self._fields.append(None if self._quoting in (QUOTE_NOTNULL, QUOTE_STRINGS) else "")


_Reader.__name__ = _Reader.__qualname__ = "reader"
_Reader.__module__ = "_csv"


class _Writer:
    """Writes rows to a file."""

    def __init__(self, *args, **fmtparams):
        if not args:
            raise TypeError(" expected at least 1 argument, got 0")
        if len(args) > 2:
            raise TypeError(" expected at most 2 arguments, got %d" % len(args))
        write = getattr(args[0], "write", None)
        if write is None or not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write
        self.dialect = Dialect(*args[1:], **fmtparams)

    def _fieldtext(self, text, quoted):
        delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skip, strict = self.dialect._values
        special = [c for c in (delimiter, escapechar, quotechar) if c is not None]
        plain = True
        for c in special:
            if c in text:
                plain = False
        if plain and "\n" not in text and "\r" not in text:
            for c in lineterminator:
                if c in text:
                    plain = False
        else:
            plain = False
        if plain:
            return text, quoted
        out = []
        for c in text:
            if c == delimiter or c == escapechar or c == quotechar or c in "\n\r" or c in lineterminator:
                if quoting == QUOTE_NONE:
                    want = True
                else:
                    want = False
                    if c == quotechar:
                        if doublequote:
                            out.append(c)
                        else:
                            want = True
                    elif c == escapechar:
                        want = True
                    if not want:
                        quoted = True
                if want:
                    if escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(escapechar)
            out.append(c)
        return "".join(out), quoted

    def writerow(self, row):
        """Write a row; returns what the file's write returns."""
        delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skip, strict = self.dialect._values
        try:
            it = iter(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        parts = []
        nothing = False
        for field in it:
            if quoting == QUOTE_NONNUMERIC:
                quoted = not _isnumber(field)
            elif quoting == QUOTE_ALL:
                quoted = True
            elif quoting == QUOTE_STRINGS:
                quoted = isinstance(field, str)
            elif quoting == QUOTE_NOTNULL:
                quoted = field is not None
            else:
                quoted = False
            null = field is None
            text = "" if null else field if isinstance(field, str) else str(field)
            if not text and delimiter == " " and skip:
                if quoting == QUOTE_NONE or (null and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL)):
                    raise Error("empty field must be quoted if delimiter is a space and skipinitialspace is true")
                quoted = True
            text, quoted = self._fieldtext(text, quoted)
            nothing = not parts and not text and not quoted
            null_field = null
            parts.append(quotechar + text + quotechar if quoted else text)
        if len(parts) == 1 and nothing:
            if quoting == QUOTE_NONE or (null_field and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL)):
                raise Error("single empty field record must be quoted")
            parts[0] = quotechar + quotechar
        return self._write(delimiter.join(parts) + lineterminator)

    def writerows(self, rows):
        """Write rows."""
        for row in rows:
            self.writerow(row)


_Writer.__name__ = _Writer.__qualname__ = "writer"
_Writer.__module__ = "_csv"


def _isnumber(x):
    return hasattr(x, "__float__") or hasattr(x, "__index__")


def reader(*args, **fmtparams):
    """An iterator of the rows in the lines of an iterable."""
    return _Reader(*args, **fmtparams)


def writer(*args, **fmtparams):
    """A writer of rows to a file."""
    return _Writer(*args, **fmtparams)
