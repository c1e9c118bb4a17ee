package vm

import (
	"unsafe"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/object"
)

// Slices. A thread runs slice after slice; what begin and end mean is the regime's:
//
//	gil    take the lock; release it when asked or before blocking. Nothing is ever rolled back.
//	stm    a transaction. Lazy: what the slice writes to public objects is in the transaction's log until the commit;
//	       what it does to private objects is done in place, with the old state in the undo log; registers are restored
//	       from the checkpoint.
//	rw     read lock; the first write to a public object rolls back and runs the slice again under the write lock.
//	locks  no slices: each operation locks its objects.
//
// Checkpoint by watermark: at begin the top frame is copied (header and window). Frames below it cannot change before
// a return makes them the top one; then they are copied before they run (mark is the lowest depth copied). Rolling back
// restores the copies in reverse order, so that where windows overlap the oldest copy wins.
//
// With one live thread no slice is rolled back at all (single-thread bypass, Config.Bypass): the regime is RegimePlain.

// Mode is the regime of a run.
type Mode uint8

// The modes.
const (
	ModeGIL Mode = iota
	ModeSTM
	ModeLocks
	ModeRW
)

// savedFrame is a copied frame: where it was, its header, and its window in sliceState.values.
type savedFrame struct {
	at         *frame
	header     frame
	start, end int
}

// output is text that waits for the commit.
type output struct {
	fd   int
	data string
}

// waitRequest is what Wait leaves for the loop, which ends the slice before it waits.
type waitRequest struct {
	w    machine.Wait
	wait func(p *machine.Proc)
}

// sliceState is a thread's current slice.
type sliceState struct {
	open        bool // there is a checkpoint to go back to
	irrevocable bool
	beginIrrev  bool     // the next attempt starts irrevocably
	writer      bool     // rw: the next attempt runs as a writer
	split       bool     // the manager asked for a shorter slice
	ending      sliceEnd // how the slice is about to end

	atomic int // depth of atomic blocks: the slice is not cut inside
	fuel   int // polls until the next validation, when the slice cannot be cut
	fills  int // times that it has had new fuel
	target int // length in instructions that the slice aims at
	given  int // what of it has been given to budget
	used   int // instructions of this attempt
	fails  int // attempts of this slice that were rolled back, since it has last waited for a change
	epoch  uint64

	frames  []savedFrame
	values  []object.Value
	handled []object.Value
	ids     uint64
	chunk   *chunk
	limit   uintptr
	atomic0 int
	space   bool // Thread.softSpace

	out      []output
	hooks    []func()
	wait     *waitRequest
	inputs   []int64 // external inputs of the attempt, for the log
	deadline deadline

	grace int // instructions that the slice has been lengthened by, because it holds locks
	retry retryState
	cut   bool // the thread's blocks retry: slices end before an atomic block begins
	first bool // the slice began with its atomic block
	begun bool // first, when the slice began
	again bool // an attempt of this slice has called retry or or_else: it must remain one that can be rolled back
}

// Bounds of a slice's length in instructions, when it adapts.
const (
	minSlice   = 64
	startSlice = 2000
	maxSlice   = 40000
	fuelPolls  = 16
	maxFills   = 40           // a slice in native code that has taken so much fuel is cut all the same
	manyWrites = 200          // a slice that has written so many words ends
	gracePiece = 100          // a slice that holds locks is lengthened by so much
	maxGrace   = 2 * maxSlice // at most by so much altogether
)

// rollsBack says whether slices of the present regime can be rolled back.
func (t *Thread) rollsBack() bool {
	return t.Regime == object.RegimeSTM || t.Regime == object.RegimeRead || t.Regime == object.RegimeWrite
}

