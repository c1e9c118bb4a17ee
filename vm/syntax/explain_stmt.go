package syntax

// What is wrong with assignments, the heads of statements and the fields of f-strings. See explain.go.

// assignmentPEG is assignment with the readings tried one after the other, and explained when none fits.
func (p *parser) assignmentPEG() Stmt {
	at := p.pos
	var s Stmt
	reading := func(f func()) bool { return s == nil && p.attempt(f) }
	switch {
	case reading(func() { // name: annotation = value, and the same for other single targets
		e := p.store(p.primary())
		if p.mustBe(tColon); e == nil || !single(e) {
			p.fail()
		}
		s = p.annotation(at, e)
	}):
		return s
	case reading(func() { // a = b = value
		var e Expr
		for n := 0; ; n++ {
			if !p.attempt(func() { e = p.starTargets(); p.expect(tAssign) }) {
				if n == 0 {
					p.fail()
				}
				break
			}
		}
		e = p.value()
		if p.tok == tAssign {
			p.fail()
		}
		s = &Assign{Range: p.span(at), Value: e}
	}):
		return s
	}
	augmented := false
	if p.attempt(func() {
		e := p.store(p.primary())
		if e == nil || !single(e) || p.tok < tPlusEq || p.tok > tDoubleSlashEq {
			p.fail()
		}
		augmented = true
		s = p.augmented(at, e)
	}) {
		return s
	}
	if augmented {
		p.fail()
	}
	if p.explain {
		p.explainAssignment()
	}
	e := p.value()
	return &ExprStmt{Range: p.span(at), Value: e}
}

func (p *parser) explainAssignment() {
	p.looking(func() { // annotated list or tuple
		e := p.atom()
		p.expect(tColon)
		p.expression()
		switch e.(type) {
		case *List, *Tuple:
			p.errorNode(e, "only single target (not %s) can be annotated", describe(e))
		}
	})
	p.looking(func() {
		a := p.starNamed()
		p.mustBe(tComma)
		p.more((*parser).starNamed)
		// CPython's rule lets more lists follow without a comma, and finds their mistakes.
		for p.attempt(func() { p.list((*parser).starNamed) }) {
			continue
		}
		p.expect(tColon)
		p.expression()
		p.errorNode(a, "only single target (not tuple) can be annotated")
	})
	p.looking(func() {
		a := p.expression()
		p.expect(tColon)
		p.expression()
		p.errorNode(a, "illegal target for annotation")
	})
	targets := func() {
		for p.attempt(func() { p.starTargets(); p.expect(tAssign) }) {
			continue
		}
	}
	p.looking(func() {
		targets()
		a := p.starExpressions()
		p.mustBe(tAssign)
		p.explainTarget(a, starTarget)
	})
	p.looking(func() {
		targets()
		p.mustBe(tYield)
		a := p.yield()
		p.mustBe(tAssign)
		p.errorNode(a, "assignment to yield expression not possible")
	})
	p.looking(func() {
		a := p.starExpressions()
		if p.tok < tPlusEq || p.tok > tDoubleSlashEq {
			p.fail()
		}
		p.next()
		p.value()
		p.errorNode(a, "'%s' is an illegal expression for augmented assignment", describe(a))
	})
}

// explainImport looks for import a from b, and import without names.
func (p *parser) explainImport() {
	at := p.pos
	p.looking(func() {
		for p.next(); ; p.next() {
			p.dotted()
			if p.tok != tComma {
				break
			}
		}
		p.expect(tFrom)
		p.dotted()
		p.errorFrom(p.start(at), "Did you mean to use 'from ... import ...' instead?")
	})
	if p.peek(1) == tNewline {
		p.next()
		p.errorFrom(p.start(p.pos), "Expected one or more names after 'import'")
	}
}

// explainWith looks, at with, for a line that ends where the colon should be.
func (p *parser) explainWith(kw int) {
	items := func(element func(*parser) Expr) {
		for {
			p.try(element)
			mark := p.pos
			if p.tok == tAs && !p.attempt(func() { p.next(); p.starTarget() }) {
				p.reset(mark)
			}
			if p.tok != tComma {
				return
			}
			mark = p.pos
			p.next()
			if !p.startsExpr() {
				p.reset(mark)
				return
			}
		}
	}
	at := p.pos
	p.reset(kw)
	p.looking(func() {
		p.next()
		items((*parser).expression)
		p.mustBe(tNewline)
		p.errorLast("expected ':'")
	})
	p.looking(func() {
		p.next()
		p.expect(tLParen)
		items((*parser).expressions)
		p.accept(tComma)
		p.expect(tRParen)
		p.mustBe(tNewline)
		p.errorLast("expected ':'")
	})
	p.reset(at)
}

