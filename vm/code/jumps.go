package code

// Where instructions lead: what the disassembler, the verifier and the compiler need to know about jumps.

// jumpOperand tells how an instruction holds its jump offset; None: it does not jump.
func jumpOperand(info *Info) OperandKind {
	switch {
	case info.C == Jump:
		return Jump
	case info.B == WideJ:
		return WideJ
	}
	return None
}

// JumpTarget is the index of the instruction that the jump at pc goes to; ok is false if that instruction does not jump.
func JumpTarget(instrs []Instr, pc int) (target int, ok bool) {
	in := instrs[pc]
	if in.Op >= NumOps {
		return 0, false
	}
	switch jumpOperand(&Table[in.Op]) {
	case Jump:
		return pc + 1 + int(int16(in.C)), true
	case WideJ:
		return pc + 1 + int(in.Wide()), true
	}
	return 0, false
}

// Ends says whether control never goes on behind an instruction with this opcode.
func (op Op) Ends() bool {
	switch op {
	case JMP, LOOP, RET, RETNONE, RAISE, RAISEFROM, RERAISE, RAISE2:
		return true
	}
	return false
}

// String returns the opcode's name.
func (op Op) String() string {
	if op < NumOps {
		return Table[op].Name
	}
	return "?"
}
