package object

import (
	"cmp"
	"slices"
)

// This file sorts lists: stable, by a merge sort over natural runs (after Peters' timsort: runs are found, descending ones are
// reversed, short ones are extended by binary insertion, and runs are merged by the sizes on a stack). Lists of ints,
// floats and strings are compared without calling anything.

// minRun is the length up to which insertion sort is used.
const minRun = 32

// sorter sorts xs by less, which may fail.
type sorter[T any] struct {
	xs, tmp []T
	less    func(a, b *T) bool
	fails   func() bool // says whether less has failed; nil: never does
	runs    []int       // starts of pending runs, and the end
}

func (s *sorter[T]) failed() bool { return s.fails != nil && s.fails() }

func (s *sorter[T]) sort() {
	n := len(s.xs)
	if n < 2 {
		return
	}
	min := n
	for r := 0; min >= 2*minRun; {
		r = min & 1
		min = min>>1 + r
	}
	s.runs = append(s.runs, 0)
	for lo := 0; lo < n && !s.failed(); {
		hi := s.run(lo)
		if hi-lo < min {
			end := lo + min
			if end > n {
				end = n
			}
			s.insertion(lo, hi, end)
			hi = end
		}
		s.runs = append(s.runs, hi)
		lo = hi
		s.collapse(false)
	}
	if !s.failed() {
		s.collapse(true)
	}
}

// run is the end of the run that begins at lo; a descending one is reversed.
func (s *sorter[T]) run(lo int) int {
	xs := s.xs
	hi := lo + 1
	if hi == len(xs) {
		return hi
	}
	if s.less(&xs[hi], &xs[lo]) {
		for hi++; hi < len(xs) && s.less(&xs[hi], &xs[hi-1]); hi++ {
		}
		slices.Reverse(xs[lo:hi])
		return hi
	}
	for hi++; hi < len(xs) && !s.less(&xs[hi], &xs[hi-1]); hi++ {
	}
	return hi
}

// insertion sorts xs[lo:end], of which xs[lo:hi] is sorted.
func (s *sorter[T]) insertion(lo, hi, end int) {
	xs := s.xs
	for ; hi < end; hi++ {
		x := xs[hi]
		a, b := lo, hi
		for a < b {
			m := int(uint(a+b) >> 1)
			if s.less(&x, &xs[m]) {
				b = m
			} else {
				a = m + 1
			}
		}
		copy(xs[a+1:hi+1], xs[a:hi])
		xs[a] = x
	}
}

// collapse merges pending runs until their sizes fall fast enough (all: until one is left).
func (s *sorter[T]) collapse(all bool) {
	for len(s.runs) > 2 && !s.failed() {
		r := s.runs
		n := len(r) - 1 // runs are r[i]..r[i+1]
		size := func(i int) int { return r[i+1] - r[i] }
		i := n - 2
		switch {
		case i > 0 && size(i-1) <= size(i)+size(i+1), i > 1 && size(i-2) <= size(i-1)+size(i):
			if size(i-1) < size(i+1) {
				i--
			}
		case all:
			if i > 0 && size(i-1) < size(i+1) {
				i--
			}
		case size(i) > size(i+1):
			return
		}
		s.merge(r[i], r[i+1], r[i+2])
		s.runs = append(r[:i+1], r[i+2:]...)
	}
}

// merge merges xs[lo:mid] and xs[mid:hi]. What is in its place already is cut off first.
func (s *sorter[T]) merge(lo, mid, hi int) {
	xs := s.xs
	a, b := lo, mid
	for a < b {
		m := int(uint(a+b) >> 1)
		if s.less(&xs[mid], &xs[m]) {
			b = m
		} else {
			a = m + 1
		}
	}
	if lo = a; lo == mid {
		return
	}
	a, b = mid, hi
	for a < b {
		m := int(uint(a+b) >> 1)
		if s.less(&xs[m], &xs[mid-1]) {
			a = m + 1
		} else {
			b = m
		}
	}
	if hi = a; hi == mid {
		return
	}
	if mid-lo <= hi-mid {
		s.tmp = append(s.tmp[:0], xs[lo:mid]...)
		i, j, k := 0, mid, lo
		for i < len(s.tmp) && j < hi {
			if s.less(&xs[j], &s.tmp[i]) {
				xs[k] = xs[j]
				j++
			} else {
				xs[k] = s.tmp[i]
				i++
			}
			k++
		}
		copy(xs[k:], s.tmp[i:])
		return
	}
	s.tmp = append(s.tmp[:0], xs[mid:hi]...)
	i, j, k := mid-1, len(s.tmp)-1, hi-1
	for i >= lo && j >= 0 {
		if s.less(&s.tmp[j], &xs[i]) {
			xs[k] = xs[i]
			i--
		} else {
			xs[k] = s.tmp[j]
			j--
		}
		k--
	}
	copy(xs[lo:], s.tmp[:j+1])
}

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
		fails: func() bool { return failure != nil },
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
	n, lerr := l.Len(t)
	if lerr != nil {
		return lerr
	}
	if aerr := l.Assign(t, items); aerr != nil {
		return aerr
	}
	if n != 0 && err == nil {
		return ValueErrorf(t, "list modified during sort")
	}
	return err
}
