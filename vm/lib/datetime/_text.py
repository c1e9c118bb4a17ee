"""Dates and times from and to text: ISO 8601, strftime, strptime."""

import time as _time

from . import _calc
from ._delta import timedelta


def _number(s, n):
    """A number of exactly n digits."""
    if len(s) != n or not s.isascii() or not s.isdigit():
        raise ValueError
    return int(s)


def parse_date(s):
    """(year, month, day) of YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D] or YYYYWww[D]."""
    year = _number(s[:4], 4)
    sep = s[4:5] == "-"
    rest = s[4 + sep:]
    if rest[:1] == "W":
        week, rest = _number(rest[1:3], 2), rest[3:]
        day = 1
        if rest:
            if (rest[0] == "-") != sep:
                raise ValueError
            day = _number(rest[sep:], 1)
        return _calc.from_ordinal(_calc.from_iso_calendar(year, week, day))
    month, rest = _number(rest[:2], 2), rest[2:]
    if (rest[:1] == "-") != sep:
        raise ValueError
    return year, month, _number(rest[sep:], 2)


class _Meaning(Exception):
    """The text has the form, but means nothing: its message is the one to show."""


def _parse_clock(s):
    """[hour, minute, second, microsecond] of HH[:MM[:SS[.fff]]] or HHMM..."""
    parts, i = [0, 0, 0, 0], 0
    colon = s[2:3] == ":"
    for k in range(3):
        parts[k] = _number(s[i:i + 2], 2)
        i += 2
        if i >= len(s):
            return parts
        if k < 2 and colon:
            if s[i] != ":":
                raise ValueError
            i += 1
        elif k < 2 and s[i] in ".,:":
            raise ValueError
    if s[i] not in ".,":
        raise ValueError
    frac = s[i + 1:]
    if not frac or not frac.isascii() or not frac.isdigit():
        raise ValueError
    parts[3] = int(frac[:6].ljust(6, "0"))
    return parts


def parse_time(s):
    """(hour, minute, second, microsecond, zone) of a time with an offset after it, if any."""
    from ._zone import timezone
    if not s:
        raise ValueError
    at = -1
    for i, c in enumerate(s):
        if c in "+-Z":
            at = i
            break
    zone = None
    if at >= 0:
        mark, off = s[at], s[at + 1:]
        s = s[:at]
        if mark == "Z":
            if off:
                raise ValueError
            zone = timezone.utc
        else:
            h, m, sec, us = _parse_clock(off)
            try:
                if m > 59 or sec > 59:
                    raise _Meaning("minute must be in 0..59" if m > 59 else "second must be in 0..59")
                d = timedelta(hours=h, minutes=m, seconds=sec, microseconds=us)
                zone = timezone(-d if mark == "-" else d)
            except ValueError as e:
                raise _Meaning(*e.args)
    return (*_parse_clock(s), zone)


def date_end(s):
    """Where the date ends in an ISO text of a date and a time: the character there separates them."""
    n = len(s)
    if n == 7:
        return 7
    if s[4] == "-":
        if s[5] == "W":
            if n < 8:
                raise ValueError
            if n > 8 and s[8] == "-":
                if n == 9:
                    raise ValueError
                return 8 if n > 10 and s[10].isascii() and s[10].isdigit() else 10
            return 8
        return 10
    if s[4] == "W":
        i = 7
        while i < n and s[i].isascii() and s[i].isdigit():
            i += 1
        if i < 9:
            return i
        return 7 if i % 2 == 0 else 8
    return 8


def parsed(function, text):
    """function(text); what it cannot read is a ValueError that shows the whole text."""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        return function(text)
    except _Meaning as e:
        raise ValueError(*e.args) from None
    except (ValueError, IndexError):
        raise ValueError("Invalid isoformat string: %r" % text) from None


def strftime(obj, format, when):
    """obj.strftime(format): the fields that time.strftime does not know are put in first."""
    if "%" not in format:
        return format
    out, i = [], 0
    while i < len(format):
        c = format[i]
        i += 1
        if c != "%" or i == len(format):
            out.append(c)
            continue
        c = format[i]
        i += 1
        if c == "f":
            out.append("%06d" % getattr(obj, "microsecond", 0))
        elif c == "z" or c == ":" and format[i:i + 1] == "z":
            if c == ":":
                i += 1
            off = obj.utcoffset() if hasattr(obj, "utcoffset") else None
            out.append(_calc.format_offset(off, ":" if c == ":" else ""))
        elif c == "Z":
            name = obj.tzname() if hasattr(obj, "tzname") else None
            out.append((name or "").replace("%", "%%"))
        else:
            out.append("%" + c)
    return _time.strftime("".join(out), when)


