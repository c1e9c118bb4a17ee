package object

import "strings"

// This file has the classes set and frozenset: their operators and the table of their methods. What the operations do is in
// set_methods.go.

func setCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok := AsSet(a)
	y, ok2 := AsSet(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	n, err := x.Len(t)
	if err != nil {
		return Unset, err
	}
	m, err := y.Len(t)
	if err != nil {
		return Unset, err
	}
	if op == CmpGt || op == CmpGe {
		x, y, n, m, op = y, x, m, n, op.Swapped()
	}
	switch op {
	case CmpEq, CmpNe:
		if n != m {
			return Bool(op == CmpNe), nil
		}
		sub, err := x.subset(t, y)
		return Bool(sub == (op == CmpEq)), err
	case CmpLt:
		if n >= m {
			return False, nil
		}
	}
	sub, err := x.subset(t, y)
	return Bool(sub), err
}

func setRepr(t *Thread, v Value) (string, error) { return setReprAs(t, v, TypeName(t, v)) }

// setReprAs is the repr of a set of a class with that name.
func setReprAs(t *Thread, v Value, name string) (string, error) {
	if !t.enterRepr(v) {
		return name + "(...)", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	items, err := selfSet(v).Items(t)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if t.Interp.Dialect2 {
		b.WriteString(name)
		b.WriteString("([")
		if err := writeReprs(t, &b, items); err != nil {
			return "", err
		}
		b.WriteString("])")
		return b.String(), nil
	}
	if len(items) == 0 {
		return name + "()", nil
	}
	plain := name == "set"
	if !plain {
		b.WriteString(name)
		b.WriteByte('(')
	}
	b.WriteByte('{')
	if err := writeReprs(t, &b, items); err != nil {
		return "", err
	}
	b.WriteByte('}')
	if !plain {
		b.WriteByte(')')
	}
	return b.String(), nil
}

func (in *Interp) initSet() {
	for _, cls := range []*Type{in.Types.Set, in.Types.FrozenSet} {
		in.initSetClass(cls)
	}
	in.initMutableSet()
	f := in.Types.FrozenSet.Ops
	f.Hash = func(t *Thread, v Value) (int64, error) { return selfSet(v).frozenHash(t) }
	f.InitIsNew = true
	f.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if kw != nil && len(kw.Names) > 0 && cls == t.Interp.Types.FrozenSet {
			return Unset, TypeErrorf(t, "frozenset() takes no keyword arguments")
		}
		if len(args) > 1 {
			return Unset, TypeErrorf(t, "frozenset expected at most 1 argument, got %d", len(args))
		}
		if len(args) == 1 && args[0].Kind() == KindFrozenSet {
			return args[0], nil
		}
		s := t.NewFrozenSet()
		if len(args) == 0 {
			return s.Value(), nil
		}
		return s.Value(), s.Update(t, args[0])
	}
	m := in.Types.Set.Ops
	m.Hash = nil
	m.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) { return t.NewSet().Value(), nil }
	m.Init = func(t *Thread, self Value, args []Value, kw *Kwargs) error {
		if kw != nil && len(kw.Names) > 0 {
			return TypeErrorf(t, "set() takes no keyword arguments")
		}
		if len(args) > 1 {
			return TypeErrorf(t, "set expected at most 1 argument, got %d", len(args))
		}
		s, _ := AsSet(self)
		n, err := s.Len(t)
		if err != nil {
			return err
		}
		if n > 0 {
			if err := s.Clear(t); err != nil {
				return err
			}
		}
		if len(args) == 0 {
			return nil
		}
		return s.Update(t, args[0])
	}
}

// setBinary makes an operator of a method: both operands must be sets.
func setBinary(op func(t *Thread, a *Set, b Value) (*Set, error)) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		x, ok := AsSet(a)
		_, ok2 := AsSet(b)
		if !ok || !ok2 {
			return NotImplemented, nil
		}
		r, err := op(t, x, b)
		if err != nil {
			return Unset, err
		}
		return r.Value(), nil
	}
}

// setInPlace makes an augmented assignment of a method: the right operand must be a set.
func setInPlace(op func(t *Thread, a *Set, b Value) error) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		x, ok := AsSet(a)
		_, ok2 := AsSet(b)
		if !ok || !ok2 {
			return NotImplemented, nil
		}
		return a, op(t, x, b)
	}
}

