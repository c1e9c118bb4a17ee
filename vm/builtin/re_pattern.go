package builtin

import (
	"fmt"
	"strings"

	"gilt/vm/object"
	"gilt/vm/pyre"
)

// The class re.Pattern.

// reCommon adds what both classes of the module have.
func reCommon(t *object.Thread, x *object.Type) {
	x.Def(t.Interp, "__class_getitem__", t.NewClassMethod(object.NewBuiltin("__class_getitem__",
		func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return object.NewAlias(t, x, args[1]), nil
		}).Value()))
	same := func(t *object.Thread, args []object.Value) (object.Value, error) { return args[0], nil }
	x.Methods(t.Interp, object.MN("__copy__", 0, 0, same), object.MN("__deepcopy__", 1, 1, same))
}

func patternType(t *object.Thread) *object.Type {
	return extOf(t, "re.Pattern", func() *object.Type {
		in := t.Interp
		x := newType(t, "re", "Pattern", nil, 0)
		x.Ops.Publish = func(_ *object.Thread, v object.Value, add func(object.Value)) { add(asPattern(v).source) }
		x.Ops.Repr = patternRepr
		x.Ops.Hash = func(t *object.Thread, v object.Value) (int64, error) {
			p := asPattern(v)
			h, err := object.Hash(t, p.source)
			return h ^ int64(p.Flags)<<1, err
		}
		x.Ops.Compare = func(t *object.Thread, op object.CmpOp, a, b object.Value) (object.Value, error) {
			if object.TypeOf(t, a) != x || object.TypeOf(t, b) != x || op != object.CmpEq && op != object.CmpNe {
				return object.NotImplemented, nil
			}
			p, q := asPattern(a), asPattern(b)
			eq := p.Flags == q.Flags && p.Text == q.Text
			if eq && p != q {
				var err error
				if eq, err = object.Equal(t, p.source, q.source); err != nil {
					return object.Unset, err
				}
			}
			return object.Bool(eq == (op == object.CmpEq)), nil
		}
		x.Attr(in, "pattern", func(t *object.Thread, v object.Value) (object.Value, error) { return asPattern(v).source, nil }, nil)
		x.Attr(in, "flags", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.Int(int64(asPattern(v).Flags)), nil
		}, nil)
		x.Attr(in, "groups", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.Int(int64(asPattern(v).Groups)), nil
		}, nil)
		x.Attr(in, "groupindex", func(t *object.Thread, v object.Value) (object.Value, error) {
			d := t.NewDict()
			for g, n := range asPattern(v).Order {
				if n != "" {
					if err := d.SetStr(t, t.Intern(n), object.Int(int64(g))); err != nil {
						return object.Unset, err
					}
				}
			}
			proxy, err := member(t, "types", "MappingProxyType")
			if err != nil {
				return object.Unset, err
			}
			return object.Call(t, proxy, d.Value())
		}, nil)
		scan := func(name string, run func(t *object.Thread, p *rePattern, v, pos, end object.Value) (object.Value, error)) object.MethodDef {
			return object.MK(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [3]object.Value
				if err := object.ParseArgs(t, name, args[1:], kw, []string{"string", "pos", "endpos"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				return run(t, asPattern(args[0]), a[0], a[1], a[2])
			})
		}
		finder := func(name string, mode pyre.Mode) object.MethodDef {
			return scan(name, func(t *object.Thread, p *rePattern, v, pos, end object.Value) (object.Value, error) {
				s, err := p.subject(t, v, pos, end)
				if err != nil {
					return object.Unset, err
				}
				m, err := p.find(t, s, mode)
				return m.result(err)
			})
		}
		sub := func(name string, count bool) object.MethodDef {
			return object.MK(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [3]object.Value
				if err := object.ParseArgs(t, name, args[1:], kw, []string{"repl", "string", "count"}, 2, a[:]); err != nil {
					return object.Unset, err
				}
				n, err := optionalInt(t, a[2])
				if err != nil {
					return object.Unset, err
				}
				v, done, err := asPattern(args[0]).sub(t, a[0], a[1], n)
				if err != nil || !count {
					return v, err
				}
				return t.NewTuple(v, object.Int(int64(done))), nil
			})
		}
		x.Methods(in, finder("match", pyre.Match), finder("search", pyre.Search), finder("fullmatch", pyre.Full),
			scan("findall", func(t *object.Thread, p *rePattern, v, pos, end object.Value) (object.Value, error) {
				return p.findall(t, v, pos, end)
			}),
			scan("finditer", func(t *object.Thread, p *rePattern, v, pos, end object.Value) (object.Value, error) {
				return p.finditer(t, v, pos, end)
			}),
			scan("scanner", func(t *object.Thread, p *rePattern, v, pos, end object.Value) (object.Value, error) {
				return p.scanner(t, reScannerType(t), v, pos, end)
			}),
			sub("sub", false), sub("subn", true),
			object.MK("split", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [2]object.Value
				if err := object.ParseArgs(t, "split", args[1:], kw, []string{"string", "maxsplit"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				n, err := optionalInt(t, a[1])
				if err != nil {
					return object.Unset, err
				}
				return asPattern(args[0]).split(t, a[0], n)
			}))
		reCommon(t, x)
		return x.Ready(in)
	})
}

