package syntax

import "fmt"

// The parser's core: tokens, failure and going back.
//
// A source is parsed in one pass, which knows only what is right and stops at the first token that cannot
// follow. Only when it fails a second pass runs over the same tokens, to say what is wrong. The second pass
// (peg is set) treats every optional part as CPython's PEG parser does (a part that does not parse is left out
// and the tokens before it stand), and looks, where explain is set too, for the known mistakes of
// explain*.go. The token that the first pass stopped at is far; when no mistake is recognised it is
// reported as invalid syntax.
//
// Failure is a panic with the value failure{} (caught by attempt and by the entry points, so that it never
// leaves the package), or with a *SyntaxError, which nothing but the entry points catches.

// MaxDepth bounds the height of the trees that this package returns.
const MaxDepth = 10000

const (
	maxNesting = 3000 // nested calls of the parser's recursive functions
	longChain  = 50   // operators in a row, after which the height of the tree is measured
)

type failure struct{}

type parser struct {
	src     *Source
	text    string
	tokens  []token
	scanner *scanner
	pos     int
	tok     kind // tokens[pos].kind
	far     int  // the furthest token looked at
	stop    int  // far at the end of the first pass
	depth   int
	dialect Dialect
	future  Future
	docs    bool // still where a from __future__ import may stand

	peg      bool // second pass
	explain  bool // second pass, looking for known mistakes
	steps    int  // tokens consumed in the second pass
	long     bool // the tree may be high
	warnings []Warning
	memos    map[memoKey]memo

	exprs []Expr // stack of unfinished lists
	stmts []Stmt

	nameSlab  slab[Name]
	constSlab slab[Constant]
	attrSlab  slab[Attribute]
	callSlab  slab[Call]
	subSlab   slab[Subscript]
	binSlab   slab[BinOp]
	stmtSlab  slab[ExprStmt]
	asgSlab   slab[Assign]
}

// slab hands out elements of arrays: one allocation for many nodes.
type slab[T any] struct{ free []T }

func (s *slab[T]) new() *T {
	if len(s.free) == 0 {
		s.free = make([]T, 32)
	}
	x := &s.free[0]
	s.free = s.free[1:]
	return x
}

// next moves to the next token.
func (p *parser) next() {
	p.pos++
	p.tok = p.tokens[p.pos].kind
	if p.pos > p.far {
		p.far = p.pos
	}
	if p.tok == tError {
		p.lexical()
	}
	if p.peg {
		p.steps++
		if p.steps > 64*len(p.tokens)+20000 {
			panic(p.invalidSyntax()) // too much to explain
		}
	}
}

// lexical fails with the scanner's error.
func (p *parser) lexical() {
	if p.scanner.err != nil {
		panic(p.scanner.err)
	}
	p.fail()
}

// reset goes back (or forward) to a token that has been looked at before.
func (p *parser) reset(pos int) {
	p.pos = pos
	p.tok = p.tokens[pos].kind
}

// peek returns the kind of the token n places ahead. It does not count as having looked at it.
func (p *parser) peek(n int) kind {
	if p.pos+n < len(p.tokens) {
		return p.tokens[p.pos+n].kind
	}
	return tEOF
}

// look counts the token n places ahead as looked at.
func (p *parser) look(n int) {
	if p.far = max(p.far, p.pos+n); p.tokens[p.far].kind == tError {
		p.lexical()
	}
}

// fail gives up the current construct.
func (p *parser) fail() { panic(failure{}) }

// expect passes a token of kind k.
func (p *parser) expect(k kind) {
	if p.tok != k {
		p.fail()
	}
	p.next()
}

// accept passes a token of kind k if it is there.
func (p *parser) accept(k kind) bool {
	if p.tok != k {
		return false
	}
	p.next()
	return true
}

// forced passes a token that nothing else could stand for.
func (p *parser) forced(k kind, text string) {
	if p.tok != k {
		p.errorAt(p.pos, "expected '%s'", text)
	}
	p.next()
}

// explained is forced where CPython finds out only in its second pass.
func (p *parser) explained(k kind, text string) {
	if p.explain {
		p.forced(k, text)
	} else {
		p.expect(k)
	}
}

// attempt runs f and reports whether it succeeded; if not, the parser is where it was.
func (p *parser) attempt(f func()) (ok bool) {
	pos, depth, exprs, stmts := p.pos, p.depth, len(p.exprs), len(p.stmts)
	explain := p.explain
	defer func() {
		if ok {
			return
		}
		r := recover()
		if _, is := r.(failure); !is {
			panic(r)
		}
		p.depth, p.exprs, p.stmts, p.explain = depth, p.exprs[:exprs], p.stmts[:stmts], explain
		p.reset(pos)
	}()
	f()
	return true
}

// try returns what f returns, or nil where f fails; in the first pass a failure is final.
func (p *parser) try(f func(*parser) Expr) (e Expr) {
	if !p.peg {
		return f(p)
	}
	if !p.attempt(func() { e = f(p) }) {
		return nil
	}
	return e
}

// In the second pass the parser comes to the same place many times; memos keep that from growing exponentially.
type memoKey struct {
	pos     int32
	rule    uint8
	explain bool
}

type memo struct {
	e   Expr // nil: fails
	end int32
}

const (
	memoExpression uint8 = iota
	memoAtom
)

// memoised returns what f returns, from memory in the second pass.
func (p *parser) memoised(rule uint8, f func(*parser) Expr) Expr {
	if !p.peg {
		return f(p)
	}
	// CPython remembers an expression that it read quietly, and does not explain it later: nor do we.
	key := memoKey{int32(p.pos), rule, p.explain && rule != memoExpression}
	m, ok := p.memos[key]
	if !ok {
		e := p.try(f)
		m = memo{e, int32(p.pos)}
		p.memos[key] = m
	}
	if m.e == nil {
		p.fail()
	}
	p.reset(int(m.end))
	return m.e
}

