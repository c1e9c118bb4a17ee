package compile

import (
	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// A unit under construction: registers, instructions, labels, protected regions.

// Pseudo instructions, which the layout removes.
const (
	opLabel = code.NumOps + iota // label target is here
	opEntry                      // the entry sequence ends here: UNSETs go in front of it
)

// Limits. Registers are 16-bit operands; the rest of the range is for windows of calls.
const (
	maxRegs   = 60_000
	maxInstrs = 4 << 20 // of one source: a bound for duplicated finally bodies
	none      = -1
)

// inst is an instruction before it has an address. Jumps have a label as target; operands are checked when they are
// written, so that 16 bits are enough.
type inst struct {
	op      code.Op
	a, b, c uint16
	ext     *code.Instr // the EXT word, for instructions that have one
	target  int32       // label, or none
	region  *region
	pos     code.Position
}

// region is a protected range: what its instructions raise goes to a handler. An instruction belongs to the innermost one alone.
type region struct {
	target int32
	reg    uint16
	depth  uint16
}

// unit is the Code being made.
type unit struct {
	outer *unit
	code  *code.Code
	owner *scope // the unit's scope
	scope *scope // the innermost scope, a comprehension's inside one

	instrs  []inst
	labels  int32
	pos     code.Position
	region  *region
	depth   int // exceptions being handled here
	blocks  []frameBlock
	pending int // ticks not yet counted

	temps int // first temporary: registers below are variables
	top   int // first free register

	checked []string // names of the CHECKs

	consts      map[string]int
	globals     map[string]uint16 // sites of names that need not be told apart
	interactive bool
	selfAttrs   map[string]bool // attributes assigned through the first parameter, for __static_attributes__
}

// enter begins the unit of scope s.
func (c *compiler) enter(s *scope, name, qualname string) {
	u := &unit{outer: c.unit, owner: s, scope: s, consts: map[string]int{}, globals: map[string]uint16{}}
	u.code = newCode(c.in)
	u.code.Name, u.code.Qualname, u.code.File, u.code.Private = name, qualname, c.file, s.private
	u.code.Doc = object.None
	if c.py2 {
		u.code.Flags |= code.Py2
	}
	c.unit = u
	c.tick(1) // entering a frame passes the head of 2.7's loop once
	if !s.function() {
		if s.kind == classScope || c.opts.Namespace {
			u.code.Flags |= code.ClassBody
		}
		u.top = 1
		if s.classCell != nil && s.classCell.captured {
			s.classCell.reg = u.top
			u.top++
		}
	} else {
		for pass := 0; pass < 2; pass++ { // parameters first
			for _, y := range s.order {
				if y.acc == accLocal && y.def == y && (y.flags&symParam != 0) == (pass == 0) {
					y.reg = u.top
					u.top++
					u.code.Locals = append(u.code.Locals, y.name)
					if y.captured {
						u.code.CellRegs = append(u.code.CellRegs, uint16(y.reg))
					}
				}
			}
		}
	}
	u.code.FreeBase, u.code.Free = u.top, s.free
	u.top += len(s.free)
	u.temps = u.top
	c.room(u.top)
	if s.generator {
		u.code.Flags |= code.Generator
	}
	for _, y := range s.order {
		if y.acc != accLocal || y.def != y || !y.captured || !s.function() {
			continue
		}
		if y.flags&symParam != 0 {
			c.emit(code.BOXCELL, y.reg, 0, 0)
		} else {
			c.emit(code.NEWCELL, y.reg, 0, 0)
		}
	}
	if s.classCell != nil && s.classCell.reg >= 0 {
		c.emit(code.NEWCELL, s.classCell.reg, 0, 0)
	}
	for i := range s.free {
		c.emit(code.FREE, u.code.FreeBase+i, i, 0)
	}
	u.instrs = append(u.instrs, inst{op: opEntry, target: none})
}

// leave ends the unit and returns its code.
func (c *compiler) leave() *code.Code {
	u := c.unit
	c.finish(u)
	c.unit = u.outer
	if c.unit != nil {
		u.code.Captures = c.captures(u.owner)
	}
	return u.code
}

// room makes sure that registers below n exist.
func (c *compiler) room(n int) {
	if n > maxRegs {
		c.fail(c.here(), "too many variables or too large an expression: more than %d registers", maxRegs)
	}
	if n > c.code.NumRegs {
		c.code.NumRegs = n
	}
}

// alloc takes n registers from the stack of temporaries.
func (c *compiler) alloc(n int) int {
	r := c.top
	c.top += n
	c.room(c.top)
	return r
}

// release gives back r and everything above it.
func (c *compiler) release(r int) { c.top = r }

// isTemp says whether register r is a temporary that is nobody's variable.
func (c *compiler) isTemp(r int) bool { return r >= c.temps && !c.isVariable(r) }

// isVariable says whether r is the register of a comprehension's variable.
func (c *compiler) isVariable(r int) bool {
	for s := c.scope; s != c.owner; s = s.parent {
		for _, y := range s.order {
			if y.reg == r {
				return true
			}
		}
	}
	return false
}

// at makes r the position of the instructions that follow.
func (c *compiler) at(r syntax.Range) {
	c.pos = code.Position{Line: r.Start.Line, EndLine: r.End.Line, Col: r.Start.Col, EndCol: r.End.Col}
}

// here is the current position as a range.
func (c *compiler) here() syntax.Range {
	return syntax.Range{Start: syntax.Pos{Line: c.pos.Line, Col: c.pos.Col}, End: syntax.Pos{Line: c.pos.EndLine, Col: c.pos.EndCol}}
}

func (c *compiler) add(i inst) {
	if c.total++; c.total > maxInstrs {
		c.fail(c.here(), "code too large")
	}
	i.region, i.pos = c.region, c.pos
	c.instrs = append(c.instrs, i)
}

// operand16 narrows an operand, signed or unsigned.
func (c *compiler) operand16(n int) uint16 {
	if n < -1<<15 || n > 1<<16-1 {
		c.fail(c.here(), "code object too large")
	}
	return uint16(n)
}

// emit appends an instruction.
func (c *compiler) emit(op code.Op, a, b, d int) {
	if breaksTicks(op) {
		c.flushTicks()
	}
	c.add(inst{op: op, a: c.operand16(a), b: c.operand16(b), c: c.operand16(d), target: none})
}

// emitWide appends an instruction with a 32-bit operand in B and C.
func (c *compiler) emitWide(op code.Op, a int, n int32) {
	c.add(inst{op: op, a: c.operand16(a), b: uint16(uint32(n)), c: uint16(uint32(n) >> 16), target: none})
}

// emitExt appends an instruction and its EXT word.
func (c *compiler) emitExt(op code.Op, a, b, d, extA, extB int) {
	if breaksTicks(op) {
		c.flushTicks()
	}
	ext := &code.Instr{Op: code.EXT, A: c.operand16(extA), B: c.operand16(extB)}
	c.add(inst{op: op, a: c.operand16(a), b: c.operand16(b), c: c.operand16(d), ext: ext, target: none})
}

func (c *compiler) newLabel() int32 {
	c.labels++
	return c.labels - 1
}

// place puts a label here.
func (c *compiler) place(l int32) {
	c.flushTicks()
	c.instrs = append(c.instrs, inst{op: opLabel, target: l, region: c.region, pos: c.pos})
}

// jump goes to l; whether it is a LOOP is decided by the layout.
func (c *compiler) jump(l int32) {
	c.flushTicks()
	c.add(inst{op: code.JMP, target: l})
}

// jumpOn appends a conditional jump (or FORLOOP) to l.
func (c *compiler) jumpOn(op code.Op, a, b int, l int32) {
	c.flushTicks()
	c.add(inst{op: op, a: c.operand16(a), b: c.operand16(b), target: l})
}

// move copies a register unless it is there already.
func (c *compiler) move(dst, src int) {
	if dst != src {
		c.emit(code.MOVE, dst, src, 0)
	}
}

// protect compiles f with exceptions going to target, the exception in register reg.
func (c *compiler) protect(target int32, reg int, f func()) {
	outer := c.region
	c.region = c.newRegion(target, reg)
	f()
	c.region = outer
}

func (c *compiler) newRegion(target int32, reg int) *region {
	return &region{target: target, reg: c.operand16(reg), depth: c.operand16(c.depth)}
}

// site returns a new site for name.
func (c *compiler) site(name string) int {
	n := len(c.code.Sites)
	if n > 0xffff {
		c.fail(c.here(), "too many attribute references in one code object")
	}
	c.code.Sites = append(c.code.Sites, code.SiteRef{})
	c.code.Sites[n].Name = intern(c.in, name)
	return n
}

// globalSite returns the site of a name that all its uses in the unit share: what it learns does not depend on a receiver.
func (c *compiler) globalSite(name string) int {
	if n, ok := c.globals[name]; ok {
		return int(n)
	}
	n := c.site(name)
	c.globals[name] = uint16(n)
	return n
}

// child makes a finished code a child of the unit.
func (c *compiler) child(co *code.Code) int {
	c.code.Children = append(c.code.Children, co)
	return len(c.code.Children) - 1
}
