package vm

import (
	"errors"
	"fmt"
	"sort"
	"sync"
	"time"

	"gilt/internal/machine"
)

// The proof that a run under transactions could have happened under the GIL. A run with Config.Log notes each slice that commits, and
// each hold of the interpreter's lock in a solo phase: its
// place in the order of serialisation (stm's keys), its thread, its length and the external inputs that it read.
// The replay (Config.Replay) is the ordinary GIL interpreter, whose threads take turns exactly as the log says: slice after
// slice in the order of the keys, each ended where the recorded one ended. If output, exit status and the final heap agree,
// the recorded run *is* an execution of the GIL.
//
// A slice ended at a yield point (cut: the replay counts instructions to the same point, in native code that calls back too), before an
// instruction that waits, or with its thread. Slices of one thread have non-decreasing keys; equal keys belong to slices that only read and may run in any
// order, so the order in which they were logged is kept.

// sliceEnd says where a slice ended.
type sliceEnd uint8

const (
	endCut    sliceEnd = iota // at a yield point
	endWait                   // before an instruction that waits
	endExit                   // with its thread
	endInside                 // at a yield point of code that native code has called
)

// Commit is a record of the log: one committed slice.
type Commit struct {
	Key    uint64
	Thread uint64
	Used   int
	end    sliceEnd
	Inputs []int64 // clock readings
	solo   bool    // under the interpreter's lock
	ids    uint64  // the thread's last identity
}

// ErrDiverged is the end of a replay that has left the log.
var ErrDiverged = errors.New("the replay left the recorded order")

// CommitLog is the order of a run, and the date at which it began.
type CommitLog struct {
	mu      sync.Mutex
	wall    int64
	Commits []Commit
}

// Solo is how many of the slices were under the interpreter's lock, in solo phases.
func (l *CommitLog) Solo() int {
	n := 0
	for i := range l.Commits {
		if l.Commits[i].solo {
			n++
		}
	}
	return n
}

// logSlice notes the slice that the thread has just committed.
func (t *Thread) logSlice(end sliceEnd) {
	l := t.vm.Config.Log
	if l == nil {
		return
	}
	c := Commit{Key: t.Tx.Key(), Thread: t.Num, Used: t.slice.used, end: end, Inputs: t.slice.inputs, ids: t.IDs}
	t.slice.inputs = nil
	l.mu.Lock()
	l.Commits = append(l.Commits, c)
	l.mu.Unlock()
}

// logSolo notes what the thread has done in a solo phase since it got the lock, or since it was noted last. The thread still holds the lock.
func (t *Thread) logSolo(end sliceEnd) {
	l := t.vm.Config.Log
	if l == nil || !t.Mixed {
		return
	}
	s := &t.slice
	if end == endCut {
		if s.used == 0 {
			return
		}
		if t.loops > 1 {
			end = endInside
		}
	}
	c := Commit{Key: t.Interp.Stm.DrawKey(t.Proc), Thread: t.Num, Used: s.used, end: end, Inputs: s.inputs, solo: true, ids: t.IDs}
	s.used, s.inputs, s.ending = 0, nil, endCut
	l.mu.Lock()
	l.Commits = append(l.Commits, c)
	l.mu.Unlock()
}

// replayer hands the turns out.
type replayer struct {
	mu     sync.Mutex
	order  []Commit
	at     int
	parked map[uint64]*Thread
	failed string // why the replay has left the log, "" as long as it has not
}

func newReplayer(l *CommitLog) *replayer {
	r := &replayer{order: append([]Commit(nil), l.Commits...), parked: map[uint64]*Thread{}}
	sort.SliceStable(r.order, func(i, j int) bool { return r.order[i].Key < r.order[j].Key })
	return r
}

