package compile

import (
	"math"

	"gilt/vm/code"
)

// The end of a unit: jumps are straightened, instructions get addresses, labels become offsets, regions become the exception table.

// finish turns the instruction list into code.
func (c *compiler) finish(u *unit) {
	c.flushTicks()
	straighten(u)
	c.flow(u)
	u.instrs = dropEmptyJumps(u.instrs)
	l := &layout{u: u}
	l.place()
	l.write()
	l.handlers()
	l.weigh()
}

// straighten follows jumps to jumps, copies returns to where they are jumped to, and inverts conditional jumps over jumps.
func straighten(u *unit) {
	at := make([]int, u.labels)
	for i := range u.instrs {
		if u.instrs[i].op == opLabel {
			at[u.instrs[i].target] = i
		}
	}
	first := func(label int32) *inst { // the instruction at a label
		for i := at[label]; i < len(u.instrs); i++ {
			if u.instrs[i].op < code.NumOps {
				return &u.instrs[i]
			}
		}
		return nil
	}
	for i := range u.instrs {
		in := &u.instrs[i]
		if !in.isJump() {
			continue
		}
		for range 16 {
			t := first(in.target)
			if t == nil || t == in || t.op != code.JMP || t.target == in.target {
				break
			}
			in.target = t.target
		}
		if in.op == code.JMP {
			if t := first(in.target); t != nil && (t.op == code.RETNONE || t.op == code.RET) {
				region := in.region
				*in = *t
				in.region = region
			}
		}
	}
	out := u.instrs[:0]
	for i := 0; i < len(u.instrs); i++ {
		in := u.instrs[i]
		if inv, ok := inverse(in.op); ok && i+1 < len(u.instrs) && u.instrs[i+1].op == code.JMP && labelFollows(u.instrs[i+2:], in.target) {
			in.op, in.target = inv, u.instrs[i+1].target
			i++
		}
		out = append(out, in)
	}
	u.instrs = out
}

// labelFollows says whether label l is among the labels that ins begins with.
func labelFollows(ins []inst, l int32) bool {
	for i := range ins {
		if ins[i].op != opLabel {
			return false
		}
		if ins[i].target == l {
			return true
		}
	}
	return false
}

// dropEmptyJumps removes jumps to the next instruction.
func dropEmptyJumps(ins []inst) []inst {
	out := ins[:0]
	for i := range ins {
		if ins[i].op == code.JMP && labelFollows(ins[i+1:], ins[i].target) {
			continue
		}
		out = append(out, ins[i])
	}
	return out
}

// inverse is the jump with the opposite condition.
func inverse(op code.Op) (code.Op, bool) {
	switch {
	case op == code.JT:
		return code.JF, true
	case op == code.JF:
		return code.JT, true
	case op == code.JNONE:
		return code.JNOTNONE, true
	case op == code.JNOTNONE:
		return code.JNONE, true
	case op >= code.JLT && op <= code.JGE:
		return op - code.JLT + code.JNLT, true
	case op >= code.JNLT && op <= code.JNGE:
		return op - code.JNLT + code.JLT, true
	case op >= code.JLTI && op <= code.JGEI:
		return op - code.JLTI + code.JNLTI, true
	case op >= code.JNLTI && op <= code.JNGEI:
		return op - code.JNLTI + code.JLTI, true
	}
	return 0, false
}

// layout assigns addresses.
type layout struct {
	u      *unit
	pcs    []int // address of each inst
	labels []int // address of each label
	size   int
	far    []bool // the jump does not reach: it is written as several instructions
}

// length is the number of words that instruction i takes.
func (l *layout) length(i int) int {
	in := &l.u.instrs[i]
	switch {
	case in.op >= code.NumOps:
		return 0
	case in.ext != nil:
		return 2
	case l.far[i] && in.op == code.FORLOOP:
		return 3
	case l.far[i]:
		return 2
	}
	return 1
}

