package builtin

import (
	"strings"
	"sync"
	"unsafe"

	"gilt/vm/object"
	"gilt/vm/pyre"
)

// Module _re: what module re (lib/re) is made of. Patterns and matches never change, so they need no barriers; compiled programs are
// shared by all threads through a cache of Go values. Matching holds the interpreter's lock, as CPython's does.
// Classes: Pattern here, its methods in re_pattern.go; Match in re_match.go.

func init() { register("_re", makeRe) }

// rePattern is a compiled pattern.
type rePattern struct {
	object.Mut
	*pyre.Pattern
	source object.Value
}

// reMatch is a match: where it lies in its subject.
type reMatch struct {
	object.Mut
	*pyre.Result
	pat  *rePattern
	subj *reSubject
}

// reSubject is what is searched: its code points, between pos and the end.
type reSubject struct {
	v     object.Value
	text  string // the text, or the bytes
	str   bool
	ascii bool
	runes []rune
	pos   int
	end   int
}

func (p *rePattern) value() object.Value { return object.FromPointer(unsafe.Pointer(p)) }
func (m *reMatch) value() object.Value   { return object.FromPointer(unsafe.Pointer(m)) }

func asPattern(v object.Value) *rePattern { return (*rePattern)(v.Ref) }
func asMatch(v object.Value) *reMatch     { return (*reMatch)(v.Ref) }

// reKey names a compiled program in the cache.
type reKey struct {
	source string
	text   bool
	flags  int
}

// reCache has the programs that were compiled last, and templates.
type reCache struct {
	mu        sync.Mutex
	programs  map[reKey]*pyre.Pattern
	templates map[reTemplate][]pyre.Piece
}

type reTemplate struct {
	pat    *pyre.Pattern
	source string
}

const reCacheSize = 512

func reCacheOf(t *object.Thread) *reCache {
	return extOf(t, "re.cache", func() *reCache {
		return &reCache{programs: map[reKey]*pyre.Pattern{}, templates: map[reTemplate][]pyre.Piece{}}
	})
}

func (c *reCache) purge() {
	c.mu.Lock()
	clear(c.programs)
	clear(c.templates)
	c.mu.Unlock()
}

// reOptions are the parser's questions.
func reOptions(t *object.Thread) pyre.Options {
	return pyre.Options{Repr: object.ReprStr, Identifier: object.IsIdentifier, Lookup: func(name string) (rune, bool) {
		fn, err := member(t, "unicodedata", "lookup")
		if err != nil {
			return 0, false
		}
		v, err := object.Call(t, fn, object.NewStr(name))
		s, ok := object.AsStr(v)
		if err != nil || !ok || s.Len != 1 {
			return 0, false
		}
		r, _ := s.RuneAtByte(0)
		return r, true
	}}
}

// reError makes the exception of a mistake in a pattern.
func reError(t *object.Thread, err error, source object.Value) error {
	e, ok := err.(*pyre.Error)
	if !ok {
		return object.RuntimeErrorf(t, "%s", err.Error())
	}
	switch e.Kind {
	case "ValueError":
		return object.ValueErrorf(t, "%s", e.Msg)
	case "OverflowError":
		return object.OverflowErrorf(t, "%s", e.Msg)
	case "IndexError":
		return object.IndexErrorf(t, "%s", e.Msg)
	}
	cls, err := member(t, "re", "PatternError")
	if err != nil {
		return err
	}
	args := []object.Value{object.NewStr(e.Msg)}
	if e.Pos >= 0 {
		args = append(args, source, object.Int(int64(e.Pos)))
	}
	exc, err := object.Call(t, cls, args...)
	if err != nil {
		return err
	}
	return &object.Raise{Exc: exc}
}

// latin1 are bytes as code points.
func latin1(s string) []rune {
	out := make([]rune, len(s))
	for i := range out {
		out[i] = rune(s[i])
	}
	return out
}

