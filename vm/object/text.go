package object

// This file turns values into text: repr, str, format; and the checks of class membership.

// Repr is repr(v).
func Repr(t *Thread, v Value) (string, error) {
	switch v.Kind() {
	case KindInt:
		return itoa64(v.AsInt()), nil
	case KindNone:
		return "None", nil
	case KindStr:
		if s := (*Str)(v.Ref); s.Type == nil {
			return reprStr(s.S), nil
		}
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 {
		fn, ok := operator(t, typ, SpRepr)
		if !ok {
			return defaultRepr(t, v)
		}
		if err := t.enterGo(); err != nil {
			return "", err
		}
		x, err := CallSpecial(t, fn, v)
		t.leaveGo()
		if err != nil {
			return "", err
		}
		if s, ok := AsStr(x); ok {
			return s.S, nil
		}
		return "", TypeErrorf(t, "__repr__ returned non-string (type %s)", TypeName(t, x))
	}
	if f := typ.Ops.Repr; f != nil {
		return f(t, v)
	}
	return defaultRepr(t, v)
}

// maxNested bounds the depth of Go calls into each other by way of Python.
const maxNested = 400

func (t *Thread) enterGo() error {
	if t.Nested > maxNested {
		return RecursionErrorf(t, "maximum recursion depth exceeded")
	}
	t.Nested++
	return nil
}

func (t *Thread) leaveGo() { t.Nested-- }

func defaultRepr(t *Thread, v Value) (string, error) {
	return "<" + TypeOf(t, v).FullName() + " object at " + addressOf(v) + ">", nil
}

// addressOf is the identity as repr shows it.
func addressOf(v Value) string {
	const hex = "0123456789abcdef"
	var b [12]byte
	n := IDOf(v) | 0x7f<<40
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = hex[n&15]
		n >>= 4
	}
	return "0x" + string(b[:])
}

// AddressOf is the identity of v as repr shows it: 0x and twelve digits.
func AddressOf(v Value) string { return addressOf(v) }

