package contention

import "gilt/internal/machine"

// Comprehensive: the strategy of Spear, Dalessandro, Marathe, Scott: "A comprehensive strategy for contention
// management in software transactional memory", PPoPP 2009: lazy acquire and extendable timestamps (the algorithm's
// part), randomised exponential backoff, priorities from consecutive aborts and from the user, visible reads for the
// prioritised only (Marks), retry, and inevitability as the highest priority.
//
//   - Priority: max(user priority, aborts in a row / factor, time lost / work), set at begin. The paper counts aborts
//     alone; in an interpreter an abort costs anything from a microsecond to a millisecond, so the work lost counts
//     too (0 switches either off).
//   - While executing: wait for a lock of an equal, at most tries times; a lower priority is killed, if it still can
//     be, or waited for; a higher one is waited for in the same way and never killed. Then abort self.
//   - While committing, with locks held: never wait; kill a lower priority, abort self for all others. A reader of no
//     higher priority dies, since a committer wins.
//   - After an abort: wait a random time below 2^min(max, aborts+min) ns; prioritised transactions do not.
//   - After escalate aborts in a row: the top of the order, which is unique. The paper's is inevitability; a
//     transaction that may still retry or be cancelled cannot be made inevitable behind its back, so instead nobody
//     else begins until it has ended (the neck of hourglass). Whoever runs already can abort it once more, hence no
//     transaction aborts more than escalate + threads times in a row, under any algorithm.
//   - Optionally, after split aborts in a row, ask for a shorter slice.
type comprehensive struct {
	base
	neck
	factor, min, max, tries, escalate, split int
	work                                     int64
}

const (
	comprehensiveFactor   = 16      // OrecFair's KARMA_FACTOR
	comprehensiveWork     = 1000000 // ns lost for a level of priority
	comprehensiveMin      = 3
	comprehensiveMax      = 16
	comprehensiveTries    = 8
	comprehensiveEscalate = 32
	comprehensiveSplit    = 0
)

func comprehensivePolicy() policy {
	return policy{
		Info: Info{Name: "comprehensive", Summary: "backoff, priority by aborts, work lost and user, visible reads of the prioritised, right of way",
			Paper: "Spear, Dalessandro, Marathe, Scott, PPoPP 2009",
			Parameters: []Parameter{
				{"factor", comprehensiveFactor, "aborts in a row for a level of priority; 0 never"},
				{"work", comprehensiveWork, "ns lost for a level of priority; 0 never"},
				{"min", comprehensiveMin, "backoff: exponent added to the number of aborts"},
				{"max", comprehensiveMax, "backoff: largest exponent"},
				{"tries", comprehensiveTries, "waits for a lock of an equal while executing"},
				{"escalate", comprehensiveEscalate, "aborts in a row after which nobody else begins; 0 never"},
				{"split", comprehensiveSplit, "aborts in a row after which a shorter slice is asked for; 0 never"}}},
		make: func(v values) Manager {
			return &comprehensive{base: base{"comprehensive"}, factor: v.int("factor"), work: v.int64("work"),
				min: v.int("min"), max: v.int("max"), tries: v.int("tries"), escalate: v.int("escalate"), split: v.int("split")}
		},
	}
}

// level is the priority that s has earned.
func (m *comprehensive) level(s *State) int64 {
	l := s.user.Load()
	if m.factor > 0 {
		l = max(l, int64(s.Aborts()/m.factor))
	}
	if m.work > 0 {
		l = max(l, s.Lost()/m.work)
	}
	return l
}

// Begin sets the priority of the attempt.
func (m *comprehensive) Begin(p *machine.Proc, s *State) {
	if l := m.level(s); l != s.prio.Load() {
		s.prio.Store(l)
	}
	m.pass(p, s)
	if m.escalate > 0 && s.Aborts() >= m.escalate {
		for !m.take(p, s) {
			m.pass(p, s)
		}
		s.escalated = true
	}
}

// Conflict follows the priorities.
func (m *comprehensive) Conflict(p *machine.Proc, c *Conflict) Decision {
	me, e := c.Me, c.Enemy
	if m.split > 0 && me.Aborts()+1 >= m.split && c.Phase == Executing && c.Tries >= m.tries {
		return Decision{Action: Split}
	}
	if e != nil {
		mine, its := me.prio.Load(), e.prio.Load()
		if mine > its && c.Word.Status() == Active {
			return Decision{Action: AbortOther}
		}
		if c.Kind == WR && mine == its && (c.Phase == Committing || c.Tries >= m.tries) {
			return Decision{Action: AbortOther}
		}
		if mine > its && c.Phase == Executing { // it is committing: soon over
			return Decision{Wait, randomWait(p, m.min+min(c.Tries, m.max)) + 1}
		}
	}
	if c.Phase == Committing || c.Tries >= m.tries {
		return Decision{Action: AbortSelf}
	}
	return Decision{Wait, randomWait(p, m.min+min(c.Tries+4, m.max)) + 1}
}

// Aborted backs off, unless the transaction has priority.
func (m *comprehensive) Aborted(p *machine.Proc, s *State, _ *State) {
	if m.split > 0 && s.Aborts() >= m.split {
		s.WantSplit()
	}
	if m.level(s) > 0 {
		return
	}
	backOff(p, min(m.max, s.Aborts()+m.min))
}

// Committed gives the earned priority up.
func (m *comprehensive) Committed(p *machine.Proc, s *State) {
	s.prio.Store(s.user.Load())
	if s.escalated {
		s.escalated = false
		m.leave(p, s)
	}
}

// Retrying gives the earned priority up.
func (m *comprehensive) Retrying(p *machine.Proc, s *State) { m.Committed(p, s) }

func (m *comprehensive) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, BacksOff: true, Serialises: true, Prioritises: true, Splits: m.split > 0}
}
