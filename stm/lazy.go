package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// lazy: commit-time locking over ownership records with extendable snapshots, the default.
//
// After TL2 (Dice, Shalev, Shavit, DISC 2006) with the time extension of LSA (Riegel, Felber, Fetzer, DISC 2006) and
// the patience of Spear, Dalessandro, Marathe, Scott (PPoPP 2009): readers wait for commits that are under way, do
// not abort for them.
//
//   - read: record, value, record again; equal, unlocked and within the snapshot, or wait, or extend (clock.go).
//   - write: into the redo log; memory is not touched.
//   - commit, read-only: nothing at all. The snapshot was consistent at every read.
//   - commit, update: lock the written records (orecs.go says in which way, without deadlock or livelock); draw the
//     key, if anybody needs one, and the version; validate the reads; write back; release with the version.
//
// Invariants: every version that is not locked was drawn while its commit held all its locks; the read log holds the
// version of each record at the snapshot; a doomed attempt has seen nothing but that snapshot (opacity).
//
// Privatization: not by itself. A doomed reader may look at what a committed transaction has unlinked, and an earlier
// committer may still be writing there back. Whoever wants to use such memory without transactions calls Quiesce
// (Options.Fences) after the commit that unlinks. Publication is safe: what is reachable through a committed
// word was written before the commit, and reads of the word are ordered by its record.
//
// Load and the read-only commit are called directly, not through the interface: that is why the fast paths of Tx
// know lazy by name.
type lazy struct{ redo }

func (lazy) info() Info {
	return Info{
		Name:    "lazy",
		Summary: "ownership records, commit-time locking, redo log, extendable snapshots",
		Paper:   "Dice, Shalev, Shavit, DISC 2006; Riegel, Felber, Fetzer, DISC 2006; Spear et al., PPoPP 2009",
		Opaque:  true,
		Clocks:  true,
		Traits: contention.AlgorithmTraits{Name: "lazy", Aborts: true, Enemies: contention.EnemiesClash,
			Manages: true},
	}
}

// Load reads the cell c under the record o. False means that the attempt is doomed, for the reason that Conflict
// tells: the caller unwinds and calls Rollback. The value belongs to the same snapshot as all values before it.
func (tx *Tx) Load(o *Orec, c *Word) (Word, bool) {
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
	if n := len(tx.reads); n != 0 && tx.reads[n-1].o == o {
		return w, true
	}
	tx.reads = append(tx.reads, readEntry{o, v})
	return w, true
}

// lazyLoad is the read's long way: it waits and extends until the look succeeds or the attempt is doomed.
func (tx *Tx) lazyLoad(o *Orec, c *Word, log bool) (Word, bool) {
	for {
		v := tx.look(o)
		if v&lockBit == 0 {
			w := tx.peek(c)
			if !tx.s.is(mutNoSecondLook) && tx.look(o) != v {
				continue
			}
			if tx.s.is(mutSnapshotLate) && len(tx.reads) == 0 {
				tx.catchUpAll()
				tx.record(o, v)
				return w, true
			}
			if !tx.sawNewer(v) || tx.s.is(mutNoSnapshotCheck) {
				if log {
					tx.record(o, v)
				}
				return w, true
			}
		}
		if !tx.reread(o, c, v) {
			return Word{}, false
		}
	}
}

// Store writes the cell c under the record o. False means that the attempt is doomed.
func (tx *Tx) Store(o *Orec, c *Word, w Word) bool {
	if tx.mode != modeLazy {
		return tx.storeSlow(o, c, w, false)
	}
	tx.put(o, c, w, false)
	return true
}

// lazyCommit is the commit of an attempt that has written. It is commitRedo in one piece, for descriptors with a
// stripe of their own and as long as no lock is in the way: the calls would cost a third of a short transaction.
func (tx *Tx) lazyCommit() bool {
	if !tx.ownStripe || mutants && tx.s.mutant != mutNone {
		return tx.commitRedo(nil)
	}
	p, mine := tx.p, tx.lockWord
	p.Charge(machine.CostTxCommit, 1)
	if cap(tx.locks) < len(tx.writes) {
		tx.reserveLocks()
	}
	locks, newer := tx.locks[:0], false
	for i := range tx.writes {
		o := tx.writes[i].o
		p.Read(unsafe.Pointer(&o.w))
		v := o.w.Load()
		if v == mine {
			continue
		}
		if v&lockBit == 0 {
			p.RMW(unsafe.Pointer(&o.w))
			if o.w.CompareAndSwap(v, mine) {
				n := len(locks)
				locks = locks[:n+1]
				locks[n].o, locks[n].v = o, v
				newer = newer || seqOf(v) > tx.seen[stripeOf(v)]
				continue
			}
		}
		tx.locks = locks // somebody is in the way: start over, with patience
		tx.unlockAll()
		return tx.commitRedo(nil)
	}
	if len(locks) == 0 {
		panic("stm: a record that is locked by a descriptor of the same number: it is used by two systems")
	}
	if tx.s.keyed || tx.stamps {
		p.RMW(unsafe.Pointer(&tx.s.keys))
		tx.key = tx.s.keys.Add(1) << 1
	}
	tx.seq++
	p.Write(unsafe.Pointer(&tx.ownSeq.seq))
	publish(&tx.ownSeq.seq, tx.seq)
	tx.seen[tx.stripe] = tx.seq
	p.Charge(machine.CostTxValidate, len(tx.reads))
	for i := range tx.reads {
		e := &tx.reads[i]
		p.Read(unsafe.Pointer(&e.o.w))
		if v := e.o.w.Load(); v != e.v && (v != mine || newer) {
			tx.locks, tx.newer = locks, newer // it may yet turn out to be right
			if !tx.validateAtCommit() {
				return false
			}
			break
		}
	}
	for i := range tx.writes {
		e := &tx.writes[i]
		b := e.w.B
		if e.stamped {
			b |= tx.key >> 1 << StampBits
		}
		p.Write(unsafe.Pointer(&e.c.P))
		storeP(e.c, e.w.P)
		p.Write(unsafe.Pointer(&e.c.P))
		storeB(e.c, b)
	}
	// The records are released in order, and the last release is a full barrier: before the look for sleepers, all are visible.
	v := tx.seq<<seqShift | tx.stripe<<stripeShift
	last := len(locks) - 1
	for i := range locks[:last] {
		o := locks[i].o
		p.Write(unsafe.Pointer(&o.w))
		publish(&o.w, v)
	}
	p.Write(unsafe.Pointer(&locks[last].o.w))
	locks[last].o.w.Store(v)
	tx.locks, tx.newer = tx.locks[:0], false
	p.Read(unsafe.Pointer(&tx.s.sleep.count))
	if tx.s.sleep.count.Load() != 0 {
		tx.wakeSleepers()
	}
	return true
}

func (lazy) load(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	return tx.lazyLoad(o, c, true)
}

func (lazy) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	return tx.lazyLoad(o, c, false)
}

func (lazy) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	tx.put(o, c, w, stamped)
	return true
}

func (lazy) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	return tx.lazyCommit()
}
