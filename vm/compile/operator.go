package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Operators, comparisons and conditions: the fused forms.

var binaryOps = [...]code.Op{
	syntax.Add: code.ADD, syntax.Sub: code.SUB, syntax.Mult: code.MUL, syntax.MatMult: code.MATMUL, syntax.Div: code.DIV,
	syntax.Mod: code.MOD, syntax.Pow: code.POW, syntax.LShift: code.SHL, syntax.RShift: code.SHR, syntax.BitOr: code.OR,
	syntax.BitXor: code.XOR, syntax.BitAnd: code.AND, syntax.FloorDiv: code.FLOORDIV,
}

var inPlaceOps = [...]code.Op{
	syntax.Add: code.IADD, syntax.Sub: code.ISUB, syntax.Mult: code.IMUL, syntax.MatMult: code.IMATMUL, syntax.Div: code.IDIV,
	syntax.Mod: code.IMOD, syntax.Pow: code.IPOW, syntax.LShift: code.ISHL, syntax.RShift: code.ISHR, syntax.BitOr: code.IOR,
	syntax.BitXor: code.IXOR, syntax.BitAnd: code.IAND, syntax.FloorDiv: code.IFLOORDIV,
}

// immediate returns the form of op with a small integer on the right, if there is one for n.
func immediate(op syntax.Operator, n int64) (code.Op, bool) {
	if n != int64(int16(n)) {
		return 0, false
	}
	switch op {
	case syntax.Add:
		return code.ADDI, true
	case syntax.Sub:
		return code.SUBI, true
	case syntax.Mult:
		return code.MULI, true
	case syntax.BitAnd:
		return code.ANDI, true
	case syntax.FloorDiv:
		return code.FLOORDIVI, n > 0
	case syntax.Mod:
		return code.MODI, n > 0
	case syntax.LShift:
		return code.SHLI, n >= 0
	case syntax.RShift:
		return code.SHRI, n >= 0
	}
	return 0, false
}

func constantRight(op syntax.Operator) (code.Op, bool) {
	switch op {
	case syntax.Add:
		return code.ADDK, true
	case syntax.Sub:
		return code.SUBK, true
	case syntax.Mult:
		return code.MULK, true
	case syntax.Div:
		return code.DIVK, true
	case syntax.Pow:
		return code.POWK, true
	}
	return 0, false
}

func constantLeft(op syntax.Operator) (code.Op, bool) {
	switch op {
	case syntax.Add:
		return code.KADD, true
	case syntax.Sub:
		return code.KSUB, true
	case syntax.Mult:
		return code.KMUL, true
	case syntax.Div:
		return code.KDIV, true
	}
	return 0, false
}

// konst16 is the index of a constant if it fits a 16-bit operand.
func (c *compiler) konst16(v any) (int, bool) {
	n := c.konst(v)
	return n, n <= 0xffff
}

func (c *compiler) binOp(e *syntax.BinOp, dst int) {
	h := c.hint(dst)
	if e.Classic {
		l := c.keep(e.Left, h, e.Right)
		r := c.operand(e.Right, none)
		c.at(e.Range)
		c.tick(1)
		c.emit(code.DIV2, dst, l, r)
		return
	}
	if c.percent(e, dst) {
		return
	}
	if v, ok := c.fold(e.Right); ok {
		if n, isInt := v.(int64); isInt {
			if op, ok := immediate(e.Op, n); ok {
				l := c.operand(e.Left, h)
				c.at(e.Range)
				c.tick(1)
				c.emit(op, dst, l, int(n))
				return
			}
		}
		if op, ok := constantRight(e.Op); ok {
			if k, ok := c.konst16(v); ok {
				l := c.operand(e.Left, h)
				c.at(e.Range)
				c.tick(1)
				c.emit(op, dst, l, k)
				return
			}
		}
	}
	if v, ok := c.fold(e.Left); ok {
		if op, ok := constantLeft(e.Op); ok {
			if k, ok := c.konst16(v); ok {
				r := c.operand(e.Right, h)
				c.at(e.Range)
				c.tick(1)
				c.emit(op, dst, k, r)
				return
			}
		}
	}
	l := c.keep(e.Left, h, e.Right)
	r := c.operand(e.Right, none)
	c.at(e.Range)
	c.tick(1)
	c.emit(binaryOps[e.Op], dst, l, r)
}