func (in *Interp) initSetClass(cls *Type) {
	o := cls.Ops
	o.Repr, o.ReprAs = setRepr, setReprAs
	o.Compare = setCompare
	o.Len = func(t *Thread, v Value) (int, error) { return selfSet(v).Len(t) }
	o.Bool = func(t *Thread, v Value) (bool, error) {
		n, err := selfSet(v).Len(t)
		return n != 0, err
	}
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		x, err := keyForLookup(t, x)
		if err != nil {
			return false, err
		}
		return selfSet(v).Has(t, x)
	}
	o.Iter = func(t *Thread, v Value) (Value, error) {
		n, err := selfSet(v).Len(t)
		if err != nil {
			return Unset, err
		}
		return t.NewIterator(&setIter, t.Interp.Types.SetIterator, v, Int(0), pair(n, n)).Value(), nil
	}
	o.Binary[OpAnd] = setBinary(func(t *Thread, a *Set, b Value) (*Set, error) { return a.intersection(t, b) })
	o.Binary[OpOr] = setBinary(func(t *Thread, a *Set, b Value) (*Set, error) { return a.union(t, []Value{b}) })
	o.Binary[OpSub] = setBinary(func(t *Thread, a *Set, b Value) (*Set, error) { return a.difference(t, b) })
	o.Binary[OpXor] = setBinary(func(t *Thread, a *Set, b Value) (*Set, error) { return a.symmetric(t, b) })
	result := func(s *Set, err error) (Value, error) {
		if err != nil {
			return Unset, err
		}
		return s.Value(), nil
	}
	in.addMethods(cls, []methodDef{
		{"copy", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			if self.Kind() == KindFrozenSet {
				return self, nil
			}
			return result(selfSet(self).Copy(t))
		}},
		{"union", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) { return result(selfSet(self).union(t, args)) }},
		{"intersection", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) {
			s := selfSet(self)
			if len(args) == 0 {
				return result(s.Copy(t))
			}
			for _, o := range args {
				r, err := s.intersection(t, o)
				if err != nil {
					return Unset, err
				}
				s = r
			}
			return s.Value(), nil
		}},
		{"difference", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) {
			s := selfSet(self)
			if len(args) == 0 {
				return result(s.Copy(t))
			}
			r, err := s.difference(t, args[0])
			if err != nil {
				return Unset, err
			}
			for _, o := range args[1:] {
				if err := r.differenceUpdate(t, o); err != nil {
					return Unset, err
				}
			}
			return r.Value(), nil
		}},
		{"symmetric_difference", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			return result(selfSet(self).symmetric(t, args[0]))
		}},
		{"isdisjoint", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			s, disjoint := selfSet(self), true
			if o, ok := AsSet(args[0]); ok {
				n, err := s.Len(t)
				if err != nil {
					return Unset, err
				}
				m, err := o.Len(t)
				if err != nil {
					return Unset, err
				}
				if o == s {
					return Bool(n == 0), nil
				}
				if m > n {
					s, o = o, s
				}
				items, err := o.Items(t)
				if err != nil {
					return Unset, err
				}
				for _, x := range items {
					in, err := s.Has(t, x)
					if err != nil || in {
						return False, err
					}
				}
				return True, nil
			}
			err := Iterate(t, args[0], func(x Value) error {
				in, err := s.Has(t, x)
				disjoint = disjoint && !in
				return err
			})
			return Bool(disjoint), err
		}},
		{"issubset", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			o, err := toSet(t, args[0])
			if err != nil {
				return Unset, err
			}
			sub, err := selfSet(self).subset(t, o)
			return Bool(sub), err
		}},
		{"issuperset", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			o, err := toSet(t, args[0])
			if err != nil {
				return Unset, err
			}
			sub, err := o.subset(t, selfSet(self))
			return Bool(sub), err
		}},
	})
}

func (in *Interp) initMutableSet() {
	cls := in.Types.Set
	o := cls.Ops
	o.InPlace[OpAnd] = setInPlace(func(t *Thread, a *Set, b Value) error { return a.intersectionUpdate(t, b) })
	o.InPlace[OpOr] = setInPlace(func(t *Thread, a *Set, b Value) error { return a.Update(t, b) })
	o.InPlace[OpSub] = setInPlace(func(t *Thread, a *Set, b Value) error { return a.differenceUpdate(t, b) })
	o.InPlace[OpXor] = setInPlace(func(t *Thread, a *Set, b Value) error { return a.symmetricUpdate(t, b) })
	in.addMethods(cls, []methodDef{
		{"add", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			_, err := selfSet(self).Add(t, args[0])
			return None, err
		}},
		{"discard", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			x, err := keyForLookup(t, args[0])
			if err == nil {
				_, err = selfSet(self).Discard(t, x)
			}
			return None, err
		}},
		{"remove", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			x, err := keyForLookup(t, args[0])
			if err != nil {
				return Unset, err
			}
			removed, err := selfSet(self).Discard(t, x)
			if err == nil && !removed {
				err = KeyError(t, args[0])
			}
			return None, err
		}},
		{"pop", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			v, ok, err := selfSet(self).Pop(t)
			if err == nil && !ok {
				err = KeyErrorf(t, "pop from an empty set")
			}
			return v, err
		}},
		{"clear", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) { return None, selfSet(self).Clear(t) }},
		{"update", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) {
			for _, o := range args {
				if err := selfSet(self).Update(t, o); err != nil {
					return Unset, err
				}
			}
			return None, nil
		}},
		{"intersection_update", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) {
			for _, o := range args {
				if err := selfSet(self).intersectionUpdate(t, o); err != nil {
					return Unset, err
				}
			}
			return None, nil
		}},
		{"difference_update", atLeast(0), func(t *Thread, self Value, args []Value) (Value, error) {
			for _, o := range args {
				if err := selfSet(self).differenceUpdate(t, o); err != nil {
					return Unset, err
				}
			}
			return None, nil
		}},
		{"symmetric_difference_update", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			return None, selfSet(self).symmetricUpdate(t, args[0])
		}},
	})
}
