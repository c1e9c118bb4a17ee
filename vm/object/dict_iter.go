package object

import "unsafe"

// This file iterates over dicts, private and shared.
//
// A dict iterator's cells: Src is the dict; Pos pairs the position with the number of items left; Aux is the number of items
// that the dict must keep having, as long as the iterator walks the private entries, or else a snapshot of the shared
// dict's nodes with the position in it (see sharedStep). An iterator over a private dict that is published in the
// meantime finds its place by the numbers that the nodes have kept from their entries.

// dictPart is what a view or an iterator shows of the items.
type dictPart uint8

const (
	iterKeys dictPart = iota
	iterValues
	iterItems
)

// dictEnd is the position behind all items, of private dicts and of shared ones.
const dictEnd = 1<<31 - 1

// dictBroken is a number of items that no dict has: the iterator goes on failing.
const dictBroken = 1<<31 - 1

// newDictIter makes an iterator over a dict or a namespace.
func newDictIter(t *Thread, src Value, part dictPart, reverse bool) (Value, error) {
	ts := &t.Interp.Types
	cls := [2][3]*Type{
		{ts.DictKeyIterator, ts.DictValueIterator, ts.DictItemIterator},
		{ts.DictReverseKeyIterator, ts.DictReverseValueIterator, ts.DictReverseItemIterator},
	}
	r := 0
	if reverse {
		r = 1
	}
	if src.Kind() == KindNamespace {
		// Namespaces are iterated as they were at the start.
		items, err := (*Namespace)(src.Ref).Items(t)
		if err != nil {
			return Unset, err
		}
		out := make([]Value, len(items))
		for i, it := range items {
			if reverse {
				i = len(items) - 1 - i
			}
			out[i] = part.of(it.Key, it.Val)
		}
		return t.newIter(&tupleIter, cls[r][part], TupleOf(out)).Value(), nil
	}
	d := (*Dict)(src.Ref)
	n, err := d.Len(t)
	if err != nil {
		return Unset, err
	}
	at := 0
	if reverse {
		at = dictEnd
	}
	return t.NewIterator(&dictIters[r][part], cls[r][part], src, pair(at, n), Int(int64(n))).Value(), nil
}

// DictIterAt is an iterator over the keys of a dict that has just been published, behind the first at entries of its private form.
// used is the number of items that it must have, left is how many of them have not been visited.
func DictIterAt(t *Thread, d *Dict, at, used, left int) Value {
	cls := t.Interp.Types.DictKeyIterator
	it := t.NewIterator(&dictIters[0][iterKeys], cls, d.Value(), pair(at, left), Int(int64(used)))
	t.hide(&it.Mut)
	return it.Value()
}

// DictLoop is the iterator of a loop over a dict's keys, which keeps it to itself. Loops over private dicts make none.
func DictLoop(t *Thread, d Value) (Value, error) {
	v, err := newDictIter(t, d, iterKeys, false)
	if err == nil {
		t.hide(&(*Iterator)(v.Ref).Mut)
	}
	return v, err
}

// of is the part of an item.
func (p dictPart) of(key, val Value) Value {
	switch p {
	case iterKeys:
		return key
	case iterValues:
		return val
	}
	return NewTuple(key, val)
}

// dictIters are the kinds of dict iterators: [0] forward, [1] reverse.
var dictIters = [2][3]IterKind{
	{dictIterKind(iterKeys, false), dictIterKind(iterValues, false), dictIterKind(iterItems, false)},
	{dictIterKind(iterKeys, true), dictIterKind(iterValues, true), dictIterKind(iterItems, true)},
}

func dictIterKind(part dictPart, reverse bool) IterKind {
	return IterKind{
		Next: func(t *Thread, it *Iterator) (Value, bool, error) { return it.dictNext(t, part, reverse) },
		Hint: func(t *Thread, it *Iterator) (int, error) {
			src, err := it.LoadSrc(t)
			if err != nil || src.IsUnset() {
				return 0, err
			}
			p, err := it.LoadPos(t)
			_, left := unpair(p)
			return max(left, 0), err
		},
	}
}

var dictItemsIter = &dictIters[0][iterItems]

// nextItem is a step of dictItemsIter: the two values of its tuple.
func (it *Iterator) nextItem(t *Thread) (k, v Value, ok bool, err error) {
	if it.Meta == uint64(KindIterator)|t.Epoch && it.Src.Word() == uint32(KindDict) {
		d := (*Dict)(it.Src.Ref)
		if at, left := unpair(it.Pos); it.Aux.IsInt() && int(it.Aux.AsInt()) == d.used && left > 0 {
			if e := d.next(&at); e != nil {
				it.Pos = pair(at, left-1)
				return e.key, e.val, true, nil
			}
		}
	}
	x, ok, err := it.dictNext(t, iterItems, false)
	if err != nil || !ok {
		return Unset, Unset, false, err
	}
	items := (*Tuple)(x.Ref).Items
	return items[0], items[1], true, nil
}

