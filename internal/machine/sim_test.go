package machine

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// busyProgram uses everything that a thread can do, and returns a trace of what it saw.
func busyProgram(m *Machine, threads, rounds int) (string, error) {
	var trace []byte
	words := make([]*atomic.Uint64, 4)
	for i := range words {
		words[i] = new(atomic.Uint64)
	}
	var lock Futex
	body := func(p *Proc) {
		for i := 0; i < rounds; i++ {
			k := p.Randn(uint64(len(words)))
			if p.Randn(3) == 0 {
				words[k] = new(atomic.Uint64) // the old one is garbage, and its address may come back
			}
			w := words[k]
			p.Charge(CostBytecode, int(p.Randn(20)))
			p.Read(ptr(w))
			v := w.Load()
			p.RMW(ptr(w))
			if !w.CompareAndSwap(v, v+1) {
				p.Spin(i & 3)
			}
			switch p.Randn(16) {
			case 0:
				p.Sleep(time.Duration(p.Randn(300)))
			case 1:
				p.Yield()
			case 2:
				p.ParkTimeout(Wait{What: "nothing"}, time.Duration(p.Randn(200)))
			case 3:
				p.Block(Wait{}, func() {})
			case 4:
				p.Delay(50)
			case 5:
				if i%8 == 0 {
					runtime.GC()
				}
			}
			for p.RMW(ptr(lock.Word())); !lock.Word().CompareAndSwap(0, 1); p.RMW(ptr(lock.Word())) {
				lock.WaitTimeout(p, Wait{What: "lock"}, 1, 5*time.Microsecond)
			}
			trace = fmt.Appendf(trace, "%d@%d ", p.ID(), p.Now())
			p.Write(ptr(lock.Word()))
			lock.Word().Store(0)
			lock.Wake(p, 1)
		}
	}
	err := m.Run(func(p *Proc) {
		done := new(atomic.Int64)
		for i := 1; i < threads; i++ {
			m.Go(fmt.Sprint("worker", i), func(q *Proc) {
				body(q)
				q.RMW(ptr(done))
				done.Add(1)
				p.Unpark(q)
			})
		}
		body(p)
		for {
			p.Read(ptr(done))
			if done.Load() == int64(threads-1) {
				return
			}
			p.Park(Wait{What: "join", Owner: -1})
		}
	})
	return string(trace), err
}

func TestSimIsDeterministic(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	for _, cores := range []int{1, 2, 5, 64, 100} {
		for _, c := range Portfolio(cores, 42) {
			c.MaxSteps = 10_000_000
			c.Record = true
			m1, m2 := NewSim(c), NewSim(c)
			a, err := busyProgram(m1, 9, rounds)
			noError(t, err)
			// Garbage between the runs: other addresses, another moment of collection.
			garbage := make([][]byte, 100)
			for i := range garbage {
				garbage[i] = make([]byte, 24+i)
			}
			b, err := busyProgram(m2, 9, rounds)
			noError(t, err)
			runtime.KeepAlive(garbage)
			equal(t, a, b)
			r1, _ := m1.Report()
			r2, _ := m2.Report()
			equal(t, r1, r2)

			// A replay does the same again.
			sched := m1.Schedule()
			file := filepath.Join(t.TempDir(), "schedule")
			noError(t, sched.Save(file))
			loaded, err := LoadSchedule(file)
			noError(t, err)
			equal(t, sched, loaded)
			c.Policy, c.Schedule, c.Strict = Replay, loaded, true
			m3 := NewSim(c)
			d, err := busyProgram(m3, 9, rounds)
			noError(t, err)
			equal(t, a, d)
			if got := m3.Schedule(); got != nil {
				equal(t, sched.Steps, got.Steps)
			}
		}
	}
}

// What is known about a line must not pass to another object at the same address, whenever the collector runs.
func TestSimReusedAddresses(t *testing.T) {
	run := func(collect bool) Report {
		m := NewSim(SimConfig{Cores: 4, LineCapacity: 20})
		err := m.Run(func(p *Proc) {
			for range 4 {
				m.Go("allocator", func(p *Proc) {
					for i := range 400 {
						o := new([64]uint64)
						p.Write(ptr(o))
						o[0]++
						if collect && i%10 == 0 {
							runtime.GC()
						}
						p.Yield()
					}
				})
			}
		})
		noError(t, err)
		r, _ := m.Report()
		return r
	}
	equal(t, run(false), run(true))
}

func TestSimSeedsDiffer(t *testing.T) {
	for i, c := range Portfolio(4, 1) {
		d := Portfolio(4, 2)[i]
		m1, m2 := NewSim(c), NewSim(d)
		_, err := busyProgram(m1, 4, 20)
		noError(t, err)
		_, err = busyProgram(m2, 4, 20)
		noError(t, err)
		r1, _ := m1.Report()
		r2, _ := m2.Report()
		if r1.Hash == r2.Hash {
			t.Errorf("%v: seeds 1 and 2 give the same run", c.Policy)
		}
	}
}

