# Dates and times: arithmetic, calendars, ISO 8601, strftime and strptime, zones.
from datetime import date, datetime, time, timedelta, timezone, tzinfo, MINYEAR, MAXYEAR, UTC
import copy


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Zone(tzinfo):
    """Summer time from 1 April 02:00 to 1 November 02:00."""
    def __init__(self, hours, name):
        self.off, self.name = timedelta(hours=hours), name

    def dst(self, dt):
        if dt is None:
            return timedelta(0)
        d = dt.replace(tzinfo=None)
        return timedelta(hours=1) if datetime(d.year, 4, 1, 2) <= d < datetime(d.year, 11, 1, 2) else timedelta(0)

    def utcoffset(self, dt):
        return self.off + self.dst(dt)

    def tzname(self, dt):
        return self.name

    def __repr__(self):
        return "Zone(%s)" % self.name


days = [date(1, 1, 1), date(1900, 2, 28), date(2000, 2, 29), date(2004, 12, 31), date(2021, 1, 3), date(9999, 12, 31)]
for d in days:
    print(d, repr(d), d.toordinal(), d.weekday(), d.isocalendar(), d.isocalendar().week, d.timetuple()[:8], d.ctime(), date.fromordinal(d.toordinal()) == d)
    t(lambda: d + timedelta(days=366))
    t(lambda: d - timedelta(weeks=5))
    t(lambda: d.replace(year=d.year - 1))
    print(d.strftime("%a %A %b %B %d %e %j %m %U %W %V %u %w %y %x %D %%"), format(d, "%H:%M|%d"))
print(days[2] - days[1], sorted(days, reverse=True)[0], len({*days, date(2000, 2, 29)}), max(days) - min(days))
for dt in (datetime(2024, 2, 29, 13, 5, 9, 70), datetime(1999, 12, 31, 23, 59, 59), datetime(2024, 7, 4, tzinfo=UTC),
           datetime(2024, 7, 4, 0, 30, tzinfo=Zone(1, "CET")), datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=-3, minutes=-30), "X"), fold=1)):
    print(dt, repr(dt), dt.isoformat("_"), dt.date(), dt.time(), dt.timetz(), dt.tzname(), dt.utcoffset(), dt.dst(), dt.ctime(), dt.utctimetuple()[:6])
    print(dt + timedelta(hours=30, microseconds=5), dt - timedelta(seconds=1), dt.replace(minute=7, tzinfo=None))
    for spec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
        print(dt.isoformat(timespec=spec), end=" ")
    print(dt.strftime("%Y-%m-%dT%H:%M:%S.%f %z %:z %Z %I %p %y %c %X"), f"{dt:%d.%m.%Y}", f"{dt}")
a = datetime(2024, 7, 4, 12, tzinfo=Zone(-5, "EST"))
print(a.astimezone(UTC), a.astimezone(Zone(1, "CET")), a.timestamp(), a == a.astimezone(UTC), hash(a) == hash(a.astimezone(UTC)), a - a.astimezone(UTC))
print(datetime.fromtimestamp(0, UTC), datetime.fromtimestamp(1720108800.123456, timezone(timedelta(hours=2))), datetime.fromtimestamp(-1.5, UTC))
for x in (0.0000005, 0.0000015, 1e9 + 0.1234565, -0.0000005, 1.9999999):
    print(datetime.fromtimestamp(x, UTC), timedelta(seconds=x))
for s in ("2024-02-29", "20240229", "2024-W09-4", "2024W094", "2024-W09", "2024W09", "2023-02-29", "2024-2-29", "2024-0229", "0000-01-01", "2020-W54-1", "x"):
    t(lambda: repr(date.fromisoformat(s)))
for s in ("2024-02-29T13:05", "2024-02-29 13:05:09.5", "20240229T130509,123456789", "2024-02-29T13", "2024-02-29T13:05Z", "2024-02-29T13:05:09+02:30",
          "2024-02-29T130509-0330", "2024-W09-4T01:02", "2024W0941234", "2024-02-29T", "2024-02-29T1", "2024-02-29T13:5", "2024-02-29T13:05:60",
          "2024-02-29T13:05+24:00", "2024-02-29T13:05:", "2024-02-29T13:0509", "2024-02-29x13:05:09.1234567+01:02:03.4", "2024-02-29T25:00"):
    t(lambda: repr(datetime.fromisoformat(s)))
for s in ("13:05", "T13:05:09", "130509.25", "13", "1", "13:05:09Z", "13:05+01", "13:05:09.", "24:00", "13:60", ""):
    t(lambda: repr(time.fromisoformat(s)))
