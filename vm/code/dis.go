package code

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"

	"gilt/vm/object"
)

// The disassembler: one line per instruction, its formula with the operands filled in. The columns are source line, label,
// address, opcode, effect:
//
//	def countdown(n): countdown.py, line 1, 1 registers, simple
//	     2          0  JNGTI       if not n > 0: goto L2
//	     3   L1:    1  ISUBI       n = n -= 1
//	     2          2  JGTI        if n > 0: goto L1
//	         L2:    3  RETNONE     return None; yield point

// Disassemble writes code and, after it, its children.
func Disassemble(w io.Writer, c *Code) error {
	d := disassembler{c: c}
	d.header()
	d.body()
	d.tables()
	if _, err := io.WriteString(w, d.out.String()); err != nil {
		return err
	}
	for _, k := range c.Children {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		if err := Disassemble(w, k); err != nil {
			return err
		}
	}
	return nil
}

type disassembler struct {
	c      *Code
	out    strings.Builder
	labels map[int]string
}

func (d *disassembler) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

func (d *disassembler) header() {
	c := d.c
	kind := "def"
	switch {
	case c.Flags&ModuleBody != 0:
		kind = "module"
	case c.Flags&ClassBody != 0:
		kind = "class"
	}
	d.printf("%s %s", kind, c.Qualname)
	if kind == "def" {
		d.printf("(%s)", strings.Join(d.params(), ", "))
	}
	d.printf(": %s, line %d, %d registers", c.File, c.FirstLine, c.NumRegs)
	var flags []string
	for _, f := range []struct {
		bit  Flags
		name string
	}{{Generator, "generator"}, {Simple, "simple"}, {Py2, "2.7"}, {Expr, "expression"}} {
		if c.Flags&f.bit != 0 {
			flags = append(flags, f.name)
		}
	}
	if len(flags) > 0 {
		d.printf(", %s", strings.Join(flags, ", "))
	}
	d.printf("\n")
	if n := len(c.Params); len(c.Locals) > n {
		d.printf("  locals: %s\n", strings.Join(c.Locals[n:], ", "))
	}
	for i, name := range c.Free {
		from := ""
		if i < len(c.Captures) {
			from = " = r" + strconv.Itoa(int(c.Captures[i])) + " of the function around"
		}
		d.printf("  free: %s%s\n", name, from)
	}
}

func (d *disassembler) params() []string {
	c := d.c
	out := make([]string, 0, len(c.Params)+2)
	extra := c.NumPos + c.NumKwOnly
	for i, p := range c.Params[:c.NumPos] {
		out = append(out, p)
		if i+1 == c.NumPosOnly {
			out = append(out, "/")
		}
	}
	rest := c.Params[min(extra, len(c.Params)):]
	switch {
	case c.Flags&VarArgs != 0 && len(rest) > 0:
		out = append(out, "*"+rest[0])
		rest = rest[1:]
	case c.NumKwOnly > 0:
		out = append(out, "*")
	}
	out = append(out, c.Params[c.NumPos:min(extra, len(c.Params))]...)
	if c.Flags&VarKeywords != 0 && len(rest) > 0 {
		out = append(out, "**"+rest[0])
	}
	return out
}

// findLabels names the targets of jumps and handlers, in the order of their addresses.
func (d *disassembler) findLabels() {
	targets := map[int]bool{}
	for pc := range d.c.Instrs {
		if d.c.Instrs[pc].Op == EXT {
			continue
		}
		if to, ok := JumpTarget(d.c.Instrs, pc); ok {
			targets[to] = true
		}
	}
	for _, h := range d.c.Handlers {
		targets[int(h.Target)] = true
	}
	order := make([]int, 0, len(targets))
	for pc := range targets {
		order = append(order, pc)
	}
	sort.Ints(order)
	d.labels = make(map[int]string, len(order))
	for i, pc := range order {
		d.labels[pc] = "L" + strconv.Itoa(i+1)
	}
}

func (d *disassembler) label(pc int) string {
	if l, ok := d.labels[pc]; ok {
		return l
	}
	return "pc " + strconv.Itoa(pc)
}