// optionalInt is an int argument that is 0 when it is missing.
func optionalInt(t *object.Thread, v object.Value) (int, error) {
	if v.IsUnset() {
		return 0, nil
	}
	return object.IndexInt(t, v)
}

// patternRepr is the call that makes the pattern.
func patternRepr(t *object.Thread, v object.Value) (string, error) {
	p := asPattern(v)
	src, err := object.Repr(t, p.source)
	if err != nil {
		return "", err
	}
	if rs := object.ToRunes(src); len(rs) > 200 {
		src = object.FromRunes(rs[:200])
	}
	flags := p.Flags
	if p.Text && flags&(pyre.FlagLocale|pyre.FlagUnicode|pyre.FlagASCII) == pyre.FlagUnicode {
		flags &^= pyre.FlagUnicode
	}
	var names []string
	for _, f := range []struct {
		bit  int
		name string
	}{{pyre.FlagIgnoreCase, "IGNORECASE"}, {pyre.FlagLocale, "LOCALE"}, {pyre.FlagMultiline, "MULTILINE"}, {pyre.FlagDotAll, "DOTALL"},
		{pyre.FlagUnicode, "UNICODE"}, {pyre.FlagVerbose, "VERBOSE"}, {pyre.FlagDebug, "DEBUG"}, {pyre.FlagASCII, "ASCII"}} {
		if flags&f.bit != 0 {
			names = append(names, "re."+f.name)
			flags &^= f.bit
		}
	}
	if flags != 0 {
		names = append(names, fmt.Sprintf("0x%x", flags))
	}
	if len(names) > 0 {
		return "re.compile(" + src + ", " + strings.Join(names, "|") + ")", nil
	}
	return "re.compile(" + src + ")", nil
}

// item is what findall gives for a match.
func (m *reMatch) item(t *object.Thread) object.Value {
	group := func(g int) object.Value {
		i, j := max(m.Spans[2*g], 0), max(m.Spans[2*g+1], 0)
		return m.subj.slice(t, i, j)
	}
	switch n := m.pat.Groups; n {
	case 0, 1:
		return group(n)
	default:
		items := make([]object.Value, n)
		for g := range items {
			items[g] = group(g + 1)
		}
		return object.TupleOf(items)
	}
}

func (p *rePattern) findall(t *object.Thread, v, pos, end object.Value) (object.Value, error) {
	s, err := p.subject(t, v, pos, end)
	if err != nil {
		return object.Unset, err
	}
	var out []object.Value
	for m, err := p.next(t, s, nil); ; m, err = p.next(t, s, m) {
		if err != nil {
			return object.Unset, err
		}
		if m == nil {
			return t.NewList(out), nil
		}
		out = append(out, m.item(t))
	}
}

