package gil

// What a lock counts, always: who held it and waited for it for how long, how often it changed hands, how many
// wake-ups found it taken again, and which line of the program those waits were for.
//
// Clock readings cost as much as an uncontended release and acquire, so none is taken on a yield after which the
// same member goes on: such a moment counts as held. Readings are taken where a thread leaves voluntarily (a system
// call follows), where it really waits, and where it comes back. All times are counted in the machine's cycles, whose readings
// are the cheapest, and become nanoseconds in the snapshot.

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"gilt/internal/machine"
)

// Buckets is the number of buckets of a wait histogram: bucket i counts waits of [2^i, 2^(i+1)) nanoseconds, the last
// one everything longer (about 9 minutes).
const Buckets = 40

// Histogram counts waits by the binary logarithm of their nanoseconds.
type Histogram [Buckets]uint64

func (h *Histogram) add(ns int64) {
	b := 0
	if ns > 1 {
		b = min(bits.Len64(uint64(ns))-1, Buckets-1)
	}
	h[b]++
}

// Count is the number of waits.
func (h *Histogram) Count() (n uint64) {
	for _, v := range h {
		n += v
	}
	return n
}

// Quantile is an upper bound, in nanoseconds, of the q-quantile (0 < q <= 1): the upper end of its bucket.
func (h *Histogram) Quantile(q float64) int64 {
	total := h.Count()
	if total == 0 {
		return 0
	}
	want := uint64(q * float64(total))
	var seen uint64
	for i, v := range h {
		if seen += v; seen > want || seen == total {
			return 2 << i
		}
	}
	return 2 << (Buckets - 1)
}

// SiteWait is how long threads waited for a lock whose holder gave it up at one place of the program.
type SiteWait struct {
	Site  string `json:"site"`
	Waits uint64 `json:"waits"`
	NS    int64  `json:"ns"`
}

// MemberStats is what one thread did.
type MemberStats struct {
	ID        int       `json:"id"`
	Name      string    `json:"name"`
	Held      int64     `json:"held_ns"`            // the lock was held
	Waited    int64     `json:"waited_ns"`          // the lock was wanted
	Ran       int64     `json:"ran_ns"`             // outside the lock and not waiting: native code, blocking calls
	Acquired  uint64    `json:"acquisitions"`       // times it came back from another member or from outside
	Contended uint64    `json:"contended"`          // acquisitions that had to wait
	Handoffs  uint64    `json:"handoffs"`           // acquisitions after another member had held the lock
	Checks    uint64    `json:"checks"`             // yields: times that the design's yield point ran
	Forced    uint64    `json:"forced_drops"`       // yields after which another member could have gone on, or did
	Voluntary uint64    `json:"voluntary_releases"` // releases by its own will
	Failed    uint64    `json:"failed_wakeups"`     // wake-ups that found the lock taken
	Requests  uint64    `json:"drop_requests"`      // times it asked the holder to give way
	Upgrades  uint64    `json:"upgrades,omitempty"` // rw: read sides given up for the write side
	Reads     uint64    `json:"reads,omitempty"`    // rw: acquisitions for reading
	Demoted   uint64    `json:"demoted,omitempty"`  // beazley: times it became CPU-bound
	Promoted  uint64    `json:"promoted,omitempty"` // beazley: times it became I/O-bound again
	Aged      uint64    `json:"aged,omitempty"`     // beazley: acquisitions owed to ageing
	WaitHist  Histogram `json:"wait_log2_ns"`
}

// Stats is what happened at a lock. The embedded part is the sum over all members (ID -1).
type Stats struct {
	Lock string `json:"lock"`
	MemberStats
	Sites   []SiteWait    `json:"sites"`   // most waited-for first
	Members []MemberStats `json:"members"` // at most 1024 that have left, then those that take part
}

// Badness is gilvis's number: failed wake-ups per check; without checks, per contended acquisition.
func (s *MemberStats) Badness() float64 {
	n := s.Checks
	if n == 0 {
		n = s.Contended
	}
	if n == 0 {
		return 0
	}
	return float64(s.Failed) / float64(n)
}

func (s *MemberStats) add(o *MemberStats) {
	s.Held += o.Held
	s.Waited += o.Waited
	s.Ran += o.Ran
	s.Acquired += o.Acquired
	s.Contended += o.Contended
	s.Handoffs += o.Handoffs
	s.Checks += o.Checks
	s.Forced += o.Forced
	s.Voluntary += o.Voluntary
	s.Failed += o.Failed
	s.Requests += o.Requests
	s.Upgrades += o.Upgrades
	s.Reads += o.Reads
	s.Demoted += o.Demoted
	s.Promoted += o.Promoted
	s.Aged += o.Aged
	for i, v := range o.WaitHist {
		s.WaitHist[i] += v
	}
}

// in gives the counters with their times, which are cycles, in nanoseconds. The machine m is nil when nobody has ever joined.
func (s MemberStats) in(m *machine.Machine) MemberStats {
	if m != nil {
		s.Held, s.Waited, s.Ran = m.Nanoseconds(s.Held), m.Nanoseconds(s.Waited), m.Nanoseconds(s.Ran)
	}
	return s
}

// siteWait is the sum over the waits for one site, in cycles.
type siteWait struct {
	waits uint64
	time  int64
}

// counters is a member's part of the statistics. waiting* are written while the member waits, by its own thread, and
// folded into st when it holds the lock; everything else is touched by the holder only.
type counters struct {
	st            MemberStats // its times are cycles
	sites         map[uint64]siteWait
	since         int64 // when the present state (held, or outside) began
	waitSince     int64 // when the present wait began, 0 = not waiting
	lostAt        int64 // when another member took the lock after this one's last tenure; written by that member
	holding       bool  // in the state "holds", also while a yield's wait has not been booked
	waitFailed    uint64
	waitRequested uint64
}

// keptMembers is how many members that have left are remembered one by one.
const keptMembers = 1024

// snapshot assembles Stats.
func (c *core) snapshot() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := Stats{Lock: c.name}
	for _, st := range c.left {
		s.Members = append(s.Members, st.in(c.machine))
	}
	sites := make(map[uint64]siteWait, len(c.leftSites))
	addSites(sites, c.leftSites)
	sum := c.leftSum
	for _, m := range c.members {
		st := m.st
		if m.holding && m == c.last {
			st.Held += m.proc.Cycles() - m.since // the caller's own tenure, which goes on
		}
		s.Members = append(s.Members, st.in(c.machine))
		sum.add(&st)
		addSites(sites, m.sites)
	}
	s.MemberStats = sum.in(c.machine)
	s.ID, s.Name = -1, "all"
	slices.SortFunc(s.Members, func(a, b MemberStats) int { return cmp.Compare(a.ID, b.ID) })
	for site, w := range sites {
		s.Sites = append(s.Sites, SiteWait{Site: c.siteName(site), Waits: w.waits, NS: c.machine.Nanoseconds(w.time)})
	}
	slices.SortFunc(s.Sites, func(a, b SiteWait) int {
		return cmp.Or(cmp.Compare(b.NS, a.NS), cmp.Compare(a.Site, b.Site))
	})
	return s
}

func (c *core) siteName(site uint64) string {
	if site == 0 {
		return "unknown"
	}
	if c.opts.SiteName == nil {
		return fmt.Sprint(site)
	}
	return c.opts.SiteName(site)
}

func addSites(to, from map[uint64]siteWait) {
	for k, v := range from {
		w := to[k]
		w.waits += v.waits
		w.time += v.time
		to[k] = w
	}
}
