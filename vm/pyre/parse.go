// Package pyre reads Python's regular expressions and has them matched by regexp2, whose engine has what the
// standard library's lacks: back references, look-around, atomic groups.
//
// The parser knows Python's syntax and words its errors as CPython does; the translation says everything that the two languages
// mean differently (classes, case, anchors, boundaries) in terms that both agree on, so nothing depends on the engine's
// own idea of a word or a letter's case. Positions are code points.
//
// Files: parse.go, escape.go and group.go the parser, class.go sets of characters, translate.go the translation, pattern.go compiled
// patterns, template.go replacement strings.
package pyre

import (
	"fmt"
	"strings"
)

// The flags, with the values that they have in Python.
const (
	FlagTemplate   = 1
	FlagIgnoreCase = 2
	FlagLocale     = 4
	FlagMultiline  = 8
	FlagDotAll     = 16
	FlagUnicode    = 32
	FlagVerbose    = 64
	FlagDebug      = 128
	FlagASCII      = 256

	typeFlags   = FlagASCII | FlagLocale | FlagUnicode
	globalFlags = FlagDebug
)

const (
	maxRepeat = 1<<32 - 1
	maxGroups = 1<<30 - 1
)

// Error is a mistake in a pattern or a template.
type Error struct {
	Msg  string
	Pos  int    // code point; -1: the whole pattern
	Kind string // the Python class: "" for PatternError, or ValueError, OverflowError, IndexError
}

func (e *Error) Error() string { return e.Msg }

// token is one character, or a backslash with the character that follows it.
type token struct {
	r   rune
	esc bool
	ok  bool // false at the end
}

func (k token) is(r rune) bool { return k.ok && !k.esc && k.r == r }

func (k token) in(set string) bool { return k.ok && !k.esc && strings.ContainsRune(set, k.r) }

func (k token) len() int {
	switch {
	case !k.ok:
		return 0
	case k.esc:
		return 2
	}
	return 1
}

