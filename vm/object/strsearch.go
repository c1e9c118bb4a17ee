package object

import "strings"

// This file has str's methods that search, strip, split and join.

// substringArgs reads (sub, start, end) as find and its kin take them, and gives the piece of s to search: its bytes
// [lo, hi). ok is false if the piece is empty because start is behind the end.
func substringArgs(t *Thread, s *Str, args []Value) (lo, hi int, ok bool, err error) {
	i, j, err := sliceArgs(t, args, s.Len)
	if err != nil || i > j {
		return 0, 0, false, err
	}
	return s.byteOffset(i), s.byteOffset(j), true, nil
}

// sliceArgs brings optional start and end arguments (None allowed) into the range of a sequence of n elements.
func sliceArgs(t *Thread, args []Value, n int) (i, j int, err error) {
	j = n
	for k, a := range args {
		if a.IsNone() || a.IsUnset() {
			continue
		}
		x, err := clampIndex(t, a)
		if err != nil {
			return 0, 0, err
		}
		if x < 0 {
			x = max(x+int64(n), 0)
		}
		if k == 0 {
			i = int(min(x, int64(n)+1))
		} else {
			j = int(min(x, int64(n)))
		}
	}
	return i, j, nil
}

// strFind is find, rfind, index, rindex and count.
func strFind(name string) MethodDef {
	return MN(name, 1, 3, func(t *Thread, args []Value) (Value, error) {
		s := strOf(args[0])
		sub, ok := AsStr(args[1])
		if !ok {
			return Unset, TypeErrorf(t, "%s() argument 1 must be str, not %s", name, TypeName(t, args[1]))
		}
		lo, hi, ok, err := substringArgs(t, s, args[2:])
		if err != nil {
			return Unset, err
		}
		at := -1
		if ok {
			piece := s.S[lo:hi]
			switch name {
			case "count":
				if sub.S == "" {
					return Int(int64(runeCount(piece)) + 1), nil
				}
				return Int(int64(strings.Count(piece, sub.S))), nil
			case "find", "index":
				at = strings.Index(piece, sub.S)
			default:
				at = strings.LastIndex(piece, sub.S)
			}
		}
		if at < 0 {
			switch name {
			case "count":
				return Int(0), nil
			case "index", "rindex":
				return Unset, ValueErrorf(t, "substring not found")
			}
			return Int(-1), nil
		}
		return Int(int64(s.runeOffset(lo + at))), nil
	})
}

// strAffix is startswith and endswith.
func strAffix(name string, has func(s, affix string) bool) MethodDef {
	return MN(name, 1, 3, func(t *Thread, args []Value) (Value, error) {
		s := strOf(args[0])
		piece, ok := s.S, true
		if len(args) > 2 {
			lo, hi, in, err := substringArgs(t, s, args[2:])
			if err != nil {
				return Unset, err
			}
			ok = in
			if ok {
				piece = s.S[lo:hi]
			}
		}
		if sub, isStr := AsStr(args[1]); isStr {
			return Bool(ok && has(piece, sub.S)), nil
		}
		tup, isTup := AsTuple(args[1])
		if !isTup {
			return Unset, TypeErrorf(t, "%s first arg must be str or a tuple of str, not %s", name, TypeName(t, args[1]))
		}
		for _, x := range tup.Items {
			sub, isStr := AsStr(x)
			if !isStr {
				return Unset, TypeErrorf(t, "tuple for %s must only contain str, not %s", name, TypeName(t, x))
			}
			if ok && has(piece, sub.S) {
				return True, nil
			}
		}
		return False, nil
	})
}

// strStrip is strip, lstrip and rstrip.
func strStrip(name string, left, right bool) MethodDef {
	return MN(name, 0, 1, func(t *Thread, args []Value) (Value, error) {
		s := strOf(args[0])
		in := isSpace
		if len(args) == 2 && !args[1].IsNone() {
			set, ok := AsStr(args[1])
			if !ok {
				return Unset, TypeErrorf(t, "%s arg must be None or str", name)
			}
			in = func(r rune) bool { return containsRune(set.S, r) }
		}
		lo, hi := 0, len(s.S)
		for left && lo < hi {
			r, n := runeAt(s.S, lo)
			if !in(r) {
				break
			}
			lo += n
		}
		for right && lo < hi {
			k := hi - 1
			for k > lo && s.S[k]&0xC0 == 0x80 {
				k--
			}
			r, _ := runeAt(s.S, k)
			if !in(r) {
				break
			}
			hi = k
		}
		if lo == 0 && hi == len(s.S) {
			return args[0], nil
		}
		return NewStr(s.S[lo:hi]), nil
	})
}

func containsRune(s string, r rune) bool {
	for i := 0; i < len(s); {
		c, n := runeAt(s, i)
		if c == r {
			return true
		}
		i += n
	}
	return false
}

