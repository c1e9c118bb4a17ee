package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// swiss: SwissTM (Dragojević, Guerraoui, Kapałka, "Stretching transactional memory", PLDI 2009): write/write conflicts
// are found when a word is first written, read/write conflicts when the writer commits.
//
//   - Every record has a write lock beside its version: here in a table hashed by the record's address, as in the
//     paper; two records may share a write lock, which costs concurrency only.
//   - read: as lazy; write locks of others are ignored.
//   - write: take the write lock, and ask the contention manager when another has it (its two-phase policy belongs to
//     the paper; any will do); extend when the record is newer than the snapshot; into the redo log.
//   - commit, update: past EnterCommit nobody can kill us; lock the records' versions (CAS, not the paper's plain
//     store, since the irrevocable transaction locks records without write locks), draw, validate, write back,
//     release both.
//
// An owner polls whether it was killed at each access and in each wait. Privatization: not by itself, as lazy.
type swiss struct{ redo }

const swissLockBits = 16

func (swiss) info() Info {
	return Info{
		Name:    "swiss",
		Summary: "write locks at the first write, versions locked at commit, redo log, extension",
		Paper:   "Dragojević, Guerraoui, Kapałka, PLDI 2009",
		Opaque:  true,
		Clocks:  true,
		Traits: contention.AlgorithmTraits{Name: "swiss", Aborts: true, Enemies: contention.EnemiesLive,
			Manages: true},
	}
}

func (swiss) setup(s *System, _ *Options) error {
	s.wlock = make([]atomic.Uint64, 1<<swissLockBits)
	return nil
}

func (tx *Tx) wlockOf(o *Orec) int {
	return int(tx.placeOf(unsafe.Pointer(o)) * 0x9e3779b97f4a7c15 >> (64 - swissLockBits))
}

// killed dooms the attempt when an enemy has killed it.
func (tx *Tx) killed() bool {
	if !tx.cm.Killed() {
		return false
	}
	tx.doom(Conflict{Killed, nil, nil, tx.cm.KilledBy(), -1})
	return true
}

func (swiss) load(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	if tx.killed() {
		return Word{}, false
	}
	return tx.lazyLoad(o, c, true)
}

func (swiss) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	return tx.lazyLoad(o, c, false)
}

func (s swiss) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	if !s.own(tx, o, c) {
		return false
	}
	tx.put(o, c, w, stamped)
	return true
}

// own takes the write lock of o.
func (swiss) own(tx *Tx, o *Orec, c *Word) bool {
	if tx.killed() {
		return false
	}
	i := tx.wlockOf(o)
	l := &tx.s.wlock[i]
	me := uint64(tx.id)
	for {
		tx.p.Read(unsafe.Pointer(l))
		h := l.Load()
		if h == me {
			return true
		}
		if h == 0 {
			tx.p.RMW(unsafe.Pointer(l))
			if l.CompareAndSwap(0, me) {
				break
			}
			continue
		}
		if !tx.fight(l, h, contention.WW, o, c) {
			return false
		}
	}
	tx.wheld = append(tx.wheld, i)
	if v := tx.look(o); v&lockBit == 0 && tx.sawNewer(v) {
		return tx.extendTo(v, o, c, WriteVersion)
	}
	return true
}

// fight asks the contention manager about the enemy that holds the lock l with the word h; true means look again.
func (tx *Tx) fight(l *atomic.Uint64, h uint64, k contention.Kind, o *Orec, c *Word) bool {
	id := int(h)
	if l == &o.w {
		id = ownerOf(h)
	}
	enemy := tx.s.ByID(id)
	if enemy == nil {
		tx.p.Spin(0)
		return true
	}
	if tx.s.token.heldBy(tx.p, id) {
		return tx.doom(Conflict{IrrevocableEnemy, o, c, id, -1})
	}
	word := enemy.cm.Word()
	tx.p.Read(unsafe.Pointer(l))
	if l.Load() != h {
		return true // the word may be of another attempt
	}
	tx.stats.LockWaits++
	switch tx.cm.Conflict(tx.p, &enemy.cm, word, k, contention.Executing, unsafe.Pointer(o)) {
	case contention.Wait:
		return true
	case contention.Split:
		return tx.doom(Conflict{Split, o, c, id, -1})
	}
	if tx.killed() {
		return false
	}
	r := WriteLocked
	if k == contention.RW {
		r = ReadLocked
	}
	return tx.doom(Conflict{r, o, c, id, -1})
}

func (s swiss) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		s.disown(tx) // of what a savepoint has taken back
		tx.key = tx.snapKey<<1 | 1
		return true
	}
	tx.p.Charge(machine.CostTxCommit, 1)
	if !tx.cm.EnterCommit(tx.p) {
		return tx.doom(Conflict{Killed, nil, nil, tx.cm.KilledBy(), -1})
	}
	if !tx.lockWrites() || !tx.commitLocked(nil) {
		return false
	}
	s.disown(tx)
	return true
}

// disown releases the write locks.
func (swiss) disown(tx *Tx) {
	for _, i := range tx.wheld {
		l := &tx.s.wlock[i]
		tx.p.Write(unsafe.Pointer(l))
		l.Store(0)
	}
	tx.wheld = tx.wheld[:0]
}

func (s swiss) rollback(tx *Tx) {
	tx.unlockAll()
	s.disown(tx)
}

func (swiss) irrevocable(tx *Tx) bool {
	if !tx.cm.BecomeIrrevocable(tx.p) {
		return tx.doom(Conflict{Killed, nil, nil, tx.cm.KilledBy(), -1})
	}
	return tx.lockEverything()
}

func (s swiss) commitIrrevocable(tx *Tx) {
	tx.commitHeld()
	s.disown(tx)
}
