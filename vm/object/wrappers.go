package object

// This file gives builtin classes their special methods: one wrapper for each operation of Ops, so that list.__len__ is an
// attribute like any other, subclasses inherit it, and super() finds it.

// wrap adds a special method with n arguments beside self, unless the class defines it by hand.
func (x *Type) wrap(in *Interp, name string, n int, f func(t *Thread, self Value, args []Value) (Value, error)) {
	if x.attrs.Load().index[name] != nil {
		return
	}
	b := NewBuiltin(name, func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) == 0 {
			return Unset, TypeErrorf(t, "descriptor '%s' of '%s' object needs an argument", name, x.Name)
		}
		if !TypeOf(t, args[0]).IsSubtype(x) {
			return Unset, TypeErrorf(t, "descriptor '%s' requires a '%s' object but received a '%s'", name, x.Name, TypeName(t, args[0]))
		}
		if kw != nil && len(kw.Names) > 0 {
			return Unset, TypeErrorf(t, "wrapper %s() takes no keyword arguments", name)
		}
		if len(args)-1 != n {
			s := "s"
			if n == 1 {
				s = ""
			}
			return Unset, TypeErrorf(t, "expected %d argument%s, got %d", n, s, len(args)-1)
		}
		return f(t, Native(args[0]), args[1:])
	})
	b.Owner, b.Method, b.Type = x, true, in.Types.WrapperDescriptor
	x.Def(in, name, b.Value())
}

// ready makes the wrappers, when a builtin class's operations are complete.
func (x *Type) ready(in *Interp) {
	o := x.Ops
	if x != in.Types.Object && o.Hash == nil && o.Compare == nil {
		o.Hash = identityHash
	}
	if len(x.Bases) > 0 && x.Bases[0].Ops == o {
		return // an exception class: everything is its base's
	}
	str := func(name string, f func(*Thread, Value) (string, error)) {
		if f != nil {
			x.wrap(in, name, 0, func(t *Thread, v Value, _ []Value) (Value, error) {
				s, err := f(t, v)
				if err != nil {
					return Unset, err
				}
				return NewStr(s), nil
			})
		}
	}
	val := func(name string, f func(*Thread, Value) (Value, error)) {
		if f != nil {
			x.wrap(in, name, 0, func(t *Thread, v Value, _ []Value) (Value, error) { return f(t, v) })
		}
	}
	if f := o.ReprAs; f != nil {
		x.wrap(in, "__repr__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
			s, err := o.Repr(t, v)
			return NewStr(s), err
		})
		b := (*Builtin)(x.OwnSlot("__repr__").V.Ref)
		plain := b.Fn
		b.Fn = func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) == 1 && args[0].Kind() == KindInstance && TypeOf(t, args[0]).IsSubtype(x) {
				s, err := f(t, Native(args[0]), TypeOf(t, args[0]).Name)
				return NewStr(s), err
			}
			return plain(t, args, kw)
		}
	}
	str("__repr__", o.Repr)
	str("__str__", o.Str)
	val("__iter__", o.Iter)
	val("__index__", o.Index)
	val("__int__", o.Int)
	val("__float__", o.Float)
	for op, f := range o.Unary {
		val(SpecialNames[SpNeg+SpecialID(op)], f)
	}
	if f := o.Bool; f != nil && o.Len == nil {
		x.wrap(in, "__bool__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
			b, err := f(t, v)
			return Bool(b), err
		})
	}
	if f := o.Hash; f != nil {
		x.wrap(in, "__hash__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
			h, err := f(t, v)
			return Int(h), err
		})
	} else if o.Compare != nil && x.attrs.Load().index["__hash__"] == nil {
		x.Def(in, "__hash__", None)
	}
	x.wrapCompare(in)
	x.wrapContainer(in)
	x.wrapBinary(in)
	if f := o.Format; f != nil {
		in.addMethod(x, "__format__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) != 2 {
				return Unset, TypeErrorf(t, "%s.__format__() takes exactly one argument (%d given)", x.Name, max(0, len(args)-1))
			}
			if !TypeOf(t, args[0]).IsSubtype(x) {
				return Unset, TypeErrorf(t, "descriptor '__format__' for '%s' objects doesn't apply to a '%s' object", x.Name, TypeName(t, args[0]))
			}
			spec, ok := AsStr(args[1])
			if !ok {
				return Unset, TypeErrorf(t, "__format__() argument must be str, not %s", TypeName(t, args[1]))
			}
			var s string
			var err error
			if spec.S == "" {
				s, err = ToStr(t, args[0])
			} else {
				s, err = f(t, Native(args[0]), spec.S)
			}
			return NewStr(s), err
		})
	}
	if f := o.Next; f != nil {
		x.wrap(in, "__next__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
			r, ok, err := f(t, v)
			if err == nil && !ok {
				err = StopIteration(t, None)
			}
			return r, err
		})
		if o.Iter == nil {
			o.Iter = func(t *Thread, v Value) (Value, error) { return v, nil }
			val("__iter__", o.Iter)
		}
	}
	if f := o.Call; f != nil && x.attrs.Load().index["__call__"] == nil {
		x.callWrapper(in, f)
	}
	if f := o.New; f != nil {
		x.newWrapper(in)
	}
	if o.Init != nil && x.attrs.Load().index["__init__"] == nil {
		in.addMethod(x, "__init__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) == 0 || !TypeOf(t, args[0]).IsSubtype(x) {
				return Unset, TypeErrorf(t, "descriptor '__init__' of '%s' object needs an argument", x.Name)
			}
			return None, o.Init(t, Native(args[0]), args[1:], kw)
		})
	}
	if f := o.DescrGet; f != nil {
		in.addMethod(x, "__get__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) < 2 || len(args) > 3 {
				return Unset, TypeErrorf(t, "expected at least 1 argument, got %d", max(len(args)-1, 0))
			}
			self := args[1]
			typ := TypeOf(t, self)
			if len(args) == 3 {
				if c, ok := AsType(args[2]); ok {
					typ = c
				}
			}
			if self.IsNone() {
				self = Unset
			}
			return f(t, Native(args[0]), self, typ)
		})
	}
	if f := o.DescrSet; f != nil {
		x.wrap(in, "__set__", 2, func(t *Thread, v Value, args []Value) (Value, error) { return None, f(t, v, args[0], args[1]) })
		x.wrap(in, "__delete__", 1, func(t *Thread, v Value, args []Value) (Value, error) { return None, f(t, v, args[0], Unset) })
	}
	if x.attrs.Load().index["__doc__"] == nil {
		x.Def(in, "__doc__", None)
	}
}

