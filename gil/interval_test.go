package gil

import (
	"fmt"
	"testing"
	"time"

	"gilt/internal/machine"
)

// busy starts n threads that compute for d each.
func busy(m *machine.Machine, l Lock, n int, d time.Duration) {
	for i := range n {
		spawn(m, l, fmt.Sprint("cpu-", i), func(v *vthread) {
			l.Acquire(v.m)
			v.compute(d)
			l.Release(v.m)
		})
	}
}

// Two busy threads: each waits exactly the interval and then gets the lock, in turn; one request and one forced switch each.
func TestIntervalTwoThreads(t *testing.T) {
	for _, iv := range []time.Duration{5 * time.Millisecond, 500 * time.Microsecond} {
		rec := &recorder{}
		l := mustNew(t, "interval", Options{Interval: iv, Events: rec})
		m := vtime(2)
		noError(t, m.Run(func(p *machine.Proc) { busy(m, l, 2, 52*time.Millisecond) }))
		s := l.Stats()
		order := rec.order()
		for i := 1; i < len(order); i++ {
			isTrue(t, order[i] != order[i-1], "no switch at", i, order)
		}
		equal(t, s.Checks, s.Forced)
		equal(t, s.Checks, s.Requests)
		equal(t, uint64(0), s.Failed)
		last := len(order)/2 - 1 // the last wait ends when the other thread does
		for id := range 2 {
			waits := rec.waits(id)
			for i, w := range waits {
				if i == 0 && id == 0 || i >= last {
					continue // got it at once, or at the other's end
				}
				atLeast(t, iv, w, "thread", id, "wait", i)
				atMost(t, iv+20*time.Microsecond, w, "thread", id, "wait", i)
			}
		}
		n := 2 * 52 * time.Millisecond / iv
		atLeast(t, int(n)-3, len(order))
		atMost(t, int(n)+2, len(order))
	}
}

// Nothing is asked of a holder whose waiter has been patient for less than the interval.
func TestIntervalNoEarlyRequest(t *testing.T) {
	l := mustNew(t, "interval", Options{})
	m := vtime(2)
	noError(t, m.Run(func(p *machine.Proc) {
		spawn(m, l, "holder", func(v *vthread) {
			l.Acquire(v.m)
			for v.p.Now() < int64(5900*time.Microsecond) {
				isTrue(t, !v.tick(500), "asked to drop the lock at", v.p.Now())
			}
			for v.p.Now() < int64(6100*time.Microsecond) {
				v.tick(500)
			}
			l.Release(v.m)
		})
		spawn(m, l, "waiter", func(v *vthread) {
			v.p.Sleep(time.Millisecond)
			l.Acquire(v.m)
			atLeast(t, int64(6*time.Millisecond), v.p.Now())
			atMost(t, int64(6050*time.Microsecond), v.p.Now())
			l.Release(v.m)
		})
	}))
	equal(t, uint64(1), l.Stats().Requests)
}

// A forced drop waits for the switch: on one core too, where the releaser could take the lock again before the waiter
// has a chance, the waiter gets it.
func TestIntervalForcedSwitchOneCore(t *testing.T) {
	rec := &recorder{}
	l := mustNew(t, "interval", Options{Events: rec})
	m := vtime(1)
	noError(t, m.Run(func(p *machine.Proc) { busy(m, l, 2, 30*time.Millisecond) }))
	s := l.Stats()
	atLeast(t, 1, s.Forced)
	equal(t, s.Checks, s.Forced)
}

// A voluntary release of a holder that has been asked waits for the switch as well.
func TestIntervalForcedSwitchAtRelease(t *testing.T) {
	rec := &recorder{}
	l := mustNew(t, "interval", Options{Events: rec})
	m := vtime(2)
	noError(t, m.Run(func(p *machine.Proc) {
		spawn(m, l, "holder", func(v *vthread) {
			l.Acquire(v.m)
			for v.p.Now() < int64(8*time.Millisecond) { // one long instruction
				v.p.Charge(machine.CostNanosecond, 500)
				v.p.Read(ptr(v.breaker))
			}
			isTrue(t, v.breaker.Load()&DropRequest != 0)
			l.Release(v.m)
			equal(t, uint32(0), v.breaker.Load())
			l.Acquire(v.m)
			l.Release(v.m)
		})
		spawn(m, l, "waiter", func(v *vthread) {
			v.p.Sleep(time.Millisecond)
			l.Acquire(v.m)
			v.p.Charge(machine.CostNanosecond, int(time.Millisecond))
			l.Release(v.m)
		})
	}))
	equal(t, []int{0, 1, 0}, rec.order())
	equal(t, uint64(1), l.Stats().Requests)
}

// Any switch while a thread waits suppresses its request and starts its patience anew: beside one busy thread a thread
// that comes back from I/O makes its own request, beside two it depends on theirs.
func TestIntervalSuppressedRequest(t *testing.T) {
	run := func(cpus int) (wait time.Duration, requests uint64) {
		l := mustNew(t, "interval", Options{})
		m := vtime(4)
		noError(t, m.Run(func(p *machine.Proc) {
			busy(m, l, cpus, 60*time.Millisecond)
			spawn(m, l, "io", func(v *vthread) {
				v.p.Sleep(12500 * time.Microsecond) // in the middle of a tenure
				start := v.p.Now()
				l.ReacquireIO(v.m)
				wait = time.Duration(v.p.Now() - start)
				l.Release(v.m)
			})
		}))
		return wait, l.Stats().Members[cpus].Requests
	}
	wait, requests := run(1)
	equal(t, uint64(1), requests)
	atLeast(t, 5*time.Millisecond, wait)
	atMost(t, 5050*time.Microsecond, wait)
	wait, requests = run(2)
	equal(t, uint64(0), requests)
	atLeast(t, 2400*time.Microsecond, wait) // at the end of the tenure, when somebody else's patience ends
}

func TestIntervalCostsLittle(t *testing.T) {
	l := mustNew(t, "interval", Options{})
	m := vtime(4)
	var end int64
	noError(t, m.Run(func(p *machine.Proc) {
		for i := range 4 {
			spawn(m, l, fmt.Sprint("cpu-", i), func(v *vthread) {
				l.Acquire(v.m)
				for range 400_000 {
					v.tick(50)
				}
				l.Release(v.m)
				end = v.p.Now()
			})
		}
	}))
	atMost(t, 1.05*4*400_000*50, float64(end))
}
