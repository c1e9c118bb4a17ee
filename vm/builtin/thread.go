package builtin

import (
	"fmt"
	"math"
	"time"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Module _thread: starting threads, and the locks of lock.go. Module threading is written in Python on top of it.

func init() { register("_thread", makeThread) }

// Concurrency is what the modules about threads ask of the interpreter beyond Threads.
type Concurrency interface {
	Threads
	// Threads is the number of threads that have been started and have not ended, without the main one.
	Threads() int
	// Where is the file and line of the program that the thread executes, for reports.
	Where(t *object.Thread) string
	// Storage is a dict of the thread's own that dies with it.
	Storage(t *object.Thread) *object.Dict
	// Interrupted says whether the thread is the main one and an interrupt waits for it.
	Interrupted(t *object.Thread) bool
	// Deaf says whether interrupts leave waits for locks alone.
	Deaf() bool
	// Interrupt is Ctrl-C.
	Interrupt()
	// OnSignal sets what the main thread does at an interrupt; nil: it raises KeyboardInterrupt.
	OnSignal(f func(t *object.Thread) error)
	// AtShutdown sets what the main thread does when the program has ended.
	AtShutdown(f func(t *object.Thread) error)
	// Atomic is the depth of atomic blocks.
	Atomic(t *object.Thread) int
	// Transactional says whether the program runs in transactions, or did in the run that is replayed.
	Transactional() bool
}

func concurrency(t *object.Thread) Concurrency { return t.VM.(Concurrency) }

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func makeThread(t *object.Thread) (*object.Module, error) {
	lockType, rlockType := newLockType(t, "lock", false), newLockType(t, "RLock", true)
	start := func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) < 2 || len(args) > 3 || kw != nil && len(kw.Names) > 0 {
			return object.Unset, object.CountError(t, "start_new_thread", 2, 3, len(args))
		}
		return startThread(t, "Thread", false, args)
	}
	m := newModule(t, "_thread", "Starting threads, and locks.",
		vary("start_new_thread", start), vary("start_new", start),
		fixed("_start_named", 5, 5, func(t *object.Thread, a []object.Value) (object.Value, error) {
			name, err := strArg(t, "_start_named", 1, a[0])
			if err != nil {
				return object.Unset, err
			}
			daemon, err := object.Truth(t, a[1])
			if err != nil {
				return object.Unset, err
			}
			return startThread(t, name, daemon, a[2:])
		}),
		fixed("allocate_lock", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return newLock(t, lockType, false), nil
		}),
		fixed("allocate", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return newLock(t, lockType, false), nil
		}),
		fixed("_allocate_end", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			v := newLock(t, lockType, false)
			asLock(v).what = "the end"
			return v, nil
		}),
		fixed("_allocate_bell", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			v := newLock(t, lockType, false)
			asLock(v).what = bell
			return v, nil
		}),
		fixed("get_ident", 0, 0, threadIdent), fixed("get_native_id", 0, 0, threadIdent),
		fixed("_get_main_thread_ident", 0, 0, func(*object.Thread, []object.Value) (object.Value, error) { return object.Int(1), nil }),
		fixed("_count", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Int(int64(concurrency(t).Threads())), nil
		}),
		fixed("stack_size", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			if len(a) == 1 {
				n, err := object.IndexInt(t, a[0])
				if err != nil {
					return object.Unset, err
				}
				if n < 0 {
					return object.Unset, object.ValueErrorf(t, "size must be 0 or a positive value")
				}
				if n > 0 && n < 32768 {
					return object.Unset, object.ValueErrorf(t, "size not valid: %d bytes", n)
				}
			}
			return object.Int(0), nil // stacks grow by themselves
		}),
		fixed("exit", 0, 0, threadExit), fixed("exit_thread", 0, 0, threadExit),
		fixed("interrupt_main", 0, 1, interruptMain),
		fixed("_storage", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return concurrency(t).Storage(t).Value(), nil
		}),
		fixed("_at_shutdown", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			f := a[0]
			concurrency(t).AtShutdown(func(t *object.Thread) error {
				_, err := t.VM.Call(t, f, nil, nil)
				return err
			})
			return object.None, nil
		}),
		fixed("_format", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.NewStr(object.FormatException(t, a[0])), nil
		}),
		fixed("_seconds", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { // of a timeout: is it one?
			ns, err := secondsArg(t, a[0])
			return object.Float(float64(ns) / 1e9), err
		}),
		fixed("_yield", 0, 0, func(t *object.Thread, a []object.Value) (object.Value, error) { return yieldOnce(t) }),
	)
	set(t, m, "lock", lockType.Ready(t.Interp).Value())
	set(t, m, "LockType", lockType.Value())
	set(t, m, "RLock", rlockType.Ready(t.Interp).Value())
	set(t, m, "_ExceptHookArgs", structType(t, "_thread", "_ExceptHookArgs", "exc_type", "exc_value", "exc_traceback", "thread").typ.Value())
	set(t, m, "error", t.Interp.Types.RuntimeError.Value())
	set(t, m, "TIMEOUT_MAX", object.Float(math.Floor(timeoutMax)))
	return m, nil
}

