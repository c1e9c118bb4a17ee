"""What the classes share: the proleptic Gregorian calendar, argument checks, rounding."""

from operator import index as _index

MINYEAR, MAXYEAR, MAXORDINAL = 1, 9999, 3652059
MISSING = object()

_before = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_length = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

DAYNAMES = ("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHNAMES = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def days_in_month(year, month):
    return 29 if month == 2 and is_leap(year) else _length[month]


def days_before_month(year, month):
    return _before[month] + (month > 2 and is_leap(year))


def to_ordinal(year, month, day):
    """The number of the day; 1 January of year 1 is day 1."""
    return days_before_year(year) + days_before_month(year, month) + day


def from_ordinal(n):
    """(year, month, day) of a day's number: cycles of 400, 100, 4 and 1 years."""
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = (n + 50) >> 5
    before = days_before_month(year, month)
    if before > n:
        month -= 1
        before -= days_in_month(year, month)
    return year, month, n - before + 1


def weeks_monday(year):
    """The ordinal of the Monday on which the first ISO week of a year begins."""
    first = to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def iso_calendar(year, month, day):
    """(ISO year, week, weekday) of a date."""
    today = to_ordinal(year, month, day)
    week, weekday = divmod(today - weeks_monday(year), 7)
    if week < 0:
        year -= 1
        week, weekday = divmod(today - weeks_monday(year), 7)
    elif week >= 52 and today >= weeks_monday(year + 1):
        year += 1
        week = 0
    return year, week + 1, weekday + 1


def from_iso_calendar(year, week, day):
    """The ordinal of a day that is given by ISO year, week and weekday."""
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("Year is out of range: %d" % year)
    if not 0 < week < 53:
        bad = True
        if week == 53:
            first = to_ordinal(year, 1, 1) % 7
            bad = not (first == 4 or first == 3 and is_leap(year))
        if bad:
            raise ValueError("Invalid week: %d" % week)
    if not 0 < day < 8:
        raise ValueError("Invalid day: %d (range is [1, 7])" % day)
    return weeks_monday(year) + (week - 1) * 7 + day - 1


def c_int(x):
    """An argument that is an int in C."""
    x = _index(x)
    if -2147483648 <= x <= 2147483647:
        return x
    if not -(1 << 63) <= x < 1 << 63:
        raise OverflowError("Python int too large to convert to C long")
    raise OverflowError("signed integer is %s" % ("greater than maximum" if x > 0 else "less than minimum"))


def required(*pairs):
    """Complain of the first argument that is missing."""
    for i, (name, value) in enumerate(pairs):
        if value is MISSING:
            raise TypeError("function missing required argument '%s' (pos %d)" % (name, i + 1))


def check_date(year, month, day):
    year, month, day = c_int(year), c_int(month), c_int(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("year %d is out of range" % year)
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = c_int(hour), c_int(minute), c_int(second), c_int(microsecond)
    fold = c_int(fold)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, microsecond, fold


def divide_nearest(a, b):
    """a/b, rounded half to even."""
    q, r = divmod(a, b)
    r *= 2
    if (r > b if b > 0 else r < b) or r == b and q & 1:
        q += 1
    return q


def format_offset(off, sep=":"):
    """±HH:MM[:SS[.ffffff]] of an offset; nothing for None."""
    if off is None:
        return ""
    sign = "+"
    if off.days < 0:
        sign, off = "-", -off
    minutes, seconds = divmod(off.seconds, 60)
    s = "%s%02d%s%02d" % (sign, minutes // 60, sep, minutes % 60)
    if seconds or off.microseconds:
        s += "%s%02d" % (sep, seconds)
        if off.microseconds:
            s += ".%06d" % off.microseconds
    return s


def format_time(hour, minute, second, us, timespec):
    if timespec == "auto":
        timespec = "microseconds" if us else "seconds"
    if timespec == "hours":
        return "%02d" % hour
    if timespec == "minutes":
        return "%02d:%02d" % (hour, minute)
    if timespec == "seconds":
        return "%02d:%02d:%02d" % (hour, minute, second)
    if timespec == "milliseconds":
        return "%02d:%02d:%02d.%03d" % (hour, minute, second, us // 1000)
    if timespec == "microseconds":
        return "%02d:%02d:%02d.%06d" % (hour, minute, second, us)
    raise ValueError("Unknown timespec value")
