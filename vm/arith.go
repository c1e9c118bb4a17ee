package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// Slow paths of arithmetic, comparison and truth. Special methods written in Python are entered by pushing a frame, so that
// slices can end inside of them; contBinary, contTruth and contJump say what becomes of the result.

// pyMethod is the special method of v's class if it is a Python function that can be entered as it is with n arguments.
func (t *Thread) pyMethod(v object.Value, id object.SpecialID, n int) *Function {
	if v.Kind() != object.KindInstance {
		return nil
	}
	m, ok := object.LookupSpecial(&t.Thread, v.Header().Type, id)
	if !ok || m.Kind() != object.KindFunction {
		return nil
	}
	fn := (*Function)(m.Ref)
	if fn.Code.Flags&code.Simple == 0 || fn.Code.NumPos != n {
		return nil
	}
	return fn
}

// enter pushes a frame for fn, which is Simple and has as many parameters as there are args.
func (t *Thread) enter(fn *Function, k cont, dst uint16, args ...object.Value) status {
	f, err := t.push(fn.Code, fn, k, dst)
	if err != nil {
		return t.fail(err)
	}
	copy(unsafe.Slice((*object.Value)(f.regs), len(args)), args)
	t.budget -= callWeight
	if t.budget < 0 && k != contFuncNext { // its aux is not there yet
		if st := t.yieldPoint(); st != stNext {
			return st
		}
	}
	return stReload
}

// binaryConst is ADDK and the like when the operands are not both floats; one of them is a constant.
func (t *Thread) binaryConst(in *code.Instr, op object.BinOp, a, b *object.Value) status {
	if x, y, ok := floats(a, b); ok {
		dst := reg(t.top.regs, in.A)
		switch {
		case op == object.OpAdd:
			setFloat(dst, x+y)
			return stNext
		case op == object.OpSub:
			setFloat(dst, x-y)
			return stNext
		case op == object.OpMul:
			setFloat(dst, x*y)
			return stNext
		case op == object.OpDiv && y != 0:
			setFloat(dst, x/y)
			return stNext
		}
	}
	return t.binary(in, false, op, *a, *b)
}

func (t *Thread) binary(in *code.Instr, inplace bool, op object.BinOp, a, b object.Value) status {
	if ak := a.Kind(); ak == object.KindInstance || b.Kind() == object.KindInstance {
		if st, ok := t.binaryFrame(in, inplace, op, a, b); ok {
			return st
		}
	}
	var v object.Value
	var err error
	if op == object.OpAdd && a.Word() == wTuple && b.Word() == wTuple {
		v, err := object.ConcatTuples(&t.Thread, a, b)
		if err != nil {
			return t.fail(err)
		}
		*reg(t.top.regs, in.A) = v
		return stNext
	}
	if inplace {
		v, err = object.InPlace(&t.Thread, op, a, b)
	} else {
		v, err = object.Binary(&t.Thread, op, a, b)
	}
	return t.put(in.A, v, err)
}

// binaryFrame enters the operator's Python method when it is clear which one comes first.
func (t *Thread) binaryFrame(in *code.Instr, inplace bool, op object.BinOp, a, b object.Value) (status, bool) {
	if inplace {
		if fn := t.pyMethod(a, object.SpIAdd+object.SpecialID(op), 2); fn != nil {
			return t.enter(fn, contBinary, in.A, a, b), true
		}
		if a.Kind() == object.KindInstance {
			if _, ok := object.LookupSpecial(&t.Thread, a.Header().Type, object.SpIAdd+object.SpecialID(op)); ok {
				return 0, false
			}
		}
	}
	ta, tb := object.TypeOf(&t.Thread, a), object.TypeOf(&t.Thread, b)
	if ta != tb && tb.IsSubtype(ta) {
		return 0, false // the right operand may come first
	}
	if fn := t.pyMethod(a, object.SpAdd+object.SpecialID(op), 2); fn != nil {
		return t.enter(fn, contBinary, in.A, a, b), true
	}
	return 0, false
}

// binaryResult takes the result of the method entered by binaryFrame or compare.
func (t *Thread) binaryResult(c *frame, v object.Value) status {
	in := c.instr()
	if !v.IsNotImplemented() {
		*reg(c.regs, in.A) = v
		return stReload
	}
	if in.Op >= code.LT && in.Op <= code.GE {
		op := object.CmpOp(in.Op - code.LT)
		v, err := object.CompareReflected(&t.Thread, op, *reg(c.regs, in.B), *reg(c.regs, in.C))
		return t.reput(in.A, v, err)
	}
	op, inplace, a, b := binOperands(c, in)
	if inplace && t.pyMethod(a, object.SpIAdd+object.SpecialID(op), 2) != nil {
		v, err := object.Binary(&t.Thread, op, a, b)
		return t.reput(in.A, v, err)
	}
	v, err := object.BinaryReflected(&t.Thread, op, inplace, a, b)
	return t.reput(in.A, v, err)
}

