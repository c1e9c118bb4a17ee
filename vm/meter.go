package vm

import (
	"gilt/internal/machine"
	"gilt/vm/code"
)

// How long bytecode takes on simulated cores.
//
// A simulated thread looks in at every yield point (back-edge, call, return) instead of every thousand instructions: it
// is given no budget, and what it should have had is kept aside (withheld). So virtual time passes between accesses to shared words and not in one
// lump after them, which matters for what overlaps with what. Slices end where they would have ended anyway: the budget's sum is
// the same.
//
// What has been executed since the yield point before is known by the place alone: at a back-edge the body of the loop, at the beginning of a
// function all of its code that is in no loop. A stretch's work is counted by classes of
// instructions, whose prices are calibrated: an addition takes a few nanoseconds, a display sixty. New objects are counted apart, because most of them
// are made by builtins. Inside of a stretch both ways of a branch
// are taken to be equally likely among the ways that lead to its end; what is long has yield points of its own.
//
// On real cores there is no meter, and nothing of this happens.

// meter is a simulated thread's.
type meter struct {
	withheld int    // instructions of the budget that are kept aside
	ids      uint64 // the thread's identities drawn when it looked in last
	last     *code.Code
	plan     *workPlan
}

// newMeter is nil for threads on real cores, and in replays, whose budgets are exact.
func (vm *VM) newMeter() *meter {
	if !vm.Machine.Simulated() || vm.replay != nil {
		return nil
	}
	if vm.plans == nil {
		vm.plans = map[*code.Code]*workPlan{}
	}
	return &meter{}
}

// setBudget gives the thread a new budget.
func (t *Thread) setBudget(n int) {
	t.budget = n
	if m := t.meter; m != nil {
		m.withheld, t.budget = n, 0
	}
}

// left is what is left of the budget.
func (t *Thread) left() int {
	if t.meter != nil {
		return t.budget + t.meter.withheld
	}
	return t.budget
}

// metered charges what has been executed since the last yield point; true: it was only for that, and the budget lasts.
func (t *Thread) metered() bool {
	m := t.meter
	t.chargeStretch(-t.budget)
	n := t.IDs + t.Hidden
	if n > m.ids {
		t.Proc.Charge(machine.CostObject, int(n-m.ids))
	}
	m.ids = n // a slice that was rolled back has given some back
	m.withheld += t.budget
	t.budget = 0
	if m.withheld >= 0 {
		return true
	}
	t.budget, m.withheld = m.withheld, 0
	return false
}

// chargeStretch charges the stretch of code that ends at the present yield point and was worth n instructions of the budget.
func (t *Thread) chargeStretch(n int) {
	f := t.top
	if n <= 0 {
		return
	}
	if f.code == nil {
		t.Proc.Charge(machine.CostBytecode, n)
		return
	}
	m := t.meter
	if f.code != m.last {
		m.last, m.plan = f.code, t.vm.planOf(f.code)
	}
	pc := f.pc() + 1 // the instruction that is next
	p := m.plan
	for i := range p.loops {
		if l := &p.loops[i]; l.first == pc && l.size == n {
			t.Proc.ChargeWork(&l.work)
			return
		}
	}
	// What is left are calls and returns, some of which could not look in.
	for ; n > callWeight; n -= callWeight {
		t.Proc.Charge(machine.CostFrame, 1)
	}
	switch {
	case pc == 0:
		t.Proc.ChargeWork(&p.entry)
	case f.gen != nil && f.code.Instrs[pc-1].Op == code.YIELD:
		t.Proc.Charge(machine.CostFrame, 1)
	}
}

// workPlan is the work of a code's stretches.
type workPlan struct {
	entry machine.Work // the activation of a frame, and what is in no loop
	loops []loopWork
}

// loopWork is the work of a loop's body without the loops in it.
type loopWork struct {
	first, size int // the back-edge is at first+size-1
	work        machine.Work
}

func (vm *VM) planOf(c *code.Code) *workPlan {
	p := vm.plans[c]
	if p == nil {
		p = planWork(c)
		vm.plans[c] = p
	}
	return p
}

// planWork computes a code's plan.
func planWork(c *code.Code) *workPlan {
	p := &workPlan{}
	for pc := range c.Instrs {
		if to, _, ok := jumpOf(c, pc); ok && to <= pc {
			p.loops = append(p.loops, loopWork{first: to, size: pc + 1 - to})
		}
	}
	weight := make([]float64, 2*len(c.Instrs)+2)
	for i := range p.loops {
		l := &p.loops[i]
		p.stretch(c, l.first, l.first+l.size-1, l, weight, &l.work)
	}
	p.stretch(c, 0, -1, nil, weight, &p.entry)
	p.entry.Add(machine.CostFrame, 1)
	return p
}

