package gil

// The part that all designs share: options, the list of members, and the book-keeping around a hand-over. It decides
// nothing about who gets the lock.

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gilt/internal/machine"
)

// core is embedded in every design.
type core struct {
	name     string
	opts     Options
	ev       Events
	retry    RetryEvents
	interval atomic.Int64 // ns
	check    atomic.Int32

	// Written by the holder only.
	last *Member // the last member that held the lock
	site uint64  // where it gave the lock up, if somebody waited

	mu        sync.Mutex       // guards what follows; never held across a hook or a wait
	machine   *machine.Machine // on which the members run
	nextID    int
	members   []*Member     // by id
	left      []MemberStats // their times and those of what follows are cycles
	leftSum   MemberStats
	leftSites map[uint64]siteWait
}

func (c *core) init(name string, opts Options) {
	c.name, c.opts, c.ev = name, opts, opts.Events
	c.retry, _ = opts.Events.(RetryEvents)
	if opts.Interval <= 0 {
		opts.Interval = DefaultInterval
	}
	if opts.CheckInterval <= 0 {
		opts.CheckInterval = DefaultCheckInterval
	}
	c.SetInterval(opts.Interval)
	c.SetCheckInterval(opts.CheckInterval)
}

func (c *core) Name() string { return c.name }

func (c *core) SetInterval(d time.Duration) { c.interval.Store(int64(max(d, time.Microsecond))) }

func (c *core) Interval() time.Duration { return time.Duration(c.interval.Load()) }

func (c *core) SetCheckInterval(n int) { c.check.Store(int32(max(0, min(n, 1<<30)))) }

func (c *core) CheckInterval() int { return int(c.check.Load()) }

func (c *core) Ticker() *int32 { return nil }

func (c *core) PendingCall(bool) {}

func (c *core) Stats() Stats { return c.snapshot() }

// The book-keeping. A member is in one of three states: it holds the lock, waits for it, or is outside. since is when
// the state "holds" or "outside" began, waitSince when the wait did; they are folded into the counters when the member
// holds the lock. These times are the machine's cycles, which cost half as much as its clock: it is read for Events only.

// enter books an acquisition from outside that did not wait. m holds the lock.
func (c *core) enter(m *Member) {
	now := m.proc.Cycles()
	m.st.Ran += now - m.since
	c.take(m, now)
	if c.ev != nil {
		at := m.proc.Now()
		c.ev.Ready(m, at)
		c.ev.Running(m, at)
	}
}

// exit books a voluntary release that is about to happen. m still holds the lock.
func (c *core) exit(m *Member, waiters bool) {
	now := m.proc.Cycles()
	m.st.Held += now - m.since
	m.st.Voluntary++
	m.since, m.holding = now, false
	c.note(m, waiters)
	if c.ev != nil {
		c.ev.Suspended(m, m.proc.Now())
	}
}

// note remembers where the holder is when it gives the lock up while somebody waits.
func (c *core) note(m *Member, waiters bool) {
	c.site = 0
	if waiters && m.site != nil {
		c.site = m.site()
	}
}

// block books the beginning of a real wait. m does not hold the lock; m.holding says whether it comes from a yield.
func (c *core) block(m *Member) {
	m.waitSince = m.proc.Cycles()
	if c.ev != nil {
		at := m.proc.Now()
		if m.holding {
			c.ev.Suspended(m, at)
		}
		c.ev.Ready(m, at)
	}
}

// woken books a wake-up that found the lock taken.
func (c *core) woken(m *Member) {
	m.waitFailed++
	if c.retry != nil {
		c.retry.Retried(m, m.proc.Now())
	}
}

// unblock books the end of a wait: m holds the lock.
func (c *core) unblock(m *Member) {
	now := m.proc.Cycles()
	if m.holding {
		// Between the release and the reading in block the thread may have lost its core, and another one have held the
		// lock for long.
		if c.last != m {
			m.waitSince = min(m.waitSince, m.lostAt)
		}
		m.st.Held += m.waitSince - m.since
	} else {
		m.st.Ran += m.waitSince - m.since
	}
	c.waited(m, now)
	c.take(m, now)
	c.running(m)
}

// waited folds the wait that ends now into m's counters.
func (c *core) waited(m *Member, now int64) {
	d := now - m.waitSince
	m.st.Waited += d
	m.st.Contended++
	m.st.Failed += m.waitFailed
	m.st.Requests += m.waitRequested
	m.waitFailed, m.waitRequested = 0, 0
	m.st.WaitHist.add(m.proc.Machine().Nanoseconds(d))
	w, ok := m.sites[c.site]
	if !ok && m.sites == nil {
		m.sites = map[uint64]siteWait{}
	}
	w.waits++
	w.time += d
	m.sites[c.site] = w
}

// take books the beginning of a tenure.
func (c *core) take(m *Member, now int64) {
	if c.last != m {
		if c.last != nil {
			m.st.Handoffs++
			c.last.lostAt = now
		}
		c.last = m
	}
	m.st.Acquired++
	m.since, m.holding = now, true
}

// running tells Events that m has the lock.
func (c *core) running(m *Member) {
	if c.ev != nil {
		c.ev.Running(m, m.proc.Now())
	}
}

// regained is unblock at the end of a yield.
func (c *core) regained(m *Member) {
	if c.last != m {
		m.st.Forced++
	}
	c.unblock(m)
}

// retake books an acquisition in a yield that did not wait, although another member has held the lock in between: the
// thread lost its core between the release and the acquisition.
func (c *core) retake(m *Member) {
	m.waitSince = m.lostAt
	if c.ev != nil {
		p := m.proc
		lost := p.Now() - p.Machine().Nanoseconds(p.Cycles()-m.lostAt)
		c.ev.Suspended(m, lost)
		c.ev.Ready(m, lost)
	}
	c.regained(m)
}

// join makes a member; bound keeps it on its operating-system thread.
func (c *core) join(p *machine.Proc, breaker *atomic.Uint32, bound bool) *Member {
	if bound && !p.Simulated() {
		runtime.LockOSThread()
	}
	m := &Member{proc: p, breaker: breaker, bound: bound}
	m.since = p.Cycles()
	c.mu.Lock()
	c.machine = p.Machine()
	m.id = c.nextID
	c.nextID++
	m.st.ID, m.st.Name = m.id, p.Name()
	c.members = append(c.members, m)
	c.mu.Unlock()
	return m
}

// leave moves m's counters to those of the members that have left.
func (c *core) leave(m *Member) {
	now := m.proc.Cycles()
	c.mu.Lock()
	m.st.Ran += now - m.since
	c.members = slices.DeleteFunc(c.members, func(o *Member) bool { return o == m })
	if len(c.left) < keptMembers {
		c.left = append(c.left, m.st)
	}
	c.leftSum.add(&m.st)
	if len(m.sites) > 0 {
		if c.leftSites == nil {
			c.leftSites = map[uint64]siteWait{}
		}
		addSites(c.leftSites, m.sites)
	}
	c.mu.Unlock()
	if m.bound && !m.proc.Simulated() {
		runtime.UnlockOSThread()
	}
}

// member finds a member by its id; nil if it has left.
func (c *core) member(id int) *Member {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := slices.BinarySearchFunc(c.members, id, func(m *Member, id int) int { return m.id - id })
	if !ok {
		return nil
	}
	return c.members[i]
}
