// Virtual time: every core has a clock, and the core with the smallest clock goes on, ties by the core's number.
//
// A core may touch what others see only when its clock is the smallest; private work only moves the clock. So the
// order of shared accesses is the order of their times, whatever the host does. The clocks of busy cores are the leaves of
// a tournament tree; the running core keeps the smallest clock of all the others (and of the timers) as its limit, and goes on
// without touching the tree until it has passed it.
//
// Threads beyond the number of cores wait in a queue, first come first served; a core takes the next one when its
// thread blocks, or has had its time slice.

package machine

import (
	"math"
	"math/bits"
)

// coreBits is the part of a key that is the core's number; the rest is its clock.
const coreBits = 10

// idleKey is the key of a core without a thread: never the smallest.
const idleKey = math.MaxInt64

// vcore is a virtual core.
type vcore struct {
	thread *simProc
	last   *simProc // the thread that it ran last
	free   int64    // when it became idle
}

// vcores is the cores, the tournament tree of their keys and the queue of threads without a core.
type vcores struct {
	all   []vcore
	tree  []int64 // node i has children 2i and 2i+1; leaves from len/2
	idle  []uint64
	queue []*simProc
	head  int

	busy   int     // cores with a thread
	crowd  int64   // what private work takes longer by now, in 1/crowdUnit of itself
	crowds []int64 // the same by the number of busy cores; nil: never anything
}

// crowdUnit is what Crowding is counted in.
const crowdUnit = 4096

// setCrowding prepares what private work takes longer by while so many cores are busy: nothing for one, all of it for all.
func (v *vcores) setCrowding(share float64) {
	if n := len(v.all); share > 0 && n > 1 {
		v.crowds = make([]int64, n+1)
		for busy := 2; busy <= n; busy++ {
			v.crowds[busy] = int64(math.Round(share * crowdUnit * float64(busy-1) / float64(n-1)))
		}
	}
}

// occupy counts a core that has got a thread, or lost its last one (-1).
func (v *vcores) occupy(by int) {
	v.busy += by
	if v.crowds != nil {
		v.crowd = v.crowds[v.busy]
	}
}

func (v *vcores) init(n int) {
	v.all = make([]vcore, n)
	leaves := 1
	for leaves < n {
		leaves *= 2
	}
	v.tree = make([]int64, 2*leaves)
	for i := range v.tree {
		v.tree[i] = idleKey
	}
	v.idle = make([]uint64, (n+63)/64)
	for i := range n {
		v.idle[i>>6] |= 1 << uint(i&63)
	}
}

// set changes a core's key.
func (v *vcores) set(core, key int64) {
	t := v.tree
	i := len(t)/2 + int(core)
	t[i] = key
	for i >>= 1; i >= 1; i >>= 1 {
		k := min(t[2*i], t[2*i+1])
		if t[i] == k {
			return
		}
		t[i] = k
	}
}

// others is the smallest key of the cores other than the given one.
func (v *vcores) others(core int64) int64 {
	t := v.tree
	k := int64(idleKey)
	for i := len(t)/2 + int(core); i > 1; i >>= 1 {
		k = min(k, t[i^1])
	}
	return k
}

func (v *vcores) push(t *simProc) { v.queue = append(v.queue, t) }

func (v *vcores) waiting() bool { return v.head < len(v.queue) }

func (v *vcores) pop() *simProc {
	t := v.queue[v.head]
	v.queue[v.head] = nil
	v.head++
	if v.head == len(v.queue) {
		v.queue, v.head = v.queue[:0], 0
	} else if v.head > 1024 && v.head > len(v.queue)/2 {
		n := copy(v.queue, v.queue[v.head:])
		clear(v.queue[n:])
		v.queue, v.head = v.queue[:n], 0
	}
	return t
}

// idleCore is the core that t should get: the one that it ran on last if that is free, else the first; -1 = none.
func (v *vcores) idleCore(t *simProc) int64 {
	if c := t.lastCore; c >= 0 && v.idle[c>>6]&(1<<uint(c&63)) != 0 {
		return c
	}
	for i, w := range v.idle {
		if w != 0 {
			return int64(i*64 + bits.TrailingZeros64(w))
		}
	}
	return -1
}

// ready makes t runnable from the given time on.
func (s *sim) ready(t *simProc, at int64) {
	if !s.vt {
		s.step.add(t)
		return
	}
	t.readyAt = at
	v := &s.cpus
	if c := v.idleCore(t); c >= 0 {
		v.idle[c>>6] &^= 1 << uint(c&63)
		v.occupy(1)
		s.dispatch(c, t, v.all[c].free)
	} else {
		v.push(t)
	}
	if s.current != nil && s.current.core >= 0 && !s.ended {
		s.setLimit(s.current)
	}
}

// dispatch gives the core, which is free from the given time on, to t.
func (s *sim) dispatch(core int64, t *simProc, from int64) {
	c := &s.cpus.all[core]
	t.clock = max(from, t.readyAt)
	if c.last != t {
		t.clock += s.ticks.contextSwitch
	}
	c.thread, c.last = t, t
	t.core, t.lastCore, t.sliceStart = core, core, t.clock
	s.cpus.set(core, t.clock<<coreBits|core)
}

// unready takes the core away from t.
func (s *sim) unready(t *simProc) {
	if !s.vt {
		s.step.remove(t)
		return
	}
	v := &s.cpus
	core := t.core
	t.core = -1
	if v.waiting() {
		s.dispatch(core, v.pop(), t.clock)
		return
	}
	v.all[core].thread, v.all[core].free = nil, t.clock
	v.idle[core>>6] |= 1 << uint(core&63)
	v.occupy(-1)
	v.set(core, idleKey)
}

// setLimit computes until when t may go on.
func (s *sim) setLimit(t *simProc) {
	l := s.cpus.others(t.core)
	if len(s.timers.heap) > 0 {
		l = min(l, s.timers.heap[0].deadline<<coreBits)
	}
	if s.cpus.waiting() {
		l = min(l, (t.sliceStart+s.ticks.timeSlice)<<coreBits)
	}
	s.limit = l
}

// turn is called when t's clock may no longer be the smallest; it returns when it is.
func (t *simProc) turn() {
	s := t.m
	if s.ended {
		return
	}
	s.cpus.set(t.core, t.clock<<coreBits|t.core)
	if s.cpus.waiting() && t.clock-t.sliceStart >= s.ticks.timeSlice {
		s.preempt(t)
	}
	if u := s.choose(t, pointSync); u != t {
		s.switchTo(t, u)
	}
}

// preempt gives t's core to the thread that has waited longest.
func (s *sim) preempt(t *simProc) {
	core := t.core
	t.core, t.readyAt = -1, t.clock
	u := s.cpus.pop()
	s.cpus.push(t)
	s.dispatch(core, u, t.clock)
}

// giveWay is a voluntary preemption.
func (s *sim) giveWay(t *simProc) {
	if s.ended || !s.cpus.waiting() {
		return
	}
	s.preempt(t)
	if u := s.choose(t, pointYield); u != t {
		s.switchTo(t, u)
	}
}

// smallest is the thread with the smallest clock, once the timers before it have fired; nil if there is none.
func (s *sim) smallest() *simProc {
	for {
		root := s.cpus.tree[1]
		if h := s.timers.heap; len(h) > 0 && h[0].deadline<<coreBits <= root {
			t := h[0]
			s.timers.remove(t)
			s.fire(t)
			continue
		}
		if root == idleKey {
			return nil
		}
		return s.cpus.all[root&(MaxSimCores-1)].thread
	}
}
