// Futexes of the Linux kernel. Waiting goes through Syscall6, which tells Go's scheduler, so that a collection need not
// wait for us; waking never blocks and goes through RawSyscall6, which is cheaper.

package machine

import (
	"sync/atomic"
	"syscall"
	"unsafe"
)

const (
	kernelFutex = true

	opFutexWaitPrivate = 0 | 128
	opFutexWakePrivate = 1 | 128
)

// futexQueue is the kernel's business.
type futexQueue struct{}

// wait blocks while *word is val, at most for ns nanoseconds (for ever if negative).
func (futexQueue) wait(word *atomic.Uint32, val uint32, ns int64) futexResult {
	var ts *syscall.Timespec
	if ns >= 0 {
		t := syscall.NsecToTimespec(ns)
		ts = &t
	}
	_, _, e := syscall.Syscall6(syscall.SYS_FUTEX, uintptr(unsafe.Pointer(word)), opFutexWaitPrivate, uintptr(val),
		uintptr(unsafe.Pointer(ts)), 0, 0)
	switch e {
	case 0:
		return futexWoken
	case syscall.ETIMEDOUT:
		return futexTimeout
	default: // EAGAIN: another value; EINTR: a signal
		return futexChanged
	}
}

// wake wakes at most n waiters.
func (futexQueue) wake(word *atomic.Uint32, n int) int {
	r, _, e := syscall.RawSyscall6(syscall.SYS_FUTEX, uintptr(unsafe.Pointer(word)), opFutexWakePrivate, uintptr(n), 0, 0, 0)
	if e != 0 {
		return 0
	}
	return int(r)
}

// parkLocked is the slow path of Park for a thread that has an operating-system thread of its own: one futex on the
// permit word wakes it directly, where a channel would wake Go's scheduler first and then the thread.
func (r *realProc) parkLocked(parked uint32, ns int64) bool {
	var q futexQueue
	var deadline int64
	if ns >= 0 {
		deadline = nanotime() + ns
	}
	for {
		s := r.state.Load()
		if s == permitWaking {
			procyield(1) // a few instructions of the waker
			continue
		}
		if s != parked {
			break
		}
		left := int64(futexRecheck)
		if ns >= 0 {
			left = min(left, deadline-nanotime())
			if left <= 0 {
				if r.state.CompareAndSwap(parked, permitNone) {
					return false
				}
				break
			}
		}
		q.wait(&r.state, parked, left)
	}
	r.state.Swap(permitNone)
	return true
}

// unparkLocked gives the permit to what parks with parkLocked. There, unlike at a channel, the word alone lets the thread
// go on, so the thread is counted as active in a state of its own before the word says so.
func (r *realProc) unparkLocked() {
	if r.state.CompareAndSwap(permitParked, permitWaking) {
		r.machine.active.Add(1)
		r.state.Swap(permitGiven)
		futexQueue{}.wake(&r.state, 1)
		return
	}
	for {
		s := r.state.Load()
		if s == permitWaking {
			procyield(1) // another waker's few instructions
			continue
		}
		if s == permitParked {
			r.unparkLocked()
			return
		}
		if r.state.CompareAndSwap(s, permitGiven) {
			if s == permitParkedT {
				futexQueue{}.wake(&r.state, 1)
			}
			return
		}
	}
}
