package syntax

// Simple statements, and assignments with their targets.

// file parses all statements up to the end of the file.
func (p *parser) file() []Stmt {
	base := len(p.stmts)
	for p.tok != tEOF {
		p.statement()
	}
	return p.takeStmts(base)
}

func (p *parser) takeStmts(base int) []Stmt {
	list := make([]Stmt, len(p.stmts)-base)
	copy(list, p.stmts[base:])
	p.stmts = p.stmts[:base]
	return list
}

// statement pushes a compound statement, or the simple statements of a line.
func (p *parser) statement() {
	if s := p.compound(); s != nil {
		p.stmts = append(p.stmts, s)
		p.docs = false
		return
	}
	p.simpleLine()
}

// simpleLine pushes the statements of one line.
func (p *parser) simpleLine() {
	for {
		s := p.simple()
		p.stmts = append(p.stmts, s)
		p.prologue(s)
		if p.tok != tSemi {
			break
		}
		p.next()
		if p.tok == tNewline {
			break
		}
	}
	p.expect(tNewline)
}

// prologue notes where the docstring and the from __future__ imports of a module end.
func (p *parser) prologue(s Stmt) {
	switch s := s.(type) {
	case *ImportFrom:
		if s.Level == 0 && s.Module == "__future__" {
			return
		}
	case *ExprStmt:
		if c, ok := s.Value.(*Constant); ok {
			if _, ok := c.Value.(string); ok {
				return
			}
		}
	}
	p.docs = false
}

// simple parses one simple statement.
func (p *parser) simple() Stmt {
	at := p.pos
	switch p.tok {
	case tReturn:
		p.next()
		var v Expr
		if p.startsExpr() || p.tok == tStar {
			v = p.try((*parser).starExpressions)
		}
		return &Return{Range: p.span(at), Value: v}
	case tPass:
		p.next()
		return &Pass{p.span(at)}
	case tBreak:
		p.next()
		return &Break{p.span(at)}
	case tContinue:
		p.next()
		return &Continue{p.span(at)}
	case tRaise:
		return p.raise()
	case tDel:
		return p.del()
	case tAssert:
		return p.assert()
	case tGlobal:
		names := p.names()
		return &Global{p.span(at), names}
	case tNonlocal:
		names := p.names()
		return &Nonlocal{p.span(at), names}
	case tImport:
		return p.importName()
	case tFrom:
		return p.importFrom()
	case tPrint:
		return p.print()
	case tExec:
		return p.exec()
	case tName:
		if p.dialect == Py3 && p.peek(1) == tName && p.isName("type") {
			return p.typeAlias()
		}
	}
	if p.peg {
		return p.assignmentPEG()
	}
	return p.assignment()
}

// names parses the list of a global or nonlocal statement.
func (p *parser) names() []string {
	var list []string
	for {
		p.next()
		list = append(list, p.ident())
		if p.tok != tComma {
			return list
		}
	}
}

func (p *parser) raise() Stmt {
	at := p.pos
	r := &Raise{}
	p.next()
	if p.startsExpr() {
		r.Exc = p.expression()
		switch {
		case p.dialect == Py2 && p.accept(tComma):
			r.Inst = p.expression()
			if p.accept(tComma) {
				r.Tback = p.expression()
			}
		case p.tok == tFrom:
			mark := p.pos
			p.next()
			if r.Cause = p.try((*parser).expression); r.Cause == nil {
				p.reset(mark)
			}
		}
	}
	r.Range = p.span(at)
	return r
}

func (p *parser) assert() Stmt {
	at := p.pos
	a := &Assert{}
	p.next()
	a.Test = p.expression()
	if p.tok == tComma {
		p.next()
		a.Msg = p.expression()
	}
	a.Range = p.span(at)
	return a
}

func (p *parser) del() Stmt {
	at := p.pos
	d := &Delete{}
	ok := p.attemptTarget(func() {
		p.next()
		base := len(p.exprs)
		for {
			t := p.target(p.primary(), Del)
			if t == nil {
				p.fail()
			}
			p.exprs = append(p.exprs, t)
			if p.tok != tComma {
				break
			}
			p.next()
			if p.tok == tSemi || p.tok == tNewline {
				break
			}
		}
		d.Targets = p.take(base)
		d.Range = p.span(at)
		if p.tok != tSemi {
			p.mustBe(tNewline)
		}
	})
	if !ok {
		if p.explain {
			p.next()
			e := p.starExpressions()
			p.explainTarget(e, delTarget)
		}
		p.fail()
	}
	return d
}

