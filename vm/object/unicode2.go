package object

import "strings"

// The 2.7 dialect's unicode, basestring and long.
//
// A unicode string is a Str whose header names the class unicode: to everything that goes by the kind it is a string like any other,
// equal to the str with the same characters and the same key of a dict. What makes strings of strings gives a unicode if one of its
// operands is one. A long is an int outside the machine word; what fits is an int, whatever it was computed from.
//
// Invariant: str inherits from basestring, unicode from str and long from int, so that the library, which is written for Python 3,
// takes all of them; what the program is told by isinstance and issubclass is that they are apart (IsInstance2).

// initUnicode2 makes the classes.
func (in *Interp) initUnicode2() {
	ts := &in.Types
	ts.BaseString = in.NewType("builtins", "basestring", nil, KindUnset, 0, nil)
	abstract := func(t *Thread, _ *Type, _ []Value, _ *Kwargs) (Value, error) {
		return Unset, TypeErrorf(t, "The basestring type cannot be instantiated")
	}
	ts.BaseString.Ops.New = abstract
	ts.Str.Bases = []*Type{ts.BaseString}
	ts.Str.MRO = []*Type{ts.Str, ts.BaseString, ts.Object}
	ts.BaseString.subs = append(ts.BaseString.subs, ts.Str)
	in.unicodeResults()

	ts.Unicode = in.NewType("builtins", "unicode", ts.Str, KindStr, ts.Str.Flags, nil)
	o := ts.Unicode.Ops
	o.Repr = func(_ *Thread, v Value) (string, error) { return "u" + asciiEscape(reprStr(strOf(v).S)), nil }
	o.New = unicodeNew
	o.InitIsNew = true

	ts.Bytes.Name, ts.Bytes.Qualname = "str", "str"
	ts.Long = in.NewType("builtins", "long", ts.Int, KindUnset, ts.Int.Flags, nil)
	ts.Long.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		return intNew(t, ts.Int, args, kw)
	}
	ts.Long.Ops.InitIsNew = true
	in.ByKind[KindBigInt] = ts.Long
	for _, cls := range []*Type{ts.BaseString, ts.Unicode, ts.Long} {
		cls.Ready(in)
	}
}

// NewUnicode is s as a unicode string of the 2.7 dialect.
func (in *Interp) NewUnicode(s string) Value {
	x := newStr(s)
	x.Type = in.Types.Unicode
	return valueOf(x)
}

// isUnicode says whether v is a unicode string, or an instance of a subclass.
func isUnicode(t *Thread, v Value) bool {
	v = Native(v)
	return v.Kind() == KindStr && strOf(v).Type != nil
}

// asUnicode turns a result into unicode: a string, or those in a list or tuple.
func asUnicode(t *Thread, v Value) Value {
	switch v.Kind() {
	case KindStr:
		return t.Interp.NewUnicode(strOf(v).S)
	case KindTuple:
		items := make([]Value, len((*Tuple)(v.Ref).Items))
		for i, x := range (*Tuple)(v.Ref).Items {
			items[i] = asUnicode(t, x)
		}
		return TupleOf(items)
	case KindList: // just made, nobody else's
		l := (*List)(v.Ref)
		for i, x := range l.Items {
			l.Items[i] = asUnicode(t, x)
		}
	}
	return v
}

// anyUnicode says whether one of the values is unicode, or one in a list, tuple or dict among them.
func anyUnicode(t *Thread, vs []Value) bool {
	for _, v := range vs {
		if isUnicode(t, v) {
			return true
		}
		switch v.Kind() {
		case KindTuple, KindList:
			items, err := ToSlice(t, v)
			if err != nil {
				continue
			}
			for _, x := range items {
				if isUnicode(t, x) {
					return true
				}
			}
		case KindDict:
			found := false
			_ = (*Dict)(v.Ref).Each(t, func(_, x Value) error {
				found = found || isUnicode(t, x)
				return nil
			})
			if found {
				return true
			}
		}
	}
	return false
}

