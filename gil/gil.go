// Package gil holds interpreter locks: every design by which Python implementations have let one thread at a time
// run bytecode, each exact enough that its pathologies show (lost wake-ups, priority inversion, the convoy effect).
//
// A [Lock] belongs to one interpreter and is a value: sub-interpreters each have their own. A thread of the VM takes
// part by [Lock.Join], which gives it a [Member]; everything else is done through that member, by the thread itself.
// A lock asks its holder to give way by setting [DropRequest] in the holder's eval breaker, one word per thread which
// the VM tests (whole word, != 0) at its yield points; the VM then calls [Lock.Yield], which does exactly what the
// design does there. The design "ticks" has no requests: the VM counts CPython 2.7's ticks in the word that
// [Lock.Ticker] points to and calls Yield when it falls below zero.
//
// Invariants:
//   - At most one member holds a lock (for "rw": one writer, or any number of readers).
//   - A member's methods are called by its own thread only; Join is called by the thread that takes part.
//   - Counters are plain words, written by the member's thread while it holds the lock: no atomics on the hot path.
//     [Lock.Stats] is therefore called by a holder (for "rw": a writer), or when no member runs.
//   - Every wait, clock reading and futex goes through internal/machine, so the same code runs on simulated cores.
package gil

import (
	"fmt"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"gilt/internal/machine"
)

// The bits of a thread's eval breaker. The VM tests the whole word against zero at its yield points, and only then
// asks which bits are set. The lock itself sets and clears DropRequest only; the others are the VM's, and stand here
// because both sides share the word (as CPython 3.13's tstate->eval_breaker).
const (
	DropRequest uint32 = 1 << iota // somebody waits for the lock: call Lock.Yield
	Signal                         // a signal has arrived (main thread)
	PendingCall                    // calls wait to be made
	AsyncExc                       // another thread has thrown an exception into this one
	Stop                           // stop the world: park until told to go on
	SliceEnd                       // the slice has reached its length
	Sim                            // the simulator wants the thread at its scheduler
	Publish                        // the second thread is starting: publish what is reachable
	Finalize                       // the interpreter ends: a daemon thread must not go on
	Memory                         // the collector has found little room left
)

// Defaults of Options.
const (
	DefaultInterval      = 5 * time.Millisecond // sys.getswitchinterval of CPython 3.2 and later
	DefaultCheckInterval = 100                  // sys.getcheckinterval of CPython 2.3 to 3.1
	DefaultAging         = 50 * time.Millisecond
)

// Lock is one interpreter's lock.
type Lock interface {
	// Name is the design's name, as in List.
	Name() string

	// Join makes the calling thread, p's, take part. breaker is the thread's eval breaker, in which the lock sets and
	// clears DropRequest. The thread does not hold the lock yet. Designs that stand on futexes bind the goroutine to
	// its operating-system thread until Leave.
	Join(p *machine.Proc, breaker *atomic.Uint32) *Member
	// Leave ends the part of m, which must not hold the lock.
	Leave(m *Member)

	// Acquire blocks until m holds the lock.
	Acquire(m *Member)
	// Release gives the lock up voluntarily: before I/O, before a wait, at the thread's end.
	Release(m *Member)
	// Yield is what the design does at a yield point that it has asked for: when DropRequest is set in the breaker,
	// or, for "ticks", when the ticker has fallen below zero. m holds the lock before and afterwards.
	Yield(m *Member)
	// ReacquireIO is Acquire after blocking I/O; only "priority" tells the two apart ("beazley" has learnt what it
	// needs at Release).
	ReacquireIO(m *Member)

	// SetInterval sets how long a waiter is patient (sys.setswitchinterval); at least a microsecond.
	SetInterval(d time.Duration)
	// Interval is sys.getswitchinterval.
	Interval() time.Duration
	// SetCheckInterval sets the number of ticks between checks (sys.setcheckinterval): "ticks" only, others remember it.
	SetCheckInterval(n int)
	// CheckInterval is sys.getcheckinterval.
	CheckInterval() int

	// Ticker is the word that "ticks" counts down, nil for the other designs. Only the holder may touch it: a TICK
	// instruction of n ticks subtracts n and calls Yield if the word is then negative. Yield takes what was
	// subtracted too much into account, so that a check comes every CheckInterval+1 ticks however they are batched.
	Ticker() *int32

	// PendingCall says that a call waits for the main thread (true), or no longer does (false). Under "ticks" this pins the
	// ticker to zero, so that every tick is a check, as CPython 2's did after Ctrl-C; elsewhere it does nothing.
	PendingCall(pinned bool)

	// Stats is what has happened so far. See the package's invariants for who may call it.
	Stats() Stats
}

