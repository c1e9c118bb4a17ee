package object

// This file has the classes of functions in Go and of bound methods, generic aliases (list[int]) and unions (int | str).

func (in *Interp) initCallables() {
	ts := &in.Types
	in.initBuiltinClass(ts.Builtin)
	in.initBuiltinClass(ts.MethodDescriptor)
	in.initBuiltinClass(ts.WrapperDescriptor)
	in.initBuiltinClass(ts.MethodWrapper)
	in.initMethodClass()
	in.initGetsets()
	in.initAliases()
	in.initProxy()
	m := ts.Module.Ops
	m.Repr = func(t *Thread, v Value) (string, error) {
		x := (*Module)(v.Ref)
		if f, ok, err := x.NS.Get(t, t.Interp.names.File); err != nil {
			return "", err
		} else if s, isStr := AsStr(f); ok && isStr {
			return "<module " + reprStr(x.Name) + " from " + reprStr(s.S) + ">", nil
		}
		return "<module " + reprStr(x.Name) + " (built-in)>", nil
	}
	m.GetAttr = func(t *Thread, v Value, name *Str) (Value, bool, error) {
		ns := (*Module)(v.Ref).NS
		x, ok, err := ns.Get(t, name)
		if ok || err != nil {
			return x, ok, err
		}
		if hook, found, err := ns.Get(t, t.Interp.names.Getattr); found && err == nil && name.S != "__getattr__" {
			x, err := t.VM.Call(t, hook, []Value{name.Value()}, nil)
			return x, err == nil, err
		}
		return Unset, false, nil
	}
	m.SetAttr = func(t *Thread, v Value, name *Str, x Value) error {
		ns := (*Module)(v.Ref).NS
		if !x.IsUnset() {
			return ns.Set(t, t.Intern(name.S), x)
		}
		ok, err := ns.Delete(t, name)
		if err == nil && !ok {
			err = NoAttribute(t, v, name)
		}
		return err
	}
	ts.Module.Attr(in, "__dict__", func(t *Thread, v Value) (Value, error) { return (*Module)(v.Ref).NS.Value(), nil }, nil)
	ts.Cell.Attr(in, "cell_contents", func(t *Thread, v Value) (Value, error) {
		c := (*Cell)(v.Ref)
		x, err := t.Load(&c.Mut, &c.V)
		if err == nil && x.IsUnset() {
			err = ValueErrorf(t, "Cell is empty")
		}
		return x, err
	}, func(t *Thread, v, x Value) error {
		c := (*Cell)(v.Ref)
		return t.Store(&c.Mut, &c.V, x)
	})
}

