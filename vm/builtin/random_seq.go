package builtin

import (
	"math"
	"math/big"

	"gilt/internal/libm"
	"gilt/vm/object"
)

// Module random: integers, and elements of sequences.

func randomGetrandbits(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if err := noKw(t, "Random.getrandbits", kw); err != nil {
		return object.Unset, err
	}
	if len(args) != 2 {
		return object.Unset, object.TypeErrorf(t, "Random.getrandbits() takes exactly one argument (%d given)", len(args)-1)
	}
	k, err := object.IndexInt(t, args[1])
	if err != nil {
		return object.Unset, err
	}
	o := generator(args[0])
	switch {
	case k < 0:
		return object.Unset, object.ValueErrorf(t, "number of bits must be non-negative")
	case k == 0:
		return object.Int(0), nil
	case k <= 64:
		n, err := o.bits(t, k)
		return object.NewUint(n), err
	}
	b, err := o.bigBits(t, k)
	if err != nil {
		return object.Unset, err
	}
	return object.NewBig(b), nil
}

func randomRandrange(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	if a[0].IsInt() && a[1].IsInt() && a[2].IsUnset() {
		lo, hi := a[0].AsInt(), a[1].AsInt()
		if lo < hi {
			r, err := s.below64(t, uint64(hi)-uint64(lo))
			return object.Int(int64(uint64(lo) + r)), err
		}
	}
	start, err := object.IndexBig(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if a[1].IsUnset() || a[1].IsNone() {
		if !a[2].IsUnset() && a[2] != object.Int(1) {
			return object.Unset, object.TypeErrorf(t, "Missing a non-None stop argument")
		}
		if start.Sign() <= 0 {
			return object.Unset, object.ValueErrorf(t, "empty range for randrange()")
		}
		r, err := s.below(t, start)
		if err != nil {
			return object.Unset, err
		}
		return object.NewBig(r), nil
	}
	stop, err := object.IndexBig(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	n := new(big.Int).Sub(stop, start)
	step := big.NewInt(1)
	if !a[2].IsUnset() {
		if step, err = object.IndexBig(t, a[2]); err != nil {
			return object.Unset, err
		}
	}
	switch {
	case step.Sign() == 0:
		return object.Unset, object.ValueErrorf(t, "zero step for randrange()")
	case step.Sign() > 0:
		n.Add(n, step).Sub(n, big.NewInt(1))
	default:
		n.Add(n, step).Add(n, big.NewInt(1))
	}
	n.Quo(n, step)
	if n.Sign() <= 0 {
		if step.IsInt64() && step.Int64() == 1 {
			return object.Unset, object.ValueErrorf(t, "empty range in randrange(%s, %s)", start, stop)
		}
		return object.Unset, object.ValueErrorf(t, "empty range in randrange(%s, %s, %s)", start, stop, step)
	}
	r, err := s.below(t, n)
	if err != nil {
		return object.Unset, err
	}
	r = new(big.Int).Mul(r, step)
	return object.NewBig(r.Add(r, start)), nil
}

func randomChoice(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	n, err := object.Len(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if n == 0 {
		return object.Unset, object.IndexErrorf(t, "Cannot choose from an empty sequence")
	}
	i, err := s.below64(t, uint64(n))
	if err != nil {
		return object.Unset, err
	}
	return object.GetItem(t, a[0], object.Int(int64(i)))
}

func randomShuffle(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	if l, ok := object.AsList(a[0]); ok && a[0].Kind() == object.KindList {
		items, err := l.Copy(t)
		if err != nil {
			return object.Unset, err
		}
		for i := len(items) - 1; i > 0; i-- {
			j, err := s.below64(t, uint64(i)+1)
			if err != nil {
				return object.Unset, err
			}
			items[i], items[j] = items[j], items[i]
		}
		return none(l.Assign(t, items))
	}
	n, err := object.Len(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	for i := n - 1; i > 0; i-- {
		j, err := s.below64(t, uint64(i)+1)
		if err != nil {
			return object.Unset, err
		}
		ki, kj := object.Int(int64(i)), object.Int(int64(j))
		x, err := object.GetItem(t, a[0], ki)
		if err != nil {
			return object.Unset, err
		}
		y, err := object.GetItem(t, a[0], kj)
		if err != nil {
			return object.Unset, err
		}
		if err := object.SetItem(t, a[0], ki, y); err != nil {
			return object.Unset, err
		}
		if err := object.SetItem(t, a[0], kj, x); err != nil {
			return object.Unset, err
		}
	}
	return object.None, nil
}

// isSequence says whether v is one in the sense of collections.abc, as far as sample needs it.
func isSequence(t *object.Thread, v object.Value) bool {
	switch object.Native(v).Kind() {
	case object.KindList, object.KindTuple, object.KindStr, object.KindBytes, object.KindByteArray, object.KindRange:
		return true
	case object.KindDict, object.KindSet, object.KindFrozenSet, object.KindDictView:
		return false
	}
	typ := object.TypeOf(t, v)
	_, item := object.LookupSpecial(t, typ, object.SpGetItem)
	_, n := object.LookupSpecial(t, typ, object.SpLen)
	return item && n || typ.Ops.GetItem != nil && typ.Ops.Len != nil
}

func randomSample(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [4]object.Value
	if err := pyArgs(t, "Random.sample", args, kw, []string{"self", "population", "k", "counts"}, 3, a[:]); err != nil {
		return object.Unset, err
	}
	s, err := sourceOf(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if !isSequence(t, a[1]) {
		return object.Unset, object.TypeErrorf(t, "Population must be a sequence.  For dicts or sets, use sorted(d).")
	}
	n, err := object.Len(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	k, err := object.IndexInt(t, a[2])
	if err != nil {
		return object.Unset, err
	}
	at := func(i int) (object.Value, error) { return object.GetItem(t, a[1], object.Int(int64(i))) }
	if !a[3].IsUnset() && !a[3].IsNone() {
		cum, err := runningTotals(t, a[3])
		if err != nil {
			return object.Unset, err
		}
		if len(cum) != n {
			return object.Unset, object.ValueErrorf(t, "The number of counts does not match the population")
		}
		if n == 0 {
			return object.Unset, object.IndexErrorf(t, "pop from empty list")
		}
		total := cum[n-1]
		if !object.IsIntValue(total) {
			return object.Unset, object.TypeErrorf(t, "Counts must be integers")
		}
		tn, _ := object.AsInt64(total)
		if tn < 0 || tn == 0 && k > 0 {
			return object.Unset, object.ValueErrorf(t, "Counts must be non-negative")
		}
		sums := make([]int64, n)
		for i, c := range cum {
			sums[i], _ = object.AsInt64(c)
		}
		at = func(i int) (object.Value, error) {
			lo, hi := 0, n-1
			for lo < hi {
				if m := (lo + hi) / 2; int64(i) < sums[m] {
					hi = m
				} else {
					lo = m + 1
				}
			}
			return object.GetItem(t, a[1], object.Int(int64(lo)))
		}
		n = int(tn)
	}
	if k < 0 || k > n {
		return object.Unset, object.ValueErrorf(t, "Sample larger than population or is negative")
	}
	out := make([]object.Value, k)
	limit := 21.0
	if k > 5 {
		limit += math.Pow(4, math.Ceil(libm.Log(float64(k)*3)/libm.Log(4)))
	}
	if float64(n) <= limit {
		pool := make([]int, n)
		for i := range pool {
			pool[i] = i
		}
		for i := range out {
			j, err := s.below64(t, uint64(n-i))
			if err != nil {
				return object.Unset, err
			}
			if out[i], err = at(pool[j]); err != nil {
				return object.Unset, err
			}
			pool[j] = pool[n-i-1]
		}
		return t.NewList(out), nil
	}
	seen := make(map[uint64]bool, k)
	for i := range out {
		j, err := s.below64(t, uint64(n))
		for err == nil && seen[j] {
			j, err = s.below64(t, uint64(n))
		}
		if err != nil {
			return object.Unset, err
		}
		seen[j] = true
		if out[i], err = at(int(j)); err != nil {
			return object.Unset, err
		}
	}
	return t.NewList(out), nil
}

// runningTotals is list(accumulate(v)).
func runningTotals(t *object.Thread, v object.Value) ([]object.Value, error) {
	cum, err := object.ToSlice(t, v)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(cum); i++ {
		if cum[i], err = object.Binary(t, object.OpAdd, cum[i-1], cum[i]); err != nil {
			return nil, err
		}
	}
	return cum, nil
}

func randomChoices(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [5]object.Value
	if len(args) > 3 {
		return object.Unset, object.TypeErrorf(t, "Random.choices() takes from 2 to 3 positional arguments but %d were given", len(args))
	}
	if err := pyArgs(t, "Random.choices", args, kw, []string{"self", "population", "weights", "cum_weights", "k"}, 2, a[:]); err != nil {
		return object.Unset, err
	}
	s, err := sourceOf(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	n, err := object.Len(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	k := 1
	if !a[4].IsUnset() {
		if k, err = object.IndexInt(t, a[4]); err != nil {
			return object.Unset, err
		}
	}
	given := func(v object.Value) bool { return !v.IsUnset() && !v.IsNone() }
	out := make([]object.Value, max(k, 0))
	if !given(a[2]) && !given(a[3]) {
		for i := range out {
			f, err := s.float(t)
			if err != nil {
				return object.Unset, err
			}
			if out[i], err = object.GetItem(t, a[1], object.Int(int64(math.Floor(f*float64(n))))); err != nil {
				return object.Unset, err
			}
		}
		return t.NewList(out), nil
	}
	var cum []object.Value
	switch {
	case given(a[2]) && given(a[3]):
		return object.Unset, object.TypeErrorf(t, "Cannot specify both weights and cumulative weights")
	case given(a[3]):
		cum, err = object.ToSlice(t, a[3])
	case object.IsIntValue(a[2]):
		r, e := object.Repr(t, a[2])
		if e != nil {
			return object.Unset, e
		}
		return object.Unset, object.TypeErrorf(t, "The number of choices must be a keyword argument: k=%s", r)
	default:
		cum, err = runningTotals(t, a[2])
	}
	if err != nil {
		return object.Unset, err
	}
	if len(cum) != n {
		return object.Unset, object.ValueErrorf(t, "The number of weights does not match the population")
	}
	if n == 0 {
		return object.Unset, object.IndexErrorf(t, "list index out of range")
	}
	sums := make([]float64, n)
	for i, c := range cum {
		if sums[i], err = object.FloatArg(t, c); err != nil {
			return object.Unset, err
		}
	}
	total := sums[n-1]
	switch {
	case total <= 0:
		return object.Unset, object.ValueErrorf(t, "Total of weights must be greater than zero")
	case total-total != 0:
		return object.Unset, object.ValueErrorf(t, "Total of weights must be finite")
	}
	for i := range out {
		f, err := s.float(t)
		if err != nil {
			return object.Unset, err
		}
		x := f * total
		lo, hi := 0, n-1
		for lo < hi {
			if m := (lo + hi) / 2; x < sums[m] {
				hi = m
			} else {
				lo = m + 1
			}
		}
		if out[i], err = object.GetItem(t, a[1], object.Int(int64(lo))); err != nil {
			return object.Unset, err
		}
	}
	return t.NewList(out), nil
}
