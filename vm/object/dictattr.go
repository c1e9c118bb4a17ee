package object

// This file has obj.__dict__ of instances: the descriptor, and its assignment.

// addDictAttr gives a class whose instances have a __dict__, and whose bases' have none, the descriptor for it.
func (x *Type) addDictAttr(t *Thread) {
	if x.Flags&TypeNoDict != 0 || x.OwnSlot("__dict__") != nil || x.IsSubtype(t.Interp.Types.Type) {
		return
	}
	for _, b := range x.Bases {
		if b.Flags&TypeNoDict == 0 {
			return
		}
	}
	add := func(name string, v Value) {
		slot := t.NewSlot(name, false)
		slot.Meta |= FlagStable
		slot.V = v
		x.attrs.Load().add(slot)
	}
	add("__dict__", dictAttr(x))
	if x.OwnSlot("__weakref__") == nil && x.solid == t.Interp.Types.Object {
		add("__weakref__", valueOf(&Getset{
			Header: Header{Meta: uint64(KindGetset)}, Name: "__weakref__", Owner: x, Member: -1,
			Get: func(*Thread, Value) (Value, error) { return None, nil },
		}))
	}
}

// dictAttr is the descriptor of __dict__.
func dictAttr(owner *Type) Value {
	return valueOf(&Getset{
		Header: Header{Meta: uint64(KindGetset)}, Name: "__dict__", Owner: owner, Member: -1,
		Get: func(t *Thread, v Value) (Value, error) {
			o, ok := instanceWithDict(v)
			if !ok {
				return Unset, NoAttribute(t, v, t.Interp.names.Dict)
			}
			return t.NewInstanceNamespace(o).Value(), nil
		},
		Set: func(t *Thread, v, x Value) error {
			o, ok := instanceWithDict(v)
			if !ok {
				return NoAttribute(t, v, t.Interp.names.Dict)
			}
			return o.replaceDict(t, x)
		},
	})
}

// replaceDict is the assignment of __dict__: the instance gets the mapping's items as attributes.
func (o *Instance) replaceDict(t *Thread, x Value) error {
	var items []Item
	var err error
	switch d, ok := AsDict(x); {
	case x.IsUnset():
	case ok:
		items, err = d.Items(t)
	case x.Kind() == KindNamespace:
		items, err = (*Namespace)(x.Ref).Items(t)
	default:
		return TypeErrorf(t, "__dict__ must be set to a dictionary, not a '%s'", TypeName(t, x))
	}
	if err != nil {
		return err
	}
	names, err := o.Names(t)
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := o.Set(t, n, Unset); err != nil {
			return err
		}
	}
	for _, it := range items {
		s, ok := AsStr(it.Key)
		if !ok {
			return TypeErrorf(t, "gilt: attribute names must be strings, not '%s'", TypeName(t, it.Key))
		}
		if err := o.Set(t, t.Intern(s.S), it.Val); err != nil {
			return err
		}
	}
	return nil
}
