package gil

import (
	"fmt"
	"testing"
	"time"

	"gilt/internal/machine"
)

// First come, first served: eight threads that come one after the other get the lock in that order, and again when they
// come back.
func TestFIFOOrder(t *testing.T) {
	const n = 8
	rec := &recorder{}
	l := mustNew(t, "fifo", Options{Events: rec})
	m := vtime(n)
	noError(t, m.Run(func(p *machine.Proc) {
		for i := range n {
			spawn(m, l, fmt.Sprint("t", i), func(v *vthread) {
				v.p.Sleep(time.Duration(1+i*3%n) * 10 * time.Microsecond)
				for range 3 {
					l.Acquire(v.m)
					for range 300 { // longer than all arrivals
						v.tick(500)
					}
					l.Release(v.m)
				}
			})
		}
	}))
	order := rec.order()
	equal(t, 3*n, len(order))
	for k, id := range order {
		equal(t, k%n, id*3%n, "turn", k)
	}
	equal(t, uint64(0), l.Stats().Forced)
}

// Busy threads take turns of one interval each, whichever of them watches the holder.
func TestFIFOTurns(t *testing.T) {
	const n = 5
	rec := &recorder{}
	l := mustNew(t, "fifo", Options{Events: rec})
	m := vtime(n)
	noError(t, m.Run(func(p *machine.Proc) { busy(m, l, n, 31*time.Millisecond) }))
	order := rec.order()
	atLeast(t, n*6, len(order))
	for k := n; k < n*6; k++ {
		equal(t, order[k-n], order[k], "turn", k)
	}
	var since int64
	turns := 0
	for _, e := range rec.log {
		switch e.kind {
		case 'R':
			since = e.at
		case 'S':
			if turns++; turns <= n*6 {
				atLeast(t, 4990*time.Microsecond, time.Duration(e.at-since)) // counted from the grant
				atMost(t, 5050*time.Microsecond, time.Duration(e.at-since))
			}
		}
	}
	s := l.Stats()
	equal(t, s.Checks, s.Forced)
	equal(t, s.Checks, s.Requests)
}

// A yield that nobody has waited for goes on at once.
func TestFIFONeedlessYield(t *testing.T) {
	for _, name := range []string{"fifo", "rw"} {
		l := mustNew(t, name, Options{})
		s := alone(t, l, func(v *vthread) {
			v.breaker.Store(DropRequest | SliceEnd)
			l.Yield(v.m)
			equal(t, SliceEnd, v.breaker.Load()) // the lock's own bit only
		})
		equal(t, uint64(0), s.Handoffs+s.Forced)
		equal(t, uint64(1), s.Checks)
		equal(t, uint64(1), s.Acquired)
	}
}

// rwEvents runs threads, each described by when it comes, whether it writes and how long it stays; it returns the order
// in which they got in.
type visitor struct {
	at    time.Duration
	write bool
	stay  time.Duration
}

func visitors(t *testing.T, vs ...visitor) (*recorder, Stats) {
	t.Helper()
	rec := &recorder{}
	l := mustNew(t, "rw", Options{Events: rec, Interval: time.Second}).(RW)
	m := vtime(len(vs) + 1)
	noError(t, m.Run(func(p *machine.Proc) {
		for i, w := range vs {
			spawn(m, l, fmt.Sprint("v", i), func(v *vthread) {
				v.p.Sleep(w.at)
				if w.write {
					l.AcquireWrite(v.m)
				} else {
					l.AcquireRead(v.m)
				}
				v.p.Sleep(w.stay)
				l.Release(v.m)
			})
		}
	}))
	return rec, l.Stats()
}

// entered gives each member's moment of entry.
func (r *recorder) entered(n int) []time.Duration {
	out := make([]time.Duration, n)
	for _, e := range r.log {
		if e.kind == 'R' {
			out[e.id] = time.Duration(e.at)
		}
	}
	return out
}

const ms = time.Millisecond

func near(t *testing.T, want time.Duration, got time.Duration, what ...any) {
	t.Helper()
	atLeast(t, want, got, what...)
	atMost(t, want+50*time.Microsecond, got, what...)
}

// Readers share.
func TestRWReadersShare(t *testing.T) {
	rec, s := visitors(t, visitor{ms, false, 10 * ms}, visitor{2 * ms, false, 10 * ms}, visitor{3 * ms, false, 10 * ms})
	for i, at := range rec.entered(3) {
		near(t, time.Duration(i+1)*ms, at)
	}
	equal(t, uint64(3), s.Reads)
	equal(t, uint64(0), s.Contended)
}

