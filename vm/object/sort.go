package object

import (
	"cmp"
	"slices"
)

// This file sorts lists, by the merge sort of sortmerge.go. Lists of ints, floats and strings are compared without calling
// anything.

// ranked is the sort key of an element, and where it stood. For ints and floats it has no pointers, so that moving it is cheap.
type ranked[K cmp.Ordered] struct {
	key K
	at  int32
}

// sortRanked sorts values by keys of one Go type.
func sortRanked[K cmp.Ordered](keys, vals []Value, get func(Value) K) {
	xs := make([]ranked[K], len(vals))
	for i := range vals {
		xs[i] = ranked[K]{get(keys[i]), int32(i)}
	}
	s := sorter[ranked[K]]{xs: xs, less: func(a, b *ranked[K]) bool { return a.key < b.key }}
	s.sort()
	old := slices.Clone(vals)
	for i := range xs {
		vals[i] = old[xs[i].at]
	}
}

// sortSame sorts numbers that are their own keys: equal ones cannot be told apart, so any sort is stable.
func sortSame[K int64 | float64](vals []Value, get func(Value) K, put func(K) Value) {
	xs := make([]K, len(vals))
	for i, v := range vals {
		xs[i] = get(v)
	}
	slices.Sort(xs)
	for i, x := range xs {
		vals[i] = put(x)
	}
}

// keyed is an element with its sort key.
type keyed struct{ key, val Value }

// SortValues sorts vals by keys (the same array, if there is no key function), which may be reordered too. reverse keeps equal
// elements in their order, as Python does.
func SortValues(t *Thread, keys, vals []Value, reverse bool) error {
	return sortValues(t, keys, vals, reverse, nil)
}

// sortValues is SortValues by a comparison of one's own; nil is Python's <.
func sortValues(t *Thread, keys, vals []Value, reverse bool, lt lessFn) error {
	if reverse {
		slices.Reverse(vals)
		if len(keys) > 0 && &keys[0] != &vals[0] {
			slices.Reverse(keys)
		}
	}
	var err error
	if lt != nil {
		err = sortGeneral(t, keys, vals, lt)
	} else {
		err = sortForward(t, keys, vals)
	}
	if reverse {
		slices.Reverse(vals)
	}
	return err
}

func sortForward(t *Thread, keys, vals []Value) error {
	if len(vals) < 2 {
		return nil
	}
	ints, floats, strs, zeros := true, true, true, false
	for _, k := range keys {
		switch {
		case k.Ref == nil:
			floats, strs = false, false
		case k.IsFloat():
			ints, strs = false, false
			floats = floats && k.AsFloat() == k.AsFloat()
			zeros = zeros || k.AsFloat() == 0
		case k.Kind() == KindStr:
			ints, floats = false, false
		default:
			ints, floats, strs = false, false, false
		}
		if !ints && !floats && !strs {
			break
		}
	}
	switch {
	case ints && &keys[0] == &vals[0]:
		sortSame(vals, Value.AsInt, Int)
		return nil
	case floats && !zeros && &keys[0] == &vals[0]:
		sortSame(vals, Value.AsFloat, Float)
		return nil
	case ints:
		sortRanked(keys, vals, Value.AsInt)
		return nil
	case floats:
		sortRanked(keys, vals, Value.AsFloat)
		return nil
	case strs:
		sortRanked(keys, vals, func(v Value) string { return (*Str)(v.Ref).S })
		return nil
	}
	return sortGeneral(t, keys, vals, lessThan)
}

// lessFn is a comparison that may run Python code.
type lessFn func(t *Thread, a, b Value) (bool, error)

