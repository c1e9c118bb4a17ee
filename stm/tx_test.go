package stm

import (
	"strings"
	"testing"
	"time"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// single makes a system and one descriptor on the calling goroutine.
func single(t testing.TB, o Options) (*System, *Tx) {
	t.Helper()
	m := machine.NewReal(machine.RealConfig{Seed: 1})
	o.Machine = m
	s, err := NewSystem(o)
	if err != nil {
		t.Fatal(err)
	}
	return s, s.NewTx(m.Adopt("test"))
}

// each runs f for every algorithm.
func each(t *testing.T, f func(t *testing.T, alg string)) {
	for _, alg := range Names() {
		t.Run(alg, func(t *testing.T) { f(t, alg) })
	}
}

func TestUnknownNames(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Algorithm: "lasy"}, "lazy, anacrolix, eager, fair, gencounter, norec, swiss, tl2, tml"},
		{Options{Manager: "nobody"}, "comprehensive"},
		{Options{Clock: "gv9"}, "striped, gv1, gv4, gv5"},
		{Options{Algorithm: "tl2", Clock: "striped"}, "gv1"},
		{Options{Algorithm: "fair", Marks: "chalk"}, "bits, bloom"},
	} {
		if _, err := NewSystem(c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v does not name %q", c.o, err, c.want)
		}
	}
}

// TestList holds the list of algorithms to its form.
func TestList(t *testing.T) {
	if Names()[0] != Default {
		t.Errorf("the default is not first: %v", Names())
	}
	for _, i := range Algorithms() {
		if i.Summary == "" || i.Paper == "" || i.Traits.Name != i.Name || i.Opaque == i.Foreign {
			t.Errorf("incomplete: %+v", i)
		}
	}
	for r := Reason(0); r < NumReasons; r++ {
		if r.String() == "" {
			t.Errorf("reason %d has no name", r)
		}
	}
}

// TestMisuse: calls in the wrong state panic, and say what is wrong.
func TestMisuse(t *testing.T) {
	var o Orec
	var c Word
	for _, k := range []struct {
		want string
		f    func(tx *Tx)
	}{
		{"Load outside a transaction", func(tx *Tx) { tx.Load(&o, &c) }},
		{"Store outside a transaction", func(tx *Tx) { tx.Store(&o, &c, Word{}) }},
		{"LoadUnlogged outside", func(tx *Tx) { tx.LoadUnlogged(&o, &c) }},
		{"Commit outside", func(tx *Tx) { tx.Commit() }},
		{"Rollback outside", func(tx *Tx) { tx.Rollback() }},
		{"has not failed", func(tx *Tx) { tx.Begin(); tx.Rollback() }},
		{"Begin inside", func(tx *Tx) { tx.Begin(); tx.Begin() }},
		{"Begin inside", func(tx *Tx) { tx.Begin(); tx.BeginIrrevocable() }},
		{"Close of a descriptor inside", func(tx *Tx) { tx.Begin(); tx.Close() }},
		{"used after Close", func(tx *Tx) { tx.Close(); tx.Begin() }},
		{"abort of an irrevocable", func(tx *Tx) { tx.BeginIrrevocable(); tx.Abort(RetryWait) }},
		{"abort of an irrevocable", func(tx *Tx) { tx.BeginIrrevocable(); tx.Abandon() }},
		{"BecomeIrrevocable outside", func(tx *Tx) { tx.BecomeIrrevocable() }},
		{"WaitChange inside", func(tx *Tx) { tx.Begin(); tx.WaitChange(machine.Wait{}, 0) }},
		{"Savepoint outside", func(tx *Tx) { tx.Savepoint() }},
		{"not of this attempt", func(tx *Tx) { tx.Begin(); tx.RollbackTo(Savepoint{writes: 3}) }},
		{"more than StampBits", func(tx *Tx) { tx.Begin(); tx.StoreStamp(&o, &c, nil, 1<<StampBits) }},
		{"Bump inside", func(tx *Tx) { tx.Begin(); tx.Bump(&o) }},
		{"Extend outside", func(tx *Tx) { tx.Extend() }},
		{"Validate outside", func(tx *Tx) { tx.Validate() }},
		{"Abort outside", func(tx *Tx) { tx.Abort(Explicit) }},
	} {
		for _, alg := range Names() {
			func() {
				defer func() {
					if r, _ := recover().(string); !strings.Contains(r, k.want) {
						t.Errorf("%s: panic %q, want %q", alg, r, k.want)
					}
				}()
				_, tx := single(t, Options{Algorithm: alg})
				k.f(tx)
			}()
		}
	}
}

