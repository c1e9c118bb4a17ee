package machine

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// realConfigs are the ways to park.
func realConfigs() map[string]RealConfig {
	return map[string]RealConfig{"goroutines": {Seed: 1}, "locked": {Seed: 1, LockOSThreads: true}}
}

func hammer(full int) int {
	if testing.Short() {
		return full / 10
	}
	return full
}

func TestRealParkUnpark(t *testing.T) {
	for name, c := range realConfigs() {
		t.Run(name, func(t *testing.T) {
			m := NewReal(c)
			var turn atomic.Int64
			rounds := hammer(3000)
			noError(t, m.Run(func(p *Proc) {
				var ps [3]atomic.Pointer[Proc]
				for i := range ps {
					ps[i].Store(m.Go("ping", func(p *Proc) {
						for k := 0; k < rounds; k++ {
							for turn.Load()%3 != int64(i) {
								if k%7 == 0 {
									p.ParkTimeout(Wait{What: "turn"}, time.Duration(k)*time.Microsecond)
								} else {
									p.Park(Wait{What: "turn"})
								}
							}
							turn.Add(1)
							for q := (*Proc)(nil); q == nil; q = ps[(i+1)%3].Load() {
								p.Yield()
							}
							ps[(i+1)%3].Load().Unpark(p)
						}
					}))
				}
			}))
			equal(t, int64(3*rounds), turn.Load())
		})
	}
}

func TestRealParkTimeout(t *testing.T) {
	for name, c := range realConfigs() {
		t.Run(name, func(t *testing.T) {
			noError(t, NewReal(c).Run(func(p *Proc) {
				start := p.Now()
				equal(t, false, p.ParkTimeout(Wait{}, 3*time.Millisecond))
				if d := p.Now() - start; d < 3e6 {
					t.Errorf("timed out after %d ns", d)
				}
				equal(t, false, p.ParkTimeout(Wait{}, 0))
				p.Unpark(p)
				p.Unpark(p) // one permit only
				equal(t, true, p.ParkTimeout(Wait{}, 0))
				equal(t, false, p.ParkTimeout(Wait{}, time.Microsecond))
				p.Unpark(p)
				p.Park(Wait{})
				p.Unpark(p)
				start = p.Now()
				p.Sleep(2 * time.Millisecond) // a permit does not end a sleep
				if d := p.Now() - start; d < 2e6 {
					t.Errorf("slept for %d ns", d)
				}
			}))
		})
	}
}

func TestRealDeadlock(t *testing.T) {
	for name, c := range realConfigs() {
		t.Run(name, func(t *testing.T) {
			m := NewReal(c)
			var a, b atomic.Pointer[Proc]
			id := func(p *atomic.Pointer[Proc], me *Proc) int {
				for p.Load() == nil {
					me.Yield()
				}
				return p.Load().ID()
			}
			var ended atomic.Int64
			err := m.Run(func(p *Proc) {
				defer ended.Add(1)
				a.Store(m.Go("left", func(p *Proc) {
					defer ended.Add(1)
					p.Park(Wait{What: "lock B", Owner: id(&b, p), Where: "x.py:3"})
				}))
				b.Store(m.Go("right", func(p *Proc) {
					defer ended.Add(1)
					p.Sleep(time.Millisecond)
					p.Block(Wait{What: "I/O"}, func() { time.Sleep(time.Millisecond) })
					p.Park(Wait{What: "lock A", Owner: id(&a, p), Where: "x.py:7"})
				}))
				p.Park(Wait{What: "join", Owner: id(&a, p)})
			})
			var d *Deadlock
			if !errors.As(err, &d) {
				t.Fatalf("no deadlock: %v", err)
			}
			equal(t, 3, len(d.Threads))
			equal(t, [][]int{{1, 2}}, d.Cycles())
			contains(t, d.Error(), "thread 1 (left) waits for lock B of thread 2 (right) at x.py:3")
			contains(t, d.Error(), "cycle: 1 -> 2 -> 1")
			equal(t, 3, ended.Load()) // nobody is left behind
		})
	}
}

// futexLock is the three-state mutex of Drepper, "Futexes are tricky".
func futexLock(p *Proc, f *Futex) {
	p.RMW(ptr(f.Word()))
	if f.Word().CompareAndSwap(0, 1) {
		return
	}
	for p.RMW(ptr(f.Word())); f.Word().Swap(2) != 0; p.RMW(ptr(f.Word())) {
		if p.Randn(4) == 0 {
			f.WaitTimeout(p, Wait{What: "lock", Owner: -1}, 2, time.Duration(p.Randn(100_000)))
		} else {
			f.Wait(p, Wait{What: "lock", Owner: -1}, 2)
		}
	}
}

func futexUnlock(p *Proc, f *Futex) {
	p.RMW(ptr(f.Word()))
	if f.Word().Swap(0) == 2 {
		f.Wake(p, 1)
	}
}

// Many threads count under a futex lock: no increment is lost, nobody sleeps for ever, and no deadlock is reported that is none.
func TestFutexLock(t *testing.T) {
	machines := bothMachines()
	machines["pct"] = NewSim(SimConfig{Policy: PCT, Seed: 9})
	machines["sticky"] = NewSim(SimConfig{Policy: Sticky, Seed: 9})
	machines["soft"] = NewReal(RealConfig{Seed: 9})
	for name, m := range machines {
		t.Run(name, func(t *testing.T) {
			const threads = 4
			per := hammer(3000)
			var f Futex
			if name == "soft" {
				f.Soft()
			}
			n := 0
			noError(t, m.Run(func(p *Proc) {
				for range threads {
					m.Go("adder", func(p *Proc) {
						for range per {
							futexLock(p, &f)
							n++
							futexUnlock(p, &f)
						}
					})
				}
			}))
			equal(t, threads*per, n)
		})
	}
}