func (d *disassembler) body() {
	d.findLabels()
	line := int32(-1)
	for pc := 0; pc < len(d.c.Instrs); pc++ {
		in := d.c.Instrs[pc]
		if in.Op >= NumOps {
			d.printf("       %5d  ? %d\n", pc, in.Op)
			continue
		}
		mark := ""
		if l := d.c.Lines[pc].Line; l != line {
			line = l
			mark = strconv.Itoa(int(l))
		}
		label := ""
		if l, ok := d.labels[pc]; ok {
			label = l + ":"
		}
		d.printf("%6s %5s %4d  %-11s %s\n", mark, label, pc, in.Op, d.formula(pc))
		if Table[in.Op].Ext {
			pc++
		}
	}
}

// register writes a register: the name of a local, or its number.
func (d *disassembler) register(r int) string {
	if r < len(d.c.Locals) {
		return d.c.Locals[r]
	}
	if i := r - d.c.FreeBase; len(d.c.Free) > 0 && i >= 0 && i < len(d.c.Free) {
		return d.c.Free[i]
	}
	return "r" + strconv.Itoa(r)
}

func (d *disassembler) constant(i int) string {
	if i < 0 || i >= len(d.c.Consts) {
		return "K[" + strconv.Itoa(i) + "]?"
	}
	return constText(d.c.Consts[i], 0)
}

func (d *disassembler) site(i int) string {
	if i < 0 || i >= len(d.c.Sites) || d.c.Sites[i].Name == nil {
		return "S[" + strconv.Itoa(i) + "]?"
	}
	return d.c.Sites[i].Name.S
}

// formula is the table's formula with the operands of the instruction at pc in it.
func (d *disassembler) formula(pc int) string {
	in := d.c.Instrs[pc]
	info := &Table[in.Op]
	var ext Instr
	if info.Ext && pc+1 < len(d.c.Instrs) {
		ext = d.c.Instrs[pc+1]
	}
	if s, ok := d.special(pc, in, ext); ok {
		return s
	}
	ops := map[byte]int{'A': int(in.A), 'B': int(in.B), 'C': int(in.C)}
	f := info.Formula
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		if i+3 < len(f) && f[i+1] == '[' && strings.IndexByte("RKS", f[i]) >= 0 || i+3 < len(f) && f[i] == 'I' && f[i+1] == '(' {
			end := i + 2 + strings.IndexAny(f[i+2:], "])")
			if s, ok := d.place(f[i], f[i+2:end], ops, in, ext); ok {
				b.WriteString(s)
				i = end
				continue
			}
		}
		if f[i] == 'J' && (i+1 == len(f) || f[i+1] == ' ' || f[i+1] == ';') {
			to, _ := JumpTarget(d.c.Instrs, pc)
			b.WriteString(d.label(to))
			continue
		}
		if strings.HasPrefix(f[i:], "int(BC)") {
			b.WriteString(strconv.Itoa(int(in.Wide())))
			i += len("int(BC)") - 1
			continue
		}
		if (f[i] == 'A' || f[i] == 'B' || f[i] == 'C') && alone(f, i) {
			b.WriteString(strconv.Itoa(ops[f[i]]))
			continue
		}
		b.WriteByte(f[i])
	}
	return b.String()
}

// alone says whether f[i] is a word by itself.
func alone(f string, i int) bool {
	letter := func(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '.' }
	return (i == 0 || !letter(f[i-1])) && (i+1 == len(f) || !letter(f[i+1]) || f[i+1] == '.' && i+2 == len(f))
}