// stretch adds up the expected work of the ways from first to the instruction end, or to a return when end is -1: each instruction
// is worth the probability of passing it, given that the end is reached. Loops in between have work of their own.
func (p *workPlan) stretch(c *code.Code, first, end int, self *loopWork, weight []float64, w *machine.Work) {
	last := end
	if end < 0 {
		last = len(c.Instrs) - 1
	}
	n := len(c.Instrs) + 1
	from, to := weight[:n], weight[n:2*n] // probabilities: of getting there, of getting to the end from there
	clear(weight)
	// next lists where an instruction may go on, at most two places, each equally likely; none when the way ends here.
	next := func(pc int) (a, b int) {
		op := c.Instrs[pc].Op
		j, always, ok := jumpOf(c, pc)
		switch {
		case pc == end, op == code.RET, op == code.RETNONE, op == code.RAISE, op == code.RAISEFROM, op == code.RERAISE, op == code.RAISE2:
			return -1, -1
		case !ok:
			return pc + 1, -1
		case j <= pc, j > last: // a loop inside, that ends some time; a way out of the stretch, which is not taken
			if always && j > last {
				return -1, -1
			}
			return pc + 1, -1
		case always:
			return j, -1
		}
		return pc + 1, j
	}
	for pc := last; pc >= first; pc-- {
		op := c.Instrs[pc].Op
		if pc == end || end < 0 && (op == code.RET || op == code.RETNONE) {
			to[pc] = 1
			continue
		}
		switch a, b := next(pc); {
		case a < 0:
		case b < 0:
			to[pc] = to[a]
		default:
			to[pc] = (to[a] + to[b]) / 2
		}
	}
	if to[first] == 0 {
		to[first] = 1 // no way leads there: count what is passed
	}
	from[first] = 1
	for pc := first; pc <= last; pc++ {
		if from[pc] == 0 {
			continue
		}
		if a, b := next(pc); b >= 0 {
			from[a] += from[pc] / 2
			from[b] += from[pc] / 2
		} else if a >= 0 {
			from[a] += from[pc]
		}
		if share := from[pc] * to[pc] / to[first]; share > 0 && !p.inner(pc, self) {
			w.Add(classOf[c.Instrs[pc].Op], share)
		}
	}
}

// inner says whether the instruction belongs to a loop inside of self; nil is the whole code.
func (p *workPlan) inner(pc int, self *loopWork) bool {
	for i := range p.loops {
		l := &p.loops[i]
		if l == self || pc < l.first || pc >= l.first+l.size {
			continue
		}
		if self == nil || l.first > self.first && l.first+l.size <= self.first+self.size {
			return true
		}
	}
	return false
}

// jumpOf is where the instruction may jump to, and whether it always does.
func jumpOf(c *code.Code, pc int) (to int, always, ok bool) {
	in := c.Instrs[pc]
	switch info := &code.Table[in.Op]; {
	case info.C == code.Jump:
		return pc + 1 + int(int16(in.C)), false, true
	case info.B == code.WideJ:
		return pc + 1 + int(in.Wide()), in.Op == code.JMP || in.Op == code.LOOP, true
	}
	return 0, false, false
}

// classOf is the kind of work that each instruction is.
var classOf = func() (class [code.NumOps]machine.Cost) {
	set := func(k machine.Cost, from, to code.Op) {
		for op := from; op <= to; op++ {
			class[op] = k
		}
	}
	for op := range class {
		class[op] = machine.CostOther
	}
	set(machine.CostBytecode, code.NOP, code.CHECK)
	set(machine.CostName, code.LOADG, code.DELR)
	set(machine.CostArith, code.ADD, code.NOTIN)
	set(machine.CostMember, code.IN, code.NOTIN)
	set(machine.CostBytecode, code.JMP, code.JUNSET)
	set(machine.CostArith, code.JLT, code.JNGEI)
	set(machine.CostIter, code.GETITER, code.FORLOOP)
	set(machine.CostItem, code.GETITEM, code.DELITEM)
	set(machine.CostAttr, code.GETATTR, code.GETSPECIAL)
	set(machine.CostBuild, code.BUILDLIST, code.FORMAT)
	for _, op := range []code.Op{code.LISTAPPEND, code.SETADD, code.DICTSET} {
		class[op] = machine.CostItem
	}
	set(machine.CostIter, code.UNPACK, code.UNPACKEX)
	set(machine.CostCall, code.CALL, code.CALLEX)
	set(machine.CostBytecode, code.RET, code.RETNONE) // the rest of it is in the frame's
	class[code.FUNC], class[code.SUPER], class[code.GETSPECIAL] = machine.CostBuild, machine.CostAttr, machine.CostSpecial
	return class
}()
