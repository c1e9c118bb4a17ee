package object

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// This file has the format specification mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type], for
// strings and numbers.

// spec is a parsed format specification.
type spec struct {
	fill      rune
	align     byte // < > = ^, 0 if not given
	sign      byte // + - space, 0
	noNegZero bool // z
	alt       bool
	zero      bool // fill and align come from a leading 0
	width     int  // -1: none
	group     byte // , _ or 0
	prec      int  // -1: none
	typ       rune // 0: none
}

// parseSpec parses text; class is the name of the value's class for messages.
func parseSpec(t *Thread, text, class string, defAlign byte) (spec, error) {
	sp := spec{fill: ' ', width: -1, prec: -1}
	rs := toRunes(text)
	i := 0
	isAlign := func(r rune) bool { return r == '<' || r == '>' || r == '=' || r == '^' }
	fillGiven := false
	switch {
	case len(rs) >= 2 && isAlign(rs[1]):
		sp.fill, sp.align = rs[0], byte(rs[1])
		fillGiven = true
		i = 2
	case len(rs) >= 1 && isAlign(rs[0]):
		sp.align = byte(rs[0])
		i = 1
	}
	at := func(r rune) bool { return i < len(rs) && rs[i] == r }
	if at('+') || at('-') || at(' ') {
		sp.sign = byte(rs[i])
		i++
	}
	if at('z') {
		sp.noNegZero = true
		i++
	}
	if at('#') {
		sp.alt = true
		i++
	}
	if !fillGiven && at('0') {
		sp.fill = '0'
		if sp.align == 0 && defAlign == '>' {
			sp.align = '='
		}
		sp.zero = true
		i++
	}
	number := func() (int, bool, error) {
		n, some := 0, false
		for i < len(rs) && rs[i] >= '0' && rs[i] <= '9' {
			if n > (math.MaxInt64-9)/10 {
				return 0, false, ValueErrorf(t, "Too many decimal digits in format string")
			}
			n = n*10 + int(rs[i]-'0')
			some = true
			i++
		}
		return n, some, nil
	}
	n, some, err := number()
	if err != nil {
		return sp, err
	}
	if some {
		sp.width = n
	}
	if at(',') {
		sp.group = ','
		i++
	}
	if at('_') {
		if sp.group != 0 {
			return sp, ValueErrorf(t, "Cannot specify both ',' and '_'.")
		}
		sp.group = '_'
		i++
	}
	if at(',') {
		if sp.group == '_' {
			return sp, ValueErrorf(t, "Cannot specify both ',' and '_'.")
		}
		return sp, ValueErrorf(t, "Cannot specify ',' with ','.")
	}
	if at('.') {
		i++
		n, some, err := number()
		if err != nil {
			return sp, err
		}
		if !some {
			return sp, ValueErrorf(t, "Format specifier missing precision")
		}
		sp.prec = n
	}
	switch {
	case len(rs)-i > 1:
		return sp, ValueErrorf(t, "Invalid format specifier '%s' for object of type '%s'", text, class)
	case len(rs)-i == 1:
		sp.typ = rs[i]
	}
	if sp.group != 0 {
		switch sp.typ {
		case 'd', 'e', 'f', 'g', 'E', 'G', '%', 'F', 0:
		case 'b', 'o', 'x', 'X':
			if sp.group == '_' {
				break
			}
			fallthrough
		default:
			return sp, ValueErrorf(t, "Cannot specify '%c' with %s.", sp.group, quoteType(sp.typ))
		}
	}
	if sp.width > maxStr || sp.prec > math.MaxInt32 && sp.prec > 0 {
		if sp.width > maxStr {
			return sp, MemoryError(t)
		}
		return sp, ValueErrorf(t, "precision too big")
	}
	return sp, nil
}

func quoteType(r rune) string {
	if r > 32 && r < 128 {
		return "'" + string(r) + "'"
	}
	return "'\\x" + strconv.FormatInt(int64(r), 16) + "'"
}

func unknownCode(t *Thread, r rune, class string) error {
	return ValueErrorf(t, "Unknown format code %s for object of type '%s'", quoteType(r), class)
}

// pad brings text (n code points long) to the width.
func (sp *spec) pad(text string, n int, defAlign byte) string {
	if sp.width <= n {
		return text
	}
	align := sp.align
	if align == 0 {
		align = defAlign
	}
	total := sp.width - n
	left := 0
	switch align {
	case '>', '=':
		left = total
	case '^':
		left = total / 2
	}
	fill := string(appendRune(nil, sp.fill))
	return strings.Repeat(fill, left) + text + strings.Repeat(fill, total-left)
}

