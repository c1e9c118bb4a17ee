package machine

import (
	"sync/atomic"
	"testing"
)

// BenchmarkRealHook is the price of the hook on real cores: eight loads of shared words in an iteration, without
// and with it.
func BenchmarkRealHook(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	var x [8]atomic.Uint64
	b.Run("without", func(b *testing.B) {
		s := uint64(0)
		for b.Loop() {
			for k := range 100 {
				w := &x[k&7]
				s += w.Load()
			}
		}
		sink += s
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/access")
	})
	b.Run("with", func(b *testing.B) {
		s := uint64(0)
		for b.Loop() {
			for k := range 100 {
				w := &x[k&7]
				p.Read(ptr(w))
				s += w.Load()
			}
		}
		sink += s
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/access")
	})
	// What a transactional read does at least: the ownership record, the value, the record again.
	type cell struct{ orec, value atomic.Uint64 }
	var cells [64]cell
	b.Run("orec/without", func(b *testing.B) {
		s := uint64(0)
		for b.Loop() {
			for k := range 100 {
				c := &cells[k&63]
				v := c.orec.Load()
				s += c.value.Load()
				if c.orec.Load() != v || v&1 != 0 {
					b.Fatal("changed")
				}
			}
		}
		sink += s
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/300, "ns/access")
	})
	b.Run("orec/with", func(b *testing.B) {
		s := uint64(0)
		for b.Loop() {
			for k := range 100 {
				c := &cells[k&63]
				p.Read(ptr(&c.orec))
				v := c.orec.Load()
				p.Read(ptr(&c.value))
				s += c.value.Load()
				p.Read(ptr(&c.orec))
				if c.orec.Load() != v || v&1 != 0 {
					b.Fatal("changed")
				}
			}
		}
		sink += s
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/300, "ns/access")
	})
}

func BenchmarkRealClock(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	for b.Loop() {
		sink += uint64(p.Now())
	}
}

func BenchmarkRealSpin(b *testing.B) {
	p := NewReal(RealConfig{Cores: 2}).Adopt("bench")
	for name, round := range map[string]int{"first": 0, "last": spinRounds - 1, "yield": spinRounds} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.Spin(round)
			}
		})
	}
}

// BenchmarkRealHandOff is one thread waking another and parking itself.
func BenchmarkRealHandOff(b *testing.B) {
	for name, c := range realConfigs() {
		b.Run(name, func(b *testing.B) {
			m := NewReal(c)
			b.ReportAllocs()
			noError(b, m.Run(func(p *Proc) {
				var turn atomic.Int64
				play := func(p, peer *Proc, mine int64) {
					for range b.N/2 + 1 {
						for turn.Load()&1 != mine {
							p.Park(Wait{What: "turn", Owner: -1})
						}
						turn.Add(1)
						peer.Unpark(p)
					}
				}
				q := m.Go("pong", func(q *Proc) { play(q, p, 1) })
				play(p, q, 0)
			}))
		})
	}
}

func BenchmarkRealUnparkPark(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	for b.Loop() {
		p.Unpark(p)
		p.Park(Wait{})
	}
}

func BenchmarkSlice(b *testing.B) {
	b.Run("fewThreads", func(b *testing.B) {
		noError(b, NewReal(RealConfig{Cores: 2}).Run(func(p *Proc) {
			for b.Loop() {
				p.EnterSlice()
				p.LeaveSlice()
			}
		}))
	})
	b.Run("tickets", func(b *testing.B) {
		p := NewReal(RealConfig{Cores: 2}).Adopt("bench")
		for b.Loop() {
			p.EnterSlice()
			p.LeaveSlice()
		}
	})
}
