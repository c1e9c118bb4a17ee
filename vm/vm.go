// Package vm is the Python virtual machine: threads, frames, the interpreter loop, slices and regimes.
//
// A program is compiled (vm/syntax, vm/compile) to code for a register machine (vm/code). A VM is one interpreter with its
// own modules, lock and machine; nothing mutable is global to the process. Each Python thread runs
// slice after slice: what begin and end of a slice mean is its regime's business (slice.go), and the loop (loop.go) is the
// same for all of them.
//
// Python-to-Python calls never recurse in Go: calls, generators, __init__, special methods, properties and class bodies
// push a frame. Builtins in Go that call back run a nested loop (Thread.nested).
package vm

import (
	"sync"
	"sync/atomic"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// VM is one interpreter and what it runs on.
type VM struct {
	Interp  *object.Interp
	Machine *machine.Machine
	Config  Config

	lock           gil.Lock
	recursionLimit int
	mainThread     *Thread
	adapt          adaptation
	phase          phases
	outFailed      atomic.Pointer[error]                        // why the standard output cannot be written any more
	outLock        mutex                                        // held while a slice that prints commits
	over           atomic.Bool                                  // the main thread has ended: nothing is printed any more
	atomicLock     mutex                                        // held by atomic blocks under the regime of locks
	shared         atomic.Bool                                  // more than one thread may be alive: the bypass is over
	live           atomic.Int64                                 // threads started
	onSignal       atomic.Pointer[func(t *object.Thread) error] // handler of SIGINT, nil: KeyboardInterrupt

	mu      sync.Mutex // guards what follows
	threads []*Thread  // alive, in order of start
	started uint64
	procs   int // GOMAXPROCS as it was before moreProcs, 0 if that has changed nothing
	ended   []ThreadStats
	elapsed int64

	program struct { // what has been parsed to find the dialect
		module *syntax.Module
		err    error
	}

	atShutdown func(t *object.Thread) error
	profile    *abortProfile
	trace      *tracer
	replay     *replayer
	finger     uint64
	plans      map[*code.Code]*workPlan // of simulated time; one thread runs at once there
	threadSeq  object.Value             // threads started so far; a transactional cell of seqMut
	seqMut     object.Mut
	irrevOrec  stm.Orec // written by every irrevocable slice
	irrevWord  stm.Word
}

// trampoline is the code of a frame that only waits for the result of a call into its register 0, and returns it.
var trampoline = &code.Code{
	Name: "<call>", File: "<call>", NumRegs: 1,
	Instrs: []code.Instr{{Op: code.RET}},
	Lines:  []code.Position{{}},
}

func (vm *VM) nextThread() uint64 {
	vm.mu.Lock()
	defer vm.mu.Unlock()
	n := vm.started
	vm.started++
	return n
}
