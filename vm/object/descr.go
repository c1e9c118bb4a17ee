package object

import "strings"

// This file has the descriptors of the language: property, staticmethod, classmethod, super, and slots' and builtins' own.

// Property is a property object. Immutable but for its name, which the class statement sets.
type Property struct {
	Mut
	Get, Set, Del Value // None if absent
	Doc           Value
	Name          Value // Unset until __set_name__
}

// NewProperty makes a property; absent accessors are None.
func (t *Thread) NewProperty(get, set, del, doc Value) *Property {
	return &Property{t.NewMut(KindProperty, nil), get, set, del, doc, Unset}
}

// noAccessor is the AttributeError of a property that lacks its getter, setter or deleter.
func (p *Property) noAccessor(t *Thread, self Value, what string) error {
	name, err := t.Load(&p.Mut, &p.Name)
	if err != nil {
		return err
	}
	if s, ok := AsStr(name); ok {
		if x := TypeOf(t, self); x.Flags&TypeStatic != 0 && what != "getter" {
			return AttributeErrorf(t, self, s.S, "attribute %s of '%s' objects is not writable", reprStr(s.S), x.messageName())
		}
		return AttributeErrorf(t, self, s.S, "property %s of '%s' object has no %s", reprStr(s.S), TypeOf(t, self).Qualname, what)
	}
	return AttributeErrorf(t, self, "", "property of '%s' object has no %s", TypeOf(t, self).Qualname, what)
}

// Wrapper is a staticmethod or classmethod object.
type Wrapper struct {
	Mut
	Fn Value
}

func newStaticMethod(in *Interp, fn Value) Value {
	return valueOf(&Wrapper{Mut{Header: Header{Meta: uint64(KindStaticMethod)}, ID: in.newID()}, fn})
}

func newClassMethod(in *Interp, fn Value) Value {
	return valueOf(&Wrapper{Mut{Header: Header{Meta: uint64(KindClassMethod)}, ID: in.newID()}, fn})
}

// NewStaticMethod is staticmethod(fn).
func (t *Thread) NewStaticMethod(fn Value) Value {
	return valueOf(&Wrapper{t.NewMut(KindStaticMethod, nil), fn})
}

// NewClassMethod is classmethod(fn).
func (t *Thread) NewClassMethod(fn Value) Value {
	return valueOf(&Wrapper{t.NewMut(KindClassMethod, nil), fn})
}

// Super is super(typ, obj). Immutable.
type Super struct {
	Header
	Type    *Type
	Obj     Value // Unset for the unbound form
	ObjType *Type
}

// NewSuper is super(cls, obj).
func NewSuper(t *Thread, cls, obj Value) (Value, error) {
	c, ok := AsType(cls)
	if !ok {
		return Unset, TypeErrorf(t, "super() argument 1 must be a type, not %s", TypeName(t, cls))
	}
	s := &Super{Header: Header{Meta: uint64(KindSuper)}, Type: c, Obj: obj}
	switch x, isType := AsType(obj); {
	case obj.IsUnset() || obj.IsNone():
		s.Obj = Unset
	case isType && x.IsSubtype(c):
		s.ObjType = x
	case TypeOf(t, obj).IsSubtype(c):
		s.ObjType = TypeOf(t, obj)
	default:
		what := "instance of"
		name := TypeName(t, obj)
		if isType {
			what, name = "type", x.Name
		}
		_ = what
		if isType {
			return Unset, TypeErrorf(t, "super(type, obj): obj (type %s) is not an instance or subtype of type (%s).", name, c.Name)
		}
		return Unset, TypeErrorf(t, "super(type, obj): obj (instance of %s) is not an instance or subtype of type (%s).", name, c.Name)
	}
	return valueOf(s), nil
}

func superGet(t *Thread, s *Super, name *Str) (Value, bool, error) {
	if s.ObjType != nil && name.S != "__class__" {
		x, _, _, err := s.ObjType.lookupAfter(t, s.Type, name.S)
		if err != nil {
			return Unset, false, err
		}
		if !x.IsUnset() {
			if o, ok := AsType(s.Obj); ok && o == s.ObjType {
				v, err := bindClass(t, x, o)
				return v, err == nil, err
			}
			a := Attr{Index: -1}
			if err := bindInstance(t, x, s.Obj, s.ObjType, &a); err != nil {
				return Unset, false, err
			}
			return a.finish(t, s.Obj)
		}
	}
	typ := t.Interp.Types.Super
	a := Attr{Index: -1}
	x, _, _, err := typ.Lookup(t, name.S)
	if err != nil || x.IsUnset() {
		return Unset, false, err
	}
	if err := bindInstance(t, x, valueOf(s), typ, &a); err != nil {
		return Unset, false, err
	}
	return a.finish(t, valueOf(s))
}

