package object

// This file has the protocols besides operators: truth, hash, length, items, iteration, conversion to text, calls on classes.

// Truth is bool(v).
func Truth(t *Thread, v Value) (bool, error) {
	switch v.Kind() {
	case KindInt, KindBool:
		return v.Bits != 0, nil
	case KindNone:
		return false, nil
	case KindFloat:
		return v.AsFloat() != 0, nil
	case KindStr:
		return (*Str)(v.Ref).S != "", nil
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 || v.Kind() == KindType {
		if fn, ok := LookupSpecial(t, typ, SpBool); ok {
			if t.Interp.Dialect2 {
				x, err := CallSpecial(t, fn, v)
				if err != nil {
					return false, err
				}
				return Truth(t, x)
			}
			x, err := CallSpecial(t, fn, v)
			if err != nil {
				return false, err
			}
			return BoolResult(t, x)
		}
		if t.Interp.Dialect2 {
			if fn, ok := LookupSpecial(t, typ, SpNonzeroPy2); ok {
				x, err := CallSpecial(t, fn, v)
				if err != nil {
					return false, err
				}
				return Truth(t, x)
			}
		}
		if _, ok := LookupSpecial(t, typ, SpLen); ok {
			n, err := Len(t, v)
			return n != 0, err
		}
		return true, nil
	}
	if f := typ.Ops.Bool; f != nil {
		return f(t, v)
	}
	if f := typ.Ops.Len; f != nil {
		n, err := f(t, v)
		return n != 0, err
	}
	return true, nil
}

// BoolResult checks and takes what a __bool__ returned.
func BoolResult(t *Thread, x Value) (bool, error) {
	if !x.IsBool() {
		return false, TypeErrorf(t, "__bool__ should return bool, returned %s", TypeName(t, x))
	}
	return x.AsBool(), nil
}

// Hash is hash(v).
func Hash(t *Thread, v Value) (int64, error) {
	switch v.Kind() {
	case KindInt:
		return hashInt64(v.AsInt()), nil
	case KindStr:
		return (*Str)(v.Ref).Hash(), nil
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 {
		fn, ok := LookupSpecial(t, typ, SpHash)
		if !ok || fn.IsNone() {
			return 0, TypeErrorf(t, "unhashable type: '%s'", typ.messageName())
		}
		if fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Object {
			return identityHash(t, v)
		}
		x, err := CallSpecial(t, fn, v)
		if err != nil {
			return 0, err
		}
		return hashResult(t, x)
	}
	if f := typ.Ops.Hash; f != nil {
		return f(t, v)
	}
	return 0, TypeErrorf(t, "unhashable type: '%s'", typ.messageName())
}

func hashResult(t *Thread, x Value) (int64, error) {
	x = Native(x)
	switch x.Kind() {
	case KindInt, KindBool:
		if x.AsInt() == -1 {
			return -2, nil
		}
		return x.AsInt(), nil
	case KindBigInt:
		return hashBig(&(*BigInt)(x.Ref).Int), nil
	}
	return 0, TypeErrorf(t, "__hash__ method should return an integer")
}

// identityHash is the default hash.
func identityHash(_ *Thread, v Value) (int64, error) {
	id := IDOf(v)
	return hashInt64(int64(id)), nil
}

// IDOf is id(v): the identity of a mutable object; for immutable ones a number made of the value, so that equal ints have equal
// identities; never an address.
func IDOf(v Value) uint64 {
	switch v.Kind() {
	case KindInt:
		return uint64(v.AsInt())*32 + 1<<46
	case KindNone, KindBool, KindNotImplemented, KindEllipsis:
		return uint64(v.Kind())<<8 + v.Bits*16
	case KindFloat:
		return hash64(v.Bits)>>1 | 1<<47
	case KindStr:
		return hash64(uint64((*Str)(v.Ref).Hash()))>>1 | 1<<47
	case KindBigInt, KindComplex, KindBytes, KindTuple, KindRange, KindSlice, KindMethod, KindBuiltin, KindGetset, KindSuper, KindBox, KindTraceback, KindCode, KindFrozenSet:
		return immutableID(v)
	}
	return (*Mut)(v.Ref).ID * 16
}

// Len is len(v).
func Len(t *Thread, v Value) (int, error) {
	if v.Kind() == KindList {
		return (*List)(v.Ref).Len(t)
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 && v.Kind() != KindType {
		if f := typ.Ops.Len; f != nil {
			return f(t, v)
		}
		return 0, TypeErrorf(t, "object of type '%s' has no len()", typ.messageName())
	}
	fn, ok := operator(t, typ, SpLen)
	if !ok {
		return 0, TypeErrorf(t, "object of type '%s' has no len()", typ.messageName())
	}
	x, err := CallSpecial(t, fn, v)
	if err != nil {
		return 0, err
	}
	return LenResult(t, x)
}

// LenResult checks and takes what a __len__ returned.
func LenResult(t *Thread, x Value) (int, error) {
	i, err := Index(t, x)
	if err != nil {
		return 0, err
	}
	if !i.IsInt() {
		if i.IsBool() {
			return int(i.Bits), nil
		}
		if (*BigInt)(i.Ref).Int.Sign() < 0 {
			return 0, ValueErrorf(t, "__len__() should return >= 0")
		}
		return 0, OverflowErrorf(t, "cannot fit '%s' into an index-sized integer", TypeName(t, x))
	}
	if i.AsInt() < 0 {
		return 0, ValueErrorf(t, "__len__() should return >= 0")
	}
	return int(i.AsInt()), nil
}

// GetItem is v[key].
func GetItem(t *Thread, v, key Value) (Value, error) {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.GetItem; f != nil {
			return f(t, v, key)
		}
	} else if fn, ok := operator(t, typ, SpGetItem); ok {
		if typ.Native == KindDict && fn.Kind() == KindBuiltin {
			return subclassItem(t, v, typ, key)
		}
		return CallSpecial(t, fn, v, key)
	}
	if cls, ok := AsType(v); ok {
		return classGetItem(t, cls, key)
	}
	return Unset, TypeErrorf(t, "'%s' object is not subscriptable", typ.messageName())
}

func classGetItem(t *Thread, cls *Type, key Value) (Value, error) {
	x, _, _, err := cls.Lookup(t, "__class_getitem__")
	if err != nil {
		return Unset, err
	}
	if x.IsUnset() {
		if cls.Flags&TypeUser == 0 {
			switch cls {
			case t.Interp.Types.List, t.Interp.Types.Dict, t.Interp.Types.Tuple, t.Interp.Types.Set, t.Interp.Types.FrozenSet, t.Interp.Types.Type:
				return newGenericAlias(t, cls, key), nil
			}
		}
		return Unset, TypeErrorf(t, "type '%s' is not subscriptable", cls.Name)
	}
	fn, err := bindClass(t, x, cls)
	if err != nil {
		return Unset, err
	}
	return t.VM.Call(t, fn, []Value{key}, nil)
}

// SetItem is v[key] = x.
func SetItem(t *Thread, v, key, x Value) error {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.SetItem; f != nil {
			return f(t, v, key, x)
		}
	} else if fn, ok := operator(t, typ, SpSetItem); ok {
		_, err := CallSpecial(t, fn, v, key, x)
		return err
	}
	return TypeErrorf(t, "'%s' object does not support item assignment", typ.messageName())
}

// DelItem is del v[key].
func DelItem(t *Thread, v, key Value) error {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.DelItem; f != nil {
			return f(t, v, key)
		}
	} else if fn, ok := operator(t, typ, SpDelItem); ok {
		_, err := CallSpecial(t, fn, v, key)
		return err
	}
	word := "does not"
	if (typ.Ops.Sequence || typ.Flags&TypeUser != 0) && hasIndex(t, key) {
		word = "doesn't" // what CPython's sequence protocol says, which comes second
	}
	return TypeErrorf(t, "'%s' object %s support item deletion", typ.messageName(), word)
}

