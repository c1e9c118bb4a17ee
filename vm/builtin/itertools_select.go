package builtin

import "gilt/vm/object"

// Module itertools: iterators that pass some of the elements of another on.

// compress: 0 data, 1 selectors.
func compressMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "compress", args, kw, []string{"data", "selectors"}, 2, a[:]); err != nil {
		return nil, err
	}
	d, err := object.Iter(t, a[0])
	if err != nil {
		return nil, err
	}
	s, err := object.Iter(t, a[1])
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, d, s), nil
}

func compressNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	for {
		v, ok, err := object.Next(t, o.c[0])
		if err != nil || !ok {
			return v, false, err
		}
		s, ok, err := object.Next(t, o.c[1])
		if err != nil || !ok {
			return v, false, err
		}
		if b, err := object.Truth(t, s); b || err != nil {
			return v, err == nil, err
		}
	}
}

// twoMake is for iterators made of a function and an iterable: 0 function, 1 iterator, 2 False until the state has changed.
func twoMake(name string, state bool) func(*object.Thread, *object.Type, []object.Value, *object.Kwargs) (*cells, error) {
	return func(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
		if err := wantArgs(t, name, 2, 2, args, kw); err != nil {
			return nil, err
		}
		fn := args[0]
		it, err := object.Iter(t, args[1])
		if err != nil {
			return nil, err
		}
		return newCells(t, typ, fn, it, object.Bool(state)), nil
	}
}

// holds calls a predicate.
func holds(t *object.Thread, fn, v object.Value) (bool, error) {
	r, err := object.Call(t, fn, v)
	if err != nil {
		return false, err
	}
	return object.Truth(t, r)
}

func dropwhileNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	for {
		v, ok, err := object.Next(t, o.c[1])
		if err != nil || !ok {
			return v, false, err
		}
		started, err := o.load(t, 2)
		if err != nil || started.AsBool() {
			return v, err == nil, err
		}
		if yes, err := holds(t, o.c[0], v); err != nil {
			return v, false, err
		} else if !yes {
			return v, true, o.store(t, 2, object.True)
		}
	}
}

func takewhileNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	if stopped, err := o.load(t, 2); err != nil || stopped.AsBool() {
		return stopped, false, err
	}
	v, ok, err := object.Next(t, o.c[1])
	if err != nil || !ok {
		return v, false, err
	}
	yes, err := holds(t, o.c[0], v)
	if err != nil || yes {
		return v, yes, err
	}
	return v, false, o.store(t, 2, object.True)
}

func filterfalseNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	for {
		v, ok, err := object.Next(t, o.c[1])
		if err != nil || !ok {
			return v, false, err
		}
		var yes bool
		if fn := o.c[0]; fn.IsNone() || fn == t.Interp.Types.Bool.Value() {
			yes, err = object.Truth(t, v)
		} else {
			yes, err = holds(t, fn, v)
		}
		if err != nil || !yes {
			return v, err == nil, err
		}
	}
}

// islice: 0 iterator or Unset, 1 elements still to skip, 2 elements until the end or -1, 3 step.
func isliceMake(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
	if err := wantArgs(t, "islice", 2, 4, args, kw); err != nil {
		return nil, err
	}
	bound := func(v object.Value, def int64) (int64, bool) {
		if v.IsNone() {
			return def, true
		}
		if v.IsInt() {
			return v.AsInt(), v.AsInt() >= 0
		}
		n, err := object.IndexInt(t, v)
		return int64(n), err == nil && n >= 0
	}
	start, stop, step := object.None, args[1], object.None
	if len(args) > 2 {
		start, stop = args[1], args[2]
	}
	if len(args) > 3 {
		step = args[3]
	}
	e, ok := bound(stop, -1)
	if !ok {
		if len(args) > 2 {
			return nil, object.ValueErrorf(t, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
		}
		return nil, object.ValueErrorf(t, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
	}
	s, ok := bound(start, 0)
	if !ok {
		return nil, object.ValueErrorf(t, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
	}
	k, ok := bound(step, 1)
	if !ok || k < 1 {
		return nil, object.ValueErrorf(t, "Step for islice() must be a positive integer or None.")
	}
	it, err := object.Iter(t, args[0])
	if err != nil {
		return nil, err
	}
	return newCells(t, typ, it, object.Int(s), object.Int(e), object.Int(k)), nil
}

func isliceNext(t *object.Thread, o *cells) (object.Value, bool, error) {
	it, err := o.load(t, 0)
	if err != nil || it.IsUnset() {
		return it, false, err
	}
	skip, err := o.loadInt(t, 1)
	if err != nil {
		return it, false, err
	}
	left, err := o.loadInt(t, 2)
	if err != nil {
		return it, false, err
	}
	stored := skip
	for ; skip > 0 && left != 0; skip-- {
		_, ok, err := object.Next(t, it)
		if err != nil {
			return it, false, err
		}
		if !ok {
			return it, false, o.store(t, 0, object.Unset)
		}
		if left > 0 {
			left--
		}
	}
	if left == 0 {
		return it, false, o.store(t, 0, object.Unset)
	}
	v, ok, err := object.Next(t, it)
	if err != nil {
		return v, false, err
	}
	if !ok {
		return v, false, o.store(t, 0, object.Unset)
	}
	if left > 0 {
		left--
		if err := o.store(t, 2, object.Int(left)); err != nil {
			return v, false, err
		}
	}
	if next := o.c[3].AsInt() - 1; next != stored {
		if err := o.store(t, 1, object.Int(next)); err != nil {
			return v, false, err
		}
	}
	return v, true, nil
}
