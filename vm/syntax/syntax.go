package syntax

// The entry points.

// Options say how to read a source. The zero value reads Python 3.
type Options struct {
	Dialect Dialect
}

// Parse parses a whole file. The name is shown in messages. The error is a *SyntaxError.
func Parse(name string, data []byte, o Options) (*Module, error) {
	src, err := newSource(name, data, o.Dialect)
	if err != nil {
		return nil, err
	}
	m := &Module{Dialect: o.Dialect, Source: src}
	p := newParser(src, o)
	if err := p.run(func() { m.Body = p.file() }); err != nil {
		return nil, err
	}
	m.Future, m.Warnings = p.future, p.warnings
	if p.long {
		if err := tooHigh(m.Body, src); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// ParseExpr parses a single expression, as eval does: leading blanks are ignored, line ends may follow.
func ParseExpr(name string, data []byte, o Options) (*Expression, error) {
	i := 0
	for i < len(data) && (data[i] == ' ' || data[i] == '\t') {
		i++
	}
	src, err := newSource(name, data[i:], o.Dialect)
	if err != nil {
		return nil, err
	}
	e := &Expression{Dialect: o.Dialect, Source: src}
	p := newParser(src, o)
	err = p.run(func() {
		e.Body = p.expressions()
		for p.tok == tNewline {
			p.next()
		}
		if p.tok != tEOF {
			p.fail()
		}
	})
	if err != nil {
		return nil, err
	}
	if p.long {
		if err := tooHigh([]Stmt{&ExprStmt{Range: e.Body.Span(), Value: e.Body}}, src); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// ParseAuto parses a file as Python 3, and where that fails, as Python 2. When neither succeeds the error is that
// of Python 3.
func ParseAuto(name string, data []byte, o Options) (*Module, error) {
	o.Dialect = Py3
	m, err := Parse(name, data, o)
	if err == nil {
		return m, nil
	}
	o.Dialect = Py2
	if m2, err2 := Parse(name, data, o); err2 == nil {
		return m2, nil
	}
	return nil, err
}

func newParser(src *Source, o Options) *parser {
	s := scan(src, o.Dialect)
	return &parser{src: src, text: src.Text, tokens: s.tokens, scanner: s, dialect: o.Dialect}
}

// run runs f, a second time to explain when the first fails, and turns the panics of the parser into an error.
func (p *parser) run(f func()) error {
	pass := func() (err *SyntaxError, failed bool) {
		defer func() {
			switch r := recover().(type) {
			case nil:
			case failure:
				failed = true
			case *SyntaxError:
				err, failed = r, true
			default:
				panic(r)
			}
		}()
		p.depth, p.exprs, p.stmts, p.future, p.docs = 0, p.exprs[:0], p.stmts[:0], 0, true
		p.reset(0)
		if p.tok == tError {
			p.lexical()
		}
		f()
		return nil, false
	}
	err, failed := pass()
	if !failed {
		return nil
	}
	p.stop = p.far
	if err == nil {
		p.peg, p.explain, p.memos = true, true, map[memoKey]memo{}
		if err, _ = pass(); err == nil {
			err = p.invalidSyntax()
			if err.Kind == KindIndentation {
				return err
			}
		}
	}
	// An error of the scanner further on is what the user wants to know first.
	if s := p.scanner; s.err != nil && err != s.err && err.Kind < KindMemory {
		if !s.soft && (!s.openEOF || p.tokens[p.far].line > int32(s.err.Line)) {
			return s.err
		}
	}
	return err
}
