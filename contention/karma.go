package contention

import "gilt/internal/machine"

// Karma: whoever has done more deserves to win. Karma grows by 1 with every object opened, is kept across aborts and
// is lost at commit. Kill iff tries + my karma > the enemy's, else wait a fixed time and try again; so the poorer one
// wins as soon as it has tried as often as it is poorer, plus one, and ties are decided at the second try. Scherer,
// Scott: "Advanced contention management for dynamic software transactional memory", PODC 2005; the wait stands for
// RSTM's about 1000 no-ops. (TinySTM's modular karma and DSTM2's KarmaManager do not follow the definition.)
type karma struct {
	base
	wait int64
}

const karmaWait = 1000 // ns

func karmaPolicy() policy {
	return policy{
		Info: Info{Name: "karma", Summary: "more objects opened wins; the poorer one tries and waits until tries make up for it",
			Paper:      "Scherer, Scott, PODC 2005",
			Parameters: []Parameter{{"wait", karmaWait, "fixed wait between tries, ns"}}},
		make: func(v values) Manager { return &karma{base{"karma"}, v.int64("wait")} },
	}
}

// Open earns karma.
func (*karma) Open(s *State, _ uint64, _ bool) { s.karma.Add(1) }

// richer is Karma's test, which eruption and polka share.
func richer(c *Conflict) bool {
	return c.Enemy == nil || int64(c.Tries)+c.Me.karma.Load() > c.Enemy.karma.Load()
}

// Conflict kills the poorer, and waits for the richer.
func (m *karma) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if richer(c) {
		return Decision{Action: AbortOther}
	}
	return Decision{Wait, m.wait}
}

// Committed spends the karma.
func (*karma) Committed(_ *machine.Proc, s *State) { s.karma.Store(0) }

func (*karma) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, WantsOpen: true, WantsCommitted: true}
}