func splitArgs(t *Thread, name string, args []Value, kw *Kwargs) (sep Value, limit int, err error) {
	var a [2]Value
	if err := ParseArgs(t, name, args[1:], kw, []string{"sep", "maxsplit"}, 0, a[:]); err != nil {
		return Unset, 0, err
	}
	limit = -1
	if !a[1].IsUnset() {
		if limit, err = IndexInt(t, a[1]); err != nil {
			return Unset, 0, err
		}
	}
	if a[0].IsUnset() {
		a[0] = None
	}
	return a[0], limit, nil
}

func strSplit(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	sep, limit, err := splitArgs(t, "split", args, kw)
	if err != nil {
		return Unset, err
	}
	s := strOf(args[0]).S
	if sep.IsNone() {
		if limit < 0 {
			var few [16]string
			if parts, ok := asciiFields(few[:0], s); ok {
				return stringList(t, parts), nil
			}
		}
		return stringList(t, splitSpace(s, limit, isSpace)), nil
	}
	x, ok := AsStr(sep)
	if !ok {
		return Unset, TypeErrorf(t, "must be str or None, not %s", TypeName(t, sep))
	}
	if x.S == "" {
		return Unset, ValueErrorf(t, "empty separator")
	}
	if limit >= 0 {
		limit++
	}
	return stringList(t, strings.SplitN(s, x.S, limit)), nil
}

func strRsplit(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	sep, limit, err := splitArgs(t, "rsplit", args, kw)
	if err != nil {
		return Unset, err
	}
	s := strOf(args[0]).S
	if sep.IsNone() {
		return stringList(t, rsplitSpace(s, limit, isSpace)), nil
	}
	x, ok := AsStr(sep)
	if !ok {
		return Unset, TypeErrorf(t, "must be str or None, not %s", TypeName(t, sep))
	}
	if x.S == "" {
		return Unset, ValueErrorf(t, "empty separator")
	}
	return stringList(t, rsplitSep(s, x.S, limit)), nil
}

// splitSpace splits at runs of white space, at most limit times if that is not negative.
func splitSpace(s string, limit int, space func(rune) bool) []string {
	var out []string
	i := 0
	for {
		for i < len(s) {
			r, n := runeAt(s, i)
			if !space(r) {
				break
			}
			i += n
		}
		if i == len(s) {
			return out
		}
		if limit >= 0 && len(out) >= limit {
			return append(out, s[i:])
		}
		start := i
		for i < len(s) {
			r, n := runeAt(s, i)
			if space(r) {
				break
			}
			i += n
		}
		out = append(out, s[start:i])
	}
}

func rsplitSpace(s string, limit int, space func(rune) bool) []string {
	var out []string
	back := func(i int) (rune, int) {
		k := i - 1
		for k > 0 && s[k]&0xC0 == 0x80 {
			k--
		}
		r, _ := runeAt(s, k)
		return r, k
	}
	i := len(s)
	for {
		for i > 0 {
			r, k := back(i)
			if !space(r) {
				break
			}
			i = k
		}
		if i == 0 {
			break
		}
		if limit >= 0 && len(out) >= limit {
			out = append(out, s[:i])
			break
		}
		end := i
		for i > 0 {
			r, k := back(i)
			if space(r) {
				break
			}
			i = k
		}
		out = append(out, s[i:end])
	}
	reverseStrings(out)
	return out
}

func rsplitSep(s, sep string, limit int) []string {
	var out []string
	for limit != 0 {
		i := strings.LastIndex(s, sep)
		if i < 0 {
			break
		}
		out = append(out, s[i+len(sep):])
		s = s[:i]
		limit--
	}
	out = append(out, s)
	reverseStrings(out)
	return out
}

func reverseStrings(s []string) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// stringList makes a list of strings; the Str objects are one allocation, but for single characters, which exist already.
func stringList(t *Thread, parts []string) Value {
	out := make([]Value, len(parts))
	n := 0
	for _, p := range parts {
		if len(p) != 1 {
			n++
		}
	}
	objs := make([]Str, n)
	n = 0
	for i, p := range parts {
		if len(p) == 1 {
			out[i] = t.Interp.Char(rune(p[0]))
			continue
		}
		o := &objs[n]
		n++
		o.Meta, o.S, o.Len = uint64(KindStr), p, runeCount(p)
		out[i] = valueOf(o)
	}
	return t.NewList(out)
}

