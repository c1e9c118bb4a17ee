package compile

import (
	"gilt/vm/code"
)

// Flow analysis of a finished unit: which instructions can be reached, and which CHECKs are superfluous.
//
// A local is definitely assigned at a place if it is on every path from the entry. That is a forward must-analysis over basic
// blocks with one bit per local that has a CHECK. An exception may leave a block at any instruction: what its handler
// may rely on is what was assigned at the block's begin and is not unset in it.

// isJump says whether an instruction has a label.
func (i *inst) isJump() bool { return i.target != none && i.op < code.NumOps && i.op != code.CHECK }

// ends says whether control never goes on to the next instruction.
func (i *inst) ends() bool {
	switch i.op {
	case code.JMP, code.RET, code.RETNONE, code.RAISE, code.RAISEFROM, code.RERAISE, code.RAISE2:
		return true
	}
	return false
}

// basicBlock is a run of instructions that is entered at its begin only.
type basicBlock struct {
	from, to int // instructions
	next     int // block that follows by falling through, or none
	jump     int // block of the jump that ends it, or none
	handler  int // block that an exception goes to, or none
	reached  bool
	in       bits
	gen      bits // assigned at the end, whatever came in
	kill     bits // unset at the end, unless assigned later
	dropped  bits // unset somewhere in the block
}

type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bits) set(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b bits) clear(i int)    { b[i>>6] &^= 1 << (i & 63) }

// graph is the control flow of a unit.
type graph struct {
	u       *unit
	blocks  []*basicBlock
	byLabel []int // label → block
	bit     map[uint16]int
}

// flow removes unreachable instructions and superfluous CHECKs and unsets what has to be unset at the entry.
func (c *compiler) flow(u *unit) {
	g := &graph{u: u, bit: map[uint16]int{}}
	g.split()
	g.reach()
	for _, b := range g.blocks {
		if !b.reached {
			continue
		}
		for i := b.from; i < b.to; i++ {
			in := &u.instrs[i]
			if in.op == code.CHECK {
				if _, ok := g.bit[in.a]; !ok {
					g.bit[in.a] = len(g.bit)
				}
			}
		}
	}
	unset := map[uint16]bool{}
	drop := make([]bool, len(u.instrs))
	if len(g.bit) > 0 {
		g.solve()
		g.checks(drop, unset)
	}
	c.rewrite(u, g, drop, unset)
}

// split finds the basic blocks.
func (g *graph) split() {
	u := g.u
	g.byLabel = make([]int, u.labels)
	for i := range g.byLabel {
		g.byLabel[i] = none
	}
	cur := none
	var region *region
	for i := range u.instrs {
		in := &u.instrs[i]
		if cur == none || in.op == opLabel || in.region != region {
			if cur != none {
				g.blocks[cur].to = i
				g.blocks[cur].next = len(g.blocks)
			}
			g.blocks = append(g.blocks, &basicBlock{from: i, next: none, jump: none})
			cur = len(g.blocks) - 1
			region = in.region
		}
		if in.op == opLabel {
			g.byLabel[in.target] = cur
		}
		if in.isJump() || in.ends() {
			b := g.blocks[cur]
			b.to = i + 1
			if !in.ends() {
				b.next = len(g.blocks)
			}
			cur = none
		}
	}
	if cur != none {
		g.blocks[cur].to = len(u.instrs)
		g.blocks[cur].next = none
	}
	for k, b := range g.blocks {
		if b.next == len(g.blocks) {
			b.next = none
		}
		last := &u.instrs[b.to-1]
		if last.isJump() {
			g.blocks[k].jump = g.byLabel[last.target]
		}
		b.handler = none
		if r := u.instrs[b.from].region; r != nil { // the innermost handler catches everything
			b.handler = g.byLabel[r.target]
		}
	}
}

// reach marks the blocks that can be reached.
func (g *graph) reach() {
	if len(g.blocks) == 0 {
		return
	}
	work := []int{0}
	visit := func(k int) {
		if k != none && !g.blocks[k].reached {
			g.blocks[k].reached = true
			work = append(work, k)
		}
	}
	g.blocks[0].reached = true
	for len(work) > 0 {
		b := g.blocks[work[len(work)-1]]
		work = work[:len(work)-1]
		visit(b.next)
		visit(b.jump)
		visit(b.handler)
	}
}

