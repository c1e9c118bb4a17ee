package builtin

import "gilt/vm/object"

// Module itertools: product, permutations, combinations. The pools are fixed tuples; the state is a tuple of indices, replaced at each
// step, Unset before the first and None after the last.

// indices makes a tuple of ints.
func indices(t *object.Thread, ix []int) object.Value {
	vs := make([]object.Value, len(ix))
	for i, n := range ix {
		vs[i] = object.Int(int64(n))
	}
	return t.NewTuple(vs...)
}

func loadIndices(v object.Value) []int {
	items := (*object.Tuple)(v.Ref).Items
	ix := make([]int, len(items))
	for i, x := range items {
		ix[i] = int(x.AsInt())
	}
	return ix
}

// pick is the tuple of the pool's elements at the indices.
func pick(t *object.Thread, pool []object.Value, ix []int) object.Value {
	vs := make([]object.Value, len(ix))
	for i, n := range ix {
		vs[i] = pool[n]
	}
	return t.NewTuple(vs...)
}

// advance loads the state, steps it by next (which gets nil the first time and returns nil at the end), and stores it.
func advance(t *object.Thread, o *cells, cell int, next func(ix []int) []int) ([]int, bool, error) {
	v, err := o.load(t, cell)
	if err != nil || v.IsNone() {
		return nil, false, err
	}
	var ix []int
	if !v.IsUnset() {
		ix = loadIndices(v)
	}
	if ix = next(ix); ix == nil {
		return nil, false, o.store(t, cell, object.None)
	}
	return ix, true, o.store(t, cell, indices(t, ix))
}

// product: 0 tuple of pools, 1 indices.
func productMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	repeat := 1
	if kw != nil {
		for i, n := range kw.Names {
			if n != "repeat" {
				return nil, object.TypeErrorf(t, "product() got an unexpected keyword argument '%s'", n)
			}
			var err error
			if repeat, err = object.IndexInt(t, kw.Values[i]); err != nil {
				return nil, err
			}
			if repeat < 0 {
				return nil, object.ValueErrorf(t, "repeat argument cannot be negative")
			}
		}
	}
	var pools []object.Value
	for _, a := range append([]object.Value(nil), args...) {
		vs, err := object.ToSlice(t, a)
		if err != nil {
			return nil, err
		}
		pools = append(pools, t.NewTuple(vs...))
	}
	if repeat*len(pools) > 1<<24 {
		return nil, object.MemoryError(t)
	}
	all := make([]object.Value, 0, len(pools)*repeat)
	for range repeat {
		all = append(all, pools...)
	}
	return newCells(t, typ, t.NewTuple(all...), object.Unset), nil
}

func productNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	pools := (*object.Tuple)(o.c[0].Ref).Items
	pool := func(i int) []object.Value { return (*object.Tuple)(pools[i].Ref).Items }
	ix, ok, err := advance(t, o, 1, func(ix []int) []int {
		if ix == nil {
			for i := range pools {
				if len(pool(i)) == 0 {
					return nil
				}
			}
			return make([]int, len(pools))
		}
		for i := len(ix) - 1; i >= 0; i-- {
			if ix[i]++; ix[i] < len(pool(i)) {
				return ix
			}
			ix[i] = 0
		}
		return nil
	})
	if err != nil || !ok {
		return object.Unset, false, err
	}
	out := make([]object.Value, len(ix))
	for i, n := range ix {
		out[i] = pool(i)[n]
	}
	return t.NewTuple(out...), true, nil
}

