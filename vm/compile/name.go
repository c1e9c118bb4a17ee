package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Variables: reading, storing and deleting names.

// lookup finds what a name means in the current scope; nil for a name that the source does not have there
// (__annotations__ and the like).
func (c *compiler) lookup(name string) *symbol { return c.scope.syms[mangle(c.scope.private, name)] }

// access says how a name is reached, and through which register (a local's or a cell's; none for globals).
func (c *compiler) access(name string) (acc access, reg int, y *symbol) {
	y = c.lookup(name)
	if y == nil {
		if c.code.Flags&code.ClassBody != 0 {
			return accName, none, nil
		}
		return accGlobal, none, nil
	}
	switch y.acc {
	case accLocal:
		return accLocal, y.def.reg, y
	case accFree, accClassFree:
		return y.acc, c.cellRegister(y.def, y.name), y
	}
	return y.acc, none, y
}

// cellRegister is the register that holds the cell of variable d in the current unit.
func (c *compiler) cellRegister(d *symbol, name string) int {
	if d.owner.unit == c.owner {
		return d.reg
	}
	return c.code.FreeBase + c.owner.freeIndex[name]
}

// check makes sure that a local that may be unset is not; flow.go drops what is superfluous.
func (c *compiler) check(d *symbol) {
	if d.flags&symParam != 0 && d.flags&symDeleted == 0 {
		return
	}
	if d.owner != c.owner && d.flags&symEarly == 0 {
		return // a comprehension's variable, always bound by its for
	}
	c.checked = append(c.checked, d.name)
	c.add(inst{op: code.CHECK, a: uint16(d.reg), target: int32(len(c.checked) - 1)})
}

// local returns the register of a name that is a local variable outside of cells.
func (c *compiler) local(name string) (*symbol, bool) {
	y := c.lookup(name)
	if y == nil || y.acc != accLocal || y.def.captured {
		return nil, false
	}
	return y.def, true
}

// localReg is the register of e if e is a plain local variable.
func (c *compiler) localReg(e syntax.Expr) (int, bool) {
	n, ok := e.(*syntax.Name)
	if !ok {
		return 0, false
	}
	d, ok := c.local(n.Id)
	if !ok {
		return 0, false
	}
	return d.reg, true
}

// loadName reads a variable into dst.
func (c *compiler) loadName(name string, dst int) {
	acc, reg, y := c.access(name)
	full := mangle(c.scope.private, name)
	switch acc {
	case accLocal:
		if y.def.captured {
			c.tick(1)
			c.emit(code.LOADC, dst, reg, c.nameConst(full))
			return
		}
		c.check(y.def)
		c.move(dst, reg)
	case accFree:
		c.tick(1)
		c.emit(code.LOADC, dst, reg, c.nameConst(full))
	case accGlobal:
		c.tick(1)
		c.emit(code.LOADG, dst, c.globalSite(full), 0)
	case accName:
		c.tick(1)
		c.emit(code.LOADN, dst, c.globalSite(full), 0)
	case accClassFree:
		c.tick(1)
		c.emit(code.LOADNC, dst, c.globalSite(full), reg)
	}
}

// storeName stores a register into a variable.
func (c *compiler) storeName(name string, src int) {
	acc, reg, y := c.access(name)
	full := mangle(c.scope.private, name)
	switch {
	case acc == accLocal && !y.def.captured:
		c.move(reg, src)
		return
	case acc == accGlobal:
		c.emit(code.STOREG, src, c.globalSite(full), 0)
	case acc == accName:
		c.emit(code.STOREN, src, c.globalSite(full), 0)
	default:
		c.emit(code.STOREC, reg, src, 0)
	}
	c.tick(1)
}

// deleteName deletes a variable.
func (c *compiler) deleteName(name string) {
	acc, reg, y := c.access(name)
	full := mangle(c.scope.private, name)
	c.tick(1)
	switch {
	case acc == accLocal && !y.def.captured:
		c.emit(code.DELR, reg, c.nameConst(full), 0)
	case acc == accGlobal:
		c.emit(code.DELG, 0, c.globalSite(full), 0)
	case acc == accName:
		c.emit(code.DELN, 0, c.globalSite(full), 0)
	default:
		c.emit(code.DELC, reg, 0, c.nameConst(full))
	}
}

// unbindName ends the life of an except clause's name: x = None; del x, without the first half where a deletion cannot
// fail.
func (c *compiler) unbindName(name string) {
	if d, ok := c.local(name); ok {
		c.emit(code.UNSET, d.reg, 0, 0)
		return
	}
	t := c.alloc(1)
	c.constant(nil, t)
	c.storeName(name, t)
	c.release(t)
	c.deleteName(name)
}

// target returns the register that a store into e can be compiled into at once: e is a plain local.
func (c *compiler) target(e syntax.Expr) int {
	if r, ok := c.localReg(e); ok {
		return r
	}
	return none
}
