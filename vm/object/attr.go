package object

// This file has the attribute protocol: where an attribute comes from and what has to be called to get it. FindAttr and FindSet
// describe the answer, so that the interpreter loop can push frames for getters and setters written in Python and fill its inline
// caches; GetAttr, SetAttr and DelAttr do everything, calling back through the VM where they must.

// AttrKind says how to get at an attribute that FindAttr found.
type AttrKind uint8

// Kinds of attributes.
const (
	AttrOther   AttrKind = iota // none of the below (or there is no such attribute): ask GetAttr
	AttrField                   // Value, in slot Index of the instance
	AttrValue                   // Value as it is: a class attribute, a computed one
	AttrMethod                  // Value is a function: bind the receiver
	AttrGetter                  // the attribute is what calling Value(receiver) returns
	AttrGetattr                 // the attribute is what calling Value(receiver, name) returns: __getattr__
)

// SetKind says how to write an attribute, after FindSet.
type SetKind = AttrKind

// Kinds of stores.
const (
	SetOther SetKind = iota + 16 // ask SetAttr
	SetField                     // slot Index of the instance
	SetAdd                       // the instance gains a slot: AddSlot(Next, value)
	SetCall                      // call Value(receiver, value), or Value(receiver, name, value) if WithName
)

// Attr is what FindAttr and FindSet found. If Cacheable, the answer holds for all instances with this Shape (receivers of the same
// class, if they are no instances) as long as the definition epoch does not move.
type Attr struct {
	Kind      AttrKind
	Cacheable bool
	WithName  bool
	Index     int
	Value     Value
	Shape     *Shape
	Next      *Shape
}

// isData says whether a class attribute goes before the instance's own attributes.
func isData(t *Thread, x Value) bool {
	switch x.Kind() {
	case KindProperty, KindGetset:
		return true
	case KindInstance, KindNative:
		typ := TypeOf(t, x)
		if typ.Ops.DescrSet != nil {
			return true
		}
		if typ.Flags&TypeUser == 0 {
			return false
		}
		if _, ok := LookupSpecial(t, typ, SpSet); ok {
			return true
		}
		_, ok := LookupSpecial(t, typ, SpDelete)
		return ok
	}
	return false
}

