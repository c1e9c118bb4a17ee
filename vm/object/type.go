package object

import (
	"sync/atomic"

	"gilt/stm"
)

// This file has classes: attribute tables, look-up along the MRO, special methods, and what builtin classes are made of.
// Making classes for class statements is in class.go, the attribute protocol in attr.go.

// attrTable maps names to slots. It is immutable but for the slots: an insertion makes a new one.
type attrTable struct {
	index map[string]*Slot
	order []*Slot
}

func newAttrTable(n int) *attrTable { return &attrTable{index: make(map[string]*Slot, n)} }

func (a *attrTable) with(s *Slot) *attrTable {
	n := newAttrTable(len(a.index) + 1)
	for k, v := range a.index {
		n.index[k] = v
	}
	n.index[s.Name] = s
	n.order = append(append(make([]*Slot, 0, len(a.order)+1), a.order...), s)
	return n
}

// add is for tables that nobody else sees yet.
func (a *attrTable) add(s *Slot) {
	a.index[s.Name] = s
	a.order = append(a.order, s)
}

// OwnSlot is the slot of an attribute of the class itself; nil if there never was one.
func (x *Type) OwnSlot(name string) *Slot { return x.attrs.Load().index[name] }

// OwnSlots lists the slots of the class itself in order of creation; some may be empty.
func (x *Type) OwnSlots() []*Slot { return x.attrs.Load().order }

// slotFor is the slot of an attribute, created if need be.
func (x *Type) slotFor(t *Thread, name string) *Slot {
	if s := x.OwnSlot(name); s != nil {
		return s
	}
	t.Interp.mu.Lock()
	defer t.Interp.mu.Unlock()
	a := x.attrs.Load()
	if s := a.index[name]; s != nil {
		return s
	}
	s := t.NewSlot(name, x.Meta&FlagShared != 0)
	x.attrs.Store(a.with(s))
	return s
}

// Lookup finds an attribute along the MRO: its value and the class that has it; the value is Unset if there is none. slot is what
// the answer depends on beside the definition epoch: nil or stable, and the answer may be cached under the epoch; a
// variable, and it may not.
func (x *Type) Lookup(t *Thread, name string) (v Value, slot *Slot, owner *Type, err error) {
	var passed *Slot // a variable that is empty just now
	for _, c := range x.MRO {
		s := c.attrs.Load().index[name]
		if s == nil {
			continue
		}
		v, err := t.LoadSlot(s)
		if err != nil {
			return Unset, nil, nil, err
		}
		if !v.IsUnset() {
			if passed != nil {
				s = passed
			}
			return v, s, c, nil
		}
		if s.meta()&FlagVariable != 0 {
			passed = s
		}
	}
	return Unset, passed, nil, nil
}

// lookupCache remembers what was found on a class under one version of the definitions, by hash of the name. Entries are immutable
// and replaced as a whole.
type lookupCache [64]atomic.Pointer[lookupEntry]

type lookupEntry struct {
	version uint64
	name    *Str
	value   Value
	slot    *Slot
}

// find is Lookup through the class's cache: the attribute protocol's way.
func (x *Type) find(t *Thread, name *Str) (Value, *Slot, error) {
	c := x.lookups.Load()
	if c == nil {
		c = new(lookupCache)
		if !x.lookups.CompareAndSwap(nil, c) {
			c = x.lookups.Load()
		}
	}
	at := &c[uint64(name.Hash())%uint64(len(c))]
	if e := at.Load(); e != nil && e.version == t.DefSeen && (e.name == name || e.name.S == name.S) {
		return e.value, e.slot, nil
	}
	v, s, _, err := x.Lookup(t, name.S)
	if err == nil && (s == nil || s.Stable()) {
		at.Store(&lookupEntry{t.DefSeen, name, v, s})
	}
	return v, s, err
}

// lookupAfter is Lookup in what follows after in x's MRO: super().
func (x *Type) lookupAfter(t *Thread, after *Type, name string) (Value, *Slot, *Type, error) {
	i := 0
	for i < len(x.MRO) && x.MRO[i] != after {
		i++
	}
	for _, c := range x.MRO[min(i+1, len(x.MRO)):] {
		s := c.attrs.Load().index[name]
		if s == nil {
			continue
		}
		v, err := t.LoadSlot(s)
		if err != nil {
			return Unset, nil, nil, err
		}
		if !v.IsUnset() {
			return v, s, c, nil
		}
	}
	return Unset, nil, nil, nil
}

