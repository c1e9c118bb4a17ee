package syntax

// Match statements and patterns (PEP 634). match, case and _ are names that mean more in these places only, so a
// statement that begins with match is tried as a match statement first.

// matchStmt parses a match statement; nil when this is something else.
func (p *parser) matchStmt() Stmt {
	switch k := p.peek(1); {
	case k == tName || k == tStar || k == tNot || k == tLParen || k == tLBracket || k == tMinus:
	case k == tAssign || k == tDot || k == tNewline || k == tColon || k == tComma:
		return nil
	}
	at := p.pos
	var subject Expr
	if !p.attempt(func() {
		p.next()
		subject = p.subject()
		if p.explain && p.tok == tNewline {
			p.errorLast("expected ':'")
		}
		p.expect(tColon)
		p.expect(tNewline)
	}) {
		return nil
	}
	if p.tok != tIndent {
		if p.explain {
			p.errorIndent("expected an indented block after 'match' statement on line %d", p.tokens[at].line)
		}
		p.reset(at)
		return nil
	}
	p.enter()
	p.next()
	if !p.isName("case") {
		p.reset(at)
		p.leave()
		return nil
	}
	s := &Match{Subject: subject}
	for p.isName("case") {
		s.Cases = append(s.Cases, p.matchCase())
	}
	p.expect(tDedent)
	p.leave()
	s.Range = p.body(at)
	return s
}

func (p *parser) subject() Expr {
	at := p.pos
	e := p.starNamed()
	if p.tok != tComma {
		p.notStarred(e)
		return e
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, e)
	p.more((*parser).starNamed)
	elts := p.take(base)
	return &Tuple{Range: p.span(at), Elts: elts}
}

func (p *parser) matchCase() *MatchCase {
	at := p.pos
	p.next()
	c := &MatchCase{Pattern: p.patterns()}
	if p.accept(tIf) {
		c.Guard = p.named()
	}
	p.colon()
	c.Body = p.block("'case' statement", at)
	return c
}

// patterns parses a pattern, or an open sequence of them.
func (p *parser) patterns() Pattern {
	at := p.pos
	first := p.maybeStar()
	if p.tok != tComma {
		if _, star := first.(*MatchStar); star {
			p.fail()
		}
		return first
	}
	list := p.morePatterns(first, tColon, tIf)
	return &MatchSequence{Range: p.span(at), Patterns: list}
}

// morePatterns parses , p, q up to a token of either kind, which stays.
func (p *parser) morePatterns(first Pattern, end, end2 kind) []Pattern {
	list := []Pattern{first}
	for p.accept(tComma) {
		if p.tok == end || p.tok == end2 {
			break
		}
		list = append(list, p.maybeStar())
	}
	return list
}

// maybeStar parses *name or a pattern.
func (p *parser) maybeStar() Pattern {
	if p.tok != tStar {
		return p.pattern()
	}
	at := p.pos
	p.next()
	name := p.word(p.pos)
	if name == "_" {
		p.next()
		name = ""
	} else {
		name = p.captureName()
	}
	return &MatchStar{Range: p.span(at), Name: name}
}

// captureName parses a name that is bound: neither _ nor the start of something longer.
func (p *parser) captureName() string {
	if p.isName("_") {
		p.fail()
	}
	name := p.ident()
	if p.tok == tDot || p.tok == tLParen || p.tok == tAssign {
		p.fail()
	}
	return name
}

// pattern parses p | q as name.
func (p *parser) pattern() Pattern {
	p.enter()
	defer p.leave()
	at := p.pos
	first := p.closedPattern()
	if p.tok == tPipe {
		list := []Pattern{first}
		for p.accept(tPipe) {
			list = append(list, p.closedPattern())
		}
		first = &MatchOr{Range: p.span(at), Patterns: list}
	}
	if p.tok != tAs {
		return first
	}
	if p.explain {
		p.explainAsPattern()
	}
	p.next()
	name := p.captureName()
	return &MatchAs{Range: p.span(at), Pattern: first, Name: name}
}

func (p *parser) closedPattern() Pattern {
	at := p.pos
	switch p.tok {
	case tNumber, tMinus, tString, tFStart:
		v := p.literalPattern()
		return &MatchValue{Range: p.span(at), Value: v}
	case tNone:
		p.next()
		return &MatchSingleton{Range: p.span(at)}
	case tTrue, tFalse:
		v := p.tok == tTrue
		p.next()
		return &MatchSingleton{Range: p.span(at), Value: v}
	case tName:
		return p.namePattern()
	case tLParen:
		p.next()
		if p.accept(tRParen) {
			return &MatchSequence{Range: p.span(at)}
		}
		first := p.maybeStar()
		if p.tok == tComma {
			list := p.morePatterns(first, tRParen, tRParen)
			p.expect(tRParen)
			return &MatchSequence{Range: p.span(at), Patterns: list}
		}
		p.mustBe(tRParen)
		if _, star := first.(*MatchStar); star {
			p.fail()
		}
		p.next()
		return first
	case tLBracket:
		p.next()
		var list []Pattern
		if p.tok != tRBracket {
			list = p.morePatterns(p.maybeStar(), tRBracket, tRBracket)
		}
		p.expect(tRBracket)
		return &MatchSequence{Range: p.span(at), Patterns: list}
	case tLBrace:
		return p.mappingPattern()
	}
	p.fail()
	return nil
}

