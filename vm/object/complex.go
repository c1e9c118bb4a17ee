package object

import (
	"math"
	"math/cmplx"
	"strings"
	"unicode"

	"gilt/internal/libm"
)

// This file has the class complex.

func asComplex(t *Thread, v Value) (complex128, bool, error) {
	v = Native(v)
	if v.Kind() == KindComplex {
		return (*Complex)(v.Ref).V, true, nil
	}
	f, ok, err := asFloat(t, v)
	return complex(f, 0), ok, err
}

func complexPow(a, b complex128) complex128 {
	if b == 0 {
		return 1
	}
	if a == 0 {
		return 0
	}
	if imag(b) == 0 && real(b) == math.Floor(real(b)) && math.Abs(real(b)) <= 100 {
		// Small integral powers by multiplication, as CPython does.
		n := int(real(b))
		inv := n < 0
		if inv {
			n = -n
		}
		r, p := complex(1, 0), a
		for mask := 1; mask > 0 && n >= mask; mask <<= 1 {
			if n&mask != 0 {
				r = complexMul(r, p)
			}
			p = complexMul(p, p)
		}
		if inv {
			return complexQuot(1, r)
		}
		return r
	}
	vabs := math.Hypot(real(a), imag(a))
	length := libm.Pow(vabs, real(b))
	at := libm.Atan2(imag(a), real(a))
	phase := at * real(b)
	if imag(b) != 0 {
		length *= libm.Exp(-at * imag(b))
		phase += imag(b) * libm.Log(vabs)
	}
	return complex(length*libm.Cos(phase), length*libm.Sin(phase))
}

func complexMul(a, b complex128) complex128 {
	return complex(real(a)*real(b)-imag(a)*imag(b), real(a)*imag(b)+imag(a)*real(b))
}

// complexQuot is a / b by Smith's method; b is not zero.
func complexQuot(a, b complex128) complex128 {
	ar, ai, br, bi := real(a), imag(a), real(b), imag(b)
	if math.Abs(br) >= math.Abs(bi) {
		ratio := bi / br
		den := br + bi*ratio
		return complex((ar+ai*ratio)/den, (ai-ar*ratio)/den)
	}
	ratio := br / bi
	den := br*ratio + bi
	return complex((ar*ratio+ai)/den, (ai*ratio-ar)/den)
}

func complexRepr(c complex128) string {
	return complexText(c, func(f float64) string { return strings.TrimSuffix(FloatRepr(f), ".0") })
}

func complexText(c complex128, part func(f float64) string) string {
	if real(c) == 0 && !math.Signbit(real(c)) {
		return part(imag(c)) + "j"
	}
	im := part(imag(c))
	if !strings.HasPrefix(im, "-") {
		im = "+" + im
	}
	return "(" + part(real(c)) + im + "j)"
}

func complexOp(op BinOp) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		x, ok, err := asComplex(t, a)
		if !ok || err != nil {
			return NotImplemented, err
		}
		y, ok, err := asComplex(t, b)
		if !ok || err != nil {
			return NotImplemented, err
		}
		switch op {
		case OpAdd:
			return NewComplex(x + y), nil
		case OpSub:
			return NewComplex(x - y), nil
		case OpMul:
			return NewComplex(complexMul(x, y)), nil
		case OpDiv:
			if y == 0 {
				return Unset, ZeroDivisionErrorf(t, "complex division by zero")
			}
			return NewComplex(complexQuot(x, y)), nil
		case OpPow:
			if x == 0 && (real(y) < 0 || imag(y) != 0) {
				return Unset, ZeroDivisionErrorf(t, "0.0 to a negative or complex power")
			}
			r := complexPow(x, y)
			if cmplx.IsInf(r) && !cmplx.IsInf(x) {
				return Unset, OverflowErrorf(t, "complex exponentiation")
			}
			return NewComplex(r), nil
		}
		return NotImplemented, nil
	}
}