// explainWithItem looks, behind the expression of an item, for a target that cannot be assigned to.
func (p *parser) explainWithItem() {
	p.looking(func() {
		p.expect(tAs)
		a := p.expression()
		if p.tok == tComma || p.tok == tRParen || p.tok == tColon {
			p.explainTarget(a, starTarget)
		}
	})
}

// explainMixedExcept looks, at an except that does not go with those before it, for a whole clause.
func (p *parser) explainMixedExcept(star bool) {
	at := p.pos
	p.looking(func() {
		p.next()
		end := p.end(at)
		if star {
			end = p.end(p.pos)
			p.next()
		}
		if p.tok != tColon || star {
			p.expression()
			if p.accept(tAs) {
				p.ident()
			}
		}
		p.mustBe(tColon)
		p.errorRange(p.start(at), end, "cannot have both 'except' and 'except*' on the same 'try'")
	})
}

// explainExcept looks, at except, for several types without parentheses and for a missing colon or type.
func (p *parser) explainExcept(star bool) {
	p.next()
	if star {
		p.next()
		if p.tok == tNewline || p.tok == tColon {
			p.errorLast("expected one or more exception types")
		}
	} else if p.tok == tNewline {
		p.errorLast("expected ':'")
	}
	p.looking(func() {
		a := p.expression()
		p.expect(tComma)
		p.expressions()
		if p.accept(tAs) {
			p.ident()
		}
		p.mustBe(tColon)
		p.errorFrom(a.Span().Start, "multiple exception types must be parenthesized")
	})
	p.looking(func() {
		p.expression()
		if p.accept(tAs) {
			p.ident()
		}
		p.mustBe(tNewline)
		p.errorLast("expected ':'")
	})
	if star {
		p.reset(p.pos - 1)
	}
	p.reset(p.pos - 1)
}

// explainAsPattern looks, at as, for a target that is no name.
func (p *parser) explainAsPattern() {
	p.looking(func() {
		p.next()
		if p.isName("_") {
			p.errorAt(p.pos, "cannot use '_' as a target")
		}
		if p.tok == tName {
			p.fail()
		}
		a := p.expression()
		p.errorNode(a, "invalid pattern target")
	})
}

// explainPositionalPatterns complains of the patterns from here to the next keyword.
func (p *parser) explainPositionalPatterns() {
	p.looking(func() {
		first := p.pattern()
		last := first
		for p.tok == tComma {
			p.next()
			if !p.attempt(func() { last = p.pattern() }) {
				break
			}
		}
		p.errorRange(first.Span().Start, last.Span().End, "positional patterns follow keyword patterns")
	})
}

// explainTypeParam looks for a bound where there can be none.
func (p *parser) explainTypeParam(what string) {
	if !p.explain || p.tok != tColon {
		return
	}
	colon := p.pos
	p.looking(func() {
		p.next()
		e := p.expression()
		kind := "bound"
		if _, ok := e.(*Tuple); ok {
			kind = "constraints"
		}
		p.errorFrom(p.start(colon), "cannot use %s with %s", kind, what)
	})
}

// explainField parses the replacement field of an f-string quietly and, when that fails, says why.
func (p *parser) explainField(raw bool) {
	good := false
	p.looking(func() {
		p.explainFieldParts(raw, false)
		good = true
	})
	if !good {
		p.looking(func() { p.explainFieldParts(raw, true) })
	}
}

// explainFieldParts passes the parts of a field; it fails with a message, if say is set, where one is missing.
func (p *parser) explainFieldParts(raw, say bool) {
	complain := func(format string, args ...any) {
		if say {
			p.errorAt(p.pos, "f-string: "+format, args...)
		}
		p.fail()
	}
	p.next()
	switch p.tok {
	case tAssign, tExclamation, tColon, tRBrace:
		complain("valid expression required before '%s'", p.word(p.pos))
	}
	if p.try((*parser).value) == nil {
		complain("expecting a valid expression after '{'")
	}
	switch p.tok {
	case tAssign, tExclamation, tColon, tRBrace:
	default:
		complain("expecting '=', or '!', or ':', or '}'")
	}
	if p.accept(tAssign) && p.tok != tExclamation && p.tok != tColon && p.tok != tRBrace {
		complain("expecting '!', or ':', or '}'")
	}
	if p.tok == tExclamation {
		bang := p.pos
		p.next()
		switch p.tok {
		case tName:
			p.conversion(bang)
		case tColon, tRBrace:
			complain("missing conversion character")
		default:
			complain("invalid conversion character")
		}
		if p.tok != tColon && p.tok != tRBrace {
			complain("expecting ':' or '}'")
		}
	}
	if p.tok == tColon {
		p.formatSpec(raw)
		if p.tok != tRBrace {
			complain("expecting '}', or format specs")
		}
	}
	if p.tok != tRBrace {
		complain("expecting '}'")
	}
	p.next()
}
