package object

import (
	"strings"
)

// This file has the methods that bytes and bytearray share. They work on the contents as a Go string; results are of the
// receiver's class.

// byteMethod is a method on the contents.
type byteMethod func(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error)

func (in *Interp) bytesMethods(x *Type) {
	add := func(name string, min, max int, f byteMethod) {
		d := MethodDef{Name: name, Min: min, Max: max, Keywords: max < 0, Fn: func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			s, err := bytesOf(t, args[0])
			if err != nil {
				return Unset, err
			}
			return f(t, args[0], s, args, kw)
		}}
		x.Methods(in, d)
	}
	mapped := func(name string, f func(string) string) {
		add(name, 0, 0, func(t *Thread, v Value, s string, _ []Value, _ *Kwargs) (Value, error) {
			return rebuild(t, v, f(s)), nil
		})
	}
	test := func(name string, f func(string) bool) {
		add(name, 0, 0, func(t *Thread, v Value, s string, _ []Value, _ *Kwargs) (Value, error) { return Bool(f(s)), nil })
	}
	mapped("upper", mapBytes(upperByte))
	mapped("lower", mapBytes(lowerByte))
	mapped("swapcase", mapBytes(func(c byte) byte {
		if isUpperByte(c) {
			return c | 0x20
		}
		return upperByte(c)
	}))
	mapped("title", titleBytes)
	mapped("capitalize", func(s string) string {
		s = mapBytes(lowerByte)(s)
		if s == "" {
			return s
		}
		return string(upperByte(s[0])) + s[1:]
	})
	every := func(f func(byte) bool) func(string) bool {
		return func(s string) bool {
			for i := 0; i < len(s); i++ {
				if !f(s[i]) {
					return false
				}
			}
			return s != ""
		}
	}
	letter := func(c byte) bool { return isUpperByte(c) || isLowerByte(c) }
	test("isalpha", every(letter))
	test("isdigit", every(isDigit))
	test("isalnum", every(func(c byte) bool { return letter(c) || isDigit(c) }))
	test("isspace", every(spaceByte))
	test("isascii", isASCII)
	test("isupper", func(s string) bool {
		return strings.ContainsFunc(s, asciiUpper) && !strings.ContainsFunc(s, asciiLower)
	})
	test("islower", func(s string) bool {
		return strings.ContainsFunc(s, asciiLower) && !strings.ContainsFunc(s, asciiUpper)
	})
	test("istitle", func(s string) bool { return istitleStr(mapBytes(asciiOnly)(s)) })
	for _, name := range []string{"find", "rfind", "index", "rindex", "count"} {
		add(name, 1, 3, bytesFind(name))
	}
	add("startswith", 1, 3, bytesAffix("startswith", strings.HasPrefix))
	add("endswith", 1, 3, bytesAffix("endswith", strings.HasSuffix))
	add("strip", 0, 1, bytesStrip(true, true))
	add("lstrip", 0, 1, bytesStrip(true, false))
	add("rstrip", 0, 1, bytesStrip(false, true))
	add("split", 0, -1, bytesSplit(false))
	add("rsplit", 0, -1, bytesSplit(true))
	add("splitlines", 0, -1, func(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
		keep, err := keepEnds(t, args, kw)
		if err != nil {
			return Unset, err
		}
		var parts []string
		start := 0
		for i := 0; i < len(s); i++ {
			if s[i] != '\n' && s[i] != '\r' {
				continue
			}
			end := i
			if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			if keep {
				end = i + 1
			}
			parts = append(parts, s[start:end])
			start = i + 1
		}
		if start < len(s) {
			parts = append(parts, s[start:])
		}
		return bytesList(t, v, parts), nil
	})
	add("join", 1, 1, bytesJoin)
	add("partition", 1, 1, bytesPartition(false))
	add("rpartition", 1, 1, bytesPartition(true))
	add("replace", 2, 3, bytesReplace)
	add("removeprefix", 1, 1, func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		p, err := Buffer(t, args[1])
		return rebuild(t, v, strings.TrimPrefix(s, p)), err
	})
	add("removesuffix", 1, 1, func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		p, err := Buffer(t, args[1])
		return rebuild(t, v, strings.TrimSuffix(s, p)), err
	})
	add("center", 1, 2, bytesPad('c'))
	add("ljust", 1, 2, bytesPad('l'))
	add("rjust", 1, 2, bytesPad('r'))
	add("zfill", 1, 1, func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		w, err := IndexInt(t, args[1])
		if err != nil || w <= len(s) {
			return rebuild(t, v, s), err
		}
		if err := t.roomForStr(w); err != nil {
			return Unset, err
		}
		zeros := strings.Repeat("0", w-len(s))
		if s != "" && (s[0] == '+' || s[0] == '-') {
			return rebuild(t, v, s[:1]+zeros+s[1:]), nil
		}
		return rebuild(t, v, zeros+s), nil
	})
	add("expandtabs", 0, -1, func(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
		n, err := tabSize(t, args, kw)
		return rebuild(t, v, expandTabs(s, n)), err
	})
	add("hex", 0, -1, bytesHex)
	add("decode", 0, -1, func(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
		var a [2]Value
		if err := ParseArgs(t, "decode", args[1:], kw, []string{"encoding", "errors"}, 0, a[:]); err != nil {
			return Unset, err
		}
		enc, errs, err := codecArgs(t, "decode", a[0], a[1])
		if err != nil {
			return Unset, err
		}
		return Decode(t, s, enc, errs)
	})
	add("translate", 1, -1, bytesTranslate)
	add("__getnewargs__", 0, 0, func(t *Thread, v Value, s string, _ []Value, _ *Kwargs) (Value, error) {
		return t.NewTuple(NewBytes(s)), nil
	})
	x.Methods(in, MC("fromhex", bytesFromHex), MS("maketrans", bytesMakeTrans))
}

