"""Class date, and what isocalendar() returns."""

import time as _time
from _static import static as _static

from . import _calc, _text
from ._calc import MISSING
from ._delta import timedelta


@_static
class IsoCalendarDate(tuple):
    """(year, week, weekday) with names."""

    __module__ = "datetime"
    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return "datetime.IsoCalendarDate(year=%s, week=%s, weekday=%s)" % tuple(self)


class date:
    """A day of the calendar."""

    __module__ = "datetime"
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year=MISSING, month=MISSING, day=MISSING, *more):
        if more:
            raise TypeError("function takes at most 3 arguments (%d given)" % (3 + len(more)))
        if month is MISSING and isinstance(year, (bytes, str)) and len(year) == 4:
            state = year.encode("latin1") if isinstance(year, str) else year
            if 1 <= state[2] <= 12:
                return _make(cls, state[0] << 8 | state[1], state[2], state[3])
        _calc.required(("year", year), ("month", month), ("day", day))
        return _make(cls, *_calc.check_date(year, month, day))

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """The local date of a POSIX time."""
        y, m, d = local_time(whole_seconds(timestamp))[:3]
        return cls(y, m, d)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        """The date of a day's number; 1 January of year 1 is day 1."""
        return cls(*ordinal_date(ordinal))

    @classmethod
    def fromisoformat(cls, date_string, /):
        def read(s):
            if len(s) not in (7, 8, 10):
                raise ValueError
            return _text.parse_date(s)
        return cls(*_text.parsed(read, date_string))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_calc.from_ordinal(_calc.from_iso_calendar(year, week, day)))

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def __repr__(self):
        return "%s(%d, %d, %d)" % (class_name(self), self._year, self._month, self._day)

    def isoformat(self):
        """YYYY-MM-DD."""
        return "%04d-%02d-%02d" % (self._year, self._month, self._day)

    __str__ = isoformat

    def ctime(self):
        return "%s %s %2d 00:00:00 %04d" % (_calc.DAYNAMES[self.isoweekday()], _calc.MONTHNAMES[self._month], self._day, self._year)

    def strftime(self, format):
        if not isinstance(format, str):
            raise TypeError("strftime() argument 1 must be str, not %s" % type(format).__name__)
        return _text.strftime(self, format, self.timetuple())

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError("__format__() argument 1 must be str, not %s" % type(format).__name__)
        return self.strftime(format) if format else str(self)

    def timetuple(self):
        return time_tuple(self, 0, 0, 0, -1)

    def toordinal(self):
        return _calc.to_ordinal(self._year, self._month, self._day)

    def weekday(self):
        """0 for Monday to 6."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """1 for Monday to 7."""
        return (self.toordinal() + 6) % 7 + 1

    def isocalendar(self):
        return IsoCalendarDate(*_calc.iso_calendar(self._year, self._month, self._day))

    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month, self._day if day is None else day)

    __replace__ = replace

    def __add__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(shifted(self.toordinal(), other._days))
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(shifted(self.toordinal(), -other._days))
        if isinstance(other, date) and plain(other):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self):
        return self._year, self._month, self._day

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, date) and plain(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, date) and plain(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, date) and plain(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, date) and plain(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, date) and plain(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __reduce__(self):
        return type(self), (bytes((self._year >> 8, self._year & 255, self._month, self._day)),)


def plain(x):
    """It is no datetime: the two do not compare."""
    return not hasattr(x, "_hour")


def _make(cls, year, month, day):
    self = object.__new__(cls)
    self._year, self._month, self._day = year, month, day
    return self


def class_name(x):
    """The class's name in a repr: classes of this module with it, and others as they are called."""
    cls = type(x)
    return cls.__module__ + "." + cls.__qualname__ if cls.__module__ == "datetime" else cls.__name__


def ordinal_date(n):
    n = _calc.c_int(n)
    if n < 1:
        raise ValueError("ordinal must be >= 1")
    if n > _calc.MAXORDINAL:
        raise ValueError("year %d is out of range" % _calc.from_ordinal(n)[0])
    return _calc.from_ordinal(n)


def shifted(ordinal, days):
    n = ordinal + days
    if not 0 < n <= _calc.MAXORDINAL:
        raise OverflowError("date value out of range")
    return n


def time_tuple(d, hour, minute, second, dst):
    n = d.toordinal()
    return _time.struct_time((d._year, d._month, d._day, hour, minute, second, (n + 6) % 7, n - _calc.days_before_year(d._year), dst))


def whole_seconds(t):
    """A POSIX time without its fraction, rounded down."""
    if isinstance(t, float):
        if t != t:
            raise ValueError("Invalid value NaN (not a number)")
        if not -2.0 ** 63 <= t < 2.0 ** 63:
            raise OverflowError("timestamp out of range for platform time_t")
        return int(t // 1)
    t = _calc._index(t)
    if not -(1 << 63) <= t < 1 << 63:
        raise OverflowError("timestamp out of range for platform time_t")
    return t


def utc_time(t):
    """(year, month, day, hour, minute, second) in UTC."""
    days, s = divmod(t, 86400)
    n = days + 719163
    if n < 1 or n > _calc.MAXORDINAL:
        year = _calc.from_ordinal(n)[0]
        if abs(year) > 1 << 31:
            raise OverflowError(75, "Value too large for defined data type")
        raise ValueError("year %d is out of range" % year)
    return (*_calc.from_ordinal(n), s // 3600, s // 60 % 60, s % 60)


def local_time(t):
    """(year, month, day, hour, minute, second) on local clocks."""
    utc_time(t)
    return tuple(_time.localtime(t)[:6])


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(1)
_static(date)
