package stm

import (
	"math/bits"
	"unsafe"
)

// The logs. Each descriptor has its own, reused for ever: they only grow, and only while no lock is held.

// readEntry says that o had version v when it was read.
type readEntry struct {
	o *Orec
	v uint64
}

// writeEntry is a pending value (redo logs) or a former one (undo logs).
type writeEntry struct {
	o       *Orec
	c       *Word
	w       Word
	stamped bool // w.B is the caller's part of a stamp
}

// lockEntry says that o is locked, and had version v before.
type lockEntry struct {
	o *Orec
	v uint64
}

// journalEntry is a pending value that was overwritten after a savepoint.
type journalEntry struct {
	i       int
	w       Word
	stamped bool
}

const (
	// scanLimit is the size of a write log up to which searching it is faster than hashing.
	scanLimit = 8
	// keepLimit is how many entries of a log may keep pointing to garbage until they are overwritten.
	keepLimit = 256
)

// bloomBit is the cell's bit in the filter of written cells.
func bloomBit(c *Word) uint64 {
	return 1 << (uint64(uintptr(unsafe.Pointer(c))>>3) * 0x9e3779b97f4a7c15 >> 58)
}

// findWrite is the place of c in the write log, -1 if it is not there. The caller has looked at the filter.
func (tx *Tx) findWrite(c *Word) int {
	r := tx.repeats
	if r == nil {
		return tx.searchWrite(c)
	}
	at := r.ownPlace(c)
	if i := int(*at); i < len(tx.writes) && tx.writes[i].c == c {
		return i
	}
	i := tx.searchWrite(c)
	if i >= 0 && !mutants {
		*at = uint32(i)
	}
	return i
}

func (tx *Tx) searchWrite(c *Word) int {
	if n := len(tx.writes); n > scanLimit {
		// A cell that was read is often written next.
		if i := tx.lastFound; i < n && tx.writes[i].c == c {
			return i
		}
		i := tx.index.find(tx.writes, c)
		if i >= 0 {
			tx.lastFound = i
		}
		return i
	}
	for i := len(tx.writes) - 1; i >= 0; i-- {
		if tx.writes[i].c == c {
			return i
		}
	}
	return -1
}

// written is the pending value of c, if the transaction has written it.
func (tx *Tx) written(c *Word) (Word, bool) {
	if tx.filter == 0 {
		return Word{}, false
	}
	return tx.writtenHere(c)
}

func (tx *Tx) writtenHere(c *Word) (Word, bool) {
	if tx.filter&bloomBit(c) == 0 || tx.s.is(mutNoReadOwnWrite) {
		return Word{}, false
	}
	i := tx.findWrite(c)
	if i < 0 {
		return Word{}, false
	}
	return tx.writes[i].value(), true
}

// value is the entry's value as its own transaction sees it.
func (e *writeEntry) value() Word {
	if e.stamped {
		return Word{e.w.P, PendingStamp<<StampBits | e.w.B}
	}
	return e.w
}

// put enters a pending value into the write log.
func (tx *Tx) put(o *Orec, c *Word, w Word, stamped bool) {
	bit := bloomBit(c)
	if tx.filter&bit != 0 {
		if i := tx.findWrite(c); i >= 0 {
			if tx.s.is(mutFirstWriteWins) {
				return
			}
			e := &tx.writes[i]
			if i < tx.saved {
				tx.journal = append(tx.journal, journalEntry{i, e.w, e.stamped})
			}
			e.w, e.stamped = w, stamped
			tx.relooked++
			return
		}
	}
	if tx.wantOpen {
		tx.opened(o, c)
	}
	tx.appendWrite(o, c, w, stamped)
}

// appendWrite adds an entry to the write log.
func (tx *Tx) appendWrite(o *Orec, c *Word, w Word, stamped bool) {
	tx.filter |= bloomBit(c)
	if tx.repeats != nil {
		tx.repeats.write(c)
		if !mutants { // a mutant that does not see its own writes must not see them here
			*tx.repeats.ownPlace(c) = uint32(len(tx.writes))
		}
	}
	n := len(tx.writes)
	if n == cap(tx.writes) {
		tx.writes = append(tx.writes, writeEntry{})
	} else {
		tx.writes = tx.writes[:n+1]
	}
	e := &tx.writes[n] // field by field: a composite would be built on the stack and copied, which stalls
	e.o, e.c = o, c
	e.w.P, e.w.B = w.P, w.B
	e.stamped = stamped
	if n >= scanLimit {
		tx.index.add(tx.writes)
	}
}

