package object

// The builtin classes whose values are iterators: enumerate, zip, map, filter, reversed.

// each of these keeps the iterators that it draws from in Src: one, or a tuple of them.

var enumerateIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		n, v, ok, err := enumerateNext(t, it)
		if err != nil || !ok {
			return Unset, false, err
		}
		return NewTuple(n, v), true, nil
	},
}

// enumerateNext is a step of enumerate: the two values of its tuple.
func enumerateNext(t *Thread, it *Iterator) (n, v Value, ok bool, err error) {
	if it.Meta == uint64(KindIterator)|t.Epoch && it.Src.Kind() == KindIterator {
		if n = it.Pos; n.IsInt() && n.AsInt() != 1<<63-1 {
			if v, ok = (*Iterator)(it.Src.Ref).stepDirect(t); ok {
				it.Pos.Bits++
				return n, v, true, nil
			}
		}
	}
	src, err := it.LoadSrc(t)
	if err != nil || src.IsUnset() {
		return Unset, Unset, false, err
	}
	if v, ok, err = Next(t, src); err != nil || !ok {
		return Unset, Unset, false, err
	}
	if n, err = it.LoadPos(t); err != nil {
		return Unset, Unset, false, err
	}
	if it.Meta == uint64(KindIterator)|t.Epoch && n.IsInt() && n.AsInt() != 1<<63-1 {
		it.Pos.Bits++
		return n, v, true, nil
	}
	next := Int(n.AsInt() + 1)
	if !n.IsInt() || n.AsInt() == 1<<63-1 {
		if next, err = Binary(t, OpAdd, n, Int(1)); err != nil {
			return Unset, Unset, false, err
		}
	}
	return n, v, true, it.StorePos(t, next)
}

// YieldsPairs says whether NextPair can advance v: an enumerate, a zip of two, or the items of a dict.
func YieldsPairs(t *Thread, v Value) bool {
	if v.Kind() != KindIterator {
		return false
	}
	it := (*Iterator)(v.Ref)
	if it.Type.Flags&TypeUser != 0 {
		return false
	}
	if it.Kind == &zipIter {
		src, err := it.LoadSrc(t)
		return err == nil && src.Word() == uint32(KindTuple) && len((*Tuple)(src.Ref).Items) == 2
	}
	return it.Kind == &enumerateIter || it.Kind == dictItemsIter
}

// NextPair is Next for iterators whose values are pairs that are taken apart at once: it makes no tuple. The iterator is one of
// those that YieldsPairs accepts.
func NextPair(t *Thread, v Value) (a, b Value, ok bool, err error) {
	it := (*Iterator)(v.Ref)
	if it.Kind == &enumerateIter {
		return enumerateNext(t, it)
	}
	if it.Kind == dictItemsIter {
		return it.nextItem(t)
	}
	src, err := it.LoadSrc(t)
	if err != nil || src.IsUnset() {
		return Unset, Unset, false, err
	}
	its := (*Tuple)(src.Ref).Items
	if a, ok, err = Next(t, its[0]); err == nil && !ok {
		return Unset, Unset, false, zipEnd(t, it, its, 0)
	} else if err != nil {
		return Unset, Unset, false, err
	}
	if b, ok, err = Next(t, its[1]); err == nil && !ok {
		return Unset, Unset, false, zipEnd(t, it, its, 1)
	}
	return a, b, ok, err
}

var zipIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, err := it.LoadSrc(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		its := (*Tuple)(src.Ref).Items
		if len(its) == 0 {
			return Unset, false, nil
		}
		var few [4]Value
		out := few[:0]
		for i, x := range its {
			v, ok, err := Next(t, x)
			if err != nil {
				return Unset, false, err
			}
			if !ok {
				return Unset, false, zipEnd(t, it, its, i)
			}
			out = append(out, v)
		}
		return NewTuple(out...), true, nil
	},
}

// zipEnd ends a zip whose i-th iterator is exhausted; strict ones check that all others are, too.
func zipEnd(t *Thread, it *Iterator, its []Value, i int) error {
	if err := it.Finish(t); err != nil {
		return err
	}
	if it.Aux.IsUnset() {
		return nil
	}
	plural := func(n int) string {
		if n == 1 {
			return " "
		}
		return "s 1-"
	}
	if i > 0 {
		return ValueErrorf(t, "zip() argument %d is shorter than argument%s%d", i+1, plural(i), i)
	}
	for j := 1; j < len(its); j++ {
		_, ok, err := Next(t, its[j])
		if err != nil {
			return err
		}
		if ok {
			return ValueErrorf(t, "zip() argument %d is longer than argument%s%d", j+1, plural(j), j)
		}
	}
	return nil
}

var mapIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, err := it.LoadSrc(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		var few [4]Value
		args := few[:0]
		for _, x := range (*Tuple)(src.Ref).Items {
			v, ok, err := Next(t, x)
			if err != nil || !ok {
				return Unset, false, err
			}
			args = append(args, v)
		}
		fn, err := it.LoadAux(t)
		if err != nil {
			return Unset, false, err
		}
		v, err := Call(t, fn, args...)
		if err != nil {
			if _, stop := Catch(t, err, t.Interp.Types.StopIteration); stop {
				return Unset, false, nil
			}
			return Unset, false, err
		}
		return v, true, nil
	},
}

var filterIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, err := it.LoadSrc(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		fn, err := it.LoadAux(t)
		if err != nil {
			return Unset, false, err
		}
		for {
			v, ok, err := Next(t, src)
			if err != nil || !ok {
				return Unset, false, err
			}
			keep := v
			if !fn.IsNone() {
				if keep, err = Call(t, fn, v); err != nil {
					return Unset, false, err
				}
			}
			yes, err := Truth(t, keep)
			if err != nil {
				return Unset, false, err
			}
			if yes {
				return v, true, nil
			}
		}
	},
}

// iterators makes a tuple of the iterators of the arguments.
func iterators(t *Thread, name string, args []Value) (Value, error) {
	its := make([]Value, len(args))
	for i, a := range args {
		it, err := Iter(t, a)
		if err != nil {
			if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok && name == "zip" && TypeOf(t, a).Ops.Iter == nil {
				return Unset, TypeErrorf(t, "'%s' object is not iterable", TypeName(t, a))
			}
			return Unset, err
		}
		its[i] = it
	}
	return TupleOf(its), nil
}

func (in *Interp) initIterClasses() {
	ts := &in.Types
	for _, c := range []struct {
		cls *Type
		new func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error)
	}{
		{ts.Enumerate, newEnumerate}, {ts.Zip, newZip}, {ts.Map, newMap}, {ts.Filter, newFilter}, {ts.Reversed, newReversed},
	} {
		if c.cls != ts.Reversed {
			in.initIterator(c.cls)
		}
		c.cls.Ops.New = c.new
		c.cls.Ops.InitIsNew = true
	}
}

func newEnumerate(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if len(args) == 1 && kw == nil {
		if kind, it := args[0].Word(), (*Iterator)(nil); kind == uint32(KindTuple) || kind == uint32(KindList) {
			both := &struct{ inner, outer Iterator }{} // one allocation
			if it = &both.inner; kind == uint32(KindTuple) {
				*it = Iterator{Mut: t.NewMut(KindIterator, t.Interp.Types.TupleIterator), Kind: &tupleIter}
			} else {
				*it = Iterator{Mut: t.NewMut(KindIterator, t.Interp.Types.ListIterator), Kind: &listIter}
			}
			it.Src, it.Pos, it.Aux = args[0], Int(0), Unset
			both.outer = Iterator{Mut: t.NewMut(KindIterator, cls), Kind: &enumerateIter, Src: it.Value(), Pos: Int(0), Aux: Unset}
			return both.outer.Value(), nil
		}
		it, err := Iter(t, args[0])
		if err != nil {
			return Unset, err
		}
		return t.NewIterator(&enumerateIter, cls, it, Int(0), Unset).Value(), nil
	}
	var a [2]Value
	if err := ParseArgs(t, "enumerate", args, kw, []string{"iterable", "start"}, 1, a[:]); err != nil {
		return Unset, err
	}
	start := Int(0)
	if !a[1].IsUnset() {
		var err error
		if start, err = Index(t, a[1]); err != nil {
			return Unset, err
		}
	}
	it, err := Iter(t, a[0])
	if err != nil {
		return Unset, err
	}
	return t.NewIterator(&enumerateIter, cls, it, start, Unset).Value(), nil
}

func newZip(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	strict := Unset
	if kw != nil {
		for i, n := range kw.Names {
			if n != "strict" {
				return Unset, TypeErrorf(t, "zip() got an unexpected keyword argument '%s'", n)
			}
			yes, err := Truth(t, kw.Values[i])
			if err != nil {
				return Unset, err
			}
			if yes {
				strict = True
			}
		}
	}
	its, err := iterators(t, "zip", args)
	if err != nil {
		return Unset, err
	}
	return t.NewIterator(&zipIter, cls, its, Int(0), strict).Value(), nil
}

func newMap(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if err := NoKwargs(t, "map", kw); err != nil {
		return Unset, err
	}
	if len(args) < 2 {
		return Unset, TypeErrorf(t, "map() must have at least two arguments.")
	}
	its, err := iterators(t, "map", args[1:])
	if err != nil {
		return Unset, err
	}
	return t.NewIterator(&mapIter, cls, its, Int(0), args[0]).Value(), nil
}

func newFilter(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if err := NoKwargs(t, "filter", kw); err != nil {
		return Unset, err
	}
	if len(args) != 2 {
		return Unset, CountError(t, "filter", 2, 2, len(args))
	}
	it, err := Iter(t, args[1])
	if err != nil {
		return Unset, err
	}
	return t.NewIterator(&filterIter, cls, it, Int(0), args[0]).Value(), nil
}

func newReversed(t *Thread, _ *Type, args []Value, kw *Kwargs) (Value, error) {
	if err := NoKwargs(t, "reversed", kw); err != nil {
		return Unset, err
	}
	if len(args) != 1 {
		return Unset, CountError(t, "reversed", 1, 1, len(args))
	}
	v := args[0]
	if it, found, err := Reversed(t, v); err != nil || found {
		return it, err
	}
	typ := TypeOf(t, v)
	if fn, ok := LookupSpecial(t, typ, SpReversed); ok {
		if fn.IsNone() {
			return Unset, TypeErrorf(t, "'%s' object is not reversible", typ.messageName())
		}
		return CallSpecial(t, fn, v)
	}
	_, item := LookupSpecial(t, typ, SpGetItem)
	_, length := LookupSpecial(t, typ, SpLen)
	if !item || !length {
		return Unset, TypeErrorf(t, "'%s' object is not reversible", typ.messageName())
	}
	n, err := Len(t, v)
	if err != nil {
		return Unset, err
	}
	return t.NewReversed(v, n), nil
}
