package gil

// rw is a reader-writer interpreter lock, for the regime in which slices begin as readers and run again as writers
// when they first write. Readers are distributed, one flag on its own cache line per member (Hsieh and Weihl, 1992;
// BRAVO, Dice and Kogan, 2019), so that reading costs a store and a load and no shared line moves; a writer visits
// all flags. Writers are served in order by direct hand-off, and phases are fair (Brandenburg and Anderson, 2009): readers that wait
// while a writer is in go in when it leaves, before the next writer, and a reader that has announced its wait waits for
// one writer at most; a writer waits for the readers that are in, and those that come later wait for it. So neither
// side starves. A reader cannot become a writer while it reads (two of them would wait for each other for ever):
// Upgrade gives the read side up first, and the slice runs again.
//
// Invariants:
//   - A flag is set to idle and reading by its member, to waiting by its member, and from waiting to reading either by its
//     member or by a leaving writer, with a compare-and-swap.
//   - present is 1 from before a writer looks at the flags until it leaves; a reader sets its flag before it looks
//     at present. So one of the two sees the other.
//   - A leaving writer clears present, then admits the waiting readers, then lets the next writer go on: a reader that
//     announced its wait before present was cleared is admitted then; one that comes later sees it clear.
//   - core.last and site are the writers'.

import (
	"slices"
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/internal/machine"
)

// States of a reader's flag.
const (
	readIdle uint32 = iota
	readIn
	readWaiting
)

// readFlag is a reader's flag, alone on its cache lines.
type readFlag struct {
	_     [64]byte
	state atomic.Uint32
	_     [60]byte
}

type rw struct {
	core
	writers  handoff
	_        [64]byte
	present  atomic.Uint32
	waiting  atomic.Int32           // readers that wait
	readSite atomic.Uint64          // where a reader left that a writer waited for
	drainer  atomic.Pointer[Member] // the writer that waits for readers to leave
	_        [64]byte
	flags    atomic.Pointer[[]*Member] // all members, copied on write
}

// waitForReaders and waitForWriter are for people.
var (
	waitForReaders = machine.Wait{What: "the interpreter lock's readers to leave", Owner: -1}
	waitForWriter  = machine.Wait{What: "the interpreter lock's writer to leave", Owner: -1}
)

func newRW(name string, opts Options) Lock {
	l := &rw{}
	if opts.Interval <= 0 {
		opts.Interval = DefaultInterval / 50
	}
	l.init(name, opts)
	l.flags.Store(&[]*Member{})
	return l
}

func (l *rw) Join(p *machine.Proc, breaker *atomic.Uint32) *Member {
	m := l.join(p, breaker, false)
	l.copyMembers()
	return m
}

func (l *rw) Leave(m *Member) {
	l.leave(m)
	l.copyMembers()
}

// copyMembers publishes the list of members for writers.
func (l *rw) copyMembers() {
	l.mu.Lock()
	list := slices.Clone(l.members)
	l.flags.Store(&list)
	l.mu.Unlock()
}

func (l *rw) Acquire(m *Member)     { l.AcquireWrite(m) }
func (l *rw) ReacquireIO(m *Member) { l.AcquireWrite(m) }

func (l *rw) Writing(m *Member) bool { return m.writing }

func (l *rw) Release(m *Member) {
	if m.writing {
		l.exit(m, l.contended(m))
		l.leaveWrite(m)
		return
	}
	now := m.proc.Cycles()
	m.st.Held += now - m.since
	m.st.Voluntary++
	m.since, m.holding = now, false
	if l.ev != nil {
		l.ev.Suspended(m, m.proc.Now())
	}
	l.leaveRead(m)
}

