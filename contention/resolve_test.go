package contention

import (
	"sync/atomic"
	"testing"
	"unsafe"

	"gilt/internal/machine"
)

// scripted is a manager that answers what the test wants.
type scripted struct {
	base
	answer Decision
	calls  []Conflict
	hooks  []string
	traits Traits
}

func (m *scripted) Conflict(_ *machine.Proc, c *Conflict) Decision {
	m.calls = append(m.calls, *c)
	return m.answer
}
func (m *scripted) Begin(*machine.Proc, *State)           { m.hooks = append(m.hooks, "begin") }
func (m *scripted) Aborted(*machine.Proc, *State, *State) { m.hooks = append(m.hooks, "aborted") }
func (m *scripted) Committed(*machine.Proc, *State)       { m.hooks = append(m.hooks, "committed") }
func (m *scripted) Retrying(*machine.Proc, *State)        { m.hooks = append(m.hooks, "retrying") }
func (m *scripted) Traits() Traits                        { return m.traits }

func scriptedPair(p *machine.Proc, d Decision) (m *scripted, a, b *State) {
	m = &scripted{base: base{"scripted"}, answer: d}
	a, b = new(State), new(State)
	a.Bind(m, 0, true, nil, nil)
	b.Bind(m, 1, true, nil, nil)
	a.Begin(p)
	b.Begin(p)
	return m, a, b
}

func TestKillHitsTheAttemptThatItMeans(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		_, a, b := scriptedPair(p, Decision{Action: AbortOther})
		w := b.Word()
		equal(t, true, b.Kill(p, w, a))
		equal(t, true, b.Killed())
		equal(t, 0, b.KilledBy())
		equal(t, false, b.EnterCommit(p))
		b.Aborted(p, a)
		b.Begin(p)
		equal(t, false, b.Kill(p, w, a), "a kill that comes late")
		equal(t, false, b.Killed())
		equal(t, -1, b.KilledBy())
		equal(t, true, b.EnterCommit(p))
		equal(t, false, b.Kill(p, b.Word(), a), "a kill of a committer")
		b.Committed(p)
		b.Begin(p)
		equal(t, true, b.BecomeIrrevocable(p))
		equal(t, false, b.Kill(p, b.Word(), a), "a kill of an irrevocable")
		equal(t, true, b.EnterCommit(p))
	})
}

func TestConflictCarriesOut(t *testing.T) {
	object := unsafe.Pointer(&someObject)
	onMachine(t, func(p *machine.Proc) {
		t.Run("kill", func(t *testing.T) {
			m, a, b := scriptedPair(p, Decision{Action: AbortOther})
			equal(t, Wait, a.Conflict(p, b, b.Word(), WR, Executing, object))
			equal(t, true, b.Killed())
			equal(t, Wait, a.Conflict(p, b, b.Word(), WR, Executing, object), "look again until the victim has released")
			equal(t, 1, len(m.calls))
			equal(t, WR, m.calls[0].Kind)
			equal(t, b, m.calls[0].Enemy)
		})
		t.Run("kill of nobody", func(t *testing.T) {
			_, a, _ := scriptedPair(p, Decision{Action: AbortOther})
			equal(t, AbortSelf, a.Conflict(p, nil, 0, WW, Executing, object))
		})
		t.Run("kill of a committer", func(t *testing.T) {
			_, a, b := scriptedPair(p, Decision{Action: AbortOther})
			b.EnterCommit(p)
			equal(t, Wait, a.Conflict(p, b, b.Word(), WW, Executing, object), "it ends soon")
			equal(t, AbortSelf, a.Conflict(p, b, b.Word(), WW, Committing, object), "it may wait for me")
		})
		t.Run("victims do not go on", func(t *testing.T) {
			m, a, b := scriptedPair(p, Decision{Action: AbortOther})
			a.Kill(p, a.Word(), b)
			equal(t, AbortSelf, a.Conflict(p, b, b.Word(), WW, Executing, object))
			equal(t, 0, len(m.calls))
			equal(t, false, b.Killed())
		})
		t.Run("waits", func(t *testing.T) {
			m, a, b := scriptedPair(p, Decision{Wait, 2000})
			for i := 0; i < 3; i++ {
				equal(t, Wait, a.Conflict(p, b, b.Word(), WW, Executing, object))
				equal(t, i, m.calls[i].Tries)
			}
			other := 0
			a.Conflict(p, b, b.Word(), WW, Executing, unsafe.Pointer(&other))
			equal(t, 0, m.calls[3].Tries, "another object: counting starts again")
			b.Aborted(p, a)
			b.Begin(p)
			a.Conflict(p, b, b.Word(), WW, Executing, unsafe.Pointer(&other))
			equal(t, 0, m.calls[4].Tries, "another attempt: counting starts again")
		})
		t.Run("no waits that nobody can end", func(t *testing.T) {
			_, a, b := scriptedPair(p, Decision{Wait, 2000})
			equal(t, Wait, a.Conflict(p, b, b.Word(), WW, Committing, object), "still killable")
			a.EnterCommit(p)
			equal(t, AbortSelf, a.Conflict(p, b, b.Word(), WW, Committing, object))
		})
		t.Run("irrevocable", func(t *testing.T) {
			m, a, b := scriptedPair(p, Decision{Action: AbortSelf})
			a.BecomeIrrevocable(p)
			equal(t, Wait, a.Conflict(p, b, b.Word(), WW, Committing, object))
			equal(t, true, b.Killed())
			equal(t, 0, len(m.calls), "nobody is asked")
		})
		t.Run("split", func(t *testing.T) {
			_, a, b := scriptedPair(p, Decision{Action: Split})
			equal(t, Split, a.Conflict(p, b, b.Word(), WW, Executing, object))
			equal(t, true, a.TakeSplit())
			equal(t, false, a.TakeSplit())
		})
	})
}

