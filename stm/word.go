package stm

import (
	"sync/atomic"
	"unsafe"
)

// Word is a two-word cell of transactional memory: a pointer that the garbage collector sees, and 64 bits. Several
// words may lie under one [Orec]. Shared cells are touched by atomic loads and stores of both halves only, so a pair
// that was read while somebody wrote it can be torn, but never unsafe: validation throws it away before anybody
// follows it.
type Word struct {
	P unsafe.Pointer
	B uint64
}

// Get reads both halves outside any transaction. The pair is consistent only if nobody can be writing the cell:
// one thread alone, an irrevocable owner, a quiesced (privatised) object.
func (c *Word) Get() Word {
	return Word{atomic.LoadPointer(&c.P), atomic.LoadUint64(&c.B)}
}

// Set writes both halves outside any transaction; see Get for when that is allowed. Use [Tx.Bump] afterwards when
// transactions may have read the cell.
func (c *Word) Set(w Word) {
	if atomic.LoadPointer(&c.P) != w.P {
		atomic.StorePointer(&c.P, w.P)
	}
	atomic.StoreUint64(&c.B, w.B)
}

// Orec is an ownership record: the version of the words under it, or the lock of the transaction that changes
// them. Which words share a record is the caller's choice, and must never change during the words' life. The zero
// Orec is ready for use.
//
// Unlocked it holds sequence<<7 | stripe<<1, where sequence was drawn from that stripe of the system's clock (see
// clock.go); locked it holds owner<<1 | 1.
type Orec struct{ w atomic.Uint64 }

const (
	lockBit     = 1
	stripeShift = 1
	stripeBits  = 6
	numStripes  = 1 << stripeBits
	stripeMask  = numStripes - 1
	seqShift    = stripeShift + stripeBits
)

// Version is the record's raw word, for debugging and for caches that only compare it: it changes whenever
// something under it has been changed by a commit, and is odd while it is locked.
func (o *Orec) Version() uint64 { return o.w.Load() }

// Locked says whether some transaction holds the record right now.
func (o *Orec) Locked() bool { return o.w.Load()&lockBit != 0 }

// seqOf and stripeOf take an unlocked word apart; ownerOf a locked one.
func seqOf(v uint64) uint64    { return v >> seqShift }
func stripeOf(v uint64) uint64 { return v >> stripeShift & stripeMask }
func ownerOf(v uint64) int     { return int(v >> 1) }

// StampBits is the width of the caller's part of a stamp; see [Tx.StoreStamp].
const StampBits = 20

// PendingStamp is the key part of a stamp that its own transaction reads before the commit: larger than any key.
const PendingStamp = 1<<(64-StampBits) - 1
