package machine

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

func TestRealParkUnpark(t *testing.T) {
	m := NewReal(RealConfig{Seed: 1})
	var turn atomic.Int64
	rounds := 2000
	if testing.Short() {
		rounds = 200
	}
	err := m.Run(func(p *Proc) {
		var ps [3]*Proc
		var ready atomic.Bool
		for i := range ps {
			ps[i] = m.Go("ping", func(p *Proc) {
				for !ready.Load() {
					p.Yield()
				}
				for k := 0; k < rounds; k++ {
					for turn.Load()%3 != int64(i) {
						p.Park(Wait{What: "turn", Owner: ps[turn.Load()%3].ID()})
					}
					turn.Add(1)
					ps[(i+1)%3].Unpark(p)
				}
			})
		}
		ready.Store(true)
	})
	noError(t, err)
	equal(t, int64(3*rounds), turn.Load())
}

func TestRealDeadlock(t *testing.T) {
	m := NewReal(RealConfig{})
	var a, b *Proc
	var ready atomic.Bool
	err := m.Run(func(p *Proc) {
		a = m.Go("left", func(p *Proc) {
			for !ready.Load() {
				p.Yield()
			}
			p.Park(Wait{What: "lock B", Owner: b.ID(), Where: "x.py:3"})
		})
		b = m.Go("right", func(p *Proc) {
			for !ready.Load() {
				p.Yield()
			}
			p.Sleep(time.Millisecond)
			p.Park(Wait{What: "lock A", Owner: a.ID(), Where: "x.py:7"})
		})
		ready.Store(true)
		p.Park(Wait{What: "join", Owner: a.ID()})
	})
	var d *Deadlock
	if !errors.As(err, &d) {
		t.Fatalf("no deadlock: %v", err)
	}
	equal(t, 3, len(d.Threads))
	equal(t, [][]int{{1, 2}}, d.Cycles())
	contains(t, d.Error(), "thread 1 (left) waits for lock B of thread 2 (right) at x.py:3")
	contains(t, d.Error(), "cycle: 1 -> 2 -> 1")
}

func BenchmarkRealHook(b *testing.B) {
	p := NewReal(RealConfig{}).Adopt("bench")
	var x atomic.Uint64
	b.Run("without", func(b *testing.B) {
		s := uint64(0)
		for i := 0; i < b.N; i++ {
			s += x.Load()
		}
		sink = s
	})
	b.Run("with", func(b *testing.B) {
		s := uint64(0)
		for i := 0; i < b.N; i++ {
			p.Read(ptr(&x))
			s += x.Load()
		}
		sink = s
	})
}
