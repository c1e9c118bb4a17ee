package gil

import (
	"fmt"
	"testing"
	"time"

	"gilt/internal/machine"
)

// countTicks passes n ticks in batches of the sizes that next gives.
func countTicks(v *vthread, n int, next func() int) {
	for n > 0 {
		k := min(next(), n)
		if *v.ticker -= int32(k); *v.ticker < 0 {
			v.l.Yield(v.m)
		}
		n -= k
	}
}

// alone runs f as the only thread.
func alone(t *testing.T, l Lock, f func(v *vthread)) Stats {
	t.Helper()
	m := vtime(1)
	noError(t, m.Run(func(p *machine.Proc) {
		v := join(p, l)
		l.Acquire(v.m)
		f(v)
		l.Release(v.m)
		l.Leave(v.m)
	}))
	return l.Stats()
}

// A check comes every 101 ticks, whatever the batches: CPython 2.7 releases its lock 297,029 times in 30 million ticks.
func TestTicksCheckEvery101(t *testing.T) {
	for _, variant := range []Variant{Semaphore, MutexCond} {
		for _, c := range []struct{ interval, ticks, batch int }{
			{100, 100, 1}, {100, 101, 1}, {100, 202, 1}, {100, 30_000_000, 3}, {100, 1_000_000, 7}, {100, 50_500, 250},
			{0, 1000, 1}, {0, 1000, 3}, {1, 1000, 1}, {9, 12345, 4},
		} {
			l := mustNew(t, "ticks", Options{Variant: variant, CheckInterval: c.interval})
			if c.interval == 0 {
				l.SetCheckInterval(0)
				*l.Ticker() = 0
			}
			s := alone(t, l, func(v *vthread) { countTicks(v, c.ticks, func() int { return c.batch }) })
			equal(t, uint64(c.ticks/(c.interval+1)), s.Checks, c)
			equal(t, uint64(1), s.Acquired) // nobody else: the thread has had one tenure
			equal(t, uint64(0), s.Forced)
		}
	}
}

func TestTicksRandomBatches(t *testing.T) {
	l := mustNew(t, "ticks", Options{})
	s := alone(t, l, func(v *vthread) {
		countTicks(v, 1_000_000, func() int { return 1 + int(v.p.Randn(9)) })
	})
	equal(t, uint64(1_000_000/101), s.Checks)
}

// A new check interval counts from the next check on, as sys.setcheckinterval's did.
func TestTicksSetCheckInterval(t *testing.T) {
	l := mustNew(t, "ticks", Options{})
	s := alone(t, l, func(v *vthread) {
		countTicks(v, 50, func() int { return 1 })
		l.SetCheckInterval(9)
		countTicks(v, 51+10*10, func() int { return 1 })
	})
	equal(t, uint64(11), s.Checks)
}

// Ctrl-C: while a call is pending that only the main thread can make, every tick is a check.
func TestTicksPinned(t *testing.T) {
	l := mustNew(t, "ticks", Options{})
	alone(t, l, func(v *vthread) {
		one := func() int { return 1 }
		countTicks(v, 1010, one)
		equal(t, uint64(10), v.m.st.Checks)
		l.PendingCall(true)
		countTicks(v, 101, one) // until the next check nobody notices
		equal(t, uint64(11), v.m.st.Checks)
		countTicks(v, 500, one)
		equal(t, uint64(511), v.m.st.Checks)
		countTicks(v, 600, func() int { return 3 }) // batches owe a check per tick
		equal(t, uint64(1111), v.m.st.Checks)
		l.PendingCall(false)
		countTicks(v, 1, one)
		equal(t, uint64(1112), v.m.st.Checks)
		countTicks(v, 100, one)
		equal(t, uint64(1112), v.m.st.Checks)
		countTicks(v, 1, one)
		equal(t, uint64(1113), v.m.st.Checks)
	})
	for _, d := range List() {
		if !d.Ticks {
			mustNew(t, d.Name, Options{}).PendingCall(true)
		}
	}
}

// The slow-down after Ctrl-C with a worker whose main thread waits in a join that nothing interrupts.
func TestTicksPinnedSlowsDown(t *testing.T) {
	run := func(workers int, pinned bool) time.Duration {
		l := mustNew(t, "ticks", Options{})
		l.PendingCall(pinned)
		m := vtime(2)
		var end int64
		noError(t, m.Run(func(p *machine.Proc) {
			for i := range workers {
				spawn(m, l, fmt.Sprint("w", i), func(v *vthread) {
					l.Acquire(v.m)
					for range 20_000 {
						v.tick(15)
					}
					l.Release(v.m)
					end = v.p.Now()
				})
			}
		}))
		return time.Duration(end)
	}
	// CPython 2.7 takes 3-4 times as long with one worker, 16-20 times with two.
	one := float64(run(1, true)) / float64(run(1, false))
	two := float64(run(2, true)) / float64(run(2, false))
	t.Logf("pinned: x%.1f with one worker, x%.1f with two", one, two)
	atLeast(t, 1.2, one)
	atLeast(t, 1.5*one, two)
}

// On several cores a released lock is mostly taken again by its releaser: wake-ups are lost, threads go on in bursts.
func TestTicksLosesWakeups(t *testing.T) {
	for _, variant := range []Variant{Semaphore, MutexCond} {
		l := mustNew(t, "ticks", Options{Variant: variant})
		m := vtime(2)
		noError(t, m.Run(func(p *machine.Proc) {
			for i := range 2 {
				spawn(m, l, fmt.Sprint("cpu", i), func(v *vthread) {
					l.Acquire(v.m)
					for range 300_000 {
						ns := 7
						if v.p.Randn(100) == 0 {
							ns = int(v.p.Randn(2000)) // some instructions take longer, or a wake-up would find the same moment each time
						}
						v.tick(ns)
					}
					l.Release(v.m)
				})
			}
		}))
		s := l.Stats()
		t.Logf("variant %d: checks %d, hand-offs %d, badness %.3f", variant, s.Checks, s.Handoffs, s.Badness())
		equal(t, uint64(2*300_000/101), s.Checks)
		atLeast(t, 0.02, s.Badness())
		atMost(t, s.Checks/3, s.Handoffs)
		atLeast(t, 2, s.Handoffs)
	}
}

// No hand-off, no fairness: after the lock has been posted, a newcomer gets it before the thread that was woken for it.
func TestTicksBarging(t *testing.T) {
	l := mustNew(t, "ticks", Options{})
	m := vtime(3)
	rec := &recorder{}
	l.(*ticks).ev = rec
	noError(t, m.Run(func(p *machine.Proc) {
		spawn(m, l, "holder", func(v *vthread) {
			l.Acquire(v.m)
			v.p.Charge(machine.CostNanosecond, 100_000)
			l.Release(v.m)
			l.Acquire(v.m) // the waiter has been woken, and is not here yet
			v.p.Charge(machine.CostNanosecond, 100_000)
			l.Release(v.m)
		})
		spawn(m, l, "waiter", func(v *vthread) {
			v.p.Sleep(10 * time.Microsecond)
			l.Acquire(v.m)
			l.Release(v.m)
		})
	}))
	equal(t, []int{0, 0, 1}, rec.order())
	equal(t, uint64(1), l.Stats().Failed)
}