// formatStr is str.__format__.
func formatStr(t *Thread, s, text string) (string, error) {
	if text == "" {
		return s, nil
	}
	sp, err := parseSpec(t, text, "str", '<')
	if err != nil {
		return "", err
	}
	switch {
	case sp.typ != 0 && sp.typ != 's':
		return "", unknownCode(t, sp.typ, "str")
	case sp.sign == ' ':
		return "", ValueErrorf(t, "Space not allowed in string format specifier")
	case sp.sign != 0:
		return "", ValueErrorf(t, "Sign not allowed in string format specifier")
	case sp.noNegZero:
		return "", ValueErrorf(t, "Negative zero coercion (z) not allowed in string format specifier")
	case sp.alt:
		return "", ValueErrorf(t, "Alternate form (#) not allowed in string format specifier")
	case sp.group != 0:
		return "", ValueErrorf(t, "Cannot specify '%c' with 's'.", sp.group)
	case sp.align == '=':
		return "", ValueErrorf(t, "'=' alignment not allowed in string format specifier")
	}
	n := runeCount(s)
	if sp.prec >= 0 && sp.prec < n {
		n = sp.prec
		s = newStr(s).subString(0, n)
	}
	return sp.pad(s, n, '<'), nil
}

// subString is the code points [i, j) as a Go string.
func (s *Str) subString(i, j int) string { return s.S[s.byteOffset(i):s.byteOffset(j)] }

// number lays out sign, prefix (0x), digits before the point and rest (point and after), grouped and padded.
func (sp *spec) number(neg bool, prefix, digits, rest string, groupSize int) string {
	sign := ""
	switch {
	case neg:
		sign = "-"
	case sp.sign == '+':
		sign = "+"
	case sp.sign == ' ':
		sign = " "
	}
	align := sp.align
	if align == 0 {
		align = '>'
	}
	if sp.group != 0 {
		min := 0
		if sp.fill == '0' && align == '=' {
			min = sp.width - len(sign) - len(prefix) - len(rest)
		}
		digits = groupDigits(digits, sp.group, groupSize, min)
	}
	body := digits + rest
	n := len(sign) + len(prefix) + runeCount(body)
	if align == '=' && sp.width > n {
		return sign + prefix + strings.Repeat(string(appendRune(nil, sp.fill)), sp.width-n) + body
	}
	return sp.pad(sign+prefix+body, n, '>')
}

// groupDigits puts separators between groups, with leading zeros up to min characters.
func groupDigits(digits string, sep byte, size, min int) string {
	var out []byte // reversed
	n := 0
	for i := len(digits) - 1; i >= 0; i-- {
		if n > 0 && n%size == 0 {
			out = append(out, sep)
		}
		out = append(out, digits[i])
		n++
	}
	for len(out) < min {
		if n%size == 0 && n > 0 {
			out = append(out, sep)
		}
		out = append(out, '0')
		n++
	}
	reverseBytes(out)
	return string(out)
}

// formatInt is int.__format__.
func formatInt(t *Thread, v Value, text string) (string, error) {
	if text == "" {
		return intRepr(t, v)
	}
	class := "int"
	sp, err := parseSpec(t, text, class, '>')
	if err != nil {
		return "", err
	}
	switch sp.typ {
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		f, _, err := asFloat(t, v)
		if err != nil {
			return "", err
		}
		return formatFloatSpec(t, f, &sp, class)
	case 0, 'd', 'n', 'b', 'o', 'x', 'X', 'c':
	default:
		return "", unknownCode(t, sp.typ, class)
	}
	if sp.prec >= 0 {
		return "", ValueErrorf(t, "Precision not allowed in integer format specifier")
	}
	if sp.noNegZero {
		return "", ValueErrorf(t, "Negative zero coercion (z) not allowed in integer format specifier")
	}
	if sp.typ == 'c' {
		return formatChar(t, v, &sp)
	}
	neg, digits, err := intDigits(t, v, sp.typ)
	if err != nil {
		return "", err
	}
	prefix, size := "", 3
	switch sp.typ {
	case 'b', 'o', 'x', 'X':
		size = 4
		if sp.alt {
			prefix = "0" + string(sp.typ)
		}
	}
	return sp.number(neg, prefix, digits, "", size), nil
}

func formatChar(t *Thread, v Value, sp *spec) (string, error) {
	switch {
	case sp.sign != 0:
		return "", ValueErrorf(t, "Sign not allowed with integer format specifier 'c'")
	case sp.alt:
		return "", ValueErrorf(t, "Alternate form (#) not allowed with integer format specifier 'c'")
	}
	n, ok := smallInt(v)
	if !ok {
		return "", OverflowErrorf(t, "Python int too large to convert to C long")
	}
	if n < 0 || n > 0x10FFFF {
		return "", OverflowErrorf(t, "%c arg not in range(0x110000)")
	}
	return sp.pad(string(appendRune(nil, rune(n))), 1, '<'), nil
}

