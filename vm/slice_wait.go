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

// deadline is that of the instruction that waits. It belongs to one execution of one instruction: when the slice ends
// before the wait, the instruction is executed again, and must find its deadline and not a new one.
type deadline struct {
	at      int64          // 0: none
	ip      unsafe.Pointer // of the instruction
	pending bool           // the instruction is being executed again and has not asked yet
	begin   int64          // at and pending as they were when the slice began
	ipBegin unsafe.Pointer
}

// Resumed implements object.VM.
func (vm *VM) Resumed(ot *object.Thread) bool {
	t := of(ot)
	d := &t.slice.deadline
	return d.pending && d.ip == t.top.ip
}

// Deadline implements object.VM.
func (vm *VM) Deadline(ot *object.Thread, ns int64) int64 {
	t := of(ot)
	d := &t.slice.deadline
	if vm.Resumed(ot) {
		d.pending = false
		return d.at
	}
	now := vm.Now(ot)
	at := now + min(ns, object.Never-now)
	if t.rollsBack() || t.Mixed {
		d.at, d.ip = at, t.top.ip
	}
	return at
}
