package object

// Slice objects, and the arithmetic of extended slices. Immutable.

// Slice is a slice object: start, stop and step as they were written, None where there was nothing.
type Slice struct {
	Header
	Start, Stop, Step Value
}

// NewSlice makes a slice object.
func (t *Thread) NewSlice(start, stop, step Value) Value {
	return valueOf(&Slice{Header{Meta: uint64(KindSlice)}, start, stop, step})
}

// SliceIndices is a slice applied to a sequence of a certain length: Len elements from Start, Step apart.
type SliceIndices struct{ Start, Stop, Step, Len int }

// Indices applies the slice to a sequence of n elements.
func (s *Slice) Indices(t *Thread, n int) (SliceIndices, error) {
	step := int64(1)
	var err error
	if !s.Step.IsNone() {
		if step, err = clampIndex(t, s.Step); err != nil {
			return SliceIndices{}, err
		}
		if step == 0 {
			return SliceIndices{}, ValueErrorf(t, "slice step cannot be zero")
		}
		step = max(step, -(1<<63 - 1))
	}
	lo, hi := int64(0), int64(n)
	if step < 0 {
		lo, hi = -1, int64(n)-1
	}
	bound := func(v Value, def int64) (int64, error) {
		if v.IsNone() {
			return def, nil
		}
		i, err := clampIndex(t, v)
		if err != nil {
			return 0, err
		}
		if i < 0 {
			if i += int64(n); i < lo {
				i = lo
			}
		}
		return min(i, hi), nil
	}
	first, last := lo, hi
	if step < 0 {
		first, last = hi, lo
	}
	start, err := bound(s.Start, first)
	if err != nil {
		return SliceIndices{}, err
	}
	stop, err := bound(s.Stop, last)
	if err != nil {
		return SliceIndices{}, err
	}
	r := SliceIndices{Start: int(start), Stop: int(stop), Step: int(step)}
	switch {
	case step > 0 && start < stop:
		r.Len = int((stop-start-1)/step) + 1
	case step < 0 && stop < start:
		r.Len = int((start-stop-1)/-step) + 1
	}
	if r.Len <= 1 && step > 0 {
		r.Step = 1 // the step does not matter, and may be huge
	}
	return r, nil
}

// ascending is the same elements with a positive step; only their order differs.
func (r SliceIndices) ascending() SliceIndices {
	if r.Step < 0 && r.Len > 0 {
		last := r.Start + (r.Len-1)*r.Step
		return SliceIndices{last, r.Start + 1, -r.Step, r.Len}
	}
	return r
}

func (in *Interp) initSlice() {
	o := in.Types.Slice.Ops
	o.Repr = func(t *Thread, v Value) (string, error) {
		s := (*Slice)(v.Ref)
		out := "slice("
		for i, x := range [...]Value{s.Start, s.Stop, s.Step} {
			if i > 0 {
				out += ", "
			}
			r, err := Repr(t, x)
			if err != nil {
				return "", err
			}
			out += r
		}
		return out + ")", nil
	}
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if a.Kind() != KindSlice || b.Kind() != KindSlice {
			return NotImplemented, nil
		}
		x, y := (*Slice)(a.Ref), (*Slice)(b.Ref)
		return compareItems(t, op, []Value{x.Start, x.Stop, x.Step}, []Value{y.Start, y.Stop, y.Step})
	}
	o.Hash = func(t *Thread, v Value) (int64, error) {
		s := (*Slice)(v.Ref)
		acc := uint64(xxPrime5)
		for _, x := range [...]Value{s.Start, s.Stop, s.Step} {
			h, err := Hash(t, x)
			if err != nil {
				return 0, err
			}
			acc += uint64(h) * xxPrime2
			acc = acc<<31 | acc>>33
			acc *= xxPrime1
		}
		if acc == ^uint64(0) {
			return 1546275796, nil
		}
		return int64(acc), nil
	}
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if kw != nil && len(kw.Names) > 0 {
			return Unset, TypeErrorf(t, "slice() takes no keyword arguments")
		}
		switch len(args) {
		case 0:
			return Unset, TypeErrorf(t, "slice expected at least 1 argument, got 0")
		case 1:
			return t.NewSlice(None, args[0], None), nil
		case 2:
			return t.NewSlice(args[0], args[1], None), nil
		case 3:
			return t.NewSlice(args[0], args[1], args[2]), nil
		}
		return Unset, TypeErrorf(t, "slice expected at most 3 arguments, got %d", len(args))
	}
	o.InitIsNew = true
	in.Types.Slice.Attr(in, "start", func(t *Thread, v Value) (Value, error) { return (*Slice)(v.Ref).Start, nil }, nil)
	in.Types.Slice.Attr(in, "stop", func(t *Thread, v Value) (Value, error) { return (*Slice)(v.Ref).Stop, nil }, nil)
	in.Types.Slice.Attr(in, "step", func(t *Thread, v Value) (Value, error) { return (*Slice)(v.Ref).Step, nil }, nil)
	in.addMethods(in.Types.Slice, []methodDef{{"indices", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
		n, err := indexArg(t, args[0])
		if err != nil {
			return Unset, err
		}
		if n < 0 {
			return Unset, ValueErrorf(t, "length should not be negative")
		}
		s := (*Slice)(self.Ref)
		r, err := s.Indices(t, int(n))
		if err != nil {
			return Unset, err
		}
		step := int64(1)
		if !s.Step.IsNone() {
			if step, err = clampIndex(t, s.Step); err != nil {
				return Unset, err
			}
		}
		return NewTuple(Int(int64(r.Start)), Int(int64(r.Stop)), Int(step)), nil
	}}})
}
