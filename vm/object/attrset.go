package object

// This file has the writing half of the attribute protocol (see attr.go).

// FindSet says how to write an attribute.
func FindSet(t *Thread, v Value, name *Str) (Attr, error) {
	a := Attr{Kind: SetOther, Index: -1}
	typ := TypeOf(t, v)
	if typ.Flags&TypeHasSetattr != 0 {
		if fn, ok := LookupSpecial(t, typ, SpSetattr); ok && fn.Kind() == KindFunction {
			a.Kind, a.Value, a.WithName = SetCall, fn, true
		}
		return a, nil
	}
	if v.Kind() != KindInstance {
		return a, nil
	}
	x, slot, err := typ.find(t, name)
	if err != nil {
		return a, err
	}
	if slot != nil && !slot.Stable() {
		return a, nil
	}
	o := (*Instance)(v.Ref)
	a.Shape = o.ShapeOf()
	if !x.IsUnset() && isData(t, x) {
		switch x.Kind() {
		case KindProperty:
			if p := (*Property)(x.Ref); !p.Set.IsNone() {
				a.Kind, a.Value = SetCall, p.Set
			}
		case KindGetset:
			if g := (*Getset)(x.Ref); g.Member >= 0 && typ.IsSubtype(g.Owner) {
				a.Kind, a.Index, a.Cacheable = SetField, g.Member, true
			}
		}
		return a, nil
	}
	if t.doomed() {
		return a, ErrAbort
	}
	if typ.Flags&TypeNoDict != 0 {
		return a, nil
	}
	if i := a.Shape.Index(name); i >= 0 {
		a.Kind, a.Index, a.Cacheable = SetField, i, true
		return a, nil
	}
	if o.Meta&FlagShared == 0 || t.Regime != RegimeRead {
		a.Kind, a.Next, a.Cacheable = SetAdd, a.Shape.With(name), true
	}
	return a, nil
}

// SetAttr is v.name = x.
func SetAttr(t *Thread, v Value, name *Str, x Value) error {
	typ := TypeOf(t, v)
	if typ.Flags&TypeHasSetattr != 0 {
		if fn, ok := LookupSpecial(t, typ, SpSetattr); ok {
			_, err := CallSpecial(t, fn, v, name.Value(), x)
			return err
		}
	}
	return genericSet(t, v, typ, name, x)
}

// DelAttr is del v.name.
func DelAttr(t *Thread, v Value, name *Str) error {
	typ := TypeOf(t, v)
	if typ.Flags&TypeHasDelattr != 0 {
		if fn, ok := LookupSpecial(t, typ, SpDelattr); ok {
			_, err := CallSpecial(t, fn, v, name.Value())
			return err
		}
	}
	return genericSet(t, v, typ, name, Unset)
}

// genericSet is object.__setattr__, and __delattr__ when x is Unset.
func genericSet(t *Thread, v Value, typ *Type, name *Str, x Value) error {
	d, _, err := typ.find(t, name)
	if err != nil {
		return err
	}
	if !d.IsUnset() && isData(t, d) {
		return callSet(t, d, v, x, name)
	}
	switch v.Kind() {
	case KindInstance:
		if typ.Flags&TypeNoDict == 0 {
			return setOwn(t, (*Instance)(v.Ref), name, x)
		}
	case KindType:
		return setTypeAttr(t, (*Type)(v.Ref), name, x)
	}
	if set := typ.Ops.SetAttr; set != nil {
		return set(t, v, name, x)
	}
	if !d.IsUnset() {
		return AttributeErrorf(t, v, name.S, "'%s' object attribute '%s' is read-only", typ.messageName(), name.S)
	}
	if x.IsUnset() {
		return NoAttribute(t, v, name)
	}
	return AttributeErrorf(t, v, name.S, "'%s' object has no attribute '%s' and no __dict__ for setting new attributes", typ.messageName(), name.S)
}

