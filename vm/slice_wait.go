package vm

import (
	"unsafe"

	"gilt/internal/machine"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Waits. What must wait ends its slice first, so that nothing is held meanwhile and others see what has been done: an instruction that
// has done nothing yet is executed again behind the wait; in the middle of an operation in Go, which cannot be begun again, the
// slice is cut, and what follows cannot be rolled back.

// again ends the slice before the instruction that is being executed, waits, and executes it again (object.VM.Wait).
func (t *Thread) again() status {
	s := &t.slice
	f := t.top
	ip := f.ip
	f.ip = unsafe.Add(f.ip, -int(instrSize))
	if (*code.Instr)(f.ip).Op == code.EXT {
		f.ip = unsafe.Add(f.ip, -int(instrSize))
	}
	req := s.wait
	s.wait = nil
	s.ending = endWait
	timed := s.deadline.at != 0 && s.deadline.ip == ip
	t.logSolo(endWait)
	if !t.commit() {
		return t.restart()
	}
	t.leave()
	req.wait(t.Proc)
	s.deadline.pending = timed
	t.expectSignal()
	t.begin()
	if err := t.pendingSignal(); err != nil {
		f.ip = ip
		return t.fail(err)
	}
	return stReload
}

// Wait implements object.VM.
func (vm *VM) Wait(ot *object.Thread, w machine.Wait, wait func(p *machine.Proc)) error {
	t := of(ot)
	if w.Where == "" {
		w.Where = t.where()
	}
	if t.slice.atomic > 0 {
		// An atomic block is not cut: it waits with everything that it holds.
		if err := vm.Irrevocable(ot); err != nil {
			return err
		}
		t.flush()
		wait(t.Proc)
		return t.pendingSignal()
	}
	if r := vm.replay; r != nil {
		r.next(t, endWait)
		r.mine(t)
		t.SyncDef()
		return nil
	}
	if t.loops == 1 && (t.rollsBack() || t.Mixed) {
		t.slice.wait = &waitRequest{w, wait}
		return object.ErrAgain
	}
	if !t.rollsBack() {
		t.flush()
		t.logSolo(endWait)
		t.leave()
		wait(t.Proc)
		t.enterAgain()
		return t.pendingSignal()
	}
	if !t.cutInside(endWait, wait) {
		return object.ErrAbort
	}
	return t.pendingSignal()
}

// letOthers gives the others time for a commit. It takes a random time: whoever wants to change what the irrevocable slice reads
// has only these gaps, and in virtual time might miss every one of them by the same distance.
func letOthers(p *machine.Proc) {
	p.Yield()
	p.Delay(int64(1000 + p.Randn(8000)))
}

// cutInside ends a slice inside of Go frames. They cannot be rolled back: what follows is irrevocable. False: the slice must be rolled
// back.
func (t *Thread) cutInside(end sliceEnd, between func(p *machine.Proc)) bool {
	t.slice.ending = end
	if t.deep > 0 {
		t.gate.deep.Store(1)
	}
	if !t.commit() {
		t.gate.deep.Store(0)
		return false
	}
	between(t.Proc)
	t.beginInside()
	t.gate.deep.Store(0)
	return true
}

// beginInside begins a slice that cannot go back: inside of Go frames.
func (t *Thread) beginInside() {
	s := &t.slice
	t.Regime = t.vm.regime()
	s.writer, s.beginIrrev = true, true
	t.begin()
	s.writer, s.beginIrrev = false, false
}

// enterAgain takes the lock again after a wait in the regimes that do not roll back.
func (t *Thread) enterAgain() {
	if t.Regime == object.RegimePlain && !t.plain && t.member != nil {
		t.vm.lock.ReacquireIO(t.member)
		t.plain = true
		if t.vm.regime() != object.RegimePlain { // the thread waited in a solo phase
			if t.vm.phase.state.Load() != phaseSolo {
				t.leave()
				t.beginInside()
				return
			}
			t.enterSolo()
		}
	}
	t.SyncDef()
}
