package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Irrevocable transactions (Welc, Saha, Adl-Tabatabai, "Irrevocable transactions and their applications", SPAA
// 2008): one at a time holds the token; it cannot abort, so it may do what cannot be taken back.
//
// Under the algorithms over ownership records it becomes pessimistic: it locks the record of everything that it has
// read (if that is unchanged) and written, and from then on of everything that it reads and writes, until it
// commits: strict two-phase locking. Its writes go through the redo log as before, so that savepoints work. All
// others go on, and commit, as long as they do not touch what it holds; when they do, they give their own locks back
// first, and sleep until the token is free. The sequence-lock algorithms say in their files what they do.
//
// It always gets its locks: who holds a lock is either a committer, which never waits for the token's holder, or an
// encounter-time owner, which the contention manager kills for it.

// token is the one right to be irrevocable.
type token struct {
	holder atomic.Int64 // descriptor ID, 0 if free
	mu     mutex
	queue  []*Tx
	_      [64]byte
}

// heldBy says whether the descriptor id holds the token.
func (k *token) heldBy(p *machine.Proc, id int) bool {
	p.Read(unsafe.Pointer(&k.holder))
	return id > 0 && k.holder.Load() == int64(id)
}

// take takes the token if it is free.
func (k *token) take(tx *Tx) bool {
	tx.p.RMW(unsafe.Pointer(&k.holder))
	return k.holder.CompareAndSwap(0, int64(tx.id))
}

// give gives it back and wakes everybody who waits for that.
func (k *token) give(tx *Tx) {
	tx.p.Write(unsafe.Pointer(&k.holder))
	k.holder.Store(0)
	k.mu.lock(tx.p)
	q := k.queue
	for i, w := range q {
		w.sleeper.wake(tx.p, w)
		q[i] = nil
	}
	k.queue = q[:0]
	k.mu.unlock(tx.p)
}

// awaitFree sleeps until the token is free, or has been given back: whoever has taken it since need not be in the way of the caller, who
// must not wait for one holder after the other. The caller holds nothing.
func (k *token) awaitFree(tx *Tx) {
	tx.p.Read(unsafe.Pointer(&k.holder))
	h := k.holder.Load()
	if h == 0 || h == int64(tx.id) {
		return
	}
	k.mu.lock(tx.p)
	tx.p.Read(unsafe.Pointer(&k.holder))
	if k.holder.Load() == 0 {
		k.mu.unlock(tx.p)
		return
	}
	tx.sleeper.arm()
	k.queue = append(k.queue, tx)
	k.mu.unlock(tx.p)
	tx.sleeper.await(tx, machine.Wait{What: "irrevocable", Owner: tx.s.threadOf(int(h))})
}

// threadOf is the machine's number of the thread that owns descriptor id, -1 if unknown.
func (s *System) threadOf(id int) int {
	if tx := s.ByID(id); tx != nil {
		return tx.p.ID()
	}
	return -1
}

// BecomeIrrevocable makes the running attempt one that cannot abort: from now on Load and Store always succeed, and
// so does Commit. False means that the attempt is doomed (another is irrevocable, or what was read has changed):
// Rollback, which waits until the token is free, must follow.
func (tx *Tx) BecomeIrrevocable() bool {
	switch tx.mode {
	case modeIrrevocable:
		return true
	case modeDoomed:
		return false
	case modeIdle, modeClosed:
		panic("stm: BecomeIrrevocable outside a transaction")
	}
	if !tx.s.token.heldBy(tx.p, tx.id) && !tx.s.token.take(tx) {
		return tx.doom(Conflict{IrrevocableTaken, nil, nil, int(tx.s.token.holder.Load()), -1})
	}
	if !tx.alg.irrevocable(tx) {
		tx.s.token.give(tx)
		return false
	}
	tx.mode = modeIrrevocable
	return true
}

// BeginIrrevocable starts an attempt that is irrevocable from its first access, so that nothing has to be tried
// again. It waits for the token.
func (tx *Tx) BeginIrrevocable() {
	if tx.mode != modeIdle {
		tx.badBegin()
	}
	tx.cm.Begin(tx.p)
	for !tx.s.token.take(tx) {
		tx.s.token.awaitFree(tx)
	}
	tx.start()
	for {
		if tx.mode != modeDoomed && tx.alg.irrevocable(tx) {
			tx.mode = modeIrrevocable
			return
		}
		// Nothing was read, so only an enemy's kill can have hit the attempt.
		tx.alg.rollback(tx)
		tx.mode = modeIdle
		tx.cm.Aborted(tx.p, nil)
		tx.cm.Begin(tx.p)
		tx.start()
	}
}

// Irrevocable says whether the running attempt cannot abort.
func (tx *Tx) Irrevocable() bool { return tx.mode == modeIrrevocable }

func (tx *Tx) irrevocableLoad(o *Orec, c *Word) Word {
	if !tx.alg.inPlace() {
		if w, ok := tx.written(c); ok {
			return w
		}
	}
	if tx.alg.holds() && o != tx.s.ambient {
		tx.hold(o)
	}
	return tx.alg.read(tx, c)
}

func (tx *Tx) irrevocableStore(o *Orec, c *Word, w Word, stamped bool) {
	if tx.alg.holds() {
		tx.hold(o)
	}
	if tx.alg.inPlace() {
		tx.overwrite(o, c, w, stamped)
	} else {
		tx.put(o, c, w, stamped)
	}
}

func (tx *Tx) irrevocableCommit() {
	tx.alg.commitIrrevocable(tx)
	tx.stats.Irrevocable++
	tx.s.token.give(tx)
}

// hold locks o for the irrevocable transaction, however long that takes. It returns the version that o had when it
// was locked here, or the lock word if it was locked before.
func (tx *Tx) hold(o *Orec) uint64 {
	for i := 0; ; i++ {
		v := tx.look(o)
		if v == tx.lockWord {
			return v
		}
		if v&lockBit == 0 {
			if tx.cas(o, v, tx.lockWord) {
				tx.noteLock(o, v)
				return v
			}
			continue
		}
		tx.alg.expel(tx, o, v)
		tx.p.Spin(i)
	}
}

// lockEverything locks all that the attempt, which has the token, has read and written.
func (tx *Tx) lockEverything() bool {
	if tx.s.is(mutIrrevocableReads) {
		for i := range tx.writes {
			tx.hold(tx.writes[i].o)
		}
		return true
	}
	for i := range tx.reads {
		e := &tx.reads[i]
		if e.o == &released {
			continue
		}
		if e.o == tx.s.ambient && e.o != nil {
			// Only who has the token writes it, and that is this transaction now.
			if v := tx.look(e.o); v != e.v {
				k := tx.blame(ReadValidation, e.o, nil, v)
				k.Index = i
				tx.unlockAll()
				return tx.doom(k)
			}
			continue
		}
		if old := tx.hold(e.o); old != e.v && old != tx.lockWord {
			k := tx.blame(ReadValidation, e.o, nil, old)
			k.Index = i
			tx.unlockAll()
			return tx.doom(k)
		}
	}
	for i := range tx.writes {
		tx.hold(tx.writes[i].o)
	}
	return true
}

// commitHeld commits an irrevocable attempt: everything that it has touched is locked.
func (tx *Tx) commitHeld() {
	tx.p.Charge(machine.CostTxCommit, 1)
	if len(tx.writes) == 0 {
		if tx.s.keyed {
			tx.catchUpAll()
			tx.sampleKey()
		}
		tx.key = tx.snapKey<<1 | 1
		tx.unlockAll()
		return
	}
	v := tx.drawVersion()
	tx.writeBackLog()
	for i := range tx.writes {
		// What was written gets the new version, at its first entry; a record that is no longer ours was done.
		if o := tx.writes[i].o; tx.look(o) == tx.lockWord {
			tx.p.Write(unsafe.Pointer(&o.w))
			o.w.Store(v)
		}
	}
	for i := range tx.locks {
		// What was only read gets its old version back.
		if l := &tx.locks[i]; tx.look(l.o) == tx.lockWord {
			tx.p.Write(unsafe.Pointer(&l.o.w))
			l.o.w.Store(l.v)
		}
	}
	tx.wakeSleepers()
	tx.locks = tx.locks[:0]
}
