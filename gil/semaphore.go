package gil

// A counting semaphore as glibc's sem_t (sem_post.c, sem_waitcommon.c; Torvald Riegel's, since 2.21): a value, the
// number of waiters, a futex on the value. What matters about it here is what it does not do: there is no hand-off. A
// post wakes a sleeper if there is one, and whoever comes first takes the token, which is nearly always the poster.
// The old GIL's behaviour (lost wake-ups, bursts of one thread) rests on that.
//
// glibc keeps value and waiters in one 64-bit word where it can, here they are two words, as on its 32-bit machines: a
// post publishes the token before it looks for waiters, a waiter announces itself before it looks for the token, and
// both are sequentially consistent, so one of them sees the other.
//
// Invariant: value + tokens held = 1; waiters counts the threads between their announcement and their token.

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

type semaphore struct {
	value   machine.Futex
	waiters atomic.Uint32
}

// waitForGIL is what a thread that waits for the lock is doing, for people.
var waitForGIL = machine.Wait{What: "the interpreter lock", Owner: -1}

// init gives the semaphore its one token.
func (s *semaphore) init() { s.value.Word().Store(1) }

// contended says whether somebody waits, now.
func (s *semaphore) contended(p *machine.Proc) bool {
	p.Read(unsafe.Pointer(&s.waiters))
	return s.waiters.Load() > 0
}

// post returns the token (sem_post) and wakes a waiter if there is one.
func (s *semaphore) post(p *machine.Proc) {
	p.RMW(unsafe.Pointer(s.value.Word()))
	s.value.Word().Add(1)
	if s.contended(p) {
		s.value.Wake(p, 1)
	}
}

// tryWait is sem_wait's fast path: one attempt.
func (s *semaphore) tryWait(p *machine.Proc) bool {
	v := s.value.Word()
	p.RMW(unsafe.Pointer(v))
	n := v.Load()
	return n > 0 && v.CompareAndSwap(n, n-1)
}

// wait is sem_wait's slow path. Every wake-up that finds no token is booked as failed.
func (s *semaphore) wait(c *core, m *Member) {
	p, v := m.proc, s.value.Word()
	p.RMW(unsafe.Pointer(&s.waiters))
	s.waiters.Add(1)
	p.Read(unsafe.Pointer(v))
	for slept := false; ; {
		n := v.Load()
		if n == 0 {
			if slept {
				c.woken(m)
			}
			s.value.Wait(p, waitForGIL, 0)
			slept = true
			p.Read(unsafe.Pointer(v))
			continue
		}
		p.RMW(unsafe.Pointer(v))
		if v.CompareAndSwap(n, n-1) {
			break
		}
	}
	p.RMW(unsafe.Pointer(&s.waiters))
	s.waiters.Add(^uint32(0))
}
