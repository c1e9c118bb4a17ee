package object

// This file has the builtin iterators. All state of an iterator is in three cells, read and written through the barriers, so
// that iterators work and roll back under every regime, be they private or shared.

// Iterator is an iterator written in Go. What the cells mean is its IterKind's business; by convention Src is what it
// iterates over, Unset once it is exhausted, and Pos how far it has come.
type Iterator struct {
	Mut
	Kind *IterKind
	Src  Value
	Pos  Value
	Aux  Value
}

// IterKind is what iterators of one kind do. Next gives the next value, ok = false at the end. Hint estimates how many are
// left (__length_hint__); nil if it cannot be told.
type IterKind struct {
	Next func(t *Thread, it *Iterator) (v Value, ok bool, err error)
	Hint func(t *Thread, it *Iterator) (int, error)

	direct directKind // steps of private iterators that need no call
}

// directKind names the iterations that stepDirect makes by itself.
type directKind uint8

const (
	directNone directKind = iota
	directList
	directTuple
	directRange
)

// stepDirect is Next without the barriers for an iterator that is private, needs no undo entry and is not at its end; ok is false
// if that is not so.
func (it *Iterator) stepDirect(t *Thread) (v Value, ok bool) {
	if it.Meta != uint64(KindIterator)|t.Epoch {
		return Unset, false
	}
	switch it.Kind.direct {
	case directList:
		if it.Src.Word() == uint32(KindList) {
			if items := (*List)(it.Src.Ref).Items; it.Pos.Bits < uint64(len(items)) {
				v = items[it.Pos.Bits]
				it.Pos.Bits++
				return v, true
			}
		}
	case directTuple:
		if !it.Src.IsUnset() {
			if items := (*Tuple)(it.Src.Ref).Items; it.Pos.Bits < uint64(len(items)) {
				v = items[it.Pos.Bits]
				it.Pos.Bits++
				return v, true
			}
		}
	case directRange:
		if int64(it.Aux.Bits) > 0 {
			v = it.Pos
			it.Aux.Bits--
			it.Pos.Bits += it.Src.Bits
			return v, true
		}
	}
	return Unset, false
}

// NewIterator makes an iterator. Its class's Ops.Next must be IterNext.
func (t *Thread) NewIterator(k *IterKind, cls *Type, src, pos, aux Value) *Iterator {
	return &Iterator{Mut: t.NewMut(KindIterator, cls), Kind: k, Src: src, Pos: pos, Aux: aux}
}

// newIter makes an iterator over src, at position 0.
func (t *Thread) newIter(k *IterKind, cls *Type, src Value) *Iterator {
	return t.NewIterator(k, cls, src, Int(0), Unset)
}

// Value is the iterator as a Python object.
func (it *Iterator) Value() Value { return valueOf(it) }

// IterNext is Ops.Next of classes of Iterators.
func IterNext(t *Thread, v Value) (Value, bool, error) {
	it := (*Iterator)(v.Ref)
	return it.Kind.Next(t, it)
}

// LoadSrc, LoadPos and LoadAux read a cell.
func (it *Iterator) LoadSrc(t *Thread) (Value, error) { return t.Load(&it.Mut, &it.Src) }

// LoadPos reads Pos.
func (it *Iterator) LoadPos(t *Thread) (Value, error) { return t.Load(&it.Mut, &it.Pos) }

// LoadAux reads Aux.
func (it *Iterator) LoadAux(t *Thread) (Value, error) { return t.Load(&it.Mut, &it.Aux) }

// StorePos writes Pos.
func (it *Iterator) StorePos(t *Thread, v Value) error { return t.Store(&it.Mut, &it.Pos, v) }

// StoreAux writes Aux.
func (it *Iterator) StoreAux(t *Thread, v Value) error { return t.Store(&it.Mut, &it.Aux, v) }

// Finish marks the iterator as exhausted: Src becomes Unset.
func (it *Iterator) Finish(t *Thread) error { return t.Store(&it.Mut, &it.Src, Unset) }

