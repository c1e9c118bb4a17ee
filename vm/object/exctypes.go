package object

// This file has the exception classes: their extra fields, __init__, __str__, and the attributes of BaseException.

func (in *Interp) initExceptions() {
	e := &in.Types.Exc
	x := e.BaseException
	o := x.Ops
	*o = Ops{}
	o.Hash = identityHash
	o.New = excNew
	o.Init = excInit
	o.Str = excStr
	o.Repr = excRepr
	o.InitIsNew = true
	in.excAttrs(x)
	x.Def(in, "__dict__", dictAttr(x))
	in.excLayouts(e)
	for _, c := range e.builtinExceptions() {
		(*c.at).Ops = o
	}
	for _, c := range e.builtinExceptions() {
		if t := *c.at; t.excLay == nil && len(t.Bases) > 0 {
			t.excLay = t.Bases[0].excLay
		}
	}
	in.ByKind[KindTraceback] = in.Types.Traceback
	in.tracebackAttrs(in.Types.Traceback)
}

// excNew is BaseException.__new__: args are the positional arguments, whatever __init__ makes of them.
func excNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if cls.IsSubtype(t.Interp.Types.OSError) {
		return newOSError(t, cls, args)
	}
	x := allocExc(t, cls, args)
	return x.Value(), nil
}

func excInit(t *Thread, self Value, args []Value, kw *Kwargs) error {
	o, st := StateOf(self)
	if st == nil {
		return TypeErrorf(t, "descriptor '__init__' requires a 'BaseException' object but received a '%s'", TypeName(t, self))
	}
	l := o.Type.excLay
	if l == nil || l.init == nil || !l.keywords {
		if kw != nil && len(kw.Names) > 0 {
			return TypeErrorf(t, "%s() takes no keyword arguments", o.Type.Name)
		}
	}
	if l == nil || !l.ownArgs {
		if err := t.Store(&o.Mut, &st.Args, t.NewTuple(args...)); err != nil {
			return err
		}
	}
	if l != nil && l.init != nil {
		return l.init(t, o, st, args, kw)
	}
	return nil
}

func excStr(t *Thread, v Value) (string, error) {
	o, st := StateOf(v)
	if l := o.Type.excLay; l != nil && l.str != nil {
		return l.str(t, o, st)
	}
	return plainExcStr(t, v)
}

func plainExcStr(t *Thread, v Value) (string, error) {
	args, err := ExcArgs(t, v)
	if err != nil {
		return "", err
	}
	switch len(args) {
	case 0:
		return "", nil
	case 1:
		if TypeOf(t, v).IsSubtype(t.Interp.Types.KeyError) {
			return Repr(t, args[0])
		}
		return ToStr(t, args[0])
	}
	return Repr(t, t.NewTuple(args...))
}

func excRepr(t *Thread, v Value) (string, error) {
	args, err := ExcArgs(t, v)
	if err != nil {
		return "", err
	}
	name := TypeOf(t, v).Name
	if len(args) == 1 {
		s, err := Repr(t, args[0])
		return name + "(" + s + ")", err
	}
	s, err := Repr(t, t.NewTuple(args...))
	return name + s, err
}

// excCell makes an attribute of a cell of the state. check may refuse or convert a value; del says whether it can be deleted.
func (in *Interp) excCell(x *Type, name string, at func(*ExcState) *Value, check func(t *Thread, v Value) (Value, error)) {
	x.Attr(in, name, func(t *Thread, v Value) (Value, error) {
		o, st := StateOf(v)
		return t.Load(&o.Mut, at(st))
	}, func(t *Thread, v, s Value) error {
		o, st := StateOf(v)
		s, err := check(t, s)
		if err != nil {
			return err
		}
		return t.Store(&o.Mut, at(st), s)
	})
}