# What a directive may take: the longest first where the text decides, as many characters as at most given.
_numbers = {"d": (1, 31, 2), "f": (0, 999999, 6), "H": (0, 23, 2), "I": (1, 12, 2), "j": (1, 366, 3), "m": (1, 12, 2), "M": (0, 59, 2),
            "S": (0, 61, 2), "u": (1, 7, 1), "V": (1, 53, 2), "w": (0, 6, 1), "y": (0, 99, 2), "Y": (0, 9999, 4), "G": (0, 9999, 4),
            "U": (0, 53, 2), "W": (0, 53, 2)}
_fixed = {"y": 2, "Y": 4, "G": 4}
_weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_months = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_shorthands = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "T": "%H:%M:%S", "R": "%H:%M", "F": "%Y-%m-%d"}


def _items(format):
    """The format as literals, runs of white space (" "), and directives ("%x")."""
    items, i = [], 0
    while i < len(format):
        c = format[i]
        i += 1
        if c.isspace():
            if not items or items[-1] != " ":
                items.append(" ")
        elif c != "%":
            items.append(c.lower())
        else:
            if i == len(format):
                raise ValueError("stray %% in format '%s'" % format)
            c = format[i]
            i += 1
            if c == "%":
                items.append("%")
            elif c in "cxX":
                items.extend(_items(_shorthands[c]))
            elif c in _numbers or c in "aAbBpzZ":
                items.append("%" + c)
            else:
                raise ValueError("'%s' is a bad directive in format '%s'" % (c, format))
    return items


def _choices(kind, s, i):
    """The ways (value, end) in which a directive can match at s[i], the preferred first."""
    if kind in _numbers:
        lo, hi, width = _numbers[kind]
        j = i
        if kind == "d" and s[i:i + 1] == " ":
            j += 1
            width = 1
        end = j
        while end < len(s) and end - j < width and s[end].isdecimal():
            end += 1
        if kind in _fixed and end - j != width:
            return
        while end > j:
            n = int(s[j:end])
            if lo <= n <= hi:
                yield (int(s[j:end].ljust(6, "0")) if kind == "f" else n), end
            if kind in _fixed:
                return
            end -= 1
    elif kind in "aAbB":
        names = _weekdays if kind in "aA" else _months
        for n, name in enumerate(names):
            if kind in "ab":
                name = name[:3]
            if s.startswith(name, i):
                yield n, i + len(name)
    elif kind == "p":
        for n, name in enumerate(("am", "pm")):
            if s.startswith(name, i):
                yield n, i + 2
    elif kind == "Z":
        for names in (("utc", "gmt"), tuple(n.lower() for n in _time.tzname)):
            for name in names:
                if s.startswith(name, i):
                    yield (i, i + len(name)), i + len(name)
    elif kind == "z":
        if s[i:i + 1] == "z":
            yield "z", i + 1
        if s[i:i + 1] in ("+", "-"):
            def two(j):
                return s[j:j + 2].isdecimal() and len(s[j:j + 2]) == 2
            if two(i + 1):
                colon = s[i + 3:i + 4] == ":"
                j = i + 3 + colon
                if two(j) and s[j] < "6":
                    ends = [j + 2]
                    k = j + 2 + (s[j + 2:j + 3] == ":")
                    if two(k) and s[k] < "6":
                        ends.append(k + 2)
                        if s[k + 2:k + 3] == ".":
                            m = k + 3
                            while m < len(s) and m < k + 9 and s[m].isdecimal():
                                m += 1
                            if m > k + 3:
                                ends.append(m)
                    for e in reversed(ends):
                        yield s[i:e], e


