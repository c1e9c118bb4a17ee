package vm

import (
	"fmt"
	"strings"
	"time"
	"unsafe"

	"gilt/gil"
	"gilt/internal/machine"
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

// Argv implements builtin.Program.
func (vm *VM) Argv() []string { return vm.Config.Args }

// SearchPath implements builtin.Program.
func (vm *VM) SearchPath() []string { return vm.Config.Path }

// Lock is the interpreter's lock.
func (vm *VM) Lock() gil.Lock { return vm.lock }

// SwitchInterval implements builtin.Switching.
func (vm *VM) SwitchInterval() int64 { return int64(vm.lock.Interval()) }

// SetSwitchInterval implements builtin.Switching.
func (vm *VM) SetSwitchInterval(ns int64) { vm.lock.SetInterval(time.Duration(ns)) }

// CheckInterval implements builtin.Switching.
func (vm *VM) CheckInterval() int { return vm.lock.CheckInterval() }

// SetCheckInterval implements builtin.Switching.
func (vm *VM) SetCheckInterval(ticks int) { vm.lock.SetCheckInterval(ticks) }

// RecursionLimit implements builtin.Limits.
func (vm *VM) RecursionLimit() int { return vm.recursionLimit }

// SetRecursionLimit implements builtin.Limits; frames that exist already stay.
func (vm *VM) SetRecursionLimit(ot *object.Thread, n int) bool {
	t := of(ot)
	if int(t.top.depth) >= n {
		return false
	}
	vm.recursionLimit = n
	for f := t.top; f != nil; f = f.next {
		if int(f.depth) == n {
			f.next = nil
			break
		}
	}
	return true
}

// FrameAt implements builtin.Stack.
func (vm *VM) FrameAt(ot *object.Thread, depth int) (builtin.FrameInfo, bool) {
	t := of(ot)
	for f := t.top; f.code != nil; f = f.prev {
		if internal(f.code) {
			continue
		}
		if depth > 0 {
			depth--
			continue
		}
		info := builtin.FrameInfo{File: f.code.File, Func: f.code.Name, Line: f.line(), Code: object.FromPointer(unsafe.Pointer(f.code)), Fn: object.Unset}
		if f.fn != nil {
			info.Globals, info.Fn = f.fn.Globals, object.FromPointer(unsafe.Pointer(f.fn))
		}
		info.Locals = func() (object.Value, error) { return t.locals(f) }
		return info, true
	}
	return builtin.FrameInfo{}, false
}

// ModuleName is the name of the module that runs.
func (vm *VM) ModuleName(ot *object.Thread) string {
	f := of(ot).caller()
	if f.fn == nil {
		return ""
	}
	v, ok, err := f.fn.Globals.Get(ot, ot.Intern("__name__"))
	if err != nil || !ok {
		return ""
	}
	return text(v)
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
	vm.mu.Lock()
	defer vm.mu.Unlock()
	for _, d := range vm.threads {
		d.Breaker.Or(gil.Finalize)
	}
}

// explainDeadlock is the report of a program in which nothing can ever run again.
func (vm *VM) explainDeadlock(d *machine.Deadlock) string {
	return fmt.Sprintf("gilt: deadlock: every thread waits\n%s\n", strings.TrimRight(d.Error(), "\n"))
}

// noteAbort counts an attempt that is being rolled back, and tells the profile.
func (t *Thread) noteAbort() {
	t.stats.Aborts++
	if p := t.vm.profile; p != nil {
		p.abort(t)
	}
}

// CompileFile compiles a source file without running it.
func (vm *VM) CompileFile(name string, data []byte) (*code.Code, error) {
	return vm.compile(name, data)
}

var (
	_ builtin.Program   = (*VM)(nil)
	_ builtin.Limits    = (*VM)(nil)
	_ builtin.Switching = (*VM)(nil)
	_ builtin.Stack     = (*VM)(nil)
)
