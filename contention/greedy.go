package contention

import "gilt/internal/machine"

// Greedy: the first policy with a proven bound. A transaction draws a unique start number when it first starts and
// keeps it until it commits. Kill iff I am older, or the enemy is itself waiting; otherwise wait, and be seen to wait.
// The oldest transaction never waits and is never killed while it runs. Guerraoui, Herlihy, Pochon: "Toward a theory
// of transactional contention managers", PODC 2005. (DSTM2's GreedyManager kills the older.)
type greedy struct {
	base
	clock clock
	wait  int64
}

// greedyWait is how often a waiter looks whether its enemy has begun to wait, in ns; the wait itself has no limit.
const greedyWait = 1000

func greedyPolicy() policy {
	return policy{
		Info: Info{Name: "greedy", Summary: "kill the younger and whoever is waiting; wait for the older",
			Paper:      "Guerraoui, Herlihy, Pochon, PODC 2005",
			Parameters: []Parameter{{"wait", greedyWait, "ns between looks at the enemy; the number of looks has no limit"}}},
		make: func(v values) Manager { return &greedy{base: base{"greedy"}, wait: max(1, v.int64("wait"))} },
	}
}

// Begin gives the start number.
func (m *greedy) Begin(_ *machine.Proc, s *State) { m.clock.stamp(s) }

// Conflict kills the younger and the waiting, and waits for the older.
func (m *greedy) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy == nil || older(c.Me, c.Enemy) || c.Enemy.waiting.Load() {
		return Decision{Action: AbortOther}
	}
	return Decision{Wait, m.wait}
}

// Committed gives the number up.
func (m *greedy) Committed(_ *machine.Proc, s *State) { s.stamp.Store(0) }

func (*greedy) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, WantsBegin: true, WantsCommitted: true}
}
