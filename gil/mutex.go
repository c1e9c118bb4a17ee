package gil

// A mutex and a condition variable on futexes: what pthread_mutex_t and pthread_cond_t are on Linux, as far as the new
// GIL uses them. Go's own sync.Mutex and sync.Cond are no substitute: they park goroutines in queues of their own, and
// the tails of the latencies under the new GIL are those of the kernel's queue.
//
// mutex is U. Drepper's "Mutex, Take 3" (Futexes Are Tricky, 2011), which is also glibc's normal mutex: 0 free, 1 taken,
// 2 taken and perhaps somebody sleeps. condvar is a sequence number: a waiter sleeps as long as it has not moved. A
// wake-up may be spurious, as POSIX allows; every user has its own loop or, where the original has none (the forced
// switch), can bear it.

import (
	"time"
	"unsafe"

	"gilt/internal/machine"
)

type mutex struct {
	futex machine.Futex
}

// waitForMutex is what a thread at one of the lock's own short critical sections is doing, for people.
var waitForMutex = machine.Wait{What: "the interpreter lock's mutex", Owner: -1}

func (x *mutex) lock(p *machine.Proc) {
	w := x.futex.Word()
	p.RMW(unsafe.Pointer(w))
	if w.CompareAndSwap(0, 1) {
		return
	}
	// From here on the mutex is taken as "slept upon", because somebody else may still sleep.
	for {
		p.RMW(unsafe.Pointer(w))
		if w.Swap(2) == 0 {
			return
		}
		x.futex.Wait(p, waitForMutex, 2)
	}
}

func (x *mutex) unlock(p *machine.Proc) {
	w := x.futex.Word()
	p.RMW(unsafe.Pointer(w))
	if w.Swap(0) == 2 {
		x.futex.Wake(p, 1)
	}
}

// condvar is used under one mutex; n, the number of its waiters, is guarded by it.
type condvar struct {
	futex machine.Futex
	n     int
}

// wait releases the mutex, sleeps until a signal or for d (d < 0: no limit), takes the mutex again, and says whether
// the limit passed without a signal.
func (c *condvar) wait(p *machine.Proc, x *mutex, w machine.Wait, d time.Duration) (timedOut bool) {
	word := c.futex.Word()
	p.Read(unsafe.Pointer(word))
	seq := word.Load()
	c.n++
	x.unlock(p)
	p.Read(unsafe.Pointer(word)) // the kernel's look
	if d < 0 {
		c.futex.Wait(p, w, seq)
	} else {
		timedOut = !c.futex.WaitTimeout(p, w, seq, d)
	}
	x.lock(p)
	c.n--
	return timedOut
}

// signal wakes one waiter. The caller holds the mutex.
func (c *condvar) signal(p *machine.Proc) {
	if c.n == 0 {
		return
	}
	c.bump(p)
	c.futex.Wake(p, 1)
}

// unlockSignal releases the mutex and then wakes one waiter, as pthread_cond_signal after the mutex does.
func (c *condvar) unlockSignal(p *machine.Proc, x *mutex) {
	if c.n == 0 {
		x.unlock(p)
		return
	}
	c.bump(p)
	x.unlock(p)
	c.futex.Wake(p, 1)
}

func (c *condvar) bump(p *machine.Proc) {
	p.RMW(unsafe.Pointer(c.futex.Word()))
	c.futex.Word().Add(1)
}
