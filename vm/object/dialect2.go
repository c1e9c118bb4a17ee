package object

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"strings"
	"unicode/utf8"
)

// The 2.7 dialect's side of the builtin classes: methods that Python 3 has dropped, what values look like, and an order between
// any two values. Both kinds of strings hold code points, as Python 3's.

// InitDialect2 makes the builtin classes those of Python 2. It is called before any thread runs.
func (in *Interp) InitDialect2() {
	in.Dialect2 = true
	in.texts2()
	in.strings2()
	in.initUnicode2()
	in.containers2()
}

// containers2 adds more methods of dict, and next methods of iterators.
func (in *Interp) containers2() {
	for _, cls := range in.iterators() {
		cls.Methods(in, M0("next", func(t *Thread, self Value) (Value, error) {
			v, ok, err := IterNext(t, self)
			if err == nil && !ok {
				err = StopIteration(t, None)
			}
			return v, err
		}))
	}
	for _, cls := range []*Type{in.Types.Dict, in.Types.Namespace} {
		iter := func(part dictPart) methodFn {
			return func(t *Thread, self Value, _ []Value) (Value, error) { return newDictIter(t, self, part, false) }
		}
		view := func(part dictPart) methodFn {
			return func(t *Thread, self Value, _ []Value) (Value, error) { return t.newView(self, part), nil }
		}
		in.addMethods(cls, []methodDef{
			{"has_key", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
				_, ok, err := mustMapping(self).Get(t, args[0])
				return Bool(ok), err
			}},
			{"iterkeys", exactly(0), iter(iterKeys)}, {"itervalues", exactly(0), iter(iterValues)}, {"iteritems", exactly(0), iter(iterItems)},
			{"viewkeys", exactly(0), view(iterKeys)}, {"viewvalues", exactly(0), view(iterValues)}, {"viewitems", exactly(0), view(iterItems)},
		})
	}
}

// texts2 makes values look as in Python 2: twelve digits in str of a float, L behind large ints, types in angle brackets.
func (in *Interp) texts2() {
	in.Types.Float.Ops.Str = func(_ *Thread, v Value) (string, error) { return floatStr2(v.AsFloat()), nil }
	in.Types.Int.Ops.Str = in.Types.Int.Ops.Repr
	in.Types.Int.Ops.Repr = func(t *Thread, v Value) (string, error) {
		s, err := intRepr(t, v)
		if v.Kind() == KindBigInt {
			s += "L"
		}
		return s, err
	}
	in.Types.Type.Ops.Repr = func(_ *Thread, v Value) (string, error) {
		x := (*Type)(v.Ref)
		switch m := x.ModuleName(); {
		case x.Flags&TypeUser == 0 && m == "builtins" && x.IsSubtype(in.Types.Exc.BaseException):
			return "<type 'exceptions." + x.Name + "'>", nil
		case x.Flags&TypeUser == 0 && m == "builtins":
			return "<type '" + x.Name + "'>", nil
		}
		return "<class '" + x.FullName() + "'>", nil
	}
	in.Types.Complex.Ops.Str = func(_ *Thread, v Value) (string, error) {
		return complexText((*Complex)(Native(v).Ref).V, func(f float64) string { return generalFloat(f, 12, false, false) }), nil
	}
	xrange := in.Types.Range.Ops.Repr
	in.Types.Range.Ops.Repr = func(t *Thread, v Value) (string, error) {
		s, err := xrange(t, v)
		return "x" + strings.Replace(s, "(0, ", "(", 1), err
	}
	base := in.Types.Exc.BaseException
	for _, c := range in.Types.Exc.builtinExceptions() {
		(*c.at).Ops.Repr = excRepr2
	}
	base.Ops.Repr = excRepr2
	base.Attr(in, "message", func(t *Thread, v Value) (Value, error) {
		args, err := ExcArgs(t, v)
		if err != nil || len(args) != 1 {
			return newASCII(""), err
		}
		return args[0], nil
	}, nil)
}

// names2 gives a new class's methods with names of Python 2 those of Python 3, too.
func (x *Type) names2(in *Interp) {
	for _, n := range [...][2]string{{"__div__", "__truediv__"}, {"__rdiv__", "__rtruediv__"}, {"__idiv__", "__itruediv__"},
		{"__unicode__", "__str__"}, {"__long__", "__int__"}} {
		if s := x.OwnSlot(n[0]); s != nil && x.OwnSlot(n[1]) == nil {
			x.Def(in, n[1], s.V)
		}
	}
}

