package syntax

// Primaries (attributes, subscripts, calls) and atoms (names, literals, displays, comprehensions).

// primary parses an atom and its trailers.
func (p *parser) primary() Expr {
	at := p.pos
	e := p.atom()
	for n := 0; ; n++ {
		if n > longChain {
			p.long = true
		}
		var x Expr
		switch p.tok {
		case tDot:
			if p.peek(1) != tName {
				if p.peg {
					p.next()
					p.reset(p.pos - 1)
					return e
				}
				p.next()
				p.fail()
			}
			p.next()
			a := p.attrSlab.new()
			a.Attr = p.ident()
			a.Value = e
			a.Range = p.span(at)
			e = a
			continue
		case tLParen:
			x = p.trailer(at, e, (*parser).call)
		case tLBracket:
			x = p.trailer(at, e, (*parser).subscript)
		default:
			return e
		}
		if x == nil {
			return e
		}
		e = x
	}
}

// trailer parses a call or subscript of e.
func (p *parser) trailer(at int, e Expr, f func(*parser, int, Expr) Expr) (x Expr) {
	if !p.peg {
		return f(p, at, e)
	}
	p.attempt(func() { x = f(p, at, e) })
	return x
}

// call parses (arguments) behind f.
func (p *parser) call(at int, f Expr) Expr {
	p.enter()
	open := p.pos
	c := p.callSlab.new()
	c.Func = f
	if p.peg {
		// A lone generator expression first, with its mistakes.
		if g := p.try((*parser).generatorExp); g != nil {
			c.Args = []Expr{g}
			c.Range = p.span(at)
			p.leave()
			return c
		}
		if p.explain {
			p.explainComprehension()
		}
	}
	p.next()
	if p.tok != tRParen {
		p.arguments(open, c)
	}
	p.expect(tRParen)
	c.Range = p.span(at)
	p.leave()
	return c
}

// subscript parses [slices] behind v.
func (p *parser) subscript(at int, v Expr) Expr {
	p.enter()
	p.next()
	s := p.subSlab.new()
	s.Value = v
	s.Slice = p.slices()
	p.expect(tRBracket)
	s.Range = p.span(at)
	p.leave()
	return s
}

func (p *parser) slices() Expr {
	at := p.pos
	e := p.slice()
	if _, star := e.(*Starred); p.tok != tComma && !star {
		return e
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, e)
	for p.tok == tComma {
		p.next()
		if p.tok == tRBracket {
			break
		}
		e := p.try((*parser).slice)
		if e == nil {
			break
		}
		p.exprs = append(p.exprs, e)
	}
	elts := p.take(base)
	return &Tuple{Range: p.span(at), Elts: elts}
}

// slice parses a:b:c, an index, or a starred index.
func (p *parser) slice() Expr {
	at := p.pos
	var lower, upper, step Expr
	switch p.tok {
	case tStar:
		return p.argumentStar()
	case tColon:
	case tDot:
		// Python 2 has no ellipsis outside of subscripts, and its scanner none at all.
		if p.dialect == Py2 && p.peek(1) == tDot && p.peek(2) == tDot {
			p.next()
			p.next()
			p.next()
			return p.constant(at, EllipsisType{})
		}
		p.fail()
	default:
		if !(p.tok == tName && p.peek(1) == tColonEqual) {
			// A slice first: the walrus and its mistakes belong to an index.
			if !p.explain {
				lower = p.expression()
			} else if !p.attempt(func() { lower = p.expression(); p.mustBe(tColon) }) {
				return p.named()
			}
		}
		if p.tok != tColon {
			if p.tok == tColonEqual || lower == nil {
				p.reset(at)
				return p.named()
			}
			return lower
		}
	}
	p.next()
	if p.startsExpr() {
		upper = p.try((*parser).expression)
	}
	if p.tok == tColon {
		p.next()
		if p.startsExpr() {
			step = p.try((*parser).expression)
		}
	}
	return &Slice{Range: p.span(at), Lower: lower, Upper: upper, Step: step}
}

// mustBe fails unless the current token is of kind k.
func (p *parser) mustBe(k kind) {
	if p.tok != k {
		p.fail()
	}
}

