// Futex: wait for, and wake at, a 32-bit word. (Franke, Russell, Kirkwood: "Fuss, Futexes and Furwocks", OLS 2002.)
//
// Some lock designs cannot be studied with anything else: a waiter that the kernel has woken competes with the thread
// that released the lock a moment ago, and usually loses. Channels and sync.Cond hand over differently and hide it.
// On Linux these are the kernel's futexes; elsewhere a queue with the same contract. On a simulated machine the
// queue is modelled: a system call, a wake-up latency, first come first served.
//
// Deadlock detection: an unlimited wait takes its thread out of the count of active threads; a wake puts back as many
// as it wakes, on their behalf and before it does; a thread whose wait ends otherwise puts itself back.

package machine

import (
	"sync/atomic"
	"time"
)

// Futex is a 32-bit word that threads can wait at. Its zero value is ready. It must not be copied.
type Futex struct {
	word  atomic.Uint32
	queue futexQueue // real machines
	soft  *softQueue // instead of queue
	sim   simFutex   // simulated machines
}

// futexResult says why a wait has ended.
type futexResult uint8

const (
	futexWoken   futexResult = iota
	futexChanged             // the word had another value, or the wait was disturbed
	futexTimeout
)

// futexRecheck bounds a wait in the kernel, so that an ended run leaves nobody behind; callers see a spurious wake.
const futexRecheck = time.Second

// futexWait is a thread's unlimited wait on a word, for deadlock detection. f is nil when there is none.
type futexWait struct {
	f   *Futex
	val uint32
}

// moved says that the word has changed meanwhile: the wait will end by itself.
func (w futexWait) moved() bool { return w.f != nil && w.f.word.Load() != w.val }

// Soft lets Go's scheduler do what the kernel would: whoever waits is a goroutine that waits, not an operating-system thread. It
// is called before the word is used.
func (f *Futex) Soft() { f.soft = new(softQueue) }

func (f *Futex) waitQueue(val uint32, ns int64) futexResult {
	if f.soft != nil {
		return f.soft.wait(&f.word, val, ns)
	}
	return f.queue.wait(&f.word, val, ns)
}

func (f *Futex) wakeQueue(n int) int {
	if f.soft != nil {
		return f.soft.wake(&f.word, n)
	}
	return f.queue.wake(&f.word, n)
}

// Word is the word. Its accesses need the Proc's hooks as any other shared word's do.
func (f *Futex) Word() *atomic.Uint32 { return &f.word }

// Wait blocks while the word is val, until Wake. It may return for no reason: callers re-check in a loop.
func (f *Futex) Wait(p *Proc, w Wait, val uint32) { f.wait(p, w, val, -1) }

// WaitTimeout is Wait with a limit; it is false when the limit has passed.
func (f *Futex) WaitTimeout(p *Proc, w Wait, val uint32, d time.Duration) bool {
	return f.wait(p, w, val, max(int64(d), 0))
}

// Wake wakes at most n waiters and says how many it has woken.
func (f *Futex) Wake(p *Proc, n int) int {
	if p.sim != nil {
		return p.sim.futexWake(f, n)
	}
	// On their behalf, and before the wake: a woken thread may begin its next wait before the system call returns here.
	m := p.real.machine
	m.active.Add(int64(n))
	woken := f.wakeQueue(n)
	if woken < n && m.active.Add(int64(woken-n)) == 0 {
		m.stuck()
	}
	return woken
}

func (f *Futex) wait(p *Proc, w Wait, val uint32, d int64) bool {
	if p.sim != nil {
		return p.sim.futexWait(f, w, val, d)
	}
	r := &p.real
	r.quitIfClosed()
	reenter := p.suspendSlice()
	var res futexResult
	if d < 0 && !r.adopted {
		f.waitForever(r, w, val)
	} else {
		if d < 0 {
			d = int64(futexRecheck)
		}
		res = f.waitQueue(val, d)
		if res == futexWoken {
			r.machine.uncredit(1) // we had not taken ourselves out of the count
		}
	}
	r.quitIfClosed()
	if reenter {
		p.EnterSlice()
	}
	return res != futexTimeout
}

func (f *Futex) waitForever(r *realProc, w Wait, val uint32) {
	r.report.Lock()
	r.wait, r.since = w, r.now()
	r.futex = futexWait{f, val}
	r.report.Unlock()
	if r.machine.active.Add(-1) == 0 {
		r.machine.stuck()
	}
	res := futexChanged
	if !r.machine.closed.Load() {
		res = f.waitQueue(val, int64(futexRecheck))
	}
	if res != futexWoken {
		// In this order, and before the wait is struck off: see stuck.
		r.machine.active.Add(1)
		r.machine.returns.Add(1)
	}
	r.report.Lock()
	r.futex = futexWait{}
	r.report.Unlock()
}

// unwedge ends a futex wait when the run has ended.
func (r *realProc) unwedge() {
	r.report.Lock()
	w := r.futex
	r.report.Unlock()
	if w.f != nil {
		w.f.wakeQueue(maxWaiters)
	}
}
