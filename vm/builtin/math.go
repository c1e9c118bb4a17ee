package builtin

import (
	"math"
	"math/big"

	"gilt/internal/libm"
	"gilt/vm/object"
)

// Module math: functions of one or two floats. The rest is in math_int.go and math_sum.go.

func init() { register("math", makeMath) }

func makeMath(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "math", "Mathematical functions of real numbers.",
		real1("acos", libm.Acos), real1("asin", libm.Asin), real1("atan", libm.Atan),
		real1("acosh", libm.Acosh), real1("asinh", libm.Asinh), real1("atanh", func(x float64) float64 {
			if math.Abs(x) >= 1 {
				return math.NaN()
			}
			return libm.Atanh(x)
		}),
		real1("cos", libm.Cos), real1("sin", libm.Sin), real1("tan", libm.Tan),
		real1("cosh", libm.Cosh), real1("sinh", libm.Sinh), real1("tanh", libm.Tanh),
		real1("exp", libm.Exp), real1("exp2", libm.Exp2), real1("expm1", libm.Expm1),
		real1("cbrt", libm.Cbrt), real1("erf", libm.Erf), real1("erfc", libm.Erfc),
		real1("fabs", math.Abs), real1("sqrt", math.Sqrt),
		real1("log1p", func(x float64) float64 {
			if x <= -1 {
				return math.NaN()
			}
			return libm.Log1p(x)
		}),
		real1("gamma", func(x float64) float64 {
			if x == 0 || x == math.Floor(x) && x < 0 || math.IsInf(x, -1) {
				return math.NaN()
			}
			return libm.Gamma(x)
		}),
		real1("lgamma", func(x float64) float64 {
			if x <= 0 && x == math.Floor(x) && !math.IsInf(x, -1) {
				return math.NaN()
			}
			return libm.Lgamma(x)
		}),
		plain1("degrees", func(x float64) float64 { return x * (180 / math.Pi) }),
		plain1("radians", func(x float64) float64 { return x * (math.Pi / 180) }),
		plain1("ulp", ulp),
		real2("atan2", libm.Atan2), real2("copysign", math.Copysign),
		fixed("pow", 2, 2, mathPow), fixed("fmod", 2, 2, mathFmod), fixed("remainder", 2, 2, mathRemainder),
		fixed("fma", 3, 3, mathFma), fixed("frexp", 1, 1, mathFrexp), fixed("ldexp", 2, 2, mathLdexp), fixed("modf", 1, 1, mathModf),
		fixed("log", 1, 2, mathLog),
		fixed("log2", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return logOf(t, a[0], libm.Log2, 1) }),
		fixed("log10", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return logOf(t, a[0], libm.Log10, math.Log10(2))
		}),
		test("isfinite", func(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }),
		test("isinf", func(x float64) bool { return math.IsInf(x, 0) }),
		test("isnan", math.IsNaN),
		vary("isclose", mathIsclose), vary("nextafter", mathNextafter),
		fixed("ceil", 1, 1, rounder(object.SpCeil, math.Ceil)), fixed("floor", 1, 1, rounder(object.SpFloor, math.Floor)),
		fixed("trunc", 1, 1, mathTrunc),
	)
	for _, d := range mathIntegers {
		addFunc(t, m, d)
	}
	for _, d := range mathSums {
		addFunc(t, m, d)
	}
	for n, f := range map[string]float64{"pi": math.Pi, "e": math.E, "tau": 2 * math.Pi, "inf": math.Inf(1), "nan": math.NaN()} {
		set(t, m, n, object.Float(f))
	}
	if t.Interp.Dialect2 {
		for _, n := range []string{"ceil", "floor"} {
			v, _, _ := m.NS.Get(t, t.Intern(n))
			set(t, m, n, object.NewBuiltin(n, asFloat2((*object.Builtin)(v.Ref).Fn)).Value())
		}
	}
	return m, nil
}

// asFloat2 makes a function's result a float.
func asFloat2(fn object.BuiltinFn) object.BuiltinFn {
	return func(t *object.Thread, a []object.Value, kw *object.Kwargs) (object.Value, error) {
		v, err := fn(t, a, kw)
		if err != nil {
			return object.Unset, err
		}
		return object.Call(t, t.Interp.Types.Float.Value(), v)
	}
}

func domainError(t *object.Thread) error { return object.ValueErrorf(t, "math domain error") }
func rangeError(t *object.Thread) error  { return object.OverflowErrorf(t, "math range error") }

// checkedResult is r, or the error that an unexpected NaN or infinity means.
func checkedResult(t *object.Thread, r float64, finite, number bool) (object.Value, error) {
	if r-r != 0 {
		if math.IsNaN(r) && number {
			return object.Unset, domainError(t)
		}
		if math.IsInf(r, 0) && finite {
			return object.Unset, rangeError(t)
		}
	}
	return object.Float(r), nil
}

// real1 is a function of one number: NaN for a number is a domain error, an infinity for a finite one a range error.
func real1(name string, f func(float64) float64) def {
	return fixed(name, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		x, err := object.FloatArg(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		return checkedResult(t, f(x), !math.IsInf(x, 0), !math.IsNaN(x))
	})
}

