package syntax

// What is wrong with the arguments of a call and with parameters. See explain.go.

// explainKeyword looks for an argument whose name is no name, at its beginning.
func (p *parser) explainKeyword() {
	at := p.pos
	if k := p.tok; (k == tTrue || k == tFalse || k == tNone) && p.peek(1) == tAssign {
		p.errorRange(p.start(at), p.end(at+1), "cannot assign to %s", p.word(at))
	}
	if p.tok == tName && p.peek(1) == tAssign {
		p.looking(func() {
			p.next()
			p.next()
			p.expression()
			p.generators()
			p.errorRange(p.start(at), p.end(at+1), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
		})
		return
	}
	if p.tok == tDoubleStar {
		p.looking(func() {
			p.next()
			p.expression()
			p.expect(tAssign)
			b := p.expression()
			p.errorRange(p.start(at), b.Span().End, "cannot assign to keyword argument unpacking")
		})
		return
	}
	p.looking(func() {
		a := p.expression()
		p.mustBe(tAssign)
		p.errorRange(a.Span().Start, p.end(p.pos), `expression cannot contain assignment, perhaps you meant "=="?`)
	})
}

// lastItem is the end of the last expression of a comprehension's clauses.
func lastItem(gens []*Comprehension) Pos {
	g := gens[len(gens)-1]
	if n := len(g.Ifs); n > 0 {
		return g.Ifs[n-1].Span().End
	}
	return g.Iter.Span().End
}

// explainArguments looks for what is wrong with the arguments of a call, behind its parenthesis.
func (p *parser) explainArguments(at int) {
	args := func() *Call {
		var c Call
		p.args(-1, &c)
		c.Range = p.span(at)
		return &c
	}
	p.looking(func() {
		c := args()
		comma := p.pos
		p.expect(tComma)
		p.mustBe(tStar)
		p.argumentStar()
		if len(c.Keywords) > 0 {
			p.errorFrom(p.start(comma), "iterable argument unpacking follows keyword argument unpacking")
		}
	})
	p.looking(func() {
		a := p.expression()
		gens := p.generators()
		p.expect(tComma)
		p.errorRange(a.Span().Start, lastItem(gens), "Generator expression must be parenthesized")
	})
	if p.tok == tName && p.peek(1) == tAssign {
		p.looking(func() {
			p.next()
			p.next()
			p.expression()
			p.generators()
			p.errorRange(p.start(at), p.end(at+1), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
		})
	}
	p.looking(func() {
		if p.attempt(func() { args(); p.mustBe(tComma) }) {
			p.next()
		}
		name := p.pos
		p.ident()
		p.expect(tAssign)
		if p.tok == tComma || p.tok == tRParen {
			p.errorRange(p.start(name), p.end(name+1), "expected argument value expression")
		}
	})
	p.looking(func() {
		c := args()
		gens := p.generators()
		if n := len(c.Args); n > 1 {
			p.errorRange(c.Args[n-1].Span().Start, lastItem(gens), "Generator expression must be parenthesized")
		}
	})
	p.looking(func() {
		args()
		p.expect(tComma)
		a := p.expression()
		gens := p.generators()
		p.errorRange(a.Span().Start, lastItem(gens), "Generator expression must be parenthesized")
	})
	p.looking(func() {
		c := args()
		p.expect(tComma)
		args()
		msg := "positional argument follows keyword argument"
		if unpacked(c) {
			msg += " unpacking"
		}
		p.errorLast("%s", msg)
	})
}

// explainParameters looks for what is wrong with a parameter list, behind its beginning.
func (p *parser) explainParameters(end kind) {
	p.looking(func() { p.parameterMistakes(end) })
}

func (p *parser) parameterMistakes(end kind) {
	slash, star, defaults := false, false, false
	for first := true; p.tok != end; first = false {
		at := p.pos
		switch p.tok {
		case tSlash:
			p.next()
			switch {
			case first && p.tok == tComma:
				p.errorAt(at, "at least one argument must precede /")
			case slash && !star:
				p.errorAt(at, "/ may appear only once")
			case star:
				p.errorAt(at, "/ must be ahead of *")
			case p.tok == tStar:
				p.errorAt(p.pos, "expected comma between / and *")
			}
			slash = true
		case tStar:
			p.next()
			if star {
				if p.tok == tComma || p.attempt(func() { p.annotated(end, 0) }) {
					p.errorAt(at, "* argument may appear only once")
				}
				p.fail()
			}
			star = true
			p.afterStar(at, end)
		case tDoubleStar:
			p.doubleStar(end)
			return
		case tLParen:
			if !defaults && !star {
				p.parenthesisedParameters(at, end)
			}
			p.fail()
		default:
			p.annotated(end, 0)
			switch {
			case p.tok == tAssign:
				p.defaultValue(end)
				defaults = defaults || !star
			case defaults && !star && (p.tok == tComma || p.tok == end):
				r := p.span(at)
				p.errorRange(r.Start, r.End, "parameter without a default follows parameter with a default")
			}
		}
		if p.tok != end {
			p.expect(tComma)
		}
	}
}

// defaultValue passes = value.
func (p *parser) defaultValue(end kind) {
	at := p.pos
	p.next()
	if p.tok == tComma || p.tok == tRParen {
		p.errorAt(at, "expected default value expression")
	}
	p.expression()
}

// afterStar looks behind the star at token at.
func (p *parser) afterStar(at int, end kind) {
	bare := p.tok == end
	if p.tok == tComma {
		p.next()
		bare = p.tok == end || p.tok == tDoubleStar
		last := p.pos
		p.reset(p.pos - 1)
		if bare && end == tColon {
			p.far = max(p.far, last)
		}
	}
	if bare {
		if end == tColon {
			p.errorLast("named arguments must follow bare *")
		}
		p.errorAt(at, "named arguments must follow bare *")
	}
	if p.tok == tComma {
		return
	}
	p.parameter(end, 0)
	if p.tok == tColon && end != tColon {
		p.next()
		p.starExpression()
	}
	if p.tok == tAssign {
		p.errorAt(p.pos, "var-positional argument cannot have default value")
	}
}

// doubleStar looks behind **.
func (p *parser) doubleStar(end kind) {
	p.next()
	p.annotated(end, 0)
	if p.tok == tAssign {
		p.errorAt(p.pos, "var-keyword argument cannot have default value")
	}
	p.expect(tComma)
	at := p.pos
	switch p.tok {
	case tStar, tDoubleStar, tSlash:
	case tName:
		p.annotated(end, 0)
	default:
		return
	}
	r := Range{p.start(at), p.end(max(at, p.pos-1))}
	p.errorRange(r.Start, r.End, "arguments cannot follow var-keyword argument")
}

// parenthesisedParameters looks for a tuple of names in the place of a parameter.
func (p *parser) parenthesisedParameters(at int, end kind) {
	p.next()
	for {
		p.annotated(end, 0)
		if p.tok != tComma {
			break
		}
		if p.next(); p.tok == tRParen {
			break
		}
	}
	p.mustBe(tRParen)
	what := "Function"
	if end == tColon {
		what = "Lambda expression"
	}
	p.errorRange(p.start(at), p.end(p.pos), "%s parameters cannot be parenthesized", what)
}
