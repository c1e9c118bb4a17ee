package vm

import (
	"sync/atomic"
	"unsafe"

	"gilt/stm"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Attributes, with inline caches. A cache entry is valid in slices that run under the definition epoch it was filled in,
// so it may hold what was found on classes; what is in the instance is always read from the instance.

// Kinds of cache entries.
const (
	cacheNone     = iota
	cacheField    // instance slot Index
	cacheSetField // instance slot Index, no setter or descriptor in the way
	cacheAddField // SETATTR that moves the instance from Shape to Next
	cacheMethod   // Value is a function of the class: bind it
	cacheClass    // Value is a class attribute that is not bound
	cacheGetter   // Value is the getter function of a property
	cacheGlobal   // stable global or builtin in Value, or variable in Slot
	cacheStoreVar // global variable in Slot
	cacheSuper    // Value is a method after class After, for objects of class Type
	cacheMiss     // too many shapes: do not try again
)

// maxShapes is how many receivers a site remembers.
const maxShapes = 4

// remember puts a new entry first among the site's.
func (t *Thread) remember(s *code.SiteRef, e *code.CacheEntry) {
	e.Version = t.DefSeen
	n := 0
	var keep []*code.CacheEntry
	for o := s.Cache.Load(); o != nil && n < maxShapes-1; o = o.More {
		if o.Version == t.DefSeen && (o.Shape != e.Shape || o.Type != e.Type || o.After != e.After || o.Kind != e.Kind) {
			keep = append(keep, o)
			n++
		}
	}
	for i := len(keep) - 1; i >= 0; i-- {
		c := *keep[i] // entries are immutable: copied to be linked anew
		c.More = e.More
		e.More = &c
	}
	s.Cache.Store(e)
}

func shapeOf(o *object.Instance) *object.Shape {
	return (*object.Shape)(atomic.LoadPointer(&o.Shape))
}

// field reads slot i of o under the regime.
func (t *Thread) field(o *object.Instance, i int) (object.Value, error) {
	if o.Meta&object.FlagShared == 0 {
		return *o.Slot(i), nil
	}
	if t.Regime == object.RegimeSTM && t.Accesses == nil {
		w, ok := t.Tx.LoadOnce(&o.Orec, (*stm.Word)(unsafe.Pointer(o.SharedSlot(i))))
		if !ok {
			return object.Unset, object.ErrAbort
		}
		return object.Value{Ref: w.P, Bits: w.B}, nil
	}
	if o.Claim(&t.Thread) {
		return *o.Slot(i), nil
	}
	return t.LoadAt(&o.Orec, o.SharedSlot(i))
}

// getSharedAttr is getAttr of an instance that is shared.
func (t *Thread) getSharedAttr(in *code.Instr, s *code.SiteRef, v object.Value) status {
	o := (*object.Instance)(v.Ref)
	if e := s.Cache.Load(); e != nil && e.Kind == cacheField && e.Shape == shapeOf(o) && e.Version == t.DefSeen &&
		t.Regime == object.RegimeSTM && t.Accesses == nil && e.Index < int(o.Cap) {
		tx, c := t.Tx, o.Slot(e.Index)
		var x object.Value
		if seen, ok := tx.Again(&o.Orec); !ok {
			w, ok := tx.LoadQuick(&o.Orec, (*stm.Word)(unsafe.Pointer(c)))
			if !ok {
				return t.getAttr(in, s, v)
			}
			x = object.Value{Ref: w.P, Bits: w.B}
		} else if tx.Wrote((*stm.Word)(unsafe.Pointer(c))) {
			w, ok := tx.Own((*stm.Word)(unsafe.Pointer(c)))
			if !ok {
				return t.getAttr(in, s, v)
			}
			x = object.Value{Ref: w.P, Bits: w.B}
		} else {
			x.Ref = atomic.LoadPointer(&c.Ref)
			x.Bits = atomic.LoadUint64(&c.Bits)
			if o.Orec.Version() != seen {
				return t.getAttr(in, s, v)
			}
		}
		if !x.IsUnset() {
			*reg(t.top.regs, in.A) = x
			return stNext
		}
	}
	return t.getAttr(in, s, v)
}

func (t *Thread) getAttr(in *code.Instr, s *code.SiteRef, v object.Value) status {
	if v.Kind() == object.KindInstance {
		o := (*object.Instance)(v.Ref)
		shape := shapeOf(o)
		for e := s.Cache.Load(); e != nil; e = e.More {
			if e.Shape != shape || e.Version != t.DefSeen {
				continue
			}
			switch e.Kind {
			case cacheField:
				x, err := t.field(o, e.Index)
				if err != nil {
					return t.fail(err)
				}
				if !x.IsUnset() {
					*reg(t.top.regs, in.A) = x
					return stNext
				}
			case cacheClass:
				*reg(t.top.regs, in.A) = e.Value
				return stNext
			case cacheMethod:
				*reg(t.top.regs, in.A) = t.bound(e.Value, v)
				return stNext
			case cacheGetter:
				return t.enter((*Function)(e.Value.Ref), contStore, in.A, v)
			}
		}
	}
	return t.getAttrSlow(in, s, v)
}

// bound makes a bound method.
func (t *Thread) bound(fn, self object.Value) object.Value {
	return object.NewMethod(&t.Thread, fn, self)
}

// getAttrSlow does the whole protocol, and fills the cache when what it finds can be cached.
func (t *Thread) getAttrSlow(in *code.Instr, s *code.SiteRef, v object.Value) status {
	if v.Kind() == object.KindSuper {
		x, err := object.GetAttr(&t.Thread, v, s.Name)
		return t.put(in.A, x, err)
	}
	a, err := object.FindAttr(&t.Thread, v, s.Name)
	if err != nil {
		return t.fail(err)
	}
	if e := t.entryFor(v, a); e != nil {
		t.remember(s, e)
	}
	switch a.Kind {
	case object.AttrField, object.AttrValue:
		*reg(t.top.regs, in.A) = a.Value
		return stNext
	case object.AttrMethod:
		*reg(t.top.regs, in.A) = t.bound(a.Value, v)
		return stNext
	case object.AttrGetter: // a.Value(v) is the value
		if st, ok := t.enterSimple(a.Value, contStore, in.A, v); ok {
			return st
		}
		x, err := t.Call(&t.Thread, a.Value, []object.Value{v}, nil)
		return t.put(in.A, x, err)
	case object.AttrGetattr: // __getattr__(v, name)
		if st, ok := t.enterSimple(a.Value, contStore, in.A, v, s.Name.Value()); ok {
			return st
		}
	}
	x, err := object.GetAttr(&t.Thread, v, s.Name)
	return t.put(in.A, x, err)
}

// enterSimple enters fn if it is a Python function with just these parameters.
func (t *Thread) enterSimple(fn object.Value, k cont, dst uint16, args ...object.Value) (status, bool) {
	if fn.Kind() != object.KindFunction {
		return 0, false
	}
	p := (*Function)(fn.Ref)
	if p.Code.Flags&code.Simple == 0 || p.Code.NumPos != len(args) {
		return 0, false
	}
	return t.enter(p, k, dst, args...), true
}

// entryFor turns what FindAttr found into a cache entry, nil if it must not be cached.
func (t *Thread) entryFor(v object.Value, a object.Attr) *code.CacheEntry {
	if !a.Cacheable || v.Kind() != object.KindInstance {
		return nil
	}
	e := &code.CacheEntry{Shape: a.Shape, Index: a.Index, Value: a.Value}
	switch a.Kind {
	case object.AttrField:
		e.Kind, e.Value = cacheField, object.Unset
	case object.AttrValue:
		e.Kind = cacheClass
	case object.AttrMethod:
		e.Kind = cacheMethod
	case object.AttrGetter:
		if a.Value.Kind() != object.KindFunction {
			return nil
		}
		if fn := (*Function)(a.Value.Ref); fn.Code.Flags&code.Simple == 0 || fn.Code.NumPos != 1 {
			return nil
		}
		e.Kind = cacheGetter
	default:
		return nil
	}
	return e
}

// getMethod is GETMETHOD: function and self apart, so that calling needs no bound method.
func (t *Thread) getMethod(in *code.Instr, s *code.SiteRef, v object.Value) status {
	r := t.top.regs
	if v.Kind() == object.KindInstance {
		shape := shapeOf((*object.Instance)(v.Ref))
		for e := s.Cache.Load(); e != nil; e = e.More {
			if e.Shape != shape || e.Version != t.DefSeen {
				continue
			}
			switch e.Kind {
			case cacheMethod:
				*reg(r, in.A), *reg(r, in.A+1) = e.Value, v
				return stNext
			case cacheField:
				x, err := t.field((*object.Instance)(v.Ref), e.Index)
				if err != nil {
					return t.fail(err)
				}
				if !x.IsUnset() {
					*reg(r, in.A), *reg(r, in.A+1) = x, object.Unset
					return stNext
				}
			case cacheClass:
				*reg(r, in.A), *reg(r, in.A+1) = e.Value, object.Unset
				return stNext
			}
		}
	} else if v.Ref != nil {
		h := v.Header()
		for e := s.Cache.Load(); e != nil; e = e.More {
			if e.Shape == nil && e.Type == h.Type && e.RKind == uint8(h.Meta) && e.Version == t.DefSeen && e.Kind == cacheMethod {
				*reg(r, in.A), *reg(r, in.A+1) = e.Value, v
				return stNext
			}
		}
	}
	if v.Kind() == object.KindSuper {
		fn, self, ok, _, err := object.SuperMethod(&t.Thread, (*object.Super)(v.Ref), s.Name)
		if err != nil {
			return t.fail(err)
		}
		if ok {
			*reg(r, in.A), *reg(r, in.A+1) = fn, self
			return stNext
		}
		*reg(r, in.A+1) = object.Unset
		return t.getAttrSlow(in, s, v)
	}
	a, err := object.FindAttr(&t.Thread, v, s.Name)
	if err != nil {
		return t.fail(err)
	}
	switch a.Kind {
	case object.AttrMethod:
		e := t.entryFor(v, a)
		if e == nil && a.Cacheable && v.Ref != nil {
			h := v.Header()
			e = &code.CacheEntry{Kind: cacheMethod, Type: h.Type, RKind: uint8(h.Meta), Value: a.Value}
		}
		if e != nil {
			t.remember(s, e)
		}
		*reg(r, in.A), *reg(r, in.A+1) = a.Value, v
		return stNext
	case object.AttrField, object.AttrValue:
		if e := t.entryFor(v, a); e != nil {
			t.remember(s, e)
		}
		*reg(r, in.A), *reg(r, in.A+1) = a.Value, object.Unset
		return stNext
	}
	*reg(r, in.A+1) = object.Unset
	st := t.getAttrSlow(in, s, v)
	return st
}

// getSpecial is GETSPECIAL: the with statement's methods are looked up on the class.
func (t *Thread) getSpecial(in *code.Instr, r unsafe.Pointer, v, name object.Value) status {
	fn, self, err := object.GetSpecial(&t.Thread, v, (*object.Str)(name.Ref))
	if err != nil {
		return t.fail(err)
	}
	*reg(r, in.A), *reg(r, in.A+1) = fn, self
	return stNext
}

func (t *Thread) setAttr(in *code.Instr, s *code.SiteRef, o, v object.Value) status {
	if o.Kind() == object.KindInstance {
		x := (*object.Instance)(o.Ref)
		shape := shapeOf(x)
		for e := s.Cache.Load(); e != nil; e = e.More {
			if e.Shape != shape || e.Version != t.DefSeen {
				continue
			}
			switch e.Kind {
			case cacheSetField:
				return t.check(x.SetSlot(&t.Thread, e.Index, v))
			case cacheAddField:
				return t.check(x.AddSlot(&t.Thread, e.Next, v))
			}
		}
		a, err := object.FindSet(&t.Thread, o, s.Name)
		if err != nil {
			return t.fail(err)
		}
		switch a.Kind {
		case object.SetField, object.SetAdd:
			if a.Cacheable {
				k := uint8(cacheSetField)
				if a.Kind == object.SetAdd {
					k, a.Index = cacheAddField, a.Next.N-1
				}
				t.remember(s, &code.CacheEntry{Kind: k, Shape: a.Shape, Index: a.Index, Next: a.Next})
			}
			if a.Kind == object.SetField {
				return t.check(x.SetSlot(&t.Thread, a.Index, v))
			}
			return t.check(x.AddSlot(&t.Thread, a.Next, v))
		case object.SetCall: // a setter or __setattr__ in Python
			if a.WithName {
				if st, ok := t.enterSimple(a.Value, contDrop, 0, o, s.Name.Value(), v); ok {
					return st
				}
			} else if st, ok := t.enterSimple(a.Value, contDrop, 0, o, v); ok {
				return st
			}
		}
	}
	return t.check(object.SetAttr(&t.Thread, o, s.Name, v))
}