// yieldOnce ends the slice and lets other threads run.
func yieldOnce(t *object.Thread) (object.Value, error) {
	if now := t.VM.Now(t); t.VM.Deadline(t, 0) < now {
		return object.None, nil // executed again, after the wait
	}
	return none(t.VM.Wait(t, machine.Wait{What: "its turn", Owner: -1}, func(p *machine.Proc) { p.Sleep(time.Microsecond) }))
}

// interruptMain is Ctrl-C; in the main thread the handler is called at once, or when the slice ends. Other signals than SIGINT do
// nothing.
func interruptMain(t *object.Thread, a []object.Value) (object.Value, error) {
	signal := int64(sigint)
	if len(a) == 1 {
		n, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		if signal = int64(n); signal < 1 || signal > 64 {
			return object.Unset, object.ValueErrorf(t, "signal number out of range")
		}
	}
	vm := concurrency(t)
	if signal != sigint {
		return object.None, nil
	}
	if vm.Current(t) != 1 || rollsBack(t) {
		t.VM.OnCommit(t, vm.Interrupt)
		return object.None, nil
	}
	return none(t.VM.Wait(t, machine.Wait{What: "the handler of a signal", Owner: -1}, func(*machine.Proc) { vm.Interrupt() }))
}

func threadIdent(t *object.Thread, _ []object.Value) (object.Value, error) {
	return object.Int(int64(concurrency(t).Current(t))), nil
}

func threadExit(t *object.Thread, _ []object.Value) (object.Value, error) {
	return object.Unset, object.NewRaise(t, t.Interp.Types.SystemExit)
}

// startThread starts a thread that calls a[0](*a[1], **a[2]).
func startThread(t *object.Thread, name string, daemon bool, a []object.Value) (object.Value, error) {
	fn := a[0]
	if !object.Callable(t, fn) {
		return object.Unset, object.TypeErrorf(t, "first arg must be callable")
	}
	args, ok := object.AsTuple(a[1])
	if !ok {
		return object.Unset, object.TypeErrorf(t, "2nd arg must be a tuple")
	}
	var kw *object.Kwargs
	if len(a) > 2 {
		d, ok := object.AsDict(a[2])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "optional 3rd arg must be a dictionary")
		}
		kw = &object.Kwargs{}
		if err := d.Each(t, func(k, v object.Value) error {
			s, ok := object.AsStr(k)
			if !ok {
				return object.TypeErrorf(t, "keywords must be strings")
			}
			kw.Names, kw.Values = append(kw.Names, s.S), append(kw.Values, v)
			return nil
		}); err != nil {
			return object.Unset, err
		}
	}
	id, err := concurrency(t).StartThread(t, name, daemon, fn, args.Items, kw, func(t *object.Thread, err error) { threadFailed(t, fn, err) })
	return object.Int(int64(id)), err
}

// threadFailed reports an exception that the function of a thread of _thread has not caught.
func threadFailed(t *object.Thread, fn object.Value, err error) {
	exc, ok := object.ExcOf(err)
	if !ok || object.TypeOf(t, exc).IsSubtype(t.Interp.Types.SystemExit) {
		return
	}
	text := object.FormatException(t, exc)
	name, err := object.Repr(t, fn)
	if err != nil {
		name = "<object repr() failed>"
	}
	_ = t.VM.Output(t, 2, "Exception ignored in thread started by "+name+":\n"+text)
}
