package object

import (
	"strings"
	"unicode"
)

// This file has the class str: construction, indexing, and the methods about characters, case and padding.
// Searching and splitting are in strsearch.go, formatting in format*.go and percent.go, encoding in codec.go.

func strOf(v Value) *Str { return (*Str)(v.Ref) }

func (in *Interp) initStrings() {
	x := in.Types.Str
	o := x.Ops
	o.Repr = func(t *Thread, v Value) (string, error) { return reprStr(strOf(v).S), nil }
	o.Str = func(t *Thread, v Value) (string, error) { return strOf(v).S, nil }
	o.Hash = func(t *Thread, v Value) (int64, error) { return strOf(v).Hash(), nil }
	o.Compare = strCompare
	o.Len = func(t *Thread, v Value) (int, error) { return strOf(v).Len, nil }
	o.GetItem = strGetItem
	o.Contains = func(t *Thread, v, sub Value) (bool, error) {
		s, ok := AsStr(sub)
		if !ok {
			return false, TypeErrorf(t, "'in <string>' requires string as left operand, not %s", TypeName(t, sub))
		}
		return strings.Contains(strOf(v).S, s.S), nil
	}
	o.Sequence = true
	o.Binary[OpAdd] = strAdd
	o.Binary[OpMul] = strRepeat
	o.Binary[OpMod] = func(t *Thread, a, b Value) (Value, error) {
		s, ok := AsStr(a)
		if !ok {
			return NotImplemented, nil
		}
		return PercentFormat(t, s, b)
	}
	o.Iter = func(t *Thread, v Value) (Value, error) { return newStrIter(t, v), nil }
	o.New = strNew
	o.InitIsNew = true
	o.Format = func(t *Thread, v Value, spec string) (string, error) { return formatStr(t, strOf(v).S, spec) }
	in.initIterator(in.Types.StrASCIIIterator)
	in.strCaseMethods(x)
	in.strSearchMethods(x)
	in.strFormatMethods(x)
	in.initBytes()
}

func strAdd(t *Thread, a, b Value) (Value, error) {
	x, ok := AsStr(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := AsStr(b)
	if !ok {
		return Unset, TypeErrorf(t, "can only concatenate str (not \"%s\") to str", TypeName(t, b))
	}
	return concatStr(t, x, y)
}

func strRepeat(t *Thread, a, b Value) (Value, error) {
	v, n, ok, err := repeatOperands(t, a, b, KindStr)
	if err != nil || !ok {
		return NotImplemented, err
	}
	s := strOf(v)
	if n <= 0 || s.S == "" {
		return newASCII(""), nil
	}
	if n == 1 {
		return v, nil
	}
	if n > maxStr/int64(len(s.S)) {
		return Unset, MemoryError(t)
	}
	if err := t.Room(int(n) * len(s.S)); err != nil {
		return Unset, err
	}
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: strings.Repeat(s.S, int(n)), Len: s.Len * int(n)}), nil
}

func strCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok := AsStr(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := AsStr(b)
	if !ok {
		return NotImplemented, nil
	}
	switch op {
	case CmpEq:
		return Bool(x.S == y.S), nil
	case CmpNe:
		return Bool(x.S != y.S), nil
	}
	return Bool(cmpInt64(op, int64(strings.Compare(x.S, y.S)), 0)), nil // UTF-8 sorts as code points do
}

func strGetItem(t *Thread, v, key Value) (Value, error) {
	s := strOf(v)
	if key.Kind() == KindSlice {
		r, err := (*Slice)(key.Ref).Indices(t, s.Len)
		if err != nil {
			return Unset, err
		}
		return s.slice(v, r), nil
	}
	i, err := subscriptStr(t, key)
	if err != nil {
		return Unset, err
	}
	if i < 0 {
		i += int64(s.Len)
	}
	if uint64(i) >= uint64(s.Len) {
		return Unset, IndexErrorf(t, "string index out of range")
	}
	return s.Index(t, int(i)), nil
}