// poolArgs are the arguments of the three that follow: a pool and r.
func poolArgs(t *object.Thread, name string, args []object.Value, kw *object.Kwargs, optional bool) (object.Value, int, error) {
	var a [2]object.Value
	need := 2
	if optional {
		need = 1
	}
	if err := object.ParseArgs(t, name, args, kw, []string{"iterable", "r"}, need, a[:]); err != nil {
		return object.Unset, 0, err
	}
	vs, err := object.ToSlice(t, a[0])
	if err != nil {
		return object.Unset, 0, err
	}
	r := len(vs)
	if !a[1].IsUnset() && !(optional && a[1].IsNone()) {
		if optional && !object.IsIntValue(a[1]) {
			return object.Unset, 0, object.TypeErrorf(t, "Expected int as r")
		}
		if r, err = object.IndexInt(t, a[1]); err != nil {
			return object.Unset, 0, err
		}
		if r < 0 {
			return object.Unset, 0, object.ValueErrorf(t, "r must be non-negative")
		}
	}
	return t.NewTuple(vs...), r, nil
}

// combinations: 0 pool, 1 indices, 2 r. With replacement the same.
func combinationsMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	pool, r, err := poolArgs(t, "combinations", args, kw, false)
	return newCells(t, typ, pool, object.Unset, object.Int(int64(r))), err
}

func combinationsNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	pool, r := (*object.Tuple)(o.c[0].Ref).Items, int(o.c[2].AsInt())
	n := len(pool)
	ix, ok, err := advance(t, o, 1, func(ix []int) []int {
		if ix == nil {
			if r > n {
				return nil
			}
			ix = make([]int, r)
			for i := range ix {
				ix[i] = i
			}
			return ix
		}
		for i := r - 1; i >= 0; i-- {
			if ix[i] != i+n-r {
				ix[i]++
				for j := i + 1; j < r; j++ {
					ix[j] = ix[j-1] + 1
				}
				return ix
			}
		}
		return nil
	})
	if err != nil || !ok {
		return object.Unset, false, err
	}
	return pick(t, pool, ix), true, nil
}

func replacementsMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	pool, r, err := poolArgs(t, "combinations_with_replacement", args, kw, false)
	return newCells(t, typ, pool, object.Unset, object.Int(int64(r))), err
}

func replacementsNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	pool, r := (*object.Tuple)(o.c[0].Ref).Items, int(o.c[2].AsInt())
	n := len(pool)
	ix, ok, err := advance(t, o, 1, func(ix []int) []int {
		if ix == nil {
			if n == 0 && r > 0 {
				return nil
			}
			return make([]int, r)
		}
		for i := r - 1; i >= 0; i-- {
			if ix[i] != n-1 {
				k := ix[i] + 1
				for j := i; j < r; j++ {
					ix[j] = k
				}
				return ix
			}
		}
		return nil
	})
	if err != nil || !ok {
		return object.Unset, false, err
	}
	return pick(t, pool, ix), true, nil
}

// permutations: 0 pool, 1 the n indices followed by the r cycle counters, 2 r.
func permutationsMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	pool, r, err := poolArgs(t, "permutations", args, kw, true)
	return newCells(t, typ, pool, object.Unset, object.Int(int64(r))), err
}

func permutationsNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	pool, r := (*object.Tuple)(o.c[0].Ref).Items, int(o.c[2].AsInt())
	n := len(pool)
	ix, ok, err := advance(t, o, 1, func(ix []int) []int {
		if ix == nil {
			if r > n {
				return nil
			}
			ix = make([]int, n+r)
			for i := range n {
				ix[i] = i
			}
			for i := range r {
				ix[n+i] = n - i
			}
			return ix
		}
		perm, cycles := ix[:n], ix[n:]
		for i := r - 1; i >= 0; i-- {
			if cycles[i]--; cycles[i] == 0 {
				first := perm[i]
				copy(perm[i:], perm[i+1:])
				perm[n-1] = first
				cycles[i] = n - i
				continue
			}
			j := n - cycles[i]
			perm[i], perm[j] = perm[j], perm[i]
			return ix
		}
		return nil
	})
	if err != nil || !ok {
		return object.Unset, false, err
	}
	return pick(t, pool, ix[:r]), true, nil
}
