package gil

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gilt/internal/machine"
)

// event is one line of a recorder.
type event struct {
	at   int64
	id   int
	kind byte // 'Q' ready, 'R' running, 'S' suspended, 'F' failed wake-up
}

// recorder is an Events that keeps everything.
type recorder struct {
	mu  sync.Mutex
	log []event
}

func (r *recorder) add(m *Member, now int64, kind byte) {
	r.mu.Lock()
	r.log = append(r.log, event{now, m.ID(), kind})
	r.mu.Unlock()
}

func (r *recorder) Ready(m *Member, now int64)     { r.add(m, now, 'Q') }
func (r *recorder) Running(m *Member, now int64)   { r.add(m, now, 'R') }
func (r *recorder) Suspended(m *Member, now int64) { r.add(m, now, 'S') }
func (r *recorder) Retried(m *Member, now int64)   { r.add(m, now, 'F') }

// waits are the waits of one member, in order.
func (r *recorder) waits(id int) (out []time.Duration) {
	var ready int64
	for _, e := range r.log {
		if e.id != id {
			continue
		}
		switch e.kind {
		case 'Q':
			ready = e.at
		case 'R':
			out = append(out, time.Duration(e.at-ready))
		}
	}
	return out
}

// order is who ran, in order.
func (r *recorder) order() (out []int) {
	for _, e := range r.log {
		if e.kind == 'R' {
			out = append(out, e.id)
		}
	}
	return out
}

// vthread is a thread of a test's VM: it checks as a VM does.
type vthread struct {
	p       *machine.Proc
	l       Lock
	m       *Member
	breaker *atomic.Uint32
	ticker  *int32
}

// join makes the calling thread take part.
func join(p *machine.Proc, l Lock) *vthread {
	v := &vthread{p: p, l: l, breaker: new(atomic.Uint32), ticker: l.Ticker()}
	v.m = l.Join(p, v.breaker)
	return v
}

// tick is one tick of the given length, with its yield point; it says whether that yielded.
func (v *vthread) tick(ns int) bool {
	v.p.Charge(machine.CostNanosecond, ns)
	v.p.Read(ptr(v.breaker))
	if v.ticker != nil {
		if *v.ticker--; *v.ticker >= 0 {
			return false
		}
	} else if v.breaker.Load() == 0 {
		return false
	}
	v.l.Yield(v.m)
	return true
}

// compute runs for about the given time.
func (v *vthread) compute(d time.Duration) {
	const step = 500
	for n := int(d) / step; n > 0; n-- {
		v.tick(step)
	}
}

// vtime is a machine in virtual time.
func vtime(cores int) *machine.Machine {
	return machine.NewSim(machine.SimConfig{Cores: cores, Seed: 1, MaxTime: time.Minute})
}

// spawn runs f as a thread that takes part in l, and leaves at its end.
func spawn(m *machine.Machine, l Lock, name string, f func(v *vthread)) {
	m.Go(name, func(p *machine.Proc) {
		v := join(p, l)
		f(v)
		l.Leave(v.m)
	})
}

func mustNew(t testing.TB, name string, o Options) Lock {
	t.Helper()
	l, err := New(name, o)
	noError(t, err)
	return l
}

func TestNames(t *testing.T) {
	var names []string
	for _, d := range List() {
		names = append(names, d.Name)
		l := mustNew(t, d.Name, Options{})
		equal(t, d.Name, l.Name())
		isTrue(t, d.Doc != "", d.Name)
		equal(t, d.Ticks, l.Ticker() != nil, d.Name)
		_, rw := l.(RW)
		equal(t, d.RW, rw, d.Name)
	}
	equal(t, []string{"ticks", "interval", "priority", "beazley", "fifo", "rw"}, names)
	_, err := New("nogil", Options{})
	equal(t, `unknown interpreter lock "nogil" (known: beazley, fifo, interval, priority, rw, ticks)`, err.Error())
}

