package builtin

import "gilt/vm/object"

// Module itertools: groupby and tee, which keep what several iterators have to see.

// makeGroupby adds groupby. Its cells: 0 iterator, 1 key function or None, 2 key of the present group, 3 key of the current
// element, 4 current element (Unset: none), 5 number of the present group. A group's: 0 its groupby, 1 its key, 2 its number.
func makeGroupby(t *object.Thread, m *object.Module) {
	var group *object.Type
	// step reads an element and its key.
	step := func(t *object.Thread, g *cells) (bool, error) {
		v, ok, err := object.Next(t, g.c[0])
		if err != nil || !ok {
			return false, err
		}
		k := v
		if fn := g.c[1]; !fn.IsNone() {
			if k, err = object.Call(t, fn, v); err != nil {
				return false, err
			}
		}
		if err := g.store(t, 3, k); err != nil {
			return false, err
		}
		return true, g.store(t, 4, v)
	}
	same := func(t *object.Thread, g *cells, key object.Value) (bool, error) {
		cur, err := g.load(t, 3)
		if err != nil || cur.IsUnset() || key.IsUnset() {
			return false, err
		}
		return object.Equal(t, key, cur)
	}
	iterType(t, m, iterKind{name: "groupby",
		make: func(t *object.Thread, typ *object.Type, args []object.Value, kw *object.Kwargs) (*cells, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "groupby", args, kw, []string{"iterable", "key"}, 1, a[:]); err != nil {
				return nil, err
			}
			if a[1].IsUnset() {
				a[1] = object.None
			}
			it, err := object.Iter(t, a[0])
			if err != nil {
				return nil, err
			}
			return newCells(t, typ, it, a[1], object.Unset, object.Unset, object.Unset, object.Int(0)), nil
		},
		next: func(t *object.Thread, g *cells) (object.Value, bool, error) {
			target, err := g.load(t, 2)
			if err != nil {
				return target, false, err
			}
			// Skip what is left of the present group.
			for {
				cur, err := g.load(t, 3)
				if err != nil {
					return cur, false, err
				}
				if !cur.IsUnset() {
					eq, err := same(t, g, target)
					if err != nil {
						return cur, false, err
					}
					if !eq {
						break
					}
				}
				if ok, err := step(t, g); err != nil || !ok {
					return cur, false, err
				}
			}
			key, err := g.load(t, 3)
			if err != nil {
				return key, false, err
			}
			n, err := g.loadInt(t, 5)
			if err != nil {
				return key, false, err
			}
			if err := g.store(t, 2, key); err != nil {
				return key, false, err
			}
			if err := g.store(t, 5, object.Int(n+1)); err != nil {
				return key, false, err
			}
			return t.NewTuple(key, newCells(t, group, g.value(), key, object.Int(n+1)).value()), true, nil
		},
	})
	group = newType(t, "itertools", "_grouper", nil, object.TypeNoSubclass)
	group.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
	addNext2(t.Interp, group)
	group.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
		o := asCells(v)
		g := asCells(o.c[0])
		if n, err := g.load(t, 5); err != nil || n != o.c[2] {
			return n, false, err
		}
		x, err := g.load(t, 4)
		if err != nil {
			return x, false, err
		}
		if x.IsUnset() {
			if ok, err := step(t, g); err != nil || !ok {
				return x, false, err
			}
			if x, err = g.load(t, 4); err != nil {
				return x, false, err
			}
		}
		if eq, err := same(t, g, o.c[1]); err != nil || !eq {
			return x, false, err
		}
		return x, true, g.store(t, 4, object.Unset)
	}
	group.Ready(t.Interp)
}

// makeTee adds tee. Its iterators walk along a linked list of cells (0 value, 1 next cell), whose end the first to get there
// extends. An iterator's cells: 0 the source, 1 the next cell.
func makeTee(t *object.Thread, m *object.Module) {
	link := newType(t, "itertools", "_tee_dataobject", nil, object.TypeNoSubclass)
	link.Ready(t.Interp)
	x := newType(t, "itertools", "_tee", nil, object.TypeNoSubclass)
	fork := func(t *object.Thread, src, at object.Value) object.Value { return newCells(t, x, src, at).value() }
	begin := func(t *object.Thread, it object.Value) object.Value {
		return newCells(t, link, object.Unset, object.Unset).value()
	}
	x.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
	addNext2(t.Interp, x)
	x.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
		o := asCells(v)
		at, err := o.load(t, 1)
		if err != nil {
			return at, false, err
		}
		c := asCells(at)
		if l := lock(t, &c.Mut); l != nil {
			defer unlock(t, l)
		}
		y, err := c.load(t, 0)
		if err != nil {
			return y, false, err
		}
		if y.IsUnset() {
			var ok bool
			if y, ok, err = object.Next(t, o.c[0]); err != nil || !ok {
				return y, false, err
			}
			if err := c.store(t, 1, begin(t, object.Unset)); err != nil {
				return y, false, err
			}
			if err := c.store(t, 0, y); err != nil {
				return y, false, err
			}
		}
		next, err := c.load(t, 1)
		if err != nil {
			return y, false, err
		}
		return y, true, o.store(t, 1, next)
	}
	x.Methods(t.Interp, object.M0("__copy__", func(t *object.Thread, self object.Value) (object.Value, error) {
		at, err := asCells(self).load(t, 1)
		return fork(t, asCells(self).c[0], at), err
	}))
	x.Ready(t.Interp)
	addFunc(t, m, fixed("tee", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		n := 2
		if len(a) > 1 {
			var err error
			if n, err = object.IndexInt(t, a[1]); err != nil {
				return object.Unset, err
			}
			if n < 0 {
				return object.Unset, object.ValueErrorf(t, "n must be >= 0")
			}
		}
		it, err := object.Iter(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		out := make([]object.Value, n)
		if n == 0 {
			return t.NewTuple(), nil
		}
		var at object.Value
		if it.Kind() == object.KindNative && it.Header().Type == x {
			if at, err = asCells(it).load(t, 1); err != nil {
				return object.Unset, err
			}
			it = asCells(it).c[0]
		} else {
			at = begin(t, it)
		}
		for i := range out {
			out[i] = fork(t, it, at)
		}
		return t.NewTuple(out...), nil
	}))
	set(t, m, "_tee", x.Value())
}