// unicodeResults makes the operations of str give unicode if an operand is unicode.
func (in *Interp) unicodeResults() {
	o := in.Types.Str.Ops
	for _, op := range []BinOp{OpAdd, OpMul, OpMod} {
		f := o.Binary[op]
		o.Binary[op] = func(t *Thread, a, b Value) (Value, error) {
			if s, ok := AsStr(a); ok && op == OpAdd && b.Kind() == KindBytes {
				return NewBytes(bytesOf2(s.S) + (*Bytes)(b.Ref).S), nil
			}
			v, err := f(t, a, b)
			if err == nil && v.Kind() == KindStr && (isUnicode(t, a) || isUnicode(t, b) || op == OpMod && anyUnicode(t, []Value{b})) {
				v = asUnicode(t, v)
			}
			return v, err
		}
	}
	item := o.GetItem
	o.GetItem = func(t *Thread, v, key Value) (Value, error) {
		x, err := item(t, v, key)
		if err == nil && isUnicode(t, v) {
			x = asUnicode(t, x)
		}
		return x, err
	}
	iter := o.Iter
	o.Iter = func(t *Thread, v Value) (Value, error) {
		if !isUnicode(t, v) {
			return iter(t, v)
		}
		var chars []Value
		for i := 0; i < len(strOf(v).S); {
			_, n := runeAt(strOf(v).S, i)
			chars = append(chars, t.Interp.NewUnicode(strOf(v).S[i:i+n]))
			i += n
		}
		return Iter(t, NewTuple(chars...))
	}
	newStr := o.New
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		v, err := newStr(t, cls, args, kw)
		if err == nil && v.Kind() == KindStr && isUnicode(t, v) {
			v = NewStr(strOf(v).S)
		}
		return v, err
	}
	for _, name := range strings.Fields(`capitalize center expandtabs format join ljust lower lstrip partition replace rjust rpartition
		rsplit rstrip split splitlines strip swapcase title translate upper zfill`) {
		f := (*Builtin)(in.Types.Str.OwnSlot(name).V.Ref).Fn
		self := name == "format" // only the format decides
		in.Types.Str.Methods(in, MK(name, func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			given := args
			if self {
				given = args[:1]
			}
			v, err := f(t, args, kw)
			if err == nil && anyUnicode(t, given) {
				v = asUnicode(t, v)
			}
			return v, err
		}))
	}
}

// unicodeNew is unicode(object[, encoding[, errors]]).
func unicodeNew(t *Thread, _ *Type, args []Value, kw *Kwargs) (Value, error) {
	if len(args) == 1 && kw == nil {
		if typ := TypeOf(t, args[0]); typ.Flags&TypeUser != 0 {
			fn, _, _, err := typ.Lookup(t, "__unicode__")
			if err != nil {
				return Unset, err
			}
			if !fn.IsUnset() {
				v, err := CallSpecial(t, fn, args[0])
				if err != nil {
					return Unset, err
				}
				s, ok := AsStr(v)
				if !ok {
					return Unset, TypeErrorf(t, "coercing to Unicode: need string or buffer, %s found", TypeName(t, v))
				}
				return t.Interp.NewUnicode(s.S), nil
			}
		}
	}
	v, err := t.Interp.Types.Str.Ops.New(t, t.Interp.Types.Str, args, kw)
	if err != nil {
		return Unset, err
	}
	return asUnicode(t, v), nil
}

// bytesOf2 is the bytes that a string stands for where Python 2 has bytes: one per character, or if that is not possible, UTF-8.
func bytesOf2(s string) string {
	if isASCII(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		if r > 0xff {
			return s
		}
		out = append(out, byte(r))
		i += n
	}
	return string(out)
}

// IsInstance2 is the 2.7 dialect's isinstance: unicode is not str, and long is not int.
func IsInstance2(t *Thread, v, cls Value) (bool, error) {
	if tup, ok := AsTuple(cls); ok {
		return anyClass(t, v, tup.Items, IsInstance2)
	}
	if c, ok := AsType(cls); ok && (c == t.Interp.Types.Str || c == t.Interp.Types.BaseString) && v.Kind() == KindBytes {
		return true, nil // bytes are only what the library gives
	}
	ok, err := IsInstance(t, v, cls)
	if ok && err == nil {
		ok = !apart2(t, TypeOf(t, v), cls)
	}
	return ok, err
}

// IsSubclass2 is the 2.7 dialect's issubclass.
func IsSubclass2(t *Thread, sub, cls Value) (bool, error) {
	if tup, ok := AsTuple(cls); ok {
		return anyClass(t, sub, tup.Items, IsSubclass2)
	}
	ok, err := IsSubclass(t, sub, cls)
	if typ, is := AsType(sub); ok && err == nil && is {
		ok = !apart2(t, typ, cls)
	}
	return ok, err
}

// apart2 says whether typ inherits from cls only here.
func apart2(t *Thread, typ *Type, cls Value) bool {
	c, ok := AsType(cls)
	ts := &t.Interp.Types
	return ok && (c == ts.Str && typ.IsSubtype(ts.Unicode) || c == ts.Int && typ.IsSubtype(ts.Long))
}
