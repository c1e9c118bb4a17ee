package object

import "strings"

// This file has the operations and methods of class dict, for dicts and for namespaces.

func selfDict(v Value) *Dict { return (*Dict)(v.Ref) }

func (in *Interp) initDict() {
	in.initDictClass(in.Types.Dict)
	in.initDictClass(in.Types.Namespace)
}

func (in *Interp) initDictClass(cls *Type) {
	o := cls.Ops
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) { return t.NewDict().Value(), nil }
	o.Init = func(t *Thread, self Value, args []Value, kw *Kwargs) error {
		m, _ := asMapping(self)
		return updateMapping(t, m, "dict", args, kw)
	}
	o.Repr = dictRepr
	o.Hash = nil
	o.Compare = dictCompare
	o.Len = func(t *Thread, v Value) (int, error) { return mustMapping(v).Len(t) }
	o.Bool = func(t *Thread, v Value) (bool, error) {
		n, err := mustMapping(v).Len(t)
		return n != 0, err
	}
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		x, ok, err := mustMapping(v).Get(t, key)
		if !ok && err == nil {
			err = KeyError(t, key)
		}
		return x, err
	}
	o.SetItem = func(t *Thread, v, key, x Value) error { return mustMapping(v).Set(t, key, x) }
	o.DelItem = func(t *Thread, v, key Value) error {
		_, ok, err := mustMapping(v).Del(t, key)
		if !ok && err == nil {
			err = KeyError(t, key)
		}
		return err
	}
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		if v.Kind() == KindDict {
			return selfDict(v).Has(t, x)
		}
		_, ok, err := mustMapping(v).Get(t, x)
		return ok, err
	}
	o.Iter = func(t *Thread, v Value) (Value, error) { return newDictIter(t, v, iterKeys, false) }
	o.Binary[OpOr] = dictOr
	o.InPlace[OpOr] = func(t *Thread, a, b Value) (Value, error) {
		m, ok := asMapping(a)
		if !ok {
			return NotImplemented, nil
		}
		return a, updateFrom(t, m, b)
	}
	in.addMethods(cls, []methodDef{
		{"get", between(1, 2), func(t *Thread, self Value, args []Value) (Value, error) {
			v, ok, err := mustMapping(self).Get(t, args[0])
			if ok || err != nil {
				return v, err
			}
			if len(args) > 1 {
				return args[1], nil
			}
			return None, nil
		}},
		{"setdefault", between(1, 2), func(t *Thread, self Value, args []Value) (Value, error) {
			v := None
			if len(args) > 1 {
				v = args[1]
			}
			return mustMapping(self).SetDefault(t, args[0], v)
		}},
		{"pop", between(1, 2), func(t *Thread, self Value, args []Value) (Value, error) {
			v, ok, err := mustMapping(self).Del(t, args[0])
			if ok || err != nil {
				return v, err
			}
			if len(args) > 1 {
				return args[1], nil
			}
			return Unset, KeyError(t, args[0])
		}},
		{"popitem", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			k, v, ok, err := mustMapping(self).PopItem(t)
			if err != nil {
				return Unset, err
			}
			if !ok {
				return Unset, KeyErrorf(t, "popitem(): dictionary is empty")
			}
			return NewTuple(k, v), nil
		}},
		{"clear", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) { return None, mustMapping(self).Clear(t) }},
		{"copy", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			d, err := copyMapping(t, self)
			if err != nil {
				return Unset, err
			}
			return d.Value(), nil
		}},
		{"keys", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			if t.Interp.Dialect2 {
				keys, err := mustMapping(self).Keys(t)
				return t.NewList(keys), err
			}
			return t.newView(self, iterKeys), nil
		}},
		{"values", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			return viewOrList(t, self, iterValues)
		}},
		{"items", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			return viewOrList(t, self, iterItems)
		}},
		{"__reversed__", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			return newDictIter(t, self, iterKeys, true)
		}},
	})
	in.addKwMethod(cls, "update", func(t *Thread, self Value, args []Value, kw *Kwargs) (Value, error) {
		return None, updateMapping(t, mustMapping(self), "update", args, kw)
	})
	cls.Methods(in, MC("fromkeys", dictFromKeys))
}

