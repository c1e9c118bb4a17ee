package syntax

import "strconv"

// Parameters of functions and lambdas, arguments of calls, type parameters.

// parameters parses the parameters up to, and not including, end: a parenthesis, or the colon of a lambda.
func (p *parser) parameters(end kind) *Arguments {
	if p.explain {
		p.explainParameters(end)
	}
	a := &Arguments{}
	star := false
	for n := 0; p.tok != end; n++ {
		switch p.tok {
		case tSlash:
			if len(a.Args) == 0 || len(a.PosOnlyArgs) > 0 || star || p.dialect == Py2 {
				p.fail()
			}
			p.next()
			a.PosOnlyArgs, a.Args = a.Args, nil
		case tStar:
			if star {
				p.fail()
			}
			star = true
			p.next()
			if p.tok == tComma {
				// A bare star needs a name behind it.
				if p.peek(1) != tName {
					p.next()
					p.fail()
				}
				break
			}
			a.Vararg = p.parameter(end, n)
			if p.tok == tColon && end != tColon {
				p.next()
				a.Vararg.Annotation = p.starExpression()
				a.Vararg.End = p.end(p.pos - 1)
			}
		case tDoubleStar:
			p.next()
			a.Kwarg = p.annotated(end, n)
			p.accept(tComma)
			p.mustBe(end)
			return a
		default:
			arg := p.annotated(end, n)
			var def Expr
			if p.tok == tAssign {
				p.next()
				def = p.expression()
			}
			switch {
			case star:
				a.KwOnlyArgs = append(a.KwOnlyArgs, arg)
				a.KwDefaults = append(a.KwDefaults, def)
			case def != nil:
				a.Args = append(a.Args, arg)
				a.Defaults = append(a.Defaults, def)
			default:
				if len(a.Defaults) > 0 {
					p.fail()
				}
				a.Args = append(a.Args, arg)
			}
		}
		if p.tok != end {
			p.expect(tComma)
		}
	}
	return a
}

// annotated parses one parameter with its annotation.
func (p *parser) annotated(end kind, n int) *Arg {
	a := p.parameter(end, n)
	if p.tok == tColon && end != tColon {
		p.next()
		a.Annotation = p.expression()
		a.End = p.end(p.pos - 1)
	}
	return a
}

// parameter parses the name of a parameter; in Python 2 there may be a tuple in its place.
func (p *parser) parameter(end kind, n int) *Arg {
	at := p.pos
	if p.dialect == Py2 && p.tok == tLParen {
		t := p.store(p.parenthesised())
		if t == nil {
			p.fail()
		}
		if name, ok := t.(*Name); ok {
			return &Arg{Range: p.span(at), Arg: name.Id}
		}
		return &Arg{Range: p.span(at), Arg: "." + strconv.Itoa(n), Target: t}
	}
	name := p.ident()
	return &Arg{Range: p.span(at), Arg: name}
}

// arguments parses the arguments of a call up to its closing parenthesis, which stays. open is the token of the opening
// one, or -1 where a generator expression cannot stand alone (class bases).
func (p *parser) arguments(open int, c *Call) {
	if !p.peg {
		p.args(open, c)
		return
	}
	at := p.pos
	if p.attempt(func() {
		p.args(open, c)
		p.accept(tComma)
		p.mustBe(tRParen)
	}) {
		return
	}
	if p.explain {
		p.explainArguments(at)
	}
	p.fail()
}

// args parses the arguments themselves, and a comma behind them. Positional arguments come before keywords, but *a may
// follow a keyword, and nothing but keywords follows **k.
func (p *parser) args(open int, c *Call) {
	base := len(p.exprs)
	for n := 0; ; n++ {
		if !p.peg {
			p.argument(open, c, n)
		} else if !p.attempt(func() { p.argument(open, c, n) }) {
			if n == 0 {
				p.fail()
			}
			p.reset(p.pos - 1) // the comma is not ours
			break
		}
		if p.tok != tComma || p.peek(1) == tRParen {
			break
		}
		p.next()
	}
	if !p.peg {
		p.accept(tComma)
	}
	c.Args = p.take(base)
}

