package object

import (
	"math"
	"strings"
)

// This file has printf-style formatting, for strings and bytes.

// percentDirective is one % conversion.
type percentDirective struct {
	left, plus, space, alt, zero bool
	width, prec                  int // -1: none
	conv                         byte
}

// percent is one formatting operation. bytes says that the format is a bytes object: %s and %b take bytes then.
type percent struct {
	t     *Thread
	bytes bool
	args  []Value
	next  int
	dict  Value // the mapping of %(name) directives, Unset if the argument is none
	used  bool  // a name has been looked up
}

// PercentFormat is format % v for strings.
func PercentFormat(t *Thread, format *Str, v Value) (Value, error) {
	p := newPercent(t, v)
	out, err := p.run(format.S)
	if err != nil {
		return Unset, err
	}
	return NewStr(out), nil
}

func newPercent(t *Thread, v Value) *percent {
	p := &percent{t: t, dict: Unset}
	if tup, ok := AsTuple(v); ok {
		p.args = tup.Items
		return p
	}
	p.args = []Value{v}
	typ := TypeOf(t, v)
	if k := Native(v).Kind(); k == KindStr || k == KindBytes || k == KindByteArray || k == KindType {
		return p
	}
	if typ.Ops.GetItem != nil {
		p.dict = v
	} else if _, ok := lookupUser(t, typ, SpGetItem); ok {
		p.dict = v
	}
	return p
}

func (p *percent) arg() (Value, error) {
	if p.next >= len(p.args) {
		return Unset, TypeErrorf(p.t, "not enough arguments for format string")
	}
	v := p.args[p.next]
	p.next++
	return v, nil
}

func (p *percent) run(s string) (string, error) {
	t := p.t
	out := make([]byte, 0, len(s)+16)
	for i := 0; i < len(s); {
		j := strings.IndexByte(s[i:], '%')
		if j < 0 {
			out = append(out, s[i:]...)
			break
		}
		out = append(out, s[i:i+j]...)
		i += j + 1
		if i < len(s) && s[i] == '%' {
			out = append(out, '%')
			i++
			continue
		}
		d, k, err := p.directive(s, i)
		if err != nil {
			return "", err
		}
		if out, err = p.convert(out, &d, s, k); err != nil {
			return "", err
		}
		i = k + 1
		if len(out) > maxStr {
			return "", MemoryError(t)
		}
	}
	if p.next < len(p.args) && (p.dict.IsUnset() || len(p.args) > 1) {
		return "", TypeErrorf(t, "not all arguments converted during %s formatting", p.what())
	}
	return string(out), nil
}

func (p *percent) what() string {
	if p.bytes {
		return "bytes"
	}
	return "string"
}

