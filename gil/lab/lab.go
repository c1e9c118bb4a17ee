// Package lab measures interpreter locks without an interpreter: its threads behave towards the lock as a VM's do, with
// yield points, ticks and blocking calls, and instead of bytecodes they burn a known time per tick. So a lock's own
// behaviour (hand-offs, lost wake-ups, slow-down of CPU-bound threads, the convoy effect) shows apart from the VM's.
//
// The CPU-bound experiment runs on real or simulated cores; the echo server needs real sockets.
//
// Results depend on what else runs on the machine, those of "ticks" by a factor of ten: they are a race between a
// wake-up's latency and the 30 ns for which the lock is free. A core that is taken by something else makes two cores
// one, and the pathology disappears; one in deep sleep makes wake-ups slow. So compare designs within one run, as
// ratios, and give a run real-time priority, each for less than a second (the kernel throttles longer ones):
//
//	go test -c -o lab.test ./gil/lab
//	chrt -f 10 ./lab.test -test.run - -test.bench 'Count/threads=2/lock=ticks$' -test.benchtime 1x
//
// Measured in that way on two virtual cores (AMD EPYC, KVM, Linux, Go 1.26), three runs each for the first two:
//
//	two threads, 3M ticks of 7 ns    wall/ideal      hand-offs          badness
//	  ticks (sem_t)                  1.45 - 1.74     1.0k - 2.0k        .05 - .09   (of 59k checks)
//	  ticks (mutex and condvar)      2.03 - 2.56     3.9k - 5.8k        .17 - .24
//	  interval                       0.94 - 1.10     7 - 11             0
//	four threads
//	  ticks (sem_t)                  2.11 - 2.81     72k - 83k          .05 - .13   (of 119k checks)
//	  interval                       0.89 - 1.21     18 - 20
//	Ctrl-C under ticks, a main thread in join: 2.1 times the time with one worker, 12 to 13 times with two
//
//	echo requests/s beside 1, 2, 4 busy threads
//	  ticks 8.1k 15.0k 11.8k   interval 147 71 31     priority 30.6k 30.9k 27.7k
//	  beazley 20.1k 27.8k 14.4k   fifo 100 61 25      rw 472 244 122 (writers)
package lab

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/gil"
	"gilt/internal/machine"
)

// Config is one experiment.
type Config struct {
	Lock    string
	Options gil.Options
	Threads int           // CPU-bound threads
	Ticks   int           // ticks of each CPU-bound thread
	Tick    time.Duration // time of a tick; 0 = DefaultTick (CPython 2.7's is about 14 ns)
	Pause   time.Duration // of Echo: how far apart single requests are; 0 = there are none
	Pinned  bool          // a call waits for the main thread for the whole time (Ctrl-C in a join)
}

// DefaultTick is the time of a tick.
const DefaultTick = 7 * time.Nanosecond

// Result is what an experiment gave.
type Result struct {
	Wall  time.Duration
	Ideal time.Duration // all ticks one after the other, without a lock
	Stats gil.Stats
}

// Slowdown is the wall time in units of the ideal one.
func (r Result) Slowdown() float64 { return float64(r.Wall) / float64(r.Ideal) }

// thread is one thread of the synthetic VM.
type thread struct {
	p       *machine.Proc
	lock    gil.Lock
	m       *gil.Member
	breaker *atomic.Uint32
	ticker  *int32
	work    int // rounds of burn per tick
	ns      int // the same in virtual time
}

// word is a thread's eval breaker on a cache line of its own.
type word struct {
	_ [64]byte
	w atomic.Uint32
	_ [60]byte
}

func join(p *machine.Proc, l gil.Lock, tick time.Duration, work int) *thread {
	t := &thread{p: p, lock: l, breaker: &new(word).w, ticker: l.Ticker(), work: work, ns: int(tick)}
	t.m = l.Join(p, t.breaker)
	return t
}

