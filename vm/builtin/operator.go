package builtin

import (
	"strings"

	"gilt/vm/object"
)

// Module operator.

func init() { register("operator", makeOperator); register("_operator", makeOperator) }

func makeOperator(t *object.Thread) (*object.Module, error) {
	type fn = func(t *object.Thread, a []object.Value) (object.Value, error)
	m := newModule(t, "operator", "Operators as functions.")
	add := func(names string, lo, hi int, f fn) {
		for _, n := range strings.Fields(names) {
			addFunc(t, m, fixed(n, lo, hi, f))
		}
	}
	for op, names := range map[object.BinOp]string{object.OpAdd: "add concat", object.OpSub: "sub", object.OpMul: "mul", object.OpDiv: "truediv",
		object.OpFloorDiv: "floordiv", object.OpMod: "mod", object.OpPow: "pow", object.OpMatMul: "matmul", object.OpAnd: "and_", object.OpOr: "or_",
		object.OpXor: "xor", object.OpShl: "lshift", object.OpShr: "rshift"} {
		f := func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Binary(t, op, a[0], a[1])
		}
		g := func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.InPlace(t, op, a[0], a[1])
		}
		for _, n := range strings.Fields(names) {
			bare := strings.TrimSuffix(n, "_")
			add(n+" __"+bare+"__", 2, 2, f)
			add("i"+bare+" __i"+bare+"__", 2, 2, g)
		}
	}
	if t.Interp.Dialect2 {
		add("div __div__", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			op := object.OpDiv
			if object.IsIntValue(a[0]) && object.IsIntValue(a[1]) {
				op = object.OpFloorDiv
			}
			return object.Binary(t, op, a[0], a[1])
		})
		for n, id := range map[string]object.SpecialID{"isSequenceType": object.SpGetItem, "isMappingType": object.SpGetItem, "isNumberType": object.SpInt} {
			add(n, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
				_, ok := object.LookupSpecial(t, object.TypeOf(t, a[0]), id)
				return object.Bool(ok), nil
			})
		}
		add("isCallable", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Bool(object.Callable(t, a[0])), nil
		})
	}
	for op, n := range []string{"lt", "le", "eq", "ne", "gt", "ge"} {
		add(n+" __"+n+"__", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Compare(t, object.CmpOp(op), a[0], a[1])
		})
	}
	for op, names := range []string{"neg __neg__", "pos __pos__", "inv invert __inv__ __invert__"} {
		add(names, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Unary(t, object.UnOp(op), a[0])
		})
	}
	truth := func(want bool) fn {
		return func(t *object.Thread, a []object.Value) (object.Value, error) {
			b, err := object.Truth(t, a[0])
			return object.Bool(b == want), err
		}
	}
	add("truth", 1, 1, truth(true))
	add("not_ __not__", 1, 1, truth(false))
	add("is_", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		return object.Bool(object.Is(a[0], a[1])), nil
	})
	add("is_not", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		return object.Bool(!object.Is(a[0], a[1])), nil
	})
	add("abs __abs__", 1, 1, biAbs)
	add("index __index__", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return object.Index(t, a[0]) })
	add("getitem __getitem__", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return object.GetItem(t, a[0], a[1]) })
	add("setitem __setitem__", 3, 3, func(t *object.Thread, a []object.Value) (object.Value, error) {
		return none(object.SetItem(t, a[0], a[1], a[2]))
	})
	add("delitem __delitem__", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		return none(object.DelItem(t, a[0], a[1]))
	})
	add("contains __contains__", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		b, err := object.Contains(t, a[0], a[1])
		return object.Bool(b), err
	})
	if t.Interp.Dialect2 {
		add("sequenceIncludes", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			b, err := object.Contains(t, a[0], a[1])
			return object.Bool(b), err
		})
	}
	add("countOf", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return search(t, a[0], a[1], true) })
	add("indexOf", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return search(t, a[0], a[1], false) })
	add("length_hint", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		if _, ok := object.LookupSpecial(t, object.TypeOf(t, a[0]), object.SpLen); ok {
			n, err := object.Len(t, a[0])
			return object.Int(int64(n)), err
		}
		if fn, ok := object.LookupSpecial(t, object.TypeOf(t, a[0]), object.SpLengthHint); ok {
			v, err := object.CallSpecial(t, fn, a[0])
			if err != nil || !v.IsNotImplemented() {
				return v, err
			}
		}
		if len(a) > 1 {
			return a[1], nil
		}
		return object.Int(0), nil
	})
	addFunc(t, m, vary("call", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "call expected at least 1 argument, got 0")
		}
		return t.VM.Call(t, args[0], args[1:], kw)
	}))
	add("_compare_digest", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		return object.Compare(t, object.CmpEq, a[0], a[1])
	})
	ready(t, m, getterType(t, "itemgetter", itemOf))
	ready(t, m, getterType(t, "attrgetter", attrOf))
	ready(t, m, methodcallerType(t))
	return m, nil
}

// search counts x in an iterable, or finds its first position.
func search(t *object.Thread, seq, x object.Value, count bool) (object.Value, error) {
	it, err := object.Iter(t, seq)
	if err != nil {
		return object.Unset, err
	}
	n := int64(0)
	for i := int64(0); ; i++ {
		v, ok, err := object.Next(t, it)
		if err != nil {
			return object.Unset, err
		}
		if !ok {
			break
		}
		eq := v == x
		if !eq {
			if eq, err = object.Equal(t, v, x); err != nil {
				return object.Unset, err
			}
		}
		if eq && !count {
			return object.Int(i), nil
		}
		n += int64(b2i(eq))
	}
	if count {
		return object.Int(n), nil
	}
	return object.Unset, object.ValueErrorf(t, "sequence.index(x): x not in sequence")
}