// Yield lets waiting members of the other side, or other writers, go first, and comes back in the mode that was held. With
// nobody waiting it costs a load.
func (l *rw) Yield(m *Member) {
	m.st.Checks++
	p := m.proc
	if m.writing {
		if !l.contended(m) {
			clearRequest(m)
			return
		}
		l.note(m, true)
		l.block(m)
		l.leaveWrite(m)
		l.enterWrite(m)
		m.st.Forced++ // core.last would not show that readers have been in
		l.unblock(m)
		return
	}
	p.Read(unsafe.Pointer(&l.present))
	if l.present.Load() == 0 {
		clearRequest(m)
		return
	}
	l.block(m)
	l.leaveRead(m)
	l.enterRead(m)
	m.st.Forced++
	l.unblockRead(m)
}

func (l *rw) AcquireRead(m *Member) {
	if l.tryRead(m) {
		now := m.proc.Cycles()
		m.st.Ran += now - m.since
		if l.ev != nil {
			l.ev.Ready(m, m.proc.Now())
		}
		l.takeRead(m, now)
		return
	}
	l.block(m)
	l.backOut(m)
	l.unblockRead(m)
}

func (l *rw) AcquireWrite(m *Member) {
	if l.writers.try(m) && l.announce(m) {
		m.writing = true
		l.enter(m)
		return
	}
	l.block(m)
	l.enterWrite(m)
	l.unblock(m)
}

// Upgrade books the change as a voluntary release and an acquisition.
func (l *rw) Upgrade(m *Member) {
	if m.writing {
		return
	}
	m.st.Upgrades++
	l.Release(m)
	l.AcquireWrite(m)
}

func (l *rw) Downgrade(m *Member) {
	if !m.writing {
		return
	}
	l.exit(m, l.contended(m))
	m.proc.RMW(unsafe.Pointer(&m.flag.state))
	m.flag.state.Store(readIn)
	l.leaveWrite(m)
	if l.ev != nil {
		l.ev.Ready(m, m.proc.Now())
	}
	l.takeRead(m, m.since)
}

// contended says whether anybody waits for the writer m.
func (l *rw) contended(m *Member) bool {
	m.proc.Read(unsafe.Pointer(&l.waiting))
	return l.waiting.Load() > 0 || l.writers.contended(m.proc)
}

// takeRead books the beginning of a reader's tenure.
func (l *rw) takeRead(m *Member, now int64) {
	m.st.Reads++
	m.st.Acquired++
	m.since, m.holding = now, true
	l.running(m)
}

// unblockRead is unblock for a reader.
func (l *rw) unblockRead(m *Member) {
	now := m.proc.Cycles()
	if m.holding {
		m.st.Held += m.waitSince - m.since
	} else {
		m.st.Ran += m.waitSince - m.since
	}
	l.waited(m, now)
	l.takeRead(m, now)
}

// tryRead announces a reader, and says whether no writer is in its way. Otherwise the flag must be backed out.
func (l *rw) tryRead(m *Member) bool {
	p := m.proc
	p.RMW(unsafe.Pointer(&m.flag.state))
	m.flag.state.Store(readIn)
	p.Read(unsafe.Pointer(&l.present))
	return l.present.Load() == 0
}

func (l *rw) enterRead(m *Member) {
	if !l.tryRead(m) {
		l.backOut(m)
	}
}

// backOut turns a reader that has met a writer into one that waits, and returns when it is in.
func (l *rw) backOut(m *Member) {
	p := m.proc
	p.RMW(unsafe.Pointer(&l.waiting))
	l.waiting.Add(1)
	for in := false; !in; {
		p.RMW(unsafe.Pointer(&m.flag.state))
		m.flag.state.Store(readWaiting)
		l.wakeDrainer(m)
		p.Read(unsafe.Pointer(&l.present))
		if l.present.Load() != 0 {
			l.awaitAdmission(m)
			break
		}
		// The writer has left meanwhile: admit ourselves, unless it has done so.
		p.RMW(unsafe.Pointer(&m.flag.state))
		in = !m.flag.state.CompareAndSwap(readWaiting, readIn)
		if !in {
			p.Read(unsafe.Pointer(&l.present))
			in = l.present.Load() == 0
		}
	}
	p.RMW(unsafe.Pointer(&l.waiting))
	l.waiting.Add(-1)
}

