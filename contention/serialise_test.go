package contention

import (
	"sync/atomic"
	"testing"
	"unsafe"

	"gilt/internal/machine"
)

// crowd runs body on n threads of a machine, each with a State of its own under one manager.
func crowd(t *testing.T, m Manager, n int, body func(p *machine.Proc, i int, s []*State)) {
	t.Helper()
	crowdOn(t, machine.NewReal(machine.RealConfig{Seed: 7}), m, n, body)
}

func crowdOn(t *testing.T, mm *machine.Machine, m Manager, n int, body func(p *machine.Proc, i int, s []*State)) {
	t.Helper()
	states := make([]*State, n)
	for i := range states {
		states[i] = new(State)
		states[i].Bind(m, i, true, nil, nil)
	}
	noErr(t, mm.Run(func(p *machine.Proc) {
		for i := range n {
			mm.Go("worker", func(q *machine.Proc) { body(q, i, states) })
		}
	}))
}

func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// until spins until f holds.
func until(p *machine.Proc, f func() bool) {
	for i := 0; !f(); i++ {
		p.Spin(i)
	}
}

// TestHourglassNeck: after more than two aborts a transaction holds the token, nobody begins until it commits, and
// then everybody does.
func TestHourglassNeck(t *testing.T) {
	for _, name := range []string{"hourglass", "hourglass:strong=1", "hourglass:backoff=1"} {
		t.Run(name, func(t *testing.T) {
			m := manager(t, name).(*hourglass)
			var elder, begun atomic.Int32
			crowd(t, m, 4, func(p *machine.Proc, i int, s []*State) {
				if i == 0 {
					for k := 1; k <= 3; k++ {
						s[0].Begin(p)
						if m.closed.Load() != 0 {
							t.Errorf("token taken after %d aborts", k-1)
						}
						s[0].Aborted(p, nil)
					}
					s[0].Begin(p)
					if !m.held(s[0]) {
						t.Error("no token after 3 aborts")
					}
					elder.Store(1)
					for range 1000 {
						p.Spin(0)
					}
					if begun.Load() != 0 {
						t.Error("somebody has begun under the token")
					}
					s[0].Aborted(p, nil) // keeps it
					s[0].Begin(p)
					elder.Store(2)
					s[0].Committed(p)
					return
				}
				until(p, func() bool { return elder.Load() > 0 })
				s[i].Begin(p)
				begun.Add(1)
				if elder.Load() != 2 {
					t.Error("begun under the token")
				}
				s[i].Committed(p)
			})
			equal(t, 3, begun.Load())
			equal(t, 0, m.closed.Load())
		})
	}
}

// waitingPolicies are those that park threads.
var waitingPolicies = []string{"hourglass", "hourglass:strong=1", "ats", "shrink", "stealonabort", "comprehensive:escalate=2,join=1",
	"comprehensive:escalate=3,join=9"}

// TestWaitersUnderFire: random aborts, commits, retries and exceptions on real threads; nobody is lost, at most one
// transaction has the turn, and nothing is held in the end.
func TestWaitersUnderFire(t *testing.T) {
	for _, name := range waitingPolicies {
		t.Run(name, func(t *testing.T) {
			m := manager(t, name)
			var serial atomic.Int32
			crowd(t, m, 4, fire(t, m, &serial, rounds(4000)))
			nothingHeld(t, m)
		})
	}
}

// TestWaitersInterleaved is the same, shorter, under schedules that are made to find lost wake-ups.
func TestWaitersInterleaved(t *testing.T) {
	for _, name := range waitingPolicies {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(rounds(100)) {
				for _, c := range machine.Portfolio(2, seed) {
					m := manager(t, name)
					var serial atomic.Int32
					crowdOn(t, machine.NewSim(c), m, 3, fire(t, m, &serial, 5))
					nothingHeld(t, m)
					if t.Failed() {
						t.Fatalf("seed %d, policy %v", seed, c.Policy)
					}
				}
			}
		})
	}
}