// Contains is x in v.
func Contains(t *Thread, v, x Value) (bool, error) {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.Contains; f != nil && v.Kind() != KindType {
			return f(t, v, x)
		}
	} else if fn, ok := LookupSpecial(t, typ, SpContains); ok {
		if fn.IsNone() {
			return false, TypeErrorf(t, "'%s' object is not a container", typ.messageName())
		}
		r, err := CallSpecial(t, fn, v, x)
		if err != nil {
			return false, err
		}
		return Truth(t, r)
	}
	it, err := Iter(t, v)
	if err != nil {
		if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok && !iterable(t, typ) {
			return false, TypeErrorf(t, "argument of type '%s' is not iterable", typ.messageName())
		}
		return false, err
	}
	for {
		y, ok, err := Next(t, it)
		if err != nil || !ok {
			return false, err
		}
		if eq, err := sameOrEqual(t, y, x); eq || err != nil {
			return eq, err
		}
	}
}

func iterable(t *Thread, typ *Type) bool {
	if typ.Flags&TypeUser == 0 {
		return typ.Ops.Iter != nil
	}
	fn, ok := LookupSpecial(t, typ, SpIter)
	if ok {
		return !fn.IsNone()
	}
	_, ok = LookupSpecial(t, typ, SpGetItem)
	return ok
}

