package builtin

import "gilt/vm/object"

// Module itertools: iterators that need one step of another for one of theirs. The combinatoric ones are in combinatorics.go, tee and
// groupby in itertools_buffer.go, those that select elements in itertools_select.go.

func init() { register("itertools", makeItertools) }

func makeItertools(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "itertools", "Functional tools for creating and using iterators.")
	for _, k := range itertoolsKinds {
		x := iterType(t, m, k)
		if k.name == "chain" {
			// Once the module is imported, nothing of the class changes any more: it is made ready with this method in place.
			x.Def(t.Interp, "from_iterable", t.NewClassMethod(object.NewBuiltin("from_iterable",
				func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
					if err := wantArgs(t, "chain.from_iterable", 2, 2, args, kw); err != nil {
						return object.Unset, err
					}
					it, err := object.Iter(t, args[1])
					if err != nil {
						return object.Unset, err
					}
					return newCells(t, x, it, object.Unset).value(), nil
				}).Value()))
		}
		if k.name == "count" || k.name == "repeat" {
			reprIterator(x, k.name)
		}
	}
	makeGroupby(t, m)
	makeTee(t, m)
	if t.Interp.Dialect2 {
		ts := &t.Interp.Types
		set(t, m, "izip", ts.Zip.Value())
		set(t, m, "ifilter", ts.Filter.Value())
		addFunc(t, m, fixed("imap", 2, -1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			if a[0].IsNone() { // tuples
				return object.Call(t, ts.Zip.Value(), a[1:]...)
			}
			return object.Call(t, ts.Map.Value(), a...)
		}))
		for old, now := range map[string]string{"izip_longest": "zip_longest", "ifilterfalse": "filterfalse"} {
			v, _, err := m.NS.Get(t, t.Intern(now))
			if err != nil {
				return nil, err
			}
			set(t, m, old, v)
		}
	}
	return m, nil
}

var itertoolsKinds = []iterKind{
	{name: "count", make: countMake, next: countNext},
	{name: "cycle", make: cycleMake, next: cycleNext},
	{name: "repeat", make: repeatMake, next: repeatNext},
	{name: "chain", make: chainMake, next: chainNext},
	{name: "accumulate", make: accumulateMake, next: accumulateNext},
	{name: "compress", make: compressMake, next: compressNext},
	{name: "dropwhile", make: twoMake("dropwhile", false), next: dropwhileNext},
	{name: "takewhile", make: twoMake("takewhile", false), next: takewhileNext},
	{name: "filterfalse", make: twoMake("filterfalse", false), next: filterfalseNext},
	{name: "starmap", make: twoMake("starmap", false), next: starmapNext},
	{name: "islice", make: isliceMake, next: isliceNext},
	{name: "pairwise", make: pairwiseMake, next: pairwiseNext},
	{name: "zip_longest", make: zipLongestMake, next: zipLongestNext},
	{name: "batched", make: batchedMake, next: batchedNext},
	{name: "product", make: productMake, next: productNext},
	{name: "permutations", make: permutationsMake, next: permutationsNext},
	{name: "combinations", make: combinationsMake, next: combinationsNext},
	{name: "combinations_with_replacement", make: replacementsMake, next: replacementsNext},
}

// reprIterator is the repr of count and repeat.
func reprIterator(x *object.Type, name string) {
	x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		o := asCells(v)
		a, err := o.load(t, 0)
		if err != nil {
			return "", err
		}
		b, err := o.load(t, 1)
		if err != nil {
			return "", err
		}
		r, err := object.Repr(t, a)
		if err != nil {
			return "", err
		}
		if name == "count" && b == object.Int(1) || name == "repeat" && b.IsUnset() {
			return name + "(" + r + ")", nil
		}
		s, err := object.Repr(t, b)
		return name + "(" + r + ", " + s + ")", err
	}
}

// count: 0 next number, 1 step.
func countMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "count", args, kw, []string{"start", "step"}, 0, a[:]); err != nil {
		return nil, err
	}
	if a[0].IsUnset() {
		a[0] = object.Int(0)
	}
	if a[1].IsUnset() {
		a[1] = object.Int(1)
	}
	for _, v := range a {
		if !isNumber(t, v) {
			return nil, object.TypeErrorf(t, "a number is required")
		}
	}
	return newCells(t, typ, a[0], a[1]), nil
}

// isNumber says whether v supports the number protocol.
func isNumber(t *object.Thread, v object.Value) bool {
	switch v.Kind() {
	case object.KindInt, object.KindFloat, object.KindBool, object.KindBigInt, object.KindComplex:
		return true
	}
	for _, id := range []object.SpecialID{object.SpIndex, object.SpInt, object.SpFloat} {
		if _, ok := object.LookupSpecial(t, object.TypeOf(t, v), id); ok {
			return true
		}
	}
	return false
}

func countNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	v, err := o.load(t, 0)
	if err != nil {
		return v, false, err
	}
	step, err := o.load(t, 1)
	if err != nil {
		return v, false, err
	}
	next, err := object.Binary(t, object.OpAdd, v, step)
	if err != nil {
		return v, false, err
	}
	return v, true, o.store(t, 0, next)
}

// cycle: 0 iterator, Unset when exhausted; 1 list of what it gave; 2 position.
func cycleMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	if err := wantArgs(t, "cycle", 1, 1, args, kw); err != nil {
		return nil, err
	}
	it, err := object.Iter(t, args[0])
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, it, t.NewList(nil), object.Int(0)), nil
}

func cycleNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	it, err := o.load(t, 0)
	if err != nil {
		return it, false, err
	}
	l, _ := object.AsList(o.c[1])
	if !it.IsUnset() {
		v, ok, err := object.Next(t, it)
		if err != nil {
			return v, false, err
		}
		if ok {
			return v, true, l.Append(t, v)
		}
		if err := o.store(t, 0, object.Unset); err != nil {
			return v, false, err
		}
	}
	i, err := o.loadInt(t, 2)
	if err != nil {
		return object.Unset, false, err
	}
	v, ok, err := l.Get(t, int(i))
	if err != nil {
		return v, false, err
	}
	if !ok {
		i = 0
		if v, ok, err = l.Get(t, 0); err != nil || !ok {
			return v, false, err
		}
	}
	return v, true, o.store(t, 2, object.Int(i+1))
}

// repeat: 0 object, 1 times left or Unset.
func repeatMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "repeat", args, kw, []string{"object", "times"}, 1, a[:]); err != nil {
		return nil, err
	}
	if !a[1].IsUnset() {
		n, err := object.IndexInt(t, a[1])
		if err != nil {
			return nil, err
		}
		a[1] = object.Int(int64(max(n, 0)))
	}
	return newCells(t, typ, a[0], a[1]), nil
}

func repeatNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	n, err := o.load(t, 1)
	if err != nil || n.IsUnset() {
		return o.c[0], err == nil, err
	}
	if n.AsInt() <= 0 {
		return object.Unset, false, nil
	}
	return o.c[0], true, o.store(t, 1, object.Int(n.AsInt()-1))
}

// chain: 0 iterator over iterables, Unset at the end; 1 present iterator or Unset.
func chainMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	if err := noKw(t, "chain", kw); err != nil {
		return nil, err
	}
	it, err := object.Iter(t, t.NewTuple(append([]object.Value(nil), args...)...))
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, it, object.Unset), nil
}

func chainNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	for {
		cur, err := o.load(t, 1)
		if err != nil {
			return cur, false, err
		}
		if cur.IsUnset() {
			outer, err := o.load(t, 0)
			if err != nil || outer.IsUnset() {
				return outer, false, err
			}
			x, ok, err := object.Next(t, outer)
			if err != nil {
				return x, false, err
			}
			if !ok {
				return object.Unset, false, o.store(t, 0, object.Unset)
			}
			if cur, err = object.Iter(t, x); err != nil {
				return cur, false, err
			}
			if err := o.store(t, 1, cur); err != nil {
				return cur, false, err
			}
		}
		v, ok, err := object.Next(t, cur)
		if err != nil || ok {
			return v, ok, err
		}
		if err := o.store(t, 1, object.Unset); err != nil {
			return v, false, err
		}
	}
}

// accumulate: 0 iterator, 1 function or None, 2 total or Unset, 3 initial or Unset.
func accumulateMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	var a [3]object.Value
	if len(args) > 2 {
		return nil, object.TypeErrorf(t, "accumulate() takes at most 2 positional arguments (%d given)", len(args))
	}
	if err := object.ParseArgs(t, "accumulate", args, kw, []string{"iterable", "func", "initial"}, 1, a[:]); err != nil {
		return nil, err
	}
	it, err := object.Iter(t, a[0])
	if err != nil {
		return nil, err
	}
	if a[1].IsUnset() {
		a[1] = object.None
	}
	if a[2].IsNone() {
		a[2] = object.Unset
	}
	return newCells(t, typ, it, a[1], object.Unset, a[2]), nil
}

func accumulateNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	if first, err := o.load(t, 3); err != nil {
		return first, false, err
	} else if !first.IsUnset() {
		if err := o.store(t, 3, object.Unset); err != nil {
			return first, false, err
		}
		return first, true, o.store(t, 2, first)
	}
	v, ok, err := object.Next(t, o.c[0])
	if err != nil || !ok {
		return v, false, err
	}
	total, err := o.load(t, 2)
	if err != nil {
		return v, false, err
	}
	if !total.IsUnset() {
		if fn := o.c[1]; fn.IsNone() {
			v, err = object.Binary(t, object.OpAdd, total, v)
		} else {
			v, err = object.Call(t, fn, total, v)
		}
		if err != nil {
			return v, false, err
		}
	}
	return v, true, o.store(t, 2, v)
}

func starmapNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	v, ok, err := object.Next(t, o.c[1])
	if err != nil || !ok {
		return v, false, err
	}
	args, err := object.ToSlice(t, v)
	if err != nil {
		return v, false, err
	}
	r, err := t.VM.Call(t, o.c[0], args, nil)
	return r, err == nil, err
}

// pairwise: 0 iterator, 1 last element or Unset.
func pairwiseMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	if err := wantArgs(t, "pairwise", 1, 1, args, kw); err != nil {
		return nil, err
	}
	it, err := object.Iter(t, args[0])
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, it, object.Unset), nil
}

func pairwiseNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	old, err := o.load(t, 1)
	if err != nil {
		return old, false, err
	}
	if old.IsUnset() {
		var ok bool
		if old, ok, err = object.Next(t, o.c[0]); err != nil || !ok {
			return old, false, err
		}
	}
	v, ok, err := object.Next(t, o.c[0])
	if err != nil || !ok {
		return v, false, err
	}
	return t.NewTuple(old, v), true, o.store(t, 1, v)
}

// zip_longest: 0 list of iterators, None for exhausted ones; 1 fill value; 2 number of live ones.
func zipLongestMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	fill := object.None
	if kw != nil {
		for i, n := range kw.Names {
			if n != "fillvalue" {
				return nil, object.TypeErrorf(t, "zip_longest() got an unexpected keyword argument")
			}
			fill = kw.Values[i]
		}
	}
	its := make([]object.Value, len(args))
	for i, a := range append([]object.Value(nil), args...) {
		it, err := object.Iter(t, a)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return newCells(t, typ, t.NewList(its), fill, object.Int(int64(len(its)))), nil
}

func zipLongestNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	live, err := o.loadInt(t, 2)
	if err != nil || live == 0 {
		return object.Unset, false, err
	}
	l, _ := object.AsList(o.c[0])
	its, err := l.Copy(t)
	if err != nil {
		return object.Unset, false, err
	}
	out := make([]object.Value, len(its))
	for i, it := range its {
		out[i] = o.c[1]
		if it.IsNone() {
			continue
		}
		v, ok, err := object.Next(t, it)
		if err != nil {
			if e := o.store(t, 2, object.Int(0)); e != nil {
				return object.Unset, false, e
			}
			return object.Unset, false, err
		}
		if ok {
			out[i] = v
			continue
		}
		if live--; live == 0 {
			return object.Unset, false, o.store(t, 2, object.Int(0))
		}
		if err := l.SetIndex(t, int64(i), object.None); err != nil {
			return object.Unset, false, err
		}
		if err := o.store(t, 2, object.Int(live)); err != nil {
			return object.Unset, false, err
		}
	}
	return t.NewTuple(out...), true, nil
}

// batched: 0 iterator or Unset, 1 size, 2 strict.
func batchedMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	var a [3]object.Value
	if err := object.ParseArgs(t, "batched", args, kw, []string{"iterable", "n", "strict"}, 2, a[:]); err != nil {
		return nil, err
	}
	n, err := object.IndexInt(t, a[1])
	if err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, object.ValueErrorf(t, "n must be at least one")
	}
	strict := false
	if !a[2].IsUnset() {
		if strict, err = object.Truth(t, a[2]); err != nil {
			return nil, err
		}
	}
	it, err := object.Iter(t, a[0])
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, it, object.Int(int64(n)), object.Bool(strict)), nil
}

func batchedNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	it, err := o.load(t, 0)
	if err != nil || it.IsUnset() {
		return it, false, err
	}
	n := int(o.c[1].AsInt())
	out := make([]object.Value, 0, min(n, 1024))
	for len(out) < n {
		v, ok, err := object.Next(t, it)
		if err != nil {
			return v, false, err
		}
		if !ok {
			if err := o.store(t, 0, object.Unset); err != nil {
				return v, false, err
			}
			if len(out) == 0 {
				return v, false, nil
			}
			if o.c[2].AsBool() {
				return v, false, object.ValueErrorf(t, "batched(): incomplete batch")
			}
			break
		}
		out = append(out, v)
	}
	return t.NewTuple(out...), true, nil
}