// viewOrList is what values() and items() return: a view, or in Python 2 a list.
func viewOrList(t *Thread, self Value, part dictPart) (Value, error) {
	if !t.Interp.Dialect2 {
		return t.newView(self, part), nil
	}
	items, err := (&DictView{src: self, part: part}).elements(t)
	return t.NewList(items), err
}

// Has says whether key is in the dict. It does not depend on the value.
func (d *Dict) Has(t *Thread, key Value) (bool, error) {
	if d.mine(t) {
		_, ok, err := d.Get(t, key)
		return ok, err
	}
	h, err := hashKey(t, key)
	if err != nil {
		return false, err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	p, err := d.locate(t, key, h)
	return p.node != nil, err
}

// copyMapping is a new dict with the items of a dict or namespace.
func copyMapping(t *Thread, v Value) (*Dict, error) {
	if d, ok := AsDict(v); ok {
		return d.Copy(t)
	}
	d := t.NewDict()
	return d, updateFrom(t, d, v)
}

// updateMapping is dict.update and dict's constructor.
func updateMapping(t *Thread, m mapping, name string, args []Value, kw *Kwargs) error {
	if len(args) > 1 {
		return TypeErrorf(t, "%s expected at most 1 argument, got %d", name, len(args))
	}
	if len(args) == 1 {
		if err := updateFrom(t, m, args[0]); err != nil {
			return err
		}
	}
	if kw != nil {
		for i, n := range kw.Names {
			if err := m.Set(t, t.Intern(n).Value(), kw.Values[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// UpdateDict is d.update(from): from is a mapping (it has keys) or an iterable of pairs.
func UpdateDict(t *Thread, d *Dict, from Value) error { return updateFrom(t, d, from) }

func updateFrom(t *Thread, m mapping, from Value) error {
	if src, ok := AsDict(from); ok && plainIteration(t, from) {
		if d, ok := m.(*Dict); ok {
			t.lockPair(&d.Mut, &src.Mut)
			defer t.unlockPair(&d.Mut, &src.Mut)
			return d.Update(t, src)
		}
		items, err := src.Items(t)
		if err != nil {
			return err
		}
		return setItems(t, m, items)
	}
	if from.Kind() == KindNamespace {
		items, err := (*Namespace)(from.Ref).Items(t)
		if err != nil {
			return err
		}
		return setItems(t, m, items)
	}
	keys, ok, err := t.findKeys(from)
	if err != nil {
		return err
	}
	if ok {
		ks, err := Call(t, keys)
		if err != nil {
			return err
		}
		return Iterate(t, ks, func(k Value) error {
			v, err := GetItem(t, from, k)
			if err != nil {
				return err
			}
			return m.Set(t, k, v)
		})
	}
	i := 0
	if !iterable(t, TypeOf(t, from)) {
		return TypeErrorf(t, "'%s' object is not iterable", TypeName(t, from))
	}
	return Iterate(t, from, func(p Value) error {
		kv, err := pairOf(t, p, i)
		if err != nil {
			return err
		}
		i++
		return m.Set(t, kv[0], kv[1])
	})
}

// findKeys is the bound method keys of a mapping that is no dict.
func (t *Thread) findKeys(v Value) (fn Value, ok bool, err error) {
	if k := v.Kind(); k == KindList || k == KindTuple || k == KindStr || k == KindSet {
		return Unset, false, nil
	}
	fn, err = GetAttr(t, v, t.Intern("keys"))
	if err != nil {
		if _, missing := Catch(t, err, t.Interp.Types.AttributeError); missing {
			return Unset, false, nil
		}
		return Unset, false, err
	}
	return fn, true, nil
}

// plainIteration says whether a dict is taken item by item rather than by its methods: when its class does not override __iter__.
func plainIteration(t *Thread, v Value) bool {
	if v.Kind() == KindDict {
		return true
	}
	fn, ok := LookupSpecial(t, TypeOf(t, v), SpIter)
	return !ok || fn.Kind() == KindBuiltin
}

func setItems(t *Thread, m mapping, items []Item) error {
	for _, it := range items {
		if err := m.Set(t, it.Key, it.Val); err != nil {
			return err
		}
	}
	return nil
}

// pairOf takes element i of an update sequence apart.
func pairOf(t *Thread, p Value, i int) ([]Value, error) {
	if x, ok := AsTuple(p); ok && len(x.Items) == 2 {
		return x.Items, nil
	}
	if !iterable(t, TypeOf(t, p)) {
		return nil, TypeErrorf(t, "cannot convert dictionary update sequence element #%d to a sequence", i)
	}
	kv, err := ToSlice(t, p)
	if err != nil {
		return nil, err
	}
	if len(kv) != 2 {
		return nil, ValueErrorf(t, "dictionary update sequence element #%d has length %d; 2 is required", i, len(kv))
	}
	return kv, nil
}

func dictFromKeys(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	if kw != nil && len(kw.Names) > 0 {
		return Unset, TypeErrorf(t, "dict.fromkeys() takes no keyword arguments")
	}
	if n := len(args) - 1; n < 1 {
		return Unset, TypeErrorf(t, "fromkeys expected at least 1 argument, got %d", n)
	} else if n > 2 {
		return Unset, TypeErrorf(t, "fromkeys expected at most 2 arguments, got %d", n)
	}
	v := None
	if len(args) > 2 {
		v = args[2]
	}
	if args[0].Kind() == KindType && (*Type)(args[0].Ref) == t.Interp.Types.Dict {
		d := t.NewDict()
		return d.Value(), Iterate(t, args[1], func(k Value) error { return d.Set(t, k, v) })
	}
	d, err := Call(t, args[0])
	if err != nil {
		return Unset, err
	}
	return d, Iterate(t, args[1], func(k Value) error { return SetItem(t, d, k, v) })
}

func dictOr(t *Thread, a, b Value) (Value, error) {
	_, ok := asMapping(a)
	_, ok2 := asMapping(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	d, err := copyMapping(t, a)
	if err != nil {
		return Unset, err
	}
	return d.Value(), updateFrom(t, d, b)
}

func dictRepr(t *Thread, v Value) (string, error) {
	if !t.enterRepr(v) {
		return "{...}", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	items, err := mustMapping(v).Items(t)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, it := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		k, err := Repr(t, it.Key)
		if err != nil {
			return "", err
		}
		x, err := Repr(t, it.Val)
		if err != nil {
			return "", err
		}
		b.WriteString(k)
		b.WriteString(": ")
		b.WriteString(x)
	}
	b.WriteByte('}')
	return b.String(), nil
}

func dictCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok := asMapping(a)
	y, ok2 := asMapping(b)
	if !ok || !ok2 || op != CmpEq && op != CmpNe {
		return NotImplemented, nil
	}
	eq, err := mappingsEqual(t, x, y)
	return Bool(eq == (op == CmpEq)), err
}

func mappingsEqual(t *Thread, x, y mapping) (bool, error) {
	n, err := x.Len(t)
	if err != nil {
		return false, err
	}
	m, err := y.Len(t)
	if err != nil || n != m {
		return false, err
	}
	if err := t.enterCompare(); err != nil {
		return false, err
	}
	defer t.leaveCompare()
	if d, ok := x.(*Dict); ok {
		if e, ok := y.(*Dict); ok {
			return dictsEqual(t, d, e)
		}
	}
	items, err := x.Items(t)
	if err != nil {
		return false, err
	}
	for _, it := range items {
		v, ok, err := y.Get(t, it.Key)
		if err != nil || !ok {
			return false, err
		}
		if eq, err := sameOrEqual(t, it.Val, v); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}

// dictsEqual compares two dicts of the same size.
func dictsEqual(t *Thread, x, y *Dict) (bool, error) {
	items, err := x.hashed(t)
	if err != nil {
		return false, err
	}
	for _, it := range items {
		v, ok, err := y.getHashed(t, it.Key, it.hash)
		if err != nil || !ok {
			return false, err
		}
		if eq, err := sameOrEqual(t, it.Val, v); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}
