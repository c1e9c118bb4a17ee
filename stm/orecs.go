package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// What the algorithms over ownership records share: reading a word between two looks at its record, validating the
// read log, locking the write log, writing it back.
//
// Waiting and deadlock. Whoever holds commit locks waits for another lock only when the other owner's ID is larger,
// and never for the irrevocable transaction; otherwise it gives its locks back first. So waits among holders go from
// smaller to larger IDs and form no cycle, and of any set of committers that clash, the one with the smallest ID gets
// its locks: lock step cannot become livelock. Waits are bounded as well, since an owner may have lost its core. The
// irrevocable transaction waits for anybody, without bound: nobody who holds a lock waits for it for long.

const (
	readSpins   = 96 // rounds that a reader, who holds nothing, waits for a lock
	holderSpins = 48 // rounds that a committer waits while it holds locks
	relockMax   = 16 // times that a commit gives its locks back and tries again before it aborts
)

// peek reads the pair between hooks. It may be torn: the caller looks at the record again.
func (tx *Tx) peek(c *Word) Word {
	if tx.simulated {
		return tx.peekHooked(c)
	}
	return Word{atomic.LoadPointer(&c.P), atomic.LoadUint64(&c.B)}
}

func (tx *Tx) peekHooked(c *Word) Word {
	tx.p.Read(unsafe.Pointer(&c.P))
	w := Word{P: atomic.LoadPointer(&c.P)}
	tx.p.Read(unsafe.Pointer(&c.P)) // the pair is in one cache line: one address for both
	w.B = atomic.LoadUint64(&c.B)
	return w
}

// look loads the record.
func (tx *Tx) look(o *Orec) uint64 {
	tx.p.Read(unsafe.Pointer(&o.w))
	return o.w.Load()
}

// cas changes the record.
func (tx *Tx) cas(o *Orec, from, to uint64) bool {
	tx.p.RMW(unsafe.Pointer(&o.w))
	return o.w.CompareAndSwap(from, to)
}

// awaitUnlocked waits, at most rounds rounds, until o is not locked by another. It gives up at once when the owner
// is irrevocable, or when this attempt is killed.
func (tx *Tx) awaitUnlocked(o *Orec, rounds int) (v uint64, ok bool) {
	tx.stats.LockWaits++
	for i := 0; ; i++ {
		v = tx.look(o)
		if v&lockBit == 0 || v == tx.lockWord {
			return v, true
		}
		if i >= rounds || tx.s.token.heldBy(tx.p, ownerOf(v)) || tx.s.killable && tx.cm.Killed() {
			return v, false
		}
		tx.p.Spin(i)
	}
}

// blame is the conflict with the owner of the locked record.
func (tx *Tx) blame(r Reason, o *Orec, c *Word, v uint64) Conflict {
	e := tx.s.drawerOf(v)
	switch {
	case tx.s.killable && tx.cm.Killed():
		r, e = Killed, tx.cm.KilledBy()
	case v&lockBit != 0 && tx.s.token.heldBy(tx.p, e):
		r = IrrevocableEnemy
	}
	return Conflict{r, o, c, e, -1}
}

// readLocked handles a read that found o locked by another or not in the snapshot; false means that the attempt is
// doomed, true that the read should be tried again.
func (tx *Tx) reread(o *Orec, c *Word, v uint64) bool {
	if v&lockBit != 0 {
		v, ok := tx.awaitUnlocked(o, readSpins)
		if !ok {
			return tx.doom(tx.blame(ReadLocked, o, c, v))
		}
		return true
	}
	if !tx.sawNewer(v) {
		return true // it only changed while we looked
	}
	return tx.extendTo(v, o, c, ReadValidation)
}

// extendTo moves the snapshot to now, which is at least as late as version v of o.
func (tx *Tx) extendTo(v uint64, o *Orec, c *Word, r Reason) bool {
	tx.catchUp(v)
	return tx.revalidate(o, c, r)
}

// revalidate takes the key of a snapshot whose vector was just moved, and validates the read log.
func (tx *Tx) revalidate(o *Orec, c *Word, r Reason) bool {
	if tx.s.keyed {
		tx.sampleKey()
	}
	if tx.s.is(mutExtendUnvalidated) {
		return true
	}
	if i, bad := tx.stale(readSpins); i >= 0 {
		k := tx.blame(r, tx.reads[i].o, nil, bad)
		if tx.reads[i].o == o {
			k.Cell = c
		}
		k.Index = i
		return tx.doom(k)
	}
	tx.stats.Extensions++
	return true
}

