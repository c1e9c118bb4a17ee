package vm

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gilt/gil"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/builtin"
	"gilt/vm/code"
	"gilt/vm/compile"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// Config says how programs run. The zero Config is the GIL of today on real cores.
type Config struct {
	Mode         Mode
	Lock         string // design of the interpreter lock under ModeGIL; "" is interval
	LockOptions  gil.Options
	Algorithm    string // of the transactional memory under ModeSTM; "" is its default
	Manager      string // contention manager; "" is the default
	Slice        int    // instructions per slice; 0 adapts
	Granularity  object.Granularity
	Phases       Phase      // whether the lock takes over where transactions do not pay; under ModeSTM
	NoBypass     bool       // transactions even with a single thread
	Off          []string   // optimisations to do without (Optimisations lists them)
	AbortEvery   int        // fault injection: every n-th access or commit aborts
	Keys         bool       // log the order of commits, for replay
	Log          *CommitLog // where the order of slices is noted, for a replay; under ModeSTM with NoBypass only
	Replay       *CommitLog // what to replay; under ModeGIL only
	Oracle       *Oracle    // records what every slice reads and writes; under ModeSTM only
	Trace        bool       // record a timeline
	AbortProfile bool       // record where slices abort
	Machine      *machine.Machine
	Seed         uint64
	Memory       int64 // bound of the process's heap in bytes, beyond which programs get a MemoryError; 0: none
	Dialect      int   // 2, 3, or 0: by itself
	Deaf         bool  // Ctrl-C does not interrupt the main thread's waits for locks and joins, as up to CPython 3.1
	Args         []string
	Stdin        io.Reader
	Stdout       io.Writer
	Stderr       io.Writer
	// Path are the directories that imports search; the first is the program's own.
	Path []string
}

// host is the outside world of an interpreter.
type host struct{ c *Config }

func (h host) Stdin() io.Reader                     { return h.c.Stdin }
func (h host) Stdout() io.Writer                    { return h.c.Stdout }
func (h host) Stderr() io.Writer                    { return h.c.Stderr }
func (h host) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// New makes an interpreter.
func New(c Config) (*VM, error) {
	if c.Stdin == nil {
		c.Stdin = os.Stdin
	}
	if c.Stdout == nil {
		c.Stdout = os.Stdout
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
	if c.Machine == nil {
		c.Machine = machine.NewReal(machine.RealConfig{Seed: c.Seed})
	}
	vm := &VM{Config: c, Machine: c.Machine, recursionLimit: 1000}
	vm.seqMut.Meta = uint64(object.KindCell) | object.FlagShared
	if c.Replay != nil {
		vm.replay = newReplayer(c.Replay)
	}
	if c.Trace {
		vm.trace = &tracer{byID: map[*gil.Member]*timeline{}}
		c.LockOptions.Events = vm.trace
	}
	if c.AbortProfile {
		vm.profile = &abortProfile{samples: map[abortKey]*abortCount{}, writers: map[*stm.Orec]site{}}
	}
	in := object.NewInterp(host{&vm.Config})
	vm.Interp = in
	in.Granularity = c.Granularity
	in.MemoryLimit = c.Memory
	if err := vm.Config.switchOff(in); err != nil {
		return nil, err
	}
	vm.adapt.fixed = vm.Config.Slice
	var err error
	switch c.Mode {
	case ModeGIL:
		name := c.Lock
		if name == "" {
			name = "interval"
		}
		vm.lock, err = gil.New(name, c.LockOptions)
	case ModeSTM:
		vm.phase.init(&vm.Config)
		vm.lock, err = gil.New("interval", gil.Options{Interval: c.LockOptions.Interval, Goroutines: true})
		if err == nil {
			o := stm.Options{Algorithm: c.Algorithm, Manager: c.Manager, Machine: c.Machine,
				AbortEvery: c.AbortEvery, Keys: c.Keys || c.Log != nil || c.Oracle != nil, Ambient: &in.Def, Barriers: true, Repeats: true}
			if c.Oracle != nil {
				o.Recorder = c.Oracle
			}
			in.Stm, err = stm.NewSystem(o)
		}
	case ModeRW:
		vm.lock, err = gil.New("rw", gil.Options{})
	case ModeLocks:
		vm.lock, err = gil.New("fifo", gil.Options{})
	}
	if err != nil {
		return nil, err
	}
	vm.initTypes()
	if c.Dialect == 2 {
		vm.toDialect2()
	}
	return vm, nil
}

// regime is what slices that begin now are. With one live thread and the bypass on nothing is shared and nothing rolls back.
func (vm *VM) regime() object.Regime {
	if vm.Config.Mode == ModeGIL || !vm.shared.Load() {
		return object.RegimePlain
	}
	switch vm.Config.Mode {
	case ModeSTM:
		return object.RegimeSTM
	case ModeLocks:
		return object.RegimeLocks
	}
	return object.RegimeRead
}

// ExitError is the end of a program by SystemExit or an uncaught exception.
type ExitError struct{ Status int }

func (e *ExitError) Error() string { return "exit status" }

// FileError is a program that cannot be read.
type FileError struct{ Msg string }

func (e *FileError) Error() string { return e.Msg }

// ReadProgram reads a source file, with an error of one clear line.
func ReadProgram(name string) ([]byte, error) {
	st, err := os.Stat(name)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, &FileError{"can't open file '" + name + "': [Errno 2] No such file or directory"}
		}
		return nil, &FileError{"can't open file '" + name + "': " + err.Error()}
	}
	if st.IsDir() {
		return nil, &FileError{"'" + name + "' is a directory, cannot continue"}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &FileError{"can't read file '" + name + "': " + err.Error()}
	}
	for i, b := range data {
		if b == 0 {
			return nil, &FileError{"'" + name + "' is no Python source: it contains a null byte (offset " + sprintf("%d", i) + ")"}
		}
	}
	return data, nil
}

