package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Expressions.

// expr compiles e; its value goes to register dst.
func (c *compiler) expr(e syntax.Expr, dst int) {
	mark := c.top
	c.into(e, dst)
	c.top = mark
}

// operand compiles e and returns the register that has its value: a variable's own register if e is a plain local,
// otherwise hint, or a new temporary if hint is none.
func (c *compiler) operand(e syntax.Expr, hint int) int {
	switch e := e.(type) {
	case *syntax.Name:
		if d, ok := c.local(e.Id); ok {
			c.at(e.Range)
			c.check(d)
			return d.reg
		}
	case *syntax.NamedExpr:
		if d, ok := c.local(e.Target.Id); ok {
			c.expr(e.Value, d.reg)
			return d.reg
		}
	}
	if hint == none {
		hint = c.alloc(1)
	}
	c.expr(e, hint)
	return hint
}

// keep is operand for a value that must survive the evaluation of later: a variable that they may rebind is copied.
func (c *compiler) keep(e syntax.Expr, hint int, later ...syntax.Expr) int {
	if c.owner.walrus && rebinds(later) {
		if hint == none {
			hint = c.alloc(1)
		}
		c.expr(e, hint)
		return hint
	}
	return c.operand(e, hint)
}

// hint is a register for a first operand: the destination itself unless it is a variable.
func (c *compiler) hint(dst int) int {
	if c.isTemp(dst) {
		return dst
	}
	return none
}

// scratch is dst if it may be written before the evaluation ends, otherwise a temporary, to be moved to dst at the end.
func (c *compiler) scratch(dst int) int {
	if c.isTemp(dst) {
		return dst
	}
	return c.alloc(1)
}

func (c *compiler) into(e syntax.Expr, dst int) {
	if v, ok := c.fold(e); ok {
		c.at(e.Span())
		c.constant(v, dst)
		return
	}
	switch e := e.(type) {
	case *syntax.Name:
		c.at(e.Range)
		c.loadName(e.Id, dst)
	case *syntax.BoolOp:
		c.boolOp(e, dst)
	case *syntax.NamedExpr:
		c.namedExpr(e, dst)
	case *syntax.BinOp:
		c.binOp(e, dst)
	case *syntax.UnaryOp:
		c.unaryOp(e, dst)
	case *syntax.Lambda:
		c.lambda(e, dst)
	case *syntax.IfExp:
		c.ifExp(e, dst)
	case *syntax.Dict:
		c.dictDisplay(e, dst)
	case *syntax.Set:
		c.setDisplay(e, dst)
	case *syntax.List:
		c.listDisplay(e, dst)
	case *syntax.Tuple:
		c.tupleDisplay(e.Elts, e.Range, dst)
	case *syntax.ListComp:
		c.comprehension(e, e.Range, compList, e.Generators, e.Elt, nil, dst)
	case *syntax.SetComp:
		c.comprehension(e, e.Range, compSet, e.Generators, e.Elt, nil, dst)
	case *syntax.DictComp:
		c.comprehension(e, e.Range, compDict, e.Generators, e.Key, e.Value, dst)
	case *syntax.GeneratorExp:
		c.comprehension(e, e.Range, compGen, e.Generators, e.Elt, nil, dst)
	case *syntax.Yield:
		c.yield(e, dst)
	case *syntax.YieldFrom:
		c.yieldFrom(e, dst)
	case *syntax.Compare:
		c.compare(e, dst)
	case *syntax.Call:
		c.call(e, dst)
	case *syntax.JoinedStr:
		c.joinedStr(e, dst)
	case *syntax.FormattedValue:
		c.formatted(e, dst)
	case *syntax.Attribute:
		o := c.operand(e.Value, c.hint(dst))
		c.at(attrPos(e, e.Range))
		c.tick(1)
		c.emit(code.GETATTR, dst, o, c.attrSite(e.Attr))
	case *syntax.Subscript:
		c.subscript(e, dst)
	case *syntax.Slice:
		c.slice(e, dst)
	case *syntax.Starred:
		c.fail(e.Range, "can't use starred expression here")
	case *syntax.Repr:
		base := c.alloc(2)
		c.at(e.Range)
		c.emit(code.LOADBUILTIN, base, c.nameConst("repr"), 0)
		c.expr(e.Value, base+1)
		c.at(e.Range)
		c.tick(1)
		c.emit(code.CALL, base, 1, dst)
	default:
		c.unsupported(e.Span(), "this expression is")
	}
}

func (c *compiler) attrSite(name string) int { return c.site(mangle(c.scope.private, name)) }

