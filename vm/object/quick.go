package object

import (
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// Quick reads of shared lists and dicts in transactions: what a subscript in a loop needs, in one piece. A general read goes
// from cell to cell through the transaction, and looks its record up for each. Here a record is looked at once, all
// cells under it are read, and it is looked at once more. Whatever is unusual (another algorithm, virtual time, a cell that
// the slice has written, a record that is locked or too new) is left to the general way, which says ok = false.

func wordOf(c *Value) *stm.Word { return (*stm.Word)(unsafe.Pointer(c)) }

// quickHead reads the head of a shared list.
func (l *List) quickHead(t *Thread) (st *listStore, start int, v uint64, ok bool) {
	tx := t.Tx
	if v, ok = tx.Look(&l.Orec); !ok {
		return nil, 0, 0, false
	}
	head := &l.shared.head
	h := Value{Ref: atomic.LoadPointer(&head.Ref)}
	h.Bits = atomic.LoadUint64(&head.Bits)
	if tx.Wrote(wordOf(head)) || !tx.Settle(&l.Orec, v) {
		return nil, 0, 0, false
	}
	return (*listStore)(h.Ref), int(h.Bits), v, true
}

// quickGet is element i of a shared list under RegimeSTM; Unset if there is none.
func (l *List) quickGet(t *Thread, i int) (x Value, ok bool) {
	st, start, v, ok := l.quickHead(t)
	if !ok || t.Accesses != nil || uint(i) >= uint(st.places-start) {
		return Unset, false
	}
	i += start
	c := st.first
	if i < chunkLen {
		c = (*Value)(unsafe.Add(unsafe.Pointer(c), uintptr(i)*unsafe.Sizeof(Value{})))
	} else {
		c = (*Value)(unsafe.Add(unsafe.Pointer(st.chunks[i>>chunkBits].base), uintptr(i&(chunkLen-1))*unsafe.Sizeof(Value{})))
	}
	if st.single {
		if t.Tx.Wrote(wordOf(c)) {
			w, ok := t.Tx.Pending(wordOf(c))
			return Value{w.P, w.B}, ok
		}
		x.Ref = atomic.LoadPointer(&c.Ref)
		x.Bits = atomic.LoadUint64(&c.Bits)
		return x, l.Orec.Version() == v
	}
	o := st.chunks[i>>chunkBits].orec
	if st.perSlot() {
		o = (*stm.Orec)(unsafe.Add(unsafe.Pointer(o), uintptr(i&(chunkLen-1))*unsafe.Sizeof(stm.Orec{})))
	}
	w, ok := t.Tx.LoadOnce(o, wordOf(c))
	return Value{w.P, w.B}, ok
}

// quickLen is the length of a shared list under RegimeSTM.
func (l *List) quickLen(t *Thread) (n int, ok bool) {
	if f := &t.containers.list; f.l == l && f.epoch == t.Epoch && t.Tx.Quick() {
		b := atomic.LoadUint64(&f.st.size.Bits)
		if l.Orec.Version() == f.v && !t.Tx.Wrote(wordOf(&f.st.size)) {
			return int(b), true
		}
	}
	if v, ok := t.Tx.Again(&l.Orec); ok && t.Accesses == nil {
		tx, head := t.Tx, &l.shared.head
		st := (*listStore)(atomic.LoadPointer(&head.Ref))
		size, sized := wordOf(&st.size), v
		if !st.single {
			sized, ok = tx.Again(&st.sizeO)
		}
		if ok && !tx.Wrote(wordOf(head)) {
			if tx.Wrote(size) {
				if w, ok := tx.Own(size); ok && l.Orec.Version() == v {
					return int(w.B), true
				}
			} else if b := atomic.LoadUint64(&st.size.Bits); l.Orec.Version() == v && (st.single || st.sizeO.Version() == sized) {
				return int(b), true
			}
		}
	}
	st, _, v, ok := l.quickHead(t)
	if !ok || t.Accesses != nil {
		return 0, false
	}
	if st.single {
		if t.Tx.Wrote(wordOf(&st.size)) {
			w, ok := t.Tx.Pending(wordOf(&st.size))
			return int(w.B), ok
		}
		b := atomic.LoadUint64(&st.size.Bits)
		return int(b), l.Orec.Version() == v
	}
	w, ok := t.Tx.LoadOnce(&st.sizeO, wordOf(&st.size))
	return int(w.B), ok
}

// quickPlace is the cell of element i of a shared list and its record, if there is such an element; ok is false if there is
// none, or the general way must be taken. As in the general way, a store does not look at the element that it replaces.
func (l *List) quickPlace(t *Thread, i int) (o *stm.Orec, c *Value, ok bool) {
	st, start, v, ok := l.quickHead(t)
	if !ok || t.Accesses != nil || uint(i) >= uint(st.places-start) {
		return nil, nil, false
	}
	o, c = l.place(st, start+i)
	switch {
	case o == &l.Orec:
	case !st.perSlot():
		w, ok := t.Tx.LoadOnce(&st.sizeO, wordOf(&st.size))
		return o, c, ok && uint64(i) < w.B
	default:
		if v, ok = t.Tx.Look(o); !ok {
			return nil, nil, false
		}
	}
	if t.Tx.Wrote(wordOf(c)) {
		// The slice's own value is all that there is to know, and the place is under the head, which has been settled.
		w, ok := t.Tx.Pending(wordOf(c))
		return o, c, ok && !Value{w.P, w.B}.IsUnset()
	}
	x := Value{Ref: atomic.LoadPointer(&c.Ref)}
	x.Bits = atomic.LoadUint64(&c.Bits)
	if x.IsUnset() {
		return nil, nil, false
	}
	if o == &l.Orec {
		return o, c, o.Version() == v
	}
	return o, c, t.Tx.Settle(o, v)
}

// SetQuickItem stores v in element i of a shared list, for the interpreter's loop: for what is usual, records that the slice has
// read before. False says nothing, and nothing has happened.
func (l *List) SetQuickItem(t *Thread, i int64, v Value) bool {
	if t.Regime != RegimeSTM || i < 0 {
		return false
	}
	tx := t.Tx
	seen, ok := tx.Again(&l.Orec)
	if !ok || t.Accesses != nil {
		return false
	}
	head := &l.shared.head
	st := (*listStore)(atomic.LoadPointer(&head.Ref))
	at := uint(i) + uint(atomic.LoadUint64(&head.Bits))
	if at >= uint(st.places) || st.perSlot() || tx.Wrote(wordOf(head)) {
		return false
	}
	o, c := l.place(st, int(at))
	if tx.Wrote(wordOf(c)) {
		w, ok := tx.Own(wordOf(c))
		return ok && l.Orec.Version() == seen && !Value{w.P, w.B}.IsUnset() && tx.SetOwn(wordOf(c), stm.Word{P: v.Ref, B: v.Bits})
	}
	if st.single {
		x := Value{Ref: atomic.LoadPointer(&c.Ref)}
		x.Bits = atomic.LoadUint64(&c.Bits)
		ok = !x.IsUnset()
	} else {
		// As in the general way, a store does not look at the element that it replaces.
		var sized uint64
		if sized, ok = tx.Again(&st.sizeO); ok {
			n := atomic.LoadUint64(&st.size.Bits)
			ok = !tx.Wrote(wordOf(&st.size)) && st.sizeO.Version() == sized && uint64(i) < n
		}
	}
	if !ok || l.Orec.Version() != seen {
		return false
	}
	return tx.Store(o, wordOf(c), stm.Word{P: v.Ref, B: v.Bits})
}

// locatedList remembers a list under one record that the slice has read more than once: its first chunk, and the version of its record that
// is in the read log of the running attempt. While the record has that version only the cells can differ, by what the slice
// itself has written.
type locatedList struct {
	l     *List
	st    *listStore
	first *Value // element 0
	n     uint   // places from there on in the chunk
	v     uint64
	epoch uint64
}

// seen remembers the list, whose head the slice has not written.
func (f *locatedList) seen(t *Thread, l *List, st *listStore, start uint, v uint64) {
	f.l, f.st, f.v, f.epoch, f.n = l, st, v, t.Epoch, min(uint(st.places), chunkLen)-start
	f.first = (*Value)(unsafe.Add(unsafe.Pointer(st.first), start*uint(unsafe.Sizeof(Value{}))))
}

// QuickItem is element i of a shared list, for the interpreter's loop: ok is false if the general way must be taken. What is
// usual, records that the slice has read before and cells that it has not written, is in one piece.
func (l *List) QuickItem(t *Thread, i int64) (x Value, ok bool) {
	if t.Regime != RegimeSTM {
		return Unset, false
	}
	if i < 0 {
		n, ok := l.quickLen(t)
		if i += int64(n); !ok || i < 0 {
			return Unset, false
		}
	}
	tx := t.Tx
	f := &t.containers.list
	if f.l == l && f.epoch == t.Epoch && uint64(i) < uint64(f.n) && tx.Quick() {
		c := (*Value)(unsafe.Add(unsafe.Pointer(f.first), uintptr(i)*unsafe.Sizeof(Value{})))
		if tx.Wrote(wordOf(c)) {
			if w, ok := tx.Own(wordOf(c)); ok && l.Orec.Version() == f.v {
				tx.Relooked()
				x = Value{w.P, w.B}
				return x, !x.IsUnset()
			}
		} else {
			x.Ref = atomic.LoadPointer(&c.Ref)
			x.Bits = atomic.LoadUint64(&c.Bits)
			if l.Orec.Version() == f.v {
				tx.Relooked()
				return x, !x.IsUnset()
			}
		}
	} else if v, ok := tx.Again(&l.Orec); ok && t.Accesses == nil {
		head := &l.shared.head
		st := (*listStore)(atomic.LoadPointer(&head.Ref)) // one store's, whatever happens to the record meanwhile
		start := uint(atomic.LoadUint64(&head.Bits))
		at := uint(i) + start
		if at < uint(st.places) && st.single && at < chunkLen { // further chunks need not lie behind the first
			c := (*Value)(unsafe.Add(unsafe.Pointer(st.first), at*uint(unsafe.Sizeof(Value{}))))
			x.Ref = atomic.LoadPointer(&c.Ref)
			x.Bits = atomic.LoadUint64(&c.Bits)
			if !tx.Wrote(wordOf(head)) && !tx.Wrote(wordOf(c)) && l.Orec.Version() == v {
				f.seen(t, l, st, start, v)
				return x, !x.IsUnset()
			}
		} else if at < uint(st.places) && !st.single && !st.perSlot() {
			chunk := &st.chunks[at>>chunkBits]
			c := (*Value)(unsafe.Add(unsafe.Pointer(chunk.base), at&(chunkLen-1)*uint(unsafe.Sizeof(Value{}))))
			if tx.Wrote(wordOf(c)) {
				if w, ok := tx.Own(wordOf(c)); ok && !tx.Wrote(wordOf(head)) && l.Orec.Version() == v {
					x = Value{w.P, w.B}
					return x, !x.IsUnset()
				}
			} else if cv, ok := tx.Again(chunk.orec); ok {
				x.Ref = atomic.LoadPointer(&c.Ref)
				x.Bits = atomic.LoadUint64(&c.Bits)
				if !tx.Wrote(wordOf(head)) && l.Orec.Version() == v && chunk.orec.Version() == cv {
					return x, !x.IsUnset()
				}
			}
		}
	}
	x, ok = l.quickGet(t, int(i))
	return x, ok && !x.IsUnset()
}

// located remembers where a slice has found a key: d[k] += 1 looks it up twice. It holds within the attempt, whose read log has the
// region, until the thread changes the membership of a container.
type located struct {
	d       *Dict
	key     Value
	p       place
	epoch   uint64
	changes uint64
}

// locatedHead remembers the table of the dict that was looked at last: while the dict's record has the version under which it
// is in the read log of the running attempt, its head need not be read again.
type locatedHead struct {
	d     *Dict
	st    *dictStore
	v     uint64
	epoch uint64
}

// again is the place where the running slice found the key last.
func (f *located) again(t *Thread, d *Dict, key Value) bool {
	return f.d == d && f.key == key && f.epoch == t.Epoch && f.changes == t.containers.changes
}

// quickLocate is locate for keys that are ints or strings, under RegimeSTM.
func (d *Dict) quickLocate(t *Thread, key Value, h int64) (p place, ok bool) {
	tx := t.Tx
	if t.Accesses != nil || !plainKey(key) {
		return p, false
	}
	f := &t.containers.found
	if f.again(t, d, key) {
		return f.p, true
	}
	hd := &t.containers.head
	if hd.d == d && hd.epoch == t.Epoch && tx.Quick() {
		// What is usual: the table is known, its region has been read before, and the key lies where its search begins.
		st := hd.st
		i := st.start(h)
		o := d.slotOrec(st, i)
		if v, ok := tx.Again(o); ok {
			slot := &st.slots[i]
			ref, bits := atomic.LoadPointer(&slot.Ref), atomic.LoadUint64(&slot.Bits)
			if ref != nil && bits == uint64(h) && (*dictNode)(ref).key == key && !tx.Wrote(wordOf(slot)) && o.Version() == v && d.Orec.Version() == hd.v {
				f.d, f.key, f.epoch, f.changes = d, key, t.Epoch, t.containers.changes
				f.p = place{st, i, (*dictNode)(ref), false}
				return f.p, true
			}
		}
	}
	at := &d.Orec // the record that is being looked at
	v, ok := tx.Look(at)
	if !ok {
		return p, false
	}
	st := hd.st
	logged := hd.d == d && hd.v == v && hd.epoch == t.Epoch
	if !logged {
		head := &d.shared.head
		st = (*dictStore)(atomic.LoadPointer(&head.Ref))
		if tx.Wrote(wordOf(head)) || !tx.Settle(at, v) {
			return p, false
		}
		hd.d, hd.st, hd.v, hd.epoch = d, st, v, t.Epoch
		logged = true
	}
	mask, free := len(st.slots)-1, -1
	i := st.start(h)
	for n := 0; n <= mask; n++ {
		if o := d.slotOrec(st, i); o != at {
			if !logged && !tx.Settle(at, v) {
				return p, false
			}
			at, logged = o, false
			if v, ok = tx.Look(at); !ok {
				return p, false
			}
		}
		slot := &st.slots[i]
		if tx.Wrote(wordOf(slot)) {
			return p, false
		}
		ref, bits := atomic.LoadPointer(&slot.Ref), atomic.LoadUint64(&slot.Bits)
		if ref == nil {
			if free < 0 {
				free = i
			}
			if bits == 0 {
				return place{st, free, nil, n >= st.probeLimit()}, d.settled(tx, at, v, logged)
			}
		} else if bits == uint64(h) {
			node := (*dictNode)(ref)
			same := node.key == key
			if !same {
				if !plainKey(node.key) {
					return p, false
				}
				same = key.Ref != nil && node.key.Ref != nil && (*Str)(key.Ref).S == (*Str)(node.key.Ref).S
			}
			if same {
				if !d.settled(tx, at, v, logged) {
					return p, false
				}
				f.d, f.key, f.epoch, f.changes = d, key, t.Epoch, t.containers.changes
				f.p = place{st, i, node, false}
				return f.p, true
			}
			free = -1
		}
		i = (i + 1) & mask
	}
	return p, false
}

// settled is Settle; a record that is in the log is only looked at.
func (d *Dict) settled(tx *stm.Tx, o *stm.Orec, v uint64, logged bool) bool {
	if logged {
		return o.Version() == v
	}
	return tx.Settle(o, v)
}

// quickValue is the value of a key that is an int or a string in a shared dict; ok false if the general way must be taken, for
// one because the key is not there.
func (d *Dict) quickValue(t *Thread, key Value, h int64) (v Value, ok bool) {
	p, ok := d.quickLocate(t, key, h)
	if !ok || p.node == nil {
		return Unset, false
	}
	w, ok := t.Tx.LoadQuick(d.valOrec(p.st, p.node), wordOf(&p.node.val))
	if !ok && t.Tx.Quick() && t.Tx.Wrote(wordOf(&p.node.val)) {
		w, ok = t.Tx.Own(wordOf(&p.node.val))
	}
	return Value{w.P, w.B}, ok
}

// quickReplace is a store of v under a key that the running slice has looked up last, as d[k] += 1 does; false says nothing, and
// nothing has happened.
func (d *Dict) quickReplace(t *Thread, key, v Value) (bool, error) {
	f := &t.containers.found
	if !f.again(t, d, key) || t.Regime != RegimeSTM || t.Accesses != nil || !t.Tx.Quick() {
		return false, nil
	}
	c := &f.p.node.val
	if t.Tx.Wrote(wordOf(c)) && t.Tx.SetOwn(wordOf(c), stm.Word{P: v.Ref, B: v.Bits}) {
		return true, nil
	}
	return true, t.storeShared(d.valOrec(f.p.st, f.p.node), c, v)
}
