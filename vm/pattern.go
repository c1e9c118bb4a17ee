package vm

import (
	"strings"

	"gilt/gil"
	"gilt/vm/code"
	"gilt/vm/object"
)

// What displays, unpacking, the match statement and star imports ask of values.

func isIterable(t *object.Thread, v object.Value) bool {
	typ := object.TypeOf(t, v)
	if typ.Ops != nil && typ.Ops.Iter != nil && typ.Flags&object.TypeUser == 0 {
		return true
	}
	if _, ok := object.LookupSpecial(t, typ, object.SpIter); ok {
		return true
	}
	_, ok := object.LookupSpecial(t, typ, object.SpGetItem)
	return ok
}

// isMapping says whether v can be the operand of ** in a call or display: it has keys and can be indexed.
func isMapping(t *object.Thread, v object.Value) bool {
	switch v.Kind() {
	case object.KindDict, object.KindNamespace:
		return true
	}
	if _, ok := object.AsDict(v); ok {
		return true
	}
	ok, err := object.HasAttr(t, v, t.Intern("keys"))
	return ok && err == nil
}

// isMappingPattern says whether v is a mapping for the match statement.
func isMappingPattern(t *object.Thread, v object.Value) bool {
	switch v.Kind() {
	case object.KindDict, object.KindNamespace:
		return true
	}
	if _, ok := object.AsDict(v); ok {
		return true
	}
	return abstractly(t, v, "Mapping")
}

// isSequencePattern says whether v is a sequence for the match statement: text is none.
func isSequencePattern(t *object.Thread, v object.Value) bool {
	switch object.Native(v).Kind() {
	case object.KindList, object.KindTuple, object.KindRange:
		return true
	case object.KindStr, object.KindBytes, object.KindByteArray:
		return false
	}
	return abstractly(t, v, "Sequence")
}

// abstractly says whether v is an instance of a class of collections.abc, if a program has imported that.
func abstractly(t *object.Thread, v object.Value, name string) bool {
	m, ok, err := t.Interp.Modules.GetStr(t, t.Intern("collections.abc"))
	if err != nil || !ok {
		return false
	}
	cls, ok, err := object.LookupAttr(t, m, t.Intern(name))
	if err != nil || !ok {
		return false
	}
	is, err := object.IsInstance(t, v, cls)
	return is && err == nil
}

// unpackItems takes at most limit values from an iterable. total is the length if that is known, else -1.
func (t *Thread) unpackItems(v object.Value, limit int) (items []object.Value, total int, err error) {
	th := &t.Thread
	switch v.Kind() {
	case object.KindList, object.KindTuple, object.KindDict:
		if items, err = object.ToSlice(th, v); err != nil {
			return nil, 0, err
		}
		return items, len(items), nil
	}
	if !isIterable(th, v) {
		return nil, 0, object.TypeErrorf(th, "cannot unpack non-iterable %s object", object.TypeName(th, v))
	}
	it, err := object.Iter(th, v)
	if err != nil {
		return nil, 0, err
	}
	for len(items) < limit {
		x, ok, err := object.Next(th, it)
		if err != nil {
			return nil, 0, err
		}
		if !ok {
			break
		}
		items = append(items, x)
	}
	return items, -1, nil
}

// matchKeys is MATCHKEYS.
func (t *Thread) matchKeys(m, keys object.Value) (object.Value, error) {
	th := &t.Thread
	ks := (*object.Tuple)(keys.Ref).Items
	seen := t.newDict()
	out := make([]object.Value, 0, len(ks))
	for _, k := range ks {
		if dup, err := seen.Has(th, k); err != nil {
			return object.Unset, err
		} else if dup {
			r, err := object.Repr(th, k)
			if err != nil {
				return object.Unset, err
			}
			return object.Unset, object.ValueErrorf(th, "mapping pattern checks duplicate key (%s)", r)
		}
		if err := seen.Set(th, k, object.None); err != nil {
			return object.Unset, err
		}
		var v object.Value
		var err error
		if d, ok := object.AsDict(m); ok {
			var found bool
			if v, found, err = d.Get(th, k); err != nil {
				return object.Unset, err
			}
			if !found {
				return object.None, nil
			}
		} else {
			missing := object.NewBox(nil)
			if v, err = object.CallMethod(th, m, "get", k, missing); err != nil {
				return object.Unset, err
			}
			if v == missing {
				return object.None, nil
			}
		}
		out = append(out, v)
	}
	return t.NewTuple(out...), nil
}

