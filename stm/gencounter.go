package stm

import "gilt/contention"

// gencounter: one generation counter for all of memory, the floor that every other algorithm must clear.
//
// The idea as it goes round: remember the generation at begin, succeed at commit only if it has not moved, then move
// it. As such it is not opaque, since reads can fall into another commit's write-back. Completed here as RSTM's
// TMLLazy: the counter is odd during a write-back and is looked at after each read, so that a doomed attempt stops at
// its next access.
//
//   - read: the value, then the counter; moved: abort.
//   - commit, read-only: nothing. Commit, update: CAS the counter from the snapshot to odd, or abort; write back; even.
//
// Any commit kills every attempt that overlaps it: with equally long transactions that write there is no parallelism,
// and long ones starve. There is no read log: a sleeper in retry is woken by every commit. Privatization and
// publication are safe: nobody survives another's commit.
type gencounter struct{ seqRedo }

func (gencounter) info() Info {
	return Info{
		Name:       "gencounter",
		Summary:    "one generation counter, redo log: any commit aborts all that overlap it",
		Paper:      "folklore; completed as RSTM TMLLazy",
		Opaque:     true,
		Privatizes: true,
		Traits: contention.AlgorithmTraits{Name: "gencounter", Aborts: true, Enemies: contention.EnemiesCommitted,
			Manages: true},
	}
}

func (gencounter) begin(tx *Tx) {
	tx.touched = false
	tx.seqBegin()
}

func (g gencounter) load(tx *Tx, o *Orec, c *Word) (Word, bool) { return g.unlogged(tx, o, c) }

func (gencounter) unlogged(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	tx.touched = true
	w := tx.peek(c)
	if tx.seqNow() != tx.seq && !tx.s.is(mutNoSnapshotCheck) && !tx.s.is(mutNoSecondLook) {
		return Word{}, tx.overtaken(Overtaken, c)
	}
	return w, true
}

func (gencounter) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	if tx.s.is(mutNoCommitValidation) {
		tx.seq = tx.seqAtRest()
	}
	if !tx.seqLock() {
		return tx.overtaken(Overtaken, nil)
	}
	if tx.seqBarred() {
		return false
	}
	tx.seqPublish()
	return true
}

func (g gencounter) extend(tx *Tx) bool { return g.validate(tx) }

func (gencounter) validate(tx *Tx) bool {
	if tx.seqNow() != tx.seq {
		return tx.overtaken(Overtaken, nil)
	}
	return true
}

// irrevocable: whoever makes the counter odd from now on sees the token and puts it back.
func (gencounter) irrevocable(tx *Tx) bool {
	at := tx.seqAtRest()
	if tx.touched && at != tx.seq {
		return tx.overtaken(Overtaken, nil)
	}
	tx.seq, tx.snapKey = at, at>>1
	return true
}

func (gencounter) changed(tx *Tx) bool { return tx.seqNow() != tx.seq }

func (gencounter) unlisted() bool { return true }
