package vm

import (
	"runtime"
	"unsafe"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/vm/code"
	"gilt/vm/object"
)

// The life of threads.

// start makes the thread take part in the interpreter's lock. Its first slice begins in outermost.
func (t *Thread) start() {
	vm := t.vm
	t.member = vm.lock.Join(t.Proc, &t.Breaker)
	t.ticks = vm.lock.Ticker()
	if vm.Interp.Stm != nil {
		t.Tx = vm.Interp.Stm.NewTx(t.Proc)
		if o := vm.Config.Oracle; o != nil {
			o.join(t)
		}
	}
	t.observe()
	t.Regime = object.RegimePlain
	if vm.regime() == object.RegimePlain {
		t.enterPlain()
	}
	t.SyncDef()
}

// stop ends the thread's part. It is between slices.
func (t *Thread) stop() {
	t.leave()
	t.vm.lock.Leave(t.member)
	if t.Tx != nil {
		t.Tx.Close()
	}
	t.vm.removeThread(t)
}

func (vm *VM) addThread(t *Thread) {
	vm.mu.Lock()
	vm.threads = append(vm.threads, t)
	vm.mu.Unlock()
}

func (vm *VM) removeThread(t *Thread) {
	vm.mu.Lock()
	defer vm.mu.Unlock()
	for i, x := range vm.threads {
		if x == t {
			vm.threads = append(vm.threads[:i:i], vm.threads[i+1:]...)
			vm.ended = append(vm.ended, t.stats)
			return
		}
	}
}

// goShared leaves the single-thread bypass: everything that the modules reach becomes public. The calling thread is the only
// one alive.
func (vm *VM) goShared(t *Thread) {
	if vm.Config.Mode == ModeGIL || vm.shared.Load() {
		return
	}
	object.Publish(&t.Thread, vm.Interp.Modules.Value())
	object.Publish(&t.Thread, vm.Interp.Builtins.Value())
	vm.phase.since.Store(t.Proc.Now())
	vm.phase.cold.Store(true)
	vm.shared.Store(true)
}

// drawThread draws the number of a new thread. It is part of the program's state: an attempt that is rolled back gives it back.
func (vm *VM) drawThread(t *Thread) (uint64, error) {
	if t.Regime == object.RegimeLocks {
		t.LockObject(&vm.seqMut)
		defer t.UnlockObject(&vm.seqMut)
	}
	seq, err := t.Load(&vm.seqMut, &vm.threadSeq)
	if err != nil {
		return 0, err
	}
	return seq.Bits + 1, t.Store(&vm.seqMut, &vm.threadSeq, object.Int(int64(seq.Bits+1)))
}

// StartThread starts a Python thread that calls fn(*args, **kw). done is called, on the new thread and between slices, when it
// has ended; failed gets an exception that nobody caught. The start happens when the present slice commits. It
// returns the identifier of the new thread.
func (vm *VM) StartThread(ot *object.Thread, name string, daemon bool, fn object.Value, args []object.Value, kw *object.Kwargs, failed func(t *object.Thread, err error)) (uint64, error) {
	t := of(ot)
	vm.goShared(t)
	if t.Regime == object.RegimePlain && !t.Mixed && vm.regime() != object.RegimePlain {
		// This was the last moment of the single-thread bypass: go on in the proper regime before anybody else runs.
		if t.loops == 1 && t.slice.atomic == 0 {
			t.slice.wait = &waitRequest{wait: func(*machine.Proc) {}}
			return 0, object.ErrAgain
		}
		t.flush()
		t.leave()
		t.beginInside()
	}
	if vm.Config.Mode != ModeGIL {
		object.Publish(ot, fn)
		for _, a := range args {
			object.Publish(ot, a)
		}
		if kw != nil {
			for _, a := range kw.Values {
				object.Publish(ot, a)
			}
		}
	}
	args = append([]object.Value(nil), args...)
	n, err := vm.drawThread(t)
	if err != nil {
		return 0, err
	}
	vm.OnCommit(ot, func() {
		vm.live.Add(1)
		vm.moreProcs()
		p := vm.Machine.Go(name, func(p *machine.Proc) {
			nt := vm.newThreadNumbered(p, name, n)
			nt.daemon = daemon
			vm.addThread(nt)
			nt.start()
			nt.body(fn, args, kw, failed)
			nt.stop()
			vm.live.Add(-1)
		})
		if daemon {
			p.SetDaemon(true)
		}
	})
	return n + 1, nil
}

// starter is the code of a started thread's lowest frame: it calls R[0] with the tuple R[1] and the dict R[2].
var starter = &code.Code{
	Name: "<start>", File: "<start>", NumRegs: 3,
	Instrs: []code.Instr{{Op: code.CALLEX}, {Op: code.RET}},
	Lines:  []code.Position{{}, {}},
}

// internal says whether a frame's code is the VM's own and not shown to people.
func internal(c *code.Code) bool { return c == trampoline || c == starter }

