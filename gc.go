package main

import (
	"runtime"
	"runtime/debug"
)

// Go's collector starts a cycle whenever the heap has doubled, which for the few megabytes that most programs hold
// means all the time: interpreters make much garbage and little else. A block that is allocated and never touched
// counts as heap but takes no memory, so that cycles are at least its size apart.
const ballastBytes = 64 << 20

// spreadCollections makes the collector's cycles rarer until the function that it returns is called.
func spreadCollections() (end func()) {
	percent := debug.SetGCPercent(-1) // a cycle that begins now would count the first block as live
	preferHugePages(make([]byte, ballastBytes))
	ballast := make([]byte, ballastBytes)
	debug.SetGCPercent(percent)
	return func() { runtime.KeepAlive(ballast) }
}
