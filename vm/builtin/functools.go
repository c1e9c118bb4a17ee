package builtin

import (
	"strings"

	"gilt/vm/object"
)

// Module _functools: what functools needs in Go: reduce, partial, cmp_to_key. The cache is in lrucache.go, the rest of functools in Python.

func init() { register("_functools", makeFunctools) }

func makeFunctools(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_functools", "Tools that operate on functions.", fixed("reduce", 2, 3, biReduce))
	ready(t, m, partialType(t))
	key := keyType(t)
	key.Ready(t.Interp)
	addFunc(t, m, vary("cmp_to_key", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		var a [1]object.Value
		if err := object.ParseArgs(t, "cmp_to_key", args, kw, []string{"mycmp"}, 1, a[:]); err != nil {
			return object.Unset, err
		}
		return newCells(t, key, a[0], object.Unset).value(), nil
	}))
	makeLRU(t, m)
	return m, nil
}

func biReduce(t *object.Thread, a []object.Value) (object.Value, error) {
	fn, acc := a[0], object.Unset
	if len(a) == 3 {
		acc = a[2]
	}
	it, err := object.Iter(t, a[1])
	if err != nil {
		if _, ok := object.Catch(t, err, t.Interp.Types.TypeError); ok {
			return object.Unset, object.TypeErrorf(t, "reduce() arg 2 must support iteration")
		}
		return object.Unset, err
	}
	for {
		v, ok, err := object.Next(t, it)
		if err != nil {
			return object.Unset, err
		}
		if !ok {
			break
		}
		if acc.IsUnset() {
			acc = v
			continue
		}
		if acc, err = object.Call(t, fn, acc, v); err != nil {
			return object.Unset, err
		}
	}
	if acc.IsUnset() {
		return object.Unset, object.TypeErrorf(t, "reduce() of empty iterable with no initial value")
	}
	return acc, nil
}

// attrDict gives a class whose objects have a dict of attributes in cell i.
func attrDict(x *object.Type, i int) {
	get := func(t *object.Thread, v object.Value) (*object.Dict, error) {
		d, err := asCells(object.Native(v)).load(t, i)
		if err != nil {
			return nil, err
		}
		dict, _ := object.AsDict(d)
		return dict, nil
	}
	x.Ops.GetAttr = func(t *object.Thread, v object.Value, name *object.Str) (object.Value, bool, error) {
		d, err := get(t, v)
		if err != nil {
			return object.Unset, false, err
		}
		if name.S == "__dict__" {
			return d.Value(), true, nil
		}
		return d.GetStr(t, name)
	}
	x.Ops.SetAttr = func(t *object.Thread, v object.Value, name *object.Str, y object.Value) error {
		d, err := get(t, v)
		if err != nil {
			return err
		}
		if !y.IsUnset() {
			return d.SetStr(t, name, y)
		}
		_, found, err := d.Del(t, name.Value())
		if err == nil && !found {
			err = object.NoAttribute(t, v, name)
		}
		return err
	}
}

// partialType is functools.partial. Cells: 0 function, 1 tuple of arguments, 2 dict of keywords, 3 attributes.
func partialType(t *object.Thread) *object.Type {
	in := t.Interp
	x := newType(t, "functools", "partial", nil, 0)
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "type 'partial' takes at least one argument")
		}
		if !object.Callable(t, args[0]) {
			return object.Unset, object.TypeErrorf(t, "the first argument must be callable")
		}
		fn, rest := args[0], append([]object.Value(nil), args[1:]...)
		d := t.NewDict()
		if n := object.Native(fn); n.Kind() == object.KindNative && n.Header().Type == x && fn == n {
			inner := asCells(n)
			fn = inner.c[0]
			rest = append(append([]object.Value(nil), (*object.Tuple)(inner.c[1].Ref).Items...), rest...)
			id, _ := object.AsDict(inner.c[2])
			if err := d.Update(t, id); err != nil {
				return object.Unset, err
			}
		}
		if kw != nil {
			for i, k := range kw.Names {
				if err := d.SetStr(t, t.Intern(k), kw.Values[i]); err != nil {
					return object.Unset, err
				}
			}
		}
		return newCells(t, x, fn, t.NewTuple(rest...), d.Value(), t.NewDict().Value()).value(), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		o := asCells(v)
		fixed := (*object.Tuple)(o.c[1].Ref).Items
		all := append(append(make([]object.Value, 0, len(fixed)+len(args)), fixed...), args...)
		d, _ := object.AsDict(o.c[2])
		n, err := d.Len(t)
		if err != nil {
			return object.Unset, err
		}
		if n > 0 {
			items, err := d.Items(t)
			if err != nil {
				return object.Unset, err
			}
			k := &object.Kwargs{}
		next:
			for _, it := range items {
				s, _ := object.AsStr(it.Key)
				if kw != nil {
					for _, given := range kw.Names {
						if given == s.S {
							continue next
						}
					}
				}
				k.Names, k.Values = append(k.Names, s.S), append(k.Values, it.Val)
			}
			if kw != nil {
				k.Names, k.Values = append(k.Names, kw.Names...), append(k.Values, kw.Values...)
			}
			kw = k
		}
		return t.VM.Call(t, o.c[0], all, kw)
	}
	x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		o := asCells(v)
		parts := []string{}
		add := func(prefix string, y object.Value) error {
			r, err := object.Repr(t, y)
			parts = append(parts, prefix+r)
			return err
		}
		if err := add("", o.c[0]); err != nil {
			return "", err
		}
		for _, a := range (*object.Tuple)(o.c[1].Ref).Items {
			if err := add("", a); err != nil {
				return "", err
			}
		}
		d, _ := object.AsDict(o.c[2])
		items, err := d.Items(t)
		if err != nil {
			return "", err
		}
		for _, it := range items {
			s, _ := object.AsStr(it.Key)
			if err := add(s.S+"=", it.Val); err != nil {
				return "", err
			}
		}
		return "functools.partial(" + strings.Join(parts, ", ") + ")", nil
	}
	for i, n := range []string{"func", "args", "keywords"} {
		x.Attr(in, n, func(t *object.Thread, v object.Value) (object.Value, error) {
			return asCells(object.Native(v)).c[i], nil
		}, nil)
	}
	attrDict(x, 3)
	return x
}

// keyType is the class of what cmp_to_key returns: called, it wraps an object so that comparisons go through the function.
// Cells: 0 function, 1 object.
func keyType(t *object.Thread) *object.Type {
	x := newType(t, "functools", "KeyWrapper", nil, object.TypeNoSubclass)
	x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		var a [1]object.Value
		if err := object.ParseArgs(t, "K", args, kw, []string{"obj"}, 1, a[:]); err != nil {
			return object.Unset, err
		}
		return newCells(t, x, asCells(v).c[0], a[0]).value(), nil
	}
	x.Ops.Compare = func(t *object.Thread, op object.CmpOp, a, b object.Value) (object.Value, error) {
		if b.Kind() != object.KindNative || b.Header().Type != x {
			return object.Unset, object.TypeErrorf(t, "other argument must be K instance")
		}
		p, q := asCells(a), asCells(b)
		r, err := object.Call(t, p.c[0], p.c[1], q.c[1])
		if err != nil {
			return object.Unset, err
		}
		return object.Compare(t, op, r, object.Int(0))
	}
	x.Ops.Hash = nil
	x.Attr(t.Interp, "obj", func(t *object.Thread, v object.Value) (object.Value, error) { return asCells(v).c[1], nil }, nil)
	return x
}
