package contention

import "gilt/internal/machine"

// Eruption: Karma under pressure. While a transaction waits it adds the karma that it has not given away yet to the
// enemy that blocks it, so that whoever blocks many soon wins against everybody and gets out of the way. Scherer,
// Scott, PODC 2005. The kill test is Karma's. (DSTM2 kills after the square of the difference instead.)
type eruption struct{ karma }

func eruptionPolicy() policy {
	return policy{
		Info: Info{Name: "eruption", Summary: "karma, and whoever waits adds its karma to the enemy's",
			Paper:      "Scherer, Scott, PODC 2005",
			Parameters: []Parameter{{"wait", karmaWait, "fixed wait between tries, ns"}}},
		make: func(v values) Manager { return &eruption{karma{base{"eruption"}, v.int64("wait")}} },
	}
}

// Conflict kills the poorer; a richer one is given what has not been given away, and waited for.
func (m *eruption) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if richer(c) {
		return Decision{Action: AbortOther}
	}
	s := c.Me
	if k := s.karma.Load(); k > s.cold.donated {
		c.Enemy.karma.Add(k - s.cold.donated)
		s.cold.donated = k
	}
	return Decision{Wait, m.wait}
}
