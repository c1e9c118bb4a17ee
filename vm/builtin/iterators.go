package builtin

import "gilt/vm/object"

// What the iterators of modules in Go are made of. All their state is in cells.

// iterKind describes a class of iterators.
type iterKind struct {
	name, doc string
	// make makes an iterator of class typ of the arguments.
	make func(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error)
	next func(t *object.Thread, o *cells) (object.Value, bool, error)
}

// iterType makes the class of an iterKind.
func iterType(t *object.Thread, m *object.Module, k iterKind) *object.Type {
	x := newType(t, m.Name, k.name, nil, 0)
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		o, err := k.make(t, x, args, kw)
		if err != nil {
			return object.Unset, err
		}
		return o.value(), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
	x.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
		o := asCells(v)
		if t.Regime == object.RegimeLocks {
			if l := lock(t, &o.Mut); l != nil {
				defer unlock(t, l)
			}
		}
		return k.next(t, o)
	}
	addNext2(t.Interp, x)
	if k.doc != "" {
		x.Def(t.Interp, "__doc__", object.NewStr(k.doc))
	}
	x.Def(t.Interp, "__class_getitem__", t.NewClassMethod(object.NewBuiltin("__class_getitem__",
		func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return args[0], nil
		}).Value()))
	return ready(t, m, x)
}

// noKw refuses keyword arguments.
func noKw(t *object.Thread, name string, kw *object.Kwargs) error {
	return object.NoKwargs(t, name, kw)
}

// wantArgs checks the number of positional arguments.
func wantArgs(t *object.Thread, name string, lo, hi int, args []object.Value, kw *object.Kwargs) error {
	if err := noKw(t, name, kw); err != nil {
		return err
	}
	if len(args) < lo || hi >= 0 && len(args) > hi {
		if hi < 0 {
			hi = 1 << 30
		}
		return object.CountError(t, name, lo, hi, len(args))
	}
	return nil
}
