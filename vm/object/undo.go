package object

import (
	"sync/atomic"
	"unsafe"
)

// This file has the undo log of private objects.
//
// Invariants. A slice that can be rolled back (Epoch != 0) saves the old state of every private object that is older than
// the slice before it changes it; objects of the slice itself die with it. Entries are undone in reverse order, so the
// oldest state saved wins, and saving twice is merely a waste. Entries speak of private representations. An object that
// the slice's commit has published keeps its private representation until the commit has succeeded; when it fails,
// nobody else has seen the object, so the rollback first takes the publication back. The log is a few slices that are
// reused: in the steady state nothing is allocated. This is the undo log of direct-update transactional memories
// (Harris et al., PLDI'06), used for private data only.

// Undoer restores the state of an object. Implementations save that state when they are made.
type Undoer interface{ Undo() }

type undoOp uint8

const (
	undoCell undoOp = iota // *obj = old
	undoObject
	undoListItems  // small list: the last n of vals were its items
	undoListArray  // its array is the last of arrays
	undoListElem   // element n was old
	undoListAppend // the last element was not there
	undoListPop    // old was there, at the end
	undoDictItems
	undoDictArrays
	undoDictInsert // the last entry was not there; old.Bits: position in the index, and what it held
	undoDictValue  // the value of entry n was old
	undoDictDelete // entry n was {vals[-2], vals[-1]}; old.Bits: position in the index, old number of entries
	undoSetTable
	undoSetEntry // entry n was {old, last tag}; fill and used too
	undoSetFinger
	undoInstance
	undoSlot      // the slot held old, and was not stable
	undoDequePush // n: 1 at the left end
	undoDequePop  // old was there; n: 1 at the left end
)

type undoEntry struct {
	obj unsafe.Pointer
	old Value
	op  undoOp
	n   int32
}

type dictState struct {
	entries []dictEntry
	index   []int32
	hashes  []int64
	used    int
	spent   int32
	mode    dictMode
}

type setState struct {
	table              []setEntry
	fill, used, finger int
}

type setEntryState struct {
	tag        uint64
	fill, used int
}

type instanceState struct {
	shape, slots unsafe.Pointer
	capacity     int32
}

// UndoLog is the undo log of one thread's current slice. The zero UndoLog is empty and ready.
type UndoLog struct {
	Mutant    Mutant // the interpreter's
	entries   []undoEntry
	objs      []Undoer
	vals      []Value
	ints      []int64
	arrays    [][]Value
	dicts     []dictState
	sets      []setState
	elems     []setEntryState
	instances []instanceState
	published []*Header
	alone     bool        // the thread is the only one
	redefined bool        // a definition was taken back: caches that were filled since must not be believed
	hot       [4]struct { // large containers that the slice changes again and again
		obj unsafe.Pointer
		n   int
	}
}

// wholly says whether a container of n elements is better saved as a whole: a small one at once, a large one when the
// slice has changed it so often that the entries would soon take as much as a copy.
func (u *UndoLog) wholly(obj unsafe.Pointer, n int) bool {
	if n <= smallContainer {
		return true
	}
	h := &u.hot[uintptr(obj)>>6&uintptr(len(u.hot)-1)]
	if h.obj != obj {
		h.obj, h.n = obj, 0
	}
	h.n++
	return h.n > n/8
}

func (u *UndoLog) push(op undoOp, obj unsafe.Pointer, n int, old Value) {
	u.entries = append(u.entries, undoEntry{obj, old, op, int32(n)})
}

// SaveCell remembers the contents of one cell.
func (u *UndoLog) SaveCell(c *Value) { u.push(undoCell, unsafe.Pointer(c), 0, *c) }

// saveSlot remembers a private slot that is going to be stable.
func (u *UndoLog) saveSlot(s *Slot) { u.push(undoSlot, unsafe.Pointer(s), 0, s.V) }

// Save remembers an object's state.
func (u *UndoLog) Save(o Undoer) {
	u.objs = append(u.objs, o)
	u.push(undoObject, nil, 0, Value{})
}

func (u *UndoLog) saveListItems(l *List) {
	u.vals = append(u.vals, l.Items...)
	u.push(undoListItems, unsafe.Pointer(l), len(l.Items), Value{})
}

func (u *UndoLog) saveListArray(l *List) {
	u.arrays = append(u.arrays, l.Items)
	u.push(undoListArray, unsafe.Pointer(l), 0, Value{})
}

func (u *UndoLog) saveListElem(l *List, i int, old Value) {
	u.push(undoListElem, unsafe.Pointer(l), i, old)
}

