package gil

// beazley is David Beazley's answer to the convoy effect ("Revisiting thread priorities and the new GIL", 2010, after
// bpo-7946): the lock learns who is bound by I/O. A thread starts as I/O-bound; forced off by a request it is
// CPU-bound; when it gives the lock up voluntarily it is I/O-bound again. An I/O-bound waiter asks a CPU-bound holder to
// drop the lock at once; all other waiters are patient as under "interval".
//
// His patch had one condition variable, and from two CPU-bound threads on its signal reaches the wrong class. Here each
// class has its own queue, and a release wakes the I/O-bound one first. What is missing then is a remedy against
// I/O-bound threads that never leave anything to the others (non-blocking calls in a loop): ageing. When CPU-bound
// threads wait and their class has not run for an interval in all within the ageing time, the next tenure is reserved
// for it, and that tenure is worth an interval: I/O-bound waiters are as patient with it as with each other. (The age
// of one waiter would not do: with many busy threads each of them waits long, and with I/O-bound ones about each tenure is
// cut to microseconds.)
//
// Invariants (all under mux):
//   - A member's class changes only while it holds the lock.
//   - oldest..newest are the CPU-bound waiters in the order of their arrival.
//   - While reserved is set there is a CPU-bound waiter, and no I/O-bound member takes the lock.

import "unsafe"

type beazley struct {
	switcher         // its condition variable is the I/O-bound waiters' queue
	cpu      condvar // the CPU-bound waiters' queue
	oldest   *Member // CPU-bound waiters
	newest   *Member
	reserved bool  // the next tenure belongs to a CPU-bound member
	aged     bool  // the present tenure was reserved
	aging    int64 // the ageing time, ns
	ran      int64 // what CPU-bound members have run since starved, cycles
	starved  int64 // when they had last run for an interval, or the first of them was demoted, cycles
}

func newBeazley(name string, opts Options) Lock {
	l := &beazley{}
	l.init(name, opts)
	if opts.Goroutines {
		l.cpu.futex.Soft()
	}
	l.aging = int64(opts.Aging)
	if l.aging == 0 {
		l.aging = int64(DefaultAging)
	}
	return l
}

func (l *beazley) Leave(m *Member) { l.leave(m) }

func (l *beazley) Acquire(m *Member) {
	l.mux.lock(m.proc)
	if l.free(m) {
		l.seize(m)
		l.enter(m)
	} else {
		l.block(m)
		l.await(m)
		l.seize(m)
		l.unblock(m)
	}
	l.mux.unlock(m.proc)
}

func (l *beazley) ReacquireIO(m *Member) { l.Acquire(m) }

// Release is voluntary: m is I/O-bound from now on.
func (l *beazley) Release(m *Member) {
	l.mux.lock(m.proc)
	if m.cpuBound {
		m.cpuBound = false
		m.st.Promoted++
	}
	began := m.since
	l.exit(m, l.waiting())
	l.drop(m, began, m.since)
}

// Yield has been asked for: m is CPU-bound from now on.
func (l *beazley) Yield(m *Member) {
	l.mux.lock(m.proc)
	m.st.Checks++
	if !m.cpuBound {
		m.cpuBound = true
		m.st.Demoted++
		if l.oldest == nil {
			l.ran, l.starved = 0, m.proc.Cycles()
		}
	}
	l.note(m, l.waiting())
	l.block(m)
	l.drop(m, m.since, m.waitSince)
	l.mux.lock(m.proc)
	l.await(m)
	l.seize(m)
	l.regained(m)
	l.mux.unlock(m.proc)
}

// free says whether m may take the lock. The caller holds mux.
func (l *beazley) free(m *Member) bool { return !l.locked && (m.cpuBound || !l.reserved) }

// preemptible says whether an I/O-bound waiter need not be patient with the holder. The caller holds mux.
func (l *beazley) preemptible(m *Member) bool {
	m.proc.Read(unsafe.Pointer(&l.holder))
	return l.locked && !l.aged && l.holder.Load().cpuBound
}

func (l *beazley) waiting() bool { return l.cond.n+l.cpu.n > 0 }

// seize makes m the holder.
func (l *beazley) seize(m *Member) {
	l.aged = l.reserved && m.cpuBound
	if l.aged {
		m.st.Aged++
		l.reserved = false
	}
	l.took(m)
}

// drop ends a tenure that lasted from began to now (cycles), for whoever is due.
func (l *beazley) drop(m *Member, began, now int64) {
	if m.cpuBound {
		if l.ran += now - began; m.proc.Machine().Nanoseconds(l.ran) >= l.interval.Load() {
			l.ran, l.starved = 0, now
		}
	}
	l.locked, l.aged = false, false
	if l.aging > 0 && l.oldest != nil && m.proc.Machine().Nanoseconds(now-l.starved) >= l.aging {
		l.reserved = true
	}
	if l.cond.n > 0 && !l.reserved {
		l.cond.signal(m.proc)
	} else {
		l.cpu.signal(m.proc)
	}
	l.mux.unlock(m.proc)
	l.force(m)
}

// await waits until m may take the lock. The caller holds mux.
func (l *beazley) await(m *Member) {
	q := &l.cond
	if m.cpuBound {
		q = &l.cpu
		l.enqueue(m)
	}
	for !l.free(m) {
		if !m.cpuBound && l.preemptible(m) {
			l.request(m)
		}
		if l.patience(m, q, l.Interval()) {
			l.request(m)
		}
	}
	if m.cpuBound {
		l.dequeue(m)
	}
}

func (l *beazley) enqueue(m *Member) {
	m.prev, m.next = l.newest, nil
	if l.newest != nil {
		l.newest.next = m
	} else {
		l.oldest = m
	}
	l.newest = m
}

func (l *beazley) dequeue(m *Member) {
	if m.prev != nil {
		m.prev.next = m.next
	} else {
		l.oldest = m.next
	}
	if m.next != nil {
		m.next.prev = m.prev
	} else {
		l.newest = m.prev
	}
	m.prev, m.next = nil, nil
}
