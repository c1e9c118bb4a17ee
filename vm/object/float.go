package object

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"gilt/internal/libm"
)

// This file has the arithmetic of floats and their text forms.

func floatBinary(t *Thread, op BinOp, a, b float64) (Value, error) {
	switch op {
	case OpAdd:
		return Float(a + b), nil
	case OpSub:
		return Float(a - b), nil
	case OpMul:
		return Float(a * b), nil
	case OpDiv:
		if b == 0 {
			return Unset, ZeroDivisionErrorf(t, "float division by zero")
		}
		return Float(a / b), nil
	case OpFloorDiv:
		if b == 0 {
			return Unset, ZeroDivisionErrorf(t, "float floor division by zero")
		}
		q, _ := floatDivmod(a, b)
		return Float(q), nil
	case OpMod:
		if b == 0 {
			return Unset, ZeroDivisionErrorf(t, "float modulo by zero")
		}
		return Float(floatMod(a, b)), nil
	case OpPow:
		return floatPow(t, a, b)
	}
	return NotImplemented, nil
}

// floatMod is a % b: the sign of the result is b's.
func floatMod(a, b float64) float64 {
	m := math.Mod(a, b)
	if m != 0 {
		if (b < 0) != (m < 0) {
			m += b
		}
		return m
	}
	return math.Copysign(0, b)
}

// floatDivmod is divmod(a, b) for b != 0, computed as CPython does.
func floatDivmod(a, b float64) (q, m float64) {
	m = math.Mod(a, b)
	q = (a - m) / b
	if m != 0 {
		if (b < 0) != (m < 0) {
			m += b
			q--
		}
	} else {
		m = math.Copysign(0, b)
	}
	if q != 0 {
		f := math.Floor(q)
		if q-f > 0.5 {
			f++
		}
		return f, m
	}
	return math.Copysign(0, a/b), m
}

func floatPow(t *Thread, a, b float64) (Value, error) {
	switch {
	case b == 0 || a == 1:
		return Float(1), nil
	case math.IsNaN(a) || math.IsNaN(b):
		return Float(math.NaN()), nil
	case math.IsInf(b, 0):
		switch m := math.Abs(a); {
		case m == 1:
			return Float(1), nil
		case (b > 0) == (m > 1):
			return Float(math.Inf(1)), nil
		}
		return Float(0), nil
	case a == 0 && b < 0:
		return Unset, ZeroDivisionErrorf(t, "0.0 cannot be raised to a negative power")
	case a < 0 && !math.IsInf(a, 0) && b != math.Floor(b):
		return NewComplex(complexPow(complex(a, 0), complex(b, 0))), nil
	}
	var r float64
	switch {
	case b == 2:
		r = a * a
	case b == 0.5 && a > 0:
		r = math.Sqrt(a)
	default:
		r = libm.Pow(a, b)
	}
	if math.IsInf(r, 0) && !math.IsInf(a, 0) {
		return Unset, NewRaise(t, t.Interp.Types.OverflowError, Int(34), NewStr("Numerical result out of range"))
	}
	return Float(r), nil
}

// asFloat is v as a float if it is a float or int; over: an int too large.
func asFloat(t *Thread, v Value) (f float64, ok bool, err error) {
	switch v.Kind() {
	case KindFloat:
		return v.AsFloat(), true, nil
	case KindInt, KindBool:
		return float64(v.AsInt()), true, nil
	case KindBigInt:
		f, err := bigFloat(t, &(*BigInt)(v.Ref).Int)
		return f, true, err
	case KindInstance:
		if n := Native(v); n != v {
			return asFloat(t, n)
		}
	}
	return 0, false, nil
}

func floatOp(op BinOp) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		x, ok, err := asFloat(t, a)
		if !ok || err != nil {
			return NotImplemented, err
		}
		y, ok, err := asFloat(t, b)
		if !ok || err != nil {
			return NotImplemented, err
		}
		return floatBinary(t, op, x, y)
	}
}

// floatCompare compares a float with a float or an int of any size, exactly.
func floatCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	a, b = Native(a), Native(b)
	if !a.IsFloat() {
		if !b.IsFloat() {
			return NotImplemented, nil
		}
		return floatCompare(t, op.Swapped(), b, a)
	}
	x := a.AsFloat()
	switch b.Kind() {
	case KindFloat:
		return Bool(cmpFloat(op, x, b.AsFloat())), nil
	case KindInt, KindBool:
		n := b.AsInt()
		if n >= -1<<53 && n <= 1<<53 {
			return Bool(cmpFloat(op, x, float64(n))), nil
		}
	case KindBigInt:
	default:
		return NotImplemented, nil
	}
	if math.IsNaN(x) {
		return Bool(op == CmpNe), nil
	}
	if math.IsInf(x, 0) {
		return Bool(cmpFloat(op, x, 0)), nil
	}
	n, _ := asBig(b)
	c := new(big.Float).SetFloat64(x).Cmp(new(big.Float).SetInt(n))
	return Bool(cmpInt64(op, int64(c), 0)), nil
}

func cmpFloat(op CmpOp, a, b float64) bool {
	switch op {
	case CmpLt:
		return a < b
	case CmpLe:
		return a <= b
	case CmpEq:
		return a == b
	case CmpNe:
		return a != b
	case CmpGt:
		return a > b
	}
	return a >= b
}

// FloatRepr is repr(f): the shortest decimal that reads back as f.
func FloatRepr(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	var buf [32]byte
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return pyExponent(strconv.AppendFloat(buf[:0], f, 'e', -1, 64))
	}
	b := strconv.AppendFloat(buf[:0], f, 'f', -1, 64)
	for _, c := range b {
		if c == '.' {
			return string(b)
		}
	}
	return string(append(b, '.', '0'))
}

