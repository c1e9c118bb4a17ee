package stm

import (
	"gilt/contention"
	"gilt/internal/machine"
)

// tml: transactional mutex locks (Dalessandro, Dice, Scott, Shavit, Spear, Euro-Par 2010): many optimistic readers, or
// one writer in place.
//
//   - begin: wait until the sequence is even, remember it.
//   - read: the value, then the sequence; moved: abort. The writer just reads.
//   - first write: CAS the sequence from the snapshot to odd, or abort; from then on nobody can disturb us.
//   - commit: read-only: nothing; the writer makes the sequence even again, two further.
//
// A writer never aborts by conflict. That the program can still give it up (retry, an exception, a savepoint) needs an
// undo log, which the paper's version does without. A rolled back writer leaves the sequence two further as well, since
// readers may have seen what it wrote between two looks.
//
// There is no read log: a sleeper in retry is woken by every commit. Irrevocable transactions take the writer's lock
// at once, and nobody else runs until they end: the price of having no metadata. Privatization and publication are
// safe: nobody survives another's write.
type tml struct{ seqRedo }

func (tml) info() Info {
	return Info{
		Name:       "tml",
		Summary:    "one sequence lock: optimistic readers or one writer in place",
		Paper:      "Dalessandro, Dice, Scott, Shavit, Spear, Euro-Par 2010",
		Opaque:     true,
		Privatizes: true,
		Traits: contention.AlgorithmTraits{Name: "tml", Aborts: true, Enemies: contention.EnemiesCommitted,
			Manages: true},
	}
}

func (tml) begin(tx *Tx) {
	tx.wrote, tx.touched = false, false
	tx.seqBegin()
}

func (t tml) load(tx *Tx, o *Orec, c *Word) (Word, bool) { return t.unlogged(tx, o, c) }

func (tml) unlogged(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	tx.touched = true
	w := tx.peek(c)
	if !tx.wrote && tx.seqNow() != tx.seq && !tx.s.is(mutNoSnapshotCheck) && !tx.s.is(mutNoSecondLook) {
		return Word{}, tx.overtaken(Overtaken, c)
	}
	return w, true
}

func (t tml) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	if !t.own(tx, c) {
		return false
	}
	tx.overwrite(o, c, w, stamped)
	return true
}

// own makes the attempt the writer.
func (tml) own(tx *Tx, c *Word) bool {
	if tx.wrote {
		return true
	}
	if tx.s.is(mutNoCommitValidation) {
		tx.seq = tx.seqAtRest()
	}
	if !tx.seqLock() {
		return tx.overtaken(Overtaken, c)
	}
	tx.wrote = true
	tx.s.owner.Store(int64(tx.id))
	return true
}

func (t tml) commit(tx *Tx) bool {
	if !tx.wrote {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	t.publish(tx)
	return true
}

func (tml) publish(tx *Tx) {
	tx.p.Charge(machine.CostTxCommit, 1)
	n := tx.seq + 2
	tx.key = n
	if tx.s.is(mutKeyAtBegin) {
		tx.key = tx.snapKey << 1
	}
	tx.stampAll()
	tx.wrote = false
	tx.seqStore(n)
	tx.wakeSleepers()
}

func (tml) rollback(tx *Tx) {
	if !tx.wrote {
		return
	}
	tx.restore(Savepoint{})
	tx.wrote = false
	if tx.s.is(mutOldVersion) {
		tx.seqStore(tx.seq)
		return
	}
	// For a wait for a change, that only this rollback has moved the sequence is none.
	tx.seq += 2
	tx.seqStore(tx.seq)
}

func (t tml) extend(tx *Tx) bool { return t.validate(tx) }

func (tml) validate(tx *Tx) bool {
	if !tx.wrote && tx.seqNow() != tx.seq {
		return tx.overtaken(Overtaken, nil)
	}
	return true
}

func (t tml) irrevocable(tx *Tx) bool {
	for i := 0; ; i++ {
		if t.own(tx, nil) {
			return true
		}
		if tx.touched {
			return false
		}
		tx.mode, tx.why.Reason = tx.ordinary, NotAborted // nothing was read yet: any snapshot will do
		tx.p.Spin(i)
		tx.seqBegin()
	}
}

func (t tml) commitIrrevocable(tx *Tx) { t.publish(tx) }

func (tml) fresh(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if tx.wrote {
		return tx.peek(c), true
	}
	return tx.seqFresh(c), true
}

func (tml) inPlace() bool { return true }

func (tml) pending(tx *Tx, i int) *Word {
	tx.scratch = tx.writes[i].c.Get()
	return &tx.scratch
}

func (tml) undo(tx *Tx, sp Savepoint) {
	tx.restore(sp)
	tx.writes = tx.writes[:sp.writes]
	tx.index.cut(sp.writes)
}

func (tml) changed(tx *Tx) bool { return tx.seqNow() != tx.seq }

func (tml) unlisted() bool { return true }
