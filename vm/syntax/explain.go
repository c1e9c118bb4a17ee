package syntax

// What is wrong with an expression: the mistakes that CPython 3.13 has a message for, looked for in the order in which
// it looks for them, so that the same one is found first. All of this runs in the second pass only. Functions here
// start where the construct starts, and leave the parser where it was unless they parse the construct.

// looking runs f and comes back.
func (p *parser) looking(f func()) {
	at := p.pos
	p.attempt(f)
	p.reset(at)
}

// legacy reports whether e is the name of a statement of Python 2.
func legacy(e Expr) bool {
	n, ok := e.(*Name)
	return ok && (n.Id == "print" || n.Id == "exec")
}

func (p *parser) softKeyword() bool {
	return p.isName("_") || p.isName("case") || p.isName("match") || p.isName("type")
}

// explainExpression looks for two expressions without anything between them, conditionals without else, and statements
// of Python 2.
func (p *parser) explainExpression() {
	at := p.pos
	if p.tok == tLambda {
		p.looking(func() {
			p.next()
			p.parameters(tColon)
			p.expect(tColon)
			if p.tok == tFMiddle {
				p.errorRange(p.start(at), p.end(p.pos-1), "f-string: lambda expressions are not allowed without parentheses")
			}
		})
		return
	}
	if !(p.tok == tName && p.peek(1) == tString) && !p.softKeyword() {
		p.looking(func() {
			a := p.disjunction()
			var b Expr
			p.quietly(func() { b = p.freshExpression() })
			if !legacy(a) && p.tokens[p.pos-1].level > 0 {
				p.errorRange(a.Span().Start, b.Span().End, "invalid syntax. Perhaps you forgot a comma?")
			}
		})
	}
	p.looking(func() {
		a := p.disjunction()
		p.expect(tIf)
		b := p.disjunction()
		if p.tok != tElse && p.tok != tColon {
			p.errorRange(a.Span().Start, b.Span().End, "expected 'else' after 'if' expression")
		}
	})
	if p.tok == tName && p.peek(1) != tLParen {
		p.looking(func() {
			name := p.word(at)
			p.next()
			b := p.starExpressions()
			if name != "print" && name != "exec" {
				return
			}
			p.errorRange(p.start(at), b.Span().End, "Missing parentheses in call to '%s'. Did you mean %s(...)?", name, name)
		})
	}
}

