// The real machine: threads are goroutines, time is the host's monotonic clock.
//
// Deadlock detection rests on one counter, active: the threads that are not blocked for ever, plus everything else
// that might still wake somebody (sleepers and timed waits count as active; so do threads in Block, and KeepAlive).
// A thread that begins an unlimited wait subtracts one for itself; whoever wakes it adds one on its behalf, before the
// woken thread can run (and wait again) and before the waker can itself stop being active. So when the counter reaches zero there is nobody left to wake anybody, exactly,
// with no lock and no clock in the path of a wake-up. Only wakers that are no threads of the machine and have not
// said KeepAlive are outside this argument.

package machine

import (
	"runtime"
	"runtime/debug"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// endGrace is how long Run waits for threads that an abnormal end has interrupted.
const endGrace = 100 * time.Millisecond

// RealConfig says how a machine on real cores is to be.
type RealConfig struct {
	Seed          uint64 // of the threads' random streams
	Cores         int    // at most so many slices run at once (see EnterSlice); 0 = GOMAXPROCS
	LockOSThreads bool   // every thread of Go gets an operating-system thread of its own
}

// NewReal makes a machine on real cores. It runs once.
func NewReal(c RealConfig) *Machine {
	if c.Cores <= 0 {
		c.Cores = runtime.GOMAXPROCS(0)
	}
	m := &Machine{}
	r := &realMachine{m: m, config: c, base: nanotime(), done: make(chan struct{}), quit: make(chan struct{}),
		gone: make(chan struct{})}
	r.rate.init()
	r.tickets.init(c.Cores)
	m.impl = r
	return m
}

// realMachine is a machine on real cores.
type realMachine struct {
	m      *Machine
	config RealConfig
	base   int64
	rate   cycleRate
	nextID atomic.Int64

	_       [128]byte
	active  atomic.Int64 // see the top of the file
	_       [120]byte
	live    atomic.Int64 // threads that have not ended, for admission
	closed  atomic.Bool
	returns atomic.Int64 // unlimited futex waits that nobody has woken and that have ended all the same
	_       [110]byte

	tickets tickets

	mu       sync.Mutex // guards the rest
	threads  map[*Proc]struct{}
	alive    int // threads that are not daemons
	started  bool
	finished bool
	err      error
	panicked *ThreadPanic
	hook     func(*Deadlock) bool
	done     chan struct{} // closed when the run has ended
	quit     chan struct{} // closed at the same time: ends sleeps
	gone     chan struct{} // closed when, after that, no thread is left
}

func (r *realMachine) cores() int      { return r.config.Cores }
func (r *realMachine) simulated() bool { return false }
func (r *realMachine) now() int64      { return nanotime() - r.base }

func (r *realMachine) onDeadlock(f func(*Deadlock) bool) {
	r.mu.Lock()
	r.hook = f
	r.mu.Unlock()
}

func (r *realMachine) keepAlive(delta int64) {
	if r.active.Add(delta) == 0 {
		r.stuck()
	}
}

// uncredit takes n out of the count of active threads.
func (r *realMachine) uncredit(n int64) { r.keepAlive(-n) }

func (r *realMachine) newProc(name string) *Proc {
	p := &Proc{m: r.m, id: int(r.nextID.Add(1) - 1), name: name}
	p.rng = streamSeed(r.config.Seed, p.id)
	p.real.machine = r
	p.real.counter = r.rate.counter
	p.real.wake = make(chan struct{}, 1)
	return p
}

// streamSeed is the start of thread id's random stream.
func streamSeed(seed uint64, id int) uint64 {
	p := Proc{rng: seed}
	p.rng = p.Rand() ^ uint64(id)*0xd1342543de82ef95
	return p.Rand()
}

// Adopt makes a Proc for the calling goroutine, which the machine has not started: Go programs that use
// transactions as a library, tests, benchmarks. Adopted threads take no part in deadlock detection, and Run does not
// wait for them. A simulated machine cannot adopt: Adopt panics.
func (m *Machine) Adopt(name string) *Proc {
	r, ok := m.impl.(*realMachine)
	if !ok {
		panic("machine: a simulated machine cannot adopt a goroutine")
	}
	p := r.newProc(name)
	p.real.adopted = true
	return p
}

func (r *realMachine) run(main func(*Proc)) error {
	r.mu.Lock()
	if r.started {
		r.mu.Unlock()
		panic("machine: Run called twice")
	}
	r.started = true
	r.mu.Unlock()
	r.spawn("main", main, goOptions{})
	<-r.done
	if r.err != nil || r.panicked != nil {
		// Threads that were waiting are ending now: let them, so that their deferred calls do not run
		// beside the caller. Those that compute, or are in Block, cannot be waited for.
		select {
		case <-r.gone:
		case <-time.After(endGrace):
		}
	}
	if r.panicked != nil {
		panic(r.panicked)
	}
	return r.err
}

func (r *realMachine) spawn(name string, f func(*Proc), o goOptions) *Proc {
	p := r.newProc(name)
	p.real.locked = o.locked || r.config.LockOSThreads
	r.mu.Lock()
	if r.threads == nil {
		r.threads = map[*Proc]struct{}{}
	}
	r.threads[p] = struct{}{}
	r.alive++
	r.mu.Unlock()
	r.active.Add(1)
	r.live.Add(1)
	go r.thread(p, f)
	return p
}

// thread is the body of a thread's goroutine.
func (r *realMachine) thread(p *Proc, f func(*Proc)) {
	if p.real.locked {
		runtime.LockOSThread() // not unlocked: the operating-system thread ends with its goroutine
	}
	returned := false
	defer func() {
		if !returned {
			// A panic, or Goexit: recover gives nil for the latter, and the goroutine ends all the same.
			if v := recover(); v != nil {
				r.finish(nil, &ThreadPanic{Thread: p.id, Name: p.name, Value: v, Stack: debug.Stack()})
			}
		}
		r.exit(p)
	}()
	if !r.closed.Load() {
		f(p)
	}
	returned = true
}

// exit takes an ended thread out of the books.
func (r *realMachine) exit(p *Proc) {
	p.LeaveSlice()
	r.live.Add(-1)
	r.mu.Lock()
	delete(r.threads, p)
	if r.finished && len(r.threads) == 0 {
		close(r.gone)
	}
	last := false
	if !p.real.daemon {
		r.alive--
		last = r.alive == 0
	}
	r.mu.Unlock()
	if last {
		r.finish(nil, nil)
	}
	if r.active.Add(-1) == 0 {
		r.stuck()
	}
}

func (r *realMachine) stop(err error) { r.finish(err, nil) }

// finish ends the run: Run returns, and threads that are left end where they wait next.
func (r *realMachine) finish(err error, tp *ThreadPanic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finished {
		return
	}
	if len(r.threads) == 0 {
		close(r.gone)
	}
	r.finished, r.err, r.panicked = true, err, tp
	r.closed.Store(true)
	close(r.quit)
	close(r.done)
	for p := range r.threads {
		p.real.unpark()
		p.real.unwedge()
	}
}

// stuck is called when the counter of active threads has reached zero.
func (r *realMachine) stuck() {
	returns := r.returns.Load()
	r.mu.Lock()
	if r.finished || r.alive == 0 || r.active.Load() != 0 {
		r.mu.Unlock()
		return
	}
	d := &Deadlock{Time: r.now()}
	for p := range r.threads {
		q := &p.real
		q.report.Lock()
		wait, since, moved := q.wait, q.since, q.futex.moved()
		q.report.Unlock()
		if moved {
			r.mu.Unlock() // its wait is about to end by itself
			return
		}
		d.Threads = append(d.Threads, ThreadState{ID: p.id, Name: p.name, Daemon: q.daemon, Wait: wait, Since: since})
	}
	hook := r.hook
	// Has a wait ended by itself while we looked? Its thread counts itself as active, then the return, then strikes the wait off. So if
	// we missed the wait, we see the return; and if neither, the thread is active now, or its word has not changed.
	if r.returns.Load() != returns || r.active.Load() != 0 {
		r.mu.Unlock() // that thread has been active, and will be back here
		return
	}
	r.mu.Unlock()
	sort.Slice(d.Threads, func(i, j int) bool { return d.Threads[i].ID < d.Threads[j].ID })
	if hook != nil && hook(d) {
		return
	}
	r.finish(d, nil)
}
