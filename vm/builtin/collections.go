package builtin

import (
	"unsafe"

	"gilt/vm/object"
)

// Module _collections: deque (package object's), defaultdict, and the counting loop of Counter.

func init() { register("_collections", makeCollections) }

func makeCollections(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_collections", "High performance data structures.", fixed("_count_elements", 2, 2, countElements))
	set(t, m, "deque", t.Interp.Types.Deque.Value())
	set(t, m, "defaultdict", defaultDictType(t).Value())
	return m, nil
}

// countElements adds 1 to mapping[x] for each x of an iterable.
func countElements(t *object.Thread, a []object.Value) (object.Value, error) {
	d, ok := object.AsDict(a[0])
	if !ok {
		return none(object.Iterate(t, a[1], func(x object.Value) error {
			n, err := object.CallMethod(t, a[0], "get", x, object.Int(0))
			if err != nil {
				return err
			}
			if n, err = object.Binary(t, object.OpAdd, n, object.Int(1)); err != nil {
				return err
			}
			return object.SetItem(t, a[0], x, n)
		}))
	}
	return none(object.Iterate(t, a[1], func(x object.Value) error {
		n, ok, err := d.Get(t, x)
		if err != nil {
			return err
		}
		if !ok {
			n = object.Int(0)
		}
		if n.IsInt() && n.AsInt() < 1<<62 {
			return d.Set(t, x, object.Int(n.AsInt()+1))
		}
		if n, err = object.Binary(t, object.OpAdd, n, object.Int(1)); err != nil {
			return err
		}
		return d.Set(t, x, n)
	}))
}

// defaultDict is a dict with a factory of default values.
type defaultDict struct {
	object.Dict
	factory object.Value
}

func asDefaultDict(v object.Value) *defaultDict { return (*defaultDict)(object.Native(v).Ref) }

func newDefaultDict(t *object.Thread, x *object.Type, factory object.Value) *defaultDict {
	d := &defaultDict{factory: factory}
	d.Mut = t.NewMut(object.KindDict, x)
	return d
}

func (d *defaultDict) value() object.Value { return object.FromPointer(unsafe.Pointer(d)) }

func (d *defaultDict) load(t *object.Thread) (object.Value, error) { return t.Load(&d.Mut, &d.factory) }

// missing makes and keeps the value for a key that is not there.
func (d *defaultDict) missing(t *object.Thread, key object.Value) (object.Value, error) {
	f, err := d.load(t)
	if err != nil {
		return object.Unset, err
	}
	if f.IsNone() {
		return object.Unset, object.KeyError(t, key)
	}
	v, err := object.Call(t, f)
	if err != nil {
		return object.Unset, err
	}
	return v, d.Set(t, key, v)
}

// defaultDictType is collections.defaultdict.
func defaultDictType(t *object.Thread) *object.Type {
	return extOf(t, "collections.defaultdict", func() *object.Type {
		in := t.Interp
		base := in.Types.Dict
		x := in.NewType("collections", "defaultdict", base, object.KindDict, object.TypeNoDict, nil)
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return newDefaultDict(t, x, object.None).value(), nil
		}
		init := base.Ops.Init
		x.Ops.Init = func(t *object.Thread, self object.Value, args []object.Value, kw *object.Kwargs) error {
			if len(args) > 0 {
				f := args[0]
				if !f.IsNone() && !object.Callable(t, f) {
					return object.TypeErrorf(t, "first argument must be callable or None")
				}
				if err := asDefaultDict(self).setFactory(t, f); err != nil {
					return err
				}
				args = args[1:]
			}
			return init(t, self, args, kw)
		}
		x.Ops.GetItem = func(t *object.Thread, v, key object.Value) (object.Value, error) {
			d := asDefaultDict(v)
			y, ok, err := d.Get(t, key)
			if ok || err != nil {
				return y, err
			}
			return d.missing(t, key)
		}
		x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			d := asDefaultDict(v)
			f, err := d.load(t)
			if err != nil {
				return "", err
			}
			r, err := object.Repr(t, f)
			if err != nil {
				return "", err
			}
			s, err := base.Ops.Repr(t, v)
			return "defaultdict(" + r + ", " + s + ")", err
		}
		x.Ops.Publish = func(t *object.Thread, v object.Value, add func(object.Value)) { add(asDefaultDict(v).factory) }
		copyOf := func(t *object.Thread, self object.Value) (object.Value, error) {
			d := asDefaultDict(self)
			f, err := d.load(t)
			if err != nil {
				return object.Unset, err
			}
			c := newDefaultDict(t, x, f)
			return c.value(), c.Update(t, &d.Dict)
		}
		merge := func(a, b object.Value, t *object.Thread) (object.Value, error) {
			da, ok1 := object.AsDict(a)
			db, ok2 := object.AsDict(b)
			if !ok1 || !ok2 {
				return object.NotImplemented, nil
			}
			from := a
			if object.TypeOf(t, a) != x {
				from = b
			}
			f, err := asDefaultDict(from).load(t)
			if err != nil {
				return object.Unset, err
			}
			c := newDefaultDict(t, x, f)
			if err := c.Update(t, da); err != nil {
				return object.Unset, err
			}
			return c.value(), c.Update(t, db)
		}
		x.Ops.Binary[object.OpOr] = func(t *object.Thread, a, b object.Value) (object.Value, error) { return merge(a, b, t) }
		x.Methods(in,
			object.M1("__missing__", func(t *object.Thread, self, key object.Value) (object.Value, error) {
				return asDefaultDict(self).missing(t, key)
			}),
			object.M0("copy", copyOf), object.M0("__copy__", copyOf),
			object.M0("__reduce__", func(t *object.Thread, self object.Value) (object.Value, error) {
				d := asDefaultDict(self)
				f, err := d.load(t)
				if err != nil {
					return object.Unset, err
				}
				args := t.NewTuple()
				if !f.IsNone() {
					args = t.NewTuple(f)
				}
				items, err := object.CallMethod(t, self, "items")
				if err != nil {
					return object.Unset, err
				}
				it, err := object.Iter(t, items)
				return t.NewTuple(x.Value(), args, object.None, object.None, it), err
			}),
		)
		x.Attr(in, "default_factory", func(t *object.Thread, v object.Value) (object.Value, error) { return asDefaultDict(v).load(t) },
			func(t *object.Thread, v, f object.Value) error {
				if f.IsUnset() {
					f = object.None
				}
				return asDefaultDict(v).setFactory(t, f)
			})
		return x.Ready(in)
	})
}

// setFactory writes the factory. A dict's header says what is saved of its items only, so the cell is always logged.
func (d *defaultDict) setFactory(t *object.Thread, f object.Value) error {
	if t.Epoch != 0 && !d.Shared() {
		t.Undo.SaveCell(&d.factory)
		d.factory = f
		return nil
	}
	return t.Store(&d.Mut, &d.factory, f)
}
