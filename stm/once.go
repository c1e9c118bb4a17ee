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
// A record found there is in the snapshot if it still has the logged version behind the read of the cell: versions never come back, so it
// had that one all the while, and an extension of the snapshot has validated the entry. Neither the lock bit nor the snapshot need be
// asked then. Where the record is looked at in the usual way first, as on simulated machines, finding it is enough: a version within
// the snapshot is the one that was logged, because a commit that drew an earlier number than the snapshot held the record's
// lock when the snapshot was taken, so that the first read has waited for it.
//
// The same for cells that the transaction has written, over the write log.

const (
	repeatBits  = 10
	repeatShift = 64 - repeatBits
	wideBits    = 12 // of the hash: so many written cells the filter tells apart
	wideShift   = 64 - wideBits
	ownBits     = 7
	ownShift    = 64 - ownBits
)

// repeats is what such a descriptor has beside the logs.
type repeats struct {
	places [1 << repeatBits]uint32     // where in the read log a record with the hash was put last
	exact  map[*Orec]uint32            // the places on a simulated machine, where nothing may depend on addresses
	wide   [1 << (wideBits - 6)]uint64 // a Bloom filter of the written cells, for write sets of hundreds
	own    [1 << ownBits]uint32        // where in the write log a cell with the hash was found last
}

func (r *repeats) place(o *Orec) *uint32 {
	return &r.places[uint64(uintptr(unsafe.Pointer(o)))>>3*0x9e3779b97f4a7c15>>repeatShift]
}

// wrote says whether the cell may have been written. The caller has looked at the small filter.
func (r *repeats) wrote(c *Word) bool {
	h := uint64(uintptr(unsafe.Pointer(c))) >> 3 * 0x9e3779b97f4a7c15 >> wideShift
	return r.wide[h>>6]&(1<<(h&63)) != 0
}

func (r *repeats) write(c *Word) {
	h := uint64(uintptr(unsafe.Pointer(c))) >> 3 * 0x9e3779b97f4a7c15 >> wideShift
	r.wide[h>>6] |= 1 << (h & 63)
}

// ownPlace is for written cells what place is for read records: an entry counts only if the write log has that cell there.
func (r *repeats) ownPlace(c *Word) *uint32 {
	return &r.own[uint64(uintptr(unsafe.Pointer(c)))>>3*0x9e3779b97f4a7c15>>ownShift]
}

// LoadOnce is Load for callers that read the same records again and again; see Options.Repeats.
func (tx *Tx) LoadOnce(o *Orec, c *Word) (Word, bool) {
	if tx.mode != modeLazy || tx.repeats == nil {
		return tx.Load(o, c)
	}
	if f := tx.filter; f != 0 && f&bloomBit(c) != 0 && tx.repeats.wrote(c) {
		if w, ok := tx.written(c); ok {
			return w, true
		}
	}
	var w Word
	at := tx.repeats.place(o)
	if i := int(*at); i < len(tx.reads) && tx.reads[i].o == o {
		w.P = atomic.LoadPointer(&c.P)
		w.B = atomic.LoadUint64(&c.B)
		if o.w.Load() != tx.reads[i].v {
			return tx.lazyLoad(o, c, true)
		}
		tx.relooked++
		return w, true
	}
	v := o.w.Load()
	w.P = atomic.LoadPointer(&c.P)
	w.B = atomic.LoadUint64(&c.B)
	if v&lockBit != 0 || o.w.Load() != v || seqOf(v) > tx.seen[stripeOf(v)] {
		return tx.lazyLoad(o, c, true)
	}
	*at = uint32(len(tx.reads))
	tx.reads = append(tx.reads, readEntry{o, v})
	return w, true
}

// LoadQuick is LoadOnce for what is usual: a cell that the transaction has not written, under a record that is neither locked
// nor too new. Otherwise ok is false and nothing has happened: Load decides.
func (tx *Tx) LoadQuick(o *Orec, c *Word) (w Word, ok bool) {
	if tx.mode != modeLazy || tx.repeats == nil || tx.Wrote(c) {
		return w, false
	}
	at := tx.repeats.place(o)
	if i := int(*at); i < len(tx.reads) && tx.reads[i].o == o {
		w.P = atomic.LoadPointer(&c.P)
		w.B = atomic.LoadUint64(&c.B)
		tx.relooked++
		return w, o.w.Load() == tx.reads[i].v
	}
	v := o.w.Load()
	w.P = atomic.LoadPointer(&c.P)
	w.B = atomic.LoadUint64(&c.B)
	if v&lockBit != 0 || o.w.Load() != v || seqOf(v) > tx.seen[stripeOf(v)] {
		return w, false
	}
	*at = uint32(len(tx.reads))
	tx.reads = append(tx.reads, readEntry{o, v})
	return w, true
}

