package gil

// ticks is CPython's lock up to 2.7 and 3.1 (Python/ceval.c, PyEval_EvalFrameEx; thread_pthread.h). Every 101st tick
// the thread releases the lock and takes it again; nobody is asked, nobody is handed anything. On one core the
// release wakes a waiter that gets its turn when the operating system says so; on several the woken thread arrives
// some microseconds late and finds the lock taken again by the thread that has just released it.
//
// Invariants:
//   - ticker is touched by the holder only. A check comes when it falls below zero; a check leaves it non-negative.
//   - n ticks subtracted at once owe the checks that n single ticks would have made.
//   - While calls are pending, each tick is a check (CPython sets the ticker to zero in the signal handler; here the
//     handler sets a flag instead of writing to a word that is not its own, and the pinning begins at the next check,
//     at most 100 ticks later). It ends when the main thread has made the calls.
//
// What ticks, and that a check is skipped once before a try block, is the compiler's business.
//
// Variant A is sem_t, B a flag with mutex and condition variable: thread_pthread.h chooses A where there are POSIX
// semaphores (Linux), B elsewhere (OS X).

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

type ticks struct {
	core
	_       [64]byte
	ticker  int32
	variant Variant
	_       [56]byte
	sem     semaphore
	_       [56]byte
	mux     mutex
	cond    condvar
	taken   bool // variant B's flag, guarded by mux
	pending atomic.Bool
}

func newTicks(name string, opts Options) Lock {
	t := &ticks{variant: opts.Variant}
	t.init(name, opts)
	t.sem.init()
	t.ticker = t.check.Load()
	return t
}

func (t *ticks) Join(p *machine.Proc, breaker *atomic.Uint32) *Member {
	return t.join(p, breaker, true)
}

func (t *ticks) Leave(m *Member) { t.leave(m) }

func (t *ticks) Ticker() *int32 { return &t.ticker }

func (t *ticks) PendingCall(pinned bool) { t.pending.Store(pinned) }

func (t *ticks) Acquire(m *Member) {
	if t.try(m) {
		t.enter(m)
		return
	}
	t.block(m)
	t.wait(m)
	t.unblock(m)
}

func (t *ticks) ReacquireIO(m *Member) { t.Acquire(m) }

func (t *ticks) Release(m *Member) {
	t.exit(m, t.waiters(m))
	t.post(m)
}

// Yield makes the checks that are owed: release the lock and take it again.
func (t *ticks) Yield(m *Member) {
	p := m.proc
	period := t.check.Load() + 1
	p.Read(unsafe.Pointer(&t.pending))
	if t.pending.Load() {
		period = 1
	}
	if t.ticker >= 0 {
		return
	}
	checks := (-t.ticker-1)/period + 1
	t.ticker += checks * period
	for ; checks > 0; checks-- {
		m.st.Checks++
		t.note(m, t.waiters(m))
		t.post(m)
		switch {
		case !t.try(m):
			t.block(m)
			t.wait(m)
			t.regained(m)
		case t.last != m:
			t.retake(m)
		}
	}
}

func (t *ticks) waiters(m *Member) bool {
	if t.variant == Semaphore {
		return t.sem.contended(m.proc)
	}
	return false // unknown before the mutex is taken: post notes the site
}

// post releases the lock.
func (t *ticks) post(m *Member) {
	p := m.proc
	if t.variant == Semaphore {
		t.sem.post(p)
		return
	}
	t.mux.lock(p)
	t.note(m, t.cond.n > 0)
	t.taken = false
	t.cond.unlockSignal(p, &t.mux)
}

// try takes the lock if that needs no wait.
func (t *ticks) try(m *Member) bool {
	p := m.proc
	if t.variant == Semaphore {
		return t.sem.tryWait(p)
	}
	t.mux.lock(p)
	if t.taken {
		// The mutex is kept: wait goes on from here, as PyThread_acquire_lock does.
		return false
	}
	t.taken = true
	t.mux.unlock(p)
	return true
}

// wait takes the lock after a failed try.
func (t *ticks) wait(m *Member) {
	if t.variant == Semaphore {
		t.sem.wait(&t.core, m)
		return
	}
	p := m.proc
	for t.taken {
		t.cond.wait(p, &t.mux, waitForGIL, -1)
		if t.taken {
			t.woken(m)
		}
	}
	t.taken = true
	t.mux.unlock(p)
}