// pyExponent is Go's exponent form as Python writes it; both have at least two digits of exponent.
func pyExponent(b []byte) string { return string(b) }

// hashFloat is CPython's: equal to the hash of an int of the same value.
func hashFloat(v Value) int64 {
	f := v.AsFloat()
	switch {
	case math.IsInf(f, 1):
		return 314159
	case math.IsInf(f, -1):
		return -314159
	case math.IsNaN(f):
		return 0
	}
	m, e := math.Frexp(math.Abs(f))
	var x uint64
	for m != 0 {
		x = x<<28&hashModulus | x>>33
		m *= 268435456
		e -= 28
		y := uint64(m)
		m -= float64(y)
		x += y
		if x >= hashModulus {
			x -= hashModulus
		}
	}
	if e >= 0 {
		e %= 61
	} else {
		e = 60 - (-1-e)%61
	}
	x = x<<uint(e)&hashModulus | x>>uint(61-e)
	h := int64(x)
	if f < 0 {
		h = -h
	}
	if h == -1 {
		h = -2
	}
	return h
}

// ParseFloat is float(s).
func ParseFloat(s string) (float64, bool) {
	s = asciiDigits(strings.TrimFunc(s, unicode.IsSpace))
	if strings.IndexByte(s, '_') >= 0 {
		for i := 0; i < len(s); i++ {
			if s[i] == '_' && (i == 0 || i == len(s)-1 || !isDigit(s[i-1]) || !isDigit(s[i+1])) {
				return 0, false
			}
		}
		s = strings.ReplaceAll(s, "_", "")
	}
	switch body := strings.ToLower(strings.TrimLeft(s, "+-")); body {
	case "inf", "infinity", "nan":
		f := math.Inf(1)
		if body == "nan" {
			f = math.NaN()
		}
		if s[0] == '-' {
			f = -f
		}
		return f, len(s)-len(body) <= 1
	default:
		for i := 0; i < len(s); i++ {
			switch c := s[i]; {
			case isDigit(c), c == '.', c == '+', c == '-', c == 'e', c == 'E':
			default:
				return 0, false // no hexadecimal here
			}
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		if ne, ok := err.(*strconv.NumError); ok && ne.Err == strconv.ErrRange {
			return f, true
		}
		return 0, false
	}
	return f, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// ToFloat is float(x).
func ToFloat(t *Thread, x Value) (float64, error) {
	switch x.Kind() {
	case KindFloat:
		return x.AsFloat(), nil
	case KindInt, KindBool:
		return float64(x.AsInt()), nil
	case KindBigInt:
		return bigFloat(t, &(*BigInt)(x.Ref).Int)
	case KindStr, KindBytes, KindByteArray:
		return parseFloatValue(t, x)
	}
	f, ok, err := numberToFloat(t, x)
	if ok || err != nil {
		return f, err
	}
	switch Native(x).Kind() {
	case KindStr, KindBytes, KindByteArray:
		return parseFloatValue(t, x)
	}
	return 0, TypeErrorf(t, "float() argument must be a string or a real number, not '%s'", TypeName(t, x))
}

// numberToFloat converts by __float__ and __index__.
func numberToFloat(t *Thread, x Value) (float64, bool, error) {
	typ := TypeOf(t, x)
	if typ.Flags&TypeUser == 0 {
		switch {
		case typ.Ops.Float != nil:
			v, err := typ.Ops.Float(t, x)
			return v.AsFloat(), true, err
		case typ.Ops.Index != nil:
			v, err := typ.Ops.Index(t, x)
			if err != nil {
				return 0, true, err
			}
			f, _, err := asFloat(t, v)
			return f, true, err
		}
		return 0, false, nil
	}
	if fn, ok := operator(t, typ, SpFloat); ok {
		v, err := CallSpecial(t, fn, x)
		if err != nil {
			return 0, true, err
		}
		if n := Native(v); n.IsFloat() {
			return n.AsFloat(), true, nil
		}
		return 0, true, TypeErrorf(t, "%s.__float__ returned non-float (type %s)", typ.messageName(), TypeName(t, v))
	}
	if fn, ok := operator(t, typ, SpIndex); ok && !fn.IsUnset() {
		v, err := Index(t, x)
		if err != nil {
			return 0, true, err
		}
		f, _, err := asFloat(t, v)
		return f, true, err
	}
	return 0, false, nil
}

// FloatArg is x as a float for functions that take real numbers: no strings.
func FloatArg(t *Thread, x Value) (float64, error) {
	switch x.Kind() {
	case KindFloat:
		return x.AsFloat(), nil
	case KindInt, KindBool:
		return float64(x.AsInt()), nil
	case KindBigInt:
		return bigFloat(t, &(*BigInt)(x.Ref).Int)
	}
	f, ok, err := numberToFloat(t, x)
	if ok || err != nil {
		return f, err
	}
	return 0, TypeErrorf(t, "must be real number, not %s", TypeName(t, x))
}

func parseFloatValue(t *Thread, x Value) (float64, error) {
	n := Native(x)
	var text string
	if n.Kind() == KindStr {
		text = (*Str)(n.Ref).S
	} else {
		b, err := bytesOf(t, n)
		if err != nil {
			return 0, err
		}
		text = latin1(b)
	}
	if f, ok := ParseFloat(text); ok {
		return f, nil
	}
	r, err := Repr(t, x)
	if err != nil {
		return 0, err
	}
	return 0, ValueErrorf(t, "could not convert string to float: %s", r)
}
