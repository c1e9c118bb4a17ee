package gil

// No wake-up is lost: with a patience of a second, in virtual time, a run of a few acquisitions must not last a millisecond. (A waiter
// that was not woken would go on at the end of its patience, and every other check would pass.) The schedules are all those with
// a few preemptions, and random ones of more threads.

import (
	"fmt"
	"testing"
	"time"

	"gilt/internal/machine"
)

// patient makes every design with a patience of a second.
func patient(t *testing.T, f func(t *testing.T, make func() Lock)) {
	for name, c := range configs() {
		t.Run(name, func(t *testing.T) {
			c.o.Interval, c.o.Aging, c.o.CheckInterval = time.Second, -1, 0
			f(t, func() Lock { return mustNew(t, c.lock, c.o) })
		})
	}
}

// prompt runs n threads, each of which enters the lock rounds times, and says what went wrong. The one with the number asked, if any, finds
// itself asked to drop the lock when it releases it for the first time, as if somebody's patience had ended.
func prompt(m *machine.Machine, l Lock, n, rounds, asked int) error {
	var w ward
	var end time.Duration
	err := m.Run(func(p *machine.Proc) {
		for i := range n {
			spawn(m, l, fmt.Sprint("t", i), func(v *vthread) {
				for r := range rounds {
					if r == 0 {
						l.Acquire(v.m)
					} else {
						l.ReacquireIO(v.m)
					}
					w.visit(v.p)
					if i == asked && r == 0 {
						ask(l, v.m)
					}
					l.Release(v.m)
				}
				end = max(end, time.Duration(v.p.Now()))
			})
		}
	})
	if err != nil {
		return err
	}
	if s := w.fail.Load(); s != nil {
		return fmt.Errorf("%s", *s)
	}
	if w.a != n*rounds {
		return fmt.Errorf("%d visits instead of %d", w.a, n*rounds)
	}
	if end > time.Millisecond {
		return fmt.Errorf("somebody was not woken, and waited until %v", end)
	}
	return nil
}

// ask makes the request that a waiter makes when its patience has ended, provided that somebody waits.
func ask(l Lock, m *Member) {
	var s *switcher
	waits := func() bool { return s.cond.n > 0 }
	switch l := l.(type) {
	case *interval:
		s = &l.switcher
	case *priority:
		s = &l.switcher
	case *beazley:
		s, waits = &l.switcher, l.waiting
	default:
		return
	}
	s.mux.lock(m.proc)
	if waits() {
		s.request(m)
	}
	s.mux.unlock(m.proc)
}

func TestWakeupsExplored(t *testing.T) {
	runs := 20000
	if testing.Short() {
		runs = 2000
	}
	patient(t, func(t *testing.T, lock func() Lock) {
		for _, shape := range []struct{ threads, rounds, preemptions int }{{2, 1, 3}, {2, 2, 2}, {3, 1, 2}} {
			for asked := -1; asked < 1; asked++ {
				x := machine.Exploration{Preemptions: shape.preemptions, MaxRuns: runs, MaxSteps: 2000}
				err := x.Explore(func(m *machine.Machine) error {
					return prompt(m, lock(), shape.threads, shape.rounds, asked)
				})
				noError(t, err, shape, "asked", asked)
				t.Logf("%+v, asked %d: %d schedules, all: %v", shape, asked, x.Runs, x.Complete)
			}
		}
	})
}

func TestWakeupsSteps(t *testing.T) {
	seeds := 3000
	if testing.Short() {
		seeds = 300
	}
	patient(t, func(t *testing.T, lock func() Lock) {
		for seed := range seeds {
			policy := []machine.Policy{machine.Random, machine.Sticky, machine.PCT}[seed%3]
			m := machine.NewSim(machine.SimConfig{Seed: uint64(seed), Policy: policy, PCTDepth: 4, PCTSteps: 300, MaxSteps: 1e6})
			noError(t, prompt(m, lock(), 2+seed%4, 3, seed%5), policy, "seed", seed)
		}
	})
}
