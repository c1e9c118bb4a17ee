package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// try, with, and leaving them: return, break and continue run what the statements around them owe on the way out.

type blockKind uint8

const (
	blockLoop    blockKind = iota
	blockTry               // the body of a try with except clauses: owes nothing, but its region ends
	blockFinally           // the body of a try with a finally clause: owes the finally body
	blockHandler           // an except clause, or a finally body that runs because of an exception: owes POPEXC
	blockWith              // the body of a with: owes __exit__(None, None, None)
)

// frameBlock is a statement around the current place.
type frameBlock struct {
	kind    blockKind
	next    int32 // loop: label of the next iteration
	end     int32 // loop: label behind it
	isFor   bool
	region  *region // what protects the statement itself
	depth   int     // exceptions being handled around it
	final   []syntax.Stmt
	name    string // handler: the name to unbind
	exit    int    // with: register of __exit__ and self
	withPos syntax.Range
}

// maxBlocks is CPython's limit of nested blocks in one function.
const maxBlocks = 20

// pushBlock enters a statement whose surroundings are the current region and depth.
func (c *compiler) pushBlock(b frameBlock) {
	if len(c.blocks) >= maxBlocks {
		c.fail(c.here(), "too many statically nested blocks")
	}
	b.region, b.depth = c.region, c.depth
	c.blocks = append(c.blocks, b)
}

func (c *compiler) popBlock() { c.blocks = c.blocks[:len(c.blocks)-1] }

// cleansUp says whether leaving the function from here runs code of the program or unbinds a name.
func (c *compiler) cleansUp() bool {
	for _, b := range c.blocks {
		if b.kind == blockFinally || b.kind == blockWith || b.kind == blockHandler && b.name != "" {
			return true
		}
	}
	return false
}

// leaving compiles the way out of all blocks from index n on, and then what leave emits there. Afterwards the
// compiler's state is that of the place itself.
func (c *compiler) leaving(n int, leave func()) {
	pos, region, depth, blocks, top := c.pos, c.region, c.depth, c.blocks, c.top
	for i := len(blocks) - 1; i >= n; i-- {
		b := blocks[i]
		if b.kind == blockLoop {
			continue
		}
		c.blocks, c.region, c.depth = blocks[:i:i], b.region, b.depth
		switch b.kind {
		case blockHandler:
			c.emit(code.POPEXC, 0, 0, 0)
			if b.name != "" {
				c.unbindName(b.name)
			}
		case blockFinally:
			c.tick(2) // POP_BLOCK, END_FINALLY
			c.block(b.final)
		case blockWith:
			c.callExit(b)
		}
	}
	c.pos = pos
	leave()
	c.region, c.depth, c.blocks, c.top = region, depth, blocks, top
}

func (c *compiler) try(s *syntax.Try) {
	if len(s.Finalbody) > 0 {
		c.tryFinally(s)
		return
	}
	c.tryExcept(s)
}

func (c *compiler) tryFinally(s *syntax.Try) {
	exc := c.alloc(1)
	handler, end := c.newLabel(), c.newLabel()
	c.tick(1) // SETUP_FINALLY
	c.pushBlock(frameBlock{kind: blockFinally, final: s.Finalbody})
	c.protect(handler, exc, func() {
		if len(s.Handlers) > 0 {
			c.tryExcept(s)
		} else {
			c.block(s.Body)
		}
	})
	c.popBlock()
	c.tick(2) // POP_BLOCK, END_FINALLY
	c.block(s.Finalbody)
	c.jump(end)
	c.place(handler)
	c.pushBlock(frameBlock{kind: blockHandler})
	c.at(s.Range)
	c.emit(code.PUSHEXC, exc, 0, 0)
	c.depth++
	c.block(s.Finalbody)
	c.tick(1)
	c.emit(code.RERAISE, exc, 0, 0)
	c.depth--
	c.popBlock()
	c.place(end)
}

func (c *compiler) tryExcept(s *syntax.Try) {
	exc := c.alloc(1)
	handler, end := c.newLabel(), c.newLabel()
	c.tick(1) // SETUP_EXCEPT
	c.pushBlock(frameBlock{kind: blockTry})
	c.protect(handler, exc, func() { c.block(s.Body) })
	c.popBlock()
	c.tick(1) // POP_BLOCK
	c.block(s.Orelse)
	c.jump(end)
	c.place(handler)
	c.at(s.Range)
	c.emit(code.PUSHEXC, exc, 0, 0)
	c.depth++
	for _, h := range s.Handlers {
		next := c.newLabel()
		c.at(h.Range)
		if h.Type != nil {
			mark := c.top
			r := c.operand(h.Type, none)
			t := c.alloc(1)
			c.at(h.Type.Span())
			c.tick(1)
			c.emit(code.EXCMATCH, t, exc, r)
			c.jumpOn(code.JF, t, 0, next)
			c.release(mark)
		}
		c.handlerBody(h, exc)
		c.jump(end)
		c.place(next)
	}
	c.at(s.Range)
	c.tick(1) // END_FINALLY
	c.emit(code.RERAISE, exc, 0, 0)
	c.depth--
	c.place(end)
}

