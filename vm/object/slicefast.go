package object

// Slices of the builtin sequences without a slice object: most are used in the subscript that they are written in and
// nowhere else. What could run Python code, or is shared, is left to the operations on slice objects.

// plainBounds says whether a slice's parts are ints or None, so that applying it runs no Python code.
func plainBounds(start, stop, step Value) bool {
	return (start.IsInt() || start.IsNone()) && (stop.IsInt() || stop.IsNone()) && (step.IsNone() || step.IsInt() && step.Bits != 0)
}

// GetSlice is v[start:stop:step] for a private list, a tuple or a str; ok is false if the general way must be taken.
func GetSlice(t *Thread, v, start, stop, step Value) (x Value, ok bool) {
	if !plainBounds(start, stop, step) {
		return Unset, false
	}
	s := Slice{Start: start, Stop: stop, Step: step}
	switch v.Word() {
	case uint32(KindList):
		items := (*List)(v.Ref).Items
		r, err := s.Indices(t, len(items))
		if err != nil || r.Len*valueSize >= largeBlock {
			return Unset, false
		}
		return t.NewList(sliceItems(items, r)), true
	case uint32(KindTuple):
		items := (*Tuple)(v.Ref).Items
		r, err := s.Indices(t, len(items))
		if err != nil {
			return Unset, false
		}
		if r.Step == 1 && r.Len == len(items) {
			return v, true
		}
		return tupleSlice(items, r), true
	case uint32(KindStr):
		o := (*Str)(v.Ref)
		if o.Type != nil {
			return Unset, false // a unicode of the 2.7 dialect
		}
		r, err := s.Indices(t, o.Len)
		if err != nil {
			return Unset, false
		}
		return o.slice(v, r), true
	}
	return Unset, false
}

// SetSlice is v[start:stop] = x for a private list and an x whose values can be had without running Python code; ok is
// false if the general way must be taken.
func SetSlice(t *Thread, v, start, stop, x Value) (ok bool, err error) {
	if v.Word() != uint32(KindList) || !plainBounds(start, stop, None) {
		return false, nil
	}
	l := (*List)(v.Ref)
	var with []Value
	switch x.Word() {
	case uint32(KindList):
		with = (*List)(x.Ref).Items
		if x.Ref == v.Ref {
			return false, nil
		}
	case uint32(KindTuple):
		with = (*Tuple)(x.Ref).Items
	case uint32(KindIterator):
		if with, ok, err = drainReversed(t, (*Iterator)(x.Ref)); !ok || err != nil {
			return ok, err
		}
	default:
		return false, nil
	}
	s := Slice{Start: start, Stop: stop, Step: None}
	r, err := s.Indices(t, len(l.Items))
	if err != nil {
		return true, err
	}
	return true, l.Splice(t, r.Start, r.Start+r.Len, with)
}

// drainReversed exhausts a private reversed() over a private list at once; ok is false for any other iterator.
func drainReversed(t *Thread, it *Iterator) (out []Value, ok bool, err error) {
	if it.Kind != &listReverseIter || it.Meta&FlagShared != 0 || it.Src.Word() != uint32(KindList) {
		return nil, false, nil
	}
	items := (*List)(it.Src.Ref).Items
	if n := int(it.Pos.AsInt()) + 1; n > 0 && n <= len(items) {
		out = make([]Value, n)
		for i := range out {
			out[i] = items[n-1-i]
		}
	}
	return out, true, it.Finish(t)
}
