package object

import "strings"

// This file has the views of dicts: dict_keys, dict_values, dict_items. A view is immutable: a reference and what it shows.

// DictView is a view of a dict or of a namespace.
type DictView struct {
	Header
	src  Value
	part dictPart
}

func (t *Thread) newView(src Value, part dictPart) Value {
	ts := &t.Interp.Types
	cls := [3]*Type{ts.DictKeys, ts.DictValues, ts.DictItems}[part]
	return valueOf(&DictView{Header{Meta: uint64(KindDictView), Type: cls}, src, part})
}

// mapping is what dicts and namespaces have in common.
type mapping interface {
	Len(t *Thread) (int, error)
	Get(t *Thread, key Value) (Value, bool, error)
	Set(t *Thread, key, v Value) error
	Del(t *Thread, key Value) (Value, bool, error)
	SetDefault(t *Thread, key, v Value) (Value, error)
	PopItem(t *Thread) (key, v Value, ok bool, err error)
	Clear(t *Thread) error
	Keys(t *Thread) ([]Value, error)
	Items(t *Thread) ([]Item, error)
}

// asMapping is the dict or namespace that v is, or that v's class inherits from.
func asMapping(v Value) (mapping, bool) {
	if d, ok := AsDict(v); ok {
		return d, true
	}
	if v.Kind() == KindNamespace {
		return (*Namespace)(v.Ref).mapping(), true
	}
	return nil, false
}

func mustMapping(v Value) mapping {
	m, _ := asMapping(v)
	return m
}

func (w *DictView) mapping() mapping { return mustMapping(w.src) }

// elements are what the view shows, in order.
func (w *DictView) elements(t *Thread) ([]Value, error) {
	if w.part == iterKeys {
		return w.mapping().Keys(t)
	}
	items, err := w.mapping().Items(t)
	if err != nil {
		return nil, err
	}
	out := make([]Value, len(items))
	for i, it := range items {
		out[i] = w.part.of(it.Key, it.Val)
	}
	return out, nil
}

// contains is `x in view` for keys and items.
func (w *DictView) contains(t *Thread, x Value) (bool, error) {
	if w.part == iterKeys {
		_, ok, err := w.mapping().Get(t, x)
		return ok, err
	}
	p, ok := AsTuple(x)
	if !ok || len(p.Items) != 2 {
		return false, nil
	}
	v, ok, err := w.mapping().Get(t, p.Items[0])
	if err != nil || !ok {
		return false, err
	}
	return sameOrEqual(t, v, p.Items[1])
}

// setLike is the view of keys or items that v is.
func setLike(v Value) (*DictView, bool) {
	if v.Kind() == KindDictView && (*DictView)(v.Ref).part != iterValues {
		return (*DictView)(v.Ref), true
	}
	return nil, false
}

// viewContainsAll says whether every element of a is in b.
func viewContainsAll(t *Thread, a, b Value) (bool, error) {
	all := true
	err := Iterate(t, a, func(x Value) error {
		if !all {
			return nil
		}
		var err error
		all, err = Contains(t, b, x)
		return err
	})
	return all && err == nil, err
}

func viewCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	if _, ok := setLike(a); !ok {
		return NotImplemented, nil
	}
	_, set := AsSet(b)
	if _, ok := setLike(b); !ok && !set {
		return NotImplemented, nil
	}
	n, err := Len(t, a)
	if err != nil {
		return Unset, err
	}
	m, err := Len(t, b)
	if err != nil {
		return Unset, err
	}
	ok := false
	switch op {
	case CmpEq, CmpNe:
		if ok = n == m; ok {
			ok, err = viewContainsAll(t, a, b)
		}
		if op == CmpNe {
			ok = !ok
		}
	case CmpLt, CmpLe:
		if ok = n < m || op == CmpLe && n == m; ok {
			ok, err = viewContainsAll(t, a, b)
		}
	case CmpGt, CmpGe:
		if ok = n > m || op == CmpGe && n == m; ok {
			ok, err = viewContainsAll(t, b, a)
		}
	}
	return Bool(ok), err
}

// viewSet makes a set of what the view, or any iterable, gives.
func viewSet(t *Thread, v Value) (*Set, error) {
	s := t.NewSet()
	return s, s.Update(t, v)
}

