package builtin

import (
	"math"
	"math/big"

	"gilt/vm/object"
)

// The builtins of the 2.7 dialect: names that Python 3 has dropped, and functions that make lists where Python 3's make iterators.

// addBuiltins2 makes module builtins that of Python 2.
func addBuiltins2(t *object.Thread, m *object.Module) {
	ts := &t.Interp.Types
	for _, kv := range []struct {
		name string
		v    object.Value
	}{
		{"xrange", ts.Range.Value()}, {"unicode", ts.Unicode.Value()}, {"basestring", ts.BaseString.Value()}, {"long", ts.Long.Value()}, {"bytes", ts.Str.Value()}, {"str", ts.Str.Value()},
		{"StandardError", ts.Exception.Value()},
	} {
		set(t, m, kv.name, kv.v)
	}
	for _, d := range []def{
		fixed("unichr", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			v, err := biChr(t, a)
			if s, ok := object.AsStr(v); ok && err == nil {
				v = t.Interp.NewUnicode(s.S)
			}
			return v, err
		}),
		fixed("isinstance", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			ok, err := object.IsInstance2(t, a[0], a[1])
			return object.Bool(ok), err
		}),
		fixed("issubclass", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			ok, err := object.IsSubclass2(t, a[0], a[1])
			return object.Bool(ok), err
		}),
		fixed("raw_input", 0, 1, biInput),
		fixed("reduce", 2, 3, biReduce),
		fixed("cmp", 2, 2, biCmp2),
		fixed("apply", 1, 3, biApply2),
		fixed("intern", 1, 1, func(_ *object.Thread, a []object.Value) (object.Value, error) { return a[0], nil }),
		fixed("range", 1, 3, listOf(ts.Range)),
		fixed("zip", 0, -1, listOf(ts.Zip)),
		fixed("map", 2, -1, biMap2),
		fixed("filter", 2, 2, biFilter2),
		fixed("coerce", 2, 2, biCoerce2),
		vary("round", biRound2),
		vary("file", biOpen),
		fixed("execfile", 1, 3, biExecFile2),
		fixed("reload", 1, 1, func(_ *object.Thread, a []object.Value) (object.Value, error) { return a[0], nil }),
		fixed("hex", 1, 1, longRadix(16, "0x")),
		fixed("oct", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			v, err := longRadix(8, "0")(t, a)
			if err == nil && a[0] == object.Int(0) {
				v = object.NewStr("0")
			}
			return v, err
		}),
	} {
		addFunc(t, m, d)
	}
}

// AddInstanceChecks gives a module of the library Python 3's isinstance and issubclass, to which unicode strings are strings, and longs
// ints, and its bytes.
func AddInstanceChecks(t *object.Thread, m *object.Module) {
	for _, d := range []def{instanceCheck, subclassCheck} {
		addFunc(t, m, d)
	}
	set(t, m, "bytes", t.Interp.Types.Bytes.Value())
}

// listOf is what the elements of typ(*args) are in a list.
func listOf(typ *object.Type) func(t *object.Thread, a []object.Value) (object.Value, error) {
	return func(t *object.Thread, a []object.Value) (object.Value, error) {
		v, err := object.Call(t, typ.Value(), a...)
		if err != nil {
			return object.Unset, err
		}
		items, err := object.ToSlice(t, v)
		if err != nil {
			return object.Unset, err
		}
		return t.NewList(items), nil
	}
}

// biMap2 is map(function, *sequences): None as the function makes tuples, and short sequences are filled up with None.
func biMap2(t *object.Thread, a []object.Value) (object.Value, error) {
	columns, n := make([][]object.Value, len(a)-1), 0
	for i, s := range a[1:] {
		items, err := object.ToSlice(t, s)
		if err != nil {
			return object.Unset, err
		}
		columns[i], n = items, max(n, len(items))
	}
	out := make([]object.Value, n)
	for k := range out {
		args := make([]object.Value, len(columns))
		for i, c := range columns {
			if args[i] = object.None; k < len(c) {
				args[i] = c[k]
			}
		}
		switch {
		case !a[0].IsNone():
			v, err := object.Call(t, a[0], args...)
			if err != nil {
				return object.Unset, err
			}
			out[k] = v
		case len(args) == 1:
			out[k] = args[0]
		default:
			out[k] = object.NewTuple(args...)
		}
	}
	return t.NewList(out), nil
}

// biCmp2 is cmp(a, b), for values that == and < compare.
func biCmp2(t *object.Thread, a []object.Value) (object.Value, error) {
	eq, err := object.Equal(t, a[0], a[1])
	if err != nil || eq {
		return object.Int(0), err
	}
	lt, err := object.CompareBool(t, object.CmpLt, a[0], a[1])
	if err != nil {
		return object.Unset, err
	}
	if lt {
		return object.Int(-1), nil
	}
	return object.Int(1), nil
}

