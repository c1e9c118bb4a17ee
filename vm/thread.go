package vm

import (
	"unsafe"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Thread is a Python thread: what values need (object.Thread, its first field, so that the two convert into each other), the
// frames and the stack of registers, and the state of its current slice.
type Thread struct {
	object.Thread
	vm *VM

	top    *frame // the running frame; its depth is 0 when there is none
	root   frame
	chunk  *chunk
	spare  *chunk
	limit  uintptr // end of the chunk
	budget int     // instructions left until the next look at the breaker; below zero at a yield point: look now
	ticks  *int32  // the lock's ticker, for TICK
	mark   int32   // returning below this depth copies the frame for roll-back first

	softSpace   bool         // 2.7: a print with a trailing comma came before
	err         error        // what is being unwound
	result      object.Value // of a loop that has left
	midway      bool         // for a yield point: it is one of an instruction that has begun (a call returns, a generator resumes)
	yieldedExit bool         // the loop left because a generator yielded
	loops       int          // nesting of run
	extraDepth  int          // frames beyond the recursion limit, while an error is being handled

	member       *gil.Member
	atomicLocked bool // holds vm.atomicLock
	plain        bool // holds the interpreter's lock, in the plain regime
	slice        sliceState
	pace         pace
	gate         gate
	deep         int // nested loops: operations in Go that are under way
	stats        ThreadStats

	replayEnd  sliceEnd // in a replay: how the recorded slice ended
	replayLeft int      // and whether its end is still to come

	accesses *accessLog // nil unless an abort profile is taken
	timeline *timeline  // nil unless a timeline is recorded
	meter    *meter     // nil on real cores

	storage *object.Dict // of threading.local: the thread's own

	name   string
	ident  uint64
	daemon bool
}

// of finds the Thread that an object.Thread is part of.
func of(t *object.Thread) *Thread { return (*Thread)(unsafe.Pointer(t)) }

func (vm *VM) newThread(p *machine.Proc, name string) *Thread {
	return vm.newThreadNumbered(p, name, vm.nextThread())
}

func (vm *VM) newThreadNumbered(p *machine.Proc, name string, n uint64) *Thread {
	t := &Thread{vm: vm, name: name}
	t.Thread.Proc = p
	t.Thread.Interp = vm.Interp
	t.Thread.VM = vm
	t.chunk = &chunk{values: make([]object.Value, firstChunk)}
	t.limit = t.chunk.limit()
	t.top = &t.root
	t.result = object.Unset
	t.Num = n
	t.ident = t.Num + 1
	t.meter = vm.newMeter()
	t.setBudget(pollBudget)
	t.DefSeen = vm.Interp.DefVersion()
	t.storage = t.NewDict()
	return t
}

// pollBudget is how many instructions run between two looks at the breaker.
const pollBudget = 1000

// Call calls any callable from Go, in a loop of its own. It implements object.VM.
func (vm *VM) Call(ot *object.Thread, fn object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	return of(ot).Call(ot, fn, args, kw)
}

// callSimple is nested for a function with just these parameters.
func (t *Thread) callSimple(fn *Function, args []object.Value) (object.Value, error) {
	f, err := t.push(fn.Code, fn, contExit, 0)
	if err != nil {
		return object.Unset, err
	}
	for i, v := range args {
		*regN(f.regs, i) = v
	}
	t.budget -= callWeight
	t.loops++
	err = t.run()
	t.loops--
	v := t.result
	t.result = object.Unset
	return v, err
}

// Call calls fn(*args, **kw) in a nested loop.
func (t *Thread) Call(_ *object.Thread, fn object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	self := object.Unset
	if fn.Kind() == object.KindMethod {
		m := (*object.Method)(fn.Ref)
		fn, self = m.Fn, m.Self
	}
	if fn.Kind() == object.KindFunction {
		if self.IsUnset() && kw == nil && t.loops < maxNested && t.top.next != nil {
			if p := (*Function)(fn.Ref); p.Code.Flags&code.Simple != 0 && p.Code.NumPos == len(args) {
				return t.callSimple(p, args)
			}
		}
		v, _, err := t.nested(func() status {
			return t.enterFunction((*Function)(fn.Ref), self, args, kw, 0, contExit)
		})
		return v, err
	}
	if fn.Kind() == object.KindBuiltin {
		b := (*object.Builtin)(fn.Ref)
		if !self.IsUnset() {
			args = prepend(self, args)
		}
		if !b.Self.IsUnset() {
			args = prepend(b.Self, args)
		}
		return b.Fn(&t.Thread, args, kw)
	}
	if !self.IsUnset() {
		args = prepend(self, args)
	}
	if fn.Kind() == object.KindType {
		if typ := (*object.Type)(fn.Ref); typ.Flags&object.TypeUser == 0 {
			return object.Instantiate(&t.Thread, typ, args, kw)
		}
	}
	// Anything else may push frames that deliver into a register: give it a frame with one.
	v, _, err := t.nested(func() status {
		f, err := t.push(trampoline, nil, contExit, 0)
		if err != nil {
			return t.fail(err)
		}
		st := t.invoke(fn, object.Unset, args, kw, 0, contStore)
		if st == stRaise && t.top == f {
			t.popFrame(f)
			return stRaise
		}
		return stReload
	})
	return v, err
}
