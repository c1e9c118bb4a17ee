package stm

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// fence says whether an attempt is running: its number is odd then. Descriptors keep it only with Options.Fences: it
// costs two atomic stores a transaction.
type fence struct{ n atomic.Uint64 }

func (f *fence) enter(p *machine.Proc) {
	p.Write(unsafe.Pointer(&f.n))
	f.n.Store(f.n.Load() | 1)
}

func (f *fence) leave(p *machine.Proc) {
	p.Write(unsafe.Pointer(&f.n))
	f.n.Store((f.n.Load() | 1) + 1)
}

// Quiesce waits until every attempt that was running when it was called has ended, except the irrevocable one, which
// is no zombie. Called after a commit that made some memory unreachable for later transactions, it makes that
// memory private: no doomed reader looks at it any more, no committer still writes there. It needs
// Options.Fences, except under algorithms that privatize by themselves, where it returns at once.
func (tx *Tx) Quiesce() {
	if tx.mode != modeIdle {
		panic("stm: Quiesce inside a transaction")
	}
	s := tx.s
	if s.info.Privatizes {
		return
	}
	if !s.fenced {
		panic("stm: Quiesce without Options.Fences")
	}
	for _, e := range *s.table.Load() {
		if e == nil || e == tx {
			continue
		}
		tx.p.Read(unsafe.Pointer(&e.active.n))
		n := e.active.n.Load()
		for i := 0; n&1 != 0 && !s.token.heldBy(tx.p, e.id); i++ {
			tx.p.Spin(i)
			tx.p.Read(unsafe.Pointer(&e.active.n))
			if e.active.n.Load() != n {
				break
			}
		}
	}
}
