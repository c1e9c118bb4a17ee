package stm

import (
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// eager: encounter-time locking with an undo log and extendable snapshots (RSTM's OrecEager; TinySTM's write-through,
// Felber, Fetzer, Riegel, PPoPP 2008).
//
//   - read: own record: the value; else as lazy, but for a record that another holds the contention manager is asked.
//   - write: lock the record (extending the snapshot when it is newer), note the old value, write in place.
//   - commit, update: past EnterCommit nobody can kill us; draw; validate; release with the new version.
//   - abort: restore the old values, newest first, then release with a *new* version: with the old one a reader could
//     take a value that was never committed for one that was, between two looks at equal versions.
//
// An owner polls whether it was killed at each access and in each wait. Privatization: not by itself, as lazy; in
// addition an owner may be killed and still restore old values for a while: Quiesce waits for that as well.
type eager struct{ redo }

func (eager) info() Info {
	return Info{
		Name:    "eager",
		Summary: "ownership records, encounter-time locking, undo log, extension",
		Paper:   "Felber, Fetzer, Riegel, PPoPP 2008; RSTM OrecEager",
		Opaque:  true,
		Clocks:  true,
		Traits: contention.AlgorithmTraits{Name: "eager", Aborts: true, Enemies: contention.EnemiesLive,
			Manages: true},
	}
}

func (e eager) load(tx *Tx, o *Orec, c *Word) (Word, bool) { return e.access(tx, o, c, true) }

func (e eager) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) { return e.access(tx, o, c, false) }

func (eager) access(tx *Tx, o *Orec, c *Word, log bool) (Word, bool) {
	if tx.killed() {
		return Word{}, false
	}
	for {
		v := tx.look(o)
		if v == tx.lockWord {
			return tx.peek(c), true
		}
		if v&lockBit != 0 {
			if !tx.fight(&o.w, v, contention.RW, o, c) {
				return Word{}, false
			}
			continue
		}
		w := tx.peek(c)
		if !tx.s.is(mutNoSecondLook) && tx.look(o) != v {
			continue
		}
		if !tx.sawNewer(v) || tx.s.is(mutNoSnapshotCheck) {
			if log {
				tx.record(o, v)
			}
			return w, true
		}
		if !tx.extendTo(v, o, c, ReadValidation) {
			return Word{}, false
		}
	}
}

func (e eager) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	if tx.killed() || !e.own(tx, o, c) {
		return false
	}
	tx.overwrite(o, c, w, stamped)
	return true
}

// own locks o.
func (eager) own(tx *Tx, o *Orec, c *Word) bool {
	for {
		v := tx.look(o)
		switch {
		case v == tx.lockWord:
			return true
		case v&lockBit != 0:
			if !tx.fight(&o.w, v, contention.WW, o, c) {
				return false
			}
		case tx.sawNewer(v) && !tx.extendTo(v, o, c, WriteVersion):
			return false
		case !tx.sawNewer(v) && tx.cas(o, v, tx.lockWord):
			tx.noteLock(o, v)
			return true
		}
	}
}

// overwrite writes in place, under a lock, and notes what was there.
func (tx *Tx) overwrite(o *Orec, c *Word, w Word, stamped bool) {
	i := -1
	if tx.filter&bloomBit(c) != 0 {
		i = tx.findWrite(c)
	}
	switch {
	case i < 0:
		if tx.wantOpen {
			tx.opened(o, c)
		}
		tx.appendWrite(o, c, c.Get(), stamped)
	case i < tx.saved:
		tx.journal = append(tx.journal, journalEntry{i, c.Get(), tx.writes[i].stamped})
		fallthrough
	default:
		tx.writes[i].stamped = stamped
	}
	if stamped {
		w.B |= PendingStamp << StampBits
	}
	tx.assign(c, w)
}

// assign stores w to a cell that others may be looking at.
func (tx *Tx) assign(c *Word, w Word) {
	tx.p.Write(unsafe.Pointer(&c.P))
	storeP(c, w.P)
	tx.p.Write(unsafe.Pointer(&c.P))
	storeB(c, w.B)
}