// run executes n ticks, or goes on until stop is set if that is not nil.
func (t *thread) run(n int, stop *atomic.Bool) {
	if t.p.Simulated() {
		t.simulate(n)
		return
	}
	x := uint64(t.p.ID())
	for i := 0; i < n || n < 0; i++ {
		x = burn(x, t.work)
		if t.ticker != nil {
			if *t.ticker--; *t.ticker < 0 {
				t.lock.Yield(t.m)
				if stop != nil && stop.Load() {
					break
				}
			}
		} else if t.breaker.Load() != 0 {
			t.lock.Yield(t.m)
		}
		if stop != nil && i&255 == 0 && stop.Load() {
			break
		}
	}
	sink.Store(x)
}

// simulate is run in virtual time. A few ticks are charged together, and they take a random time around the mean:
// with exact times every wake-up would arrive at the same moment of its holder's round.
func (t *thread) simulate(n int) {
	const batch = 8
	for i := 0; i < n; i += batch {
		t.p.Charge(machine.CostNanosecond, int(t.p.Randn(uint64(2*batch*t.ns+1))))
		if t.ticker != nil {
			t.p.Write(unsafe.Pointer(t.ticker))
			if *t.ticker -= batch; *t.ticker < 0 {
				t.lock.Yield(t.m)
			}
			continue
		}
		t.p.Read(unsafe.Pointer(t.breaker))
		if t.breaker.Load() != 0 {
			t.lock.Yield(t.m)
		}
	}
}

// sink keeps burn's results alive.
var sink atomic.Uint64

// burn passes a time in proportion to n: each round depends on the one before.
func burn(x uint64, n int) uint64 {
	for range n {
		x = x*0x5851f42d4c957f2d + 0x14057b7ef767814f
	}
	return x
}

// Rounds is how many rounds of work make a tick of the given time on this machine: the best of several measurements.
func Rounds(tick time.Duration) int {
	const n = 1 << 18
	best := time.Duration(1 << 62)
	for range 5 {
		start := time.Now()
		sink.Store(burn(1, n))
		best = min(best, time.Since(start))
	}
	return max(1, int(float64(tick)/(float64(best)/n)+0.5))
}

// Count runs c.Threads CPU-bound threads on m, which it uses up.
func Count(m *machine.Machine, c Config) (Result, error) {
	l, err := gil.New(c.Lock, c.Options)
	if err != nil {
		return Result{}, err
	}
	if c.Tick <= 0 {
		c.Tick = DefaultTick
	}
	l.PendingCall(c.Pinned)
	var work int
	r := Result{Ideal: time.Duration(c.Threads*c.Ticks) * c.Tick}
	if !m.Simulated() {
		defer procs(c.Threads + 2)()
		work = Rounds(c.Tick)
		r.Ideal = ideal(c, work)
	}
	var end atomic.Int64
	var start int64
	err = m.Run(func(p *machine.Proc) {
		var ready atomic.Int32
		var open atomic.Bool
		for i := range c.Threads {
			m.Go(fmt.Sprintf("cpu-%d", i), func(p *machine.Proc) {
				t := join(p, l, c.Tick, work)
				ready.Add(1)
				for !open.Load() {
					p.Yield()
				}
				l.Acquire(t.m)
				t.run(c.Ticks, nil)
				l.Release(t.m)
				l.Leave(t.m)
				end.Store(p.Now())
			})
		}
		for int(ready.Load()) < c.Threads {
			p.Yield()
		}
		start = p.Now()
		open.Store(true)
	})
	r.Wall = time.Duration(end.Load() - start)
	r.Stats = l.Stats()
	return r, err
}

// ideal is the time of all ticks of one thread after the other, with their checks but without a lock.
func ideal(c Config, work int) time.Duration {
	t := &thread{breaker: &new(word).w, work: work}
	m := machine.NewReal(machine.RealConfig{})
	t.p = m.Adopt("ideal")
	best := time.Duration(1 << 62)
	for range 3 {
		start := time.Now()
		t.run(c.Ticks, nil)
		best = min(best, time.Since(start))
	}
	return best * time.Duration(c.Threads)
}

// procs lets that many goroutines be in Go code at once, so that a thread that comes back from the kernel waits for
// the lock and for a core, but not for Go's scheduler. It returns what undoes it.
func procs(n int) func() {
	old := runtime.GOMAXPROCS(0)
	if n <= old {
		return func() {}
	}
	runtime.GOMAXPROCS(n)
	return func() { runtime.GOMAXPROCS(old) }
}
