package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Displays and comprehensions.

// group is the number of elements that a display evaluates into registers before it builds; more are added one by one.
const group = 64

// minConstList is the number of constants from which a list is made by extending an empty one with a constant tuple.
const minConstList = 3

// plainRun is the number of elements at the start of elts without a star, at most group.
func plainRun(elts []syntax.Expr) int {
	n := 0
	for n < len(elts) && n < group {
		if _, ok := elts[n].(*syntax.Starred); ok {
			break
		}
		n++
	}
	return n
}

// run evaluates expressions into consecutive registers.
func (c *compiler) run1(elts []syntax.Expr) int {
	if len(elts) == 1 {
		return c.operand(elts[0], none)
	}
	base := c.alloc(len(elts))
	for i, x := range elts {
		c.expr(x, base+i)
	}
	return base
}

// sequence compiles elements into a list or set: build makes it of a run of registers, add and extend grow it.
func (c *compiler) sequence(elts []syntax.Expr, r syntax.Range, build, add, extend code.Op, dst int) {
	n := plainRun(elts)
	if n == len(elts) {
		base := c.run1(elts)
		c.at(r)
		c.tick(1)
		c.emit(build, dst, base, n)
		return
	}
	t := c.scratch(dst)
	base := c.run1(elts[:n])
	c.at(r)
	c.tick(1)
	c.emit(build, t, base, n)
	mark := c.top
	for _, x := range elts[n:] {
		if s, ok := x.(*syntax.Starred); ok {
			v := c.operand(s.Value, none)
			c.at(r)
			c.tick(1)
			c.emit(extend, t, v, 0)
		} else {
			v := c.operand(x, none)
			c.at(r)
			c.emit(add, t, v, 0)
		}
		c.release(mark)
	}
	c.move(dst, t)
}

func (c *compiler) listDisplay(e *syntax.List, dst int) {
	if len(e.Elts) >= minConstList {
		if v, ok := c.foldItems(e.Elts); ok {
			t := c.scratch(dst)
			k := c.alloc(1)
			c.at(e.Range)
			c.tick(1)
			c.emit(code.BUILDLIST, t, t, 0)
			c.constant(v, k)
			c.emit(code.LISTEXTEND, t, k, 0)
			c.move(dst, t)
			return
		}
	}
	c.sequence(e.Elts, e.Range, code.BUILDLIST, code.LISTAPPEND, code.LISTEXTEND, dst)
}

func (c *compiler) setDisplay(e *syntax.Set, dst int) {
	if len(e.Elts) >= minConstList {
		if v, ok := c.foldItems(e.Elts); ok {
			t := c.scratch(dst)
			k := c.alloc(1)
			c.at(e.Range)
			c.tick(1)
			c.emit(code.BUILDSET, t, t, 0)
			c.constant(v, k) // a tuple: the elements are added in the order of the source
			c.emit(code.SETUPDATE, t, k, 0)
			c.move(dst, t)
			return
		}
	}
	c.sequence(e.Elts, e.Range, code.BUILDSET, code.SETADD, code.SETUPDATE, dst)
}

func (c *compiler) tupleDisplay(elts []syntax.Expr, r syntax.Range, dst int) {
	if v, ok := c.foldItems(elts); ok {
		c.at(r)
		c.constant(v, dst)
		return
	}
	if plainRun(elts) == len(elts) {
		base := c.run1(elts)
		c.at(r)
		c.tick(1)
		c.emit(code.BUILDTUPLE, dst, base, len(elts))
		return
	}
	t := c.scratch(dst)
	c.sequence(elts, r, code.BUILDLIST, code.LISTAPPEND, code.LISTEXTEND, t)
	c.at(r)
	c.emit(code.LISTTUPLE, dst, t, 0)
}

func (c *compiler) dictDisplay(e *syntax.Dict, dst int) {
	n := 0
	for n < len(e.Keys) && n < group/2 && e.Keys[n] != nil {
		n++
	}
	c.tick(1 + len(e.Keys))
	t := dst
	if n < len(e.Keys) {
		t = c.scratch(dst)
	}
	base := c.alloc(2 * n)
	for i := range n {
		c.expr(e.Keys[i], base+2*i)
		c.expr(e.Values[i], base+2*i+1)
	}
	c.at(e.Range)
	c.emit(code.BUILDDICT, t, base, n)
	c.release(base)
	for i := n; i < len(e.Keys); i++ {
		if e.Keys[i] == nil {
			v := c.operand(e.Values[i], none)
			c.at(e.Range)
			c.emit(code.DICTUPDATE, t, v, 0)
		} else {
			k := c.keep(e.Keys[i], none, e.Values[i])
			v := c.operand(e.Values[i], none)
			c.at(e.Range)
			c.emit(code.DICTSET, t, k, v)
		}
		c.release(base)
	}
	c.move(dst, t)
}

