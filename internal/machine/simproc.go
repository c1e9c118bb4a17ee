// What a thread of a simulated machine can do: the methods behind Proc.

package machine

import "unsafe"

// fracUnit is the fraction of a tick that private work is counted in, so that cheap units do not round to nothing.
const fracUnit = 1024

// access is the hook before a shared access: it returns when the access may happen. It is the Proc's method because then the hooks have
// nothing to load before they know whether to call it.
func (p *Proc) access(addr unsafe.Pointer, kind accessKind) {
	t := p.sim
	s := t.m
	if !s.vt {
		s.point(t, pointKind(kind))
		return
	}
	if t.clock<<coreBits|t.core >= s.limit {
		if t.turn(); s.ended {
			return
		}
	}
	if s.steps++; s.steps >= s.pollAt {
		s.poll(t)
	}
	serial, took, moved := s.lines.access(&s.prices, addr, kind, t.core, t.clock)
	if moved {
		s.transfers++
	}
	if s.ticks.jitter > 0 {
		took += int64(s.rng.Randn(uint64(s.ticks.jitter)))
	}
	s.mix(uint64(serial)<<2 | uint64(kind) ^ uint64(t.clock)<<20)
	s.account.accesses += took
	s.account.hooks++
	t.clock += took
}

// order waits until the thread may do something that others see (not an access: waking, parking, starting).
func (t *simProc) order() {
	s := t.m
	if s.ended {
		return
	}
	if !s.vt {
		s.point(t, pointSync)
		return
	}
	if s.steps++; s.steps >= s.pollAt {
		s.poll(t)
	}
	if t.clock<<coreBits|t.core >= s.limit {
		t.turn()
	}
	s.mix(uint64(t.clock))
}

// pass lets private time pass.
func (t *simProc) pass(ticks int64) {
	if t.m.vt {
		t.clock += ticks
	} else {
		t.m.step.clock += ticks
	}
}

// charge is Proc.Charge. If it were inlined there, that could not be in its turn.
//
//go:noinline
func (t *simProc) charge(kind Cost, n int) {
	t.m.account.units[kind] += int64(n) * WorkUnit
	t.work(t.m.cost[kind] * int64(n))
}

// work lets the time of private work pass, in 1/fracUnit ticks, and what other cores' work adds to it.
func (t *simProc) work(units int64) {
	if c := t.m.cpus.crowd; c != 0 {
		units += units/crowdUnit*c + units%crowdUnit*c/crowdUnit // in two parts, or long work overflows
	}
	f := t.frac + units
	t.frac = f & (fracUnit - 1)
	t.pass(f / fracUnit)
}

// timeOf is the thread's clock in ticks.
func (s *sim) timeOf(t *simProc) int64 {
	if s.vt {
		return t.clock
	}
	return s.step.clock
}

func (t *simProc) now() int64 { return t.m.timeOf(t) / ticksPerNS }

func (t *simProc) spin(round int) {
	if round >= spinRounds {
		t.yield()
		return
	}
	t.pass(t.m.ticks.pause << uint(min(max(round, 0), spinDoublings)))
	if !t.m.vt {
		t.m.point(t, pointYield)
	}
}

func (t *simProc) delay(ns int64) {
	t.pass(max(ns, 0) * ticksPerNS)
	if !t.m.vt {
		t.m.point(t, pointYield)
	}
}

func (t *simProc) yield() {
	s := t.m
	if s.ended {
		t.die()
	}
	t.pass(s.ticks.yield)
	if !s.vt {
		s.point(t, pointYield)
		return
	}
	t.order()
	s.giveWay(t)
}

// wakeLatency is the time from a wake-up until the thread can run.
func (s *sim) wakeLatency(t *simProc) int64 {
	if t.locked {
		return s.ticks.futexLatency
	}
	return s.ticks.wake
}

// park waits for the permit; d < 0 means without limit.
func (t *simProc) park(w Wait, d int64) bool {
	t.order()
	if t.m.ended {
		t.die()
	}
	if t.permit {
		t.permit = false
		return true
	}
	if d == 0 {
		return false
	}
	t.pass(t.m.ticks.park)
	t.suspend(simParked, w, d)
	woken := t.permit
	t.permit = false
	return woken
}

