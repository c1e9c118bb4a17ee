package object

// This file has mappingproxy: the read-only view of a class's attributes (C.__dict__), or of any mapping.

// Proxy is a mappingproxy: over a class, or over a mapping.
type Proxy struct {
	Mut
	Class *Type // nil: over Of
	Of    Value
}

// NewTypeNamespace is cls.__dict__.
func (t *Thread) NewTypeNamespace(cls *Type) Value {
	return valueOf(&Proxy{t.NewMut(KindNative, t.Interp.Types.MappingProxy), cls, None})
}

// items lists what the proxy shows, in order.
func (p *Proxy) items(t *Thread) ([]Item, error) {
	var out []Item
	for _, s := range p.Class.OwnSlots() {
		v, err := t.LoadSlot(s)
		if err != nil {
			return nil, err
		}
		if !v.IsUnset() {
			out = append(out, Item{Key: t.Intern(s.Name).Value(), Val: v})
		}
	}
	return out, nil
}

// get finds an attribute of the class itself.
func (p *Proxy) get(t *Thread, key Value) (Value, bool, error) {
	name, ok := AsStr(key)
	if !ok {
		_, err := Hash(t, key)
		return Unset, false, err
	}
	s := p.Class.OwnSlot(name.S)
	if s == nil {
		return Unset, false, nil
	}
	v, err := t.LoadSlot(s)
	return v, !v.IsUnset(), err
}

// dict is what the proxy shows as a new dict (or the mapping itself).
func (p *Proxy) dict(t *Thread) (Value, error) {
	if p.Class == nil {
		return p.Of, nil
	}
	items, err := p.items(t)
	if err != nil {
		return Unset, err
	}
	d := t.NewDict()
	for _, it := range items {
		if err := d.Set(t, it.Key, it.Val); err != nil {
			return Unset, err
		}
	}
	return d.Value(), nil
}

func (in *Interp) initProxy() {
	x := in.Types.MappingProxy
	p := func(v Value) *Proxy { return (*Proxy)(v.Ref) }
	o := x.Ops
	o.Repr = func(t *Thread, v Value) (string, error) {
		d, err := p(v).dict(t)
		if err != nil {
			return "", err
		}
		s, err := Repr(t, d)
		return "mappingproxy(" + s + ")", err
	}
	o.Str = func(t *Thread, v Value) (string, error) {
		d, err := p(v).dict(t)
		if err != nil {
			return "", err
		}
		return ToStr(t, d)
	}
	o.Len = func(t *Thread, v Value) (int, error) {
		d, err := p(v).dict(t)
		if err != nil {
			return 0, err
		}
		return Len(t, d)
	}
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		if p(v).Class == nil {
			return GetItem(t, p(v).Of, key)
		}
		y, ok, err := p(v).get(t, key)
		if err == nil && !ok {
			err = KeyError(t, key)
		}
		return y, err
	}
	o.Contains = func(t *Thread, v, key Value) (bool, error) {
		if p(v).Class == nil {
			return Contains(t, p(v).Of, key)
		}
		_, ok, err := p(v).get(t, key)
		return ok, err
	}
	o.Iter = func(t *Thread, v Value) (Value, error) {
		d, err := p(v).dict(t)
		if err != nil {
			return Unset, err
		}
		return Iter(t, d)
	}
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		unwrap := func(v Value) (Value, error) {
			if TypeOf(t, v) == x {
				return p(v).dict(t)
			}
			return v, nil
		}
		a, err := unwrap(a)
		if err != nil {
			return Unset, err
		}
		if b, err = unwrap(b); err != nil {
			return Unset, err
		}
		return Compare(t, op, a, b)
	}
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if len(args) != 1 {
			return Unset, TypeErrorf(t, "mappingproxy() missing required argument 'mapping' (pos 1)")
		}
		return valueOf(&Proxy{t.NewMut(KindNative, cls), nil, args[0]}), nil
	}
	o.Publish = func(t *Thread, v Value, add func(Value)) {
		if c := p(v).Class; c != nil {
			add(c.Value())
		}
		add(p(v).Of)
	}
	forward := func(name string) MethodDef {
		return MN(name, 0, -1, func(t *Thread, args []Value) (Value, error) {
			d, err := p(args[0]).dict(t)
			if err != nil {
				return Unset, err
			}
			return CallMethod(t, d, name, args[1:]...)
		})
	}
	x.Methods(in, forward("get"), forward("keys"), forward("values"), forward("items"), forward("copy"))
}