// percent compiles "..." % (x, y) as the f-string that it is, if the format has nothing but %s, %r and %a and exactly as many of
// them as the tuple has elements.
func (c *compiler) percent(e *syntax.BinOp, dst int) bool {
	k, ok := e.Left.(*syntax.Constant)
	if !ok || e.Op != syntax.Mod || c.py2 || c.opts.Ticks {
		return false
	}
	format, ok := k.Value.(string)
	if !ok {
		return false
	}
	t, ok := e.Right.(*syntax.Tuple)
	if !ok || plainRun(t.Elts) != len(t.Elts) {
		return false
	}
	var parts []syntax.Expr
	var text []byte
	flush := func() {
		if len(text) > 0 {
			parts = append(parts, &syntax.Constant{Range: e.Range, Value: string(text)})
			text = nil
		}
	}
	n := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			text = append(text, format[i])
			continue
		}
		if i++; i == len(format) {
			return false
		}
		switch format[i] {
		case '%':
			text = append(text, '%')
		case 's', 'r', 'a':
			if n == len(t.Elts) {
				return false
			}
			flush()
			parts = append(parts, &syntax.FormattedValue{Range: t.Elts[n].Span(), Value: t.Elts[n], Conversion: int(format[i])})
			n++
		default:
			return false
		}
	}
	if n != len(t.Elts) {
		return false
	}
	flush()
	c.join(e.Range, parts, dst)
	return true
}

func (c *compiler) unaryOp(e *syntax.UnaryOp, dst int) {
	if e.Op == syntax.Not {
		if k, ok := e.Operand.(*syntax.Compare); ok && len(k.Ops) == 1 {
			if op, ok := negated[k.Ops[0]]; ok {
				c.comparison(op, k, dst)
				return
			}
		}
	}
	r := c.operand(e.Operand, c.hint(dst))
	op := code.NEG
	switch e.Op {
	case syntax.Not:
		op = code.NOT
	case syntax.UAdd:
		op = code.POS
	case syntax.Invert:
		op = code.INVERT
	}
	c.at(e.Range)
	c.tick(1)
	c.emit(op, dst, r, 0)
}

// negated has the comparisons whose negation is a comparison too.
var negated = map[syntax.CmpOperator]syntax.CmpOperator{
	syntax.Is: syntax.IsNot, syntax.IsNot: syntax.Is, syntax.In: syntax.NotIn, syntax.NotIn: syntax.In,
}

var compareOps = [...]code.Op{
	syntax.Eq: code.EQ, syntax.NotEq: code.NE, syntax.Lt: code.LT, syntax.LtE: code.LE, syntax.Gt: code.GT, syntax.GtE: code.GE,
	syntax.Is: code.IS, syntax.IsNot: code.ISNOT, syntax.In: code.IN, syntax.NotIn: code.NOTIN,
}

// compareJumps has, for the comparisons that are fused with jumps: the jump if true, if not true, and the same with a
// small integer on the right.
var compareJumps = [...][4]code.Op{
	syntax.Eq:    {code.JEQ, code.JNEQ, code.JEQI, code.JNEQI},
	syntax.NotEq: {code.JNE, code.JNNE, code.JNEI, code.JNNEI},
	syntax.Lt:    {code.JLT, code.JNLT, code.JLTI, code.JNLTI},
	syntax.LtE:   {code.JLE, code.JNLE, code.JLEI, code.JNLEI},
	syntax.Gt:    {code.JGT, code.JNGT, code.JGTI, code.JNGTI},
	syntax.GtE:   {code.JGE, code.JNGE, code.JGEI, code.JNGEI},
}

// comparison compiles the single comparison e, with op in place of its own operator.
func (c *compiler) comparison(op syntax.CmpOperator, e *syntax.Compare, dst int) {
	l := c.keep(e.Left, c.hint(dst), e.Comparators[0])
	r := c.comparand(op, e.Comparators[0])
	c.at(e.Range)
	c.tick(1)
	c.emit(compareOps[op], dst, l, r)
}

// comparand compiles the right side of a comparison; displays of constants after in become constants.
func (c *compiler) comparand(op syntax.CmpOperator, e syntax.Expr, later ...syntax.Expr) int {
	if op == syntax.In || op == syntax.NotIn {
		if k, ok := c.constantDisplay(e); ok {
			r := c.alloc(1)
			c.at(e.Span())
			c.constant(k, r)
			return r
		}
	}
	return c.keep(e, none, later...)
}

// constantDisplay is a list or set display of constants as a tuple or frozenset.
func (c *compiler) constantDisplay(e syntax.Expr) (any, bool) {
	switch e := e.(type) {
	case *syntax.List:
		return c.foldItems(e.Elts)
	case *syntax.Set:
		v, ok := c.foldItems(e.Elts)
		if !ok {
			return nil, false
		}
		return frozenConst(v.(tupleConst)), true
	}
	return nil, false
}

