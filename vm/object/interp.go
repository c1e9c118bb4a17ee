package object

import (
	"io"
	"sync"
)

// Host is the outside world of an interpreter.
type Host interface {
	Stdin() io.Reader
	Stdout() io.Writer
	Stderr() io.Writer
	// ReadFile reads a whole file: modules, and the source lines of tracebacks.
	ReadFile(name string) ([]byte, error)
}

// Names are attribute names that the implementation itself looks up.
type Names struct {
	Dict, Class, Doc, Name, Qualname, Module, Slots, ClassCell, Init, New, InitSubclass, ClassGetItem *Str
	Hash, Eq, SetName, Getattr, Get, Set, Delete, Bases, Mro, AbstractMethods, IsAbstract, All, File  *Str
	Value, Errno, Annotations, Wrapped, MroEntries, Prepare, Metaclass, Firstlineno, StaticAttributes *Str
	OrigBases                                                                                         *Str
}

// NewInterp makes an interpreter with all builtin classes and no modules.
func NewInterp(host Host) *Interp {
	in := &Interp{Host: host}
	in.initChars()
	in.initNames()
	in.initTypes()
	in.initObject()
	in.initExceptions()
	in.initNumbers()
	in.initStrings()
	in.initDescriptors()
	in.initContainers()
	for _, x := range in.allTypes() {
		x.ready(in)
	}
	return in
}

func (in *Interp) initNames() {
	n := &in.names
	for p, s := range map[**Str]string{
		&n.Dict: "__dict__", &n.Class: "__class__", &n.Doc: "__doc__", &n.Name: "__name__", &n.Qualname: "__qualname__",
		&n.Module: "__module__", &n.Slots: "__slots__", &n.ClassCell: "__classcell__", &n.Init: "__init__", &n.New: "__new__",
		&n.InitSubclass: "__init_subclass__", &n.ClassGetItem: "__class_getitem__", &n.Hash: "__hash__", &n.Eq: "__eq__",
		&n.SetName: "__set_name__", &n.Getattr: "__getattr__", &n.Get: "__get__", &n.Set: "__set__", &n.Delete: "__delete__",
		&n.Bases: "__bases__", &n.Mro: "__mro__", &n.AbstractMethods: "__abstractmethods__", &n.IsAbstract: "__isabstractmethod__",
		&n.All: "__all__", &n.File: "__file__", &n.Value: "value", &n.Errno: "errno", &n.Annotations: "__annotations__",
		&n.Wrapped: "__wrapped__", &n.MroEntries: "__mro_entries__", &n.Prepare: "__prepare__", &n.Metaclass: "metaclass",
		&n.Firstlineno: "__firstlineno__", &n.StaticAttributes: "__static_attributes__", &n.OrigBases: "__orig_bases__",
	} {
		*p = in.Intern(s)
	}
}

// Intern is the interpreter's one *Str with this content.
func (in *Interp) Intern(s string) *Str {
	if x, ok := in.intern.Load(s); ok {
		return x.(*Str)
	}
	x, _ := in.intern.LoadOrStore(s, newStr(s))
	return x.(*Str)
}

// Intern is the interpreter's one *Str with this content: what attribute names are.
func (t *Thread) Intern(s string) *Str { return t.Interp.Intern(s) }

// newID draws an identity for a builtin object, while the interpreter is made or under its lock.
func (in *Interp) newID() uint64 {
	in.ids++
	return in.ids
}

func (in *Interp) allTypes() []*Type {
	ts := &in.Types
	all := []*Type{ts.Object, ts.Type}
	for _, c := range ts.builtinClasses() {
		all = append(all, *c.at)
	}
	for _, e := range ts.builtinExceptions() {
		all = append(all, *e.at)
	}
	return all
}

func (in *Interp) initTypes() {
	ts := &in.Types
	for k := range in.ByKind {
		in.ByKind[k] = nil
	}
	ts.Object = in.rawType("object", nil, KindUnset, TypeNoDict)
	ts.Type = in.rawType("type", ts.Object, KindType, TypeNoDict)
	in.ByKind[KindType] = ts.Type
	for _, c := range ts.builtinClasses() {
		base := ts.Object
		if c.base != nil {
			base = *c.base
		}
		x := in.rawType(c.name, base, c.kind, c.flags|TypeNoDict)
		*c.at = x
		if c.kind != KindUnset && c.kind != KindNative {
			in.ByKind[c.kind] = x
		}
	}
	for _, e := range ts.builtinExceptions() {
		base := ts.Object
		if e.base != nil {
			base = *e.base
		}
		*e.at = in.rawType(e.name, base, KindBox, TypeException)
	}
}

// rawType makes a builtin class with one base and an empty table.
func (in *Interp) rawType(name string, base *Type, native Kind, flags TypeFlags) *Type {
	x := &Type{
		Mut:  Mut{Header: Header{Meta: uint64(KindType)}, ID: in.newID()},
		Name: name, Qualname: name, Module: NewStr("builtins"),
		Native: native, Flags: flags, Ops: &Ops{},
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			x.Module, x.Qualname = NewStr(name[:i]), name[i+1:]
			x.Name = x.Qualname
			break
		}
	}
	x.attrs.Store(newAttrTable(32))
	x.MRO = []*Type{x}
	x.solid = x
	if base != nil {
		x.Bases = []*Type{base}
		x.MRO = append(x.MRO, base.MRO...)
		if native == KindUnset {
			x.Native = base.Native
		}
		base.subs = append(base.subs, x)
		*x.Ops = *base.Ops
		x.excLay = base.excLay
	}
	n := 0
	if x.Native != KindUnset {
		n = 1
	}
	x.Root = newRoot(x, n)
	x.expect.Store(int32(n))
	return x
}

// NewType makes a builtin class, for modules written in Go. Values of the class are KindNative (their struct begins with Mut)
// or whatever kind is given; ops may be nil. Methods are added to it before the first value is made; Ready ends that.
func (in *Interp) NewType(module, name string, base *Type, kind Kind, flags TypeFlags, ops *Ops) *Type {
	in.mu.Lock()
	defer in.mu.Unlock()
	if base == nil {
		base = in.Types.Object
	}
	x := in.rawType(name, base, kind, flags)
	x.Module = NewStr(module)
	if base.Flags&TypeException != 0 {
		x.Flags |= TypeException
	}
	if ops != nil {
		x.Ops = ops
	}
	return x
}

var _ sync.Locker = (*sync.Mutex)(nil)
