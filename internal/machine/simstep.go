// The step engine: at every hook a policy chooses among all runnable threads.
//
// There are no cores and no prices of accesses: a step takes a nanosecond of one clock for the whole machine, private work and pauses
// move that clock too, and timers fire by it, or when nothing else is left to do. What counts is the order of
// steps.

package machine

// stepTicks is the length of a step.
const stepTicks = ticksPerNS

// pointKind is why the scheduler is asked.
type pointKind uint8

const (
	pointRead  = pointKind(accessRead)
	pointWrite = pointKind(accessWrite)
	pointRMW   = pointKind(accessRMW)

	pointSync    = pointRMW + 1 // parking, waking, starting
	pointYield   = pointRMW + 2 // the thread cannot do anything useful until another one has run
	pointBlocked = pointRMW + 3 // the thread cannot go on
)

// stepper is the engine's state.
type stepper struct {
	clock  int64
	ready  []*simProc
	policy stepPolicy
}

// stepPolicy chooses who makes the next step. cur is the thread that made the last one, nil if it cannot go on; ready
// is never empty and has cur in it.
type stepPolicy interface {
	pick(s *sim, ready []*simProc, cur *simProc, why pointKind) *simProc
	started(t *simProc)
}

func (p *stepper) add(t *simProc) {
	if t.priority == 0 {
		p.policy.started(t)
	}
	t.place = len(p.ready)
	p.ready = append(p.ready, t)
}

func (p *stepper) remove(t *simProc) {
	last := len(p.ready) - 1
	u := p.ready[last]
	p.ready[t.place] = u
	u.place = t.place
	p.ready[last] = nil
	p.ready = p.ready[:last]
}

// point is a hook.
func (s *sim) point(t *simProc, why pointKind) {
	if s.ended {
		return
	}
	s.step.clock += stepTicks
	if s.steps++; s.steps >= s.pollAt {
		s.poll(t)
	}
	s.mix(uint64(why))
	if u := s.choose(t, why); u != t {
		s.switchTo(t, u)
	}
}

// pickStep fires the timers that are due and asks the policy; nil = nothing is runnable.
func (s *sim) pickStep(cur *simProc, why pointKind) *simProc {
	p := &s.step
	for h := s.timers.heap; len(h) > 0 && (h[0].deadline <= p.clock || len(p.ready) == 0); h = s.timers.heap {
		t := h[0]
		p.clock = max(p.clock, t.deadline)
		s.timers.remove(t)
		s.fire(t)
	}
	if len(p.ready) == 0 {
		return nil
	}
	return p.policy.pick(s, p.ready, cur, why)
}
