// Package builtin holds Python's builtin functions and the modules that are written in Go, one file or a few per module.
//
// A module is a row in the registry: its name and a function that makes it for one interpreter, at its first import.
// Nothing mutable is global: state of a module lives in its objects or in Interp.Ext. Functions get the thread that
// calls them; they call back into Python only through it, let ErrAbort and ErrAgain pass, and do nothing visible before
// they may block (see object.VM). The package knows the interpreter only as object.VM and the interfaces of vm.go.
package builtin

import (
	"sort"

	"gilt/vm/object"
)

// Maker makes a module for an interpreter.
type Maker func(t *object.Thread) (*object.Module, error)

// registry is filled by the init functions of the modules' files and never changes afterwards.
var registry = map[string]Maker{}

func register(name string, m Maker) { registry[name] = m }

// Lookup finds the maker of a module written in Go.
func Lookup(name string) (Maker, bool) {
	m, ok := registry[name]
	return m, ok
}

// First says whether no file can stand for the module, as for those that are compiled into CPython.
func First(name string) bool {
	switch name {
	case "_thread", "atexit", "builtins", "errno", "gc", "itertools", "posix", "sys", "time":
		return true
	}
	return len(name) > 0 && name[0] == '_'
}

// Names lists the modules written in Go.
func Names() []string {
	var ns []string
	for n := range registry {
		ns = append(ns, n)
	}
	sort.Strings(ns)
	return ns
}

// Py2Names are the names that modules had in Python 2.7, and their present ones.
var Py2Names = map[string]string{
	"Queue": "queue", "thread": "_thread", "StringIO": "io", "cStringIO": "io", "cPickle": "pickle",
	"__builtin__": "builtins", "ConfigParser": "configparser", "copy_reg": "copyreg", "dummy_thread": "_thread",
}

// def is a function of a module: fn gets its arguments as they are; or pos gets lo to hi positional ones (hi < 0: any number).
type def struct {
	name   string
	fn     object.BuiltinFn
	pos    func(t *object.Thread, args []object.Value) (object.Value, error)
	lo, hi int
}

// fixed is a function with lo to hi positional arguments and no keywords.
func fixed(name string, lo, hi int, fn func(t *object.Thread, args []object.Value) (object.Value, error)) def {
	return def{name: name, pos: fn, lo: lo, hi: hi}
}

// vary is a function that reads its arguments itself.
func vary(name string, fn object.BuiltinFn) def { return def{name: name, fn: fn} }

// function is what is called for a def of the module.
func (d def) function(module string) object.BuiltinFn {
	if d.fn != nil {
		return d.fn
	}
	name, full, lo, hi, fn := d.name, d.name, d.lo, d.hi, d.pos
	if module != "builtins" {
		full = module + "." + name
	}
	if hi < 0 {
		hi = 1 << 30
	}
	return func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if kw != nil && len(kw.Names) > 0 {
			return object.Unset, object.TypeErrorf(t, "%s() takes no keyword arguments", full)
		}
		if len(args) < lo || len(args) > hi {
			return object.Unset, countError(t, name, full, lo, hi, len(args))
		}
		return fn(t, args)
	}
}

func countError(t *object.Thread, name, full string, lo, hi, n int) error {
	switch {
	case lo == 0 && hi == 0:
		return object.TypeErrorf(t, "%s() takes no arguments (%d given)", full, n)
	case lo == 1 && hi == 1:
		return object.TypeErrorf(t, "%s() takes exactly one argument (%d given)", full, n)
	}
	return object.CountError(t, name, lo, hi, n)
}

// newModule makes a module of functions.
func newModule(t *object.Thread, name, doc string, defs ...def) *object.Module {
	m := object.NewModule(t, name)
	set(t, m, "__name__", object.NewStr(name))
	set(t, m, "__doc__", object.NewStr(doc))
	set(t, m, "__package__", object.NewStr(""))
	set(t, m, "__loader__", object.None)
	set(t, m, "__spec__", object.None)
	for _, d := range defs {
		addFunc(t, m, d)
	}
	return m
}

func addFunc(t *object.Thread, m *object.Module, d def) {
	b := object.NewBuiltin(d.name, d.function(m.Name))
	b.Module = m.Name
	set(t, m, d.name, b.Value())
}

// set defines a name in a module that is being made, which cannot fail.
func set(t *object.Thread, m *object.Module, name string, v object.Value) {
	m.NS.Define(t, t.Intern(name), v)
}
