package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// For-loops keep the state of the common iterations in three registers (R[A] kind and position, R[A+1] what is iterated
// over, R[A+2] a third word), so that they allocate nothing and roll back with the registers. The kinds are the
// addresses of these words; Python code never sees them.
var (
	iterRange, iterList, iterTuple = iterTag(), iterTag(), iterTag()
	iterStr, iterDict, iterDone    = iterTag(), iterTag(), iterTag()

	iterRangeRef = unsafe.Pointer(iterRange)
	iterListRef  = unsafe.Pointer(iterList)
	iterTupleRef = unsafe.Pointer(iterTuple)
	iterStrRef   = unsafe.Pointer(iterStr)
	iterDictRef  = unsafe.Pointer(iterDict)
	iterDoneRef  = unsafe.Pointer(iterDone)
)

// iterTag makes a word that says what an iteration state is. It is a header, because that is what registers may point to.
func iterTag() *object.Header { return &object.Header{Meta: uint64(object.KindUnset)} }

// getIter is GETITER.
func (t *Thread) getIter(in *code.Instr, r unsafe.Pointer, v object.Value) status {
	if in.C == 3 {
		switch v.Kind() {
		case object.KindRange, object.KindList, object.KindTuple, object.KindStr, object.KindGenerator:
			*reg(r, in.A) = v
			return stNext
		}
	}
	if in.C&1 != 0 {
		if fn := t.pyMethod(v, object.SpIter, 1); fn != nil {
			return t.enter(fn, contIter, in.A, v)
		}
		it, err := object.Iter(&t.Thread, v)
		return t.put(in.A, it, err)
	}
	a := reg(r, in.A)
	switch v.Kind() {
	case object.KindRange:
		rg := (*object.Range)(v.Ref)
		if rg.Small() {
			*a = object.Value{Ref: iterRangeRef, Bits: uint64(rg.Lo)}
			setInt(reg(r, in.A+1), rg.N)
			setInt(reg(r, in.A+2), rg.Step)
			return stNext
		}
	case object.KindList:
		*reg(r, in.A+1) = v
		*a = object.Value{Ref: iterListRef}
		return stNext
	case object.KindTuple:
		*reg(r, in.A+1) = v
		*a = object.Value{Ref: iterTupleRef}
		return stNext
	case object.KindStr:
		if (*object.Str)(v.Ref).Type != nil {
			break // a unicode of the 2.7 dialect
		}
		*reg(r, in.A+1) = v
		setInt(reg(r, in.A+2), 0)
		*a = object.Value{Ref: iterStrRef}
		return stNext
	case object.KindDict:
		(*object.Dict)(v.Ref).Claim(&t.Thread)
		if v.Word() == wDict {
			*reg(r, in.A+1) = v
			setInt(reg(r, in.A+2), int64((*object.Dict)(v.Ref).Used()))
			*a = object.Value{Ref: iterDictRef}
			return stNext
		}
		it, err := object.DictLoop(&t.Thread, v)
		return t.put(in.A, it, err)
	case object.KindGenerator:
		*a = v
		return stNext
	}
	if fn := t.pyMethod(v, object.SpIter, 1); fn != nil {
		return t.enter(fn, contIter, in.A, v)
	}
	it, err := object.Iter(&t.Thread, v)
	return t.put(in.A, it, err)
}

// iterResult takes what a Python __iter__ returned for the GETITER of frame c.
func (t *Thread) iterResult(c *frame, v object.Value) status {
	if err := object.CheckIterator(&t.Thread, v); err != nil {
		return t.fail(err)
	}
	*reg(c.regs, c.instr().A) = v
	return stReload
}

// forList is a step over a list that is shared or a subclass's. It does the jump of FORLOOP.
func (t *Thread) forList(in *code.Instr, r unsafe.Pointer, l *object.List) status {
	it := reg(r, in.B)
	v, ok, err := l.Get(&t.Thread, int(it.Bits))
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		it.Ref = iterDoneRef
		return stNext
	}
	it.Bits++
	*reg(r, in.A) = v
	return t.jumpTo(t.top, int(int16(in.C)))
}

