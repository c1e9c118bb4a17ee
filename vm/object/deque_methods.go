package object

// This file has the operations and methods of class collections.deque.

// AsDeque is the deque that v is, or that v's class inherits from.
func AsDeque(v Value) (*Deque, bool) {
	if v.Kind() != KindDeque {
		if v = Native(v); v.Kind() != KindDeque {
			return nil, false
		}
	}
	return (*Deque)(v.Ref), true
}

func selfDeque(v Value) *Deque { return (*Deque)(v.Ref) }

// dequeIter: Src the deque, Pos the index of the next element (for reverse: of the last one given), Aux the changes that the
// deque had at the start.
func dequeIterKind(reverse bool) IterKind {
	return IterKind{
		Next: func(t *Thread, it *Iterator) (Value, bool, error) {
			src, i, err := it.state(t)
			if err != nil || src.IsUnset() {
				return Unset, false, err
			}
			d := (*Deque)(src.Ref)
			aux, err := it.LoadAux(t)
			if err != nil {
				return Unset, false, err
			}
			now, err := d.changesSoFar(t)
			if err != nil {
				return Unset, false, err
			}
			if now != aux.Bits {
				if err := it.Finish(t); err != nil {
					return Unset, false, err
				}
				return Unset, false, RuntimeErrorf(t, "deque mutated during iteration")
			}
			n, err := d.Len(t)
			if err != nil {
				return Unset, false, err
			}
			if int(i) >= n && !reverse || reverse && i <= 0 {
				return Unset, false, it.Finish(t)
			}
			next := i + 1
			if reverse {
				i--
				next = i
			}
			v, ok, err := d.Get(t, int(i))
			if err != nil || !ok {
				return Unset, false, err
			}
			return v, true, it.StorePos(t, Int(next))
		},
		Hint: func(t *Thread, it *Iterator) (int, error) {
			src, i, err := it.state(t)
			if err != nil || src.IsUnset() {
				return 0, err
			}
			n, err := (*Deque)(src.Ref).Len(t)
			if reverse {
				return int(i), err
			}
			return max(n-int(i), 0), err
		},
	}
}

var dequeForward, dequeBackward = dequeIterKind(false), dequeIterKind(true)

func (d *Deque) iter(t *Thread, reverse bool) (Value, error) {
	c, err := d.changesSoFar(t)
	if err != nil {
		return Unset, err
	}
	n, err := d.Len(t)
	if err != nil {
		return Unset, err
	}
	if reverse {
		return t.NewIterator(&dequeBackward, t.Interp.Types.DequeReverseIterator, d.Value(), Int(int64(n)), Value{Bits: c}).Value(), nil
	}
	return t.NewIterator(&dequeForward, t.Interp.Types.DequeIterator, d.Value(), Int(0), Value{Bits: c}).Value(), nil
}

// extend pushes what an iterable gives.
func (d *Deque) extend(t *Thread, from Value, left bool) error {
	if o, ok := AsDeque(from); ok && o == d {
		items, err := d.Items(t)
		if err != nil {
			return err
		}
		for _, v := range items {
			if err := d.Push(t, v, left); err != nil {
				return err
			}
		}
		return nil
	}
	return Iterate(t, from, func(v Value) error { return d.Push(t, v, left) })
}

// rotate moves n elements from the right end to the left (n negative: the other way).
func (d *Deque) rotate(t *Thread, n int64) error {
	k, err := d.Len(t)
	if err != nil || k <= 1 {
		return err
	}
	n %= int64(k)
	if n > int64(k)/2 {
		n -= int64(k)
	} else if n < -int64(k)/2 {
		n += int64(k)
	}
	left := n > 0
	if !left {
		n = -n
	}
	for range n {
		v, _, err := d.Pop(t, !left)
		if err != nil {
			return err
		}
		if err := d.Push(t, v, left); err != nil {
			return err
		}
	}
	return nil
}