func subscriptStr(t *Thread, key Value) (int64, error) {
	if key.IsInt() {
		return key.AsInt(), nil
	}
	if !hasIndex(t, key) {
		return 0, TypeErrorf(t, "string indices must be integers, not '%s'", TypeName(t, key))
	}
	return subscript(t, key, "string")
}

func (s *Str) slice(v Value, r SliceIndices) Value {
	switch {
	case r.Len == 0:
		return newASCII("")
	case r.Len == s.Len && r.Step == 1:
		return v
	case r.Step == 1:
		return s.sub(r.Start, r.Start+r.Len)
	}
	if s.ASCII() {
		b := make([]byte, r.Len)
		for k, i := 0, r.Start; k < r.Len; k, i = k+1, i+r.Step {
			b[k] = s.S[i]
		}
		return newASCII(string(b))
	}
	rs := s.Runes()
	out := make([]rune, r.Len)
	for k, i := 0, r.Start; k < r.Len; k, i = k+1, i+r.Step {
		out[k] = rs[i]
	}
	return NewStr(fromRunes(out))
}

// sub is the string of the code points [i, j), which are in range.
func (s *Str) sub(i, j int) Value {
	if s.ASCII() {
		return newASCII(s.S[i:j])
	}
	a := s.byteOffset(i)
	b := a
	for k := i; k < j; k++ {
		_, n := runeAt(s.S, b)
		b += n
	}
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: s.S[a:b], Len: j - i})
}

// byteOffset is where code point i begins.
func (s *Str) byteOffset(i int) int {
	if s.ASCII() {
		return i
	}
	if i >= s.Len {
		return len(s.S)
	}
	if i > s.Len/2 { // from the end
		b := len(s.S)
		for k := s.Len; k > i; k-- {
			b--
			for s.S[b]&0xC0 == 0x80 {
				b--
			}
		}
		return b
	}
	b := 0
	for range i {
		_, n := runeAt(s.S, b)
		b += n
	}
	return b
}

// runeOffset is the number of code points before byte b.
func (s *Str) runeOffset(b int) int {
	if s.ASCII() {
		return b
	}
	return runeCount(s.S[:b])
}

// strNew is str(object, encoding, errors).
func strNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if kw == nil && len(args) == 1 {
		return StrOf(t, args[0])
	}
	var a [3]Value
	if err := ParseArgs(t, "str", args, kw, []string{"object", "encoding", "errors"}, 0, a[:]); err != nil {
		return Unset, err
	}
	if a[0].IsUnset() {
		return newASCII(""), nil
	}
	if a[1].IsUnset() && a[2].IsUnset() {
		return StrOf(t, a[0])
	}
	if _, ok := AsStr(a[0]); ok {
		return Unset, TypeErrorf(t, "decoding str is not supported")
	}
	b, ok, err := bufferOf(t, a[0])
	if err != nil {
		return Unset, err
	}
	if !ok {
		return Unset, TypeErrorf(t, "decoding to str: need a bytes-like object, %s found", TypeName(t, a[0]))
	}
	enc, errs, err := codecArgs(t, "str", a[1], a[2])
	if err != nil {
		return Unset, err
	}
	return Decode(t, b, enc, errs)
}

