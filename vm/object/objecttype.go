package object

import "sort"

// This file has the classes object and type.

func (in *Interp) initObject() {
	in.initObjectClass()
	in.initReduce()
	in.initTypeClass()
	in.initConstants()
}

func (in *Interp) initObjectClass() {
	x := in.Types.Object
	x.Ops.Repr = defaultRepr
	x.Ops.Hash = identityHash
	x.Ops.New = objectNew
	x.wrap(in, "__repr__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
		s, err := defaultRepr(t, v)
		return NewStr(s), err
	})
	in.addMethod(x, "__repr__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		s, err := defaultRepr(t, args[0])
		return NewStr(s), err
	})
	in.addMethod(x, "__str__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		s, err := Repr(t, args[0])
		return NewStr(s), err
	})
	in.addMethod(x, "__hash__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		h, err := identityHash(t, args[0])
		return Int(h), err
	})
	for op := CmpOp(0); op < NumCmpOps; op++ {
		x.Methods(in, M1(cmpNames[op], func(t *Thread, a, b Value) (Value, error) {
			switch op {
			case CmpEq:
				if Is(a, b) {
					return True, nil
				}
			case CmpNe:
				// By default the opposite of __eq__.
				fn, ok := operator(t, TypeOf(t, a), SpEq)
				if !ok {
					break
				}
				v, err := CallSpecial(t, fn, a, b)
				if err != nil || v.IsNotImplemented() {
					return v, err
				}
				eq, err := Truth(t, v)
				return Bool(!eq), err
			}
			return NotImplemented, nil
		}))
	}
	attrName := func(t *Thread, v Value) (*Str, error) {
		s, ok := AsStr(v)
		if !ok {
			return nil, TypeErrorf(t, "attribute name must be string, not '%s'", TypeName(t, v))
		}
		return s, nil
	}
	raw := func(name string, n int, f func(t *Thread, args []Value, name *Str) (Value, error)) {
		in.addMethod(x, name, func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) != n+1 {
				return Unset, TypeErrorf(t, "expected %d argument%s, got %d", n, map[bool]string{false: "s"}[n == 1], max(0, len(args)-1))
			}
			s, err := attrName(t, args[1])
			if err != nil {
				return Unset, err
			}
			return f(t, args, s)
		})
	}
	raw("__getattribute__", 1, func(t *Thread, args []Value, name *Str) (Value, error) {
		v, ok, err := genericGet(t, args[0], name)
		if err == nil && !ok {
			err = NoAttribute(t, args[0], name)
		}
		return v, err
	})
	raw("__setattr__", 2, func(t *Thread, args []Value, name *Str) (Value, error) {
		return None, genericSet(t, args[0], TypeOf(t, args[0]), t.Intern(name.S), args[2])
	})
	raw("__delattr__", 1, func(t *Thread, args []Value, name *Str) (Value, error) {
		return None, genericSet(t, args[0], TypeOf(t, args[0]), name, Unset)
	})
	in.addMethod(x, "__init__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		cls := TypeOf(t, args[0])
		if len(args) > 1 || kw != nil && len(kw.Names) > 0 {
			init, _ := LookupSpecial(t, cls, SpInit)
			if init.Kind() != KindBuiltin {
				return Unset, TypeErrorf(t, "object.__init__() takes exactly one argument (the instance to initialize)")
			}
			if newFn, ok := LookupSpecial(t, cls, SpNew); ok && isBuiltinNew(newFn) && cls.Native == KindUnset {
				return Unset, TypeErrorf(t, "%s.__init__() takes exactly one argument (the instance to initialize)", cls.Name)
			}
		}
		return None, nil
	})
	in.addMethod(x, "__format__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) != 2 {
			return Unset, TypeErrorf(t, "object.__format__() takes exactly one argument (%d given)", len(args)-1)
		}
		spec, ok := AsStr(args[1])
		if !ok {
			return Unset, TypeErrorf(t, "__format__() argument must be str, not %s", TypeName(t, args[1]))
		}
		s, err := defaultFormat(t, args[0], spec.S)
		return NewStr(s), err
	})
	x.Methods(in,
		M0("__dir__", func(t *Thread, v Value) (Value, error) { return dirObject(t, v) }),
		M0("__sizeof__", func(t *Thread, v Value) (Value, error) { return Int(48), nil }),
		M0("__getstate__", func(t *Thread, v Value) (Value, error) { return getState(t, v) }),
		MC("__init_subclass__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if kw != nil && len(kw.Names) > 0 || len(args) > 1 {
				return Unset, TypeErrorf(t, "%s.__init_subclass__() takes no keyword arguments", (*Type)(args[0].Ref).Name)
			}
			return None, nil
		}),
		MC("__subclasshook__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) { return NotImplemented, nil }),
	)
	x.Attr(in, "__class__", func(t *Thread, v Value) (Value, error) { return TypeOf(t, v).Value(), nil }, setClass)
	x.Def(in, "__doc__", NewStr("The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n"))
}

func objectNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if len(args) > 0 || kw != nil && len(kw.Names) > 0 {
		newFn, _ := LookupSpecial(t, cls, SpNew)
		if !isBuiltinNew(newFn) {
			return Unset, TypeErrorf(t, "object.__new__() takes exactly one argument (the type to instantiate)")
		}
		if init, _ := LookupSpecial(t, cls, SpInit); init.Kind() == KindBuiltin {
			return Unset, TypeErrorf(t, "%s() takes no arguments", cls.Name)
		}
	}
	if cls.Native != KindUnset {
		return Unset, TypeErrorf(t, "object.__new__(%s) is not safe, use %s.__new__()", cls.Name, cls.solid.Name)
	}
	if cls.Flags&TypeAbstract != 0 {
		if err := abstractError(t, cls); err != nil {
			return Unset, err
		}
	}
	return t.NewInstance(cls).Value(), nil
}

// setClass is the assignment of __class__: allowed between user-defined classes with the same layout.
func setClass(t *Thread, v, x Value) error {
	cls, ok := AsType(x)
	if x.IsUnset() {
		return TypeErrorf(t, "can't delete __class__ attribute")
	}
	if !ok {
		return TypeErrorf(t, "__class__ must be set to a class, not '%s' object", TypeName(t, x))
	}
	old := TypeOf(t, v)
	if v.Kind() != KindInstance || cls.Flags&TypeUser == 0 || old.Flags&TypeUser == 0 {
		return TypeErrorf(t, "__class__ assignment only supported for mutable types or ModuleType subclasses")
	}
	o := (*Instance)(v.Ref)
	if cls.Native != old.Native || cls.Root.N != old.Root.N || cls.Flags&TypeNoDict != old.Flags&TypeNoDict || cls.solid != old.solid && cls.Root.N > 0 {
		return TypeErrorf(t, "__class__ assignment: '%s' object layout differs from '%s'", cls.Name, old.Name)
	}
	if o.Meta&FlagShared != 0 {
		if err := t.VM.Irrevocable(t); err != nil {
			return err
		}
	} else {
		if t.Epoch != 0 {
			t.Undo.Save(classUndo{o, old})
		}
		t.SaveInstance(o)
	}
	s := cls.Root
	for _, n := range o.ShapeOf().Names() {
		s = s.With(n)
	}
	o.Type = cls
	o.setShape(s)
	return nil
}

// classUndo restores an instance's class.
type classUndo struct {
	o   *Instance
	old *Type
}

func (u classUndo) Undo() { u.o.Type = u.old }

