package goroutine

import _ "unsafe" // for go:linkname

//go:linkname procPin runtime.procPin
func procPin() int

//go:linkname procUnpin runtime.procUnpin
func procUnpin()

// Pin keeps the goroutine on its processor, and everybody else away from it, until Unpin; it returns the processor's
// number. Between the two nothing may allocate, block or panic.
func Pin() int { return procPin() }

// Unpin ends Pin.
func Unpin() { procUnpin() }