// RW is a lock that can be held for reading by many members at once: the design "rw". Acquire is AcquireWrite, Release
// gives up whichever side is held, and Yield comes back in the mode that was held.
type RW interface {
	Lock
	// AcquireRead blocks until m holds the lock for reading.
	AcquireRead(m *Member)
	// AcquireWrite blocks until m holds the lock for writing, alone.
	AcquireWrite(m *Member)
	// Upgrade releases the read side and takes the write side. Others may have written in between: whatever was done
	// since AcquireRead must be undone and run again. It is counted as an upgrade.
	Upgrade(m *Member)
	// Downgrade turns the write side into the read side without letting a writer in between.
	Downgrade(m *Member)
	// Writing says whether m holds the write side.
	Writing(m *Member) bool
}

// Variant is the operating system's primitive under "ticks".
type Variant uint8

const (
	Semaphore Variant = iota // variant A: sem_t as glibc has it (Linux)
	MutexCond                // variant B: mutex, condition variable and a flag (OS X)
)

// Options are what New may be told; the zero value is every design's default.
type Options struct {
	Interval      time.Duration // patience of a waiter; 0 = DefaultInterval ("rw": DefaultInterval/50)
	CheckInterval int           // ticks between checks; 0 = DefaultCheckInterval
	Variant       Variant       // primitive under "ticks"
	Aging         time.Duration // "beazley": how long a CPU-bound waiter can be passed over; 0 = DefaultAging, negative = for ever
	Events        Events        // hooks, nil = none
	// Goroutines makes "interval", "priority" and "beazley" wait as goroutines instead of operating-system threads in the kernel's
	// queues: for hosts that want a lock which goes well with Go's scheduler, not one to study.
	Goroutines bool
	// SiteName translates the numbers that members' Site callbacks return into "file:line". nil: sites stay numbers.
	SiteName func(site uint64) string
}

// Events are hooks for timelines; now is the machine's clock in nanoseconds. They run on the member's thread and must
// neither block nor touch the lock. A nil Events costs one comparison.
type Events interface {
	Ready(m *Member, now int64)     // m wants the lock
	Running(m *Member, now int64)   // m has got it
	Suspended(m *Member, now int64) // m has given it up
}

// RetryEvents is an Events that also wants to see failed wake-ups (the red of a gilvis picture).
type RetryEvents interface {
	Events
	Retried(m *Member, now int64) // m was woken, and found the lock taken
}

// Info describes a design.
type Info struct {
	Name  string
	Doc   string // one line
	Ticks bool   // the VM must count ticks (compile TICK instructions)
	RW    bool   // the lock is an RW
}

// design is one entry of the list of designs.
type design struct {
	Info
	make func(name string, opts Options) Lock
}

// designs is the one list of names; never written after initialisation.
var designs = []design{
	{Info{Name: "ticks", Doc: "CPython <= 3.1: a check every 100 ticks, signal, take it again; no hand-off", Ticks: true}, newTicks},
	{Info{Name: "interval", Doc: "CPython >= 3.2: drop request after 5 ms, forced switch"}, newInterval},
	{Info{Name: "priority", Doc: "the new GIL as first posted (October 2009): interval with priority requests after I/O"}, newPriority},
	{Info{Name: "beazley", Doc: "forced off = CPU-bound, voluntary = I/O-bound, which pre-empts; two queues, ageing"}, newBeazley},
	{Info{Name: "fifo", Doc: "first come, first served: direct hand-off to the longest waiter"}, newFIFO},
	{Info{Name: "rw", Doc: "distributed readers, one phase-fair writer; for the rw regime", RW: true}, newRW},
}

// List describes every design, in the order in which they should be shown.
func List() []Info {
	out := make([]Info, len(designs))
	for i, d := range designs {
		out[i] = d.Info
	}
	return out
}

// New makes a lock of the named design.
func New(name string, opts Options) (Lock, error) {
	for _, d := range designs {
		if d.Name == name {
			return d.make(d.Name, opts), nil
		}
	}
	names := make([]string, len(designs))
	for i, d := range designs {
		names[i] = d.Name
	}
	sort.Strings(names)
	return nil, fmt.Errorf("unknown interpreter lock %q (known: %s)", name, strings.Join(names, ", "))
}

// Member is a thread's part in a lock.
type Member struct {
	proc    *machine.Proc
	breaker *atomic.Uint32
	site    func() uint64
	id      int
	bound   bool // the goroutine is bound to its operating-system thread

	counters

	// The designs' own: each is guarded as the design says.
	next, prev *Member     // queue of waiters
	granted    atomic.Bool // handoff: the lock is m's
	cpuBound   bool        // beazley: the class
	writing    bool        // rw: holds the write side; m's own
	flag       readFlag    // rw
}

// Proc is the thread.
func (m *Member) Proc() *machine.Proc { return m.proc }

// ID numbers the members of a lock in the order of their joins, from 0.
func (m *Member) ID() int { return m.id }

// SetSite sets the callback that says where in the program the member is. It is called on the member's own thread,
// when it gives the lock up while somebody waits; the waiter's time is booked on the site. It must be cheap and must
// not block.
func (m *Member) SetSite(f func() uint64) { m.site = f }
