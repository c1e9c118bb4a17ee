package contention

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// neck is a passage that a starving transaction may close: while it is closed nobody else begins an attempt, so it
// soon runs alone. Attempts that run already go on, hence each of them can still abort it once. A policy may let
// others through that starve too (join); then the neck opens when the last of them has ended.
//
// closed is what State.Begin looks at: a shared word that is written almost never, so passing an open neck costs one
// load from the own cache. Begin hooks are called only when it is not zero. Somebody who has looked just before the
// neck closed counts as running already.
type neck struct {
	_       [64]byte
	closed  atomic.Uint32 // the number of transactions inside
	_       [60]byte
	mu      sync.Mutex // guards the rest and changes of closed; no hook of the machine inside
	inside  []*State
	waiting []*waiter
}

// gate makes the neck known to Bind.
func (n *neck) gate() *atomic.Uint32 { return &n.closed }

// within says whether s is inside. mu is held.
func (n *neck) within(s *State) bool {
	for _, x := range n.inside {
		if x == s {
			return true
		}
	}
	return false
}

// held says whether s is inside.
func (n *neck) held(s *State) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.within(s)
}

// senior says whether s is the one that has been inside for longest.
func (n *neck) senior(s *State) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.inside) > 0 && n.inside[0] == s
}

// pass waits while others have closed the neck.
func (n *neck) pass(p *machine.Proc, s *State) {
	for {
		p.Read(unsafe.Pointer(&n.closed))
		if n.closed.Load() == 0 {
			return
		}
		w := &waiter{p: p}
		p.RMW(unsafe.Pointer(&n.mu))
		n.mu.Lock()
		if len(n.inside) == 0 || n.within(s) {
			n.mu.Unlock()
			return
		}
		owner := n.inside[0].Thread()
		n.waiting = append(n.waiting, w)
		n.mu.Unlock()
		w.await(p, "starving transaction", owner)
	}
}

// take closes the neck for s, if nobody has.
func (n *neck) take(p *machine.Proc, s *State) bool { return n.enter(p, s, false) }

// join goes inside too, if the neck is closed.
func (n *neck) join(p *machine.Proc, s *State) bool { return n.enter(p, s, true) }

func (n *neck) enter(p *machine.Proc, s *State, closed bool) bool {
	p.RMW(unsafe.Pointer(&n.closed))
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.within(s) {
		return true
	}
	if (len(n.inside) > 0) != closed {
		return false
	}
	n.inside = append(n.inside, s)
	n.closed.Store(uint32(len(n.inside)))
	return true
}

// leave goes out, if s is inside; the last one opens the neck.
func (n *neck) leave(p *machine.Proc, s *State) {
	p.RMW(unsafe.Pointer(&n.closed))
	n.mu.Lock()
	for i, x := range n.inside {
		if x == s {
			n.inside = append(n.inside[:i], n.inside[i+1:]...)
			break
		}
	}
	n.closed.Store(uint32(len(n.inside)))
	var ws []*waiter
	if len(n.inside) == 0 {
		ws = n.waiting
		n.waiting = nil
	}
	n.mu.Unlock()
	for _, w := range ws {
		w.grant(p)
	}
}
