package contention

import "gilt/internal/machine"

// Kindergarten: take turns. A thread remembers the enemies that it has yielded to. At the first meeting it waits up
// to 100 times 1 us, then aborts itself and remembers the enemy; at the next meeting the enemy has had its turn: kill
// it and forget. Scherer, Scott, CSJP 2004; constants of RSTM. (DSTM2's KindergartenManager never remembers.)
type kindergarten struct {
	base
	wait  int64
	tries int
}

const (
	kindergartenWait  = 1000 // ns
	kindergartenTries = 100
)

func kindergartenPolicy() policy {
	return policy{
		Info: Info{Name: "kindergarten", Summary: "yield to an enemy once, kill it at the next meeting",
			Paper: "Scherer, Scott, CSJP 2004",
			Parameters: []Parameter{
				{"wait", kindergartenWait, "fixed wait between tries, ns"},
				{"tries", kindergartenTries, "abort self after so many tries"}}},
		make: func(v values) Manager {
			return &kindergarten{base{"kindergarten"}, v.int64("wait"), v.int("tries")}
		},
	}
}

// favours are the enemies that a thread has yielded to.
type favours struct{ enemies []*State }

func (f *favours) index(e *State) int {
	for i, x := range f.enemies {
		if x == e {
			return i
		}
	}
	return -1
}

// Conflict takes turns.
func (m *kindergarten) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy == nil {
		return Decision{Action: AbortSelf}
	}
	f, _ := c.Me.cold.ext.(*favours)
	if f == nil {
		f = new(favours)
		c.Me.cold.ext = f
	}
	if i := f.index(c.Enemy); i >= 0 {
		last := len(f.enemies) - 1
		f.enemies[i] = f.enemies[last]
		f.enemies[last] = nil
		f.enemies = f.enemies[:last]
		return Decision{Action: AbortOther}
	}
	if c.Tries < m.tries {
		return Decision{Wait, m.wait}
	}
	f.enemies = append(f.enemies, c.Enemy)
	return Decision{Action: AbortSelf}
}

func (*kindergarten) Traits() Traits { return Traits{KnownEnemy: true, VisibleReaders: true} }