for s, f in (("29/02/2024", "%d/%m/%Y"), ("Thu Feb 29 13:05:09 2024", "%a %b %d %H:%M:%S %Y"), ("1:05 pm", "%I:%M %p"), ("12 AM", "%I %p"), ("2024-060", "%Y-%j"),
             ("2024 09 4", "%G %V %u"), ("2024 8 Thursday", "%Y %W %A"), ("2024 8 0", "%Y %U %w"), ("69 68", "%y %d"), ("68", "%y"), ("69", "%y"),
             ("13:05:09.25 +0130", "%H:%M:%S.%f %z"), ("13 -01:30:15.5 X", "%H %z X"), ("Z", "%z"), ("UTC +0000", "%Z %z"), ("2024", "%Y%m"), ("202412", "%Y%m"),
             ("1  2", "%d %m"), ("31 2 2024", "%d %m %Y"), ("29 2", "%d %m"), ("2024-02-29 x", "%Y-%m-%d"), ("5", "%q"), ("5", "%"), ("24%", "%y%%"),
             ("111", "%d%m"), ("1/1/2024 10:00:00", "%m/%d/%Y %X"), ("february", "%B"), ("2024 53", "%Y %V"), ("2024 1", "%G %j"), ("+01:3015", "%z")):
    t(lambda: repr(datetime.strptime(s, f)))
ds = [timedelta(), timedelta(1, 2, 3), timedelta(-1), timedelta(hours=-1), timedelta(weeks=1.5, milliseconds=0.5), timedelta(microseconds=-1), timedelta(days=0.1), timedelta(seconds=1e-7)]
for d in ds:
    print(d, repr(d), d.total_seconds(), -d, abs(d), +d, bool(d), d * 3, d * 1.5, d / 7, d / 0.3, d // 4, d % timedelta(hours=5), divmod(d, timedelta(minutes=7)), d / timedelta(hours=1), d // timedelta(seconds=7), 2 * d, d.days, d.seconds, d.microseconds)
print(sum(ds, timedelta()), max(ds), min(ds), timedelta.min, timedelta.max, timedelta.resolution, MINYEAR, MAXYEAR)
for tm in (time(), time(1, 2), time(1, 2, 3), time(1, 2, 3, 4), time(23, 59, tzinfo=UTC), time(5, tzinfo=timezone(timedelta(hours=5))), time(1, fold=1)):
    print(tm, repr(tm), tm.isoformat("milliseconds"), tm.strftime("%H.%M.%S.%f%z%Z"), tm.utcoffset(), tm.tzname(), tm.dst(), tm.replace(hour=4, tzinfo=None), bool(tm))
print(time(5, tzinfo=timezone(timedelta(hours=5))) == time(0, tzinfo=UTC), time(1) < time(2), time(1) == time(1, tzinfo=UTC), hash(time(1)) == hash(time(1, fold=1)))
for z in (UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-1, seconds=-1)), timezone(timedelta(0), "Z"), timezone.min, timezone.max, timezone(timedelta(microseconds=1))):
    print(z, repr(z), z.utcoffset(None), z.tzname(None), z.dst(None), z == UTC, copy.copy(z) == z, copy.deepcopy(z) is z)
for m in (2, 3, 10, 11):
    z = Zone(-5, "EST")
    u = datetime(2024, m, 1, 7, tzinfo=z)
    print(z.fromutc(u), datetime.combine(u.date(), u.timetz()), datetime.combine(date(2024, m, 1), time(3), z).utcoffset())


class Day(date):
    def next(self):
        return self + timedelta(1)


class Stamp(datetime):
    pass


print(repr(Day(2024, 2, 28).next()), type(Day.fromordinal(5)).__name__, repr(Stamp(2024, 1, 1) + timedelta(1)), type(Stamp(2024, 1, 1).replace(day=2)).__name__, isinstance(Stamp.max, date))
t(lambda: setattr(date, "x", 1))
t(lambda: date(2000, 1, 1).x)
t(lambda: setattr(date(2000, 1, 1), "year", 1))
print(copy.replace(date(2000, 1, 1), day=3), copy.deepcopy([datetime(2000, 1, 1, tzinfo=UTC)]), date.min, date.max, date.resolution, datetime.min, datetime.max, time.min, time.max)
match date(2024, 5, 6):
    case date(year=y, month=5):
        print("May", y)
print(isinstance(datetime.now(), datetime), datetime.now(UTC) - datetime.now(UTC) < timedelta(1), date.today() <= datetime.now().date())
