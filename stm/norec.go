package stm

import (
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// norec: no ownership records, one sequence lock, validation by value (Dalessandro, Spear, Scott, "NOrec: streamlining
// STM by abolishing ownership records", PPoPP 2010).
//
//   - begin: wait until the sequence is even, remember it.
//   - read: the value; while the sequence is not the remembered one, validate (below) and read again; log cell and value.
//   - validate: wait for an even sequence; read every logged cell again and compare; a difference aborts; if the
//     sequence is still the same, it is the new snapshot.
//   - commit, update: CAS the sequence from the snapshot to odd, validating whenever that fails; write back; even again.
//
// That a value has come back to what it was is no change: silent stores and ABA are harmless, both halves of the cell
// being compared. Records are ignored (they may be nil). Livelock-free: an attempt aborts only when another has
// committed; one that validates more slowly than others commit gives up after some rounds. Privatization and publication are safe: write-backs are serial, and a doomed reader validates before it
// believes anything that was read after a commit.
type norec struct{ seqRedo }

func (norec) info() Info {
	return Info{
		Name:       "norec",
		Summary:    "one sequence lock, commit-time validation by value, redo log",
		Paper:      "Dalessandro, Spear, Scott, PPoPP 2010",
		Opaque:     true,
		Privatizes: true,
		Traits: contention.AlgorithmTraits{Name: "norec", Aborts: true, Enemies: contention.EnemiesCommitted,
			Manages: true},
	}
}

// valueEntry says that c had the value w when it was read.
type valueEntry struct {
	c *Word
	w Word
}

func (norec) begin(tx *Tx) { tx.seqBegin() }

func (n norec) load(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	w, ok := n.consistent(tx, c)
	if ok {
		if tx.wantOpen {
			tx.cm.Open(tx.placeOf(unsafe.Pointer(c)), false)
		}
		n := len(tx.values)
		if n == cap(tx.values) {
			tx.values = append(tx.values, valueEntry{})
		} else {
			tx.values = tx.values[:n+1]
		}
		e := &tx.values[n]
		e.c, e.w.P, e.w.B = c, w.P, w.B
	}
	return w, ok
}

func (n norec) unlogged(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	return n.consistent(tx, c)
}

func (n norec) consistent(tx *Tx, c *Word) (Word, bool) {
	w := tx.peek(c)
	if tx.s.is(mutSnapshotLate) && len(tx.values) == 0 {
		tx.seqBegin()
		return w, true
	}
	for tx.seqNow() != tx.seq && !tx.s.is(mutNoSnapshotCheck) {
		if !n.revalidate(tx, ReadValidation) {
			return Word{}, false
		}
		w = tx.peek(c)
	}
	return w, true
}

// norecRounds is how often validation starts over because somebody has committed meanwhile. A long reader among short
// writers would validate for ever: it gives up instead, so that the contention manager learns of its trouble.
const norecRounds = 16

// revalidate moves the snapshot to now, or dooms the attempt.
func (n norec) revalidate(tx *Tx, r Reason) bool {
	for i := 0; ; i++ {
		if i == norecRounds {
			return tx.overtaken(Overtaken, nil)
		}
		at := tx.seqAtRest()
		if i := n.stale(tx); i >= 0 && !tx.s.is(mutExtendUnvalidated) {
			tx.overtaken(r, tx.values[i].c)
			tx.why.Index = i
			return false
		}
		if tx.seqNow() == at {
			tx.seq, tx.snapKey = at, at>>1
			tx.stats.Extensions++
			return true
		}
	}
}

// stale is the place of the first logged value that is no longer there, -1 if all are.
func (norec) stale(tx *Tx) int {
	tx.p.Charge(machine.CostTxValidate, len(tx.values))
	for i := range tx.values {
		e := &tx.values[i]
		if tx.peek(e.c) != e.w {
			return i
		}
	}
	return -1
}

func (n norec) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	for !tx.seqLock() {
		if tx.s.is(mutNoCommitValidation) {
			tx.seq = tx.seqAtRest()
		} else if !n.revalidate(tx, CommitValidation) {
			return false
		}
	}
	if tx.seqBarred() {
		return false
	}
	tx.seqPublish()
	return true
}

func (n norec) extend(tx *Tx) bool { return n.revalidate(tx, ReadValidation) }

func (n norec) validate(tx *Tx) bool {
	return tx.seqNow() == tx.seq || n.revalidate(tx, ReadValidation)
}

func (n norec) irrevocable(tx *Tx) bool { return n.revalidate(tx, ReadValidation) }

func (n norec) changed(tx *Tx) bool {
	for {
		at := tx.seqAtRest()
		if n.stale(tx) >= 0 {
			return true
		}
		if tx.seqNow() == at {
			return false
		}
	}
}

func (norec) unlisted() bool { return false }
