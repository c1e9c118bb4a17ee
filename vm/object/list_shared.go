package object

import (
	"unsafe"

	"gilt/stm"
)

// This file has the shared representation of lists.
//
// A shared list has a store: places in a row, of which the elements occupy those from start on. Places without an element
// hold Unset. The store's head (which store, and start) is under the list's own record; its length is a cell; its
// places lie in chunks of 64, each under a record of its own. A list of at most one chunk has everything under the
// list's record. So reading an element touches two records (the head's, which changes only when elements move in front
// or the store grows, and the chunk's), reading past the end finds Unset and does not depend on the length; append and
// pop at the end touch the last chunk and the length; removal at the front moves start. A store asks the length whether there
// is such an element, not the place: so threads that fill in places of one chunk do not disturb each other. When a store is full, a new
// directory takes over the old chunks: their elements are not copied, and their records stay.
//
// With granularity object everything is under the list's record; with granularity slot each place has its own.

const (
	chunkBits = 6
	chunkLen  = 1 << chunkBits
)

// sharedList is the root of the shared representation.
type sharedList struct {
	head Value // Ref: *listStore; Bits: place of element 0. Under the list's record.
}

// listStore is one directory.
type listStore struct {
	Header
	first  *Value // the first place
	places int
	size   Value    // length of the list
	single bool     // everything is under the list's record
	sizeO  stm.Orec // the length's record, unless the list's is to be used
	chunks []listChunk
	rent   rent
}

// smallList is what a list of one chunk is made of, beside its places, in one piece: reading an element of it touches three
// objects, the list, this and the place.
type smallList struct {
	root  sharedList
	store listStore
	chunk [1]listChunk
}

// listChunk is a run of places and their records: one, or one each.
type listChunk struct {
	base *Value
	orec *stm.Orec
}

// newListStore makes a directory over chunks.
func newListStore(g Granularity, single bool, places int, chunks []listChunk, n int) *listStore {
	st := &listStore{Header: Header{Meta: tableMeta(tableList)}, single: single, places: places, first: chunks[0].base, chunks: chunks, size: Int(int64(n))}
	if g == GranSlot {
		st.Meta |= tableSlotwise
	}
	return st
}

// listChunks makes places for cap elements over an array, which must be Unset beyond the elements.
func listChunks(g Granularity, places []Value) []listChunk {
	n := len(places) / chunkLen
	chunks := make([]listChunk, n)
	var orecs []stm.Orec
	per := 1
	if g == GranSlot {
		per = chunkLen
	}
	if g != GranObject {
		orecs = make([]stm.Orec, n*per)
	}
	for i := range chunks {
		chunks[i].base = &places[i*chunkLen]
		if orecs != nil {
			chunks[i].orec = &orecs[i*per]
		}
	}
	return chunks
}

// share converts a private list. The array is taken over where it is large enough.
func (l *List) share(g Granularity) {
	if l.shareAgain() {
		return
	}
	n := len(l.Items)
	if n <= chunkLen && g != GranSlot {
		l.shared = &newSmallList(l.Items, n).root
		return
	}
	whole := max((n+chunkLen-1)/chunkLen, 1) * chunkLen
	places := l.Items
	if cap(places) >= whole {
		places = places[:whole]
		unsetAll(places[n:])
	} else {
		places = unsetCopy(places, whole)
	}
	l.shared = &sharedList{Value{Ref: unsafe.Pointer(storeOver(g, places, n))}}
}

// newSmallList makes the root and the store of a list of the elements, with room for need.
func newSmallList(items []Value, need int) *smallList {
	x, places := emptySmallList(need)
	x.finish(places, copy(places, items))
	return x
}

// emptySmallList makes a list of one chunk, with room for need, whose places are to be filled in. Up to 16 lie in the same
// object: what is read together should share cache lines.
func emptySmallList(need int) (x *smallList, places []Value) {
	switch n := smallPlaces(need); n {
	case 4:
		o := &struct {
			smallList
			p [4]Value
		}{}
		x, places = &o.smallList, o.p[:]
	case 8:
		o := &struct {
			smallList
			p [8]Value
		}{}
		x, places = &o.smallList, o.p[:]
	case 16:
		o := &struct {
			smallList
			p [16]Value
		}{}
		x, places = &o.smallList, o.p[:]
	default:
		x, places = &smallList{}, make([]Value, n)
	}
	return x, places
}

