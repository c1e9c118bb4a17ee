package object

// This file has the class type: the attributes and methods that classes themselves have.

func (in *Interp) initTypeClass() {
	x := in.Types.Type
	o := x.Ops
	*o = Ops{}
	o.Hash = identityHash
	o.Repr = func(t *Thread, v Value) (string, error) {
		return "<class '" + (*Type)(v.Ref).FullName() + "'>", nil
	}
	o.Call = func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error) {
		return typeCall(t, (*Type)(v.Ref), args, kw)
	}
	in.callTypeWrapper(x)
	o.New = typeNew
	o.Init = func(t *Thread, self Value, args []Value, kw *Kwargs) error {
		if len(args) != 1 && len(args) != 3 {
			return TypeErrorf(t, "type.__init__() takes 1 or 3 arguments")
		}
		return nil
	}
	o.Binary[OpOr] = typeUnion
	cls := func(v Value) *Type { return (*Type)(v.Ref) }
	in.typeAttrs(x, cls)
	in.addMethod(x, "__setattr__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) != 3 {
			return Unset, TypeErrorf(t, "expected 2 arguments, got %d", max(0, len(args)-1))
		}
		s, ok := AsStr(args[1])
		if !ok {
			return Unset, TypeErrorf(t, "attribute name must be string, not '%s'", TypeName(t, args[1]))
		}
		return None, genericSet(t, args[0], TypeOf(t, args[0]), t.Intern(s.S), args[2])
	})
	x.Methods(in,
		M0("mro", func(t *Thread, v Value) (Value, error) { return t.NewList(typeValues(cls(v).MRO)), nil }),
		M0("__subclasses__", func(t *Thread, v Value) (Value, error) {
			return t.NewList(typeValues(cls(v).Subclasses(t.Interp))), nil
		}),
		M1("__instancecheck__", func(t *Thread, c, v Value) (Value, error) {
			ok, err := isInstanceOf(t, v, TypeOf(t, v), cls(c))
			return Bool(ok), err
		}),
		M1("__subclasscheck__", func(t *Thread, c, s Value) (Value, error) {
			sub, ok := AsType(s)
			if !ok {
				return Unset, TypeErrorf(t, "issubclass() arg 1 must be a class")
			}
			return Bool(sub.IsSubtype(cls(c))), nil
		}),
		M0("__dir__", func(t *Thread, v Value) (Value, error) {
			seen := map[string]bool{}
			err := classNames(t, cls(v), seen)
			return sortedNames(t, seen), err
		}),
		MC("__prepare__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) { return t.NewDict().Value(), nil }),
	)
}

// callTypeWrapper adds type.__call__; self is the class itself, never unwrapped.
func (in *Interp) callTypeWrapper(x *Type) {
	in.addMethod(x, "__call__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) == 0 {
			return Unset, TypeErrorf(t, "descriptor '__call__' of 'type' object needs an argument")
		}
		c, ok := AsType(args[0])
		if !ok {
			return Unset, TypeErrorf(t, "descriptor '__call__' requires a 'type' object but received a '%s'", TypeName(t, args[0]))
		}
		return typeCall(t, c, args[1:], kw)
	})
}

// typeNew is type(x) and type(name, bases, namespace, **keywords).
func typeNew(t *Thread, meta *Type, args []Value, kw *Kwargs) (Value, error) {
	if meta == t.Interp.Types.Type && len(args) == 1 && (kw == nil || len(kw.Names) == 0) {
		return TypeOf(t, args[0]).Value(), nil
	}
	if len(args) != 3 {
		if meta == t.Interp.Types.Type {
			return Unset, TypeErrorf(t, "type() takes 1 or 3 arguments")
		}
		return Unset, TypeErrorf(t, "type.__new__() takes exactly 3 arguments (%d given)", len(args))
	}
	name, ok := AsStr(args[0])
	if !ok {
		return Unset, TypeErrorf(t, "type.__new__() argument 1 must be str, not %s", TypeName(t, args[0]))
	}
	bases, ok := AsTuple(args[1])
	if !ok {
		return Unset, TypeErrorf(t, "type.__new__() argument 2 must be tuple, not %s", TypeName(t, args[1]))
	}
	if _, ok := AsDict(args[2]); !ok {
		return Unset, TypeErrorf(t, "type.__new__() argument 3 must be dict, not %s", TypeName(t, args[2]))
	}
	c, err := NewClass(t, meta, name.S, bases.Items, args[2], kw)
	if err != nil {
		return Unset, err
	}
	if c.OwnSlot("__module__").V == c.Module {
		if err := c.defaultModule(t); err != nil {
			return Unset, err
		}
	}
	return c.Value(), nil
}

// defaultModule gives a class made by calling type() the name of the module that runs.
func (x *Type) defaultModule(t *Thread) error {
	if m, ok := AsStr(x.Module); !ok || m.S != "builtins" {
		return nil
	}
	m, ok := t.VM.(interface{ ModuleName(*Thread) string })
	if !ok {
		return nil
	}
	name := m.ModuleName(t)
	if name == "" {
		return nil
	}
	x.Module = NewStr(name)
	x.OwnSlot("__module__").V = x.Module
	return nil
}

func typeValues(ts []*Type) []Value {
	out := make([]Value, len(ts))
	for i, c := range ts {
		out[i] = c.Value()
	}
	return out
}