// forNext is a step of the other iterations. It does the jump of FORLOOP.
func (t *Thread) forNext(f *frame, in *code.Instr, r unsafe.Pointer) status {
	it := reg(r, in.B)
	switch it.Ref {
	case iterDoneRef:
		return stNext
	case iterStrRef:
		s := (*object.Str)(reg(r, in.B+1).Ref)
		if it.Bits >= uint64(len(s.S)) {
			return stNext
		}
		c, size := s.RuneAtByte(int(it.Bits))
		it.Bits += uint64(size)
		*reg(r, in.A) = t.Interp.Char(c)
		return t.jumpTo(t.top, int(int16(in.C)))
	case iterDictRef:
		d := (*object.Dict)(reg(r, in.B+1).Ref)
		pos, seen := int(uint32(it.Bits)), int(it.Bits>>32)
		used := int(reg(r, in.B+2).Bits)
		if d.Meta&object.FlagShared != 0 {
			// The dict has been published since: go on with an iterator at the same place.
			*it = object.DictIterAt(&t.Thread, d, pos, used, used-seen)
			break
		}
		if d.Used() != used {
			setInt(reg(r, in.B+2), -1)
			return t.fail(object.RuntimeErrorf(&t.Thread, "dictionary changed size during iteration"))
		}
		k, _, ok := d.Next(&pos)
		it.Bits = uint64(pos) | uint64(seen+1)<<32
		if !ok {
			it.Ref = iterDoneRef
			return stNext
		}
		if seen >= used {
			it.Ref = iterDoneRef
			return t.fail(object.RuntimeErrorf(&t.Thread, "dictionary keys changed during iteration"))
		}
		*reg(r, in.A) = k
		return t.jumpTo(t.top, int(int16(in.C)))
	}
	v := *it
	switch v.Kind() {
	case object.KindGenerator:
		g := (*Generator)(v.Ref)
		if err := t.touch(g); err != nil {
			return t.fail(err)
		}
		if g.state == genDone {
			return stNext
		}
		return t.resume(g, object.None, 0, contStore, frameGenFor)
	case object.KindInstance:
		if fn := t.pyMethod(v, object.SpNext, 1); fn != nil {
			return t.enter(fn, contNext, 0, v)
		}
	}
	off := int(int16(in.C))
	if next := (*code.Instr)(unsafe.Add(f.ip, off*int(instrSize))); next.Op == code.UNPACK && next.B == in.A && next.C == 2 &&
		int(in.A) >= len(f.code.Locals) && object.YieldsPairs(&t.Thread, v) {
		// The pair goes into a temporary and is unpacked there: leave both out.
		x, y, ok, err := object.NextPair(&t.Thread, v)
		if err != nil {
			return t.fail(err)
		}
		if !ok {
			return stNext
		}
		*reg(r, next.A), *reg(r, next.A+1) = x, y
		return t.jumpTo(f, off+1)
	}
	x, ok, err := object.Next(&t.Thread, v)
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		return stNext
	}
	*reg(r, in.A) = x
	return t.jumpTo(t.top, int(int16(in.C)))
}

// special intercepts builtins that enter Python code, so that it runs in frames of this loop. ok = false: call the builtin as
// it is.
func (t *Thread) special(id uint8, self object.Value, args []object.Value, dst uint16) (status, bool) {
	switch id {
	case object.BuiltinNext:
		if len(args) == 0 || len(args) > 2 || !self.IsUnset() {
			return 0, false
		}
		it := args[0]
		def := object.Unset
		if len(args) == 2 {
			def = args[1]
		}
		switch it.Kind() {
		case object.KindGenerator:
			how := uint8(frameGenSend)
			if !def.IsUnset() {
				how = frameGenDefault
			}
			g := (*Generator)(it.Ref)
			if err := t.touch(g); err != nil {
				return t.fail(err), true
			}
			if g.state == genDone && how == frameGenDefault {
				*reg(t.top.regs, dst) = def
				return stNext, true
			}
			before := t.top
			st := t.resume(g, object.None, dst, contStore, how)
			if t.top == before.next {
				t.top.aux = def
			}
			return st, true
		case object.KindInstance:
			if fn := t.pyMethod(it, object.SpNext, 1); fn != nil {
				before := t.top
				st := t.enter(fn, contFuncNext, dst, it)
				if t.top == before.next {
					t.top.aux = def
				}
				return st, true
			}
		}
	case object.BuiltinSend:
		if self.Kind() == object.KindGenerator && len(args) == 1 {
			return t.resume((*Generator)(self.Ref), args[0], dst, contStore, frameGenSend), true
		}
	case object.BuiltinGenNext:
		if self.Kind() == object.KindGenerator && len(args) == 0 {
			return t.resume((*Generator)(self.Ref), object.None, dst, contStore, frameGenSend), true
		}
	}
	return 0, false
}
