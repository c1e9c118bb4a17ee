package contention

import "gilt/internal/machine"

// Serializer: Greedy's order with a new number for every attempt, and no waiting: the older kills, the younger aborts
// itself. Nobody grows old, so nobody is safe: it shows what keeping the number is worth. From RSTM (University of
// Rochester, releases 3 to 5).
type serializer struct {
	base
	clock clock
}

func serializerPolicy() policy {
	return policy{
		Info: Info{Name: "serializer", Summary: "a new number at every attempt; the older kills, the younger aborts itself",
			Paper: "RSTM, University of Rochester, 2006-2009"},
		make: func(values) Manager { return &serializer{base: base{"serializer"}} },
	}
}

// Begin draws a new number.
func (m *serializer) Begin(_ *machine.Proc, s *State) { m.clock.renew(s) }

// Conflict compares the numbers.
func (m *serializer) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy == nil || older(c.Me, c.Enemy) {
		return Decision{Action: AbortOther}
	}
	return Decision{Action: AbortSelf}
}

func (*serializer) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, WantsBegin: true}
}