// place fills in one R[...], K[...], S[...] or I(...).
func (d *disassembler) place(kind byte, arg string, ops map[byte]int, in, ext Instr) (string, bool) {
	n := 0
	switch {
	case arg == "BC":
		return d.constant(int(in.Wide())), true
	case arg == "EXT.A":
		n = int(ext.A)
	case arg == "EXT.B":
		n = int(ext.B)
	default:
		base, rest := arg[0], arg[1:]
		v, ok := ops[base]
		if !ok {
			return "", false
		}
		n = v
		for rest != "" { // R[A+1], R[B+C-1], R[A+1+B]
			sign := 1
			if rest[0] == '-' {
				sign = -1
			}
			j := 1
			for j < len(rest) && rest[j] != '+' && rest[j] != '-' {
				j++
			}
			term := rest[1:j]
			rest = rest[j:]
			k, isOp := 0, false
			if len(term) == 1 {
				k, isOp = ops[term[0]]
			}
			if !isOp {
				var err error
				if k, err = strconv.Atoi(term); err != nil {
					return "", false
				}
			}
			n += sign * k
		}
	}
	switch kind {
	case 'R':
		return d.register(n), true
	case 'K':
		return d.constant(n), true
	case 'S':
		return d.site(n), true
	}
	return strconv.Itoa(int(int16(n))), true
}

func (d *disassembler) registers(from, n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = d.register(from + i)
	}
	return strings.Join(names, ", ")
}

// special writes the instructions whose formula describes a form that their operands choose.
func (d *disassembler) special(pc int, in, ext Instr) (string, bool) {
	a, b, c := int(in.A), int(in.B), int(in.C)
	switch in.Op {
	case CALL:
		return fmt.Sprintf("%s = %s(%s)", d.register(c), d.register(a), d.registers(a+1, b)), true
	case CALLM:
		return fmt.Sprintf("%s = %s(%s)", d.register(c), d.register(a), d.registers(a+1, b+1)), true
	case CALLKW:
		args := make([]string, b+int(ext.B))
		for i := range args {
			args[i] = d.register(a + 1 + i)
		}
		if int(ext.A) < len(d.c.Consts) {
			if names, ok := object.AsTuple(d.c.Consts[ext.A]); ok {
				for i, k := len(args)-len(names.Items), 0; k < len(names.Items) && i >= 0; i, k = i+1, k+1 {
					if names.Items[k].Kind() == object.KindStr {
						args[i] = (*object.Str)(names.Items[k].Ref).S + "=" + args[i]
					}
				}
			}
		}
		return fmt.Sprintf("%s = %s(%s)", d.register(c), d.register(a), strings.Join(args, ", ")), true
	case BUILDLIST:
		return fmt.Sprintf("%s = [%s]", d.register(a), d.registers(b, c)), true
	case BUILDTUPLE:
		return fmt.Sprintf("%s = (%s)", d.register(a), d.registers(b, c)), true
	case BUILDSET:
		return fmt.Sprintf("%s = {%s}", d.register(a), d.registers(b, c)), true
	case BUILDSTR:
		return fmt.Sprintf("%s = ''.join(%s)", d.register(a), d.registers(b, c)), true
	case BUILDSLICE:
		return fmt.Sprintf("%s = slice(%s)", d.register(a), d.registers(b, c)), true
	case BUILDDICT:
		pairs := make([]string, c)
		for i := range pairs {
			pairs[i] = d.register(b+2*i) + ": " + d.register(b+2*i+1)
		}
		return fmt.Sprintf("%s = {%s}", d.register(a), strings.Join(pairs, ", ")), true
	case UNPACK:
		return fmt.Sprintf("%s = %s", d.registers(a, c), d.register(b)), true
	case UNPACKEX:
		before, after := c&255, c>>8
		s := d.registers(a, before)
		if before > 0 {
			s += ", "
		}
		s += "*" + d.register(a+before)
		if after > 0 {
			s += ", " + d.registers(a+before+1, after)
		}
		return s + " = " + d.register(b), true
	case GETITER:
		switch c {
		case 1:
			return fmt.Sprintf("%s = iter(%s)", d.register(a), d.register(b)), true
		case 2:
			return fmt.Sprintf("%s.. = iteration state of iterator %s", d.register(a), d.register(b)), true
		case 3:
			return fmt.Sprintf("%s = iter(%s), left to the function if that cannot fail", d.register(a), d.register(b)), true
		}
		return fmt.Sprintf("%s.. = iteration state of iter(%s)", d.register(a), d.register(b)), true
	case FORMAT:
		conv := [...]string{"", "!s", "!r", "!a"}[c&3]
		spec := ""
		if c&4 != 0 {
			spec = ", " + d.register(b+1)
		}
		return fmt.Sprintf("%s = format(%s%s%s)", d.register(a), d.register(b), conv, spec), true
	case FUNC:
		if b >= len(d.c.Children) {
			return "", false
		}
		s := fmt.Sprintf("%s = function %s", d.register(a), d.c.Children[b].Qualname)
		if in.C != 0xffff {
			s += fmt.Sprintf(", defaults %s, keyword defaults %s, annotations %s", d.register(c), d.register(c+1), d.register(c+2))
		}
		return s, true
	case BUILDCLASS:
		return fmt.Sprintf("%s = class with body %s, name %s, bases %s, keywords %s", d.register(a), d.register(b), d.register(b+1), d.register(b+2), d.register(b+3)), true
	case DICTMERGE:
		return fmt.Sprintf("dict %s.update(%s) for a call of %s", d.register(a), d.register(b), d.register(c)), true
	case CALLEX:
		return fmt.Sprintf("%s = %s(*%s, **%s)", d.register(c), d.register(a), d.register(a+1), d.register(a+2)), true
	case MATCHCLASS:
		return fmt.Sprintf("%s = attributes of %s as a %s with %d positional patterns and %s, or None", d.register(a), d.register(b), d.register(c), ext.A, d.constant(int(ext.B))), true
	case JMP, LOOP:
		to, _ := JumpTarget(d.c.Instrs, pc)
		return "goto " + d.label(to), true
	case FORLOOP:
		to, _ := JumpTarget(d.c.Instrs, pc)
		return fmt.Sprintf("if %s.. has a next value: %s = it, goto %s", d.register(b), d.register(a), d.label(to)), true
	case FREE:
		return fmt.Sprintf("%s = cell %d of the closure", d.register(a), b), true
	case IMPORT:
		return fmt.Sprintf("%s = import %s, from-list %s, level %d", d.register(a), d.constant(b), d.constant(c), ext.A), true
	case TICK:
		return fmt.Sprintf("%d ticks", a), true
	case PRINT:
		end := ""
		if c == 1 {
			end = ", no newline"
		}
		return fmt.Sprintf("print >>%s: %s%s", d.register(a), d.registers(a+1, b), end), true
	}
	return "", false
}

