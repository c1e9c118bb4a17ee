package gil

// What the designs do for threads that come back from I/O.

import (
	"testing"
	"time"

	"gilt/internal/machine"
)

// ioWaits runs cpus busy threads and one that sleeps for a millisecond and comes back from it, n times; it gives its waits.
func ioWaits(t *testing.T, name string, cpus, n int) ([]time.Duration, Stats) {
	t.Helper()
	l := mustNew(t, name, Options{})
	m := vtime(cpus + 1)
	var waits []time.Duration
	noError(t, m.Run(func(p *machine.Proc) {
		busy(m, l, cpus, time.Duration(n)*2*time.Millisecond)
		spawn(m, l, "io", func(v *vthread) {
			l.Acquire(v.m)
			for range n {
				l.Release(v.m)
				v.p.Sleep(time.Millisecond)
				start := v.p.Now()
				l.ReacquireIO(v.m)
				waits = append(waits, time.Duration(v.p.Now()-start))
				v.compute(2 * time.Microsecond)
			}
			l.Release(v.m)
		})
	}))
	return waits, l.Stats()
}

func TestIOWaits(t *testing.T) {
	for _, c := range []struct {
		lock string
		cpus int
		low  time.Duration // of the longest wait
		high time.Duration
	}{
		{"interval", 1, 5 * time.Millisecond, 5100 * time.Microsecond},
		{"interval", 4, 6 * time.Millisecond, time.Second},
		{"priority", 1, 0, 40 * time.Microsecond},
		{"priority", 4, 0, 150 * time.Microsecond},
		{"beazley", 1, 0, 40 * time.Microsecond},
		{"beazley", 4, 0, 40 * time.Microsecond},
		{"fifo", 1, 2 * time.Millisecond, 5100 * time.Microsecond},
		{"fifo", 4, 15 * time.Millisecond, 21 * time.Millisecond},
	} {
		waits, s := ioWaits(t, c.lock, c.cpus, 30)
		var sum, longest time.Duration
		for i, w := range waits {
			sum += w
			if i > 5 { // the classes of "beazley" must be learnt
				longest = max(longest, w)
			}
		}
		t.Logf("%-8s beside %d: mean %v, longest %v, %d hand-offs", c.lock, c.cpus, sum/time.Duration(len(waits)), longest, s.Handoffs)
		atLeast(t, c.low, longest, c.lock, c.cpus)
		atMost(t, c.high, longest, c.lock, c.cpus)
	}
}

// priority: the holder is asked at once and lets the requester in at its next check; only ReacquireIO does that.
func TestPriorityNextCheck(t *testing.T) {
	for _, io := range []bool{true, false} {
		rec := &recorder{}
		l := mustNew(t, "priority", Options{Events: rec})
		m := vtime(2)
		var wait time.Duration
		noError(t, m.Run(func(p *machine.Proc) {
			busy(m, l, 1, 20*time.Millisecond)
			spawn(m, l, "io", func(v *vthread) {
				v.p.Sleep(time.Millisecond)
				start := v.p.Now()
				if io {
					l.ReacquireIO(v.m)
				} else {
					l.Acquire(v.m)
				}
				wait = time.Duration(v.p.Now() - start)
				l.Release(v.m)
			})
		}))
		if io {
			atMost(t, 15*time.Microsecond, wait)
		} else {
			atLeast(t, 5*time.Millisecond, wait)
		}
	}
}

// priority: while a request stands, waiters that were there before stand aside, although the signal reaches them first.
func TestPriorityStandAside(t *testing.T) {
	rec := &recorder{}
	l := mustNew(t, "priority", Options{Events: rec})
	m := vtime(8)
	noError(t, m.Run(func(p *machine.Proc) {
		busy(m, l, 5, 3*time.Millisecond) // all but one asleep when the request comes
		spawn(m, l, "io", func(v *vthread) {
			v.p.Sleep(time.Millisecond)
			start := v.p.Now()
			l.ReacquireIO(v.m)
			atMost(t, 100*time.Microsecond, time.Duration(v.p.Now()-start))
			l.Release(v.m)
		})
	}))
	equal(t, []int{0, 5}, rec.order()[:2])
}

// beazley: a thread begins as I/O-bound; forced off it is demoted, by a voluntary release promoted.
func TestBeazleyClasses(t *testing.T) {
	l := mustNew(t, "beazley", Options{})
	m := vtime(3)
	noError(t, m.Run(func(p *machine.Proc) {
		spawn(m, l, "first", func(v *vthread) {
			isTrue(t, !v.m.cpuBound)
			l.Acquire(v.m)
			v.compute(7 * time.Millisecond) // asked at 6 ms, by a patient I/O-bound waiter
			isTrue(t, v.m.cpuBound)
			equal(t, uint64(1), v.m.st.Demoted)
			v.compute(7 * time.Millisecond)
			l.Release(v.m)
			isTrue(t, !v.m.cpuBound)
			l.Acquire(v.m)
			equal(t, uint64(1), v.m.st.Promoted)
			l.Release(v.m)
		})
		spawn(m, l, "second", func(v *vthread) {
			v.p.Sleep(time.Millisecond)
			start := v.p.Now()
			l.Acquire(v.m) // the holder counts as I/O-bound: patience
			w := time.Duration(v.p.Now() - start)
			atLeast(t, 5*time.Millisecond, w)
			atMost(t, 5050*time.Microsecond, w)
			isTrue(t, !v.m.cpuBound)
			l.Release(v.m)
			v.p.Sleep(time.Millisecond)
			start = v.p.Now()
			l.Acquire(v.m) // now it is known to be CPU-bound: at once
			atMost(t, 15*time.Microsecond, time.Duration(v.p.Now()-start))
			l.Release(v.m)
		})
	}))
	equal(t, uint64(1), l.Stats().Demoted)
}

// beazley: two threads that give the lock up and take it again all the time would starve a busy one; ageing helps it.
func TestBeazleyAging(t *testing.T) {
	run := func(aging time.Duration) (held time.Duration, longest time.Duration, s Stats) {
		rec := &recorder{}
		l := mustNew(t, "beazley", Options{Aging: aging, Events: rec})
		m := vtime(3)
		noError(t, m.Run(func(p *machine.Proc) {
			deadline := int64(300 * time.Millisecond)
			spawn(m, l, "cpu", func(v *vthread) {
				l.Acquire(v.m)
				for v.p.Now() < deadline {
					v.tick(500)
				}
				l.Release(v.m)
			})
			for range 2 {
				spawn(m, l, "greedy", func(v *vthread) {
					l.Acquire(v.m)
					for v.p.Now() < deadline {
						v.compute(20 * time.Microsecond)
						l.Release(v.m)
						v.p.Charge(machine.CostSyscall, 1)
						l.ReacquireIO(v.m)
					}
					l.Release(v.m)
				})
			}
		}))
		for _, w := range rec.waits(0) {
			longest = max(longest, w)
		}
		s = l.Stats()
		return time.Duration(s.Members[0].Held), longest, s
	}
	held, longest, s := run(10 * time.Millisecond)
	t.Logf("ageing 10 ms: held %v, longest wait %v, %d tenures owed to ageing", held, longest, s.Aged)
	held0, longest0, s0 := run(-1)
	t.Logf("no ageing: held %v, longest wait %v", held0, longest0)
	atLeast(t, 1, s.Aged)
	equal(t, uint64(0), s0.Aged)
	atMost(t, 20*time.Millisecond, longest)
	atLeast(t, 100*time.Millisecond, longest0)
	atLeast(t, 60*time.Millisecond, held)
	atMost(t, held/4, held0)
}