// SetAttr writes an attribute of the class (Unset deletes), and keeps the class's flags right.
func (x *Type) SetAttr(t *Thread, name string, v Value) error {
	fresh := true
	if err := t.StoreSlot(x.slotFor(t, name), v, fresh); err != nil {
		return err
	}
	if f := attrFlag(name); f != 0 {
		x.addFlag(t, f)
	}
	return nil
}

func attrFlag(name string) TypeFlags {
	switch name {
	case "__getattr__":
		return TypeHasGetattr
	case "__getattribute__":
		return TypeHasGetattribute
	case "__setattr__":
		return TypeHasSetattr
	case "__delattr__":
		return TypeHasDelattr
	}
	return 0
}

// addFlag sets a flag in the class and all its subclasses: the flag only says "look", so it need never be cleared.
func (x *Type) addFlag(t *Thread, f TypeFlags) {
	t.Interp.mu.Lock()
	defer t.Interp.mu.Unlock()
	x.addFlagLocked(f)
}

func (x *Type) addFlagLocked(f TypeFlags) {
	if x.Flags&f == f {
		return
	}
	x.Flags |= f
	for _, s := range x.subs {
		s.addFlagLocked(f)
	}
}

// specialEntry is what a class remembers of a special method under one version of the definitions.
type specialEntry struct {
	version uint64
	value   Value // Unset: there is none
}

// LookupSpecial finds a special method on a class, as implicit invocations do: without the instance, without __getattr__. The
// value is not bound.
func LookupSpecial(t *Thread, x *Type, id SpecialID) (Value, bool) {
	if e := x.special[id].Load(); e != nil && e.version == t.DefSeen {
		return e.value, !e.value.IsUnset()
	}
	v, s, _, err := x.Lookup(t, SpecialNames[id])
	if err != nil {
		return Unset, false // the slice is doomed: its next access says so again; what is kept for others asks (doomed)
	}
	if s == nil || s.Stable() {
		x.special[id].Store(&specialEntry{t.DefSeen, v})
	}
	return v, !v.IsUnset()
}

// doomed says whether the slice will be rolled back. LookupSpecial may have found nothing for this reason only, so nothing that
// follows from it may outlive the slice.
func (t *Thread) doomed() bool { return t.Regime == RegimeSTM && t.Tx.Reason() != stm.NotAborted }

// lookupUser is LookupSpecial for the operations' dispatch: it finds only what a user-defined class or metaclass put before the
// builtin's own operation.
func lookupUser(t *Thread, x *Type, id SpecialID) (Value, bool) {
	if x.Flags&TypeUser == 0 {
		return Unset, false
	}
	return LookupSpecial(t, x, id)
}

// TypeOf is the value's class.
func TypeOf(t *Thread, v Value) *Type {
	if v.Ref == nil {
		return t.Interp.Types.Int
	}
	h := (*Header)(v.Ref)
	if h.Type != nil {
		return h.Type
	}
	return t.Interp.ByKind[Kind(h.Meta)]
}

// TypeName is the name of the value's class, as error messages have it.
func TypeName(t *Thread, v Value) string { return TypeOf(t, v).messageName() }

// messageName is the class's name in messages: classes that are C's in CPython have their module in it, those of class
// statements have not.
func (x *Type) messageName() string {
	if x.Flags&(TypeUser|TypeStatic) == TypeUser {
		return x.Name
	}
	if m, ok := AsStr(x.Module); ok && m.S != "builtins" && m.S != "random" {
		return m.S + "." + x.Name
	}
	return x.Name
}

// Static makes a class of the library in Python look like one that is C's in CPython: immutable, and messages name it with its
// module.
func (x *Type) Static(t *Thread) { x.addFlagOwn(t, TypeStatic) }

func (x *Type) addFlagOwn(t *Thread, f TypeFlags) {
	t.Interp.mu.Lock()
	defer t.Interp.mu.Unlock()
	x.Flags |= f
}

