package stm

import (
	"fmt"
	"sync"
	"testing"

	"gilt/internal/machine"
)

// cell is a word under a record of its own, alone on its cache lines.
type cell struct {
	o Orec
	c Word
	_ [104]byte
}

func benchSystem(b *testing.B, o Options) (*System, *machine.Machine) {
	m := machine.NewReal(machine.RealConfig{})
	o.Machine = m
	s, err := NewSystem(o)
	if err != nil {
		b.Fatal(err)
	}
	return s, m
}

// benchTx runs, on each of threads threads, transactions that read r cells and write w of them, of an array of its
// own.
func benchTx(b *testing.B, o Options, threads, r, w int) {
	s, m := benchSystem(b, o)
	b.ReportAllocs()
	var wg sync.WaitGroup
	b.ResetTimer()
	for range threads {
		wg.Add(1)
		go func() {
			defer wg.Done()
			tx := s.NewTx(m.Adopt("bench"))
			defer tx.Close()
			cells := make([]cell, max(r, w))
			for range b.N {
				for {
					tx.Begin()
					ok := true
					for i := 0; i < r && ok; i++ {
						_, ok = tx.Load(&cells[i].o, &cells[i].c)
					}
					for i := 0; i < w && ok; i++ {
						ok = tx.Store(&cells[i].o, &cells[i].c, Word{B: uint64(i)})
					}
					if ok && tx.Commit() {
						break
					}
					tx.Rollback()
				}
			}
		}()
	}
	wg.Wait()
}

// BenchmarkCore measures the word-level core: one operation is one transaction on each thread, on disjoint data.
func BenchmarkCore(b *testing.B) {
	for _, name := range Names() {
		for _, t := range []int{1, 2} {
			for _, k := range [][2]int{{1, 1}, {10, 2}, {10, 10}, {100, 10}, {16, 0}, {256, 0}} {
				b.Run(fmt.Sprintf("stm=%s/threads=%d/%dr%dw", name, t, k[0], k[1]), func(b *testing.B) {
					benchTx(b, Options{Algorithm: name}, t, k[0], k[1])
				})
			}
		}
	}
}

// BenchmarkClock compares the clocks of lazy.
func BenchmarkClock(b *testing.B) {
	for _, clock := range []string{"striped", "gv1", "gv4", "gv5"} {
		for _, t := range []int{1, 2} {
			for _, k := range [][2]int{{1, 1}, {10, 2}} {
				b.Run(fmt.Sprintf("clock=%s/threads=%d/%dr%dw", clock, t, k[0], k[1]), func(b *testing.B) {
					benchTx(b, Options{Clock: clock}, t, k[0], k[1])
				})
			}
		}
	}
}