// Phases: readers that wait for a writer go in when it leaves, all together and before the next writer; readers that
// come while that one waits for them wait for it, so writers do not starve either.
func TestRWPhaseFair(t *testing.T) {
	rec, _ := visitors(t,
		visitor{1 * ms, true, 10 * ms},   // 0: in from 1 to 11
		visitor{2 * ms, true, 10 * ms},   // 1: the next writer
		visitor{3 * ms, true, 10 * ms},   // 2: the one after it
		visitor{4 * ms, false, 5 * ms},   // 3: a reader of the phase after writer 0
		visitor{5 * ms, false, 3 * ms},   // 4: the same
		visitor{12 * ms, false, 10 * ms}, // 5: comes while writer 1 waits for 3 and 4: waits for it
		visitor{14 * ms, true, 10 * ms},  // 6: a writer behind 2
	)
	in := rec.entered(7)
	near(t, 1*ms, in[0], "writer 0")
	near(t, 11*ms, in[3], "reader 3")
	near(t, 11*ms, in[4], "reader 4")
	near(t, 16*ms, in[1], "writer 1, when reader 3 has left")
	near(t, 26*ms, in[5], "reader 5, when writer 1 has left")
	near(t, 36*ms, in[2], "writer 2, when reader 5 has left")
	near(t, 46*ms, in[6], "writer 6")
}

// A writer that waits for readers asks them to yield after the interval; a reader or writer that waits for a writer asks it.
func TestRWRequests(t *testing.T) {
	for _, c := range []struct{ holderWrites, waiterWrites bool }{{false, true}, {true, false}, {true, true}} {
		l := mustNew(t, "rw", Options{Interval: 2 * ms}).(RW)
		m := vtime(3)
		noError(t, m.Run(func(p *machine.Proc) {
			spawn(m, l, "holder", func(v *vthread) {
				if c.holderWrites {
					l.AcquireWrite(v.m)
				} else {
					l.AcquireRead(v.m)
				}
				v.compute(20 * ms)
				equal(t, c.holderWrites, l.Writing(v.m))
				l.Release(v.m)
			})
			spawn(m, l, "waiter", func(v *vthread) {
				v.p.Sleep(ms)
				if c.waiterWrites {
					l.AcquireWrite(v.m)
				} else {
					l.AcquireRead(v.m)
				}
				near(t, 3*ms, time.Duration(v.p.Now()), c)
				equal(t, c.waiterWrites, l.Writing(v.m))
				v.p.Charge(machine.CostNanosecond, 1000)
				l.Release(v.m)
			})
		}))
		s := l.Stats()
		equal(t, uint64(1), s.Requests, c)
		equal(t, uint64(1), s.Forced, c)
	}
}

// All readers may upgrade at once: nobody waits for somebody who waits for him. Between the two sides others may have written.
func TestRWUpgrade(t *testing.T) {
	const n = 4
	l := mustNew(t, "rw", Options{}).(RW)
	m := vtime(n)
	x, changed := 0, 0
	noError(t, m.Run(func(p *machine.Proc) {
		for i := range n {
			spawn(m, l, fmt.Sprint("t", i), func(v *vthread) {
				l.AcquireRead(v.m)
				seen := x
				v.p.Sleep(ms)
				l.Upgrade(v.m)
				isTrue(t, l.Writing(v.m))
				if x != seen {
					changed++
				}
				x++
				l.Upgrade(v.m) // nothing happens: it writes already
				l.Downgrade(v.m)
				isTrue(t, !l.Writing(v.m))
				l.Downgrade(v.m)
				l.Release(v.m)
			})
		}
	}))
	equal(t, n, x)
	equal(t, n-1, changed)
	s := l.Stats()
	equal(t, uint64(n), s.Upgrades)
	equal(t, uint64(2*n), s.Reads)
}

// A downgrade lets readers in, and no writer before it.
func TestRWDowngrade(t *testing.T) {
	l := mustNew(t, "rw", Options{Interval: time.Second}).(RW)
	m := vtime(4)
	x := 0
	noError(t, m.Run(func(p *machine.Proc) {
		spawn(m, l, "down", func(v *vthread) {
			l.AcquireWrite(v.m)
			v.p.Sleep(5 * ms)
			x = 1
			l.Downgrade(v.m)
			v.p.Sleep(5 * ms)
			equal(t, 1, x)
			l.Release(v.m)
		})
		spawn(m, l, "reader", func(v *vthread) {
			v.p.Sleep(ms)
			l.AcquireRead(v.m)
			near(t, 5*ms, time.Duration(v.p.Now()))
			l.Release(v.m)
		})
		spawn(m, l, "writer", func(v *vthread) {
			v.p.Sleep(ms)
			l.AcquireWrite(v.m)
			near(t, 10*ms, time.Duration(v.p.Now()))
			x = 2
			l.Release(v.m)
		})
	}))
}
