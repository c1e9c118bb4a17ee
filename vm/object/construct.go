package object

// This file makes objects: calling a class, in steps, so that the interpreter loop can run an __init__ in Python in a frame.

// Construction is an object between __new__ and __init__.
type Construction struct {
	Obj  Value
	Init Value // the class's __init__, unbound; Unset if there is nothing to call
}

// callPlan is what PlainInit found for a class, as long as the definition epoch does not move.
type callPlan struct {
	version uint64
	init    Value
	plain   bool
}

// BeginInstance does what calling a class does up to the call of __init__. ok is false if the object is ready (c.Obj).
func BeginInstance(t *Thread, cls *Type, args []Value, kw *Kwargs) (c Construction, ok bool, err error) {
	if cls.Flags&TypeUser == 0 && (cls.Type == nil || cls.Type == t.Interp.Types.Type) {
		return beginInstance(t, cls, args, kw)
	}
	p := cls.plan.Load()
	if p == nil || p.version != t.DefSeen {
		p = &callPlan{version: t.DefSeen}
		p.init, p.plain = PlainInit(t, cls)
		if t.doomed() {
			return c, false, ErrAbort
		}
		cls.plan.Store(p)
	}
	if p.plain {
		if p.init.IsUnset() {
			if len(args) > 0 || kw != nil && len(kw.Names) > 0 {
				return c, false, TypeErrorf(t, "%s() takes no arguments", cls.Name)
			}
			c.Obj = t.NewInstance(cls).Value()
			return c, false, nil
		}
		c.Obj, c.Init = t.NewInstance(cls).Value(), p.init
		return c, true, nil
	}
	if cls.Type != nil { // a metaclass may define the call
		if fn, found := lookupUser(t, cls.Type, SpCall); found && !isTypeCall(t, fn) {
			c.Obj, err = CallSpecialKw(t, fn, cls.Value(), args, kw)
			return c, false, err
		}
	}
	return beginInstance(t, cls, args, kw)
}

func isTypeCall(t *Thread, fn Value) bool {
	return fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Type
}

func beginInstance(t *Thread, cls *Type, args []Value, kw *Kwargs) (c Construction, ok bool, err error) {
	if cls.Flags&TypeUser == 0 {
		c.Obj, err = newBuiltin(t, cls, args, kw)
		if err != nil || cls.Ops.Init == nil {
			return c, false, err
		}
		return c, false, cls.Ops.Init(t, c.Obj, args, kw)
	}
	newFn, _ := LookupSpecial(t, cls, SpNew)
	init, found := LookupSpecial(t, cls, SpInit)
	if newFn.IsUnset() || !found { // every class has them
		return c, false, ErrAbort
	}
	userNew := newFn.Kind() == KindStaticMethod && !isBuiltinNew(newFn) || newFn.Kind() == KindFunction
	switch {
	case userNew:
		fn := newFn
		if fn.Kind() == KindStaticMethod {
			fn = (*Wrapper)(fn.Ref).Fn
		}
		c.Obj, err = t.VM.Call(t, fn, append([]Value{cls.Value()}, args...), kw)
		if err != nil || !TypeOf(t, c.Obj).IsSubtype(cls) {
			return c, false, err
		}
	default:
		userInit := init.Kind() != KindBuiltin
		if cls.Native == KindUnset {
			if !userInit && (len(args) > 0 || kw != nil && len(kw.Names) > 0) && (*Builtin)(init.Ref).Owner == t.Interp.Types.Object {
				return c, false, TypeErrorf(t, "%s() takes no arguments", cls.Name)
			}
			if cls.Flags&TypeAbstract != 0 {
				if err := abstractError(t, cls); err != nil {
					return c, false, err
				}
			}
			c.Obj = t.NewInstance(cls).Value()
			if !userInit && (*Builtin)(init.Ref).Owner == t.Interp.Types.Object {
				return c, false, nil
			}
		} else if c.Obj, err = newNative(t, cls, args, kw, userInit); err != nil {
			return c, false, err
		}
	}
	if init.Kind() == KindBuiltin {
		if b := (*Builtin)(init.Ref); b.Owner == t.Interp.Types.Object {
			return c, false, nil
		}
	}
	c.Init = init
	return c, true, nil
}

// PlainInit says what the loop may do for calls of cls as long as the definition epoch does not move: make an empty instance
// (NewInstance) and call init with it (Unset: call nothing, and there must be no arguments).
func PlainInit(t *Thread, cls *Type) (init Value, ok bool) {
	if cls.Flags&(TypeUser|TypeAbstract) != TypeUser || cls.Native != KindUnset {
		return Unset, false
	}
	if cls.Type != nil {
		if fn, found := lookupUser(t, cls.Type, SpCall); found && !isTypeCall(t, fn) {
			return Unset, false
		}
	}
	if fn, found := LookupSpecial(t, cls, SpNew); found && !isBuiltinNew(fn) {
		return Unset, false
	}
	init, found := LookupSpecial(t, cls, SpInit)
	if found && init.Kind() == KindBuiltin && (*Builtin)(init.Ref).Owner == t.Interp.Types.Object {
		return Unset, true
	}
	return init, found
}