// begin starts a slice in the regime that the VM is in now. It may wait. In the transactional regimes it may fail inside, in
// which case it tries again.
func (t *Thread) begin() {
	s := &t.slice
	t.Regime = t.vm.regime()
	t.setBudget(pollBudget)
	if t.Regime == object.RegimeSTM {
		t.Regime = t.enterPhase()
	}
	switch t.Regime {
	case object.RegimePlain, object.RegimeLocks:
		if t.Regime == object.RegimePlain {
			t.enterPlain()
		}
		if t.Tx != nil && t.Tx.Contention().Aborts() > 0 {
			// What was rolled back goes on without transactions: its contention manager's tokens must not stay here,
			// or nobody would begin a transaction until this thread does.
			t.Tx.Contention().Abandoned(t.Proc)
		}
		t.vm.adapt.leaveSerial(t)
		t.Epoch = 0
		t.mark = 0
		t.SyncDef()
		return
	case object.RegimeRead:
		rw := t.vm.lock.(gil.RW)
		if s.writer {
			rw.AcquireWrite(t.member)
			t.Regime = object.RegimeWrite
		} else {
			rw.AcquireRead(t.member)
		}
		t.SyncDef()
		s.target = t.vm.adapt.lengthOf(t)
	case object.RegimeSTM:
		t.beginTx()
	}
	s.used = 0
	s.epoch++
	t.Epoch = s.epoch << 32
	s.inputs = nil
	t.traceBegin()
	t.checkpoint()
	t.giveBudget()
}

// beginTx starts the transaction of a slice and puts the definition epoch into its read set.
func (t *Thread) beginTx() {
	s := &t.slice
	for {
		if s.beginIrrev {
			t.Tx.BeginIrrevocable()
		} else {
			t.Tx.Begin()
		}
		if t.readDef() {
			s.irrevocable = s.beginIrrev
			s.beginIrrev = false
			if s.irrevocable {
				t.stampIrrevocable()
			}
			return
		}
		t.Tx.Rollback()
	}
}

// readDef reads the definition epoch in the transaction.
func (t *Thread) readDef() bool {
	in := t.Interp
	w, ok := t.Tx.Load(&in.Def, in.DefWord())
	t.DefSeen = w.B
	return ok
}

// giveBudget puts what is left of the slice's length into the budget, in pieces: the loop looks at the breaker between them.
func (t *Thread) giveBudget() {
	s := &t.slice
	s.given = min(s.target, pollBudget)
	t.setBudget(s.given)
	s.fuel, s.fills = fuelPolls, 0
}

// checkpoint makes the present state the one that restore goes back to.
func (t *Thread) checkpoint() {
	s := &t.slice
	s.open = true
	s.frames, s.values = s.frames[:0], s.values[:0]
	s.handled = append(s.handled[:0], t.Handled...)
	s.ids = t.IDs
	s.chunk, s.limit = t.chunk, t.limit
	s.atomic0, s.begun = s.atomic, s.first
	s.space = t.softSpace
	s.grace = 0
	if s.deadline.begin = 0; s.deadline.pending {
		s.deadline.begin, s.deadline.ipBegin = s.deadline.at, s.deadline.ip
	}
	t.mark = t.top.depth
	t.saveFrame(t.top)
	t.Proc.Charge(machine.CostSlice, 1)
}

// saveFrame copies frame f, which is going to run.
func (t *Thread) saveFrame(f *frame) {
	s := &t.slice
	t.mark = f.depth
	if f.code == nil {
		return
	}
	start := len(s.values)
	n := f.code.NumRegs
	if f.gen != nil {
		n = len(f.gen.regs)
	}
	regs := unsafe.Slice((*object.Value)(f.regs), n)
	if t.Interp.Without(object.OffPrivate) {
		t.publishFrame(regs)
	}
	s.values = append(s.values, regs...)
	s.frames = append(s.frames, savedFrame{f, *f, start, len(s.values)})
}