// reCompile makes a pattern of a source or takes one that is compiled.
func reCompile(t *object.Thread, source object.Value, flags int) (*rePattern, error) {
	if object.TypeOf(t, source) == patternType(t) {
		if flags != 0 {
			return nil, object.ValueErrorf(t, "cannot process flags argument with a compiled pattern")
		}
		return asPattern(source), nil
	}
	key := reKey{flags: flags}
	if s, ok := object.AsStr(source); ok {
		key.source, key.text = s.S, true
	} else if b, ok := object.AsBytesLike(t, source); ok {
		key.source = b
	} else {
		return nil, object.TypeErrorf(t, "first argument must be string or compiled pattern")
	}
	c := reCacheOf(t)
	c.mu.Lock()
	prog := c.programs[key]
	c.mu.Unlock()
	if prog == nil {
		src := latin1
		if key.text {
			src = object.ToRunes
		}
		p, err := pyre.Parse(src(key.source), key.text, flags, reOptions(t))
		if err != nil {
			return nil, reError(t, err, source)
		}
		if err := reWarn(t, p.Warnings); err != nil {
			return nil, err
		}
		prog = pyre.NewPattern(p)
		c.mu.Lock()
		if len(c.programs) >= reCacheSize {
			clear(c.programs)
		}
		c.programs[key] = prog
		c.mu.Unlock()
	}
	return &rePattern{Mut: t.NewMut(object.KindNative, patternType(t)), Pattern: prog, source: source}, nil
}

// reWarn issues the parser's warnings.
func reWarn(t *object.Thread, texts []string) error {
	for _, w := range texts {
		fn, err := member(t, "warnings", "warn")
		if err != nil {
			return err
		}
		if _, err := object.Call(t, fn, object.NewStr(w), t.Interp.Types.FutureWarning.Value(), object.Int(3)); err != nil {
			return err
		}
	}
	return nil
}

// clampPos is a position argument: any int, brought into the range of a subject.
func clampPos(t *object.Thread, v object.Value, n int) (int, error) {
	x, err := object.Index(t, v)
	if err != nil {
		return 0, err
	}
	x = object.Native(x)
	i, ok := object.AsInt64(x)
	if !ok {
		if b, _ := object.AsBig(x); b.Sign() > 0 {
			return n, nil
		}
		return 0, nil
	}
	return int(max(0, min(i, int64(n)))), nil
}