// sortGeneral compares by lt.
func sortGeneral(t *Thread, keys, vals []Value, lt lessFn) error {
	xs := make([]keyed, len(vals))
	for i := range vals {
		xs[i] = keyed{keys[i], vals[i]}
	}
	var failure error
	s := sorter[keyed]{xs: xs,
		less: func(a, b *keyed) bool {
			if failure != nil {
				return false
			}
			yes, err := lt(t, a.key, b.key)
			if err != nil {
				failure = err
			}
			return yes
		},
		failed: func() bool { return failure != nil },
	}
	s.sort()
	for i := range xs {
		vals[i] = xs[i].val
	}
	return failure
}

// lessThan is a < b as a bool.
func lessThan(t *Thread, a, b Value) (bool, error) {
	if a.Ref == nil && b.Ref == nil {
		return int64(a.Bits) < int64(b.Bits), nil
	}
	if a.Kind() == KindTuple && b.Kind() == KindTuple {
		return tupleLess(t, (*Tuple)(a.Ref).Items, (*Tuple)(b.Ref).Items)
	}
	r, err := Compare(t, CmpLt, a, b)
	if err != nil {
		return false, err
	}
	if r.IsBool() {
		return r == True, nil
	}
	return Truth(t, r)
}

func tupleLess(t *Thread, x, y []Value) (bool, error) {
	if err := t.enterCompare(); err != nil {
		return false, err
	}
	defer t.leaveCompare()
	for i := range min(len(x), len(y)) {
		eq, err := sameOrEqual(t, x[i], y[i])
		if err != nil {
			return false, err
		}
		if !eq {
			return lessThan(t, x[i], y[i])
		}
	}
	return len(x) < len(y), nil
}

// pureKeys says whether comparing the keys runs no Python code.
func pureKeys(keys []Value) bool {
	for _, k := range keys {
		if !leaf(k) && !(k.Kind() == KindTuple && leaves((*Tuple)(k.Ref).Items)) {
			return false
		}
	}
	return true
}

// Sort is list.sort. While Python code runs on its behalf the list is empty, and must stay so.
func (l *List) Sort(t *Thread, key Value, reverse bool) error { return l.sort(t, key, reverse, nil) }

// byCmp is the comparison that a cmp function of Python 2 makes.
func byCmp(cmp Value) lessFn {
	return func(t *Thread, a, b Value) (bool, error) {
		r, err := Call(t, cmp, a, b)
		if err != nil {
			return false, err
		}
		return lessThan(t, r, Int(0))
	}
}

func (l *List) sort(t *Thread, key Value, reverse bool, lt lessFn) error {
	if key.IsNone() && lt == nil {
		if l.private() && pureKeys(l.Items) {
			l.saveAll(t)
			return SortValues(t, l.Items, l.Items, reverse)
		}
	}
	items, err := l.Copy(t)
	if err != nil {
		return err
	}
	if key.IsNone() && lt == nil && pureKeys(items) {
		t.lockPair(&l.Mut, &l.Mut)
		defer t.unlockPair(&l.Mut, &l.Mut)
		if items, err = l.Copy(t); err != nil { // nothing but the latch has come between
			return err
		}
		err := SortValues(t, items, items, reverse)
		if again := l.Assign(t, items); again != nil {
			return again
		}
		return err
	}
	if err := l.Assign(t, nil); err != nil {
		return err
	}
	keys := items
	if !key.IsNone() {
		keys = make([]Value, len(items))
		for i, v := range items {
			if keys[i], err = Call(t, key, v); err != nil {
				break
			}
		}
	}
	if err == nil {
		err = sortValues(t, keys, items, reverse, lt)
	}
	if IsAbort(err) {
		return err
	}
	private := l.private() // before Len, which may claim it: then it has the room of its shared form
	n, lerr := l.Len(t)
	if lerr != nil {
		return lerr
	}
	// A private list that somebody has filled and emptied again still has the room for that.
	touched := n != 0 || private && cap(l.Items) != 0
	if aerr := l.Assign(t, items); aerr != nil {
		return aerr
	}
	if touched && err == nil {
		return ValueErrorf(t, "list modified during sort")
	}
	return err
}
