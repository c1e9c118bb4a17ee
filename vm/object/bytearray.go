package object

import (
	"slices"
)

// This file has what only bytearray has: changes in place.

func (in *Interp) initByteArray() {
	x := in.Types.ByteArray
	o := x.Ops
	arr := func(v Value) *ByteArray { return (*ByteArray)(v.Ref) }
	o.Repr = func(t *Thread, v Value) (string, error) {
		s, err := arr(v).Bytes(t)
		return "bytearray(" + reprBytes(s) + ")", err
	}
	o.ReprAs = func(t *Thread, v Value, class string) (string, error) {
		s, err := arr(v).Bytes(t)
		return class + "(" + reprBytes(s) + ")", err
	}
	o.Compare = bytesCompare
	o.Len = func(t *Thread, v Value) (int, error) {
		b, err := arr(v).open(t)
		return len(b), err
	}
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		b, err := arr(v).open(t)
		if err != nil {
			return Unset, err
		}
		if key.IsInt() {
			i := key.AsInt()
			if i < 0 {
				i += int64(len(b))
			}
			if uint64(i) < uint64(len(b)) {
				return Int(int64(b[i])), nil
			}
		}
		return bytesGet(t, v, string(b), key, "bytearray")
	}
	o.SetItem = byteArraySet
	o.DelItem = func(t *Thread, v, key Value) error { return byteArraySet(t, v, key, Unset) }
	o.Contains = bytesContains
	o.Sequence = true
	o.Binary[OpAdd] = bytesAdd
	o.Binary[OpMul] = bytesRepeat(KindByteArray)
	o.Binary[OpMod] = bytesPercent
	o.InPlace[OpAdd] = func(t *Thread, a, b Value) (Value, error) {
		s, ok, err := bufferOf(t, b)
		if err != nil {
			return Unset, err
		}
		if !ok {
			return Unset, TypeErrorf(t, "can't concat %s to bytearray", TypeName(t, b))
		}
		return a, arr(a).splice(t, -1, -1, s)
	}
	o.InPlace[OpMul] = func(t *Thread, a, b Value) (Value, error) {
		r, err := bytesRepeat(KindByteArray)(t, a, b)
		if err != nil || r.IsNotImplemented() {
			return r, err
		}
		if _, err := arr(a).open(t); err != nil {
			return Unset, err
		}
		arr(a).b = arr(r).b
		return a, nil
	}
	o.Iter = func(t *Thread, v Value) (Value, error) {
		return t.newIter(&byteArrayIter, t.Interp.Types.ByteArrayIterator, v).Value(), nil
	}
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) { return t.NewByteArray(nil), nil }
	o.Init = func(t *Thread, self Value, args []Value, kw *Kwargs) error {
		s, err := bytesInit(t, "bytearray", args, kw)
		if err != nil {
			return err
		}
		a, _ := AsByteArray(self)
		return a.splice(t, 0, 1<<62, s)
	}
	in.bytesMethods(x)
	in.byteArrayMethods(x)
}

// splice replaces [i, j) by s; negative i: append.
func (a *ByteArray) splice(t *Thread, i, j int, s string) error {
	b, err := a.open(t)
	if err != nil {
		return err
	}
	if n := len(b) + len(s); n > cap(b) {
		if err := t.roomForStr(n); err != nil {
			return err
		}
	}
	if i < 0 {
		a.b = append(b, s...)
		return nil
	}
	i, j = min(i, len(b)), min(j, len(b))
	if j < i {
		j = i
	}
	a.b = slices.Replace(b, i, j, []byte(s)...)
	return nil
}

// byteArraySet is a[key] = x, and del a[key] when x is Unset.
func byteArraySet(t *Thread, v, key, x Value) error {
	a := (*ByteArray)(v.Ref)
	b, err := a.open(t)
	if err != nil {
		return err
	}
	if key.Kind() == KindSlice {
		return a.setSlice(t, (*Slice)(key.Ref), x)
	}
	i, err := subscript(t, key, "bytearray")
	if err != nil {
		return err
	}
	if i < 0 {
		i += int64(len(b))
	}
	if uint64(i) >= uint64(len(b)) {
		return IndexErrorf(t, "bytearray index out of range")
	}
	if x.IsUnset() {
		return a.splice(t, int(i), int(i)+1, "")
	}
	c, err := byteValue(t, x, "byte must be in range(0, 256)")
	if err != nil {
		return err
	}
	if b, err = a.open(t); err != nil {
		return err
	}
	if int(i) >= len(b) {
		return IndexErrorf(t, "bytearray index out of range")
	}
	b[i] = c
	return nil
}