func (d *disassembler) tables() {
	for _, h := range d.c.Handlers {
		d.printf("  exception in %d to %d: goto %s with %s, %d handled\n", h.From, h.To-1, d.label(int(h.Target)), d.register(int(h.Reg)), h.Depth)
	}
}

// constText writes a constant about as repr does.
func constText(v object.Value, depth int) string {
	switch v.Kind() {
	case object.KindInt:
		return strconv.FormatInt(int64(v.Bits), 10)
	case object.KindBigInt:
		return (*object.BigInt)(v.Ref).Int.String()
	case object.KindFloat:
		return strconv.FormatFloat(math.Float64frombits(v.Bits), 'g', -1, 64)
	case object.KindNone:
		return "None"
	case object.KindBool:
		if v.Bits != 0 {
			return "True"
		}
		return "False"
	case object.KindEllipsis:
		return "..."
	case object.KindStr:
		s := (*object.Str)(v.Ref).S
		if len(s) > 60 {
			return strconv.Quote(s[:60]) + "..."
		}
		return strconv.Quote(s)
	case object.KindComplex:
		return fmt.Sprint((*object.Complex)(v.Ref).V)
	case object.KindBytes:
		return "a bytes object"
	case object.KindFrozenSet:
		return "a frozenset"
	case object.KindSlice:
		return "a slice"
	case object.KindTuple:
		t := (*object.Tuple)(v.Ref)
		if depth > 3 || len(t.Items) > 12 {
			return fmt.Sprintf("a tuple of %d", len(t.Items))
		}
		items := make([]string, len(t.Items))
		for i, x := range t.Items {
			items[i] = constText(x, depth+1)
		}
		if len(items) == 1 {
			return "(" + items[0] + ",)"
		}
		return "(" + strings.Join(items, ", ") + ")"
	}
	return "?"
}
