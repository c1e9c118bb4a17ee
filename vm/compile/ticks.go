package compile

import "gilt/vm/code"

// Ticks. The interpreter lock of CPython 2.7 counts passes of its loop's head. Most opcodes go back to the head; LOAD_FAST,
// STORE_FAST, LOAD_CONST, POP_TOP, ROT_*, DUP_TOP, JUMP_FORWARD and the conditional jumps on a bool do not. The
// compiler knows which opcodes 2.7 would have made for the construct that it compiles, counts them with tick, and
// writes the sum as one TICK before the next jump, label, call or return. So the count depends on the source
// alone, not on the number of our instructions: `while n > 0: n -= 1` is 3 ticks per iteration (COMPARE_OP, INPLACE_SUBTRACT,
// JUMP_ABSOLUTE).
//
// 2.7 never releases the lock between an opcode and a SETUP_FINALLY, which keeps `acquire(); try:` whole. Nothing is
// flushed at the begin of a try: its ticks are counted with those of its body's first stretch.
//
// What cannot be known here is taken at its most common: a truth test of something that is not a comparison is one
// tick (2.7 counts it only when the value is no bool).

// tick counts n ticks at this place.
func (c *compiler) tick(n int) {
	if c.opts.Ticks {
		c.pending += n
	}
}

// flushTicks writes what has been counted.
func (c *compiler) flushTicks() {
	for c.pending > 0 {
		n := min(c.pending, 0xffff)
		c.pending -= n
		c.add(inst{op: code.TICK, a: uint16(n), target: none})
	}
}

// breaksTicks says before which instructions the ticks so far must have been counted: those that leave the
// straight line.
func breaksTicks(op code.Op) bool {
	switch op {
	case code.CALL, code.CALLM, code.CALLKW, code.CALLEX, code.RET, code.RETNONE, code.BUILDCLASS, code.YIELD, code.YIELDFROM,
		code.RAISE, code.RAISEFROM, code.RERAISE, code.RAISE2, code.IMPORT:
		return true
	}
	return false
}
