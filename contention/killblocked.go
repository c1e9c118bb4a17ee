package contention

import "gilt/internal/machine"

// KillBlocked: whoever is itself blocked may be killed. A waiting transaction is seen to wait; kill iff the enemy
// waits, or after more than 16 tries, else wait a fixed time. Scherer, Scott, CSJP 2004; constants of RSTM.
type killblocked struct {
	base
	wait  int64
	tries int
}

const (
	killblockedWait  = 1000 // ns
	killblockedTries = 16
)

func killblockedPolicy() policy {
	return policy{
		Info: Info{Name: "killblocked", Summary: "kill an enemy that is itself waiting; others after 16 tries",
			Paper: "Scherer, Scott, CSJP 2004",
			Parameters: []Parameter{
				{"wait", killblockedWait, "fixed wait between tries, ns"},
				{"tries", killblockedTries, "kill after more than so many tries"}}},
		make: func(v values) Manager {
			return &killblocked{base{"killblocked"}, v.int64("wait"), v.int("tries")}
		},
	}
}

// Conflict kills the blocked, and waits for the others.
func (m *killblocked) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy == nil || c.Enemy.waiting.Load() || c.Tries > m.tries {
		return Decision{Action: AbortOther}
	}
	return Decision{Wait, m.wait}
}

func (*killblocked) Traits() Traits { return Traits{KnownEnemy: true, VisibleReaders: true} }