// fire is what one thread does.
func fire(t *testing.T, m Manager, serial *atomic.Int32, n int) func(p *machine.Proc, i int, s []*State) {
	return func(p *machine.Proc, i int, s []*State) {
		me := s[i]
		for k := 0; k < n; k++ {
			for again := true; again; {
				me.Begin(p)
				me.Open(uint64(k%7), k%3 == 0)
				turn := hasTurn(m, me)
				if turn && serial.Add(1) != 1 {
					t.Error("two have the turn")
				}
				p.Spin(0)
				if turn {
					serial.Add(-1)
				}
				again = false
				switch p.Randn(8) {
				case 0, 1, 2, 3:
					e := s[(i+1+int(p.Randn(uint64(len(s)-1))))%len(s)]
					me.Conflict(p, e, e.Word(), WW, Executing, unsafe.Pointer(&someObject))
					me.Aborted(p, e)
					again = true
				case 4:
					me.Retrying(p)
					again = true
				case 5:
					me.Abandoned(p)
				default:
					me.EnterCommit(p)
					me.Committed(p)
				}
			}
		}
	}
}

func nothingHeld(t *testing.T, m Manager) {
	t.Helper()
	switch m := m.(type) {
	case *hourglass:
		equal(t, 0, m.closed.Load()+uint32(len(m.inside)+len(m.waiting)))
	case *comprehensive:
		equal(t, 0, m.closed.Load()+uint32(len(m.inside)+len(m.waiting)))
	case *ats:
		equal(t, 0, m.queue.length())
	case *shrink:
		equal(t, 0, m.queue.length())
		for i := range m.writers {
			equal(t, 0, m.writers[i].Load())
		}
	case *stealonabort:
		for _, f := range m.gang {
			equal(t, 0, len(f.waiters))
			equal(t, false, f.asleep)
		}
	}
}

// hasTurn says whether s is the one that a serialiser lets run alone.
func hasTurn(m Manager, s *State) bool {
	holder := func(q *fifo) bool {
		q.mu.Lock()
		defer q.mu.Unlock()
		return q.holder == s
	}
	switch m := m.(type) {
	case *hourglass:
		return m.held(s)
	case *ats:
		return holder(&m.queue)
	case *shrink:
		return holder(&m.queue)
	}
	return false
}

// TestATSIntensity follows the average by hand: one abort is enough to queue up, one commit to leave the queue.
func TestATSIntensity(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := manager(t, "ats").(*ats)
		s := new(State)
		s.Bind(m, 0, false, nil, nil)
		s.Begin(p)
		equal(t, 0, m.queue.length())
		s.Aborted(p, nil) // 0.7
		s.Begin(p)
		equal(t, 1, m.queue.length())
		s.Aborted(p, nil) // 0.91
		s.Begin(p)
		s.Committed(p) // 0.273
		equal(t, 0, m.queue.length())
		s.Begin(p)
		equal(t, 0, m.queue.length())
		for range 8 {
			s.Committed(p)
			s.Begin(p)
		}
		equal(t, 0, s.trouble, "quiet again, and free of charge")
	})
}

func TestATSIsFirstInFirstOut(t *testing.T) {
	m := manager(t, "ats").(*ats)
	var order []int
	var arrived atomic.Int32
	crowd(t, m, 5, func(p *machine.Proc, i int, s []*State) {
		until(p, func() bool { return int(arrived.Load()) == i })
		s[i].Begin(p)
		s[i].Aborted(p, nil)
		if i == 0 {
			s[0].Begin(p)
			arrived.Add(1)
			until(p, func() bool { return m.queue.length() == 5 })
			order = append(order, 0)
			s[0].Committed(p)
			return
		}
		next := m.queue.length() + 1
		if i < 4 { // lets the next one come when it stands in the queue itself
			machineGo(p, func(q *machine.Proc) {
				until(q, func() bool { return m.queue.length() >= next })
				arrived.Add(1)
			})
		}
		s[i].Begin(p)
		order = append(order, i) // alone, by the queue
		s[i].Committed(p)
	})
	for i, x := range order {
		equal(t, i, x)
	}
	equal(t, 5, len(order))
}