// FullName is the class's name as repr and tracebacks show it: with the module unless that is builtins.
func (x *Type) FullName() string {
	if m, ok := AsStr(x.Module); ok && m.S != "builtins" {
		return m.S + "." + x.Qualname
	}
	return x.Qualname
}

// ModuleName is the name of the module that the class was made in.
func (x *Type) ModuleName() string {
	if m, ok := AsStr(x.Module); ok {
		return m.S
	}
	return ""
}

// AsType is v as a class.
func AsType(v Value) (*Type, bool) {
	if v.Kind() == KindType {
		return (*Type)(v.Ref), true
	}
	return nil, false
}

// Def adds an attribute to a builtin class that is being made.
func (x *Type) Def(in *Interp, name string, v Value) {
	a := x.attrs.Load()
	if s := a.index[name]; s != nil {
		s.V = v
		return
	}
	s := &Slot{Mut: Mut{Header: Header{Meta: uint64(KindSlot) | FlagStable}, ID: in.newID()}, V: v, Name: name}
	a.add(s)
}

// MethodDef is a row of a builtin class's method table.
type MethodDef struct {
	Name     string
	Min, Max int // number of arguments without self; Max < 0: any
	Fn       BuiltinFn
	Keywords bool
	Kind     byte // 0 method, 's' static, 'c' class method
	Doc      string
}

// M0 is a method without arguments.
func M0(name string, f func(t *Thread, self Value) (Value, error)) MethodDef {
	return MethodDef{Name: name, Fn: func(t *Thread, args []Value, _ *Kwargs) (Value, error) { return f(t, args[0]) }}
}

// M1 is a method with one argument.
func M1(name string, f func(t *Thread, self, a Value) (Value, error)) MethodDef {
	return MethodDef{Name: name, Min: 1, Max: 1, Fn: func(t *Thread, args []Value, _ *Kwargs) (Value, error) { return f(t, args[0], args[1]) }}
}

// M2 is a method with two arguments.
func M2(name string, f func(t *Thread, self, a, b Value) (Value, error)) MethodDef {
	return MethodDef{Name: name, Min: 2, Max: 2, Fn: func(t *Thread, args []Value, _ *Kwargs) (Value, error) { return f(t, args[0], args[1], args[2]) }}
}

// MN is a method with a varying number of positional arguments; args[0] is self. max < 0: any number.
func MN(name string, min, max int, f func(t *Thread, args []Value) (Value, error)) MethodDef {
	return MethodDef{Name: name, Min: min, Max: max, Fn: func(t *Thread, args []Value, _ *Kwargs) (Value, error) { return f(t, args) }}
}

// MK is a method that reads its arguments itself, keywords included; args[0] is self.
func MK(name string, f BuiltinFn) MethodDef {
	return MethodDef{Name: name, Max: -1, Fn: f, Keywords: true}
}

// MC is a class method that reads its arguments itself; args[0] is the class.
func MC(name string, f BuiltinFn) MethodDef {
	return MethodDef{Name: name, Max: -1, Fn: f, Keywords: true, Kind: 'c'}
}

// MS is a static method that reads its arguments itself.
func MS(name string, f BuiltinFn) MethodDef {
	return MethodDef{Name: name, Max: -1, Fn: f, Keywords: true, Kind: 's'}
}

// Methods adds methods to a builtin class that is being made.
func (x *Type) Methods(in *Interp, defs ...MethodDef) {
	for i := range defs {
		d := &defs[i]
		b := NewBuiltin(d.Name, checked(x, d))
		b.Doc, b.Owner = d.Doc, x
		switch d.Kind {
		case 's':
			x.Def(in, d.Name, newStaticMethod(in, b.Value()))
		case 'c':
			x.Def(in, d.Name, newClassMethod(in, b.Value()))
		default:
			b.Method = true
			b.Type = in.Types.MethodDescriptor
			x.Def(in, d.Name, b.Value())
		}
	}
}