// bindInstance says what the class attribute x is when it is read through an instance of typ.
func bindInstance(t *Thread, x, self Value, typ *Type, a *Attr) error {
	a.Kind, a.Value = AttrValue, x
	switch x.Kind() {
	case KindFunction:
		a.Kind = AttrMethod
	case KindBuiltin:
		if b := (*Builtin)(x.Ref); b.Method && b.Self.IsUnset() {
			a.Kind = AttrMethod
		}
	case KindProperty:
		p := (*Property)(x.Ref)
		if p.Get.IsNone() {
			a.Cacheable = false
			return p.noAccessor(t, self, "getter")
		}
		a.Kind, a.Value = AttrGetter, p.Get
	case KindStaticMethod:
		a.Value = (*Wrapper)(x.Ref).Fn
	case KindClassMethod:
		v, err := bindClassMethod(t, (*Wrapper)(x.Ref).Fn, typ.Value())
		a.Value = v
		return err
	case KindGetset:
		g := (*Getset)(x.Ref)
		if g.Member >= 0 && self.Kind() == KindInstance {
			o := (*Instance)(self.Ref)
			if !typ.IsSubtype(g.Owner) {
				return TypeErrorf(t, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", g.Name, g.Owner.Name, typ.messageName())
			}
			v, err := t.Load(&o.Mut, o.Cell(g.Member))
			if err != nil {
				return err
			}
			if v.IsUnset() {
				a.Kind, a.Cacheable = AttrOther, false
				return nil
			}
			a.Kind, a.Value, a.Index = AttrField, v, g.Member
			return nil
		}
		a.Cacheable = false
		v, err := g.Get(t, self)
		a.Value = v
		return err
	case KindInstance, KindNative:
		xt := TypeOf(t, x)
		if xt.Ops.DescrGet == nil && xt.Flags&TypeUser == 0 {
			return nil
		}
		v, called, err := callGet(t, x, xt, self, typ)
		if called {
			a.Cacheable, a.Value = false, v
		}
		return err
	}
	return nil
}

// callGet calls the __get__ of x if its class has one. self is Unset for access through the class.
func callGet(t *Thread, x Value, xt *Type, self Value, typ *Type) (Value, bool, error) {
	if get, ok := lookupUser(t, xt, SpGet); ok {
		if self.IsUnset() {
			self = None
		}
		v, err := t.VM.Call(t, get, []Value{x, self, typ.Value()}, nil)
		return v, true, err
	}
	if xt.Ops.DescrGet != nil {
		v, err := xt.Ops.DescrGet(t, Native(x), self, typ)
		return v, true, err
	}
	return x, false, nil
}

// bindClassMethod binds what a classmethod wraps to a class.
func bindClassMethod(t *Thread, fn, cls Value) (Value, error) {
	switch fn.Kind() {
	case KindFunction, KindBuiltin, KindMethod:
		return NewMethod(t, fn, cls), nil
	}
	return NewMethod(t, fn, cls), nil
}

// FindAttr finds an attribute. It calls Python only for descriptors that are neither functions nor properties.
func FindAttr(t *Thread, v Value, name *Str) (Attr, error) {
	a := Attr{Index: -1}
	typ := TypeOf(t, v)
	if typ.Flags&TypeHasGetattribute != 0 {
		return a, nil
	}
	err := findAttr(t, v, typ, name, &a)
	if err == nil && t.doomed() {
		return a, ErrAbort
	}
	if typ.Flags&TypeHasGetattr == 0 {
		return a, err
	}
	// With a __getattr__ about, an AttributeError of a getter must not leave this function unseen.
	if err != nil || a.Kind == AttrGetter {
		return Attr{Index: -1}, swallowAttributeError(t, err)
	}
	if a.Kind == AttrOther && v.Kind() == KindInstance {
		if fn, ok := LookupSpecial(t, typ, SpGetattr); ok {
			a.Kind, a.Value = AttrGetattr, fn
		}
	}
	return a, nil
}

func swallowAttributeError(t *Thread, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := Catch(t, err, t.Interp.Types.AttributeError); ok {
		return nil
	}
	return err
}

// findAttr is object.__getattribute__ (type's and module's, for them) up to the last call. AttrOther: there is none.
func findAttr(t *Thread, v Value, typ *Type, name *Str, a *Attr) error {
	k := v.Kind()
	if k == KindType {
		return findTypeAttr(t, (*Type)(v.Ref), typ, name, a)
	}
	x, slot, err := typ.find(t, name)
	if err != nil {
		return err
	}
	stable := slot == nil || slot.Stable()
	if k == KindInstance {
		o := (*Instance)(v.Ref)
		a.Shape = o.ShapeOf()
		if x.IsUnset() || !isData(t, x) {
			if i := a.Shape.Index(name); i >= 0 {
				y, err := t.Load(&o.Mut, o.Cell(i))
				if err != nil {
					return err
				}
				if !y.IsUnset() {
					a.Kind, a.Value, a.Index, a.Cacheable = AttrField, y, i, stable
					return nil
				}
				stable = false // the slot is there but empty: the shape proves nothing
			} else if x.IsUnset() && o.Meta&FlagShared != 0 {
				// What the class has may be relied on: shadowing it in a shared instance moves the definition epoch.
				y, err := t.absent(o, name)
				if err != nil {
					return err
				}
				if !y.IsUnset() { // somebody has just added it
					a.Kind, a.Value, a.Index = AttrField, y, o.ShapeOf().Index(name)
					return nil
				}
			}
		}
	} else if get := typ.Ops.GetAttr; get != nil && (x.IsUnset() || !isData(t, x)) {
		y, found, err := get(t, v, name)
		if err != nil {
			return err
		}
		if found {
			a.Kind, a.Value = AttrValue, y
			return nil
		}
		stable = false
	}
	if x.IsUnset() {
		return nil
	}
	a.Cacheable = stable
	return bindInstance(t, x, v, typ, a)
}

func findTypeAttr(t *Thread, cls, meta *Type, name *Str, a *Attr) error {
	m, _, err := meta.find(t, name)
	if err != nil {
		return err
	}
	if !m.IsUnset() && isData(t, m) {
		err := bindInstance(t, m, cls.Value(), meta, a)
		a.Cacheable = false
		return err
	}
	x, _, err := cls.find(t, name)
	if err != nil {
		return err
	}
	if !x.IsUnset() {
		a.Kind = AttrValue
		a.Value, err = bindClass(t, x, cls)
		return err
	}
	if m.IsUnset() {
		return nil
	}
	err = bindInstance(t, m, cls.Value(), meta, a)
	a.Cacheable = false
	return err
}

// bindClass is the value of class attribute x when it is read through the class.
func bindClass(t *Thread, x Value, cls *Type) (Value, error) {
	switch x.Kind() {
	case KindStaticMethod:
		return (*Wrapper)(x.Ref).Fn, nil
	case KindClassMethod:
		return bindClassMethod(t, (*Wrapper)(x.Ref).Fn, cls.Value())
	case KindInstance, KindNative:
		xt := TypeOf(t, x)
		if xt.Ops.DescrGet == nil && xt.Flags&TypeUser == 0 {
			return x, nil
		}
		v, _, err := callGet(t, x, xt, Unset, cls)
		return v, err
	}
	return x, nil
}

// finish does what is left to do after findAttr. found is false for AttrOther.
func (a *Attr) finish(t *Thread, v Value) (x Value, found bool, err error) {
	switch a.Kind {
	case AttrField, AttrValue:
		return a.Value, true, nil
	case AttrMethod:
		return NewMethod(t, a.Value, v), true, nil
	case AttrGetter:
		x, err := t.VM.Call(t, a.Value, []Value{v}, nil)
		return x, err == nil, err
	}
	return Unset, false, nil
}

// genericGet is object.__getattribute__ without the error.
func genericGet(t *Thread, v Value, name *Str) (Value, bool, error) {
	if v.Kind() == KindSuper {
		return superGet(t, (*Super)(v.Ref), name)
	}
	a := Attr{Index: -1}
	if err := findAttr(t, v, TypeOf(t, v), name, &a); err != nil {
		return Unset, false, err
	}
	return a.finish(t, v)
}

// LookupAttr is GetAttr without the AttributeError: found is false instead.
func LookupAttr(t *Thread, v Value, name *Str) (x Value, found bool, err error) {
	x, found, err = lookupAttr(t, v, name)
	return x, found, swallowAttributeError(t, err)
}

// lookupAttr leaves an AttributeError raised by Python code as it is.
func lookupAttr(t *Thread, v Value, name *Str) (x Value, found bool, err error) {
	typ := TypeOf(t, v)
	if typ.Flags&TypeHasGetattribute != 0 {
		if fn, ok := LookupSpecial(t, typ, SpGetattribute); ok {
			x, err = t.VM.Call(t, fn, []Value{v, name.Value()}, nil)
			found = err == nil
			goto hook
		}
	}
	x, found, err = genericGet(t, v, name)
hook:
	if found {
		return x, true, nil
	}
	if err != nil {
		if _, ok := Catch(t, err, t.Interp.Types.AttributeError); !ok {
			return Unset, false, err
		}
	}
	if typ.Flags&TypeHasGetattr != 0 {
		if fn, ok := LookupSpecial(t, typ, SpGetattr); ok {
			x, err = t.VM.Call(t, fn, []Value{v, name.Value()}, nil)
			if err == nil {
				return x, true, nil
			}
		}
	}
	return Unset, false, err
}

// HasAttr is hasattr(v, name).
func HasAttr(t *Thread, v Value, name *Str) (bool, error) {
	_, ok, err := LookupAttr(t, v, name)
	return ok, swallowAttributeError(t, err)
}

// GetAttr is v.name.
func GetAttr(t *Thread, v Value, name *Str) (Value, error) {
	x, ok, err := lookupAttr(t, v, name)
	if ok || err != nil {
		return x, err
	}
	return Unset, NoAttribute(t, v, name)
}

// GetAttrString is GetAttr for Go code.
func GetAttrString(t *Thread, v Value, name string) (Value, error) {
	return GetAttr(t, v, t.Intern(name))
}

// NoAttribute is the AttributeError for an attribute that is not there.
func NoAttribute(t *Thread, v Value, name *Str) error {
	switch v.Kind() {
	case KindType:
		return AttributeErrorf(t, v, name.S, "type object '%s' has no attribute '%s'", (*Type)(v.Ref).messageName(), name.S)
	case KindModule:
		return AttributeErrorf(t, v, name.S, "module '%s' has no attribute '%s'", (*Module)(v.Ref).Name, name.S)
	}
	return AttributeErrorf(t, v, name.S, "'%s' object has no attribute '%s'", TypeName(t, v), name.S)
}

// FindMethod finds an attribute that is to be called: as GetAttr, but ok is false if there is none.
func FindMethod(t *Thread, v Value, name string) (fn Value, ok bool, err error) {
	fn, ok, err = LookupAttr(t, v, t.Intern(name))
	return fn, ok, swallowAttributeError(t, err)
}

// CallMethod calls v.name(args...).
func CallMethod(t *Thread, v Value, name string, args ...Value) (Value, error) {
	a, err := FindAttr(t, v, t.Intern(name))
	if err != nil {
		return Unset, err
	}
	if a.Kind == AttrMethod {
		return t.VM.Call(t, a.Value, append([]Value{v}, args...), nil)
	}
	fn, err := GetAttr(t, v, t.Intern(name))
	if err != nil {
		return Unset, err
	}
	return t.VM.Call(t, fn, args, nil)
}

// GetSpecial finds a special method on the class of v for the with statement: a function and its self, or a bound value and
// Unset. It is a TypeError if there is none.
func GetSpecial(t *Thread, v Value, name *Str) (fn, self Value, err error) {
	typ := TypeOf(t, v)
	x, _, err := typ.find(t, name)
	if err != nil {
		return Unset, Unset, err
	}
	if x.IsUnset() {
		what := "the context manager protocol"
		if name.S == "__exit__" {
			return Unset, Unset, TypeErrorf(t, "'%s' object does not support %s (missed __exit__ method)", typ.messageName(), what)
		}
		return Unset, Unset, TypeErrorf(t, "'%s' object does not support %s", typ.messageName(), what)
	}
	a := Attr{}
	if err := bindInstance(t, x, v, typ, &a); err != nil {
		return Unset, Unset, err
	}
	if a.Kind == AttrMethod {
		return a.Value, v, nil
	}
	y, _, err := a.finish(t, v)
	return y, Unset, err
}

// BindSpecial binds a special method that LookupSpecial found to its receiver.
func BindSpecial(t *Thread, fn, self Value) (Value, error) {
	a := Attr{}
	if err := bindInstance(t, fn, self, TypeOf(t, self), &a); err != nil {
		return Unset, err
	}
	x, _, err := a.finish(t, self)
	return x, err
}

// CallSpecial calls a special method that LookupSpecial found.
func CallSpecial(t *Thread, fn, self Value, args ...Value) (Value, error) {
	n := len(t.outgoing)
	switch fn.Kind() {
	case KindFunction:
		t.outgoing = append(append(t.outgoing, self), args...)
		v, err := t.VM.Call(t, fn, t.outgoing[n:len(t.outgoing):len(t.outgoing)], nil)
		t.outgoing = t.outgoing[:n]
		return v, err
	case KindBuiltin:
		if b := (*Builtin)(fn.Ref); b.Method && b.Self.IsUnset() {
			t.outgoing = append(append(t.outgoing, self), args...)
			v, err := b.Fn(t, t.outgoing[n:len(t.outgoing):len(t.outgoing)], nil)
			t.outgoing = t.outgoing[:n]
			return v, err
		}
	}
	bound, err := BindSpecial(t, fn, self)
	if err != nil {
		return Unset, err
	}
	return Call(t, bound, args...)
}
