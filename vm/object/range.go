package object

// Ranges: immutable arithmetic progressions. Most fit in 64 bits, the last element and the length included; for the others the
// arithmetic is that of Python ints.

// Range is a range object.
type Range struct {
	Header
	start, stop, step, n Value
	small                bool
	Lo, Step, N          int64 // if small: the first element, the step, the length
}

// NewRange makes a range; the arguments are ints and step is not 0.
func (t *Thread) NewRange(start, stop, step Value) (*Range, error) {
	r := &Range{Header: Header{Meta: uint64(KindRange), Type: t.Interp.Types.Range}, start: start, stop: stop, step: step}
	if start.IsInt() && stop.IsInt() && step.IsInt() {
		n, fits := rangeLen(start.AsInt(), stop.AsInt(), step.AsInt())
		if fits {
			r.small, r.Lo, r.Step, r.N = true, start.AsInt(), step.AsInt(), n
			r.n = Int(n)
			return r, nil
		}
	}
	n, err := bigRangeLen(t, start, stop, step)
	r.n = n
	return r, err
}

// rangeLen is the length of a range whose numbers fit in 64 bits; fits is false if the length does not.
func rangeLen(lo, hi, step int64) (n int64, fits bool) {
	var span, by uint64
	switch {
	case step > 0 && lo < hi:
		span, by = uint64(hi)-uint64(lo), uint64(step)
	case step < 0 && lo > hi:
		span, by = uint64(lo)-uint64(hi), -uint64(step)
	default:
		return 0, true
	}
	u := (span-1)/by + 1
	return int64(u), u>>63 == 0
}

func bigRangeLen(t *Thread, start, stop, step Value) (Value, error) {
	neg, err := t.isNegative(step)
	if err != nil {
		return Unset, err
	}
	if neg {
		start, stop = stop, start
		if step, err = Binary(t, OpSub, Int(0), step); err != nil {
			return Unset, err
		}
	}
	span, err := Binary(t, OpSub, stop, start)
	if err != nil {
		return Unset, err
	}
	if neg, err := t.isNegative(span); neg || err != nil || span == Int(0) {
		return Int(0), err
	}
	if span, err = Binary(t, OpSub, span, Int(1)); err != nil {
		return Unset, err
	}
	if span, err = Binary(t, OpFloorDiv, span, step); err != nil {
		return Unset, err
	}
	return Binary(t, OpAdd, span, Int(1))
}

func (t *Thread) isNegative(n Value) (bool, error) {
	if n.IsInt() {
		return n.AsInt() < 0, nil
	}
	return n.Kind() == KindBigInt && (*BigInt)(n.Ref).Int.Sign() < 0, nil
}

// Value is the range as a Python object.
func (r *Range) Value() Value { return valueOf(r) }

// Small says whether Lo, Step and N describe the range: all its elements fit in 64 bits.
func (r *Range) Small() bool { return r.small }

// at is element i, counted from the start, which must be in range.
func (r *Range) at(t *Thread, i Value) (Value, error) {
	if r.small && i.IsInt() {
		return Int(r.Lo + i.AsInt()*r.Step), nil
	}
	d, err := Binary(t, OpMul, i, r.step)
	if err != nil {
		return Unset, err
	}
	return Binary(t, OpAdd, r.start, d)
}

// find is the index of an int in the range; found is false if it is not there.
func (r *Range) find(t *Thread, v Value) (i Value, found bool, err error) {
	if r.small {
		if !v.IsInt() {
			return Unset, false, nil
		}
		k := v.AsInt() - r.Lo
		if (v.AsInt() >= r.Lo) != (k >= 0) { // the difference does not fit
			return r.findBig(t, v)
		}
		if k%r.Step != 0 {
			return Unset, false, nil
		}
		k /= r.Step
		return Int(k), k >= 0 && k < r.N, nil
	}
	return r.findBig(t, v)
}

func (r *Range) findBig(t *Thread, v Value) (i Value, found bool, err error) {
	d, err := Binary(t, OpSub, v, r.start)
	if err != nil {
		return Unset, false, err
	}
	m, err := Binary(t, OpMod, d, r.step)
	if err != nil || m != Int(0) {
		return Unset, false, err
	}
	if i, err = Binary(t, OpFloorDiv, d, r.step); err != nil {
		return Unset, false, err
	}
	if neg, err := t.isNegative(i); neg || err != nil {
		return Unset, false, err
	}
	lt, err := Compare(t, CmpLt, i, r.n)
	return i, lt == True, err
}

