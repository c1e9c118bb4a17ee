package object

import (
	"math"
	"math/big"
	"strings"
	"unicode"
)

// This file turns text into ints and ints into text, with the limit on digits that CPython has against quadratic
// conversions, and makes ints of other numbers.

// maxStrDigits is the default of sys.set_int_max_str_digits.
const maxStrDigits = 4300

// StrDigitsLimit is the present limit on digits of conversions between int and decimal text; 0 for none.
func (in *Interp) StrDigitsLimit() int {
	if n := in.strDigits.Load(); n != 0 {
		return int(n - 1)
	}
	return maxStrDigits
}

// SetStrDigitsLimit sets it.
func (in *Interp) SetStrDigitsLimit(n int) { in.strDigits.Store(int64(n) + 1) }

// bigToString is the decimal text of a big int.
func bigToString(t *Thread, n *big.Int) (string, error) {
	limit := t.Interp.StrDigitsLimit()
	if limit > 0 && n.BitLen() > limit*3 {
		// 3.3219 bits a digit: only an exact count decides near the limit.
		if float64(n.BitLen()-1)*math.Log10(2) > float64(limit)+1 || len(new(big.Int).Abs(n).String()) > limit {
			return "", ValueErrorf(t, "Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", limit)
		}
	}
	return n.String(), nil
}

func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 99
}

// ParseInt is int(s, base): base 0 looks at the prefix. err is the ValueError; ok = false with nil err means a malformed literal.
func ParseInt(t *Thread, s string, base int) (v Value, ok bool, err error) {
	s = asciiDigits(strings.TrimFunc(s, unicode.IsSpace))
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	strictZero := false
	if len(s) >= 2 && s[0] == '0' {
		p := 0
		switch s[1] {
		case 'x', 'X':
			p = 16
		case 'o', 'O':
			p = 8
		case 'b', 'B':
			p = 2
		}
		if p != 0 && (base == p || base == 0) {
			base = p
			s = s[2:]
			if s != "" && s[0] == '_' {
				s = s[1:]
			}
		} else if base == 0 {
			strictZero = true
		}
	}
	if base == 0 {
		base = 10
	}
	if s == "" || s[0] == '_' || s[len(s)-1] == '_' {
		return Unset, false, nil
	}
	digits := s
	if strings.IndexByte(s, '_') >= 0 {
		if strings.Contains(s, "__") {
			return Unset, false, nil
		}
		digits = strings.ReplaceAll(s, "_", "")
	}
	n := uint64(0)
	small := true
	for i := 0; i < len(digits); i++ {
		d := digitValue(digits[i])
		if d >= base {
			return Unset, false, nil
		}
		if strictZero && d != 0 {
			return Unset, false, nil
		}
		if small {
			if n > (1<<63-1-uint64(d))/uint64(base) {
				small = false
			} else {
				n = n*uint64(base) + uint64(d)
			}
		}
	}
	if small {
		if neg {
			return Int(-int64(n)), true, nil
		}
		return Int(int64(n)), true, nil
	}
	if base&(base-1) != 0 {
		if limit := t.Interp.StrDigitsLimit(); limit > 0 && len(digits) > limit {
			return Unset, false, ValueErrorf(t, "Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", limit, len(digits))
		}
	}
	z, good := new(big.Int).SetString(digits, base)
	if !good {
		return Unset, false, nil
	}
	if neg {
		z.Neg(z)
	}
	return NewBig(z), true, nil
}

// asciiDigits replaces decimal digits of other scripts by ASCII's.
func asciiDigits(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.Map(func(r rune) rune {
				if d := decimalValue(r); d >= 0 {
					return rune('0' + d)
				}
				if unicode.IsSpace(r) {
					return ' '
				}
				return r
			}, s)
		}
	}
	return s
}

// decimalValue is the value of a decimal digit of any script, -1 if r is none. Every script's ten digits stand in a row.
func decimalValue(r rune) int {
	if r < 0x80 {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	if !unicode.Is(unicode.Nd, r) {
		return -1
	}
	n := 0
	for _, rg := range unicode.Nd.R16 {
		if r >= rune(rg.Lo) && r <= rune(rg.Hi) {
			return int(r-rune(rg.Lo)) % 10
		}
	}
	for _, rg := range unicode.Nd.R32 {
		if r >= rune(rg.Lo) && r <= rune(rg.Hi) {
			return int(r-rune(rg.Lo)) % 10
		}
	}
	return n
}

// intNew is int(x, base).
func intNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if kw == nil && len(args) == 1 {
		switch args[0].Kind() {
		case KindInt, KindBigInt:
			return args[0], nil
		case KindFloat:
			return FloatToInt(t, args[0].AsFloat())
		case KindBool:
			return Int(args[0].AsInt()), nil
		}
	}
	x, base := Unset, Unset
	if len(args) > 0 {
		x = args[0]
	}
	if len(args) > 1 {
		base = args[1]
	}
	if len(args) > 2 {
		return Unset, CountError(t, "int", 0, 2, len(args))
	}
	if kw != nil {
		for i, k := range kw.Names {
			if k != "base" || !base.IsUnset() {
				return Unset, TypeErrorf(t, "int() got an unexpected keyword argument '%s'", k)
			}
			base = kw.Values[i]
		}
	}
	if x.IsUnset() {
		if !base.IsUnset() {
			return Unset, TypeErrorf(t, "int() missing string argument")
		}
		return Int(0), nil
	}
	if base.IsUnset() {
		return ToInt(t, x)
	}
	b, err := Index(t, base)
	if err != nil {
		return Unset, err
	}
	n, small := smallInt(b)
	if !small || n != 0 && (n < 2 || n > 36) {
		return Unset, ValueErrorf(t, "int() base must be >= 2 and <= 36, or 0")
	}
	return parseIntValue(t, x, int(n))
}

