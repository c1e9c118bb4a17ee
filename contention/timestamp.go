package contention

import (
	"sync/atomic"

	"gilt/internal/machine"
)

// Timestamp: the older transaction wins, but not if it seems dead. A transaction takes a stamp when it first starts
// and keeps it until it commits. Kill a younger enemy at once. For an older one wait in fixed intervals; at half of
// the tries put it under suspicion, and at the last kill it. An enemy that opens an object meanwhile clears itself:
// then the tries go back to 2 and the limit doubles. Scherer, Scott, CSJP 2004; constants of RSTM. Stamps are
// numbers drawn from a counter, so there are no ties. (RSTM's own test kills the older, with stamps of whole seconds.)
type timestamp struct {
	base
	clock clock
	wait  int64
	tries int
}

const (
	timestampWait  = 1000 // ns
	timestampTries = 8
	timestampAlive = 2 // tries start again here after a sign of life
)

// clock gives numbers that grow, from 1; 0 is no number.
type clock struct {
	_ [64]byte
	n atomic.Int64
	_ [56]byte
}

// stamp gives s a number if it has none.
func (c *clock) stamp(s *State) {
	if s.stamp.Load() == 0 {
		c.renew(s)
	}
}

// renew gives s the next number.
func (c *clock) renew(s *State) { s.stamp.Store(c.n.Add(1)) }

// older says whether a has the smaller number; having one beats having none. Ties (both without) are nobody's.
func older(a, b *State) bool {
	x, y := a.stamp.Load(), b.stamp.Load()
	return x != 0 && (y == 0 || x < y)
}

func timestampPolicy() policy {
	return policy{
		Info: Info{Name: "timestamp", Summary: "the older wins; an older one without a sign of life is killed after 8 waits",
			Paper: "Scherer, Scott, CSJP 2004",
			Parameters: []Parameter{
				{"wait", timestampWait, "fixed wait between tries, ns"},
				{"tries", timestampTries, "kill an enemy under suspicion after so many tries"}}},
		make: func(v values) Manager {
			return &timestamp{base: base{"timestamp"}, wait: v.int64("wait"), tries: max(2, v.int("tries"))}
		},
	}
}

// vigil is how far a transaction is in waiting for one enemy.
type vigil struct{ tries, limit int }

// Begin gives the stamp.
func (m *timestamp) Begin(_ *machine.Proc, s *State) { m.clock.stamp(s) }

// Open is a sign of life.
func (m *timestamp) Open(s *State, _ uint64, _ bool) {
	if s.defunct.Load() != 0 {
		s.defunct.Store(0)
	}
}

// Conflict kills the younger, and waits for the older until it seems dead.
func (m *timestamp) Conflict(_ *machine.Proc, c *Conflict) Decision {
	if c.Enemy == nil || older(c.Me, c.Enemy) {
		return Decision{Action: AbortOther}
	}
	v, _ := c.Me.cold.ext.(*vigil)
	if v == nil {
		v = new(vigil)
		c.Me.cold.ext = v
	}
	if c.Tries == 0 {
		*v = vigil{limit: m.tries}
	}
	switch {
	case v.tries >= v.limit && c.Enemy.defunct.Load() != 0:
		return Decision{Action: AbortOther}
	case v.tries >= v.limit:
		v.tries = timestampAlive
		v.limit *= 2
	case v.tries == v.limit/2:
		c.Enemy.defunct.Store(1)
	}
	v.tries++
	return Decision{Wait, m.wait}
}

// Committed gives the stamp up.
func (m *timestamp) Committed(_ *machine.Proc, s *State) {
	s.stamp.Store(0)
	s.defunct.Store(0)
}

func (*timestamp) Traits() Traits {
	return Traits{KnownEnemy: true, VisibleReaders: true, WantsBegin: true, WantsOpen: true, WantsCommitted: true}
}
