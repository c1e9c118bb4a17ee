package contention

import (
	"unsafe"

	"gilt/internal/machine"
)

// Comprehensive: the strategy of Spear, Dalessandro, Marathe, Scott: "A comprehensive strategy for contention
// management in software transactional memory", PPoPP 2009: lazy acquire and extendable timestamps (the algorithm's
// part), randomised exponential backoff, priorities from consecutive aborts and from the user, visible reads for the
// prioritised only (Marks), retry, and inevitability as the highest priority.
//
//   - Priority: max(user priority, aborts in a row / factor, time lost / work), set at begin. The paper counts aborts
//     alone; in an interpreter an abort costs anything from a microsecond to a millisecond, so the work lost counts
//     too (0 switches either off).
//   - While executing: wait for the lock of a committer, at most tries times, then abort self. With locks held: never
//     wait. The paper's algorithm knows no other enemies; where enemies can be alive (encounter-time locks, visible
//     readers), a lower priority is killed, and for an equal or higher one abort self: two that wait with locks held
//     may wait for each other. A reader of equal priority dies, since writers win.
//   - After an abort: wait a random time below 2^min(max, aborts+min) ns, unless nobody else begins.
//   - After escalate aborts in a row: the top of the order, which is unique. The paper's is inevitability; a
//     transaction that may still retry or be cancelled cannot be made inevitable behind its back, so instead nobody
//     else begins until it has ended (the neck of hourglass), but those that starve themselves (join aborts in a row), so
//     that all the readers that a writer starves cost it one pause. The senior one inside has a priority above all
//     others, so nobody who is alive can stand in its way; but whoever runs already can commit against it, and so can
//     each of those that join; when they have committed they wait too. Hence no transaction aborts more than
//     escalate + 2*threads times in a row, as long as only commits abort it.
//   - Optionally, after split aborts in a row, ask for a shorter slice.
type comprehensive struct {
	base
	neck
	factor, min, max, tries, escalate, joins, split int
	work                                            int64
}

const (
	comprehensiveFactor   = 16      // OrecFair's KARMA_FACTOR
	comprehensiveWork     = 5000000 // ns lost for a level of priority: 16 aborted slices of 300 us
	comprehensiveMin      = 3
	comprehensiveMax      = 18 // OrecFair's 16 brings a long reader to escalate so soon that short writers lose a sixth of their time
	comprehensiveTries    = 8
	comprehensiveOffset   = 5 // the n-th wait for a committer is below 2^(n+5) ns
	comprehensiveEscalate = 18
	comprehensiveJoin     = 4
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
				{"tries", comprehensiveTries, "waits for a committer while executing"},
				{"escalate", comprehensiveEscalate, "aborts in a row after which nobody else begins; 0 never"},
				{"join", comprehensiveJoin, "aborts in a row from which others begin nevertheless"},
				{"split", comprehensiveSplit, "aborts in a row after which a shorter slice is asked for; 0 never"}}},
		make: func(v values) Manager {
			return &comprehensive{base: base{"comprehensive"}, factor: v.int("factor"), work: v.int64("work"),
				min: v.int("min"), max: v.int("max"), tries: v.int("tries"), escalate: v.int("escalate"), joins: v.int("join"), split: v.int("split")}
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
	l := m.level(s)
	if m.escalate > 0 {
		switch {
		case s.inside:
		case m.starving(s):
			s.inside = s.Aborts() >= m.escalate && m.take(p, s) || m.join(p, s)
		default:
			m.pass(p, s)
		}
		if s.escalated = s.inside && m.senior(s); s.escalated {
			l = PrioritySenior
		}
	}
	if l != s.prio.Load() {
		p.Write(unsafe.Pointer(&s.prio))
		s.prio.Store(l)
	}
}

// Conflict follows the priorities.
func (m *comprehensive) Conflict(p *machine.Proc, c *Conflict) Decision {
	me, e := c.Me, c.Enemy
	if e == nil {
		return m.patience(p, c)
	}
	mine, its := me.prio.Load(), e.prio.Load()
	active := c.Word.Status() == Active
	switch {
	case active && mine > its, active && mine == its && c.Kind == WR:
		return Decision{Action: AbortOther}
	case active:
		return m.giveUp(c)
	}
	return m.patience(p, c)
}

// patience waits for an enemy that is committing, which takes a moment.
func (m *comprehensive) patience(p *machine.Proc, c *Conflict) Decision {
	if c.Phase == Committing || c.Tries >= m.tries {
		return m.giveUp(c)
	}
	return Decision{Wait, randomWait(p, min(c.Tries+comprehensiveOffset, m.max)) + 1}
}

func (m *comprehensive) giveUp(c *Conflict) Decision {
	if m.split > 0 && c.Me.Aborts()+1 >= m.split {
		return Decision{Action: Split}
	}
	return Decision{Action: AbortSelf}
}

// Aborted backs off, unless the transaction has the way for itself. Whoever may pass a closed neck comes out at once.
func (m *comprehensive) Aborted(p *machine.Proc, s *State, _ *State) {
	if m.split > 0 && s.Aborts() >= m.split {
		s.WantSplit()
	}
	if s.escalated {
		return
	}
	ns := randomWait(p, min(m.max, s.Aborts()+m.min))
	if !m.starving(s) {
		if ns > 0 {
			p.Delay(ns)
		}
		return
	}
	for ns > 0 && m.closed.Load() == 0 {
		step := min(ns, pollStep)
		p.Delay(step)
		ns -= step
		p.Read(unsafe.Pointer(&m.closed))
	}
}

// starving says whether s may pass a neck that another has closed.
func (m *comprehensive) starving(s *State) bool {
	return m.escalate > 0 && s.Aborts() >= min(m.joins, m.escalate)
}

// Committed gives the earned priority up.
func (m *comprehensive) Committed(p *machine.Proc, s *State) {
	s.prio.Store(s.user.Load())
	if s.inside {
		s.inside, s.escalated = false, false
		m.leave(p, s)
	}
}

// Retrying gives the earned priority up.
func (m *comprehensive) Retrying(p *machine.Proc, s *State) { m.Committed(p, s) }

func (m *comprehensive) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, BacksOff: true, Serialises: true, Prioritises: true, Splits: m.split > 0}
}