func (c *compiler) compare(e *syntax.Compare, dst int) {
	if len(e.Ops) == 1 {
		c.comparison(e.Ops[0], e, dst)
		return
	}
	t := c.scratch(dst)
	end := c.newLabel()
	l := c.keep(e.Left, none, e.Comparators...)
	for i, op := range e.Ops {
		r := c.comparand(op, e.Comparators[i], e.Comparators[i+1:]...)
		c.at(e.Range)
		c.tick(1)
		c.emit(compareOps[op], t, l, r)
		if i < len(e.Ops)-1 {
			c.jumpOn(code.JF, t, 0, end)
		}
		l = r
	}
	c.place(end)
	c.move(dst, t)
}

// jumpIf jumps to l if the truth of e is sense, and goes on otherwise.
func (c *compiler) jumpIf(e syntax.Expr, sense bool, l int32) {
	mark := c.top
	c.condition(e, sense, l)
	c.top = mark
}

func (c *compiler) condition(e syntax.Expr, sense bool, l int32) {
	if v, ok := c.fold(e); ok {
		if truth(v) == sense {
			c.at(e.Span())
			c.jump(l)
		}
		return
	}
	switch e := e.(type) {
	case *syntax.UnaryOp:
		if e.Op == syntax.Not {
			c.jumpIf(e.Operand, !sense, l)
			return
		}
	case *syntax.BoolOp:
		c.boolJump(e, sense, l)
		return
	case *syntax.IfExp:
		orelse, end := c.newLabel(), c.newLabel()
		c.jumpIf(e.Test, false, orelse)
		c.jumpIf(e.Body, sense, l)
		c.jump(end)
		c.place(orelse)
		c.jumpIf(e.Orelse, sense, l)
		c.place(end)
		return
	case *syntax.Compare:
		c.compareJump(e, sense, l)
		return
	}
	r := c.operand(e, none)
	c.at(e.Span())
	c.tickTruth(e)
	c.jumpOn(truthJump(sense), r, 0, l)
}

func truthJump(sense bool) code.Op {
	if sense {
		return code.JT
	}
	return code.JF
}

func (c *compiler) boolJump(e *syntax.BoolOp, sense bool, l int32) {
	// One operand with this truth decides the whole.
	decisive := e.Op == syntax.Or
	if sense == decisive {
		for _, v := range e.Values {
			c.jumpIf(v, sense, l)
		}
		return
	}
	skip := c.newLabel()
	for i, v := range e.Values {
		if i < len(e.Values)-1 {
			c.jumpIf(v, decisive, skip)
		} else {
			c.jumpIf(v, sense, l)
		}
	}
	c.place(skip)
}

// compareJump compiles a comparison, chained or not, as a condition.
func (c *compiler) compareJump(e *syntax.Compare, sense bool, l int32) {
	skip := c.newLabel()
	left := c.keep(e.Left, none, e.Comparators...)
	for i, op := range e.Ops {
		right := e.Comparators[i]
		if i == len(e.Ops)-1 {
			c.singleJump(e, op, left, right, sense, l)
			break
		}
		r := c.comparand(op, right, e.Comparators[i+1:]...)
		if sense {
			c.registerJump(e, op, left, r, false, skip)
		} else {
			c.registerJump(e, op, left, r, false, l)
		}
		left = r
	}
	if len(e.Ops) > 1 && sense {
		c.place(skip)
	}
}

// singleJump compares a register with the expression right.
func (c *compiler) singleJump(e *syntax.Compare, op syntax.CmpOperator, left int, right syntax.Expr, sense bool, l int32) {
	if v, ok := c.fold(right); ok {
		if n, isInt := v.(int64); isInt && n == int64(int16(n)) && int(op) < len(compareJumps) {
			c.at(e.Range)
			c.tick(1)
			form := 2
			if !sense {
				form = 3
			}
			c.jumpOn(compareJumps[op][form], left, int(n), l)
			return
		}
		if v == nil && (op == syntax.Is || op == syntax.IsNot) {
			c.at(e.Range)
			c.tick(1)
			jump := code.JNONE
			if (op == syntax.Is) != sense {
				jump = code.JNOTNONE
			}
			c.jumpOn(jump, left, 0, l)
			return
		}
	}
	c.registerJump(e, op, left, c.comparand(op, right), sense, l)
}

// registerJump compares two registers.
func (c *compiler) registerJump(e *syntax.Compare, op syntax.CmpOperator, left, right int, sense bool, l int32) {
	c.at(e.Range)
	c.tick(1)
	if int(op) < len(compareJumps) {
		form := 0
		if !sense {
			form = 1
		}
		c.jumpOn(compareJumps[op][form], left, right, l)
		return
	}
	t := c.alloc(1)
	c.emit(compareOps[op], t, left, right)
	c.jumpOn(truthJump(sense), t, 0, l)
}
