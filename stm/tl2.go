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
	if w, ok := tx.written(c); ok {
		return w, true
	}
	v := tx.look(o)
	w := tx.peek(c)
	if v&lockBit == 0 && !tx.sawNewer(v) && tx.look(o) == v {
		tx.record(o, v)
		return w, true
	}
	return t.refuse(tx, o, c, v, w)
}

func (t tl2) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	v := tx.look(o)
	w := tx.peek(c)
	if v&lockBit == 0 && !tx.sawNewer(v) && tx.look(o) == v {
		return w, true
	}
	return t.refuse(tx, o, c, v, w)
}

// refuse dooms an attempt whose read was locked, newer than the snapshot, or changed between the looks.
func (t tl2) refuse(tx *Tx, o *Orec, c *Word, v uint64, w Word) (Word, bool) {
	if v&lockBit != 0 {
		return Word{}, tx.doom(tx.blame(ReadLocked, o, c, v))
	}
	if mutants && t.letPass(tx, o, v) {
		return w, true
	}
	if tx.sawNewer(v) && tx.s.clk == clockGV5 {
		tx.catchUp(v) // only readers move that clock: the next attempt must begin later
	}
	if n := tx.look(o); n != v {
		v = n
	}
	return Word{}, tx.doom(tx.blame(ReadVersion, o, c, v))
}

// letPass is where the injected bugs of the read are.
func (tl2) letPass(tx *Tx, o *Orec, v uint64) bool {
	switch tx.s.mutant {
	case mutSnapshotLate:
		if len(tx.reads) != 0 || tx.look(o) != v {
			return false
		}
		tx.sample()
	case mutNoSnapshotCheck:
		if tx.look(o) != v {
			return false
		}
	case mutNoSecondLook:
		if tx.sawNewer(v) {
			return false
		}
	default:
		return false
	}
	tx.record(o, v)
	return true
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
