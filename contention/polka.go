package contention

import "gilt/internal/machine"

// Polka: Karma's priorities with Polite's exponential random waits. Kill iff tries + my karma > the enemy's, else wait
// a random time below 2^(tries+7) ns. Scherer, Scott, PODC 2005, where it was the best all-round policy.
type polka struct {
	karma
	offset, max int
}

const (
	polkaOffset = 7
	polkaMax    = 26 // DSTM2's cap: a difference of hundreds must not mean waits of hours
)

func polkaPolicy() policy {
	return policy{
		Info: Info{Name: "polka", Summary: "karma with exponentially growing random waits",
			Paper: "Scherer, Scott, PODC 2005",
			Parameters: []Parameter{
				{"offset", polkaOffset, "the n-th wait is below 2^(n+offset) ns"},
				{"max", polkaMax, "largest exponent of a wait"}}},
		make: func(v values) Manager {
			return &polka{karma{base: base{"polka"}}, v.int("offset"), v.int("max")}
		},
	}
}

// Conflict kills the poorer, and waits for the richer.
func (m *polka) Conflict(p *machine.Proc, c *Conflict) Decision {
	if richer(c) {
		return Decision{Action: AbortOther}
	}
	return Decision{Wait, randomWait(p, min(c.Tries+m.offset, m.max))}
}
