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

	mu        sync.Mutex // guards what follows; never held across a hook or a wait
	nextID    int
	members   []*Member
	left      []MemberStats
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

// join makes a member; bound keeps it on its operating-system thread.
func (c *core) join(p *machine.Proc, breaker *atomic.Uint32, bound bool) *Member {
	if bound && !p.Simulated() {
		runtime.LockOSThread()
	}
	m := &Member{proc: p, breaker: breaker, bound: bound}
	m.since = p.Now()
	c.mu.Lock()
	m.id = c.nextID
	c.nextID++
	m.st.ID, m.st.Name = m.id, p.Name()
	c.members = append(c.members, m)
	c.mu.Unlock()
	return m
}

// leave moves m's counters to those of the members that have left.
func (c *core) leave(m *Member) {
	now := m.proc.Now()
	c.mu.Lock()
	m.st.Ran += now - m.since
	if i := slices.Index(c.members, m); i >= 0 {
		c.members = slices.Delete(c.members, i, i+1)
	}
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