// TestWaitEndsWithTheEnemy: the wait is an upper bound, and a kill ends it too.
func TestWaitEndsWithTheEnemy(t *testing.T) {
	const long = int64(1e12)
	for _, who := range []string{"enemy commits", "enemy starts anew", "waiter is killed"} {
		t.Run(who, func(t *testing.T) {
			m := machine.NewReal(machine.RealConfig{Seed: 1})
			noErr(t, m.Run(func(p *machine.Proc) {
				_, a, b := scriptedPair(p, Decision{Wait, long})
				w := b.Word()
				var done atomic.Bool
				m.Go("enemy", func(q *machine.Proc) {
					for i := 0; !a.Waiting(); i++ {
						q.Spin(i)
					}
					switch who {
					case "enemy commits":
						b.Committed(q)
					case "enemy starts anew":
						b.Aborted(q, nil)
						b.Begin(q)
					default:
						a.Kill(q, a.Word(), b)
					}
					done.Store(true)
				})
				want := Wait
				if who == "waiter is killed" {
					want = AbortSelf
				}
				equal(t, want, a.Conflict(p, b, w, WW, Executing, unsafe.Pointer(&someObject)))
				equal(t, false, a.Waiting())
				for i := 0; !done.Load(); i++ {
					p.Spin(i)
				}
			}))
		})
	}
}

// TestVictimMakesWay: after its rollback a victim waits until its killer has taken the object, is past wanting it, or
// until the courtesy has lasted long enough. On simulated cores, where time is exact.
func TestVictimMakesWay(t *testing.T) {
	const late = 5000 // ns: when the killer gets to it
	for _, c := range []struct {
		name string
		act  func(q *machine.Proc, killer *State, locked *atomic.Bool)
		min  int64
		max  int64
	}{
		{"taken", func(q *machine.Proc, _ *State, locked *atomic.Bool) {
			q.Write(unsafe.Pointer(locked))
			locked.Store(true)
		}, late, late + 1000},
		{"killer commits", func(q *machine.Proc, k *State, _ *atomic.Bool) { k.EnterCommit(q) }, late, late + 1000},
		{"killer aborts", func(q *machine.Proc, k *State, _ *atomic.Bool) { k.Aborted(q, nil) }, late, late + 1000},
		{"killer turns to something else", func(q *machine.Proc, k *State, _ *atomic.Bool) {
			other := 0
			k.Conflict(q, nil, 0, WW, Executing, unsafe.Pointer(&other))
		}, late, late + 1000},
		{"killer sleeps", func(*machine.Proc, *State, *atomic.Bool) {}, wayRounds * wayStep, 2 * wayRounds * wayStep},
	} {
		t.Run(c.name, func(t *testing.T) {
			mm := machine.NewSim(machine.SimConfig{Cores: 2})
			var locked atomic.Bool
			free := func(*machine.Proc, unsafe.Pointer) bool { return !locked.Load() }
			noErr(t, mm.Run(func(p *machine.Proc) {
				m := &scripted{base: base{"scripted"}, answer: Decision{Action: AbortOther}}
				killer, victim := new(State), new(State)
				killer.Bind(m, 0, true, free, nil)
				victim.Bind(m, 1, true, free, nil)
				killer.Begin(p)
				victim.Begin(p)
				equal(t, Wait, killer.Conflict(p, victim, victim.Word(), WW, Executing, unsafe.Pointer(&someObject)))
				start := p.Now()
				mm.Go("victim", func(q *machine.Proc) {
					victim.Aborted(q, nil)
					took := q.Now() - start
					less(t, c.min-1, took)
					less(t, took, c.max)
				})
				p.Delay(late)
				c.act(p, killer, &locked)
			}))
		})
	}
}