func (in *Interp) initBuiltinClass(x *Type) {
	o := x.Ops
	o.Call = func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error) {
		b := (*Builtin)(v.Ref)
		if !b.Self.IsUnset() {
			args = append([]Value{b.Self}, args...)
		}
		return b.Fn(t, args, kw)
	}
	o.Repr = func(t *Thread, v Value) (string, error) {
		b := (*Builtin)(v.Ref)
		switch {
		case b.Type == t.Interp.Types.MethodWrapper:
			return "<method-wrapper '" + b.Name + "' of " + TypeName(t, b.Self) + " object at " + addressOf(b.Self) + ">", nil
		case !b.Self.IsUnset() && b.Self.Kind() == KindModule:
			return "<built-in function " + b.Name + ">", nil
		case !b.Self.IsUnset():
			return "<built-in method " + b.Name + " of " + TypeName(t, b.Self) + " object at " + addressOf(b.Self) + ">", nil
		case b.Type == t.Interp.Types.WrapperDescriptor:
			return "<slot wrapper '" + b.Name + "' of '" + b.Owner.Name + "' objects>", nil
		case b.Method && b.Owner != nil:
			return "<method '" + b.Name + "' of '" + b.Owner.Name + "' objects>", nil
		}
		return "<built-in function " + b.Name + ">", nil
	}
	o.Hash = identityHash
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if a.Kind() != KindBuiltin || b.Kind() != KindBuiltin || op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		p, q := (*Builtin)(a.Ref), (*Builtin)(b.Ref)
		eq := p == q || !p.Self.IsUnset() && p.Self == q.Self && p.Name == q.Name && p.Owner == q.Owner
		return Bool(eq == (op == CmpEq)), nil
	}
	if x != in.Types.Builtin {
		o.DescrGet = func(t *Thread, d, self Value, typ *Type) (Value, error) {
			if self.IsUnset() {
				return d, nil
			}
			return NewMethod(t, d, self), nil
		}
	}
	b := func(v Value) *Builtin { return (*Builtin)(v.Ref) }
	x.Attr(in, "__name__", func(t *Thread, v Value) (Value, error) { return NewStr(b(v).Name), nil }, nil)
	x.Attr(in, "__qualname__", func(t *Thread, v Value) (Value, error) {
		if o := b(v).Owner; o != nil {
			return NewStr(o.Name + "." + b(v).Name), nil
		}
		return NewStr(b(v).Name), nil
	}, nil)
	x.Attr(in, "__doc__", func(t *Thread, v Value) (Value, error) {
		if b(v).Doc == "" {
			return None, nil
		}
		return NewStr(b(v).Doc), nil
	}, nil)
	x.Attr(in, "__self__", func(t *Thread, v Value) (Value, error) {
		if s := b(v).Self; !s.IsUnset() {
			return s, nil
		}
		if b(v).Method {
			return Unset, NoAttribute(t, v, t.Intern("__self__"))
		}
		if m := t.Interp.Builtins; m != nil && (b(v).Module == "" || b(v).Module == "builtins") {
			return m.Value(), nil
		}
		return None, nil
	}, nil)
	x.Attr(in, "__module__", func(t *Thread, v Value) (Value, error) {
		if b(v).Owner != nil {
			return None, nil
		}
		if m := b(v).Module; m != "" {
			return NewStr(m), nil
		}
		return NewStr("builtins"), nil
	}, nil)
	x.Attr(in, "__objclass__", func(t *Thread, v Value) (Value, error) {
		if o := b(v).Owner; o != nil {
			return o.Value(), nil
		}
		return Unset, NoAttribute(t, v, t.Intern("__objclass__"))
	}, nil)
	x.Attr(in, "__text_signature__", func(t *Thread, v Value) (Value, error) { return None, nil }, nil)
}

func (in *Interp) initMethodClass() {
	x := in.Types.Method
	o := x.Ops
	m := func(v Value) *Method { return (*Method)(v.Ref) }
	o.Call = func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error) {
		return t.VM.Call(t, m(v).Fn, append([]Value{m(v).Self}, args...), kw)
	}
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if len(args) != 2 {
			return Unset, CountError(t, "method", 2, 2, len(args))
		}
		if !Callable(t, args[0]) {
			return Unset, TypeErrorf(t, "first argument must be callable")
		}
		if args[1].IsNone() {
			return Unset, TypeErrorf(t, "instance must not be None")
		}
		return valueOf(&Method{Header{Meta: uint64(KindMethod)}, args[0], args[1]}), nil
	}
	o.Repr = func(t *Thread, v Value) (string, error) {
		name := "?"
		if q, ok, err := LookupAttr(t, m(v).Fn, t.Interp.names.Qualname); err == nil && ok {
			if s, ok := AsStr(q); ok {
				name = s.S
			}
		}
		r, err := Repr(t, m(v).Self)
		return "<bound method " + name + " of " + r + ">", err
	}
	o.Hash = func(t *Thread, v Value) (int64, error) {
		h, err := Hash(t, m(v).Fn)
		return h ^ int64(hash64(IDOf(m(v).Self))>>2), err
	}
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if a.Kind() != KindMethod || b.Kind() != KindMethod || op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		eq := m(a).Self == m(b).Self
		if eq {
			var err error
			if eq, err = Equal(t, m(a).Fn, m(b).Fn); err != nil {
				return Unset, err
			}
		}
		return Bool(eq == (op == CmpEq)), nil
	}
	o.GetAttr = func(t *Thread, v Value, name *Str) (Value, bool, error) { return LookupAttr(t, m(v).Fn, name) }
	x.Attr(in, "__func__", func(t *Thread, v Value) (Value, error) { return m(v).Fn, nil }, nil)
	x.Attr(in, "__self__", func(t *Thread, v Value) (Value, error) { return m(v).Self, nil }, nil)
	x.Attr(in, "__doc__", func(t *Thread, v Value) (Value, error) { return GetAttr(t, m(v).Fn, t.Interp.names.Doc) }, nil)
}