// dirObject is object.__dir__: the names of the instance, its class and the class's bases.
func dirObject(t *Thread, v Value) (Value, error) {
	seen := map[string]bool{}
	if o, ok := instanceWithDict(v); ok {
		names, err := o.Names(t)
		if err != nil {
			return Unset, err
		}
		for _, n := range names {
			seen[n.S] = true
		}
	} else if v.Kind() != KindType {
		if d, ok, err := LookupAttr(t, v, t.Interp.names.Dict); err == nil && ok {
			if err := Iterate(t, d, func(k Value) error {
				if s, ok := AsStr(k); ok {
					seen[s.S] = true
				}
				return nil
			}); err != nil {
				return Unset, err
			}
		}
	}
	if v.Kind() != KindModule {
		if err := classNames(t, TypeOf(t, v), seen); err != nil {
			return Unset, err
		}
	}
	return sortedNames(t, seen), nil
}

func classNames(t *Thread, x *Type, seen map[string]bool) error {
	for _, c := range x.MRO {
		for _, s := range c.OwnSlots() {
			w, err := t.LoadSlot(s)
			if err != nil {
				return err
			}
			if !w.IsUnset() {
				seen[s.Name] = true
			}
		}
	}
	return nil
}

func sortedNames(t *Thread, seen map[string]bool) Value {
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	sort.Strings(names)
	out := make([]Value, len(names))
	for i, n := range names {
		out[i] = NewStr(n)
	}
	return t.NewList(out)
}

func instanceWithDict(v Value) (*Instance, bool) {
	if v.Kind() != KindInstance {
		return nil, false
	}
	o := (*Instance)(v.Ref)
	return o, o.Type.Flags&TypeNoDict == 0
}

// getState is object.__getstate__: the attributes as a new dict, or None; with slots a pair of both.
func getState(t *Thread, v Value) (Value, error) {
	o, ok := instanceWithDict(v)
	state := None
	if ok {
		names, err := o.Names(t)
		if err != nil {
			return Unset, err
		}
		if len(names) > 0 {
			d := t.NewDict()
			for _, n := range names {
				x, err := o.Get(t, n)
				if err != nil {
					return Unset, err
				}
				if err := d.SetStr(t, n, x); err != nil {
					return Unset, err
				}
			}
			state = d.Value()
		}
	}
	if v.Kind() != KindInstance {
		return state, nil
	}
	slots := t.NewDict()
	n := 0
	for _, c := range TypeOf(t, v).MRO {
		for _, s := range c.OwnSlots() {
			if s.V.Kind() != KindGetset || (*Getset)(s.V.Ref).Member < 0 {
				continue
			}
			inst := (*Instance)(v.Ref)
			x, err := t.Load(&inst.Mut, inst.Cell((*Getset)(s.V.Ref).Member))
			if err != nil {
				return Unset, err
			}
			if !x.IsUnset() {
				if err := slots.SetStr(t, t.Intern(s.Name), x); err != nil {
					return Unset, err
				}
				n++
			}
		}
	}
	if n == 0 {
		return state, nil
	}
	return t.NewTuple(state, slots.Value()), nil
}

// initConstants gives None, NotImplemented and Ellipsis their classes' operations.
func (in *Interp) initConstants() {
	ts := &in.Types
	for _, c := range []struct {
		typ  *Type
		text string
		v    Value
	}{{ts.NoneType, "None", None}, {ts.NotImplementedType, "NotImplemented", NotImplemented}, {ts.EllipsisType, "Ellipsis", Ellipsis}} {
		o := c.typ.Ops
		o.Repr = func(*Thread, Value) (string, error) { return c.text, nil }
		o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
			if len(args) > 0 || kw != nil {
				return Unset, TypeErrorf(t, "%s takes no arguments", cls.Name)
			}
			return c.v, nil
		}
		o.Hash = func(t *Thread, v Value) (int64, error) { return 0x7f0000 + int64(v.Kind())<<4, nil }
	}
	ts.NoneType.Ops.Bool = func(*Thread, Value) (bool, error) { return false, nil }
	ts.NotImplementedType.Ops.Bool = func(t *Thread, _ Value) (bool, error) {
		return true, nil // deprecated, and still true in 3.13
	}
}
