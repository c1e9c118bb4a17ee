package code

import (
	"fmt"
)

// The verifier. Code that passes Check cannot make the interpreter loop read a register outside of its window, a constant,
// site or child that is not there, or an instruction outside of the code; the loop relies on that and checks nothing.

// Check verifies a code object and its children.
func Check(c *Code) error {
	v := verifier{c: c}
	if err := v.run(); err != nil {
		return fmt.Errorf("code %s: %w", c.Qualname, err)
	}
	for _, k := range c.Children {
		if err := Check(k); err != nil {
			return err
		}
	}
	return nil
}

type verifier struct {
	c     *Code
	start []bool // pc begins an instruction (is no EXT word)
}

func (v *verifier) run() error {
	c := v.c
	n := len(c.Instrs)
	if n == 0 {
		return fmt.Errorf("no instructions")
	}
	if len(c.Lines) != n {
		return fmt.Errorf("%d positions for %d instructions", len(c.Lines), n)
	}
	if c.Weights != nil && len(c.Weights) != n {
		return fmt.Errorf("%d weights for %d instructions", len(c.Weights), n)
	}
	v.start = make([]bool, n)
	for pc := 0; pc < n; pc++ {
		in := c.Instrs[pc]
		if in.Op >= NumOps {
			return fmt.Errorf("pc %d: no such opcode %d", pc, in.Op)
		}
		if in.Op == EXT {
			return fmt.Errorf("pc %d: EXT without an instruction before it", pc)
		}
		v.start[pc] = true
		if Table[in.Op].Ext {
			if pc++; pc >= n || c.Instrs[pc].Op != EXT {
				return fmt.Errorf("pc %d: %s without its EXT", pc-1, in.Op)
			}
		}
	}
	for pc := 0; pc < n; pc++ {
		if !v.start[pc] {
			continue
		}
		if err := v.instruction(pc); err != nil {
			return fmt.Errorf("pc %d: %s: %w", pc, c.Instrs[pc].Op, err)
		}
	}
	last := n - 1
	for !v.start[last] {
		last--
	}
	if !c.Instrs[last].Op.Ends() {
		return fmt.Errorf("control falls off the end")
	}
	if err := v.handlers(); err != nil {
		return err
	}
	return v.shape()
}

func (v *verifier) register(r int, n int) error {
	if r+n > v.c.NumRegs {
		return fmt.Errorf("registers %d to %d of %d", r, r+n-1, v.c.NumRegs)
	}
	return nil
}

func (v *verifier) index(what string, i, n int) error {
	if i < 0 || i >= n {
		return fmt.Errorf("%s %d of %d", what, i, n)
	}
	return nil
}

func (v *verifier) instruction(pc int) error {
	in := v.c.Instrs[pc]
	info := &Table[in.Op]
	kinds := [3]OperandKind{info.A, info.B, info.C}
	for i, x := range [3]uint16{in.A, in.B, in.C} {
		var err error
		switch kinds[i] {
		case Dst, Src, SrcDst:
			err = v.register(int(x), 1)
		case Base:
			if err = v.base(in, int(x)); err != nil {
				return err
			}
		case Const:
			err = v.index("constant", int(x), len(v.c.Consts))
		case WideK:
			err = v.index("constant", int(in.Wide()), len(v.c.Consts))
		case Site:
			err = v.index("site", int(x), len(v.c.Sites))
		case Child:
			err = v.index("child", int(x), len(v.c.Children))
		case Jump, WideJ:
			err = v.jump(pc)
		}
		if err != nil {
			return fmt.Errorf("operand %c: %w", 'A'+i, err)
		}
	}
	return v.ext(pc)
}

// runLength is the number of registers that a Base operand stands for.
func runLength(in Instr) int {
	switch in.Op {
	case GETITER:
		if in.C&1 != 0 {
			return 1
		}
		return 3
	case FORLOOP, FUNC, CALLEX, RAISE2:
		if in.Op == FUNC && in.C == 0xffff {
			return 0
		}
		return 3
	case GETMETHOD, GETSPECIAL:
		return 2
	case BUILDLIST, BUILDTUPLE, BUILDSET, BUILDSTR, BUILDSLICE, UNPACK:
		return int(in.C)
	case BUILDDICT:
		return 2 * int(in.C)
	case FORMAT:
		if in.C&4 != 0 {
			return 2
		}
		return 1
	case UNPACKEX:
		return int(in.C&255) + 1 + int(in.C>>8)
	case CALL:
		return 1 + int(in.B)
	case CALLM:
		return 2 + int(in.B)
	case BUILDCLASS:
		return 4
	case EXCINFO:
		return 3
	case PRINT:
		return 1 + int(in.B)
	}
	return 1
}

