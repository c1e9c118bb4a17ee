"""Dates and times: date, time, datetime, timedelta, tzinfo, timezone. The clock is the interpreter's."""

import math as _math
import time as _clocks
from _static import static as _static

from . import _calc, _date, _text
from . import _clock as _time
from ._calc import MAXYEAR, MINYEAR
from ._calc import MISSING as _MISSING
from ._clock import time
from ._date import date
from ._delta import timedelta
from ._zone import check_offset as _check_offset
from ._zone import check_zone as _check_zone
from ._zone import timezone, tzinfo

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

UTC = timezone.utc
_epoch_day = 719163


class datetime(date):
    """A date and a time of day, with or without a zone."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, year=_MISSING, month=_MISSING, day=_MISSING, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(year, (bytes, str)) and len(year) == 10:
            s = year.encode("latin1") if isinstance(year, str) else year
            if 1 <= s[2] & 127 <= 12:
                zone = None if month is _MISSING else month
                if zone is not None:
                    _time.check_pickled(zone)
                return _make(cls, s[0] << 8 | s[1], s[2] & 127, s[3], s[4], s[5], s[6], int.from_bytes(s[7:], "big"), zone, s[2] >> 7)
        _calc.required(("year", year), ("month", month), ("day", day))
        year, month, day = _calc.check_date(year, month, day)
        hour, minute, second, microsecond, fold = _calc.check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        return _make(cls, year, month, day, hour, minute, second, microsecond, tzinfo, fold)

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The local time of a POSIX time, or the time in zone tz."""
        _check_zone(tz)
        t, us = _split_timestamp(timestamp)
        if tz is not None:
            return tz.fromutc(cls(*_date.utc_time(t), us, tz))
        result = cls(*_date.local_time(t), us)
        if t >= 86400:
            # In the hour that a clock set back goes through twice, this may be the second time.
            before = cls(*_date.local_time(t - 86400), us)
            gap = result - before - timedelta(0, 86400)
            if gap.days < 0:
                if cls(*_date.local_time(t + gap // timedelta(0, 1)), us) == result:
                    result = result.replace(fold=1)
        return result

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """UTC of a POSIX time, without a zone."""
        _deprecated("utcfromtimestamp", "fromtimestamp(timestamp, datetime.UTC)")
        t, us = _split_timestamp(timestamp)
        return cls(*_date.utc_time(t), us)

    @classmethod
    def now(cls, tz=None):
        """The time on local clocks, or in zone tz."""
        _check_zone(tz)
        return cls.fromtimestamp(_clocks.time(), tz)

    @classmethod
    def utcnow(cls):
        """The time in UTC, without a zone."""
        _deprecated("utcnow", "now(datetime.UTC)")
        t, us = _split_timestamp(_clocks.time())
        return cls(*_date.utc_time(t), us)

    @classmethod
    def fromordinal(cls, ordinal, /):
        return cls(*_date.ordinal_date(ordinal))

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """The date of one and the time of day of another."""
        for i, (x, c) in enumerate(((date, _date.date), (time, _time.time))):
            if not isinstance(x, c):
                raise TypeError("combine() argument %d must be datetime.%s, not %s" % (i + 1, c.__name__, type(x).__name__))
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, string, /):
        def read(s):
            if len(s) < 7:
                raise ValueError
            end = _text.date_end(s)
            fields = _text.parse_date(s[:end])
            return (*fields, *_text.parse_time(s[end + 1:])) if len(s) > end else fields
        return cls(*_text.parsed(read, string))

    @classmethod
    def strptime(cls, string, format, /):
        """What a text means by a format."""
        for i, x in enumerate((string, format)):
            if not isinstance(x, str):
                raise TypeError("strptime() argument %d must be str, not %s" % (i + 1, type(x).__name__))
        when, us, name, offset, offset_us = _text.strptime(string, format)
        if offset is None:
            return cls(*when[:6], us)
        d = timedelta(seconds=offset, microseconds=offset_us)
        return cls(*when[:6], us, timezone(d, name) if name else timezone(d))

    def timetuple(self):
        dst = self.dst()
        return _date.time_tuple(self, self._hour, self._minute, self._second, -1 if dst is None else 1 if dst else 0)

    def utctimetuple(self):
        off = self.utcoffset()
        d = self - off if off else self
        return _date.time_tuple(d, d._hour, d._minute, d._second, 0)

    def _local_seconds(self):
        """POSIX seconds of a time on local clocks: what localtime() would have to be asked for, by fold in the doubtful hours."""
        t = _seconds(self)

        def local(u):
            y, m, d, h, mi, s = _date.local_time(u)
            return (_calc.to_ordinal(y, m, d) - _epoch_day) * 86400 + h * 3600 + mi * 60 + s

        a = local(t) - t
        u1 = t - a
        t1 = local(u1)
        if t1 == t:
            u2 = u1 + (-86400, 86400)[self._fold]
            b = local(u2) - u2
            if a == b:
                return u1
        else:
            b = t1 - u1
        u2 = t - b
        if local(u2) == t:
            return u2
        if t1 == t:
            return u1
        return (max, min)[self._fold](u1, u2)

    def timestamp(self):
        """The POSIX time."""
        if self._tzinfo is None:
            return self._local_seconds() + self._microsecond / 1e6
        return (self - _epoch).total_seconds()

    def date(self):
        return date(self._year, self._month, self._day)

    def time(self):
        return time(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        fields = _time.changed(self._fields(), (year, month, day, hour, minute, second, microsecond))
        return type(self)(*fields, self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def _fields(self):
        return self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond

    def astimezone(self, tz=None):
        """The same instant on the clocks of another zone; without one, on local clocks."""
        if tz is not None:
            _check_zone(tz)
        mine = self._tzinfo
        off = None if mine is None else self.utcoffset()
        if mine is tz and off is not None:
            return self
        if off is None:
            off = _local_zone(self._local_seconds())._offset
        utc = (self - off).replace(tzinfo=UTC)
        if tz is None:
            tz = _local_zone((utc - _epoch) // timedelta(0, 1))
        return tz.fromutc(utc.replace(tzinfo=tz))

    def utcoffset(self):
        return None if self._tzinfo is None else _check_offset("utcoffset", self._tzinfo.utcoffset(self))

    def dst(self):
        return None if self._tzinfo is None else _check_offset("dst", self._tzinfo.dst(self))

    def tzname(self):
        return _time.zone_name(self, self)

    def ctime(self):
        return "%s %s %2d %02d:%02d:%02d %04d" % (_calc.DAYNAMES[self.isoweekday()], _calc.MONTHNAMES[self._month], self._day,
                                                  self._hour, self._minute, self._second, self._year)

    def isoformat(self, sep="T", timespec="auto"):
        """YYYY-MM-DD, the separator, HH:MM:SS, and what there is of microseconds and of an offset."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError("isoformat() argument 1 must be a unicode character, not %s" % type(sep).__name__)
        clock = _calc.format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
        return "%04d-%02d-%02d%s%s%s" % (self._year, self._month, self._day, sep, clock, _calc.format_offset(self.utcoffset()))

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        fields = list(self._fields())
        while len(fields) > 5 and fields[-1] == 0:
            fields.pop()
        s = ", ".join(map(str, fields))
        if self._fold:
            s += ", fold=1"
        if self._tzinfo is not None:
            s += ", tzinfo=%r" % (self._tzinfo,)
        return "%s(%s)" % (_date.class_name(self), s)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._shifted(other._days, other._seconds, other._microseconds)

    __radd__ = __add__

    def _shifted(self, days, seconds, us):
        us += self._microsecond
        seconds += us // 10 ** 6 + self._second + 60 * self._minute + 3600 * self._hour
        y, m, d = _calc.from_ordinal(_date.shifted(self.toordinal(), days + seconds // 86400))
        seconds %= 86400
        return type(self)(y, m, d, seconds // 3600, seconds // 60 % 60, seconds % 60, us % 10 ** 6, self._tzinfo)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._shifted(-other._days, -other._seconds, -other._microseconds)
        if not isinstance(other, datetime):
            return NotImplemented
        diff = timedelta(0, _seconds(self) - _seconds(other), self._microsecond - other._microsecond)
        if self._tzinfo is other._tzinfo:
            return diff
        a, b = self.utcoffset(), other.utcoffset()
        if a == b:
            return diff
        if a is None or b is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return diff + b - a

    def _compare(self, other, equality):
        """-1, 0 or 1, in UTC if the offsets differ; 2 if one has none, or is in an hour that its zone does not settle."""
        mine, theirs = self._fields(), other._fields()
        if self._tzinfo is not other._tzinfo:
            a, b = self.utcoffset(), other.utcoffset()
            if equality:
                for x, off in ((self, a), (other, b)):
                    if x._tzinfo is not None and off != x.replace(fold=not x._fold).utcoffset():
                        return 2
            if a != b:
                if a is None or b is None:
                    if equality:
                        return 2
                    raise TypeError("can't compare offset-naive and offset-aware datetimes")
                diff = self - other
                return -1 if diff.days < 0 else 1 if diff else 0
        return -1 if mine < theirs else 1 if mine > theirs else 0

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, datetime) else NotImplemented

    def __lt__(self, other):
        return self._compare(other, False) < 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._compare(other, False) <= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._compare(other, False) > 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._compare(other, False) >= 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self):
        off = (self.replace(fold=0) if self._fold else self).utcoffset()
        if off is None:
            return hash(self._fields())
        return hash(timedelta(0, _seconds(self), self._microsecond) - off)

    def __reduce_ex__(self, protocol):
        y, m, d, h, mi, s, us = self._fields()
        state = bytes((y >> 8, y & 255, m | (128 if self._fold and protocol > 3 else 0), d, h, mi, s)) + us.to_bytes(3, "big")
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _make(cls, year, month, day, hour, minute, second, microsecond, tzinfo, fold):
    self = _date._make(cls, year, month, day)
    self._hour, self._minute, self._second, self._microsecond, self._tzinfo, self._fold = hour, minute, second, microsecond, tzinfo, fold
    return self


def _seconds(dt):
    """Seconds since 1970 of what the clock shows."""
    return (dt.toordinal() - _epoch_day) * 86400 + dt._hour * 3600 + dt._minute * 60 + dt._second


def _split_timestamp(t):
    """Whole seconds and microseconds, rounded half to even."""
    if isinstance(t, float):
        _date.whole_seconds(t)
        frac, whole = _math.modf(t)
        us = int(round(frac * 1e6))
        sec, us = divmod(us, 10 ** 6)
        return int(whole) + sec, us
    return _date.whole_seconds(t), 0


def _local_zone(t):
    """The zone of local clocks at a POSIX time."""
    when = _clocks.localtime(t)
    y, m, d, h, mi, s = when[:6]
    off = (_calc.to_ordinal(y, m, d) - _epoch_day) * 86400 + h * 3600 + mi * 60 + s - t
    return timezone(timedelta(seconds=off), _clocks.tzname[when[8] > 0])


def _deprecated(name, better):
    from warnings import warn
    warn("datetime.datetime.%s() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent "
         "datetimes in UTC: datetime.datetime.%s." % (name, better), DeprecationWarning, stacklevel=3)


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(0, 0, 1)
_static(datetime)
_epoch = datetime(1970, 1, 1, tzinfo=UTC)