// suspend gives the core up until something makes the thread runnable again; it is false when its time has run out.
func (t *simProc) suspend(state simState, w Wait, d int64) bool {
	s := t.m
	t.state, t.wait, t.since, t.timedOut = state, w, s.timeOf(t), false
	if d >= 0 {
		t.deadline = t.since + min(d, maxWait)*ticksPerNS
		s.timers.add(t)
	}
	s.unready(t)
	if u := s.choose(t, pointBlocked); u != t {
		s.switchTo(t, u)
	}
	return !t.timedOut
}

// maxWait bounds deadlines, in ns: about 70 days, far from overflow.
const maxWait = 6e15

// wakeUp makes a blocked thread runnable from the given time on.
func (s *sim) wakeUp(t *simProc, at int64) {
	if t.timerPlace >= 0 {
		s.timers.remove(t)
	}
	t.state = simRunnable
	s.ready(t, at)
}

// fire is the end of a timed wait.
func (s *sim) fire(t *simProc) {
	t.timedOut = true
	if t.futex != nil {
		t.futex.sim.remove(t)
		t.futex = nil
	}
	s.wakeUp(t, t.deadline)
}

// give gives t its permit at the given time.
func (s *sim) give(t *simProc, at int64) {
	if t.state == simEnded {
		return
	}
	t.permit = true
	if t.state == simParked {
		s.wakeUp(t, at+s.wakeLatency(t))
	}
}

func (t *simProc) unpark(from *Proc) {
	s := t.m
	if from == nil || from.sim == nil {
		s.unparkOutside(t)
		return
	}
	u := from.sim
	u.order()
	if s.ended {
		return
	}
	if t.state == simParked {
		u.pass(s.ticks.unpark)
	} else {
		u.pass(s.prices.hit[accessRMW])
	}
	s.give(t, s.timeOf(u))
}

func (t *simProc) sleep(ns int64) {
	if ns <= 0 {
		t.yield()
		return
	}
	t.order()
	if t.m.ended {
		t.die()
	}
	t.pass(t.m.ticks.park)
	t.suspend(simSleeping, Wait{What: "sleep", Owner: -1}, ns)
}

func (t *simProc) block(_ Wait, f func()) {
	t.order()
	if t.m.ended {
		t.die()
	}
	t.pass(t.m.ticks.syscall)
	f()
}

func (t *simProc) setDaemon(d bool) {
	s := t.m
	if t.state == simEnded || s.ended || d == t.daemon {
		return
	}
	t.daemon = d
	if !d {
		s.alive++
		return
	}
	if s.alive--; s.alive == 0 {
		s.end(nil)
		s.switchTo(s.current, nil)
	}
}

// simFutex is a futex's queue on a simulated machine, the longest wait first.
type simFutex struct{ waiters []*simProc }

func (f *simFutex) remove(t *simProc) {
	for i, u := range f.waiters {
		if u == t {
			f.waiters = append(f.waiters[:i], f.waiters[i+1:]...)
			return
		}
	}
}

func (t *simProc) futexWait(f *Futex, w Wait, val uint32, d int64) bool {
	t.pass(t.m.ticks.futexWait)
	t.order()
	if t.m.ended {
		t.die()
	}
	if f.word.Load() != val {
		return true
	}
	if d == 0 {
		return false
	}
	f.sim.waiters = append(f.sim.waiters, t)
	t.futex = f
	return t.suspend(simInFutex, w, d)
}

func (t *simProc) futexWake(f *Futex, n int) int {
	s := t.m
	t.pass(s.ticks.futexWake)
	t.order()
	if s.ended {
		return 0
	}
	n = min(n, len(f.sim.waiters))
	for _, u := range f.sim.waiters[:n] {
		u.futex = nil
		s.wakeUp(u, s.timeOf(t)+s.ticks.futexLatency)
	}
	f.sim.waiters = append(f.sim.waiters[:0], f.sim.waiters[n:]...)
	return n
}