// finish completes a list of one chunk whose first n places have been filled in.
func (x *smallList) finish(places []Value, n int) {
	unsetAll(places[n:])
	x.chunk[0].base = &places[0]
	x.store = listStore{Header: Header{Meta: tableMeta(tableList)}, single: true, places: len(places), first: &places[0], chunks: x.chunk[:], size: Int(int64(n))}
	x.root.head.Ref = unsafe.Pointer(&x.store)
}

// smallPlaces is how many places a store of one chunk gets for n elements.
func smallPlaces(n int) int {
	c := 4
	for c < n {
		c *= 2
	}
	return c
}

func unsetCopy(items []Value, places int) []Value {
	out := make([]Value, places)
	copy(out, items)
	unsetAll(out[len(items):])
	return out
}

// place is a place and its record.
func (l *List) place(st *listStore, i int) (*stm.Orec, *Value) {
	c := &st.chunks[i>>chunkBits]
	cell := (*Value)(unsafe.Add(unsafe.Pointer(c.base), uintptr(i&(chunkLen-1))*unsafe.Sizeof(Value{})))
	switch {
	case st.single:
		return &l.Orec, cell
	case st.perSlot():
		return (*stm.Orec)(unsafe.Add(unsafe.Pointer(c.orec), uintptr(i&(chunkLen-1))*unsafe.Sizeof(stm.Orec{}))), cell
	}
	return c.orec, cell
}

// perSlot says whether each place has a record.
func (st *listStore) perSlot() bool { return st.Meta&tableSlotwise != 0 }

// open reads the head.
func (l *List) open(t *Thread) (*listStore, int, error) {
	h, err := t.LoadAt(&l.Orec, &l.shared.head)
	if err != nil {
		return nil, 0, err
	}
	return (*listStore)(h.Ref), int(h.Bits), nil
}

// setHead makes st with its first element at start the list's store.
func (l *List) setHead(t *Thread, st *listStore, start int) error {
	t.containers.list = locatedList{}
	return t.StoreAt(&l.Orec, &l.shared.head, Value{unsafe.Pointer(st), uint64(start)})
}

// sizeOrec is the record of the length.
func (l *List) sizeOrec(st *listStore) *stm.Orec {
	if st.single {
		return &l.Orec
	}
	return &st.sizeO
}

func (l *List) size(t *Thread, st *listStore) (int, error) {
	if t.Interp.Is(MutLengthUnread) {
		n, err := t.LoadUnlogged(l.sizeOrec(st), &st.size)
		return int(n.Bits), err
	}
	n, err := t.LoadAt(l.sizeOrec(st), &st.size)
	return int(n.Bits), err
}

func (l *List) setSize(t *Thread, st *listStore, n int) error {
	return t.StoreAt(l.sizeOrec(st), &st.size, Int(int64(n)))
}

func (l *List) load(t *Thread, st *listStore, place int) (Value, error) {
	o, c := l.place(st, place)
	return t.LoadAt(o, c)
}

func (l *List) store(t *Thread, st *listStore, place int, v Value) error {
	o, c := l.place(st, place)
	return t.StoreAt(o, c, v)
}

