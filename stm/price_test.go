package stm

import (
	"testing"

	"gilt/internal/machine"
)

// What accesses cost in virtual time: a record's first read in an attempt is priced as one, further ones, and reads of what was written, as
// repeated ones, if the system remembers; a word's first write and further ones likewise; and first and repeated ones consist of the same accesses.
func TestPriceOfAccesses(t *testing.T) {
	type want struct{ bare, first, again, bareWrites, writes, rewrites float64 }
	for _, c := range []struct {
		name string
		o    Options
		want want
	}{
		{"an interpreter's", Options{Barriers: true, Repeats: true}, want{0, 6, 10, 0, 2, 4}},
		{"barriers, nothing remembered", Options{Barriers: true}, want{0, 16, 0, 0, 6, 0}},
		{"bare", Options{}, want{16, 0, 0, 6, 0, 0}},
		{"values instead of records", Options{Algorithm: "norec", Barriers: true, Repeats: true}, want{0, 14, 2, 0, 2, 4}},
	} {
		m := machine.NewSim(machine.SimConfig{Seed: 1})
		c.o.Machine = m
		s, err := NewSystem(c.o)
		if err != nil {
			t.Fatal(err)
		}
		var o [4]Orec
		var cells [4]Word
		if err := m.Run(func(p *machine.Proc) {
			tx := s.NewTx(p)
			defer tx.Close()
			read := func(i int, f func(*Orec, *Word) (Word, bool)) int64 {
				before, _ := m.Account()
				if _, ok := f(&o[i], &cells[i]); !ok {
					t.Errorf("%s: a read fails", c.name)
				}
				after, _ := m.Account()
				return after.Hooks - before.Hooks
			}
			for range 2 { // attempts remember nothing of each other
				tx.Begin()
				var hooks [2]int64
				for i := range 6 {
					hooks[i/3] += read(i%3, tx.Load)
				}
				if hooks[0] != hooks[1] || hooks[0] == 0 {
					t.Errorf("%s: first reads consist of %d accesses, repeated ones of %d", c.name, hooks[0], hooks[1])
				}
				read(0, tx.LoadOnce)
				for range 3 {
					tx.Store(&o[3], &cells[3], Word{B: 1})
				}
				read(3, tx.LoadOnce) // written, and never read
				if !tx.Commit() {
					t.Errorf("%s: the commit fails", c.name)
				}
			}
		}); err != nil {
			t.Fatal(err)
		}
		a, _ := m.Account()
		if got := (want{a.Units[machine.CostTxRead], a.Units[machine.CostSharedRead], a.Units[machine.CostSharedAgain],
			a.Units[machine.CostTxWrite], a.Units[machine.CostSharedWrite], a.Units[machine.CostSharedRewrite]}); got != c.want {
			t.Errorf("%s: bare, first and repeated reads, the same of writes: %v, want %v", c.name, got, c.want)
		}
	}
}
