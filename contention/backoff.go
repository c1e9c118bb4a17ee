package contention

import "gilt/internal/machine"

// Backoff: abort self, then wait a random time below 2^min(max, aborts+min) ns before the next attempt: randomised
// exponential backoff as in "Patient", the base of Spear, Dalessandro, Marathe, Scott: "A comprehensive strategy for
// contention management in software transactional memory", PPoPP 2009, with the constants of RSTM's OrecFair.
type backoff struct {
	base
	min, max int
}

const (
	backoffMin = 3  // exponent added to the number of consecutive aborts
	backoffMax = 16 // largest exponent: 65 us
)

func backoffPolicy() policy {
	return policy{
		Info: Info{Name: "backoff", Summary: "abort self, then back off for a random, exponentially growing time",
			Paper: "Spear, Dalessandro, Marathe, Scott, PPoPP 2009 (Patient)",
			Parameters: []Parameter{
				{"min", backoffMin, "exponent added to the number of consecutive aborts"},
				{"max", backoffMax, "largest exponent, waits are below 2^max ns"}}},
		make: func(v values) Manager { return &backoff{base{"backoff"}, v.int("min"), v.int("max")} },
	}
}

// Aborted waits.
func (m *backoff) Aborted(p *machine.Proc, s *State, _ *State) {
	backOff(p, min(m.max, s.Aborts()+m.min))
}

func (*backoff) Traits() Traits { return Traits{BacksOff: true} }