// sharedLen is Len of a shared list.
func (l *List) sharedLen(t *Thread) (int, error) {
	if t.Regime == RegimeSTM {
		if n, ok := l.quickLen(t); ok {
			return n, nil
		}
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, _, err := l.open(t)
	if err != nil {
		return 0, err
	}
	return l.size(t, st)
}

// sharedGet is Get of a shared list.
func (l *List) sharedGet(t *Thread, i int) (v Value, ok bool, err error) {
	if t.Regime == RegimeSTM {
		if v, ok = l.QuickItem(t, int64(i)); ok && i >= 0 { // a negative index counts from the end there
			return v, true, nil
		}
		if v, ok = l.quickGet(t, i); ok {
			return v, !v.IsUnset(), nil
		}
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return Unset, false, err
	}
	if i >= st.places-start {
		return Unset, false, nil
	}
	v, err = l.load(t, st, start+i)
	return v, err == nil && !v.IsUnset(), err
}

// sharedSet assigns element i (from the end when negative) of a shared list, if there is one.
func (l *List) sharedSet(t *Thread, i int64, v Value) (ok bool, err error) {
	if t.Regime == RegimeSTM && i >= 0 {
		if l.SetQuickItem(t, i, v) {
			return true, nil
		}
		if o, c, ok := l.quickPlace(t, int(i)); ok {
			return true, t.storeShared(o, c, v)
		}
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return false, err
	}
	if i < 0 {
		n, err := l.size(t, st)
		if err != nil {
			return false, err
		}
		i += int64(n)
	}
	if uint64(i) >= uint64(st.places-start) {
		return false, nil
	}
	if st.single || st.perSlot() {
		old, err := l.load(t, st, start+int(i))
		if err != nil || old.IsUnset() {
			return false, err
		}
	} else if n, err := l.size(t, st); err != nil || i >= int64(n) {
		return false, err
	}
	return true, l.store(t, st, start+int(i), v)
}

// sharedAppend is Append of a shared list.
func (l *List) sharedAppend(t *Thread, v Value) error {
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return err
	}
	n, err := l.size(t, st)
	if err != nil {
		return err
	}
	if start+n >= st.places {
		if st, start, err = l.grow(t, st, start, n, n+1); err != nil {
			return err
		}
	}
	if err := l.store(t, st, start+n, v); err != nil {
		return err
	}
	return l.setSize(t, st, n+1)
}

// sharedPop is Pop of a shared list.
func (l *List) sharedPop(t *Thread, i int64) (Value, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return Unset, err
	}
	n, err := l.size(t, st)
	if err != nil {
		return Unset, err
	}
	if n == 0 {
		return Unset, IndexErrorf(t, "pop from empty list")
	}
	if i < 0 {
		i += int64(n)
	}
	if uint64(i) >= uint64(n) {
		return Unset, IndexErrorf(t, "pop index out of range")
	}
	v, err := l.load(t, st, start+int(i))
	if err != nil {
		return Unset, err
	}
	return v, l.splice(t, st, start, n, int(i), int(i)+1, nil)
}

// sharedSplice is Splice of a shared list.
func (l *List) sharedSplice(t *Thread, lo, hi int, with []Value) error {
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return err
	}
	n, err := l.size(t, st)
	if err != nil {
		return err
	}
	lo = min(lo, n)
	return l.splice(t, st, start, n, lo, max(lo, min(hi, n)), with)
}

// rebuildFrom is the number of elements to be moved from which on a list of one chunk is written anew: that is one word written, and
// each element read, instead of each element that moves read and written.
const rebuildFrom = 4

// splice replaces the elements [lo, hi). Of the elements beside the gap it moves the front ones or the back ones,
// whichever are fewer and have room.
func (l *List) splice(t *Thread, st *listStore, start, n, lo, hi int, with []Value) error {
	d := len(with) - (hi - lo)
	var err error
	if d != 0 && n+d <= chunkLen && min(lo, n-hi) >= rebuildFrom && st.small() {
		return l.rebuild(t, st, start, n, lo, hi, with)
	}
	if d < 0 && lo < n-hi || d > 0 && d <= start && lo < n-hi {
		// The front moves back by -d places (or forward by d).
		if err = l.move(t, st, start, start-d, lo); err != nil {
			return err
		}
		for i := start; i < start-d; i++ {
			if err = l.store(t, st, i, Unset); err != nil {
				return err
			}
		}
		start -= d
		if err = l.setHead(t, st, start); err != nil {
			return err
		}
	} else if d != 0 {
		if start+n+d > st.places {
			if st, start, err = l.grow(t, st, start, n, n+d); err != nil {
				return err
			}
		}
		if err = l.move(t, st, start+hi, start+hi+d, n-hi); err != nil {
			return err
		}
		for i := start + n + d; i < start+n; i++ {
			if err = l.store(t, st, i, Unset); err != nil {
				return err
			}
		}
	}
	for i, v := range with {
		if err = l.store(t, st, start+lo+i, v); err != nil {
			return err
		}
	}
	if d == 0 {
		return nil
	}
	return l.setSize(t, st, n+d)
}

