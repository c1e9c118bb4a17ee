package contention

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Marks makes the reads of prioritised transactions visible, as the priority layer of Spear, Dalessandro, Marathe,
// Scott (PPoPP 2009) wants it: writers give way to readers of higher priority, and nobody else pays anything but one
// load at commit.
//
// The protocol is a Dekker pair. A prioritised reader marks, then loads the orec; a writer locks its orecs, then
// loads Active and the marks. Either the reader sees the lock, or the writer sees the mark. Go's atomics are
// sequentially consistent, which is what that needs. So:
//
//   - reader: Enter at begin when State.Priority() > 0; before each first read (and write) of an object Mark, then the
//     ordinary orec-checked read; Leave at the end of every attempt, after a commit's write-back or the rollback.
//   - writer: lock everything; if Active, OR Readers of the whole write set together; if Above finds somebody,
//     release and abort; otherwise validate, write back, release.
//
// A reader that finds an orec locked by a lower priority may wait for it when the orec's version before the lock is
// not newer than its snapshot: that owner must see the mark and give up. Waits go from higher to lower priority only,
// so they form no cycles.
//
// There are 64 slots, one bit each, which prioritised transactions take and give back; when all are taken, a
// transaction goes on without marks. Objects with a header can hold the bits themselves (MarkWord): no hashing, no
// false conflicts.
type Marks struct {
	_      [64]byte
	active atomic.Uint64 // slots taken: not zero means that somebody is prioritised
	_      [56]byte
	slots  [64]slot
	vis    visible
}

type slot struct {
	state atomic.Pointer[State]
	_     [56]byte
}

// visible is where the marks are kept.
type visible interface {
	mark(p *machine.Proc, k *Marking, key uint64)
	clear(p *machine.Proc, k *Marking)
	readers(p *machine.Proc, active, key uint64) uint64
}

// PriorityInevitable is the priority above all: at most one transaction has it at a time.
const PriorityInevitable = 1<<63 - 1

// PrioritySenior is the priority of a starving transaction that has been given the way; at most one has it at a time.
const PrioritySenior = PriorityInevitable - 1

// PriorityWaiting marks the reads of a transaction that sleeps in retry: no writer gives way, but it wakes them.
const PriorityWaiting = -1

// slotsMax is the number of transactions that can be marked at once.
const slotsMax = 64

// RecordBits is the usual size of a table of reader records: 2^RecordBits words (RSTM's OrecFair).
const RecordBits = 20

// NewMarks keeps the marks as reader records: a table of 2^logRecords words, hashed by key, one bit per slot.
func NewMarks(logRecords int) *Marks {
	return &Marks{vis: &records{table: make([]atomic.Uint64, 1<<logRecords), shift: 64 - uint(logRecords)}}
}

// NewBloomMarks keeps the marks as one published Bloom filter of 2^logBits bits per prioritised transaction. Marking
// is cheaper and clearing is constant; probing costs a look at every prioritised transaction, and there are false
// conflicts when a filter fills up.
func NewBloomMarks(logBits int) *Marks {
	b := &blooms{mask: 1<<logBits - 1, words: 1 << max(0, logBits-6)}
	return &Marks{vis: b}
}

// NewHeaderMarks is for objects that hold the bits in their headers: only Marking.MarkWord may be used.
func NewHeaderMarks() *Marks { return &Marks{vis: headers{}} }

// Active says whether anybody is prioritised: the only cost of the layer for an ordinary writer's commit.
func (m *Marks) Active(p *machine.Proc) bool {
	p.Read(unsafe.Pointer(&m.active))
	return m.active.Load() != 0
}

// Readers is the set of slots whose transactions may have marked key. It may contain the caller's own.
func (m *Marks) Readers(p *machine.Proc, key uint64) uint64 {
	return m.vis.readers(p, m.active.Load(), key)
}

// Above returns a transaction among the slots of mask, other than me, whose priority is above me's; nil if there is
// none. Equal priorities do not give way to each other.
func (m *Marks) Above(p *machine.Proc, mask uint64, me *State) *State {
	mine := me.Priority()
	for ; mask != 0; mask &= mask - 1 {
		sl := &m.slots[bits.TrailingZeros64(mask)]
		p.Read(unsafe.Pointer(sl))
		s := sl.state.Load()
		if s != nil && s != me && s.Priority() > mine {
			return s
		}
	}
	return nil
}

// Waiters calls f for every transaction among the slots of mask that sleeps in retry.
func (m *Marks) Waiters(p *machine.Proc, mask uint64, f func(*State)) {
	for ; mask != 0; mask &= mask - 1 {
		sl := &m.slots[bits.TrailingZeros64(mask)]
		p.Read(unsafe.Pointer(sl))
		if s := sl.state.Load(); s != nil && s.Priority() == PriorityWaiting {
			f(s)
		}
	}
}

// Marking is one transaction's side of Marks; descriptors embed it. The zero value is not entered.
type Marking struct {
	m    *Marks
	bit  uint64
	slot int
	set  []*atomic.Uint64 // words in which bit is set, for clearing
}

// Entered says whether the attempt is visible.
func (k *Marking) Entered() bool { return k.bit != 0 }

