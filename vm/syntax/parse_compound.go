package syntax

// Compound statements and blocks.

// compound parses a compound statement; nil when none begins here.
func (p *parser) compound() Stmt {
	switch p.tok {
	case tDef:
		return p.function(p.pos, nil)
	case tClass:
		return p.class(p.pos, nil)
	case tIf:
		return p.ifStmt()
	case tFor:
		return p.forStmt()
	case tWhile:
		return p.while()
	case tTry:
		return p.tryStmt()
	case tWith:
		return p.with()
	case tAt:
		return p.decorated()
	case tAsync:
		switch p.peek(1) {
		case tDef:
			return p.function(p.pos, nil)
		case tFor:
			return p.forStmt()
		case tWith:
			return p.with()
		}
		p.next()
		p.fail()
	case tName:
		if p.dialect == Py3 && p.isName("match") {
			return p.matchStmt()
		}
	}
	return nil
}

// block parses what stands behind a colon: the rest of the line, or indented lines. what and at name the statement
// in the message for a missing block.
func (p *parser) block(what string, at int) []Stmt {
	p.enter()
	base := len(p.stmts)
	if p.tok == tNewline {
		p.next()
		if p.tok != tIndent {
			if p.explain {
				p.errorIndent("expected an indented block after %s on line %d", what, p.tokens[at].line)
			}
			p.fail()
		}
		p.next()
		for p.tok != tDedent && p.tok != tEOF {
			p.statement()
		}
		p.expect(tDedent)
	} else {
		p.simpleLine()
	}
	p.leave()
	return p.takeStmts(base)
}

// colon passes the colon of a statement.
func (p *parser) colon() {
	if p.tok != tColon && p.explain && p.tok == tNewline {
		p.errorLast("expected ':'")
	}
	p.expect(tColon)
}

func (p *parser) elseBlock() []Stmt {
	if p.tok != tElse {
		return nil
	}
	at := p.pos
	p.next()
	p.forced(tColon, ":")
	return p.block("'else' statement", at)
}

// ifStmt parses an if statement. The chain of elifs grows downwards, without recursion.
func (p *parser) ifStmt() Stmt {
	at := p.pos
	var chain []*If
	var starts []int
	for p.tok == tIf && len(chain) == 0 || p.tok == tElif {
		start, what := p.pos, "'if' statement"
		if len(chain) > 0 {
			what = "'elif' statement"
		}
		p.next()
		s := &If{Test: p.named()}
		p.colon()
		s.Body = p.block(what, start)
		chain = append(chain, s)
		starts = append(starts, start)
	}
	last := len(chain) - 1
	chain[last].Orelse = p.elseBlock()
	for i := last; i >= 0; i-- {
		chain[i].Range = Range{p.start(starts[i]), p.blockEnd()}
		if i < last {
			chain[i].Orelse = []Stmt{chain[i+1]}
		}
	}
	if last > longChain {
		p.long = true
	}
	chain[0].Start = p.start(at)
	return chain[0]
}

// blockEnd is the end of the last visible token passed; a semicolon counts.
func (p *parser) blockEnd() Pos {
	i := p.pos - 1
	for p.tokens[i].kind == tDedent || p.tokens[i].kind == tNewline {
		i--
	}
	return p.end(i)
}

// body is the range of a compound statement that begins at token at.
func (p *parser) body(at int) Range { return Range{p.start(at), p.blockEnd()} }

func (p *parser) while() Stmt {
	at := p.pos
	p.next()
	s := &While{Test: p.named()}
	p.colon()
	s.Body = p.block("'while' statement", at)
	s.Orelse = p.elseBlock()
	s.Range = p.body(at)
	return s
}

func (p *parser) forStmt() Stmt {
	at := p.pos
	s := &For{IsAsync: p.accept(tAsync)}
	kw := p.pos
	p.next()
	if !p.attemptTarget(func() { s.Target = p.starTargets(); p.expect(tIn) }) {
		p.explainForTarget(at, false)
		p.fail()
	}
	s.Iter = p.starExpressions()
	p.colon()
	s.Body = p.block("'for' statement", kw)
	s.Orelse = p.elseBlock()
	s.Range = p.body(at)
	return s
}

func (p *parser) with() Stmt {
	at := p.pos
	s := &With{IsAsync: p.accept(tAsync)}
	kw := p.pos
	p.next()
	if p.tok != tLParen || p.dialect == Py2 || !p.attempt(func() { s.Items = p.withGroup() }) {
		s.Items = p.withItems(tColon)
	}
	if p.explain && p.tok != tColon {
		p.explainWith(kw)
	}
	p.colon()
	s.Body = p.block("'with' statement", kw)
	s.Range = p.body(at)
	return s
}

// withGroup parses items in parentheses, which only the colon may follow.
func (p *parser) withGroup() []*WithItem {
	p.next()
	items := p.withItems(tRParen)
	p.accept(tComma)
	p.expect(tRParen)
	if p.explain && p.tok == tNewline {
		p.errorLast("expected ':'")
	}
	p.mustBe(tColon)
	return items
}