// stale validates the read log: the place of the first entry that has changed, with the record's present word; -1 if
// there is none. Locked records are waited for as long as patience allows; a record that the attempt itself holds is
// valid when it was not newer than the snapshot when it was locked.
func (tx *Tx) stale(patience int) (int, uint64) {
	mine := tx.lockWord
	tx.p.Charge(machine.CostTxValidate, len(tx.reads))
	for i := range tx.reads {
		e := &tx.reads[i]
		tx.p.Read(unsafe.Pointer(&e.o.w))
		v := e.o.w.Load()
		if v == e.v {
			continue
		}
		if v == mine {
			if !tx.newer || tx.s.is(mutTrustOwnLocks) || tx.heldOld(e.o) == e.v {
				continue
			}
			return i, tx.heldOld(e.o)
		}
		if v&lockBit != 0 {
			if n := tx.patience(v, patience); n > 0 {
				v, _ = tx.awaitUnlocked(e.o, n)
			}
		}
		if v != e.v && !(tx.s.is(mutNoVersionCompare) && v&lockBit == 0) {
			return i, v
		}
	}
	return -1, 0
}

// patience is how long to wait for the owner of v: not at all when this attempt holds locks and its ID is larger.
func (tx *Tx) patience(v uint64, rounds int) int {
	if len(tx.locks) != 0 && tx.id > ownerOf(v) {
		return 0
	}
	return rounds
}

// heldOld is the version that o, which this attempt holds, had when it was locked.
func (tx *Tx) heldOld(o *Orec) uint64 {
	for i := range tx.locks {
		if tx.locks[i].o == o {
			return tx.locks[i].v
		}
	}
	return 0
}

// lockWrites locks the records of the whole write log. When it fails it holds none, and the attempt is doomed.
func (tx *Tx) lockWrites() bool {
	tx.reserveLocks()
	for n := 0; ; n++ {
		i, v := tx.tryLockWrites()
		if i < 0 {
			return true
		}
		o, c := tx.writes[i].o, tx.writes[i].c
		tx.unlockAll()
		var ok bool
		if n < relockMax {
			v, ok = tx.awaitUnlocked(o, readSpins)
		}
		if !ok {
			return tx.doom(tx.blame(CommitLocked, o, c, v))
		}
	}
}

// tryLockWrites locks what it can; at a record that it may not wait for it returns the place in the write log.
func (tx *Tx) tryLockWrites() (int, uint64) {
	mine, p := tx.lockWord, tx.p
	for i := range tx.writes {
		o := tx.writes[i].o
		for {
			p.Read(unsafe.Pointer(&o.w))
			v := o.w.Load()
			if v == mine {
				break
			}
			if v&lockBit == 0 {
				p.RMW(unsafe.Pointer(&o.w))
				if o.w.CompareAndSwap(v, mine) {
					tx.noteLock(o, v)
					break
				}
				continue
			}
			n := tx.patience(v, holderSpins)
			if n == 0 {
				return i, v
			}
			if _, ok := tx.awaitUnlocked(o, n); !ok {
				return i, v
			}
		}
	}
	return -1, 0
}

// noteLock enters a record that was just locked.
func (tx *Tx) noteLock(o *Orec, v uint64) {
	tx.locks = append(tx.locks, lockEntry{o, v})
	if tx.sawNewer(v) {
		tx.newer = true
	}
	if tx.s.clk == clockGV5 {
		tx.maxOld = max(tx.maxOld, seqOf(v))
	}
}

// unlockAll gives all locks back with the versions they had.
func (tx *Tx) unlockAll() {
	for i := range tx.locks {
		l := &tx.locks[i]
		tx.p.Write(unsafe.Pointer(&l.o.w))
		l.o.w.Store(l.v)
	}
	tx.locks = tx.locks[:0]
	tx.newer = false
}

// writeBackLog stores all pending values. Their records are locked.
func (tx *Tx) writeBackLog() {
	p := tx.p
	for i := range tx.writes {
		if tx.s.is(mutDropLastOfThree) && i >= 2 && i == len(tx.writes)-1 {
			continue
		}
		e := &tx.writes[i]
		w := e.w
		if e.stamped {
			w.B |= tx.key >> 1 << StampBits
		}
		p.Write(unsafe.Pointer(&e.c.P))
		storeP(e.c, w.P)
		if tx.s.is(mutTorn) && len(tx.locks) != 0 {
			e.o.w.Store(tx.heldOld(e.o))
			p.Yield()
			for !e.o.w.CompareAndSwap(tx.heldOld(e.o), tx.lockWord) {
				p.Yield()
			}
		}
		p.Write(unsafe.Pointer(&e.c.P))
		storeB(e.c, w.B)
	}
}

// unlockAs releases all locks with the new version v.
func (tx *Tx) unlockAs(v uint64) {
	p := tx.p
	for i := range tx.locks {
		o := tx.locks[i].o
		p.Write(unsafe.Pointer(&o.w))
		o.w.Store(v)
	}
	tx.locks = tx.locks[:0]
}

// commitRedo commits an attempt that has written: lock, draw the key and the version, validate, write back, release.
// alone, if not nil, says for a version that nobody else can have committed since the snapshot.
func (tx *Tx) commitRedo(alone func(v uint64) bool) bool {
	tx.p.Charge(machine.CostTxCommit, 1)
	if tx.s.is(mutDrawEarly) {
		v := tx.drawVersion()
		return tx.lockWrites() && tx.commitAs(v, alone)
	}
	return tx.lockWrites() && tx.commitLocked(alone)
}

