package code

import (
	"strings"
	"testing"
)

// Every opcode must have a row, every row a name and a formula that mentions what the operands say.
func TestTableHasNoHoles(t *testing.T) {
	names := map[string]Op{}
	for op := NOP; op < NumOps; op++ {
		info := Table[op]
		if info.Name == "" || info.Formula == "" {
			t.Errorf("opcode %d (after %s) has no row", op, Table[max(op, 1)-1].Name)
			continue
		}
		if other, ok := names[info.Name]; ok {
			t.Errorf("opcodes %d and %d are both called %s", other, op, info.Name)
		}
		names[info.Name] = op
		if strings.ToUpper(info.Name) != info.Name {
			t.Errorf("%s is not in capitals", info.Name)
		}
		if op.String() != info.Name {
			t.Errorf("String of %s is %s", info.Name, op)
		}
	}
}

// The wide kinds come in pairs of neighbouring operands, and each written operand occurs in the formula.
func TestTableOperands(t *testing.T) {
	for op := NOP; op < NumOps; op++ {
		info := Table[op]
		kinds := []OperandKind{info.A, info.B, info.C}
		for i, k := range kinds {
			wide := k == Wide || k == WideK || k == WideJ
			if wide && (i != 1 || kinds[2] != High) {
				t.Errorf("%s: operand %c is wide without a high half behind it", info.Name, 'A'+i)
			}
			if k == High && kinds[1] != Wide && kinds[1] != WideK && kinds[1] != WideJ {
				t.Errorf("%s: a high half without a low one", info.Name)
			}
			if k == Jump && i != 2 {
				t.Errorf("%s: a short jump offset must be operand C", info.Name)
			}
			if letter := string(rune('A' + i)); k != None && k != High && k != Jump && k != WideJ && k != Wide && k != WideK && op != EXT && !strings.Contains(info.Formula, letter) {
				t.Errorf("%s: the formula does not mention operand %s: %s", info.Name, letter, info.Formula)
			}
		}
		if info.C == Jump || info.B == WideJ {
			if !strings.Contains(info.Formula, "J") {
				t.Errorf("%s: the formula does not jump: %s", info.Name, info.Formula)
			}
		}
	}
}

// The groups that other packages index by operator have the sizes and orders that they count on.
func TestGroups(t *testing.T) {
	if n := SHR - ADD + 1; n != 13 {
		t.Errorf("%d arithmetic instructions, want 13", n)
	}
	for i := Op(0); i < 13; i++ {
		if a, b := Table[ADD+i].Name, Table[IADD+i].Name; "I"+a != b {
			t.Errorf("%s stands where I%s should", b, a)
		}
	}
	for i := Op(0); i < 6; i++ {
		cmp := Table[LT+i].Name
		for prefix, first := range map[string]Op{"J": JLT, "JN": JNLT} {
			if got := Table[first+i].Name; got != prefix+cmp {
				t.Errorf("%s stands where %s%s should", got, prefix, cmp)
			}
		}
		for prefix, first := range map[string]Op{"J": JLTI, "JN": JNLTI} {
			if got := Table[first+i].Name; got != prefix+cmp+"I" {
				t.Errorf("%s stands where %s%sI should", got, prefix, cmp)
			}
		}
	}
}

func TestWide(t *testing.T) {
	for _, n := range []int32{0, 1, -1, 1 << 20, -1 << 31, 1<<31 - 1} {
		in := Instr{B: uint16(uint32(n)), C: uint16(uint32(n) >> 16)}
		if in.Wide() != n {
			t.Errorf("%d comes back as %d", n, in.Wide())
		}
	}
}