// intDigits is the magnitude of an int in the base of the format type.
func intDigits(t *Thread, v Value, typ rune) (neg bool, digits string, err error) {
	base := 10
	switch typ {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'x', 'X':
		base = 16
	}
	if n, ok := smallInt(v); ok {
		u := uint64(n)
		if n < 0 {
			u = -u
		}
		neg, digits = n < 0, strconv.FormatUint(u, base)
	} else {
		b, _ := asBig(v)
		neg = b.Sign() < 0
		if base == 10 {
			if digits, err = bigToString(t, new(big.Int).Abs(b)); err != nil {
				return false, "", err
			}
		} else {
			digits = new(big.Int).Abs(b).Text(base)
		}
	}
	if typ == 'X' {
		digits = strings.ToUpper(digits)
	}
	return neg, digits, nil
}

// formatFloat is float.__format__.
func formatFloat(t *Thread, v Value, text string) (string, error) {
	if text == "" {
		return FloatRepr(v.AsFloat()), nil
	}
	sp, err := parseSpec(t, text, "float", '>')
	if err != nil {
		return "", err
	}
	switch sp.typ {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%':
		return formatFloatSpec(t, v.AsFloat(), &sp, "float")
	}
	return "", unknownCode(t, sp.typ, "float")
}

func formatFloatSpec(t *Thread, f float64, sp *spec, class string) (string, error) {
	text := floatDigits(f, sp.typ, sp.prec, sp.alt)
	neg := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	if neg && sp.noNegZero && isZeroText(text) {
		neg = false
	}
	if sp.typ == '%' {
		text += "%"
	}
	cut := 0
	for cut < len(text) && isDigit(text[cut]) {
		cut++
	}
	if cut == 0 { // inf, nan: no zeros within
		return sp.number(neg, "", "", text, 3), nil
	}
	return sp.number(neg, "", text[:cut], text[cut:], 3), nil
}

func isZeroText(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'e' || c == 'E' || c == '%':
			return true
		case c >= '1' && c <= '9':
			return false
		}
	}
	return true
}

// floatDigits is a float in the form of a format type, with its sign; without the % of '%'.
func floatDigits(f float64, typ rune, prec int, alt bool) string {
	upper := typ == 'E' || typ == 'F' || typ == 'G'
	var s string
	if math.IsInf(f, 0) || math.IsNaN(f) {
		s = FloatRepr(f)
		if upper {
			s = strings.ToUpper(s)
		}
		return s
	}
	switch typ {
	case 'e', 'E':
		s = strconv.FormatFloat(f, 'e', orDefault(prec, 6), 64)
		if alt && prec == 0 {
			s = strings.Replace(s, "e", ".e", 1)
		}
	case 'f', 'F', '%':
		if typ == '%' {
			f *= 100
			if math.IsInf(f, 0) {
				return FloatRepr(f)
			}
		}
		s = strconv.FormatFloat(f, 'f', orDefault(prec, 6), 64)
		if alt && prec == 0 {
			s += "."
		}
	case 'g', 'G', 'n':
		s = generalFloat(f, orDefault(prec, 6), alt, false)
	default:
		if prec < 0 {
			s = FloatRepr(f)
			if alt && strings.IndexByte(s, 'e') >= 0 && strings.IndexByte(s, '.') < 0 {
				s = strings.Replace(s, "e", ".e", 1)
			}
		} else {
			s = generalFloat(f, prec, alt, true)
		}
	}
	if upper {
		s = strings.ToUpper(s)
	}
	return s
}

func orDefault(prec, def int) int {
	if prec < 0 {
		return def
	}
	return prec
}

// generalFloat is the 'g' format. With dot it is that of an empty type: as 'g', but with a digit after the point, and the
// exponent form one digit earlier.
func generalFloat(f float64, prec int, alt, dot bool) string {
	if prec == 0 {
		prec = 1
	}
	e := strconv.FormatFloat(f, 'e', prec-1, 64)
	i := strings.IndexByte(e, 'e')
	x, _ := strconv.Atoi(e[i+1:])
	limit := prec
	if dot {
		limit = prec - 1
	}
	if x < -4 || x >= limit {
		m := e[:i]
		if !alt {
			m = trimZeros(m)
		} else if strings.IndexByte(m, '.') < 0 {
			m += "."
		}
		return m + e[i:]
	}
	s := strconv.FormatFloat(f, 'f', max(prec-1-x, 0), 64)
	if alt {
		if strings.IndexByte(s, '.') < 0 {
			s += "."
		}
		return s
	}
	s = trimZeros(s)
	if dot && strings.IndexByte(s, '.') < 0 {
		s += ".0"
	}
	return s
}

func trimZeros(s string) string {
	if strings.IndexByte(s, '.') < 0 {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