// handlerBody compiles an except clause; its exception is in exc and on the stack of handled ones.
func (c *compiler) handlerBody(h *syntax.ExceptHandler, exc int) {
	if h.Target != nil {
		c.storeTo(h.Target, exc)
	}
	name := h.Name
	if name != "" {
		c.storeName(name, exc)
	}
	if c.py2 {
		name = "" // not unbound in 2.7
	}
	// The depth of the surroundings is that outside of the handler.
	c.depth--
	c.pushBlock(frameBlock{kind: blockHandler, name: name})
	c.depth++
	if name == "" {
		c.block(h.Body)
		c.popBlock()
		c.emit(code.POPEXC, 0, 0, 0)
		return
	}
	cleanup, done := c.newLabel(), c.newLabel()
	again := c.alloc(1)
	c.depth--
	region := c.newRegion(cleanup, again)
	c.depth++
	outer := c.region
	c.region = region
	c.block(h.Body)
	c.region = outer
	c.popBlock()
	c.at(h.Range)
	c.emit(code.POPEXC, 0, 0, 0)
	c.depth--
	c.unbindName(name)
	c.jump(done)
	c.place(cleanup)
	c.unbindName(name)
	c.emit(code.RERAISE, again, 0, 0)
	c.place(done)
	c.depth++
}

// with compiles item i of a with statement and what is inside it.
func (c *compiler) with(s *syntax.With, i int) {
	if i == len(s.Items) {
		c.block(s.Body)
		return
	}
	it := s.Items[i]
	pos := it.ContextExpr.Span()
	exit := c.alloc(2)
	exc := c.alloc(1)
	enter := c.alloc(2)
	m := c.operand(it.ContextExpr, none) // above enter: both look-ups need it
	c.at(pos)
	c.tick(1) // SETUP_WITH
	c.emit(code.GETSPECIAL, enter, m, c.nameConst("__enter__"))
	c.emit(code.GETSPECIAL, exit, m, c.nameConst("__exit__"))
	v := none
	if it.OptionalVars != nil {
		v = c.target(it.OptionalVars)
	}
	if v == none {
		v = enter
	}
	c.emit(code.CALLM, enter, 0, v)
	handler, end, suppressed := c.newLabel(), c.newLabel(), c.newLabel()
	c.pushBlock(frameBlock{kind: blockWith, exit: exit, withPos: pos})
	c.protect(handler, exc, func() {
		if it.OptionalVars != nil && v == enter {
			c.storeTo(it.OptionalVars, v)
		}
		c.release(enter)
		c.with(s, i+1)
	})
	b := c.blocks[len(c.blocks)-1]
	c.popBlock()
	c.callExit(b)
	c.jump(end)
	c.place(handler)
	c.at(pos)
	c.emit(code.PUSHEXC, exc, 0, 0)
	w := c.alloc(5)
	c.emit(code.MOVE, w, exit, 0)
	c.emit(code.MOVE, w+1, exit+1, 0)
	c.emit(code.EXCINFO, w+2, exc, 0)
	c.tick(2) // WITH_CLEANUP, END_FINALLY
	c.emit(code.CALLM, w, 3, w)
	c.jumpOn(code.JT, w, 0, suppressed)
	c.emit(code.RERAISE, exc, 0, 0)
	c.place(suppressed)
	c.emit(code.POPEXC, 0, 0, 0)
	c.place(end)
	c.release(exit)
}

// callExit calls __exit__(None, None, None).
func (c *compiler) callExit(b frameBlock) {
	mark := c.top
	w := c.alloc(5)
	c.at(b.withPos)
	c.emit(code.MOVE, w, b.exit, 0)
	c.emit(code.MOVE, w+1, b.exit+1, 0)
	for i := range 3 {
		c.constant(nil, w+2+i)
	}
	c.tick(3) // POP_BLOCK, WITH_CLEANUP, END_FINALLY
	c.emit(code.CALLM, w, 3, w)
	c.release(mark)
}
