package object

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// This file has the class float.

func (in *Interp) initFloat() {
	x := in.Types.Float
	o := x.Ops
	for _, op := range []BinOp{OpAdd, OpSub, OpMul, OpDiv, OpFloorDiv, OpMod, OpPow} {
		o.Binary[op] = floatOp(op)
	}
	o.Compare = floatCompare
	o.Hash = func(t *Thread, v Value) (int64, error) {
		if math.IsNaN(v.AsFloat()) {
			return int64(hash64(v.Bits) >> 4), nil
		}
		return hashFloat(v), nil
	}
	o.Repr = func(t *Thread, v Value) (string, error) { return FloatRepr(v.AsFloat()), nil }
	o.Bool = func(t *Thread, v Value) (bool, error) { return v.AsFloat() != 0, nil }
	o.Unary[OpNeg] = func(t *Thread, v Value) (Value, error) { return Float(-v.AsFloat()), nil }
	o.Unary[OpPos] = func(t *Thread, v Value) (Value, error) { return v, nil }
	o.Int = func(t *Thread, v Value) (Value, error) { return FloatToInt(t, v.AsFloat()) }
	o.Float = func(t *Thread, v Value) (Value, error) { return v, nil }
	o.Format = formatFloat
	o.InitIsNew = true
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if err := NoKwargs(t, "float", kw); err != nil {
			return Unset, err
		}
		if len(args) > 1 {
			return Unset, CountError(t, "float", 0, 1, len(args))
		}
		if len(args) == 0 {
			return Float(0), nil
		}
		f, err := ToFloat(t, args[0])
		return Float(f), err
	}
	x.Attr(in, "real", func(t *Thread, v Value) (Value, error) { return Native(v), nil }, nil)
	x.Attr(in, "imag", func(t *Thread, v Value) (Value, error) { return Float(0), nil }, nil)
	rounding := func(f func(float64) float64) func(t *Thread, v Value) (Value, error) {
		return func(t *Thread, v Value) (Value, error) { return FloatToInt(t, f(v.AsFloat())) }
	}
	x.Methods(in,
		M0("conjugate", func(t *Thread, v Value) (Value, error) { return v, nil }),
		M0("is_integer", func(t *Thread, v Value) (Value, error) {
			f := v.AsFloat()
			return Bool(!math.IsInf(f, 0) && f == math.Floor(f)), nil
		}),
		M0("as_integer_ratio", floatRatio),
		M0("hex", func(t *Thread, v Value) (Value, error) { return NewStr(floatHex(v.AsFloat())), nil }),
		M0("__abs__", func(t *Thread, v Value) (Value, error) { return Float(math.Abs(v.AsFloat())), nil }),
		M0("__trunc__", rounding(math.Trunc)), M0("__floor__", rounding(math.Floor)), M0("__ceil__", rounding(math.Ceil)),
		MN("__round__", 0, 1, floatRound),
		M0("__getnewargs__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(v), nil }),
		M1("__divmod__", func(t *Thread, a, b Value) (Value, error) { return floatDivmodValue(t, a, b) }),
		M1("__rdivmod__", func(t *Thread, a, b Value) (Value, error) { return floatDivmodValue(t, b, a) }),
		MC("fromhex", floatFromHex),
		MC("__getformat__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) { return NewStr("IEEE, little-endian"), nil }),
	)
}

func floatDivmodValue(t *Thread, a, b Value) (Value, error) {
	x, ok, err := asFloat(t, a)
	if !ok || err != nil {
		return NotImplemented, err
	}
	y, ok, err := asFloat(t, b)
	if !ok || err != nil {
		return NotImplemented, err
	}
	if y == 0 {
		return Unset, ZeroDivisionErrorf(t, "float divmod()")
	}
	q, m := floatDivmod(x, y)
	return t.NewTuple(Float(q), Float(m)), nil
}

func floatRatio(t *Thread, v Value) (Value, error) {
	f := v.AsFloat()
	switch {
	case math.IsInf(f, 0):
		return Unset, OverflowErrorf(t, "cannot convert Infinity to integer ratio")
	case math.IsNaN(f):
		return Unset, ValueErrorf(t, "cannot convert NaN to integer ratio")
	}
	r := new(big.Rat).SetFloat64(f)
	return t.NewTuple(NewBig(new(big.Int).Set(r.Num())), NewBig(new(big.Int).Set(r.Denom()))), nil
}

// floatRound is round(f[, n]), correctly rounded half to even in decimal.
func floatRound(t *Thread, args []Value) (Value, error) {
	f := args[0].AsFloat()
	if len(args) == 1 || args[1].IsNone() {
		return FloatToInt(t, math.RoundToEven(f))
	}
	d, err := Index(t, args[1])
	if err != nil {
		return Unset, err
	}
	n, ok := smallInt(d)
	switch {
	case f == 0 || math.IsInf(f, 0) || math.IsNaN(f):
		return Float(f), nil
	case !ok && (*BigInt)(d.Ref).Int.Sign() > 0 || ok && n > 323:
		return Float(f), nil
	case !ok || n < -308:
		return Float(math.Copysign(0, f)), nil
	}
	r := roundDecimal(f, int(n))
	if math.IsInf(r, 0) {
		return Unset, OverflowErrorf(t, "rounded value too large to represent")
	}
	return Float(r), nil
}

// roundDecimal rounds to n decimal digits; n may be negative.
func roundDecimal(f float64, n int) float64 {
	if n >= 0 {
		r, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'f', n, 64), 64)
		return r
	}
	exact := new(big.Rat).SetFloat64(f)
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-n)), nil)
	den := new(big.Int).Mul(exact.Denom(), unit)
	q, m := floorDivMod(exact.Num(), den)
	m.Lsh(m, 1)
	if c := m.Cmp(den); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, bigOne)
	}
	r, _ := new(big.Float).SetInt(q.Mul(q, unit)).Float64()
	if r == 0 {
		return math.Copysign(0, f)
	}
	return r
}