// explainNamed looks for a walrus behind something that is no name, and an assignment where a comparison may have
// been meant.
func (p *parser) explainNamed() {
	at := p.pos
	p.looking(func() {
		a := p.expression()
		p.expect(tColonEqual)
		p.expression()
		p.errorNode(a, "cannot use assignment expressions with %s", describe(a))
	})
	if p.tok == tName && p.peek(1) == tAssign {
		p.looking(func() {
			p.next()
			p.next()
			b := p.binary(1)
			if p.tok != tAssign && p.tok != tColonEqual {
				p.errorRange(p.start(at), b.Span().End, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
			}
		})
	}
	switch p.tok {
	case tTrue, tFalse, tNone:
		return
	case tLBracket, tLParen:
		plain := true
		p.looking(func() {
			switch p.atom().(type) {
			case *List, *Tuple, *GeneratorExp:
				plain = false
			}
		})
		if !plain {
			return
		}
	}
	p.looking(func() {
		a := p.binary(1)
		p.expect(tAssign)
		p.binary(1)
		if p.tok != tAssign && p.tok != tColonEqual {
			p.errorNode(a, "cannot assign to %s here. Maybe you meant '==' instead of '='?", describe(a))
		}
	})
}

// explainArithmetic looks for a not behind an arithmetic operator, at the operator.
func (p *parser) explainArithmetic() {
	switch p.tok {
	case tPlus, tMinus, tStar, tSlash, tPercent, tDoubleSlash, tAt:
	default:
		return
	}
	if p.peek(1) == tNot {
		p.looking(func() {
			p.next()
			b := p.inversion()
			p.errorNode(b, "'not' after an operator must be parenthesized")
		})
	}
}

// explainFactor looks for a not behind a unary operator.
func (p *parser) explainFactor() {
	if p.peek(1) != tNot {
		return
	}
	p.looking(func() {
		p.next()
		a := p.pos
		p.next()
		b := p.unary()
		p.errorRange(p.start(a), b.Span().End, "'not' after an operator must be parenthesized")
	})
}

// alternatives returns the first of several readings that succeeds, or nil.
func (p *parser) alternative(readings ...func() Expr) (e Expr) {
	for _, f := range readings {
		if p.attempt(func() { e = f() }) {
			return e
		}
	}
	return nil
}

// explainParenthesised parses a tuple, group or generator expression, and explains when it is none.
func (p *parser) explainParenthesised() Expr {
	at := p.pos
	e := p.alternative(func() Expr {
		p.next()
		if p.accept(tRParen) {
			return &Tuple{Range: p.span(at)}
		}
		base := len(p.exprs)
		p.exprs = append(p.exprs, p.starNamed())
		p.mustBe(tComma)
		p.more((*parser).starNamed)
		p.expect(tRParen)
		elts := p.take(base)
		return &Tuple{Range: p.span(at), Elts: elts}
	}, func() Expr {
		p.next()
		var e Expr
		if p.tok == tYield {
			e = p.yield()
		} else {
			e = p.named()
		}
		p.expect(tRParen)
		return e
	})
	if e != nil {
		return e
	}
	p.looking(func() {
		p.next()
		if p.tok == tStar {
			e := p.argumentStar()
			p.mustBe(tRParen)
			p.errorNode(e, "cannot use starred expression here")
		}
		star := p.pos
		p.expect(tDoubleStar)
		p.expression()
		p.mustBe(tRParen)
		p.errorAt(star, "cannot use double starred expression here")
	})
	if e = p.try((*parser).generatorExp); e != nil {
		return e
	}
	p.explainComprehension()
	p.fail()
	return nil
}

// argumentStar parses *expression, and looks for an assignment to it and for a missing expression.
func (p *parser) argumentStar() Expr {
	at := p.pos
	p.expect(tStar)
	v := p.try((*parser).expression)
	if p.explain && v == nil {
		p.errorLast("Invalid star expression")
	}
	if v == nil {
		p.fail()
	}
	if p.explain && p.tok == tAssign {
		p.looking(func() {
			p.next()
			b := p.expression()
			p.errorRange(p.start(at), b.Span().End, "cannot assign to iterable argument unpacking")
		})
	}
	return &Starred{Range: p.span(at), Value: v}
}

// explainBracketed parses a list or list comprehension.
func (p *parser) explainBracketed() Expr {
	at := p.pos
	e := p.alternative(func() Expr {
		p.next()
		if p.accept(tRBracket) {
			return &List{Range: p.span(at)}
		}
		base := len(p.exprs)
		p.exprs = append(p.exprs, p.starNamed())
		p.more((*parser).starNamed)
		p.expect(tRBracket)
		elts := p.take(base)
		return &List{Range: p.span(at), Elts: elts}
	}, func() Expr {
		p.next()
		e := p.named()
		gens := p.generators()
		p.expect(tRBracket)
		return &ListComp{Range: p.span(at), Elt: e, Generators: gens}
	})
	if e == nil {
		p.explainComprehension()
		p.fail()
	}
	return e
}

// explainBraced parses a dict or set, display or comprehension.
func (p *parser) explainBraced() Expr {
	at := p.pos
	if e := p.alternative(func() Expr {
		p.next()
		if p.accept(tRBrace) {
			return &Dict{Range: p.span(at)}
		}
		return p.dict(at, nil, nil)
	}); e != nil {
		return e
	}
	p.looking(func() {
		p.next()
		p.explainPairs()
	})
	e := p.alternative(func() Expr {
		p.next()
		base := len(p.exprs)
		p.exprs = append(p.exprs, p.starNamed())
		p.more((*parser).starNamed)
		p.expect(tRBrace)
		elts := p.take(base)
		return &Set{Range: p.span(at), Elts: elts}
	}, func() Expr {
		p.next()
		k := p.expression()
		p.expect(tColon)
		v := p.expression()
		gens := p.generators()
		p.expect(tRBrace)
		return &DictComp{Range: p.span(at), Key: k, Value: v, Generators: gens}
	})
	if e != nil {
		return e
	}
	p.looking(func() {
		p.next()
		star := p.pos
		p.expect(tDoubleStar)
		p.binary(1)
		p.generators()
		p.mustBe(tRBrace)
		p.errorAt(star, "dict unpacking cannot be used in dict comprehension")
	})
	e = p.alternative(func() Expr {
		p.next()
		x := p.named()
		gens := p.generators()
		p.expect(tRBrace)
		return &SetComp{Range: p.span(at), Elt: x, Generators: gens}
	})
	if e == nil {
		p.explainComprehension()
		p.fail()
	}
	return e
}

// explainComprehension looks, at an opening bracket, for unpacking in a comprehension and for a target that needs parentheses.
func (p *parser) explainComprehension() {
	open := p.tok
	p.looking(func() {
		p.next()
		a := p.argumentStar()
		p.generators()
		p.errorNode(a, "iterable unpacking cannot be used in comprehension")
	})
	if open == tLParen {
		return
	}
	p.looking(func() {
		p.next()
		a := p.starNamed()
		p.mustBe(tComma)
		base := len(p.exprs)
		p.more((*parser).starNamed)
		end := p.end(p.pos - 1)
		if n := len(p.exprs); n > base {
			end = p.exprs[n-1].Span().End
		}
		p.exprs = p.exprs[:base]
		p.generators()
		p.errorRange(a.Span().Start, end, "did you forget parentheses around the comprehension target?")
	})
}

// explainPairs looks for mistakes in the items of a dict, behind its brace.
func (p *parser) explainPairs() {
	p.looking(func() {
		p.pair()
		for p.tok == tComma {
			mark := p.pos
			p.next()
			if !p.attempt(p.pair) {
				p.reset(mark)
				break
			}
		}
		// The last pair may be what is wrong: step back over nothing, as the pairs stop before it.
		p.expect(tComma)
		p.explainPair(true)
	})
	p.explainPair(false)
}

// explainPair looks for an item without a colon or value.
func (p *parser) explainPair(colon bool) {
	if colon {
		p.looking(func() {
			a := p.expression()
			if p.tok != tColon {
				r := a.Span()
				e := p.newError(KindSyntax, Pos{r.Start.Line, r.End.Col - 1}, r.End, "':' expected after dictionary key")
				e.EndCol = 0
				panic(e)
			}
		})
	}
	p.looking(func() {
		p.expression()
		p.expect(tColon)
		star := p.pos
		p.expect(tStar)
		p.binary(1)
		p.errorFrom(p.start(star), "cannot use a starred expression in a dictionary value")
	})
	p.looking(func() {
		p.expression()
		at := p.pos
		p.expect(tColon)
		if p.tok == tRBrace || p.tok == tComma {
			p.errorAt(at, "expression expected after dictionary key and ':'")
		}
	})
}

// explainForTarget looks, at for or async, for a target that cannot be assigned to.
func (p *parser) explainForTarget(at int, comprehension bool) {
	if !p.explain {
		return
	}
	p.reset(at)
	if comprehension {
		p.looking(func() {
			p.accept(tAsync)
			p.expect(tFor)
			p.binary(1)
			for p.tok == tComma {
				p.next()
				if p.try(bitwiseOr) == nil {
					break
				}
			}
			if p.tok != tIn {
				p.errorLast("'in' expected after for-loop variables")
			}
		})
	}
	p.looking(func() {
		p.accept(tAsync)
		p.expect(tFor)
		p.explainTarget(p.starExpressions(), forTarget)
	})
}
