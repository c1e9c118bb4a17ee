package contention

import "gilt/internal/machine"

// Aggressive: always kill the enemy, never wait. Herlihy, Luchangco, Moir, Scherer: "Software transactional memory
// for dynamic-sized data structures", PODC 2003. Two of them can kill each other for ever (FriendlyFire).
type aggressive struct{ base }

func aggressivePolicy() policy {
	return policy{
		Info: Info{Name: "aggressive", Summary: "always kill the enemy",
			Paper: "Herlihy, Luchangco, Moir, Scherer, PODC 2003"},
		make: func(values) Manager { return &aggressive{base{"aggressive"}} },
	}
}

// Conflict always kills.
func (*aggressive) Conflict(*machine.Proc, *Conflict) Decision { return Decision{Action: AbortOther} }

func (*aggressive) Traits() Traits { return Traits{KnownEnemy: true} }