// A scanner's cells: 0 the pattern; 1 a box with the subject; 2 the last match, None at the beginning, Unset at the end.
func (p *rePattern) scanner(t *object.Thread, x *object.Type, v, pos, end object.Value) (object.Value, error) {
	s, err := p.subject(t, v, pos, end)
	if err != nil {
		return object.Unset, err
	}
	return newCells(t, x, p.value(), object.NewBox(s), object.None).value(), nil
}

func (p *rePattern) finditer(t *object.Thread, v, pos, end object.Value) (object.Value, error) {
	return p.scanner(t, finditerType(t), v, pos, end)
}

// scanNext steps a scanner.
func scanNext(t *object.Thread, o *cells, mode pyre.Mode) (*reMatch, error) {
	if l := lock(t, &o.Mut); l != nil {
		defer unlock(t, l)
	}
	last, err := o.load(t, 2)
	if err != nil || last.IsUnset() {
		return nil, err
	}
	p, s := asPattern(o.c[0]), object.Unbox(o.c[1]).(*reSubject)
	var m *reMatch
	switch {
	case last.IsNone():
		m, err = p.find(t, s, mode)
	case mode == pyre.Search:
		m, err = p.next(t, s, asMatch(last))
	default:
		from := asMatch(last)
		if from.Spans[0] == from.Spans[1] {
			mode = pyre.Advance
		}
		r, e := p.Find(mode, s.runes[:s.end], s.ascii, from.Spans[1])
		m, err = p.match(t, s, r, e)
	}
	if err != nil {
		return nil, err
	}
	now := object.Unset
	if m != nil {
		now = m.value()
	}
	return m, o.store(t, 2, now)
}

func finditerType(t *object.Thread) *object.Type {
	return extOf(t, "re.finditer", func() *object.Type {
		x := newType(t, "builtins", "callable_iterator", nil, 0)
		x.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
		x.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
			m, err := scanNext(t, asCells(v), pyre.Search)
			if m == nil || err != nil {
				return object.Unset, false, err
			}
			return m.value(), true, nil
		}
		return x.Ready(t.Interp)
	})
}

func reScannerType(t *object.Thread) *object.Type {
	return extOf(t, "re.Scanner", func() *object.Type {
		x := newType(t, "_sre", "SRE_Scanner", nil, 0)
		step := func(name string, mode pyre.Mode) object.MethodDef {
			return object.M0(name, func(t *object.Thread, v object.Value) (object.Value, error) {
				m, err := scanNext(t, asCells(v), mode)
				return m.result(err)
			})
		}
		x.Methods(t.Interp, step("match", pyre.Match), step("search", pyre.Search))
		x.Attr(t.Interp, "pattern", func(t *object.Thread, v object.Value) (object.Value, error) { return asCells(v).c[0], nil }, nil)
		return x.Ready(t.Interp)
	})
}

func (p *rePattern) split(t *object.Thread, v object.Value, most int) (object.Value, error) {
	s, err := p.subject(t, v, object.Unset, object.Unset)
	if err != nil {
		return object.Unset, err
	}
	var out []object.Value
	last := 0
	var m *reMatch
	for n := 0; most == 0 || n < most; n++ {
		if m, err = p.next(t, s, m); err != nil {
			return object.Unset, err
		}
		if m == nil {
			break
		}
		out = append(out, s.slice(t, last, m.Spans[0]))
		for g := 1; g <= p.Groups; g++ {
			out = append(out, m.group(t, g, object.None))
		}
		last = m.Spans[1]
	}
	return t.NewList(append(out, s.slice(t, last, len(s.runes)))), nil
}

