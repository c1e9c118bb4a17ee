package vm

import (
	"math"
	"math/bits"
	"sync/atomic"
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// status is what a slow path tells the loop.
type status uint8

const (
	stNext   status = iota // go on with the next instruction of the same frame
	stReload               // the running frame has changed: load its registers
	stRaise                // t.err is set: unwind
	stExit                 // the frame entered from Go has returned; its value is in t.result
)

const (
	wInt      = uint32(object.KindInt)
	wStr      = uint32(object.KindStr)
	wTuple    = uint32(object.KindTuple)
	wList     = uint32(object.KindList)
	wDict     = uint32(object.KindDict)
	wInstance = uint32(object.KindInstance)
	wShared   = uint32(object.KindInstance) | object.FlagShared // an instance, too
	wCell     = uint32(object.KindCell)
)

var floatRef = object.Float(0).Ref
var boolRef = object.True.Ref
var noneRef = object.None.Ref

func setInt(a *object.Value, n int64) {
	if a.Ref != nil {
		a.Ref = nil
	}
	a.Bits = uint64(n)
}

func setFloat(a *object.Value, f float64) {
	if a.Ref != floatRef {
		a.Ref = floatRef
	}
	a.Bits = math.Float64bits(f)
}

func setBool(a *object.Value, b bool) {
	if a.Ref != boolRef {
		a.Ref = boolRef
	}
	if b {
		a.Bits = 1
	} else {
		a.Bits = 0
	}
}

func fits32(n int64) bool { return int64(int32(n)) == n }

// run executes the frame on top until the frame at depth base has returned (its value is then t.result) or raised.
// It is the only place that executes bytecode. Python-to-Python calls stay inside it.
//
// Local state: ip is the next instruction, r the window of the running frame f. Every case either
// continues, having done its work, or leaves the switch with st set by a slow path, having stored ip in the frame first.
//
// No case may call a function and use f, r, ip or in afterwards, unless it loads them again first (from t.top; in is f.instr()): a
// variable that is live across one call is written to the stack at every dispatch. So what needs the state after a call is
// a method, and the case ends in the common tail.
func (t *Thread) run() error {
	var (
		f  = t.top
		ip = f.ip
		r  = f.regs
		st status
		in *code.Instr
	)
	for {
		in = (*code.Instr)(ip)
		ip = unsafe.Add(ip, instrSize)
		switch in.Op {
		case code.NOP, code.EXT:
			continue

		case code.MOVE:
			*reg(r, in.A) = *reg(r, in.B)
			continue
		case code.LOADK:
			*reg(r, in.A) = *(*object.Value)(unsafe.Add(f.consts, uintptr(uint32(in.B)|uint32(in.C)<<16)*valueSize))
			continue
		case code.LOADI:
			setInt(reg(r, in.A), int64(int32(uint32(in.B)|uint32(in.C)<<16)))
			continue
		case code.UNSET:
			*reg(r, in.A) = object.Unset
			continue
		case code.CHECK:
			if !reg(r, in.A).IsUnset() {
				continue
			}
			f.ip = ip
			st = t.raiseUnbound(f.code.Consts[in.B])

		case code.LOADG:
			s := &f.code.Sites[in.B]
			if e := s.Cache.Load(); e != nil && e.Version == t.DefSeen {
				if e.Slot == nil {
					*reg(r, in.A) = e.Value
					continue
				}
				if e.Slot.Meta&object.FlagShared == 0 {
					if v := e.Slot.V; !v.IsUnset() {
						*reg(r, in.A) = v
						continue
					}
				}
			}
			f.ip = ip
			st = t.loadGlobal(f, s, reg(r, in.A))
		case code.STOREG:
			s := &f.code.Sites[in.B]
			if e := s.Cache.Load(); e != nil && e.Kind == cacheStoreVar && e.Slot.Meta == uint64(object.KindSlot)|object.FlagVariable|t.Epoch {
				e.Slot.V = *reg(r, in.A)
				continue
			}
			f.ip = ip
			st = t.storeGlobal(f, s, *reg(r, in.A))
		case code.DELG:
			f.ip = ip
			st = t.deleteGlobal(f, &f.code.Sites[in.B])
		case code.LOADN:
			f.ip = ip
			st = t.loadName(f, &f.code.Sites[in.B], reg(r, in.A), object.Unset)
		case code.LOADNC:
			f.ip = ip
			st = t.loadName(f, &f.code.Sites[in.B], reg(r, in.A), *reg(r, in.C))
		case code.STOREN:
			f.ip = ip
			st = t.storeName(*reg(r, 0), &f.code.Sites[in.B], *reg(r, in.A))
		case code.DELN:
			f.ip = ip
			st = t.deleteName(*reg(r, 0), &f.code.Sites[in.B])

		case code.NEWCELL:
			f.ip = ip
			st = t.makeCell(reg(r, in.A), object.Unset)
		case code.BOXCELL:
			f.ip = ip
			st = t.makeCell(reg(r, in.A), *reg(r, in.A))
		case code.FREE:
			*reg(r, in.A) = object.Value{Ref: unsafe.Pointer(f.fn.Closure[in.B])}
			continue
		case code.LOADC:
			c := (*object.Cell)(reg(r, in.B).Ref)
			if c.Meta&object.FlagShared == 0 && !c.V.IsUnset() {
				*reg(r, in.A) = c.V
				continue
			}
			f.ip = ip
			st = t.loadCell(f, c, reg(r, in.A), in.C)
		case code.STOREC:
			c := (*object.Cell)(reg(r, in.A).Ref)
			if c.Meta == uint64(object.KindCell)|t.Epoch {
				c.V = *reg(r, in.B)
				continue
			}
			f.ip = ip
			st = t.storeCell(c, *reg(r, in.B))
		case code.DELC:
			f.ip = ip
			st = t.deleteCell(f, (*object.Cell)(reg(r, in.A).Ref), in.C)
		case code.DELR:
			if a := reg(r, in.A); !a.IsUnset() {
				*a = object.Unset
				continue
			}
			f.ip = ip
			st = t.raiseUnbound(f.code.Consts[in.B])

		case code.ADD, code.IADD:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				x, y := int64(b.Bits), int64(c.Bits)
				if s := x + y; (s^x)&(s^y) >= 0 {
					setInt(reg(r, in.A), s)
					continue
				}
			} else if b.Ref == floatRef && c.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()+c.AsFloat())
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IADD, object.OpAdd, *b, *c)
		case code.SUB, code.ISUB:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				x, y := int64(b.Bits), int64(c.Bits)
				if s := x - y; (x^y)&(s^x) >= 0 {
					setInt(reg(r, in.A), s)
					continue
				}
			} else if b.Ref == floatRef && c.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()-c.AsFloat())
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.ISUB, object.OpSub, *b, *c)
		case code.MUL, code.IMUL:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				x, y := int64(b.Bits), int64(c.Bits)
				hi, lo := bits.Mul64(uint64(x), uint64(y))
				if int64(hi)-(x>>63&y)-(y>>63&x) == int64(lo)>>63 {
					setInt(reg(r, in.A), int64(lo))
					continue
				}
			} else if b.Ref == floatRef && c.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()*c.AsFloat())
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IMUL, object.OpMul, *b, *c)
		case code.DIV, code.IDIV:
			b, c := reg(r, in.B), reg(r, in.C)
			if b.Ref == floatRef && c.Ref == floatRef {
				if y := c.AsFloat(); y != 0 {
					setFloat(reg(r, in.A), b.AsFloat()/y)
					continue
				}
			} else if uintptr(b.Ref)|uintptr(c.Ref) == 0 && c.Bits != 0 && fits53(int64(b.Bits)) && fits53(int64(c.Bits)) {
				setFloat(reg(r, in.A), float64(int64(b.Bits))/float64(int64(c.Bits)))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IDIV, object.OpDiv, *b, *c)
		case code.FLOORDIV, code.IFLOORDIV:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 && int64(c.Bits) > 0 {
				setInt(reg(r, in.A), floorDiv(int64(b.Bits), int64(c.Bits)))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IFLOORDIV, object.OpFloorDiv, *b, *c)
		case code.MOD, code.IMOD:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 && int64(c.Bits) > 0 {
				setInt(reg(r, in.A), floorMod(int64(b.Bits), int64(c.Bits)))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IMOD, object.OpMod, *b, *c)
		case code.AND, code.IAND:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				setInt(reg(r, in.A), int64(b.Bits&c.Bits))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IAND, object.OpAnd, *b, *c)
		case code.OR, code.IOR:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				setInt(reg(r, in.A), int64(b.Bits|c.Bits))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IOR, object.OpOr, *b, *c)
		case code.XOR, code.IXOR:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				setInt(reg(r, in.A), int64(b.Bits^c.Bits))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IXOR, object.OpXor, *b, *c)
		case code.SHL, code.ISHL:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 && c.Bits < 63 {
				x := int64(b.Bits)
				if s := x << c.Bits; s>>c.Bits == x {
					setInt(reg(r, in.A), s)
					continue
				}
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.ISHL, object.OpShl, *b, *c)
		case code.SHR, code.ISHR:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 && int64(c.Bits) >= 0 {
				n := c.Bits
				if n > 63 {
					n = 63
				}
				setInt(reg(r, in.A), int64(b.Bits)>>n)
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.ISHR, object.OpShr, *b, *c)
		case code.POW, code.IPOW:
			f.ip = ip
			st = t.binary(in, in.Op == code.IPOW, object.OpPow, *reg(r, in.B), *reg(r, in.C))
		case code.MATMUL, code.IMATMUL:
			f.ip = ip
			st = t.binary(in, in.Op == code.IMATMUL, object.OpMatMul, *reg(r, in.B), *reg(r, in.C))

		case code.ADDI, code.IADDI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 {
				x := int64(b.Bits)
				if s := x + n; (s^x)&(s^n) >= 0 {
					setInt(reg(r, in.A), s)
					continue
				}
			} else if b.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()+float64(n))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.IADDI, object.OpAdd, *b, object.Int(n))
		case code.SUBI, code.ISUBI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 {
				x := int64(b.Bits)
				if s := x - n; (x^n)&(s^x) >= 0 {
					setInt(reg(r, in.A), s)
					continue
				}
			} else if b.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()-float64(n))
				continue
			}
			f.ip = ip
			st = t.binary(in, in.Op == code.ISUBI, object.OpSub, *b, object.Int(n))
		case code.MULI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 {
				if x := int64(b.Bits); fits32(x) {
					setInt(reg(r, in.A), x*n)
					continue
				}
			} else if b.Ref == floatRef {
				setFloat(reg(r, in.A), b.AsFloat()*float64(n))
				continue
			}
			f.ip = ip
			st = t.binary(in, false, object.OpMul, *b, object.Int(n))
		case code.FLOORDIVI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 && n > 0 {
				setInt(reg(r, in.A), floorDiv(int64(b.Bits), n))
				continue
			}
			f.ip = ip
			st = t.binary(in, false, object.OpFloorDiv, *b, object.Int(n))
		case code.MODI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 && n > 0 {
				setInt(reg(r, in.A), floorMod(int64(b.Bits), n))
				continue
			}
			f.ip = ip
			st = t.binary(in, false, object.OpMod, *b, object.Int(n))
		case code.ANDI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 {
				setInt(reg(r, in.A), int64(b.Bits)&n)
				continue
			}
			f.ip = ip
			st = t.binary(in, false, object.OpAnd, *b, object.Int(n))
		case code.SHLI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 && uint64(n) < 63 {
				x := int64(b.Bits)
				if s := x << uint(n); s>>uint(n) == x {
					setInt(reg(r, in.A), s)
					continue
				}
			}
			f.ip = ip
			st = t.binary(in, false, object.OpShl, *b, object.Int(n))
		case code.SHRI:
			b := reg(r, in.B)
			n := int64(int16(in.C))
			if uintptr(b.Ref) == 0 && uint64(n) <= 63 {
				setInt(reg(r, in.A), int64(b.Bits)>>uint(n))
				continue
			}
			f.ip = ip
			st = t.binary(in, false, object.OpShr, *b, object.Int(n))

		case code.ADDK, code.SUBK, code.MULK, code.DIVK, code.POWK:
			b, k := reg(r, in.B), regN(f.consts, int(in.C))
			if b.Ref == floatRef && k.Ref == floatRef {
				x, y := b.AsFloat(), k.AsFloat()
				switch in.Op {
				case code.ADDK:
					setFloat(reg(r, in.A), x+y)
					continue
				case code.SUBK:
					setFloat(reg(r, in.A), x-y)
					continue
				case code.MULK:
					setFloat(reg(r, in.A), x*y)
					continue
				case code.DIVK:
					if y != 0 {
						setFloat(reg(r, in.A), x/y)
						continue
					}
				}
			}
			f.ip = ip
			st = t.binaryConst(in, constOps[in.Op-code.ADDK], b, k)
		case code.KADD, code.KSUB, code.KMUL, code.KDIV:
			k, c := regN(f.consts, int(in.B)), reg(r, in.C)
			if k.Ref == floatRef && c.Ref == floatRef {
				x, y := k.AsFloat(), c.AsFloat()
				switch in.Op {
				case code.KADD:
					setFloat(reg(r, in.A), x+y)
					continue
				case code.KSUB:
					setFloat(reg(r, in.A), x-y)
					continue
				case code.KMUL:
					setFloat(reg(r, in.A), x*y)
					continue
				case code.KDIV:
					if y != 0 {
						setFloat(reg(r, in.A), x/y)
						continue
					}
				}
			}
			f.ip = ip
			st = t.binaryConst(in, constOps[in.Op-code.KADD], k, c)

		case code.NEG:
			b := reg(r, in.B)
			if uintptr(b.Ref) == 0 && int64(b.Bits) != math.MinInt64 {
				setInt(reg(r, in.A), -int64(b.Bits))
				continue
			}
			if b.Ref == floatRef {
				setFloat(reg(r, in.A), -b.AsFloat())
				continue
			}
			f.ip = ip
			st = t.unary(in, object.OpNeg, *b)
		case code.POS:
			f.ip = ip
			st = t.unary(in, object.OpPos, *reg(r, in.B))
		case code.INVERT:
			b := reg(r, in.B)
			if uintptr(b.Ref) == 0 {
				setInt(reg(r, in.A), ^int64(b.Bits))
				continue
			}
			f.ip = ip
			st = t.unary(in, object.OpInvert, *b)
		case code.NOT, code.BOOL:
			b := reg(r, in.B)
			if v, ok := quickTruth(b); ok {
				setBool(reg(r, in.A), v == (in.Op == code.BOOL))
				continue
			}
			f.ip = ip
			st = t.truthInto(in, *b, in.Op == code.NOT)

		case code.LT, code.LE, code.EQ, code.NE, code.GT, code.GE:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(b.Ref)|uintptr(c.Ref) == 0 {
				order := uint(1) // how the operands stand, see orders
				if int64(b.Bits) < int64(c.Bits) {
					order = 0
				} else if int64(b.Bits) > int64(c.Bits) {
					order = 2
				}
				setBool(reg(r, in.A), orders>>(uint(in.Op-code.LT)<<2+order)&1 != 0)
				continue
			}
			if b.Ref == floatRef && c.Ref == floatRef {
				x, y := b.AsFloat(), c.AsFloat()
				order := uint(3)
				if x < y {
					order = 0
				} else if x == y {
					order = 1
				} else if x > y {
					order = 2
				}
				setBool(reg(r, in.A), orders>>(uint(in.Op-code.LT)<<2+order)&1 != 0)
				continue
			}
			f.ip = ip
			st = t.compare(in, object.CmpOp(in.Op-code.LT), *b, *c)
		case code.IS:
			setBool(reg(r, in.A), object.Is(*reg(r, in.B), *reg(r, in.C)))
			continue
		case code.ISNOT:
			setBool(reg(r, in.A), !object.Is(*reg(r, in.B), *reg(r, in.C)))
			continue
		case code.IN, code.NOTIN:
			f.ip = ip
			st = t.contains(in, *reg(r, in.B), *reg(r, in.C))

		case code.JMP:
			ip = unsafe.Add(ip, int(int32(uint32(in.B)|uint32(in.C)<<16))*int(instrSize))
			continue
		case code.LOOP:
			off := int(int32(uint32(in.B) | uint32(in.C)<<16))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JT, code.JF:
			a := reg(r, in.A)
			v, ok := quickTruth(a)
			if !ok {
				f.ip = ip
				st = t.truthJump(*a, in.Op == code.JT)
				goto slow
			}
			if v != (in.Op == code.JT) {
				continue
			}
			off := int(int32(uint32(in.B) | uint32(in.C)<<16))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNONE:
			if reg(r, in.A).Ref == noneRef {
				ip = unsafe.Add(ip, int(int32(uint32(in.B)|uint32(in.C)<<16))*int(instrSize))
			}
			continue
		case code.JNOTNONE:
			if reg(r, in.A).Ref != noneRef {
				ip = unsafe.Add(ip, int(int32(uint32(in.B)|uint32(in.C)<<16))*int(instrSize))
			}
			continue
		case code.JUNSET:
			if reg(r, in.A).IsUnset() {
				ip = unsafe.Add(ip, int(int32(uint32(in.B)|uint32(in.C)<<16))*int(instrSize))
			}
			continue

		case code.JLT:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) >= int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if !(a.AsFloat() < b.AsFloat()) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLt, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JLE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) > int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if !(a.AsFloat() <= b.AsFloat()) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLe, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JEQ:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) != int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() != b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpEq, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) == int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() == b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpNe, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JGT:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) <= int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if !(a.AsFloat() > b.AsFloat()) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGt, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JGE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) < int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if !(a.AsFloat() >= b.AsFloat()) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGe, *a, *b, true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNLT:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) < int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() < b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLt, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNLE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) <= int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() <= b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLe, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNEQ:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) == int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() == b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpEq, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNNE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) != int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() != b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpNe, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNGT:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) > int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() > b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGt, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNGE:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(a.Ref)|uintptr(b.Ref) == 0 {
				if int64(a.Bits) >= int64(b.Bits) {
					continue
				}
			} else if a.Ref == floatRef && b.Ref == floatRef {
				if a.AsFloat() >= b.AsFloat() {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGe, *a, *b, false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JLTI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) >= n {
					continue
				}
			} else if a.Ref == floatRef {
				if !(a.AsFloat() < float64(n)) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLt, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JLEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) > n {
					continue
				}
			} else if a.Ref == floatRef {
				if !(a.AsFloat() <= float64(n)) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLe, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JEQI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) != n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() != float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpEq, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) == n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() == float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpNe, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JGTI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) <= n {
					continue
				}
			} else if a.Ref == floatRef {
				if !(a.AsFloat() > float64(n)) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGt, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JGEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) < n {
					continue
				}
			} else if a.Ref == floatRef {
				if !(a.AsFloat() >= float64(n)) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGe, *a, object.Int(n), true)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNLTI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) < n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() < float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLt, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNLEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) <= n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() <= float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpLe, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNEQI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) == n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() == float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpEq, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNNEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) != n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() != float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpNe, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNGTI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) > n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() > float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGt, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield
		case code.JNGEI:
			a := reg(r, in.A)
			n := int64(int16(in.B))
			if uintptr(a.Ref) == 0 {
				if int64(a.Bits) >= n {
					continue
				}
			} else if a.Ref == floatRef {
				if a.AsFloat() >= float64(n) {
					continue
				}
			} else {
				f.ip = ip
				st = t.compareJump(in, object.CmpGe, *a, object.Int(n), false)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield

		case code.GETITER:
			f.ip = ip
			st = t.getIter(in, r, *reg(r, in.B))
		case code.FORLOOP:
			it := reg(r, in.B)
			switch it.Ref {
			case iterRangeRef:
				// Bits: the next value; B+1: values left; B+2: step.
				left, step := regN(unsafe.Pointer(it), 1), regN(unsafe.Pointer(it), 2)
				if left.Bits == 0 {
					continue
				}
				left.Bits--
				n := it.Bits
				it.Bits = n + step.Bits
				setInt(reg(r, in.A), int64(n))
				off := int(int16(in.C))
				ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
				if off >= 0 {
					continue
				}
				if t.budget += off; t.budget >= 0 {
					continue
				}
				goto yield
			case iterListRef:
				l := (*object.List)(reg(r, in.B+1).Ref)
				if uint32(l.Meta) != wList {
					f.ip = ip
					st = t.forList(in, r, l)
					goto slow
				}
				if it.Bits >= uint64(len(l.Items)) {
					it.Bits = math.MaxInt64
					continue
				}
				*reg(r, in.A) = l.Items[it.Bits]
				it.Bits++
			case iterTupleRef:
				tu := (*object.Tuple)(reg(r, in.B+1).Ref)
				if it.Bits >= uint64(len(tu.Items)) {
					continue
				}
				*reg(r, in.A) = tu.Items[it.Bits]
				it.Bits++
			default:
				f.ip = ip
				if it.Ref != nil && it.Header().Meta == uint64(object.KindGenerator)|t.Epoch {
					// A generator suspended in a plain yield: go on in its frame.
					g := (*Generator)(it.Ref)
					if f.next != nil && g.state == genSuspended && !g.started && g.handled == nil {
						f = f.next
						t.top = f
						f.code, f.fn, f.gen = g.Code, g.Fn, g
						r = unsafe.Pointer(&g.regs[0])
						ip = unsafe.Pointer(&g.Code.Instrs[g.ip])
						f.consts = constBase(g.Code)
						f.regs, f.ip = r, ip
						f.dst, f.cont, f.flags = 0, contStore, frameGenFor
						f.aux = object.Unset
						f.handled = int32(len(t.Handled))
						*reg(r, g.Code.Instrs[g.ip-1].A) = object.None
						g.state = genRunning
						if t.budget -= callWeight; t.budget >= 0 {
							continue
						}
						st = t.yieldPoint()
						goto slow
					}
				}
				st = t.forNext(f, in, r)
				goto slow
			}
			off := int(int16(in.C))
			ip = unsafe.Add(unsafe.Pointer(in), off*int(instrSize)+int(instrSize))
			if off >= 0 {
				continue
			}
			if t.budget += off; t.budget >= 0 {
				continue
			}
			goto yield

		case code.GETITEM:
			b, c := reg(r, in.B), reg(r, in.C)
			if uintptr(c.Ref) == 0 {
				switch b.Word() {
				case wList:
					l := (*object.List)(b.Ref)
					i := int64(c.Bits)
					if i < 0 {
						i += int64(len(l.Items))
					}
					if uint64(i) < uint64(len(l.Items)) {
						*reg(r, in.A) = l.Items[i]
						continue
					}
				case wTuple:
					l := (*object.Tuple)(b.Ref)
					i := int64(c.Bits)
					if i < 0 {
						i += int64(len(l.Items))
					}
					if uint64(i) < uint64(len(l.Items)) {
						*reg(r, in.A) = l.Items[i]
						continue
					}
				}
			}
			f.ip = ip
			st = t.getItem(in, *b, *c)
		case code.GETITEMI:
			b := reg(r, in.B)
			i := int(int16(in.C))
			switch b.Word() {
			case wList:
				l := (*object.List)(b.Ref)
				if i < 0 {
					i += len(l.Items)
				}
				if uint(i) < uint(len(l.Items)) {
					*reg(r, in.A) = l.Items[i]
					continue
				}
			case wTuple:
				l := (*object.Tuple)(b.Ref)
				if i < 0 {
					i += len(l.Items)
				}
				if uint(i) < uint(len(l.Items)) {
					*reg(r, in.A) = l.Items[i]
					continue
				}
			}
			f.ip = ip
			st = t.getItem(in, *b, object.Int(int64(int16(in.C))))
		case code.SETITEM:
			a, b := reg(r, in.A), reg(r, in.B)
			if uintptr(b.Ref) == 0 && a.Ref != nil && a.Header().Meta == uint64(object.KindList)|t.Epoch {
				l := (*object.List)(a.Ref)
				i := int64(b.Bits)
				if i < 0 {
					i += int64(len(l.Items))
				}
				if uint64(i) < uint64(len(l.Items)) {
					l.Items[i] = *reg(r, in.C)
					continue
				}
			}
			f.ip = ip
			st = t.setItem(*a, *b, *reg(r, in.C))
		case code.DELITEM:
			f.ip = ip
			st = t.delItem(*reg(r, in.A), *reg(r, in.B))

		case code.GETATTR:
			b := reg(r, in.B)
			s := &f.code.Sites[in.C]
			if b.Word() == wInstance {
				o := (*object.Instance)(b.Ref)
				if e := s.Cache.Load(); e != nil && e.Kind == cacheField && unsafe.Pointer(e.Shape) == o.Shape && e.Version == t.DefSeen {
					if v := *o.Slot(e.Index); !v.IsUnset() {
						*reg(r, in.A) = v
						continue
					}
				}
			} else if b.Word() == wShared {
				f.ip = ip
				st = t.getSharedAttr(in, s, *b)
				goto slow
			}
			f.ip = ip
			st = t.getAttr(in, s, *b)
		case code.SETATTR:
			a := reg(r, in.A)
			s := &f.code.Sites[in.C]
			if a.Ref != nil && a.Header().Meta == uint64(object.KindInstance)|t.Epoch {
				o := (*object.Instance)(a.Ref)
				if e := s.Cache.Load(); e != nil && e.Kind == cacheSetField && unsafe.Pointer(e.Shape) == o.Shape && e.Version == t.DefSeen {
					*o.Slot(e.Index) = *reg(r, in.B)
					continue
				} else if e != nil && e.Kind == cacheAddField && unsafe.Pointer(e.Shape) == o.Shape && e.Version == t.DefSeen && e.Index < int(o.Cap) {
					*o.Slot(e.Index) = *reg(r, in.B)
					o.Shape = unsafe.Pointer(e.Next)
					continue
				}
			}
			f.ip = ip
			st = t.setAttr(in, s, *a, *reg(r, in.B))
		case code.DELATTR:
			f.ip = ip
			st = t.check(object.DelAttr(&t.Thread, *reg(r, in.A), f.code.Sites[in.C].Name))
		case code.GETMETHOD:
			b := reg(r, in.B)
			s := &f.code.Sites[in.C]
			if e := s.Cache.Load(); e != nil && e.Kind == cacheMethod && e.Version == t.DefSeen && b.Ref != nil {
				if h := b.Header(); e.Shape != nil {
					if uint8(h.Meta) == uint8(object.KindInstance) && atomic.LoadPointer(&(*object.Instance)(b.Ref).Shape) == unsafe.Pointer(e.Shape) {
						self := *b
						*reg(r, in.A) = e.Value
						*reg(r, in.A+1) = self
						continue
					}
				} else if h.Type == e.Type && uint8(h.Meta) == e.RKind {
					self := *b
					*reg(r, in.A) = e.Value
					*reg(r, in.A+1) = self
					continue
				}
			}
			f.ip = ip
			st = t.getMethod(in, s, *b)
		case code.GETSPECIAL:
			f.ip = ip
			st = t.getSpecial(in, r, *reg(r, in.B), f.code.Consts[in.C])
		case code.BUILDLIST:
			f.ip = ip
			st = t.buildList(in, r)
		case code.BUILDTUPLE:
			f.ip = ip
			st = t.buildTuple(in, r)
		case code.BUILDSLICE:
			// Directly before the subscript that uses it: no slice object.
			if next := (*code.Instr)(ip); next.Op == code.GETITEM && next.C == in.A || next.Op == code.SETITEM && next.B == in.A {
				f.ip = unsafe.Add(ip, instrSize)
				if st = t.subscriptSlice(in, next, r); st != stExit {
					goto slow
				}
				f = t.top
				f.ip = unsafe.Add(f.ip, -int(instrSize))
				r, in = f.regs, f.instr()
				ip = f.ip
			}
			f.ip = ip
			st = t.build(in, r)
		case code.BUILDSET, code.BUILDDICT, code.BUILDSTR:
			f.ip = ip
			st = t.build(in, r)
		case code.LISTAPPEND:
			l := (*object.List)(reg(r, in.A).Ref)
			if l.Meta == uint64(object.KindList)|t.Epoch {
				if n := len(l.Items); n < cap(l.Items) {
					l.Items = l.Items[:n+1]
					l.Items[n] = *reg(r, in.B)
					continue
				}
			}
			f.ip = ip
			st = t.check(l.Append(&t.Thread, *reg(r, in.B)))
		case code.SETADD:
			f.ip = ip
			_, err := (*object.Set)(reg(r, in.A).Ref).Add(&t.Thread, *reg(r, in.B))
			st = t.check(err)
		case code.LISTEXTEND, code.SETUPDATE, code.DICTSET, code.DICTUPDATE, code.DICTMERGE, code.LISTTUPLE:
			f.ip = ip
			st = t.display(in, r)
		case code.FORMAT:
			f.ip = ip
			st = t.format(in, r)
		case code.UNPACK:
			b := reg(r, in.B)
			var items []object.Value
			switch b.Word() {
			case wTuple:
				items = (*object.Tuple)(b.Ref).Items
			case wList:
				items = (*object.List)(b.Ref).Items
			}
			if items != nil && len(items) == int(in.C) {
				dst := unsafe.Pointer(reg(r, in.A))
				for i := range items {
					*regN(dst, i) = items[i]
				}
				continue
			}
			f.ip = ip
			st = t.unpack(in, r, *b)
		case code.UNPACKEX:
			f.ip = ip
			st = t.unpackEx(in, r, *reg(r, in.B))

		case code.CALL:
			fv := reg(r, in.A)
			f.ip = ip
			if fv.Ref != nil && uint8(fv.Header().Meta) == uint8(object.KindFunction) {
				fn := (*Function)(fv.Ref)
				c := fn.Code
				nr := unsafe.Pointer(reg(r, in.A+1))
				if c.Flags&code.Simple != 0 && c.NumPos == int(in.B) && f.gen == nil &&
					uintptr(nr)+uintptr(c.NumRegs+slackRegs)*valueSize <= t.limit && f.next != nil {
					f = f.next
					t.top = f
					f.code, f.regs, f.fn, f.gen = c, nr, fn, nil
					f.dst, f.cont, f.flags = in.C, contStore, 0
					f.handled = int32(len(t.Handled))
					ip = unsafe.Pointer(&c.Instrs[0])
					r = nr
					f.consts = constBase(c)
					if t.budget -= callWeight; t.budget >= 0 {
						continue
					}
					goto yield
				}
			}
			if fv.Ref != nil && uint8(fv.Header().Meta) == uint8(object.KindBuiltin) {
				if b := (*object.Builtin)(fv.Ref); b.Special == 0 && b.Self.IsUnset() {
					if b.Quick != 0 {
						st = t.quickCall(b, in, r)
						break
					}
					v, err := b.Fn(&t.Thread, window(r, in.A+1, int(in.B)), nil)
					if err != nil {
						st = t.fail(err)
						break
					}
					f = t.top
					r, ip = f.regs, f.ip
					*reg(r, f.instr().C) = v
					if t.Breaker.Load() == 0 {
						continue
					}
					st = t.afterNative()
					break
				}
			}
			st = t.call(f, in, r)
		case code.CALLM:
			fv := reg(r, in.A)
			f.ip = ip
			if fv.Ref != nil && uint8(fv.Header().Meta) == uint8(object.KindFunction) {
				fn := (*Function)(fv.Ref)
				c := fn.Code
				n := int(in.B) + 1
				nr := unsafe.Pointer(reg(r, in.A+1))
				if (*object.Value)(nr).IsUnset() {
					n--
					nr = unsafe.Pointer(reg(r, in.A+2))
				}
				if c.Flags&code.Simple != 0 && c.NumPos == n && f.gen == nil &&
					uintptr(nr)+uintptr(c.NumRegs+slackRegs)*valueSize <= t.limit && f.next != nil {
					f = f.next
					t.top = f
					f.code, f.regs, f.fn, f.gen = c, nr, fn, nil
					f.dst, f.cont, f.flags = in.C, contStore, 0
					f.handled = int32(len(t.Handled))
					ip = unsafe.Pointer(&c.Instrs[0])
					r = nr
					f.consts = constBase(c)
					if t.budget -= callWeight; t.budget >= 0 {
						continue
					}
					goto yield
				}
			}
			if fv.Ref != nil && uint8(fv.Header().Meta) == uint8(object.KindBuiltin) && !reg(r, in.A+1).IsUnset() {
				if b := (*object.Builtin)(fv.Ref); b.Special == 0 && b.Self.IsUnset() {
					if b.Quick != 0 {
						st = t.quickMethod(b, in, r)
						break
					}
					v, err := b.Fn(&t.Thread, window(r, in.A+1, int(in.B)+1), nil)
					if err != nil {
						st = t.fail(err)
						break
					}
					f = t.top
					r, ip = f.regs, f.ip
					*reg(r, f.instr().C) = v
					if t.Breaker.Load() == 0 {
						continue
					}
					st = t.afterNative()
					break
				}
			}
			st = t.callMethod(f, in, r)
		case code.CALLKW:
			ext := (*code.Instr)(ip)
			ip = unsafe.Add(ip, instrSize)
			f.ip = ip
			st = t.callKw(f, in, ext, r)
		case code.CALLEX:
			f.ip = ip
			st = t.callEx(f, in, r)
		case code.RET, code.RETNONE:
			v := object.None
			if in.Op == code.RET {
				v = *reg(r, in.A)
			}
			if f.flags == 0 && f.gen == nil && f.depth > t.mark && (f.cont == contStore || f.cont == contInit && v.Ref == noneRef) {
				if f.cont == contInit {
					v = f.aux
				}
				dst := f.dst
				f = f.prev
				t.top = f
				ip = f.ip
				r = f.regs
				*reg(r, dst) = v
				if t.budget -= callWeight; t.budget >= 0 {
					continue
				}
				t.midway = true
				st = t.yieldPoint()
				break
			}
			if f.cont == contExit && f.flags == 0 && f.gen == nil && f.depth > t.mark {
				t.top = f.prev
				t.result = v
				return nil
			}
			f.ip = ip
			st = t.ret(f, v)
		case code.FUNC:
			f.ip = ip
			st = t.makeFunction(f, in, r)
		case code.BUILDCLASS:
			f.ip = ip
			st = t.buildClass(f, in, r)
		case code.SUPER:
			f.ip = ip
			st = t.superCall(f, in, r)
		case code.YIELD:
			f.ip = ip
			if f.flags == frameGenFor && f.depth > t.mark && f.gen.handled == nil && len(t.Handled) == int(f.handled) {
				// Back to the FORLOOP that resumed it.
				g := f.gen
				v := *reg(r, in.B)
				g.ip = int32(f.pc() + 1)
				g.state = genSuspended
				f = f.prev
				t.top = f
				r = f.regs
				in = f.instr()
				*reg(r, in.A) = v
				off := int(int16(in.C))
				ip = unsafe.Add(f.ip, off*int(instrSize))
				if off >= 0 {
					continue
				}
				if t.budget += off; t.budget >= 0 {
					continue
				}
				goto yield
			}
			if f.cont == contExit && f.depth > t.mark && f.gen.handled == nil && len(t.Handled) == int(f.handled) {
				// Back to the Go code that resumed it.
				g := f.gen
				g.ip = int32(f.pc() + 1)
				g.state = genSuspended
				t.top = f.prev
				t.result = *reg(r, in.B)
				t.yieldedExit = true
				return nil
			}
			st = t.yield(f, *reg(r, in.B))
		case code.YIELDFROM:
			f.ip = ip
			st = t.yieldFrom(f, in, r)

		case code.RAISE:
			f.ip = ip
			st = t.raise(*reg(r, in.A), object.Unset)
		case code.RAISEFROM:
			f.ip = ip
			st = t.raise(*reg(r, in.A), *reg(r, in.B))
		case code.RERAISE:
			f.ip = ip
			st = t.reraise(*reg(r, in.A))
		case code.PUSHEXC:
			if n := len(t.Handled); n < cap(t.Handled) {
				t.Handled = t.Handled[:n+1]
				t.Handled[n] = *reg(r, in.A)
				continue
			}
			f.ip = ip
			st = t.pushHandled(*reg(r, in.A))
		case code.POPEXC:
			t.Handled = t.Handled[:len(t.Handled)-1]
			continue
		case code.EXCMATCH:
			f.ip = ip
			st = t.excMatch(in, r)
		case code.EXCINFO:
			f.ip = ip
			st = t.excInfo(in, r)
		case code.LOADBUILTIN:
			f.ip = ip
			st = t.loadBuiltin(in, r, f.code.Consts[in.B])
		case code.IMPORT:
			ext := (*code.Instr)(ip)
			ip = unsafe.Add(ip, instrSize)
			f.ip = ip
			st = t.importName(f, in, ext, r)
		case code.IMPORTFROM:
			f.ip = ip
			st = t.importFrom(f, in, r)
		case code.IMPORTSTAR:
			f.ip = ip
			st = t.importStar(f, *reg(r, in.A))
		case code.MATCHSEQ, code.MATCHMAP, code.MATCHKEYS, code.GETLEN:
			f.ip = ip
			st = t.match(in, nil, r)
		case code.MATCHCLASS:
			ext := (*code.Instr)(ip)
			ip = unsafe.Add(ip, instrSize)
			f.ip = ip
			st = t.match(in, ext, r)
		case code.TICK:
			if *t.ticks -= int32(in.A); *t.ticks >= 0 {
				continue
			}
			f.ip = ip
			st = t.tickPoint()
		case code.PRINT:
			f.ip = ip
			st = t.print2(in, r)
		default:
			f.ip = ip
			st = t.otherOp(f, in, r)
		}
		goto slow
	yield:
		f.ip = ip
		st = t.yieldPoint()
	slow:
		// A slow path has run. The state is loaded again even if the same frame goes on: nothing of it is live across a
		// call, or the compiler would spill it all on every dispatch.
		for st == stRaise {
			st = t.unwind()
		}
		if st == stExit {
			err := t.err
			t.err = nil
			return err
		}
		f = t.top
		r = f.regs
		ip = f.ip
	}
}