func parseIntValue(t *Thread, x Value, base int) (Value, error) {
	var text string
	switch n := Native(x); n.Kind() {
	case KindStr:
		text = (*Str)(n.Ref).S
	case KindBytes, KindByteArray:
		b, err := bytesOf(t, n)
		if err != nil {
			return Unset, err
		}
		text = latin1(b)
		if strings.IndexByte(text, 0) >= 0 || !isASCII(text) {
			text = "\x00"
		}
	default:
		return Unset, TypeErrorf(t, "int() can't convert non-string with explicit base")
	}
	v, ok, err := ParseInt(t, text, base)
	if err != nil {
		return Unset, err
	}
	if !ok {
		r, err := Repr(t, x)
		if err != nil {
			return Unset, err
		}
		if len([]rune(r)) > 200 {
			r = string([]rune(r)[:200])
		}
		return Unset, ValueErrorf(t, "invalid literal for int() with base %d: %s", base, r)
	}
	return v, nil
}

// ToInt is int(x).
func ToInt(t *Thread, x Value) (Value, error) {
	switch x.Kind() {
	case KindInt, KindBigInt:
		return x, nil
	case KindBool:
		return Int(x.AsInt()), nil
	case KindFloat:
		return FloatToInt(t, x.AsFloat())
	case KindStr, KindBytes, KindByteArray:
		return parseIntValue(t, x, 10)
	}
	typ := TypeOf(t, x)
	if typ.Flags&TypeUser == 0 && typ.Ops.Int != nil {
		return typ.Ops.Int(t, x)
	}
	for _, id := range [...]SpecialID{SpInt, SpIndex, SpTrunc} {
		fn, ok := operator(t, typ, id)
		if !ok {
			continue
		}
		v, err := CallSpecial(t, fn, x)
		if err != nil {
			return Unset, err
		}
		if !IsIntValue(v) {
			if id == SpTrunc {
				return Index(t, v)
			}
			return Unset, TypeErrorf(t, "%s returned non-int (type %s)", SpecialNames[id], TypeName(t, v))
		}
		return plainInt(v), nil
	}
	switch n := Native(x); n.Kind() {
	case KindStr, KindBytes, KindByteArray:
		return parseIntValue(t, x, 10)
	}
	return Unset, TypeErrorf(t, "int() argument must be a string, a bytes-like object or a real number, not '%s'", typ.messageName())
}

// plainInt is an int of class int itself.
func plainInt(v Value) Value {
	v = Native(v)
	if v.IsBool() {
		return Int(v.AsInt())
	}
	return v
}

// Index is operator.index(v): an int of class int.
func Index(t *Thread, v Value) (Value, error) {
	switch v.Kind() {
	case KindInt, KindBigInt:
		return v, nil
	case KindBool:
		return Int(v.AsInt()), nil
	}
	if IsIntValue(v) {
		return plainInt(v), nil
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 && typ.Ops.Index != nil {
		return typ.Ops.Index(t, v)
	}
	if fn, ok := lookupUser(t, typ, SpIndex); ok && !fn.IsNone() {
		x, err := CallSpecial(t, fn, v)
		if err != nil {
			return Unset, err
		}
		if !IsIntValue(x) {
			return Unset, TypeErrorf(t, "__index__ returned non-int (type %s)", TypeName(t, x))
		}
		return plainInt(x), nil
	}
	return Unset, TypeErrorf(t, "'%s' object cannot be interpreted as an integer", typ.messageName())
}

// IndexInt is v as a Go int, for counts and positions; OverflowError if it does not fit.
func IndexInt(t *Thread, v Value) (int, error) {
	n, err := indexArg(t, v)
	return int(n), err
}

// FloatToInt is int(f).
func FloatToInt(t *Thread, f float64) (Value, error) {
	switch {
	case math.IsNaN(f):
		return Unset, ValueErrorf(t, "cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return Unset, OverflowErrorf(t, "cannot convert float infinity to integer")
	case f >= -(1<<63) && f < 1<<63:
		return Int(int64(f)), nil
	}
	z, _ := new(big.Float).SetFloat64(f).Int(nil)
	return NewBig(z), nil
}