func dequeArgs(t *Thread, args []Value, kw *Kwargs) (iterable Value, maxlen int, err error) {
	iterable, limit := Unset, None
	if len(args) > 2 {
		return Unset, 0, TypeErrorf(t, "deque() takes at most 2 arguments (%d given)", len(args))
	}
	if len(args) > 0 {
		iterable = args[0]
	}
	if len(args) > 1 {
		limit = args[1]
	}
	if kw != nil {
		for i, name := range kw.Names {
			switch name {
			case "iterable":
				iterable = kw.Values[i]
			case "maxlen":
				limit = kw.Values[i]
			default:
				return Unset, 0, TypeErrorf(t, "deque() got an unexpected keyword argument '%s'", name)
			}
		}
	}
	if limit.IsNone() {
		return iterable, -1, nil
	}
	if !hasIndex(t, limit) {
		return Unset, 0, TypeErrorf(t, "an integer is required")
	}
	n, err := indexArg(t, limit)
	if err == nil && n < 0 {
		err = ValueErrorf(t, "maxlen must be non-negative")
	}
	return iterable, int(n), err
}

func (d *Deque) copy(t *Thread) (*Deque, error) {
	items, err := d.Items(t)
	if err != nil {
		return nil, err
	}
	c := t.NewDeque(d.maxlen)
	return c, c.Assign(t, items)
}

func (in *Interp) initDeque() {
	cls := in.Types.Deque
	o := cls.Ops
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		return t.NewDeque(-1).Value(), nil
	}
	o.Init = func(t *Thread, self Value, args []Value, kw *Kwargs) error {
		d, _ := AsDeque(self)
		iterable, maxlen, err := dequeArgs(t, args, kw)
		if err != nil {
			return err
		}
		// The limit belongs to the object's making: a deque that others can reach keeps the one it has.
		if d.private() {
			d.maxlen = maxlen
		}
		if d.n > 0 || !d.private() {
			if err := d.Assign(t, nil); err != nil {
				return err
			}
		}
		if iterable.IsUnset() {
			return nil
		}
		return d.extend(t, iterable, false)
	}
	o.Repr = func(t *Thread, v Value) (string, error) { return selfDeque(v).Repr(t, v, "deque") }
	o.ReprAs = func(t *Thread, v Value, class string) (string, error) { return selfDeque(v).Repr(t, v, class) }
	o.Hash = nil
	o.Sequence = true
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		x, ok := AsDeque(a)
		y, ok2 := AsDeque(b)
		if !ok || !ok2 {
			return NotImplemented, nil
		}
		p, err := x.Items(t)
		if err != nil {
			return Unset, err
		}
		q, err := y.Items(t)
		if err != nil {
			return Unset, err
		}
		return compareItems(t, op, p, q)
	}
	o.Len = func(t *Thread, v Value) (int, error) { return selfDeque(v).Len(t) }
	o.Bool = func(t *Thread, v Value) (bool, error) {
		n, err := selfDeque(v).Len(t)
		return n != 0, err
	}
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		d := selfDeque(v)
		i, err := d.subscript(t, key)
		if err != nil {
			return Unset, err
		}
		x, ok, err := d.Get(t, i)
		if err == nil && !ok {
			err = IndexErrorf(t, "deque index out of range")
		}
		return x, err
	}
	o.SetItem = func(t *Thread, v, key, x Value) error {
		d := selfDeque(v)
		i, err := d.subscript(t, key)
		if err != nil {
			return err
		}
		ok, err := d.Set(t, i, x)
		if err == nil && !ok {
			err = IndexErrorf(t, "deque index out of range")
		}
		return err
	}
	o.DelItem = func(t *Thread, v, key Value) error {
		d := selfDeque(v)
		i, err := d.subscript(t, key)
		if err != nil {
			return err
		}
		return d.deleteAt(t, i)
	}
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		i, err := selfDeque(v).find(t, x, 0, maxItems)
		return i >= 0, err
	}
	o.Iter = func(t *Thread, v Value) (Value, error) { return selfDeque(v).iter(t, false) }
	o.Binary[OpAdd] = func(t *Thread, a, b Value) (Value, error) {
		x, ok := AsDeque(a)
		if !ok {
			return NotImplemented, nil
		}
		if _, ok := AsDeque(b); !ok {
			return Unset, TypeErrorf(t, "can only concatenate deque (not \"%s\") to deque", TypeName(t, b))
		}
		c, err := x.copy(t)
		if err != nil {
			return Unset, err
		}
		return c.Value(), c.extend(t, b, false)
	}
	o.InPlace[OpAdd] = func(t *Thread, a, b Value) (Value, error) {
		d, ok := AsDeque(a)
		if !ok {
			return NotImplemented, nil
		}
		return a, d.extend(t, b, false)
	}
	o.Binary[OpMul] = func(t *Thread, a, b Value) (Value, error) {
		seq, n, ok, err := repeatOperands(t, a, b, KindDeque)
		if err != nil || !ok {
			return NotImplemented, err
		}
		d := selfDeque(seq)
		items, err := d.Items(t)
		if err != nil {
			return Unset, err
		}
		if items, err = repeatItems(t, items, n); err != nil {
			return Unset, err
		}
		c := t.NewDeque(d.maxlen)
		return c.Value(), c.Assign(t, items)
	}
	cls.Attr(in, "maxlen", func(t *Thread, v Value) (Value, error) {
		d, _ := AsDeque(v)
		if d.maxlen < 0 {
			return None, nil
		}
		return Int(int64(d.maxlen)), nil
	}, nil)
	in.initDequeMethods(cls)
}