// RunFile runs a program file and returns its exit status.
func (vm *VM) RunFile(name string) (int, error) {
	data, err := ReadProgram(name)
	if err != nil {
		return 2, err
	}
	if vm.Config.Path == nil {
		vm.Config.Path = []string{filepath.Dir(name)}
	}
	return vm.RunSource(name, data)
}

// RunSource runs a program and returns its exit status. Syntax errors and uncaught exceptions are printed on the standard
// error output. It can be called once.
func (vm *VM) RunSource(name string, data []byte) (status int, err error) {
	defer vm.watchMemory()()
	if vm.Config.Dialect == 0 {
		vm.chooseDialect(name, data)
	}
	err = vm.Machine.Run(func(p *machine.Proc) {
		status = vm.main(p, name, data)
	})
	vm.fewerProcs()
	var dl *machine.Deadlock
	if errors.As(err, &dl) {
		io.WriteString(vm.Config.Stderr, vm.explainDeadlock(dl))
		return 1, nil
	}
	return status, err
}

// parse reads a source in the dialect of the run; the library's own modules are always in Python 3.
func (vm *VM) parse(name string, data []byte) (*syntax.Module, error) {
	o := syntax.Options{}
	switch {
	case strings.HasPrefix(name, "<gilt>/"):
	case vm.Config.Dialect == 2:
		o.Dialect = syntax.Py2
	case vm.Config.Dialect == 0:
		return syntax.ParseAuto(name, data, o)
	}
	return syntax.Parse(name, data, o)
}

// chooseDialect makes the run one of Python 2.7 when the program can be nothing else, and keeps what has been parsed.
func (vm *VM) chooseDialect(name string, data []byte) {
	m, err := syntax.ParseAuto(name, data, syntax.Options{})
	vm.program.module, vm.program.err = m, err
	if err == nil && m.Dialect == syntax.Py2 {
		vm.Config.Dialect = 2
		vm.toDialect2()
	}
}

// toDialect2 turns a new interpreter into one of Python 2.7.
func (vm *VM) toDialect2() {
	vm.Interp.InitDialect2()
	vm.addNext2()
	vm.names2()
}

// compileProgram makes code of the program.
func (vm *VM) compileProgram(name string, data []byte) (*code.Code, error) {
	m, err := vm.program.module, vm.program.err
	vm.program.module = nil
	if m == nil && err == nil {
		return vm.compile(name, data)
	}
	return vm.compileParsed(name, m, err)
}