// body is what a started thread does.
func (t *Thread) body(fn object.Value, args []object.Value, kw *object.Kwargs, failed func(*object.Thread, error)) {
	tuple, dict := t.NewTuple(args...), object.Unset
	if kw != nil {
		d := t.NewDict()
		for i, n := range kw.Names {
			if d.SetStr(&t.Thread, t.Intern(n), kw.Values[i]) != nil {
				return // cannot be: the dict is private
			}
		}
		dict = d.Value()
	}
	_, _, err := t.outermost(func() status {
		f, err := t.push(starter, nil, contExit, 0)
		if err != nil {
			return t.fail(err)
		}
		*reg(f.regs, 0), *reg(f.regs, 1), *reg(f.regs, 2) = fn, tuple, dict
		return stReload
	})
	if err != nil {
		t.fromGo(func() { failed(&t.Thread, err) })
	}
}

// lockProcs is how many threads may wait in the kernel for the interpreter's lock before Go's scheduler has to take their processors
// away one by one.
const lockProcs = 64

// moreProcs gives the Go scheduler room for threads that all wait in the kernel: the designs of the interpreter's lock that
// stand on futexes block their operating-system threads, and with fewer processors than waiters the holder itself may find none.
// It happens once, at the first start of a thread; fewerProcs undoes it when the run has ended.
func (vm *VM) moreProcs() {
	if vm.Config.Mode != ModeGIL || vm.Machine.Simulated() || vm.procs != 0 {
		return
	}
	if n := runtime.GOMAXPROCS(0); n < lockProcs {
		vm.procs = n
		runtime.GOMAXPROCS(lockProcs)
	}
}

func (vm *VM) fewerProcs() {
	if vm.procs != 0 {
		runtime.GOMAXPROCS(vm.procs)
	}
}

// Where is the file and line of the program that the thread executes, passing over the embedded modules.
func (vm *VM) Where(ot *object.Thread) string { return of(ot).where() }

// Storage is the thread's own dict, for threading.local.
func (vm *VM) Storage(ot *object.Thread) *object.Dict { return of(ot).storage }

// Threads is the number of threads that _thread has started and that have not ended.
func (vm *VM) Threads() int { return int(vm.live.Load()) }

// OnSignal sets what the main thread does at an interrupt; nil: KeyboardInterrupt.
func (vm *VM) OnSignal(f func(t *object.Thread) error) { vm.onSignal.Store(&f) }

// Interrupted says whether an interrupt waits for this thread, the main one.
func (vm *VM) Interrupted(ot *object.Thread) bool {
	t := of(ot)
	return t.Breaker.Load()&gil.Signal != 0 && t == vm.mainThread
}

// Deaf says whether Ctrl-C leaves waits for locks alone.
func (vm *VM) Deaf() bool { return vm.Config.Deaf }

// Current is the identifier of the thread.
func (vm *VM) Current(ot *object.Thread) uint64 { return of(ot).ident }

// breakers handles what else is set in the eval breaker. midway: the instruction before the frame's ip is under way; otherwise the
// next one is, which a jump or a call has led to, and which decides what handlers there are for an exception.
func (t *Thread) breakers(b uint32, midway bool) status {
	if b&gil.Finalize != 0 {
		// Also a thread that is no daemon may still be on its last instructions, behind those that told who joins it, or run on after an
		// interrupted shutdown: the program's end does not wait for it.
		t.Proc.SetDaemon(true)
		t.Proc.Park(machine.Wait{What: "the end of the program", Owner: -1}) // the thread ends with the machine
	}
	if b&gil.Signal != 0 && t == t.vm.mainThread {
		if err := t.pendingSignal(); err != nil {
			if f := t.top; !midway {
				f.ip = unsafe.Add(f.ip, instrSize)
			}
			return t.fail(err)
		}
	}
	if b&gil.Memory != 0 {
		if err := t.vm.Pressed(&t.Thread); err != nil {
			if f := t.top; !midway {
				f.ip = unsafe.Add(f.ip, instrSize)
			}
			return t.fail(err)
		}
	}
	return stNext
}

// deafFrame says whether the running frame is one of the library's modules that lock and wait. An exception that comes out of nowhere
// between a lock's acquisition and the block that gives it back, or between that block's end and the release, would leave the lock taken
// for ever. So interrupts are served when such a module waits, or has returned, and, in whatever calls it, not at the moment when a call
// has returned. CPython has these gaps.
func (t *Thread) deafFrame() bool {
	switch t.top.code.File {
	case "<gilt>/threading.py", "<gilt>/queue.py", "<gilt>/concurrent/futures/__init__.py":
		return true
	}
	return false
}

// expectSignal is called before a slice begins: one that has to handle a signal runs irrevocably from the start.
func (t *Thread) expectSignal() {
	if t.Breaker.Load()&gil.Signal != 0 && t == t.vm.mainThread {
		t.slice.writer, t.slice.beginIrrev = true, true
	}
}

// pendingSignal raises what a signal's handler raises, in the main thread.
func (t *Thread) pendingSignal() error {
	if t.Breaker.Load()&gil.Signal == 0 || t != t.vm.mainThread {
		return nil
	}
	// What has been taken off the breaker must not be rolled back.
	if err := t.vm.Irrevocable(&t.Thread); err != nil {
		return err
	}
	t.Breaker.And(^gil.Signal)
	t.vm.lock.PendingCall(false)
	if h := t.vm.onSignal.Load(); h != nil && *h != nil {
		return (*h)(&t.Thread)
	}
	return object.NewRaise(&t.Thread, t.Interp.Types.KeyboardInterrupt)
}