func machineGo(p *machine.Proc, f func(*machine.Proc)) { p.Machine().Go("helper", f) }

// TestStealOnAbortSleepsUntilTheWinnerCommits: not until it aborts, and not when it has committed before.
func TestStealOnAbortSleepsUntilTheWinnerCommits(t *testing.T) {
	m := manager(t, "stealonabort")
	var step atomic.Int32
	crowd(t, m, 2, func(p *machine.Proc, i int, s []*State) {
		winner, loser := s[0], s[1]
		if i == 0 {
			winner.Begin(p)
			step.Store(1)
			until(p, func() bool { return step.Load() == 2 })
			for range 1000 {
				p.Spin(0)
			}
			winner.Aborted(p, nil)
			winner.Begin(p)
			for range 1000 {
				p.Spin(0)
			}
			step.Store(3)
			winner.Committed(p)
			return
		}
		until(p, func() bool { return step.Load() == 1 })
		loser.Begin(p)
		equal(t, AbortSelf, loser.Conflict(p, winner, winner.Word(), WW, Executing, unsafe.Pointer(&someObject)))
		step.Store(2)
		loser.Aborted(p, winner)
		if step.Load() != 3 {
			t.Error("woken before the winner has committed")
		}
		loser.Begin(p)
		loser.Aborted(p, nil) // nobody to wait for
		loser.Begin(p)
		loser.Committed(p)
	})
}

// TestStealOnAbortDoesNotSleepForTheDead: the winner ends, for good, between the look at its word and the decision.
func TestStealOnAbortDoesNotSleepForTheDead(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		x := newPair(t, p, "stealonabort")
		w := x.b.Word()
		x.b.EnterCommit(p)
		x.b.Committed(p)
		c := &Conflict{Me: x.a, Enemy: x.b, Word: w, Object: unsafe.Pointer(&someObject)}
		equal(t, AbortSelf, x.m.Conflict(p, c).Action)
		x.a.Aborted(p, x.b) // would be reported as a deadlock
	})
}

// TestDelayWaitsForTheLock: the loser starts again when the lock is free, and not before.
func TestDelayWaitsForTheLock(t *testing.T) {
	m := manager(t, "delay:rounds=1000000000")
	mm := machine.NewReal(machine.RealConfig{Seed: 7})
	var lock, waits atomic.Bool
	lock.Store(true)
	free := func(_ *machine.Proc, o unsafe.Pointer) bool {
		waits.Store(true)
		return o == unsafe.Pointer(&someObject) && !lock.Load()
	}
	noErr(t, mm.Run(func(p *machine.Proc) {
		a, b := new(State), new(State)
		a.Bind(m, 0, true, free, nil)
		b.Bind(m, 1, true, free, nil)
		a.Begin(p)
		b.Begin(p)
		mm.Go("owner", func(q *machine.Proc) {
			until(q, waits.Load)
			for range 100 {
				q.Spin(0)
			}
			lock.Store(false)
		})
		equal(t, AbortSelf, a.Conflict(p, b, b.Word(), WW, Executing, unsafe.Pointer(&someObject)))
		a.Aborted(p, b)
		equal(t, false, lock.Load())
	}))
}

// TestShrinkPredicts: what was read often and what the aborted attempt wrote; not what was read once, long ago.
func TestShrinkPredicts(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := manager(t, "shrink").(*shrink)
		s, other := new(State), new(State)
		s.Bind(m, 0, false, nil, nil)
		other.Bind(m, 1, false, nil, nil)
		run := func(reads []uint64, writes ...uint64) {
			s.Begin(p)
			for _, k := range reads {
				s.Open(k, false)
			}
			for _, k := range writes {
				s.Open(k, true)
			}
		}
		has := func(k uint64) bool {
			for _, x := range m.forecastOf(s).predict {
				if x == k {
					return true
				}
			}
			return false
		}
		run([]uint64{1, 9})
		s.Committed(p)
		run([]uint64{1, 2})
		s.Committed(p)
		equal(t, true, has(1))
		equal(t, false, has(2))
		run([]uint64{3}, 100)
		s.Aborted(p, nil)
		equal(t, true, has(100), "the aborted attempt's write")
		equal(t, 0, m.class(100).Load(), "withdrawn")

		f := m.forecastOf(s)
		f.rate = 0
		other.Begin(p)
		equal(t, false, m.written(p, f))
		other.Open(100, true)
		equal(t, true, m.written(p, f))
		queued := 0
		for range 1000 {
			s.Begin(p)
			if f.serial {
				queued++
				m.queue.leave(p, s)
				f.serial = false
			}
		}
		less(t, 10, queued, "one in 32") // 31 expected
		less(t, queued, 70)
		f.rate = 1
		s.Begin(p)
		equal(t, false, f.serial, "a successful thread does not queue")
		other.Committed(p)
		equal(t, false, m.written(p, f))
	})
}

