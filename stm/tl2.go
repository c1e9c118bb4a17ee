package stm

import (
	"fmt"

	"gilt/contention"
)

// tl2: Transactional Locking II (Dice, Shalev, Shavit, DISC 2006): lazy without extension.
//
//   - read: record, value, record again; locked, changed or newer than the snapshot aborts at once.
//   - commit, update: lock the written records; fetch-and-add the global clock; unless nobody else has committed since
//     the snapshot (version = snapshot + 1), validate; write back; release with the version.
//
// As in the paper, a record that is written but was not read may be newer than the snapshot (RSTM's LLT aborts there).
// Locks are taken with the bounded patience that the paper allows; see orecs.go. Options.Clock may be gv1, the
// default, gv4 or gv5.
//
// Privatization: not by itself, as lazy.
type tl2 struct{ redo }

func (tl2) info() Info {
	return Info{
		Name:    "tl2",
		Summary: "ownership records, commit-time locking, global clock, no extension",
		Paper:   "Dice, Shalev, Shavit, DISC 2006",
		Opaque:  true,
		Clocks:  true,
		Traits: contention.AlgorithmTraits{Name: "tl2", Aborts: true, Enemies: contention.EnemiesClash,
			Manages: true},
	}
}

func (tl2) setup(s *System, o *Options) error {
	switch {
	case o.Clock == "":
		s.clk = clockGV1
	case s.clk == clockStriped:
		return fmt.Errorf("algorithm tl2 needs a global clock (gv1, gv4, gv5), not %q", o.Clock)
	}
	return nil
}

func (t tl2) load(tx *Tx, o *Orec, c *Word) (Word, bool) {
	w, v, ok := t.look(tx, o, c)
	if ok && v != ownWrite {
		tx.record(o, v)
	}
	return w, ok
}

func (t tl2) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) {
	w, _, ok := t.look(tx, o, c)
	return w, ok
}

// ownWrite stands for the version of a pending value. It is no version: it is locked.
const ownWrite = ^uint64(0)

func (tl2) look(tx *Tx, o *Orec, c *Word) (Word, uint64, bool) {
	if w, ok := tx.written(c); ok {
		return w, ownWrite, true
	}
	v := tx.look(o)
	w := tx.peek(c)
	if tx.s.is(mutSnapshotLate) && len(tx.reads) == 0 && v&lockBit == 0 && tx.look(o) == v {
		tx.sample()
		return w, v, true
	}
	switch {
	case v&lockBit != 0:
		return Word{}, 0, tx.doom(tx.blame(ReadLocked, o, c, v))
	case tx.sawNewer(v) && !tx.s.is(mutNoSnapshotCheck):
		if tx.s.clk == clockGV5 {
			tx.catchUp(v) // only readers move that clock: the next attempt must begin later
		}
		return Word{}, 0, tx.doom(tx.blame(ReadVersion, o, c, v))
	}
	if n := tx.look(o); n != v && !tx.s.is(mutNoSecondLook) {
		return Word{}, 0, tx.doom(tx.blame(ReadVersion, o, c, n))
	}
	return w, v, true
}

func (tl2) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	tx.put(o, c, w, stamped)
	return true
}

func (tl2) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	return tx.commitRedo(func(v uint64) bool {
		if tx.s.is(mutShortcut) {
			return seqOf(v) <= tx.seen[0]+2
		}
		return tx.s.clk == clockGV1 && seqOf(v) == tx.seen[0]+1
	})
}