// name passes a name and makes a node of it.
func (p *parser) name(ctx ExprContext) *Name {
	n := p.nameSlab.new()
	at := p.pos
	n.Id = p.ident()
	n.Ctx = ctx
	n.Range = p.span(at)
	return n
}

func (p *parser) constant(at int, v any) *Constant {
	c := p.constSlab.new()
	*c = Constant{Range: p.span(at), Value: v}
	return c
}

func (p *parser) atom() Expr {
	at := p.pos
	switch p.tok {
	case tName:
		if p.dialect == Py2 && (p.isName("True") || p.isName("False")) {
			v := p.isName("True")
			p.next()
			return p.constant(at, v)
		}
		return p.name(Load)
	case tNumber:
		p.next()
		v, kind := p.numberValue(at)
		c := p.constant(at, v)
		c.Kind = kind
		return c
	case tString, tFStart:
		return p.strings()
	case tTrue:
		p.next()
		return p.constant(at, true)
	case tFalse:
		p.next()
		return p.constant(at, false)
	case tNone:
		p.next()
		return p.constant(at, nil)
	case tEllipsis:
		p.next()
		return p.constant(at, EllipsisType{})
	case tLParen:
		return p.memoised(memoAtom, (*parser).parenthesised)
	case tLBracket:
		return p.memoised(memoAtom, (*parser).bracketed)
	case tLBrace:
		return p.memoised(memoAtom, (*parser).braced)
	case tBackquote:
		return p.backquoted()
	}
	p.fail()
	return nil
}

// parenthesised parses a group, a tuple or a generator expression.
func (p *parser) parenthesised() Expr {
	p.enter()
	defer p.leave()
	at := p.pos
	if p.explain {
		return p.explainParenthesised()
	}
	p.next()
	switch p.tok {
	case tRParen:
		p.next()
		return &Tuple{Range: p.span(at)}
	case tYield:
		y := p.yield()
		p.expect(tRParen)
		return y
	}
	first := p.starNamed()
	switch p.tok {
	case tComma:
		base := len(p.exprs)
		p.exprs = append(p.exprs, first)
		p.more((*parser).starNamed)
		p.expect(tRParen)
		elts := p.take(base)
		return &Tuple{Range: p.span(at), Elts: elts}
	case tFor, tAsync:
		p.notStarred(first)
		gens := p.generators()
		p.expect(tRParen)
		return &GeneratorExp{Range: p.span(at), Elt: first, Generators: gens}
	}
	p.mustBe(tRParen)
	p.notStarred(first)
	p.next()
	return first
}

// notStarred fails for a starred expression where there can be none.
func (p *parser) notStarred(e Expr) {
	if _, ok := e.(*Starred); ok {
		p.fail()
	}
}

// bracketed parses a list display or comprehension.
func (p *parser) bracketed() Expr {
	p.enter()
	defer p.leave()
	at := p.pos
	if p.explain {
		return p.explainBracketed()
	}
	p.next()
	if p.accept(tRBracket) {
		return &List{Range: p.span(at)}
	}
	first := p.starNamed()
	if p.tok == tFor || p.tok == tAsync {
		p.notStarred(first)
		gens := p.generators()
		p.expect(tRBracket)
		return &ListComp{Range: p.span(at), Elt: first, Generators: gens}
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, first)
	p.more((*parser).starNamed)
	p.expect(tRBracket)
	elts := p.take(base)
	return &List{Range: p.span(at), Elts: elts}
}

// braced parses a dict or set display or comprehension.
func (p *parser) braced() Expr {
	p.enter()
	defer p.leave()
	at := p.pos
	if p.explain {
		return p.explainBraced()
	}
	p.next()
	switch p.tok {
	case tRBrace:
		p.next()
		return &Dict{Range: p.span(at)}
	case tDoubleStar:
		return p.dict(at, nil, nil)
	case tStar:
		return p.set(at)
	}
	mark := p.pos
	if p.tok == tName && p.peek(1) == tColonEqual {
		return p.set(at)
	}
	key := p.expression()
	if p.tok != tColon {
		p.reset(mark)
		return p.set(at)
	}
	p.next()
	value := p.expression()
	if p.tok == tFor || p.tok == tAsync {
		gens := p.generators()
		p.expect(tRBrace)
		return &DictComp{Range: p.span(at), Key: key, Value: value, Generators: gens}
	}
	return p.dict(at, key, value)
}

