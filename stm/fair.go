package stm

import (
	"fmt"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// fair: lazy with visible reads for transactions that have a priority: Spear, Dalessandro, Marathe, Scott, "A
// comprehensive strategy for contention management in software transactional memory", PPoPP 2009 (RSTM's OrecFair).
//
// The contention manager gives a transaction that has aborted often, or that the program prefers (SetPriority), a
// priority. Such an attempt marks every record before it looks at it, and a writer that has locked its records looks at
// the marks: when somebody of higher priority reads there, it gives way. Mark then look, lock then look at the marks:
// one of the two sees the other (contention.Marks). Ordinary transactions pay one test at begin, one load at commit.
//
// Marks are bits in a table of 2^16 records (Options.Marks "bits") or a Bloom filter per prioritised transaction
// ("bloom"). Waits go from higher to lower priority, or as orecs.go says.
//
// A read-only commit of a prioritised attempt clears its marks, which is the one shared write that the method needs;
// without a priority there is none. Privatization: not by itself, as lazy.
type fair struct{ redo }

const (
	fairRecordBits = 16
	fairBloomBits  = 12
	fairPatience   = 8 // times longer that a prioritised reader waits for a lock
)

func (fair) info() Info {
	return Info{
		Name:    "fair",
		Summary: "lazy, and writers give way to visible readers of higher priority",
		Paper:   "Spear, Dalessandro, Marathe, Scott, PPoPP 2009",
		Opaque:  true,
		Clocks:  true,
		Traits: contention.AlgorithmTraits{Name: "fair", Aborts: true, Enemies: contention.EnemiesClash,
			VisibleReaders: true, Marks: true, Manages: true},
	}
}

func (fair) setup(s *System, o *Options) error {
	switch o.Marks {
	case "", "bits":
		s.marks = contention.NewMarks(fairRecordBits)
	case "bloom":
		s.marks = contention.NewBloomMarks(fairBloomBits)
	default:
		return fmt.Errorf("unknown marks %q (known: bits, bloom)", o.Marks)
	}
	return nil
}

func (fair) begin(tx *Tx) {
	if tx.cm.Priority() > 0 {
		tx.marking.Enter(tx.p, tx.s.marks, &tx.cm)
	}
	tx.sample()
}

// mark makes the access visible, and waits for a lock with the patience of the prioritised.
func (fair) mark(tx *Tx, o *Orec) {
	if tx.marking.Entered() {
		tx.marking.Mark(tx.p, tx.placeOf(unsafe.Pointer(o)))
		if v := tx.look(o); v&lockBit != 0 && v != tx.lockWord {
			tx.awaitUnlocked(o, fairPatience*readSpins)
		}
	}
}

func (f fair) load(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	f.mark(tx, o)
	return tx.lazyLoad(o, c, true)
}

func (f fair) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	return tx.lazyLoad(o, c, false)
}

func (f fair) store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool {
	if tx.marking.Entered() {
		tx.marking.Mark(tx.p, tx.placeOf(unsafe.Pointer(o)))
	}
	tx.put(o, c, w, stamped)
	return true
}

func (f fair) commit(tx *Tx) bool {
	if len(tx.writes) == 0 {
		tx.key = tx.snapKey<<1 | 1
		tx.marking.Leave(tx.p)
		return true
	}
	tx.p.Charge(machine.CostTxCommit, 1)
	if !tx.lockWrites() || !f.giveWay(tx) || !tx.commitLocked(nil) {
		return false
	}
	tx.marking.Leave(tx.p)
	return true
}

// giveWay aborts when somebody of higher priority reads what the attempt, which holds its locks, has written.
func (fair) giveWay(tx *Tx) bool {
	m := tx.s.marks
	if !m.Active(tx.p) || tx.s.is(mutNoMarks) {
		return true
	}
	var readers uint64
	for i := range tx.writes {
		readers |= m.Readers(tx.p, tx.placeOf(unsafe.Pointer(tx.writes[i].o)))
	}
	above := m.Above(tx.p, readers, &tx.cm)
	if above == nil {
		return true
	}
	tx.unlockAll()
	return tx.doom(Conflict{Marked, nil, nil, above.Thread(), -1})
}

func (fair) rollback(tx *Tx) {
	tx.unlockAll()
	tx.marking.Leave(tx.p)
}

func (fair) commitIrrevocable(tx *Tx) {
	tx.commitHeld()
	tx.marking.Leave(tx.p)
}
