package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Assignments, in the order of Python: the value first, then the targets from left to right, each target's own parts from
// left to right.

func (c *compiler) assign(s *syntax.Assign) {
	if len(s.Targets) == 1 {
		if c.assignDisplay(s.Targets[0], s.Value, s.Range) {
			return
		}
		if r := c.target(s.Targets[0]); r != none {
			c.expr(s.Value, r)
			return
		}
		c.storeTo(s.Targets[0], c.keep(s.Value, none, s.Targets...))
		return
	}
	if r := c.target(s.Targets[0]); r != none && plainTargets(s.Targets) && !rebinds(s.Targets) {
		c.expr(s.Value, r)
		for _, t := range s.Targets[1:] {
			c.storeTo(t, r)
		}
		return
	}
	r := c.alloc(1)
	c.expr(s.Value, r)
	for _, t := range s.Targets {
		c.storeTo(t, r)
	}
}

// plainTargets says that no target unpacks.
func plainTargets(ts []syntax.Expr) bool {
	for _, t := range ts {
		switch t.(type) {
		case *syntax.Tuple, *syntax.List, *syntax.Starred:
			return false
		}
	}
	return true
}

// elements are the elements of a display or target list.
func elements(e syntax.Expr) ([]syntax.Expr, bool) {
	switch e := e.(type) {
	case *syntax.Tuple:
		return e.Elts, true
	case *syntax.List:
		return e.Elts, true
	}
	return nil, false
}

// assignDisplay compiles a, b = x, y without making a tuple: all values are computed, then stored from left to right.
func (c *compiler) assignDisplay(target, value syntax.Expr, r syntax.Range) bool {
	ts, ok := elements(target)
	if !ok {
		return false
	}
	vs, ok := elements(value)
	if !ok || len(ts) != len(vs) || len(ts) == 0 || len(ts) > group || plainRun(ts) != len(ts) || plainRun(vs) != len(vs) {
		return false
	}
	if !plainTargets(ts) || rebinds(ts) || c.owner.walrus && rebinds(vs) {
		return false
	}
	if _, ok := c.foldItems(vs); ok {
		c.tick(1) // UNPACK_SEQUENCE of a constant
	} else if len(ts) > 3 {
		c.tick(2) // BUILD_TUPLE, UNPACK_SEQUENCE; up to three are rotated on the stack
	}
	// A local among the values is used where it is unless an earlier target overwrites it; a constant is
	// loaded when it is stored.
	overwritten := map[int]bool{}
	regs := make([]int, len(vs))
	last := len(ts) - 1
	locals := true
	used := map[int]bool{}
	for i, t := range ts {
		reg, isLocal := c.localReg(t)
		locals = locals && isLocal && !overwritten[reg]
		if v, isVar := c.localReg(vs[i]); isVar {
			used[v] = true
		}
		if isLocal {
			overwritten[reg] = true
		}
	}
	clear(overwritten)
	for i, v := range vs {
		regs[i] = none
		if _, isConst := c.fold(v); !isConst {
			regs[i] = c.displayValue(v, i, ts, overwritten, i == last && locals && !used[c.target(ts[last])])
		}
		if reg, ok := c.localReg(ts[i]); ok {
			overwritten[reg] = true
		}
	}
	for i, t := range ts {
		if regs[i] == none {
			v, _ := c.fold(vs[i])
			c.storeConst(t, v, vs[i].Span())
			continue
		}
		c.storeTo(t, regs[i])
	}
	return true
}

// displayValue compiles value i of a display assignment and returns its register. direct: it may go into its target at once.
func (c *compiler) displayValue(v syntax.Expr, i int, ts []syntax.Expr, overwritten map[int]bool, direct bool) int {
	if reg, isLocal := c.localReg(v); isLocal && !overwritten[reg] {
		return c.operand(v, none)
	}
	if direct {
		t := c.target(ts[i])
		if _, isName := v.(*syntax.Name); !isName {
			c.expr(v, t)
			return t
		}
	}
	t := c.alloc(1)
	c.expr(v, t)
	return t
}

