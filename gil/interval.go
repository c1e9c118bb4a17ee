package gil

// interval is CPython's lock since 3.2 (Antoine Pitrou's, Python/ceval_gil.c), as it stands in 3.13: the drop request
// goes to the holder's own eval breaker, everything else is as it was.
//
// A waiter waits for 5 ms; if nobody has taken the lock in that time, it asks the holder to drop it. A holder that
// has dropped the lock on request then waits until another thread has it (forced switching). The patience starts anew
// at every wake-up, and any switch in between suppresses the request: that is why, with two threads busy, a third that
// comes back from I/O can wait much longer than 5 ms.
//
// Invariants:
//   - locked, switches and holder are written under mux, holder also under switchMux: a forced switch watches it there.
//   - A member's DropRequest is set by waiters under mux, on the last holder only, and cleared by the member when it
//     takes the lock or begins its forced switch.
//   - The wait for the switch is a single wait, as the original's: a spurious wake-up lets the thread compete again.

import (
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/internal/machine"
)

// switcher is the state that interval, priority and beazley have in common.
type switcher struct {
	core
	_          [64]byte
	mux        mutex
	cond       condvar // waiters for the lock
	locked     bool    // guarded by mux
	switches   uint64  // guarded by mux
	_          [64]byte
	switchMux  mutex
	switchCond condvar                // those who wait for their forced switch
	holder     atomic.Pointer[Member] // the last member that held the lock (gil_last_holder)
}

// init also decides who lets members wait; see Options.Goroutines.
func (s *switcher) init(name string, opts Options) {
	s.core.init(name, opts)
	if opts.Goroutines {
		for _, f := range []*machine.Futex{&s.mux.futex, &s.cond.futex, &s.switchMux.futex, &s.switchCond.futex} {
			f.Soft()
		}
	}
}

func (s *switcher) Join(p *machine.Proc, breaker *atomic.Uint32) *Member {
	return s.join(p, breaker, !s.opts.Goroutines)
}

// waitForSwitch is what a thread in a forced switch is doing, for people.
var waitForSwitch = machine.Wait{What: "another thread to take the interpreter lock", Owner: -1}

// patience waits on q for the interval and says whether it passed without a switch while the lock was taken. The
// caller holds mux and the lock is taken.
func (s *switcher) patience(m *Member, q *condvar, d time.Duration) bool {
	saved := s.switches
	timedOut := q.wait(m.proc, &s.mux, waitForGIL, d)
	if !timedOut && s.locked {
		s.woken(m)
	}
	return timedOut && s.locked && s.switches == saved
}

// request asks the holder to drop the lock. The caller holds mux.
func (s *switcher) request(m *Member) {
	p := m.proc
	p.Read(unsafe.Pointer(&s.holder))
	if h := s.holder.Load(); h != nil {
		p.RMW(unsafe.Pointer(h.breaker))
		h.breaker.Or(DropRequest)
		m.waitRequested++
	}
}

// took makes m the holder. The caller holds mux, and the lock is free. The original takes the second mutex always; nobody needs
// it when the holder stays the same: who waits there waits for another member than itself to come, and is signalled when that happens.
func (s *switcher) took(m *Member) {
	p := m.proc
	s.locked = true
	p.Read(unsafe.Pointer(&s.holder))
	if s.holder.Load() != m {
		s.switchMux.lock(p)
		p.Write(unsafe.Pointer(&s.holder))
		s.holder.Store(m)
		s.switches++
		s.switchCond.signal(p)
		s.switchMux.unlock(p)
	}
	clearRequest(m)
}

// clearRequest clears m's own drop request.
func clearRequest(m *Member) {
	m.proc.Read(unsafe.Pointer(m.breaker))
	if m.breaker.Load()&DropRequest != 0 {
		m.proc.RMW(unsafe.Pointer(m.breaker))
		m.breaker.And(^DropRequest)
	}
}

// force is the second half of a drop: when it was asked for, wait until another member has the lock.
func (s *switcher) force(m *Member) {
	p := m.proc
	p.Read(unsafe.Pointer(m.breaker))
	if m.breaker.Load()&DropRequest == 0 {
		return
	}
	s.switchMux.lock(p)
	p.Read(unsafe.Pointer(&s.holder))
	if s.holder.Load() == m {
		clearRequest(m)
		s.switchCond.wait(p, &s.switchMux, waitForSwitch, -1)
	}
	s.switchMux.unlock(p)
}

// drop releases the lock. The caller holds mux, which is released.
func (s *switcher) drop(m *Member) {
	s.locked = false
	s.cond.signal(m.proc)
	s.mux.unlock(m.proc)
	s.force(m)
}

type interval struct {
	switcher
}

func newInterval(name string, opts Options) Lock {
	l := &interval{}
	l.init(name, opts)
	return l
}

func (l *interval) Leave(m *Member) { l.leave(m) }

// Acquire is take_gil.
func (l *interval) Acquire(m *Member) {
	l.mux.lock(m.proc)
	if !l.locked {
		l.took(m)
		l.enter(m)
	} else {
		l.block(m)
		for l.locked {
			if l.patience(m, &l.cond, l.Interval()) {
				l.request(m)
			}
		}
		l.took(m)
		l.unblock(m)
	}
	l.mux.unlock(m.proc)
}

func (l *interval) ReacquireIO(m *Member) { l.Acquire(m) }

// Release is drop_gil. It too waits for the switch if a request has come.
func (l *interval) Release(m *Member) {
	l.mux.lock(m.proc)
	l.exit(m, l.cond.n > 0)
	l.drop(m)
}

// Yield is drop_gil and take_gil.
func (l *interval) Yield(m *Member) {
	l.mux.lock(m.proc)
	m.st.Checks++
	l.note(m, l.cond.n > 0)
	l.block(m)
	l.drop(m)
	l.again(m)
}

// again is Acquire for a member whose wait has been booked already.
func (l *interval) again(m *Member) {
	l.mux.lock(m.proc)
	for l.locked {
		if l.patience(m, &l.cond, l.Interval()) {
			l.request(m)
		}
	}
	l.took(m)
	l.regained(m)
	l.mux.unlock(m.proc)
}
