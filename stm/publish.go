//go:build !amd64 || race

package stm

import (
	"sync/atomic"
	"unsafe"
)

// publish stores a number whose readers take it for a hint.
func publish(a *atomic.Uint64, n uint64) { a.Store(n) }

// publish32 is publish for states that others change by compare-and-swap only: the end of a lock, what was prepared for them.
func publish32(a *atomic.Uint32, n uint32) { a.Store(n) }

// storeP and storeB store one half of a cell whose orec is locked.
func storeP(c *Word, p unsafe.Pointer) {
	if atomic.LoadPointer(&c.P) != p {
		atomic.StorePointer(&c.P, p)
	}
}

func storeB(c *Word, b uint64) { atomic.StoreUint64(&c.B, b) }