// set parses the rest of a set display or comprehension.
func (p *parser) set(at int) Expr {
	first := p.starNamed()
	if p.tok == tFor || p.tok == tAsync {
		p.notStarred(first)
		gens := p.generators()
		p.expect(tRBrace)
		return &SetComp{Range: p.span(at), Elt: first, Generators: gens}
	}
	base := len(p.exprs)
	p.exprs = append(p.exprs, first)
	p.more((*parser).starNamed)
	p.expect(tRBrace)
	elts := p.take(base)
	return &Set{Range: p.span(at), Elts: elts}
}

// dict parses the rest of a dict display, of which key and value may have been read already.
func (p *parser) dict(at int, key, value Expr) Expr {
	base := len(p.exprs)
	more := true
	if key != nil {
		p.exprs = append(p.exprs, key, value)
		more = p.accept(tComma)
	}
	for more && p.tok != tRBrace {
		if p.peg {
			if !p.attempt(p.pair) {
				break
			}
		} else {
			p.pair()
		}
		more = p.accept(tComma)
	}
	p.expect(tRBrace)
	items := p.exprs[base:]
	d := &Dict{Keys: make([]Expr, len(items)/2), Values: make([]Expr, len(items)/2)}
	for i := range d.Keys {
		d.Keys[i], d.Values[i] = items[2*i], items[2*i+1]
	}
	p.exprs = p.exprs[:base]
	d.Range = p.span(at)
	return d
}

// pair pushes the key and value of one item of a dict.
func (p *parser) pair() {
	if p.tok == tDoubleStar {
		p.next()
		v := p.binary(1)
		p.exprs = append(p.exprs, nil, v)
		return
	}
	k := p.expression()
	p.expect(tColon)
	v := p.expression()
	p.exprs = append(p.exprs, k, v)
}

// generatorExp parses a generator expression in parentheses.
func (p *parser) generatorExp() Expr {
	at := p.pos
	p.next()
	var e Expr
	if p.tok == tName && p.peek(1) == tColonEqual {
		e = p.walrus()
	} else {
		e = p.expression()
	}
	gens := p.generators()
	p.expect(tRParen)
	return &GeneratorExp{Range: p.span(at), Elt: e, Generators: gens}
}

// generators parses the for clauses of a comprehension.
func (p *parser) generators() []*Comprehension {
	var gens []*Comprehension
	for p.tok == tFor || p.tok == tAsync && p.peek(1) == tFor {
		if p.peg && len(gens) > 0 {
			if !p.attempt(func() { gens = append(gens, p.generator()) }) {
				break
			}
			continue
		}
		gens = append(gens, p.generator())
	}
	if gens == nil {
		if p.tok == tAsync {
			p.look(1)
		}
		p.fail()
	}
	return gens
}

// generator parses one for clause with its ifs.
func (p *parser) generator() *Comprehension {
	at := p.pos
	c := &Comprehension{IsAsync: p.accept(tAsync)}
	p.next()
	if !p.attemptTarget(func() { c.Target = p.starTargets(); p.expect(tIn) }) {
		p.explainForTarget(at, true)
		p.fail()
	}
	if p.dialect == Py2 {
		c.Iter = p.oldList()
	} else {
		c.Iter = p.disjunction()
	}
	for p.tok == tIf {
		mark := p.pos
		p.next()
		cond := p.try((*parser).oldExpressionIf)
		if cond == nil {
			p.reset(mark)
			break
		}
		c.Ifs = append(c.Ifs, cond)
	}
	return c
}

// oldExpressionIf parses the condition of a comprehension.
func (p *parser) oldExpressionIf() Expr {
	if p.dialect == Py2 {
		return p.oldExpression()
	}
	return p.disjunction()
}

// attemptTarget runs f, and in the second pass reports whether it succeeded.
func (p *parser) attemptTarget(f func()) bool {
	if !p.peg {
		f()
		return true
	}
	return p.attempt(f)
}
