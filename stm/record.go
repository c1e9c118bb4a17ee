package stm

// Recording: a checker that stands above a System sees every attempt with all that it has read and written, also of attempts that
// fail (opacity is a claim about them above all). A recorded attempt takes the path of fault injection, in which every access
// leaves the fast path; the algorithms' own code is the same. Systems without a recorder execute nothing of this.

// Recorder is told what attempts do. Its methods are called on the threads of the attempts, several at a time; they must not
// use the System.
type Recorder interface {
	// Begin is called before an attempt takes its snapshot.
	Begin(tx *Tx)
	// Access is called before every load and store: as long as nobody has been here with a cell, memory holds its initial value.
	Access(tx *Tx, c *Word)
	// Read is called after a load.
	Read(tx *Tx, c *Word, w Word)
	// Write is called after a store. When it is stamped (see Tx.StoreStamp), w.B is the caller's part of the stamp.
	Write(tx *Tx, c *Word, w Word, stamped bool)
	// Mark numbers a place among the accesses, to which Undo may come back: the stores since then are taken back.
	Mark(tx *Tx) int
	Undo(tx *Tx, mark int)
	// Commit is called after a commit, Abort after a rollback.
	Commit(tx *Tx)
	Abort(tx *Tx)
}

// attendBegin is the rare part of start.
func (tx *Tx) attendBegin() {
	if tx.s.recorder != nil {
		tx.s.recorder.Begin(tx)
	}
	if tx.s.fenced {
		tx.active.enter(tx.p)
	}
}

// attendEnd is the rare part of an attempt's end.
func (tx *Tx) attendEnd(committed bool) {
	if tx.s.fenced {
		tx.active.leave(tx.p)
	}
	switch r := tx.s.recorder; {
	case r == nil:
	case committed:
		r.Commit(tx)
	default:
		r.Abort(tx)
	}
}

// recordedLoad is Load of an attempt that is irrevocable, or has been put into its ordinary mode by force.
func (tx *Tx) recordedLoad(o *Orec, c *Word) (w Word, ok bool) {
	tx.s.recorder.Access(tx, c)
	if tx.mode == modeIrrevocable {
		w, ok = tx.irrevocableLoad(o, c), true
	} else {
		w, ok = tx.Load(o, c)
		tx.unforce()
	}
	if ok {
		tx.s.recorder.Read(tx, c, w)
	}
	return w, ok
}

// recordedStore is the store that belongs to recordedLoad.
func (tx *Tx) recordedStore(o *Orec, c *Word, w Word, stamped bool) bool {
	tx.s.recorder.Access(tx, c)
	ok := true
	if tx.mode == modeIrrevocable {
		tx.irrevocableStore(o, c, w, stamped)
	} else {
		ok = tx.storeSlow(o, c, w, stamped)
		tx.unforce()
	}
	if ok {
		tx.s.recorder.Write(tx, c, w, stamped)
	}
	return ok
}
