package builtin

import "gilt/vm/object"

// Frames is what exec, eval, globals, locals, dir and vars ask of the interpreter beyond object.VM.
type Frames interface {
	// Globals is the namespace of the function that called the builtin.
	Globals(t *object.Thread) *object.Namespace
	// Locals is a mapping of that function's local variables: the namespace itself at module level and in class bodies, else a
	// new dict.
	Locals(t *object.Thread) (object.Value, error)
	// Compile compiles a source; mode is exec, eval or single.
	Compile(t *object.Thread, source, file, mode string, separate bool) (object.Value, error)
	// Exec runs code with the given globals (a dict or namespace) and locals (Unset: the globals).
	Exec(t *object.Thread, code, globals, locals object.Value) (object.Value, error)
	// Import imports a module by its dotted name.
	Import(t *object.Thread, name string) (object.Value, error)
}

// Threads is what _thread and threading ask of it.
type Threads interface {
	// StartThread starts a thread at the commit of the present slice and returns its identifier. failed is called on it with an
	// exception that nobody caught.
	StartThread(t *object.Thread, name string, daemon bool, fn object.Value, args []object.Value, kw *object.Kwargs, failed func(t *object.Thread, err error)) (uint64, error)
	// Current is the identifier of the thread.
	Current(t *object.Thread) uint64
}

// What follows is optional: a VM that does not have it leaves sys with fixed answers.

// Program tells what is being run.
type Program interface {
	// Argv are the program's file and arguments: sys.argv.
	Argv() []string
	// SearchPath are the directories of imports: sys.path.
	SearchPath() []string
}

// Limits has the bound of recursion.
type Limits interface {
	RecursionLimit() int
	// SetRecursionLimit returns false if the thread is deeper than that already.
	SetRecursionLimit(t *object.Thread, n int) bool
}

// Switching has the intervals of the interpreter lock; a lock without the one or the other remembers what it is told.
type Switching interface {
	SwitchInterval() (ns int64)
	SetSwitchInterval(ns int64)
	CheckInterval() (ticks int)
	SetCheckInterval(ticks int)
}

// FrameInfo describes a frame for sys._getframe, inspect, warnings and tracebacks.
type FrameInfo struct {
	File, Func string
	Line       int
	Globals    *object.Namespace
	Code       object.Value
	Fn         object.Value // the function; Unset for code without one
	Locals     func() (object.Value, error)
}

// Stack gives access to the frames.
type Stack interface {
	// FrameAt is the frame depth calls above the function that called the builtin.
	FrameAt(t *object.Thread, depth int) (FrameInfo, bool)
}

func frames(t *object.Thread) Frames { return t.VM.(Frames) }
