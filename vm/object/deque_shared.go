package object

import (
	"unsafe"

	"gilt/stm"
)

// This file has the shared representation of deques; see deque.go.
//
// Places are 32-bit numbers that mean something only modulo the number of places in the directory. An end cell holds a
// place, and in its upper half how often that end has changed: with the changes from before the deque was published they
// add up to what iterators compare.

// dequeEnd is the contents of an end cell.
type dequeEnd uint64

func (e dequeEnd) place() uint32 { return uint32(e) }

// moved is the end after one change that moves it by so many places.
func (e dequeEnd) moved(by int) dequeEnd {
	return (e>>32+1)<<32 | dequeEnd(e.place()+uint32(by))
}

// changes is how often the end has changed.
func (e dequeEnd) changes() uint64 { return uint64(e >> 32) }

func newDequeDir(items []Value, places int) *dequeDir {
	blocks := make([]dequeBlock, places/dequeBlockLen)
	dir := &dequeDir{Header: Header{Meta: tableMeta(tableDeque)}, blocks: make([]*dequeBlock, len(blocks))}
	for i := range blocks {
		unsetAll(blocks[i].items[:])
		dir.blocks[i] = &blocks[i]
	}
	for i, v := range items {
		*dir.cell(uint32(i)) = v
	}
	return dir
}

// dequePlaces is how many places a deque of n elements gets.
func dequePlaces(n int) int {
	p := 2 * dequeBlockLen
	for p < n+n/2+1 {
		p *= 2
	}
	return p
}

func (dir *dequeDir) places() int { return len(dir.blocks) * dequeBlockLen }

func (dir *dequeDir) block(p uint32) *dequeBlock {
	return dir.blocks[int(p/dequeBlockLen)&(len(dir.blocks)-1)]
}

func (dir *dequeDir) cell(p uint32) *Value { return &dir.block(p).items[p%dequeBlockLen] }

// share converts a private deque.
func (d *Deque) share(g Granularity) {
	items := make([]Value, d.n)
	for i := range items {
		items[i] = d.ring[d.index(i)]
	}
	d.shared = &sharedDeque{
		dir:    Value{Ref: unsafe.Pointer(newDequeDir(items, dequePlaces(d.n)))},
		right:  Int(int64(d.n)),
		base:   d.state,
		coarse: g == GranObject,
	}
}

// dequeEnds is what an operation has read of a shared deque.
type dequeEnds struct {
	dir         *dequeDir
	left, right dequeEnd
}

func (e dequeEnds) len() int { return int(e.right.place() - e.left.place()) }

// claim converts a deque that no transaction uses back; see claim.go.
func (d *Deque) claim(t *Thread) bool {
	sh := d.shared
	e := dequeEnds{(*dequeDir)(sh.dir.Ref), dequeEnd(sh.left.Bits), dequeEnd(sh.right.Bits)}
	n := e.len()
	if sh.rent.let(t) || !sh.rent.buy(t, &d.Header, claimItem*n) {
		return false
	}
	d.ring, d.head, d.n = make([]Value, max(e.dir.places(), 8)), 0, n
	for i := range n {
		d.ring[i] = *e.dir.cell(e.left.place() + uint32(i))
	}
	d.state = sh.base + e.left.changes() + e.right.changes()
	d.shared = nil
	d.unshare()
	return true
}

func (d *Deque) orec(o *stm.Orec) *stm.Orec {
	if d.shared.coarse {
		return &d.Orec
	}
	return o
}

func (d *Deque) openDir(t *Thread) (*dequeDir, error) {
	v, err := t.LoadAt(&d.Orec, &d.shared.dir)
	return (*dequeDir)(v.Ref), err
}

func (d *Deque) loadLeft(t *Thread) (dequeEnd, error) {
	v, err := t.LoadAt(d.orec(&d.shared.leftO), &d.shared.left)
	return dequeEnd(v.Bits), err
}

func (d *Deque) loadRight(t *Thread) (dequeEnd, error) {
	v, err := t.LoadAt(d.orec(&d.shared.rightO), &d.shared.right)
	return dequeEnd(v.Bits), err
}

func (d *Deque) storeLeft(t *Thread, e dequeEnd) error {
	return t.StoreAt(d.orec(&d.shared.leftO), &d.shared.left, Value{Bits: uint64(e)})
}

func (d *Deque) storeRight(t *Thread, e dequeEnd) error {
	return t.StoreAt(d.orec(&d.shared.rightO), &d.shared.right, Value{Bits: uint64(e)})
}

func (d *Deque) loadPlace(t *Thread, dir *dequeDir, p uint32) (Value, error) {
	return t.LoadAt(d.orec(&dir.block(p).orec), dir.cell(p))
}

func (d *Deque) storePlace(t *Thread, dir *dequeDir, p uint32, v Value) error {
	return t.StoreAt(d.orec(&dir.block(p).orec), dir.cell(p), v)
}

func (d *Deque) ends(t *Thread) (e dequeEnds, err error) {
	if e.dir, err = d.openDir(t); err != nil {
		return e, err
	}
	if e.left, err = d.loadLeft(t); err != nil {
		return e, err
	}
	e.right, err = d.loadRight(t)
	return e, err
}

