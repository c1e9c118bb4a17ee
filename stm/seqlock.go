package stm

import (
	"unsafe"

	"gilt/internal/machine"
)

// What the algorithms with one sequence lock share (norec, tml, gencounter): System.seq is even while memory is at
// rest, odd while a committer (or tml's writer) changes it. Commit keys are the sequence itself, halved: a commit that
// leaves the lock at 2k has key k, a reader whose snapshot is 2k sees the commits up to k.
//
// Irrevocability: the holder of the token validates, and from then on nobody else may commit a change: a committer that
// has made the sequence odd looks at the token, the holder that has taken the token looks at the sequence, so one of
// the two sees the other (as always in this package, sequentially consistent). The committer puts the sequence back,
// having changed nothing, and sleeps until the token is free. Reading goes on. The holder neither logs nor checks its
// reads.

// seqBegin waits until the sequence is even and takes it for the snapshot.
func (tx *Tx) seqBegin() {
	tx.seq = tx.seqAtRest()
	tx.snapKey = tx.seq >> 1
}

// seqAtRest waits until nobody writes.
func (tx *Tx) seqAtRest() uint64 {
	for i := 0; ; i++ {
		if n := tx.seqNow(); n&1 == 0 {
			return n
		}
		if i == 0 {
			tx.stats.LockWaits++
		}
		tx.p.Spin(i)
	}
}

func (tx *Tx) seqNow() uint64 {
	tx.p.Read(unsafe.Pointer(&tx.s.seq))
	return tx.s.seq.Load()
}

func (tx *Tx) seqStore(n uint64) {
	tx.p.Write(unsafe.Pointer(&tx.s.seq))
	tx.s.seq.Store(n)
}

// seqLock makes the sequence odd if it still is the snapshot's.
func (tx *Tx) seqLock() bool {
	tx.p.RMW(unsafe.Pointer(&tx.s.seq))
	return tx.s.seq.CompareAndSwap(tx.seq, tx.seq+1)
}

// seqBarred says, after seqLock, that an irrevocable transaction forbids to go on. The lock is given back then.
func (tx *Tx) seqBarred() bool {
	k := &tx.s.token.holder
	tx.p.Read(unsafe.Pointer(k))
	h := int(k.Load())
	if h == 0 || h == tx.id || tx.s.is(mutIrrevocableReads) {
		return false
	}
	tx.seqStore(tx.seq)
	tx.doom(Conflict{IrrevocableEnemy, nil, nil, h, -1})
	return true
}

// seqPublish writes the redo log back and ends the commit that seqLock has begun.
func (tx *Tx) seqPublish() {
	tx.p.Charge(machine.CostTxCommit, 1)
	n := tx.seq + 2
	tx.key = n &^ 1
	if tx.s.is(mutKeyAtBegin) {
		tx.key = tx.snapKey << 1
	}
	tx.s.owner.Store(int64(tx.id))
	if tx.s.is(mutReleaseEarly) {
		tx.seqStore(n)
		tx.writeBackLog()
		return
	}
	tx.writeBackLog()
	tx.seqStore(n)
	tx.wakeSleepers()
}

// overtaken dooms the attempt because somebody else has committed.
func (tx *Tx) overtaken(r Reason, c *Word) bool {
	return tx.doom(Conflict{r, nil, c, int(tx.s.owner.Load()), -1})
}

// seqRedo has the methods that norec and gencounter share.
type seqRedo struct{}

func (seqRedo) setup(s *System, o *Options) error {
	s.clk = clockGV1 // unused: versions are not drawn
	s.seqKeys = true
	return nil
}

func (seqRedo) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	tx.put(o, c, w, stamped)
	return true
}

func (seqRedo) rollback(*Tx) {}

func (seqRedo) commitIrrevocable(tx *Tx) {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return
	}
	for i := 0; !tx.seqLock(); i++ { // only those who will see the token and give it back are in the way
		tx.p.Spin(i)
	}
	tx.seqPublish()
}

func (seqRedo) fresh(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if tx.mode != modeIdle {
		if w, ok := tx.written(c); ok {
			return w, true
		}
	}
	return tx.seqFresh(c), true
}

// seqFresh is the latest committed value.
func (tx *Tx) seqFresh(c *Word) Word {
	for {
		n := tx.seqAtRest()
		w := tx.peek(c)
		if tx.seqNow() == n {
			return w
		}
	}
}

func (seqRedo) holds() bool { return false }

func (seqRedo) inPlace() bool { return false }

func (seqRedo) read(tx *Tx, c *Word) Word { return tx.peek(c) }

func (seqRedo) expel(*Tx, *Orec, uint64) {}

func (seqRedo) pending(tx *Tx, i int) *Word { return &tx.writes[i].w }

func (seqRedo) undo(tx *Tx, sp Savepoint) { tx.undoRedo(sp) }

// bump makes attempts look again after a change outside transactions.
func (seqRedo) bump(tx *Tx) { tx.seqBump() }

func (tx *Tx) seqBump() {
	tx.p.RMW(unsafe.Pointer(&tx.s.seq))
	tx.s.seq.Add(2)
}
