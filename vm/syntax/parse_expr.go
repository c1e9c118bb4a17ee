package syntax

// Expressions: from lists with stars down to unary operators, by precedence.

// expressions parses a, b, c without stars; a tuple when there is a comma.
func (p *parser) expressions() Expr { return p.list((*parser).expression) }

// starExpressions parses a, *b, c.
func (p *parser) starExpressions() Expr { return p.list((*parser).starExpression) }

// list parses one element, or a tuple of several.
func (p *parser) list(element func(*parser) Expr) Expr {
	at := p.pos
	e := element(p)
	if p.tok != tComma {
		return e
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, e)
	p.more(element)
	elts := p.take(base)
	return &Tuple{Range: p.span(at), Elts: elts}
}

// more passes a comma and pushes the elements behind it, and those behind the next commas.
func (p *parser) more(element func(*parser) Expr) {
	for p.tok == tComma {
		p.next()
		if !p.startsExpr() && p.tok != tStar {
			return
		}
		e := p.try(element)
		if e == nil {
			return
		}
		p.exprs = append(p.exprs, e)
	}
}

// starExpression parses *a, with a bitwise or, or an expression.
func (p *parser) starExpression() Expr {
	if p.tok != tStar {
		return p.expression()
	}
	at := p.pos
	p.next()
	v := p.binary(1)
	return &Starred{Range: p.span(at), Value: v}
}

// starNamed is starExpression with the walrus allowed.
func (p *parser) starNamed() Expr {
	if p.tok != tStar {
		return p.named()
	}
	return p.starExpression()
}

// named parses an expression or name := expression.
func (p *parser) named() Expr {
	if p.tok == tName && p.peek(1) == tColonEqual {
		return p.walrus()
	}
	at := p.pos
	if p.explain {
		p.explainNamed()
	}
	e := p.expression()
	if p.tok == tColonEqual {
		p.reset(at)
		p.fail()
	}
	return e
}

// walrus parses name := expression.
func (p *parser) walrus() Expr {
	at := p.pos
	target := p.name(Store)
	p.next()
	v := p.expression()
	return &NamedExpr{Range: p.span(at), Target: target, Value: v}
}

// expression parses a conditional expression, a disjunction or a lambda.
func (p *parser) expression() Expr {
	if p.peg {
		return p.memoised(memoExpression, (*parser).freshExpression)
	}
	return p.freshExpression()
}

func (p *parser) freshExpression() Expr {
	p.enter()
	if p.explain {
		p.explainExpression()
	}
	var e Expr
	if p.tok == tLambda {
		e = p.lambda(false)
	} else {
		at := p.pos
		e = p.disjunction()
		if p.tok == tIf {
			e = p.conditional(at, e)
		}
	}
	p.leave()
	return e
}

// conditional parses the rest of body if test else orelse.
func (p *parser) conditional(at int, body Expr) Expr {
	x := p.try(func(p *parser) Expr {
		p.next()
		test := p.disjunction()
		p.expect(tElse)
		orelse := p.expression()
		return &IfExp{Range: p.span(at), Test: test, Body: body, Orelse: orelse}
	})
	if x == nil {
		return body
	}
	return x
}

// lambda parses a lambda expression. In old Python 2 comprehensions its body has no conditional of its own.
func (p *parser) lambda(old bool) Expr {
	at := p.pos
	p.next()
	args := p.parameters(tColon)
	p.expect(tColon)
	var body Expr
	if old {
		body = p.oldExpression()
	} else {
		body = p.expression()
	}
	return &Lambda{Range: p.span(at), Args: args, Body: body}
}

// oldExpression parses a disjunction or lambda: what Python 2 allows behind in and if of a list comprehension.
func (p *parser) oldExpression() Expr {
	if p.tok != tLambda {
		return p.disjunction()
	}
	p.enter()
	defer p.leave()
	return p.lambda(true)
}

func (p *parser) disjunction() Expr {
	at := p.pos
	e := p.conjunction()
	if p.tok != tOr {
		return e
	}
	return p.boolean(at, e, tOr, Or, (*parser).conjunction)
}

func (p *parser) conjunction() Expr {
	at := p.pos
	e := p.inversion()
	if p.tok != tAnd {
		return e
	}
	return p.boolean(at, e, tAnd, And, (*parser).inversion)
}

// boolean parses the rest of a chain of and, or of or.
func (p *parser) boolean(at int, first Expr, sep kind, op BoolOperator, operand func(*parser) Expr) Expr {
	base := len(p.exprs)
	p.exprs = append(p.exprs, first)
	for p.tok == sep {
		mark := p.pos
		p.next()
		e := p.try(operand)
		if e == nil {
			p.reset(mark)
			break
		}
		p.exprs = append(p.exprs, e)
	}
	values := p.take(base)
	if len(values) == 1 {
		return first
	}
	return &BoolOp{Range: p.span(at), Op: op, Values: values}
}

// inversion parses not a, or a comparison.
func (p *parser) inversion() Expr {
	if p.tok != tNot {
		return p.comparison()
	}
	p.enter()
	at := p.pos
	p.next()
	e := p.inversion()
	p.leave()
	return &UnaryOp{Range: p.span(at), Op: Not, Operand: e}
}