func floatHex(f float64) string {
	switch {
	case math.IsInf(f, 0) || math.IsNaN(f):
		return FloatRepr(f)
	case f == 0:
		if math.Signbit(f) {
			return "-0x0.0p+0"
		}
		return "0x0.0p+0"
	}
	u := math.Float64bits(f)
	e := int(u>>52&0x7ff) - 1023
	m := u & (1<<52 - 1)
	lead := "1"
	if e == -1023 {
		lead, e = "0", -1022
	}
	s := ""
	if f < 0 {
		s = "-"
	}
	hex := strconv.FormatUint(m, 16)
	sign := "+"
	if e < 0 {
		sign, e = "-", -e
	}
	return s + "0x" + lead + "." + strings.Repeat("0", 13-len(hex)) + hex + "p" + sign + strconv.Itoa(e)
}

func floatFromHex(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	if len(args) != 2 {
		return Unset, TypeErrorf(t, "float.fromhex() takes exactly one argument (%d given)", len(args)-1)
	}
	s, ok := AsStr(args[1])
	if !ok {
		return Unset, TypeErrorf(t, "bad argument type for built-in operation")
	}
	text := strings.ToLower(strings.TrimSpace(s.S))
	body := strings.TrimLeft(text, "+-")
	sign := text[:len(text)-len(body)]
	bad := func() (Value, error) { return Unset, ValueErrorf(t, "invalid hexadecimal floating-point string") }
	if len(sign) > 1 || strings.Contains(body, "_") {
		return bad()
	}
	var f float64
	switch body {
	case "inf", "infinity":
		f = math.Inf(1)
	case "nan":
		f = math.NaN()
	default:
		body = strings.TrimPrefix(body, "0x")
		if !strings.Contains(body, "p") {
			body += "p0"
		}
		if strings.HasPrefix(body, "p") || strings.HasPrefix(body, ".p") {
			return bad()
		}
		var err error
		f, err = strconv.ParseFloat("0x"+body, 64)
		if err != nil {
			if ne, ok := err.(*strconv.NumError); ok && ne.Err == strconv.ErrRange {
				return Unset, OverflowErrorf(t, "hexadecimal value too large to represent as a float")
			}
			return bad()
		}
	}
	if sign == "-" {
		f = -f
	}
	if cls, _ := AsType(args[0]); cls != nil && cls != t.Interp.Types.Float {
		return t.VM.Call(t, args[0], []Value{Float(f)}, nil)
	}
	return Float(f), nil
}
