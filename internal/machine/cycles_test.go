package machine

import (
	"sync/atomic"
	"testing"
	"time"
)

// slack is what a reading without a fence may be off, and the rate after so short a time.
func slack(ns int64) int64 { return 2000 + ns/500 }

// Cycles last as long as the clock says: what passes between two readings of cycles is between what passed between the
// readings of the clock inside of them and that outside.
func TestCyclesAgreeWithTheClock(t *testing.T) {
	noError(t, NewReal(RealConfig{}).Run(func(p *Proc) {
		for _, d := range []time.Duration{0, time.Microsecond, time.Millisecond, 10 * time.Millisecond} {
			outer0 := p.Now()
			c0 := p.Cycles()
			inner0 := p.Now()
			p.Sleep(d)
			inner1 := p.Now()
			c1 := p.Cycles()
			outer1 := p.Now()
			got, atLeast, atMost := p.Machine().Nanoseconds(c1-c0), inner1-inner0, outer1-outer0
			if got < atLeast-slack(atLeast) || got > atMost+slack(atMost) {
				t.Errorf("after %v: %d ns of cycles, the clock says %d to %d", d, got, atLeast, atMost)
			}
		}
	}))
}

// A thread that has seen what another one did reads no earlier time than that one, but for the missing fence.
func TestCyclesOfTwoThreads(t *testing.T) {
	m := NewReal(RealConfig{})
	var turn, stamp atomic.Int64
	const turns = 20000
	var worst int64
	play := func(p *Proc, mine int64) {
		for i := mine; i < turns; i += 2 {
			for round := 0; turn.Load() != i; round++ {
				p.Spin(round)
			}
			now := p.Cycles()
			worst = max(worst, stamp.Load()-now)
			stamp.Store(p.Cycles())
			turn.Add(1)
		}
	}
	noError(t, m.Run(func(p *Proc) {
		stamp.Store(p.Cycles())
		m.Go("other", func(p *Proc) { play(p, 1) })
		play(p, 0)
	}))
	if ns := m.Nanoseconds(worst); ns > slack(0) {
		t.Errorf("the time of another thread was %d ns ahead", ns)
	}
}

// Where the counter is no clock, and in virtual time, cycles are nanoseconds.
func TestCyclesWithoutACounter(t *testing.T) {
	m := NewReal(RealConfig{})
	m.impl.(*realMachine).rate.counter = false
	noError(t, m.Run(func(p *Proc) {
		before, c, after := p.Now(), p.Cycles(), p.Now()
		if c < before || c > after || m.Nanoseconds(c) != c {
			t.Errorf("cycles %d (%d ns) between %d and %d", c, m.Nanoseconds(c), before, after)
		}
	}))
	sim := NewSim(SimConfig{Cores: 1})
	noError(t, sim.Run(func(p *Proc) {
		p.Charge(CostNanosecond, 1234)
		if p.Cycles() != p.Now() || sim.Nanoseconds(p.Cycles()) != p.Now() {
			t.Errorf("cycles %d, clock %d", p.Cycles(), p.Now())
		}
	}))
}

func BenchmarkRealCycles(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	for b.Loop() {
		sink += uint64(p.Cycles())
	}
}
