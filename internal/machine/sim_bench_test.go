package machine

import (
	"fmt"
	"sync/atomic"
	"testing"
)

// paddedWord has cache lines of its own.
type paddedWord struct {
	atomic.Uint64
	_ [120]byte
}

// BenchmarkSimAccess is the host's cost of a shared access, one operation each, with everybody on
// words that all share (a switch at nearly every access) or on words of their own (no contention, but the clocks still take turns).
func BenchmarkSimAccess(b *testing.B) {
	for _, shared := range []bool{true, false} {
		for _, cores := range []int{1, 2, 4, 8, 16, 32, 64} {
			b.Run(fmt.Sprintf("shared=%v/cores=%d", shared, cores), func(b *testing.B) {
				m := NewSim(SimConfig{Cores: cores, Seed: 1})
				words := make([]paddedWord, 64)
				per := b.N/cores + 1
				err := m.Run(func(p *Proc) {
					for i := range cores {
						m.Go("worker", func(p *Proc) {
							for k := range per {
								w := &words[i]
								if shared {
									w = &words[k&63]
								}
								p.Read(ptr(w))
								p.Charge(CostBytecode, 5)
							}
						})
					}
				})
				noError(b, err)
				r, _ := m.Report()
				b.ReportMetric(float64(r.Switches)/float64(b.N), "switches/op")
			})
		}
	}
}

func BenchmarkSimStep(b *testing.B) {
	for _, policy := range []Policy{Random, Sticky, PCT} {
		for _, threads := range []int{1, 2, 8, 64} {
			b.Run(fmt.Sprintf("%v/threads=%d", policy, threads), func(b *testing.B) {
				m := NewSim(SimConfig{Policy: policy, Seed: 1})
				var word atomic.Uint64
				per := b.N/threads + 1
				err := m.Run(func(p *Proc) {
					for range threads {
						m.Go("worker", func(p *Proc) {
							for range per {
								p.Read(ptr(&word))
							}
						})
					}
				})
				noError(b, err)
				r, _ := m.Report()
				b.ReportMetric(float64(r.Switches)/float64(b.N), "switches/op")
			})
		}
	}
}
