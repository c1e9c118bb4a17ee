package builtin

import (
	"math"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Module time. The clocks are the machine's, so that simulated cores see virtual time; the wall clock is what it was when the machine
// started plus the time since.

func init() { register("time", makeTime) }

// wall is the machine's start on the wall clock, in nanoseconds since 1970. On simulated cores it is a fixed date.
func wall(t *object.Thread) int64 {
	return extOf(t, "time.wall", func() int64 {
		if t.Proc.Simulated() {
			return 1_700_000_000_000_000_000
		}
		return time.Now().UnixNano() - t.Proc.Now()
	})
}

func makeTime(t *object.Thread) (*object.Module, error) {
	seconds := func(clock func(t *object.Thread) int64) func(*object.Thread, []object.Value) (object.Value, error) {
		return func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Float(float64(clock(t)) / 1e9), nil
		}
	}
	nanos := func(clock func(t *object.Thread) int64) func(*object.Thread, []object.Value) (object.Value, error) {
		return func(t *object.Thread, _ []object.Value) (object.Value, error) { return object.Int(clock(t)), nil }
	}
	base := wall(t)
	now := func(t *object.Thread) int64 { return base + t.VM.Now(t) }
	mono := func(t *object.Thread) int64 { return t.VM.Now(t) }
	m := newModule(t, "time", "Clocks, sleeping and calendar times.",
		fixed("time", 0, 0, seconds(now)), fixed("time_ns", 0, 0, nanos(now)),
		fixed("perf_counter", 0, 0, seconds(mono)), fixed("perf_counter_ns", 0, 0, nanos(mono)),
		fixed("monotonic", 0, 0, seconds(mono)), fixed("monotonic_ns", 0, 0, nanos(mono)),
		fixed("process_time", 0, 0, seconds(cpuTime)), fixed("process_time_ns", 0, 0, nanos(cpuTime)),
		fixed("thread_time", 0, 0, seconds(cpuTime)), fixed("thread_time_ns", 0, 0, nanos(cpuTime)),
		fixed("sleep", 1, 1, timeSleep),
		fixed("gmtime", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return brokenDown(t, now, a, time.UTC) }),
		fixed("localtime", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return brokenDown(t, now, a, time.Local)
		}),
		fixed("mktime", 1, 1, timeMktime),
		fixed("ctime", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			tm, err := instant(t, now, a, time.Local)
			return object.NewStr(tm.Format("Mon Jan _2 15:04:05 2006")), err
		}),
		fixed("asctime", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			tm, err := tupleTime(t, now, a, time.Local)
			return object.NewStr(tm.Format("Mon Jan _2 15:04:05 2006")), err
		}),
		fixed("strftime", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			f, err := strArg(t, "strftime", 1, a[0])
			if err != nil {
				return object.Unset, err
			}
			tm, err := tupleTime(t, now, a[1:], time.Local)
			if err != nil {
				return object.Unset, err
			}
			return object.NewStr(Strftime(tm, f)), nil
		}),
		fixed("strptime", 1, 2, timeStrptime),
		fixed("tzset", 0, 0, func(t *object.Thread, a []object.Value) (object.Value, error) { return object.None, nil }),
		fixed("get_clock_info", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			name, err := strArg(t, "get_clock_info", 1, a[0])
			if err != nil {
				return object.Unset, err
			}
			switch name {
			case "time", "monotonic", "perf_counter", "process_time", "thread_time":
			default:
				return object.Unset, object.ValueErrorf(t, "unknown clock")
			}
			return simpleNamespace(t, "implementation", object.NewStr("gilt machine"), "monotonic", object.Bool(name != "time"),
				"adjustable", object.Bool(name == "time"), "resolution", object.Float(1e-9))
		}),
	)
	if t.Interp.Dialect2 {
		addFunc(t, m, fixed("clock", 0, 0, seconds(cpuTime)))
	}
	set(t, m, "struct_time", structTime(t).typ.Value())
	year := time.Now().Year()
	std, stdOff := time.Date(year, 1, 1, 0, 0, 0, 0, time.Local).Zone()
	dst, dstOff := time.Date(year, 7, 1, 0, 0, 0, 0, time.Local).Zone()
	if stdOff > dstOff {
		std, dst, stdOff, dstOff = dst, std, dstOff, stdOff
	}
	set(t, m, "timezone", object.Int(int64(-stdOff)))
	set(t, m, "altzone", object.Int(int64(-dstOff)))
	set(t, m, "daylight", object.Int(int64(b2i(stdOff != dstOff))))
	set(t, m, "tzname", t.NewTuple(object.NewStr(std), object.NewStr(dst)))
	return m, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cpuTime is the processor time of the process; on simulated cores the time of the machine.