func itemOf(t *object.Thread, v, key object.Value) (object.Value, error) {
	return object.GetItem(t, v, key)
}

// attrOf follows a dotted name.
func attrOf(t *object.Thread, v, name object.Value) (object.Value, error) {
	s := (*object.Str)(name.Ref)
	if strings.IndexByte(s.S, '.') < 0 {
		return object.GetAttr(t, v, s)
	}
	for _, part := range strings.Split(s.S, ".") {
		var err error
		if v, err = object.GetAttr(t, v, t.Intern(part)); err != nil {
			return object.Unset, err
		}
	}
	return v, nil
}

// getterType is itemgetter or attrgetter. Cells: 0 the tuple of keys.
func getterType(t *object.Thread, name string, get func(t *object.Thread, v, key object.Value) (object.Value, error)) *object.Type {
	in := t.Interp
	x := newType(t, "operator", name, nil, 0)
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if err := noKw(t, name, kw); err != nil {
			return object.Unset, err
		}
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "%s expected at least 1 argument, got 0", name)
		}
		keys := append([]object.Value(nil), args...)
		if name == "attrgetter" {
			for i, k := range keys {
				s, ok := object.AsStr(k)
				if !ok {
					return object.Unset, object.TypeErrorf(t, "attribute name must be a string")
				}
				keys[i] = t.Intern(s.S).Value()
			}
		}
		return newCells(t, x, t.NewTuple(keys...)).value(), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if err := wantArgs(t, name, 1, 1, args, kw); err != nil {
			return object.Unset, err
		}
		keys := (*object.Tuple)(asCells(v).c[0].Ref).Items
		if len(keys) == 1 {
			return get(t, args[0], keys[0])
		}
		obj := args[0]
		out := make([]object.Value, len(keys))
		for i, k := range keys {
			var err error
			if out[i], err = get(t, obj, k); err != nil {
				return object.Unset, err
			}
		}
		return t.NewTuple(out...), nil
	}
	x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		s, err := reprAll(t, (*object.Tuple)(asCells(v).c[0].Ref).Items)
		return "operator." + name + "(" + s + ")", err
	}
	x.Methods(in, object.M0("__reduce__", func(t *object.Thread, self object.Value) (object.Value, error) {
		return t.NewTuple(x.Value(), asCells(self).c[0]), nil
	}))
	return x
}

func reprAll(t *object.Thread, vs []object.Value) (string, error) {
	parts := make([]string, len(vs))
	for i, v := range vs {
		r, err := object.Repr(t, v)
		if err != nil {
			return "", err
		}
		parts[i] = r
	}
	return strings.Join(parts, ", "), nil
}

// methodcallerType is operator.methodcaller. Cells: 0 name, 1 tuple of arguments, 2 box of the keywords.
func methodcallerType(t *object.Thread) *object.Type {
	x := newType(t, "operator", "methodcaller", nil, 0)
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "methodcaller needs at least one argument, the method name")
		}
		s, ok := object.AsStr(args[0])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "method name must be a string")
		}
		kws := object.None
		if kw != nil {
			d := t.NewDict()
			for i, n := range kw.Names {
				if err := d.SetStr(t, t.Intern(n), kw.Values[i]); err != nil {
					return object.Unset, err
				}
			}
			kws = d.Value()
		}
		return newCells(t, x, t.Intern(s.S).Value(), t.NewTuple(append([]object.Value(nil), args[1:]...)...), kws).value(), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if err := wantArgs(t, "methodcaller", 1, 1, args, kw); err != nil {
			return object.Unset, err
		}
		o := asCells(v)
		fn, err := object.GetAttr(t, args[0], (*object.Str)(o.c[0].Ref))
		if err != nil {
			return object.Unset, err
		}
		k, err := kwargsOf(t, o.c[2])
		if err != nil {
			return object.Unset, err
		}
		return t.VM.Call(t, fn, (*object.Tuple)(o.c[1].Ref).Items, k)
	}
	x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		o := asCells(v)
		all := append([]object.Value{o.c[0]}, (*object.Tuple)(o.c[1].Ref).Items...)
		s, err := reprAll(t, all)
		if err != nil {
			return "", err
		}
		k, err := kwargsOf(t, o.c[2])
		if err != nil {
			return "", err
		}
		if k != nil {
			for i, n := range k.Names {
				r, err := object.Repr(t, k.Values[i])
				if err != nil {
					return "", err
				}
				s += ", " + n + "=" + r
			}
		}
		return "operator.methodcaller(" + s + ")", nil
	}
	return x
}

// kwargsOf makes keyword arguments of a dict with string keys; nil of None.
func kwargsOf(t *object.Thread, v object.Value) (*object.Kwargs, error) {
	d, ok := object.AsDict(v)
	if !ok {
		return nil, nil
	}
	items, err := d.Items(t)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	k := &object.Kwargs{}
	for _, it := range items {
		s, _ := object.AsStr(it.Key)
		k.Names, k.Values = append(k.Names, s.S), append(k.Values, it.Val)
	}
	return k, nil
}
