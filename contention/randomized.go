package contention

import "gilt/internal/machine"

// Randomized: toss a coin: kill the enemy, or abort self. Scherer, Scott: "Contention management in dynamic software
// transactional memory", CSJP 2004. The coin is fair unless it is asked to be otherwise.
type randomized struct {
	base
	kill uint64 // chance of a kill, in 2^-32
}

const randomizedKill = 0.5

func randomizedPolicy() policy {
	return policy{
		Info: Info{Name: "randomized", Summary: "toss a coin: kill the enemy or abort self",
			Paper:      "Scherer, Scott, CSJP 2004",
			Parameters: []Parameter{{"kill", randomizedKill, "probability of killing the enemy"}}},
		make: func(v values) Manager {
			return &randomized{base{"randomized"}, uint64(v["kill"] * (1 << 32))}
		},
	}
}

// Conflict tosses.
func (m *randomized) Conflict(p *machine.Proc, _ *Conflict) Decision {
	if p.Randn(1<<32) < m.kill {
		return Decision{Action: AbortOther}
	}
	return Decision{Action: AbortSelf}
}

func (*randomized) Traits() Traits { return Traits{KnownEnemy: true, VisibleReaders: true} }