// argument parses argument n.
func (p *parser) argument(open int, c *Call, n int) {
	at := p.pos
	switch p.tok {
	case tStar:
		if unpacked(c) {
			p.fail()
		}
		s := p.argumentStar()
		p.exprs = append(p.exprs, s)
		return
	case tDoubleStar:
		if p.explain {
			p.explainKeyword()
		}
		p.next()
		v := p.expression()
		c.Keywords = append(c.Keywords, &Keyword{Range: p.span(at), Value: v})
		return
	case tName:
		if p.peek(1) == tAssign {
			if p.explain {
				p.explainKeyword()
			}
			name := p.ident()
			p.next()
			v := p.expression()
			c.Keywords = append(c.Keywords, &Keyword{Range: p.span(at), Arg: name, Value: v})
			return
		}
	}
	var e Expr
	if len(c.Keywords) > 0 {
		// Only keywords and stars may follow.
		if p.explain {
			p.explainKeyword()
		}
		if p.tok == tName {
			p.next()
		}
		p.fail()
	}
	if p.tok == tName && p.peek(1) == tColonEqual {
		e = p.walrus()
	} else {
		if e = p.expression(); p.tok == tColonEqual || p.tok == tAssign {
			if p.explain {
				p.reset(at)
				p.explainKeyword()
			}
			p.fail()
		}
	}
	if p.tok == tAsync {
		p.look(1)
	}
	if (p.tok == tFor || p.tok == tAsync) && !p.peg {
		if n > 0 || open < 0 {
			p.fail()
		}
		gens := p.generators()
		p.mustBe(tRParen)
		e = &GeneratorExp{Range: Range{p.start(open), p.end(p.pos)}, Elt: e, Generators: gens}
	}
	p.exprs = append(p.exprs, e)
}

// unpacked reports whether a call has a **k already.
func unpacked(c *Call) bool {
	for _, k := range c.Keywords {
		if k.Arg == "" {
			return true
		}
	}
	return false
}

// typeParams parses [T: bound = default, *Ts, **P] where there is one.
func (p *parser) typeParams() []TypeParam {
	if p.tok != tLBracket || p.dialect == Py2 {
		return nil
	}
	if p.explain && p.peek(1) == tRBracket {
		p.next()
		p.errorFrom(p.start(p.pos), "Type parameter list cannot be empty")
	}
	var list []TypeParam
	p.attemptTarget(func() { list = p.typeParamList() })
	return list
}

func (p *parser) typeParamList() []TypeParam {
	p.next()
	var list []TypeParam
	for {
		list = append(list, p.typeParam())
		if p.tok == tComma {
			p.next()
			if p.tok != tRBracket {
				continue
			}
		}
		p.expect(tRBracket)
		return list
	}
}

func (p *parser) typeParam() TypeParam {
	at := p.pos
	switch p.tok {
	case tStar:
		p.next()
		t := &TypeVarTuple{Name: p.ident()}
		p.explainTypeParam("TypeVarTuple")
		if p.accept(tAssign) {
			t.DefaultValue = p.starExpression()
		}
		t.Range = p.span(at)
		return t
	case tDoubleStar:
		p.next()
		t := &ParamSpec{Name: p.ident()}
		p.explainTypeParam("ParamSpec")
		if p.accept(tAssign) {
			t.DefaultValue = p.expression()
		}
		t.Range = p.span(at)
		return t
	}
	t := &TypeVar{Name: p.ident()}
	if p.accept(tColon) {
		t.Bound = p.expression()
	}
	if p.accept(tAssign) {
		t.DefaultValue = p.expression()
	}
	t.Range = p.span(at)
	return t
}
