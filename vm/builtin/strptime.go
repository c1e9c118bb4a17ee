package builtin

import (
	"strings"
	"time"

	"gilt/vm/object"
)

// time.strptime: reading times by a format of strftime's.

// parsedTime is what strptime has read; -1 where nothing was said.
type parsedTime struct {
	year, month, day, hour, minute, second, nano, yday, wday int
	pm                                                       int // 0 unknown, 1 AM, 2 PM
	hour12                                                   bool
	offset                                                   int
	hasOffset                                                bool
	zone                                                     string
}

var (
	monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	dayNames   = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)

// Strptime reads s by the format. ok is false if it does not match; rest is what was left over.
func Strptime(s, format string) (tm time.Time, rest string, ok bool) {
	p := parsedTime{year: 1900, month: 1, day: 1, wday: -1, yday: -1}
	rest, ok = p.parse(s, format)
	if !ok {
		return tm, rest, false
	}
	loc := time.UTC
	if p.hasOffset {
		loc = time.FixedZone(p.zone, p.offset)
	}
	if p.hour12 {
		p.hour %= 12
		if p.pm == 2 {
			p.hour += 12
		}
	}
	if p.yday > 0 {
		tm = time.Date(p.year, 1, p.yday, p.hour, p.minute, p.second, p.nano, loc)
		return tm, rest, true
	}
	tm = time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, p.nano, loc)
	return tm, rest, tm.Day() == p.day && int(tm.Month()) == p.month
}

func (p *parsedTime) parse(s, format string) (string, bool) {
	num := func(lo, hi, width int) (int, bool) {
		n, k := 0, 0
		for k < width && k < len(s) && s[k] >= '0' && s[k] <= '9' {
			n = n*10 + int(s[k]-'0')
			k++
		}
		if k == 0 || n < lo || n > hi {
			return 0, false
		}
		s = s[k:]
		return n, true
	}
	name := func(names []string) (int, bool) {
		low := strings.ToLower(s)
		for i, n := range names {
			if strings.HasPrefix(low, n) {
				s = s[len(n):]
				return i, true
			}
		}
		for i, n := range names {
			if strings.HasPrefix(low, n[:3]) {
				s = s[3:]
				return i, true
			}
		}
		return 0, false
	}
	for i := 0; i < len(format); i++ {
		c := format[i]
		if c == ' ' || c == '\t' || c == '\n' {
			trimmed := strings.TrimLeft(s, " \t\n")
			if len(trimmed) == len(s) {
				return s, false
			}
			s = trimmed
			for i+1 < len(format) && (format[i+1] == ' ' || format[i+1] == '\t' || format[i+1] == '\n') {
				i++
			}
			continue
		}
		if c != '%' || i+1 == len(format) {
			if s == "" || s[0] != c {
				return s, false
			}
			s = s[1:]
			continue
		}
		i++
		ok := true
		var n int
		switch format[i] {
		case 'Y':
			if len(s) < 4 {
				return s, false
			}
			p.year, ok = num(0, 9999, 4)
		case 'y':
			p.year, ok = num(0, 99, 2)
			if p.year < 69 {
				p.year += 2000
			} else {
				p.year += 1900
			}
		case 'm':
			p.month, ok = num(1, 12, 2)
		case 'd', 'e':
			s = strings.TrimLeft(s, " ")
			p.day, ok = num(1, 31, 2)
		case 'H':
			p.hour, ok = num(0, 23, 2)
		case 'I':
			p.hour, ok = num(1, 12, 2)
			p.hour12 = true
		case 'M':
			p.minute, ok = num(0, 59, 2)
		case 'S':
			p.second, ok = num(0, 61, 2)
		case 'j':
			p.yday, ok = num(1, 366, 3)
		case 'f':
			k := len(s)
			n, ok = num(0, 999999, 6)
			for k -= len(s); k < 6 && ok; k++ {
				n *= 10
			}
			p.nano = n * 1000
		case 'w':
			n, ok = num(0, 6, 1)
			p.wday = (n + 6) % 7
		case 'b', 'B', 'h':
			n, ok = name(monthNames)
			p.month = n + 1
		case 'a', 'A':
			p.wday, ok = name(dayNames)
		case 'p':
			low := strings.ToLower(s)
			switch {
			case strings.HasPrefix(low, "am"):
				p.pm = 1
			case strings.HasPrefix(low, "pm"):
				p.pm = 2
			default:
				return s, false
			}
			s = s[2:]
		case 'z':
			ok = p.parseOffset(&s)
		case 'Z':
			k := 0
			for k < len(s) && (s[k] >= 'A' && s[k] <= 'Z' || s[k] >= 'a' && s[k] <= 'z') {
				k++
			}
			p.zone, s = s[:k], s[k:]
		case 'D', 'x':
			s, ok = p.parse(s, "%m/%d/%y"+format[i+1:])
			return s, ok
		case 'T', 'X':
			return p.parse(s, "%H:%M:%S"+format[i+1:])
		case 'R':
			return p.parse(s, "%H:%M"+format[i+1:])
		case 'F':
			return p.parse(s, "%Y-%m-%d"+format[i+1:])
		case 'c':
			return p.parse(s, "%a %b %d %H:%M:%S %Y"+format[i+1:])
		case '%':
			if s == "" || s[0] != '%' {
				return s, false
			}
			s = s[1:]
		default:
			return s, false
		}
		if !ok {
			return s, false
		}
	}
	return s, true
}

func (p *parsedTime) parseOffset(s *string) bool {
	x := *s
	if strings.HasPrefix(x, "Z") {
		*s, p.hasOffset = x[1:], true
		return true
	}
	if len(x) < 5 || x[0] != '+' && x[0] != '-' {
		return false
	}
	digits := func(i int) (int, bool) {
		if i+2 > len(x) || x[i] < '0' || x[i] > '9' || x[i+1] < '0' || x[i+1] > '9' {
			return 0, false
		}
		return int(x[i]-'0')*10 + int(x[i+1]-'0'), true
	}
	h, ok := digits(1)
	at := 3
	if ok && x[3] == ':' {
		at = 4
	}
	m, ok2 := digits(at)
	if !ok || !ok2 {
		return false
	}
	p.offset = h*3600 + m*60
	if x[0] == '-' {
		p.offset = -p.offset
	}
	p.hasOffset = true
	*s = x[at+2:]
	return true
}

func timeStrptime(t *object.Thread, a []object.Value) (object.Value, error) {
	s, err := strArg(t, "strptime", 0, a[0])
	if err != nil {
		return object.Unset, object.TypeErrorf(t, "strptime() argument 0 must be str, not <class '%s'>", object.TypeName(t, a[0]))
	}
	format := "%a %b %d %H:%M:%S %Y"
	if len(a) > 1 {
		if format, err = strArg(t, "strptime", 1, a[1]); err != nil {
			return object.Unset, err
		}
	}
	tm, rest, ok := Strptime(s, format)
	if !ok {
		qs, _ := object.Repr(t, a[0])
		qf, _ := object.Repr(t, object.NewStr(format))
		return object.Unset, object.ValueErrorf(t, "time data %s does not match format %s", qs, qf)
	}
	if rest != "" {
		return object.Unset, object.ValueErrorf(t, "unconverted data remains: %s", rest)
	}
	i := func(n int) object.Value { return object.Int(int64(n)) }
	return structTime(t).make(t, i(tm.Year()), i(int(tm.Month())), i(tm.Day()), i(tm.Hour()), i(tm.Minute()), i(tm.Second()),
		i((int(tm.Weekday())+6)%7), i(tm.YearDay()), i(-1), object.None, object.None), nil
}