// awaitAdmission parks until a leaving writer has set the flag; the writer is asked to hurry after the interval, and
// more and more seldom, because any number of readers may wait here.
func (l *rw) awaitAdmission(m *Member) {
	p := m.proc
	patience := l.Interval()
	for {
		p.Read(unsafe.Pointer(&m.flag.state))
		if m.flag.state.Load() == readIn {
			return
		}
		if !p.ParkTimeout(waitForWriter, patience) {
			if l.writers.hurry(p, &l.core) {
				m.waitRequested++
			}
			patience = min(2*patience, time.Second)
		}
	}
}

// leaveRead gives the read side up.
func (l *rw) leaveRead(m *Member) {
	p := m.proc
	p.Read(unsafe.Pointer(&l.drainer))
	if m.site != nil && l.drainer.Load() != nil {
		p.Write(unsafe.Pointer(&l.readSite))
		l.readSite.Store(m.site())
	}
	p.RMW(unsafe.Pointer(&m.flag.state))
	m.flag.state.Store(readIdle)
	l.wakeDrainer(m)
	clearRequest(m)
}

func (l *rw) wakeDrainer(m *Member) {
	m.proc.Read(unsafe.Pointer(&l.drainer))
	if w := l.drainer.Load(); w != nil {
		w.proc.Unpark(m.proc)
	}
}

// announce closes the door to readers and says whether none is inside. The caller holds the writers' lock.
func (l *rw) announce(m *Member) bool {
	p := m.proc
	p.RMW(unsafe.Pointer(&l.present))
	l.present.Store(1)
	p.Read(unsafe.Pointer(&l.flags))
	for _, r := range *l.flags.Load() {
		p.Read(unsafe.Pointer(&r.flag.state))
		if r.flag.state.Load() == readIn {
			return false
		}
	}
	return true
}

// enterWrite returns when m is the only one inside. It may hold the writers' lock already (AcquireWrite's fast path).
func (l *rw) enterWrite(m *Member) {
	p := m.proc
	if !l.writers.heldBy(m) && !l.writers.try(m) {
		l.writers.wait(m, &l.core)
	}
	if !l.announce(m) {
		p.RMW(unsafe.Pointer(&l.drainer))
		l.drainer.Store(m)
		patience := l.Interval()
		for _, r := range *l.flags.Load() {
			l.drain(m, r, &patience)
		}
		p.Write(unsafe.Pointer(&l.drainer))
		l.drainer.Store(nil)
		l.site = l.readSite.Load()
	}
	clearRequest(m)
	m.writing = true
}

// drain waits for one reader. After the interval it asks all who are still inside.
func (l *rw) drain(m, r *Member, patience *time.Duration) {
	p := m.proc
	for {
		p.Read(unsafe.Pointer(&r.flag.state))
		if r.flag.state.Load() != readIn {
			return
		}
		if p.ParkTimeout(waitForReaders, *patience) {
			continue
		}
		for _, r := range *l.flags.Load() {
			p.Read(unsafe.Pointer(&r.flag.state))
			if r.flag.state.Load() == readIn {
				p.RMW(unsafe.Pointer(r.breaker))
				if r.breaker.Or(DropRequest)&DropRequest == 0 {
					m.waitRequested++
				}
			}
		}
		*patience = min(2**patience, time.Second)
	}
}

// leaveWrite opens the door, admits the readers that wait, and passes the writers' lock on.
func (l *rw) leaveWrite(m *Member) {
	p := m.proc
	m.writing = false
	p.RMW(unsafe.Pointer(&l.present))
	l.present.Store(0)
	p.Read(unsafe.Pointer(&l.waiting))
	if l.waiting.Load() > 0 {
		p.Read(unsafe.Pointer(&l.flags))
		for _, r := range *l.flags.Load() {
			p.Read(unsafe.Pointer(&r.flag.state))
			if r.flag.state.Load() != readWaiting {
				continue
			}
			p.RMW(unsafe.Pointer(&r.flag.state))
			if r.flag.state.CompareAndSwap(readWaiting, readIn) {
				r.proc.Unpark(p)
			}
		}
	}
	l.writers.release(m)
}