// reput is put for results that arrive after another frame has run.
func (t *Thread) reput(dst uint16, v object.Value, err error) status {
	if st := t.put(dst, v, err); st != stNext {
		return st
	}
	return stReload
}

// binOperands decodes a binary instruction.
func binOperands(c *frame, in *code.Instr) (op object.BinOp, inplace bool, a, b object.Value) {
	r := c.regs
	switch {
	case in.Op >= code.ADD && in.Op <= code.SHR:
		return object.BinOp(in.Op - code.ADD), false, *reg(r, in.B), *reg(r, in.C)
	case in.Op >= code.IADD && in.Op <= code.ISHR:
		return object.BinOp(in.Op - code.IADD), true, *reg(r, in.B), *reg(r, in.C)
	case in.Op == code.DIV2 || in.Op == code.IDIV2:
		return object.OpDiv, in.Op == code.IDIV2, *reg(r, in.B), *reg(r, in.C)
	case in.Op >= code.ADDI && in.Op <= code.SHRI:
		i := immOps[in.Op-code.ADDI]
		return i.op, i.inplace, *reg(r, in.B), object.Int(int64(int16(in.C)))
	case in.Op >= code.ADDK && in.Op <= code.POWK:
		return constOps[in.Op-code.ADDK], false, *reg(r, in.B), c.code.Consts[in.C]
	}
	return constOps[in.Op-code.KADD], false, c.code.Consts[in.B], *reg(r, in.C)
}

// immOps are the operators of ADDI ... SHRI, in that order.
var immOps = [...]struct {
	op      object.BinOp
	inplace bool
}{
	{object.OpAdd, false}, {object.OpSub, false}, {object.OpAdd, true}, {object.OpSub, true}, {object.OpMul, false},
	{object.OpFloorDiv, false}, {object.OpMod, false}, {object.OpAnd, false}, {object.OpShl, false}, {object.OpShr, false},
}

var unarySpecials = [...]object.SpecialID{object.OpNeg: object.SpNeg, object.OpPos: object.SpPos, object.OpInvert: object.SpInvert}

func (t *Thread) unary(in *code.Instr, op object.UnOp, a object.Value) status {
	if fn := t.pyMethod(a, unarySpecials[op], 1); fn != nil {
		return t.enter(fn, contStore, in.A, a)
	}
	v, err := object.Unary(&t.Thread, op, a)
	return t.put(in.A, v, err)
}

func (t *Thread) truthInto(in *code.Instr, a object.Value, negate bool) status {
	if fn := t.pyMethod(a, object.SpBool, 1); fn != nil {
		k := contTruth
		if negate {
			k = contNotTruth
		}
		return t.enter(fn, k, in.A, a)
	}
	b, err := object.Truth(&t.Thread, a)
	if err != nil {
		return t.fail(err)
	}
	setBool(reg(t.top.regs, in.A), b != negate)
	return stNext
}

// truthJump decides a JT or JF on a value that is not unboxed. With stNext the frame's ip is where to go on.
func (t *Thread) truthJump(a object.Value, want bool) status {
	if fn := t.pyMethod(a, object.SpBool, 1); fn != nil {
		return t.enter(fn, contJump, 0, a)
	}
	b, err := object.Truth(&t.Thread, a)
	if err != nil {
		return t.fail(err)
	}
	c := t.top
	if b == want {
		return t.jumpTo(c, int(c.instr().Wide()))
	}
	return stNext
}

func (t *Thread) compare(in *code.Instr, op object.CmpOp, a, b object.Value) status {
	if fn := t.compareMethod(op, a, b); fn != nil {
		return t.enter(fn, contBinary, in.A, a, b)
	}
	v, err := object.Compare(&t.Thread, op, a, b)
	return t.put(in.A, v, err)
}

func (t *Thread) compareMethod(op object.CmpOp, a, b object.Value) *Function {
	if a.Kind() != object.KindInstance {
		return nil
	}
	ta, tb := a.Header().Type, object.TypeOf(&t.Thread, b)
	if ta != tb && tb.IsSubtype(ta) {
		return nil
	}
	return t.pyMethod(a, object.SpLt+object.SpecialID(op), 2)
}

// compareJump decides a fused comparison on values that are not two ints or two floats.
func (t *Thread) compareJump(in *code.Instr, op object.CmpOp, a, b object.Value, want bool) status {
	if fn := t.compareMethod(op, a, b); fn != nil {
		return t.enter(fn, contJump, 0, a, b)
	}
	res, err := object.CompareBool(&t.Thread, op, a, b)
	if err != nil {
		return t.fail(err)
	}
	if res == want {
		return t.jumpTo(t.top, int(int16(in.C)))
	}
	return stNext
}