func (u *UndoLog) saveListAppend(l *List) { u.push(undoListAppend, unsafe.Pointer(l), 0, Value{}) }

func (u *UndoLog) saveListPop(l *List, v Value) { u.push(undoListPop, unsafe.Pointer(l), 0, v) }

func (u *UndoLog) saveDictItems(d *Dict) {
	for k := range d.entries {
		u.vals = append(u.vals, d.entries[k].key, d.entries[k].val)
	}
	u.ints = append(u.ints, d.hashes...)
	u.ints = append(u.ints, int64(len(d.hashes)), int64(d.used), int64(d.spent), int64(d.mode), int64(len(d.index)))
	u.push(undoDictItems, unsafe.Pointer(d), len(d.entries), Value{})
}

func (u *UndoLog) saveDictArrays(d *Dict) {
	u.dicts = append(u.dicts, dictState{d.entries, d.index, d.hashes, d.used, d.spent, d.mode})
	u.push(undoDictArrays, unsafe.Pointer(d), 0, Value{})
}

// saveDictInsert is called when the entry has been appended and before slot of the index is written (-1: no index).
func (u *UndoLog) saveDictInsert(d *Dict, slot int) {
	held := int32(0)
	if slot >= 0 {
		held = d.index[slot]
	}
	u.push(undoDictInsert, unsafe.Pointer(d), slot, Value{Bits: uint64(held)})
}

func (u *UndoLog) saveDictValue(d *Dict, k int) {
	u.push(undoDictValue, unsafe.Pointer(d), k, d.entries[k].val)
}

func (u *UndoLog) saveDictDelete(d *Dict, k, slot int) {
	e := d.entries[k]
	u.vals = append(u.vals, e.key, e.val)
	u.ints = append(u.ints, d.hashAt(k))
	u.push(undoDictDelete, unsafe.Pointer(d), k, Value{Bits: uint64(slot+1)<<32 | uint64(len(d.entries))})
}

func (u *UndoLog) saveSetTable(s *Set) {
	u.sets = append(u.sets, setState{s.table, s.fill, s.used, s.finger})
	u.push(undoSetTable, unsafe.Pointer(s), 0, Value{})
}

func (u *UndoLog) saveSetEntry(s *Set, i int) {
	u.elems = append(u.elems, setEntryState{s.table[i].tag, s.fill, s.used})
	u.push(undoSetEntry, unsafe.Pointer(s), i, s.table[i].key)
}

func (u *UndoLog) saveSetFinger(s *Set) {
	u.push(undoSetFinger, unsafe.Pointer(s), 0, Value{Bits: uint64(s.finger)})
}

// saveDequeEnd remembers a push (v Unset) or a pop of v.
func (u *UndoLog) saveDequeEnd(d *Deque, v Value, left bool) {
	op, n := undoDequePop, 0
	if v.IsUnset() {
		op = undoDequePush
	}
	if left {
		n = 1
	}
	u.push(op, unsafe.Pointer(d), n, v)
}

// saveInstance remembers the whole state of an instance.
func (u *UndoLog) saveInstance(o *Instance) {
	u.vals = append(u.vals, o.slots()...)
	u.instances = append(u.instances, instanceState{o.Shape, o.Slots, o.Cap})
	u.push(undoInstance, unsafe.Pointer(o), int(o.Cap), Value{})
}

// Len is the number of entries. It makes savepoints, together with a new epoch of the thread: what was saved before the
// savepoint must be saved once more when it changes after it.
func (u *UndoLog) Len() int { return len(u.entries) }

// Rollback undoes everything, newest first, and empties the log.
func (u *UndoLog) Rollback() {
	u.unpublish()
	u.RollbackTo(0)
}

// RollbackAlone is Rollback for the only thread: slots that the slice has made stable become empty again, to be defined once
// more. It says whether there were any; the definition epoch must move then.
func (u *UndoLog) RollbackAlone() (redefined bool) {
	u.alone, u.redefined = true, false
	u.Rollback()
	u.alone = false
	return u.redefined
}

// RollbackTo undoes what was saved since Len was n.
func (u *UndoLog) RollbackTo(n int) {
	for i := len(u.entries) - 1; i >= n; i-- {
		e := &u.entries[i]
		u.undo(e)
		*e = undoEntry{}
	}
	u.entries = u.entries[:n]
	clear(u.hot[:])
}

// takeVals cuts the last n of vals; they are valid until the next push.
func (u *UndoLog) takeVals(n int) []Value {
	vs := u.vals[len(u.vals)-n:]
	u.vals = u.vals[:len(u.vals)-n]
	return vs
}

