package vm

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// mutex is a small lock on the machine's terms, for the VM's own short critical sections: it spins, then sleeps on a futex.
type mutex struct {
	futex machine.Futex // the word: 0 free, 1 held, 2 held and somebody sleeps
}

func (m *mutex) state() *atomic.Uint32 { return m.futex.Word() }

func (m *mutex) lock(p *machine.Proc) {
	w := m.state()
	for i := 0; i < 20; i++ {
		p.RMW(unsafe.Pointer(w))
		if w.CompareAndSwap(0, 1) {
			return
		}
		p.Spin(i)
	}
	for {
		p.RMW(unsafe.Pointer(w))
		if w.Swap(2) == 0 {
			return
		}
		m.futex.Wait(p, machine.Wait{What: "output", Owner: -1}, 2)
	}
}

// tryLock takes the lock if it is free.
func (m *mutex) tryLock(p *machine.Proc) bool {
	w := m.state()
	p.RMW(unsafe.Pointer(w))
	return w.CompareAndSwap(0, 1)
}

func (m *mutex) unlock(p *machine.Proc) {
	w := m.state()
	p.RMW(unsafe.Pointer(w))
	if w.Swap(0) == 2 {
		m.futex.Wake(p, 1)
	}
}
