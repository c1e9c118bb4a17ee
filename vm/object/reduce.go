package object

// This file has object.__reduce_ex__: how copy and pickle take an object apart.

// reduceEx is object.__reduce_ex__ for protocol 2 and above: (__newobj__, (cls, *args), state, list items, dict items).
func reduceEx(t *Thread, v Value) (Value, error) {
	cls := TypeOf(t, v)
	if cls.Flags&TypeUser == 0 && v.Kind() != KindInstance {
		if fn, ok := reduceMethod(t, cls); ok {
			return CallSpecial(t, fn, v)
		}
		if cls.Native == KindUnset || cls.Flags&TypeNoSubclass != 0 {
			return Unset, TypeErrorf(t, "cannot pickle '%s' object", cls.FullName())
		}
	}
	if fn, ok := reduceMethod(t, cls); ok {
		return CallSpecial(t, fn, v)
	}
	args := []Value{cls.Value()}
	if fn, ok, err := LookupAttr(t, v, t.Intern("__getnewargs__")); err != nil {
		return Unset, err
	} else if ok {
		r, err := t.VM.Call(t, fn, nil, nil)
		if err != nil {
			return Unset, err
		}
		tup, isTuple := AsTuple(r)
		if !isTuple {
			return Unset, TypeErrorf(t, "__getnewargs__ should return a tuple, not '%s'", TypeName(t, r))
		}
		args = append(args, tup.Items...)
	}
	state := None
	if fn, ok, err := LookupAttr(t, v, t.Intern("__getstate__")); err != nil {
		return Unset, err
	} else if ok {
		if state, err = t.VM.Call(t, fn, nil, nil); err != nil {
			return Unset, err
		}
	}
	list, dict := None, None
	var err error
	switch n := Native(v); n.Kind() {
	case KindList:
		list, err = Iter(t, v)
	case KindDict:
		var items Value
		if items, err = CallMethod(t, v, "items"); err == nil {
			dict, err = Iter(t, items)
		}
	}
	if err != nil {
		return Unset, err
	}
	return t.NewTuple(t.NewBuiltin("__newobj__", newObj), t.NewTuple(args...), state, list, dict), nil
}

// reduceMethod is the class's own __reduce__, if it is not object's.
func reduceMethod(t *Thread, cls *Type) (Value, bool) {
	fn, ok := LookupSpecial(t, cls, SpReduce)
	if ok && fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Object {
		return Unset, false
	}
	return fn, ok
}

// newObj is copyreg.__newobj__.
func newObj(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	if len(args) == 0 {
		return Unset, TypeErrorf(t, "__newobj__() missing 1 required positional argument: 'cls'")
	}
	fn, err := GetAttrString(t, args[0], "__new__")
	if err != nil {
		return Unset, err
	}
	return t.VM.Call(t, fn, args, nil)
}

func (in *Interp) initReduce() {
	in.Types.Object.Methods(in,
		MN("__reduce_ex__", 1, 1, func(t *Thread, args []Value) (Value, error) { return reduceEx(t, args[0]) }),
		M0("__reduce__", func(t *Thread, v Value) (Value, error) { return reduceEx(t, v) }),
	)
}
