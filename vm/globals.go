package vm

import (
	"unsafe"

	"gilt/stm"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Variables that are not registers: globals, names of class bodies, cells.

// loadGlobal is LOADG without a valid cache entry: the global, else the builtin.
func (t *Thread) loadGlobal(f *frame, s *code.SiteRef, dst *object.Value) status {
	if e := s.Cache.Load(); e != nil && e.Version == t.DefSeen && e.Slot != nil && !e.Slot.Stable() {
		// A variable that is shared: the site knows its slot.
		v, err := t.LoadSlot(e.Slot)
		if err != nil {
			return t.fail(err)
		}
		if !v.IsUnset() {
			*dst = v
			return stNext
		}
	}
	sl := f.fn.Globals.Lookup(s.Name)
	if sl == nil {
		return t.loadDynamic(f, s, dst)
	}
	v, err := t.LoadSlot(sl)
	if err != nil {
		return t.fail(err)
	}
	if v.IsUnset() {
		sl = t.Interp.Builtins.NS.Lookup(s.Name)
		if sl != nil {
			if v, err = t.LoadSlot(sl); err != nil {
				return t.fail(err)
			}
		}
		if v.IsUnset() {
			return t.undefined(s.Name)
		}
		// The builtin is cached as long as nobody defines a global of that name, which moves the epoch.
	}
	e := &code.CacheEntry{Kind: cacheGlobal, Version: t.DefSeen, Slot: sl, Value: object.Unset}
	if sl.Stable() {
		e.Slot, e.Value = nil, v
	} else if sl == f.fn.Globals.Lookup(s.Name) {
		e.Kind = cacheStoreVar // serves the site's STOREG too
	}
	s.Cache.Store(e)
	*dst = v
	return stNext
}

// loadDynamic looks a global up that has no slot (yet): a namespace backed by a dict, or a builtin.
func (t *Thread) loadDynamic(f *frame, s *code.SiteRef, dst *object.Value) status {
	v, ok, err := f.fn.Globals.Get(&t.Thread, s.Name)
	if err != nil {
		return t.fail(err)
	}
	if ok {
		*dst = v
		return stNext
	}
	sl := t.Interp.Builtins.NS.Lookup(s.Name)
	if sl == nil {
		return t.undefined(s.Name)
	}
	if v, err = t.LoadSlot(sl); err != nil {
		return t.fail(err)
	}
	if v.IsUnset() {
		return t.undefined(s.Name)
	}
	if f.fn.Globals.Dict() == nil && sl.Stable() {
		s.Cache.Store(&code.CacheEntry{Kind: cacheGlobal, Version: t.DefSeen, Value: v})
	}
	*dst = v
	return stNext
}

func (t *Thread) undefined(name *object.Str) status {
	return t.fail(object.NameErrorf(&t.Thread, name.S, "name '%s' is not defined", name.S))
}

func (t *Thread) storeGlobal(f *frame, s *code.SiteRef, v object.Value) status {
	if e := s.Cache.Load(); e != nil && e.Kind == cacheStoreVar {
		return t.check(t.StoreSlot(e.Slot, v, false)) // slots stay where they are
	}
	if err := f.fn.Globals.Set(&t.Thread, s.Name, v); err != nil {
		return t.fail(err)
	}
	if sl := f.fn.Globals.Lookup(s.Name); sl != nil && !sl.Stable() {
		s.Cache.Store(&code.CacheEntry{Kind: cacheStoreVar, Version: t.DefSeen, Slot: sl, Value: object.Unset})
	}
	return stNext
}

func (t *Thread) deleteGlobal(f *frame, s *code.SiteRef) status {
	ok, err := f.fn.Globals.Delete(&t.Thread, s.Name)
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		return t.undefined(s.Name)
	}
	return stReload
}

// loadName is LOADN and LOADNC: the class body's namespace, then a cell or the globals.
func (t *Thread) loadName(f *frame, s *code.SiteRef, dst *object.Value, cell object.Value) status {
	ns := *reg(f.regs, 0)
	v, ok, err := t.nsGet(ns, s.Name)
	if err != nil {
		return t.fail(err)
	}
	if ok {
		*dst = v
		return stReload
	}
	if !cell.IsUnset() {
		c := (*object.Cell)(cell.Ref)
		v, err := t.Load(&c.Mut, &c.V)
		if err != nil {
			return t.fail(err)
		}
		if !v.IsUnset() {
			*dst = v
			return stReload
		}
	}
	if st := t.loadGlobalUncached(f, s, dst); st != stNext {
		return st
	}
	return stReload
}

func (t *Thread) loadGlobalUncached(f *frame, s *code.SiteRef, dst *object.Value) status {
	v, ok, err := f.fn.Globals.Get(&t.Thread, s.Name)
	if err == nil && !ok {
		v, ok, err = t.Interp.Builtins.NS.Get(&t.Thread, s.Name)
	}
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		return t.undefined(s.Name)
	}
	*dst = v
	return stNext
}