// storeConst stores a constant into a target.
func (c *compiler) storeConst(t syntax.Expr, v any, r syntax.Range) {
	if reg := c.target(t); reg != none {
		c.at(r)
		c.constant(v, reg)
		return
	}
	mark := c.alloc(1)
	c.at(r)
	c.constant(v, mark)
	c.storeTo(t, mark)
	c.release(mark)
}

// storeTo stores register src into a target.
func (c *compiler) storeTo(t syntax.Expr, src int) {
	mark := c.top
	switch t := t.(type) {
	case *syntax.Name:
		c.at(t.Range)
		c.storeName(t.Id, src)
	case *syntax.Attribute:
		o := c.operand(t.Value, none)
		c.at(t.Range)
		c.tick(1)
		c.noteAttr(t)
		c.emit(code.SETATTR, o, src, c.attrSite(t.Attr))
	case *syntax.Subscript:
		o := c.keep(t.Value, none, t.Slice)
		i := c.index(t.Slice)
		c.at(t.Range)
		c.tick(1)
		c.emit(code.SETITEM, o, i, src)
	case *syntax.Tuple:
		c.unpack(t.Elts, t.Range, src)
	case *syntax.List:
		c.unpack(t.Elts, t.Range, src)
	}
	c.top = mark
}

// noteAttr remembers the attributes that methods assign through self.
func (c *compiler) noteAttr(t *syntax.Attribute) {
	n, ok := t.Value.(*syntax.Name)
	if !ok || c.outer == nil || c.outer.owner.kind != classScope || c.owner.kind != funcScope || c.code.NumPos == 0 || c.owner.order[0].name != n.Id {
		return
	}
	if c.outer.selfAttrs == nil {
		c.outer.selfAttrs = map[string]bool{}
	}
	c.outer.selfAttrs[mangle(c.scope.private, t.Attr)] = true
}

// unpack stores the elements of register src into targets.
func (c *compiler) unpack(ts []syntax.Expr, r syntax.Range, src int) {
	star := none
	for i, t := range ts {
		if _, ok := t.(*syntax.Starred); ok {
			star = i
		}
	}
	c.tick(1)
	base := none
	if star == none {
		base = c.consecutive(ts)
	}
	if base != none {
		c.at(r)
		c.emit(code.UNPACK, base, src, len(ts))
		return
	}
	base = c.alloc(max(len(ts), 1))
	c.at(r)
	if star == none {
		c.emit(code.UNPACK, base, src, len(ts))
	} else {
		after := len(ts) - star - 1
		if after > 255 { // CPython's limit is higher here: 2**24
			c.fail(r, "too many expressions in star-unpacking assignment")
		}
		c.emit(code.UNPACKEX, base, src, star|after<<8)
	}
	for i, t := range ts {
		if s, ok := t.(*syntax.Starred); ok {
			t = s.Value
		}
		c.storeTo(t, base+i)
	}
}

// consecutive is the first register of targets that are locals in consecutive registers, or none.
func (c *compiler) consecutive(ts []syntax.Expr) int {
	base := none
	for i, t := range ts {
		r := c.target(t)
		if r == none || i > 0 && r != base+i {
			return none
		}
		if i == 0 {
			base = r
		}
	}
	return base
}

func (c *compiler) augAssign(s *syntax.AugAssign) {
	switch t := s.Target.(type) {
	case *syntax.Name:
		if d, ok := c.local(t.Id); ok {
			c.at(t.Range)
			l := d.reg
			c.check(d)
			if c.owner.walrus && rebinds([]syntax.Expr{s.Value}) {
				l = c.alloc(1)
				c.move(l, d.reg)
			}
			c.inPlace(s, d.reg, l)
			return
		}
		r := c.alloc(1)
		c.at(t.Range)
		c.loadName(t.Id, r)
		c.inPlace(s, r, r)
		c.at(s.Range)
		c.storeName(t.Id, r)
	case *syntax.Attribute:
		o := c.keep(t.Value, none, s.Value)
		r := c.alloc(1)
		c.at(t.Range)
		c.tick(2)
		c.noteAttr(t)
		c.emit(code.GETATTR, r, o, c.attrSite(t.Attr))
		c.inPlace(s, r, r)
		c.at(t.Range)
		c.emit(code.SETATTR, o, r, c.attrSite(t.Attr))
	case *syntax.Subscript:
		o := c.keep(t.Value, none, t.Slice, s.Value)
		i := c.keep(t.Slice, none, s.Value)
		if _, ok := t.Slice.(*syntax.Slice); ok {
			c.emit(code.NOP, 0, 0, 0) // the slice object is used twice: a BUILDSLICE before its GETITEM would not make it
		}
		r := c.alloc(1)
		c.at(t.Range)
		c.tick(2)
		c.emit(code.GETITEM, r, o, i)
		c.inPlace(s, r, r)
		c.at(t.Range)
		c.emit(code.SETITEM, o, i, r)
	}
}