// ToStr is str(v) as a Go string.
func ToStr(t *Thread, v Value) (string, error) {
	switch v.Kind() {
	case KindStr:
		return (*Str)(v.Ref).S, nil
	case KindInt:
		return itoa64(v.AsInt()), nil
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 {
		fn, ok := operator(t, typ, SpStr)
		if !ok || fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Object {
			return Repr(t, v)
		}
		if err := t.enterGo(); err != nil {
			return "", err
		}
		x, err := CallSpecial(t, fn, v)
		t.leaveGo()
		if err != nil {
			return "", err
		}
		if s, ok := AsStr(x); ok {
			return s.S, nil
		}
		return "", TypeErrorf(t, "__str__ returned non-string (type %s)", TypeName(t, x))
	}
	if f := typ.Ops.Str; f != nil {
		return f(t, v)
	}
	return Repr(t, v)
}

// StrOf is str(v) as a Python object: v itself if it is a string.
func StrOf(t *Thread, v Value) (Value, error) {
	switch v.Kind() {
	case KindStr:
		return v, nil
	case KindInt:
		return intStr(v.AsInt()), nil
	}
	s, err := ToStr(t, v)
	if err != nil {
		return Unset, err
	}
	return NewStr(s), nil
}

// ASCII is ascii(v).
func ASCII(t *Thread, v Value) (string, error) {
	s, err := Repr(t, v)
	if err != nil {
		return "", err
	}
	return asciiEscape(s), nil
}

// Format is format(v, spec).
func Format(t *Thread, v Value, spec string) (string, error) {
	switch v.Kind() {
	case KindStr:
		if spec == "" {
			return (*Str)(v.Ref).S, nil
		}
	case KindInt:
		if spec == "" {
			return itoa64(v.AsInt()), nil
		}
	}
	typ := TypeOf(t, v)
	if typ.Flags&TypeUser != 0 {
		if fn, ok := operator(t, typ, SpFormat); ok {
			if spec == "" && fn.Kind() == KindBuiltin {
				return ToStr(t, v)
			}
			x, err := CallSpecial(t, fn, v, NewStr(spec))
			if err != nil {
				return "", err
			}
			if s, ok := AsStr(x); ok {
				return s.S, nil
			}
			return "", TypeErrorf(t, "__format__ must return a str, not %s", TypeName(t, x))
		}
	}
	if f := typ.Ops.Format; f != nil {
		return f(t, v, spec)
	}
	return defaultFormat(t, v, spec)
}

// FormatValue is format(v, spec) as a Python object.
func FormatValue(t *Thread, v Value, spec string) (Value, error) {
	if spec == "" && (v.Ref == nil || v.Kind() == KindStr) {
		return StrOf(t, v)
	}
	s, err := Format(t, v, spec)
	if err != nil {
		return Unset, err
	}
	return NewStr(s), nil
}

func defaultFormat(t *Thread, v Value, spec string) (string, error) {
	if spec != "" {
		return "", TypeErrorf(t, "unsupported format string passed to %s.__format__", TypeName(t, v))
	}
	return ToStr(t, v)
}

// IsInstance is isinstance(v, cls): cls is a class, a tuple of such, a union, or has __instancecheck__.
func IsInstance(t *Thread, v, cls Value) (bool, error) {
	if c, ok := AsType(cls); ok {
		vt := TypeOf(t, v)
		if vt == c {
			return true, nil
		}
		if c.Type == nil || c.Type == t.Interp.Types.Type {
			return isInstanceOf(t, v, vt, c)
		}
	}
	if tup, ok := AsTuple(cls); ok {
		return anyClass(t, v, tup.Items, IsInstance)
	}
	if members, ok := unionMembers(cls); ok {
		for _, c := range members {
			if c.IsNone() {
				if v.IsNone() {
					return true, nil
				}
				continue
			}
			if ok, err := IsInstance(t, v, c); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	if fn, ok := lookupUser(t, TypeOf(t, cls), SpInstanceCheck); ok {
		r, err := CallSpecial(t, fn, cls, v)
		if err != nil {
			return false, err
		}
		return Truth(t, r)
	}
	if c, ok := AsType(cls); ok {
		return isInstanceOf(t, v, TypeOf(t, v), c)
	}
	if isGenericAlias(t, cls) {
		return false, TypeErrorf(t, "isinstance() argument 2 cannot be a parameterized generic")
	}
	return false, TypeErrorf(t, "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

func isInstanceOf(t *Thread, v Value, vt, c *Type) (bool, error) {
	if vt.IsSubtype(c) {
		return true, nil
	}
	if v.Kind() == KindInstance && vt.Flags&TypeUser != 0 {
		// An object may claim another class by its __class__.
		x, _, owner, err := vt.Lookup(t, "__class__")
		if err != nil || x.IsUnset() || owner == t.Interp.Types.Object {
			return false, err
		}
		claimed, _, err := LookupAttr(t, v, t.Interp.names.Class)
		if err = swallowAttributeError(t, err); err != nil {
			return false, err
		}
		if ct, ok := AsType(claimed); ok {
			return ct.IsSubtype(c), nil
		}
	}
	return false, nil
}

// anyClass says whether x is what is asks for of one of the classes of a tuple.
func anyClass(t *Thread, x Value, classes []Value, is func(t *Thread, x, cls Value) (bool, error)) (bool, error) {
	for _, c := range classes {
		if ok, err := is(t, x, c); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// IsSubclass is issubclass(sub, cls).
func IsSubclass(t *Thread, sub, cls Value) (bool, error) {
	if tup, ok := AsTuple(cls); ok {
		return anyClass(t, sub, tup.Items, IsSubclass)
	}
	if members, ok := unionMembers(cls); ok {
		for _, c := range members {
			if c.IsNone() {
				c = t.Interp.Types.NoneType.Value()
			}
			if ok, err := IsSubclass(t, sub, c); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	if ct := TypeOf(t, cls); ct != t.Interp.Types.Type {
		if fn, ok := lookupUser(t, ct, SpSubclassCheck); ok {
			r, err := CallSpecial(t, fn, cls, sub)
			if err != nil {
				return false, err
			}
			return Truth(t, r)
		}
	}
	s, ok := AsType(sub)
	if !ok {
		return false, TypeErrorf(t, "issubclass() arg 1 must be a class")
	}
	c, ok := AsType(cls)
	if !ok {
		return false, TypeErrorf(t, "issubclass() arg 2 must be a class, a tuple of classes, or a union")
	}
	return s.IsSubtype(c), nil
}