// mine waits until it is the thread's turn, and gives it the length of its slice.
func (r *replayer) mine(t *Thread) {
	for {
		r.mu.Lock()
		if r.at >= len(r.order) && t.daemon {
			r.mu.Unlock()
			t.vm.lock.Release(t.member)
			t.Proc.Sleep(time.Hour) // the recorded run ended before this daemon did
			t.vm.lock.Acquire(t.member)
			continue
		}
		if r.failed == "" && r.at >= len(r.order) {
			r.failed = fmt.Sprintf("the recorded run has %d slices, the replay more (thread %d at %s)", len(r.order), t.Num, t.where())
		}
		if r.failed != "" {
			why := r.failed
			r.mu.Unlock()
			t.vm.Machine.Stop(fmt.Errorf("%w: %s", ErrDiverged, why))
			t.Proc.Sleep(time.Hour) // ends with the machine
			return
		}
		c := &r.order[r.at]
		if c.Thread == t.Num {
			delete(r.parked, t.Num)
			t.budget = pollBudget
			t.replayEnd, t.replayLeft = c.end, 0
			if c.end == endCut || c.end == endInside {
				t.replayLeft = c.Used
				t.budget = c.Used - 1
			}
			t.slice.inputs = c.Inputs
			r.mu.Unlock()
			return
		}
		r.parked[t.Num] = t
		r.mu.Unlock()
		t.vm.lock.Release(t.member)
		t.Proc.Park(machine.Wait{What: "its turn in the replay", Owner: -1})
		t.vm.lock.Acquire(t.member)
	}
}

// next ends the turn of t.
func (r *replayer) next(t *Thread, end sliceEnd) {
	r.mu.Lock()
	if r.failed == "" && r.at < len(r.order) {
		if c := &r.order[r.at]; c.Thread != t.Num || c.end != end {
			r.failed = fmt.Sprintf("slice %d: the recorded run ended a slice of thread %d by %s, the replay one of thread %d by %s (at %s)",
				r.at, c.Thread, c.end, t.Num, end, t.where())
		} else if c.ids != t.IDs {
			r.failed = fmt.Sprintf("slice %d: thread %d had made %d objects with identities in the recorded run, and %d in the replay (at %s)",
				r.at, t.Num, c.ids, t.IDs, t.where())
		}
	}
	r.at++
	var wake []*Thread
	for _, p := range r.parked {
		wake = append(wake, p)
	}
	r.mu.Unlock()
	for _, p := range wake {
		p.Proc.Unpark(t.Proc)
	}
}

func (e sliceEnd) String() string {
	return [...]string{"a yield point", "a wait", "the thread's end", "a yield point inside of native code"}[e]
}

// replayYield is yieldPoint in a replay: the turn ends where the recorded slice ended.
func (t *Thread) replayYield() {
	r := t.vm.replay
	if t.replayLeft > 0 && (t.replayEnd == endCut) == (t.loops == 1) && t.slice.atomic == 0 {
		t.replayLeft = 0
		r.next(t, t.replayEnd)
		r.mine(t)
		t.SyncDef()
		return
	}
	t.budget = pollBudget
}

// input logs an external input of the slice, or takes it from the log.
func (t *Thread) input(read func() int64) int64 {
	if t.vm.replay != nil {
		if len(t.slice.inputs) == 0 {
			return read()
		}
		v := t.slice.inputs[0]
		t.slice.inputs = t.slice.inputs[1:]
		return v
	}
	v := read()
	if t.vm.Config.Log != nil && (t.rollsBack() || t.Mixed) {
		t.slice.inputs = append(t.slice.inputs, v)
	}
	return v
}

// Diverged says how a replay has left the log; "" if it has not.
func (vm *VM) Diverged() string {
	r := vm.replay
	if r == nil {
		return ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == "" && r.at != len(r.order) && !r.onlyDaemons(vm.mainThread.Num) {
		return fmt.Sprintf("the recorded run has %d slices, the replay %d", len(r.order), r.at)
	}
	return r.failed
}

// onlyDaemons says whether what is left is what daemons have done after the main thread's last slice: nobody can have seen it.
func (r *replayer) onlyDaemons(main uint64) bool {
	for _, c := range r.order[r.at:] {
		if c.Thread == main {
			return false
		}
	}
	return true
}

// Fingerprint is a hash of the program's final state: everything that its main module reaches, in a canonical order.
func (vm *VM) Fingerprint() uint64 { return vm.finger }

// keepDate makes the replay's wall clock that of the recorded run.
func (vm *VM) keepDate() {
	const key = "time.wall"
	switch {
	case vm.Config.Replay != nil:
		vm.Interp.Ext.Store(key, vm.Config.Replay.wall)
	case vm.Config.Log != nil:
		if v, ok := vm.Interp.Ext.Load(key); ok {
			vm.Config.Log.wall, _ = v.(int64)
		}
	}
}