// TestDoomedStaysDoomed: after a failure everything fails until Rollback, and then works again.
func TestDoomedStaysDoomed(t *testing.T) {
	each(t, func(t *testing.T, alg string) {
		_, tx := single(t, Options{Algorithm: alg})
		var o Orec
		var c Word
		tx.Begin()
		if !tx.Store(&o, &c, Word{B: 7}) {
			t.Fatal("Store failed")
		}
		tx.Abort(Explicit)
		if _, ok := tx.Load(&o, &c); ok || tx.Store(&o, &c, Word{}) || tx.Commit() || tx.Extend() || tx.Validate() || tx.BecomeIrrevocable() {
			t.Error("a doomed attempt goes on")
		}
		tx.Rollback()
		if tx.Reason() != Explicit || c.Get() != (Word{}) || o.Locked() {
			t.Errorf("after Rollback: reason %v, word %+v, record %#x", tx.Reason(), c.Get(), o.Version())
		}
		tx.Begin()
		if w, ok := tx.Load(&o, &c); !ok || w != (Word{}) || !tx.Commit() {
			t.Errorf("the next attempt reads %+v, %v", w, ok)
		}
	})
}

// TestNoAllocation: transactions allocate nothing in steady state.
func TestNoAllocation(t *testing.T) {
	each(t, func(t *testing.T, alg string) {
		if alg == "anacrolix" {
			t.Skip("a baseline that allocates")
		}
		_, tx := single(t, Options{Algorithm: alg, Keys: true})
		cells := make([]cell, 64)
		for i := range cells {
			cells[i].c.P = unsafe.Pointer(&tokens[i])
		}
		for _, k := range [][2]int{{1, 1}, {10, 10}, {40, 40}, {64, 0}} {
			benchOne(tx, cells, k[0], k[1])
			if n := testing.AllocsPerRun(100, func() { benchOne(tx, cells, k[0], k[1]) }); n != 0 {
				t.Errorf("%d reads and %d writes allocate %v times", k[0], k[1], n)
			}
		}
	})
}

// TestReadOnlyWritesNothing: the shared state of a system is the same before and after a read-only transaction.
func TestReadOnlyWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, alg string) {
		s, tx := single(t, Options{Algorithm: alg, Keys: true})
		cells := make([]cell, 20)
		benchOne(tx, cells, 5, 5)
		type state struct{ seq, keys, stripe, sum uint64 }
		look := func() (x state) {
			x.seq, x.keys = s.seq.Load(), s.keys.Load()
			for i := range s.clock.stripes {
				x.stripe += s.clock.stripes[i].seq.Load()
			}
			for i := range cells {
				x.sum = x.sum*31 + cells[i].o.Version()
			}
			for i := range s.wlock {
				x.sum = x.sum*31 + s.wlock[i].Load()
			}
			return x
		}
		before := look()
		benchOne(tx, cells, 20, 0)
		if after := look(); before != after {
			t.Errorf("%+v has become %+v", before, after)
		}
	})
}