func takeLast[T any](s *[]T) T {
	n := len(*s) - 1
	x := (*s)[n]
	var zero T
	(*s)[n] = zero
	*s = (*s)[:n]
	return x
}

// stale makes an object one that is not saved.
func stale(h *Header) { h.Meta &= 1<<epochShift - 1 }

func (u *UndoLog) undo(e *undoEntry) {
	switch e.op {
	case undoCell:
		if u.is(MutCellUndo) {
			return
		}
		*(*Value)(e.obj) = e.old
	case undoObject:
		if x := takeLast(&u.objs); !u.is(MutObjectUndo) {
			x.Undo()
		}
	case undoListItems:
		l := (*List)(e.obj)
		if vs := u.takeVals(int(e.n)); !u.is(MutListUndo) {
			l.Items = append(l.Items[:0], vs...)
			clear(vs)
		}
		stale(&l.Header)
	case undoListArray:
		l := (*List)(e.obj)
		if a := takeLast(&u.arrays); !u.is(MutListUndo) {
			l.Items = a
		}
		stale(&l.Header)
	case undoListElem:
		(*List)(e.obj).Items[e.n] = e.old
	case undoListAppend:
		l := (*List)(e.obj)
		n := len(l.Items) - 1
		l.Items[n] = Value{}
		l.Items = l.Items[:n]
	case undoListPop:
		l := (*List)(e.obj)
		l.Items = append(l.Items, e.old)
	case undoDictItems, undoDictArrays, undoDictInsert, undoDictValue, undoDictDelete:
		u.undoDict((*Dict)(e.obj), e)
	case undoSetTable:
		s, st := (*Set)(e.obj), takeLast(&u.sets)
		s.table, s.fill, s.used, s.finger = st.table, st.fill, st.used, st.finger
		stale(&s.Header)
	case undoSetEntry:
		s, st := (*Set)(e.obj), takeLast(&u.elems)
		s.table[e.n] = setEntry{e.old, st.tag}
		s.fill, s.used = st.fill, st.used
	case undoSetFinger:
		(*Set)(e.obj).finger = int(e.old.Bits)
	case undoSlot:
		s := (*Slot)(e.obj)
		s.V = e.old
		if u.alone && !u.is(MutCellUndo) {
			s.setMeta(0, FlagStable)
			u.redefined = true
		}
	case undoDequePush:
		d := (*Deque)(e.obj)
		d.n--
		d.state--
		if e.n == 1 {
			d.ring[d.head] = Value{}
			d.head = (d.head + 1) & (len(d.ring) - 1)
		} else {
			d.ring[d.index(d.n)] = Value{}
		}
	case undoDequePop:
		d := (*Deque)(e.obj)
		if e.n == 1 {
			d.head = (d.head - 1) & (len(d.ring) - 1)
			d.ring[d.head] = e.old
		} else {
			d.ring[d.index(d.n)] = e.old
		}
		d.n++
		d.state--
	case undoInstance:
		o, st := (*Instance)(e.obj), takeLast(&u.instances)
		changed := instanceState{o.Shape, o.Slots, o.Cap}
		o.Shape, o.Slots, o.Cap = st.shape, st.slots, st.capacity
		vs := u.takeVals(int(e.n))
		if u.is(MutInstanceUndo) {
			o.Shape, o.Slots, o.Cap = changed.shape, changed.slots, changed.capacity
		} else {
			copy(o.slots(), vs)
		}
		clear(vs)
		stale(&o.Header)
	}
}