func (in *Interp) initComplex() {
	x := in.Types.Complex
	o := x.Ops
	for _, op := range []BinOp{OpAdd, OpSub, OpMul, OpDiv, OpPow} {
		o.Binary[op] = complexOp(op)
	}
	val := func(v Value) complex128 { return (*Complex)(Native(v).Ref).V }
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		if Native(a).Kind() != KindComplex {
			a, b = b, a
		}
		c := val(a)
		var eq bool
		if y := Native(b); y.Kind() == KindComplex {
			eq = c == val(y)
		} else {
			r, err := floatCompare(t, CmpEq, Float(real(c)), y)
			if err != nil || r.IsNotImplemented() {
				return r, err
			}
			eq = r.AsBool() && imag(c) == 0
		}
		return Bool(eq == (op == CmpEq)), nil
	}
	o.Hash = func(t *Thread, v Value) (int64, error) {
		c := val(v)
		h := uint64(hashFloat(Float(real(c)))) + 1000003*uint64(hashFloat(Float(imag(c))))
		if h == 1<<64-1 {
			h--
		}
		return int64(h), nil
	}
	o.Repr = func(t *Thread, v Value) (string, error) { return complexRepr(val(v)), nil }
	o.Bool = func(t *Thread, v Value) (bool, error) { return val(v) != 0, nil }
	o.Unary[OpNeg] = func(t *Thread, v Value) (Value, error) { return NewComplex(-val(v)), nil }
	o.Unary[OpPos] = func(t *Thread, v Value) (Value, error) { return v, nil }
	o.Format = formatComplex
	o.InitIsNew = true
	o.New = complexNew
	x.Attr(in, "real", func(t *Thread, v Value) (Value, error) { return Float(real(val(v))), nil }, nil)
	x.Attr(in, "imag", func(t *Thread, v Value) (Value, error) { return Float(imag(val(v))), nil }, nil)
	x.Methods(in,
		M0("conjugate", func(t *Thread, v Value) (Value, error) { return NewComplex(cmplx.Conj(val(v))), nil }),
		M0("__abs__", func(t *Thread, v Value) (Value, error) {
			c := val(v)
			r := math.Hypot(real(c), imag(c))
			if math.IsInf(r, 0) && !cmplx.IsInf(c) {
				return Unset, OverflowErrorf(t, "absolute value too large")
			}
			return Float(r), nil
		}),
		M0("__complex__", func(t *Thread, v Value) (Value, error) { return v, nil }),
		M0("__getnewargs__", func(t *Thread, v Value) (Value, error) {
			return t.NewTuple(Float(real(val(v))), Float(imag(val(v)))), nil
		}),
	)
}

func complexNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	var a [2]Value
	if err := ParseArgs(t, "complex", args, kw, []string{"real", "imag"}, 0, a[:]); err != nil {
		return Unset, err
	}
	if s, ok := AsStr(a[0]); ok {
		if !a[1].IsUnset() {
			return Unset, TypeErrorf(t, "complex() can't take second arg if first is a string")
		}
		c, ok := parseComplex(s.S)
		if !ok {
			return Unset, ValueErrorf(t, "complex() arg is a malformed string")
		}
		return NewComplex(c), nil
	}
	var parts [2]complex128
	var whole [2]bool // the argument is a complex number itself
	for i, v := range a {
		if v.IsUnset() {
			continue
		}
		if i == 1 {
			if _, ok := AsStr(v); ok {
				return Unset, TypeErrorf(t, "complex() second arg can't be a string")
			}
		}
		c, ok, err := toComplex(t, v)
		if err != nil {
			return Unset, err
		}
		if !ok {
			if i == 0 {
				return Unset, TypeErrorf(t, "complex() first argument must be a string or a number, not '%s'", TypeName(t, v))
			}
			return Unset, TypeErrorf(t, "complex() second argument must be a number, not '%s'", TypeName(t, v))
		}
		parts[i] = c
		_, isReal, _ := asFloat(t, v)
		whole[i] = !isReal
	}
	re, im := real(parts[0]), imag(parts[0])
	if !a[1].IsUnset() {
		if whole[0] {
			im += real(parts[1])
		} else {
			im = real(parts[1])
		}
		if whole[1] {
			re -= imag(parts[1])
		}
	}
	return NewComplex(complex(re, im)), nil
}

func toComplex(t *Thread, v Value) (complex128, bool, error) {
	c, ok, err := asComplex(t, v)
	if ok || err != nil {
		return c, ok, err
	}
	if fn, ok := lookupUser(t, TypeOf(t, v), SpComplex); ok {
		x, err := CallSpecial(t, fn, v)
		if err != nil {
			return 0, false, err
		}
		if n := Native(x); n.Kind() == KindComplex {
			return (*Complex)(n.Ref).V, true, nil
		}
		return 0, false, TypeErrorf(t, "__complex__ returned non-complex (type %s)", TypeName(t, x))
	}
	f, ok, err := numberToFloat(t, v)
	return complex(f, 0), ok, err
}

func parseComplex(s string) (complex128, bool) {
	s = strings.TrimFunc(s, unicode.IsSpace)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimFunc(s[1:len(s)-1], unicode.IsSpace)
	}
	if strings.ContainsAny(s, " \t\n") {
		return 0, false
	}
	if !strings.HasSuffix(s, "j") && !strings.HasSuffix(s, "J") {
		f, ok := ParseFloat(s)
		return complex(f, 0), ok
	}
	s = s[:len(s)-1]
	cut := 0
	for i := len(s) - 1; i > 0; i-- {
		if (s[i] == '+' || s[i] == '-') && s[i-1] != 'e' && s[i-1] != 'E' {
			cut = i
			break
		}
	}
	re, im := 0.0, s[cut:]
	if cut > 0 {
		f, ok := ParseFloat(s[:cut])
		if !ok {
			return 0, false
		}
		re = f
	}
	switch im {
	case "", "+":
		return complex(re, 1), true
	case "-":
		return complex(re, -1), true
	}
	f, ok := ParseFloat(im)
	return complex(re, f), ok
}
