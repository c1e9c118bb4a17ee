package object

import (
	"sync"
	"sync/atomic"
)

// This file has namespaces: objects of class dict that are not Dicts. A module's globals are slots, so that code can cache
// which slot a name has; obj.__dict__ is a view of the instance's attributes; the body of a class and exec work on a
// plain dict.
//
// Invariants of module namespaces. The table from names to slots only grows: a name that is deleted keeps its slot,
// which is then Unset, so which slot a name has is a monotone fact outside of transactions, and only the slots'
// contents are protected. The order of iteration is that in which the slots were made.

// Namespace is a dict over a module's globals, an instance's attributes, or a Dict.
type Namespace struct {
	Mut
	index  shapeTable // name to place in slots
	slots  atomic.Pointer[slotTable]
	mu     sync.Mutex // guards changes of both
	object *Instance
	dict   *Dict
}

// slotTable is immutable, but for the spare capacity of its arrays.
type slotTable struct {
	order []*Slot
	names []*Str
}

// NewNamespace makes an empty namespace of slots, for a module.
func (t *Thread) NewNamespace() *Namespace {
	return &Namespace{Mut: t.NewMut(KindNamespace, t.Interp.Types.Namespace)}
}

// NewDictNamespace makes a namespace over a dict: for class bodies and exec.
func (t *Thread) NewDictNamespace(d *Dict) *Namespace {
	return &Namespace{Mut: t.NewMut(KindNamespace, t.Interp.Types.Namespace), dict: d}
}

// NewInstanceNamespace is obj.__dict__.
func (t *Thread) NewInstanceNamespace(o *Instance) *Namespace {
	return &Namespace{Mut: t.NewMut(KindNamespace, t.Interp.Types.Namespace), object: o}
}

// Value is the namespace as a Python object.
func (ns *Namespace) Value() Value { return valueOf(ns) }

// Dict is the dict that the namespace is a view of; nil if there is none.
func (ns *Namespace) Dict() *Dict { return ns.dict }

// Object is the instance whose attributes the namespace shows; nil if there is none.
func (ns *Namespace) Object() *Instance { return ns.object }

// Lookup is the slot of an interned name in a namespace of slots; nil if the name never had one. The slot may be Unset.
func (ns *Namespace) Lookup(name *Str) *Slot {
	i := ns.index.find(name)
	if i < 0 {
		return nil
	}
	return ns.slots.Load().order[i]
}

// Slot is the slot of an interned name, made if need be.
func (ns *Namespace) Slot(t *Thread, name *Str) *Slot {
	if s := ns.Lookup(name); s != nil {
		return s
	}
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if s := ns.Lookup(name); s != nil {
		return s
	}
	s := t.NewSlot(name.S, ns.Meta&FlagShared != 0)
	tb := &slotTable{}
	if old := ns.slots.Load(); old != nil {
		*tb = *old
	}
	tb.order, tb.names = append(tb.order, s), append(tb.names, name)
	ns.slots.Store(tb)
	ns.index.insert(name, len(tb.order)-1)
	return s
}

// Define binds a name in a namespace of slots.
func (ns *Namespace) Define(t *Thread, name *Str, v Value) error {
	s := ns.Lookup(name)
	fresh := s == nil
	if fresh {
		s = ns.Slot(t, name)
	}
	return t.StoreSlot(s, v, fresh)
}

// Get looks up a name.
func (ns *Namespace) Get(t *Thread, name *Str) (Value, bool, error) {
	switch {
	case ns.dict != nil:
		return ns.dict.GetStr(t, name)
	case ns.object != nil:
		v, err := ns.object.Get(t, name)
		return v, err == nil && !v.IsUnset(), err
	}
	s := ns.Lookup(name)
	if s == nil {
		if s = ns.Lookup(t.Intern(name.S)); s == nil {
			return Unset, false, nil
		}
	}
	v, err := t.LoadSlot(s)
	return v, err == nil && !v.IsUnset(), err
}

// Set binds a name; Unset unbinds it.
func (ns *Namespace) Set(t *Thread, name *Str, v Value) error {
	switch {
	case ns.dict != nil:
		if v.IsUnset() {
			_, _, err := ns.dict.Del(t, name.Value())
			return err
		}
		return ns.dict.SetStr(t, name, v)
	case ns.object != nil:
		return ns.object.Set(t, t.Intern(name.S), v)
	}
	return ns.Define(t, t.Intern(name.S), v)
}

