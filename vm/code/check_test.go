package code

import (
	"strings"
	"testing"

	"gilt/vm/object"
)

// good is a code that passes: a loop over a register with a handler, and a child.
func good() *Code {
	c := &Code{
		Qualname: "good", NumRegs: 6, NumPos: 1, Params: []string{"x"}, Locals: []string{"x", "y"},
		Consts: []object.Value{object.None, object.Int(1)},
		Instrs: []Instr{
			{Op: LOADK, A: 1, B: 1},
			{Op: JNLTI, A: 0, B: 3, C: 2},
			{Op: ADDI, A: 0, B: 0, C: 1},
			{Op: LOOP, B: 0xfffd, C: 0xffff},
			{Op: CALLKW, A: 1, B: 2, C: 1}, {Op: EXT, A: 1, B: 1},
			{Op: FUNC, A: 1, B: 0, C: 0xffff},
			{Op: RET, A: 1},
			{Op: RERAISE, A: 2},
		},
		Handlers: []Handler{{From: 0, To: 2, Target: 8, Reg: 2}},
		Children: []*Code{{Qualname: "child", Instrs: []Instr{{Op: RETNONE}}, Lines: make([]Position, 1)}},
	}
	c.Lines = make([]Position, len(c.Instrs))
	return c
}

func TestCheckAccepts(t *testing.T) {
	if err := Check(good()); err != nil {
		t.Fatal(err)
	}
}

func TestCheckRejects(t *testing.T) {
	tests := []struct {
		name, want string
		spoil      func(c *Code)
	}{
		{"register", "registers 6 to 6 of 6", func(c *Code) { c.Instrs[2].A = 6 }},
		{"run of registers", "registers 1 to 7 of 6", func(c *Code) { c.Instrs[4].B = 5 }},
		{"call window", "registers 3 to 6 of 6", func(c *Code) { c.Instrs[2] = Instr{Op: CALL, A: 3, B: 3} }},
		{"method window", "registers 3 to 6 of 6", func(c *Code) { c.Instrs[2] = Instr{Op: CALLM, A: 3, B: 2} }},
		{"iteration state", "registers 4 to 6 of 6", func(c *Code) { c.Instrs[2] = Instr{Op: GETITER, A: 4} }},
		{"unpack", "registers 4 to 6 of 6", func(c *Code) { c.Instrs[2] = Instr{Op: UNPACK, A: 4, C: 3} }},
		{"dict", "registers 0 to 7 of 6", func(c *Code) { c.Instrs[2] = Instr{Op: BUILDDICT, C: 4} }},
		{"wide constant", "constant 65536 of 2", func(c *Code) { c.Instrs[0].B, c.Instrs[0].C = 0, 1 }},
		{"negative constant", "constant -1 of 2", func(c *Code) { c.Instrs[0].B, c.Instrs[0].C = 0xffff, 0xffff }},
		{"constant in EXT", "constant 9 of 2", func(c *Code) { c.Instrs[5].A = 9 }},
		{"site", "site 0 of 0", func(c *Code) { c.Instrs[2] = Instr{Op: LOADG} }},
		{"child", "child 1 of 1", func(c *Code) { c.Instrs[6].B = 1 }},
		{"jump out", "jump to 40", func(c *Code) { c.Instrs[1].C = 38 }},
		{"jump on EXT", "jump to 5", func(c *Code) { c.Instrs[1].C = 3 }},
		{"LOOP forward", "goes forward", func(c *Code) { c.Instrs[3].B, c.Instrs[3].C = 0, 0 }},
		{"JMP backward", "goes backward", func(c *Code) { c.Instrs[3].Op = JMP }},
		{"opcode", "no such opcode", func(c *Code) { c.Instrs[2].Op = NumOps }},
		{"stray EXT", "EXT without", func(c *Code) { c.Instrs[2] = Instr{Op: EXT} }},
		{"missing EXT", "without its EXT", func(c *Code) { c.Instrs[5] = Instr{Op: NOP} }},
		{"falls off", "falls off the end", func(c *Code) { c.Instrs[8] = Instr{Op: NOP} }},
		{"empty", "no instructions", func(c *Code) { c.Instrs = nil }},
		{"positions", "positions", func(c *Code) { c.Lines = c.Lines[1:] }},
		{"weights", "weights", func(c *Code) { c.Weights = make([]uint16, 3) }},
		{"handler range", "range", func(c *Code) { c.Handlers[0].To = 0 }},
		{"handler target", "target", func(c *Code) { c.Handlers[0].Target = 5 }},
		{"handler register", "register 6 of 6", func(c *Code) { c.Handlers[0].Reg = 6 }},
		{"handler protects itself", "protects its own target", func(c *Code) { c.Handlers[0].Target = 1 }},
		{"handlers overlap", "overlaps", func(c *Code) { c.Handlers = append(c.Handlers, Handler{From: 1, To: 3, Target: 8}) }},
		{"parameters", "names for", func(c *Code) { c.Params = nil }},
		{"positional-only", "positional-only", func(c *Code) { c.NumPosOnly = 2 }},
		{"locals", "locals in", func(c *Code) { c.Locals = make([]string, 7) }},
		{"captures", "captures", func(c *Code) { c.Free = []string{"v"} }},
		{"child's captures", "captures register 6", func(c *Code) {
			c.Children[0].Free, c.Children[0].NumRegs = []string{"v"}, 1
			c.Children[0].Captures = []uint16{6}
		}},
		{"cell", "which is no local", func(c *Code) { c.CellRegs = []uint16{2} }},
		{"nameless site", "without a name", func(c *Code) { c.Sites = make([]SiteRef, 1) }},
		{"child itself", "code child", func(c *Code) { c.Children[0].Instrs[0] = Instr{Op: NOP} }},
	}
	for _, x := range tests {
		c := good()
		x.spoil(c)
		if err := Check(c); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want an error with %q", x.name, err, x.want)
		}
	}
}

// Every instruction must be printable, whatever its operands are.
func TestDisassembleAnything(t *testing.T) {
	for op := NOP; op < NumOps; op++ {
		c := good()
		c.Instrs[2] = Instr{Op: op, A: 77, B: 78, C: 79}
		var b strings.Builder
		if err := Disassemble(&b, c); err != nil {
			t.Fatal(err)
		}
		if op != EXT && !strings.Contains(b.String(), Table[op].Name) {
			t.Errorf("%s is missing in:\n%s", Table[op].Name, b.String())
		}
	}
}
