package vm

import (
	"unsafe"

	"gilt/vm/object"
)

// The classes whose values are this package's: functions, generators.

func functionOf(v object.Value) *Function { return (*Function)(v.Ref) }

func (vm *VM) initTypes() {
	in := vm.Interp
	vm.initFunctionType(in.Types.Function)
	vm.initGeneratorType(in.Types.Generator)
	vm.initCodeType(in.Types.Code)
	vm.markQuick()
	in.Types.Function.Ops.Publish = func(_ *object.Thread, v object.Value, add func(object.Value)) {
		f := functionOf(v)
		for _, x := range [...]object.Value{f.Defaults, f.KwDefaults, f.Annot, f.Attrs, f.Doc} {
			add(x)
		}
		for _, c := range f.Closure {
			add(c.Value())
		}
		add(f.Globals.Value())
	}
	in.Types.Generator.Ops.Publish = func(_ *object.Thread, v object.Value, add func(object.Value)) {
		g := (*Generator)(v.Ref)
		add(object.FromPointer(unsafe.Pointer(g.Fn)))
		for _, x := range g.regs {
			visitRegister(x, add)
		}
		for _, x := range g.handled {
			add(x)
		}
	}
}

// visitRegister visits what a register refers to; for-loops' iteration states are no Python objects.
func visitRegister(v object.Value, visit func(object.Value)) {
	switch v.Ref {
	case nil, iterRangeRef, iterListRef, iterTupleRef, iterStrRef, iterDictRef, iterDoneRef:
		return
	}
	visit(v)
}

// cellAttr defines an attribute that is a cell of the function.
func cellAttr(in *object.Interp, typ *object.Type, name string, cell func(f *Function) *object.Value, check func(t *object.Thread, v object.Value) error) {
	typ.Attr(in, name, func(t *object.Thread, self object.Value) (object.Value, error) {
		f := functionOf(self)
		return t.Load(&f.Mut, cell(f))
	}, func(t *object.Thread, self, v object.Value) error {
		if v.IsUnset() {
			v = object.None
		}
		if check != nil {
			if err := check(t, v); err != nil {
				return err
			}
		}
		f := functionOf(self)
		return t.Store(&f.Mut, cell(f), v)
	})
}

func mustBeStr(what string) func(t *object.Thread, v object.Value) error {
	return func(t *object.Thread, v object.Value) error {
		if _, ok := object.AsStr(v); !ok {
			return object.TypeErrorf(t, "%s must be set to a string object", what)
		}
		return nil
	}
}

func (vm *VM) initFunctionType(typ *object.Type) {
	in := vm.Interp
	cellAttr(in, typ, "__name__", func(f *Function) *object.Value { return &f.Name }, mustBeStr("__name__"))
	cellAttr(in, typ, "__qualname__", func(f *Function) *object.Value { return &f.Qualname }, mustBeStr("__qualname__"))
	cellAttr(in, typ, "__doc__", func(f *Function) *object.Value { return &f.Doc }, nil)
	cellAttr(in, typ, "__module__", func(f *Function) *object.Value { return &f.Module }, nil)
	cellAttr(in, typ, "__defaults__", func(f *Function) *object.Value { return &f.Defaults }, func(t *object.Thread, v object.Value) error {
		if _, ok := object.AsTuple(v); !ok && !v.IsNone() {
			return object.TypeErrorf(t, "__defaults__ must be set to a tuple object")
		}
		return nil
	})
	cellAttr(in, typ, "__kwdefaults__", func(f *Function) *object.Value { return &f.KwDefaults }, func(t *object.Thread, v object.Value) error {
		if _, ok := object.AsDict(v); !ok && !v.IsNone() {
			return object.TypeErrorf(t, "__kwdefaults__ must be set to a dict object")
		}
		return nil
	})
	typ.Attr(in, "__annotations__", func(t *object.Thread, self object.Value) (object.Value, error) {
		return lazyDict(t, functionOf(self), &functionOf(self).Annot)
	}, func(t *object.Thread, self, v object.Value) error {
		return t.Store(&functionOf(self).Mut, &functionOf(self).Annot, v)
	})
	typ.Attr(in, "__dict__", func(t *object.Thread, self object.Value) (object.Value, error) {
		return lazyDict(t, functionOf(self), &functionOf(self).Attrs)
	}, nil)
	typ.Attr(in, "__globals__", func(t *object.Thread, self object.Value) (object.Value, error) {
		return functionOf(self).Globals.Value(), nil
	}, nil)
	typ.Attr(in, "__closure__", func(t *object.Thread, self object.Value) (object.Value, error) {
		f := functionOf(self)
		if len(f.Closure) == 0 {
			return object.None, nil
		}
		cells := make([]object.Value, len(f.Closure))
		for i, c := range f.Closure {
			cells[i] = c.Value()
		}
		return t.NewTuple(cells...), nil
	}, nil)
	typ.Attr(in, "__code__", func(t *object.Thread, self object.Value) (object.Value, error) {
		return object.FromPointer(unsafe.Pointer(functionOf(self).Code)), nil
	}, nil)
	typ.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		return "<function " + text(functionOf(v).Qualname) + " at " + object.AddressOf(v) + ">", nil
	}
	typ.Methods(in, object.MN("__get__", 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
		if args[1].IsNone() {
			return args[0], nil
		}
		return object.NewMethod(t, args[0], args[1]), nil
	}))
	typ.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		return t.VM.Call(t, v, args, kw)
	}
	typ.Ops.GetAttr = func(t *object.Thread, v object.Value, name *object.Str) (object.Value, bool, error) {
		f := functionOf(v)
		d, err := t.Load(&f.Mut, &f.Attrs)
		if err != nil || d.IsUnset() {
			return object.Unset, false, err
		}
		x, ok, err := (*object.Dict)(d.Ref).GetStr(t, name)
		return x, ok, err
	}
	typ.Ops.SetAttr = func(t *object.Thread, v object.Value, name *object.Str, x object.Value) error {
		f := functionOf(v)
		d, err := lazyDict(t, f, &f.Attrs)
		if err != nil {
			return err
		}
		if x.IsUnset() {
			_, ok, err := (*object.Dict)(d.Ref).Del(t, name.Value())
			if err == nil && !ok {
				err = object.NoAttribute(t, v, name)
			}
			return err
		}
		return (*object.Dict)(d.Ref).SetStr(t, name, x)
	}
}