// The kinds of comprehension.
const (
	compList = iota
	compSet
	compDict
	compGen
)

var compNames = [...]string{"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}

// comp is a comprehension being compiled.
type comp struct {
	kind  int
	r     syntax.Range
	gens  []*syntax.Comprehension
	elt   syntax.Expr // key of a dict comprehension
	value syntax.Expr
	acc   int // register of the list, set or dict
}

// comprehension compiles a comprehension: the first iterable here, the rest in the comprehension's scope.
func (c *compiler) comprehension(node any, r syntax.Range, kind int, gens []*syntax.Comprehension, elt, value syntax.Expr, dst int) {
	k := &comp{kind: kind, r: r, gens: gens, elt: elt, value: value}
	s := c.scopes[node]
	if s != nil && s.unit == s {
		c.compFunction(k, s, dst)
		return
	}
	k.acc = c.scratch(dst)
	first := gens[0].Iter
	if v, ok := c.constantDisplay(first); ok {
		first = &syntax.Constant{Range: first.Span(), Value: v}
	}
	it := c.alloc(3)
	src := c.operand(first, it)
	outer := c.scope
	if s != nil {
		c.scope = s
		c.compVariables(k, s)
	}
	c.at(first.Span())
	c.tick(1)
	c.emit(code.GETITER, it, src, 0)
	c.buildAcc(k)
	c.generator(k, 0, it)
	c.scope = outer
	if s != nil {
		for _, y := range s.order {
			y.reg = none
		}
	}
	c.at(r)
	c.move(dst, k.acc)
}

// compVariables gives the variables of an inlined comprehension registers of their own.
func (c *compiler) compVariables(k *comp, s *scope) {
	for _, y := range s.order {
		if y.acc != accLocal || y.def != y {
			continue
		}
		y.reg = c.alloc(1)
		if y.captured {
			c.at(k.r)
			c.emit(code.NEWCELL, y.reg, 0, 0)
		}
	}
	// A clause may read a variable that a later clause binds: then it must be unset at first.
	bound := map[string]bool{}
	early := func(e syntax.Expr) {
		contains(e, func(x syntax.Expr) bool {
			if n, ok := x.(*syntax.Name); ok && n.Ctx == syntax.Load && !bound[n.Id] {
				if y := s.syms[mangle(s.private, n.Id)]; y != nil && y.acc == accLocal && y.def == y && !y.captured {
					y.flags |= symEarly
				}
			}
			return false
		})
	}
	for i, g := range k.gens {
		if i > 0 {
			early(g.Iter)
		}
		early(g.Target) // for x[0], x in y
		targetNames(g.Target, bound)
		for _, x := range g.Ifs {
			early(x)
		}
	}
	for _, y := range s.order {
		if y.flags&symEarly != 0 {
			c.emit(code.UNSET, y.reg, 0, 0)
		}
	}
}

func targetNames(e syntax.Expr, names map[string]bool) {
	contains(e, func(x syntax.Expr) bool {
		if n, ok := x.(*syntax.Name); ok && n.Ctx == syntax.Store {
			names[n.Id] = true
		}
		return false
	})
}

func (c *compiler) buildAcc(k *comp) {
	c.at(k.r)
	switch k.kind {
	case compList:
		c.emit(code.BUILDLIST, k.acc, k.acc, 0)
	case compSet:
		c.emit(code.BUILDSET, k.acc, k.acc, 0)
	case compDict:
		c.emit(code.BUILDDICT, k.acc, k.acc, 0)
	default:
		return
	}
	c.tick(1)
}

// compFunction compiles a generator expression, or a comprehension in a class body, as a function that is called with
// the iterator.
func (c *compiler) compFunction(k *comp, s *scope, dst int) {
	first := k.gens[0].Iter
	if v, ok := c.constantDisplay(first); ok {
		first = &syntax.Constant{Range: first.Span(), Value: v}
	}
	name := compNames[k.kind]
	child := c.child(c.compBody(k, s, name))
	base := c.alloc(2)
	c.at(k.r)
	c.tick(2)
	c.emit(code.FUNC, base, child, noBase)
	src := c.operand(first, base+1)
	c.at(first.Span())
	c.tick(1)
	c.emit(code.GETITER, base+1, src, 3)
	c.at(k.r)
	c.emit(code.CALL, base, 1, dst)
}

func (c *compiler) compBody(k *comp, s *scope, name string) *code.Code {
	c.enter(s, name, c.qualify(name))
	c.at(k.r)
	co := c.code
	co.FirstLine = k.r.Start.Line
	co.NumPos, co.Params = 1, []string{".0"}
	if k.kind != compGen {
		co.Flags |= code.Simple
		k.acc = c.alloc(1)
		c.buildAcc(k)
	}
	it := c.alloc(3)
	c.at(k.gens[0].Iter.Span())
	c.emit(code.GETITER, it, 0, 2)
	c.generator(k, 0, it)
	c.at(k.r)
	if k.kind == compGen {
		c.emit(code.RETNONE, 0, 0, 0)
	} else {
		c.emit(code.RET, k.acc, 0, 0)
	}
	return c.leave()
}

// generator compiles for clause i, whose iteration state is in it.
func (c *compiler) generator(k *comp, i, it int) {
	g := k.gens[i]
	body, next := c.newLabel(), c.newLabel()
	late := false // a filter jumps to the FOR_ITER past its tick: it must be counted behind the label
	for _, x := range k.gens[i:] {
		late = late || len(x.Ifs) > 0
	}
	c.at(g.Iter.Span())
	if !late {
		c.tick(1) // FOR_ITER
	}
	c.jump(next)
	c.place(body)
	mark := c.top
	v := c.target(g.Target)
	if v == none {
		v = c.alloc(1)
		c.storeTo(g.Target, v)
		c.release(mark)
	}
	for _, x := range g.Ifs {
		c.jumpIf(x, false, next)
	}
	c.clause(k, i+1, next)
	c.release(mark)
	c.tick(1) // JUMP_ABSOLUTE
	if !late {
		c.tick(1) // FOR_ITER
	}
	c.place(next)
	c.at(g.Iter.Span())
	if late {
		c.tick(1)
	}
	c.jumpOn(code.FORLOOP, v, it, body)
}

// clause compiles for clause i and what follows it; the innermost is the element.
func (c *compiler) clause(k *comp, i int, next int32) {
	if i == len(k.gens) {
		c.element(k)
		return
	}
	g := k.gens[i]
	if x, ok := single(g.Iter); ok { // for y in [x]: an assignment
		v := c.operand(x, none)
		c.storeTo(g.Target, v)
		for _, x := range g.Ifs {
			c.jumpIf(x, false, next)
		}
		c.clause(k, i+1, next)
		return
	}
	it := c.alloc(3)
	src := c.forIterable(g.Iter, it)
	c.at(g.Iter.Span())
	c.tick(1)
	c.emit(code.GETITER, it, src, 0)
	c.generator(k, i, it)
}

// single is the only element of a list or tuple display.
func single(e syntax.Expr) (syntax.Expr, bool) {
	var elts []syntax.Expr
	switch e := e.(type) {
	case *syntax.List:
		elts = e.Elts
	case *syntax.Tuple:
		elts = e.Elts
	}
	if len(elts) != 1 {
		return nil, false
	}
	if _, ok := elts[0].(*syntax.Starred); ok {
		return nil, false
	}
	return elts[0], true
}

// forIterable compiles what a for iterates over; a display of constants becomes a tuple.
func (c *compiler) forIterable(e syntax.Expr, hint int) int {
	if v, ok := c.constantDisplay(e); ok {
		if _, isList := e.(*syntax.List); isList {
			c.at(e.Span())
			c.constant(v, hint)
			return hint
		}
	}
	return c.operand(e, hint)
}

// element compiles the element of a comprehension.
func (c *compiler) element(k *comp) {
	mark := c.top
	switch k.kind {
	case compDict:
		x := c.keep(k.elt, none, k.value)
		v := c.operand(k.value, none)
		c.at(syntax.Range{Start: k.elt.Span().Start, End: k.value.Span().End})
		c.emit(code.DICTSET, k.acc, x, v)
	case compGen:
		v := c.operand(k.elt, none)
		c.at(k.elt.Span())
		c.emit(code.YIELD, c.alloc(1), v, 0)
		c.tick(1)
		c.release(mark)
		return
	default:
		op := code.LISTAPPEND
		if k.kind == compSet {
			op = code.SETADD
		}
		v := c.operand(k.elt, none)
		c.at(k.elt.Span())
		c.emit(op, k.acc, v, 0)
	}
	c.tick(1)
	c.release(mark)
}