// TestHooksAreCalledWhenWanted: quiet transactions call nothing unless the policy wants it.
func TestHooksAreCalledWhenWanted(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		for _, c := range []struct {
			traits Traits
			run    func(s *State)
			want   []string
		}{
			{Traits{}, func(s *State) { s.Begin(p); s.Committed(p) }, nil},
			{Traits{WantsBegin: true}, func(s *State) { s.Begin(p); s.Committed(p) }, []string{"begin"}},
			{Traits{WantsCommitted: true}, func(s *State) { s.Begin(p); s.Committed(p) }, []string{"committed"}},
			{Traits{}, func(s *State) { s.Begin(p); s.Aborted(p, nil); s.Begin(p); s.Committed(p) },
				[]string{"aborted", "begin", "committed"}},
			{Traits{}, func(s *State) {
				s.Begin(p)
				s.Aborted(p, nil)
				s.Begin(p)
				s.Committed(p)
				s.Begin(p)
				s.Committed(p)
			},
				[]string{"aborted", "begin", "committed"}},
			{Traits{}, func(s *State) { s.Begin(p); s.Aborted(p, nil); s.Begin(p); s.Abandoned(p) },
				[]string{"aborted", "begin", "committed"}},
			{Traits{WantsBegin: true}, func(s *State) { s.Begin(p); s.Retrying(p); s.Begin(p); s.Committed(p) },
				[]string{"begin", "retrying", "begin"}},
		} {
			m := &scripted{base: base{"scripted"}, traits: c.traits}
			s := new(State)
			s.Bind(m, 0, false, nil, nil)
			c.run(s)
			if len(c.want) != len(m.hooks) {
				t.Fatalf("want %v, got %v", c.want, m.hooks)
			}
			for i := range c.want {
				equal(t, c.want[i], m.hooks[i])
			}
		}
	})
}

// TestQuietPathIsFree: no allocation without a conflict, and none with one.
func TestQuietPathIsFree(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		for _, name := range Names() {
			m, _ := New(name)
			a, b := new(State), new(State)
			a.Bind(m, 0, true, nil, nil)
			b.Bind(m, 1, true, nil, nil)
			b.Begin(p)
			quiet := func() {
				a.Begin(p)
				a.Open(1, false)
				a.Open(2, true)
				a.EnterCommit(p)
				a.Committed(p)
			}
			quiet()
			if n := testing.AllocsPerRun(100, quiet); n != 0 {
				t.Errorf("%s: %v allocations in a quiet transaction", name, n)
			}
		}
	})
}

func BenchmarkQuiet(b *testing.B) {
	for _, name := range []string{"comprehensive", "suicide", "karma", "greedy", "hourglass", "ats"} {
		b.Run(name, func(b *testing.B) {
			mm := machine.NewReal(machine.RealConfig{Seed: 1})
			_ = mm.Run(func(p *machine.Proc) {
				m, _ := New(name)
				s := new(State)
				s.Bind(m, 0, false, nil, nil)
				b.ResetTimer()
				for i := 0; i < b.N; i++ {
					s.Begin(p)
					s.Open(1, true)
					s.Committed(p)
				}
			})
		})
	}
}