func TestFutexDeadlock(t *testing.T) {
	machines := bothMachines()
	machines["soft"] = NewReal(RealConfig{Seed: 9})
	for name, m := range machines {
		t.Run(name, func(t *testing.T) {
			var f Futex
			if name == "soft" {
				f.Soft()
			}
			err := m.Run(func(p *Proc) {
				m.Go("other", func(p *Proc) {
					for {
						f.Wait(p, Wait{What: "the word", Owner: 0}, 0)
					}
				})
				equal(t, true, f.WaitTimeout(p, Wait{}, 1, time.Hour)) // another value
				equal(t, false, f.WaitTimeout(p, Wait{}, 0, time.Millisecond))
				equal(t, 0, (&Futex{}).Wake(p, 1))
				p.Park(Wait{What: "join", Owner: 1})
			})
			var d *Deadlock
			if !errors.As(err, &d) {
				t.Fatalf("no deadlock: %v", err)
			}
			equal(t, [][]int{{0, 1}}, d.Cycles())
		})
	}
}

// No more slices run at once than there are cores; a slice that waits lets another one in.
func TestSliceAdmission(t *testing.T) {
	const threads = 6
	m := NewReal(RealConfig{Cores: 2})
	var inside, most, started atomic.Int64
	noError(t, m.Run(func(p *Proc) {
		for range threads {
			m.Go("slicer", func(p *Proc) {
				for started.Add(1); started.Load() < threads; {
					p.Yield() // only now do all take tickets
				}
				for i := range hammer(1000) {
					p.EnterSlice()
					p.EnterSlice() // does not count twice
					n := inside.Add(1)
					for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
						continue
					}
					if i%8 == 0 {
						p.Yield()
					}
					inside.Add(-1)
					if i%50 == 0 {
						p.ParkTimeout(Wait{}, 20*time.Microsecond)
						p.Sleep(10 * time.Microsecond)
						p.Block(Wait{}, func() {})
					}
					p.LeaveSlice()
				}
				for started.Add(1); started.Load() < 2*threads; {
					p.Yield() // nobody ends before
				}
			})
		}
	}))
	if most.Load() > 2 {
		t.Errorf("%d slices at once on 2 cores", most.Load())
	}
}

// A thread that waits within a slice must not keep the others out.
func TestSliceWaitGivesTicketUp(t *testing.T) {
	m := NewReal(RealConfig{Cores: 1})
	noError(t, m.Run(func(p *Proc) {
		q := m.Go("waiter", func(q *Proc) {
			for m.impl.(*realMachine).live.Load() < 2 {
				q.Yield()
			}
			q.EnterSlice()
			p.Unpark(q)
			q.Park(Wait{What: "the other"})
			q.LeaveSlice()
		})
		p.Park(Wait{What: "the waiter's slice"})
		p.EnterSlice()
		q.Unpark(p)
		p.LeaveSlice()
	}))
}

func TestAdopt(t *testing.T) {
	m := NewReal(RealConfig{Seed: 3})
	var wg sync.WaitGroup
	p := m.Adopt("one")
	wg.Add(1)
	go func() {
		defer wg.Done()
		q := m.Adopt("two")
		for range 100 {
			p.Unpark(q)
			q.ParkTimeout(Wait{}, 10*time.Microsecond)
		}
		p.Unpark(q)
	}()
	p.Park(Wait{})
	p.EnterSlice()
	p.LeaveSlice()
	p.Sleep(time.Microsecond)
	wg.Wait()
	if p.ID() == 1 || p.Name() != "one" || p.Rand() == m.Adopt("three").Rand() {
		t.Error("adopted threads are mixed up")
	}
	defer func() {
		if recover() == nil {
			t.Error("a simulated machine has adopted a goroutine")
		}
	}()
	NewSim(SimConfig{}).Adopt("never")
}

func TestRandomStreams(t *testing.T) {
	stream := func(seed uint64) (out []uint64) {
		m := NewReal(RealConfig{Seed: seed})
		noError(t, m.Run(func(p *Proc) {
			q := m.Go("second", func(p *Proc) { out = append(out, p.Rand(), p.Randn(10)) })
			_ = q
		}))
		return
	}
	equal(t, stream(1), stream(1))
	if stream(1)[0] == stream(2)[0] {
		t.Error("the seed does not matter")
	}
	p := NewReal(RealConfig{}).Adopt("x")
	for range 1000 {
		if p.Randn(3) >= 3 {
			t.Fatal("Randn out of range")
		}
	}
}

// The same seed gives the same run in another process, with other addresses and another collector's timing.
func TestSimSameInAnotherProcess(t *testing.T) {
	const env = "GILT_MACHINE_PRINT_HASH"
	report := func() string {
		var b strings.Builder
		for _, c := range Portfolio(8, 11) {
			m := NewSim(c)
			trace, err := busyProgram(m, 12, 40)
			noError(t, err)
			r, _ := m.Report()
			b.WriteString(r.String() + trace + "\n")
		}
		return b.String()
	}
	if os.Getenv(env) != "" {
		_, _ = os.Stdout.WriteString(report())
		os.Exit(0)
	}
	mine := report()
	for _, gogc := range []string{"off", "5"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestSimSameInAnotherProcess$")
		cmd.Env = append(os.Environ(), env+"=1", "GOGC="+gogc, "GOMAXPROCS=1")
		out, err := cmd.CombinedOutput()
		noError(t, err)
		if string(out) != mine {
			t.Fatalf("GOGC=%s: another process has another run:\n%s\nthis one:\n%s", gogc, out, mine)
		}
	}
	runtime.KeepAlive(mine)
}
