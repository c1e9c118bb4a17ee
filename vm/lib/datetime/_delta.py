"""Class timedelta: days, seconds and microseconds; exact but for the last microsecond of what floats say."""

import math as _math
from _static import static as _static

from . import _calc

_limit = 999999999
_day_us = 86400 * 10 ** 6
_units = (("microseconds", 1), ("milliseconds", 1000), ("seconds", 10 ** 6), ("minutes", 60 * 10 ** 6), ("hours", 3600 * 10 ** 6),
          ("days", _day_us), ("weeks", 7 * _day_us))


def _accumulate(values):
    """The sum in microseconds. The fractions of a microsecond are added up apart and rounded once, half to even."""
    total, rest = 0, 0.0
    for name, factor in _units:
        x = values[name]
        if isinstance(x, int):
            total += int(x) * factor
        elif isinstance(x, float):
            frac, whole = _math.modf(x)
            total += int(whole) * factor
            if frac:
                frac, whole = _math.modf(frac * factor)
                total += int(whole)
                rest += frac
        else:
            raise TypeError("unsupported type for timedelta %s component: %s" % (name, type(x).__name__))
    if rest:
        whole = int(_math.floor(rest + 0.5) if rest >= 0 else _math.ceil(rest - 0.5))
        if abs(whole - rest) == 0.5:
            odd = total & 1
            half = (rest + odd) * 0.5
            whole = 2 * int(_math.floor(half + 0.5) if half >= 0 else _math.ceil(half - 0.5)) - odd
        total += whole
    return total


class timedelta:
    """A length of time."""

    __module__ = "datetime"
    __slots__ = ("_days", "_seconds", "_microseconds")

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        return _make(cls, _accumulate({"days": days, "seconds": seconds, "microseconds": microseconds, "milliseconds": milliseconds,
                                       "minutes": minutes, "hours": hours, "weeks": weeks}))

    @property
    def days(self):
        return self._days

    @property
    def seconds(self):
        return self._seconds

    @property
    def microseconds(self):
        return self._microseconds

    def total_seconds(self):
        """The whole length in seconds."""
        return _us(self) / 10 ** 6

    def __repr__(self):
        parts = ["%s=%d" % (n, v) for n, v in (("days", self._days), ("seconds", self._seconds), ("microseconds", self._microseconds)) if v]
        cls = type(self)
        return "%s(%s)" % ("datetime.timedelta" if cls is timedelta else cls.__module__ + "." + cls.__qualname__, ", ".join(parts) or "0")

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        s = "%d:%02d:%02d" % (minutes // 60, minutes % 60, seconds)
        if self._days:
            s = "%d day%s, %s" % (self._days, "" if abs(self._days) == 1 else "s", s)
        if self._microseconds:
            s += ".%06d" % self._microseconds
        return s

    def __add__(self, other):
        if isinstance(other, timedelta):
            return _make(timedelta, _us(self) + _us(other))
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return _make(timedelta, _us(self) - _us(other))
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return _make(timedelta, _us(other) - _us(self))
        return NotImplemented

    def __neg__(self):
        return _make(timedelta, -_us(self))

    def __pos__(self):
        return _make(timedelta, _us(self))

    def __abs__(self):
        return _make(timedelta, abs(_us(self)))

    def __mul__(self, other):
        if isinstance(other, int):
            return _make(timedelta, _us(self) * int(other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _make(timedelta, _calc.divide_nearest(_us(self) * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return _us(self) // _nonzero(_us(other))
        if isinstance(other, int):
            return _make(timedelta, _us(self) // _nonzero(int(other)))
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            if not other:
                raise ZeroDivisionError("division by zero")
            return _us(self) / _us(other)
        if isinstance(other, int):
            return _make(timedelta, _calc.divide_nearest(_us(self), _nonzero(int(other))))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _make(timedelta, _calc.divide_nearest(_us(self) * b, _nonzero(a)))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return _make(timedelta, _us(self) % _nonzero(_us(other)))
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(_us(self), _nonzero(_us(other)))
            return q, _make(timedelta, r)
        return NotImplemented

    def __eq__(self, other):
        return _us(self) == _us(other) if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return _us(self) < _us(other) if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return _us(self) <= _us(other) if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return _us(self) > _us(other) if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return _us(self) >= _us(other) if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self._days, self._seconds, self._microseconds))

    def __bool__(self):
        return bool(self._days or self._seconds or self._microseconds)

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)


def _us(d):
    return (d._days * 86400 + d._seconds) * 10 ** 6 + d._microseconds


def _nonzero(n):
    if n == 0:
        raise ZeroDivisionError("integer division or modulo by zero")
    return n


def _make(cls, us):
    days, us = divmod(us, _day_us)
    if not -_limit <= days <= _limit:
        if not -2147483648 <= days <= 2147483647:
            raise OverflowError("Python int too large to convert to C int")
        raise OverflowError("days=%d; must have magnitude <= %d" % (days, _limit))
    self = object.__new__(cls)
    self._days = days
    self._seconds, self._microseconds = divmod(us, 10 ** 6)
    return self


timedelta.min = timedelta(-_limit)
timedelta.max = timedelta(_limit, 86399, 999999)
timedelta.resolution = timedelta(0, 0, 1)
_static(timedelta)
