// The simulated machine: threads are coroutines on one host thread, exactly one runs at a time, and a policy decides
// at each hook who goes on.
//
// Two engines share this file. In virtual time (simtime.go) every core has a clock and the core with the smallest one goes
// on: that predicts performance. The step engine (simstep.go) has no cores: every runnable thread may be chosen at
// every step, by a policy: that finds bugs.
//
// Switching goes through Run's loop: a thread that has chosen another one stores it in next and yields; the loop
// resumes it. All bookkeeping (choosing, timers, the detection of deadlock) happens on the coroutine that gives the core
// up, so a hook whose thread goes on never switches at all.
//
// When the run ends, coroutines that are left are ended with runtime.Goexit, which runs their deferred calls and
// cannot be caught. Hooks of such a thread do nothing; its waits end it again.
//
// Everything is a function of the seed and of the program, as long as that obeys the rules: nothing outside the machine (clock, addresses, map order, the
// collector, other goroutines) may influence it. Hash sums up a run, so comparing two of them finds what has escaped.

package machine

import (
	"fmt"
	"iter"
	"math"
	"math/bits"
	"runtime"
	"runtime/debug"
	"time"
)

// SimConfig says how a simulated machine is to be. Its zero value is one core in virtual time with default prices.
type SimConfig struct {
	Cores  int    // at most MaxSimCores; 0 = 1. The step policies have no cores: every thread may run at every step
	Seed   uint64 // of the policy, of the jitter and of the threads' random streams
	Policy Policy // 0 = VirtualTime
	Costs  Costs  // the zero value = DefaultCosts

	Jitter       time.Duration // virtual time: each shared access takes up to so much longer, at random
	TimeSlice    time.Duration // virtual time: after so long a waiting thread gets the core; 0 = 4 ms
	Granularity  int           // bytes of a cache line, a power of two; 0 = 8 (see simlines.go before changing it)
	LineCapacity int           // different lines after which unused ones decay; 0 = 1 << 18

	PCTDepth int       // PCT: the bug depth d, d-1 priority changes; 0 = 3
	PCTSteps int       // PCT: the expected length of the run in steps; 0 = 10000
	Schedule *Schedule // Replay: what to replay
	Strict   bool      // Replay: a run that does not fit the schedule ends with an error
	Record   bool      // keep the schedule, for Machine.Schedule

	MaxSteps int64         // 0 = no limit; beyond it Run returns *Livelock
	MaxTime  time.Duration // the same in virtual time

	explorer *explorer // Explore
}

// MaxSimCores is the largest number of simulated cores.
const MaxSimCores = 1 << coreBits

const (
	ticksPerNS = 16  // the resolution of virtual time
	pollEvery  = 256 // steps between looks at the outside world
	noLimit    = math.MaxInt64
)

// simState is what a simulated thread is doing.
type simState uint8

const (
	simRunnable simState = iota
	simParked
	simSleeping
	simInFutex
	simEnded
)

// simProc is a thread's state on a simulated machine.
type simProc struct {
	clock int64 // virtual time: ticks
	core  int64 // virtual time: the core that it has, while it has one
	m     *sim
	p     *Proc

	state      simState
	permit     bool
	timedOut   bool
	daemon     bool
	locked     bool
	frac       int64 // of private work, in 1/fracUnit ticks
	sliceStart int64
	readyAt    int64
	lastCore   int64
	place      int   // in ready, for the step engine
	priority   int64 // PCT
	deadline   int64 // in ticks, when in timers
	timerSeq   uint64
	timerPlace int // in timers, -1 = not there
	futex      *Futex
	wait       Wait
	since      int64

	resume  func() (struct{}, bool)
	stop    func()
	yielder func(struct{}) bool
}

// sim is a simulated machine.
type sim struct {
	limit  int64 // virtual time: the running core may go on while its key is less
	steps  int64
	pollAt int64
	hash   uint64
	vt     bool
	ended  bool
	prices linePrices

	config  SimConfig
	m       *Machine
	rng     Proc       // only its random stream
	threads []*simProc // those that have not ended, in the order of their starts
	current *simProc
	next    *simProc
	nextID  int
	alive   int // threads that are not daemons
	started bool
	timers  timerHeap
	cost    [numCosts]int64 // in 1/fracUnit ticks
	ticks   simTicks

	cpus  vcores    // virtual time
	lines lineTable //
	step  stepper   // step policies

	switches  int64
	transfers int64
	account   account
	recorder  *recorder
	err       error
	panicked  *ThreadPanic
	hook      func(*Deadlock) bool

	outside outside
}

// simTicks are the prices of waiting and waking in ticks.
type simTicks struct {
	pause, yield, park, unpark, wake, contextSwitch, threadStart, futexWait, futexWake, futexLatency, syscall int64
	timeSlice, jitter, maxTime                                                                                int64
}

