package contention

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// queueSpins is how many rounds a waiter spins before it parks.
const queueSpins = 32

// waiter is one parked thread and the permission that it waits for. Park may return early, so the flag decides.
type waiter struct {
	p     *machine.Proc
	ready atomic.Bool
}

// await spins a little, then parks, until the permission has come.
func (w *waiter) await(p *machine.Proc, what string, owner int) {
	for i := 0; i < queueSpins; i++ {
		p.Read(unsafe.Pointer(&w.ready))
		if w.ready.Load() {
			return
		}
		p.Spin(i)
	}
	for !w.ready.Load() {
		p.Park(machine.Wait{What: what, Owner: owner})
	}
}

// grant gives the permission; p is the giver.
func (w *waiter) grant(p *machine.Proc) {
	p.Write(unsafe.Pointer(&w.ready))
	w.ready.Store(true)
	w.p.Unpark(p)
}

// fifo admits one transaction at a time, in the order of arrival. The mutex is held for a few instructions that
// contain no hook of the machine, so that simulated threads never meet in it.
type fifo struct {
	mu      sync.Mutex
	holder  *State
	waiting []*waiter
	states  []*State // of the waiters, in the same order
}

// enter waits for s's turn; at its holder's it does nothing.
func (q *fifo) enter(p *machine.Proc, s *State) {
	p.RMW(unsafe.Pointer(&q.mu))
	q.mu.Lock()
	if q.holder == nil || q.holder == s {
		q.holder = s
		q.mu.Unlock()
		return
	}
	w := &waiter{p: p}
	owner := q.holder.Thread()
	q.waiting = append(q.waiting, w)
	q.states = append(q.states, s)
	q.mu.Unlock()
	w.await(p, "serial queue of transactions", owner)
}

// leave hands the turn on; for others than the holder it does nothing.
func (q *fifo) leave(p *machine.Proc, s *State) {
	p.RMW(unsafe.Pointer(&q.mu))
	q.mu.Lock()
	if q.holder != s {
		q.mu.Unlock()
		return
	}
	q.holder = nil
	var next *waiter
	if len(q.waiting) > 0 {
		next, q.holder = q.waiting[0], q.states[0]
		q.waiting, q.states = q.waiting[1:], q.states[1:]
	}
	q.mu.Unlock()
	if next != nil {
		next.grant(p)
	}
}

// length is the number of transactions that have the turn or wait for it.
func (q *fifo) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.waiting)
	if q.holder != nil {
		n++
	}
	return n
}