func (c *compiler) boolOp(e *syntax.BoolOp, dst int) {
	op := code.JF
	if e.Op == syntax.Or {
		op = code.JT
	}
	t := c.scratch(dst)
	end := c.newLabel()
	for i, v := range e.Values {
		if k, ok := c.fold(v); ok && i < len(e.Values)-1 {
			if truth(k) == (e.Op == syntax.Or) { // decides; the rest is never evaluated
				c.expr(v, t)
				break
			}
			continue
		}
		c.expr(v, t)
		if i < len(e.Values)-1 {
			c.at(v.Span())
			c.tickTruth(v)
			c.jumpOn(op, t, 0, end)
		}
	}
	c.place(end)
	c.at(e.Range)
	c.move(dst, t)
}

// tickTruth counts a conditional jump on v: free in 2.7 if v is a bool.
func (c *compiler) tickTruth(v syntax.Expr) {
	switch v := v.(type) {
	case *syntax.Compare:
	case *syntax.UnaryOp:
		if v.Op != syntax.Not {
			c.tick(1)
		}
	default:
		c.tick(1)
	}
}

func (c *compiler) namedExpr(e *syntax.NamedExpr, dst int) {
	if d, ok := c.local(e.Target.Id); ok {
		c.expr(e.Value, d.reg)
		c.at(e.Range)
		c.move(dst, d.reg)
		return
	}
	t := c.scratch(dst)
	c.expr(e.Value, t)
	c.at(e.Range)
	c.storeName(e.Target.Id, t)
	c.move(dst, t)
}

func (c *compiler) ifExp(e *syntax.IfExp, dst int) {
	if v, ok := c.fold(e.Test); ok {
		if truth(v) {
			c.expr(e.Body, dst)
		} else {
			c.expr(e.Orelse, dst)
		}
		return
	}
	orelse, end := c.newLabel(), c.newLabel()
	c.jumpIf(e.Test, false, orelse)
	c.expr(e.Body, dst)
	c.at(e.Range)
	c.jump(end)
	c.place(orelse)
	c.expr(e.Orelse, dst)
	c.place(end)
}

func (c *compiler) yield(e *syntax.Yield, dst int) {
	var r int
	if e.Value == nil {
		r = c.alloc(1)
		c.at(e.Range)
		c.constant(nil, r)
	} else {
		r = c.operand(e.Value, c.hint(dst))
	}
	c.at(e.Range)
	c.emit(code.YIELD, dst, r, 0)
	c.tick(1)
}

func (c *compiler) yieldFrom(e *syntax.YieldFrom, dst int) {
	t := c.scratch(dst) // what is sent passes through it
	it := c.alloc(1)
	r := c.operand(e.Value, it)
	c.at(e.Range)
	c.tick(1)
	c.emit(code.GETITER, it, r, 1)
	c.emit(code.YIELDFROM, t, it, 0)
	c.tick(1)
	c.move(dst, t)
}

func (c *compiler) subscript(e *syntax.Subscript, dst int) {
	o := c.keep(e.Value, c.hint(dst), e.Slice)
	if v, ok := c.fold(e.Slice); ok {
		if n, ok := v.(int64); ok && n == int64(int16(n)) {
			c.at(e.Range)
			c.tick(1)
			c.emit(code.GETITEMI, dst, o, int(n))
			return
		}
	}
	i := c.index(e.Slice)
	c.at(e.Range)
	c.tick(1)
	c.emit(code.GETITEM, dst, o, i)
}

// index compiles what stands between the brackets of a subscript.
func (c *compiler) index(e syntax.Expr) int { return c.operand(e, none) }

// slice compiles a:b:c; one of constants is a constant.
func (c *compiler) slice(e *syntax.Slice, dst int) {
	parts := []syntax.Expr{e.Lower, e.Upper, e.Step}
	var k sliceConst
	allConst := true
	for i, p := range parts {
		if p == nil {
			continue
		}
		v, ok := c.fold(p)
		n, isInt := v.(int64)
		if !ok || v != nil && !isInt {
			allConst = false
			break
		}
		if v != nil {
			k[i] = n
		}
	}
	if e.Step == nil {
		parts = parts[:2]
	} else {
		c.tick(1) // BUILD_SLICE; a plain slice is part of SLICE+n
	}
	if allConst {
		c.at(e.Range)
		c.constant(k, dst)
		return
	}
	base := c.alloc(len(parts))
	for i, p := range parts {
		if p == nil {
			c.at(e.Range)
			c.constant(nil, base+i)
		} else {
			c.expr(p, base+i)
		}
	}
	c.at(e.Range)
	c.emit(code.BUILDSLICE, dst, base, len(parts))
}

// joinedStr compiles an f-string.
func (c *compiler) joinedStr(e *syntax.JoinedStr, dst int) {
	var parts []syntax.Expr
	for _, p := range e.Values { // join constants that stand side by side
		if k, ok := p.(*syntax.Constant); ok {
			if k.Value == "" {
				continue
			}
			if n := len(parts); n > 0 {
				if last, ok := parts[n-1].(*syntax.Constant); ok {
					parts[n-1] = &syntax.Constant{Range: last.Range, Value: last.Value.(string) + k.Value.(string)}
					continue
				}
			}
		}
		parts = append(parts, p)
	}
	c.join(e.Range, parts, dst)
}