func (in *Interp) initGetsets() {
	for _, x := range []*Type{in.Types.GetsetDescriptor, in.Types.MemberDescriptor} {
		kind := "attribute"
		if x == in.Types.MemberDescriptor {
			kind = "member"
		}
		g := func(v Value) *Getset { return (*Getset)(v.Ref) }
		x.Ops.Repr = func(t *Thread, v Value) (string, error) {
			return "<" + kind + " '" + g(v).Name + "' of '" + g(v).Owner.Name + "' objects>", nil
		}
		x.Ops.Hash = identityHash
		x.Ops.DescrGet = func(t *Thread, d, self Value, typ *Type) (Value, error) {
			if self.IsUnset() || self.IsNone() {
				return d, nil
			}
			a := Attr{Index: -1}
			if err := bindInstance(t, d, self, TypeOf(t, self), &a); err != nil {
				return Unset, err
			}
			v, ok, err := a.finish(t, self)
			if err == nil && !ok {
				err = NoAttribute(t, self, t.Intern(g(d).Name))
			}
			return v, err
		}
		x.Ops.DescrSet = func(t *Thread, d, self, v Value) error { return g(d).set(t, self, v) }
		x.Attr(in, "__name__", func(t *Thread, v Value) (Value, error) { return NewStr(g(v).Name), nil }, nil)
		x.Attr(in, "__qualname__", func(t *Thread, v Value) (Value, error) { return NewStr(g(v).Owner.Name + "." + g(v).Name), nil }, nil)
		x.Attr(in, "__objclass__", func(t *Thread, v Value) (Value, error) { return g(v).Owner.Value(), nil }, nil)
		x.Attr(in, "__doc__", func(t *Thread, v Value) (Value, error) { return None, nil }, nil)
	}
}

// Alias is a generic alias: list[int].
type Alias struct {
	Mut
	Origin Value
	Args   Value // tuple
}

func newGenericAlias(t *Thread, cls *Type, key Value) Value {
	args := key
	if key.Kind() != KindTuple {
		args = t.NewTuple(key)
	}
	return valueOf(&Alias{t.NewMut(KindNative, t.Interp.Types.GenericAlias), cls.Value(), args})
}

// NewAlias is origin[args].
func NewAlias(t *Thread, origin *Type, key Value) Value { return newGenericAlias(t, origin, key) }

func isGenericAlias(t *Thread, v Value) bool { return TypeOf(t, v) == t.Interp.Types.GenericAlias }

// Union is a union of types: int | str.
type Union struct {
	Mut
	Members []Value // classes, None for None
}

func unionMembers(v Value) ([]Value, bool) {
	if v.Kind() != KindNative {
		return nil, false
	}
	if h := v.Header(); h.Type == nil || h.Type.Name != "UnionType" {
		return nil, false
	}
	return (*Union)(v.Ref).Members, true
}

func typeUnion(t *Thread, a, b Value) (Value, error) {
	var members []Value
	add := func(v Value) {
		for _, m := range members {
			if m == v {
				return
			}
		}
		members = append(members, v)
	}
	for _, v := range [...]Value{a, b} {
		if ms, ok := unionMembers(v); ok {
			for _, m := range ms {
				add(m)
			}
			continue
		}
		if _, ok := AsType(v); ok || v.IsNone() || isGenericAlias(t, v) {
			add(v)
			continue
		}
		return NotImplemented, nil
	}
	if len(members) == 1 {
		return members[0], nil
	}
	return valueOf(&Union{t.NewMut(KindNative, t.Interp.Types.Union), members}), nil
}