// SuperMethod finds a method after the class of a super object: fn is to be called with self first; ok is false if the attribute is
// no plain method (ask GetAttr then). cacheable says that the answer holds for all objects of the same class, under the
// present definition epoch.
func SuperMethod(t *Thread, s *Super, name *Str) (fn, self Value, ok, cacheable bool, err error) {
	if s.ObjType == nil {
		return Unset, Unset, false, false, nil
	}
	x, slot, _, err := s.ObjType.lookupAfter(t, s.Type, name.S)
	if err != nil || x.IsUnset() {
		return Unset, Unset, false, false, err
	}
	if _, isType := AsType(s.Obj); isType {
		return Unset, Unset, false, false, nil
	}
	cacheable = slot == nil || slot.meta()&FlagVariable == 0
	switch x.Kind() {
	case KindFunction:
		return x, s.Obj, true, cacheable, nil
	case KindBuiltin:
		if b := (*Builtin)(x.Ref); b.Method && b.Self.IsUnset() {
			return x, s.Obj, true, cacheable, nil
		}
	}
	return Unset, Unset, false, false, nil
}

func (in *Interp) initDescriptors() {
	in.initProperty()
	ts := &in.Types
	for _, w := range []*Type{ts.StaticMethod, ts.ClassMethod} {
		static := w == ts.StaticMethod
		w.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
			if len(args) != 1 || kw != nil {
				return Unset, CountError(t, cls.Name, 1, 1, len(args))
			}
			if static {
				return t.NewStaticMethod(args[0]), nil
			}
			return t.NewClassMethod(args[0]), nil
		}
		w.Ops.InitIsNew = true
		w.Ops.DescrGet = func(t *Thread, d, self Value, typ *Type) (Value, error) {
			if static {
				return (*Wrapper)(d.Ref).Fn, nil
			}
			return bindClassMethod(t, (*Wrapper)(d.Ref).Fn, typ.Value())
		}
		w.Ops.Repr = func(t *Thread, v Value) (string, error) {
			r, err := Repr(t, (*Wrapper)(v.Ref).Fn)
			return "<" + w.Name + "(" + r + ")>", err
		}
		w.Ops.GetAttr = func(t *Thread, v Value, name *Str) (Value, bool, error) {
			switch name.S {
			case "__name__", "__qualname__", "__doc__", "__module__", "__annotations__", "__isabstractmethod__":
				return LookupAttr(t, (*Wrapper)(v.Ref).Fn, name)
			}
			return Unset, false, nil
		}
		get := func(t *Thread, v Value) (Value, error) { return (*Wrapper)(Native(v).Ref).Fn, nil }
		w.Attr(in, "__func__", get, nil)
		w.Attr(in, "__wrapped__", get, nil)
	}
	ts.StaticMethod.Ops.Call = func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error) {
		return t.VM.Call(t, (*Wrapper)(v.Ref).Fn, args, kw)
	}
	ts.Super.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		switch len(args) {
		case 0:
			return Unset, RuntimeErrorf(t, "super(): no arguments")
		case 1:
			return NewSuper(t, args[0], Unset)
		case 2:
			return NewSuper(t, args[0], args[1])
		}
		return Unset, CountError(t, "super", 0, 2, len(args))
	}
	ts.Super.Ops.InitIsNew = true
	ts.Super.Ops.Repr = func(t *Thread, v Value) (string, error) {
		s := (*Super)(v.Ref)
		if s.ObjType == nil {
			return "<super: <class '" + s.Type.Name + "'>, NULL>", nil
		}
		return "<super: <class '" + s.Type.Name + "'>, <" + s.ObjType.Name + " object>>", nil
	}
	in.initCallables()
}

