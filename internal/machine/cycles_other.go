//go:build !linux || !amd64

package machine

// Without a counter that is known to be a clock, cycles are the clock's nanoseconds.

func counter() int64 { return nanotime() }

func hasCounter() bool { return false }