// subscript is key as an index from the left.
func (d *Deque) subscript(t *Thread, key Value) (int, error) {
	if !hasIndex(t, key) {
		return 0, TypeErrorf(t, "sequence index must be integer, not '%s'", TypeName(t, key))
	}
	i, err := subscript(t, key, "deque")
	if err != nil {
		return 0, err
	}
	if i < 0 {
		n, err := d.Len(t)
		if err != nil {
			return 0, err
		}
		i += int64(n)
	}
	if i < 0 || i > maxItems {
		return -1, nil
	}
	return int(i), nil
}

// find is the index of the first element in [lo, hi) that is equal to x, -1 if there is none.
func (d *Deque) find(t *Thread, x Value, lo, hi int) (int, error) {
	before, err := d.changesSoFar(t)
	if err != nil {
		return -1, err
	}
	for i := lo; i < hi; i++ {
		v, ok, err := d.Get(t, i)
		if err != nil || !ok {
			return -1, err
		}
		eq, err := sameOrEqual(t, v, x)
		if err != nil {
			return -1, err
		}
		if eq {
			return i, nil
		}
		if !plainKey(v) || !plainKey(x) {
			if now, err := d.changesSoFar(t); err != nil {
				return -1, err
			} else if now != before {
				return -1, RuntimeErrorf(t, "deque mutated during iteration")
			}
		}
	}
	return -1, nil
}

// deleteAt removes element i.
func (d *Deque) deleteAt(t *Thread, i int) error {
	t.lockPair(&d.Mut, &d.Mut)
	defer t.unlockPair(&d.Mut, &d.Mut)
	items, err := d.Items(t)
	if err != nil {
		return err
	}
	if i < 0 || i >= len(items) {
		return IndexErrorf(t, "deque index out of range")
	}
	switch i {
	case 0:
		_, _, err = d.Pop(t, true)
		return err
	case len(items) - 1:
		_, _, err = d.Pop(t, false)
		return err
	}
	return d.Assign(t, append(items[:i], items[i+1:]...))
}

