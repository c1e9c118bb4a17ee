package contention

import (
	"sync"
	"unsafe"

	"gilt/internal/machine"
)

// Steal-on-abort, for threads that cannot hand their work over: the winner takes the loser along, and lets it go when
// it commits. Here the loser's thread sleeps until then, so the pair does not meet again. Ansari, Lujan, Kotselidis,
// Jarvis, Kirkham, Watson: "Steal-on-abort: improving transactional memory performance through dynamic transaction
// reordering", HiPEAC 2009. Whoever finds the conflict loses.
//
// Nobody sleeps behind a sleeper, so sleepers form no cycles and every chain ends at a running transaction; its
// commit, its end by an exception, or its own going to sleep in retry wakes those behind it. When the winner is
// unknown or has ended already there is nothing to wait for.
type stealonabort struct {
	base
	mu   sync.Mutex // no hook of the machine inside
	gang map[*State]*following
}

// following is who sleeps behind one transaction.
type following struct {
	asleep  bool // the transaction itself sleeps
	waiters []*waiter
}

func stealonabortPolicy() policy {
	return policy{
		Info: Info{Name: "stealonabort", Summary: "abort self and sleep until the winner commits",
			Paper: "Ansari, Lujan, Kotselidis, Jarvis, Kirkham, Watson, HiPEAC 2009"},
		make: func(values) Manager {
			return &stealonabort{base: base{"stealonabort"}, gang: map[*State]*following{}}
		},
	}
}

func (m *stealonabort) of(s *State) *following {
	f := m.gang[s]
	if f == nil {
		f = new(following)
		m.gang[s] = f
	}
	return f
}

// Conflict remembers which transaction of the enemy's won, and aborts self. The count is read before the look at the
// word: while the attempt still lives, its transaction has not been counted; otherwise there may be nobody left who
// would wake a sleeper.
func (m *stealonabort) Conflict(_ *machine.Proc, c *Conflict) Decision {
	c.Me.cold.winner = nil
	if c.Enemy != nil {
		n := c.Enemy.finished.Load()
		if w := c.Enemy.Word(); w.Epoch() == c.Word.Epoch() && w.Live() {
			c.Me.cold.winner, c.Me.cold.winnerEnded = c.Enemy, n
		}
	}
	return Decision{Action: AbortSelf}
}

// Aborted sleeps until the winner has ended.
func (m *stealonabort) Aborted(p *machine.Proc, s *State, enemy *State) {
	e := s.cold.winner
	if e == nil || enemy != e {
		return
	}
	s.cold.winner = nil
	w := &waiter{p: p}
	p.RMW(unsafe.Pointer(&m.mu))
	m.mu.Lock()
	f := m.of(e)
	if f.asleep || e.finished.Load() != s.cold.winnerEnded {
		m.mu.Unlock()
		return
	}
	f.waiters = append(f.waiters, w)
	me := m.of(s)
	me.asleep = true
	m.mu.Unlock()

	w.await(p, "winner of a conflict", e.Thread())

	p.RMW(unsafe.Pointer(&m.mu))
	m.mu.Lock()
	me.asleep = false
	if len(me.waiters) == 0 {
		delete(m.gang, s)
	}
	m.mu.Unlock()
}

// release wakes whoever sleeps behind s.
func (m *stealonabort) release(p *machine.Proc, s *State) {
	p.RMW(unsafe.Pointer(&m.mu))
	m.mu.Lock()
	s.finished.Add(1)
	var ws []*waiter
	if f := m.gang[s]; f != nil {
		ws = f.waiters
		delete(m.gang, s)
	}
	m.mu.Unlock()
	for _, w := range ws {
		w.grant(p)
	}
}

// Committed wakes whoever sleeps behind the transaction.
func (m *stealonabort) Committed(p *machine.Proc, s *State) { m.release(p, s) }

// Retrying wakes whoever sleeps behind the transaction: it may be waiting for them.
func (m *stealonabort) Retrying(p *machine.Proc, s *State) { m.release(p, s) }

func (*stealonabort) Traits() Traits { return Traits{KnownEnemy: true, WantsCommitted: true} }
