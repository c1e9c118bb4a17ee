// Exhaustive exploration of the schedules of small programs.
//
// Litmus tests have few steps, and all their interleavings can be tried: run the program again and again, each time
// taking the last choice that has alternatives left the other way (stateless search, Godefroid: "Model checking for
// programming languages using VeriSoft", POPL 1997). The number of preemptions can be bounded: most bugs need one or two
// (Musuvathi, Qadeer: "Iterative context bounding for systematic testing of multithreaded programs", PLDI 2007).
//
// A program must do the same whenever it is scheduled the same. Spinning threads are not explored further: at a yield the next thread in
// turn goes on, which is fair and keeps the tree finite.

package machine

import "fmt"

// Exploration says how to explore, and afterwards what has been.
type Exploration struct {
	Seed        uint64 // of the threads' random streams
	Preemptions int    // at most so many in a run; negative = any number
	MaxRuns     int    // 0 = 100000
	MaxSteps    int64  // of one run; 0 = 10000

	Runs     int  // that have been made
	Complete bool // every schedule within the bounds has been run
}

// Explore runs body on a new machine for each schedule; body runs the program with m.Run and checks the outcome. The
// first error ends it, and comes back as an *ExploreError with the schedule that leads there.
func (x *Exploration) Explore(body func(m *Machine) error) error {
	def := func(p *int, v int) int {
		if *p != 0 {
			return *p
		}
		return v
	}
	runs := def(&x.MaxRuns, 100_000)
	steps := x.MaxSteps
	if steps == 0 {
		steps = 10_000
	}
	e := &explorer{bound: x.Preemptions}
	x.Runs, x.Complete = 0, false
	for x.Runs < runs {
		e.depth, e.used = 0, 0
		m := NewSim(SimConfig{Policy: Random, Seed: x.Seed, MaxSteps: steps, Record: true, explorer: e})
		x.Runs++
		if err := body(m); err != nil {
			return &ExploreError{Err: err, Run: x.Runs, Schedule: m.Schedule()}
		}
		if e.diverged {
			return &ExploreError{Err: fmt.Errorf("the program does not do the same when it is scheduled the same"),
				Run: x.Runs, Schedule: m.Schedule()}
		}
		if !e.backtrack() {
			x.Complete = true
			return nil
		}
	}
	return nil
}

// ExploreError is an error that a schedule has led to. Replay it with SimConfig{Policy: Replay, Schedule: ...}.
type ExploreError struct {
	Err      error
	Run      int
	Schedule *Schedule
}

func (e *ExploreError) Error() string {
	return fmt.Sprintf("run %d, schedule %v: %v", e.Run, e.Schedule.Steps, e.Err)
}

// Unwrap is the body's error.
func (e *ExploreError) Unwrap() error { return e.Err }

// branch is a point with a choice.
type branch struct {
	taken, options int
}

// explorer is the policy: it follows path and then takes the first option, which is to go on.
type explorer struct {
	path     []branch
	depth    int
	bound    int
	used     int // preemptions in this run
	diverged bool
	options  []*simProc
}

func (*explorer) started(*simProc) {}

func (e *explorer) pick(_ *sim, ready []*simProc, cur *simProc, why pointKind) *simProc {
	if len(ready) == 1 {
		return ready[0]
	}
	if cur != nil && why == pointYield {
		return nextInTurn(ready, cur)
	}
	if cur != nil && e.bound >= 0 && e.used >= e.bound {
		return cur
	}
	// The option to go on comes first, then the others by number: ready's own order depends on the past.
	o := e.options[:0]
	if cur != nil {
		o = append(o, cur)
	}
	for _, t := range ready {
		if t == cur {
			continue
		}
		i := len(o)
		o = append(o, t)
		for ; i > 0 && o[i-1] != cur && o[i-1].p.id > t.p.id; i-- {
			o[i] = o[i-1]
		}
		o[i] = t
	}
	e.options = o
	if e.depth == len(e.path) {
		e.path = append(e.path, branch{0, len(o)})
	}
	b := e.path[e.depth]
	e.depth++
	if b.options != len(o) {
		e.diverged = true
		return o[0]
	}
	if cur != nil && b.taken > 0 {
		e.used++
	}
	return o[b.taken]
}

// backtrack takes the last choice that has alternatives left the next way; false = there is none.
func (e *explorer) backtrack() bool {
	e.path = e.path[:min(e.depth, len(e.path))]
	for len(e.path) > 0 {
		last := &e.path[len(e.path)-1]
		if last.taken++; last.taken < last.options {
			return true
		}
		e.path = e.path[:len(e.path)-1]
	}
	return false
}

// nextInTurn is the runnable thread with the next higher number than cur's, round and round.
func nextInTurn(ready []*simProc, cur *simProc) *simProc {
	rank := func(t *simProc) int {
		if t.p.id <= cur.p.id {
			return t.p.id + 1<<32
		}
		return t.p.id
	}
	best := ready[0]
	for _, t := range ready {
		if rank(t) < rank(best) {
			best = t
		}
	}
	return best
}