// Delete unbinds a name; found is false if it was not bound.
func (ns *Namespace) Delete(t *Thread, name *Str) (found bool, err error) {
	_, found, err = ns.mapping().Del(t, name.Value())
	return found, err
}

// Items are the bound names and their values, in order.
func (ns *Namespace) Items(t *Thread) ([]Item, error) {
	switch {
	case ns.dict != nil:
		return ns.dict.Items(t)
	case ns.object != nil:
		names, err := ns.object.Names(t)
		if err != nil {
			return nil, err
		}
		out := make([]Item, 0, len(names))
		for _, n := range names {
			v, err := ns.object.Get(t, n)
			if err != nil {
				return nil, err
			}
			if !v.IsUnset() {
				out = append(out, Item{n.Value(), v})
			}
		}
		return out, nil
	}
	tb := ns.slots.Load()
	if tb == nil {
		return nil, nil
	}
	out := make([]Item, 0, len(tb.order))
	for i, s := range tb.order {
		v, err := t.LoadSlot(s)
		if err != nil {
			return nil, err
		}
		if !v.IsUnset() {
			out = append(out, Item{tb.names[i].Value(), v})
		}
	}
	return out, nil
}

// Keys are the bound names in order.
func (ns *Namespace) Keys(t *Thread) ([]Value, error) {
	items, err := ns.Items(t)
	if err != nil {
		return nil, err
	}
	out := make([]Value, len(items))
	for i, it := range items {
		out[i] = it.Key
	}
	return out, nil
}

// Len is the number of bound names.
func (ns *Namespace) Len(t *Thread) (int, error) {
	if ns.dict != nil {
		return ns.dict.Len(t)
	}
	items, err := ns.Items(t)
	return len(items), err
}

// PopItem removes the name bound last.
func (ns *Namespace) PopItem(t *Thread) (key, v Value, ok bool, err error) {
	if ns.dict != nil {
		return ns.dict.PopItem(t)
	}
	items, err := ns.Items(t)
	if err != nil || len(items) == 0 {
		return Unset, Unset, false, err
	}
	it := items[len(items)-1]
	_, _, err = ns.mapping().Del(t, it.Key)
	return it.Key, it.Val, true, err
}

// Clear unbinds everything.
func (ns *Namespace) Clear(t *Thread) error {
	if ns.dict != nil {
		return ns.dict.Clear(t)
	}
	keys, err := ns.Keys(t)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if _, _, err := ns.mapping().Del(t, k); err != nil {
			return err
		}
	}
	return nil
}

// publish queues what the namespace shows.
func (ns *Namespace) publish(p *publisher) {
	if ns.dict != nil {
		p.Add(ns.dict.Value())
	}
	if ns.object != nil {
		p.Add(ns.object.Value())
	}
	if tb := ns.slots.Load(); tb != nil {
		for _, s := range tb.order {
			p.Add(valueOf(s))
		}
	}
}

// nsMapping is a namespace as a mapping, whose keys are any values. Only strings can be in slots and attributes.
type nsMapping struct{ *Namespace }

func (ns *Namespace) mapping() mapping { return nsMapping{ns} }

// Get looks up a key.
func (m nsMapping) Get(t *Thread, key Value) (Value, bool, error) {
	if m.dict != nil {
		return m.dict.Get(t, key)
	}
	name, ok := AsStr(key)
	if !ok {
		_, err := hashKey(t, key)
		return Unset, false, err
	}
	return m.Namespace.Get(t, name)
}

// Set stores a value under a key.
func (m nsMapping) Set(t *Thread, key, v Value) error {
	if m.dict != nil {
		return m.dict.Set(t, key, v)
	}
	name, ok := AsStr(key)
	if !ok {
		return TypeErrorf(t, "keys of a namespace must be strings, not '%s'", TypeName(t, key))
	}
	return m.Namespace.Set(t, name, v)
}

// Del deletes a key and returns its value.
func (m nsMapping) Del(t *Thread, key Value) (Value, bool, error) {
	if m.dict != nil {
		return m.dict.Del(t, key)
	}
	v, ok, err := m.Get(t, key)
	if err != nil || !ok {
		return Unset, false, err
	}
	name, _ := AsStr(key)
	return v, true, m.Namespace.Set(t, name, Unset)
}

// SetDefault is the value under key, which is v from now on if there was none.
func (m nsMapping) SetDefault(t *Thread, key, v Value) (Value, error) {
	x, ok, err := m.Get(t, key)
	if ok || err != nil {
		return x, err
	}
	return v, m.Set(t, key, v)
}