func (in *Interp) initProperty() {
	p := in.Types.Property
	p.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		var a [4]Value
		if err := ParseArgs(t, "property", args, kw, []string{"fget", "fset", "fdel", "doc"}, 0, a[:]); err != nil {
			return Unset, err
		}
		for i := range a {
			if a[i].IsUnset() {
				a[i] = None
			}
		}
		if a[3].IsNone() && !a[0].IsNone() {
			d, ok, err := LookupAttr(t, a[0], t.Interp.names.Doc)
			if err = swallowAttributeError(t, err); err != nil {
				return Unset, err
			}
			if ok {
				a[3] = d
			}
		}
		return valueOf(t.NewProperty(a[0], a[1], a[2], a[3])), nil
	}
	p.Ops.InitIsNew = true
	p.Ops.DescrGet = func(t *Thread, d, self Value, typ *Type) (Value, error) {
		if self.IsUnset() || self.IsNone() {
			return d, nil
		}
		x := (*Property)(d.Ref)
		if x.Get.IsNone() {
			return Unset, x.noAccessor(t, self, "getter")
		}
		return t.VM.Call(t, x.Get, []Value{self}, nil)
	}
	p.Ops.DescrSet = func(t *Thread, d, self, x Value) error { return callSet(t, d, self, x, nil) }
	at := func(name string, f func(*Property) *Value) {
		p.Attr(in, name, func(t *Thread, v Value) (Value, error) {
			x := (*Property)(Native(v).Ref)
			return t.Load(&x.Mut, f(x))
		}, nil)
	}
	at("fget", func(x *Property) *Value { return &x.Get })
	at("fset", func(x *Property) *Value { return &x.Set })
	at("fdel", func(x *Property) *Value { return &x.Del })
	p.Attr(in, "__doc__", func(t *Thread, v Value) (Value, error) {
		x := (*Property)(Native(v).Ref)
		return t.Load(&x.Mut, &x.Doc)
	}, func(t *Thread, v, doc Value) error {
		x := (*Property)(Native(v).Ref)
		return t.Store(&x.Mut, &x.Doc, doc)
	})
	p.Attr(in, "__name__", func(t *Thread, v Value) (Value, error) {
		x := (*Property)(Native(v).Ref)
		n, err := t.Load(&x.Mut, &x.Name)
		if err == nil && n.IsUnset() {
			if !x.Get.IsNone() {
				return GetAttr(t, x.Get, t.Interp.names.Name)
			}
			return Unset, AttributeErrorf(t, v, "__name__", "'property' object has no attribute '__name__'")
		}
		return n, err
	}, func(t *Thread, v, n Value) error {
		x := (*Property)(Native(v).Ref)
		return t.Store(&x.Mut, &x.Name, n)
	})
	p.Attr(in, "__isabstractmethod__", func(t *Thread, v Value) (Value, error) {
		x := (*Property)(Native(v).Ref)
		for _, f := range []Value{x.Get, x.Set, x.Del} {
			if f.IsNone() {
				continue
			}
			a, ok, err := LookupAttr(t, f, t.Interp.names.IsAbstract)
			if err = swallowAttributeError(t, err); err != nil {
				return Unset, err
			}
			if ok {
				if b, err := Truth(t, a); b || err != nil {
					return True, err
				}
			}
		}
		return False, nil
	}, nil)
	with := func(name string, f func(x *Property, fn Value)) MethodDef {
		return M1(name, func(t *Thread, self, fn Value) (Value, error) {
			old := (*Property)(self.Ref)
			n := t.NewProperty(old.Get, old.Set, old.Del, old.Doc)
			n.Name = old.Name
			f(n, fn)
			return valueOf(n), nil
		})
	}
	p.Methods(in,
		with("getter", func(x *Property, fn Value) { x.Get = fn }),
		with("setter", func(x *Property, fn Value) { x.Set = fn }),
		with("deleter", func(x *Property, fn Value) { x.Del = fn }),
		M2("__set_name__", func(t *Thread, self, _, name Value) (Value, error) {
			x := (*Property)(self.Ref)
			return None, t.Store(&x.Mut, &x.Name, name)
		}),
	)
}

// ParseArgs distributes positional and keyword arguments of a builtin over out, as names say; the first required ones must be
// there, the others stay Unset.
func ParseArgs(t *Thread, fname string, args []Value, kw *Kwargs, names []string, required int, out []Value) error {
	for i := range out {
		out[i] = Unset
	}
	given := len(args)
	if kw != nil {
		given += len(kw.Names)
	}
	if len(args) > len(names) || given > len(names) {
		bound := "at most"
		if required == len(names) {
			bound = "exactly"
		}
		s := "s"
		if len(names) == 1 {
			s = ""
		}
		if len(names) == 0 {
			return TypeErrorf(t, "%s() takes no arguments (%d given)", fname, given)
		}
		return TypeErrorf(t, "%s() takes %s %d argument%s (%d given)", fname, bound, len(names), s, given)
	}
	copy(out, args)
	if kw != nil {
	next:
		for i, k := range kw.Names {
			for j, n := range names {
				if n == k {
					if !out[j].IsUnset() {
						return TypeErrorf(t, "argument for %s() given by name ('%s') and position (%d)", fname, k, j+1)
					}
					out[j] = kw.Values[i]
					continue next
				}
			}
			return TypeErrorf(t, "%s() got an unexpected keyword argument '%s'", fname, k)
		}
	}
	for i := range required {
		if out[i].IsUnset() {
			return TypeErrorf(t, "%s() missing required argument '%s' (pos %d)", fname, names[i], i+1)
		}
	}
	return nil
}

// NoKwargs is an error if there are keyword arguments.
func NoKwargs(t *Thread, fname string, kw *Kwargs) error {
	if kw != nil && len(kw.Names) > 0 {
		return TypeErrorf(t, "%s() takes no keyword arguments", fname)
	}
	return nil
}

var _ = strings.Join