func (p *parser) typeAlias() Stmt {
	at := p.pos
	t := &TypeAlias{}
	p.next()
	t.Name = p.name(Store)
	t.TypeParams = p.typeParams()
	p.expect(tAssign)
	t.Value = p.expression()
	t.Range = p.span(at)
	return t
}

// assignment parses an expression statement or any assignment: first an expression, whatever it may be.
func (p *parser) assignment() Stmt {
	at := p.pos
	first := p.value()
	switch {
	case p.tok == tAssign:
		base := len(p.exprs)
		value := first
		for p.tok == tAssign {
			t := p.store(value)
			if t == nil {
				p.fail()
			}
			p.exprs = append(p.exprs, t)
			p.next()
			value = p.value()
		}
		targets := p.take(base)
		a := p.asgSlab.new()
		*a = Assign{Range: p.span(at), Targets: targets, Value: value}
		return a
	case tPlusEq <= p.tok && p.tok <= tDoubleSlashEq:
		if !single(first) {
			p.fail()
		}
		return p.augmented(at, first)
	case p.tok == tColon && p.dialect == Py3:
		if !single(first) {
			p.fail()
		}
		return p.annotation(at, first)
	}
	s := p.stmtSlab.new()
	*s = ExprStmt{Range: p.span(at), Value: first}
	return s
}

// single reports whether e can be the target of an augmented or annotated assignment.
func single(e Expr) bool {
	switch e.(type) {
	case *Name, *Attribute, *Subscript:
		return true
	}
	return false
}

// augmented parses op= value behind a target.
func (p *parser) augmented(at int, target Expr) Stmt {
	op := Operator(p.tok - tPlusEq)
	p.next()
	target = p.store(target)
	v := p.value()
	return &AugAssign{Range: p.span(at), Target: target, Op: op, Value: v, Classic: op == Div && p.classic()}
}

// annotation parses : annotation = value behind a target.
func (p *parser) annotation(at int, target Expr) Stmt {
	_, name := target.(*Name)
	a := &AnnAssign{Target: p.store(target), Simple: name && p.tokens[at].kind == tName}
	p.next()
	a.Annotation = p.expression()
	if p.tok == tAssign {
		mark := p.pos
		p.next()
		if a.Value = p.try((*parser).value); a.Value == nil {
			p.reset(mark)
		}
	}
	a.Range = p.span(at)
	return a
}

// store makes e, an expression that has been read, the target of an assignment; nil if it cannot be one.
func (p *parser) store(e Expr) Expr { return p.target(e, Store) }

// target sets the context of e. Python 2 lets True and False be assigned to.
func (p *parser) target(e Expr, ctx ExprContext) Expr {
	switch e := e.(type) {
	case *Name:
		e.Ctx = ctx
	case *Attribute:
		e.Ctx = ctx
	case *Subscript:
		e.Ctx = ctx
	case *Starred:
		if ctx == Del {
			return nil
		}
		v := p.target(e.Value, ctx)
		if v == nil {
			return nil
		}
		e.Value, e.Ctx = v, ctx
	case *Tuple:
		if !p.targets(e.Elts, ctx) {
			return nil
		}
		e.Ctx = ctx
	case *List:
		if !p.targets(e.Elts, ctx) {
			return nil
		}
		e.Ctx = ctx
	case *Constant:
		if b, ok := e.Value.(bool); ok && p.dialect == Py2 {
			id := "False"
			if b {
				id = "True"
			}
			return &Name{Range: e.Range, Id: id, Ctx: ctx}
		}
		return nil
	default:
		return nil
	}
	return e
}

func (p *parser) targets(list []Expr, ctx ExprContext) bool {
	for i, e := range list {
		t := p.target(e, ctx)
		if t == nil {
			return false
		}
		list[i] = t
	}
	return true
}

// starTarget parses one target, which may have a star.
func (p *parser) starTarget() Expr {
	at := p.pos
	var e Expr
	if p.tok == tStar {
		p.next()
		if p.tok == tStar {
			p.fail()
		}
		v := p.starTarget()
		e = &Starred{Range: p.span(at), Value: v, Ctx: Store}
		return e
	}
	if e = p.store(p.primary()); e == nil {
		p.fail()
	}
	return e
}

// starTargets parses a list of targets, as a for statement has.
func (p *parser) starTargets() Expr {
	e := p.list((*parser).starTarget)
	if t, ok := e.(*Tuple); ok {
		t.Ctx = Store
	}
	return e
}