// The step policies must find a lost update (load, then store) within a few seeds.
func TestSimFindsLostUpdate(t *testing.T) {
	for _, policy := range []Policy{Random, Sticky, PCT} {
		found := 0
		for seed := uint64(0); seed < 64; seed++ {
			m := NewSim(SimConfig{Seed: seed, Policy: policy, PCTSteps: 20, PCTDepth: 3})
			var x atomic.Uint64
			noError(t, m.Run(func(p *Proc) {
				for range 2 {
					m.Go("adder", func(p *Proc) {
						p.Read(ptr(&x))
						v := x.Load()
						p.Write(ptr(&x))
						x.Store(v + 1)
					})
				}
			}))
			if x.Load() == 1 {
				found++
			}
		}
		if found == 0 || found == 64 {
			t.Errorf("%v lost an update in %d of 64 seeds", policy, found)
		}
	}
}

func TestSimDeadlock(t *testing.T) {
	for _, c := range Portfolio(2, 3) {
		m := NewSim(c)
		ended := 0
		err := m.Run(func(p *Proc) {
			defer func() { ended++ }()
			a := m.Go("left", func(p *Proc) {
				defer func() { ended++ }()
				p.Park(Wait{What: "lock B", Owner: 2, Where: "x.py:3"})
			})
			m.Go("right", func(p *Proc) {
				defer func() { ended++ }()
				p.Sleep(time.Millisecond)
				p.Park(Wait{What: "lock A", Owner: a.ID()})
			})
			p.Park(Wait{What: "join", Owner: a.ID()})
		})
		var d *Deadlock
		if !errors.As(err, &d) {
			t.Fatalf("no deadlock: %v", err)
		}
		equal(t, [][]int{{1, 2}}, d.Cycles())
		equal(t, 3, ended) // the threads' deferred calls have run
		contains(t, d.Error(), "thread 1 (left) waits for lock B of thread 2 (right) at x.py:3")
	}
}

func TestDeadlockHook(t *testing.T) {
	for name, m := range bothMachines() {
		t.Run(name, func(t *testing.T) {
			var q *Proc
			var raise atomic.Bool
			calls := 0
			m.OnDeadlock(func(d *Deadlock) bool {
				calls++
				raise.Store(true)
				q.Unpark(nil)
				return true
			})
			noError(t, m.Run(func(p *Proc) {
				q = p
				for !raise.Load() {
					p.Park(Wait{What: "nobody", Owner: -1})
				}
			}))
			equal(t, 1, calls)
		})
	}
}

func bothMachines() map[string]*Machine {
	return map[string]*Machine{
		"real": NewReal(RealConfig{}), "locked": NewReal(RealConfig{LockOSThreads: true}),
		"time": NewSim(SimConfig{Cores: 2}), "random": NewSim(SimConfig{Cores: 2, Policy: Random}),
	}
}

func TestKeepAliveAndOutsideWaker(t *testing.T) {
	for name, m := range bothMachines() {
		t.Run(name, func(t *testing.T) {
			release := m.KeepAlive()
			var word atomic.Bool
			parked := make(chan *Proc, 1)
			go func() {
				q := <-parked
				time.Sleep(2 * time.Millisecond)
				word.Store(true)
				q.Unpark(nil)
				release()
				release()
			}()
			err := m.Run(func(p *Proc) {
				parked <- p
				for !word.Load() {
					p.Park(Wait{What: "signal", Owner: -1})
				}
				p.Park(Wait{What: "nothing any more", Owner: -1})
			})
			var d *Deadlock
			if !errors.As(err, &d) {
				t.Fatalf("no deadlock after the outsider has gone: %v", err)
			}
			contains(t, err.Error(), "nothing any more")
		})
	}
}

func TestStop(t *testing.T) {
	reason := errors.New("interrupted")
	for name, m := range bothMachines() {
		t.Run(name, func(t *testing.T) {
			go func() {
				time.Sleep(2 * time.Millisecond)
				m.Stop(reason)
			}()
			var x atomic.Uint64
			err := m.Run(func(p *Proc) {
				m.Go("parked", func(p *Proc) {
					var f Futex
					for {
						f.Wait(p, Wait{What: "futex", Owner: -1}, 0)
					}
				})
				for {
					p.RMW(ptr(&x))
					x.Add(1)
					p.Yield()
				}
			})
			if err != reason {
				t.Fatal(err)
			}
		})
	}
}

func TestPanicComesOutOfRun(t *testing.T) {
	for name, m := range bothMachines() {
		t.Run(name, func(t *testing.T) {
			defer func() {
				tp, ok := recover().(*ThreadPanic)
				if !ok {
					t.Fatal("no ThreadPanic")
				}
				equal(t, any("oops"), tp.Value)
				contains(t, tp.Error(), "TestPanicComesOutOfRun")
			}()
			_ = m.Run(func(p *Proc) {
				m.Go("bad", func(p *Proc) { panic("oops") })
				p.Park(Wait{What: "join", Owner: 1})
			})
			t.Fatal("Run returned")
		})
	}
}