// comparison parses a < b <= c ...
func (p *parser) comparison() Expr {
	at := p.pos
	left := p.binary(1)
	if !p.comparing() {
		return left
	}
	var ops []CmpOperator
	base := len(p.exprs)
	for p.comparing() {
		mark := p.pos
		op := p.comparisonOperator()
		e := p.try(bitwiseOr)
		if e == nil {
			p.reset(mark)
			break
		}
		ops = append(ops, op)
		p.exprs = append(p.exprs, e)
	}
	if len(ops) == 0 {
		return left
	}
	rest := p.take(base)
	return &Compare{Range: p.span(at), Left: left, Ops: ops, Comparators: rest}
}

// bitwiseOr parses what binds more tightly than comparisons.
func bitwiseOr(p *parser) Expr { return p.binary(1) }

// comparing reports whether a comparison operator follows.
func (p *parser) comparing() bool {
	switch p.tok {
	case tIn, tIs:
		return true
	case tNot:
		p.look(1)
		return p.peek(1) == tIn
	case tNotEq:
		return p.dialect == Py2 || p.text[p.tokens[p.pos].start] == '!'
	}
	return tEqEq <= p.tok && p.tok <= tGreaterEq
}

func (p *parser) comparisonOperator() CmpOperator {
	t := p.tok
	p.next()
	switch t {
	case tIn:
		return In
	case tNot:
		p.next()
		return NotIn
	case tIs:
		if p.accept(tNot) {
			return IsNot
		}
		return Is
	}
	return CmpOperator(t - tEqEq)
}

// precedence of the binary operators, from 1; 0 for other tokens.
var precedence = [256]uint8{
	tPipe: 1, tCaret: 2, tAmp: 3, tLShift: 4, tRShift: 4, tPlus: 5, tMinus: 5,
	tStar: 6, tSlash: 6, tDoubleSlash: 6, tPercent: 6, tAt: 6,
}

// binary parses operators of precedence at least least.
func (p *parser) binary(least uint8) Expr {
	at := p.pos
	left := p.unary()
	for n := 0; ; n++ {
		prec := precedence[p.tok]
		if prec < least || prec == 0 {
			return left
		}
		if n > longChain {
			p.long = true
		}
		if p.explain {
			p.explainArithmetic()
		}
		op := Operator(p.tok - tPlus)
		mark := p.pos
		p.next()
		var right Expr
		if p.peg {
			if right = p.try(func(p *parser) Expr { return p.binary(prec + 1) }); right == nil {
				p.reset(mark)
				return left
			}
		} else {
			right = p.binary(prec + 1)
		}
		b := p.binSlab.new()
		*b = BinOp{Range: p.span(at), Left: left, Op: op, Right: right, Classic: op == Div && p.classic()}
		left = b
	}
}

// classic reports whether a / divides as in Python 2.
func (p *parser) classic() bool { return p.dialect == Py2 && p.future&FutureDivision == 0 }

// unary parses -a, +a, ~a and powers.
func (p *parser) unary() Expr {
	var op UnaryOperator
	switch p.tok {
	case tMinus:
		op = USub
	case tPlus:
		op = UAdd
	case tTilde:
		op = Invert
	default:
		return p.power()
	}
	p.enter()
	if p.explain {
		p.explainFactor()
	}
	at := p.pos
	p.next()
	e := p.unary()
	p.leave()
	return &UnaryOp{Range: p.span(at), Op: op, Operand: e}
}

// power parses a ** b, which binds more tightly than a unary operator on its left, less on its right.
func (p *parser) power() Expr {
	at := p.pos
	var base Expr
	if p.tok == tAwait {
		p.next()
		v := p.primary()
		base = &Await{Range: p.span(at), Value: v}
	} else {
		base = p.primary()
	}
	if p.tok != tDoubleStar {
		return base
	}
	mark := p.pos
	p.enter()
	p.next()
	exp := p.try((*parser).unary)
	p.leave()
	if exp == nil {
		p.reset(mark)
		return base
	}
	return &BinOp{Range: p.span(at), Left: base, Op: Pow, Right: exp}
}

// startsExpr reports whether the current token may begin an expression.
func (p *parser) startsExpr() bool {
	switch p.tok {
	case tName, tNumber, tString, tFStart, tLParen, tLBracket, tLBrace, tMinus, tPlus, tTilde, tNot, tLambda, tAwait,
		tTrue, tFalse, tNone, tEllipsis, tBackquote:
		return true
	}
	return false
}

// yield parses yield, yield value and yield from value.
func (p *parser) yield() Expr {
	at := p.pos
	p.next()
	if p.tok == tFrom && p.dialect == Py3 {
		p.next()
		v := p.expression()
		return &YieldFrom{Range: p.span(at), Value: v}
	}
	var v Expr
	if p.startsExpr() || p.tok == tStar {
		v = p.try((*parser).starExpressions)
	}
	return &Yield{Range: p.span(at), Value: v}
}

// value parses the right side of an assignment: a yield or a list of expressions.
func (p *parser) value() Expr {
	if p.tok == tYield {
		return p.yield()
	}
	return p.starExpressions()
}