// join compiles the concatenation of strings: constants and formatted values.
func (c *compiler) join(r syntax.Range, parts []syntax.Expr, dst int) {
	switch len(parts) {
	case 0:
		c.at(r)
		c.constant("", dst)
	case 1:
		c.expr(parts[0], dst)
	default:
		c.joinParts(r, parts, dst)
	}
}

// joinParts builds a string of parts; very many parts are joined in groups, so that registers suffice.
func (c *compiler) joinParts(r syntax.Range, parts []syntax.Expr, dst int) {
	const group = 64
	base := c.top
	for start := 0; start < len(parts); {
		n := min(group-(c.top-base), len(parts)-start)
		for _, p := range parts[start : start+n] {
			c.expr(p, c.alloc(1))
		}
		start += n
		c.at(r)
		c.tick(1)
		if start == len(parts) {
			c.emit(code.BUILDSTR, dst, base, c.top-base)
			break
		}
		c.emit(code.BUILDSTR, base, base, c.top-base)
		c.release(base + 1)
	}
	c.release(base)
}

func (c *compiler) formatted(e *syntax.FormattedValue, dst int) {
	flags := 0
	switch e.Conversion {
	case 's':
		flags = 1
	case 'r':
		flags = 2
	case 'a':
		flags = 3
	}
	var base int
	if e.FormatSpec == nil {
		base = c.operand(e.Value, c.hint(dst))
	} else {
		base = c.alloc(2)
		c.expr(e.Value, base)
		c.expr(e.FormatSpec, base+1)
		flags |= 4
	}
	c.at(e.Range)
	c.tick(1)
	c.emit(code.FORMAT, dst, base, flags)
}

// rebinds says whether evaluating one of the expressions may rebind a variable of this unit.
func rebinds(es []syntax.Expr) bool {
	for _, e := range es {
		if contains(e, func(e syntax.Expr) bool { _, ok := e.(*syntax.NamedExpr); return ok }) {
			return true
		}
	}
	return false
}

// contains says whether is holds for e or an expression inside it that is evaluated with it (not for lambdas' bodies).
func contains(e syntax.Expr, is func(syntax.Expr) bool) bool {
	if e == nil {
		return false
	}
	if is(e) {
		return true
	}
	found := false
	eachChild(e, func(x syntax.Expr) { found = found || contains(x, is) })
	return found
}

// eachChild calls f for every direct part of e that is evaluated with it.
func eachChild(e syntax.Expr, f func(syntax.Expr)) {
	all := func(es []syntax.Expr) {
		for _, x := range es {
			f(x)
		}
	}
	gens := func(gs []*syntax.Comprehension) {
		for _, g := range gs {
			f(g.Iter)
			f(g.Target)
			all(g.Ifs)
		}
	}
	switch e := e.(type) {
	case *syntax.BoolOp:
		all(e.Values)
	case *syntax.NamedExpr:
		f(e.Target)
		f(e.Value)
	case *syntax.BinOp:
		f(e.Left)
		f(e.Right)
	case *syntax.UnaryOp:
		f(e.Operand)
	case *syntax.Lambda:
		all(e.Args.Defaults)
		all(e.Args.KwDefaults)
	case *syntax.IfExp:
		f(e.Test)
		f(e.Body)
		f(e.Orelse)
	case *syntax.Dict:
		all(e.Keys)
		all(e.Values)
	case *syntax.Set:
		all(e.Elts)
	case *syntax.ListComp:
		gens(e.Generators)
		f(e.Elt)
	case *syntax.SetComp:
		gens(e.Generators)
		f(e.Elt)
	case *syntax.DictComp:
		gens(e.Generators)
		f(e.Key)
		f(e.Value)
	case *syntax.GeneratorExp:
		gens(e.Generators)
		f(e.Elt)
	case *syntax.Yield:
		f(e.Value)
	case *syntax.YieldFrom:
		f(e.Value)
	case *syntax.Compare:
		f(e.Left)
		all(e.Comparators)
	case *syntax.Call:
		f(e.Func)
		all(e.Args)
		for _, k := range e.Keywords {
			f(k.Value)
		}
	case *syntax.FormattedValue:
		f(e.Value)
		f(e.FormatSpec)
	case *syntax.JoinedStr:
		all(e.Values)
	case *syntax.Attribute:
		f(e.Value)
	case *syntax.Subscript:
		f(e.Value)
		f(e.Slice)
	case *syntax.Starred:
		f(e.Value)
	case *syntax.List:
		all(e.Elts)
	case *syntax.Tuple:
		all(e.Elts)
	case *syntax.Slice:
		f(e.Lower)
		f(e.Upper)
		f(e.Step)
	case *syntax.Repr:
		f(e.Value)
	}
}
