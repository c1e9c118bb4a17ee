package pathology

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
	"gilt/stm"
)

// objects is the transactional memory of a run: a record and a cell per object.
type objects struct {
	orecs []padded
}

// padded is one object on a cache line of its own, so that only true sharing is seen.
type padded struct {
	o stm.Orec
	w stm.Word
	_ [40]byte
}

func (m *objects) values() []uint64 {
	out := make([]uint64, len(m.orecs))
	for i := range m.orecs {
		out[i] = m.orecs[i].w.Get().B
	}
	return out
}

// txAccess is one thread's access through transactions.
type txAccess struct {
	m  *objects
	tx *stm.Tx
	p  *machine.Proc
}

func (a *txAccess) load(i int) (uint64, bool) {
	x := &a.m.orecs[i]
	w, ok := a.tx.Load(&x.o, &x.w)
	return w.B, ok
}

func (a *txAccess) store(i int, v uint64) bool {
	x := &a.m.orecs[i]
	return a.tx.Store(&x.o, &x.w, stm.Word{B: v})
}

func (a *txAccess) work(ns int) { a.p.Charge(machine.CostNanosecond, ns) }
func (a *txAccess) code(n int)  { a.p.Charge(machine.CostBytecode, n) }

// plain is memory that one lock protects, or that one thread has for itself.
type plain struct{ cells []plainCell }

type plainCell struct {
	v atomic.Uint64
	_ [56]byte
}

func (m *plain) values() []uint64 {
	out := make([]uint64, len(m.cells))
	for i := range m.cells {
		out[i] = m.cells[i].v.Load()
	}
	return out
}

// plainAccess never fails.
type plainAccess struct {
	m *plain
	p *machine.Proc
}

func (a *plainAccess) load(i int) (uint64, bool) {
	c := &a.m.cells[i]
	a.p.Read(unsafe.Pointer(c))
	return c.v.Load(), true
}

func (a *plainAccess) store(i int, v uint64) bool {
	c := &a.m.cells[i]
	a.p.Write(unsafe.Pointer(c))
	c.v.Store(v)
	return true
}

func (a *plainAccess) work(ns int) { a.p.Charge(machine.CostNanosecond, ns) }
func (a *plainAccess) code(n int)  { a.p.Charge(machine.CostBytecode, n) }

// globalLock is the one lock that transactions are compared with: it spins for a moment, then parks; who waits
// longest gets it (an unfair lock would have the best throughput of all, for one thread).
type globalLock struct {
	word  atomic.Int32
	queue []*lockWaiter
}

type lockWaiter struct {
	p     *machine.Proc
	ready atomic.Bool
}

// lockSpins is how many rounds a waiter looks before it parks.
const lockSpins = 16

func (l *globalLock) lock(p *machine.Proc) {
	p.RMW(unsafe.Pointer(&l.word))
	if l.word.CompareAndSwap(0, 1) {
		return
	}
	w := &lockWaiter{p: p}
	l.queue = append(l.queue, w) // simulated threads switch at hooks only
	for i := 0; i < lockSpins; i++ {
		p.Read(unsafe.Pointer(&w.ready))
		if w.ready.Load() {
			return
		}
		p.Spin(i)
	}
	for !w.ready.Load() {
		p.Park(machine.Wait{What: "global lock", Owner: -1})
	}
}

func (l *globalLock) unlock(p *machine.Proc) {
	p.Write(unsafe.Pointer(&l.word))
	if len(l.queue) == 0 {
		l.word.Store(0)
		return
	}
	w := l.queue[0]
	l.queue = l.queue[1:]
	p.Write(unsafe.Pointer(&w.ready))
	w.ready.Store(true)
	w.p.Unpark(p)
}
