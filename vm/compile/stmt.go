package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Statements.

func (c *compiler) block(body []syntax.Stmt) {
	for _, s := range body {
		c.stmt(s)
	}
}

func (c *compiler) stmt(s syntax.Stmt) {
	mark := c.top
	c.at(s.Span())
	c.statement(s)
	c.top = mark
}

func (c *compiler) statement(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.FunctionDef:
		c.functionDef(s)
	case *syntax.ClassDef:
		c.classDef(s)
	case *syntax.Return:
		c.returnStmt(s)
	case *syntax.Delete:
		for _, t := range s.Targets {
			c.delete(t)
		}
	case *syntax.Assign:
		c.assign(s)
	case *syntax.AugAssign:
		c.augAssign(s)
	case *syntax.AnnAssign:
		c.annAssign(s)
	case *syntax.For:
		c.forStmt(s)
	case *syntax.While:
		c.whileStmt(s)
	case *syntax.If:
		c.ifStmt(s)
	case *syntax.With:
		c.with(s, 0)
	case *syntax.Match:
		c.match(s)
	case *syntax.Raise:
		c.raise(s)
	case *syntax.Try:
		c.try(s)
	case *syntax.Assert:
		c.assert(s)
	case *syntax.Import:
		c.importStmt(s)
	case *syntax.ImportFrom:
		c.importFrom(s)
	case *syntax.ExprStmt:
		c.exprStmt(s)
	case *syntax.Pass, *syntax.Global, *syntax.Nonlocal:
	case *syntax.Break:
		c.breakStmt()
	case *syntax.Continue:
		c.continueStmt()
	case *syntax.Print:
		c.print(s)
	case *syntax.Exec:
		c.exec(s)
	default:
		c.unsupported(s.Span(), "this statement is")
	}
}

func (c *compiler) exprStmt(s *syntax.ExprStmt) {
	if c.interactive && c.outer == nil {
		base := c.alloc(3)
		c.expr(s.Value, base+2)
		c.at(s.Range)
		c.emitExt(code.IMPORT, base, c.nameConst("sys"), c.konst(nil), 0, 0)
		c.emit(code.GETMETHOD, base, base, c.site("displayhook"))
		c.emit(code.CALLM, base, 1, base)
		return
	}
	if _, ok := c.fold(s.Value); ok {
		return
	}
	switch e := s.Value.(type) {
	case *syntax.Call:
		base := c.top // the result goes where the function was
		c.alloc(1)
		c.release(base)
		c.expr(e, base)
	default:
		c.operand(e, none)
	}
}

func (c *compiler) ifStmt(s *syntax.If) {
	end := c.newLabel()
	for {
		next := end
		if len(s.Orelse) > 0 {
			next = c.newLabel()
		}
		v, known := c.fold(s.Test)
		if known && !truth(v) {
			c.dead(s.Body)
		} else {
			if !known {
				c.jumpIf(s.Test, false, next)
			}
			c.block(s.Body)
		}
		if len(s.Orelse) == 0 {
			break
		}
		if known && truth(v) {
			c.dead(s.Orelse)
			break
		}
		if !known {
			c.jump(end)
		}
		if next != end {
			c.place(next)
		}
		elif, ok := s.Orelse[0].(*syntax.If)
		if !ok || len(s.Orelse) > 1 {
			c.block(s.Orelse)
			break
		}
		s = elif
		c.at(s.Range)
	}
	c.place(end)
}

// dead compiles statements that cannot be reached, for their errors alone.
func (c *compiler) dead(body []syntax.Stmt) {
	n, pending := len(c.instrs), c.pending
	c.pending = 0
	c.block(body)
	c.instrs = c.instrs[:n]
	c.pending = pending
}