// inPlace compiles R[dst] = R[l] op= value.
func (c *compiler) inPlace(s *syntax.AugAssign, dst, l int) {
	if v, ok := c.fold(s.Value); ok && !s.Classic {
		if n, isInt := v.(int64); isInt && n == int64(int16(n)) && (s.Op == syntax.Add || s.Op == syntax.Sub) {
			op := code.IADDI
			if s.Op == syntax.Sub {
				op = code.ISUBI
			}
			c.at(s.Range)
			c.tick(1)
			c.emit(op, dst, l, int(n))
			return
		}
	}
	r := c.operand(s.Value, none)
	op := inPlaceOps[s.Op]
	if s.Classic {
		op = code.IDIV2
	}
	c.at(s.Range)
	c.tick(1)
	c.emit(op, dst, l, r)
}

func (c *compiler) annAssign(s *syntax.AnnAssign) {
	if s.Value != nil {
		if r := c.target(s.Target); r != none {
			c.expr(s.Value, r)
		} else {
			c.storeTo(s.Target, c.keep(s.Value, none, s.Target))
		}
	}
	if c.owner.function() && c.scope.function() {
		c.annotatedParts(s)
		return
	}
	if n, ok := s.Target.(*syntax.Name); ok && s.Simple {
		t := c.alloc(3)
		c.annotation(s.Annotation, t+1)
		c.at(s.Range)
		c.loadName("__annotations__", t)
		c.constant(mangle(c.scope.private, n.Id), t+2)
		c.emit(code.SETITEM, t, t+2, t+1)
		return
	}
	c.annotatedParts(s)
	if c.future&syntax.FutureAnnotations == 0 {
		c.operand(s.Annotation, none)
	}
}

// annotatedParts evaluates the parts of a target that is annotated without a value, as Python does to check them.
func (c *compiler) annotatedParts(s *syntax.AnnAssign) {
	if s.Value != nil {
		return
	}
	switch t := s.Target.(type) {
	case *syntax.Attribute:
		c.operand(t.Value, none)
	case *syntax.Subscript:
		c.operand(t.Value, none)
		c.operand(t.Slice, none)
	}
}

// annotation compiles an annotation's value: with the annotations future, its text.
func (c *compiler) annotation(e syntax.Expr, dst int) {
	if c.future&syntax.FutureAnnotations == 0 {
		c.expr(e, dst)
		return
	}
	c.at(e.Span())
	c.constant(unparse(e), dst)
}

func (c *compiler) delete(t syntax.Expr) {
	mark := c.top
	switch t := t.(type) {
	case *syntax.Name:
		c.at(t.Range)
		c.deleteName(t.Id)
	case *syntax.Attribute:
		o := c.operand(t.Value, none)
		c.at(t.Range)
		c.tick(1)
		c.emit(code.DELATTR, o, 0, c.attrSite(t.Attr))
	case *syntax.Subscript:
		o := c.keep(t.Value, none, t.Slice)
		i := c.index(t.Slice)
		c.at(t.Range)
		c.tick(1)
		c.emit(code.DELITEM, o, i, 0)
	case *syntax.Tuple:
		for _, x := range t.Elts {
			c.delete(x)
		}
	case *syntax.List:
		for _, x := range t.Elts {
			c.delete(x)
		}
	}
	c.top = mark
}