func (in *Interp) strCaseMethods(x *Type) {
	mapped := func(name string, f func(string) string) MethodDef {
		return M0(name, func(t *Thread, v Value) (Value, error) { return NewStr(f(strOf(v).S)), nil })
	}
	all := func(name string, empty bool, f func(rune) bool) MethodDef {
		return M0(name, func(t *Thread, v Value) (Value, error) {
			s := strOf(v).S
			if s == "" {
				return Bool(empty), nil
			}
			for i := 0; i < len(s); {
				r, n := runeAt(s, i)
				if !f(r) {
					return False, nil
				}
				i += n
			}
			return True, nil
		})
	}
	caseTest := func(name string, want, not func(rune) bool) MethodDef {
		return M0(name, func(t *Thread, v Value) (Value, error) {
			found := false
			s := strOf(v).S
			for i := 0; i < len(s); {
				r, n := runeAt(s, i)
				i += n
				if not(r) || unicode.IsTitle(r) {
					return False, nil
				}
				found = found || want(r)
			}
			return Bool(found), nil
		})
	}
	x.Methods(in,
		mapped("upper", upperStr), mapped("lower", lowerStr), mapped("casefold", foldStr),
		mapped("title", titleStr), mapped("capitalize", capitalizeStr), mapped("swapcase", swapcaseStr),
		all("isalpha", false, isAlpha), all("isdecimal", false, isDecimalRune), all("isdigit", false, isDigitRune),
		all("isnumeric", false, isNumericRune), all("isalnum", false, isAlnum), all("isspace", false, isSpace),
		all("isprintable", true, isPrintable), all("isascii", true, func(r rune) bool { return r < 0x80 }),
		caseTest("isupper", isUpperRune, isLowerRune), caseTest("islower", isLowerRune, isUpperRune),
		M0("istitle", func(t *Thread, v Value) (Value, error) { return Bool(istitleStr(strOf(v).S)), nil }),
		M0("isidentifier", func(t *Thread, v Value) (Value, error) { return Bool(IsIdentifier(strOf(v).S)), nil }),
		MN("center", 1, 2, func(t *Thread, a []Value) (Value, error) { return strPad(t, a, 'c') }),
		MN("ljust", 1, 2, func(t *Thread, a []Value) (Value, error) { return strPad(t, a, 'l') }),
		MN("rjust", 1, 2, func(t *Thread, a []Value) (Value, error) { return strPad(t, a, 'r') }),
		M1("zfill", strZfill),
		MK("expandtabs", strExpandTabs),
		MK("encode", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			var a [2]Value
			if err := ParseArgs(t, "encode", args[1:], kw, []string{"encoding", "errors"}, 0, a[:]); err != nil {
				return Unset, err
			}
			enc, errs, err := codecArgs(t, "encode", a[0], a[1])
			if err != nil {
				return Unset, err
			}
			b, err := Encode(t, strOf(args[0]), enc, errs)
			return NewBytes(b), err
		}),
		M1("translate", strTranslate),
		MS("maketrans", strMakeTrans),
		M0("__getnewargs__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(NewStr(strOf(v).S)), nil }),
	)
}

// strPad is center, ljust and rjust.
func strPad(t *Thread, args []Value, how byte) (Value, error) {
	s := strOf(args[0])
	width, err := IndexInt(t, args[1])
	if err != nil {
		return Unset, err
	}
	fill := " "
	if len(args) == 3 {
		f, ok := AsStr(args[2])
		if !ok {
			return Unset, TypeErrorf(t, "The fill character must be a unicode character, not %s", TypeName(t, args[2]))
		}
		if f.Len != 1 {
			return Unset, TypeErrorf(t, "The fill character must be exactly one character long")
		}
		fill = f.S
	}
	pad := width - s.Len
	if pad <= 0 {
		return args[0], nil
	}
	if pad > maxStr/len(fill) {
		return Unset, MemoryError(t)
	}
	if err := t.Room(len(s.S) + pad*len(fill)); err != nil {
		return Unset, err
	}
	left := 0
	switch how {
	case 'c':
		left = pad/2 + (pad & width & 1)
	case 'r':
		left = pad
	}
	return NewStr(strings.Repeat(fill, left) + s.S + strings.Repeat(fill, pad-left)), nil
}

func strZfill(t *Thread, v, w Value) (Value, error) {
	s := strOf(v)
	width, err := IndexInt(t, w)
	if err != nil {
		return Unset, err
	}
	n := width - s.Len
	if n <= 0 {
		return v, nil
	}
	if err := t.roomForStr(n); err != nil {
		return Unset, err
	}
	zeros := strings.Repeat("0", n)
	if s.S != "" && (s.S[0] == '+' || s.S[0] == '-') {
		return NewStr(s.S[:1] + zeros + s.S[1:]), nil
	}
	return NewStr(zeros + s.S), nil
}