// plain1 is a function of one number without errors.
func plain1(name string, f func(float64) float64) def {
	return fixed(name, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		x, err := object.FloatArg(t, a[0])
		return object.Float(f(x)), err
	})
}

func test(name string, f func(float64) bool) def {
	return fixed(name, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		x, err := object.FloatArg(t, a[0])
		return object.Bool(f(x)), err
	})
}

func twoFloats(t *object.Thread, a []object.Value) (x, y float64, err error) {
	if x, err = object.FloatArg(t, a[0]); err == nil {
		y, err = object.FloatArg(t, a[1])
	}
	return x, y, err
}

func real2(name string, f func(x, y float64) float64) def {
	return fixed(name, 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		x, y, err := twoFloats(t, a)
		return object.Float(f(x, y)), err
	})
}

func ulp(x float64) float64 {
	x = math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return x
	case x == math.MaxFloat64:
		return x - math.Nextafter(x, 0)
	}
	return math.Nextafter(x, math.Inf(1)) - x
}

func mathPow(t *object.Thread, a []object.Value) (object.Value, error) {
	x, y, err := twoFloats(t, a)
	if err != nil {
		return object.Unset, err
	}
	r := libm.Pow(x, y)
	finite := !math.IsInf(x, 0) && !math.IsNaN(x) && !math.IsInf(y, 0) && !math.IsNaN(y)
	if finite && x == 0 && y < 0 {
		return object.Unset, domainError(t)
	}
	return checkedResult(t, r, finite, finite)
}

func mathFmod(t *object.Thread, a []object.Value) (object.Value, error) {
	x, y, err := twoFloats(t, a)
	if err != nil {
		return object.Unset, err
	}
	r := math.Mod(x, y)
	if math.IsInf(y, 0) && !math.IsInf(x, 0) && !math.IsNaN(x) {
		r = x
	}
	return checkedResult(t, r, false, !math.IsNaN(x) && !math.IsNaN(y))
}

func mathRemainder(t *object.Thread, a []object.Value) (object.Value, error) {
	x, y, err := twoFloats(t, a)
	if err != nil {
		return object.Unset, err
	}
	return checkedResult(t, math.Remainder(x, y), false, !math.IsNaN(x) && !math.IsNaN(y))
}

func mathFma(t *object.Thread, a []object.Value) (object.Value, error) {
	x, y, err := twoFloats(t, a)
	if err != nil {
		return object.Unset, err
	}
	z, err := object.FloatArg(t, a[2])
	if err != nil {
		return object.Unset, err
	}
	r := math.FMA(x, y, z)
	finite := func(f float64) bool { return f-f == 0 }
	switch {
	case math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y) && !math.IsNaN(z):
		return object.Unset, object.ValueErrorf(t, "invalid operation in fma")
	case math.IsInf(r, 0) && finite(x) && finite(y) && finite(z):
		return object.Unset, object.OverflowErrorf(t, "overflow in fma")
	}
	return object.Float(r), nil
}

func mathFrexp(t *object.Thread, a []object.Value) (object.Value, error) {
	x, err := object.FloatArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	f, e := math.Frexp(x)
	return t.NewTuple(object.Float(f), object.Int(int64(e))), nil
}

func mathLdexp(t *object.Thread, a []object.Value) (object.Value, error) {
	x, err := object.FloatArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if !object.IsIntValue(a[1]) {
		return object.Unset, object.TypeErrorf(t, "Expected an int as second argument to ldexp.")
	}
	e, ok := object.AsInt64(a[1])
	if !ok {
		b, _ := object.AsBig(a[1])
		e = int64(b.Sign()) << 40
	}
	e = min(max(e, -1<<20), 1<<20)
	r := math.Ldexp(x, int(e))
	if math.IsInf(r, 0) && !math.IsInf(x, 0) {
		return object.Unset, rangeError(t)
	}
	return object.Float(r), nil
}

func mathModf(t *object.Thread, a []object.Value) (object.Value, error) {
	x, err := object.FloatArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if math.IsInf(x, 0) {
		return t.NewTuple(object.Float(math.Copysign(0, x)), object.Float(x)), nil
	}
	i, f := math.Modf(x)
	return t.NewTuple(object.Float(math.Copysign(f, x)), object.Float(math.Copysign(i, x))), nil
}

// logOf is a logarithm; log2 of the base's power is how ints beyond the floats are done.
func logOf(t *object.Thread, v object.Value, f func(float64) float64, perBit float64) (object.Value, error) {
	if object.IsIntValue(v) {
		if n, ok := object.AsBig(v); ok && !v.IsInt() && n.BitLen() > 1000 {
			if n.Sign() <= 0 {
				return object.Unset, domainError(t)
			}
			m, e := bigFrexp(n)
			return object.Float(f(m) + perBit*float64(e)), nil
		}
	}
	x, err := object.FloatArg(t, v)
	if err != nil {
		return object.Unset, err
	}
	if x <= 0 {
		return object.Unset, domainError(t)
	}
	return object.Float(f(x)), nil
}

