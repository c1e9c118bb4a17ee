package object

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
	if err := t.roomForStr(n); err != nil {
		return Unset, err
	}
	out, text := buildStr(n, runes)
	for i, x := range items {
		if i > 0 {
			text = text[copy(text, sep.S):]
		}
		s, _ := AsStr(x)
		text = text[copy(text, s.S):]
	}
	return valueOf(out), nil
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
	if n == 0 {
		return newASCII(""), nil
	}
	if err := t.roomForStr(n); err != nil {
		return Unset, err
	}
	out, text := buildStr(n, runes)
	for _, x := range items {
		text = text[copy(text, (*Str)(x.Ref).S):]
	}
	return valueOf(out), nil
}