func expandTabs(s string, size int) string {
	var b []byte
	col := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\t':
			if size > 0 {
				n := size - col%size
				col += n
				for range n {
					b = append(b, ' ')
				}
			}
			continue
		case c == '\n' || c == '\r':
			col = 0
		case c&0xC0 != 0x80:
			col++
		}
		b = append(b, c)
	}
	return string(b)
}

func tabSize(t *Thread, args []Value, kw *Kwargs) (int, error) {
	var a [1]Value
	if err := ParseArgs(t, "expandtabs", args[1:], kw, []string{"tabsize"}, 0, a[:]); err != nil {
		return 0, err
	}
	if a[0].IsUnset() {
		return 8, nil
	}
	return IndexInt(t, a[0])
}

func strExpandTabs(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	n, err := tabSize(t, args, kw)
	if err != nil {
		return Unset, err
	}
	return NewStr(expandTabs(strOf(args[0]).S, n)), nil
}

func strTranslate(t *Thread, v, table Value) (Value, error) {
	var b []byte
	s := strOf(v).S
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		i += n
		x, err := GetItem(t, table, Int(int64(r)))
		if err != nil {
			if _, ok := Catch(t, err, t.Interp.Types.LookupError); !ok {
				return Unset, err
			}
			b = appendRune(b, r)
			continue
		}
		if x.IsNone() {
			continue
		}
		if c, ok := smallInt(x); ok {
			if c < 0 || c > 0x10FFFF {
				return Unset, ValueErrorf(t, "character mapping must be in range(0x110000)")
			}
			b = appendRune(b, rune(c))
			continue
		}
		str, ok := AsStr(x)
		if !ok {
			return Unset, TypeErrorf(t, "character mapping must return integer, None or str")
		}
		b = append(b, str.S...)
	}
	return NewStr(string(b)), nil
}

func strMakeTrans(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	if len(args) < 1 || len(args) > 3 {
		return Unset, CountError(t, "maketrans", 1, 3, len(args))
	}
	d := t.NewDict()
	if len(args) == 1 {
		src, ok := AsDict(args[0])
		if !ok {
			return Unset, TypeErrorf(t, "if you give only one argument to maketrans it must be a dict")
		}
		items, err := src.Items(t)
		if err != nil {
			return Unset, err
		}
		for _, it := range items {
			k := it.Key
			if s, ok := AsStr(k); ok {
				if s.Len != 1 {
					return Unset, ValueErrorf(t, "string keys in translate table must be of length 1")
				}
				k = Int(int64(s.Runes()[0]))
			} else if !IsIntValue(k) {
				return Unset, TypeErrorf(t, "keys in translate table must be strings or integers")
			}
			if err := d.Set(t, k, it.Val); err != nil {
				return Unset, err
			}
		}
		return d.Value(), nil
	}
	var parts [3]*Str
	for i, a := range args {
		s, ok := AsStr(a)
		if !ok {
			if i == 0 {
				return Unset, TypeErrorf(t, "first maketrans argument must be a string if there is a second argument")
			}
			return Unset, TypeErrorf(t, "maketrans() argument %d must be str, not %s", i+1, TypeName(t, a))
		}
		parts[i] = s
	}
	if parts[0].Len != parts[1].Len {
		return Unset, ValueErrorf(t, "the first two maketrans arguments must have equal length")
	}
	to := parts[1].Runes()
	for i, r := range parts[0].Runes() {
		if err := d.Set(t, Int(int64(r)), Int(int64(to[i]))); err != nil {
			return Unset, err
		}
	}
	if parts[2] != nil {
		for _, r := range parts[2].Runes() {
			if err := d.Set(t, Int(int64(r)), None); err != nil {
				return Unset, err
			}
		}
	}
	return d.Value(), nil
}