func (x *Type) wrapCompare(in *Interp) {
	f := x.Ops.Compare
	if f == nil {
		return
	}
	for op := CmpOp(0); op < NumCmpOps; op++ {
		x.wrap(in, cmpNames[op], 1, func(t *Thread, v Value, args []Value) (Value, error) { return f(t, op, v, args[0]) })
	}
}

func (x *Type) wrapContainer(in *Interp) {
	o := x.Ops
	if f := o.Len; f != nil {
		x.wrap(in, "__len__", 0, func(t *Thread, v Value, _ []Value) (Value, error) {
			n, err := f(t, v)
			return Int(int64(n)), err
		})
	}
	if f := o.GetItem; f != nil {
		x.wrap(in, "__getitem__", 1, func(t *Thread, v Value, args []Value) (Value, error) { return f(t, v, args[0]) })
	}
	if f := o.SetItem; f != nil {
		x.wrap(in, "__setitem__", 2, func(t *Thread, v Value, args []Value) (Value, error) { return None, f(t, v, args[0], args[1]) })
	}
	if f := o.DelItem; f != nil {
		x.wrap(in, "__delitem__", 1, func(t *Thread, v Value, args []Value) (Value, error) { return None, f(t, v, args[0]) })
	}
	if f := o.Contains; f != nil {
		x.wrap(in, "__contains__", 1, func(t *Thread, v Value, args []Value) (Value, error) {
			b, err := f(t, v, args[0])
			return Bool(b), err
		})
	}
}

func (x *Type) wrapBinary(in *Interp) {
	o := x.Ops
	for op := BinOp(0); op < NumBinOps; op++ {
		if f := o.Binary[op]; f != nil {
			x.wrap(in, SpecialNames[SpAdd+SpecialID(op)], 1, func(t *Thread, v Value, args []Value) (Value, error) { return f(t, v, args[0]) })
			if !(o.Sequence && (op == OpAdd || op == OpMod)) || x == in.Types.Str && op == OpMod {
				x.wrap(in, SpecialNames[SpRAdd+SpecialID(op)], 1, func(t *Thread, v Value, args []Value) (Value, error) { return f(t, args[0], v) })
			}
		}
		if f := o.InPlace[op]; f != nil {
			name := SpecialNames[SpIAdd+SpecialID(op)]
			in.addMethod(x, name, func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
				if len(args) != 2 {
					return Unset, TypeErrorf(t, "expected 1 argument, got %d", max(0, len(args)-1))
				}
				if !TypeOf(t, args[0]).IsSubtype(x) {
					return Unset, TypeErrorf(t, "descriptor '%s' requires a '%s' object but received a '%s'", name, x.Name, TypeName(t, args[0]))
				}
				n := Native(args[0])
				v, err := f(t, n, args[1])
				if err == nil && v == n {
					v = args[0] // the subclass's instance, not the native value in it
				}
				return v, err
			})
		}
	}
	if o.Binary[OpPow] != nil && x == in.Types.Int {
		// __pow__ takes an optional modulus.
		in.addMethod(x, "__pow__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			switch len(args) {
			case 2:
				return o.Binary[OpPow](t, Native(args[0]), args[1])
			case 3:
				return Pow(t, Native(args[0]), args[1], args[2])
			}
			return Unset, TypeErrorf(t, "expected at least 1 argument, got %d", max(0, len(args)-1))
		})
	}
}

func (x *Type) callWrapper(in *Interp, f func(*Thread, Value, []Value, *Kwargs) (Value, error)) {
	in.addMethod(x, "__call__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) == 0 {
			return Unset, TypeErrorf(t, "descriptor '__call__' of '%s' object needs an argument", x.Name)
		}
		return f(t, Native(args[0]), args[1:], kw)
	})
}

// newWrapper adds the static method __new__.
func (x *Type) newWrapper(in *Interp) {
	if x.attrs.Load().index["__new__"] != nil {
		return
	}
	b := NewBuiltin("__new__", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		if len(args) == 0 {
			return Unset, TypeErrorf(t, "%s.__new__(): not enough arguments", x.Name)
		}
		cls, ok := AsType(args[0])
		if !ok {
			return Unset, TypeErrorf(t, "%s.__new__(X): X is not a type object (%s)", x.Name, TypeName(t, args[0]))
		}
		if !cls.IsSubtype(x) {
			return Unset, TypeErrorf(t, "%s.__new__(%s): %s is not a subtype of %s", x.Name, cls.Name, cls.Name, x.Name)
		}
		if cls.Flags&TypeUser != 0 && cls.Native != KindUnset && cls.Native != KindBox {
			return newNative(t, cls, args[1:], kw, false)
		}
		return x.Ops.New(t, cls, args[1:], kw)
	})
	b.Owner = x
	x.Def(in, "__new__", newStaticMethod(in, b.Value()))
}