// effect applies an instruction to the set of assigned locals. jumped: along its jump.
func (g *graph) effect(in *inst, jumped bool, assign, unassign func(int)) {
	if in.op >= code.NumOps {
		return
	}
	one := func(r uint16, f func(int)) {
		if b, ok := g.bit[r]; ok {
			f(b)
		}
	}
	switch in.op {
	case code.UNSET, code.DELR:
		one(in.a, unassign)
		return
	case code.CHECK:
		one(in.a, assign)
		return
	case code.FORLOOP:
		if jumped {
			one(in.a, assign)
		}
		return
	case code.UNPACK:
		for i := range in.c {
			one(in.a+i, assign)
		}
		return
	}
	info := &code.Table[in.op]
	if info.A == code.Dst {
		one(in.a, assign)
	}
	if info.C == code.Dst {
		one(in.c, assign)
	}
}

// solve computes what is assigned at the begin of every block.
func (g *graph) solve() {
	n := len(g.bit)
	for _, b := range g.blocks {
		b.in, b.gen, b.kill, b.dropped = newBits(n), newBits(n), newBits(n), newBits(n)
		for i := range b.in {
			b.in[i] = ^uint64(0)
		}
		for i := b.from; i < b.to; i++ {
			g.effect(&g.u.instrs[i], false, func(k int) {
				b.gen.set(k)
				b.kill.clear(k)
			}, func(k int) {
				b.gen.clear(k)
				b.kill.set(k)
				b.dropped.set(k)
			})
		}
	}
	entry := g.blocks[0]
	clear(entry.in)
	for r, k := range g.bit {
		if int(r) < len(g.u.code.Params) {
			entry.in.set(k)
		}
	}
	work := make([]int, 0, len(g.blocks))
	queued := make([]bool, len(g.blocks))
	for k := len(g.blocks) - 1; k >= 0; k-- {
		if g.blocks[k].reached {
			work = append(work, k)
			queued[k] = true
		}
	}
	out := newBits(n)
	meet := func(k int) {
		b := g.blocks[k]
		changed := false
		for i := range out {
			if v := b.in[i] & out[i]; v != b.in[i] {
				b.in[i] = v
				changed = true
			}
		}
		if changed && !queued[k] {
			queued[k] = true
			work = append(work, k)
		}
	}
	for len(work) > 0 {
		k := work[len(work)-1]
		work = work[:len(work)-1]
		queued[k] = false
		b := g.blocks[k]
		for i := range out {
			out[i] = b.in[i]&^b.kill[i] | b.gen[i]
		}
		if b.next != none {
			meet(b.next)
		}
		if b.jump != none {
			if last := &g.u.instrs[b.to-1]; last.op == code.FORLOOP {
				g.effect(last, true, out.set, out.clear)
			}
			meet(b.jump)
		}
		if b.handler != none {
			for i := range out {
				out[i] = b.in[i] &^ b.dropped[i]
			}
			meet(b.handler)
		}
	}
}

// checks marks the CHECKs to drop, and notes which locals the others need to be unset at the entry.
func (g *graph) checks(drop []bool, unset map[uint16]bool) {
	for _, b := range g.blocks {
		if !b.reached {
			continue
		}
		now := append(bits(nil), b.in...)
		for i := b.from; i < b.to; i++ {
			in := &g.u.instrs[i]
			if in.op == code.CHECK {
				if now.has(g.bit[in.a]) {
					drop[i] = true
				} else {
					unset[in.a] = true
				}
			}
			g.effect(in, false, now.set, now.clear)
		}
	}
}

// rewrite writes the instructions that stay, with UNSETs at the entry.
func (c *compiler) rewrite(u *unit, g *graph, drop []bool, unset map[uint16]bool) {
	out := make([]inst, 0, len(u.instrs)+len(unset))
	for _, b := range g.blocks {
		if !b.reached {
			continue
		}
		for i := b.from; i < b.to; i++ {
			in := u.instrs[i]
			switch {
			case in.op == opEntry:
				out = c.entry(out, u, unset)
			case drop[i]:
			case in.op == code.CHECK:
				in.b = c.operand16(c.nameConst(u.checked[in.target]))
				in.target = none
				out = append(out, in)
			default:
				out = append(out, in)
			}
		}
	}
	u.instrs = out
}

// entry appends the UNSETs of the locals that need them.
func (c *compiler) entry(out []inst, u *unit, unset map[uint16]bool) []inst {
	cells := map[uint16]bool{}
	for _, r := range u.code.CellRegs {
		cells[r] = true
	}
	deleted := map[uint16]bool{}
	for i := range u.instrs {
		if u.instrs[i].op == code.DELR {
			deleted[u.instrs[i].a] = true
		}
	}
	for r := len(u.code.Params); r < len(u.code.Locals); r++ {
		reg := uint16(r)
		if (unset[reg] || deleted[reg] || u.owner.dynamic) && !cells[reg] {
			out = append(out, inst{op: code.UNSET, a: reg, target: none})
		}
	}
	return out
}