// NewSim makes a simulated machine. It runs once, on the goroutine that calls Run, which must not be locked to its
// operating-system thread. A configuration that makes no sense is a panic: ask Check before.
func NewSim(c SimConfig) *Machine {
	if err := c.Check(); err != nil {
		panic(err)
	}
	c.setDefaults()
	s := &sim{config: c, vt: c.Policy == VirtualTime, pollAt: pollEvery}
	if c.MaxSteps > 0 {
		s.pollAt = min(s.pollAt, c.MaxSteps)
	}
	m := &Machine{impl: s}
	s.m = m
	s.rng.rng = c.Seed ^ 0x6a09e667f3bcc909
	s.outside.ring = make(chan struct{}, 1)
	s.setPrices()
	if c.Policy == Replay && c.Schedule.Policy == VirtualTime {
		s.vt = true
	}
	if c.Record || c.Policy == Replay && s.vt {
		s.recorder = &recorder{}
	}
	if s.vt {
		s.cpus.init(c.Cores)
		s.cpus.setCrowding(c.Costs.Crowding)
		s.lines.init(c.Cores, c.Granularity, c.LineCapacity)
	} else {
		s.step.policy = newPolicy(&s.config, &s.rng)
	}
	return m
}

// Check says what is wrong with the configuration.
func (c SimConfig) Check() error {
	c.setDefaults()
	switch {
	case c.Cores < 1 || c.Cores > MaxSimCores:
		return fmt.Errorf("machine: %d simulated cores: 1 to %d are possible", c.Cores, MaxSimCores)
	case c.Granularity < 1 || c.Granularity&(c.Granularity-1) != 0:
		return fmt.Errorf("machine: granularity %d is no power of two", c.Granularity)
	case c.Jitter < 0 || c.TimeSlice < 0 || c.MaxSteps < 0 || c.MaxTime < 0 || c.LineCapacity < 1:
		return fmt.Errorf("machine: a negative limit")
	case int(c.Policy) >= len(policyNames):
		return fmt.Errorf("machine: no policy %d", c.Policy)
	case c.Policy == Replay && c.Schedule == nil:
		return fmt.Errorf("machine: nothing to replay")
	}
	return c.Costs.Check()
}

func (c *SimConfig) setDefaults() {
	def := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	def(&c.Cores, 1)
	def(&c.Granularity, 8)
	def(&c.LineCapacity, 1<<18)
	def(&c.PCTDepth, 3)
	def(&c.PCTSteps, 10000)
	if c.TimeSlice == 0 {
		c.TimeSlice = 4 * time.Millisecond
	}
	if c.Costs == (Costs{}) {
		c.Costs = DefaultCosts()
	}
}

func (s *sim) cores() int                        { return s.config.Cores }
func (s *sim) simulated() bool                   { return true }
func (s *sim) onDeadlock(f func(*Deadlock) bool) { s.hook = f }

// now is the clock of the thread that runs, or of the one that ran last.
func (s *sim) now() int64 {
	if s.vt && s.current != nil {
		return s.current.clock / ticksPerNS
	}
	return s.step.clock / ticksPerNS
}

// toTicks converts a price.
func toTicks(ns float64) int64 { return int64(math.Round(ns * ticksPerNS)) }

func (s *sim) setPrices() {
	c := &s.config.Costs
	for i, v := range c.Kind {
		s.cost[i] = int64(math.Round(v * ticksPerNS * fracUnit))
	}
	s.prices = linePrices{hit: [3]int64{toTicks(c.Load), toTicks(c.Store), toTicks(c.RMW)},
		transfer: toTicks(c.LineTransfer), upgrade: toTicks(c.LineUpgrade), occupancy: toTicks(c.LineOccupancy), cold: toTicks(c.ColdMiss)}
	s.ticks = simTicks{pause: toTicks(c.Pause), yield: toTicks(c.Yield), park: toTicks(c.Park), unpark: toTicks(c.Unpark),
		wake: toTicks(c.WakeLatency), contextSwitch: toTicks(c.ContextSwitch), threadStart: toTicks(c.ThreadStart),
		futexWait: toTicks(c.FutexWait), futexWake: toTicks(c.FutexWake), futexLatency: toTicks(c.FutexLatency),
		syscall:   toTicks(c.Kind[CostSyscall]),
		timeSlice: int64(s.config.TimeSlice) * ticksPerNS, jitter: int64(s.config.Jitter) * ticksPerNS, maxTime: noLimit}
	if s.config.MaxTime > 0 {
		s.ticks.maxTime = int64(s.config.MaxTime) * ticksPerNS
	}
}

// mix folds x into the run's hash.
func (s *sim) mix(x uint64) { s.hash = (bits.RotateLeft64(s.hash, 23) ^ x) * 0x9e3779b97f4a7c15 }

