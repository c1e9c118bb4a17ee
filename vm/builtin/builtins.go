package builtin

import (
	"math/big"
	"strings"

	"gilt/vm/object"
)

// Module builtins: the functions. The classes come from package object.

func init() { register("builtins", makeBuiltins) }

func makeBuiltins(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "builtins", "Built-in functions, types, exceptions, and other objects.",
		fixed("abs", 1, 1, biAbs),
		fixed("all", 1, 1, biAll),
		fixed("any", 1, 1, biAny),
		fixed("ascii", 1, 1, biASCII),
		fixed("bin", 1, 1, radix(2, "0b")),
		fixed("oct", 1, 1, radix(8, "0o")),
		fixed("hex", 1, 1, radix(16, "0x")),
		fixed("callable", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Bool(object.Callable(t, a[0])), nil
		}),
		fixed("chr", 1, 1, biChr),
		fixed("ord", 1, 1, biOrd),
		fixed("delattr", 2, 2, biDelattr),
		fixed("getattr", 2, 3, biGetattr),
		fixed("hasattr", 2, 2, biHasattr),
		fixed("setattr", 3, 3, biSetattr),
		fixed("divmod", 2, 2, biDivmod),
		fixed("format", 1, 2, biFormat),
		fixed("hash", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			h, err := object.Hash(t, a[0])
			return object.Int(h), err
		}),
		fixed("id", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.NewUint(object.IDOf(a[0])), nil
		}),
		instanceCheck, subclassCheck,
		fixed("iter", 1, 2, biIter),
		fixed("len", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.Len(t, a[0])
			return object.Int(int64(n)), err
		}),
		fixed("next", 1, 2, biNext),
		fixed("repr", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			s, err := object.Repr(t, a[0])
			return object.NewStr(s), err
		}),
		fixed("globals", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return frames(t).Globals(t).Value(), nil
		}),
		fixed("locals", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return frames(t).Locals(t) }),
		fixed("vars", 0, 1, biVars),
		fixed("dir", 0, 1, biDir),
		vary("max", extreme("max", object.CmpGt)),
		vary("min", extreme("min", object.CmpLt)),
		vary("pow", biPow),
		vary("print", biPrint),
		vary("round", biRound),
		vary("sorted", biSorted),
		vary("sum", biSum),
		fixed("input", 0, 1, biInput),
		vary("__import__", biImport),
		vary("compile", biCompile),
		vary("eval", biEval),
		vary("exec", biExec),
		vary("open", biOpen),
	)
	in := t.Interp
	for _, c := range in.PublicTypes() {
		set(t, m, c.Name, c.Value())
	}
	for _, kv := range []struct {
		name string
		v    object.Value
	}{
		{"None", object.None}, {"True", object.True}, {"False", object.False}, {"NotImplemented", object.NotImplemented},
		{"Ellipsis", object.Ellipsis}, {"__debug__", object.True}, {"EnvironmentError", in.Types.OSError.Value()},
		{"IOError", in.Types.OSError.Value()},
	} {
		set(t, m, kv.name, kv.v)
	}
	if in.Dialect2 {
		addBuiltins2(t, m)
	}
	object.MarkSpecial(m, "next", object.BuiltinNext)
	object.MarkQuick(m, "len", object.QuickLen)
	return m, nil
}

var (
	instanceCheck = fixed("isinstance", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		ok, err := object.IsInstance(t, a[0], a[1])
		return object.Bool(ok), err
	})
	subclassCheck = fixed("issubclass", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		ok, err := object.IsSubclass(t, a[0], a[1])
		return object.Bool(ok), err
	})
)

func biAbs(t *object.Thread, a []object.Value) (object.Value, error) {
	switch v := a[0]; {
	case v.IsInt() && v.AsInt() >= 0:
		return v, nil
	case v.IsInt():
		return object.Unary(t, object.OpNeg, v)
	case v.IsFloat():
		f := v.AsFloat()
		if f < 0 || f == 0 {
			f = -f
			if f == 0 {
				f = 0
			}
		}
		return object.Float(f), nil
	}
	return object.Abs(t, a[0])
}