// TestEachWrite: pending values can be walked and changed before the commit.
func TestEachWrite(t *testing.T) {
	each(t, func(t *testing.T, alg string) {
		_, tx := single(t, Options{Algorithm: alg})
		cells := make([]cell, 12)
		tx.Begin()
		for i := range cells {
			tx.Store(&cells[i].o, &cells[i].c, Word{B: uint64(i)})
		}
		n := 0
		tx.EachWrite(func(o *Orec, c *Word, w *Word) {
			if o != &cells[n].o || c != &cells[n].c || w.B != uint64(n) {
				t.Errorf("write %d is %p %p %+v", n, o, c, w)
			}
			w.B += 100
			n++
		})
		if n != len(cells) || tx.WriteSet() != n {
			t.Errorf("%d of %d writes visited", n, tx.WriteSet())
		}
		if _, _, w := tx.WriteAt(3); w.B != 103 {
			t.Errorf("WriteAt says %d", w.B)
		}
		if !tx.Commit() {
			t.Fatal(tx.Conflict())
		}
		for i := range cells {
			if w := cells[i].c.Get(); w.B != uint64(i+100) {
				t.Errorf("cell %d: %d", i, w.B)
			}
		}
	})
}

// TestUnloggedReads: what is read without logging, or released, may change under the transaction.
func TestUnloggedReads(t *testing.T) {
	for _, alg := range []string{"lazy", "tl2", "norec", "eager", "swiss", "fair"} {
		t.Run(alg, func(t *testing.T) {
			s, a := single(t, Options{Algorithm: alg})
			b := s.NewTx(a.Proc())
			cells := make([]cell, 3)
			a.Begin()
			a.LoadUnlogged(&cells[0].o, &cells[0].c)
			a.Load(&cells[1].o, &cells[1].c)
			a.Release(&cells[1].o, &cells[1].c)
			benchOne(b, cells, 0, 2)
			if w, ok := a.LoadFresh(&cells[1].o, &cells[1].c); !ok || w.B != 1 {
				t.Errorf("LoadFresh reads %+v, %v", w, ok)
			}
			if !a.Store(&cells[2].o, &cells[2].c, Word{B: 9}) || !a.Commit() {
				t.Errorf("failed: %+v", a.Conflict())
			}
		})
	}
}

// TestConflictNamesBothSides: the loser learns what it lost, to whom, and which of its reads it was.
func TestConflictNamesBothSides(t *testing.T) {
	for _, alg := range []string{"lazy", "tl2", "norec", "eager", "swiss", "fair"} {
		t.Run(alg, func(t *testing.T) {
			s, a := single(t, Options{Algorithm: alg})
			b := s.NewTx(a.Proc())
			cells := make([]cell, 4)
			a.Begin()
			for i := range 3 {
				a.Load(&cells[i].o, &cells[i].c)
			}
			b.Begin()
			b.Store(&cells[1].o, &cells[1].c, Word{B: 5})
			if !b.Commit() {
				t.Fatal(b.Conflict())
			}
			if a.Store(&cells[3].o, &cells[3].c, Word{B: 9}) && a.Commit() {
				t.Fatal("committed in spite of the conflict")
			}
			k := a.Conflict()
			if k.Reason != CommitValidation || k.Index != 1 || k.Orec != &cells[1].o && k.Cell != &cells[1].c {
				t.Errorf("%+v", k)
			}
			if alg != "tl2" && k.Enemy != b.ID() { // its one counter does not tell who drew
				t.Errorf("enemy %d, not %d", k.Enemy, b.ID())
			}
			a.Rollback()
		})
	}
}

// TestPriorityIsHonoured: under fair, a writer gives way to a reader of higher priority, and does not to an equal one.
func TestPriorityIsHonoured(t *testing.T) {
	for _, marks := range []string{"bits", "bloom"} {
		s, reader := single(t, Options{Algorithm: "fair", Marks: marks})
		writer := s.NewTx(reader.Proc())
		var x cell
		write := func() bool {
			writer.Begin()
			ok := writer.Store(&x.o, &x.c, Word{B: 1}) && writer.Commit()
			if !ok {
				writer.Rollback()
			}
			return ok
		}
		reader.SetPriority(2)
		reader.Begin()
		reader.Load(&x.o, &x.c)
		if write() || writer.Reason() != Marked || writer.Conflict().Enemy != reader.ID() {
			t.Errorf("%s: the writer does not give way: %+v", marks, writer.Conflict())
		}
		writer.SetPriority(2)
		if !write() {
			t.Errorf("%s: the writer gives way to an equal: %+v", marks, writer.Conflict())
		}
		if reader.Store(&x.o, &x.c, Word{B: 2}) && reader.Commit() {
			t.Errorf("%s: the reader has not noticed", marks)
		} else {
			reader.Rollback()
		}
		writer.SetPriority(0)
		if !write() {
			t.Errorf("%s: marks outlive their attempt: %+v", marks, writer.Conflict())
		}
	}
}

