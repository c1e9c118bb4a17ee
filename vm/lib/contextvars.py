"""Variables that belong to a context; every thread has one of its own, and can run functions in copies of it."""

import threading

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

_local = threading.local()


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_missing = _Missing()


def _current():
    try:
        return _local.context
    except AttributeError:
        c = _local.context = Context()
        return c


class Context:
    """A mapping of variables to values."""

    def __init__(self):
        self._data = {}
        self._entered = False

    def run(self, callable, *args, **kwargs):
        if self._entered:
            raise RuntimeError("cannot enter context: %r is already entered" % self)
        outer = _current()
        self._entered, _local.context = True, self
        try:
            return callable(*args, **kwargs)
        finally:
            self._entered, _local.context = False, outer

    def copy(self):
        c = Context()
        c._data = dict(self._data)
        return c

    def _check(self, var):
        if not isinstance(var, ContextVar):
            raise TypeError("a ContextVar key was expected, got %r" % (var,))

    def __getitem__(self, var):
        self._check(var)
        return self._data[var]

    def __contains__(self, var):
        self._check(var)
        return var in self._data

    def get(self, var, default=None):
        self._check(var)
        return self._data.get(var, default)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._data == other._data

    __hash__ = None


def copy_context():
    return _current().copy()


class Token:
    """What a set has replaced, for reset."""
    MISSING = _missing

    def __init__(self, context, var, old):
        self._context = context
        self._var = var
        self._old = old
        self._used = False

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old

    def __repr__(self):
        return "<Token%s var=%r at 0x%x>" % (" used" if self._used else "", self._var, id(self))


class ContextVar:
    """A variable."""

    def __init__(self, name, *, default=_missing):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_missing):
        v = _current()._data.get(self, _missing)
        if v is _missing:
            v = default if default is not _missing else self._default
            if v is _missing:
                raise LookupError(self)
        return v

    def set(self, value):
        c = _current()
        token = Token(c, self, c._data.get(self, _missing))
        c._data[self] = value
        return token

    def reset(self, token):
        if token._used:
            raise RuntimeError("%r has already been used once" % token)
        if token._var is not self:
            raise ValueError("%r was created by a different ContextVar" % token)
        c = _current()
        if token._context is not c:
            raise ValueError("%r was created in a different Context" % token)
        token._used = True
        if token._old is _missing:
            c._data.pop(self, None)
        else:
            c._data[self] = token._old

    def __class_getitem__(cls, item):
        return cls

    def __repr__(self):
        default = "" if self._default is _missing else " default=%r" % (self._default,)
        return "<ContextVar name=%r%s at 0x%x>" % (self._name, default, id(self))