// template is a replacement string, read for the pattern.
func (p *rePattern) template(t *object.Thread, repl object.Value) ([]pyre.Piece, error) {
	source, src := "", []rune(nil)
	if s, ok := object.AsStr(repl); ok && p.Text {
		source, src = s.S, s.Runes()
	} else if b, isBytes := object.AsBytesLike(t, repl); isBytes && !ok && !p.Text {
		source, src = b, latin1(b)
	} else if ok {
		return nil, object.TypeErrorf(t, "sequence item 0: expected a bytes-like object, str found")
	} else {
		return nil, object.TypeErrorf(t, "decoding to str: need a bytes-like object, %s found", object.TypeName(t, repl))
	}
	if !strings.Contains(source, `\`) {
		return []pyre.Piece{{Text: src, Group: -1}}, nil
	}
	c := reCacheOf(t)
	key := reTemplate{p.Pattern, source}
	c.mu.Lock()
	out, ok := c.templates[key]
	c.mu.Unlock()
	if ok {
		return out, nil
	}
	out, err := p.Template(src, p.Text, reOptions(t))
	if err != nil {
		return nil, reError(t, err, repl)
	}
	c.mu.Lock()
	if len(c.templates) >= reCacheSize {
		clear(c.templates)
	}
	c.templates[key] = out
	c.mu.Unlock()
	return out, nil
}

// expand appends a replacement for a match.
func (m *reMatch) expand(b []byte, pieces []pyre.Piece) []byte {
	for _, x := range pieces {
		if x.Group >= 0 {
			if i := m.Spans[2*x.Group]; i >= 0 {
				b = m.subj.part(b, i, m.Spans[2*x.Group+1])
			}
			continue
		}
		b = m.pat.appendText(b, x.Text)
	}
	return b
}

func (p *rePattern) appendText(b []byte, rs []rune) []byte {
	for _, r := range rs {
		if p.Text {
			b = object.AppendRune(b, r)
		} else {
			b = append(b, byte(r))
		}
	}
	return b
}

// sub replaces up to count matches, all for 0, and says how many it replaced.
func (p *rePattern) sub(t *object.Thread, repl, v object.Value, count int) (object.Value, int, error) {
	var pieces []pyre.Piece
	call := object.Callable(t, repl)
	var err error
	if !call {
		if pieces, err = p.template(t, repl); err != nil {
			return object.Unset, 0, err
		}
	}
	s, err := p.subject(t, v, object.Unset, object.Unset)
	if err != nil {
		return object.Unset, 0, err
	}
	var b []byte
	var m *reMatch
	last, n, items := 0, 0, 0
	for count == 0 || n < count {
		if m, err = p.next(t, s, m); err != nil {
			return object.Unset, 0, err
		}
		if m == nil {
			break
		}
		if m.Spans[0] > last {
			items++
		}
		b = s.part(b, last, m.Spans[0])
		if call {
			r, err := t.VM.Call(t, repl, []object.Value{m.value()}, nil)
			if err != nil {
				return object.Unset, 0, err
			}
			if !r.IsNone() {
				text, err := p.joined(t, r, items)
				if err != nil {
					return object.Unset, 0, err
				}
				b = append(b, text...)
				items++
			}
		} else {
			b = m.expand(b, pieces)
		}
		last = m.Spans[1]
		n++
	}
	if n == 0 {
		return s.slice(t, 0, len(s.runes)), 0, nil
	}
	b = s.part(b, last, len(s.runes))
	if p.Text {
		return object.NewStr(string(b)), n, nil
	}
	return object.NewBytes(string(b)), n, nil
}

// joined is what a replacement function returned, as a part of the result.
func (p *rePattern) joined(t *object.Thread, r object.Value, i int) (string, error) {
	if p.Text {
		if s, ok := object.AsStr(r); ok {
			return s.S, nil
		}
		return "", object.TypeErrorf(t, "sequence item %d: expected str instance, %s found", i, object.TypeName(t, r))
	}
	if b, ok := object.AsBytesLike(t, r); ok {
		return b, nil
	}
	return "", object.TypeErrorf(t, "sequence item %d: expected a bytes-like object, %s found", i, object.TypeName(t, r))
}
