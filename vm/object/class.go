package object

import "strings"

// This file makes classes: what type.__new__ does for a class statement, the C3 linearisation (Barrett et al., OOPSLA'96), layouts.
//
// Structure (bases, MRO, layout, shape root) is fixed when NewClass returns; only the attributes in the table change later. A
// class's instances have, in this order: the native value of the builtin it inherits from, the __slots__ of its bases
// and its own, the attributes of their __dict__. solid is the class that added to the first two last; two bases can be
// combined if one's solid class is in the other's MRO, as in CPython.

// Metaclass is the class that a class with these bases is an instance of, given the metaclass keyword (Unset without).
func Metaclass(t *Thread, explicit Value, bases []Value) (Value, error) {
	meta := explicit
	if meta.IsUnset() {
		meta = t.Interp.Types.Type.Value()
		if len(bases) > 0 {
			meta = TypeOf(t, bases[0]).Value()
		}
	}
	m, ok := AsType(meta)
	if !ok {
		return meta, nil
	}
	w, err := winner(t, m, bases)
	if err != nil {
		return Unset, err
	}
	return w.Value(), nil
}

// winner is the most derived of the metaclasses.
func winner(t *Thread, m *Type, bases []Value) (*Type, error) {
	for _, b := range bases {
		switch bm := TypeOf(t, b); {
		case m.IsSubtype(bm):
		case bm.IsSubtype(m):
			m = bm
		default:
			return nil, TypeErrorf(t, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		}
	}
	return m, nil
}

// ResolveBases replaces bases that are no classes by what their __mro_entries__ gives (types.resolve_bases).
func ResolveBases(t *Thread, bases []Value) (resolved []Value, changed bool, err error) {
	for _, b := range bases {
		if _, ok := AsType(b); !ok {
			fn, ok, err := LookupAttr(t, b, t.Interp.names.MroEntries)
			if err = swallowAttributeError(t, err); err != nil {
				return nil, false, err
			}
			if ok {
				r, err := t.VM.Call(t, fn, []Value{t.NewTuple(bases...)}, nil)
				if err != nil {
					return nil, false, err
				}
				tup, ok := AsTuple(r)
				if !ok {
					return nil, false, TypeErrorf(t, "__mro_entries__ must return a tuple")
				}
				resolved, changed = append(resolved, tup.Items...), true
				continue
			}
		}
		resolved = append(resolved, b)
	}
	return resolved, changed, nil
}

// Prepare makes the namespace that a class body runs in: what the metaclass's __prepare__ returns, or a new dict.
func Prepare(t *Thread, meta Value, name Value, bases []Value, kw *Kwargs) (Value, error) {
	if m, ok := AsType(meta); ok && m == t.Interp.Types.Type {
		return t.NewDict().Value(), nil
	}
	fn, ok, err := LookupAttr(t, meta, t.Interp.names.Prepare)
	if err = swallowAttributeError(t, err); err != nil {
		return Unset, err
	}
	if !ok {
		return t.NewDict().Value(), nil
	}
	return t.VM.Call(t, fn, []Value{name, t.NewTuple(bases...)}, kw)
}

// BuildClass is what follows a class body: calls the metaclass with the namespace. kw are the class statement's keywords without
// metaclass.
func BuildClass(t *Thread, meta, name Value, bases []Value, ns Value, kw *Kwargs) (Value, error) {
	if m, ok := AsType(meta); ok && m == t.Interp.Types.Type {
		s, _ := AsStr(name)
		c, err := NewClass(t, m, s.S, bases, ns, kw)
		if err != nil {
			return Unset, err
		}
		return c.Value(), nil
	}
	return t.VM.Call(t, meta, []Value{name, t.NewTuple(bases...), ns}, kw)
}

// NewClass is type.__new__: it makes a class of a name, bases and a namespace, and tells the attributes (__set_name__) and the
// bases (__init_subclass__, with kw) about it.
func NewClass(t *Thread, meta *Type, name string, bases []Value, ns Value, kw *Kwargs) (*Type, error) {
	m, err := winner(t, meta, bases)
	if err != nil {
		return nil, err
	}
	meta = m
	if len(bases) == 0 {
		bases = []Value{t.Interp.Types.Object.Value()}
	}
	x := &Type{Mut: t.NewMut(KindType, nil), Name: name, Qualname: name, Flags: TypeUser, Module: NewStr("builtins")}
	if meta != t.Interp.Types.Type {
		x.Type = meta
	}
	if err := x.setBases(t, bases); err != nil {
		return nil, err
	}
	if err := x.fill(t, ns); err != nil {
		return nil, err
	}
	if t.Interp.Dialect2 {
		x.names2(t.Interp)
	}
	if err := x.layOut(t); err != nil {
		return nil, err
	}
	x.link(t)
	if err := x.announce(t, kw); err != nil {
		return nil, err
	}
	return x, nil
}

func (x *Type) setBases(t *Thread, bases []Value) error {
	for _, b := range bases {
		c, ok := AsType(b)
		if !ok {
			return TypeErrorf(t, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		}
		if c.Flags&TypeNoSubclass != 0 {
			return TypeErrorf(t, "type '%s' is not an acceptable base type", c.FullName())
		}
		x.Bases = append(x.Bases, c)
	}
	for i, b := range x.Bases {
		for _, c := range x.Bases[:i] {
			if b == c {
				return TypeErrorf(t, "duplicate base class %s", b.Name)
			}
		}
	}
	mro, err := linearize(t, x)
	if err != nil {
		return err
	}
	x.MRO = mro
	best := x.Bases[0]
	for _, b := range x.Bases[1:] {
		switch {
		case best.layout().IsSubtype(b.layout()):
		case b.layout().IsSubtype(best.layout()):
			best = b
		default:
			return TypeErrorf(t, "multiple bases have instance lay-out conflict")
		}
	}
	x.solid, x.Native, x.Ops, x.excLay = best.solid, best.Native, best.Ops, best.excLay
	const inherited = TypeException | TypeHasGetattr | TypeHasGetattribute | TypeHasSetattr | TypeHasDelattr
	dict := false
	for _, b := range x.Bases {
		x.Flags |= b.Flags & inherited
		dict = dict || b.Flags&TypeNoDict == 0
	}
	if !dict {
		x.Flags |= TypeNoDict
	}
	return nil
}

// layout is the class that determined the layout of x's instances: not an exception class without fields of its own.
func (x *Type) layout() *Type {
	s := x.solid
	for s.Flags&(TypeException|TypeUser) == TypeException && s.Bases[0].Flags&TypeException != 0 {
		if l := s.excLay; l != nil && len(l.names) > 0 && l != s.Bases[0].excLay {
			break
		}
		s = s.Bases[0]
	}
	return s
}

// linearize is C3: merge the bases' linearisations and the list of the bases.
func linearize(t *Thread, x *Type) ([]*Type, error) {
	mro := []*Type{x}
	if len(x.Bases) == 1 {
		return append(mro, x.Bases[0].MRO...), nil
	}
	var rows [][]*Type
	for _, b := range x.Bases {
		rows = append(rows, b.MRO)
	}
	rows = append(rows, x.Bases)
	for {
		var next *Type
		left := false
		for _, r := range rows {
			if len(r) == 0 {
				continue
			}
			left = true
			if !inTail(rows, r[0]) {
				next = r[0]
				break
			}
		}
		if !left {
			return mro, nil
		}
		if next == nil {
			var names []string
			seen := map[*Type]bool{}
			for _, r := range rows {
				if len(r) > 0 && !seen[r[0]] {
					seen[r[0]] = true
					names = append(names, r[0].Name)
				}
			}
			return nil, TypeErrorf(t, "Cannot create a consistent method resolution order (MRO) for bases %s", strings.Join(names, ", "))
		}
		mro = append(mro, next)
		for i, r := range rows {
			if len(r) > 0 && r[0] == next {
				rows[i] = r[1:]
			}
		}
	}
}

func inTail(rows [][]*Type, c *Type) bool {
	for _, r := range rows {
		for i := 1; i < len(r); i++ {
			if r[i] == c {
				return true
			}
		}
	}
	return false
}

// fill makes the attribute table of the namespace.
func (x *Type) fill(t *Thread, ns Value) error {
	in := t.Interp
	d, ok := AsDict(ns)
	if !ok {
		return TypeErrorf(t, "type.__new__() argument 3 must be dict, not %s", TypeName(t, ns))
	}
	n, err := d.Len(t)
	if err != nil {
		return err
	}
	a := newAttrTable(n + 4)
	def := func(name string, v Value) {
		if s := a.index[name]; s != nil {
			s.V = v
			return
		}
		s := t.NewSlot(name, false)
		s.Meta |= t.Interp.written()
		s.V = v
		a.add(s)
	}
	var cell *Cell
	items, err := d.Items(t)
	if err != nil {
		return err
	}
	add := func(k, v Value) error {
		s, ok := AsStr(k)
		if !ok {
			return TypeErrorf(t, "type() attribute names must be strings") // gilt's own restriction: CPython keeps them unreachable
		}
		switch s.S {
		case "__qualname__":
			q, ok := AsStr(v)
			if !ok {
				return TypeErrorf(t, "type __qualname__ must be a str, not %s", TypeName(t, v))
			}
			x.Qualname = q.S
			return nil
		case "__classcell__":
			c := (*Cell)(v.Ref)
			if v.Kind() != KindCell {
				return TypeErrorf(t, "type.__new__() argument '__classcell__' must be a cell, not %s", TypeName(t, v))
			}
			cell = c
			return nil
		case "__module__":
			x.Module = v
		case "__new__":
			if v.Kind() == KindFunction {
				v = t.NewStaticMethod(v)
			}
		case "__init_subclass__", "__class_getitem__":
			if v.Kind() == KindFunction {
				v = t.NewClassMethod(v)
			}
		}
		x.Flags |= attrFlag(s.S)
		def(s.S, v)
		return nil
	}
	for _, it := range items {
		if err := add(it.Key, it.Val); err != nil {
			return err
		}
	}
	if a.index["__module__"] == nil {
		def("__module__", x.Module)
	}
	if a.index["__doc__"] == nil {
		def("__doc__", None)
	}
	if a.index["__eq__"] != nil && a.index["__hash__"] == nil {
		def("__hash__", None)
	}
	x.attrs.Store(a)
	if cell != nil {
		if err := t.Store(&cell.Mut, &cell.V, x.Value()); err != nil {
			return err
		}
	}
	_ = in
	return nil
}

// layOut handles __slots__ and makes the root shape.
func (x *Type) layOut(t *Thread) error {
	n := x.solid.Root.N
	defer x.addDictAttr(t)
	s := x.OwnSlot("__slots__")
	if s == nil {
		x.Flags &^= TypeNoDict
		x.Root = newRoot(x, n)
		x.expect.Store(max(int32(n), x.Bases[0].expect.Load()))
		return nil
	}
	var names []Value
	if _, ok := AsStr(s.V); ok {
		names = []Value{s.V}
	} else {
		var err error
		if names, err = ToSlice(t, s.V); err != nil {
			return err
		}
	}
	a := x.attrs.Load()
	for _, v := range names {
		name, ok := AsStr(v)
		if !ok {
			return TypeErrorf(t, "__slots__ items must be strings, not '%s'", TypeName(t, v))
		}
		if !IsIdentifier(name.S) {
			return TypeErrorf(t, "__slots__ must be identifiers")
		}
		switch name.S {
		case "__dict__":
			if x.Flags&TypeNoDict == 0 {
				return TypeErrorf(t, "__dict__ slot disallowed: we already got one")
			}
			x.Flags &^= TypeNoDict
			continue
		case "__weakref__":
			continue
		}
		field := Mangle(x.Name, name.S)
		if a.index[field] != nil {
			return ValueErrorf(t, "%s in __slots__ conflicts with class variable", reprStr(name.S))
		}
		slot := t.NewSlot(field, false)
		slot.Meta |= FlagStable
		slot.V = valueOf(newMember(t.Interp, x, field, n))
		a.add(slot)
		x.solid = x
		n++
	}
	x.Root = newRoot(x, n)
	x.expect.Store(int32(n))
	return nil
}

// newMember makes the descriptor of an entry of __slots__.
func newMember(in *Interp, owner *Type, name string, index int) *Getset {
	g := &Getset{Header: Header{Meta: uint64(KindGetset), Type: in.Types.MemberDescriptor}, Name: name, Owner: owner, Member: index}
	g.Get = func(t *Thread, self Value) (Value, error) {
		return Unset, TypeErrorf(t, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", name, owner.Name, TypeName(t, self))
	}
	return g
}

// Mangle is the name that a private name has inside of a class.
func Mangle(class, name string) string {
	if !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") || strings.Contains(name, ".") {
		return name
	}
	if class = strings.TrimLeft(class, "_"); class == "" {
		return name
	}
	return "_" + class + name
}

// link makes the class known to its bases.
func (x *Type) link(t *Thread) {
	t.Interp.mu.Lock()
	defer t.Interp.mu.Unlock()
	for _, b := range x.Bases {
		b.subs = append(b.subs, x)
	}
}

// announce calls __set_name__ of the attributes and __init_subclass__ of the next class in the MRO.
func (x *Type) announce(t *Thread, kw *Kwargs) error {
	for _, s := range x.OwnSlots() {
		v := s.V
		switch v.Kind() {
		case KindInstance, KindNative, KindProperty:
		default:
			continue
		}
		fn, ok := LookupSpecial(t, TypeOf(t, v), SpSetName)
		if !ok {
			continue
		}
		if _, err := CallSpecial(t, fn, v, x.Value(), t.Intern(s.Name).Value()); err != nil {
			if exc, ok := ExcOf(err); ok {
				AddNote(t, exc, "Error calling __set_name__ on '"+TypeName(t, v)+"' instance '"+s.Name+"' in '"+x.Name+"'")
			}
			return err
		}
	}
	fn, _, _, err := x.lookupAfter(t, x, "__init_subclass__")
	if err != nil || fn.IsUnset() {
		return err
	}
	if fn.Kind() == KindClassMethod {
		inner := (*Wrapper)(fn.Ref).Fn
		if inner.Kind() == KindBuiltin && (kw == nil || len(kw.Names) == 0) {
			return nil // object's own
		}
		bound, err := bindClassMethod(t, inner, x.Value())
		if err != nil {
			return err
		}
		_, err = t.VM.Call(t, bound, nil, kw)
		return err
	}
	bound, err := bindClass(t, fn, x)
	if err != nil {
		return err
	}
	_, err = t.VM.Call(t, bound, nil, kw)
	return err
}