// KnownInit is the __init__ that PlainInit found for cls when it was last called, if the definition epoch has not moved.
func (x *Type) KnownInit(t *Thread) (init Value, ok bool) {
	p := x.plan.Load()
	if p == nil || p.version != t.DefSeen || !p.plain {
		return Unset, false
	}
	return p.init, true
}

// isBuiltinNew says whether a __new__ found on a class is a builtin's.
func isBuiltinNew(fn Value) bool {
	if fn.Kind() == KindStaticMethod {
		fn = (*Wrapper)(fn.Ref).Fn
	}
	return fn.Kind() == KindBuiltin
}

func newBuiltin(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if cls.Ops.New == nil {
		return Unset, TypeErrorf(t, "cannot create '%s' instances", cls.FullName())
	}
	return cls.Ops.New(t, cls, args, kw)
}

// newNative makes an instance of a class that inherits from a builtin.
func newNative(t *Thread, cls *Type, args []Value, kw *Kwargs, userInit bool) (Value, error) {
	if cls.Ops.New == nil {
		return Unset, TypeErrorf(t, "cannot create '%s' instances", cls.FullName())
	}
	if cls.Flags&TypeAbstract != 0 {
		if err := abstractError(t, cls); err != nil {
			return Unset, err
		}
	}
	if userInit && cls.Ops.Init == nil && !cls.Ops.InitIsNew {
		args, kw = nil, nil
	}
	v, err := cls.Ops.New(t, cls, args, kw)
	if err != nil || cls.Native == KindBox {
		return v, err // exceptions: the instance itself
	}
	if k := v.Kind(); k == KindType || k == KindIterator || k == KindInstance && (*Instance)(v.Ref).Type == cls {
		return v, nil // iterators name their class themselves; reversed gives one of the sequence's
	}
	o := t.NewInstance(cls)
	*o.Slot(0) = Native(v)
	return o.Value(), nil
}

// WrapNative makes an instance of cls, which inherits from a builtin, around the builtin's value.
func (t *Thread) WrapNative(cls *Type, v Value) Value {
	o := t.NewInstance(cls)
	*o.Slot(0) = Native(v)
	return o.Value()
}

// RunInit calls the __init__ of a construction.
func RunInit(t *Thread, c Construction, args []Value, kw *Kwargs) error {
	r, err := CallSpecialKw(t, c.Init, c.Obj, args, kw)
	if err != nil {
		return err
	}
	if !r.IsNone() {
		return TypeErrorf(t, "__init__() should return None, not '%s'", TypeName(t, r))
	}
	return nil
}

// Instantiate calls a class.
func Instantiate(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if o := cls.Ops; cls.Flags&TypeUser == 0 && (cls.Type == nil || cls.Type == t.Interp.Types.Type) && o.New != nil && o.Init == nil {
		return o.New(t, cls, args, kw)
	}
	c, ok, err := BeginInstance(t, cls, args, kw)
	if err != nil {
		return Unset, err
	}
	if ok {
		if err := RunInit(t, c, args, kw); err != nil {
			return Unset, err
		}
	}
	return c.Obj, nil
}

// typeCall is type.__call__, for metaclasses that call it by super().
func typeCall(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	c, ok, err := beginInstance(t, cls, args, kw)
	if err != nil {
		return Unset, err
	}
	if ok {
		if err := RunInit(t, c, args, kw); err != nil {
			return Unset, err
		}
	}
	return c.Obj, nil
}

// CallSpecialKw is CallSpecial with keyword arguments.
func CallSpecialKw(t *Thread, fn, self Value, args []Value, kw *Kwargs) (Value, error) {
	all := make([]Value, 1, len(args)+1)
	all[0] = self
	all = append(all, args...)
	switch fn.Kind() {
	case KindFunction:
		return t.VM.Call(t, fn, all, kw)
	case KindBuiltin:
		if b := (*Builtin)(fn.Ref); b.Method && b.Self.IsUnset() {
			return b.Fn(t, all, kw)
		}
	}
	bound, err := BindSpecial(t, fn, self)
	if err != nil {
		return Unset, err
	}
	return t.VM.Call(t, bound, all[1:], kw)
}

// abstractError is the TypeError of instantiating a class with abstract methods, nil if it has none any more.
func abstractError(t *Thread, cls *Type) error {
	v, _, _, err := cls.Lookup(t, "__abstractmethods__")
	if err != nil || v.IsUnset() {
		return err
	}
	items, err := ToSlice(t, v)
	if err != nil || len(items) == 0 {
		return err
	}
	var names []string
	for _, x := range items {
		s, err := ToStr(t, x)
		if err != nil {
			return err
		}
		names = append(names, s)
	}
	sortStrings(names)
	list, s := "", ""
	for i, n := range names {
		if i > 0 {
			list += ", "
		}
		list += "'" + n + "'"
	}
	if len(names) > 1 {
		s = "s"
	}
	return TypeErrorf(t, "Can't instantiate abstract class %s without an implementation for abstract method%s %s", cls.Name, s, list)
}