// place computes addresses; jumps that turn out to be too long grow, until none does.
func (l *layout) place() {
	ins := l.u.instrs
	l.far = make([]bool, len(ins))
	l.pcs = make([]int, len(ins))
	l.labels = make([]int, l.u.labels)
	for again := true; again; {
		again = false
		pc := 0
		for i := range ins {
			l.pcs[i] = pc
			if ins[i].op == opLabel {
				l.labels[ins[i].target] = pc
			}
			pc += l.length(i)
		}
		l.size = pc
		for i := range ins {
			if l.far[i] || !ins[i].isJump() || code.Table[ins[i].op].C != code.Jump {
				continue
			}
			if d := l.labels[ins[i].target] - (l.pcs[i] + 1); d < math.MinInt16 || d > math.MaxInt16 {
				l.far[i] = true
				again = true
			}
		}
	}
}

// write writes instructions and positions.
func (l *layout) write() {
	co := l.u.code
	// One instruction of room past the end: the interpreter's pointer to the next instruction must never leave the array, or the
	// garbage collector takes it for a reference to whatever lies behind.
	co.Instrs = make([]code.Instr, 0, l.size+1)
	co.Lines = make([]code.Position, 0, l.size)
	put := func(in code.Instr, pos code.Position) {
		if pos.Line == 0 { // the entry sequence
			pos.Line, pos.EndLine = co.FirstLine, co.FirstLine
		}
		co.Instrs = append(co.Instrs, in)
		co.Lines = append(co.Lines, pos)
	}
	// wide writes a jump with a 32-bit offset at the current address.
	wide := func(op code.Op, a uint16, label int32, pos code.Position) {
		d := int32(l.labels[label] - (len(co.Instrs) + 1))
		if op == code.JMP && d < 0 {
			op = code.LOOP
		}
		put(code.Instr{Op: op, A: a, B: uint16(uint32(d)), C: uint16(uint32(d) >> 16)}, pos)
	}
	for i := range l.u.instrs {
		in := &l.u.instrs[i]
		switch {
		case in.op >= code.NumOps:
		case !in.isJump():
			put(code.Instr{Op: in.op, A: in.a, B: in.b, C: in.c}, in.pos)
			if in.ext != nil {
				put(*in.ext, in.pos)
			}
		case code.Table[in.op].C != code.Jump:
			wide(in.op, in.a, in.target, in.pos)
		case !l.far[i]:
			d := l.labels[in.target] - (len(co.Instrs) + 1)
			put(code.Instr{Op: in.op, A: in.a, B: in.b, C: uint16(int16(d))}, in.pos)
		case in.op == code.FORLOOP:
			put(code.Instr{Op: in.op, A: in.a, B: in.b, C: 1}, in.pos)
			put(code.Instr{Op: code.JMP, B: 1}, in.pos)
			wide(code.JMP, 0, in.target, in.pos)
		default:
			inv, _ := inverse(in.op)
			put(code.Instr{Op: inv, A: in.a, B: in.b, C: 1}, in.pos)
			wide(code.JMP, 0, in.target, in.pos)
		}
	}
}

// handlers makes the exception table. The innermost region catches whatever its instructions raise, so a row covers the
// instructions that are in no region inside it; rows never overlap.
func (l *layout) handlers() {
	co := l.u.code
	var last *region
	for i := range l.u.instrs {
		n := l.length(i)
		if n == 0 {
			continue
		}
		pc, r := int32(l.pcs[i]), l.u.instrs[i].region
		switch k := len(co.Handlers) - 1; {
		case r == nil:
		case r == last && co.Handlers[k].To == pc:
			co.Handlers[k].To += int32(n)
		default:
			co.Handlers = append(co.Handlers, code.Handler{
				From: pc, To: pc + int32(n), Target: int32(l.labels[r.target]), Reg: r.reg, Depth: r.depth,
			})
		}
		last = r
	}
}

// weigh computes the weights of yield points: the instructions from the yield point before, or from the loop's begin, in
// the order of addresses.
func (l *layout) weigh() {
	co := l.u.code
	co.Weights = make([]uint16, len(co.Instrs))
	last := 0
	for pc := range co.Instrs {
		in := co.Instrs[pc]
		from := last
		switch in.Op {
		case code.CALL, code.CALLM, code.CALLKW, code.CALLEX, code.RET, code.RETNONE:
		default:
			to, ok := code.JumpTarget(co.Instrs, pc)
			if !ok || to > pc {
				continue
			}
			from = max(from, to)
		}
		co.Weights[pc] = uint16(min(pc-from+1, math.MaxUint16))
		last = pc + 1
	}
}