// checked puts the check of the number of arguments before a method, with CPython's messages, and of self's class.
func checked(x *Type, d *MethodDef) BuiltinFn {
	f := d.Fn
	if d.Kind != 0 {
		return f
	}
	lo, hi, name, kws := d.Min+1, d.Max+1, d.Name, d.Keywords
	if d.Max < 0 {
		hi = 1 << 30
	}
	return func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) < lo || len(args) > hi || (kw != nil && !kws) {
			return Unset, countError(t, x, name, lo-1, hi-1, args, kw, kws)
		}
		if k := args[0].Kind(); k != x.Native || k == KindNative || k == KindUnset {
			if !TypeOf(t, args[0]).IsSubtype(x) {
				return Unset, TypeErrorf(t, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", name, x.Name, TypeName(t, args[0]))
			}
		}
		if args[0].Kind() == KindInstance && x.Native != KindUnset {
			if n := Native(args[0]); n != args[0] {
				args = append([]Value{n}, args[1:]...)
			}
		}
		return f(t, args, kw)
	}
}

func countError(t *Thread, x *Type, name string, lo, hi int, args []Value, kw *Kwargs, kws bool) error {
	if len(args) == 0 {
		return TypeErrorf(t, "unbound method %s.%s() needs an argument", x.Name, name)
	}
	n := len(args) - 1
	full := x.Name + "." + name
	switch {
	case kw != nil && !kws && len(kw.Names) > 0:
		return TypeErrorf(t, "%s() takes no keyword arguments", full)
	case hi == 0:
		return TypeErrorf(t, "%s() takes no arguments (%d given)", full, n)
	case lo == 1 && hi == 1:
		return TypeErrorf(t, "%s() takes exactly one argument (%d given)", full, n)
	}
	return CountError(t, name, lo, hi, n)
}

// CountError is the error of a wrong number of positional arguments, as PyArg_UnpackTuple and Argument Clinic word it.
func CountError(t *Thread, name string, lo, hi, n int) error {
	want, bound := lo, "at least "
	if n > hi {
		want, bound = hi, "at most "
	}
	if lo == hi {
		bound = ""
	}
	s := "s"
	if want == 1 {
		s = ""
	}
	return TypeErrorf(t, "%s expected %s%d argument%s, got %d", name, bound, want, s, n)
}

// Getset is an attribute whose value a class's implementation computes or keeps: a descriptor in Go. Member is the slot
// number for an entry of __slots__, -1 otherwise.
type Getset struct {
	Header
	Name   string
	Doc    string
	Owner  *Type
	Member int
	Get    func(t *Thread, self Value) (Value, error)
	Set    func(t *Thread, self, v Value) error // nil: read-only; v is Unset to delete
}

// Attr adds a computed attribute to a builtin class that is being made. set may be nil.
func (x *Type) Attr(in *Interp, name string, get func(t *Thread, self Value) (Value, error), set func(t *Thread, self, v Value) error) {
	g := &Getset{Header: Header{Meta: uint64(KindGetset)}, Name: name, Owner: x, Member: -1, Get: get, Set: set}
	x.Def(in, name, valueOf(g))
}

// addMethod adds a method that checks its arguments itself.
func (in *Interp) addMethod(x *Type, name string, fn BuiltinFn) {
	b := NewBuiltin(name, fn)
	b.Owner, b.Method, b.Type = x, true, in.Types.MethodDescriptor
	if isSlotName(name) {
		b.Type = in.Types.WrapperDescriptor
	}
	x.Def(in, name, b.Value())
}

// isSlotName says whether CPython keeps the special method in a slot of the class: then it is a wrapper_descriptor.
func isSlotName(name string) bool {
	switch name {
	case "__format__", "__dir__", "__reversed__", "__length_hint__", "__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__", "__round__",
		"__trunc__", "__floor__", "__ceil__", "__complex__", "__enter__", "__exit__", "__class_getitem__", "__instancecheck__",
		"__subclasscheck__", "__prepare__", "__set_name__", "__bytes__", "__missing__", "__mro_entries__", "__fspath__", "__match_args__":
		return false
	}
	for _, n := range SpecialNames {
		if n == name {
			return true
		}
	}
	return false
}

// Ready completes a builtin class made by NewType after its methods and operations have been added.
func (x *Type) Ready(in *Interp) *Type {
	in.mu.Lock()
	defer in.mu.Unlock()
	x.ready(in)
	return x
}

// Subclasses lists the direct subclasses in order of creation.
func (x *Type) Subclasses(in *Interp) []*Type {
	in.mu.Lock()
	defer in.mu.Unlock()
	return append([]*Type(nil), x.subs...)
}