func cpuTime(t *object.Thread) int64 {
	if t.Proc.Simulated() {
		return t.VM.Now(t)
	}
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return t.VM.Now(t)
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

func timeSleep(t *object.Thread, a []object.Value) (object.Value, error) {
	ns, err := secondsArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if ns < 0 {
		return object.Unset, object.ValueErrorf(t, "sleep length must be non-negative")
	}
	// However short the sleep, others get the interpreter once; but not again when this is the execution after the wait.
	now := t.VM.Now(t)
	end := t.VM.Deadline(t, ns)
	for first := end-ns >= now; ; first = false {
		left := end - t.VM.Now(t)
		if left <= 0 && !first {
			return object.None, nil
		}
		err := t.VM.Wait(t, machine.Wait{What: "sleep", Owner: -1}, func(p *machine.Proc) {
			if left <= 0 {
				p.Yield()
				return
			}
			p.ParkTimeout(machine.Wait{What: "the end of a sleep", Owner: -1}, time.Duration(left)) // an interrupt ends it
		})
		if err != nil {
			return object.Unset, err
		}
	}
}

// structTime is time.struct_time.
func structTime(t *object.Thread) *structSeq {
	return structType(t, "time", "struct_time", "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst",
		"+tm_zone", "+tm_gmtoff")
}

// instant is the time that an optional argument in seconds means.
func instant(t *object.Thread, now func(*object.Thread) int64, a []object.Value, loc *time.Location) (time.Time, error) {
	if len(a) == 0 || a[0].IsNone() {
		return time.Unix(0, now(t)).In(loc), nil
	}
	if object.IsIntValue(a[0]) {
		n, ok := object.AsInt64(a[0])
		if !ok || n > 1<<55 || n < -(1<<55) {
			return time.Time{}, object.OverflowErrorf(t, "timestamp out of range for platform time_t")
		}
		return time.Unix(n, 0).In(loc), nil
	}
	f, err := object.FloatArg(t, a[0])
	if err != nil {
		return time.Time{}, err
	}
	if math.IsNaN(f) {
		return time.Time{}, object.ValueErrorf(t, "Invalid value NaN (not a number)")
	}
	if math.Abs(f) > 1<<55 {
		return time.Time{}, object.OverflowErrorf(t, "timestamp out of range for platform time_t")
	}
	return time.Unix(int64(math.Floor(f)), 0).In(loc), nil
}

func brokenDown(t *object.Thread, now func(*object.Thread) int64, a []object.Value, loc *time.Location) (object.Value, error) {
	tm, err := instant(t, now, a, loc)
	if err != nil {
		return object.Unset, err
	}
	return timeTuple(t, tm), nil
}

func timeTuple(t *object.Thread, tm time.Time) object.Value {
	i := func(n int) object.Value { return object.Int(int64(n)) }
	zone, off := tm.Zone()
	if tm.Location() == time.UTC {
		zone = "UTC"
	}
	return structTime(t).make(t, i(tm.Year()), i(int(tm.Month())), i(tm.Day()), i(tm.Hour()), i(tm.Minute()), i(tm.Second()),
		i((int(tm.Weekday())+6)%7), i(tm.YearDay()), i(b2i(tm.IsDST())), object.NewStr(zone), i(off))
}

// tupleTime is the time that an optional argument, a time tuple, means.
func tupleTime(t *object.Thread, now func(*object.Thread) int64, a []object.Value, loc *time.Location) (time.Time, error) {
	if len(a) == 0 {
		return time.Unix(0, now(t)).In(loc), nil
	}
	tup, ok := object.AsTuple(a[0])
	if !ok {
		return time.Time{}, object.TypeErrorf(t, "Tuple or struct_time argument required")
	}
	if len(tup.Items) != 9 {
		return time.Time{}, object.TypeErrorf(t, "asctime(): illegal time tuple argument")
	}
	var n [9]int
	for i, v := range tup.Items {
		k, err := object.IndexInt(t, v)
		if err != nil {
			return time.Time{}, err
		}
		n[i] = k
	}
	for i, what := range []string{"", "month", "day of month", "hour", "minute", "seconds", "", "day of year"} {
		hi := []int{0, 12, 31, 23, 59, 61, 0, 366}[i]
		if what != "" && (n[i] < 0 || n[i] > hi) {
			return time.Time{}, object.ValueErrorf(t, "%s out of range", what)
		}
	}
	return time.Date(n[0], time.Month(max(n[1], 1)), max(n[2], 1), n[3], n[4], n[5], 0, loc), nil
}

func timeMktime(t *object.Thread, a []object.Value) (object.Value, error) {
	tup, ok := object.AsTuple(a[0])
	if !ok || len(tup.Items) != 9 {
		return object.Unset, object.TypeErrorf(t, "Tuple or struct_time argument required")
	}
	var n [9]int
	for i, v := range tup.Items {
		k, err := object.IndexInt(t, v)
		if err != nil {
			return object.Unset, err
		}
		n[i] = k
	}
	return object.Float(float64(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.Local).Unix())), nil
}