func TestParameters(t *testing.T) {
	for _, d := range List() {
		l := mustNew(t, d.Name, Options{})
		want := DefaultInterval
		if d.RW {
			want = DefaultInterval / 50
		}
		equal(t, want, l.Interval(), d.Name)
		equal(t, DefaultCheckInterval, l.CheckInterval(), d.Name)
		l.SetInterval(0)
		equal(t, time.Microsecond, l.Interval(), d.Name)
		l.SetInterval(time.Second)
		equal(t, time.Second, l.Interval(), d.Name)
		l.SetCheckInterval(-5)
		equal(t, 0, l.CheckInterval(), d.Name)
		l.SetCheckInterval(1000)
		equal(t, 1000, l.CheckInterval(), d.Name)
	}
}

// Books balance: each nanosecond of a thread's life is in one of the three sums, and no two threads hold the lock at once.
func TestAccounting(t *testing.T) {
	for _, d := range List() {
		for _, cores := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s/cores=%d", d.Name, cores), func(t *testing.T) {
				l := mustNew(t, d.Name, Options{SiteName: func(s uint64) string { return fmt.Sprintf("prog.py:%d", s) }})
				life := map[string]int64{}
				var begin, end int64
				err := vtime(cores).Run(func(p *machine.Proc) {
					begin = p.Now()
					for i := range 3 {
						name := fmt.Sprintf("t%d", i)
						p.Machine().Go(name, func(p *machine.Proc) {
							start := p.Now()
							v := join(p, l)
							v.m.SetSite(func() uint64 { return uint64(10 + i) })
							l.Acquire(v.m)
							for range 3 {
								v.compute(7 * time.Millisecond)
								l.Release(v.m)
								p.Sleep(2 * time.Millisecond)
								l.ReacquireIO(v.m)
							}
							l.Release(v.m)
							l.Leave(v.m)
							end = p.Now()
							life[name] = end - start
						})
					}
				})
				noError(t, err)
				s := l.Stats()
				equal(t, 3, len(s.Members))
				var held int64
				for _, m := range s.Members {
					d := life[m.Name] - (m.Held + m.Waited + m.Ran)
					isTrue(t, -2000 < d && d < 2000, m.Name, d)
					equal(t, m.Contended, m.WaitHist.Count())
					equal(t, uint64(4), m.Voluntary)
					held += m.Held
				}
				atMost(t, (end-begin)*21/20, held)
				atLeast(t, int64(3*3*6900*time.Microsecond), held)
				equal(t, held, s.Held)
				atLeast(t, 1, s.Handoffs)
				atLeast(t, 1, s.Contended)
				atLeast(t, 1, len(s.Sites))
				var ns int64
				var waits uint64
				for _, w := range s.Sites {
					isTrue(t, strings.HasPrefix(w.Site, "prog.py:1") || w.Site == "unknown", w.Site)
					ns += w.NS
					waits += w.Waits
				}
				equal(t, s.Waited, ns)
				equal(t, s.Contended, waits)
				isTrue(t, s.Sites[0].Site != "unknown", s.Sites)
			})
		}
	}
}

func TestHistogram(t *testing.T) {
	var h Histogram
	equal(t, int64(0), h.Quantile(0.5))
	for _, ns := range []int64{-1, 0, 1, 2, 3, 4, 1000, 1 << 62} {
		h.add(ns)
	}
	equal(t, uint64(3), h[0])
	equal(t, uint64(2), h[1])
	equal(t, uint64(1), h[2])
	equal(t, uint64(1), h[9])
	equal(t, uint64(1), h[Buckets-1])
	equal(t, uint64(8), h.Count())
	equal(t, int64(4), h.Quantile(0.5))
	equal(t, int64(1024), h.Quantile(0.8))
}

// Members that have left are remembered one by one up to a limit, and in the sum for ever.
func TestManyMembers(t *testing.T) {
	l := mustNew(t, "fifo", Options{})
	n := keptMembers + 500
	err := machine.NewReal(machine.RealConfig{}).Run(func(p *machine.Proc) {
		for range n {
			v := join(p, l)
			l.Acquire(v.m)
			l.Release(v.m)
			l.Leave(v.m)
		}
	})
	noError(t, err)
	s := l.Stats()
	equal(t, keptMembers, len(s.Members))
	equal(t, uint64(n), s.Acquired)
	equal(t, uint64(n-1), s.Handoffs)
}