// state reads Src and Pos.
func (it *Iterator) state(t *Thread) (src Value, pos int64, err error) {
	if it.Meta&FlagShared == 0 {
		return it.Src, it.Pos.AsInt(), nil
	}
	src, err = t.loadShared(&it.Orec, &it.Src)
	if err != nil || src.IsUnset() {
		return src, 0, err
	}
	p, err := t.loadShared(&it.Orec, &it.Pos)
	return src, p.AsInt(), err
}

var listIter = IterKind{
	direct: directList,
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		v, ok, err := (*List)(src.Ref).Get(t, int(i))
		if err != nil {
			return Unset, false, err
		}
		if !ok {
			return Unset, false, it.Finish(t)
		}
		return v, true, it.StorePos(t, Int(i+1))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		n, err := (*List)(src.Ref).Len(t)
		return max(n-int(i), 0), err
	},
}

// listReverseIter counts Pos down; it starts at the last index.
var listReverseIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		if i >= 0 {
			v, ok, err := (*List)(src.Ref).Get(t, int(i))
			if err != nil {
				return Unset, false, err
			}
			if ok {
				return v, true, it.StorePos(t, Int(i-1))
			}
		}
		return Unset, false, it.Finish(t)
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		n, err := (*List)(src.Ref).Len(t)
		if int(i) >= n {
			return 0, err
		}
		return int(i) + 1, err
	},
}

var tupleIter = IterKind{
	direct: directTuple,
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		items := (*Tuple)(src.Ref).Items
		if int(i) >= len(items) {
			return Unset, false, it.Finish(t)
		}
		return items[i], true, it.StorePos(t, Int(i+1))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		return len((*Tuple)(src.Ref).Items) - int(i), nil
	},
}

// setIter: Pos is the position in the table, Aux the number of elements that the set must keep having, and how many of them
// are left.
var setIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		s := (*Set)(src.Ref)
		n, err := s.Len(t)
		if err != nil {
			return Unset, false, err
		}
		aux, err := it.LoadAux(t)
		if err != nil {
			return Unset, false, err
		}
		used, left := unpair(aux)
		if used != n {
			if err := it.StoreAux(t, pair(setIterBroken, 0)); err != nil {
				return Unset, false, err
			}
			return Unset, false, RuntimeErrorf(t, "Set changed size during iteration")
		}
		v, next, ok, err := s.elementAt(t, int(i))
		if err != nil {
			return Unset, false, err
		}
		if !ok {
			return Unset, false, it.Finish(t)
		}
		if err := it.StoreAux(t, pair(used, left-1)); err != nil {
			return Unset, false, err
		}
		return v, true, it.StorePos(t, Int(int64(next)))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, _, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		aux, err := it.LoadAux(t)
		_, left := unpair(aux)
		return max(left, 0), err
	},
}

// setIterBroken is a number of elements that no set has: the iterator goes on failing.
const setIterBroken = 1<<31 - 1

// pair packs two numbers of up to 31 bits into a cell.
func pair(a, b int) Value { return Value{Bits: uint64(a)<<32 | uint64(uint32(b))} }

func unpair(v Value) (a, b int) { return int(v.Bits >> 32), int(int32(uint32(v.Bits))) }

// elementAt is the element at or after position i of the table, and the position behind it.
func (s *Set) elementAt(t *Thread, i int) (v Value, next int, ok bool, err error) {
	if !s.private() {
		return s.sharedNext(t, i)
	}
	if e := s.next(&i); e != nil {
		return e.key, i, true, nil
	}
	return Unset, i, false, nil
}

// seqIter iterates by __getitem__ with 0, 1, 2, ... until IndexError or StopIteration.
var seqIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		v, err := GetItem(t, src, Int(i))
		if err != nil {
			_, index := Catch(t, err, t.Interp.Types.IndexError)
			_, stop := Catch(t, err, t.Interp.Types.StopIteration)
			if index || stop {
				return Unset, false, it.Finish(t)
			}
			return Unset, false, err
		}
		return v, true, it.StorePos(t, Int(i+1))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		n, err := Len(t, src)
		return max(n-int(i), 0), err
	},
}

func newSeqIterator(t *Thread, v Value) Value {
	return t.newIter(&seqIter, t.Interp.Types.SeqIterator, v).Value()
}

