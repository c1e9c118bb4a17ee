package contention

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// neck is a passage that one starving transaction may close: while it does, nobody else begins an attempt, so it
// soon runs alone. Attempts that run already go on, hence the holder can still be aborted once by each of them.
//
// closed is what State.Begin looks at: a shared word that is written almost never, so passing an open neck costs one
// load from the own cache. Begin hooks are called only when it is not zero. Somebody who has looked just before the
// neck closed counts as running already.
type neck struct {
	_       [64]byte
	closed  atomic.Uint32
	_       [60]byte
	holder  atomic.Pointer[State]
	_       [56]byte
	mu      sync.Mutex // guards waiting; no hook of the machine inside
	waiting []*waiter
}

// gate makes the neck known to Bind.
func (n *neck) gate() *atomic.Uint32 { return &n.closed }

// held says whether s has closed the neck.
func (n *neck) held(s *State) bool { return n.holder.Load() == s }

// pass waits while somebody else has closed the neck.
func (n *neck) pass(p *machine.Proc, s *State) {
	for {
		p.Read(unsafe.Pointer(&n.holder))
		h := n.holder.Load()
		if h == nil || h == s {
			return
		}
		w := &waiter{p: p}
		n.mu.Lock()
		if n.holder.Load() == nil {
			n.mu.Unlock()
			return
		}
		n.waiting = append(n.waiting, w)
		n.mu.Unlock()
		w.await(p, "starving transaction", h.Thread())
	}
}

// take tries once to close the neck for s.
func (n *neck) take(p *machine.Proc, s *State) bool {
	if n.held(s) {
		return true
	}
	p.RMW(unsafe.Pointer(&n.holder))
	if !n.holder.CompareAndSwap(nil, s) {
		return false
	}
	p.Write(unsafe.Pointer(&n.closed))
	n.closed.Store(1)
	return true
}

// leave opens the neck if s has closed it.
func (n *neck) leave(p *machine.Proc, s *State) {
	if !n.held(s) {
		return
	}
	p.Write(unsafe.Pointer(&n.holder))
	n.mu.Lock()
	n.closed.Store(0)
	n.holder.Store(nil)
	ws := n.waiting
	n.waiting = nil
	n.mu.Unlock()
	for _, w := range ws {
		w.grant(p)
	}
}