// TestComprehensiveEscalates: the aborts in a row that lead to the right of way, and that a commit takes it back.
func TestComprehensiveEscalates(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		s := new(State)
		s.Bind(manager(t, "comprehensive"), 0, true, nil, nil)
		s.Begin(p)
		for i := 0; i < comprehensiveEscalate; i++ {
			equal(t, false, s.Escalated(), i)
			s.Aborted(p, nil)
			s.Begin(p)
		}
		equal(t, true, s.Escalated())
		s.Committed(p)
		s.Begin(p)
		equal(t, false, s.Escalated())
		equal(t, int64(0), s.Priority())
	})
}

// TestComprehensiveKeepsTheUsersPriority across commits and aborts.
func TestComprehensiveKeepsTheUsersPriority(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		s := new(State)
		s.Bind(manager(t, "comprehensive"), 0, true, nil, nil)
		s.SetUserPriority(5)
		s.Begin(p)
		equal(t, int64(5), s.Priority())
		s.Aborted(p, nil)
		s.Begin(p)
		equal(t, int64(5), s.Priority())
		s.Committed(p)
		equal(t, int64(5), s.Priority())
		s.SetUserPriority(0)
		equal(t, int64(0), s.Priority())
	})
}

// TestSplitAsksForShorterSlices: at conflicts, and after aborts whose enemy has committed.
func TestSplitAsksForShorterSlices(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		for _, name := range []string{"split", "comprehensive:split=1"} {
			s := new(State)
			s.Bind(manager(t, name), 0, true, nil, nil)
			s.Begin(p)
			equal(t, false, s.TakeSplit(), name)
			s.Aborted(p, nil)
			equal(t, true, s.TakeSplit(), name)
		}
	})
}

// TestComprehensiveNeck: the starving close it, the half-starved join, the others wait; the senior is above all, the
// next one becomes senior when it has gone, and the last one opens.
func TestComprehensiveNeck(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := manager(t, "comprehensive").(*comprehensive)
		var s [3]State
		for i := range s {
			s[i].Bind(m, i, true, nil, nil)
			s[i].Begin(p)
		}
		starve := func(s *State, n int) {
			for s.Aborts() < n {
				s.Aborted(p, nil)
				s.Begin(p)
			}
		}
		starve(&s[1], comprehensiveJoin)
		equal(t, 0, m.closed.Load(), "nobody starves yet")
		starve(&s[0], comprehensiveEscalate)
		equal(t, 1, m.closed.Load())
		equal(t, true, s[0].Escalated())
		equal(t, int64(PrioritySenior), s[0].Priority())

		s[1].Aborted(p, nil)
		s[1].Begin(p)
		equal(t, 2, m.closed.Load(), "joined")
		equal(t, false, s[1].Escalated())
		equal(t, true, m.held(&s[1]))

		s[0].Committed(p)
		equal(t, int64(0), s[0].Priority())
		equal(t, 1, m.closed.Load(), "not yet open")
		s[1].Aborted(p, nil)
		s[1].Begin(p)
		equal(t, true, s[1].Escalated(), "senior now")
		s[1].Retrying(p)
		equal(t, 0, m.closed.Load(), "open")
		s[2].Committed(p)
		s[2].Begin(p) // would be a deadlock
	})
}
