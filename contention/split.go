package contention

import "gilt/internal/machine"

// Split: abort self, and end the slice earlier next time. Interpreters may end a slice at any yield point, so a
// slice that keeps losing can be cut instead of starved; classic managers have no such answer. Between the cuts it
// backs off as "backoff" does. Transactions that must not be cut (atomic blocks, Go programs) take it for an abort.
type split struct {
	backoff
	after int
}

const splitAfter = 1 // aborts in a row from which a cut is asked for

func splitPolicy() policy {
	return policy{
		Info: Info{Name: "split", Summary: "abort self and end the slice earlier next time, with backoff",
			Paper: "this project",
			Parameters: []Parameter{
				{"after", splitAfter, "ask for a shorter slice from so many aborts in a row"},
				{"min", backoffMin, "exponent added to the number of consecutive aborts"},
				{"max", backoffMax, "largest exponent, waits are below 2^max ns"}}},
		make: func(v values) Manager {
			return &split{backoff{base{"split"}, v.int("min"), v.int("max")}, v.int("after")}
		},
	}
}

// Conflict cuts.
func (m *split) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Me.Aborts()+1 >= m.after {
		return Decision{Action: Split}
	}
	return Decision{Action: AbortSelf}
}

// Aborted cuts too: most conflicts are found when the enemy has committed.
func (m *split) Aborted(p *machine.Proc, s *State, enemy *State) {
	if s.Aborts() >= m.after {
		s.WantSplit()
	}
	m.backoff.Aborted(p, s, enemy)
}

func (*split) Traits() Traits { return Traits{BacksOff: true, Splits: true} }