// compile makes code of a source.
func (vm *VM) compile(name string, data []byte) (*code.Code, error) {
	m, err := vm.parse(name, data)
	return vm.compileParsed(name, m, err)
}

func (vm *VM) compileParsed(name string, m *syntax.Module, err error) (*code.Code, error) {
	if err != nil {
		return nil, err
	}
	if err := syntax.Check(m); err != nil {
		return nil, err
	}
	c, err := compile.Module(vm.Interp, m, name, compile.Options{Ticks: vm.lock.Ticker() != nil})
	if err != nil {
		return nil, err
	}
	c.Finish(vm.Interp)
	return c, nil
}

// main is the life of the main thread.
func (vm *VM) main(p *machine.Proc, name string, data []byte) int {
	t := vm.newThread(p, "MainThread")
	vm.mainThread = t
	vm.addThread(t)
	t.start()
	status := vm.mainBody(t, name, data)
	vm.finish(t)
	return status
}

func (vm *VM) mainBody(t *Thread, name string, data []byte) int {
	vm.keepDate()
	if err := vm.boot(t); err != nil {
		return vm.report(t, err)
	}
	c, err := vm.compileProgram(name, data)
	if err != nil {
		msg := err.Error() + "\n"
		var se *syntax.SyntaxError
		if errors.As(err, &se) {
			msg = se.Format()
		}
		io.WriteString(vm.Config.Stderr, msg)
		return 1
	}
	m := object.NewModule(&t.Thread, "__main__")
	vm.setModule(t, m, name)
	if err := vm.Interp.Modules.SetStr(&t.Thread, t.Intern("__main__"), m.Value()); err != nil {
		return vm.report(t, err)
	}
	if vm.Config.NoBypass {
		vm.goShared(t)
	}
	err = t.runModule(c, m)
	status := 0
	t.fromGo(func() {
		status = vm.report(t, err)
		if err := vm.joinAll(t); err != nil {
			status = vm.report(t, err)
		}
		builtin.RunAtExit(&t.Thread, func(err error) { vm.report(t, err) })
		if vm.Config.Log != nil || vm.Config.Replay != nil {
			vm.finger = t.fingerprint(m.NS)
			vm.keepDate()
		}
		vm.outLock.lock(t.Proc)
		t.flush()
	})
	// Daemons whose slices come after this one in the order of commits print nothing any more: the program has ended.
	vm.over.Store(true)
	vm.outLock.unlock(t.Proc)
	return status
}

// runModule executes module code from Go, at the bottom of the thread's stack.
func (t *Thread) runModule(c *code.Code, m *object.Module) error {
	fn := t.moduleFunction(c, m)
	_, _, err := t.outermost(func() status {
		return t.enterFunction(fn, object.Unset, nil, nil, 0, contExit)
	})
	return err
}

// outermost runs a frame as the thread's outermost loop: slices end inside of it.
func (t *Thread) outermost(start func() status) (object.Value, bool, error) {
	st := start()
	if st == stRaise {
		err := t.err
		t.err = nil
		return object.Unset, false, err
	}
	if st == stExit {
		return t.result, false, nil
	}
	t.loops = 1
	if t.vm.regime() != t.Regime || t.rollsBack() {
		// Begin anew with the frame in place, so that the checkpoint has it.
		if t.slice.open && !t.commit() {
			panic("vm: an empty slice failed")
		}
		t.leave()
		t.begin()
	}
	if r := t.vm.replay; r != nil {
		r.mine(t)
		t.SyncDef()
	}
	err := t.run()
	t.slice.ending = endExit
	for t.slice.open && !t.commit() {
		t.restart()
		err = t.run()
		t.slice.ending = endExit
	}
	t.logSolo(endExit)
	if r := t.vm.replay; r != nil {
		r.next(t, endExit)
	}
	t.flush()
	t.loops = 0
	v := t.result
	t.result = object.Unset
	return v, false, err
}

// fromGo runs f between slices, outside of any frame: everything in it is irrevocable, and nested loops are not cut.
func (t *Thread) fromGo(f func()) {
	loops := t.loops
	t.loops = 2
	r := t.vm.replay
	if r != nil {
		r.mine(t)
		t.SyncDef()
	} else {
		t.beginInside()
	}
	f()
	if r != nil {
		r.next(t, endExit)
	}
	t.slice.ending = endExit
	if t.slice.open && !t.commit() {
		panic("vm: an irrevocable slice failed")
	}
	t.logSolo(endExit)
	t.flush()
	t.loops = loops
}