func (d *Deque) sharedLen(t *Thread) (int, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	e, err := d.ends(t)
	return e.len(), err
}

// sharedPush is Push. Without a maximal length it looks at its own end only, and at the place beyond it, which is Unset
// unless the directory is full.
func (d *Deque) sharedPush(t *Thread, v Value, left bool) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	if d.maxlen > 0 {
		e, err := d.ends(t)
		if err != nil {
			return err
		}
		if e.len() >= d.maxlen {
			if _, _, err := d.takeEnd(t, !left); err != nil {
				return err
			}
		}
	}
	dir, err := d.openDir(t)
	if err != nil {
		return err
	}
	var end dequeEnd
	if left {
		end, err = d.loadLeft(t)
	} else {
		end, err = d.loadRight(t)
	}
	if err != nil {
		return err
	}
	place := end.place()
	if left {
		place--
	}
	old, err := d.loadPlace(t, dir, place)
	if err != nil {
		return err
	}
	if !old.IsUnset() {
		if dir, err = d.growDir(t); err != nil {
			return err
		}
	}
	if err := d.storePlace(t, dir, place, v); err != nil {
		return err
	}
	if left {
		return d.storeLeft(t, end.moved(-1))
	}
	return d.storeRight(t, end.moved(+1))
}

// growDir makes a directory of twice the size with the same elements at the same places.
func (d *Deque) growDir(t *Thread) (*dequeDir, error) {
	e, err := d.ends(t)
	if err != nil {
		return nil, err
	}
	if err := t.Room(2 * e.dir.places() * valueSize); err != nil {
		return nil, err
	}
	dir := newDequeDir(nil, 2*e.dir.places())
	for p := e.left.place(); p != e.right.place(); p++ {
		v, err := d.loadPlace(t, e.dir, p)
		if err != nil {
			return nil, err
		}
		*dir.cell(p) = v
	}
	return dir, d.setDir(t, dir)
}

func (d *Deque) setDir(t *Thread, dir *dequeDir) error {
	return t.StoreAt(&d.Orec, &d.shared.dir, Value{Ref: unsafe.Pointer(dir)})
}

func (d *Deque) sharedPop(t *Thread, left bool) (v Value, ok bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	return d.takeEnd(t, left)
}

// takeEnd removes the element at an end. It looks at that end only: the place of an empty deque's first element is Unset.
func (d *Deque) takeEnd(t *Thread, left bool) (v Value, ok bool, err error) {
	dir, err := d.openDir(t)
	if err != nil {
		return Unset, false, err
	}
	var end dequeEnd
	if left {
		end, err = d.loadLeft(t)
	} else {
		end, err = d.loadRight(t)
	}
	if err != nil {
		return Unset, false, err
	}
	place := end.place()
	if !left {
		place--
	}
	if v, err = d.loadPlace(t, dir, place); err != nil || v.IsUnset() {
		return Unset, false, err
	}
	if err := d.storePlace(t, dir, place, Unset); err != nil {
		return Unset, false, err
	}
	if left {
		return v, true, d.storeLeft(t, end.moved(+1))
	}
	return v, true, d.storeRight(t, end.moved(-1))
}

// findPlace is the place of element i; ok is false when there is none.
func (d *Deque) findPlace(t *Thread, i int) (dir *dequeDir, p uint32, ok bool, err error) {
	e, err := d.ends(t)
	if err != nil || i < 0 || i >= e.len() {
		return nil, 0, false, err
	}
	return e.dir, e.left.place() + uint32(i), true, nil
}

func (d *Deque) sharedGet(t *Thread, i int) (v Value, ok bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	dir, p, ok, err := d.findPlace(t, i)
	if err != nil || !ok {
		return Unset, false, err
	}
	v, err = d.loadPlace(t, dir, p)
	return v, err == nil, err
}

func (d *Deque) sharedSet(t *Thread, i int, v Value) (ok bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	dir, p, ok, err := d.findPlace(t, i)
	if err != nil || !ok {
		return false, err
	}
	return true, d.storePlace(t, dir, p, v)
}

func (d *Deque) sharedItems(t *Thread) ([]Value, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	e, err := d.ends(t)
	if err != nil {
		return nil, err
	}
	out := make([]Value, e.len())
	for i := range out {
		if out[i], err = d.loadPlace(t, e.dir, e.left.place()+uint32(i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sharedAssign is Assign: a new directory, and ends that move on, so that iterators notice.
func (d *Deque) sharedAssign(t *Thread, items []Value) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	e, err := d.ends(t)
	if err != nil {
		return err
	}
	dir := newDequeDir(nil, dequePlaces(len(items)))
	for i, v := range items {
		*dir.cell(e.left.place() + uint32(i)) = v
	}
	if err := d.setDir(t, dir); err != nil {
		return err
	}
	return d.storeRight(t, e.right.moved(len(items)-e.len()))
}

// sharedChanges is how often the deque has been changed.
func (d *Deque) sharedChanges(t *Thread) (uint64, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	e, err := d.ends(t)
	return d.shared.base + e.left.changes() + e.right.changes(), err
}
