package builtin

import (
	"unsafe"

	"gilt/vm/object"
)

// Objects of the builtin types of modules. Most keep their whole mutable state in cells, so that barriers and undo logs know it.

// cells is an object whose state is a few cells. What each cell means is its type's business.
type cells struct {
	object.Mut
	c []object.Value
}

// Objects with their cells in the same allocation.
type (
	cells2 struct {
		cells
		a [2]object.Value
	}
	cells4 struct {
		cells
		a [4]object.Value
	}
)

// newCells makes an object of a type with the given cells.
func newCells(t *object.Thread, typ *object.Type, vs ...object.Value) *cells {
	var o *cells
	switch n := len(vs); {
	case n <= 2:
		x := &cells2{}
		o = &x.cells
		o.c = x.a[:n]
	case n <= 4:
		x := &cells4{}
		o = &x.cells
		o.c = x.a[:n]
	default:
		o = &cells{c: make([]object.Value, n)}
	}
	o.Mut = t.NewMut(object.KindNative, typ)
	copy(o.c, vs)
	return o
}

// asCells is the object that v is known to be.
func asCells(v object.Value) *cells { return (*cells)(v.Ref) }

func (o *cells) value() object.Value { return object.FromPointer(unsafe.Pointer(o)) }

func (o *cells) load(t *object.Thread, i int) (object.Value, error) { return t.Load(&o.Mut, &o.c[i]) }

func (o *cells) store(t *object.Thread, i int, v object.Value) error {
	return t.Store(&o.Mut, &o.c[i], v)
}

// loadInt reads a cell that holds an int.
func (o *cells) loadInt(t *object.Thread, i int) (int64, error) {
	v, err := t.Load(&o.Mut, &o.c[i])
	return v.AsInt(), err
}

func publishCells(_ *object.Thread, v object.Value, add func(object.Value)) {
	for _, x := range asCells(v).c {
		if !x.IsUnset() {
			add(x)
		}
	}
}

// lock makes an operation on a shared object atomic under the regime in which nothing else does; unlock(lock(...)) is free in
// the others.
func lock(t *object.Thread, m *object.Mut) *object.Mut {
	if t.Regime == object.RegimeLocks && m.Shared() {
		t.LockObject(m)
		return m
	}
	return nil
}

func unlock(t *object.Thread, m *object.Mut) {
	if m != nil {
		t.UnlockObject(m)
	}
}

// newType makes a class for a module; the caller adds what it needs and calls Ready.
func newType(t *object.Thread, module, name string, base *object.Type, flags object.TypeFlags) *object.Type {
	x := t.Interp.NewType(module, name, base, object.KindNative, flags|object.TypeNoDict, nil)
	x.Ops.Publish = publishCells
	return x
}

// ready ends the making of a class and puts it into its module.
func ready(t *object.Thread, m *object.Module, x *object.Type) *object.Type {
	x.Ready(t.Interp)
	set(t, m, x.Name, x.Value())
	return x
}

// strArg is a string argument of a function.
func strArg(t *object.Thread, fname string, i int, v object.Value) (string, error) {
	s, ok := object.AsStr(v)
	if !ok {
		return "", object.TypeErrorf(t, "%s() argument %d must be str, not %s", fname, i, object.TypeName(t, v))
	}
	return s.S, nil
}

// pathArg is a file name: a string, bytes, or something with __fspath__.
func pathArg(t *object.Thread, fname string, v object.Value) (string, error) {
	if s, ok := object.AsStr(v); ok {
		return s.S, nil
	}
	if b, ok := object.AsBytesLike(t, v); ok {
		return b, nil
	}
	if fn, ok := object.LookupSpecial(t, object.TypeOf(t, v), object.SpFspath); ok {
		r, err := object.CallSpecial(t, fn, v)
		if err != nil {
			return "", err
		}
		if s, ok := object.AsStr(r); ok {
			return s.S, nil
		}
		if b, ok := object.AsBytesLike(t, r); ok {
			return b, nil
		}
		return "", object.TypeErrorf(t, "expected %s.__fspath__() to return str or bytes, not %s", object.TypeName(t, v), object.TypeName(t, r))
	}
	return "", object.TypeErrorf(t, "%s: path should be string, bytes or os.PathLike, not %s", fname, object.TypeName(t, v))
}

// none is the result of functions that return nothing.
func none(err error) (object.Value, error) {
	if err != nil {
		return object.Unset, err
	}
	return object.None, nil
}

// extOf is a module's own state in an interpreter, made at the first use.
func extOf[T any](t *object.Thread, name string, mk func() T) T {
	if v, ok := t.Interp.Ext.Load(name); ok {
		return v.(T)
	}
	v, _ := t.Interp.Ext.LoadOrStore(name, mk())
	return v.(T)
}

// module imports a module for code in Go.
func module(t *object.Thread, name string) (object.Value, error) { return frames(t).Import(t, name) }

// member imports a module and takes an attribute of it.
func member(t *object.Thread, mod, name string) (object.Value, error) {
	m, err := module(t, mod)
	if err != nil {
		return object.Unset, err
	}
	return object.GetAttrString(t, m, name)
}
