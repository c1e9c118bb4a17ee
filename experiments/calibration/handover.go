package calibration

import (
	"math/rand/v2"
	"sync/atomic"

	"gilt/internal/machine"
	"gilt/stm"
)

// Cache lines as transactions meet them. A chain of dependent loads waits for each line as long as it takes (machine.Calibrate
// measures that); short transactions over many cells hardly wait at all, because the processor loads lines ahead and keeps stores in a buffer. What
// the second case costs is measured here: one thread writes cells, the other reads (or writes) them in its turn, and the same
// with cells that the first thread has not touched is subtracted. A read finds two lines elsewhere, that of the record and that of the cell; a write
// finds them too, and must make the record's, which it has read, its own. An interpreter lies between the two cases: some tens of nanoseconds of
// work between accesses, of which nothing depends on the value until later. The price is the mean of both.

const (
	handedCells  = 128
	handedRounds = 60
	perCommit    = 8
)

// apart is a cell whose record and word are in different lines.
type apart struct {
	o stm.Orec
	_ [120]byte
	c stm.Word
	_ [112]byte
}

// handOver is the time, per cell, of a thread that reads or writes cells that another one has just written, or has not.
func handOver(m *machine.Machine, write, written bool) (float64, error) {
	s, err := stm.NewSystem(stm.Options{Machine: m})
	if err != nil {
		return 0, err
	}
	mine, others := make([]apart, handedCells), make([]apart, handedCells)
	var turn struct {
		_ [128]byte
		atomic.Int64
		_ [128]byte
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(handedCells) // no prefetcher guesses it
	await := func(v int64) {
		for turn.Load() != v {
			spinAWhile()
		}
	}
	pass := func(tx *stm.Tx, cells []apart, write bool) {
		for i := 0; i < len(cells); i += perCommit {
			tx.Begin()
			for _, j := range order[i : i+perCommit] {
				if write {
					tx.Store(&cells[j].o, &cells[j].c, stm.Word{B: uint64(j)})
				} else {
					tx.Load(&cells[j].o, &cells[j].c)
				}
			}
			if !tx.Commit() {
				tx.Rollback()
			}
		}
	}
	var times []float64
	err = m.Run(func(p *machine.Proc) {
		m.Go("other", func(p *machine.Proc) {
			tx := s.NewTx(p)
			defer tx.Close()
			for r := range int64(handedRounds) {
				await(2 * r)
				if written {
					pass(tx, mine, true)
				} else {
					pass(tx, others, true)
				}
				turn.Store(2*r + 1)
			}
		})
		tx := s.NewTx(p)
		defer tx.Close()
		for r := range int64(handedRounds) {
			await(2*r + 1)
			start := p.Now()
			pass(tx, mine, write)
			times = append(times, float64(p.Now()-start)/handedCells)
			turn.Store(2*r + 2)
		}
	})
	return fast(times), err
}

// spinAWhile gives the other thread time without giving the core up.
func spinAWhile() {
	for range 20 {
		_ = spinWord.Load()
	}
}

var spinWord atomic.Int64

// transfers replaces the prices of transfers, which are those of dependent loads, by the means.
func transfers(c *machine.Costs, repetitions int) error {
	var reads, writes []float64
	for range repetitions {
		var t [2][2]float64
		var err error
		for i, write := range []bool{false, true} {
			for j, written := range []bool{false, true} {
				if t[i][j], err = handOver(machine.NewReal(machine.RealConfig{}), write, written); err != nil {
					return err
				}
			}
		}
		reads, writes = append(reads, t[0][1]-t[0][0]), append(writes, t[1][1]-t[1][0])
	}
	r, w := middle(reads), middle(writes)
	if r <= 0 {
		return nil // one core: the defaults stay
	}
	c.LineTransfer, c.LineUpgrade = (c.LineTransfer+r/2)/2, (c.LineUpgrade+max(w-r, 0))/2
	return nil
}
