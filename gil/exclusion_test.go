package gil

// Mutual exclusion and progress of every design, in interleavings chosen by the seeded scheduler and on real cores.

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"gilt/internal/machine"
)

func ptr[T any](p *T) unsafe.Pointer { return unsafe.Pointer(p) }

// ward is what a lock protects: plain words, with hooks between them so that another thread could come in between.
type ward struct {
	inside, a, b int
	fail         atomic.Pointer[string]
}

func (w *ward) failf(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	w.fail.CompareAndSwap(nil, &s)
}

// visit is what a holder does.
func (w *ward) visit(p *machine.Proc) {
	p.Write(ptr(&w.inside))
	w.inside++
	if w.inside != 1 {
		w.failf("%d threads inside", w.inside)
	}
	p.Write(ptr(&w.a))
	w.a++
	p.Write(ptr(&w.b))
	w.b++
	if w.a != w.b {
		w.failf("a torn pair %d, %d", w.a, w.b)
	}
	p.Write(ptr(&w.inside))
	w.inside--
}

// look is what a reader does.
func (w *ward) look(p *machine.Proc) {
	p.Read(ptr(&w.a))
	a := w.a
	p.Read(ptr(&w.b))
	if b := w.b; a != b {
		w.failf("a torn pair %d, %d seen", a, b)
	}
	p.Read(ptr(&w.inside))
	if w.inside != 0 {
		w.failf("a reader beside a writer")
	}
}

// client is one thread's turn: rounds of computing, yielding, blocking.
func client(v *vthread, w *ward, rounds, ticks int) (visits int) {
	v.l.Acquire(v.m)
	for range rounds {
		for range ticks {
			w.visit(v.p)
			visits++
			v.tick(20)
		}
		switch v.p.Randn(4) {
		case 0:
			v.l.Release(v.m)
			v.l.Acquire(v.m)
		case 1:
			v.l.Release(v.m)
			v.p.Sleep(time.Duration(v.p.Randn(3000)))
			v.l.ReacquireIO(v.m)
		case 2:
			v.l.Release(v.m)
			v.p.Yield()
			v.l.ReacquireIO(v.m)
		}
	}
	v.l.Release(v.m)
	return visits
}

// configs are the designs with their variants.
func configs() map[string]struct {
	lock string
	o    Options
} {
	type c = struct {
		lock string
		o    Options
	}
	out := map[string]c{"ticks-cond": {"ticks", Options{CheckInterval: 7, Variant: MutexCond}}}
	for _, d := range List() {
		o := Options{Interval: time.Microsecond, CheckInterval: 7, Aging: 20 * time.Microsecond}
		out[d.Name] = c{d.Name, o}
	}
	for _, name := range []string{"interval", "priority", "beazley"} {
		o := out[name].o
		o.Goroutines = true
		out[name+"-goroutines"] = c{name, o}
	}
	return out
}

func checkWard(t *testing.T, w *ward, visits int) {
	t.Helper()
	if s := w.fail.Load(); s != nil {
		t.Fatal(*s)
	}
	equal(t, visits, w.a)
	equal(t, visits, w.b)
}

func TestExclusionSteps(t *testing.T) {
	seeds := 40
	if testing.Short() {
		seeds = 8
	}
	for name, c := range configs() {
		t.Run(name, func(t *testing.T) {
			for _, policy := range []machine.Policy{machine.Random, machine.Sticky, machine.PCT} {
				for seed := range seeds {
					l := mustNew(t, c.lock, c.o)
					m := machine.NewSim(machine.SimConfig{Seed: uint64(seed), Policy: policy, PCTDepth: 4,
						PCTSteps: 5000, MaxSteps: 2e6})
					var w ward
					total := 0
					err := m.Run(func(p *machine.Proc) {
						for i := range 4 {
							spawn(m, l, fmt.Sprint("t", i), func(v *vthread) { total += client(v, &w, 20, 10) })
						}
					})
					noError(t, err, "%v, seed %d", policy, seed)
					checkWard(t, &w, total)
					equal(t, 4*200, total)
				}
			}
		})
	}
}

// Short runs end while others are on their way to sleep: a lost wake-up that a later release would repair stays.
func TestExclusionShortSteps(t *testing.T) {
	seeds := 1000
	if testing.Short() {
		seeds = 300
	}
	for name, c := range configs() {
		t.Run(name, func(t *testing.T) {
			for seed := range seeds {
				policy := []machine.Policy{machine.Random, machine.Sticky, machine.PCT}[seed%3]
				l := mustNew(t, c.lock, c.o)
				m := machine.NewSim(machine.SimConfig{Seed: uint64(seed), Policy: policy, PCTSteps: 100, MaxSteps: 2e6})
				var w ward
				n := 2 + seed%2
				err := m.Run(func(p *machine.Proc) {
					for i := range n {
						spawn(m, l, fmt.Sprint("t", i), func(v *vthread) {
							if rw, ok := l.(RW); ok {
								rwClient(v, &w, 3, 1+uint64(seed/3%3))
								rw.AcquireRead(v.m)
								w.look(v.p)
								l.Release(v.m)
								return
							}
							l.Acquire(v.m)
							w.visit(v.p)
							l.Release(v.m)
						})
					}
				})
				noError(t, err, policy, "seed", seed)
				checkWard(t, &w, w.a)
			}
		})
	}
}