// lazyDict is a dict that is made when it is asked for first.
func lazyDict(t *object.Thread, f *Function, cell *object.Value) (object.Value, error) {
	d, err := t.Load(&f.Mut, cell)
	if err != nil || !d.IsUnset() {
		return d, err
	}
	d = t.NewDict().Value()
	return d, t.Store(&f.Mut, cell, d)
}

func (vm *VM) initGeneratorType(typ *object.Type) {
	in := vm.Interp
	gen := func(v object.Value) *Generator { return (*Generator)(v.Ref) }
	step := func(t *object.Thread, self, v object.Value) (object.Value, error) {
		x, yielded, err := of(t).genStep(gen(self), v)
		if err == nil && !yielded {
			return object.Unset, object.StopIteration(t, x)
		}
		return x, err
	}
	typ.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
	typ.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
		return of(t).genStep(gen(v), object.None)
	}
	typ.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		return "<generator object " + text(gen(v).Qual) + " at " + object.AddressOf(v) + ">", nil
	}
	typ.Methods(in,
		object.M1("send", step),
		object.M0("__next__", func(t *object.Thread, self object.Value) (object.Value, error) { return step(t, self, object.None) }),
		object.M0("close", func(t *object.Thread, self object.Value) (object.Value, error) {
			return object.None, of(t).closeGen(gen(self))
		}),
		object.MN("throw", 1, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
			exc := args[1]
			if len(args) > 2 && !args[2].IsNone() {
				if _, isType := object.AsType(exc); isType && !object.IsException(args[2]) {
					made, err := object.Call(t, exc, args[2])
					if err != nil {
						return object.Unset, err
					}
					exc = made
				} else {
					exc = args[2]
				}
			}
			if _, isType := object.AsType(exc); !isType && !object.IsException(exc) {
				return object.Unset, object.TypeErrorf(t, "exceptions must be classes or instances deriving from BaseException, not %s", object.TypeName(t, exc))
			}
			r, err := object.RaiseValue(t, exc, object.Unset)
			if err != nil {
				return object.Unset, err
			}
			v, yielded, err := of(t).throw(gen(args[0]), r)
			if err == nil && !yielded {
				return object.Unset, object.StopIteration(t, v)
			}
			return v, err
		}),
	)
	special(typ, "send", object.BuiltinSend)
	special(typ, "__next__", object.BuiltinGenNext)
	name := func(attr string, cell func(g *Generator) *object.Value) {
		typ.Attr(in, attr, func(ot *object.Thread, self object.Value) (object.Value, error) {
			err := of(ot).touch(gen(self))
			return *cell(gen(self)), err
		}, func(ot *object.Thread, self, v object.Value) error {
			if _, ok := object.AsStr(v); !ok {
				return object.TypeErrorf(ot, "%s must be set to a string object", attr)
			}
			if err := of(ot).touch(gen(self)); err != nil {
				return err
			}
			*cell(gen(self)) = v
			return nil
		})
	}
	name("__name__", func(g *Generator) *object.Value { return &g.Name })
	name("__qualname__", func(g *Generator) *object.Value { return &g.Qual })
	attr := func(name string, get func(t *Thread, g *Generator) object.Value) {
		typ.Attr(in, name, func(ot *object.Thread, self object.Value) (object.Value, error) {
			t := of(ot)
			if err := t.touch(gen(self)); err != nil {
				return object.Unset, err
			}
			return get(t, gen(self)), nil
		}, nil)
	}
	attr("gi_running", func(_ *Thread, g *Generator) object.Value { return object.Bool(g.state == genRunning) })
	attr("gi_suspended", func(_ *Thread, g *Generator) object.Value { return object.Bool(g.state == genSuspended) })
	attr("gi_yieldfrom", func(_ *Thread, g *Generator) object.Value {
		if v := g.yfrom; v.Ref != nil && !v.IsUnset() && g.state != genRunning {
			return v
		}
		return object.None
	})
	attr("gi_frame", func(t *Thread, g *Generator) object.Value {
		if g.state == genDone {
			return object.None
		}
		return t.frameOf(g)
	})
	attr("gi_code", func(_ *Thread, g *Generator) object.Value { return codeValue(g.Code) })
	vm.initFrameType(in.Types.Frame)
}

// special marks a method that the loop handles itself.
func special(typ *object.Type, name string, id uint8) {
	(*object.Builtin)(typ.OwnSlot(name).V.Ref).Special = id
}
