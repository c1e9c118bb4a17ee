package gil

// handoff is a mutual exclusion lock that is handed over: whoever gives it up passes it to the longest waiter, and
// nobody overtakes. (Ruby 3.3's struct rb_thread_sched has the same core: a ready queue, and the releaser names the
// next to run.) It is the whole of "fifo" and the writers' side of "rw".
//
// One word says who holds it and whether somebody waits: uncontended operations are one compare-and-swap. Waiters
// queue under a spin lock and park; the thread that grants unparks. One waiter at a time, the timer, is on the watch
// for a holder that keeps the lock longer than the interval, and asks it to drop it (Ruby's "designated timer"). The role
// goes to the youngest waiter, so that it moves as seldom as can be.
//
// Invariants:
//   - word is 0 (free, nobody waits) or holder<<1 | waits, holder being the member's id + 1.
//   - With the waits bit set, word, the queue, timer and granted time change under the guard only.
//   - A member's DropRequest is set under the guard while it holds the lock with waiters, and it can give the lock up then
//     only under the guard, where it clears the bit: no request outlives the tenure that it was meant for.

import (
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/internal/machine"
)

type handoff struct {
	_         [64]byte
	word      atomic.Uint64
	_         [56]byte
	guard     atomic.Uint32
	head      *Member // longest waiter
	tail      *Member
	timer     *Member // the waiter that watches the holder
	holder    *Member // who was granted the lock last, or was found holding it by the first waiter
	grantedAt int64   // when the holder's tenure began, as far as waiters are concerned
}

// waitForTurn is what a waiter is doing, for people.
var waitForTurn = machine.Wait{What: "its turn at the interpreter lock", Owner: -1}

func (h *handoff) lockGuard(p *machine.Proc) {
	for round := 0; ; round++ {
		p.RMW(unsafe.Pointer(&h.guard))
		if h.guard.CompareAndSwap(0, 1) {
			return
		}
		p.Spin(round)
	}
}

func (h *handoff) unlockGuard(p *machine.Proc) {
	p.Write(unsafe.Pointer(&h.guard))
	h.guard.Store(0)
}

func (m *Member) tag() uint64 { return uint64(m.id+1) << 1 }

// try takes the lock if it is free.
func (h *handoff) try(m *Member) bool {
	m.proc.RMW(unsafe.Pointer(&h.word))
	return h.word.CompareAndSwap(0, m.tag())
}

// contended says whether somebody waits, now.
func (h *handoff) contended(p *machine.Proc) bool {
	p.Read(unsafe.Pointer(&h.word))
	return h.word.Load()&1 != 0
}

// wait queues for the lock and returns when it has been granted.
func (h *handoff) wait(m *Member, c *core) {
	p := m.proc
	h.lockGuard(p)
	for {
		p.Read(unsafe.Pointer(&h.word))
		w := h.word.Load()
		p.RMW(unsafe.Pointer(&h.word))
		if w == 0 {
			if h.word.CompareAndSwap(0, m.tag()) {
				h.unlockGuard(p)
				return
			}
			continue
		}
		if w&1 != 0 {
			break
		}
		if h.word.CompareAndSwap(w, w|1) {
			// The first waiter: the holder took the lock without a word, its patience begins now.
			h.holder = c.member(int(w>>1) - 1)
			h.grantedAt = p.Now()
			break
		}
	}
	h.enqueue(m)
	h.unlockGuard(p)
	h.await(m, c)
}

// enqueue puts m at the end. The caller holds the guard.
func (h *handoff) enqueue(m *Member) {
	m.next = nil
	m.granted.Store(false)
	if h.tail != nil {
		h.tail.next = m
	} else {
		h.head = m
	}
	h.tail = m
	if h.timer == nil {
		h.timer = m
	}
}

// await parks until m has been granted the lock, and watches the holder while m is the timer.
func (h *handoff) await(m *Member, c *core) {
	p := m.proc
	for {
		p.Read(unsafe.Pointer(&m.granted))
		if m.granted.Load() {
			return
		}
		if d := h.watch(m, c.interval.Load()); d < 0 {
			p.Park(waitForTurn)
		} else {
			p.ParkTimeout(waitForTurn, time.Duration(d))
		}
	}
}

// watch asks the holder to drop the lock when its time is up. It returns how long m should sleep, negative = until it is
// woken.
func (h *handoff) watch(m *Member, interval int64) int64 {
	p := m.proc
	h.lockGuard(p)
	defer h.unlockGuard(p)
	if h.timer != m {
		return -1
	}
	left := h.grantedAt + interval - p.Now()
	if left > 0 {
		return left
	}
	p.RMW(unsafe.Pointer(h.holder.breaker))
	if h.holder.breaker.Or(DropRequest)&DropRequest == 0 {
		m.waitRequested++
	}
	return interval
}

// release passes the lock on, or frees it.
func (h *handoff) release(m *Member) {
	p := m.proc
	p.RMW(unsafe.Pointer(&h.word))
	if h.word.CompareAndSwap(m.tag(), 0) {
		return
	}
	h.lockGuard(p)
	clearRequest(m)
	h.grant(m)
}

// rotate passes the lock on and queues m again behind everybody else. Somebody waits.
func (h *handoff) rotate(m *Member, c *core) {
	h.lockGuard(m.proc)
	clearRequest(m)
	h.enqueue(m)
	h.grant(m)
	h.await(m, c)
}

// grant makes the head of the queue the holder. The caller holds the guard, which is released.
func (h *handoff) grant(m *Member) {
	p := m.proc
	next := h.head
	if h.head = next.next; h.head == nil {
		h.tail = nil
	}
	next.next = nil
	h.holder, h.grantedAt = next, p.Now()
	var timer *Member
	if h.timer == next {
		h.timer = h.tail
		timer = h.tail
	}
	word := next.tag()
	if h.head != nil {
		word |= 1
	}
	p.Write(unsafe.Pointer(&h.word))
	h.word.Store(word)
	h.unlockGuard(p)
	// next may run, and be gone, as soon as it sees the grant; its Proc outlives that.
	q := next.proc
	p.Write(unsafe.Pointer(&next.granted))
	next.granted.Store(true)
	q.Unpark(p)
	if timer != nil {
		timer.proc.Unpark(p)
	}
}

// heldBy says whether m holds the lock.
func (h *handoff) heldBy(m *Member) bool {
	m.proc.Read(unsafe.Pointer(&h.word))
	return h.word.Load()&^1 == m.tag()
}

// hurry asks the holder to drop the lock on behalf of a thread that is not in the queue, and says whether that was
// news. Such a request may reach a holder that has just left, or its successor: it then costs one needless yield.
func (h *handoff) hurry(p *machine.Proc, c *core) bool {
	p.Read(unsafe.Pointer(&h.word))
	w := h.word.Load()
	if w == 0 {
		return false
	}
	holder := c.member(int(w>>1) - 1)
	if holder == nil {
		return false
	}
	p.RMW(unsafe.Pointer(holder.breaker))
	return holder.breaker.Or(DropRequest)&DropRequest == 0
}
