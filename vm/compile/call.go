package compile

import (
	"unicode/utf8"

	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Calls. Function, self and arguments are evaluated straight into the window at the top of the temporaries.

// maxArgs is the number of arguments above which a call goes through a tuple: the window has to fit the frame.
const maxArgs = 250

func (c *compiler) call(e *syntax.Call, dst int) {
	if c.superCall(e, dst) {
		return
	}
	starred := len(e.Args)+len(e.Keywords) > maxArgs
	for _, a := range e.Args {
		if _, ok := a.(*syntax.Starred); ok {
			starred = true
		}
	}
	for _, k := range e.Keywords {
		if k.Arg == "" {
			starred = true
		}
	}
	if starred {
		base := c.alloc(3)
		c.expr(e.Func, base)
		c.callStarred(base, e.Args, e.Keywords, e.Range, dst)
		return
	}
	pos := e.Range
	base := c.top
	method := false
	if a, ok := e.Func.(*syntax.Attribute); ok {
		method = true
		c.alloc(2)
		o := c.operand(a.Value, base)
		c.at(attrPos(a, a.Range))
		c.tick(1)
		c.emit(code.GETMETHOD, base, o, c.attrSite(a.Attr))
		pos = attrPos(a, e.Range)
	} else {
		c.alloc(1)
		c.expr(e.Func, base)
	}
	for _, a := range e.Args {
		c.expr(a, c.alloc(1))
	}
	names := make(tupleConst, 0, len(e.Keywords))
	for _, k := range e.Keywords {
		names = append(names, k.Arg)
		c.expr(k.Value, c.alloc(1))
	}
	c.at(pos)
	c.tick(1)
	n := len(e.Args) + len(e.Keywords)
	switch {
	case len(names) > 0:
		self := 0
		if method {
			self = 1
		}
		c.emitExt(code.CALLKW, base, n, dst, c.konst(names), self)
	case method:
		c.emit(code.CALLM, base, n, dst)
	default:
		c.emit(code.CALL, base, n, dst)
	}
}

// attrPos is r moved to where attribute a ends, if r begins on an earlier line: in call chains over several lines each
// attribute and each call is shown on its own line, as CPython does.
func attrPos(a *syntax.Attribute, r syntax.Range) syntax.Range {
	if r.Start.Line == a.End.Line {
		return r
	}
	r.Start.Line = a.End.Line
	if n := int32(utf8.RuneCountInString(a.Attr)); n <= a.End.Col {
		r.Start.Col, r.End.Col = a.End.Col-n, a.End.Col
	}
	return r
}

// callStarred compiles a call whose function is in register base through a tuple and a dict in base+1 and base+2.
func (c *compiler) callStarred(base int, args []syntax.Expr, keywords []*syntax.Keyword, r syntax.Range, dst int) {
	if len(args) == 1 {
		if s, ok := args[0].(*syntax.Starred); ok {
			c.expr(s.Value, base+1)
			c.keywordDict(base, keywords, r)
			c.at(r)
			c.tick(1)
			c.emit(code.CALLEX, base, 0, dst)
			return
		}
	}
	c.tupleDisplay(args, r, base+1)
	c.keywordDict(base, keywords, r)
	c.at(r)
	c.tick(1)
	c.emit(code.CALLEX, base, 0, dst)
}

// keywordDict compiles the keywords of a call of R[base] into R[base+2].
func (c *compiler) keywordDict(base int, keywords []*syntax.Keyword, r syntax.Range) {
	dst := base + 2
	if len(keywords) == 0 {
		c.at(r)
		c.emit(code.UNSET, dst, 0, 0)
		return
	}
	if len(keywords) == 1 && keywords[0].Arg == "" {
		c.expr(keywords[0].Value, dst)
		return
	}
	n := 0
	for n < len(keywords) && keywords[n].Arg != "" && n < maxArgs {
		n++
	}
	first := c.alloc(2 * n)
	for i, k := range keywords[:n] {
		c.at(k.Range)
		c.constant(k.Arg, first+2*i)
		c.expr(k.Value, first+2*i+1)
	}
	c.at(r)
	c.emit(code.BUILDDICT, dst, first, n)
	c.release(first)
	for _, k := range keywords[n:] {
		if k.Arg == "" {
			v := c.operand(k.Value, none)
			c.at(r)
			c.emit(code.DICTMERGE, dst, v, base)
		} else {
			t := c.alloc(2)
			c.at(k.Range)
			c.constant(k.Arg, t)
			v := c.operand(k.Value, t+1)
			c.at(k.Range)
			c.emit(code.DICTSET, dst, t, v)
		}
		c.release(first)
	}
}

// redefined says whether the module binds a name itself.
func (c *compiler) redefined(name string) bool {
	s := c.owner
	for s.parent != nil {
		s = s.parent
	}
	y := s.syms[name]
	return y != nil && y.flags&symBound != 0
}

// superCall compiles super() without arguments in a method.
func (c *compiler) superCall(e *syntax.Call, dst int) bool {
	n, ok := e.Func.(*syntax.Name)
	if !ok || n.Id != "super" || len(e.Args)+len(e.Keywords) > 0 || c.owner.kind != funcScope || c.code.NumPos == 0 {
		return false
	}
	if acc, _, _ := c.access("super"); acc != accGlobal || c.redefined("super") {
		return false
	}
	acc, cell, _ := c.access("__class__")
	if acc != accFree {
		return false
	}
	self := c.owner.order[0]
	r := self.reg
	if self.captured {
		r = c.alloc(1)
		c.at(e.Range)
		c.emit(code.LOADC, r, self.reg, c.nameConst(self.name))
	} else {
		c.check(self)
	}
	c.at(e.Range)
	c.tick(2)
	c.emit(code.SUPER, dst, cell, r)
	return true
}
