package object

import (
	"strings"
	"unsafe"

	"gilt/stm"
)

// This file has deques (collections.deque): doubly ended queues.
//
// Private: a ring of values. Shared: a directory of blocks of 32 places, each block under a record of its own, and two end
// cells, which tell the place of the first element and the place behind the last one, also under records of their own:
// append and popleft on a deque that is not nearly empty touch different records. Places map to blocks modulo the
// directory's size, which grows when the deque is about to fill it.
//
// popleft must know that the deque is not empty without reading the right end: a place holds Unset unless it has an
// element, so the place itself tells.

const dequeBlockLen = 32

// Deque is a deque. Its class is collections.deque.
type Deque struct {
	Mut
	ring   []Value // private: a power of two or nil
	head   int     // private: index of the first element
	n      int     // private: number of elements
	maxlen int     // -1: none. Never changes.
	state  uint64  // private: changes, for iterators
	shared *sharedDeque
}

// sharedDeque is the root of the shared representation.
type sharedDeque struct {
	dir    Value // Ref: *dequeDir. Under the deque's record.
	left   Value // dequeEnd: place of the first element
	right  Value // dequeEnd: place behind the last element
	leftO  stm.Orec
	rightO stm.Orec
	base   uint64 // changes from before the deque was published
	coarse bool   // one record for all
	rent   rent   // see claim.go
}

// dequeDir is the blocks, a power of two of them.
type dequeDir struct {
	Header
	blocks []*dequeBlock
}

type dequeBlock struct {
	orec  stm.Orec
	items [dequeBlockLen]Value
}

// NewDeque makes an empty deque; maxlen -1 is none.
func (t *Thread) NewDeque(maxlen int) *Deque {
	return &Deque{Mut: t.NewMut(KindDeque, t.Interp.Types.Deque), maxlen: maxlen}
}

// Value is the deque as a Python object.
func (d *Deque) Value() Value { return valueOf(d) }

// MaxLen is the greatest length that the deque may have, -1 if there is no such limit.
func (d *Deque) MaxLen() int { return d.maxlen }

func (d *Deque) private() bool { return d.Meta&FlagShared == 0 }

// mine says whether the deque is private, after claiming it where that is possible.
func (d *Deque) mine(t *Thread) bool { return d.Meta&FlagShared == 0 || t.Solo && d.claim(t) }

func (d *Deque) fresh(t *Thread) bool {
	return d.Meta == uint64(KindDeque)|t.Epoch || t.Epoch == 0 && d.renew()
}

// dequeUndo restores a private deque whose ring was saved as a whole.
type dequeUndo struct {
	d       *Deque
	ring    []Value
	head, n int
	state   uint64
}

func (u *dequeUndo) Undo() {
	u.d.ring, u.d.head, u.d.n, u.d.state = u.ring, u.head, u.n, u.state
	stale(&u.d.Header)
}

func (d *Deque) index(i int) int { return (d.head + i) & (len(d.ring) - 1) }

// saveAll makes a private deque's whole state restorable: it works on a copy from now on.
func (d *Deque) saveAll(t *Thread) {
	if d.fresh(t) {
		return
	}
	t.Undo.Save(&dequeUndo{d, d.ring, d.head, d.n, d.state})
	d.ring = append([]Value(nil), d.ring...)
	d.Meta = uint64(KindDeque) | t.Epoch
}

// saveEnd makes a push (v Unset) or a pop of v restorable.
func (d *Deque) saveEnd(t *Thread, v Value, left bool) {
	if d.fresh(t) {
		return
	}
	if t.Undo.wholly(unsafe.Pointer(d), d.n) {
		d.saveAll(t)
		return
	}
	t.Undo.saveDequeEnd(d, v, left)
}

// reserve makes room for one more element in a private deque.
func (d *Deque) reserve(t *Thread) error {
	if d.n < len(d.ring) {
		return nil
	}
	if err := t.Room(2 * len(d.ring) * valueSize); err != nil {
		return err
	}
	if !d.fresh(t) {
		t.Undo.Save(&dequeUndo{d, d.ring, d.head, d.n, d.state})
		d.Meta = uint64(KindDeque) | t.Epoch
	}
	ring := make([]Value, max(2*len(d.ring), 8))
	for i := range d.n {
		ring[i] = d.ring[d.index(i)]
	}
	d.ring, d.head = ring, 0
	return nil
}

