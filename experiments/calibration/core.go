package calibration

import (
	"time"

	"gilt/internal/machine"
	"gilt/stm"
)

// Loops of whole transactions on the word-level core: their sizes tell the price of a transaction from those of its reads and writes.

// cell is a word under a record of its own, in cache lines of its own.
type cell struct {
	o stm.Orec
	c stm.Word
	_ [104]byte
}

// coreLoop is transactions that read r cells and write w of them; abandoned ones give up instead of committing.
type coreLoop struct {
	name      string
	r, w      int
	abandoned bool
}

var coreLoops = []coreLoop{
	{"empty transaction", 0, 0, false},
	{"1 read", 1, 0, false}, {"10 reads", 10, 0, false}, {"100 reads", 100, 0, false},
	{"1 read, 1 write", 1, 1, false}, {"10 reads, 2 writes", 10, 2, false}, {"10 reads, 10 writes", 10, 10, false},
	{"100 reads, 10 writes", 100, 10, false}, {"1 read, given up", 1, 0, true}, {"10 reads, given up", 10, 0, true},
}

// run runs n transactions on one thread: the time of the loop on the machine's clock.
func (l *coreLoop) run(m *machine.Machine, n int) (float64, error) {
	s, err := stm.NewSystem(stm.Options{Machine: m})
	if err != nil {
		return 0, err
	}
	cells := make([]cell, 128)
	var took int64
	err = m.Run(func(p *machine.Proc) {
		tx := s.NewTx(p)
		defer tx.Close()
		start := p.Now()
		for range n {
			tx.Begin()
			for i := range l.r {
				tx.Load(&cells[i].o, &cells[i].c)
			}
			for i := range l.w {
				tx.Store(&cells[i].o, &cells[i].c, stm.Word{B: uint64(n)})
			}
			if l.abandoned {
				tx.Abandon()
			} else if !tx.Commit() {
				tx.Rollback()
			}
		}
		took = p.Now() - start
	})
	return float64(took), err
}

// coreSamples measures the loops.
func coreSamples(o *Options, c *machine.Costs) ([]Sample, error) {
	var list []measurable
	for i := range coreLoops {
		l := &coreLoops[i]
		size := 256
		for size < maxSize {
			t, err := l.run(machine.NewReal(machine.RealConfig{}), size)
			if err != nil {
				return nil, err
			}
			if t > float64(runTime/4/time.Nanosecond) {
				break
			}
			size *= 2
		}
		var a [2]machine.Account
		const n = 64
		for j, n := range [2]int{2 * n, n} {
			m := machine.NewSim(machine.SimConfig{Costs: *c})
			if _, err := l.run(m, n); err != nil {
				return nil, err
			}
			a[j], _ = m.Account()
		}
		list = append(list, measurable{"transactions: " + l.name, size,
			func(n int) (float64, error) { return l.run(machine.NewReal(machine.RealConfig{}), n) }, difference(a[0], a[1], n), false})
	}
	return samples(list, o.Repetitions, func(done, total int) { o.Progress("transactions", done, total) })
}
