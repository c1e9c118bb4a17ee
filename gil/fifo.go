package gil

// fifo serves first come, first served: the lock is handed directly to the longest waiter, by a voluntary release as
// well as by a holder that has been asked to give way after the interval. Kristjan Jonsson's "roundrobin" (bpo-8299,
// 2010) and Ruby's scheduler since 3.3 are of this kind. Nobody starves and no wake-up is lost; the price is that
// every contended release is a hand-over to a thread that may have to be brought back from sleep.
//
// Threads are not bound to operating-system threads: a hand-over is then a matter of the Go scheduler, a microsecond
// instead of ten.

import (
	"sync/atomic"

	"gilt/internal/machine"
)

type fifo struct {
	core
	handoff
}

func newFIFO(name string, opts Options) Lock {
	l := &fifo{}
	l.init(name, opts)
	return l
}

func (l *fifo) Join(p *machine.Proc, breaker *atomic.Uint32) *Member {
	return l.join(p, breaker, false)
}

func (l *fifo) Leave(m *Member) { l.leave(m) }

func (l *fifo) Acquire(m *Member) {
	if l.try(m) {
		l.enter(m)
		return
	}
	l.block(m)
	l.wait(m, &l.core)
	l.unblock(m)
}

func (l *fifo) ReacquireIO(m *Member) { l.Acquire(m) }

func (l *fifo) Release(m *Member) {
	l.exit(m, l.contended(m.proc))
	l.release(m)
}

// Yield goes to the end of the queue.
func (l *fifo) Yield(m *Member) {
	m.st.Checks++
	if !l.contended(m.proc) {
		clearRequest(m)
		return
	}
	l.note(m, true)
	l.block(m)
	l.rotate(m, &l.core)
	l.regained(m)
}
