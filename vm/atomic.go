package vm

import (
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/object"
)

// Atomic blocks, retry and or_else (Harris, Marlow, Peyton Jones, Herlihy, PPoPP'05), for programs that want more of
// transactions than that nothing changes.
//
// An atomic block is never cut: the slice in which it begins ends after it. Under the GIL the lock is not given up inside;
// under the regime of locks atomic blocks hold one recursive lock, so they exclude one another but not what is outside of them.
// retry gives the slice up and waits until something that it has read changes. Its effect must be as if the block had not
// begun, but what the thread did before the block must be seen by others: a slice that does not begin with its block is
// first run again up to the block and committed there.

// retryState says why a slice is being rolled back by the program's wish.
type retryState uint8

const (
	retryNone retryState = iota
	retryCut             // run again, and end the slice before the block
	retryWait            // wait for a change
)

// EnterAtomic begins an atomic block.
func (vm *VM) EnterAtomic(ot *object.Thread) error {
	t := of(ot)
	s := &t.slice
	if s.atomic == 0 {
		if s.cut && !s.first && t.rollsBack() {
			if t.loops == 1 {
				s.wait = &waitRequest{wait: func(*machine.Proc) { s.first = true }}
				return object.ErrAgain
			}
			s.first = true // Go code is in the way: what came before the block stays part of it
		}
		if t.Regime == object.RegimeLocks {
			vm.atomicLock.lock(t.Proc)
			t.atomicLocked = true
		}
	}
	s.atomic++
	return nil
}

// LeaveAtomic ends the innermost atomic block; false: there is none.
func (vm *VM) LeaveAtomic(ot *object.Thread) bool {
	t := of(ot)
	s := &t.slice
	if s.atomic == 0 {
		return false
	}
	if s.atomic--; s.atomic == 0 {
		s.first = false
		if t.atomicLocked {
			t.atomicLocked = false
			vm.atomicLock.unlock(t.Proc)
		}
	}
	return true
}

// Atomic is the depth of atomic blocks that the thread is in.
func (vm *VM) Atomic(ot *object.Thread) int { return of(ot).slice.atomic }

// Transactional says whether the program runs in transactions, or did in the run that is replayed.
func (vm *VM) Transactional() bool { return vm.Config.Mode == ModeSTM || vm.replay != nil }

// CommitSoon asks for the slice to end at the next yield point where it can.
func (vm *VM) CommitSoon(ot *object.Thread) {
	t := of(ot)
	if t.rollsBack() {
		t.slice.split = true
		t.slice.target -= t.slice.given - t.left()
		t.slice.given = 0
		t.setBudget(-1)
	}
}

// Retry gives up the present atomic block until something that it has read changes. It returns an error to unwind with.
func (vm *VM) Retry(ot *object.Thread) error {
	t := of(ot)
	s := &t.slice
	if t.Regime != object.RegimeSTM {
		return object.RuntimeErrorf(ot, "retry() needs transactions and another thread that changes something")
	}
	if s.irrevocable {
		return object.RuntimeErrorf(ot, "retry() in an irrevocable transaction")
	}
	s.retry, s.again = retryWait, true
	if s.atomic > 0 && !s.first {
		s.retry = retryCut
		s.cut = true
	}
	return object.ErrAbort
}

// waitChange ends the attempt and sleeps until something that it has read changes.
func (t *Thread) waitChange() {
	t.Tx.Abort(stm.RetryWait)
	t.Tx.Rollback()
	t.exitGate()
	t.Tx.WaitChange(machine.Wait{What: "retry", Owner: -1, Where: t.where()}, 0)
}

// OrElse calls first, and if that retries takes back what it has done and calls second.
func (vm *VM) OrElse(ot *object.Thread, first, second func() (object.Value, error)) (object.Value, error) {
	t := of(ot)
	s := &t.slice
	if t.Regime != object.RegimeSTM || s.irrevocable {
		return first()
	}
	s.again = true
	sp, undo, handled, loops, atomic := t.Tx.Savepoint(), t.Undo.Len(), len(t.Handled), t.loops, s.atomic
	outs, hooks := len(s.out), len(s.hooks)
	held := append([]object.HeldLock(nil), t.Held...)
	top, depth := t.top, t.extraDepth
	s.epoch++
	t.Epoch = s.epoch << 32
	v, err := first()
	if !object.IsAbort(err) || s.retry == retryNone {
		return v, err
	}
	s.retry, s.cut = retryNone, false
	for t.top != top {
		t.popFrame(t.top)
	}
	t.Tx.RollbackTo(sp)
	t.Undo.RollbackTo(undo)
	t.Handled = t.Handled[:handled]
	t.loops, s.atomic, t.extraDepth = loops, atomic, depth
	t.err = nil
	s.out, s.hooks = s.out[:outs], s.hooks[:hooks]
	t.Held = append(t.Held[:0], held...)
	s.epoch++
	t.Epoch = s.epoch << 32
	return second()
}

// Regime is the name of the regime of the run.
func (m Mode) String() string {
	return [...]string{"gil", "stm", "locks", "rw"}[m]
}

// RegimeName is the name of the run's regime.
func (vm *VM) RegimeName() string { return vm.Config.Mode.String() }

// SliceLimit is how many instructions the thread's slices aim at.
func (vm *VM) SliceLimit(ot *object.Thread) int { return vm.adapt.lengthOf(of(ot)) }

// Counts are the thread's committed slices, its attempts that were rolled back, and its irrevocable slices.
func (vm *VM) Counts(ot *object.Thread) (slices, aborts, irrevocable uint64) {
	st := &of(ot).stats
	return st.Slices, st.Aborts, st.Irrevocable
}