func (k token) String() string {
	if k.esc {
		return `\` + string(k.r)
	}
	return string(k.r)
}

// scanner cuts a source into tokens, one ahead.
type scanner struct {
	src   []rune
	text  bool // str rather than bytes
	index int
	next  token
	repr  func(string) string
}

func (s *scanner) advance() {
	if s.index >= len(s.src) {
		s.next = token{}
		return
	}
	k := token{r: s.src[s.index], ok: true}
	s.index++
	if k.r == '\\' {
		if s.index >= len(s.src) {
			panic(&Error{Msg: "bad escape (end of pattern)", Pos: len(s.src) - 1})
		}
		k.r, k.esc = s.src[s.index], true
		s.index++
	}
	s.next = k
}

func (s *scanner) get() token {
	k := s.next
	s.advance()
	return k
}

func (s *scanner) match(r rune) bool {
	if s.next.is(r) {
		s.advance()
		return true
	}
	return false
}

func (s *scanner) tell() int { return s.index - s.next.len() }

func (s *scanner) seek(i int) {
	s.index = i
	s.advance()
}

// fail raises an error offset characters before the present place.
func (s *scanner) fail(offset int, format string, args ...any) {
	msg := format
	if len(args) > 0 {
		msg = fmt.Sprintf(format, args...)
	}
	if !s.text {
		var b strings.Builder
		for _, r := range msg {
			if r < 0x80 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, `\x%02x`, r)
			}
		}
		msg = b.String()
	}
	panic(&Error{Msg: msg, Pos: s.tell() - offset})
}

// while takes up to n characters of a set.
func (s *scanner) while(n int, set string) string {
	var b strings.Builder
	for ; n > 0 && s.next.in(set); n-- {
		b.WriteRune(s.get().r)
	}
	return b.String()
}

// until takes a name that a character ends.
func (s *scanner) until(end rune, what string) string {
	var b strings.Builder
	n := 0
	for {
		k := s.get()
		if !k.ok {
			if n == 0 {
				s.fail(0, "missing %s", what)
			}
			s.fail(n, "missing %c, unterminated name", end)
		}
		if k.is(end) {
			if n == 0 {
				s.fail(1, "missing %s", what)
			}
			return b.String()
		}
		b.WriteString(k.String())
		n += k.len()
	}
}

// checkName refuses a group's name that is no identifier.
func (s *scanner) checkName(name string, offset int, identifier func(string) bool) {
	n := runes(name)
	if !s.text && n != len(name) {
		s.fail(n+offset, "bad character in group name %s", asciiOf(s.repr(name)))
	}
	if !identifier(name) {
		s.fail(n+offset, "bad character in group name %s", s.repr(name))
	}
}

func runes(s string) int { return len([]rune(s)) }

func asciiOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// op says what a node is.
type op uint8

const (
	opSet    op = iota // one character of a set; a literal is a set of one
	opAny              // .
	opAt               // an anchor: the letter is in r
	opGroup            // a group, capturing or not
	opRepeat           // a quantifier over kids[0]
	opBranch           // alternatives
	opRef              // a back reference
	opCond             // (?(n)yes|no)
	opLook             // look-around
	opAtomic           // (?>...)
	opFail             // (?!)
)

// node is a piece of a pattern. What the fields mean is op's business.
type node struct {
	op       op
	r        rune // opAt: ^ $ A Z b B; literals
	literal  bool
	neg      bool // opSet, opLook
	behind   bool
	items    []item
	kids     []seq
	group    int
	add, del int
	min, max int
	mode     byte // 0 greedy, '?' lazy, '+' possessive
}

type seq []*node

// Parsed is a pattern's syntax.
type Parsed struct {
	Flags    int
	Groups   int
	Names    map[string]int
	Order    []string // names by group number
	Warnings []string
	Text     bool

	root      seq
	closed    []int // by group: its rank in the order of closing parentheses
	loop      []int // by group: the outermost quantifier around it, 0 for none
	cond      map[int]int
	condOrder []int
}

// Options are what the parser asks of its caller.
type Options struct {
	Repr       func(string) string
	Identifier func(string) bool
	// Lookup finds a character by its Unicode name.
	Lookup func(name string) (rune, bool)
}

// parser is the state of a parse.
type parser struct {
	*scanner
	*Parsed
	opt     Options
	open    map[int]bool
	behind  int // number of the first group that the present look-behind may not refer to; -1: in none
	closing int
}

// Parse reads a pattern.
func Parse(src []rune, text bool, flags int, opt Options) (p *Parsed, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			p, err = nil, e
		}
	}()
	s := &parser{scanner: &scanner{src: src, text: text, repr: opt.Repr}, opt: opt, open: map[int]bool{}, behind: -1,
		Parsed: &Parsed{Flags: flags, Groups: 1, Names: map[string]int{}, Order: []string{""}, Text: text, closed: []int{0}, loop: []int{0}, cond: map[int]int{}}}
	s.advance()
	s.root = s.alternatives(flags&FlagVerbose != 0, 0)
	s.fixFlags()
	if s.next.ok {
		s.fail(0, "unbalanced parenthesis")
	}
	for _, g := range s.condOrder {
		if g >= s.Groups {
			panic(&Error{Msg: fmt.Sprintf("invalid group reference %d", g), Pos: s.cond[g]})
		}
	}
	s.Groups--
	loops := 0
	s.findLoops(s.root, 0, &loops)
	s.checkWidths(s.root)
	return s.Parsed, nil
}

// fixFlags completes the flags and refuses combinations that make no sense.
func (p *parser) fixFlags() {
	bad := func(msg string) { panic(&Error{Msg: msg, Pos: -1, Kind: "ValueError"}) }
	f := &p.Flags
	if p.text {
		if *f&FlagLocale != 0 {
			bad("cannot use LOCALE flag with a str pattern")
		}
		if *f&FlagASCII == 0 {
			*f |= FlagUnicode
		} else if *f&FlagUnicode != 0 {
			bad("ASCII and UNICODE flags are incompatible")
		}
		return
	}
	if *f&FlagUnicode != 0 {
		bad("cannot use UNICODE flag with a bytes pattern")
	}
	if *f&FlagLocale != 0 && *f&FlagASCII != 0 {
		bad("ASCII and LOCALE flags are incompatible")
	}
}

// alternatives reads a|b|c.
func (p *parser) alternatives(verbose bool, nested int) seq {
	var alts []seq
	for {
		alts = append(alts, p.sequence(verbose, nested+1, nested == 0 && len(alts) == 0))
		if !p.match('|') {
			break
		}
		if nested == 0 {
			verbose = p.Flags&FlagVerbose != 0
		}
	}
	if len(alts) == 1 {
		return alts[0]
	}
	return seq{{op: opBranch, kids: alts}}
}

// sequence reads what is between | and ).
func (p *parser) sequence(verbose bool, nested int, first bool) seq {
	var out seq
	for {
		k := p.next
		if !k.ok || k.in("|)") {
			break
		}
		p.advance()
		if verbose && k.in(" \t\n\r\v\f") {
			continue
		}
		if verbose && k.is('#') {
			for {
				if k := p.get(); !k.ok || k.is('\n') {
					break
				}
			}
			continue
		}
		switch {
		case k.esc:
			out = append(out, p.escape(k))
		case k.r == '[':
			out = append(out, p.set())
		case k.in("*+?{"):
			n, ok := p.repeat(k, out)
			if !ok {
				out = append(out, literal('{'))
				continue
			}
			out[len(out)-1] = n
		case k.r == '.':
			out = append(out, &node{op: opAny})
		case k.r == '(':
			if n := p.group(verbose, nested, first && len(out) == 0); n != nil {
				out = append(out, n)
			} else {
				verbose = p.scopeVerbose(verbose, nested)
			}
		case k.r == '^' || k.r == '$':
			out = append(out, &node{op: opAt, r: k.r})
		default:
			out = append(out, literal(k.r))
		}
	}
	return out
}

// scopeVerbose is the verbose mode after something that left no node: global flags may have turned it on.
func (p *parser) scopeVerbose(verbose bool, nested int) bool {
	if nested == 1 {
		return p.Flags&FlagVerbose != 0 || verbose
	}
	return verbose
}

func literal(r rune) *node {
	return &node{op: opSet, r: r, literal: true, items: []item{{lo: r, hi: r}}}
}

// repeat reads a quantifier after out; ok is false if the brace is only a brace.
func (p *parser) repeat(k token, out seq) (n *node, ok bool) {
	here := p.tell()
	lo, hi := 0, maxRepeat
	switch k.r {
	case '?':
		hi = 1
	case '+':
		lo = 1
	case '{':
		if p.next.is('}') {
			return nil, false
		}
		a := p.while(1<<30, "0123456789")
		b := a
		if p.match(',') {
			b = p.while(1<<30, "0123456789")
		}
		if !p.match('}') {
			p.seek(here)
			return nil, false
		}
		if a != "" {
			lo = repeatCount(a)
		}
		if b != "" {
			hi = repeatCount(b)
			if hi < lo {
				p.fail(p.tell()-here, "min repeat greater than max repeat")
			}
		}
	}
	if len(out) == 0 || out[len(out)-1].op == opAt {
		p.fail(p.tell()-here+1, "nothing to repeat")
	}
	item := out[len(out)-1]
	if item.op == opRepeat {
		p.fail(p.tell()-here+1, "multiple repeat")
	}
	n = &node{op: opRepeat, min: lo, max: hi, kids: []seq{{item}}}
	if p.match('?') {
		n.mode = '?'
	} else if p.match('+') {
		n.mode = '+'
	}
	return n, true
}

func repeatCount(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
		if n >= maxRepeat {
			panic(&Error{Msg: "the repetition number is too large", Pos: -1, Kind: "OverflowError"})
		}
	}
	return n
}

// findLoops notes the outermost quantifier around each group.
func (p *parser) findLoops(s seq, in int, count *int) {
	for _, n := range s {
		inner := in
		if n.op == opRepeat && in == 0 {
			*count++
			inner = *count
		}
		if n.op == opGroup && n.group > 0 {
			p.loop[n.group] = in
		}
		for _, k := range n.kids {
			p.findLoops(k, inner, count)
		}
	}
}