func (p *parser) withItems(end kind) []*WithItem {
	var items []*WithItem
	for {
		items = append(items, p.withItem())
		if p.tok != tComma {
			return items
		}
		if p.peek(1) == end {
			p.look(1)
			return items
		}
		p.next()
	}
}

func (p *parser) withItem() *WithItem {
	w := &WithItem{ContextExpr: p.expression()}
	if p.tok != tAs {
		return w
	}
	mark := p.pos
	ok := p.attemptTarget(func() {
		p.next()
		w.OptionalVars = p.starTarget()
		if p.tok != tComma && p.tok != tRParen {
			p.mustBe(tColon)
		}
	})
	if !ok {
		w.OptionalVars = nil
		if p.explain {
			p.explainWithItem()
		}
		p.reset(mark)
	}
	return w
}

func (p *parser) tryStmt() Stmt {
	at := p.pos
	s := &Try{}
	p.next()
	p.forced(tColon, ":")
	s.Body = p.block("'try' statement", at)
	if p.explain && p.tok != tExcept && p.tok != tFinally {
		p.errorLast("expected 'except' or 'finally' block")
	}
	for p.tok == tExcept {
		star := p.peek(1) == tStar && p.dialect == Py3
		if len(s.Handlers) > 0 && star != s.Star {
			if p.explain {
				p.explainMixedExcept(star)
				p.explainExcept(star)
			}
			p.next()
			p.fail()
		}
		s.Star = star
		s.Handlers = append(s.Handlers, p.handler(star))
	}
	if len(s.Handlers) > 0 {
		s.Orelse = p.elseBlock()
	}
	if p.tok == tFinally {
		kw := p.pos
		p.next()
		p.forced(tColon, ":")
		s.Finalbody = p.block("'finally' statement", kw)
	} else if len(s.Handlers) == 0 {
		p.fail()
	}
	s.Range = p.body(at)
	return s
}

// handler parses except type as name: block, or the same with except*.
func (p *parser) handler(star bool) *ExceptHandler {
	at := p.pos
	h := &ExceptHandler{}
	if p.explain {
		p.explainExcept(star)
	}
	p.next()
	what := "'except' statement"
	if star {
		p.next()
		what = "'except*' statement"
	}
	if p.tok != tColon {
		h.Type = p.expression()
		switch {
		case p.tok == tAs:
			p.next()
			if p.dialect == Py2 {
				p.handlerTarget(h)
			} else {
				h.Name = p.ident()
			}
		case p.tok == tComma && p.dialect == Py2:
			p.next()
			p.handlerTarget(h)
		}
	} else if star {
		p.fail()
	}
	p.expect(tColon)
	h.Body = p.block(what, at)
	h.Range = p.body(at)
	return h
}

// handlerTarget parses the target behind the type, which Python 2 lets be any target.
func (p *parser) handlerTarget(h *ExceptHandler) {
	t := p.store(p.primary())
	switch t := t.(type) {
	case nil:
		p.fail()
	case *Name:
		h.Name = t.Id
	default:
		h.Target = t
	}
}

func (p *parser) decorated() Stmt {
	base := len(p.exprs)
	for p.tok == tAt {
		p.next()
		e := p.named()
		p.exprs = append(p.exprs, e)
		p.expect(tNewline)
	}
	list := p.take(base)
	switch p.tok {
	case tDef:
		return p.function(p.pos, list)
	case tAsync:
		if p.peek(1) == tDef {
			return p.function(p.pos, list)
		}
		p.next()
	case tClass:
		return p.class(p.pos, list)
	}
	p.fail()
	return nil
}

func (p *parser) function(at int, decorators []Expr) Stmt {
	f := &FunctionDef{DecoratorList: decorators, IsAsync: p.accept(tAsync)}
	kw := p.pos
	p.next()
	f.Name = p.ident()
	f.TypeParams = p.typeParams()
	p.explained(tLParen, "(")
	f.Args = p.parameters(tRParen)
	p.expect(tRParen)
	if p.tok == tArrow && p.dialect == Py3 {
		p.attemptTarget(func() {
			p.next()
			f.Returns = p.expression()
		})
	}
	p.explained(tColon, ":")
	f.Body = p.block("function definition", kw)
	f.Range = p.body(at)
	return f
}

func (p *parser) class(at int, decorators []Expr) Stmt {
	c := &ClassDef{DecoratorList: decorators}
	p.next()
	c.Name = p.ident()
	c.TypeParams = p.typeParams()
	if p.tok == tLParen {
		p.next()
		if p.tok != tRParen {
			var call Call
			p.arguments(-1, &call)
			c.Bases, c.Keywords = call.Args, call.Keywords
		}
		p.expect(tRParen)
	}
	p.colon()
	c.Body = p.block("class definition", at)
	c.Range = p.body(at)
	return c
}
