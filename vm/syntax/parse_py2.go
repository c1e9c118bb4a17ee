package syntax

// What only Python 2.7 has: print and exec statements, backquotes, unparenthesised lists in comprehensions.

// print parses a print statement.
func (p *parser) print() Stmt {
	at := p.pos
	s := &Print{NL: true}
	p.next()
	more := true
	if p.tok == tRShift {
		p.next()
		s.Dest = p.expression()
		if more = p.tok == tComma; more {
			p.next()
			if !p.startsExpr() {
				p.fail()
			}
		}
	}
	if more && p.startsExpr() {
		base := len(p.exprs)
		for p.startsExpr() {
			e := p.expression()
			p.exprs = append(p.exprs, e)
			s.NL = true
			if p.tok != tComma {
				break
			}
			p.next()
			s.NL = false
		}
		s.Values = p.take(base)
	}
	s.Range = p.span(at)
	return s
}

// exec parses exec code in globals, locals. A tuple of two or three stands for the same.
func (p *parser) exec() Stmt {
	at := p.pos
	s := &Exec{}
	p.next()
	s.Body = p.binary(1)
	if p.accept(tIn) {
		s.Globals = p.expression()
		if p.accept(tComma) {
			s.Locals = p.expression()
		}
	} else if t, ok := s.Body.(*Tuple); ok && (len(t.Elts) == 2 || len(t.Elts) == 3) {
		s.Body, s.Globals = t.Elts[0], t.Elts[1]
		if len(t.Elts) == 3 {
			s.Locals = t.Elts[2]
		}
	}
	s.Range = p.span(at)
	return s
}

// backquoted parses `a, b`.
func (p *parser) backquoted() Expr {
	p.enter()
	defer p.leave()
	at := p.pos
	p.next()
	v := p.expressions()
	p.expect(tBackquote)
	return &Repr{Range: p.span(at), Value: v}
}

// oldList parses what follows in in a comprehension: a disjunction, or several with commas.
func (p *parser) oldList() Expr {
	at := p.pos
	e := p.oldExpression()
	if p.tok != tComma {
		return e
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, e)
	for p.accept(tComma) {
		if !p.startsExpr() {
			break
		}
		e := p.oldExpression()
		p.exprs = append(p.exprs, e)
	}
	elts := p.take(base)
	return &Tuple{Range: p.span(at), Elts: elts}
}
