package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Commit keys: the order of serialisation, for replay and for stamps. See Tx.Key for the argument.

// sampleKey notes how many commits have drawn keys: the key of a transaction that writes nothing. With gv1 the clock
// itself counts them, and the snapshot's time is the key.
func (tx *Tx) sampleKey() {
	if tx.s.clk == clockGV1 {
		tx.snapKey = tx.seen[0]
		return
	}
	tx.p.Read(unsafe.Pointer(&tx.s.keys))
	tx.snapKey = tx.s.keys.Load()
}

// drawVersion draws the commit's version and, when anybody needs it, its key. All locks of the commit are held, and
// reads have not yet been validated.
func (tx *Tx) drawVersion() uint64 {
	if tx.s.clk == clockGV1 {
		v := tx.draw()
		tx.setKey(seqOf(v))
		return v
	}
	if tx.s.keyed || tx.stamps {
		tx.p.RMW(unsafe.Pointer(&tx.s.keys))
		tx.setKey(tx.s.keys.Add(1))
	}
	return tx.draw()
}

func (tx *Tx) setKey(k uint64) {
	if tx.s.is(mutKeyAtBegin) {
		k = tx.snapKey
	}
	tx.key = k << 1
}

// Key is the place of the last committed transaction in the order of serialisation, when Options.Keys is set (or a
// stamp was stored). Transactions that wrote have even keys, all different; a transaction that only read has the odd
// key that follows the update that it saw last. Executing all committed transactions in the order of their keys,
// equal (odd) ones in any order, gives what each of them read and wrote. Keys agree with real time: a transaction
// that begins after another has ended has no smaller key.
//
// Why: an update draws its key from one counter (gv1: from the clock) while it holds the locks on all that it writes, and validates its
// reads after that. Say A read what B overwrote, so that A must come first: A found B's word unlocked after A had
// drawn, and B drew with the word locked, so A drew first. A transaction that writes nothing samples the counter
// when its snapshot is taken, before it validates.
func (tx *Tx) Key() uint64 { return tx.key }

// SnapshotKey is the key that the running (or last) attempt would get if it were read-only; with Options.Keys only.
func (tx *Tx) SnapshotKey() uint64 { return tx.snapKey<<1 | 1 }

// keyCounter is what the system's commits draw their keys from, and how much one of them adds.
func (s *System) keyCounter() (c *atomic.Uint64, step uint64) {
	switch {
	case s.seqKeys:
		return &s.seq, 2
	case s.clk == clockGV1:
		return &s.clock.stripes[0].seq, 1
	}
	return &s.keys, 1
}

// LastKey is the last commit key that was drawn: no stamp of a finished commit is above LastKey()<<StampBits. With the
// sequence lock and with gv1 it always tells; otherwise keys are drawn by those only who need them (Tx.Key).
func (s *System) LastKey() uint64 {
	c, step := s.keyCounter()
	return c.Load() / step
}

// DrawKey is a place in the order of serialisation for what is done without a transaction while none is running: behind all that
// have committed, before all that will begin.
func (s *System) DrawKey(p *machine.Proc) uint64 {
	c, step := s.keyCounter()
	p.RMW(unsafe.Pointer(c))
	return c.Add(step) / step << 1
}