// restore goes back to the checkpoint.
func (t *Thread) restore() {
	s := &t.slice
	t.Proc.Charge(machine.CostUndo, t.Undo.Len())
	if t.vm.shared.Load() {
		t.Undo.Rollback()
	} else if t.Undo.RollbackAlone() {
		t.Redefine()
	}
	for i := len(s.frames) - 1; i >= 0; i-- {
		sf := &s.frames[i]
		next, prev := sf.at.next, sf.at.prev
		*sf.at = sf.header
		sf.at.next, sf.at.prev = next, prev
		copy(unsafe.Slice((*object.Value)(sf.at.regs), sf.end-sf.start), s.values[sf.start:sf.end])
	}
	t.top = s.frames[0].at
	if !t.Interp.Is(object.MutHandledKept) {
		t.Handled = append(t.Handled[:0], s.handled...)
	}
	if !t.Interp.Is(object.MutIDsKept) {
		t.IDs = s.ids
	}
	t.chunk, t.limit = s.chunk, s.limit
	t.spare = nil // it may be the chunk that we have gone back to
	s.atomic, s.first = s.atomic0, s.begun
	t.softSpace = s.space
	if !t.Interp.Is(object.MutOutputKept) {
		s.out = s.out[:0]
	}
	clear(s.hooks)
	s.hooks = s.hooks[:0]
	s.inputs, s.ending = nil, endCut
	clear(t.Held)
	t.Held = t.Held[:0]
	d := &s.deadline
	d.at, d.ip, d.pending = d.begin, d.ipBegin, d.begin != 0
	t.err = nil
	t.loops = 1
	t.extraDepth = 0
}

// yieldPoint is where a slice may end: the loop comes here when the budget is used up. The running frame's ip is stored. stNext:
// the frame goes on as it was.
func (t *Thread) yieldPoint() status {
	if t.meter != nil && t.metered() {
		return stNext
	}
	b, midway := t.Breaker.Load(), t.midway
	t.midway = false
	if t.vm.replay != nil {
		t.replayYield()
		return stNext
	}
	t.Proc.Read(unsafe.Pointer(&t.Breaker))
	switch t.Regime {
	case object.RegimePlain:
		used := pollBudget - t.left()
		t.count(used)
		t.setBudget(pollBudget)
		if b&gil.DropRequest != 0 && t.plain && t.slice.atomic == 0 {
			t.logSolo(endCut)
			t.vm.lock.Yield(t.member)
			t.SyncDef()
		}
		if t.Mixed {
			t.soloYield(used)
		} else if t.vm.regime() != object.RegimePlain && t.loops == 1 {
			t.leave()
			t.begin()
		}
	case object.RegimeLocks:
		t.count(pollBudget - t.left())
		t.setBudget(pollBudget)
		t.SyncDef()
	default:
		if st := t.sliceYield(); st != stNext {
			return st
		}
	}
	if b&gil.Signal != 0 && t == t.vm.mainThread && (midway || t.deafFrame()) {
		b &^= gil.Signal
		t.lookSoon()
	}
	if b&^gil.DropRequest != 0 {
		return t.breakers(b, midway)
	}
	return stNext
}

// lookSoon makes the next yield point look at the breaker: something there could not be served here.
func (t *Thread) lookSoon() {
	switch left := t.left(); {
	case left <= 0:
		return
	case t.rollsBack():
		t.slice.given -= left
	default: // the next yield point takes the budget for one that was used up
		t.slice.used -= left
		t.stats.Bytecodes -= uint64(left)
	}
	t.setBudget(0)
}

// afterNative is the yield point behind a native call when another thread wants the interpreter lock: the call may have taken long however
// few instructions it is worth, and nobody should wait for as many such calls as a budget allows. Nothing else is served here: an exception
// between a call that takes a lock and the block that gives it back would leave it taken. And not where the instructions count: in runs
// that are logged or replayed, whose slices end by the budget, and in virtual time.
func (t *Thread) afterNative() status {
	if t.Breaker.Load() != gil.DropRequest || t.Regime != object.RegimePlain || t.vm.replay != nil || t.vm.Config.Log != nil || t.meter != nil {
		return stNext
	}
	t.midway = true
	return t.yieldPoint()
}

// largeLogs says whether the slice has written so much that going on would cost more than beginning anew: large logs are slow to
// search, and the chance of a conflict grows with them.
func (t *Thread) largeLogs() bool {
	return t.Regime == object.RegimeSTM && t.vm.adapt.fixed == 0 && t.Tx.WriteSet() > manyWrites
}