// small says whether the store is one chunk under the list's record.
func (st *listStore) small() bool { return st.places <= chunkLen && !st.perSlot() }

// rebuild is splice into a new store of one chunk.
func (l *List) rebuild(t *Thread, st *listStore, start, n, lo, hi int, with []Value) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	x, places := emptySmallList(n + len(with) - (hi - lo))
	k := 0
	for i := 0; i < n; i++ {
		if i == lo {
			k += copy(places[k:], with)
			i = hi // < n
		}
		v, err := l.load(t, st, start+i)
		if err != nil {
			return err
		}
		places[k] = v
		k++
	}
	x.finish(places, k)
	for i, v := range with {
		if !leaf(v) { // what is published is found in the write log
			if err := l.store(t, &x.store, lo+i, v); err != nil {
				return err
			}
		}
	}
	return l.setHead(t, &x.store, 0)
}

// move copies n elements from one run of places to another that may overlap it.
func (l *List) move(t *Thread, st *listStore, from, to, n int) error {
	for k := range n {
		i := k
		if to > from {
			i = n - 1 - k
		}
		v, err := l.load(t, st, from+i)
		if err == nil {
			err = l.store(t, st, to+i, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// grow makes a store with room for need elements from start on, and makes it the list's.
func (l *List) grow(t *Thread, st *listStore, start, n, need int) (*listStore, int, error) {
	g := t.Interp.Granularity
	if err := t.aboutToWrite(); err != nil {
		return nil, 0, err
	}
	var fresh *listStore
	if st.small() {
		// One chunk: its elements are copied, since they may get another record.
		if start > 0 {
			need += n // used as a queue: the next elements at its front will leave, too
		}
		var x *smallList
		var places []Value
		if need <= chunkLen {
			x, places = emptySmallList(need)
		} else {
			places = make([]Value, morePlaces(need))
		}
		for i := range n {
			v, err := l.load(t, st, start+i)
			if err != nil {
				return nil, 0, err
			}
			places[i] = v
		}
		if start = 0; x != nil {
			x.finish(places, n)
			fresh = &x.store
		} else {
			unsetAll(places[n:])
			fresh = storeOver(g, places, n)
		}
	} else {
		skip := start >> chunkBits // chunks that are empty at the front
		start -= skip << chunkBits
		keep := st.chunks[skip:]
		more := max((start+need+need/4)>>chunkBits+1-len(keep), 1)
		if err := t.Room(more * chunkLen * valueSize); err != nil {
			return nil, 0, err
		}
		items := make([]Value, more*chunkLen)
		unsetAll(items)
		chunks := append(append(make([]listChunk, 0, len(keep)+more), keep...), listChunks(g, items)...)
		fresh = newListStore(g, st.single, len(chunks)*chunkLen, chunks, n)
	}
	return fresh, start, l.setHead(t, fresh, start)
}

// morePlaces is how many places a store gets that must take need elements and will take more.
func morePlaces(need int) int {
	if need <= chunkLen {
		return smallPlaces(need)
	}
	return (need + need/4 + chunkLen) / chunkLen * chunkLen
}

// storeOver makes a store over an array of places.
func storeOver(g Granularity, places []Value, n int) *listStore {
	return newListStore(g, g == GranObject, len(places), listChunks(g, places), n)
}

// sharedItems is the elements of a shared list in a new array.
func (l *List) sharedItems(t *Thread) ([]Value, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&l.Mut)
		defer t.unlockObj(&l.Mut)
	}
	st, start, err := l.open(t)
	if err != nil {
		return nil, err
	}
	n, err := l.size(t, st)
	if err != nil {
		return nil, err
	}
	out := make([]Value, n)
	for i := range out {
		if out[i], err = l.load(t, st, start+i); err != nil {
			return nil, err
		}
	}
	return out, nil
}