func (a *ByteArray) setSlice(t *Thread, s *Slice, x Value) error {
	with := ""
	if !x.IsUnset() {
		var err error
		if hasIndex(t, x) {
			return TypeErrorf(t, "can assign only bytes, buffers, or iterables of ints in range(0, 256)")
		}
		if with, err = ToBytes(t, x); err != nil {
			return err
		}
	}
	b, err := a.open(t)
	if err != nil {
		return err
	}
	r, err := s.Indices(t, len(b))
	if err != nil {
		return err
	}
	if r.Step == 1 {
		return a.splice(t, r.Start, max(r.Start+r.Len, r.Start), with)
	}
	if x.IsUnset() {
		r = r.ascending()
		out := b[:0:0]
		next := r.Start
		for i, c := range b {
			if r.Len > 0 && i == next && i <= r.Start+(r.Len-1)*r.Step {
				next += r.Step
				continue
			}
			out = append(out, c)
		}
		a.b = out
		return nil
	}
	if len(with) != r.Len {
		return ValueErrorf(t, "attempt to assign bytes of size %d to extended slice of size %d", len(with), r.Len)
	}
	for k, i := 0, r.Start; k < r.Len; k, i = k+1, i+r.Step {
		b[i] = with[k]
	}
	return nil
}

var byteArrayIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		b, err := (*ByteArray)(src.Ref).open(t)
		if err != nil {
			return Unset, false, err
		}
		if int(i) >= len(b) {
			return Unset, false, it.Finish(t)
		}
		return Int(int64(b[i])), true, it.StorePos(t, Int(i+1))
	},
}

func (in *Interp) byteArrayMethods(x *Type) {
	arr := func(v Value) *ByteArray { return (*ByteArray)(v.Ref) }
	item := func(t *Thread, v Value) (byte, error) { return byteValue(t, v, "byte must be in range(0, 256)") }
	x.Methods(in,
		M1("append", func(t *Thread, v, c Value) (Value, error) {
			b, err := item(t, c)
			if err != nil {
				return Unset, err
			}
			return None, arr(v).splice(t, -1, -1, string([]byte{b}))
		}),
		M1("extend", func(t *Thread, v, it Value) (Value, error) {
			if _, ok := AsStr(it); ok {
				return Unset, TypeErrorf(t, "expected iterable of integers; got: 'str'")
			}
			if !iterableValue(t, it) {
				return Unset, TypeErrorf(t, "can't extend bytearray with %s", TypeName(t, it))
			}
			s, err := ToBytes(t, it)
			if err != nil {
				return Unset, err
			}
			return None, arr(v).splice(t, -1, -1, s)
		}),
		M2("insert", func(t *Thread, v, i, c Value) (Value, error) {
			n, err := clampIndex(t, i)
			if err != nil {
				return Unset, err
			}
			b, err := item(t, c)
			if err != nil {
				return Unset, err
			}
			cur, err := arr(v).open(t)
			if err != nil {
				return Unset, err
			}
			if n < 0 {
				n = max(n+int64(len(cur)), 0)
			}
			k := int(min(n, int64(len(cur))))
			return None, arr(v).splice(t, k, k, string([]byte{b}))
		}),
		MN("pop", 0, 1, func(t *Thread, args []Value) (Value, error) {
			i := int64(-1)
			if len(args) == 2 {
				var err error
				if i, err = indexArg(t, args[1]); err != nil {
					return Unset, err
				}
			}
			b, err := arr(args[0]).open(t)
			if err != nil {
				return Unset, err
			}
			if len(b) == 0 {
				return Unset, IndexErrorf(t, "pop from empty bytearray")
			}
			if i < 0 {
				i += int64(len(b))
			}
			if uint64(i) >= uint64(len(b)) {
				return Unset, IndexErrorf(t, "pop index out of range")
			}
			c := b[i]
			return Int(int64(c)), arr(args[0]).splice(t, int(i), int(i)+1, "")
		}),
		M1("remove", func(t *Thread, v, c Value) (Value, error) {
			x, err := item(t, c)
			if err != nil {
				return Unset, err
			}
			b, err := arr(v).open(t)
			if err != nil {
				return Unset, err
			}
			i := slices.Index(b, x)
			if i < 0 {
				return Unset, ValueErrorf(t, "value not found in bytearray")
			}
			return None, arr(v).splice(t, i, i+1, "")
		}),
		M0("clear", func(t *Thread, v Value) (Value, error) { return None, arr(v).splice(t, 0, 1<<62, "") }),
		M0("reverse", func(t *Thread, v Value) (Value, error) {
			b, err := arr(v).open(t)
			reverseBytes(b)
			return None, err
		}),
		M0("copy", func(t *Thread, v Value) (Value, error) {
			b, err := arr(v).open(t)
			return t.NewByteArray(append([]byte(nil), b...)), err
		}),
	)
}