// slice is the range of the elements that a slice selects.
func (r *Range) slice(t *Thread, s *Slice) (Value, error) {
	if !r.small {
		return r.sliceBig(t, s)
	}
	x, err := s.Indices(t, int(r.N))
	if err != nil {
		return Unset, err
	}
	step := int64(1)
	if !s.Step.IsNone() {
		if step, err = clampIndex(t, s.Step); err != nil {
			return Unset, err
		}
	}
	st, err := Binary(t, OpMul, Int(r.Step), Int(step))
	if err != nil {
		return Unset, err
	}
	first, err := r.bound(t, x.Start)
	if err != nil {
		return Unset, err
	}
	last, err := r.bound(t, x.Stop)
	if err != nil {
		return Unset, err
	}
	out, err := t.NewRange(first, last, st)
	if err != nil {
		return Unset, err
	}
	return out.Value(), nil
}

// bound is what element i would be, were the range long enough.
func (r *Range) bound(t *Thread, i int) (Value, error) {
	d, err := Binary(t, OpMul, Int(int64(i)), r.step)
	if err != nil {
		return Unset, err
	}
	return Binary(t, OpAdd, r.start, d)
}

// sliceBig slices a range whose length needs more than 63 bits: bounds are brought into range by Python's comparison.
func (r *Range) sliceBig(t *Thread, s *Slice) (Value, error) {
	step := s.Step
	if step.IsNone() {
		step = Int(1)
	}
	var err error
	if step, err = Index(t, step); err != nil {
		return Unset, err
	}
	if step == Int(0) {
		return Unset, ValueErrorf(t, "slice step cannot be zero")
	}
	neg, err := t.isNegative(step)
	if err != nil {
		return Unset, err
	}
	lo, hi := Int(0), r.n
	if neg {
		lo = Int(-1)
		if hi, err = Binary(t, OpSub, r.n, Int(1)); err != nil {
			return Unset, err
		}
	}
	bound := func(v, def Value) (Value, error) {
		if v.IsNone() {
			return def, nil
		}
		i, err := Index(t, v)
		if err != nil {
			return Unset, err
		}
		if below, err := t.isNegative(i); err != nil {
			return Unset, err
		} else if below {
			if i, err = Binary(t, OpAdd, i, r.n); err != nil {
				return Unset, err
			}
		}
		if less, err := Compare(t, CmpLt, i, lo); err != nil || less == True {
			return lo, err
		}
		if more, err := Compare(t, CmpGt, i, hi); err != nil || more == True {
			return hi, err
		}
		return i, nil
	}
	first, last := lo, hi
	if neg {
		first, last = hi, lo
	}
	var ends [2]Value
	for k, v := range [2][2]Value{{s.Start, first}, {s.Stop, last}} {
		i, err := bound(v[0], v[1])
		if err != nil {
			return Unset, err
		}
		if i, err = Binary(t, OpMul, i, r.step); err != nil {
			return Unset, err
		}
		if ends[k], err = Binary(t, OpAdd, i, r.start); err != nil {
			return Unset, err
		}
	}
	if step, err = Binary(t, OpMul, step, r.step); err != nil {
		return Unset, err
	}
	out, err := t.NewRange(ends[0], ends[1], step)
	if err != nil {
		return Unset, err
	}
	return out.Value(), nil
}

// rangeIter: Src the step, Pos the next value, Aux how many are left. All small.
var rangeIter = IterKind{
	direct: directRange,
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		left, err := it.LoadAux(t)
		if err != nil || left.AsInt() <= 0 {
			return Unset, false, err
		}
		step, at, err := it.state(t)
		if err != nil {
			return Unset, false, err
		}
		if err := it.StoreAux(t, Int(left.AsInt()-1)); err != nil {
			return Unset, false, err
		}
		return Int(at), true, it.StorePos(t, Int(at+step.AsInt()))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		left, err := it.LoadAux(t)
		return int(left.AsInt()), err
	},
}