func (u *UndoLog) undoDict(d *Dict, e *undoEntry) {
	switch e.op {
	case undoDictItems:
		n := len(u.ints) - 5
		hashes, used, spent, mode, index := int(u.ints[n]), u.ints[n+1], u.ints[n+2], u.ints[n+3], int(u.ints[n+4])
		d.used, d.mode = int(used), dictMode(mode)
		d.hashes = append(d.hashes[:0], u.ints[n-hashes:n]...)
		u.ints = u.ints[:n-hashes]
		vs := u.takeVals(2 * int(e.n))
		if u.is(MutDictUndo) {
			for i := 0; i < len(vs) && i/2 < len(d.entries); i += 2 {
				vs[i], vs[i+1] = d.entries[i/2].key, d.entries[i/2].val // keep what the slice has put in their place
			}
		}
		clear(d.entries)
		d.entries = d.entries[:0]
		for i := 0; i < len(vs); i += 2 {
			d.entries = append(d.entries, dictEntry{vs[i], vs[i+1]})
		}
		clear(vs)
		d.index = nil
		if index != 0 {
			d.reindex(index)
		}
		d.spent = int32(spent)
		stale(&d.Header)
	case undoDictArrays:
		st := takeLast(&u.dicts)
		d.entries, d.index, d.hashes, d.used, d.spent, d.mode = st.entries, st.index, st.hashes, st.used, st.spent, st.mode
		stale(&d.Header)
	case undoDictInsert:
		if e.n >= 0 {
			d.index[e.n] = int32(e.old.Bits)
			d.spent--
		}
		n := len(d.entries) - 1
		d.entries[n] = dictEntry{}
		d.entries = d.entries[:n]
		if d.mode == dictMixed {
			d.hashes = d.hashes[:n]
		}
		d.used--
	case undoDictValue:
		d.entries[e.n].val = e.old
	case undoDictDelete:
		// popitem has cut off the entry and the deleted ones behind it.
		n, slot := int(uint32(e.old.Bits)), int(e.old.Bits>>32)-1
		cut := len(d.entries)
		d.entries = d.entries[:n]
		for k := cut; k < n; k++ {
			d.entries[k] = dictEntry{Unset, Unset}
		}
		vs := u.takeVals(2)
		d.entries[e.n] = dictEntry{vs[0], vs[1]}
		clear(vs)
		h := takeLast(&u.ints)
		if d.mode == dictMixed {
			d.hashes = d.hashes[:n]
			d.hashes[e.n] = h
		}
		if slot >= 0 {
			d.index[slot] = e.n + 2
		}
		d.used++
	}
}

// notePublished remembers that the running slice has published an object. When the slice cannot be rolled back the private
// representation goes at once.
func (t *Thread) notePublished(h *Header) {
	if t.Epoch == 0 || t.Regime == RegimeWrite {
		dropPrivate(h)
		return
	}
	t.Undo.published = append(t.Undo.published, h)
}

// unpublish makes the objects private again that a failed commit has published.
func (u *UndoLog) unpublish() {
	for i, h := range u.published {
		m := atomic.LoadUint64(&h.Meta)
		if k := Kind(m); k == KindTuple || k == KindFrozenSet {
			m &^= walked
		}
		atomic.StoreUint64(&h.Meta, m&^FlagShared)
		dropShared(h)
		u.published[i] = nil
	}
	u.published = u.published[:0]
}

// Reset forgets everything: the slice has committed.
func (u *UndoLog) Reset() {
	if len(u.published) != 0 {
		for i, h := range u.published {
			dropPrivate(h)
			u.published[i] = nil
		}
		u.published = shorten(u.published)
	}
	if len(u.entries) == 0 {
		return
	}
	u.entries = shorten(u.entries)
	clear(u.hot[:])
	u.objs, u.vals, u.arrays = shorten(u.objs), shorten(u.vals), shorten(u.arrays)
	u.dicts, u.sets, u.instances = shorten(u.dicts), shorten(u.sets), shorten(u.instances)
	u.ints, u.elems = u.ints[:0], u.elems[:0]
}

// shorten empties a slice of the log, and forgets what it pointed to. An array that one large slice has left is not kept.
func shorten[T any](s []T) []T {
	const keep = 1 << 17
	if cap(s) > keep {
		return nil
	}
	clear(s)
	return s[:0]
}

// exclusiveUndo restores an object's Go state.
type exclusiveUndo struct {
	h       *Mut
	restore func()
}

func (u exclusiveUndo) Undo() {
	u.restore()
	stale(&u.h.Header)
}

// Exclusive is asked before each access to an object whose mutable state is Go data that neither barriers nor logs know. snapshot
// saves that state and returns the function that restores it. A private object is saved once per slice; a shared one
// makes the slice irrevocable, so that nobody else runs operations on it in a transaction that could fail.
func (t *Thread) Exclusive(h *Mut, snapshot func() func()) error {
	if h.Meta>>epochShift<<epochShift == t.Epoch && h.Meta&FlagShared == 0 {
		return nil
	}
	if h.Meta&FlagShared == 0 {
		if t.Epoch == 0 { // nothing is rolled back; and the next slice must not find in its log what it has not done
			h.renew()
			return nil
		}
		t.Undo.Save(exclusiveUndo{h, snapshot()})
		h.Meta = h.Meta&(1<<epochShift-1) | t.Epoch
		return nil
	}
	if t.Regime == RegimeRead {
		return t.VM.Upgrade(t)
	}
	return t.VM.Irrevocable(t)
}
