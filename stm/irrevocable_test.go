package stm

import (
	"testing"

	"gilt/internal/machine"
)

// TestOneHolderIsEnough: who has met an irrevocable transaction waits for that one, and not for all that the same thread runs behind it
// without a pause, on other data: by the time the waiter is awake, the token is taken again.
func TestOneHolderIsEnough(t *testing.T) {
	const holds = 20
	met := 0
	for _, alg := range Names() {
		t.Run(alg, func(t *testing.T) {
			m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: 1})
			s, err := NewSystem(Options{Algorithm: alg, Machine: m})
			if err != nil {
				t.Fatal(err)
			}
			var a, b struct {
				o Orec
				c Word
			}
			ended, seen := 0, -1
			var st Stats
			err = m.Run(func(p *machine.Proc) {
				m.Go("waiter", func(p *machine.Proc) {
					tx := s.NewTx(p)
					defer tx.Close()
					p.Delay(20_000) // the first holder has written
					for tx.Begin(); ; tx.Begin() {
						if _, ok := tx.Load(&a.o, &a.c); ok && tx.Commit() {
							break
						}
						tx.Rollback()
					}
					seen = ended
					st = *tx.Stats()
				})
				tx := s.NewTx(p)
				defer tx.Close()
				for i := range holds {
					x := &b
					if i == 0 {
						x = &a
					}
					tx.BeginIrrevocable()
					tx.Store(&x.o, &x.c, Word{B: uint64(i)})
					p.Delay(100_000)
					if !tx.Commit() {
						t.Error("an irrevocable transaction has not committed")
					}
					ended++
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d of %d transactions had ended; aborts %v", seen, holds, st.Aborts)
			if st.Aborts[IrrevocableEnemy] == 0 {
				return // the algorithm makes readers wait otherwise, or not at all
			}
			met++
			if seen > 2 {
				t.Errorf("the waiter went on when %d of %d irrevocable transactions had ended", seen, holds)
			}
		})
	}
	if met == 0 {
		t.Error("nobody has met an irrevocable transaction: this shows nothing")
	}
}

// TestIrrevocableHasNoReason: an attempt that runs has not failed for any reason, also where another transaction has committed while it
// became irrevocable and it began anew.
func TestIrrevocableHasNoReason(t *testing.T) {
	for _, alg := range Names() {
		t.Run(alg, func(t *testing.T) {
			for seed := range uint64(30) {
				m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: seed, Policy: machine.Random})
				s, err := NewSystem(Options{Algorithm: alg, Machine: m})
				if err != nil {
					t.Fatal(err)
				}
				var o Orec
				var c Word
				add := func(tx *Tx, irrevocable bool) {
					for {
						tx.Begin()
						if !irrevocable || tx.BecomeIrrevocable() {
							if r := tx.Reason(); r != NotAborted {
								t.Errorf("seed %d: an attempt that runs has failed: %v", seed, r)
							}
							w, ok := tx.Load(&o, &c)
							if ok && tx.Store(&o, &c, Word{B: w.B + 1}) && tx.Commit() {
								return
							}
						}
						tx.Rollback()
					}
				}
				worker := func(irrevocable bool) func(p *machine.Proc) {
					return func(p *machine.Proc) {
						tx := s.NewTx(p)
						defer tx.Close()
						for range 8 {
							add(tx, irrevocable)
						}
					}
				}
				if err := m.Run(func(p *machine.Proc) {
					m.Go("other", worker(false))
					worker(true)(p)
				}); err != nil {
					t.Fatal(err)
				}
				if c.B != 16 {
					t.Errorf("seed %d: %d of 16 additions", seed, c.B)
				}
			}
		})
	}
}
