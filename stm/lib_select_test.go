package stm

import (
	"errors"
	"fmt"
	"testing"

	"gilt/internal/machine"
)

func TestSelect(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x, y := NewVar(0), NewVar(0)
		block := func(v *Var[int]) Operation[int] {
			return func(tx *Tx) int {
				v.Set(tx, 99) // must not be seen
				tx.OnCommit(func() { t.Error("commit hook of an alternative that was not taken") })
				tx.Retry()
				return 0
			}
		}
		give := func(n int) Operation[int] { return func(tx *Tx) int { y.Set(tx, n); return n } }
		got := AtomicallyIn(s, Select(block(x), Select(block(y), block(x)), give(2), give(3)))
		if a, b := AtomicGetIn(s, x), AtomicGetIn(s, y); got != 2 || a != 0 || b != 2 {
			t.Errorf("took %d, Vars %d %d", got, a, b)
		}
		// What was set before stays, and what alternatives overwrite comes back.
		got = AtomicallyIn(s, func(tx *Tx) int {
			x.Set(tx, 1)
			return Select(block(x), func(tx *Tx) int { return x.Get(tx) })(tx)
		})
		if got != 1 || AtomicGetIn(s, x) != 1 {
			t.Errorf("after the first alternative: %d", got)
		}
		// Panics of an alternative come through.
		wantPanic(t, "alternative", "mine", func() {
			AtomicallyIn(s, Select(func(tx *Tx) int { panic("mine") }, give(1)))
		})
		// When all block, a change of what any has read wakes.
		AtomicSetIn(s, x, 0)
		AtomicSetIn(s, y, 0)
		when := func(v *Var[int], n int) Operation[int] {
			return func(tx *Tx) int { tx.Assert(v.Get(tx) != 0); return n }
		}
		for i, v := range []*Var[int]{x, y} {
			go AtomicSetIn(s, v, 1)
			if got := AtomicallyIn(s, Select(when(x, 0), when(y, 1))); got != i {
				t.Errorf("woken by %d, took %d", i, got)
			}
			AtomicSetIn(s, v, 0)
		}
		if WouldBlockIn(s, give(8)) || !WouldBlockIn(s, when(x, 0)) || AtomicGetIn(s, y) != 0 {
			t.Error("WouldBlock is wrong, or has effects")
		}
		usable(t, s, x)
	})
}

func TestNest(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x, y := NewVar(1), NewVar(1)
		bad := errors.New("bad")
		log := ""
		got := AtomicallyIn(s, func(tx *Tx) string {
			log = ""
			x.Set(tx, 2)
			_, err := Nest(tx, func(tx *Tx) (int, error) {
				x.Set(tx, 3)
				y.Set(tx, 3)
				tx.OnCommit(func() { log += "never " })
				tx.OnAbort(func() { log += "undone " })
				n, err := Nest(tx, func(tx *Tx) (int, error) { y.Set(tx, 4); return 4, nil })
				if n != 4 || err != nil || y.Get(tx) != 4 {
					t.Error("inner Nest")
				}
				return 0, bad
			})
			tx.OnCommit(func() { log += "committed" })
			return fmt.Sprint(err, x.Get(tx), y.Get(tx))
		})
		if got != "bad 2 1" || log != "undone committed" || AtomicGetIn(s, x) != 2 || AtomicGetIn(s, y) != 1 {
			t.Errorf("%q, log %q, Vars %d %d", got, log, AtomicGetIn(s, x), AtomicGetIn(s, y))
		}
	})
}

func TestCompose(t *testing.T) {
	x := NewVar(0)
	inc := VoidOperation(func(tx *Tx) { x.Set(tx, 2*x.Get(tx)+1) })
	Atomically(Compose(inc, inc, inc))
	if got := AtomicGet(x); got != 7 {
		t.Errorf("%d", got)
	}
}

// TestLibrarySeeded runs the library's blocking, choosing and nesting under the seeded scheduler, for all
// algorithms: producers and consumers on two Chans, with transfers between two counters, must neither lose nor
// invent values, nor wake-ups (that would be a deadlock).
func TestLibrarySeeded(t *testing.T) {
	const producers, consumers, each = 2, 2, 6
	for _, i := range Algorithms() {
		t.Run(i.Name, func(t *testing.T) {
			for seed := range uint64(seeds(t, 60)) {
				policy := []machine.Policy{machine.VirtualTime, machine.Random, machine.Sticky, machine.PCT}[seed%4]
				m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: seed, Policy: policy, MaxSteps: 2_000_000})
				s := newTestSystem(t, Options{Algorithm: i.Name, Machine: m})
				a, b := NewChan[int](1), NewChan[int](2)
				q := NewQueue[string]()
				kept := NewVar(0)
				sum := 0
				err := m.Run(func(p *machine.Proc) {
					for n := range producers {
						m.Go("producer", func(p *machine.Proc) {
							tx := s.NewTx(p)
							defer tx.Close()
							for k := range each {
								AtomicallyOn(tx, Select(
									VoidOperation(func(tx *Tx) { a.Send(tx, 100*n+k) }),
									VoidOperation(func(tx *Tx) {
										_, err := Nest(tx, func(tx *Tx) (int, error) {
											kept.Set(tx, -1)
											return 0, errors.New("no")
										})
										if err == nil || kept.Get(tx) < 0 {
											panic("Nest")
										}
										b.Send(tx, 100*n+k)
										kept.Set(tx, kept.Get(tx)+1)
									})))
							}
						})
					}
					for range consumers {
						m.Go("consumer", func(p *machine.Proc) {
							tx := s.NewTx(p)
							defer tx.Close()
							for range producers * each / consumers {
								v := AtomicallyOn(tx, Select(
									func(tx *Tx) int { v, _ := b.Recv(tx); kept.Set(tx, kept.Get(tx)-1); return v },
									func(tx *Tx) int { v, _ := a.Recv(tx); return v }))
								AtomicallyOn(tx, VoidOperation(func(tx *Tx) { q.Put(tx, fmt.Sprint(v)) }))
							}
						})
					}
					tx := s.NewTx(p)
					defer tx.Close()
					for range producers * each {
						var v int
						fmt.Sscan(AtomicallyOn(tx, q.Take), &v)
						sum += v
					}
					if n := AtomicallyOn(tx, func(tx *Tx) int { return kept.Get(tx) + a.Len(tx) + b.Len(tx) + q.Len(tx) }); n != 0 {
						t.Errorf("seed %d: %d left over", seed, n)
					}
				})
				if err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
				if want := 2*each*(each-1)/2 + 100*each; sum != want {
					t.Errorf("seed %d: sum %d, want %d", seed, sum, want)
				}
			}
		})
	}
}