func (in *Interp) excAttrs(x *Type) {
	in.excCell(x, "args", func(st *ExcState) *Value { return &st.Args }, func(t *Thread, v Value) (Value, error) {
		if v.IsUnset() {
			return v, TypeErrorf(t, "args may not be deleted")
		}
		items, err := ToSlice(t, v)
		return TupleOf(items), err
	})
	link := func(name, msg string, at func(*ExcState) *Value) {
		x.Attr(in, name, func(t *Thread, v Value) (Value, error) {
			o, st := StateOf(v)
			return t.Load(&o.Mut, at(st))
		}, func(t *Thread, v, s Value) error {
			if s.IsUnset() {
				return TypeErrorf(t, "%s may not be deleted", name)
			}
			if !s.IsNone() && !IsException(s) {
				return TypeErrorf(t, "%s", msg)
			}
			o, st := StateOf(v)
			if name == "__cause__" {
				if err := t.Store(&o.Mut, &st.Suppress, True); err != nil {
					return err
				}
			}
			return t.Store(&o.Mut, at(st), s)
		})
	}
	link("__cause__", "exception cause must be None or derive from BaseException", func(st *ExcState) *Value { return &st.Cause })
	link("__context__", "exception context must be None or derive from BaseException", func(st *ExcState) *Value { return &st.Context })
	in.excCell(x, "__suppress_context__", func(st *ExcState) *Value { return &st.Suppress }, func(t *Thread, v Value) (Value, error) {
		if !v.IsBool() {
			return v, TypeErrorf(t, "attribute value type must be bool")
		}
		return v, nil
	})
	tbCheck := func(t *Thread, v Value) (Value, error) {
		if v.IsUnset() {
			return v, TypeErrorf(t, "__traceback__ may not be deleted")
		}
		if !v.IsNone() && v.Kind() != KindTraceback {
			return v, TypeErrorf(t, "__traceback__ must be a traceback or None")
		}
		return v, nil
	}
	in.excCell(x, "__traceback__", func(st *ExcState) *Value { return &st.Traceback }, tbCheck)
	x.Methods(in,
		M1("with_traceback", func(t *Thread, v, tb Value) (Value, error) {
			tb, err := tbCheck(t, tb)
			if err != nil {
				return Unset, err
			}
			o, st := StateOf(v)
			return v, t.Store(&o.Mut, &st.Traceback, tb)
		}),
		M1("add_note", func(t *Thread, v, note Value) (Value, error) {
			s, ok := AsStr(note)
			if !ok {
				return Unset, TypeErrorf(t, "note must be a str, not '%s'", TypeName(t, note))
			}
			AddNote(t, v, s.S)
			return None, nil
		}),
		M1("__setstate__", func(t *Thread, v, state Value) (Value, error) {
			if d, ok := AsDict(state); ok {
				items, err := d.Items(t)
				if err != nil {
					return Unset, err
				}
				for _, it := range items {
					if s, ok := AsStr(it.Key); ok {
						if err := SetAttr(t, v, t.Intern(s.S), it.Val); err != nil {
							return Unset, err
						}
					}
				}
			}
			return None, nil
		}),
		M0("__reduce__", func(t *Thread, v Value) (Value, error) {
			args, err := ExcArgs(t, v)
			if err != nil {
				return Unset, err
			}
			state, err := getState(t, v)
			if err != nil {
				return Unset, err
			}
			if state.IsNone() {
				return t.NewTuple(TypeOf(t, v).Value(), t.NewTuple(args...)), nil
			}
			return t.NewTuple(TypeOf(t, v).Value(), t.NewTuple(args...), state), nil
		}),
	)
}

// layout declares the extra fields of an exception class.
func (in *Interp) layout(x *Type, names []string, keywords bool, init func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error, str func(t *Thread, o *Instance, st *ExcState) (string, error)) {
	x.excLay = &excLayout{names: names, init: init, str: str, keywords: keywords}
	for i, n := range names {
		in.excCell(x, n, func(st *ExcState) *Value { return &st.Fields[i] }, func(t *Thread, v Value) (Value, error) {
			if v.IsUnset() {
				return None, nil
			}
			return v, nil
		})
	}
}

func (in *Interp) excLayouts(e *Exc) {
	set := func(t *Thread, o *Instance, st *ExcState, i int, v Value) error {
		return t.Store(&o.Mut, &st.Fields[i], v)
	}
	first := func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
		v := None
		switch {
		case len(args) == 1 || len(args) > 1 && o.Type.IsSubtype(e.StopIteration):
			v = args[0]
		case len(args) > 1:
			v = t.NewTuple(args...)
		}
		return set(t, o, st, 0, v)
	}
	in.layout(e.StopIteration, []string{"value"}, false, first, nil)
	in.layout(e.SystemExit, []string{"code"}, false, first, nil)
	named := func(allowed ...string) func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
		return func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
			if kw == nil {
				return nil
			}
		next:
			for i, k := range kw.Names {
				for j, n := range allowed {
					if k == n {
						if err := set(t, o, st, j, kw.Values[i]); err != nil {
							return err
						}
						continue next
					}
				}
				return TypeErrorf(t, "%s() got an unexpected keyword argument '%s'", o.Type.Name, k)
			}
			return nil
		}
	}
	in.layout(e.AttributeError, []string{"name", "obj"}, true, named("name", "obj"), nil)
	in.layout(e.NameError, []string{"name"}, true, named("name"), nil)
	importInit := named("name", "path", "", "name_from")
	in.layout(e.ImportError, []string{"name", "path", "msg", "name_from"}, true, func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
		msg := None
		if len(args) == 1 {
			msg = args[0]
		}
		if err := set(t, o, st, 2, msg); err != nil {
			return err
		}
		return importInit(t, o, st, args, kw)
	}, func(t *Thread, o *Instance, st *ExcState) (string, error) {
		msg, err := t.Load(&o.Mut, &st.Fields[2])
		if err != nil {
			return "", err
		}
		if s, ok := AsStr(msg); ok {
			return s.S, nil
		}
		return plainExcStr(t, o.Value())
	})
	e.ModuleNotFoundError.excLay = e.ImportError.excLay
	e.UnboundLocalError.excLay = e.NameError.excLay
	in.layout(e.OSError, []string{"errno", "strerror", "filename", "filename2"}, false, nil, osErrorStr)
	e.OSError.excLay.ownArgs = true
	in.excCell(e.BlockingIOError, "characters_written", func(st *ExcState) *Value { return &st.Fields[3] }, func(t *Thread, v Value) (Value, error) { return v, nil })
	in.layout(e.SyntaxError, []string{"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"}, false, syntaxErrorInit, syntaxErrorStr)
	e.IndentationError.excLay, e.TabError.excLay = e.SyntaxError.excLay, e.SyntaxError.excLay
	unicode := []string{"encoding", "object", "start", "end", "reason"}
	in.layout(e.UnicodeDecodeError, unicode, false, unicodeErrorInit, unicodeErrorStr)
	in.layout(e.UnicodeEncodeError, unicode, false, unicodeErrorInit, unicodeErrorStr)
	in.layout(e.UnicodeTranslateError, []string{"object", "start", "end", "reason"}, false, unicodeErrorInit, unicodeErrorStr)
}