func TestDaemons(t *testing.T) {
	for name, m := range bothMachines() {
		t.Run(name, func(t *testing.T) {
			noError(t, m.Run(func(p *Proc) {
				m.Go("daemon", func(d *Proc) {
					d.SetDaemon(true)
					p.Unpark(d)
					for {
						d.Park(Wait{What: "for ever", Owner: -1})
					}
				})
				p.Park(Wait{What: "the daemon's start", Owner: 1})
			}))
		})
	}
}

func TestLivelock(t *testing.T) {
	for _, c := range Portfolio(2, 3) {
		c.MaxSteps = 1000
		m := NewSim(c)
		var x atomic.Uint64
		err := m.Run(func(p *Proc) {
			for round := 0; ; round++ {
				p.Read(ptr(&x))
				if x.Load() != 0 {
					return
				}
				p.Spin(round)
			}
		})
		var l *Livelock
		if !errors.As(err, &l) || l.Steps < 1000 || l.Steps > 1010 {
			t.Fatalf("no livelock: %v", err)
		}
	}
	m := NewSim(SimConfig{MaxTime: time.Millisecond})
	var x atomic.Uint64
	err := m.Run(func(p *Proc) {
		for {
			p.Read(ptr(&x))
			p.Charge(CostNanosecond, 10)
		}
	})
	var l *Livelock
	if !errors.As(err, &l) || l.Time < 1e6 || l.Time > 1.1e6 {
		t.Fatalf("no limit of time: %v", err)
	}
}

func TestSimTimes(t *testing.T) {
	c := DefaultCosts()
	c.LineTransfer, c.LineOccupancy, c.Load, c.RMW = 100, 50, 1, 10
	c.ContextSwitch, c.WakeLatency, c.ThreadStart, c.Park = 0, 0, 0, 0
	m := NewSim(SimConfig{Cores: 4, Costs: c})
	var x atomic.Uint64
	var ends [3]int64
	noError(t, m.Run(func(p *Proc) {
		p.RMW(ptr(&x)) // new: 10
		p.RMW(ptr(&x)) // owned: 10
		p.Read(ptr(&x))
		equal(t, 21, p.Now())
		p.Charge(CostNanosecond, 79)
		for i := range ends {
			m.Go("reader", func(p *Proc) {
				p.Sleep(time.Duration(1000 - p.Now()))
				equal(t, 1000, p.Now())
				p.RMW(ptr(&x))
				x.Add(1)
				ends[i] = p.Now()
			})
		}
	}))
	// Transfers of one line start 50 apart; each takes 100, and then 10.
	equal(t, [3]int64{1110, 1160, 1210}, ends)
	r, _ := m.Report()
	equal(t, 3, r.Transfers)
	equal(t, 1, r.Lines)
}

// Two threads share one core: each gets its time slice, and the sum of the work is the end.
func TestSimTimeSlices(t *testing.T) {
	c := DefaultCosts()
	c.ContextSwitch, c.WakeLatency, c.ThreadStart, c.ColdMiss, c.Load = 0, 0, 0, 0, 0
	m := NewSim(SimConfig{Cores: 1, Costs: c, TimeSlice: time.Millisecond})
	var words [2]atomic.Uint64
	var ends [2]int64
	noError(t, m.Run(func(p *Proc) {
		for i := range words {
			m.Go("worker", func(p *Proc) {
				for range 1000 {
					p.Read(ptr(&words[i]))
					p.Charge(CostNanosecond, 10_000)
				}
				ends[i] = p.Now()
			})
		}
	}))
	for _, e := range ends {
		if e < 18_900_000 || e > 20_100_000 {
			t.Errorf("two workers of 10 ms on one core ended at %v", ends)
		}
	}
}

func TestReplayDiverges(t *testing.T) {
	c := SimConfig{Policy: Random, Seed: 5, Record: true}
	m := NewSim(c)
	_, err := busyProgram(m, 3, 10)
	noError(t, err)
	c.Policy, c.Schedule, c.Strict, c.Record = Replay, m.Schedule(), true, false
	_, err = busyProgram(NewSim(c), 3, 11) // another program
	var d *Diverged
	if !errors.As(err, &d) {
		t.Fatalf("a replay of another program: %v", err)
	}
	c.Strict = false
	_, err = busyProgram(NewSim(c), 3, 11)
	noError(t, err)
}

func TestLinesDecay(t *testing.T) {
	var lt lineTable
	lt.init(2, 8, 100)
	words := make([]uint64, 1000)
	first, _ := lt.get(ptr(&words[0]))
	s := first.serial
	for i := 1; i < 100; i++ {
		lt.get(ptr(&words[i]))
	}
	again, _ := lt.get(ptr(&words[0])) // young
	equal(t, s, again.serial)
	lt.get(ptr(&words[100])) // a new generation
	again, _ = lt.get(ptr(&words[0]))
	equal(t, s, again.serial) // moved from the old one
	for i := 101; i < 400; i++ {
		lt.get(ptr(&words[i]))
	}
	again, _ = lt.get(ptr(&words[0]))
	if again.serial == s {
		t.Error("the line has not decayed")
	}
}
