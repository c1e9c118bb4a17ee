// Cycles: a clock for durations that costs half as much as the real one.
//
// Most of what a reading of the clock costs is the fence that keeps it in order with the loads before and after it: 26 to 30 ns
// here, against 10 to 14 for the bare counter. Who only adds up how long things took, like an interpreter lock around every blocking
// call, needs no such order: a reading that slips by some nanoseconds does not matter, and readings of one thread never go backwards by more.
// So that nothing has to be converted where it is counted, cycles have a unit of their own, and Machine.Nanoseconds
// converts sums of them when somebody asks.
//
// The rate is not calibrated: it is the quotient of what both clocks have counted since the machine's start, so it is the better the
// longer a run takes, and follows the kernel's clock when that is slewed. On simulated machines, and where the counter is
// no clock, cycles are nanoseconds.

package machine

import (
	"math"
	"sync/atomic"
)

// Cycles is a reading of the machine's cheapest clock, for durations only: differences of two readings, of any two threads,
// mean something (Machine.Nanoseconds says how long they are), but the order of readings of different threads that are close to
// each other need not be that of the events around them.
func (p *Proc) Cycles() int64 {
	if p.sim != nil {
		return p.sim.now()
	}
	if p.real.counter {
		return counter()
	}
	return p.real.now()
}

// Nanoseconds is how long so many cycles are.
func (m *Machine) Nanoseconds(cycles int64) int64 {
	if r, ok := m.impl.(*realMachine); ok && r.rate.counter {
		return r.rate.nanoseconds(cycles)
	}
	return cycles
}

// cycleRate knows how long a cycle is.
type cycleRate struct {
	counter bool  // cycles are the counter's
	clock0  int64 // readings of both clocks at the machine's start
	count0  int64
	rate    atomic.Uint64 // nanoseconds per cycle, a float64
	until   atomic.Int64  // the count from which on rate should be found again
}

// rateTries is how often bothClocks tries for a reading that nothing has interrupted, and rateSlack what counts as one.
const (
	rateTries = 8
	rateSlack = 500
)

// bothClocks reads the clock and the counter at the same moment, as far as can be.
func bothClocks() (clock, count int64) {
	for range rateTries {
		before := counter()
		clock = nanotime()
		after := counter()
		count = before + (after-before)/2
		if after-before < rateSlack {
			break
		}
	}
	return clock, count
}

func (c *cycleRate) init() {
	c.counter = hasCounter()
	if c.counter {
		c.clock0, c.count0 = bothClocks()
	}
}

func (c *cycleRate) nanoseconds(cycles int64) int64 {
	if counter() >= c.until.Load() {
		c.measure()
	}
	return int64(math.Round(float64(cycles) * math.Float64frombits(c.rate.Load())))
}

// measure finds the rate since the start, which is good until twice as much time has passed. Two threads that do it at once find nearly
// the same.
func (c *cycleRate) measure() {
	clock, count := bothClocks()
	n := max(count-c.count0, 1)
	c.rate.Store(math.Float64bits(float64(max(clock-c.clock0, 1)) / float64(n)))
	c.until.Store(count + n)
}
