# Calendars.
import calendar, time


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print(calendar.isleap(2000), calendar.isleap(1900), calendar.leapdays(1900, 2025), calendar.monthrange(2024, 2), calendar.weekday(2024, 2, 29), list(calendar.month_name), list(calendar.day_abbr))
print(calendar.month(2024, 2), calendar.calendar(2023), calendar.TextCalendar(6).formatmonth(1999, 12, 4, 2), calendar.calendar(2024, m=4, c=3))
print(calendar.monthcalendar(2024, 3), list(calendar.Calendar(6).itermonthdays4(2024, 12))[:9], calendar.Calendar(3).monthdays2calendar(2021, 2), calendar.Calendar().monthdatescalendar(2024, 1)[0][0])
print(calendar.timegm((2024, 2, 29, 1, 2, 3)), calendar.timegm(time.gmtime(0)), repr(calendar.MONDAY), repr(calendar.JANUARY), calendar.firstweekday(), calendar.weekheader(10))
t(lambda: calendar.monthrange(2024, 13))
t(lambda: calendar.setfirstweekday(7))
calendar.setfirstweekday(calendar.SUNDAY)
calendar.prmonth(2024, 7)
print(len(calendar.Calendar().yeardayscalendar(2024)), list(calendar.Calendar(2).iterweekdays()))