func setOwn(t *Thread, o *Instance, name *Str, x Value) error {
	if !x.IsUnset() {
		return o.Set(t, name, x)
	}
	old, err := o.Get(t, name)
	if err != nil {
		return err
	}
	if old.IsUnset() {
		return NoAttribute(t, o.Value(), name)
	}
	return o.Set(t, name, Unset)
}

func setTypeAttr(t *Thread, cls *Type, name *Str, x Value) error {
	if cls.Flags&(TypeUser|TypeStatic) != TypeUser {
		return TypeErrorf(t, "cannot set '%s' attribute of immutable type '%s'", name.S, cls.FullName())
	}
	if x.IsUnset() {
		s := cls.OwnSlot(name.S)
		if s != nil {
			v, err := t.LoadSlot(s)
			if err != nil {
				return err
			}
			if !v.IsUnset() {
				return cls.SetAttr(t, name.S, x)
			}
		}
		return AttributeErrorf(t, cls.Value(), name.S, "type object '%s' has no attribute '%s'", cls.messageName(), name.S)
	}
	return cls.SetAttr(t, name.S, x)
}

// callSet writes or deletes through data descriptor d.
func callSet(t *Thread, d, self, x Value, name *Str) error {
	switch d.Kind() {
	case KindProperty:
		p := (*Property)(d.Ref)
		if x.IsUnset() {
			if p.Del.IsNone() {
				return p.noAccessor(t, self, "deleter")
			}
			_, err := t.VM.Call(t, p.Del, []Value{self}, nil)
			return err
		}
		if p.Set.IsNone() {
			return p.noAccessor(t, self, "setter")
		}
		_, err := t.VM.Call(t, p.Set, []Value{self, x}, nil)
		return err
	case KindGetset:
		return (*Getset)(d.Ref).set(t, self, x)
	}
	typ := TypeOf(t, d)
	if typ.Flags&TypeUser != 0 {
		id := SpSet
		if x.IsUnset() {
			id = SpDelete
		}
		if fn, ok := LookupSpecial(t, typ, id); ok {
			var err error
			if x.IsUnset() {
				_, err = CallSpecial(t, fn, d, self)
			} else {
				_, err = CallSpecial(t, fn, d, self, x)
			}
			return err
		}
	}
	if typ.Ops.DescrSet != nil {
		return typ.Ops.DescrSet(t, Native(d), self, x)
	}
	if x.IsUnset() {
		return AttributeErrorf(t, d, "__delete__", "__delete__")
	}
	return AttributeErrorf(t, d, "__set__", "__set__")
}

func (g *Getset) set(t *Thread, self, x Value) error {
	typ := TypeOf(t, self)
	if g.Member >= 0 && self.Kind() == KindInstance && typ.IsSubtype(g.Owner) {
		o := (*Instance)(self.Ref)
		if x.IsUnset() {
			v, err := t.Load(&o.Mut, o.Cell(g.Member))
			if err != nil {
				return err
			}
			if v.IsUnset() {
				return AttributeErrorf(t, self, g.Name, "%s", g.Name)
			}
		}
		return o.SetSlot(t, g.Member, x)
	}
	if g.Set == nil {
		if typ == t.Interp.Types.Type || g.Owner == t.Interp.Types.Type {
			return AttributeErrorf(t, self, g.Name, "attribute '%s' of '%s' objects is not writable", g.Name, g.Owner.Name)
		}
		return AttributeErrorf(t, self, g.Name, "attribute '%s' of '%s' objects is not writable", g.Name, g.Owner.Name)
	}
	return g.Set(t, self, x)
}

// AddSlot gives the instance the attribute that next adds to its present shape; the caller has checked the shape (FindSet).
func (o *Instance) AddSlot(t *Thread, next *Shape, v Value) error {
	if o.Meta&FlagShared != 0 {
		return o.add(t, o.ShapeOf(), next.Name, v)
	}
	t.SaveInstance(o)
	o.reserve(next.N)
	*o.Slot(next.N - 1) = v
	o.setShape(next)
	return nil
}

// SharedSlot is the address of slot i of a shared instance.
func (o *Instance) SharedSlot(i int) *Value { return o.Cell(i) }
