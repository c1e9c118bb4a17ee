package stm

import (
	"reflect"
	"unsafe"
)

// Queue is an unbounded first-in-first-out queue. Its ends have records of their own (a node without a value stands
// between them, as in the two-lock queue of Michael and Scott, PODC 1996), so putting and taking do not conflict
// unless the queue is empty.
type Queue[T any] struct {
	headRec Orec
	head    Word // P: the node whose value was taken last; it keeps that value alive
	_       [104]byte
	tailRec Orec
	tail    Word // P: the node that was put last
	rep     rep
}

type queueNode struct {
	orec Orec
	next Word
	val  Word // written before the node is published, never changed
}

// NewQueue makes an empty Queue.
func NewQueue[T any]() *Queue[T] {
	n := &queueNode{}
	return &Queue[T]{head: Word{P: unsafe.Pointer(n)}, tail: Word{P: unsafe.Pointer(n)}, rep: repOf(reflect.TypeFor[T]())}
}

// Put appends v.
func (q *Queue[T]) Put(tx *Tx, v T) {
	tx.check("Queue.Put")
	n := &queueNode{val: pack(q.rep, &v)}
	last := (*queueNode)(tx.load(&q.tailRec, &q.tail).P)
	tx.store(&last.orec, &last.next, Word{P: unsafe.Pointer(n)})
	tx.store(&q.tailRec, &q.tail, Word{P: unsafe.Pointer(n)})
}

// TryTake removes the first value; false means that there is none.
func (q *Queue[T]) TryTake(tx *Tx) (v T, ok bool) {
	tx.check("Queue.TryTake")
	n := q.first(tx)
	if n == nil {
		return v, false
	}
	v = unpack[T](q.rep, tx.load(&n.orec, &n.val))
	tx.store(&q.headRec, &q.head, Word{P: unsafe.Pointer(n)})
	return v, true
}

// Take removes the first value; it blocks (Retry) as long as there is none.
func (q *Queue[T]) Take(tx *Tx) T {
	v, ok := q.TryTake(tx)
	if !ok {
		tx.Retry()
	}
	return v
}

// Peek is the first value, if there is one.
func (q *Queue[T]) Peek(tx *Tx) (v T, ok bool) {
	tx.check("Queue.Peek")
	n := q.first(tx)
	if n == nil {
		return v, false
	}
	return unpack[T](q.rep, tx.load(&n.orec, &n.val)), true
}

// Empty says whether there is no value.
func (q *Queue[T]) Empty(tx *Tx) bool {
	tx.check("Queue.Empty")
	return q.first(tx) == nil
}

func (q *Queue[T]) first(tx *Tx) *queueNode {
	h := (*queueNode)(tx.load(&q.headRec, &q.head).P)
	return (*queueNode)(tx.load(&h.orec, &h.next).P)
}

// Len counts the values. The transaction depends on all of them then.
func (q *Queue[T]) Len(tx *Tx) int {
	tx.check("Queue.Len")
	n := 0
	for c := q.first(tx); c != nil; c = (*queueNode)(tx.load(&c.orec, &c.next).P) {
		n++
	}
	return n
}

// Chan is a bounded buffer like a Go channel's, inside transactions: sending and receiving can be combined with
// anything else, and with [Select]. Each slot has a record of its own, and the two ends count for themselves, so senders
// and receivers meet in slots only.
type Chan[T any] struct {
	sendRec Orec
	sent    Word // B: the number of values sent
	_       [104]byte
	recvRec Orec
	recvd   Word // B: the number of values received
	_       [104]byte
	endRec  Orec
	closed  Word // B: 1 when closed
	slots   []chanSlot
	rep     rep
}

// chanSlot holds a value when full.B is 1.
type chanSlot struct {
	orec Orec
	full Word
	val  Word
	_    [24]byte
}

// NewChan makes a Chan with room for n values, at least 1.
func NewChan[T any](n int) *Chan[T] {
	if n < 1 {
		panic("stm: a Chan needs room for at least one value")
	}
	return &Chan[T]{slots: make([]chanSlot, n), rep: repOf(reflect.TypeFor[T]())}
}

// Cap is the number of values that there is room for.
func (c *Chan[T]) Cap() int { return len(c.slots) }

// TrySend sends v; false means that there is no room. It panics when the Chan is closed.
func (c *Chan[T]) TrySend(tx *Tx, v T) bool {
	tx.check("Chan.TrySend")
	if c.Closed(tx) {
		panic("stm: send on a closed Chan")
	}
	n := tx.load(&c.sendRec, &c.sent).B
	s := &c.slots[n%uint64(len(c.slots))]
	if tx.load(&s.orec, &s.full).B != 0 {
		return false
	}
	tx.store(&s.orec, &s.val, pack(c.rep, &v))
	tx.store(&s.orec, &s.full, Word{B: 1})
	tx.store(&c.sendRec, &c.sent, Word{B: n + 1})
	return true
}

// Send sends v; it blocks (Retry) as long as there is no room.
func (c *Chan[T]) Send(tx *Tx, v T) {
	if !c.TrySend(tx, v) {
		tx.Retry()
	}
}

// TryRecv receives a value; false means that there is none.
func (c *Chan[T]) TryRecv(tx *Tx) (v T, ok bool) {
	tx.check("Chan.TryRecv")
	n := tx.load(&c.recvRec, &c.recvd).B
	s := &c.slots[n%uint64(len(c.slots))]
	if tx.load(&s.orec, &s.full).B == 0 {
		return v, false
	}
	v = unpack[T](c.rep, tx.load(&s.orec, &s.val))
	tx.store(&s.orec, &s.full, Word{})
	tx.store(&s.orec, &s.val, Word{})
	tx.store(&c.recvRec, &c.recvd, Word{B: n + 1})
	return v, true
}

// Recv receives a value; it blocks (Retry) as long as there is none. Of a closed Chan without values it is the zero
// value and false.
func (c *Chan[T]) Recv(tx *Tx) (v T, ok bool) {
	v, ok = c.TryRecv(tx)
	if !ok && !c.Closed(tx) {
		tx.Retry()
	}
	return v, ok
}

// Close says that nothing more will be sent. Closing twice panics.
func (c *Chan[T]) Close(tx *Tx) {
	tx.check("Chan.Close")
	if c.Closed(tx) {
		panic("stm: close of a closed Chan")
	}
	tx.store(&c.endRec, &c.closed, Word{B: 1})
}

// Closed says whether the Chan is closed.
func (c *Chan[T]) Closed(tx *Tx) bool {
	tx.check("Chan.Closed")
	return tx.load(&c.endRec, &c.closed).B != 0
}

// Len is the number of values that are waiting to be received. It conflicts with senders and receivers.
func (c *Chan[T]) Len(tx *Tx) int {
	tx.check("Chan.Len")
	return int(tx.load(&c.sendRec, &c.sent).B - tx.load(&c.recvRec, &c.recvd).B)
}
