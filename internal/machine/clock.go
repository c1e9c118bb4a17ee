// The real clock and the ways to let a little real time pass.
//
// runtime.nanotime costs about 20 ns less than time.Since (no wall clock, no time.Time), and runtime.procyield is
// the PAUSE instruction: both are reached by linkname, which the Go runtime grants for these two names.

package machine

import (
	"runtime"
	_ "unsafe" // for go:linkname
)

//go:linkname nanotime runtime.nanotime
func nanotime() int64

//go:linkname procyield runtime.procyield
func procyield(cycles uint32)

// Spinning: round r < spinRounds executes spinPauses<<min(r, spinDoublings) pauses, later rounds yield.
const (
	spinRounds    = 10
	spinPauses    = 2
	spinDoublings = 4
)

// pauseRound is one round of spinning without giving up the core.
func pauseRound(round int) {
	if round > spinDoublings {
		round = spinDoublings
	}
	procyield(spinPauses << uint(round))
}

// delayReal busy-waits; every few microseconds it lets other goroutines run, which is most of what a long delay is
// for when there are more threads than cores.
func delayReal(ns int64, yield func()) {
	const yieldAfter = 5000
	start := nanotime()
	for mark := start; ; {
		now := nanotime()
		if now-start >= ns {
			return
		}
		if now-mark >= yieldAfter {
			yield()
			mark = nanotime()
			continue
		}
		procyield(4)
	}
}

// gosched lets other goroutines run.
func gosched() { runtime.Gosched() }