func (it *Iterator) dictNext(t *Thread, part dictPart, reverse bool) (Value, bool, error) {
	src, err := it.LoadSrc(t)
	if err != nil || src.IsUnset() {
		return Unset, false, err
	}
	d := (*Dict)(src.Ref)
	if !d.private() {
		return it.sharedStep(t, d, part, reverse)
	}
	if it.Aux.Ref != nil {
		// The dict was shared when the iterator last looked at it, and has been claimed since.
		if err := it.StoreAux(t, Int(int64((*dictCursor)(it.Aux.Ref).used))); err != nil {
			return Unset, false, err
		}
	}
	if int(it.Aux.AsInt()) != d.used {
		if err := it.StoreAux(t, Int(dictBroken)); err != nil {
			return Unset, false, err
		}
		return Unset, false, RuntimeErrorf(t, "dictionary changed size during iteration")
	}
	at, left := unpair(it.Pos)
	var e *dictEntry
	if reverse {
		at = min(at, len(d.entries))
		for at > 0 && e == nil {
			at--
			if !d.entries[at].key.IsUnset() {
				e = &d.entries[at]
			}
		}
	} else {
		e = d.next(&at)
	}
	if e == nil {
		return Unset, false, it.Finish(t)
	}
	if left <= 0 && !reverse {
		if err := it.Finish(t); err != nil {
			return Unset, false, err
		}
		return Unset, false, RuntimeErrorf(t, "dictionary keys changed during iteration")
	}
	if err := it.StorePos(t, pair(at, left-1)); err != nil {
		return Unset, false, err
	}
	return part.of(e.key, e.val), true, nil
}

// dictCursor is where an iterator is in a snapshot of a shared dict: nodes[:at] have been visited (in reverse: nodes[at:]).
type dictCursor struct {
	Header
	root *sharedDict // what the dict's shared state was then
	snap *dictSnap
	used int
}

// sharedStep is dictNext for a shared dict.
func (it *Iterator) sharedStep(t *Thread, d *Dict, part dictPart, reverse bool) (Value, bool, error) {
	aux, err := it.LoadAux(t)
	if err != nil {
		return Unset, false, err
	}
	pos, err := it.LoadPos(t)
	if err != nil {
		return Unset, false, err
	}
	at, left := unpair(pos)
	var old, snap *dictSnap
	used, anew := 0, false
	if aux.IsInt() {
		used = int(aux.AsInt())
	} else {
		c := (*dictCursor)(aux.Ref)
		old, used = c.snap, c.used
		if c.root != d.shared { // claimed and published again since: places are numbered anew, in the same order
			old, anew = nil, true
		}
	}
	if snap, err = d.upToDate(t, old); err != nil {
		return Unset, false, err
	}
	if len(snap.nodes) != used {
		if err := it.StoreAux(t, Int(dictBroken)); err != nil {
			return Unset, false, err
		}
		return Unset, false, RuntimeErrorf(t, "dictionary changed size during iteration")
	}
	if snap != old {
		if anew {
			at = min(at, len(snap.nodes))
		} else if at == dictEnd {
			at = len(snap.nodes)
		} else if old == nil {
			at = snap.fromEntry(at)
		} else if snap.changes != old.changes {
			at = snap.from(old, at, reverse)
		}
		c := &dictCursor{Header{Meta: tableMeta(tableSnap)}, d.shared, snap, used}
		if err := it.StoreAux(t, Value{Ref: unsafe.Pointer(c)}); err != nil {
			return Unset, false, err
		}
	}
	i := at
	if reverse {
		i--
		at -= 2
	}
	if i < 0 || i >= len(snap.nodes) {
		return Unset, false, it.Finish(t)
	}
	if left <= 0 && !reverse {
		if err := it.Finish(t); err != nil {
			return Unset, false, err
		}
		return Unset, false, RuntimeErrorf(t, "dictionary keys changed during iteration")
	}
	n := snap.nodes[i].node
	v := Unset
	if part != iterKeys {
		if v, err = d.nodeValue(t, n); err != nil {
			return Unset, false, err
		}
	}
	return part.of(n.key, v), true, it.StorePos(t, pair(at+1, left-1))
}

// fromEntry is the first node that does not come from an entry before k of the private dict.
func (s *dictSnap) fromEntry(k int) int {
	for i, e := range s.nodes {
		if e.stamp != 0 || e.node.order() >= uint64(k) {
			return i
		}
	}
	return len(s.nodes)
}

// from is the position in s that corresponds to at in an older snapshot.
func (s *dictSnap) from(old *dictSnap, at int, reverse bool) int {
	if reverse {
		if at >= len(old.nodes) {
			return len(s.nodes)
		}
		last := old.nodes[at]
		last.stamp = last.node.stampNow()
		for i, e := range s.nodes {
			if compareNodes(e, last) >= 0 {
				return i
			}
		}
		return len(s.nodes)
	}
	if at == 0 {
		return 0
	}
	last := old.nodes[at-1]
	last.stamp = last.node.stampNow()
	for i, e := range s.nodes {
		if compareNodes(e, last) > 0 {
			return i
		}
	}
	return len(s.nodes)
}