// matchClass is MATCHCLASS.
func (t *Thread) matchClass(v, cls object.Value, npos int, names object.Value) (object.Value, error) {
	th := &t.Thread
	typ, ok := object.AsType(cls)
	if !ok {
		return object.Unset, object.TypeErrorf(th, "called match pattern must be a class")
	}
	is, err := object.IsInstance(th, v, cls)
	if err != nil || !is {
		return object.None, err
	}
	var out []object.Value
	seen := map[string]bool{}
	if npos > 0 {
		attrs, self, err := t.matchArgs(typ, cls)
		if err != nil {
			return object.Unset, err
		}
		allowed := len(attrs)
		if self {
			allowed = 1
		}
		if npos > allowed {
			s := "s"
			if allowed == 1 {
				s = ""
			}
			return object.Unset, object.TypeErrorf(th, "%s() accepts %d positional sub-pattern%s (%d given)", typ.Name, allowed, s, npos)
		}
		if self {
			out = append(out, v)
		} else {
			for _, a := range attrs[:npos] {
				if seen[a] {
					return object.Unset, object.TypeErrorf(th, "%s() got multiple sub-patterns for attribute '%s'", typ.Name, a)
				}
				seen[a] = true
				x, ok, err := object.LookupAttr(th, v, t.Intern(a))
				if err != nil || !ok {
					return object.None, err
				}
				out = append(out, x)
			}
		}
	}
	if names.Kind() == object.KindTuple {
		for _, n := range (*object.Tuple)(names.Ref).Items {
			if seen[text(n)] {
				return object.Unset, object.TypeErrorf(th, "%s() got multiple sub-patterns for attribute '%s'", typ.Name, text(n))
			}
			seen[text(n)] = true
			x, ok, err := object.LookupAttr(th, v, t.Intern(text(n)))
			if err != nil || !ok {
				return object.None, err
			}
			out = append(out, x)
		}
	}
	return t.NewTuple(out...), nil
}

// matchArgs is a class's __match_args__; self says that the one positional pattern matches the object itself.
func (t *Thread) matchArgs(typ *object.Type, cls object.Value) (names []string, self bool, err error) {
	th := &t.Thread
	v, ok, err := object.LookupAttr(th, cls, t.Intern("__match_args__"))
	if err != nil {
		return nil, false, err
	}
	if !ok {
		ts := &t.Interp.Types
		for _, b := range []*object.Type{ts.Bool, ts.ByteArray, ts.Bytes, ts.Dict, ts.Float, ts.FrozenSet, ts.Int, ts.List, ts.Set, ts.Str, ts.Tuple} {
			if typ.IsSubtype(b) {
				return nil, true, nil
			}
		}
		return nil, false, nil
	}
	tu, ok := object.AsTuple(v)
	if !ok {
		return nil, false, object.TypeErrorf(th, "%s.__match_args__ must be a tuple (got %s)", typ.Name, object.TypeName(th, v))
	}
	for _, n := range tu.Items {
		s, ok := object.AsStr(n)
		if !ok {
			return nil, false, object.TypeErrorf(th, "__match_args__ elements must be strings (got %s)", object.TypeName(th, n))
		}
		names = append(names, s.S)
	}
	return names, false, nil
}

// publicNames lists what `from m import *` takes.
func (t *Thread) publicNames(m object.Value) ([]*object.Str, error) {
	th := &t.Thread
	all, ok, err := object.LookupAttr(th, m, t.Intern("__all__"))
	if err != nil {
		return nil, err
	}
	var out []*object.Str
	if ok {
		items, err := object.ToSlice(th, all)
		if err != nil {
			return nil, err
		}
		for _, v := range items {
			if _, ok := object.AsStr(v); !ok {
				return nil, object.TypeErrorf(th, "Item in __all__ must be str, not %s", object.TypeName(th, v))
			}
			out = append(out, t.Intern(text(v)))
		}
		return out, nil
	}
	if m.Kind() != object.KindModule {
		return nil, nil
	}
	keys, err := (*object.Module)(m.Ref).NS.Keys(th)
	if err != nil {
		return nil, err
	}
	for _, v := range keys {
		if s := text(v); !strings.HasPrefix(s, "_") {
			out = append(out, t.Intern(s))
		}
	}
	return out, nil
}

// namespaceOf is the namespace of globals given to exec or eval.
func (t *Thread) namespaceOf(v object.Value) (*object.Namespace, error) {
	switch v.Kind() {
	case object.KindNamespace:
		return (*object.Namespace)(v.Ref), nil
	case object.KindDict:
		return t.NewDictNamespace((*object.Dict)(v.Ref)), nil
	}
	return nil, object.TypeErrorf(&t.Thread, "globals must be a dict, not %s", object.TypeName(&t.Thread, v))
}

// exitStatus is what SystemExit means for the process: its status, and a message for the standard error output.
func (t *Thread) exitStatus(exc object.Value) (int, string) {
	v, ok, err := object.LookupAttr(&t.Thread, exc, t.Intern("code"))
	switch {
	case err != nil || !ok || v.IsNone():
		return 0, ""
	case v.IsInt():
		return int(v.AsInt() & 0xff), ""
	case v.IsBool():
		return int(v.Bits), ""
	}
	s, err := object.ToStr(&t.Thread, v)
	if err != nil {
		return 1, ""
	}
	return 1, s
}

// tickPoint is where the tick-counting lock checks: its ticker has run out.
func (t *Thread) tickPoint() status {
	if t.slice.atomic > 0 {
		*t.ticks = 0 // an atomic block keeps the lock; the check comes with the first tick behind it
	} else {
		t.vm.lock.Yield(t.member)
		t.SyncDef()
	}
	if b := t.Breaker.Load(); b != 0 {
		if b&gil.Signal != 0 && t == t.vm.mainThread && ((*code.Instr)(t.top.ip).Op == code.RET || t.deafFrame()) {
			b &^= gil.Signal // see deafFrame; there is a next tick soon
		}
		return t.breakers(b, true)
	}
	return stNext
}