func (t *Thread) moduleFunction(c *code.Code, m *object.Module) *Function {
	fn := &Function{Code: c, Globals: m.NS, Defaults: object.None, KwDefaults: object.None,
		Annot: object.Unset, Attrs: object.Unset, Doc: object.None}
	fn.Mut = t.NewMut(object.KindFunction, t.Interp.Types.Function)
	fn.Name, fn.Qualname = t.Intern(c.Name).Value(), t.Intern(c.Qualname).Value()
	fn.Module = t.Intern(m.Name).Value()
	return fn
}

// report prints an uncaught exception and gives the exit status that it means.
func (vm *VM) report(t *Thread, err error) int {
	if err == nil {
		return 0
	}
	exc, ok := object.ExcOf(err)
	if !ok {
		io.WriteString(vm.Config.Stderr, "internal error: "+err.Error()+"\n")
		return 1
	}
	t.flush()
	if object.TypeOf(&t.Thread, exc).IsSubtype(t.Interp.Types.SystemExit) {
		status, msg := t.exitStatus(exc)
		if msg != "" {
			vm.write(2, msg+"\n")
		}
		return status
	}
	vm.write(2, object.FormatException(&t.Thread, exc))
	if object.TypeOf(&t.Thread, exc).IsSubtype(t.Interp.Types.KeyboardInterrupt) {
		return 130
	}
	return 1
}

// flush writes the slice's output.
func (t *Thread) flush() {
	s := &t.slice
	for i := range s.out {
		t.vm.write(s.out[i].fd, s.out[i].data)
		s.out[i].data = ""
	}
	s.out = s.out[:0]
}

func (vm *VM) write(fd int, data string) {
	if vm.over.Load() {
		return
	}
	if fd == 2 {
		io.WriteString(vm.Config.Stderr, data)
		return
	}
	if data == "" { // the program flushes
		if f, ok := vm.Config.Stdout.(interface{ Flush() error }); ok {
			if err := f.Flush(); err != nil {
				vm.outFailed.CompareAndSwap(nil, &err)
			}
		}
		return
	}
	if _, err := io.WriteString(vm.Config.Stdout, data); err != nil {
		vm.outFailed.CompareAndSwap(nil, &err)
	}
}

// Output implements object.VM.
func (vm *VM) Output(ot *object.Thread, fd int, data string) error {
	t := of(ot)
	if err := vm.outFailed.Load(); err != nil && fd == 1 {
		return builtin.OSError(ot, *err) // a slice's output is written when nobody can raise anything: the next print does
	}
	if !t.rollsBack() && !(t.Regime == object.RegimePlain) {
		vm.outLock.lock(t.Proc)
		vm.write(fd, data)
		vm.outLock.unlock(t.Proc)
		return nil
	}
	if t.Regime == object.RegimePlain {
		vm.write(fd, data)
		return nil
	}
	if t.Interp.Is(object.MutOutputEarly) {
		vm.write(fd, data)
		return nil
	}
	t.slice.out = append(t.slice.out, output{fd, data})
	return nil
}

// Now implements object.VM.
func (vm *VM) Now(ot *object.Thread) int64 { return of(ot).input(ot.Proc.Now) }

// Position implements object.VM.
func (vm *VM) Position(ot *object.Thread) (file string, line int, fn string) {
	f := of(ot).top
	for internal(f.code) {
		f = f.prev
	}
	if f.code == nil {
		return "", 0, ""
	}
	return f.code.File, f.line(), f.code.Qualname
}

// where is the innermost line of the program itself that the thread executes: embedded modules are passed over.
func (t *Thread) where() string {
	for f := t.top; f != nil && f.code != nil; f = f.prev {
		if !internal(f.code) && !strings.HasPrefix(f.code.File, "<gilt>/") {
			return f.code.File + ":" + strconv.Itoa(f.line())
		}
	}
	return ""
}

var (
	_ object.VM = (*VM)(nil)
)
