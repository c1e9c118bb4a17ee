package stm

import (
	"testing"

	"gilt/internal/machine"
)

// The barrier in pieces on real cores: what Again, Own and SetOwn say, and that they say it of the running attempt only.
func TestBarrierInPieces(t *testing.T) {
	m := machine.NewReal(machine.RealConfig{})
	s, err := NewSystem(Options{Repeats: true, Machine: m})
	if err != nil {
		t.Fatal(err)
	}
	tx, other := s.NewTx(m.Adopt("one")), s.NewTx(m.Adopt("other"))
	var o, o2 Orec
	var c, c2 Word
	again := func(want bool) (v uint64) {
		t.Helper()
		v, ok := tx.Again(&o)
		if ok != want {
			t.Errorf("Again: %v, want %v", ok, want)
		}
		return v
	}
	own := func(want uint64, wantOK bool) {
		t.Helper()
		if w, ok := tx.Own(&c); ok != wantOK || ok && w.B != want {
			t.Errorf("Own: %d %v, want %d %v", w.B, ok, want, wantOK)
		}
	}
	tx.Begin()
	again(false)
	tx.LoadOnce(&o, &c)
	if v := again(true); v != o.Version() {
		t.Errorf("Again: version %d, the record has %d", v, o.Version())
	}
	own(0, false)
	if tx.SetOwn(&c, Word{B: 9}) || tx.Wrote(&c) {
		t.Error("SetOwn takes a cell that was not written")
	}
	tx.Store(&o, &c, Word{B: 1})
	own(1, true)
	if !tx.SetOwn(&c, Word{B: 2}) {
		t.Error("SetOwn refuses a cell that was written")
	}
	sp := tx.Savepoint()
	if tx.SetOwn(&c, Word{B: 3}) { // nothing would bring 2 back
		t.Error("SetOwn takes a cell that was written before the savepoint")
	}
	tx.Store(&o, &c, Word{B: 4})
	tx.Store(&o2, &c2, Word{B: 5})
	own(4, true)
	tx.RollbackTo(sp)
	own(2, true)
	if w, ok := tx.Own(&c2); ok {
		t.Errorf("Own: %d of a cell whose write was taken back", w.B)
	}
	if !tx.Commit() || c.B != 2 || c2.B != 0 {
		t.Fatalf("committed %d and %d", c.B, c2.B)
	}
	// The tables still point into the logs of the attempt before.
	tx.Begin()
	again(false)
	own(0, false)
	v := o.Version()
	tx.LoadOnce(&o, &c)
	other.Begin()
	other.Store(&o, &c, Word{B: 7})
	if !other.Commit() {
		t.Fatal("the other one fails")
	}
	if seen := again(true); seen != v || o.Version() == v {
		t.Errorf("a record that somebody has written has version %d, was read with %d, logged with %d", o.Version(), v, seen)
	}
	if _, ok := tx.LoadQuick(&o, &c); ok {
		t.Error("LoadQuick reads under a record that has changed")
	}
	if w, ok := tx.LoadOnce(&o, &c); ok {
		t.Errorf("LoadOnce reads %d beside 2", w.B)
	}
	tx.Rollback()
}