// biApply2 is apply(function, args=(), kwargs={}).
func biApply2(t *object.Thread, a []object.Value) (object.Value, error) {
	var args []object.Value
	var kw *object.Kwargs
	var err error
	if len(a) > 1 {
		if args, err = object.ToSlice(t, a[1]); err != nil {
			return object.Unset, err
		}
	}
	if len(a) > 2 {
		d, ok := object.AsDict(a[2])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "apply() arg 3 expected dictionary, found %s", object.TypeName(t, a[2]))
		}
		kw = &object.Kwargs{}
		err = d.Each(t, func(k, v object.Value) error {
			s, ok := object.AsStr(k)
			if !ok {
				return object.TypeErrorf(t, "keywords must be strings")
			}
			kw.Names, kw.Values = append(kw.Names, s.S), append(kw.Values, v)
			return nil
		})
		if err != nil {
			return object.Unset, err
		}
	}
	return t.VM.Call(t, a[0], args, kw)
}

// biFilter2 is filter(function, sequence): of a tuple a tuple, of a string a string, of everything else a list.
func biFilter2(t *object.Thread, a []object.Value) (object.Value, error) {
	v, err := listOf(t.Interp.Types.Filter)(t, a)
	if err != nil {
		return object.Unset, err
	}
	switch a[1].Kind() {
	case object.KindTuple:
		return object.Call(t, t.Interp.Types.Tuple.Value(), v)
	case object.KindStr:
		items, err := object.ToSlice(t, v)
		if err != nil {
			return object.Unset, err
		}
		return object.JoinStrings(t, items)
	}
	return v, nil
}

// biCoerce2 is coerce(x, y): both as numbers of the wider class.
func biCoerce2(t *object.Thread, a []object.Value) (object.Value, error) {
	rank := func(v object.Value) int {
		switch v.Kind() {
		case object.KindInt, object.KindBigInt, object.KindBool:
			return 1
		case object.KindFloat:
			return 2
		case object.KindComplex:
			return 3
		}
		return 0
	}
	x, y := rank(a[0]), rank(a[1])
	if x == 0 || y == 0 {
		if object.TypeOf(t, a[0]) == object.TypeOf(t, a[1]) {
			return object.NewTuple(a[0], a[1]), nil
		}
		return object.Unset, object.TypeErrorf(t, "number coercion failed")
	}
	ts := &t.Interp.Types
	wide := [...]*object.Type{1: ts.Int, 2: ts.Float, 3: ts.Complex}[max(x, y)]
	out := [2]object.Value{a[0], a[1]}
	for i, r := range [2]int{x, y} {
		if r < max(x, y) {
			v, err := object.Call(t, wide.Value(), a[i])
			if err != nil {
				return object.Unset, err
			}
			out[i] = v
		}
	}
	return object.NewTuple(out[0], out[1]), nil
}

// longRadix is radix with the L of ints that do not fit a machine word.
func longRadix(base int, prefix string) func(t *object.Thread, a []object.Value) (object.Value, error) {
	plain := radix(base, prefix)
	return func(t *object.Thread, a []object.Value) (object.Value, error) {
		v, err := plain(t, a)
		if err != nil || a[0].Kind() != object.KindBigInt {
			return v, err
		}
		s, _ := object.AsStr(v)
		return object.NewStr(s.S + "L"), nil
	}
}

// biRound2 is round: of floats a float, with halves away from zero.
func biRound2(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "round", args, kw, []string{"number", "ndigits"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	if !a[0].IsFloat() && !object.IsIntValue(a[0]) {
		return biRound(t, args, kw)
	}
	f, err := object.FloatArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	n := 0
	if !a[1].IsUnset() {
		if n, err = object.IndexInt(t, a[1]); err != nil {
			return object.Unset, err
		}
	}
	if math.IsInf(f, 0) || math.IsNaN(f) || n > 400 {
		return object.Float(f), nil
	}
	if n < -400 {
		return object.Float(math.Copysign(0, f)), nil
	}
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		ten.Inv(ten)
	}
	r := new(big.Rat).SetFloat64(math.Abs(f))
	r.Mul(r, ten).Add(r, big.NewRat(1, 2))
	whole := new(big.Int).Quo(r.Num(), r.Denom())
	x, _ := r.SetInt(whole).Quo(r, ten).Float64()
	return object.Float(math.Copysign(x, f)), nil
}

// biExecFile2 is execfile(filename, globals, locals).
func biExecFile2(t *object.Thread, a []object.Value) (object.Value, error) {
	name, ok := object.AsStr(a[0])
	if !ok {
		return object.Unset, object.TypeErrorf(t, "execfile() argument 1 must be string, not %s", object.TypeName(t, a[0]))
	}
	data, err := t.Interp.Host.ReadFile(name.S)
	if err != nil {
		return object.Unset, OSError(t, err)
	}
	code, err := biCompile(t, []object.Value{object.NewStr(string(data)), a[0], object.NewStr("exec")}, nil)
	if err != nil {
		return object.Unset, err
	}
	return biExec(t, append([]object.Value{code}, a[1:]...), nil)
}

// addNext2 gives a class of iterators the method next, in the 2.7 dialect.
func addNext2(in *object.Interp, x *object.Type) {
	if !in.Dialect2 {
		return
	}
	x.Methods(in, object.M0("next", func(t *object.Thread, self object.Value) (object.Value, error) {
		v, ok, err := object.Next(t, self)
		if err == nil && !ok {
			err = object.StopIteration(t, object.None)
		}
		return v, err
	}))
}
