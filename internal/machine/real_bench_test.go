package machine

import (
	"sync/atomic"
	"testing"
)

// cell is a word and its ownership record.
type cell struct{ orec, value atomic.Uint64 }

//go:noinline
func sumPlain(_ *Proc, x *[64]cell, n int) (s uint64) {
	for k := range n {
		s += x[k&63].value.Load()
	}
	return s
}

//go:noinline
func sumHooked(p *Proc, x *[64]cell, n int) (s uint64) {
	for k := range n {
		w := &x[k&63].value
		p.Read(ptr(w))
		s += w.Load()
	}
	return s
}

//go:noinline
func orecPlain(_ *Proc, x *[64]cell, n int) (s uint64) {
	for k := range n {
		c := &x[k&63]
		v := c.orec.Load()
		u := c.value.Load()
		if c.orec.Load() != v || v > s+1<<60 {
			return 0
		}
		s += u
	}
	return s
}

//go:noinline
func orecHooked(p *Proc, x *[64]cell, n int) (s uint64) {
	for k := range n {
		c := &x[k&63]
		p.Read(ptr(&c.orec))
		v := c.orec.Load()
		p.Read(ptr(&c.value))
		u := c.value.Load()
		p.Read(ptr(&c.orec))
		if c.orec.Load() != v || v > s+1<<60 {
			return 0
		}
		s += u
	}
	return s
}

// BenchmarkRealHook is the price of the hook on real cores: a sum of words, one access each, and what a
// transactional read does at least: the ownership record, the value, the record again.
func BenchmarkRealHook(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	x := new([64]cell)
	for _, v := range []struct {
		name     string
		f        func(*Proc, *[64]cell, int) uint64
		accesses float64
	}{{"sum/without", sumPlain, 1}, {"sum/with", sumHooked, 1}, {"orec/without", orecPlain, 3}, {"orec/with", orecHooked, 3}} {
		b.Run(v.name, func(b *testing.B) {
			best := int64(1 << 62) // of many: others use the machine too
			for range b.N {
				start := nanotime()
				sink += v.f(p, x, 1000)
				best = min(best, nanotime()-start)
			}
			b.ReportMetric(float64(best)/1000/v.accesses, "min-ns/access")
		})
	}
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