// sliceYield is yieldPoint for slices that can be rolled back.
func (t *Thread) sliceYield() status {
	s := &t.slice
	used := s.given - t.left()
	t.count(used)
	s.target -= used
	if s.target > 0 && !s.split && t.vm.phase.state.Load() == phaseParallel && !t.largeLogs() {
		s.given = min(s.target, pollBudget)
		t.setBudget(s.given)
		return stNext
	}
	if len(t.Held) > 0 && s.grace < maxGrace && t.vm.adapt.fixed == 0 && !s.split && t.vm.phase.state.Load() == phaseParallel {
		// Ending here would write the locks' words, and with them conflict with everybody who reads them.
		s.grace += gracePiece
		s.given = gracePiece
		t.setBudget(gracePiece)
		return stNext
	}
	if t.loops > 1 || s.atomic > 0 && !t.Interp.Is(object.MutAtomicCut) {
		// The slice cannot end here. A zombie must not go on for ever: validate now and then.
		s.given = pollBudget
		t.setBudget(pollBudget)
		if s.fuel--; s.fuel <= 0 {
			s.fuel = fuelPolls
			s.fills++
			switch {
			case t.loops > 1 && s.atomic == 0 && (s.irrevocable || s.fills >= maxFills):
				// It may be waiting for others, who wait to see what it has done.
				if !t.cutInside(endInside, letOthers) {
					return t.fail(object.ErrAbort)
				}
			case t.Regime == object.RegimeSTM && !s.irrevocable && !t.Tx.Validate():
				return t.fail(object.ErrAbort)
			}
		}
		return stNext
	}
	if !t.commit() {
		return t.restart()
	}
	t.expectSignal()
	t.begin()
	return stNext
}

// leave gives up what the regime holds, after the slice has ended.
func (t *Thread) leave() {
	if t.plain {
		t.plain = false
		t.exitSolo()
		t.vm.lock.Release(t.member)
	}
}

// enterPlain takes the interpreter's lock, unless the thread holds it.
func (t *Thread) enterPlain() {
	if !t.plain && t.member != nil {
		t.vm.lock.Acquire(t.member)
		t.plain = true
	}
}

// writeHeld writes the words of the program's locks that the slice still holds; false: it must be rolled back.
func (t *Thread) writeHeld() bool {
	for i := range t.Held {
		if t.Interp.Is(object.MutLockUnwritten) {
			continue
		}
		if t.Held[i].Lock.WriteHeld(&t.Thread, t.Held[i].Count) != nil {
			return false
		}
	}
	clear(t.Held)
	t.Held = t.Held[:0]
	return true
}

// commit ends the slice for good; false: it must be rolled back (restart). Afterwards the thread is between slices, and
// holds nothing but, in the plain regime, the lock.
func (t *Thread) commit() bool {
	s := &t.slice
	if len(t.Held) > 0 && !t.writeHeld() {
		return false
	}
	switch t.Regime {
	case object.RegimePlain, object.RegimeLocks:
		t.flush()
		return true
	case object.RegimeSTM:
		if !t.commitTx() {
			return false
		}
	case object.RegimeRead, object.RegimeWrite:
		t.traceEnd("slice", "commit")
		if len(s.out) > 0 {
			t.vm.outLock.lock(t.Proc) // there may be other readers
			t.flush()
			t.vm.outLock.unlock(t.Proc)
		}
		t.vm.lock.Release(t.member)
	}
	t.Proc.Charge(machine.CostUndo, t.Undo.Len())
	t.Undo.Reset()
	if t.Regime == object.RegimeSTM {
		t.exitGate() // not before: the log has touched what it published
		t.Proc.LeaveSlice()
	}
	s.open = false
	s.irrevocable = false
	s.writer = false
	s.split = false
	s.again = false
	s.deadline.pending = false
	t.vm.adapt.committed(t)
	t.runHooks()
	return true
}

func (t *Thread) runHooks() {
	s := &t.slice
	if len(s.hooks) == 0 {
		return
	}
	for i, h := range s.hooks {
		s.hooks[i] = nil
		h()
	}
	s.hooks = s.hooks[:0]
}