// Enter takes a slot for an attempt of s; false means that all are taken and the attempt runs without marks.
func (k *Marking) Enter(p *machine.Proc, m *Marks, s *State) bool {
	if k.bit != 0 {
		return true
	}
	for {
		p.RMW(unsafe.Pointer(&m.active))
		a := m.active.Load()
		if a == 1<<slotsMax-1 {
			return false
		}
		i := bits.TrailingZeros64(^a)
		if m.active.CompareAndSwap(a, a|1<<i) {
			k.m, k.slot, k.bit = m, i, 1<<i
			break
		}
	}
	p.Write(unsafe.Pointer(&m.slots[k.slot]))
	m.slots[k.slot].state.Store(s)
	return true
}

// Mark makes the access to key visible; the orec must be loaded after it. Outside Enter and Leave it does nothing.
func (k *Marking) Mark(p *machine.Proc, key uint64) {
	if k.bit != 0 {
		k.m.vis.mark(p, k, key)
	}
}

// MarkWord is Mark for an object that holds its readers' bits itself, in w.
func (k *Marking) MarkWord(p *machine.Proc, w *atomic.Uint64) {
	if k.bit == 0 {
		return
	}
	p.Read(unsafe.Pointer(w))
	if w.Load()&k.bit != 0 {
		return
	}
	p.RMW(unsafe.Pointer(w))
	w.Or(k.bit)
	k.set = append(k.set, w)
}

// Leave clears the marks and gives the slot back. Calling it without Enter does nothing.
func (k *Marking) Leave(p *machine.Proc) {
	if k.bit == 0 {
		return
	}
	for _, w := range k.set {
		p.RMW(unsafe.Pointer(w))
		w.And(^k.bit)
	}
	k.set = k.set[:0]
	k.m.vis.clear(p, k)
	p.Write(unsafe.Pointer(&k.m.slots[k.slot]))
	k.m.slots[k.slot].state.Store(nil)
	p.RMW(unsafe.Pointer(&k.m.active))
	k.m.active.And(^k.bit)
	k.m, k.bit = nil, 0
}

// hashKey spreads keys (Fibonacci hashing).
func hashKey(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 }

// records is the reader-record form.
type records struct {
	table []atomic.Uint64
	shift uint
}

func (r *records) mark(p *machine.Proc, k *Marking, key uint64) {
	k.MarkWord(p, &r.table[hashKey(key)>>r.shift])
}

func (r *records) clear(*machine.Proc, *Marking) {}

func (r *records) readers(p *machine.Proc, _, key uint64) uint64 {
	w := &r.table[hashKey(key)>>r.shift]
	p.Read(unsafe.Pointer(w))
	return w.Load()
}

// blooms is the Bloom form: two bits per key in the filter of the marking transaction's slot. Filters belong to the
// slots and are made at their first use.
type blooms struct {
	mask    uint64
	words   int
	filters [slotsMax]atomic.Pointer[[]atomic.Uint64]
}

// bitsOf are the two bits of a key.
func (b *blooms) bitsOf(key uint64) (i, j uint64) {
	h := hashKey(key)
	return h >> 40 & b.mask, h >> 16 & b.mask
}

func (b *blooms) mark(p *machine.Proc, k *Marking, key uint64) {
	f := b.filters[k.slot].Load()
	if f == nil {
		w := make([]atomic.Uint64, b.words)
		f = &w
		b.filters[k.slot].Store(f) // the slot's owner is the only one to store
	}
	i, j := b.bitsOf(key)
	for _, bit := range [2]uint64{i, j} {
		w := &(*f)[bit>>6]
		if v := w.Load(); v&(1<<(bit&63)) == 0 {
			p.Write(unsafe.Pointer(w))
			w.Store(v | 1<<(bit&63))
		}
	}
}

func (b *blooms) clear(p *machine.Proc, k *Marking) {
	f := b.filters[k.slot].Load()
	if f == nil {
		return
	}
	for i := range *f {
		if w := &(*f)[i]; w.Load() != 0 {
			p.Write(unsafe.Pointer(w))
			w.Store(0)
		}
	}
}

func (b *blooms) readers(p *machine.Proc, active, key uint64) uint64 {
	i, j := b.bitsOf(key)
	var out uint64
	for ; active != 0; active &= active - 1 {
		s := bits.TrailingZeros64(active)
		f := b.filters[s].Load()
		if f == nil {
			continue
		}
		p.Read(unsafe.Pointer(&(*f)[i>>6]))
		if (*f)[i>>6].Load()&(1<<(i&63)) == 0 {
			continue
		}
		p.Read(unsafe.Pointer(&(*f)[j>>6]))
		if (*f)[j>>6].Load()&(1<<(j&63)) != 0 {
			out |= 1 << s
		}
	}
	return out
}

// headers keeps nothing: the bits are in the objects.
type headers struct{}

func (headers) mark(*machine.Proc, *Marking, uint64)         {}
func (headers) clear(*machine.Proc, *Marking)                {}
func (headers) readers(*machine.Proc, uint64, uint64) uint64 { return 0 }
