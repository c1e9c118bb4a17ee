// Waiting on a real machine: permits, sleeps, blocking calls, spinning.
//
// A thread's permit is one atomic word. Park's fast paths touch only that word; its slow path blocks on a channel
// of capacity one that lives as long as the thread, so nothing is allocated per wait. Exactly one token is sent for
// each change from a parked state to permit, and exactly one is received.

package machine

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// States of a thread's permit word.
const (
	permitNone    uint32 = iota
	permitGiven          // the next Park returns at once
	permitParked         // blocked without limit, not counted as active
	permitParkedT        // blocked with a limit or adopted: counted as active (or never counted)
	permitWaking         // about to become permitGiven: its waker is counting it as active (locked threads only)
)

// realProc is a thread's state on a real machine.
type realProc struct {
	machine *realMachine
	state   atomic.Uint32
	counter bool // cycles are the counter's
	locked  bool // has an operating-system thread of its own
	adopted bool
	daemon  bool // guarded by machine.mu
	ticket  bool // holds one of the machine's tickets (EnterSlice)
	inSlice bool
	wake    chan struct{}
	timer   *time.Timer

	// What it waits for. Who looks for deadlocks reads it when nobody seems active, but waits at futexes end by themselves, and
	// their threads may meanwhile be on their way into the next.
	report sync.Mutex
	wait   Wait
	since  int64
	futex  futexWait
}

func (r *realProc) now() int64 { return nanotime() - r.machine.base }

// quitIfClosed ends the thread when its machine's run has ended.
func (r *realProc) quitIfClosed() {
	if r.machine.closed.Load() && !r.adopted {
		runtime.Goexit()
	}
}

func (r *realProc) spin(round int) {
	if round < spinRounds && r.machine.config.Cores > 1 {
		pauseRound(round)
		return
	}
	r.yield()
}

func (r *realProc) yield() {
	r.quitIfClosed()
	gosched()
}

func (r *realProc) delay(ns int64) { delayReal(ns, r.yield) }

// park waits for a permit; d < 0 means without limit.
func (r *realProc) park(p *Proc, w Wait, d int64) bool {
	if r.state.Load() == permitGiven {
		r.state.Swap(permitNone) // a swap: it makes the waker's writes visible
		r.quitIfClosed()
		return true
	}
	if d == 0 {
		r.quitIfClosed()
		return false
	}
	reenter := p.suspendSlice()
	if !r.adopted { // reports of deadlocks know nothing of the others
		r.report.Lock()
		r.wait, r.since = w, r.now()
		r.report.Unlock()
	}
	var woken bool
	if d < 0 {
		woken = r.parkForever()
	} else {
		woken = r.parkFor(time.Duration(d))
	}
	r.quitIfClosed()
	if reenter {
		p.EnterSlice()
	}
	return woken
}

func (r *realProc) parkForever() bool {
	parked := permitParked
	if r.adopted {
		parked = permitParkedT
	}
	if r.state.CompareAndSwap(permitNone, parked) {
		if !r.adopted && r.machine.active.Add(-1) == 0 {
			r.machine.stuck()
		}
		if kernelFutex && r.locked {
			return r.parkLocked(parked, -1)
		}
		<-r.wake
	}
	r.state.Swap(permitNone)
	return true
}

func (r *realProc) parkFor(d time.Duration) bool {
	if !r.state.CompareAndSwap(permitNone, permitParkedT) {
		r.state.Swap(permitNone)
		return true
	}
	if kernelFutex && r.locked {
		return r.parkLocked(permitParkedT, int64(d))
	}
	if r.timer == nil {
		r.timer = time.NewTimer(d)
	} else {
		r.timer.Reset(d) // no stale tick: timers' channels are synchronous since Go 1.23
	}
	select {
	case <-r.wake:
		r.timer.Stop()
	case <-r.timer.C:
		if r.state.CompareAndSwap(permitParkedT, permitNone) {
			return false
		}
		<-r.wake // a waker was faster: its token is on the way
	}
	r.state.Swap(permitNone)
	return true
}

func (r *realProc) unpark() {
	if kernelFutex && r.locked {
		r.unparkLocked()
		return
	}
	switch r.state.Swap(permitGiven) {
	case permitParked:
		r.machine.active.Add(1) // on its behalf, before it can run
		r.wake <- struct{}{}
	case permitParkedT:
		r.wake <- struct{}{}
	}
}

func (r *realProc) sleep(p *Proc, d time.Duration) {
	r.quitIfClosed()
	if d <= 0 {
		gosched()
		return
	}
	reenter := p.suspendSlice()
	if r.timer == nil {
		r.timer = time.NewTimer(d)
	} else {
		r.timer.Reset(d)
	}
	if r.adopted {
		<-r.timer.C
	} else {
		select {
		case <-r.timer.C:
		case <-r.machine.quit:
			r.timer.Stop()
		}
	}
	r.quitIfClosed()
	if reenter {
		p.EnterSlice()
	}
}

func (r *realProc) block(p *Proc, _ Wait, f func()) {
	r.quitIfClosed()
	reenter := p.suspendSlice()
	f()
	r.quitIfClosed()
	if reenter {
		p.EnterSlice()
	}
}

func (r *realProc) setDaemon(p *Proc, d bool) {
	m := r.machine
	m.mu.Lock()
	_, known := m.threads[p]
	change := known && d != r.daemon
	last := false
	if change {
		r.daemon = d
		if d {
			m.alive--
			last = m.alive == 0
		} else {
			m.alive++
		}
	}
	m.mu.Unlock()
	if last {
		m.finish(nil, nil)
	}
}
