package gil

// priority is the new GIL as Antoine Pitrou first posted it to python-dev in October 2009 (checked in as r76006 with
// PRIO_REQUESTS, off, and without it since November 2009): the interval lock, and besides a thread that comes back from
// blocking I/O makes a priority request. It need not be patient: the holder is asked at once, and all the other
// waiters stand aside until the requester has the lock. There is one requester at a time; others queue at prioMux.
//
// The weakness that took it out again stays: every read must be marked as I/O, and a thread that reads all the time
// is always first.
//
// Invariants:
//   - prio is written under mux, and is set only while its member holds prioMux.
//   - While prio is set nobody else takes the lock. A waiter that was woken in the requester's place passes the signal
//     on before it stands aside.

type priority struct {
	switcher
	prioMux mutex
	prio    *Member // who must be let in, guarded by mux
}

func newPriority(name string, opts Options) Lock {
	l := &priority{}
	l.init(name, opts)
	if opts.Goroutines {
		l.prioMux.futex.Soft()
	}
	return l
}

func (l *priority) Leave(m *Member) { l.leave(m) }

func (l *priority) Acquire(m *Member) {
	l.mux.lock(m.proc)
	if !l.locked && l.prio == nil {
		l.took(m)
		l.enter(m)
	} else {
		l.block(m)
		l.await(m)
		l.took(m)
		l.unblock(m)
	}
	l.mux.unlock(m.proc)
}

// ReacquireIO makes a priority request.
func (l *priority) ReacquireIO(m *Member) {
	l.prioMux.lock(m.proc)
	l.mux.lock(m.proc)
	if !l.locked {
		l.took(m)
		l.enter(m)
	} else {
		l.block(m)
		l.prio = m
		l.request(m)
		for l.locked {
			if l.patience(m, &l.cond, l.Interval()) {
				l.request(m) // of a holder that had not been asked
			}
		}
		l.prio = nil
		l.took(m)
		l.unblock(m)
	}
	l.mux.unlock(m.proc)
	l.prioMux.unlock(m.proc)
}

func (l *priority) Release(m *Member) {
	l.mux.lock(m.proc)
	l.exit(m, l.cond.n > 0)
	l.drop(m)
}

func (l *priority) Yield(m *Member) {
	l.mux.lock(m.proc)
	m.st.Checks++
	l.note(m, l.cond.n > 0)
	l.block(m)
	l.drop(m)
	l.mux.lock(m.proc)
	l.await(m)
	l.took(m)
	l.regained(m)
	l.mux.unlock(m.proc)
}

// await waits until the lock is free and no priority request stands. The caller holds mux.
func (l *priority) await(m *Member) {
	for {
		switch {
		case l.prio != nil:
			l.standAside(m)
		case !l.locked:
			return
		case l.patience(m, &l.cond, l.Interval()):
			l.request(m)
		}
	}
}

// standAside waits until the requester has been served. The caller holds mux.
func (l *priority) standAside(m *Member) {
	if !l.locked {
		l.cond.signal(m.proc)
	}
	l.mux.unlock(m.proc)
	l.prioMux.lock(m.proc)
	l.prioMux.unlock(m.proc)
	l.mux.lock(m.proc)
}