func isUpperByte(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLowerByte(c byte) bool { return c >= 'a' && c <= 'z' }
func spaceByte(c byte) bool   { return c == ' ' || c >= 9 && c <= 13 }
func asciiUpper(r rune) bool  { return r >= 'A' && r <= 'Z' }
func asciiLower(r rune) bool  { return r >= 'a' && r <= 'z' }
func asciiOnly(c byte) byte {
	if c >= 0x80 {
		return ' '
	}
	return c
}

func upperByte(c byte) byte {
	if isLowerByte(c) {
		return c - 0x20
	}
	return c
}

func lowerByte(c byte) byte {
	if isUpperByte(c) {
		return c + 0x20
	}
	return c
}

func mapBytes(f func(byte) byte) func(string) string {
	return func(s string) string {
		b := []byte(s)
		for i, c := range b {
			b[i] = f(c)
		}
		return string(b)
	}
}

func titleBytes(s string) string {
	b := []byte(s)
	prev := false
	for i, c := range b {
		if prev {
			b[i] = lowerByte(c)
		} else {
			b[i] = upperByte(c)
		}
		prev = isUpperByte(c) || isLowerByte(c)
	}
	return string(b)
}

// subBytes is an argument to search for: bytes-like, or an int in range(256).
func subBytes(t *Thread, v Value) (string, error) {
	s, ok, err := bufferOf(t, v)
	if ok || err != nil {
		return s, err
	}
	if hasIndex(t, v) {
		c, err := byteValue(t, v, "byte must be in range(0, 256)")
		return string([]byte{c}), err
	}
	return "", TypeErrorf(t, "argument should be integer or bytes-like object, not '%s'", TypeName(t, v))
}

func bytesFind(name string) byteMethod {
	return func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		sub, err := subBytes(t, args[1])
		if err != nil {
			return Unset, err
		}
		i, j, err := sliceArgs(t, args[2:], len(s))
		if err != nil {
			return Unset, err
		}
		at := -1
		if i <= j {
			piece := s[i:j]
			switch name {
			case "count":
				if sub == "" {
					return Int(int64(len(piece)) + 1), nil
				}
				return Int(int64(strings.Count(piece, sub))), nil
			case "find", "index":
				at = strings.Index(piece, sub)
			default:
				at = strings.LastIndex(piece, sub)
			}
		}
		if at >= 0 {
			return Int(int64(i + at)), nil
		}
		switch name {
		case "count":
			return Int(0), nil
		case "index", "rindex":
			return Unset, ValueErrorf(t, "subsection not found")
		}
		return Int(-1), nil
	}
}

func bytesAffix(name string, has func(s, affix string) bool) byteMethod {
	return func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		i, j, err := sliceArgs(t, args[2:], len(s))
		if err != nil {
			return Unset, err
		}
		ok := i <= j
		if ok {
			s = s[i:j]
		}
		if tup, isTup := AsTuple(args[1]); isTup {
			for _, x := range tup.Items {
				sub, err := Buffer(t, x)
				if err != nil {
					return Unset, err
				}
				if ok && has(s, sub) {
					return True, nil
				}
			}
			return False, nil
		}
		sub, isBuf, err := bufferOf(t, args[1])
		if err != nil {
			return Unset, err
		}
		if !isBuf {
			return Unset, TypeErrorf(t, "%s first arg must be bytes or a tuple of bytes, not %s", name, TypeName(t, args[1]))
		}
		return Bool(ok && has(s, sub)), nil
	}
}