func (s *sim) run(main func(*Proc)) error {
	if s.started {
		panic("machine: Run called twice")
	}
	s.started = true
	defer s.reap()
	s.spawn("main", main, goOptions{})
	s.next = s.choose(nil, pointSync)
	for s.next != nil {
		t := s.next
		s.next = nil
		t.resume()
	}
	if s.panicked != nil {
		panic(s.panicked)
	}
	if s.err == nil {
		s.err = s.checkReplay()
	}
	return s.err
}

// end ends the run: the thread that calls it must give the core up.
func (s *sim) end(err error) {
	if !s.ended {
		s.ended, s.err, s.next = true, err, nil
		s.limit = math.MinInt64 // every hook of a dying thread leaves its fast path
	}
}

// reap ends the coroutines that are left.
func (s *sim) reap() {
	s.end(nil)
	for len(s.threads) > 0 {
		t := s.threads[0]
		s.threads = s.threads[1:]
		s.current = t
		gone := make(chan struct{})
		go func() { // the coroutine's Goexit goes on in whoever stops it
			defer close(gone)
			t.stop()
		}()
		<-gone
	}
}

func (s *sim) spawn(name string, f func(*Proc), o goOptions) *Proc {
	t := &simProc{m: s, core: -1, lastCore: -1, timerPlace: -1, locked: o.locked}
	p := &Proc{sim: t, m: s.m, id: s.nextID, name: name, rng: streamSeed(s.config.Seed, s.nextID)}
	t.p = p
	s.nextID++
	var at int64
	if c := s.current; c != nil && !s.ended {
		c.order()
		c.pass(s.ticks.threadStart)
		at = s.timeOf(c) + s.ticks.wake
	}
	s.threads = append(s.threads, t)
	s.alive++
	t.resume, t.stop = iter.Pull(s.body(t, f))
	s.ready(t, at)
	return p
}

// body is a thread's coroutine.
func (s *sim) body(t *simProc, f func(*Proc)) iter.Seq[struct{}] {
	return func(yield func(struct{}) bool) {
		t.yielder = yield
		returned := false
		defer func() {
			if returned {
				s.exit(t)
				return
			}
			// A panic; or Goexit, by us (the run has ended) or by the program (testing's FailNow), which ends the
			// run because iter.Pull hands it on to Run's goroutine.
			v := recover()
			s.end(nil)
			if v != nil && s.panicked == nil {
				s.panicked = &ThreadPanic{Thread: t.p.id, Name: t.p.name, Value: v, Stack: debug.Stack()}
			}
		}()
		f(t.p)
		returned = true
	}
}

// exit is the end of a thread whose function has returned.
func (s *sim) exit(t *simProc) {
	if s.ended {
		return
	}
	t.order()
	t.state = simEnded
	for i, u := range s.threads {
		if u == t {
			s.threads = append(s.threads[:i], s.threads[i+1:]...)
			break
		}
	}
	if !t.daemon {
		s.alive--
	}
	if s.alive == 0 {
		s.end(nil)
		return
	}
	s.unready(t)
	s.next = s.choose(t, pointBlocked)
}

// switchTo lets t, or the end of the run if nil, go on; it returns when from has been chosen again.
func (s *sim) switchTo(from, t *simProc) {
	s.next = t
	if !from.yielder(struct{}{}) {
		runtime.Goexit()
	}
}

// die ends a thread whose run has ended.
func (t *simProc) die() { t.m.switchTo(t, nil) }

// choose says who goes on after from, which may be from itself unless why is pointBlocked; nil = the run has ended.
func (s *sim) choose(from *simProc, why pointKind) *simProc {
	if why == pointBlocked {
		s.steps++ // so that no stint of a schedule is empty
	}
	for !s.ended {
		var t *simProc
		if s.vt {
			t = s.smallest()
		} else {
			cur := from
			if why == pointBlocked {
				cur = nil
			}
			t = s.pickStep(cur, why)
		}
		if s.ended {
			return nil // a replay has diverged
		}
		if t == nil {
			s.nothingRunnable()
			continue
		}
		if t != s.current {
			s.switches++
			if r := s.recorder; r != nil && s.current != nil {
				r.add(s.current.p.id, s.steps)
			}
		}
		s.current = t
		s.mix(uint64(t.p.id))
		if s.vt {
			s.setLimit(t)
		}
		return t
	}
	return nil
}

// nothingRunnable waits for the outside, or ends the run with a deadlock.
func (s *sim) nothingRunnable() {
	o := &s.outside
	if o.flag.Load() {
		s.drain()
		return
	}
	if o.alive.Load() > 0 {
		<-o.ring
		s.drain()
		return
	}
	d := &Deadlock{Time: s.now()}
	for _, t := range s.threads {
		d.Threads = append(d.Threads, ThreadState{ID: t.p.id, Name: t.p.name, Daemon: t.daemon, Wait: t.wait,
			Since: t.since / ticksPerNS})
	}
	if s.hook != nil && s.hook(d) {
		s.drain()
		return
	}
	s.end(d)
}