// asciiFields appends the pieces of an ASCII string between runs of white space to out; ok is false if the string is not ASCII.
func asciiFields(out []string, s string) (parts []string, ok bool) {
	start := -1
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 {
			return nil, false
		} else if asciiSpace[c] {
			if start >= 0 {
				out = append(out, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out, true
}

// asciiSpace is isSpace for ASCII.
var asciiSpace = [256]bool{' ': true, 9: true, 10: true, 11: true, 12: true, 13: true, 0x1c: true, 0x1d: true, 0x1e: true, 0x1f: true}

// splitLines splits at line boundaries as str.splitlines does.
func splitLines(s string, keep bool, boundary func(r rune) bool) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		if !boundary(r) {
			i += n
			continue
		}
		end := i
		i += n
		if r == '\r' && i < len(s) && s[i] == '\n' {
			i++
		}
		if keep {
			end = i
		}
		out = append(out, s[start:end])
		start = i
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

func lineBoundary(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

func keepEnds(t *Thread, args []Value, kw *Kwargs) (bool, error) {
	var a [1]Value
	if err := ParseArgs(t, "splitlines", args[1:], kw, []string{"keepends"}, 0, a[:]); err != nil {
		return false, err
	}
	if a[0].IsUnset() {
		return false, nil
	}
	return Truth(t, a[0])
}

func (in *Interp) strSearchMethods(x *Type) {
	x.Methods(in,
		strFind("find"), strFind("rfind"), strFind("index"), strFind("rindex"), strFind("count"),
		strAffix("startswith", strings.HasPrefix), strAffix("endswith", strings.HasSuffix),
		strStrip("strip", true, true), strStrip("lstrip", true, false), strStrip("rstrip", false, true),
		MK("split", strSplit), MK("rsplit", strRsplit),
		MK("splitlines", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			keep, err := keepEnds(t, args, kw)
			if err != nil {
				return Unset, err
			}
			return stringList(t, splitLines(strOf(args[0]).S, keep, lineBoundary)), nil
		}),
		M1("join", strJoin),
		M1("partition", func(t *Thread, v, sep Value) (Value, error) { return strPartition(t, v, sep, false) }),
		M1("rpartition", func(t *Thread, v, sep Value) (Value, error) { return strPartition(t, v, sep, true) }),
		MK("replace", strReplace),
		M1("removeprefix", func(t *Thread, v, p Value) (Value, error) {
			s, ok := AsStr(p)
			if !ok {
				return Unset, TypeErrorf(t, "removeprefix() argument must be str, not %s", TypeName(t, p))
			}
			if s.S == "" || !strings.HasPrefix(strOf(v).S, s.S) {
				return v, nil
			}
			return NewStr(strOf(v).S[len(s.S):]), nil
		}),
		M1("removesuffix", func(t *Thread, v, p Value) (Value, error) {
			s, ok := AsStr(p)
			if !ok {
				return Unset, TypeErrorf(t, "removesuffix() argument must be str, not %s", TypeName(t, p))
			}
			if s.S == "" || !strings.HasSuffix(strOf(v).S, s.S) {
				return v, nil
			}
			return NewStr(strings.TrimSuffix(strOf(v).S, s.S)), nil
		}),
	)
}

func strPartition(t *Thread, v, sepV Value, last bool) (Value, error) {
	sep, ok := AsStr(sepV)
	if !ok {
		return Unset, TypeErrorf(t, "must be str, not %s", TypeName(t, sepV))
	}
	if sep.S == "" {
		return Unset, ValueErrorf(t, "empty separator")
	}
	s := strOf(v).S
	i := strings.Index(s, sep.S)
	if last {
		i = strings.LastIndex(s, sep.S)
	}
	if i < 0 {
		if last {
			return t.NewTuple(newASCII(""), newASCII(""), v), nil
		}
		return t.NewTuple(v, newASCII(""), newASCII("")), nil
	}
	return t.NewTuple(NewStr(s[:i]), sepV, NewStr(s[i+len(sep.S):])), nil
}

func strReplace(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	cnt, kw := splitKw(kw, "count")
	if err := NoKwargs(t, "str.replace", kw); err != nil {
		return Unset, err
	}
	if len(args) < 3 || len(args) > 4 {
		if len(args) < 3 {
			return Unset, TypeErrorf(t, "replace() takes at least 2 positional arguments (%d given)", len(args)-1)
		}
		return Unset, TypeErrorf(t, "replace() takes at most 3 arguments (%d given)", len(args)-1)
	}
	old, ok := AsStr(args[1])
	if !ok {
		return Unset, TypeErrorf(t, "replace() argument 1 must be str, not %s", TypeName(t, args[1]))
	}
	repl, ok := AsStr(args[2])
	if !ok {
		return Unset, TypeErrorf(t, "replace() argument 2 must be str, not %s", TypeName(t, args[2]))
	}
	if len(args) == 4 {
		cnt = args[3]
	}
	limit := -1
	if !cnt.IsUnset() {
		var err error
		if limit, err = IndexInt(t, cnt); err != nil {
			return Unset, err
		}
	}
	s := strOf(args[0])
	if !strings.Contains(s.S, old.S) {
		return args[0], nil
	}
	if d := len(repl.S) - len(old.S); d > 0 {
		n := strings.Count(s.S, old.S)
		if limit >= 0 {
			n = min(n, limit)
		}
		if n > (maxStr-len(s.S))/d {
			return Unset, MemoryError(t)
		}
		if err := t.Room(len(s.S) + n*d); err != nil {
			return Unset, err
		}
	}
	return NewStr(strings.Replace(s.S, old.S, repl.S, limit)), nil
}
