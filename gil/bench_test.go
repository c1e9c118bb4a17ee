package gil

import (
	"fmt"
	"testing"

	"gilt/internal/machine"
)

// onReal runs f as a thread of a machine on real cores.
func onReal(b *testing.B, f func(p *machine.Proc)) {
	b.Helper()
	noError(b, machine.NewReal(machine.RealConfig{Seed: 1}).Run(f))
}

// BenchmarkUncontended is the price of a release and an acquisition when nobody else wants the lock: at a yield point of
// "ticks", and around a blocking call (which counts cycles twice, for the statistics).
func BenchmarkUncontended(b *testing.B) {
	for _, v := range []struct {
		name string
		o    Options
	}{{"sem", Options{CheckInterval: 1}}, {"cond", Options{CheckInterval: 1, Variant: MutexCond}}} {
		b.Run("op=yield/lock=ticks-"+v.name, func(b *testing.B) {
			l := mustNew(b, "ticks", v.o)
			l.SetCheckInterval(0)
			onReal(b, func(p *machine.Proc) {
				c := join(p, l)
				l.Acquire(c.m)
				b.ResetTimer()
				for range b.N {
					*c.ticker = -1
					l.Yield(c.m)
				}
				b.StopTimer()
				l.Release(c.m)
				l.Leave(c.m)
			})
		})
	}
	for _, d := range List() {
		b.Run("op=io/lock="+d.Name, func(b *testing.B) {
			l := mustNew(b, d.Name, Options{})
			onReal(b, func(p *machine.Proc) {
				c := join(p, l)
				l.Acquire(c.m)
				b.ResetTimer()
				for range b.N {
					l.Release(c.m)
					l.ReacquireIO(c.m)
				}
				b.StopTimer()
				l.Release(c.m)
				l.Leave(c.m)
			})
		})
	}
	b.Run("op=read/lock=rw", func(b *testing.B) {
		l := mustNew(b, "rw", Options{}).(RW)
		onReal(b, func(p *machine.Proc) {
			c := join(p, l)
			b.ResetTimer()
			for range b.N {
				l.AcquireRead(c.m)
				l.Release(c.m)
			}
			b.StopTimer()
			l.Leave(c.m)
		})
	})
	b.Run("op=readyield/lock=rw", func(b *testing.B) {
		l := mustNew(b, "rw", Options{}).(RW)
		onReal(b, func(p *machine.Proc) {
			c := join(p, l)
			l.AcquireRead(c.m)
			b.ResetTimer()
			for range b.N {
				l.Yield(c.m)
			}
			b.StopTimer()
			l.Release(c.m)
			l.Leave(c.m)
		})
	})
}

// BenchmarkHandoff passes the lock on and on between threads that always want it; an operation is a yield.
func BenchmarkHandoff(b *testing.B) {
	for _, name := range []string{"fifo", "rw"} {
		for _, n := range []int{2, 4, 16} {
			b.Run(fmt.Sprintf("lock=%s/threads=%d", name, n), func(b *testing.B) {
				l := mustNew(b, name, Options{})
				turns := 0
				onReal(b, func(p *machine.Proc) {
					for i := range n {
						spawn(p.Machine(), l, fmt.Sprint("t", i), func(v *vthread) {
							l.Acquire(v.m)
							for ; turns < b.N; turns++ {
								l.Yield(v.m)
							}
							l.Release(v.m)
						})
					}
				})
				s := l.Stats()
				b.ReportMetric(float64(s.Handoffs)/b.Elapsed().Seconds(), "hand-offs/s")
				b.ReportMetric(float64(s.Handoffs)/float64(b.N), "hand-offs/op")
			})
		}
	}
}