// commitTx commits the slice's transaction: publish what becomes reachable, then commit, then let its output out. Slices
// that print commit one at a time, so that the order of the output is that of the commits. One that has only read would take its place in
// that order when its snapshot was taken, before what others have printed since: its snapshot is moved to the present.
func (t *Thread) commitTx() bool {
	s := &t.slice
	if t.Tx.WriteSet() > 0 {
		t.Tx.EachWrite(t.publishWrite)
	}
	printing := len(s.out) > 0
	if printing {
		t.vm.outLock.lock(t.Proc)
	}
	ok := (!printing || t.Tx.WriteSet() > 0 || t.Tx.Extend()) && t.Tx.Commit()
	if ok {
		t.logSlice(s.ending)
		s.ending = endCut
		t.traceEnd("slice", "commit")
		if t.accesses != nil {
			t.vm.profile.committed(t.accesses)
		}
		t.flush()
	}
	if printing {
		t.vm.outLock.unlock(t.Proc)
	}
	return ok
}

// publishWrite makes public what a word that is about to be committed refers to.
func (t *Thread) publishWrite(_ *stm.Orec, _ *stm.Word, w *stm.Word) {
	if w.P != nil {
		object.Publish(&t.Thread, object.Value{Ref: w.P, Bits: w.B})
	}
}

// restart rolls the slice back and begins it again.
func (t *Thread) restart() status {
	s := &t.slice
	if s.retry == retryNone {
		s.fails++
	} else {
		s.fails = 0 // it has not failed: it waits
	}
	t.vm.adapt.aborted(t)
	switch t.Regime {
	case object.RegimeSTM:
		if s.retry == retryNone {
			t.noteAbort()
		}
		t.traceEnd("aborted: "+t.Tx.Reason().String(), "abort")
		t.restore()
		t.Proc.LeaveSlice()
		switch s.retry {
		case retryWait:
			t.waitChange()
		case retryCut:
			t.Tx.Abort(stm.Explicit)
			fallthrough
		default:
			t.Tx.Rollback()
		}
		t.exitGate()
		s.retry = retryNone
	case object.RegimeWrite:
		panic("vm: a writer's slice is rolled back")
	case object.RegimeRead:
		t.traceEnd("aborted: it writes", "abort")
		t.restore()
		t.vm.lock.Release(t.member)
	}
	t.begin()
	return stReload
}

// Irrevocable implements object.VM.
func (vm *VM) Irrevocable(ot *object.Thread) error {
	t := of(ot)
	s := &t.slice
	switch t.Regime {
	case object.RegimeRead:
		return vm.Upgrade(ot)
	case object.RegimeSTM:
		if s.irrevocable {
			return nil
		}
		if !t.Tx.BecomeIrrevocable() {
			s.beginIrrev = true
			return object.ErrAbort
		}
		s.irrevocable = true
		t.stampIrrevocable()
		t.stats.Irrevocable++
		t.vm.adapt.irrevocable.Add(1)
	}
	return nil
}

// stampIrrevocable makes an irrevocable slice an update in the eyes of the transactional memory: what it does in place to objects
// that only irrevocable slices touch needs a place of its own in the order of commits.
func (t *Thread) stampIrrevocable() {
	vm := t.vm
	t.Tx.Store(&vm.irrevOrec, &vm.irrevWord, stm.Word{B: t.slice.epoch})
}

// Upgrade implements object.VM: a reader's first write rolls the slice back, to run again as a writer.
func (vm *VM) Upgrade(ot *object.Thread) error {
	t := of(ot)
	if t.Regime != object.RegimeRead {
		return nil
	}
	t.slice.writer = true
	return object.ErrAbort
}

// OnCommit implements object.VM.
func (vm *VM) OnCommit(ot *object.Thread, f func()) {
	t := of(ot)
	if !t.rollsBack() || t.Interp.Is(object.MutStartEarly) {
		f()
		return
	}
	t.slice.hooks = append(t.slice.hooks, f)
}