// literalPattern parses a number with its sign, a complex number, or strings.
func (p *parser) literalPattern() Expr {
	if p.tok == tString || p.tok == tFStart {
		return p.strings()
	}
	at := p.pos
	left := p.signedNumber()
	if p.tok != tPlus && p.tok != tMinus {
		return left
	}
	op := Operator(p.tok - tPlus)
	if _, is := unsigned(left).Value.(complex128); is {
		p.errorNode(left, "real number required in complex literal")
	}
	p.next()
	p.mustBe(tNumber)
	imag := p.atom()
	if _, is := unsigned(imag).Value.(complex128); !is {
		p.errorNode(imag, "imaginary number required in complex literal")
	}
	return &BinOp{Range: p.span(at), Left: left, Op: op, Right: imag}
}

func (p *parser) signedNumber() Expr {
	at := p.pos
	if p.accept(tMinus) {
		p.mustBe(tNumber)
		n := p.atom()
		return &UnaryOp{Range: p.span(at), Op: USub, Operand: n}
	}
	p.mustBe(tNumber)
	return p.atom()
}

// unsigned returns the constant in a number with or without a sign.
func unsigned(e Expr) *Constant {
	if u, ok := e.(*UnaryOp); ok {
		e = u.Operand
	}
	return e.(*Constant)
}

// namePattern parses a capture, the wildcard, a dotted value, or a class pattern.
func (p *parser) namePattern() Pattern {
	at := p.pos
	if k := p.peek(1); k != tDot && k != tLParen && k != tAssign {
		if p.isName("_") {
			p.next()
			return &MatchAs{Range: p.span(at)}
		}
		name := p.ident()
		return &MatchAs{Range: p.span(at), Name: name}
	}
	e := p.dottedExpr()
	switch p.tok {
	case tLParen:
		return p.classPattern(at, e)
	case tAssign:
		p.fail()
	}
	if _, ok := e.(*Name); ok {
		p.fail()
	}
	return &MatchValue{Range: p.span(at), Value: e}
}

// dottedExpr parses a.b.c as an expression.
func (p *parser) dottedExpr() Expr {
	at := p.pos
	var e Expr = p.name(Load)
	for n := 0; p.accept(tDot); n++ {
		p.long = p.long || n > longChain
		attr := p.ident()
		e = &Attribute{Range: p.span(at), Value: e, Attr: attr}
	}
	return e
}

func (p *parser) classPattern(at int, cls Expr) Pattern {
	m := &MatchClass{Cls: cls}
	p.next()
	for p.tok != tRParen {
		if p.tok == tName && p.peek(1) == tAssign {
			m.KwdAttrs = append(m.KwdAttrs, p.ident())
			p.next()
			m.KwdPatterns = append(m.KwdPatterns, p.pattern())
		} else {
			if len(m.KwdAttrs) > 0 {
				if p.explain {
					p.explainPositionalPatterns()
				}
				p.fail()
			}
			m.Patterns = append(m.Patterns, p.pattern())
		}
		if !p.accept(tComma) {
			break
		}
	}
	p.expect(tRParen)
	m.Range = p.span(at)
	return m
}

func (p *parser) mappingPattern() Pattern {
	at := p.pos
	m := &MatchMapping{}
	p.next()
	for p.tok != tRBrace {
		if p.accept(tDoubleStar) {
			m.Rest = p.captureName()
			p.accept(tComma)
			break
		}
		var key Expr
		switch k := p.tok; k {
		case tNumber, tMinus, tString, tFStart:
			key = p.literalPattern()
		case tNone, tTrue, tFalse:
			key = p.atom()
		case tName:
			key = p.dottedExpr()
			if _, ok := key.(*Name); ok {
				p.fail()
			}
		default:
			p.fail()
		}
		p.expect(tColon)
		m.Keys = append(m.Keys, key)
		m.Patterns = append(m.Patterns, p.pattern())
		if !p.accept(tComma) {
			break
		}
	}
	p.expect(tRBrace)
	m.Range = p.span(at)
	return m
}