// jumpResult decides the conditional jump of frame c with the result of a special method.
func (t *Thread) jumpResult(c *frame, v object.Value) status {
	in := c.instr()
	if in.Op == code.JT || in.Op == code.JF {
		b, err := object.BoolResult(&t.Thread, v)
		if err != nil {
			return t.fail(err)
		}
		if b == (in.Op == code.JT) {
			return t.jumpTo(c, int(in.Wide()))
		}
		return stReload
	}
	op, want, imm := jumpOp(in.Op)
	if v.IsNotImplemented() {
		b := object.Int(int64(int16(in.B)))
		if !imm {
			b = *reg(c.regs, in.B)
		}
		var err error
		if v, err = object.CompareReflected(&t.Thread, op, *reg(c.regs, in.A), b); err != nil {
			return t.fail(err)
		}
	}
	b, err := object.Truth(&t.Thread, v)
	if err != nil {
		return t.fail(err)
	}
	if b == want {
		return t.jumpTo(c, int(int16(in.C)))
	}
	return stReload
}

// jumpOp decodes the operator of a fused comparison.
func jumpOp(op code.Op) (cmp object.CmpOp, want, imm bool) {
	n := op - code.JLT
	if op >= code.JLTI {
		n = op - code.JLTI
		imm = true
	}
	if n >= 6 {
		return object.CmpOp(n - 6), false, imm
	}
	return object.CmpOp(n), true, imm
}

func (t *Thread) contains(in *code.Instr, x, container object.Value) status {
	if container.Word() == uint32(object.KindSet) {
		if found, ok := (*object.Set)(container.Ref).QuickHas(x); ok {
			setBool(reg(t.top.regs, in.A), found == (in.Op == code.IN))
			return stNext
		}
	}
	if fn := t.pyMethod(container, object.SpContains, 2); fn != nil {
		k := contTruth
		if in.Op == code.NOTIN {
			k = contNotTruth
		}
		return t.enter(fn, k, in.A, container, x)
	}
	var b bool
	var err error
	switch container.Word() {
	case wDict:
		b, err = (*object.Dict)(container.Ref).Has(&t.Thread, x)
	case uint32(object.KindSet), uint32(object.KindFrozenSet):
		if !simpleKey(&x) { // a set in a set is looked up as a frozenset
			b, err = object.Contains(&t.Thread, container, x)
		} else {
			b, err = (*object.Set)(container.Ref).Has(&t.Thread, x)
		}
	default:
		b, err = object.Contains(&t.Thread, container, x)
	}
	if err != nil {
		return t.fail(err)
	}
	setBool(reg(t.top.regs, in.A), b == (in.Op == code.IN))
	return stNext
}

// wSharedList and wSharedDict begin the headers of shared containers.
const (
	wSharedList = wList | object.FlagShared
	wSharedDict = wDict | object.FlagShared
)

func (t *Thread) getItem(in *code.Instr, o, k object.Value) status {
	w := o.Word()
	if w == wSharedList && k.IsInt() {
		if v, ok := (*object.List)(o.Ref).QuickItem(&t.Thread, k.AsInt()); ok {
			*reg(t.top.regs, in.A) = v
			return stNext
		}
	} else if w == wDict || w == wSharedDict {
		d := (*object.Dict)(o.Ref)
		v, ok, err := d.Get(&t.Thread, k)
		if err != nil {
			return t.fail(err)
		}
		if ok {
			*reg(t.top.regs, in.A) = v
			return stNext
		}
		// Not there: the class may know better (defaultdict).
	}
	if k.Kind() == object.KindSlice {
		s := (*object.Slice)(k.Ref)
		if v, ok := object.GetSlice(&t.Thread, o, s.Start, s.Stop, s.Step); ok {
			*reg(t.top.regs, in.A) = v
			return stNext
		}
	}
	if fn := t.pyMethod(o, object.SpGetItem, 2); fn != nil {
		return t.enter(fn, contStore, in.A, o, k)
	}
	v, err := object.GetItem(&t.Thread, o, k)
	return t.put(in.A, v, err)
}

func (t *Thread) setItem(o, k, v object.Value) status {
	w := o.Word()
	if w == wSharedList && k.IsInt() {
		l := (*object.List)(o.Ref)
		if l.SetQuickItem(&t.Thread, k.AsInt(), v) {
			return stNext
		}
		return t.check(l.SetIndex(&t.Thread, k.AsInt(), v))
	}
	if w == wDict || w == wSharedDict {
		return t.check((*object.Dict)(o.Ref).Set(&t.Thread, k, v))
	}
	if k.Kind() == object.KindSlice {
		if s := (*object.Slice)(k.Ref); s.Step.IsNone() {
			if ok, err := object.SetSlice(&t.Thread, o, s.Start, s.Stop, v); ok || err != nil {
				return t.check(err)
			}
		}
	}
	if fn := t.pyMethod(o, object.SpSetItem, 3); fn != nil {
		return t.enter(fn, contDrop, 0, o, k, v)
	}
	return t.check(object.SetItem(&t.Thread, o, k, v))
}

func (t *Thread) delItem(o, k object.Value) status {
	if fn := t.pyMethod(o, object.SpDelItem, 2); fn != nil {
		return t.enter(fn, contDrop, 0, o, k)
	}
	return t.check(object.DelItem(&t.Thread, o, k))
}