def _match(items, k, s, i, found):
    """The end of the match of items[k:] at s[i], or None; found gets the directives' values."""
    while k < len(items):
        item = items[k]
        if item == " ":
            if i == len(s) or not s[i].isspace():
                return None
            end = i
            while end < len(s) and s[end].isspace():
                end += 1
            for e in range(end, i, -1):
                done = _match(items, k + 1, s, e, found)
                if done is not None:
                    return done
            return None
        if len(item) == 2:
            for value, end in _choices(item[1], s, i):
                done = _match(items, k + 1, s, end, found)
                if done is not None:
                    found[item[1]] = value
                    return done
            return None
        if s[i:i + 1] != item:
            return None
        i += 1
        k += 1
    return i


def _offset(text, original):
    """Seconds and microseconds of what %z matched."""
    if text == "z":
        return 0, 0
    body = text[1:]
    if len(body) > 2 and body[2] == ":":
        if len(body) > 5 and body[5] != ":":
            raise ValueError("Inconsistent use of : in %s" % original)
        body = body.replace(":", "")
    elif ":" in body:
        raise ValueError("Inconsistent use of : in %s" % original)
    seconds = int(body[:2]) * 3600 + int(body[2:4]) * 60 + int(body[4:6] or 0)
    us = int(body[7:].ljust(6, "0")) if len(body) > 7 else 0
    return (-seconds, -us) if text[0] == "-" else (seconds, us)


def strptime(text, format):
    """((year, month, day, hour, minute, second, weekday, yearday), microsecond, zone name, offset, its microseconds)."""
    for i, x in enumerate((text, format)):
        if not isinstance(x, str):
            raise TypeError("strptime() argument %d must be str, not %s" % (i, type(x)))
    found = {}
    s = text.lower()
    end = _match(_items(format), 0, s, 0, found)
    if end is None:
        raise ValueError("time data %r does not match format %r" % (text, format))
    if end != len(s):
        raise ValueError("unconverted data remains: %s" % text[end:])
    year, month, day = found.get("Y"), found.get("m"), found.get("d", 1)
    if "y" in found:
        year = found["y"] + (2000 if found["y"] <= 68 else 1900)
    for k in "bB":
        if k in found:
            month = found[k] + 1
    hour = found.get("H", 0)
    if "I" in found:
        hour = found["I"] % 12 + (12 if found.get("p") == 1 else 0)
    weekday = None
    for k in "aA":
        if k in found:
            weekday = found[k]
    if "w" in found:
        weekday = (found["w"] - 1) % 7
    if "u" in found:
        weekday = found["u"] - 1
    yearday = found.get("j")
    iso_year, iso_week = found.get("G"), found.get("V")
    if iso_year is not None:
        if yearday is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.")
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').")
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")
    leap = False
    if year is None:
        if month == 2 and day == 29:
            year, leap = 1904, True
        else:
            year = 1900
    month_given = month is not None
    if yearday is None and weekday is not None and not month_given:
        week, monday = (found["W"], True) if "W" in found else (found.get("U"), False)
        if week is not None:
            yearday = _of_week(year, week, weekday, monday)
        elif iso_year is not None:
            n = _calc.from_iso_calendar(iso_year, iso_week, weekday + 1)
            year, month, day = _calc.from_ordinal(n)
            yearday = n - _calc.days_before_year(year)
        if yearday is not None and yearday <= 0:
            year -= 1
            yearday += 366 if _calc.is_leap(year) else 365
    if yearday is not None and not (month_given and "d" in found):
        year, month, day = _calc.from_ordinal(_calc.days_before_year(year) + yearday)
    month = month or 1
    if day > _calc.days_in_month(year, month) or year < 1:
        raise ValueError("day is out of range for month" if year >= 1 else "year %d is out of range" % year)
    ordinal = _calc.to_ordinal(year, month, day)
    if weekday is None:
        weekday = (ordinal + 6) % 7
    if yearday is None:
        yearday = ordinal - _calc.days_before_year(year)
    zone, offset, offset_us = None, None, 0
    if "Z" in found:
        zone = text[found["Z"][0]:found["Z"][1]]
    if "z" in found:
        offset, offset_us = _offset(found["z"], text)
    if leap:
        year = 1900
    return (year, month, day, hour, found.get("M", 0), found.get("S", 0), weekday, yearday), found.get("f", 0), zone, offset, offset_us


def _of_week(year, week, weekday, monday):
    """The day of the year of a weekday in the week of that number; week 1 begins with the first Monday (or Sunday)."""
    first = (_calc.to_ordinal(year, 1, 1) + 6) % 7
    if not monday:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + (7 - first) % 7 + 7 * (week - 1) + weekday
