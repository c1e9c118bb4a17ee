//go:build amd64 || arm64

// Package goroutine tells which goroutine and which processor is running.
//
// Go has no thread-local storage. Two things need some: finding out that a goroutine is in a transaction already
// (nested calls), and caching transaction descriptors per processor without atomic operations. The first takes the
// address of the runtime's record of the goroutine, a register, as its identity; the second pins the goroutine to its
// processor for a few instructions, as sync.Pool does, through the two functions that the runtime leaves open to linkname.
package goroutine

func current() uintptr

// ID identifies the running goroutine among those that live; 0 means that this processor's kind has no way to tell.
func ID() uintptr { return current() }