// longRangeIter: Src the range, Pos the index of the next element, as Python ints.
var longRangeIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, err := it.LoadSrc(t)
		if err != nil {
			return Unset, false, err
		}
		i, err := it.LoadPos(t)
		if err != nil {
			return Unset, false, err
		}
		r := (*Range)(src.Ref)
		if lt, err := Compare(t, CmpLt, i, r.n); err != nil || lt != True {
			return Unset, false, err
		}
		next, err := Binary(t, OpAdd, i, Int(1))
		if err != nil {
			return Unset, false, err
		}
		if err := it.StorePos(t, next); err != nil {
			return Unset, false, err
		}
		v, err := r.at(t, i)
		return v, err == nil, err
	},
}

func (r *Range) iter(t *Thread) Value {
	if r.small {
		return t.NewIterator(&rangeIter, t.Interp.Types.RangeIterator, Int(r.Step), Int(r.Lo), Int(r.N)).Value()
	}
	return t.newIter(&longRangeIter, t.Interp.Types.LongRangeIterator, r.Value()).Value()
}

func (r *Range) reversed(t *Thread) (Value, error) {
	if r.small && r.Step != -1<<63 {
		return t.NewIterator(&rangeIter, t.Interp.Types.RangeIterator, Int(-r.Step), Int(r.Lo+(r.N-1)*r.Step), Int(r.N)).Value(), nil
	}
	last, err := Binary(t, OpSub, r.n, Int(1))
	if err != nil {
		return Unset, err
	}
	if last, err = r.at(t, last); err != nil {
		return Unset, err
	}
	step, err := Binary(t, OpSub, Int(0), r.step)
	if err != nil {
		return Unset, err
	}
	stop, err := Binary(t, OpSub, r.start, r.step)
	if err != nil {
		return Unset, err
	}
	b, err := t.NewRange(last, stop, step)
	if err != nil {
		return Unset, err
	}
	return b.iter(t), nil
}

func rangeNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if kw != nil && len(kw.Names) > 0 {
		return Unset, TypeErrorf(t, "range() takes no keyword arguments")
	}
	lo, step := Int(0), Int(1)
	var hi Value
	switch len(args) {
	case 0:
		return Unset, TypeErrorf(t, "range expected at least 1 argument, got 0")
	case 1:
		hi = args[0]
	case 2:
		lo, hi = args[0], args[1]
	case 3:
		lo, hi, step = args[0], args[1], args[2]
	default:
		return Unset, TypeErrorf(t, "range expected at most 3 arguments, got %d", len(args))
	}
	for _, p := range []*Value{&lo, &hi, &step} {
		if !p.IsInt() {
			v, err := Index(t, *p)
			if err != nil {
				return Unset, err
			}
			if v.IsBool() {
				v = Int(v.AsInt())
			}
			*p = Native(v)
		}
	}
	if step == Int(0) {
		return Unset, ValueErrorf(t, "range() arg 3 must not be zero")
	}
	r, err := t.NewRange(lo, hi, step)
	if err != nil {
		return Unset, err
	}
	return r.Value(), nil
}

// key is what equality and hash of ranges look at: ranges are equal that have the same elements.
func (r *Range) key() []Value {
	switch r.n {
	case Int(0):
		return []Value{Int(0), None, None}
	case Int(1):
		return []Value{Int(1), r.start, None}
	}
	return []Value{r.n, r.start, r.step}
}