// The barrier in pieces, for callers that read several cells under one record. A reader looks at the record, reads cells by
// atomic loads that it has not Wrote, and has a consistent picture when Settle says so; ok false anywhere means that Load
// must be called for each cell.

// Look is the record's version; ok means that the attempt is one that may go on by itself, and the version within its snapshot.
func (tx *Tx) Look(o *Orec) (v uint64, ok bool) {
	if tx.mode != modeLazy || tx.repeats == nil {
		return 0, false
	}
	v = o.w.Load()
	return v, v&lockBit == 0 && seqOf(v) <= tx.seen[stripeOf(v)]
}

// Again finds the record in the read log: v is the version that it has there, and that it still has if the attempt is not
// doomed. It takes the place of Look, and Version() == v behind the reads that of Settle. False says nothing.
func (tx *Tx) Again(o *Orec) (v uint64, ok bool) {
	if tx.mode != modeLazy {
		return 0, false
	}
	if i := int(*tx.repeats.place(o)); i < len(tx.reads) && tx.reads[i].o == o {
		tx.relooked++
		return tx.reads[i].v, true
	}
	return 0, false
}

// Relooked counts a read under a record that the caller knows to be in the read log.
func (tx *Tx) Relooked() { tx.relooked++ }

// Quick says whether the barrier in pieces may be used.
func (tx *Tx) Quick() bool { return tx.mode == modeLazy && tx.repeats != nil }

// Wrote says whether the transaction may have written the cell.
func (tx *Tx) Wrote(c *Word) bool { return tx.filter&bloomBit(c) != 0 && tx.repeats.wrote(c) }

// Own is what the transaction has written to a cell that it has written lately; ok false says nothing.
func (tx *Tx) Own(c *Word) (w Word, ok bool) {
	if i := int(*tx.repeats.ownPlace(c)); i < len(tx.writes) && tx.writes[i].c == c && !tx.writes[i].stamped {
		return tx.writes[i].w, true
	}
	return w, false
}

// SetOwn is Store to a cell of which Own knows the value; ok false says nothing, and nothing has happened.
func (tx *Tx) SetOwn(c *Word, w Word) (ok bool) {
	i := int(*tx.repeats.ownPlace(c))
	if i >= len(tx.writes) || i < tx.saved || tx.writes[i].c != c || tx.writes[i].stamped {
		return false
	}
	tx.writes[i].w = w
	tx.relooked++
	return true
}

// Pending is what the transaction has written to a cell; ok is false if it has not, although it may have Wrote it.
func (tx *Tx) Pending(c *Word) (w Word, ok bool) { return tx.writtenHere(c) }

// Settle logs the record, unless it has changed since Look.
func (tx *Tx) Settle(o *Orec, v uint64) bool {
	if o.w.Load() != v {
		return false
	}
	if !tx.repeated(o) {
		tx.reads = append(tx.reads, readEntry{o, v})
	}
	return true
}

// repeated says whether the record is in the read log, as far as the table knows, and otherwise enters it.
func (tx *Tx) repeated(o *Orec) bool {
	if tx.simulated {
		return tx.repeatedExactly(o)
	}
	at := tx.repeats.place(o)
	if i := int(*at); i < len(tx.reads) && tx.reads[i].o == o {
		tx.relooked++
		return true
	}
	*at = uint32(len(tx.reads))
	return false
}

// maxExact bounds the exact table, which keeps what is in it alive.
const maxExact = 1 << 16

// repeatedExactly is repeated on a simulated machine.
func (tx *Tx) repeatedExactly(o *Orec) bool {
	r := tx.repeats
	if r.logged(tx.reads, o) {
		tx.relooked++
		return true
	}
	if r.exact == nil || len(r.exact) >= maxExact {
		r.exact = map[*Orec]uint32{}
	}
	r.exact[o] = uint32(len(tx.reads))
	return false
}