// directive parses flags, width and precision from s[i:]; k is the index of the conversion character.
func (p *percent) directive(s string, i int) (d percentDirective, k int, err error) {
	t := p.t
	d.width, d.prec = -1, -1
	incomplete := func() (percentDirective, int, error) { return d, 0, ValueErrorf(t, "incomplete format") }
	if i < len(s) && s[i] == '(' {
		depth, j := 1, i+1
		for ; j < len(s) && depth > 0; j++ {
			switch s[j] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		if depth > 0 {
			return d, 0, ValueErrorf(t, "incomplete format key")
		}
		if p.dict.IsUnset() {
			return d, 0, TypeErrorf(t, "format requires a mapping")
		}
		key := NewStr(s[i+1 : j-1])
		if p.bytes {
			key = NewBytes(s[i+1 : j-1])
		}
		v, err := GetItem(t, p.dict, key)
		if err != nil {
			return d, 0, err
		}
		p.args, p.next, p.used = []Value{v}, 0, true
		i = j
	}
flags:
	for ; i < len(s); i++ {
		switch s[i] {
		case '-':
			d.left = true
		case '+':
			d.plus = true
		case ' ':
			d.space = true
		case '#':
			d.alt = true
		case '0':
			d.zero = true
		default:
			break flags
		}
	}
	number := func() (int, error) {
		if i < len(s) && s[i] == '*' {
			i++
			v, err := p.arg()
			if err != nil {
				return 0, err
			}
			n, ok := smallInt(v)
			if !ok && v.Kind() != KindBigInt {
				return 0, TypeErrorf(t, "* wants int")
			}
			switch precision := s[i-2] == '.'; {
			case precision && (!ok || n != int64(int32(n))):
				return 0, OverflowErrorf(t, "Python int too large to convert to C int")
			case !ok:
				return 0, OverflowErrorf(t, "Python int too large to convert to C ssize_t")
			}
			return int(n), nil
		}
		n, some := 0, false
		for i < len(s) && isDigit(s[i]) {
			if n > math.MaxInt32 {
				return 0, ValueErrorf(t, "width too big")
			}
			n = n*10 + int(s[i]-'0')
			i++
			some = true
		}
		if !some {
			return -1, nil
		}
		return n, nil
	}
	star := i < len(s) && s[i] == '*'
	if d.width, err = number(); err != nil {
		return d, 0, err
	}
	if star && d.width < 0 {
		d.left, d.width = true, -d.width
	}
	if i < len(s) && s[i] == '.' {
		i++
		if d.prec, err = number(); err != nil {
			return d, 0, err
		}
		d.prec = max(d.prec, 0)
	}
	if i < len(s) && (s[i] == 'h' || s[i] == 'l' || s[i] == 'L') {
		i++
	}
	if i >= len(s) {
		return incomplete()
	}
	if d.width > maxStr {
		return d, 0, MemoryError(t)
	}
	d.conv = s[i]
	return d, i, nil
}

// convert appends the next argument, converted.
func (p *percent) convert(out []byte, d *percentDirective, s string, k int) ([]byte, error) {
	t := p.t
	if d.conv == '%' {
		if _, err := p.arg(); err != nil {
			return nil, err
		}
		return nil, p.unsupported(s, k)
	}
	switch d.conv {
	case 's', 'r', 'a', 'b', 'c', 'd', 'i', 'u', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G':
	default:
		return nil, p.unsupported(s, k)
	}
	if d.conv == 'b' && !p.bytes {
		return nil, p.unsupported(s, k)
	}
	v, err := p.arg()
	if err != nil {
		return nil, err
	}
	switch d.conv {
	case 's', 'r', 'a', 'b':
		text, err := p.text(d.conv, v)
		if err != nil {
			return nil, err
		}
		if d.prec >= 0 {
			if p.bytes {
				text = text[:min(d.prec, len(text))]
			} else if runeCount(text) > d.prec {
				text = newStr(text).subString(0, d.prec)
			}
		}
		return p.padText(out, d, text), nil
	case 'c':
		text, err := p.char(v)
		if err != nil {
			return nil, err
		}
		return p.padText(out, d, text), nil
	case 'e', 'E', 'f', 'F', 'g', 'G':
		f, err := FloatArg(t, v)
		if err != nil {
			if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok {
				if p.bytes {
					return nil, TypeErrorf(t, "float argument required, not %s", TypeName(t, v))
				}
				return nil, TypeErrorf(t, "must be real number, not %s", TypeName(t, v))
			}
			return nil, err
		}
		text := floatDigits(f, rune(d.conv), d.prec, d.alt)
		neg := strings.HasPrefix(text, "-")
		return p.padNumber(out, d, neg, "", strings.TrimPrefix(text, "-")), nil
	}
	return p.integer(out, d, v)
}

func (p *percent) unsupported(s string, k int) error {
	r, _ := runeAt(s, k)
	at := runeCount(s[:k])
	if r < 32 || r > 126 {
		return ValueErrorf(p.t, "unsupported format character '?' (0x%x) at index %d", r, at)
	}
	return ValueErrorf(p.t, "unsupported format character '%c' (0x%x) at index %d", r, r, at)
}

func (p *percent) text(conv byte, v Value) (string, error) {
	t := p.t
	switch {
	case conv == 'a':
		return ASCII(t, v)
	case p.bytes && conv == 'r':
		return ASCII(t, v)
	case conv == 'r':
		return Repr(t, v)
	case !p.bytes:
		return ToStr(t, v)
	}
	b, ok, err := bufferOf(t, v)
	if ok || err != nil {
		return b, err
	}
	if fn, found := lookupUser(t, TypeOf(t, v), SpBytes); found {
		x, err := CallSpecial(t, fn, v)
		if err != nil {
			return "", err
		}
		b, _, err := bufferOf(t, x)
		return b, err
	}
	return "", TypeErrorf(t, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", TypeName(t, v))
}

func (p *percent) char(v Value) (string, error) {
	t := p.t
	if p.bytes {
		if b, ok, err := bufferOf(t, v); err != nil {
			return "", err
		} else if ok && len(b) == 1 {
			return b, nil
		}
		if n, ok := smallInt(v); ok {
			if n < 0 || n > 255 {
				return "", OverflowErrorf(t, "%c arg not in range(256)")
			}
			return string([]byte{byte(n)}), nil
		}
		return "", TypeErrorf(t, "%c requires an integer in range(256) or a single byte")
	}
	if s, ok := AsStr(v); ok {
		if s.Len == 1 {
			return s.S, nil
		}
		return "", TypeErrorf(t, "%c requires int or char")
	}
	if !hasIndex(t, v) {
		return "", TypeErrorf(t, "%c requires int or char")
	}
	x, err := Index(t, v)
	if err != nil {
		return "", err
	}
	n, ok := smallInt(x)
	if !ok || n < 0 || n > 0x10FFFF {
		return "", OverflowErrorf(t, "%c arg not in range(0x110000)")
	}
	return string(appendRune(nil, rune(n))), nil
}

func (p *percent) integer(out []byte, d *percentDirective, v Value) ([]byte, error) {
	t := p.t
	x := v
	if !IsIntValue(v) {
		var err error
		switch n := Native(v); {
		case d.conv == 'x' || d.conv == 'X' || d.conv == 'o':
			if !hasIndex(t, v) {
				return nil, TypeErrorf(t, "%%%c format: an integer is required, not %s", d.conv, TypeName(t, v))
			}
			x, err = Index(t, v)
		case n.Kind() == KindFloat:
			x, err = FloatToInt(t, n.AsFloat())
		default:
			typ := TypeOf(t, v)
			_, hasInt := lookupUser(t, typ, SpInt)
			if !hasInt && typ.Ops.Int == nil && !hasIndex(t, v) {
				return nil, TypeErrorf(t, "%%%c format: a real number is required, not %s", d.conv, TypeName(t, v))
			}
			x, err = ToInt(t, v)
		}
		if err != nil {
			return nil, err
		}
	}
	typ := rune(d.conv)
	if typ == 'i' || typ == 'u' {
		typ = 'd'
	}
	neg, digits, err := intDigits(t, x, typ)
	if err != nil {
		return nil, err
	}
	prefix := ""
	if d.alt && typ != 'd' {
		prefix = "0" + string(typ)
	}
	if d.prec > len(digits) {
		if d.prec > maxStr {
			return nil, MemoryError(t)
		}
		digits = strings.Repeat("0", d.prec-len(digits)) + digits
	}
	return p.padNumber(out, d, neg, prefix, digits), nil
}

func (p *percent) padText(out []byte, d *percentDirective, text string) []byte {
	n := len(text)
	if !p.bytes {
		n = runeCount(text)
	}
	fill := d.width - n
	if !d.left {
		for ; fill > 0; fill-- {
			out = append(out, ' ')
		}
	}
	out = append(out, text...)
	for ; fill > 0; fill-- {
		out = append(out, ' ')
	}
	return out
}

func (p *percent) padNumber(out []byte, d *percentDirective, neg bool, prefix, digits string) []byte {
	sign := ""
	switch {
	case neg:
		sign = "-"
	case d.plus:
		sign = "+"
	case d.space:
		sign = " "
	}
	fill := d.width - len(sign) - len(prefix) - len(digits)
	if d.zero && !d.left {
		out = append(append(out, sign...), prefix...)
		for ; fill > 0; fill-- {
			out = append(out, '0')
		}
		return append(out, digits...)
	}
	if !d.left {
		for ; fill > 0; fill-- {
			out = append(out, ' ')
		}
	}
	out = append(append(append(out, sign...), prefix...), digits...)
	for ; fill > 0; fill-- {
		out = append(out, ' ')
	}
	return out
}
