package vm

import (
	"runtime"
	"sync/atomic"

	"gilt/gil"
	"gilt/vm/object"
)

// The slow half of the bound on memory (vm/object/memory.go has the other): after each cycle of the collector what is live is
// compared with the bound, and when little is left all threads are told by their eval breaker. A thread that is told raises
// MemoryError at its next yield point, as it would have for an allocation that failed there.

// cycleSentinel is garbage as soon as it is made: its finalizer runs after the next cycle, and makes the next one.
type cycleSentinel struct {
	vm   *VM
	done *atomic.Bool
}

// watchMemory begins to look at the collector's cycles, until the function that it returns is called.
func (vm *VM) watchMemory() (end func()) {
	if vm.Interp.MemoryLimit == 0 {
		return func() {}
	}
	done := new(atomic.Bool)
	plant(&cycleSentinel{vm, done})
	return func() { done.Store(true) }
}

func plant(s *cycleSentinel) {
	runtime.SetFinalizer(s, func(s *cycleSentinel) {
		if s.done.Load() {
			return
		}
		if s.vm.Interp.Pressing() {
			s.vm.press()
		}
		plant(&cycleSentinel{s.vm, s.done})
	})
}

// press tells all threads that little memory is left.
func (vm *VM) press() {
	vm.Interp.Tight.Store(true)
	vm.mu.Lock()
	defer vm.mu.Unlock()
	for _, t := range vm.threads {
		t.Breaker.Or(gil.Memory)
	}
}

// Pressed is what a thread does that has been told: MemoryError, unless there is room again, for instance because another
// thread has ended.
func (vm *VM) Pressed(ot *object.Thread) error {
	ot.Breaker.And(^gil.Memory)
	vm.Forget(ot)
	if runtime.GC(); vm.Interp.Pressing() {
		return object.MemoryError(ot)
	}
	vm.Interp.Tight.Store(false)
	return nil
}

// Forget clears registers above the frames in use, and what the last slice has left in its logs.
func (vm *VM) Forget(ot *object.Thread) {
	t := of(ot)
	free := uintptr(t.stackTop()) + slackRegs*valueSize
	if base := uintptr(t.chunk.base()); free >= base && free < t.limit {
		clear(t.chunk.values[(free-base)/valueSize:])
	}
	t.spare = nil
	t.Undo.Forget()
	t.ForgetArguments()
	s := &t.slice
	clear(s.values[len(s.values):cap(s.values)])
	clear(s.frames[len(s.frames):cap(s.frames)])
	clear(s.out[len(s.out):cap(s.out)])
}
