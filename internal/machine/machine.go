// Package machine is the machine that gilt's threads run on: real cores, or simulated cores in virtual time.
//
// Every wait, spin, park, wake, clock reading and random number of stm, gil, contention and vm goes through a
// [Proc], and so does a hook before each access to a shared word. On real cores the hooks are one load and one
// branch that is never taken; on simulated cores they are where virtual time passes and where the scheduler may
// let another thread go on. The package is a leaf: it imports nothing of the project and knows neither
// transactions nor Python.
//
// Invariants:
//   - A Proc is used only by the thread that it belongs to, except for Unpark, which anybody may call.
//   - Park may return without an Unpark (a permit that was left over): callers re-check their condition in a loop.
//   - On a simulated machine exactly one Proc runs at a time; everything that it does between two hooks is atomic.
//
// Reading the source: machine.go is the interface. Real cores are real.go (threads, deadlock detection), realproc.go
// (permits), slice.go (admission), futex*.go, clock.go and cycles*.go. Simulated cores are sim.go (coroutines, the run), simproc.go
// (what a thread can do), simtime.go and simlines.go (virtual time: clocks and cores, cache lines), simstep.go and
// simpolicy.go (schedules that look for bugs), schedule.go (recording and replay), simtimers.go and simoutside.go.
// Prices are costs.go and calibrate.go.
//
// The hook on real cores is a comparison with memory and a branch; the compiler inlines it. Measured as the minimum of many runs: 0.26 ns for each
// of the three accesses of an orec-value-orec read (0.28 without hooks, 0.54 with); 0.09 to 0.26 ns in a loop that does nothing else,
// depending on how the code happens to be aligned. What the branch calls takes the Proc, not what the comparison has looked at:
// that would have to be loaded first, and cost 0.35.
// On simulated cores an access takes 10 ns of host time when the thread goes on and 100 to 150 when it does not, from 2 to 64 cores
// (two coroutine switches); a step of the random policies takes 10 ns, and 55 to 110 more when it switches.
package machine

import (
	"math/bits"
	"sync"
	"time"
	"unsafe"
)

// Machine runs threads. Make one with NewReal or NewSim.
type Machine struct {
	impl impl
}

// impl is what differs between real and simulated machines.
type impl interface {
	run(main func(*Proc)) error
	spawn(name string, f func(*Proc), o goOptions) *Proc
	cores() int
	simulated() bool
	now() int64
	keepAlive(delta int64)
	stop(err error)
	onDeadlock(f func(*Deadlock) bool)
}

// Run runs main as the first thread, and returns when every thread that is not a daemon has ended. The error is a
// *Deadlock when no thread can ever run again.
func (m *Machine) Run(main func(*Proc)) error { return m.impl.run(main) }

// Go starts a thread. It may be called from any thread of the machine (its caller's clock is the new thread's
// first reading on a simulated machine).
func (m *Machine) Go(name string, f func(*Proc)) *Proc { return m.impl.spawn(name, f, goOptions{}) }

// GoLocked is Go with an operating-system thread of its own (runtime.LockOSThread) for the new thread. Lock
// designs whose behaviour comes from the kernel's wake-ups need it. Simulated machines ignore the difference.
func (m *Machine) GoLocked(name string, f func(*Proc)) *Proc {
	return m.impl.spawn(name, f, goOptions{locked: true})
}

// goOptions are what Go and GoLocked differ in.
type goOptions struct{ locked bool }

// Now is the machine's clock as Proc.Now gives it, for callers that are no threads of the machine. On a simulated
// machine only a thread of the machine, or anybody when it does not run, may ask.
func (m *Machine) Now() int64 { return m.impl.now() }

// KeepAlive says that somebody who is no thread of the machine (a signal handler, a timer of the program, a
// network poller) may still call Unpark: until release is called no deadlock is reported. Release it as soon as
// the outsider has nothing more to say; calling release twice is harmless.
func (m *Machine) KeepAlive() (release func()) {
	m.impl.keepAlive(1)
	var once sync.Once
	return func() { once.Do(func() { m.impl.keepAlive(-1) }) }
}

// Stop ends the run from outside: Run returns err at once (nil is allowed), and every thread ends with
// runtime.Goexit at the next point where it would wait or yield. Anybody may call it.
func (m *Machine) Stop(err error) { m.impl.stop(err) }

// OnDeadlock sets a function that is called when no thread can ever run again, before Run gives up. It runs while
// every thread is blocked; if it makes a thread runnable (with Unpark, after having told it to raise an exception,
// say) and returns true, the run goes on. Set it before Run.
func (m *Machine) OnDeadlock(f func(*Deadlock) bool) { m.impl.onDeadlock(f) }

// Cores is the number of cores: at most so many threads make progress at once.
func (m *Machine) Cores() int { return m.impl.cores() }

// Simulated says whether time is virtual.
func (m *Machine) Simulated() bool { return m.impl.simulated() }

