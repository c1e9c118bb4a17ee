package compile

import (
	"fmt"
	"unicode/utf8"

	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// Entry points, and what all units of one source share.

// Options are what a caller may choose.
type Options struct {
	// Ticks makes code that counts the ticks of CPython 2.7's interpreter lock (TICK instructions).
	Ticks bool
	// Optimize is Python's -O level: from 1 on asserts are left out and __debug__ is False, from 2 on docstrings too.
	Optimize int
	// Namespace compiles a module or expression whose names live in a mapping in register 0 rather than in the globals:
	// exec and eval with separate locals.
	Namespace bool
}

// Module compiles a source file.
func Module(in *object.Interp, mod *syntax.Module, filename string, opts Options) (*code.Code, error) {
	return compileModule(in, mod, filename, opts, false)
}

// Interactive compiles statements as the interactive prompt does: the value of each expression statement goes to
// sys.displayhook.
func Interactive(in *object.Interp, mod *syntax.Module, filename string, opts Options) (*code.Code, error) {
	return compileModule(in, mod, filename, opts, true)
}

func compileModule(in *object.Interp, mod *syntax.Module, filename string, opts Options, interactive bool) (*code.Code, error) {
	if err := syntax.Check(mod); err != nil {
		return nil, err
	}
	c := newCompiler(in, mod.Source, filename, opts, mod.Dialect, mod.Future)
	return c.run(func() *code.Code { return c.module(mod.Body, interactive) })
}

// Expression compiles a single expression; the code returns its value.
func Expression(in *object.Interp, e *syntax.Expression, filename string, opts Options) (*code.Code, error) {
	if err := syntax.CheckExpr(e); err != nil {
		return nil, err
	}
	c := newCompiler(in, e.Source, filename, opts, e.Dialect, 0)
	return c.run(func() *code.Code { return c.expression(e.Body) })
}

// compiler is the state of one compilation.
type compiler struct {
	in     *object.Interp
	src    *syntax.Source
	file   string
	opts   Options
	py2    bool
	future syntax.Future
	scopes map[any]*scope // of FunctionDef, Lambda, ClassDef and comprehension nodes
	folded map[syntax.Expr]folding
	total  int // instructions emitted so far in all units
	*unit      // the unit being compiled
}

func newCompiler(in *object.Interp, src *syntax.Source, file string, opts Options, d syntax.Dialect, f syntax.Future) *compiler {
	return &compiler{
		in: in, src: src, file: file, opts: opts, py2: d == syntax.Py2, future: f,
		scopes: map[any]*scope{}, folded: map[syntax.Expr]folding{},
	}
}

// failure carries a syntax error up to run.
type failure struct{ err *syntax.SyntaxError }

// run calls f; an error anywhere below ends it.
func (c *compiler) run(f func() *code.Code) (co *code.Code, err error) {
	defer func() {
		if r := recover(); r != nil {
			fl, ok := r.(failure)
			if !ok {
				panic(r)
			}
			co, err = nil, fl.err
		}
	}()
	return f(), nil
}

// fail ends the compilation with a SyntaxError at r.
func (c *compiler) fail(r syntax.Range, format string, args ...any) {
	e := &syntax.SyntaxError{Kind: syntax.KindSyntax, File: c.file, Msg: fmt.Sprintf(format, args...)}
	e.Line, e.EndLine = int(r.Start.Line), int(r.End.Line)
	if c.src != nil && e.Line > 0 {
		e.Text = c.src.Line(e.Line)
		e.Col = c.src.Column(r.Start) + 1
		e.EndCol = c.src.Column(r.End) + 1
		if c.src.Line(e.EndLine) != "" && int(r.End.Col) >= len(c.src.Line(e.EndLine)) {
			e.EndCol = utf8.RuneCountInString(c.src.Line(e.EndLine)) + 1
		}
	}
	panic(failure{e})
}

// unsupported reports a part of the language that gilt does not have.
func (c *compiler) unsupported(r syntax.Range, what string) {
	c.fail(r, "%s not supported", what)
}

func (c *compiler) module(body []syntax.Stmt, interactive bool) *code.Code {
	s := c.analyse(body, nil)
	c.enter(s, "<module>", "<module>")
	c.code.Flags |= code.ModuleBody
	c.interactive = interactive
	c.code.FirstLine = 1
	if len(body) > 0 {
		c.at(syntax.Range{Start: syntax.Pos{Line: 1}, End: syntax.Pos{Line: 1}})
	}
	doc, rest := c.docstring(body)
	if !interactive {
		if s.annotated {
			t := c.alloc(1)
			c.emit(code.BUILDDICT, t, t, 0)
			c.storeName("__annotations__", t)
			c.release(t)
		}
		if doc != nil {
			c.code.Doc = c.value(doc)
			t := c.alloc(1)
			c.constant(doc, t)
			c.storeName("__doc__", t)
			c.release(t)
		}
		body = rest
	} else if s.annotated {
		c.interactiveAnnotations()
	}
	c.block(body)
	c.emit(code.RETNONE, 0, 0, 0)
	return c.leave()
}

// interactiveAnnotations makes __annotations__ unless an earlier prompt has made it.
func (c *compiler) interactiveAnnotations() {
	t := c.alloc(1)
	handler, end := c.newLabel(), c.newLabel()
	c.protect(handler, t, func() { c.loadName("__annotations__", t) })
	c.jump(end)
	c.place(handler)
	c.emit(code.BUILDDICT, t, t, 0)
	c.storeName("__annotations__", t)
	c.place(end)
	c.release(t)
}

func (c *compiler) expression(e syntax.Expr) *code.Code {
	s := c.analyse(nil, e)
	c.enter(s, "<module>", "<module>")
	c.code.Flags |= code.ModuleBody | code.Expr
	c.code.FirstLine = e.Span().Start.Line
	r := c.operand(e, -1)
	c.at(e.Span())
	c.emit(code.RET, r, 0, 0)
	return c.leave()
}

// docstring splits the docstring off a body. nil: there is none.
func (c *compiler) docstring(body []syntax.Stmt) (doc any, rest []syntax.Stmt) {
	if len(body) == 0 {
		return nil, body
	}
	es, ok := body[0].(*syntax.ExprStmt)
	if !ok {
		return nil, body
	}
	k, ok := es.Value.(*syntax.Constant)
	if !ok {
		return nil, body
	}
	str, ok := k.Value.(string)
	if !ok {
		return nil, body
	}
	if c.opts.Optimize >= 2 {
		return nil, body[1:]
	}
	if !c.py2 {
		str = cleanDoc(str)
	}
	return str, body[1:]
}

// cleanDoc removes the common indentation of a docstring's lines after the first, as CPython's compiler does since 3.13.
func cleanDoc(doc string) string {
	doc = expandTabs(doc)
	margin := -1
	lines := splitLines(doc)
	for _, l := range lines[1:] {
		n := leadingSpaces(l)
		if n < len(l) && (margin < 0 || n < margin) {
			margin = n
		}
	}
	out := make([]byte, 0, len(doc))
	for i, l := range lines {
		if i == 0 {
			l = l[leadingSpaces(l):]
		} else {
			out = append(out, '\n')
			if margin > 0 {
				l = l[min(margin, leadingSpaces(l)):]
			}
		}
		out = append(out, l...)
	}
	return string(out)
}

func leadingSpaces(s string) int {
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

func splitLines(s string) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

func expandTabs(s string) string {
	var out []byte
	col := 0
	for i := 0; i < len(s); i++ {
		switch b := s[i]; b {
		case '\t':
			for n := 8 - col%8; n > 0; n-- {
				out = append(out, ' ')
				col++
			}
		case '\n', '\r':
			out, col = append(out, b), 0
		default:
			out = append(out, b)
			if b&0xc0 != 0x80 {
				col++
			}
		}
	}
	return string(out)
}
