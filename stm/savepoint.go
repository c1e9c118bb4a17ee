package stm

// Savepoint marks a place in a running attempt, for closed nesting and or_else.
type Savepoint struct {
	writes, journal int
	stamps          bool
	mark            int // the recorder's
}

// Savepoint marks the present state of the attempt's writes.
func (tx *Tx) Savepoint() Savepoint {
	if !tx.Active() {
		panic("stm: Savepoint outside a transaction")
	}
	tx.saved = len(tx.writes)
	sp := Savepoint{writes: len(tx.writes), journal: len(tx.journal), stamps: tx.stamps}
	if tx.s.recorder != nil {
		sp.mark = tx.s.recorder.Mark(tx)
	}
	return sp
}

// RollbackTo takes back everything that the attempt has written since sp. What it has read stays in the read log:
// that the inner part failed depends on it, and a wait for a change must wake for it. sp stays usable. It may be
// called in an irrevocable attempt (nothing has left the transaction), but not in a doomed one.
func (tx *Tx) RollbackTo(sp Savepoint) {
	if !tx.Active() || sp.writes > len(tx.writes) || sp.journal > len(tx.journal) {
		panic("stm: RollbackTo with a savepoint that is not of this attempt")
	}
	if tx.mode == modeDoomed {
		return
	}
	tx.alg.undo(tx, sp)
	if tx.s.recorder != nil {
		tx.s.recorder.Undo(tx, sp.mark)
	}
	tx.saved = sp.writes
	tx.stamps = sp.stamps
}

// undoRedo cuts a redo log.
func (tx *Tx) undoRedo(sp Savepoint) {
	for i := len(tx.journal) - 1; i >= sp.journal; i-- {
		j := &tx.journal[i]
		e := &tx.writes[j.i]
		e.w, e.stamped = j.w, j.stamped
	}
	tx.journal = tx.journal[:sp.journal]
	tx.writes = tx.writes[:sp.writes]
	tx.index.cut(sp.writes)
}
