package main

import (
	"syscall"
	"unsafe"
)

// What a program allocates before the collector's first cycle is memory that nobody has touched: a page fault for every 4 KiB of it
// costs more than allocating does. The kernel hands out huge pages where it is asked to, and goes on doing so when the block that it was
// asked about has been collected and its addresses serve small objects.

const hugePage = 2 << 20

// preferHugePages asks for huge pages under block, which is not used otherwise. A kernel that has none refuses, and nothing is lost.
func preferHugePages(block []byte) {
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(block))) % hugePage
	n := (uintptr(len(block)) - skip) / hugePage * hugePage
	_ = syscall.Madvise(block[skip:skip+n], syscall.MADV_HUGEPAGE)
}
