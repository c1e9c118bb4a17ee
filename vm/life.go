package vm

import (
	"fmt"
	"strings"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/builtin"
	"gilt/vm/code"
	"gilt/vm/object"
)

// The beginning and the end of a run.

// boot makes what every program finds: builtins and sys.
func (vm *VM) boot(t *Thread) error {
	d := t.NewDict()
	vm.Interp.Modules = d
	for _, name := range []string{"builtins", "sys"} {
		mk, ok := builtin.Lookup(name)
		if !ok {
			return object.RuntimeErrorf(&t.Thread, "no module %s", name)
		}
		m, err := mk(&t.Thread)
		if err != nil {
			return err
		}
		if name == "builtins" {
			vm.Interp.Builtins = m
		}
		if err := d.SetStr(&t.Thread, t.Intern(name), m.Value()); err != nil {
			return err
		}
	}
	return nil
}

// Args are the program's arguments, sys.argv.
func (vm *VM) Args() []string { return vm.Config.Args }

// Path is where imports search, sys.path.
func (vm *VM) Path() []string { return vm.Config.Path }

// Lock is the interpreter's lock, for sys.setswitchinterval and its like.
func (vm *VM) Lock() gil.Lock { return vm.lock }

// RecursionLimit is sys.getrecursionlimit.
func (vm *VM) RecursionLimit() int { return vm.recursionLimit }

// SetRecursionLimit is sys.setrecursionlimit; frames that exist already stay.
func (vm *VM) SetRecursionLimit(ot *object.Thread, n int) error {
	t := of(ot)
	if n < 1 {
		return object.ValueErrorf(ot, "recursion limit must be greater or equal than 1")
	}
	if int(t.top.depth) >= n {
		return object.RecursionErrorf(ot, "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", n, t.top.depth)
	}
	vm.recursionLimit = n
	for f := t.top; f != nil; f = f.next {
		if int(f.depth) == n-1 {
			f.next = nil
			break
		}
	}
	return nil
}

// Interrupt tells the main thread that the user has pressed Ctrl-C. It may be called from any goroutine.
func (vm *VM) Interrupt() {
	vm.mu.Lock()
	t := vm.mainThread
	vm.mu.Unlock()
	if t == nil {
		return
	}
	t.Breaker.Or(gil.Signal)
	vm.lock.PendingCall(true)
	t.Proc.Unpark(nil)
}

// joinAll waits for the threads that are no daemons, as the interpreter's end does.
func (vm *VM) joinAll(t *Thread) error {
	if f := vm.atShutdown; f != nil {
		return f(&t.Thread)
	}
	return nil
}

// AtShutdown sets what the main thread does when its program has ended: threading joins the threads that are left.
func (vm *VM) AtShutdown(f func(t *object.Thread) error) { vm.atShutdown = f }

// finish ends the run: daemon threads go no further.
func (vm *VM) finish(t *Thread) {
	vm.elapsed = t.Proc.Now()
	t.stop()
}

// explainDeadlock is the report of a program in which nothing can ever run again.
func (vm *VM) explainDeadlock(d *machine.Deadlock) string {
	return fmt.Sprintf("gilt: deadlock: every thread waits\n%s\n", strings.TrimRight(d.Error(), "\n"))
}

// charge lets n instructions take their time on simulated cores.
func (t *Thread) charge(n int) { t.Proc.Charge(machine.CostBytecode, n) }

// noteAbort counts an attempt that is being rolled back, and tells the profile.
func (t *Thread) noteAbort() {
	t.stats.Aborts++
	if p := t.vm.profile; p != nil {
		p.abort(t)
	}
}

// CompileFile compiles a source file without running it.
func (vm *VM) CompileFile(name string, data []byte) (*code.Code, error) { return vm.compile(name, data) }

var _ = stm.Word{}