func (v *verifier) base(in Instr, r int) error {
	n := runLength(in)
	if n == 0 {
		return nil
	}
	return v.register(r, n)
}

func (v *verifier) jump(pc int) error {
	to, _ := JumpTarget(v.c.Instrs, pc)
	if to < 0 || to >= len(v.c.Instrs) || !v.start[to] {
		return fmt.Errorf("jump to %d", to)
	}
	switch op := v.c.Instrs[pc].Op; {
	case op == JMP && to <= pc:
		return fmt.Errorf("goes backward, to %d", to)
	case op == LOOP && to > pc:
		return fmt.Errorf("goes forward, to %d", to)
	}
	return nil
}

// ext checks the operands in EXT words.
func (v *verifier) ext(pc int) error {
	in := v.c.Instrs[pc]
	if !Table[in.Op].Ext {
		return nil
	}
	e := v.c.Instrs[pc+1]
	switch in.Op {
	case CALLKW:
		if err := v.register(int(in.A), 1+int(in.B)+int(e.B)); err != nil {
			return err
		}
		return v.index("constant", int(e.A), len(v.c.Consts))
	case MATCHCLASS:
		return v.index("constant", int(e.B), len(v.c.Consts))
	}
	return nil
}

func (v *verifier) handlers() error {
	c := v.c
	n := int32(len(c.Instrs))
	for i, h := range c.Handlers {
		switch {
		case h.From < 0 || h.From >= h.To || h.To > n || !v.start[h.From]:
			return fmt.Errorf("handler %d: range %d to %d", i, h.From, h.To)
		case h.Target < 0 || h.Target >= n || !v.start[h.Target]:
			return fmt.Errorf("handler %d: target %d", i, h.Target)
		case int(h.Reg) >= c.NumRegs:
			return fmt.Errorf("handler %d: register %d of %d", i, h.Reg, c.NumRegs)
		case h.From <= h.Target && h.Target < h.To:
			return fmt.Errorf("handler %d: protects its own target", i)
		}
		if i > 0 && h.From < c.Handlers[i-1].To {
			return fmt.Errorf("handler %d overlaps the one before", i)
		}
	}
	return nil
}

// shape checks what a code says about its variables.
func (v *verifier) shape() error {
	c := v.c
	params := c.NumPos + c.NumKwOnly
	if c.Flags&VarArgs != 0 {
		params++
	}
	if c.Flags&VarKeywords != 0 {
		params++
	}
	switch {
	case len(c.Params) != params:
		return fmt.Errorf("%d names for %d parameters", len(c.Params), params)
	case c.NumPosOnly > c.NumPos:
		return fmt.Errorf("%d of %d parameters positional-only", c.NumPosOnly, c.NumPos)
	case len(c.Locals) > c.NumRegs || params > c.NumRegs:
		return fmt.Errorf("%d locals in %d registers", len(c.Locals), c.NumRegs)
	case len(c.Free) != len(c.Captures) && c.Flags&(ModuleBody) == 0:
		return fmt.Errorf("%d captures for %d free variables", len(c.Captures), len(c.Free))
	case len(c.Free) > 0 && c.FreeBase+len(c.Free) > c.NumRegs:
		return fmt.Errorf("free variables from register %d of %d", c.FreeBase, c.NumRegs)
	}
	for _, r := range c.CellRegs {
		if int(r) >= len(c.Locals) {
			return fmt.Errorf("cell in register %d, which is no local", r)
		}
	}
	for _, k := range c.Children {
		for _, r := range k.Captures {
			if int(r) >= c.NumRegs {
				return fmt.Errorf("child %s captures register %d of %d", k.Qualname, r, c.NumRegs)
			}
		}
	}
	for i := range c.Sites {
		if c.Sites[i].Name == nil {
			return fmt.Errorf("site %d without a name", i)
		}
	}
	return nil
}