func (in *Interp) initDequeMethods(cls *Type) {
	push := func(left bool) methodFn {
		return func(t *Thread, self Value, args []Value) (Value, error) {
			return None, selfDeque(self).Push(t, args[0], left)
		}
	}
	pop := func(left bool) methodFn {
		return func(t *Thread, self Value, _ []Value) (Value, error) {
			v, ok, err := selfDeque(self).Pop(t, left)
			if err == nil && !ok {
				err = IndexErrorf(t, "pop from an empty deque")
			}
			return v, err
		}
	}
	extend := func(left bool) methodFn {
		return func(t *Thread, self Value, args []Value) (Value, error) {
			return None, selfDeque(self).extend(t, args[0], left)
		}
	}
	clone := func(t *Thread, self Value, _ []Value) (Value, error) {
		c, err := selfDeque(self).copy(t)
		if err != nil {
			return Unset, err
		}
		return c.Value(), nil
	}
	in.addMethods(cls, []methodDef{
		{"append", exactly(1), push(false)}, {"appendleft", exactly(1), push(true)},
		{"pop", exactly(0), pop(false)}, {"popleft", exactly(0), pop(true)},
		{"extend", exactly(1), extend(false)}, {"extendleft", exactly(1), extend(true)},
		{"copy", exactly(0), clone}, {"__copy__", exactly(0), clone},
		{"clear", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) { return None, selfDeque(self).Assign(t, nil) }},
		{"rotate", between(0, 1), func(t *Thread, self Value, args []Value) (Value, error) {
			n := int64(1)
			if len(args) > 0 {
				var err error
				if n, err = indexArg(t, args[0]); err != nil {
					return Unset, err
				}
			}
			d := selfDeque(self)
			t.lockPair(&d.Mut, &d.Mut)
			defer t.unlockPair(&d.Mut, &d.Mut)
			return None, d.rotate(t, n)
		}},
		{"reverse", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			d := selfDeque(self)
			items, err := d.Items(t)
			if err != nil {
				return Unset, err
			}
			for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
				items[i], items[j] = items[j], items[i]
			}
			return None, d.Assign(t, items)
		}},
		{"count", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			d, n := selfDeque(self), int64(0)
			for i := 0; ; i++ {
				var err error
				if i, err = d.find(t, args[0], i, maxItems); err != nil || i < 0 {
					return Int(n), err
				}
				n++
			}
		}},
		{"index", between(1, 3), func(t *Thread, self Value, args []Value) (Value, error) {
			d := selfDeque(self)
			n, err := d.Len(t)
			if err != nil {
				return Unset, err
			}
			lo, hi, err := indexRange(t, args[1:], n)
			if err != nil {
				return Unset, err
			}
			i, err := d.find(t, args[0], lo, hi)
			if err != nil {
				return Unset, err
			}
			if i < 0 {
				s, err := Repr(t, args[0])
				if err != nil {
					return Unset, err
				}
				return Unset, ValueErrorf(t, "%s is not in deque", s)
			}
			return Int(int64(i)), nil
		}},
		{"insert", exactly(2), func(t *Thread, self Value, args []Value) (Value, error) {
			i, err := indexArg(t, args[0])
			if err != nil {
				return Unset, err
			}
			return None, selfDeque(self).insert(t, i, args[1])
		}},
		{"remove", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			d := selfDeque(self)
			i, err := d.find(t, args[0], 0, maxItems)
			if err != nil {
				return Unset, err
			}
			if i < 0 {
				s, err := Repr(t, args[0])
				if err != nil {
					return Unset, err
				}
				return Unset, ValueErrorf(t, "%s is not in deque", s)
			}
			return None, d.deleteAt(t, i)
		}},
		{"__reversed__", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) { return selfDeque(self).iter(t, true) }},
	})
}

// insert puts v before element i, which is brought into range; a full bounded deque refuses.
func (d *Deque) insert(t *Thread, i int64, v Value) error {
	t.lockPair(&d.Mut, &d.Mut)
	defer t.unlockPair(&d.Mut, &d.Mut)
	n, err := d.Len(t)
	if err != nil {
		return err
	}
	if d.maxlen >= 0 && n >= d.maxlen {
		return IndexErrorf(t, "deque already at its maximum size")
	}
	if i < 0 {
		i = max(i+int64(n), 0)
	}
	switch {
	case i >= int64(n):
		return d.Push(t, v, false)
	case i == 0:
		return d.Push(t, v, true)
	}
	items, err := d.Items(t)
	if err != nil {
		return err
	}
	out := make([]Value, 0, n+1)
	out = append(append(append(out, items[:i]...), v), items[i:]...)
	return d.Assign(t, out)
}