func viewAnd(t *Thread, a, b Value) (Value, error) {
	w, ok := setLike(a)
	other := b
	if !ok {
		w, _ = setLike(b)
		other = a
	}
	n, err := w.mapping().Len(t)
	if err != nil {
		return Unset, err
	}
	if s, ok := AsSet(other); ok && (other.Kind() == KindSet || other.Kind() == KindFrozenSet) {
		m, err := s.Len(t)
		if err != nil {
			return Unset, err
		}
		if n <= m {
			r, err := s.intersection(t, valueOf(w))
			if err != nil {
				return Unset, err
			}
			return r.Value(), nil
		}
	} else if x, ok := setLike(other); ok {
		m, err := x.mapping().Len(t)
		if err != nil {
			return Unset, err
		}
		if m > n {
			w, other = x, valueOf(w)
		}
	}
	r := t.NewSet()
	err = Iterate(t, other, func(x Value) error {
		ok, err := w.contains(t, x)
		if ok && err == nil {
			_, err = r.Add(t, x)
		}
		return err
	})
	return r.Value(), err
}

func viewOp(op func(t *Thread, s *Set, other Value) error) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		_, ok := setLike(a)
		_, ok2 := setLike(b)
		if !ok && !ok2 {
			return NotImplemented, nil
		}
		s, err := viewSet(t, a)
		if err != nil {
			return Unset, err
		}
		return s.Value(), op(t, s, b)
	}
}

func (in *Interp) initViews() {
	ts := &in.Types
	for part, cls := range []*Type{ts.DictKeys, ts.DictValues, ts.DictItems} {
		cls.Native = KindDictView
		o := cls.Ops
		o.Len = func(t *Thread, v Value) (int, error) { return (*DictView)(v.Ref).mapping().Len(t) }
		o.Repr = viewRepr
		o.Iter = func(t *Thread, v Value) (Value, error) {
			w := (*DictView)(v.Ref)
			return newDictIter(t, w.src, w.part, false)
		}
		in.addMethods(cls, []methodDef{
			{"__reversed__", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
				w := (*DictView)(self.Ref)
				return newDictIter(t, w.src, w.part, true)
			}},
		})
		cls.Attr(in, "mapping", func(t *Thread, v Value) (Value, error) {
			return valueOf(&Proxy{t.NewMut(KindNative, t.Interp.Types.MappingProxy), nil, (*DictView)(v.Ref).src}), nil
		}, nil)
		if dictPart(part) == iterValues {
			continue
		}
		o.Contains = func(t *Thread, v, x Value) (bool, error) { return (*DictView)(v.Ref).contains(t, x) }
		o.Compare = viewCompare
		o.Hash = nil
		o.Binary[OpAnd] = viewAnd
		o.Binary[OpOr] = viewOp(func(t *Thread, s *Set, b Value) error { return s.Update(t, b) })
		o.Binary[OpSub] = viewOp(func(t *Thread, s *Set, b Value) error { return s.differenceUpdate(t, b) })
		o.Binary[OpXor] = viewOp(func(t *Thread, s *Set, b Value) error { return s.symmetricUpdate(t, b) })
		in.addMethods(cls, []methodDef{
			{"isdisjoint", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
				w, disjoint := (*DictView)(self.Ref), true
				err := Iterate(t, args[0], func(x Value) error {
					ok, err := w.contains(t, x)
					disjoint = disjoint && !ok
					return err
				})
				return Bool(disjoint), err
			}},
		})
	}
}

func viewRepr(t *Thread, v Value) (string, error) {
	w := (*DictView)(v.Ref)
	if !t.enterRepr(v) {
		return "...", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	items, err := w.elements(t)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(TypeOf(t, v).Name)
	b.WriteString("([")
	if err := writeReprs(t, &b, items); err != nil {
		return "", err
	}
	b.WriteString("])")
	return b.String(), nil
}

// writeReprs writes the reprs of values, separated by commas.
func writeReprs(t *Thread, b *strings.Builder, items []Value) error {
	for i, x := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		s, err := Repr(t, x)
		if err != nil {
			return err
		}
		b.WriteString(s)
	}
	return nil
}