// Len is the number of elements.
func (d *Deque) Len(t *Thread) (int, error) {
	if d.mine(t) {
		return d.n, nil
	}
	return d.sharedLen(t)
}

// Push adds an element at an end; what falls off the other end of a full bounded deque is dropped.
func (d *Deque) Push(t *Thread, v Value, left bool) error {
	if d.maxlen == 0 {
		return nil
	}
	if !d.mine(t) {
		return d.sharedPush(t, v, left)
	}
	if d.maxlen > 0 && d.n >= d.maxlen {
		if _, _, err := d.Pop(t, !left); err != nil {
			return err
		}
	}
	if err := d.reserve(t); err != nil {
		return err
	}
	d.saveEnd(t, Unset, left)
	if left {
		d.head = (d.head - 1) & (len(d.ring) - 1)
		d.ring[d.head] = v
	} else {
		d.ring[d.index(d.n)] = v
	}
	d.n++
	d.state++
	return nil
}

// Pop removes the element at an end; ok is false when there is none.
func (d *Deque) Pop(t *Thread, left bool) (v Value, ok bool, err error) {
	if !d.mine(t) {
		return d.sharedPop(t, left)
	}
	if d.n == 0 {
		return Unset, false, nil
	}
	i := d.head
	if !left {
		i = d.index(d.n - 1)
	}
	v = d.ring[i]
	d.saveEnd(t, v, left)
	d.ring[i] = Value{}
	if left {
		d.head = (d.head + 1) & (len(d.ring) - 1)
	}
	d.n--
	d.state++
	return v, true, nil
}

// Get is element i, from the left; ok is false when there is none.
func (d *Deque) Get(t *Thread, i int) (v Value, ok bool, err error) {
	if !d.mine(t) {
		return d.sharedGet(t, i)
	}
	if i < 0 || i >= d.n {
		return Unset, false, nil
	}
	return d.ring[d.index(i)], true, nil
}

// Set replaces element i; ok is false when there is none.
func (d *Deque) Set(t *Thread, i int, v Value) (ok bool, err error) {
	if !d.mine(t) {
		return d.sharedSet(t, i, v)
	}
	if i < 0 || i >= d.n {
		return false, nil
	}
	d.saveAll(t)
	d.ring[d.index(i)] = v
	return true, nil
}

// Items are the elements from left to right, in an array of the caller's.
func (d *Deque) Items(t *Thread) ([]Value, error) {
	if !d.mine(t) {
		return d.sharedItems(t)
	}
	out := make([]Value, d.n)
	for i := range out {
		out[i] = d.ring[d.index(i)]
	}
	return out, nil
}

// Assign makes items the deque's whole contents (the last maxlen of them).
func (d *Deque) Assign(t *Thread, items []Value) error {
	if d.maxlen >= 0 && len(items) > d.maxlen {
		items = items[len(items)-d.maxlen:]
	}
	if !d.mine(t) {
		return d.sharedAssign(t, items)
	}
	if !d.fresh(t) {
		t.Undo.Save(&dequeUndo{d, d.ring, d.head, d.n, d.state})
		d.Meta = uint64(KindDeque) | t.Epoch
	}
	size := 8
	for size < len(items) {
		size *= 2
	}
	d.ring = make([]Value, size)
	copy(d.ring, items)
	d.head, d.n = 0, len(items)
	d.state++
	return nil
}

// changesSoFar is what iterators compare: how often the deque has been changed in its length or order.
func (d *Deque) changesSoFar(t *Thread) (uint64, error) {
	if d.mine(t) {
		return d.state, nil
	}
	return d.sharedChanges(t)
}

// Repr is the deque's repr for a class of the given name.
func (d *Deque) Repr(t *Thread, self Value, name string) (string, error) {
	if !t.enterRepr(self) {
		return "[...]", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	items, err := d.Items(t)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(name)
	b.WriteString("([")
	if err := writeReprs(t, &b, items); err != nil {
		return "", err
	}
	b.WriteByte(']')
	if d.maxlen >= 0 {
		b.WriteString(", maxlen=")
		b.WriteString(itoa(d.maxlen))
	}
	b.WriteByte(')')
	return b.String(), nil
}

// dropPrivate forgets the private representation.
func (d *Deque) dropPrivate() { d.ring, d.head, d.n = nil, 0, 0 }