// subject prepares what is to be searched.
func (p *rePattern) subject(t *object.Thread, v, pos, end object.Value) (*reSubject, error) {
	s := &reSubject{v: v}
	if x, ok := object.AsStr(v); ok {
		if !p.Text {
			return nil, object.TypeErrorf(t, "cannot use a bytes pattern on a string-like object")
		}
		s.text, s.str, s.ascii, s.runes = x.S, true, x.ASCII(), x.Runes()
	} else {
		b, ok := object.AsBytesLike(t, v)
		if !ok {
			return nil, object.TypeErrorf(t, "expected string or bytes-like object, got '%s'", object.TypeName(t, v))
		}
		if p.Text {
			return nil, object.TypeErrorf(t, "cannot use a string pattern on a bytes-like object")
		}
		s.text, s.ascii, s.runes = b, object.IsASCII(b), latin1(b)
	}
	s.end = len(s.runes)
	var err error
	if !pos.IsUnset() {
		if s.pos, err = clampPos(t, pos, len(s.runes)); err != nil {
			return nil, err
		}
	}
	if !end.IsUnset() {
		if s.end, err = clampPos(t, end, len(s.runes)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// part is the text or bytes from i to j, appended to b.
func (s *reSubject) part(b []byte, i, j int) []byte {
	if i >= j {
		return b
	}
	if s.ascii || !s.str {
		return append(b, s.text[i:j]...)
	}
	for _, r := range s.runes[i:j] {
		b = object.AppendRune(b, r)
	}
	return b
}

// slice is the part from i to j as a Python object.
func (s *reSubject) slice(t *object.Thread, i, j int) object.Value {
	if i > j {
		j = i
	}
	if i == 0 && j == len(s.runes) && (s.v.Kind() == object.KindStr || s.v.Kind() == object.KindBytes) {
		return s.v
	}
	switch {
	case !s.str:
		return object.NewBytes(s.text[i:j])
	case j == i+1:
		return t.Interp.Char(s.runes[i])
	case s.ascii:
		return object.NewStr(s.text[i:j])
	}
	return object.NewStr(object.FromRunes(s.runes[i:j]))
}

// find looks for a match; nil if there is none.
func (p *rePattern) find(t *object.Thread, s *reSubject, mode pyre.Mode) (*reMatch, error) {
	if s.pos > s.end {
		return nil, nil
	}
	r, err := p.Find(mode, s.runes[:s.end], s.ascii, s.pos)
	return p.match(t, s, r, err)
}

// next continues a scan behind a match; from the beginning if m is nil.
func (p *rePattern) next(t *object.Thread, s *reSubject, m *reMatch) (*reMatch, error) {
	if m == nil {
		return p.find(t, s, pyre.Search)
	}
	r, err := p.Next(s.runes[:s.end], s.ascii, m.Spans[1], m.Spans[0] == m.Spans[1])
	return p.match(t, s, r, err)
}

func (p *rePattern) match(t *object.Thread, s *reSubject, r *pyre.Result, err error) (*reMatch, error) {
	if err != nil {
		return nil, object.RuntimeErrorf(t, "%s", err.Error())
	}
	if r == nil {
		return nil, nil
	}
	return &reMatch{Mut: t.NewMut(object.KindNative, matchType(t)), Result: r, pat: p, subj: s}, nil
}

// result is a match or None.
func (m *reMatch) result(err error) (object.Value, error) {
	if err != nil {
		return object.Unset, err
	}
	if m == nil {
		return object.None, nil
	}
	return m.value(), nil
}

func makeRe(t *object.Thread) (*object.Module, error) {
	compiled := func(name string, run func(t *object.Thread, p *rePattern, s object.Value) (object.Value, error)) def {
		return vary(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := pyArgs(t, name, args, kw, []string{"pattern", "string", "flags"}, 2, a[:]); err != nil {
				return object.Unset, err
			}
			flags := 0
			var err error
			if !a[2].IsUnset() {
				if flags, err = object.IndexInt(t, a[2]); err != nil {
					return object.Unset, err
				}
			}
			p, err := reCompile(t, a[0], flags)
			if err != nil {
				return object.Unset, err
			}
			return run(t, p, a[1])
		})
	}
	finder := func(name string, mode pyre.Mode) def {
		return compiled(name, func(t *object.Thread, p *rePattern, v object.Value) (object.Value, error) {
			s, err := p.subject(t, v, object.Unset, object.Unset)
			if err != nil {
				return object.Unset, err
			}
			m, err := p.find(t, s, mode)
			return m.result(err)
		})
	}
	m := newModule(t, "_re", "Regular expressions.",
		fixed("compile", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			flags, err := object.IndexInt(t, a[1])
			if err != nil {
				return object.Unset, err
			}
			p, err := reCompile(t, a[0], flags)
			if err != nil {
				return object.Unset, err
			}
			return p.value(), nil
		}),
		finder("match", pyre.Match), finder("search", pyre.Search), finder("fullmatch", pyre.Full),
		compiled("findall", func(t *object.Thread, p *rePattern, v object.Value) (object.Value, error) {
			return p.findall(t, v, object.Unset, object.Unset)
		}),
		compiled("finditer", func(t *object.Thread, p *rePattern, v object.Value) (object.Value, error) {
			return p.finditer(t, v, object.Unset, object.Unset)
		}),
		fixed("escape", 1, 1, reEscape),
		fixed("purge", 0, 0, func(t *object.Thread, a []object.Value) (object.Value, error) {
			reCacheOf(t).purge()
			return object.None, nil
		}))
	set(t, m, "Pattern", patternType(t).Value())
	set(t, m, "Match", matchType(t).Value())
	return m, nil
}

// reEscape is re.escape.
func reEscape(t *object.Thread, a []object.Value) (object.Value, error) {
	s, isStr := object.AsStr(a[0])
	text := ""
	if isStr {
		text = s.S
	} else {
		b, err := object.Buffer(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		text = b
	}
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	if isStr {
		return object.NewStr(b.String()), nil
	}
	return object.NewBytes(b.String()), nil
}