// opened tells the contention manager of the first write to a word.
func (tx *Tx) opened(o *Orec, c *Word) {
	p := unsafe.Pointer(o)
	if o == nil {
		p = unsafe.Pointer(c)
	}
	tx.cm.Open(tx.placeOf(p), true)
}

// record enters a read into the read log. Reads of the same record in a row are entered once.
func (tx *Tx) record(o *Orec, v uint64) {
	if n := len(tx.reads); n != 0 && tx.reads[n-1].o == o {
		tx.relooked++
		return
	}
	if tx.repeats != nil && tx.repeated(o) {
		return
	}
	if tx.wantOpen {
		tx.cm.Open(tx.placeOf(unsafe.Pointer(o)), false)
	}
	n := len(tx.reads)
	if n == cap(tx.reads) {
		tx.reads = append(tx.reads, readEntry{})
	} else {
		tx.reads = tx.reads[:n+1]
	}
	tx.reads[n].o, tx.reads[n].v = o, v
}

// resetLogs empties the logs, and forgets what large ones pointed to.
func (tx *Tx) resetLogs() {
	if len(tx.reads) > keepLimit {
		clear(tx.reads)
	}
	tx.reads = tx.reads[:0]
	if len(tx.values) > keepLimit {
		clear(tx.values)
	}
	tx.values = tx.values[:0]
	if len(tx.writes) != 0 {
		tx.resetWrites()
	}
}

func (tx *Tx) resetWrites() {
	if tx.index.used != 0 {
		tx.index.clear()
	}
	if len(tx.writes) > keepLimit {
		clear(tx.writes)
		clear(tx.locks[:cap(tx.locks)])
	}
	tx.writes = tx.writes[:0]
	tx.locks = tx.locks[:0]
	tx.journal = tx.journal[:0]
	tx.filter = 0
	if tx.repeats != nil {
		clear(tx.repeats.wide[:])
	}
}

// reserveLocks makes room for locking the whole write log, before the first lock is taken.
func (tx *Tx) reserveLocks() {
	if cap(tx.locks) < len(tx.writes) {
		tx.locks = make([]lockEntry, 0, cap(tx.writes))
	}
	tx.locks = tx.locks[:0]
}

// writeIndex finds cells in a long write log: open addressing, linear probing. A slot holds the number of the index's
// life in its upper half, so that emptying it costs nothing, and the entry's place in the log in its lower half.
type writeIndex struct {
	slots []uint64
	life  uint64
	used  int
	done  int // entries of the log that have been added
	shift uint
}

func (x *writeIndex) hash(c *Word) int {
	return int(uint64(uintptr(unsafe.Pointer(c))>>3) * 0x9e3779b97f4a7c15 >> x.shift)
}

func (x *writeIndex) find(log []writeEntry, c *Word) int {
	mask := len(x.slots) - 1
	for h := x.hash(c); ; h = (h + 1) & mask {
		s := x.slots[h]
		if s>>32 != x.life {
			return -1
		}
		// Entries that a savepoint's rollback has cut off are still indexed: they match only if they are right.
		if i := int(uint32(s)); i < len(log) && log[i].c == c {
			return i
		}
	}
}

// add indexes the entries of the log that are not yet indexed.
func (x *writeIndex) add(log []writeEntry) {
	if 2*(x.used+len(log)-x.done) > len(x.slots) {
		x.grow(4 * len(log))
	}
	for ; x.done < len(log); x.done++ {
		x.insert(log[x.done].c, x.done)
	}
}

func (x *writeIndex) insert(c *Word, i int) {
	mask := len(x.slots) - 1
	h := x.hash(c)
	for x.slots[h]>>32 == x.life {
		h = (h + 1) & mask
	}
	x.slots[h] = x.life<<32 | uint64(i)
	x.used++
}

func (x *writeIndex) grow(n int) {
	n = max(64, 1<<bits.Len(uint(n-1)))
	if n > len(x.slots) {
		x.slots = make([]uint64, n)
		x.shift = 64 - uint(bits.TrailingZeros(uint(n)))
	}
	x.clear()
}

// clear empties the index.
func (x *writeIndex) clear() {
	x.used, x.done = 0, 0
	if x.life++; x.life == 1<<32 {
		clear(x.slots)
		x.life = 1
	}
	if x.life == 0 {
		x.life = 1
	}
}

// cut tells the index that the log was cut to n entries.
func (x *writeIndex) cut(n int) { x.done = min(x.done, n) }
