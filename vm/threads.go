package vm

import (
	"gilt/gil"
	"gilt/internal/machine"
	"gilt/vm/object"
)

// The life of threads.

// start makes the thread take part in the interpreter's lock and begin its first slice.
func (t *Thread) start() {
	vm := t.vm
	t.member = vm.lock.Join(t.Proc, &t.Breaker)
	t.ticks = vm.lock.Ticker()
	if vm.Interp.Stm != nil {
		t.Tx = vm.Interp.Stm.NewTx(t.Proc)
	}
	t.Regime = object.RegimePlain
	if vm.regime() == object.RegimePlain {
		vm.lock.Acquire(t.member)
	}
	t.SyncDef()
}

// stop ends the thread's part. It is between slices.
func (t *Thread) stop() {
	if t.Regime == object.RegimePlain {
		t.vm.lock.Release(t.member)
	}
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
	vm.shared.Store(true)
}

// StartThread starts a Python thread that calls fn(*args, **kw). done is called, on the new thread and between slices, when it
// has ended; failed gets an exception that nobody caught. The start happens when the present slice commits. It
// returns the identifier of the new thread.
func (vm *VM) StartThread(ot *object.Thread, name string, daemon bool, fn object.Value, args []object.Value, kw *object.Kwargs, failed func(t *object.Thread, err error)) (uint64, error) {
	t := of(ot)
	vm.goShared(t)
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
	n := vm.nextThread()
	vm.OnCommit(ot, func() {
		vm.live.Add(1)
		p := vm.Machine.Go(name, func(p *machine.Proc) {
			nt := vm.newThreadNumbered(p, name, n)
			nt.daemon = daemon
			vm.addThread(nt)
			nt.start()
			nt.body(fn, args, kw, failed)
			nt.stop()
		})
		if daemon {
			p.SetDaemon(true)
		}
	})
	return n + 1, nil
}

// body is what a started thread does.
func (t *Thread) body(fn object.Value, args []object.Value, kw *object.Kwargs, failed func(*object.Thread, error)) {
	_, _, err := t.outermost(func() status {
		f, err := t.push(trampoline, nil, contExit, 0)
		if err != nil {
			return t.fail(err)
		}
		st := t.invoke(fn, object.Unset, args, kw, 0, contStore)
		if st == stRaise {
			t.popFrame(f)
			return st
		}
		return stReload
	})
	if err != nil {
		failed(&t.Thread, err)
	}
	t.lastCommit()
}

// Current is the identifier of the thread.
func (vm *VM) Current(ot *object.Thread) uint64 { return of(ot).ident }

// breakers handles what else is set in the eval breaker.
func (t *Thread) breakers(b uint32) status {
	if b&gil.Signal != 0 && t == t.vm.mainThread {
		if err := t.pendingSignal(); err != nil {
			return t.fail(err)
		}
	}
	return stNext
}

// pendingSignal raises what a signal's handler raises, in the main thread.
func (t *Thread) pendingSignal() error {
	if t.Breaker.Load()&gil.Signal == 0 || t != t.vm.mainThread {
		return nil
	}
	t.Breaker.And(^gil.Signal)
	t.vm.lock.PendingCall(false)
	if h := t.vm.onSignal; h != nil {
		return h(&t.Thread)
	}
	return object.NewRaise(&t.Thread, t.Interp.Types.KeyboardInterrupt)
}