func (c *compiler) whileStmt(s *syntax.While) {
	body, next, orelse, end := c.newLabel(), c.newLabel(), c.newLabel(), c.newLabel()
	v, known := c.fold(s.Test)
	if known && !truth(v) {
		c.pushBlock(frameBlock{kind: blockLoop, next: next, end: end})
		c.dead(s.Body)
		c.popBlock()
		c.block(s.Orelse)
		return
	}
	c.tick(1) // SETUP_LOOP
	continues := hasContinue(s.Body)
	switch {
	case known:
	case repeatable(s.Test):
		c.jumpIf(s.Test, false, orelse)
	default:
		continues = true
		c.jump(next)
	}
	c.place(body)
	c.pushBlock(frameBlock{kind: blockLoop, next: next, end: end})
	c.block(s.Body)
	c.popBlock()
	c.tick(1) // JUMP_ABSOLUTE
	if continues {
		c.place(next)
	}
	if known {
		c.at(s.Test.Span())
		c.jump(body)
	} else {
		c.jumpIf(s.Test, true, body)
	}
	c.place(orelse)
	if !known {
		c.tick(1) // POP_BLOCK
	}
	c.block(s.Orelse)
	c.place(end)
}

// repeatable says whether a loop's condition is short enough to be compiled twice, before the loop and at its end.
func repeatable(e syntax.Expr) bool {
	n := 0
	return !contains(e, func(x syntax.Expr) bool {
		n++
		switch x.(type) {
		case *syntax.Name, *syntax.Constant, *syntax.Attribute, *syntax.Compare, *syntax.UnaryOp:
			return n > 6
		}
		return true
	})
}

// hasContinue says whether a loop body has a continue of that loop.
func hasContinue(body []syntax.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *syntax.Continue:
			return true
		case *syntax.If:
			if hasContinue(s.Body) || hasContinue(s.Orelse) {
				return true
			}
		case *syntax.With:
			if hasContinue(s.Body) {
				return true
			}
		case *syntax.Try:
			if hasContinue(s.Body) || hasContinue(s.Orelse) || hasContinue(s.Finalbody) {
				return true
			}
			for _, h := range s.Handlers {
				if hasContinue(h.Body) {
					return true
				}
			}
		case *syntax.Match:
			for _, k := range s.Cases {
				if hasContinue(k.Body) {
					return true
				}
			}
		case *syntax.For:
			if hasContinue(s.Orelse) {
				return true
			}
		case *syntax.While:
			if hasContinue(s.Orelse) {
				return true
			}
		}
	}
	return false
}

func (c *compiler) forStmt(s *syntax.For) {
	body, next, end := c.newLabel(), c.newLabel(), c.newLabel()
	c.tick(1) // SETUP_LOOP
	it := c.alloc(3)
	src := c.forIterable(s.Iter, it)
	c.at(s.Iter.Span())
	c.tick(2) // GET_ITER, FOR_ITER
	c.emit(code.GETITER, it, src, 0)
	c.jump(next)
	c.place(body)
	mark := c.top
	v := c.target(s.Target)
	if v == none {
		v = c.alloc(1)
		c.storeTo(s.Target, v)
		c.release(mark)
	}
	c.pushBlock(frameBlock{kind: blockLoop, next: next, end: end, isFor: true})
	c.block(s.Body)
	c.popBlock()
	c.tick(2) // JUMP_ABSOLUTE, FOR_ITER
	c.place(next)
	c.at(s.Iter.Span())
	c.jumpOn(code.FORLOOP, v, it, body)
	c.tick(1) // POP_BLOCK
	c.release(it)
	c.block(s.Orelse)
	c.place(end)
}

func (c *compiler) breakStmt() {
	i := c.loop()
	c.tick(1)
	end := c.blocks[i].end
	c.leaving(i+1, func() { c.jump(end) })
}

func (c *compiler) continueStmt() {
	i := c.loop()
	c.tick(1)
	if c.blocks[i].isFor {
		c.tick(1) // FOR_ITER
	}
	next := c.blocks[i].next
	c.leaving(i+1, func() { c.jump(next) })
}

// loop is the index of the innermost loop's block.
func (c *compiler) loop() int {
	for i := len(c.blocks) - 1; i >= 0; i-- {
		if c.blocks[i].kind == blockLoop {
			return i
		}
	}
	return none
}