func (in *Interp) initRange() {
	cls := in.Types.Range
	o := cls.Ops
	o.New, o.InitIsNew = rangeNew, true
	o.Repr = func(t *Thread, v Value) (string, error) {
		r := (*Range)(v.Ref)
		parts := []Value{r.start, r.stop, r.step}
		if r.step == Int(1) {
			parts = parts[:2]
		}
		s := "range("
		for i, p := range parts {
			if i > 0 {
				s += ", "
			}
			x, err := Repr(t, p)
			if err != nil {
				return "", err
			}
			s += x
		}
		return s + ")", nil
	}
	o.Hash = func(t *Thread, v Value) (int64, error) { return tupleHash(t, TupleOf((*Range)(v.Ref).key())) }
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if a.Kind() != KindRange || b.Kind() != KindRange || op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		return compareItems(t, op, (*Range)(a.Ref).key(), (*Range)(b.Ref).key())
	}
	o.Bool = func(t *Thread, v Value) (bool, error) { return (*Range)(v.Ref).n != Int(0), nil }
	o.Len = func(t *Thread, v Value) (int, error) {
		if n := (*Range)(v.Ref).n; n.IsInt() {
			return int(n.AsInt()), nil
		}
		return 0, OverflowErrorf(t, "Python int too large to convert to C ssize_t")
	}
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		r := (*Range)(v.Ref)
		if key.Kind() == KindSlice {
			return r.slice(t, (*Slice)(key.Ref))
		}
		if !hasIndex(t, key) {
			return Unset, TypeErrorf(t, "range indices must be integers or slices, not %s", TypeName(t, key))
		}
		i, err := Index(t, key)
		if err != nil {
			return Unset, err
		}
		if i = Native(i); i.IsBool() {
			i = Int(i.AsInt())
		}
		neg, err := t.isNegative(i)
		if err != nil {
			return Unset, err
		}
		if neg {
			if i, err = Binary(t, OpAdd, i, r.n); err != nil {
				return Unset, err
			}
			if neg, err = t.isNegative(i); err != nil {
				return Unset, err
			}
		}
		lt, err := Compare(t, CmpLt, i, r.n)
		if err != nil {
			return Unset, err
		}
		if neg || lt != True {
			return Unset, IndexErrorf(t, "range object index out of range")
		}
		return r.at(t, i)
	}
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		r := (*Range)(v.Ref)
		switch x.Kind() {
		case KindInt, KindBigInt:
			_, found, err := r.find(t, x)
			return found, err
		case KindBool:
			_, found, err := r.find(t, Int(x.AsInt()))
			return found, err
		}
		it := r.iter(t)
		for {
			y, ok, err := IterNext(t, it)
			if err != nil || !ok {
				return false, err
			}
			if eq, err := sameOrEqual(t, y, x); eq || err != nil {
				return eq, err
			}
		}
	}
	o.Iter = func(t *Thread, v Value) (Value, error) { return (*Range)(v.Ref).iter(t), nil }
	in.addMethods(cls, []methodDef{
		{"index", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			r, x := (*Range)(self.Ref), args[0]
			if x.IsBool() {
				x = Int(x.AsInt())
			}
			if k := x.Kind(); k == KindInt || k == KindBigInt {
				i, found, err := r.find(t, x)
				if found || err != nil {
					return i, err
				}
			} else {
				it := r.iter(t)
				for i := int64(0); ; i++ {
					y, ok, err := IterNext(t, it)
					if err != nil {
						return Unset, err
					}
					if !ok {
						return Unset, ValueErrorf(t, "sequence.index(x): x not in sequence")
					}
					if eq, err := sameOrEqual(t, y, x); eq || err != nil {
						return Int(i), err
					}
				}
			}
			s, err := Repr(t, x)
			if err != nil {
				return Unset, err
			}
			return Unset, ValueErrorf(t, "%s is not in range", s)
		}},
		{"count", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			r, x := (*Range)(self.Ref), args[0]
			if k := x.Kind(); k == KindInt || k == KindBigInt || k == KindBool {
				ok, err := o.Contains(t, self, x)
				if ok {
					return Int(1), err
				}
				return Int(0), err
			}
			it, n := r.iter(t), int64(0)
			for {
				y, ok, err := IterNext(t, it)
				if err != nil || !ok {
					return Int(n), err
				}
				eq, err := sameOrEqual(t, y, x)
				if err != nil {
					return Unset, err
				}
				if eq {
					n++
				}
			}
		}},
		{"__reversed__", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) { return (*Range)(self.Ref).reversed(t) }},
	})
	cls.Attr(in, "start", func(t *Thread, v Value) (Value, error) { return (*Range)(v.Ref).start, nil }, nil)
	cls.Attr(in, "stop", func(t *Thread, v Value) (Value, error) { return (*Range)(v.Ref).stop, nil }, nil)
	cls.Attr(in, "step", func(t *Thread, v Value) (Value, error) { return (*Range)(v.Ref).step, nil }, nil)
}