// commitLocked is commitRedo after the locks have been taken.
func (tx *Tx) commitLocked(alone func(v uint64) bool) bool {
	return tx.commitAs(tx.drawVersion(), alone)
}

func (tx *Tx) commitAs(v uint64, alone func(v uint64) bool) bool {
	if (alone == nil || !alone(v)) && !tx.validateAtCommit() {
		return false
	}
	if tx.s.is(mutReleaseEarly) {
		for i := range tx.locks {
			tx.locks[i].o.w.Store(v)
		}
		tx.writeBackLog()
		tx.locks = tx.locks[:0]
		return true
	}
	tx.writeBackLog()
	tx.unlockAs(v)
	tx.wakeSleepers()
	return true
}

// validateAtCommit validates the read log while the locks are held; on failure it gives them back.
func (tx *Tx) validateAtCommit() bool {
	if tx.s.is(mutNoCommitValidation) {
		return true
	}
	i, bad := tx.stale(holderSpins)
	if i < 0 {
		return true
	}
	k := tx.blame(CommitValidation, tx.reads[i].o, nil, bad)
	k.Index = i
	tx.unlockAll()
	return tx.doom(k)
}

// redo has the methods that algorithms with ownership records and redo logs share; their types embed it.
type redo struct{}

func (redo) setup(*System, *Options) error { return nil }

func (redo) begin(tx *Tx) { tx.sample() }

func (redo) fresh(tx *Tx, o *Orec, c *Word) (Word, bool) { return tx.freshOrec(o, c) }

func (redo) rollback(tx *Tx) { tx.unlockAll() }

func (redo) extend(tx *Tx) bool {
	tx.catchUpAll()
	return tx.revalidate(nil, nil, ReadValidation)
}

func (redo) validate(tx *Tx) bool {
	if i, bad := tx.stale(readSpins); i >= 0 {
		k := tx.blame(ReadValidation, tx.reads[i].o, nil, bad)
		k.Index = i
		return tx.doom(k)
	}
	return true
}

func (redo) changed(tx *Tx) bool {
	for i := range tx.reads {
		e := &tx.reads[i]
		if v := tx.look(e.o); v != e.v {
			if v&lockBit == 0 {
				return true
			}
			// A commit is under way; should it abort, nothing has changed, and nobody would wake us later.
			if v, _ = tx.awaitUnlocked(e.o, readSpins); v != e.v {
				return true
			}
		}
	}
	return false
}

func (redo) pending(tx *Tx, i int) *Word { return &tx.writes[i].w }

func (redo) undo(tx *Tx, sp Savepoint) { tx.undoRedo(sp) }

func (redo) irrevocable(tx *Tx) bool { return tx.lockEverything() }

func (redo) commitIrrevocable(tx *Tx) { tx.commitHeld() }

func (redo) holds() bool { return true }

func (redo) inPlace() bool { return false }

func (redo) read(tx *Tx, c *Word) Word { return tx.peek(c) }

func (redo) expel(*Tx, *Orec, uint64) {}

func (redo) unlisted() bool { return false }

func (redo) bump(*Tx) {}

// Bump gives o a new version outside any transaction, so that every transaction that has read under it and has not
// yet committed fails to validate. For owners of memory who change it in place (see Word.Set): the thread alone, or
// others stopped. Change first, then bump.
func (tx *Tx) Bump(o *Orec) {
	if tx.mode == modeLazy || tx.mode == modeOther || tx.mode == modeForced {
		panic("stm: Bump inside a transaction that can abort")
	}
	v := tx.look(o)
	if v&lockBit != 0 {
		panic("stm: Bump of a record that a transaction holds")
	}
	tx.maxOld = seqOf(v)
	tx.p.Write(unsafe.Pointer(&o.w))
	o.w.Store(tx.draw())
	tx.alg.bump(tx)
}

// LoadFresh is the latest committed value of c, whatever the snapshot says, or the attempt's own pending value; it is
// neither logged nor consistent with anything else. It may be called outside transactions, and then waits for a
// lock on o without bound; inside it gives up (false, the attempt is doomed) when the wait is long.
func (tx *Tx) LoadFresh(o *Orec, c *Word) (Word, bool) {
	if tx.mode == modeDoomed {
		return Word{}, false
	}
	return tx.alg.fresh(tx, o, c)
}

// freshOrec is LoadFresh for the algorithms over ownership records.
func (tx *Tx) freshOrec(o *Orec, c *Word) (Word, bool) {
	if tx.mode != modeIdle && !tx.alg.inPlace() {
		if w, ok := tx.written(c); ok {
			return w, true
		}
	}
	for {
		v := tx.look(o)
		if v&lockBit == 0 || v == tx.lockWord {
			w := tx.peek(c)
			if tx.look(o) == v {
				return w, true
			}
			continue
		}
		if v, ok := tx.awaitUnlocked(o, readSpins); !ok {
			if tx.mode != modeIdle && tx.mode != modeIrrevocable {
				return Word{}, tx.doom(tx.blame(ReadLocked, o, c, v))
			}
			tx.p.Yield()
		}
	}
}