// stampAll puts the key into the stamps that were written in place.
func (tx *Tx) stampAll() {
	if !tx.stamps {
		return
	}
	for i := range tx.writes {
		if e := &tx.writes[i]; e.stamped {
			w := e.c.Get()
			w.B = w.B&(1<<StampBits-1) | tx.key>>1<<StampBits
			tx.assign(e.c, w)
		}
	}
}

// restore takes back what was written in place since sp, newest first.
func (tx *Tx) restore(sp Savepoint) {
	for i := len(tx.writes) - 1; i >= sp.writes; i-- {
		if i == 0 && len(tx.writes) > 1 && tx.s.is(mutUndoForgotten) {
			break
		}
		tx.assign(tx.writes[i].c, tx.writes[i].w)
	}
	for i := len(tx.journal) - 1; i >= sp.journal; i-- {
		if j := &tx.journal[i]; j.i < sp.writes {
			tx.assign(tx.writes[j.i].c, j.w)
			tx.writes[j.i].stamped = j.stamped
		}
	}
	tx.journal = tx.journal[:sp.journal]
}

func (e eager) commit(tx *Tx) bool {
	if len(tx.locks) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	tx.p.Charge(machine.CostTxCommit, 1)
	if !tx.cm.EnterCommit(tx.p) {
		return tx.doom(Conflict{Killed, nil, nil, tx.cm.KilledBy(), -1})
	}
	v := tx.drawVersion()
	if !tx.s.is(mutNoCommitValidation) {
		if i, bad := tx.stale(holderSpins); i >= 0 {
			k := tx.blame(CommitValidation, tx.reads[i].o, nil, bad)
			k.Index = i
			return tx.doom(k)
		}
	}
	tx.stampAll()
	tx.unlockAs(v)
	tx.wakeSleepers()
	return true
}

func (eager) rollback(tx *Tx) {
	if len(tx.locks) == 0 {
		return
	}
	tx.restore(Savepoint{})
	if tx.s.is(mutOldVersion) {
		tx.unlockAll()
		return
	}
	v := tx.draw()
	if tx.why.Reason == RetryWait {
		// The attempt may have read what it then wrote: that its own rollback gives the record a new version is no
		// change to wake up for. (Equal versions alone would not tell: gv4 and gv5 give the same one to several.)
		for i := range tx.reads {
			if e := &tx.reads[i]; tx.look(e.o) == tx.lockWord {
				e.v = v
			}
		}
	}
	tx.unlockAs(v)
}

func (eager) irrevocable(tx *Tx) bool {
	if !tx.cm.BecomeIrrevocable(tx.p) {
		return tx.doom(Conflict{Killed, nil, nil, tx.cm.KilledBy(), -1})
	}
	for i := range tx.reads {
		e := &tx.reads[i]
		if e.o == &released || tx.s.is(mutIrrevocableReads) {
			continue
		}
		if old := tx.hold(e.o); old != e.v && old != tx.lockWord {
			k := tx.blame(ReadValidation, e.o, nil, old)
			k.Index = i
			return tx.doom(k)
		}
	}
	return true
}

func (eager) commitIrrevocable(tx *Tx) {
	tx.p.Charge(machine.CostTxCommit, 1)
	if len(tx.locks) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return
	}
	v := tx.drawVersion()
	tx.stampAll()
	tx.unlockAs(v)
	tx.wakeSleepers()
}

// expel kills the owner, or waits for it when it is past being killed.
func (eager) expel(tx *Tx, o *Orec, v uint64) {
	enemy := tx.s.ByID(ownerOf(v))
	if enemy == nil {
		return
	}
	word := enemy.cm.Word()
	if tx.look(o) == v {
		tx.cm.Conflict(tx.p, &enemy.cm, word, contention.WW, contention.Executing, unsafe.Pointer(o))
	}
}

func (eager) inPlace() bool { return true }

func (eager) pending(tx *Tx, i int) *Word {
	tx.scratch = tx.writes[i].c.Get()
	return &tx.scratch
}

func (eager) undo(tx *Tx, sp Savepoint) {
	tx.restore(sp)
	tx.writes = tx.writes[:sp.writes]
	tx.index.cut(sp.writes)
}