func (c *compiler) returnStmt(s *syntax.Return) {
	if s.Value == nil {
		c.leaving(0, func() {
			c.at(s.Range)
			c.emit(code.RETNONE, 0, 0, 0)
		})
		return
	}
	if v, ok := c.fold(s.Value); ok {
		c.leaving(0, func() {
			c.at(s.Range)
			if v == nil {
				c.emit(code.RETNONE, 0, 0, 0)
				return
			}
			t := c.alloc(1)
			c.constant(v, t)
			c.emit(code.RET, t, 0, 0)
		})
		return
	}
	if c.cleansUp() { // what runs on the way out may rebind a local
		r := c.alloc(1)
		c.expr(s.Value, r)
		c.leaving(0, func() {
			c.at(s.Range)
			c.emit(code.RET, r, 0, 0)
		})
		return
	}
	c.returnValue(s.Value, s.Range)
}

// returnValue returns e where nothing runs on the way out; the arms of a conditional expression return by themselves.
func (c *compiler) returnValue(e syntax.Expr, r syntax.Range) {
	if x, ok := e.(*syntax.IfExp); ok {
		if _, known := c.fold(x.Test); !known {
			orelse := c.newLabel()
			c.jumpIf(x.Test, false, orelse)
			mark := c.top
			c.returnValue(x.Body, r)
			c.release(mark)
			c.place(orelse)
			c.returnValue(x.Orelse, r)
			return
		}
	}
	v := c.operand(e, none)
	c.leaving(0, func() {
		c.at(r)
		c.emit(code.RET, v, 0, 0)
	})
}

func (c *compiler) raise(s *syntax.Raise) {
	if s.Exc == nil {
		t := c.alloc(1)
		c.emit(code.UNSET, t, 0, 0)
		c.tick(1)
		c.emit(code.RAISE, t, 0, 0)
		return
	}
	if c.py2 && s.Inst != nil {
		base := c.alloc(3)
		c.expr(s.Exc, base)
		c.expr(s.Inst, base+1)
		if s.Tback != nil {
			c.expr(s.Tback, base+2)
		} else {
			c.emit(code.UNSET, base+2, 0, 0)
		}
		c.at(s.Range)
		c.tick(1)
		c.emit(code.RAISE2, base, 0, 0)
		return
	}
	if s.Cause == nil {
		r := c.operand(s.Exc, none)
		c.at(s.Range)
		c.tick(1)
		c.emit(code.RAISE, r, 0, 0)
		return
	}
	r := c.keep(s.Exc, none, s.Cause)
	from := c.operand(s.Cause, none)
	c.at(s.Range)
	c.tick(1)
	c.emit(code.RAISEFROM, r, from, 0)
}

func (c *compiler) assert(s *syntax.Assert) {
	if c.opts.Optimize > 0 {
		return
	}
	end := c.newLabel()
	c.jumpIf(s.Test, true, end)
	base := c.alloc(1)
	c.at(s.Test.Span())
	c.tick(2) // LOAD_GLOBAL, RAISE_VARARGS
	c.emit(code.LOADBUILTIN, base, c.nameConst("AssertionError"), 0)
	if s.Msg != nil {
		c.expr(s.Msg, c.alloc(1))
		c.at(s.Test.Span())
		c.emit(code.CALL, base, 1, base)
	}
	c.at(s.Test.Span())
	c.emit(code.RAISE, base, 0, 0)
	c.place(end)
}

func (c *compiler) print(s *syntax.Print) {
	base := c.alloc(1 + len(s.Values))
	if s.Dest != nil {
		c.expr(s.Dest, base)
	} else {
		c.constant(nil, base)
	}
	for i, v := range s.Values {
		c.expr(v, base+1+i)
	}
	flag := 1
	if s.NL {
		flag = 0
		c.tick(1)
	}
	c.at(s.Range)
	c.tick(len(s.Values))
	c.emit(code.PRINT, base, len(s.Values), flag)
}

// exec compiles 2.7's exec statement as a call of the builtin.
func (c *compiler) exec(s *syntax.Exec) {
	base := c.alloc(1)
	c.emit(code.LOADBUILTIN, base, c.nameConst("exec"), 0)
	n := 0
	for _, e := range []syntax.Expr{s.Body, s.Globals, s.Locals} {
		if e == nil {
			break
		}
		c.expr(e, c.alloc(1))
		n++
	}
	c.at(s.Range)
	c.tick(1)
	c.emit(code.CALL, base, n, base)
}
