package builtin

import "gilt/vm/object"

// The builtins of the 2.7 dialect: names that Python 3 has dropped, and functions that make lists where Python 3's make iterators.
// Strings are Python 3's: unicode, basestring and str are one class, and so are int and long.

// addBuiltins2 makes module builtins that of Python 2.
func addBuiltins2(t *object.Thread, m *object.Module) {
	ts := &t.Interp.Types
	for _, kv := range []struct {
		name string
		v    object.Value
	}{
		{"xrange", ts.Range.Value()}, {"unicode", ts.Str.Value()}, {"basestring", ts.Str.Value()}, {"long", ts.Int.Value()},
		{"StandardError", ts.Exception.Value()},
	} {
		set(t, m, kv.name, kv.v)
	}
	for _, d := range []def{
		fixed("unichr", 1, 1, biChr),
		fixed("raw_input", 0, 1, biInput),
		fixed("reduce", 2, 3, biReduce),
		fixed("cmp", 2, 2, biCmp2),
		fixed("apply", 1, 3, biApply2),
		fixed("intern", 1, 1, func(_ *object.Thread, a []object.Value) (object.Value, error) { return a[0], nil }),
		fixed("range", 1, 3, listOf(ts.Range)),
		fixed("zip", 0, -1, listOf(ts.Zip)),
		fixed("map", 2, -1, biMap2),
		fixed("filter", 2, 2, listOf(ts.Filter)),
		fixed("oct", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			v, err := radix(8, "0")(t, a)
			if err == nil && a[0] == object.Int(0) {
				v = object.NewStr("0")
			}
			return v, err
		}),
	} {
		addFunc(t, m, d)
	}
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
