package stm

import (
	"sync/atomic"
	"unsafe"
)

// Repeated reads. The slices of an interpreter read the same few records over and over: the root of a tree, the object
// of a method that runs in a loop. Logging each read would make the log, and with it validation, as long as the slice; a
// descriptor of a system with Options.Repeats therefore remembers, in a small direct-mapped table over the records' addresses,
// where in its read log a record is.
//
// The table needs no clearing: an entry counts only if it lies within the log and the log has that record there.
// Finding the record there is enough. Its version need not be compared: a version that lies within the snapshot is
// the one that was logged, because a commit that drew an earlier number than the snapshot held the record's lock
// when the snapshot was taken, so that the first read has waited for it; and an extension of the snapshot has validated
// the entry.

const (
	repeatBits  = 10
	repeatShift = 64 - repeatBits
)

// repeats says where in the read log a record with the hash was put last.
type repeats [1 << repeatBits]uint32

func (r *repeats) place(o *Orec) *uint32 {
	return &r[uint64(uintptr(unsafe.Pointer(o)))>>3*0x9e3779b97f4a7c15>>repeatShift]
}

// LoadOnce is Load for callers that read the same records again and again; see Options.Repeats.
func (tx *Tx) LoadOnce(o *Orec, c *Word) (Word, bool) {
	if tx.mode != modeLazy {
		return tx.loadSlow(o, c)
	}
	if f := tx.filter; f != 0 && f&bloomBit(c) != 0 {
		if w, ok := tx.written(c); ok {
			return w, true
		}
	}
	v := o.w.Load()
	w := Word{P: atomic.LoadPointer(&c.P)}
	w.B = atomic.LoadUint64(&c.B)
	if v&lockBit != 0 || o.w.Load() != v || seqOf(v) > tx.seen[stripeOf(v)] {
		return tx.lazyLoad(o, c, true)
	}
	at := tx.repeats.place(o)
	if i := int(*at); i < len(tx.reads) && tx.reads[i].o == o {
		tx.relooked++
		return w, true
	}
	*at = uint32(len(tx.reads))
	tx.reads = append(tx.reads, readEntry{o, v})
	return w, true
}

// repeated says whether the record is in the read log, as far as the table knows, and otherwise enters it.
func (tx *Tx) repeated(o *Orec) bool {
	at := tx.repeats.place(o)
	if i := int(*at); i < len(tx.reads) && tx.reads[i].o == o {
		tx.relooked++
		return true
	}
	*at = uint32(len(tx.reads))
	return false
}