func (in *Interp) typeAttrs(x *Type, cls func(Value) *Type) {
	user := func(t *Thread, v Value, name string) error {
		if cls(v).Flags&TypeUser == 0 {
			return TypeErrorf(t, "cannot set '%s' attribute of immutable type '%s'", name, cls(v).FullName())
		}
		return nil
	}
	text := func(name string, at func(*Type) *string) {
		x.Attr(in, name, func(t *Thread, v Value) (Value, error) { return NewStr(*at(cls(v))), nil }, func(t *Thread, v, s Value) error {
			if err := user(t, v, name); err != nil {
				return err
			}
			if s.IsUnset() {
				return TypeErrorf(t, "cannot delete '%s' attribute of type '%s'", name, cls(v).Name)
			}
			str, ok := AsStr(s)
			if !ok {
				return TypeErrorf(t, "can only assign string to %s.%s, not '%s'", cls(v).Name, name, TypeName(t, s))
			}
			if err := t.VM.Irrevocable(t); err != nil { // names are no transactional state
				return err
			}
			*at(cls(v)) = str.S
			return nil
		})
	}
	text("__name__", func(c *Type) *string { return &c.Name })
	text("__qualname__", func(c *Type) *string { return &c.Qualname })
	own := func(name string, def func(*Type) Value) {
		x.Attr(in, name, func(t *Thread, v Value) (Value, error) {
			if s := cls(v).OwnSlot(name); s != nil {
				y, err := t.LoadSlot(s)
				if err != nil || !y.IsUnset() && y.Kind() != KindGetset {
					return y, err
				}
			}
			y := def(cls(v))
			if y.IsUnset() {
				return Unset, NoAttribute(t, v, t.Intern(name))
			}
			return y, nil
		}, func(t *Thread, v, s Value) error {
			if err := user(t, v, name); err != nil {
				return err
			}
			if name == "__module__" && !s.IsUnset() {
				if err := t.VM.Irrevocable(t); err != nil { // what repr shows is no transactional state
					return err
				}
				cls(v).Module = s
			}
			return cls(v).SetAttr(t, name, s)
		})
	}
	own("__module__", func(c *Type) Value { return c.Module })
	own("__doc__", func(*Type) Value { return None })
	own("__abstractmethods__", func(*Type) Value { return Unset })
	x.attrs.Load().index["__abstractmethods__"].V = abstractAttr(in, x, cls)
	x.Attr(in, "__bases__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(typeValues(cls(v).Bases)...), nil },
		func(t *Thread, v, s Value) error {
			return NotImplementedErrorf(t, "gilt: a class's __bases__ cannot be changed after its creation")
		})
	x.Attr(in, "__base__", func(t *Thread, v Value) (Value, error) {
		c := cls(v)
		if len(c.Bases) == 0 {
			return None, nil
		}
		for _, b := range c.Bases {
			if b.solid == c.solid || c.solid == c {
				return b.Value(), nil
			}
		}
		return c.Bases[0].Value(), nil
	}, nil)
	x.Attr(in, "__mro__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(typeValues(cls(v).MRO)...), nil }, nil)
	x.Attr(in, "__dict__", func(t *Thread, v Value) (Value, error) { return t.NewTypeNamespace(cls(v)), nil }, nil)
	x.Attr(in, "__flags__", func(t *Thread, v Value) (Value, error) { return Int(int64(cls(v).Flags)), nil }, nil)
	x.Attr(in, "__basicsize__", func(t *Thread, v Value) (Value, error) { return Int(int64(16 + 16*cls(v).Root.N)), nil }, nil)
	x.Attr(in, "__itemsize__", func(t *Thread, v Value) (Value, error) { return Int(0), nil }, nil)
	x.Attr(in, "__dictoffset__", func(t *Thread, v Value) (Value, error) { return Int(0), nil }, nil)
	x.Attr(in, "__weakrefoffset__", func(t *Thread, v Value) (Value, error) { return Int(0), nil }, nil)
	x.Attr(in, "__annotations__", func(t *Thread, v Value) (Value, error) {
		c := cls(v)
		if s := c.OwnSlot("__annotations__"); s != nil {
			y, err := t.LoadSlot(s)
			if err != nil || !y.IsUnset() {
				return y, err
			}
		}
		if c.Flags&TypeUser == 0 {
			return Unset, NoAttribute(t, v, t.Interp.names.Annotations)
		}
		d := t.NewDict().Value()
		return d, c.SetAttr(t, "__annotations__", d)
	}, func(t *Thread, v, s Value) error {
		if err := user(t, v, "__annotations__"); err != nil {
			return err
		}
		return cls(v).SetAttr(t, "__annotations__", s)
	})
	x.Attr(in, "__type_params__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(), nil }, nil)
	x.Attr(in, "__text_signature__", func(t *Thread, v Value) (Value, error) { return None, nil }, nil)
}

// abstractAttr is __abstractmethods__: setting it decides whether the class can be instantiated.
func abstractAttr(in *Interp, x *Type, cls func(Value) *Type) Value {
	const name = "__abstractmethods__"
	g := &Getset{Header: Header{Meta: uint64(KindGetset)}, Name: name, Owner: x, Member: -1}
	g.Get = func(t *Thread, v Value) (Value, error) {
		if s := cls(v).OwnSlot(name); s != nil {
			y, err := t.LoadSlot(s)
			if err != nil || !y.IsUnset() && y.Kind() != KindGetset {
				return y, err
			}
		}
		return Unset, NoAttribute(t, v, t.Interp.names.AbstractMethods)
	}
	g.Set = func(t *Thread, v, s Value) error {
		c := cls(v)
		if c.Flags&TypeUser == 0 {
			return TypeErrorf(t, "cannot set '%s' attribute of immutable type '%s'", name, c.FullName())
		}
		if err := c.SetAttr(t, name, s); err != nil {
			return err
		}
		some := false
		if !s.IsUnset() {
			var err error
			if some, err = Truth(t, s); err != nil {
				return err
			}
		}
		if some {
			c.Flags |= TypeAbstract
		} else {
			c.Flags &^= TypeAbstract
		}
		return t.BumpDef()
	}
	return valueOf(g)
}