// callIter calls Src until it returns Aux.
var callIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, _, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		v, err := Call(t, src)
		if err != nil {
			if _, stop := Catch(t, err, t.Interp.Types.StopIteration); stop {
				return Unset, false, it.Finish(t)
			}
			return Unset, false, err
		}
		end, err := it.LoadAux(t)
		if err != nil {
			return Unset, false, err
		}
		eq, err := sameOrEqual(t, end, v)
		if err != nil {
			return Unset, false, err
		}
		if eq {
			return Unset, false, it.Finish(t)
		}
		return v, true, nil
	},
}

// NewCallIterator is iter(fn, sentinel).
func (t *Thread) NewCallIterator(fn, sentinel Value) Value {
	return t.NewIterator(&callIter, t.Interp.Types.CallableIterator, fn, Int(0), sentinel).Value()
}

// reversedIter counts down through __getitem__.
var reversedIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		if i >= 0 {
			v, err := GetItem(t, src, Int(i))
			if err == nil {
				return v, true, it.StorePos(t, Int(i-1))
			}
			_, index := Catch(t, err, t.Interp.Types.IndexError)
			_, stop := Catch(t, err, t.Interp.Types.StopIteration)
			if !index && !stop {
				return Unset, false, err
			}
		}
		return Unset, false, it.Finish(t)
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		return int(i) + 1, nil
	},
}

// NewReversed is reversed(v) for a sequence of n elements that has no __reversed__ of its own.
func (t *Thread) NewReversed(v Value, n int) Value {
	return t.NewIterator(&reversedIter, t.Interp.Types.Reversed, v, Int(int64(n)-1), Unset).Value()
}

// Reversed is reversed(v) for the builtin containers; found is false for other classes.
func Reversed(t *Thread, v Value) (it Value, found bool, err error) {
	ts := &t.Interp.Types
	switch v.Kind() {
	case KindList:
		n, err := (*List)(v.Ref).Len(t)
		return t.NewIterator(&listReverseIter, ts.ListReverseIterator, v, Int(int64(n)-1), Unset).Value(), true, err
	case KindTuple:
		return t.NewReversed(v, len((*Tuple)(v.Ref).Items)), true, nil
	case KindRange:
		it, err := (*Range)(v.Ref).reversed(t)
		return it, true, err
	case KindDict, KindNamespace:
		it, err := newDictIter(t, v, iterKeys, true)
		return it, true, err
	case KindDictView:
		w := (*DictView)(v.Ref)
		it, err := newDictIter(t, w.src, w.part, true)
		return it, true, err
	}
	return Unset, false, nil
}

// initIterator completes a class of Iterators.
func (in *Interp) initIterator(cls *Type) {
	cls.Native = KindIterator
	o := cls.Ops
	o.Next = IterNext
	o.Iter = func(t *Thread, v Value) (Value, error) { return v, nil }
	cls.Methods(in, M0("__length_hint__", func(t *Thread, self Value) (Value, error) {
		it := (*Iterator)(self.Ref)
		if it.Kind.Hint == nil {
			return NotImplemented, nil
		}
		n, err := it.Kind.Hint(t, it)
		return Int(int64(n)), err
	}))
}

func (in *Interp) initContainers() {
	in.initTuple()
	in.initList()
	in.initSlice()
	in.initRange()
	in.initDict()
	in.initViews()
	in.initSet()
	in.initDeque()
	for _, cls := range in.iterators() {
		in.initIterator(cls)
	}
	in.initIterClasses()
}

// iterators are the classes of Iterators.
func (in *Interp) iterators() []*Type {
	ts := &in.Types
	return []*Type{ts.ListIterator, ts.ListReverseIterator, ts.TupleIterator, ts.StrIterator, ts.StrASCIIIterator, ts.BytesIterator,
		ts.ByteArrayIterator, ts.RangeIterator, ts.LongRangeIterator, ts.DictKeyIterator, ts.DictValueIterator, ts.DictItemIterator,
		ts.DictReverseKeyIterator, ts.DictReverseValueIterator, ts.DictReverseItemIterator, ts.SetIterator, ts.CallableIterator,
		ts.SeqIterator, ts.Reversed, ts.Enumerate, ts.Zip, ts.Map, ts.Filter, ts.DequeIterator, ts.DequeReverseIterator}
}
