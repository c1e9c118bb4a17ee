package vm

import (
	"fmt"
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// Exceptions unwind through the tables of the code, never through Go panics. A slice that must be rolled back unwinds the
// same way with object.ErrAbort, out of nested loops to the outermost one, which restores the checkpoint.

// fail makes err the thing to unwind with.
func (t *Thread) fail(err error) status {
	t.err = err
	return stRaise
}

// check is stNext, or the unwinding of err.
func (t *Thread) check(err error) status {
	if err != nil {
		t.err = err
		return stRaise
	}
	return stNext
}

// put stores a result in register dst of the running frame.
func (t *Thread) put(dst uint16, v object.Value, err error) status {
	if err != nil {
		t.err = err
		return stRaise
	}
	*reg(t.top.regs, dst) = v
	return stNext
}

// unwind finds the handler of t.err, dropping frames down to the one at depth base.
func (t *Thread) unwind() status {
	err := t.err
	if object.IsAbort(err) {
		if t.loops > 1 {
			return stExit
		}
		return t.restart()
	}
	if err == object.ErrAgain {
		return t.again()
	}
	exc, ok := err.(*object.Raise)
	if !ok {
		exc = object.NewError(&t.Thread, t.Interp.Types.SystemError, "internal error: %v", err)
	}
	if exc.Fresh() {
		object.SetContext(&t.Thread, exc)
	}
	for {
		f := t.top
		pc := f.pc()
		if !internal(f.code) {
			exc.AddFrame(&t.Thread, f.code, pc)
		}
		for i := range f.code.Handlers {
			h := &f.code.Handlers[i]
			if pc >= int(h.From) && pc < int(h.To) {
				t.err = nil
				*reg(f.regs, h.Reg) = exc.Exc
				f.ip = unsafe.Pointer(&f.code.Instrs[h.Target])
				t.Handled = t.Handled[:int(f.handled)+int(h.Depth)]
				return stReload
			}
		}
		k, gen := f.cont, f.gen
		if gen != nil {
			if err := t.touch(gen); err != nil {
				return t.fail(err)
			}
			if t.Interp.Dialect2 && exc.IsA(&t.Thread, t.Interp.Types.StopIteration) {
				t.err = nil
				if st := t.genReturn(f, object.None); st != stNext {
					return st
				}
				return stReload
			}
		}
		t.Handled = t.Handled[:f.handled]
		t.popFrame(f)
		if gen != nil {
			t.genDone(gen)
			if exc.IsA(&t.Thread, t.Interp.Types.StopIteration) {
				exc = object.RaiseFrom(&t.Thread, t.Interp.Types.RuntimeError, "generator raised StopIteration", exc)
			}
		}
		if k == contExit {
			t.err = exc
			return stExit
		}
		c := t.top
		switch k {
		case contNext:
			if exc.IsA(&t.Thread, t.Interp.Types.StopIteration) {
				t.err = nil
				return stReload // falls through the FORLOOP
			}
		case contFuncNext:
			if exc.IsA(&t.Thread, t.Interp.Types.StopIteration) && !f.aux.IsUnset() {
				t.err = nil
				*reg(c.regs, f.dst) = f.aux
				return stReload
			}
		}
	}
}

// popFrame leaves frame f, which is on top.
func (t *Thread) popFrame(f *frame) {
	if f.flags&frameNewChunk != 0 {
		t.popChunk()
	}
	t.top = f.prev
	if t.top.depth < t.mark && !t.Interp.Is(object.MutNoWatermark) {
		t.saveFrame(t.top)
	}
}

// ret returns v from frame f in every case that the loop does not handle itself.
func (t *Thread) ret(f *frame, v object.Value) status {
	if f.gen != nil {
		return t.genReturn(f, v)
	}
	k, dst, aux := f.cont, f.dst, f.aux
	t.Handled = t.Handled[:f.handled]
	t.popFrame(f)
	return t.deliver(k, dst, aux, v)
}

// deliver gives the value of a finished frame to the frame below it, which is on top now.
func (t *Thread) deliver(k cont, dst uint16, aux, v object.Value) status {
	c := t.top
	switch k {
	case contStore, contFuncNext:
		*reg(c.regs, dst) = v
	case contExit:
		t.result = v
		t.err = nil
		return stExit
	case contInit:
		if !v.IsNone() {
			return t.fail(object.TypeErrorf(&t.Thread, "__init__() should return None, not '%s'", object.TypeOf(&t.Thread, v).Name))
		}
		*reg(c.regs, dst) = aux
	case contDrop:
	case contBinary:
		return t.binaryResult(c, v)
	case contTruth, contNotTruth:
		b, err := object.Truth(&t.Thread, v)
		if err != nil {
			return t.fail(err)
		}
		setBool(reg(c.regs, dst), b == (k == contTruth))
	case contJump:
		return t.jumpResult(c, v)
	case contIter:
		return t.iterResult(c, v)
	case contNext:
		in := c.instr()
		*reg(c.regs, in.A) = v
		return t.jumpTo(c, int(int16(in.C)))
	case contClass:
		return t.classResult(c, aux, v)
	default:
		panic(fmt.Sprintf("vm: continuation %d", k))
	}
	t.budget -= callWeight
	if t.budget < 0 {
		t.midway = true
		if st := t.yieldPoint(); st != stNext {
			return st
		}
	}
	return stReload
}

// jumpTo continues frame c (which is on top) off instructions further; a backward jump is a yield point.
func (t *Thread) jumpTo(c *frame, off int) status {
	c.ip = unsafe.Add(c.ip, off*int(instrSize))
	if off < 0 {
		if t.budget += off; t.budget < 0 {
			if st := t.yieldPoint(); st != stNext {
				return st
			}
		}
	}
	return stReload
}

// raise is the raise statement. cause is unset without a from clause.
func (t *Thread) raise(v, cause object.Value) status {
	if v.IsUnset() {
		if n := len(t.Handled); n > 0 && !t.Handled[n-1].IsNone() {
			return t.reraise(t.Handled[n-1])
		}
		return t.fail(object.NewError(&t.Thread, t.Interp.Types.RuntimeError, "No active exception to reraise"))
	}
	exc, err := object.RaiseValue(&t.Thread, v, cause)
	if err != nil {
		return t.fail(err)
	}
	return t.fail(exc)
}

// pushHandled is PUSHEXC when the stack of exceptions has to grow.
func (t *Thread) pushHandled(v object.Value) status {
	t.Handled = append(t.Handled, v)
	return stNext
}

// reraise goes on unwinding with an exception that has a traceback already.
func (t *Thread) reraise(v object.Value) status { return t.fail(object.Reraise(v)) }

func (t *Thread) excMatch(in *code.Instr, r unsafe.Pointer) status {
	ok, err := object.ExcMatches(&t.Thread, *reg(r, in.B), *reg(r, in.C))
	if err != nil {
		return t.fail(err)
	}
	setBool(reg(r, in.A), ok)
	return stNext
}

func (t *Thread) excInfo(in *code.Instr, r unsafe.Pointer) status {
	e := *reg(r, in.B)
	*reg(r, in.A) = object.Value{Ref: unsafe.Pointer(object.TypeOf(&t.Thread, e))}
	*reg(r, in.A+1) = e
	*reg(r, in.A+2) = object.TracebackOf(&t.Thread, e)
	return stNext
}

func (t *Thread) raiseUnbound(name object.Value) status {
	return t.fail(object.UnboundLocalErrorf(&t.Thread, text(name)))
}