// bigFrexp is n as m * 2**e with m in [0.5, 1), rounded.
func bigFrexp(n *big.Int) (m float64, e int) {
	f := new(big.Float).SetPrec(53).SetInt(n)
	e = f.MantExp(f)
	m, _ = f.Float64()
	return m, e
}

func mathLog(t *object.Thread, a []object.Value) (object.Value, error) {
	x, err := logOf(t, a[0], libm.Log, math.Ln2)
	if err != nil || len(a) == 1 {
		return x, err
	}
	b, err := logOf(t, a[1], libm.Log, math.Ln2)
	if err != nil {
		return object.Unset, err
	}
	return object.Binary(t, object.OpDiv, x, b)
}

func mathIsclose(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var f = [4]float64{2: 1e-9, 3: 0}
	if len(args) > 2 {
		return object.Unset, object.TypeErrorf(t, "isclose() takes exactly 2 positional arguments (%d given)", len(args))
	}
	var a [4]object.Value
	if err := object.ParseArgs(t, "isclose", args, kw, []string{"a", "b", "rel_tol", "abs_tol"}, 2, a[:]); err != nil {
		return object.Unset, err
	}
	for i, v := range a {
		if v.IsUnset() {
			continue
		}
		var err error
		if f[i], err = object.FloatArg(t, v); err != nil {
			return object.Unset, err
		}
	}
	if f[2] < 0 || f[3] < 0 {
		return object.Unset, object.ValueErrorf(t, "tolerances must be non-negative")
	}
	if f[0] == f[1] {
		return object.True, nil
	}
	if math.IsInf(f[0], 0) || math.IsInf(f[1], 0) {
		return object.False, nil
	}
	d := math.Abs(f[1] - f[0])
	return object.Bool(d <= math.Abs(f[2]*f[1]) || d <= math.Abs(f[2]*f[0]) || d <= f[3]), nil
}

func mathNextafter(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [3]object.Value
	if err := object.ParseArgs(t, "nextafter", args, kw, []string{"x", "y", "steps"}, 2, a[:]); err != nil {
		return object.Unset, err
	}
	x, y, err := twoFloats(t, a[:2])
	if err != nil {
		return object.Unset, err
	}
	steps := uint64(1)
	if !a[2].IsUnset() && !a[2].IsNone() {
		n, err := object.IndexBig(t, a[2])
		if err != nil {
			return object.Unset, err
		}
		if n.Sign() < 0 {
			return object.Unset, object.ValueErrorf(t, "steps must be a non-negative integer")
		}
		steps = math.MaxUint64
		if n.IsUint64() {
			steps = n.Uint64()
		}
	}
	if math.IsNaN(x) || math.IsNaN(y) {
		return object.Float(x + y), nil
	}
	if steps == 0 || x == y {
		if steps != 0 {
			x = y
		}
		return object.Float(x), nil
	}
	// Count along the line on which neighbouring floats are neighbouring integers.
	line := func(f float64) int64 {
		b := int64(math.Float64bits(f))
		if b < 0 {
			return math.MinInt64 - b
		}
		return b
	}
	from, to := line(x), line(y)
	if from < to {
		if uint64(to)-uint64(from) <= steps {
			return object.Float(y), nil
		}
		from += int64(steps)
	} else {
		if uint64(from)-uint64(to) <= steps {
			return object.Float(y), nil
		}
		from -= int64(steps)
	}
	if from < 0 {
		return object.Float(math.Float64frombits(uint64(math.MinInt64 - from))), nil
	}
	return object.Float(math.Float64frombits(uint64(from))), nil
}

// rounder is ceil or floor: by the special method, or of a float.
func rounder(id object.SpecialID, f func(float64) float64) func(*object.Thread, []object.Value) (object.Value, error) {
	return func(t *object.Thread, a []object.Value) (object.Value, error) {
		v := a[0]
		if v.IsFloat() {
			x := f(v.AsFloat())
			if math.Abs(x) < 1<<62 {
				return object.Int(int64(x)), nil
			}
			return object.FloatToInt(t, x)
		}
		if v.IsInt() {
			return v, nil
		}
		if fn, ok := object.LookupSpecial(t, object.TypeOf(t, v), id); ok {
			return object.CallSpecial(t, fn, v)
		}
		x, err := object.FloatArg(t, v)
		if err != nil {
			return object.Unset, err
		}
		return object.FloatToInt(t, f(x))
	}
}

func mathTrunc(t *object.Thread, a []object.Value) (object.Value, error) {
	if a[0].IsFloat() {
		return object.FloatToInt(t, a[0].AsFloat())
	}
	fn, ok := object.LookupSpecial(t, object.TypeOf(t, a[0]), object.SpTrunc)
	if !ok {
		return object.Unset, object.TypeErrorf(t, "type %s doesn't define __trunc__ method", object.TypeName(t, a[0]))
	}
	return object.CallSpecial(t, fn, a[0])
}