// Proc is one thread's handle on its machine; there is no thread-local storage in Go, so it is passed explicitly.
type Proc struct {
	sim  *simProc // nil on real cores
	m    *Machine
	id   int
	name string
	rng  uint64
	_    [64]byte // wakers write to real: keep that away from what every hook reads
	real realProc
}

// ID is the thread's number: 0 for the main thread, then in the order of their starts.
func (p *Proc) ID() int { return p.id }

// Name is the name given to Go.
func (p *Proc) Name() string { return p.name }

// Machine is the machine that the thread runs on.
func (p *Proc) Machine() *Machine { return p.m }

// Simulated says whether the thread runs in virtual time.
func (p *Proc) Simulated() bool { return p.sim != nil }

// Read is the hook before a load of the shared word at addr. Only the address counts: it is never dereferenced.
func (p *Proc) Read(addr unsafe.Pointer) {
	if p.sim != nil {
		p.access(addr, accessRead)
	}
}

// Write is the hook before a store to the shared word at addr.
func (p *Proc) Write(addr unsafe.Pointer) {
	if p.sim != nil {
		p.access(addr, accessWrite)
	}
}

// RMW is the hook before a compare-and-swap, fetch-and-add or exchange of the shared word at addr.
func (p *Proc) RMW(addr unsafe.Pointer) {
	if p.sim != nil {
		p.access(addr, accessRMW)
	}
}

// Charge lets n units of private work of the given kind pass (nothing on real cores). It is no switch point.
func (p *Proc) Charge(kind Cost, n int) {
	if p.sim != nil {
		p.sim.charge(kind, n)
	}
}

// Rand is the next number of the thread's own stream (splitmix64), which depends only on the run's seed and the
// thread's id.
func (p *Proc) Rand() uint64 {
	p.rng += 0x9e3779b97f4a7c15
	z := p.rng
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// Randn is a random number in [0, n), n > 0.
func (p *Proc) Randn(n uint64) uint64 {
	hi, _ := bits.Mul64(p.Rand(), n)
	return hi
}

// Now is the monotonic clock in nanoseconds since the machine's start; virtual time on simulated cores.
func (p *Proc) Now() int64 {
	if p.sim != nil {
		return p.sim.now()
	}
	return p.real.now()
}

// Spin is one round of a bounded spin loop. round counts from 0: the first rounds pause the core, later ones
// yield to the scheduler, so that a lock's holder that has lost its core can go on.
func (p *Proc) Spin(round int) {
	if p.sim != nil {
		p.sim.spin(round)
		return
	}
	p.real.spin(round)
}

// Delay busy-waits for about ns nanoseconds (contention managers' back-off), yielding when that is long.
func (p *Proc) Delay(ns int64) {
	if p.sim != nil {
		p.sim.delay(ns)
		return
	}
	p.real.delay(ns)
}

// Yield lets another thread have the core.
func (p *Proc) Yield() {
	if p.sim != nil {
		p.sim.yield()
		return
	}
	p.real.yield()
}

// Wait says what a parked thread waits for: it is only for people (deadlock reports, timelines).
type Wait struct {
	What  string // "lock", "join", "retry", ...
	Owner int    // id of the thread that is waited for, -1 if unknown
	Where string // file:line of the program, if known
}

// Park blocks until Unpark has been called since the last Park returned (one permit, as LockSupport has).
func (p *Proc) Park(w Wait) {
	if p.sim != nil {
		p.sim.park(w, -1)
		return
	}
	p.real.park(p, w, -1)
}

// ParkTimeout is Park with a limit; it says whether it was woken (true) or timed out (false).
func (p *Proc) ParkTimeout(w Wait, d time.Duration) bool {
	if p.sim != nil {
		return p.sim.park(w, int64(d))
	}
	return p.real.park(p, w, int64(d))
}

// Unpark gives q its permit; from is the calling thread, nil when the caller is none (a signal handler, a timer).
func (q *Proc) Unpark(from *Proc) {
	if q.sim != nil {
		q.sim.unpark(from)
		return
	}
	q.real.unpark()
}

// Sleep suspends the thread for d.
func (p *Proc) Sleep(d time.Duration) {
	if p.sim != nil {
		p.sim.sleep(int64(d))
		return
	}
	p.real.sleep(p, d)
}

// Block runs f, which blocks outside the machine (a system call, a read from a socket). While it runs the thread
// counts as alive but not runnable: no deadlock is reported. On simulated cores f runs at once, with no time passing
// but the cost of a system call.
func (p *Proc) Block(w Wait, f func()) {
	if p.sim != nil {
		p.sim.block(w, f)
		return
	}
	p.real.block(p, w, f)
}

// SetDaemon says that the machine need not wait for this thread's end.
func (p *Proc) SetDaemon(d bool) {
	if p.sim != nil {
		p.sim.setDaemon(d)
		return
	}
	p.real.setDaemon(p, d)
}
