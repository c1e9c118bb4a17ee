package contention

import "gilt/internal/machine"

// Two-phase: short transactions are timid, long ones are greedy. A transaction with fewer than 10 writes has no
// number and aborts itself at every conflict; at its 10th write it draws a number, which it keeps until it commits.
// Then the older (smaller) number kills, the younger aborts itself, and a number beats none. After an abort a random
// wait that grows linearly. Dragojevic, Guerraoui, Kapalka: "Stretching transactional memory", PLDI 2009 (SwissTM).
// The smaller number wins, as in SwissTM's source.
type twophase struct {
	base
	clock  clock
	writes uint32
	unit   int64
}

const (
	twophaseWrites = 10
	twophaseUnit   = 2500 // ns: about SwissTM's 8000 cycles
)

func twophasePolicy() policy {
	return policy{
		Info: Info{Name: "twophase", Summary: "abort self below 10 writes, from then the older number wins",
			Paper: "Dragojevic, Guerraoui, Kapalka, PLDI 2009 (SwissTM)",
			Parameters: []Parameter{
				{"writes", twophaseWrites, "writes after which a transaction draws a number"},
				{"unit", twophaseUnit, "back off for a random time below aborts*unit ns"}}},
		make: func(v values) Manager {
			return &twophase{base: base{"twophase"}, writes: uint32(v.int("writes")), unit: v.int64("unit")}
		},
	}
}

// Open draws the number at the tenth write.
func (m *twophase) Open(s *State, _ uint64, write bool) {
	if write && s.writes == m.writes {
		m.clock.stamp(s)
		s.trouble |= troubleMet // so that Committed is called
	}
}

// Conflict compares the numbers; without one, abort self.
func (m *twophase) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy != nil && older(c.Me, c.Enemy) {
		return Decision{Action: AbortOther}
	}
	return Decision{Action: AbortSelf}
}

// Aborted backs off.
func (m *twophase) Aborted(p *machine.Proc, s *State, _ *State) {
	p.Delay(int64(p.Randn(uint64(int64(s.Aborts())*m.unit) + 1)))
}

// Committed gives the number up.
func (m *twophase) Committed(_ *machine.Proc, s *State) { s.stamp.Store(0) }

func (*twophase) Traits() Traits {
	return Traits{KnownEnemy: true, WantsOpen: true, BacksOff: true}
}
