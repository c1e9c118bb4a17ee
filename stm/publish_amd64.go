//go:build amd64 && !race

package stm

import (
	"sync/atomic"
	"unsafe"
)

// Stores that need only be in order, under a lock or by the only writer. On amd64 stores become visible in program
// order, so a plain store is what a release store would be, without the locked instruction that sync/atomic's
// store costs there (6 ns each, and a commit has several). Nothing else could be observed: words of machine size are
// never torn, the compiler does not move stores across the atomic operations that lock and unlock, and readers use
// atomic loads between two looks at the orec. The race detector's build uses the other file.

// publish stores a number whose readers take it for a hint.
func publish(a *atomic.Uint64, n uint64) { *(*uint64)(unsafe.Pointer(a)) = n }

// publish32 is publish for states that others change by compare-and-swap only: the end of a lock, what was prepared for them.
func publish32(a *atomic.Uint32, n uint32) { *(*uint32)(unsafe.Pointer(a)) = n }

// storeP and storeB store one half of a cell whose orec is locked.
func storeP(c *Word, p unsafe.Pointer) {
	if c.P != p {
		c.P = p
	}
}

func storeB(c *Word, b uint64) { c.B = b }