func biAll(t *object.Thread, a []object.Value) (object.Value, error) { return quantify(t, a[0], false) }

func biAny(t *object.Thread, a []object.Value) (object.Value, error) { return quantify(t, a[0], true) }

// quantify says whether some element has the truth stop; all is its negation for False.
func quantify(t *object.Thread, v object.Value, stop bool) (object.Value, error) {
	it, err := object.Iter(t, v)
	if err != nil {
		return object.Unset, err
	}
	for {
		x, ok, err := object.Next(t, it)
		if err != nil {
			return object.Unset, err
		}
		if !ok {
			return object.Bool(!stop), nil
		}
		b, err := object.Truth(t, x)
		if err != nil {
			return object.Unset, err
		}
		if b == stop {
			return object.Bool(stop), nil
		}
	}
}

func biASCII(t *object.Thread, a []object.Value) (object.Value, error) {
	s, err := object.ASCII(t, a[0])
	return object.NewStr(s), err
}

func radix(base int, prefix string) func(t *object.Thread, a []object.Value) (object.Value, error) {
	return func(t *object.Thread, a []object.Value) (object.Value, error) {
		n, err := object.IndexBig(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		if n.Sign() < 0 {
			return object.NewStr("-" + prefix + new(big.Int).Neg(n).Text(base)), nil
		}
		return object.NewStr(prefix + n.Text(base)), nil
	}
}

func biChr(t *object.Thread, a []object.Value) (object.Value, error) {
	n, err := object.IndexInt(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if n < 0 || n > 0x10ffff {
		return object.Unset, object.ValueErrorf(t, "chr() arg not in range(0x110000)")
	}
	return t.Interp.Char(rune(n)), nil
}

func biOrd(t *object.Thread, a []object.Value) (object.Value, error) {
	if s, ok := object.AsStr(a[0]); ok {
		if s.Len != 1 {
			return object.Unset, object.TypeErrorf(t, "ord() expected a character, but string of length %d found", s.Len)
		}
		r, _ := s.RuneAtByte(0)
		return object.Int(int64(r)), nil
	}
	if b, ok := object.AsBytesLike(t, a[0]); ok {
		if len(b) != 1 {
			return object.Unset, object.TypeErrorf(t, "ord() expected a character, but string of length %d found", len(b))
		}
		return object.Int(int64(b[0])), nil
	}
	return object.Unset, object.TypeErrorf(t, "ord() expected string of length 1, but %s found", object.TypeName(t, a[0]))
}

// attrName is the argument of getattr and its like.
func attrName(t *object.Thread, v object.Value) (*object.Str, error) {
	s, ok := object.AsStr(v)
	if !ok {
		return nil, object.TypeErrorf(t, "attribute name must be string, not '%s'", object.TypeName(t, v))
	}
	return t.Intern(s.S), nil
}

func biGetattr(t *object.Thread, a []object.Value) (object.Value, error) {
	name, err := attrName(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	if len(a) == 2 {
		return object.GetAttr(t, a[0], name)
	}
	v, ok, err := object.LookupAttr(t, a[0], name)
	if err == nil && !ok {
		v = a[2]
	}
	return v, err
}

func biHasattr(t *object.Thread, a []object.Value) (object.Value, error) {
	name, err := attrName(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	ok, err := object.HasAttr(t, a[0], name)
	return object.Bool(ok), err
}

func biSetattr(t *object.Thread, a []object.Value) (object.Value, error) {
	name, err := attrName(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	return object.None, object.SetAttr(t, a[0], name, a[2])
}

func biDelattr(t *object.Thread, a []object.Value) (object.Value, error) {
	name, err := attrName(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	return object.None, object.DelAttr(t, a[0], name)
}

func biDivmod(t *object.Thread, a []object.Value) (object.Value, error) {
	return object.Divmod(t, a[0], a[1])
}

func biFormat(t *object.Thread, a []object.Value) (object.Value, error) {
	spec := ""
	if len(a) == 2 {
		s, ok := object.AsStr(a[1])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "format() argument 2 must be str, not %s", object.TypeName(t, a[1]))
		}
		spec = s.S
	}
	s, err := object.Format(t, a[0], spec)
	return object.NewStr(s), err
}

func biIter(t *object.Thread, a []object.Value) (object.Value, error) {
	if len(a) == 2 {
		if !object.Callable(t, a[0]) {
			return object.Unset, object.TypeErrorf(t, "iter(v, w): v must be callable")
		}
		return object.NewCallableIterator(t, a[0], a[1]), nil
	}
	return object.Iter(t, a[0])
}

func biNext(t *object.Thread, a []object.Value) (object.Value, error) {
	v, ok, err := object.Next(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if ok {
		return v, nil
	}
	if len(a) == 2 {
		return a[1], nil
	}
	return object.Unset, object.StopIteration(t, object.None)
}

// extreme is min and max.
func extreme(name string, op object.CmpOp) object.BuiltinFn {
	return func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		var key, def = object.None, object.Unset
		if kw != nil {
			for i, n := range kw.Names {
				switch n {
				case "key":
					key = kw.Values[i]
				case "default":
					def = kw.Values[i]
				default:
					return object.Unset, object.TypeErrorf(t, "%s() got an unexpected keyword argument '%s'", name, n)
				}
			}
		}
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "%s expected at least 1 argument, got 0", name)
		}
		best, bestKey := object.Unset, object.Unset
		better := func(v object.Value) error {
			k := v
			if !key.IsNone() {
				var err error
				if k, err = object.Call(t, key, v); err != nil {
					return err
				}
			}
			if best.IsUnset() {
				best, bestKey = v, k
				return nil
			}
			ok, err := object.CompareBool(t, op, k, bestKey)
			if ok {
				best, bestKey = v, k
			}
			return err
		}
		if len(args) > 1 {
			if !def.IsUnset() {
				return object.Unset, object.TypeErrorf(t, "Cannot specify a default for %s() with multiple positional arguments", name)
			}
			for _, v := range append([]object.Value(nil), args...) {
				if err := better(v); err != nil {
					return object.Unset, err
				}
			}
			return best, nil
		}
		if err := object.Iterate(t, args[0], better); err != nil {
			return object.Unset, err
		}
		if best.IsUnset() {
			if def.IsUnset() {
				return object.Unset, object.ValueErrorf(t, "%s() iterable argument is empty", name)
			}
			return def, nil
		}
		return best, nil
	}
}

func biPow(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [3]object.Value
	if err := object.ParseArgs(t, "pow", args, kw, []string{"base", "exp", "mod"}, 2, a[:]); err != nil {
		return object.Unset, err
	}
	if a[2].IsUnset() || a[2].IsNone() {
		return object.Binary(t, object.OpPow, a[0], a[1])
	}
	return object.Pow(t, a[0], a[1], a[2])
}

func biRound(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "round", args, kw, []string{"number", "ndigits"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	if a[1].IsUnset() {
		a[1] = object.None
	}
	return object.Round(t, a[0], a[1])
}

func biSorted(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if len(args) != 1 && (len(args) == 0 || !t.Interp.Dialect2) {
		return object.Unset, object.TypeErrorf(t, "sorted expected 1 argument, got %d", len(args))
	}
	return object.Sorted(t, args[0], kw, args[1:]...)
}

func biSum(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "sum", args, kw, []string{"iterable", "start"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	acc := a[1]
	if acc.IsUnset() {
		acc = object.Int(0)
	}
	switch acc.Kind() {
	case object.KindStr:
		return object.Unset, object.TypeErrorf(t, "sum() can't sum strings [use ''.join(seq) instead]")
	case object.KindBytes:
		return object.Unset, object.TypeErrorf(t, "sum() can't sum bytes [use b''.join(seq) instead]")
	case object.KindByteArray:
		return object.Unset, object.TypeErrorf(t, "sum() can't sum bytearray [use b''.join(seq) instead]")
	}
	// Floats are added as CPython 3.12 and later do: with a compensation (Neumaier's) for what rounding loses.
	var c float64
	inFloat := acc.IsFloat()
	err := object.Iterate(t, a[0], func(v object.Value) error {
		if acc.IsInt() && v.IsInt() {
			x, y := acc.AsInt(), v.AsInt()
			if s := x + y; (s^x)&(s^y) >= 0 {
				acc = object.Int(s)
				return nil
			}
		}
		if acc.IsFloat() && inFloat {
			if f, ok := smallFloat(v); ok {
				x := acc.AsFloat()
				s := x + f
				if abs(x) >= abs(f) {
					c += (x - s) + f
				} else {
					c += (f - s) + x
				}
				acc = object.Float(s)
				return nil
			}
			acc = object.Float(finite(acc.AsFloat(), c))
			c, inFloat = 0, false
		}
		var err error
		wasInt := acc.Kind() == object.KindInt || acc.Kind() == object.KindBigInt
		acc, err = object.Binary(t, object.OpAdd, acc, v)
		if wasInt && acc.IsFloat() {
			inFloat = true
		}
		return err
	})
	if err == nil && acc.IsFloat() && inFloat {
		acc = object.Float(finite(acc.AsFloat(), c))
	}
	return acc, err
}

// finite adds the compensation unless that would spoil an infinity.
func finite(s, c float64) float64 {
	if c != 0 && c-c == 0 {
		return s + c
	}
	return s
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func smallFloat(v object.Value) (float64, bool) {
	if v.IsFloat() {
		return v.AsFloat(), true
	}
	if v.IsInt() {
		return float64(v.AsInt()), true
	}
	return 0, false
}

func biVars(t *object.Thread, a []object.Value) (object.Value, error) {
	if len(a) == 0 {
		return frames(t).Locals(t)
	}
	v, ok, err := object.LookupAttr(t, a[0], t.Intern("__dict__"))
	if err == nil && !ok {
		err = object.TypeErrorf(t, "vars() argument must have __dict__ attribute")
	}
	return v, err
}

func biDir(t *object.Thread, a []object.Value) (object.Value, error) {
	if len(a) == 1 {
		return object.Dir(t, a[0])
	}
	l, err := frames(t).Locals(t)
	if err != nil {
		return object.Unset, err
	}
	names, err := object.ToSlice(t, l)
	if err != nil {
		return object.Unset, err
	}
	list := t.MakeList(names)
	return list.Value(), object.SortList(t, list, nil)
}

func biInput(t *object.Thread, a []object.Value) (object.Value, error) {
	if len(a) == 1 {
		s, err := object.ToStr(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		if err := output(t, 1, s); err != nil {
			return object.Unset, err
		}
	}
	line, err := readStdin(t)
	if err != nil {
		return object.Unset, err
	}
	if line == "" {
		return object.Unset, object.NewError(t, t.Interp.Types.EOFError, "EOF when reading a line")
	}
	return object.NewStr(strings.TrimSuffix(line, "\n")), nil
}

func biImport(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [5]object.Value
	if err := object.ParseArgs(t, "__import__", args, kw, []string{"name", "globals", "locals", "fromlist", "level"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	s, ok := object.AsStr(a[0])
	if !ok {
		return object.Unset, object.TypeErrorf(t, "__import__() argument 1 must be str, not %s", object.TypeName(t, a[0]))
	}
	m, err := frames(t).Import(t, s.S)
	if err != nil {
		return object.Unset, err
	}
	if !a[3].IsUnset() {
		if some, err := object.Truth(t, a[3]); err != nil || some {
			return m, err
		}
	}
	if i := strings.IndexByte(s.S, '.'); i >= 0 {
		return frames(t).Import(t, s.S[:i])
	}
	return m, nil
}
