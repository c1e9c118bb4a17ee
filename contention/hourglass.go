package contention

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Hourglass: a neck that everybody must pass when somebody starves. A transaction that has aborted more than twice in
// a row takes a global token with one CAS; while it is held nobody begins an attempt; it is given back at commit. So
// the holder soon runs alone. From RSTM, release 7. Variants: strong (a starving transaction waits until it gets the
// token, instead of trying once at each begin) and with randomised backoff after aborts.
type hourglass struct {
	base
	aborts  int
	strong  bool
	backoff bool

	_       [64]byte
	token   atomic.Pointer[State]
	_       [56]byte
	mu      sync.Mutex // guards waiting; no hook of the machine inside
	waiting []*waiter
}

const (
	hourglassAborts     = 2 // more than so many in a row
	hourglassBackoffMin = 3
	hourglassBackoffMax = 16
)

func hourglassPolicy() policy {
	return policy{
		Info: Info{Name: "hourglass", Summary: "after more than 2 aborts in a row take a token; while it is held nobody else begins",
			Paper: "RSTM 7, 2013",
			Parameters: []Parameter{
				{"aborts", hourglassAborts, "take the token after more than so many aborts in a row"},
				{"strong", 0, "1: wait until the token is obtained"},
				{"backoff", 0, "1: randomised exponential backoff after aborts"}}},
		make: func(v values) Manager {
			return &hourglass{base: base{"hourglass"}, aborts: v.int("aborts"), strong: v.is("strong"), backoff: v.is("backoff")}
		},
	}
}

// Begin waits while somebody else has the token, and takes it when the transaction starves.
func (m *hourglass) Begin(p *machine.Proc, s *State) {
	for {
		p.Read(unsafe.Pointer(&m.token))
		if h := m.token.Load(); h != nil && h != s {
			m.wait(p, h)
			continue
		}
		if s.Aborts() <= m.aborts || m.token.Load() == s {
			return
		}
		p.RMW(unsafe.Pointer(&m.token))
		if m.token.CompareAndSwap(nil, s) || !m.strong && m.token.Load() == nil {
			return
		}
	}
}

// wait waits until h has given the token back.
func (m *hourglass) wait(p *machine.Proc, h *State) {
	w := &waiter{p: p}
	m.mu.Lock()
	if m.token.Load() == nil {
		m.mu.Unlock()
		return
	}
	m.waiting = append(m.waiting, w)
	m.mu.Unlock()
	w.await(p, "hourglass token", h.Thread())
}

// release gives the token back and lets everybody go on.
func (m *hourglass) release(p *machine.Proc, s *State) {
	p.Read(unsafe.Pointer(&m.token))
	if m.token.Load() != s {
		return
	}
	p.Write(unsafe.Pointer(&m.token))
	m.mu.Lock()
	m.token.Store(nil)
	ws := m.waiting
	m.waiting = nil
	m.mu.Unlock()
	for _, w := range ws {
		w.grant(p)
	}
}

// Aborted backs off, if asked to.
func (m *hourglass) Aborted(p *machine.Proc, s *State, _ *State) {
	if m.backoff && m.token.Load() != s {
		backOff(p, min(hourglassBackoffMax, s.Aborts()+hourglassBackoffMin))
	}
}

// Committed gives the token back.
func (m *hourglass) Committed(p *machine.Proc, s *State) { m.release(p, s) }

// Retrying gives the token back: the sleeper may wait for those whom the token keeps from beginning.
func (m *hourglass) Retrying(p *machine.Proc, s *State) { m.release(p, s) }

// Traits: commits of transactions that never aborted cannot hold the token.
func (m *hourglass) Traits() Traits {
	return Traits{WantsBegin: true, Serialises: true, BacksOff: m.backoff}
}