// Strftime formats a time as C's strftime does in the C locale.
func Strftime(tm time.Time, format string) string {
	var b strings.Builder
	pad := func(n, width int, fill byte) {
		s := strconv.Itoa(n)
		for i := len(s); i < width; i++ {
			b.WriteByte(fill)
		}
		b.WriteString(s)
	}
	for i := 0; i < len(format); i++ {
		c := format[i]
		if c != '%' || i+1 == len(format) {
			b.WriteByte(c)
			continue
		}
		i++
		flag := byte(0)
		if (format[i] == '-' || format[i] == '_' || format[i] == '0' || format[i] == '^') && i+1 < len(format) {
			flag = format[i]
			i++
		}
		num := func(n, width int) {
			switch flag {
			case '-':
				pad(n, 0, '0')
			case '_':
				pad(n, width, ' ')
			default:
				pad(n, width, '0')
			}
		}
		hour12 := (tm.Hour()+11)%12 + 1
		switch format[i] {
		case 'a':
			b.WriteString(tm.Format("Mon"))
		case 'A':
			b.WriteString(tm.Format("Monday"))
		case 'b', 'h':
			b.WriteString(tm.Format("Jan"))
		case 'B':
			b.WriteString(tm.Format("January"))
		case 'c':
			b.WriteString(tm.Format("Mon Jan _2 15:04:05 2006"))
		case 'C':
			num(tm.Year()/100, 0)
		case 'd':
			num(tm.Day(), 2)
		case 'D', 'x':
			b.WriteString(tm.Format("01/02/06"))
		case 'e':
			pad(tm.Day(), 2, ' ')
		case 'F':
			num(tm.Year(), 0) // the C library does not pad years
			b.WriteString(tm.Format("-01-02"))
		case 'f':
			pad(tm.Nanosecond()/1000, 6, '0')
		case 'G':
			y, _ := tm.ISOWeek()
			num(y, 0)
		case 'g':
			y, _ := tm.ISOWeek()
			num(y%100, 2)
		case 'H':
			num(tm.Hour(), 2)
		case 'I':
			num(hour12, 2)
		case 'j':
			num(tm.YearDay(), 3)
		case 'k':
			pad(tm.Hour(), 2, ' ')
		case 'l':
			pad(hour12, 2, ' ')
		case 'm':
			num(int(tm.Month()), 2)
		case 'M':
			num(tm.Minute(), 2)
		case 'n':
			b.WriteByte('\n')
		case 'p':
			b.WriteString(tm.Format("PM"))
		case 'r':
			b.WriteString(tm.Format("03:04:05 PM"))
		case 'R':
			b.WriteString(tm.Format("15:04"))
		case 's':
			b.WriteString(strconv.FormatInt(tm.Unix(), 10))
		case 'S':
			num(tm.Second(), 2)
		case 't':
			b.WriteByte('\t')
		case 'T', 'X':
			b.WriteString(tm.Format("15:04:05"))
		case 'u':
			num((int(tm.Weekday())+6)%7+1, 1)
		case 'U':
			num((tm.YearDay()+6-int(tm.Weekday()))/7, 2)
		case 'V':
			_, w := tm.ISOWeek()
			num(w, 2)
		case 'w':
			num(int(tm.Weekday()), 1)
		case 'W':
			num((tm.YearDay()+6-(int(tm.Weekday())+6)%7)/7, 2)
		case 'y':
			num(tm.Year()%100, 2)
		case 'Y':
			num(tm.Year(), 1)
		case 'z':
			b.WriteString(tm.Format("-0700"))
		case 'Z':
			zone, _ := tm.Zone()
			b.WriteString(zone)
		case '%':
			b.WriteByte('%')
		default:
			b.WriteByte('%')
			b.WriteByte(format[i])
		}
	}
	return b.String()
}