// quietly runs f without looking for mistakes.
func (p *parser) quietly(f func()) {
	saved := p.explain
	p.explain = false
	f()
	p.explain = saved
}

// enter and leave count how deep the parser has called itself.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxNesting {
		panic(&SyntaxError{Kind: KindMemory, File: p.src.Name, Line: int(p.tokens[p.pos].line),
			Msg: "Parser stack overflowed - Python source too complex to parse"})
	}
}

func (p *parser) leave() { p.depth-- }

// start returns the position of token i.
func (p *parser) start(i int) Pos {
	t := &p.tokens[i]
	return Pos{t.line, t.start - p.src.lines[t.line-1]}
}

// end returns the end of token i.
func (p *parser) end(i int) Pos {
	t := &p.tokens[i]
	return Pos{t.endLine, t.end - p.src.lines[t.endLine-1]}
}

// span returns the range from token i to the last token passed.
func (p *parser) span(i int) Range { return Range{p.start(i), p.end(p.pos - 1)} }

// word returns the text of token i.
func (p *parser) word(i int) string {
	t := &p.tokens[i]
	return p.text[t.start:t.end]
}

// isName reports whether the current token is the name s: a soft keyword.
func (p *parser) isName(s string) bool { return p.tok == tName && p.word(p.pos) == s }

// ident passes a name and returns it.
func (p *parser) ident() string {
	if p.tok != tName {
		p.fail()
	}
	s := normalise(p.word(p.pos))
	p.next()
	return s
}

// take returns the elements above base as a list of its own.
func (p *parser) take(base int) []Expr {
	if len(p.exprs) == base {
		return nil
	}
	list := make([]Expr, len(p.exprs)-base)
	copy(list, p.exprs[base:])
	p.exprs = p.exprs[:base]
	return list
}

// Errors at a place. Columns are in bytes here, and code points in the error.

func (p *parser) column(line int32, col int32) int { return p.src.Column(Pos{line, col}) + 1 }

func (p *parser) newError(k Kind, start, end Pos, msg string) *SyntaxError {
	return &SyntaxError{Kind: k, File: p.src.Name, Line: int(start.Line), Col: p.column(start.Line, start.Col),
		EndLine: int(end.Line), EndCol: p.column(end.Line, end.Col), Text: p.src.Line(int(start.Line)), Msg: msg}
}

// errorRange fails with msg over a range.
func (p *parser) errorRange(start, end Pos, format string, args ...any) {
	panic(p.newError(KindSyntax, start, end, fmt.Sprintf(format, args...)))
}

// errorNode fails with msg over a node.
func (p *parser) errorNode(n Node, format string, args ...any) {
	r := n.Span()
	p.errorRange(r.Start, r.End, format, args...)
}

// errorAt fails with msg at token i.
func (p *parser) errorAt(i int, format string, args ...any) {
	panic(p.placeError(i, fmt.Sprintf(format, args...)))
}

// errorLast fails with msg at the furthest token looked at.
func (p *parser) errorLast(format string, args ...any) {
	panic(p.tokenError(KindSyntax, p.far, fmt.Sprintf(format, args...)))
}

// errorFrom fails with msg from a place to the last character that has been looked at, which CPython leaves out.
func (p *parser) errorFrom(start Pos, format string, args ...any) {
	end := p.end(p.far)
	if p.tokens[p.far].kind == tNewline {
		end.Col = int32(len(p.src.Line(int(end.Line)))) + 1
	}
	e := p.newError(KindSyntax, start, end, fmt.Sprintf(format, args...))
	e.EndCol--
	panic(e)
}

// errorIndent fails with an IndentationError.
func (p *parser) errorIndent(format string, args ...any) {
	panic(p.tokenError(KindIndentation, p.far, fmt.Sprintf(format, args...)))
}

// tokenError makes an error at token i. Indents, dedents and the end have no extent: the place is as far as the
// scanner has come, the last column of the white space before the line's first token, or the last line as a whole.
func (p *parser) tokenError(k Kind, i int, msg string) *SyntaxError {
	if !p.invisible(i) {
		return p.newError(k, p.start(i), p.end(i), msg)
	}
	pos := p.start(i)
	if n := int32(p.src.Lines()); pos.Line > n && n > 0 {
		e := p.newError(k, Pos{n, 0}, Pos{n, 0}, msg)
		e.Col, e.EndCol = 0, 0
		return e
	}
	e := p.newError(k, pos, pos, msg)
	e.Col--
	e.EndCol = -1
	return e
}

// placeError makes an error at token i for messages that CPython gives a place of their own: where the token has
// none, it shows none.
func (p *parser) placeError(i int, msg string) *SyntaxError {
	e := p.tokenError(KindSyntax, i, msg)
	if p.invisible(i) {
		e.Col, e.EndCol = 0, 0
	}
	return e
}

// invisible reports whether token i has no text.
func (p *parser) invisible(i int) bool {
	k := p.tokens[i].kind
	return k == tIndent || k == tDedent || k == tEOF
}

// invalidSyntax is the error for a source that no rule explains.
func (p *parser) invalidSyntax() *SyntaxError {
	switch p.tokens[p.stop].kind {
	case tIndent:
		return p.tokenError(KindIndentation, p.far, "unexpected indent")
	case tDedent:
		return p.tokenError(KindIndentation, p.far, "unexpected unindent")
	}
	return p.placeError(p.stop, "invalid syntax")
}