// typeText is a class as aliases and unions show it.
func typeText(t *Thread, v Value) (string, error) {
	if c, ok := AsType(v); ok {
		return c.FullName(), nil
	}
	switch {
	case v.IsNone():
		return "None", nil
	case v == Ellipsis:
		return "...", nil
	}
	return Repr(t, v)
}

func (in *Interp) initAliases() {
	x := in.Types.GenericAlias
	al := func(v Value) *Alias { return (*Alias)(v.Ref) }
	x.Ops.Repr = func(t *Thread, v Value) (string, error) {
		s, err := typeText(t, al(v).Origin)
		if err != nil {
			return "", err
		}
		s += "["
		items := (*Tuple)(al(v).Args.Ref).Items
		for i, a := range items {
			if i > 0 {
				s += ", "
			}
			r, err := typeText(t, a)
			if err != nil {
				return "", err
			}
			s += r
		}
		if len(items) == 0 {
			s += "()"
		}
		return s + "]", nil
	}
	x.Ops.Call = func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error) {
		return t.VM.Call(t, al(v).Origin, args, kw)
	}
	x.Ops.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if !isGenericAlias(t, a) || !isGenericAlias(t, b) || op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		eq := al(a).Origin == al(b).Origin
		if eq {
			var err error
			if eq, err = Equal(t, al(a).Args, al(b).Args); err != nil {
				return Unset, err
			}
		}
		return Bool(eq == (op == CmpEq)), nil
	}
	x.Ops.Hash = func(t *Thread, v Value) (int64, error) {
		h, err := Hash(t, al(v).Args)
		return h ^ int64((*Type)(al(v).Origin.Ref).ID), err
	}
	x.Ops.Binary[OpOr] = typeUnion
	x.Ops.GetItem = func(t *Thread, v, key Value) (Value, error) {
		return newGenericAlias(t, (*Type)(al(v).Origin.Ref), key), nil
	}
	x.Ops.GetAttr = func(t *Thread, v Value, name *Str) (Value, bool, error) {
		switch name.S {
		case "__class__", "__origin__", "__args__", "__parameters__":
			return Unset, false, nil
		}
		return LookupAttr(t, al(v).Origin, name)
	}
	x.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if len(args) != 2 {
			return Unset, CountError(t, "GenericAlias", 2, 2, len(args))
		}
		c, ok := AsType(args[0])
		if !ok {
			return Unset, TypeErrorf(t, "GenericAlias: origin must be a class in gilt")
		}
		return newGenericAlias(t, c, args[1]), nil
	}
	x.Ops.Publish = func(t *Thread, v Value, add func(Value)) {
		add(al(v).Origin)
		add(al(v).Args)
	}
	x.Attr(in, "__origin__", func(t *Thread, v Value) (Value, error) { return al(v).Origin, nil }, nil)
	x.Attr(in, "__args__", func(t *Thread, v Value) (Value, error) { return al(v).Args, nil }, nil)
	x.Attr(in, "__parameters__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(), nil }, nil)
	x.Methods(in, M1("__mro_entries__", func(t *Thread, v, bases Value) (Value, error) { return t.NewTuple(al(v).Origin), nil }))
	u := in.Types.Union
	u.Ops.Repr = func(t *Thread, v Value) (string, error) {
		s := ""
		for i, m := range (*Union)(v.Ref).Members {
			if i > 0 {
				s += " | "
			}
			r, err := typeText(t, m)
			if err != nil {
				return "", err
			}
			s += r
		}
		return s, nil
	}
	u.Ops.Binary[OpOr] = typeUnion
	u.Ops.Publish = func(t *Thread, v Value, add func(Value)) {
		for _, m := range (*Union)(v.Ref).Members {
			add(m)
		}
	}
	u.Attr(in, "__args__", func(t *Thread, v Value) (Value, error) { return t.NewTuple((*Union)(v.Ref).Members...), nil }, nil)
	in.Types.NoneType.Ops.Binary[OpOr] = func(t *Thread, a, b Value) (Value, error) {
		if a.IsNone() && b.IsNone() {
			return NotImplemented, nil
		}
		return typeUnion(t, a, b)
	}
}
