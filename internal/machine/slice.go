// Admission of slices: no more of them run at once than there are cores.
//
// Somebody who holds ownership records and loses its core makes everybody else wait for a scheduler's quantum, so a
// thread takes one of the machine's tickets when it begins a slice and returns it at the end. As long as there are no
// more threads than cores no ticket is taken at all.

package machine

import "sync/atomic"

// tickets is a counting semaphore: one atomic operation when there is no contention, a channel when there is.
type tickets struct {
	free  atomic.Int64 // tickets left; negative: so many wait
	_     [120]byte
	queue chan struct{} // a token for each waiter that has been granted a ticket
}

// maxWaiters bounds the tokens that may be under way at once; they have no size.
const maxWaiters = 1 << 30

func (t *tickets) init(n int) {
	t.free.Store(int64(n))
	t.queue = make(chan struct{}, maxWaiters)
}

func (t *tickets) take() {
	if t.free.Add(-1) < 0 {
		<-t.queue
	}
}

func (t *tickets) give() {
	if t.free.Add(1) <= 0 {
		t.queue <- struct{}{}
	}
}

// EnterSlice waits until fewer than Cores slices run. Park, Sleep, Block and Futex give the ticket up while they wait.
// On a simulated machine, whose scheduler never runs more threads than there are cores, it does nothing.
func (p *Proc) EnterSlice() {
	if p.sim != nil || p.real.inSlice {
		return
	}
	p.real.inSlice = true
	if m := p.real.machine; p.real.adopted || m.live.Load() > int64(m.config.Cores) {
		m.tickets.take()
		p.real.ticket = true
	}
}

// LeaveSlice is the end of what EnterSlice began; without one it does nothing.
func (p *Proc) LeaveSlice() {
	if p.sim != nil {
		return
	}
	p.real.inSlice = false
	if p.real.ticket {
		p.real.ticket = false
		p.real.machine.tickets.give()
	}
}

// suspendSlice leaves the slice before a wait and says whether there was one to come back to.
func (p *Proc) suspendSlice() bool {
	in := p.real.inSlice
	if in {
		p.LeaveSlice()
	}
	return in
}
