package stm

import (
	"unsafe"

	"gilt/internal/machine"
)

// Latches: the record as a plain spin lock, for systems that run without transactions over the same objects (locking
// each operation). A record is never used both ways at once.

// Latch locks the record, however long that takes. owner identifies the holder, and must not be 0.
func (o *Orec) Latch(p *machine.Proc, owner uint64) {
	for i := 0; ; i++ {
		if o.TryLatch(p, owner) {
			return
		}
		p.Spin(i)
	}
}

// TryLatch locks the record if it is free.
func (o *Orec) TryLatch(p *machine.Proc, owner uint64) bool {
	p.Read(unsafe.Pointer(&o.w))
	v := o.w.Load()
	if v&lockBit != 0 {
		return false
	}
	p.RMW(unsafe.Pointer(&o.w))
	return o.w.CompareAndSwap(v, owner<<1|lockBit)
}

// Unlatch releases a record that Latch or TryLatch has locked.
func (o *Orec) Unlatch(p *machine.Proc) {
	p.Write(unsafe.Pointer(&o.w))
	o.w.Store(0)
}