// Iter is iter(v).
func Iter(t *Thread, v Value) (Value, error) {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.Iter; f != nil {
			return f(t, v)
		}
		if typ.Ops.Next != nil {
			return v, nil
		}
		return Unset, TypeErrorf(t, "'%s' object is not iterable", typ.messageName())
	}
	fn, ok := LookupSpecial(t, typ, SpIter)
	if ok && !fn.IsNone() {
		it, err := CallSpecial(t, fn, v)
		if err != nil {
			return Unset, err
		}
		return it, CheckIterator(t, it)
	}
	if !ok {
		if _, found := LookupSpecial(t, typ, SpGetItem); found {
			return newSeqIterator(t, v), nil
		}
	}
	return Unset, TypeErrorf(t, "'%s' object is not iterable", typ.messageName())
}

// CheckIterator is the TypeError of an __iter__ that returned v, nil if v is an iterator.
func CheckIterator(t *Thread, v Value) error {
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser == 0 && typ.Ops.Next != nil {
		return nil
	}
	if _, ok := LookupSpecial(t, typ, SpNext); ok {
		return nil
	}
	if t.Interp.Dialect2 {
		if _, ok := LookupSpecial(t, typ, SpNextPy2); ok {
			return nil
		}
	}
	return TypeErrorf(t, "iter() returned non-iterator of type '%s'", typ.messageName())
}

// Next advances an iterator; ok is false at its end.
func Next(t *Thread, it Value) (v Value, ok bool, err error) {
	if it.Kind() == KindIterator {
		i := (*Iterator)(it.Ref)
		if v, ok = i.stepDirect(t); ok {
			return v, true, nil
		}
		if i.Type.Flags&TypeUser == 0 {
			return i.Kind.Next(t, i)
		}
	}
	typ := TypeOf(t, it)
	if typ.Flags&TypeUser == 0 {
		if f := typ.Ops.Next; f != nil {
			return f(t, it)
		}
		return Unset, false, TypeErrorf(t, "'%s' object is not an iterator", typ.messageName())
	}
	fn, found := LookupSpecial(t, typ, SpNext)
	if !found && t.Interp.Dialect2 {
		fn, found = LookupSpecial(t, typ, SpNextPy2)
	}
	if !found {
		return Unset, false, TypeErrorf(t, "'%s' object is not an iterator", typ.messageName())
	}
	v, err = CallSpecial(t, fn, it)
	if err != nil {
		if _, stop := Catch(t, err, t.Interp.Types.StopIteration); stop {
			return Unset, false, nil
		}
		return Unset, false, err
	}
	return v, true, nil
}

// Iterate calls f for each value of an iterable.
func Iterate(t *Thread, v Value, f func(Value) error) error {
	switch v.Kind() {
	case KindTuple:
		for _, x := range (*Tuple)(v.Ref).Items {
			if err := f(x); err != nil {
				return err
			}
		}
		return nil
	case KindList:
		l := (*List)(v.Ref)
		for i := 0; ; i++ {
			x, ok, err := l.Get(t, i)
			if err != nil || !ok {
				return err
			}
			if err := f(x); err != nil {
				return err
			}
		}
	}
	it, err := Iter(t, v)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		x, ok, err := Next(t, it)
		if err != nil || !ok {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
		if n&63 == 0 && t.Interp.Tight.Load() {
			if err := t.VM.Pressed(t); err != nil {
				return err
			}
		}
	}
}

// ToSlice is the values of an iterable in an array that belongs to the caller.
func ToSlice(t *Thread, v Value) ([]Value, error) {
	switch v.Kind() {
	case KindTuple:
		return append([]Value(nil), (*Tuple)(v.Ref).Items...), nil
	case KindList:
		return (*List)(v.Ref).Copy(t)
	case KindIterator:
		if out, ok, err := drainReversed(t, (*Iterator)(v.Ref)); ok {
			return out, err
		}
	}
	out := make([]Value, 0, 8)
	err := Iterate(t, v, func(x Value) error {
		if err := t.roomFor(out, 1); err != nil {
			return err
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// Call calls a callable from Go.
//
// The arguments are copied to the thread's stack of outgoing arguments, so that the caller's need no allocation.
func Call(t *Thread, fn Value, args ...Value) (Value, error) {
	n := len(t.outgoing)
	t.outgoing = append(t.outgoing, args...)
	v, err := t.VM.Call(t, fn, t.outgoing[n:len(t.outgoing):len(t.outgoing)], nil)
	t.outgoing = t.outgoing[:n]
	return v, err
}

// Callable says whether v can be called.
func Callable(t *Thread, v Value) bool {
	switch v.Kind() {
	case KindFunction, KindBuiltin, KindMethod, KindType:
		return true
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 {
		_, ok := LookupSpecial(t, typ, SpCall)
		return ok
	}
	return typ.Ops.Call != nil
}
