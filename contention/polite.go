package contention

import "gilt/internal/machine"

// Polite: give the enemy an exponentially growing number of chances. At the n-th try on one object (n counts from 0)
// wait a random time below 2^(n+offset) ns; after 22 tries kill. Herlihy, Luchangco, Moir, Scherer, PODC 2003;
// constants of RSTM. (DSTM2's Backoff has offset 2 and a cap of 2^26.)
type polite struct {
	base
	offset, tries, max int
}

const (
	politeOffset = 7
	politeTries  = 22
	politeMax    = 29 // politeOffset + politeTries: no cap of its own
)

func politePolicy() policy {
	return policy{
		Info: Info{Name: "polite", Summary: "wait exponentially growing random times for the enemy, then kill it",
			Paper: "Herlihy, Luchangco, Moir, Scherer, PODC 2003 (RSTM's constants)",
			Parameters: []Parameter{
				{"offset", politeOffset, "the n-th wait is below 2^(n+offset) ns"},
				{"tries", politeTries, "kill after so many tries"},
				{"max", politeMax, "largest exponent of a wait"}}},
		make: func(v values) Manager {
			return &polite{base{"polite"}, v.int("offset"), v.int("tries"), v.int("max")}
		},
	}
}

// Conflict waits, and kills when the tries are used up.
func (m *polite) Conflict(p *machine.Proc, c *Conflict) Decision {
	if c.Tries >= m.tries {
		return Decision{Action: AbortOther}
	}
	return Decision{Wait, randomWait(p, min(c.Tries+m.offset, m.max))}
}

func (*polite) Traits() Traits { return Traits{KnownEnemy: true, VisibleReaders: true} }