// TestInterrupt: a sleeper can be called, and time limits hold.
func TestInterrupt(t *testing.T) {
	each(t, func(t *testing.T, alg string) {
		m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: 3})
		s, err := NewSystem(Options{Algorithm: alg, Machine: m})
		if err != nil {
			t.Fatal(err)
		}
		var x cell
		if err := m.Run(func(p *machine.Proc) {
			tx := s.NewTx(p)
			sleep := func(d time.Duration) bool {
				tx.Begin()
				tx.Load(&x.o, &x.c)
				tx.Abort(RetryWait)
				tx.Rollback()
				return tx.WaitChange(machine.Wait{What: "test", Owner: -1}, d)
			}
			start := p.Now()
			if sleep(5 * time.Microsecond) {
				t.Error("woken by nobody")
			}
			if d := p.Now() - start; d < 5000 || d > 50_000 {
				t.Errorf("5 us took %d ns", d)
			}
			m.Go("caller", func(q *machine.Proc) {
				q.Sleep(20 * time.Microsecond)
				tx.Interrupt(q)
				q.Sleep(20 * time.Microsecond)
				other := s.NewTx(q)
				other.Begin()
				other.Store(&x.o, &x.c, Word{B: 1})
				other.Commit()
			})
			if sleep(0) {
				t.Error("an interrupt counts as a change")
			}
			if !sleep(0) {
				t.Error("a change does not wake")
			}
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestLongReaderCommits: a transaction that reads everything gets through against writers that never stop, within the
// bound that the default manager promises.
func TestLongReaderCommits(t *testing.T) {
	const cells, writers = 1000, 2
	for _, i := range Algorithms() {
		if i.Foreign {
			continue
		}
		for _, cm := range []string{contention.Default, "hourglass"} {
			m := machine.NewSim(machine.SimConfig{Cores: writers + 1, Seed: 7, MaxSteps: 30_000_000})
			s, err := NewSystem(Options{Algorithm: i.Name, Manager: cm, Machine: m})
			if err != nil {
				t.Fatal(err)
			}
			data := make([]cell, cells)
			finished, aborts, updates := false, 0, 0
			err = m.Run(func(p *machine.Proc) {
				for range writers {
					m.Go("writer", func(p *machine.Proc) {
						tx := s.NewTx(p)
						for !finished {
							x := &data[p.Randn(cells)]
							tx.Begin()
							if w, ok := tx.Load(&x.o, &x.c); ok && tx.Store(&x.o, &x.c, Word{B: w.B + 1}) && tx.Commit() {
								updates++
								continue
							}
							tx.Rollback()
						}
					})
				}
				tx := s.NewTx(p)
				for !finished {
					tx.Begin()
					ok := true
					for i := 0; i < cells && ok; i++ {
						_, ok = tx.Load(&data[i].o, &data[i].c)
					}
					if finished = ok && tx.Commit(); !finished {
						tx.Rollback()
						aborts++
					}
				}
			})
			if err != nil {
				t.Errorf("%s, %s: %v", i.Name, cm, err)
			}
			t.Logf("%-10s %-14s the reader of %d words commits after %d aborts and %d updates", i.Name, cm, cells, aborts, updates)
			if limit := 18 + 2*(writers+1); aborts > limit {
				t.Errorf("%s, %s: %d aborts, more than %d", i.Name, cm, aborts, limit)
			}
		}
	}
}