// callWeight is what a call or return takes from the budget of instructions.
const callWeight = 8

func constBase(c *code.Code) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(c.Consts)) }

var constOps = [...]object.BinOp{object.OpAdd, object.OpSub, object.OpMul, object.OpDiv, object.OpPow}

// floats reads two operands as float64 if one is a float and the other a float or a small int.
func floats(a, b *object.Value) (x, y float64, ok bool) {
	if a.Ref == floatRef {
		x = a.AsFloat()
		if b.Ref == floatRef {
			return x, b.AsFloat(), true
		}
		if b.Ref == nil && fits53(int64(b.Bits)) {
			return x, float64(int64(b.Bits)), true
		}
		return 0, 0, false
	}
	if a.Ref == nil && b.Ref == floatRef && fits53(int64(a.Bits)) {
		return float64(int64(a.Bits)), b.AsFloat(), true
	}
	return 0, 0, false
}

func fits53(n int64) bool { return n<<10>>10 == n }

// floorDiv is Python's // for y > 0.
func floorDiv(x, y int64) int64 {
	q := x / y
	if x%y < 0 {
		q--
	}
	return q
}

// floorMod is Python's % for y > 0.
func floorMod(x, y int64) int64 {
	m := x % y
	if m < 0 {
		m += y
	}
	return m
}

// orders has four bits for each of LT, LE, EQ, NE, GT, GE: the outcome if the first operand is below, equal, above, and if the two
// have no order (NaN).
const orders = 0b0110_0100_1101_0010_0011_0001

// quickTruth is the truth of the unboxed kinds.
func quickTruth(v *object.Value) (truth, ok bool) {
	switch v.Ref {
	case boolRef, nil:
		return v.Bits != 0, true
	case noneRef:
		return false, true
	}
	return false, false
}