func bytesStrip(left, right bool) byteMethod {
	return func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		in := spaceByte
		if len(args) == 2 && !args[1].IsNone() {
			set, err := Buffer(t, args[1])
			if err != nil {
				return Unset, err
			}
			in = func(c byte) bool { return strings.IndexByte(set, c) >= 0 }
		}
		for left && s != "" && in(s[0]) {
			s = s[1:]
		}
		for right && s != "" && in(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		return rebuild(t, v, s), nil
	}
}

func bytesList(t *Thread, like Value, parts []string) Value {
	out := make([]Value, len(parts))
	for i, p := range parts {
		out[i] = rebuild(t, like, p)
	}
	return t.NewList(out)
}

func bytesSplit(right bool) byteMethod {
	name := "split"
	if right {
		name = "rsplit"
	}
	return func(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
		sep, limit, err := splitArgs(t, name, args, kw)
		if err != nil {
			return Unset, err
		}
		if sep.IsNone() {
			// White space is ASCII, so that splitting what latin-1 makes of the bytes is splitting the bytes.
			f := splitSpace
			if right {
				f = rsplitSpace
			}
			parts := f(latin1(s), limit, func(r rune) bool { return r < 0x80 && spaceByte(byte(r)) })
			for i, p := range parts {
				parts[i] = fromLatin1(p)
			}
			return bytesList(t, v, parts), nil
		}
		x, err := Buffer(t, sep)
		if err != nil {
			return Unset, err
		}
		if x == "" {
			return Unset, ValueErrorf(t, "empty separator")
		}
		if right {
			return bytesList(t, v, rsplitSep(s, x, limit)), nil
		}
		if limit >= 0 {
			limit++
		}
		return bytesList(t, v, strings.SplitN(s, x, limit)), nil
	}
}

// fromLatin1 undoes latin1.
func fromLatin1(s string) string {
	if isASCII(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

func bytesJoin(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
	items, err := ToSlice(t, args[1])
	if err != nil {
		if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok && !iterableValue(t, args[1]) {
			return Unset, TypeErrorf(t, "can only join an iterable")
		}
		return Unset, err
	}
	var b []byte
	for i, x := range items {
		p, ok, err := bufferOf(t, x)
		if err != nil {
			return Unset, err
		}
		if !ok {
			return Unset, TypeErrorf(t, "sequence item %d: expected a bytes-like object, %s found", i, TypeName(t, x))
		}
		if i > 0 {
			b = append(b, s...)
		}
		if n := len(b) + len(p); n > cap(b) {
			if err := t.roomForStr(n); err != nil {
				return Unset, err
			}
		}
		b = append(b, p...)
	}
	return rebuild(t, v, unsafeString(b)), nil
}

func bytesPartition(last bool) byteMethod {
	return func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		sep, err := Buffer(t, args[1])
		if err != nil {
			return Unset, err
		}
		if sep == "" {
			return Unset, ValueErrorf(t, "empty separator")
		}
		i := strings.Index(s, sep)
		if last {
			i = strings.LastIndex(s, sep)
		}
		switch {
		case i >= 0:
			return t.NewTuple(rebuild(t, v, s[:i]), rebuild(t, v, sep), rebuild(t, v, s[i+len(sep):])), nil
		case last:
			return t.NewTuple(rebuild(t, v, ""), rebuild(t, v, ""), rebuild(t, v, s)), nil
		}
		return t.NewTuple(rebuild(t, v, s), rebuild(t, v, ""), rebuild(t, v, "")), nil
	}
}

func bytesReplace(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
	old, err := Buffer(t, args[1])
	if err != nil {
		return Unset, err
	}
	with, err := Buffer(t, args[2])
	if err != nil {
		return Unset, err
	}
	limit := -1
	if len(args) == 4 {
		if limit, err = IndexInt(t, args[3]); err != nil {
			return Unset, err
		}
	}
	if old == "" { // between all bytes; strings.Replace would go by code points
		var b []byte
		n := 0
		for i := 0; i <= len(s); i++ {
			if limit < 0 || n < limit {
				b = append(b, with...)
				n++
			}
			if i < len(s) {
				b = append(b, s[i])
			}
		}
		return rebuild(t, v, string(b)), nil
	}
	return rebuild(t, v, strings.Replace(s, old, with, limit)), nil
}
