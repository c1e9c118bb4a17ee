package machine

import (
	"math"
	"testing"
	"time"
)

// crowdedRun has so many threads work alone, each for the given units of private work in pieces, and gives when each has ended.
func crowdedRun(t *testing.T, cores, threads int, share float64, pieces, units int, workload func(p *Proc, units int)) []int64 {
	t.Helper()
	c := DefaultCosts()
	c.Crowding = share
	// Nothing but private work takes time.
	c.ContextSwitch, c.WakeLatency, c.ThreadStart = 0, 0, 0
	m := NewSim(SimConfig{Cores: cores, Costs: c})
	ends := make([]int64, threads)
	noError(t, m.Run(func(p *Proc) {
		for i := range threads {
			m.Go("worker", func(p *Proc) {
				for range pieces {
					workload(p, units)
					p.Yield()
				}
				ends[i] = p.Now()
			})
		}
	}))
	return ends
}

// charged and chargedWork are the two ways to charge private work.
func charged(p *Proc, units int) { p.Charge(CostNanosecond, units) }

func chargedWork(p *Proc, units int) {
	var w Work
	w.Add(CostNanosecond, float64(units))
	p.ChargeWork(&w)
}

// Private work takes longer by the share of the other cores that are busy; alone, it takes its price.
func TestCrowding(t *testing.T) {
	const pieces, units = 400, 5000
	yields := pieces * DefaultCosts().Yield
	alone := pieces*units + yields
	for _, c := range []struct {
		cores, threads int
		share, want    float64 // want: times the work's price
	}{
		{1, 1, 0.5, 1}, {2, 1, 0.5, 1}, {2, 2, 0, 1}, {2, 2, 0.5, 1.5}, {2, 2, 1, 2},
		{3, 2, 0.5, 1.25}, {3, 3, 0.5, 1.5}, {64, 64, 0.25, 1.25}, {64, 22, 0.3, 1.1}, {2, 2, 100, 101},
	} {
		for name, f := range map[string]func(*Proc, int){"Charge": charged, "ChargeWork": chargedWork} {
			for _, end := range crowdedRun(t, c.cores, c.threads, c.share, pieces, units, f) {
				if want := pieces*units*c.want + yields; math.Abs(float64(end)-want) > 0.01*want {
					t.Errorf("%s, %d threads on %d cores, crowding %v: %d ns, want %.0f (alone %.0f)", name, c.threads, c.cores, c.share, end, want, alone)
				}
			}
		}
	}
}

// A core counts while it has a thread: not while that waits, and not when it has ended.
func TestCrowdingEndsWithTheWork(t *testing.T) {
	c := DefaultCosts()
	c.Crowding = 1
	m := NewSim(SimConfig{Cores: 2, Costs: c})
	const piece = 100_000
	took := map[string]int64{}
	noError(t, m.Run(func(p *Proc) {
		during := func(what string) {
			start := p.Now()
			for range 100 {
				p.Charge(CostNanosecond, piece/100)
				p.Yield()
			}
			took[what] = p.Now() - start - int64(100*c.Yield)
		}
		during("before")
		m.Go("sleeper", func(q *Proc) {
			q.Sleep(time.Millisecond)
			for range 1000 {
				q.Charge(CostNanosecond, 1000)
				q.Yield()
			}
		})
		during("asleep")
		for p.Now() < 1_200_000 {
			p.Sleep(10 * time.Microsecond)
		}
		during("busy")
		p.Sleep(10 * time.Millisecond)
		during("ended")
	}))
	for what, want := range map[string]int64{"before": piece, "asleep": piece, "busy": 2 * piece, "ended": piece} {
		if got := took[what]; math.Abs(float64(got-want)) > 0.03*float64(want) {
			t.Errorf("%s: %d ns, want %d", what, got, want)
		}
	}
}

// Long work must not overflow where it is made longer.
func TestCrowdingOfLongWork(t *testing.T) {
	const hour = int(time.Hour)
	for _, end := range crowdedRun(t, 2, 2, 100, 1, hour, charged) {
		// The first to be charged is alone until then: a charge is made longer as a whole.
		if ratio := float64(end) / float64(hour); math.Abs(ratio-101) > 0.01 && math.Abs(ratio-1) > 0.01 {
			t.Errorf("%v times as long", ratio)
		}
	}
}

// Without crowding a run is the one that it was; with it, it is the same every time.
func TestCrowdingRepeats(t *testing.T) {
	a, b := crowdedRun(t, 4, 4, 0.37, 50, 777, charged), crowdedRun(t, 4, 4, 0.37, 50, 777, charged)
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("thread %d: %d ns, then %d", i, a[i], b[i])
		}
	}
}