func (t *Thread) storeName(ns object.Value, s *code.SiteRef, v object.Value) status {
	if err := t.nsSet(ns, s.Name, v); err != nil {
		return t.fail(err)
	}
	return stReload
}

func (t *Thread) deleteName(ns object.Value, s *code.SiteRef) status {
	ok, err := t.nsDel(ns, s.Name)
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		return t.undefined(s.Name)
	}
	return stReload
}

func (t *Thread) newCell(v object.Value) object.Value {
	return object.FromPointer(unsafe.Pointer(&object.Cell{Mut: t.NewMut(object.KindCell, nil), V: v}))
}

func (t *Thread) makeCell(dst *object.Value, v object.Value) status {
	*dst = t.newCell(v)
	return stNext
}

func (t *Thread) storeCell(c *object.Cell, v object.Value) status {
	t.ClaimCell(c)
	return t.check(t.Store(&c.Mut, &c.V, v))
}

// quickCell is the contents of a shared cell in a transaction, Unset if that takes more than a look.
func (t *Thread) quickCell(c *object.Cell) object.Value {
	if t.Regime != object.RegimeSTM || t.Accesses != nil {
		return object.Unset
	}
	w, ok := t.Tx.LoadQuick(&c.Orec, (*stm.Word)(unsafe.Pointer(&c.V)))
	if !ok {
		return object.Unset
	}
	return object.Value{Ref: w.P, Bits: w.B}
}

func (t *Thread) loadCell(f *frame, c *object.Cell, dst *object.Value, name uint16) status {
	if c.Meta&object.FlagShared != 0 {
		if v := t.quickCell(c); !v.IsUnset() {
			*dst = v
			return stNext
		}
	}
	t.ClaimCell(c)
	v, err := t.Load(&c.Mut, &c.V)
	if err != nil {
		return t.fail(err)
	}
	if v.IsUnset() {
		return t.unboundCell(f, name)
	}
	*dst = v
	return stNext
}

// unboundCell is the error of reading an empty cell: of the function's own variable, or of an enclosing one's.
func (t *Thread) unboundCell(f *frame, name uint16) status {
	s := text(f.code.Consts[name])
	for _, fr := range f.code.Free {
		if fr == s {
			return t.fail(object.NameErrorf(&t.Thread, s, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", s))
		}
	}
	return t.fail(object.UnboundLocalErrorf(&t.Thread, s))
}

func (t *Thread) deleteCell(f *frame, c *object.Cell, name uint16) status {
	v, err := t.Load(&c.Mut, &c.V)
	if err != nil {
		return t.fail(err)
	}
	if v.IsUnset() {
		return t.unboundCell(f, name)
	}
	if err := t.Store(&c.Mut, &c.V, object.Unset); err != nil {
		return t.fail(err)
	}
	return stReload
}

func (t *Thread) loadBuiltin(in *code.Instr, r unsafe.Pointer, name object.Value) status {
	sl := t.Interp.Builtins.NS.Lookup((*object.Str)(name.Ref))
	v, err := t.LoadSlot(sl)
	if err != nil {
		return t.fail(err)
	}
	*reg(r, in.A) = v
	return stReload
}

// nsGet, nsSet and nsDel access the namespace of a class body: a dict, a module's, or any mapping that a metaclass prepared.
func (t *Thread) nsGet(ns object.Value, name *object.Str) (object.Value, bool, error) {
	switch ns.Kind() {
	case object.KindDict:
		return (*object.Dict)(ns.Ref).GetStr(&t.Thread, name)
	case object.KindNamespace:
		return (*object.Namespace)(ns.Ref).Get(&t.Thread, name)
	}
	v, err := object.GetItem(&t.Thread, ns, name.Value())
	if _, missing := object.Catch(&t.Thread, err, t.Interp.Types.KeyError); missing {
		return object.Unset, false, nil
	}
	return v, err == nil, err
}

func (t *Thread) nsSet(ns object.Value, name *object.Str, v object.Value) error {
	switch ns.Kind() {
	case object.KindDict:
		return (*object.Dict)(ns.Ref).SetStr(&t.Thread, name, v)
	case object.KindNamespace:
		return (*object.Namespace)(ns.Ref).Set(&t.Thread, name, v)
	}
	return object.SetItem(&t.Thread, ns, name.Value(), v)
}

func (t *Thread) nsDel(ns object.Value, name *object.Str) (bool, error) {
	switch ns.Kind() {
	case object.KindDict:
		_, ok, err := (*object.Dict)(ns.Ref).Del(&t.Thread, name.Value())
		return ok, err
	case object.KindNamespace:
		return (*object.Namespace)(ns.Ref).Delete(&t.Thread, name)
	}
	err := object.DelItem(&t.Thread, ns, name.Value())
	if _, missing := object.Catch(&t.Thread, err, t.Interp.Types.KeyError); missing {
		return false, nil
	}
	return err == nil, err
}
