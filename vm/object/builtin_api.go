package object

import "math/big"

// What the builtin functions need beyond the protocols in protocol.go.

// NewModule makes a module without names.
func NewModule(t *Thread, name string) *Module {
	return &Module{Mut: t.NewMut(KindModule, t.Interp.Types.Module), Name: name, NS: t.NewNamespace()}
}

// PublicTypes lists the builtin classes that module builtins has names for.
func (in *Interp) PublicTypes() []*Type {
	ts := &in.Types
	out := []*Type{ts.Object, ts.Type, ts.Int, ts.Bool, ts.Float, ts.Complex, ts.Str, ts.Bytes, ts.ByteArray, ts.Tuple, ts.List, ts.Dict,
		ts.Set, ts.FrozenSet, ts.Range, ts.Slice, ts.Property, ts.StaticMethod, ts.ClassMethod, ts.Super, ts.MemoryView,
		ts.Enumerate, ts.Zip, ts.Map, ts.Filter, ts.Reversed}
	for _, e := range ts.builtinExceptions() {
		out = append(out, *e.at)
	}
	public := out[:0]
	for _, x := range out {
		if x != nil {
			public = append(public, x)
		}
	}
	return public
}

// MarkSpecial marks a function of a module as one that the interpreter loop handles itself when it can.
func MarkSpecial(m *Module, name string, id uint8) {
	(*Builtin)(m.NS.Lookup(newStr(name)).V.Ref).Special = id
}

// MarkQuick marks a function of a module as one that the interpreter loop need not call in the common cases.
func MarkQuick(m *Module, name string, id uint8) {
	(*Builtin)(m.NS.Lookup(newStr(name)).V.Ref).Quick = id
}

// Abs is abs(v).
func Abs(t *Thread, v Value) (Value, error) {
	if fn, ok := LookupSpecial(t, TypeOf(t, v), SpAbs); ok {
		return CallSpecial(t, fn, v)
	}
	return Unset, TypeErrorf(t, "bad operand type for abs(): '%s'", TypeName(t, v))
}

// IndexBig is operator.index(v) as a big number that the caller may not change.
func IndexBig(t *Thread, v Value) (*big.Int, error) {
	x, err := Index(t, v)
	if err != nil {
		return nil, err
	}
	b, _ := AsBig(x)
	return b, nil
}

// AsBytesLike is the contents of a bytes-like object.
func AsBytesLike(t *Thread, v Value) (string, bool) {
	s, ok, err := bufferOf(t, v)
	return s, ok && err == nil
}

// NewCallableIterator is iter(fn, sentinel).
func NewCallableIterator(t *Thread, fn, sentinel Value) Value { return t.NewCallIterator(fn, sentinel) }

// Round is round(v, digits); digits is None for round(v).
func Round(t *Thread, v, digits Value) (Value, error) {
	fn, ok := LookupSpecial(t, TypeOf(t, v), SpRound)
	if !ok {
		return Unset, TypeErrorf(t, "type %s doesn't define __round__ method", TypeName(t, v))
	}
	if digits.IsNone() {
		return CallSpecial(t, fn, v)
	}
	return CallSpecial(t, fn, v, digits)
}

// SortList is list.sort with the keyword arguments of a call.
func SortList(t *Thread, l *List, kw *Kwargs) error {
	key, reverse := None, false
	if kw != nil {
		for i, n := range kw.Names {
			switch n {
			case "key":
				key = kw.Values[i]
			case "reverse":
				b, err := Truth(t, kw.Values[i])
				if err != nil {
					return err
				}
				reverse = b
			default:
				return TypeErrorf(t, "sort() got an unexpected keyword argument '%s'", n)
			}
		}
	}
	return l.Sort(t, key, reverse)
}

// Dir is dir(v).
func Dir(t *Thread, v Value) (Value, error) {
	fn, ok := LookupSpecial(t, TypeOf(t, v), SpDir)
	if !ok {
		return t.NewList(nil), nil
	}
	names, err := CallSpecial(t, fn, v)
	if err != nil {
		return Unset, err
	}
	items, err := ToSlice(t, names)
	if err != nil {
		return Unset, err
	}
	l := t.MakeList(append([]Value(nil), items...))
	return l.Value(), l.Sort(t, None, false)
}

// PowMod is pow(base, exp, mod) for ints.
func PowMod(t *Thread, base, exp, mod Value) (Value, error) {
	b, ok1 := AsBig(base)
	e, ok2 := AsBig(exp)
	m, ok3 := AsBig(mod)
	if !ok1 || !ok2 || !ok3 {
		if fn, ok := LookupSpecial(t, TypeOf(t, base), SpAdd+SpecialID(OpPow)); ok && TypeOf(t, base).Flags&TypeUser != 0 {
			return CallSpecial(t, fn, base, exp, mod)
		}
		if base.IsFloat() || exp.IsFloat() || mod.IsFloat() {
			return Unset, TypeErrorf(t, "pow() 3rd argument not allowed unless all arguments are integers")
		}
		return Unset, TypeErrorf(t, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", TypeName(t, base), TypeName(t, exp), TypeName(t, mod))
	}
	if m.Sign() == 0 {
		return Unset, ValueErrorf(t, "pow() 3rd argument cannot be 0")
	}
	abs := new(big.Int).Abs(m)
	r := new(big.Int)
	if e.Sign() < 0 {
		inv := new(big.Int).ModInverse(new(big.Int).Mod(b, abs), abs)
		if inv == nil {
			return Unset, ValueErrorf(t, "base is not invertible for the given modulus")
		}
		r.Exp(inv, new(big.Int).Neg(e), abs)
	} else {
		r.Exp(new(big.Int).Mod(b, abs), e, abs)
	}
	if m.Sign() < 0 && r.Sign() != 0 {
		r.Add(r, m)
	}
	return NewBig(r), nil
}
