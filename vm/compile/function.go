package compile

import (
	"sort"

	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Functions, lambdas and classes.

// noBase as operand C of FUNC: neither defaults nor annotations.
const noBase = 0xffff

// qualify is the qualified name of something called name that is defined in the current unit.
func (c *compiler) qualify(name string) string {
	if y := c.lookup(name); y != nil && y.acc == accGlobal {
		return name
	}
	switch {
	case c.owner.kind == moduleScope:
		return name
	case c.owner.kind == classScope:
		return c.code.Qualname + "." + name
	}
	return c.code.Qualname + ".<locals>." + name
}

// decorated compiles decorators into consecutive registers, then what they decorate, then calls them from the inside out.
func (c *compiler) decorated(decorators []syntax.Expr, dst int, define func(dst int)) {
	if len(decorators) == 0 {
		define(dst)
		return
	}
	base := c.alloc(len(decorators))
	for i, d := range decorators {
		c.expr(d, base+i)
	}
	define(c.alloc(1))
	for i := len(decorators) - 1; i >= 0; i-- {
		to := base + i
		if i == 0 {
			to = dst
		}
		c.at(decorators[i].Span())
		c.tick(1)
		c.emit(code.CALL, base+i, 1, to)
	}
}

// define compiles a definition into the variable name.
func (c *compiler) define(name string, r syntax.Range, make func(dst int)) {
	dst := none
	if d, ok := c.local(name); ok {
		dst = d.reg
	} else {
		dst = c.alloc(1)
	}
	make(dst)
	c.at(r)
	c.storeName(name, dst)
}

func (c *compiler) functionDef(s *syntax.FunctionDef) {
	c.define(s.Name, s.Range, func(dst int) {
		c.decorated(s.DecoratorList, dst, func(dst int) {
			c.function(&functionParts{node: s, r: s.Range, name: s.Name, args: s.Args, body: s.Body, returns: s.Returns, decorators: s.DecoratorList}, dst)
		})
	})
}

func (c *compiler) lambda(e *syntax.Lambda, dst int) {
	c.function(&functionParts{node: e, r: e.Range, name: "<lambda>", args: e.Args, value: e.Body}, dst)
}

// functionParts is what def and lambda have in common.
type functionParts struct {
	node       any
	r          syntax.Range
	name       string
	args       *syntax.Arguments
	body       []syntax.Stmt
	value      syntax.Expr // of a lambda
	returns    syntax.Expr
	decorators []syntax.Expr
}

func (c *compiler) function(f *functionParts, dst int) {
	base := c.functionExtras(f)
	child := c.child(c.functionBody(f))
	c.at(f.r)
	c.tick(1)
	if len(c.code.Children[child].Free) > 0 {
		c.tick(1 + len(c.code.Children[child].Free))
	}
	c.emit(code.FUNC, dst, child, base)
}

// functionExtras compiles defaults and annotations into three registers for FUNC.
func (c *compiler) functionExtras(f *functionParts) int {
	a := f.args
	kwDefaults := 0
	for _, d := range a.KwDefaults {
		if d != nil {
			kwDefaults++
		}
	}
	annotated := f.returns != nil
	all := allArgs(a)
	for _, p := range all {
		annotated = annotated || p.Annotation != nil
	}
	if len(a.Defaults) == 0 && kwDefaults == 0 && !annotated {
		return noBase
	}
	base := c.alloc(3)
	if len(a.Defaults) > 0 {
		c.tupleDisplay(a.Defaults, f.r, base)
		if _, ok := c.foldItems(a.Defaults); !ok {
			c.tick(-1) // 2.7 has no tuple here
		}
	} else {
		c.at(f.r)
		c.emit(code.UNSET, base, 0, 0)
	}
	mark := c.top
	if kwDefaults > 0 {
		var keys []string
		var values []syntax.Expr
		for i, d := range a.KwDefaults {
			if d != nil {
				keys = append(keys, mangle(c.scope.private, a.KwOnlyArgs[i].Arg))
				values = append(values, d)
			}
		}
		c.stringDict(keys, f.r, base+1, func(i, dst int) { c.expr(values[i], dst) })
	} else {
		c.at(f.r)
		c.emit(code.UNSET, base+1, 0, 0)
	}
	c.release(mark)
	if annotated {
		c.annotations(f, base+2)
	} else {
		c.at(f.r)
		c.emit(code.UNSET, base+2, 0, 0)
	}
	c.release(mark)
	return base
}

func (c *compiler) annotations(f *functionParts, dst int) {
	var keys []string
	var values []syntax.Expr
	note := func(name string, e syntax.Expr) {
		if e != nil {
			keys = append(keys, mangle(c.scope.private, name))
			values = append(values, e)
		}
	}
	a := f.args
	for _, p := range a.PosOnlyArgs {
		note(p.Arg, p.Annotation)
	}
	for _, p := range a.Args {
		note(p.Arg, p.Annotation)
	}
	if a.Vararg != nil {
		note(a.Vararg.Arg, a.Vararg.Annotation)
	}
	for _, p := range a.KwOnlyArgs {
		note(p.Arg, p.Annotation)
	}
	if a.Kwarg != nil {
		note(a.Kwarg.Arg, a.Kwarg.Annotation)
	}
	note("return", f.returns)
	c.stringDict(keys, f.r, dst, func(i, dst int) {
		if s, ok := values[i].(*syntax.Starred); ok { // *args: *Ts
			c.unsupported(s.Range, "starred annotations are")
		}
		c.annotation(values[i], dst)
	})
}

// stringDict builds a dict with constant strings as keys.
func (c *compiler) stringDict(keys []string, r syntax.Range, dst int, value func(i, dst int)) {
	n := min(len(keys), group/2)
	base := c.alloc(2 * n)
	for i := range n {
		c.at(r)
		c.constant(keys[i], base+2*i)
		value(i, base+2*i+1)
	}
	c.at(r)
	c.emit(code.BUILDDICT, dst, base, n)
	c.release(base)
	for i := n; i < len(keys); i++ {
		t := c.alloc(2)
		c.at(r)
		c.constant(keys[i], t)
		value(i, t+1)
		c.at(r)
		c.emit(code.DICTSET, dst, t, t+1)
		c.release(base)
	}
}

// functionBody compiles the code of a function.
func (c *compiler) functionBody(f *functionParts) *code.Code {
	s := c.scopes[f.node]
	c.enter(s, f.name, c.qualify(f.name))
	co := c.code
	co.FirstLine = f.r.Start.Line
	if len(f.decorators) > 0 {
		co.FirstLine = f.decorators[0].Span().Start.Line
	}
	c.signature(f.args)
	c.at(f.r)
	for _, p := range allArgs(f.args) { // 2.7: def f((a, b)):
		if p.Target != nil {
			c.storeTo(p.Target, c.operand(&syntax.Name{Range: p.Range, Id: p.Arg}, none))
		}
	}
	if s.generator {
		co.Flags &^= code.Simple
	}
	if f.value != nil {
		r := c.operand(f.value, none)
		c.at(f.value.Span())
		c.emit(code.RET, r, 0, 0)
		return c.leave()
	}
	doc, body := c.docstring(f.body)
	if doc != nil {
		co.Doc = c.value(doc)
	}
	c.block(body)
	if n := len(body); n > 0 {
		c.at(body[n-1].Span())
	}
	c.emit(code.RETNONE, 0, 0, 0)
	return c.leave()
}

// signature fills in what a code says about its parameters.
func (c *compiler) signature(a *syntax.Arguments) {
	co := c.code
	co.NumPos = len(a.PosOnlyArgs) + len(a.Args)
	co.NumPosOnly = len(a.PosOnlyArgs)
	co.NumKwOnly = len(a.KwOnlyArgs)
	for _, p := range allArgs(a) {
		co.Params = append(co.Params, mangle(c.scope.private, p.Arg))
	}
	if a.Vararg != nil {
		co.Flags |= code.VarArgs
	}
	if a.Kwarg != nil {
		co.Flags |= code.VarKeywords
	}
	if a.Vararg == nil && a.Kwarg == nil && len(a.KwOnlyArgs) == 0 {
		co.Flags |= code.Simple
	}
}

// captures are the registers of the current unit that hold the cells of a child's closure.
func (c *compiler) captures(s *scope) []uint16 {
	if len(s.free) == 0 {
		return nil
	}
	out := make([]uint16, 0, len(s.free))
	for _, name := range s.free {
		out = append(out, uint16(c.captureRegister(name)))
	}
	return out
}

// captureRegister finds the cell that a scope inside the current one means by a free name.
func (c *compiler) captureRegister(name string) int {
	for p := c.scope; p != nil && p.unit == c.owner; p = p.parent {
		if p.kind == classScope {
			if name == "__class__" && p.classCell != nil {
				return p.classCell.reg
			}
			continue
		}
		if y := p.syms[name]; y != nil && y.acc == accLocal && y.def == y {
			return y.reg
		}
	}
	return c.code.FreeBase + c.owner.freeIndex[name]
}

func (c *compiler) classDef(s *syntax.ClassDef) {
	c.define(s.Name, s.Range, func(dst int) {
		c.decorated(s.DecoratorList, dst, func(dst int) { c.class(s, dst) })
	})
}

func (c *compiler) class(s *syntax.ClassDef, dst int) {
	base := c.alloc(4)
	child := c.child(c.classBody(s))
	c.at(s.Range)
	c.tick(3) // MAKE_FUNCTION, CALL_FUNCTION, BUILD_CLASS
	c.emit(code.FUNC, base, child, noBase)
	c.constant(s.Name, base+1)
	c.tupleDisplay(s.Bases, s.Range, base+2)
	c.release(base + 4)
	c.keywordDict(base+1, s.Keywords, s.Range)
	c.at(s.Range)
	c.emit(code.BUILDCLASS, dst, base, 0)
}

func (c *compiler) classBody(s *syntax.ClassDef) *code.Code {
	f := c.scopes[s]
	qual := c.qualify(s.Name)
	c.enter(f, s.Name, qual)
	c.code.FirstLine = s.Start.Line
	if len(s.DecoratorList) > 0 {
		c.code.FirstLine = s.DecoratorList[0].Span().Start.Line
	}
	c.at(syntax.Range{Start: s.Start, End: s.Start})
	t := c.alloc(1)
	c.emit(code.LOADG, t, c.globalSite("__name__"), 0)
	c.emit(code.STOREN, t, c.globalSite("__module__"), 0)
	c.tick(2)
	if !c.py2 {
		c.constant(qual, t)
		c.emit(code.STOREN, t, c.globalSite("__qualname__"), 0)
		c.constant(int64(c.code.FirstLine), t)
		c.emit(code.STOREN, t, c.globalSite("__firstlineno__"), 0)
	}
	doc, body := c.docstring(s.Body)
	if doc != nil {
		c.code.Doc = c.value(doc)
		c.constant(doc, t)
		c.emit(code.STOREN, t, c.globalSite("__doc__"), 0)
		c.tick(1)
	}
	if f.annotated {
		c.emit(code.BUILDDICT, t, t, 0)
		c.emit(code.STOREN, t, c.globalSite("__annotations__"), 0)
	}
	c.release(t)
	c.block(body)
	c.at(syntax.Range{Start: s.Start, End: s.Start})
	if !c.py2 {
		t := c.alloc(1)
		attrs := make([]string, 0, len(c.selfAttrs))
		for name := range c.selfAttrs {
			attrs = append(attrs, name)
		}
		sort.Strings(attrs)
		names := make(tupleConst, len(attrs))
		for i, name := range attrs {
			names[i] = name
		}
		c.constant(names, t)
		c.emit(code.STOREN, t, c.globalSite("__static_attributes__"), 0)
	}
	c.tick(1)
	if f.classCell != nil && f.classCell.captured {
		c.emit(code.RET, f.classCell.reg, 0, 0)
	} else {
		c.emit(code.RETNONE, 0, 0, 0)
	}
	return c.leave()
}
