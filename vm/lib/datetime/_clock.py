"""Class time: a time of day, with or without a zone."""

from _static import static as _static

from . import _calc, _text
from ._date import class_name, _time
from ._delta import timedelta
from ._zone import check_offset, check_zone


class time:
    """A time of day."""

    __module__ = "datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)) and len(hour) == 6:
            state = hour.encode("latin1") if isinstance(hour, str) else hour
            if state[0] & 127 < 24:
                zone = minute or None
                if zone is not None:
                    check_pickled(zone)
                return make(cls, state[0] & 127, state[1], state[2], int.from_bytes(state[3:], "big"), zone, state[0] >> 7)
        hour, minute, second, microsecond, fold = _calc.check_time(hour, minute, second, microsecond, fold)
        check_zone(tzinfo)
        return make(cls, hour, minute, second, microsecond, tzinfo, fold)

    @classmethod
    def fromisoformat(cls, string, /):
        def read(s):
            return _text.parse_time(s[1:] if s[:1] == "T" else s)
        return cls(*_text.parsed(read, string))

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

    def utcoffset(self):
        return None if self._tzinfo is None else check_offset("utcoffset", self._tzinfo.utcoffset(None))

    def dst(self):
        return None if self._tzinfo is None else check_offset("dst", self._tzinfo.dst(None))

    def tzname(self):
        return zone_name(self, None)

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def __repr__(self):
        s = "%d, %d" % (self._hour, self._minute)
        if self._second or self._microsecond:
            s += ", %d" % self._second
            if self._microsecond:
                s += ", %d" % self._microsecond
        if self._fold:
            s += ", fold=1"
        if self._tzinfo is not None:
            s += ", tzinfo=%r" % (self._tzinfo,)
        return "%s(%s)" % (class_name(self), s)

    def isoformat(self, timespec="auto"):
        """HH:MM:SS, and what there is of microseconds and of an offset."""
        return _calc.format_time(*self._clock(), timespec) + _calc.format_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        if not isinstance(format, str):
            raise TypeError("strftime() argument 1 must be str, not %s" % type(format).__name__)
        return _text.strftime(self, format, _time.struct_time((1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)))

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError("__format__() argument 1 must be str, not %s" % type(format).__name__)
        return self.strftime(format) if format else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(*changed(self._clock(), (hour, minute, second, microsecond)), self._tzinfo if tzinfo is True else tzinfo,
                          fold=self._fold if fold is None else fold)

    __replace__ = replace

    def _compare(self, other, equality):
        """-1, 0 or 1, on the clock of UTC if the offsets differ; 2 if one has none."""
        mine, theirs = self._clock(), other._clock()
        if self._tzinfo is not other._tzinfo:
            a, b = self.utcoffset(), other.utcoffset()
            if (a is None) != (b is None):
                if equality:
                    return 2
                raise TypeError("can't compare offset-naive and offset-aware times")
            if a != b:
                mine, theirs = _since_midnight(mine) - a, _since_midnight(theirs) - b
        return -1 if mine < theirs else 1 if mine > theirs else 0

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._compare(other, False) < 0 if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._compare(other, False) <= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._compare(other, False) > 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._compare(other, False) >= 0 if isinstance(other, time) else NotImplemented

    def __hash__(self):
        off = (self.replace(fold=0) if self._fold else self).utcoffset()
        if not off:
            return hash(self._clock())
        rest = _since_midnight(self._clock()) - off
        if rest.days:
            return hash(rest)
        return hash((rest._seconds // 3600, rest._seconds // 60 % 60, rest._seconds % 60, rest._microseconds))

    def __reduce_ex__(self, protocol):
        state = bytes((self._hour | (128 if self._fold and protocol > 3 else 0), self._minute, self._second)) + self._microsecond.to_bytes(3, "big")
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _since_midnight(clock):
    return timedelta(hours=clock[0], minutes=clock[1], seconds=clock[2], microseconds=clock[3])


def make(cls, hour, minute, second, microsecond, tzinfo, fold):
    self = object.__new__(cls)
    self._hour, self._minute, self._second, self._microsecond, self._tzinfo, self._fold = hour, minute, second, microsecond, tzinfo, fold
    return self


def check_pickled(zone):
    from ._zone import tzinfo
    if not isinstance(zone, tzinfo):
        raise TypeError("bad tzinfo state arg")


def changed(old, new):
    return [o if n is None else n for o, n in zip(old, new)]


def zone_name(x, dt):
    if x._tzinfo is None:
        return None
    name = x._tzinfo.tzname(dt)
    if name is not None and not isinstance(name, str):
        raise TypeError("tzinfo.tzname() must return None or a string, not '%s'" % type(name).__name__)
    return name


time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(0, 0, 1)
_static(time)