func TestExclusionHammer(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	for name, c := range configs() {
		t.Run(name, func(t *testing.T) {
			c.o.Interval = 50 * time.Microsecond
			l := mustNew(t, c.lock, c.o)
			m := machine.NewReal(machine.RealConfig{Seed: 7})
			var w ward
			var total atomic.Int64
			err := m.Run(func(p *machine.Proc) {
				for i := range 4 {
					spawn(m, l, fmt.Sprint("t", i), func(v *vthread) { total.Add(int64(client(v, &w, rounds, 100))) })
				}
			})
			noError(t, err)
			checkWard(t, &w, int(total.Load()))
			s := l.Stats()
			atLeast(t, 1, s.Handoffs)
		})
	}
}

// rwClient reads, upgrades, downgrades, writes and yields. The smaller mix, the more it writes.
func rwClient(v *vthread, w *ward, rounds int, mix uint64) (visits int) {
	l := v.l.(RW)
	for range rounds {
		switch v.p.Randn(mix) {
		case 0:
			l.AcquireWrite(v.m)
		case 1:
			l.AcquireRead(v.m)
			w.look(v.p)
			l.Upgrade(v.m)
		default:
			l.AcquireRead(v.m)
		}
		for range v.p.Randn(4) {
			if l.Writing(v.m) {
				w.visit(v.p)
				visits++
			} else {
				w.look(v.p)
			}
			if !v.tick(20) && v.p.Randn(3) == 0 {
				l.Yield(v.m)
			}
		}
		if l.Writing(v.m) && v.p.Randn(2) == 0 {
			l.Downgrade(v.m)
			w.look(v.p)
		}
		l.Release(v.m)
	}
	return visits
}

func TestReadersWritersSteps(t *testing.T) {
	seeds := 100
	if testing.Short() {
		seeds = 20
	}
	for _, policy := range []machine.Policy{machine.Random, machine.Sticky, machine.PCT} {
		for seed := range seeds {
			l := mustNew(t, "rw", Options{Interval: time.Microsecond})
			m := machine.NewSim(machine.SimConfig{Seed: uint64(seed), Policy: policy, PCTDepth: 4, PCTSteps: 5000, MaxSteps: 2e6})
			var w ward
			total := 0
			err := m.Run(func(p *machine.Proc) {
				for i := range 4 {
					spawn(m, l, fmt.Sprint("t", i), func(v *vthread) { total += rwClient(v, &w, 20, 1+uint64(seed%4)) })
				}
			})
			noError(t, err, "%v, seed %d", policy, seed)
			checkWard(t, &w, total)
		}
	}
}

// Two writers in turn and two readers: the shortest way into the corners of admission.
func TestAdmissionSteps(t *testing.T) {
	seeds := 100000
	if testing.Short() {
		seeds = 10000
	}
	for seed := range seeds {
		policy := []machine.Policy{machine.Random, machine.Sticky, machine.PCT}[seed%3]
		l := mustNew(t, "rw", Options{Interval: time.Second}).(RW)
		var end time.Duration
		m := machine.NewSim(machine.SimConfig{Seed: uint64(seed), Policy: policy, PCTDepth: 5, PCTSteps: 300, MaxSteps: 2e6})
		var w ward
		err := m.Run(func(p *machine.Proc) {
			for i := range 4 {
				spawn(m, l, fmt.Sprint("t", i), func(v *vthread) {
					for range 4 {
						if i < 2 {
							l.AcquireWrite(v.m)
							w.visit(v.p)
						} else {
							l.AcquireRead(v.m)
							w.look(v.p)
							w.look(v.p)
						}
						l.Release(v.m)
					}
					end = time.Duration(v.p.Now())
				})
			}
		})
		noError(t, err, policy, "seed", seed)
		checkWard(t, &w, 8)
		atMost(t, time.Millisecond, end, "somebody was not woken and waited for the interval;", policy, "seed", seed)
	}
}

func TestReadersWritersHammer(t *testing.T) {
	rounds := 10000
	if testing.Short() {
		rounds = 1000
	}
	l := mustNew(t, "rw", Options{})
	m := machine.NewReal(machine.RealConfig{Seed: 7})
	var w ward
	var total atomic.Int64
	err := m.Run(func(p *machine.Proc) {
		for i := range 4 {
			spawn(m, l, fmt.Sprint("t", i), func(v *vthread) { total.Add(int64(rwClient(v, &w, rounds, 4))) })
		}
	})
	noError(t, err)
	checkWard(t, &w, int(total.Load()))
	atLeast(t, 1, l.Stats().Upgrades)
}
