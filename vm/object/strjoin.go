package object

import "unsafe"

// This file has str.join.

// strJoin is sep.join(iterable).
func strJoin(t *Thread, v, iterable Value) (Value, error) {
	sep := strOf(v)
	var items []Value
	switch iterable.Kind() {
	case KindTuple:
		items = (*Tuple)(iterable.Ref).Items
	case KindList:
		var err error
		if items, err = (*List)(iterable.Ref).View(t); err != nil {
			return Unset, err
		}
	default:
		var err error
		if items, err = ToSlice(t, iterable); err != nil {
			if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok && !iterableValue(t, iterable) {
				return Unset, TypeErrorf(t, "can only join an iterable")
			}
			return Unset, err
		}
	}
	if len(items) == 1 && items[0].Kind() == KindStr {
		return items[0], nil
	}
	n, runes := 0, 0
	for i, x := range items {
		s, ok := AsStr(x)
		if !ok {
			return Unset, TypeErrorf(t, "sequence item %d: expected str instance, %s found", i, TypeName(t, x))
		}
		n += len(s.S)
		runes += s.Len
	}
	if k := len(items) - 1; k > 0 {
		n += k * len(sep.S)
		runes += k * sep.Len
	}
	if n == 0 {
		return newASCII(""), nil
	}
	if n > maxStr {
		return Unset, MemoryError(t)
	}
	b := make([]byte, 0, n)
	for i, x := range items {
		if i > 0 {
			b = append(b, sep.S...)
		}
		s, _ := AsStr(x)
		b = append(b, s.S...)
	}
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: unsafe.String(&b[0], len(b)), Len: runes}), nil
}

func iterableValue(t *Thread, v Value) bool {
	typ := TypeOf(t, v)
	return iterable(t, typ) || typ.Ops.Next != nil
}

// JoinStrings is ”.join of values that are strings.
func JoinStrings(t *Thread, items []Value) (Value, error) {
	n, runes := 0, 0
	for _, x := range items {
		s := (*Str)(x.Ref)
		n += len(s.S)
		runes += s.Len
	}
	switch {
	case n == 0:
		return newASCII(""), nil
	case n > maxStr:
		return Unset, MemoryError(t)
	}
	b := make([]byte, 0, n)
	for _, x := range items {
		b = append(b, (*Str)(x.Ref).S...)
	}
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: unsafe.String(&b[0], len(b)), Len: runes}), nil
}