// strings2 adds the codecs that make strings of strings, str.decode, and the deleted characters of str.translate. Bytes, which only
// encode makes, look like strings.
func (in *Interp) strings2() {
	encode := (*Builtin)(in.Types.Str.OwnSlot("encode").V.Ref).Fn
	translate := (*Builtin)(in.Types.Str.OwnSlot("translate").V.Ref).Fn
	codec := func(t *Thread, args []Value, kw *Kwargs, decode bool) (Value, bool, error) {
		if len(args) < 2 || kw != nil {
			return Unset, false, nil
		}
		name, ok := AsStr(args[1])
		if !ok {
			return Unset, false, nil
		}
		s, ok, err := textCodec2(t, strOf(args[0]).S, strings.ReplaceAll(strings.ToLower(name.S), "-", "_"), decode)
		return NewStr(s), ok, err
	}
	in.Types.Str.Methods(in,
		MK("encode", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if v, ok, err := codec(t, args, kw, false); ok || err != nil {
				return v, err
			}
			return encode(t, args, kw)
		}),
		MK("decode", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if v, ok, err := codec(t, args, kw, true); ok || err != nil {
				return v, err
			}
			if b := bytesOf2(strOf(args[0]).S); !isASCII(b) && utf8.ValidString(b) && len(args) > 1 {
				if name, ok := AsStr(args[1]); ok && (strings.EqualFold(name.S, "utf-8") || strings.EqualFold(name.S, "utf8")) {
					return t.Interp.NewUnicode(b), nil
				}
			}
			_, err := encode(t, args, kw) // for its complaints
			return asUnicode(t, args[0]), err
		}),
		MK("translate", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			if len(args) == 3 {
				s, ok := AsStr(args[2])
				if !ok {
					return Unset, TypeErrorf(t, "expected a string")
				}
				kept := strings.Map(func(r rune) rune {
					if strings.ContainsRune(s.S, r) {
						return -1
					}
					return r
				}, strOf(args[0]).S)
				if args[0] = NewStr(kept); args[1].IsNone() {
					return args[0], nil
				}
				args = args[:2]
			}
			return translate(t, args, kw)
		}),
	)
	newStr := in.Types.Str.Ops.New
	in.Types.Str.Ops.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if len(args) > 1 && kw == nil {
			if _, ok := AsStr(args[0]); ok {
				args = args[:1] // unicode(s, encoding)
			}
		}
		return newStr(t, cls, args, kw)
	}
	in.Types.Bytes.Ops.Str = func(_ *Thread, v Value) (string, error) {
		s := (*Bytes)(Native(v).Ref).S
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\ufffd")
		}
		return s, nil
	}
	in.Types.Bytes.Ops.Repr = func(_ *Thread, v Value) (string, error) { return reprBytes((*Bytes)(Native(v).Ref).S)[1:], nil }
}

// textCodec2 is a codec between strings; ok is false if the name is another's.
func textCodec2(t *Thread, s, name string, decode bool) (out string, ok bool, err error) {
	switch name {
	case "hex", "hex_codec":
		if !decode {
			return hex.EncodeToString([]byte(s)), true, nil
		}
		b, err := hex.DecodeString(s)
		if err != nil {
			return "", false, TypeErrorf(t, "Non-hexadecimal digit found")
		}
		return string(b), true, nil
	case "base64", "base64_codec":
		if decode {
			b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
			if err != nil {
				return "", false, ValueErrorf(t, "Incorrect padding")
			}
			return string(b), true, nil
		}
		var b strings.Builder
		for len(s) > 0 {
			n := min(len(s), 57)
			b.WriteString(base64.StdEncoding.EncodeToString([]byte(s[:n])))
			b.WriteByte('\n')
			s = s[n:]
		}
		return b.String(), true, nil
	case "rot13", "rot_13":
		return strings.Map(func(r rune) rune {
			switch {
			case 'a' <= r && r <= 'z':
				return 'a' + (r-'a'+13)%26
			case 'A' <= r && r <= 'Z':
				return 'A' + (r-'A'+13)%26
			}
			return r
		}, s), true, nil
	}
	return "", false, nil
}

// floatStr2 is str of a float.
func floatStr2(f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return FloatRepr(f)
	}
	return generalFloat(f, 12, false, true)
}

// excRepr2 is repr of an exception: the class and the tuple of its arguments.
func excRepr2(t *Thread, v Value) (string, error) {
	args, err := ExcArgs(t, v)
	if err != nil {
		return "", err
	}
	s, err := Repr(t, t.NewTuple(args...))
	return TypeOf(t, v).Name + s, err
}

// compare2 is a op b for values whose classes do not know: by __cmp__, or else in the order of all values, None before numbers
// before everything else by the name of its class.
func compare2(t *Thread, op CmpOp, a, b Value) (Value, error) {
	n, ok, err := cmp2(t, a, b)
	if err != nil {
		return Unset, err
	}
	if !ok {
		n = orderAll(t, a, b)
	}
	return Bool(cmpInt64(op, int64(n), 0)), nil
}

// cmp2 asks the operands' __cmp__; ok is false if there is none.
func cmp2(t *Thread, a, b Value) (n int, ok bool, err error) {
	for i, pair := range [2][2]Value{{a, b}, {b, a}} {
		typ := TypeOf(t, pair[0])
		if typ.Flags&TypeUser == 0 {
			continue
		}
		fn, found := LookupSpecial(t, typ, SpCmpPy2)
		if !found {
			continue
		}
		v, err := CallSpecial(t, fn, pair[0], pair[1])
		if err != nil {
			return 0, false, err
		}
		if v.IsNotImplemented() {
			continue
		}
		x, err := Index(t, v)
		if err != nil {
			return 0, false, TypeErrorf(t, "an integer is required")
		}
		c, err := Compare(t, CmpGt, x, Int(0))
		if err != nil {
			return 0, false, err
		}
		switch {
		case x == Int(0):
		case c == True:
			n = 1
		default:
			n = -1
		}
		if i == 1 {
			n = -n
		}
		return n, true, nil
	}
	return 0, false, nil
}

// orderAll is the order of values that nobody else orders.
func orderAll(t *Thread, a, b Value) int {
	switch {
	case Is(a, b):
		return 0
	case a.IsNone():
		return -1
	case b.IsNone():
		return 1
	}
	name := func(v Value) string {
		switch v.Kind() {
		case KindInt, KindBigInt, KindBool, KindFloat:
			return ""
		}
		return TypeOf(t, v).Name
	}
	if c := strings.Compare(name(a), name(b)); c != 0 {
		return c
	}
	if IDOf(a) < IDOf(b) {
		return -1
	}
	return 1
}
