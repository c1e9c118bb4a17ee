// Package code holds gilt's bytecode: the instruction table, Code objects and the disassembler.
//
// The machine has registers. A frame is a window of registers: parameters first, then the other locals, then
// temporaries. An instruction is eight bytes: an opcode and three 16-bit operands A, B, C. One table (Table) drives
// the names, the disassembler, the operand checks and this documentation; a test fails on holes.
//
// Notation in formulas: R[x] register, K[x] constant, I(x) the operand as a signed 16-bit integer, S[x] site (a name with its inline
// cache), J the jump target (pc of the next instruction + I(C), or + the signed 32-bit number in B,C for wide jumps).
// Back-edges (jumps with a negative offset), calls and returns are the yield points.
package code

// Op is an opcode.
type Op uint16

// Instr is one instruction.
type Instr struct {
	Op      Op
	A, B, C uint16
}

// Wide is the signed 32-bit number in B and C (C is the high half).
func (i Instr) Wide() int32 { return int32(uint32(i.B) | uint32(i.C)<<16) }

// OperandKind tells how an operand is to be read, printed and checked.
type OperandKind uint8

// Operand kinds.
const (
	None   OperandKind = iota
	Dst                // register written
	Src                // register read
	SrcDst             // register read and written
	Base               // first of a run of registers
	Const              // index into Consts
	Imm                // signed 16-bit integer
	Count              // unsigned number
	Site               // index into Sites
	Child              // index into Children
	Jump               // signed 16-bit offset from the next instruction
	Wide               // low half of a 32-bit number (the next operand is its high half)
	WideK              // low half of a 32-bit constant index
	WideJ              // low half of a 32-bit jump offset
	High               // high half of the operand before
)

// Info is a row of the table.
type Info struct {
	Name    string
	A, B, C OperandKind
	Formula string // effect in one line
	Ext     bool   // followed by one EXT word
	Ticks   uint8  // ticks of CPython 2.7 that the instruction stands for (see TICK)
}

// The instructions. Their order is that of Table.
const (
	NOP Op = iota
	EXT
	// Moves and constants.
	MOVE
	LOADK
	LOADI
	UNSET
	CHECK
	// Variables.
	LOADG
	STOREG
	DELG
	LOADN
	STOREN
	DELN
	LOADNC
	NEWCELL
	BOXCELL
	FREE
	LOADC
	STOREC
	DELC
	DELR
	// Arithmetic: R op R. The order of these thirteen is that of object.BinOp.
	ADD
	SUB
	MUL
	DIV
	FLOORDIV
	MOD
	POW
	MATMUL
	AND
	OR
	XOR
	SHL
	SHR
	// In place.
	IADD
	ISUB
	IMUL
	IDIV
	IFLOORDIV
	IMOD
	IPOW
	IMATMUL
	IAND
	IOR
	IXOR
	ISHL
	ISHR
	// The / of the 2.7 dialect without the division future: floors two integers.
	DIV2
	IDIV2
	// With a small integer on the right.
	ADDI
	SUBI
	IADDI
	ISUBI
	MULI
	FLOORDIVI
	MODI
	ANDI
	SHLI
	SHRI
	// With a constant on the right, on the left.
	ADDK
	SUBK
	MULK
	DIVK
	POWK
	KADD
	KSUB
	KMUL
	KDIV
	// Unary.
	NEG
	POS
	INVERT
	NOT
	BOOL
	// Comparisons into a register. The order of the first six is that of object.CmpOp.
	LT
	LE
	EQ
	NE
	GT
	GE
	IS
	ISNOT
	IN
	NOTIN
	// Jumps.
	JMP
	LOOP
	JT
	JF
	JNONE
	JNOTNONE
	JUNSET
	// Compare and jump if true: R with R.
	JLT
	JLE
	JEQ
	JNE
	JGT
	JGE
	// Compare and jump if not true (which is not the opposite comparison: NaN).
	JNLT
	JNLE
	JNEQ
	JNNE
	JNGT
	JNGE
	// The same with a small integer on the right.
	JLTI
	JLEI
	JEQI
	JNEI
	JGTI
	JGEI
	JNLTI
	JNLEI
	JNEQI
	JNNEI
	JNGTI
	JNGEI
	// Iteration.
	GETITER
	FORLOOP
	// Items and attributes.
	GETITEM
	GETITEMI
	SETITEM
	DELITEM
	GETATTR
	SETATTR
	DELATTR
	GETMETHOD
	GETSPECIAL
	// Displays.
	BUILDLIST
	BUILDTUPLE
	BUILDSET
	BUILDDICT
	BUILDSTR
	BUILDSLICE
	LISTAPPEND
	LISTEXTEND
	SETADD
	SETUPDATE
	DICTSET
	DICTUPDATE
	DICTMERGE
	LISTTUPLE
	FORMAT
	UNPACK
	UNPACKEX
	// Calls.
	CALL
	CALLM
	CALLKW
	CALLEX
	RET
	RETNONE
	FUNC
	BUILDCLASS
	SUPER
	// Generators.
	YIELD
	YIELDFROM
	// Exceptions.
	RAISE
	RAISEFROM
	RERAISE
	PUSHEXC
	POPEXC
	EXCMATCH
	EXCINFO
	LOADBUILTIN
	// Modules.
	IMPORT
	IMPORTFROM
	IMPORTSTAR
	// Pattern matching.
	MATCHSEQ
	MATCHMAP
	MATCHKEYS
	MATCHCLASS
	GETLEN
	// The tick-counting lock.
	TICK
	// Native print statement of the 2.7 dialect.
	PRINT
	RAISE2
	NumOps
)

// Table describes every instruction.
var Table = [NumOps]Info{
	NOP:     {Name: "NOP", Formula: "nothing"},
	EXT:     {Name: "EXT", A: Count, B: Count, C: Count, Formula: "operands of the instruction before"},
	MOVE:    {Name: "MOVE", A: Dst, B: Src, Formula: "R[A] = R[B]"},
	LOADK:   {Name: "LOADK", A: Dst, B: WideK, C: High, Formula: "R[A] = K[BC]"},
	LOADI:   {Name: "LOADI", A: Dst, B: Wide, C: High, Formula: "R[A] = int(BC)"},
	UNSET:   {Name: "UNSET", A: Dst, Formula: "R[A] = unset"},
	CHECK:   {Name: "CHECK", A: Src, B: Const, Formula: "if R[A] is unset: raise UnboundLocalError(K[B])"},
	LOADG:   {Name: "LOADG", A: Dst, B: Site, Formula: "R[A] = global or builtin S[B]", Ticks: 1},
	STOREG:  {Name: "STOREG", A: Src, B: Site, Formula: "global S[B] = R[A]", Ticks: 1},
	DELG:    {Name: "DELG", B: Site, Formula: "del global S[B]", Ticks: 1},
	LOADN:   {Name: "LOADN", A: Dst, B: Site, Formula: "R[A] = class namespace R[0], global or builtin S[B]", Ticks: 1},
	STOREN:  {Name: "STOREN", A: Src, B: Site, Formula: "class namespace R[0] at S[B] = R[A]", Ticks: 1},
	DELN:    {Name: "DELN", B: Site, Formula: "del class namespace R[0] at S[B]", Ticks: 1},
	LOADNC:  {Name: "LOADNC", A: Dst, B: Site, C: Src, Formula: "R[A] = class namespace R[0] at S[B], else contents of cell R[C]", Ticks: 1},
	NEWCELL: {Name: "NEWCELL", A: Dst, Formula: "R[A] = cell(unset)"},
	BOXCELL: {Name: "BOXCELL", A: SrcDst, Formula: "R[A] = cell(R[A])"},
	FREE:    {Name: "FREE", A: Dst, B: Count, Formula: "R[A] = cell B of the function's closure"},
	LOADC:   {Name: "LOADC", A: Dst, B: Src, C: Const, Formula: "R[A] = contents of cell R[B]; unset: NameError(K[C])", Ticks: 1},
	STOREC:  {Name: "STOREC", A: Src, B: Src, Formula: "contents of cell R[A] = R[B]", Ticks: 1},
	DELC:    {Name: "DELC", A: Src, C: Const, Formula: "empty cell R[A]; already empty: NameError(K[C])"},
	DELR:    {Name: "DELR", A: SrcDst, B: Const, Formula: "R[A] = unset; already unset: UnboundLocalError(K[B])"},

	ADD: bin("ADD", "+"), SUB: bin("SUB", "-"), MUL: bin("MUL", "*"), DIV: bin("DIV", "/"), FLOORDIV: bin("FLOORDIV", "//"),
	MOD: bin("MOD", "%"), POW: bin("POW", "**"), MATMUL: bin("MATMUL", "@"), AND: bin("AND", "&"), OR: bin("OR", "|"),
	XOR: bin("XOR", "^"), SHL: bin("SHL", "<<"), SHR: bin("SHR", ">>"),
	IADD: bin("IADD", "+="), ISUB: bin("ISUB", "-="), IMUL: bin("IMUL", "*="), IDIV: bin("IDIV", "/="), IFLOORDIV: bin("IFLOORDIV", "//="),
	IMOD: bin("IMOD", "%="), IPOW: bin("IPOW", "**="), IMATMUL: bin("IMATMUL", "@="), IAND: bin("IAND", "&="), IOR: bin("IOR", "|="),
	IXOR: bin("IXOR", "^="), ISHL: bin("ISHL", "<<="), ISHR: bin("ISHR", ">>="),
	DIV2: bin("DIV2", "/ (2.7)"), IDIV2: bin("IDIV2", "/= (2.7)"),
	ADDI: imm("ADDI", "+"), SUBI: imm("SUBI", "-"), IADDI: imm("IADDI", "+="), ISUBI: imm("ISUBI", "-="), MULI: imm("MULI", "*"),
	FLOORDIVI: imm("FLOORDIVI", "//"), MODI: imm("MODI", "%"), ANDI: imm("ANDI", "&"), SHLI: imm("SHLI", "<<"), SHRI: imm("SHRI", ">>"),
	ADDK: con("ADDK", "+"), SUBK: con("SUBK", "-"), MULK: con("MULK", "*"), DIVK: con("DIVK", "/"), POWK: con("POWK", "**"),
	KADD: nock("KADD", "+"), KSUB: nock("KSUB", "-"), KMUL: nock("KMUL", "*"), KDIV: nock("KDIV", "/"),
	NEG: un("NEG", "-"), POS: un("POS", "+"), INVERT: un("INVERT", "~"), NOT: un("NOT", "not "), BOOL: un("BOOL", "bool "),
	LT: bin("LT", "<"), LE: bin("LE", "<="), EQ: bin("EQ", "=="), NE: bin("NE", "!="), GT: bin("GT", ">"), GE: bin("GE", ">="),
	IS: bin("IS", "is"), ISNOT: bin("ISNOT", "is not"), IN: bin("IN", "in"), NOTIN: bin("NOTIN", "not in"),

	JMP:      {Name: "JMP", B: WideJ, C: High, Formula: "goto J (forward)"},
	LOOP:     {Name: "LOOP", B: WideJ, C: High, Formula: "goto J (backward); yield point", Ticks: 1},
	JT:       {Name: "JT", A: Src, B: WideJ, C: High, Formula: "if R[A]: goto J"},
	JF:       {Name: "JF", A: Src, B: WideJ, C: High, Formula: "if not R[A]: goto J"},
	JNONE:    {Name: "JNONE", A: Src, B: WideJ, C: High, Formula: "if R[A] is None: goto J"},
	JNOTNONE: {Name: "JNOTNONE", A: Src, B: WideJ, C: High, Formula: "if R[A] is not None: goto J"},
	JUNSET:   {Name: "JUNSET", A: Src, B: WideJ, C: High, Formula: "if R[A] is unset: goto J"},
	JLT:      jump("JLT", "<"), JLE: jump("JLE", "<="), JEQ: jump("JEQ", "=="), JNE: jump("JNE", "!="), JGT: jump("JGT", ">"), JGE: jump("JGE", ">="),
	JNLT: jumpn("JNLT", "<"), JNLE: jumpn("JNLE", "<="), JNEQ: jumpn("JNEQ", "=="), JNNE: jumpn("JNNE", "!="), JNGT: jumpn("JNGT", ">"), JNGE: jumpn("JNGE", ">="),
	JLTI: jumpi("JLTI", "<"), JLEI: jumpi("JLEI", "<="), JEQI: jumpi("JEQI", "=="), JNEI: jumpi("JNEI", "!="), JGTI: jumpi("JGTI", ">"), JGEI: jumpi("JGEI", ">="),
	JNLTI: jumpni("JNLTI", "<"), JNLEI: jumpni("JNLEI", "<="), JNEQI: jumpni("JNEQI", "=="), JNNEI: jumpni("JNNEI", "!="), JNGTI: jumpni("JNGTI", ">"), JNGEI: jumpni("JNGEI", ">="),

	GETITER: {Name: "GETITER", A: Base, B: Src, Formula: "R[A..A+2] = iteration state of iter(R[B]); only FORLOOP reads it. C = 1: R[A] = iter(R[B]), a Python object, nothing else is written. C = 2: as 0, but R[B] comes from a GETITER with C = 3. C = 3: as 1, but a list, tuple, range, str or generator stays as it is", C: Count, Ticks: 1},
	FORLOOP: {Name: "FORLOOP", A: Dst, B: Base, C: Jump, Formula: "if the iteration R[B..B+2] has a next value: R[A] = it, goto J; yield point when J is backward", Ticks: 1},

	GETITEM:    {Name: "GETITEM", A: Dst, B: Src, C: Src, Formula: "R[A] = R[B][R[C]]", Ticks: 1},
	GETITEMI:   {Name: "GETITEMI", A: Dst, B: Src, C: Imm, Formula: "R[A] = R[B][I(C)]", Ticks: 1},
	SETITEM:    {Name: "SETITEM", A: Src, B: Src, C: Src, Formula: "R[A][R[B]] = R[C]", Ticks: 1},
	DELITEM:    {Name: "DELITEM", A: Src, B: Src, Formula: "del R[A][R[B]]", Ticks: 1},
	GETATTR:    {Name: "GETATTR", A: Dst, B: Src, C: Site, Formula: "R[A] = R[B].S[C]", Ticks: 1},
	SETATTR:    {Name: "SETATTR", A: Src, B: Src, C: Site, Formula: "R[A].S[C] = R[B]", Ticks: 1},
	DELATTR:    {Name: "DELATTR", A: Src, C: Site, Formula: "del R[A].S[C]", Ticks: 1},
	GETMETHOD:  {Name: "GETMETHOD", A: Base, B: Src, C: Site, Formula: "R[A], R[A+1] = function, self of R[B].S[C]; no method: R[A], R[A+1] = the attribute, unset", Ticks: 1},
	GETSPECIAL: {Name: "GETSPECIAL", A: Base, B: Src, C: Const, Formula: "R[A], R[A+1] = special method K[C] looked up on type(R[B]), R[B]", Ticks: 1},

	BUILDLIST:  {Name: "BUILDLIST", A: Dst, B: Base, C: Count, Formula: "R[A] = [R[B], ..., R[B+C-1]]", Ticks: 1},
	BUILDTUPLE: {Name: "BUILDTUPLE", A: Dst, B: Base, C: Count, Formula: "R[A] = (R[B], ..., R[B+C-1])", Ticks: 1},
	BUILDSET:   {Name: "BUILDSET", A: Dst, B: Base, C: Count, Formula: "R[A] = {R[B], ..., R[B+C-1]}", Ticks: 1},
	BUILDDICT:  {Name: "BUILDDICT", A: Dst, B: Base, C: Count, Formula: "R[A] = {R[B]: R[B+1], ...}, C pairs", Ticks: 1},
	BUILDSTR:   {Name: "BUILDSTR", A: Dst, B: Base, C: Count, Formula: "R[A] = ''.join(R[B], ..., R[B+C-1])", Ticks: 1},
	BUILDSLICE: {Name: "BUILDSLICE", A: Dst, B: Base, C: Count, Formula: "R[A] = slice(R[B], R[B+1]) or, C = 3, slice(R[B], R[B+1], R[B+2])", Ticks: 1},
	LISTAPPEND: {Name: "LISTAPPEND", A: Src, B: Src, Formula: "list R[A].append(R[B])", Ticks: 1},
	LISTEXTEND: {Name: "LISTEXTEND", A: Src, B: Src, Formula: "list R[A].extend(R[B]) (display *x; error if not iterable)", Ticks: 1},
	SETADD:     {Name: "SETADD", A: Src, B: Src, Formula: "set R[A].add(R[B])", Ticks: 1},
	SETUPDATE:  {Name: "SETUPDATE", A: Src, B: Src, Formula: "set R[A].update(R[B])", Ticks: 1},
	DICTSET:    {Name: "DICTSET", A: Src, B: Src, C: Src, Formula: "dict R[A][R[B]] = R[C]", Ticks: 1},
	DICTUPDATE: {Name: "DICTUPDATE", A: Src, B: Src, Formula: "dict R[A].update(R[B]) (display **x)", Ticks: 1},
	DICTMERGE:  {Name: "DICTMERGE", A: Src, B: Src, C: Src, Formula: "dict R[A].update(R[B]), for call **x of function R[C]; a key that is there already: TypeError", Ticks: 1},
	LISTTUPLE:  {Name: "LISTTUPLE", A: Dst, B: Src, Formula: "R[A] = tuple(list R[B])", Ticks: 1},
	FORMAT:     {Name: "FORMAT", A: Dst, B: Base, C: Count, Formula: "R[A] = format(R[B], spec); C & 3: 1 str, 2 repr, 3 ascii first; C & 4: the spec is in R[B+1]", Ticks: 1},
	UNPACK:     {Name: "UNPACK", A: Base, B: Src, C: Count, Formula: "R[A], ..., R[A+C-1] = R[B]; nothing is written if it fails", Ticks: 1},
	UNPACKEX:   {Name: "UNPACKEX", A: Base, B: Src, C: Count, Formula: "R[A..] = R[B] with C&255 values before the starred one, C>>8 after", Ticks: 1},

	CALL:        {Name: "CALL", A: Base, B: Count, C: Dst, Formula: "R[C] = R[A](R[A+1], ..., R[A+B]); yield point", Ticks: 1},
	CALLM:       {Name: "CALLM", A: Base, B: Count, C: Dst, Formula: "R[C] = R[A](R[A+1], R[A+2], ..., R[A+1+B]), without R[A+1] if that is unset; yield point", Ticks: 1},
	CALLKW:      {Name: "CALLKW", A: Base, B: Count, C: Dst, Ext: true, Formula: "R[C] = R[A](B arguments in R[A+1..], the last of them named by the tuple K[EXT.A]); EXT.B = 1: self or unset in R[A+1], the arguments follow", Ticks: 1},
	CALLEX:      {Name: "CALLEX", A: Base, C: Dst, Formula: "R[C] = R[A](*R[A+1], **R[A+2]), any iterable and any mapping; R[A+2] may be unset; yield point", Ticks: 1},
	RET:         {Name: "RET", A: Src, Formula: "return R[A]; yield point", Ticks: 1},
	RETNONE:     {Name: "RETNONE", Formula: "return None; yield point", Ticks: 1},
	FUNC:        {Name: "FUNC", A: Dst, B: Child, C: Base, Formula: "R[A] = function of child B; R[C] = defaults tuple, R[C+1] = keyword defaults dict, R[C+2] = annotations dict, each or unset; C = 65535: none of the three; closure as the child's Captures say", Ticks: 1},
	BUILDCLASS:  {Name: "BUILDCLASS", A: Dst, B: Base, Formula: "R[A] = class with body R[B], name R[B+1], bases tuple R[B+2], keywords dict R[B+3] or unset; the body returns its __class__ cell or None", Ticks: 1},
	SUPER:       {Name: "SUPER", A: Dst, B: Src, C: Src, Formula: "R[A] = super(contents of cell R[B], R[C]) if the global super is the builtin: zero-argument super", Ticks: 1},
	YIELD:       {Name: "YIELD", A: Dst, B: Src, Formula: "yield R[B]; R[A] = what was sent", Ticks: 1},
	YIELDFROM:   {Name: "YIELDFROM", A: Dst, B: SrcDst, Formula: "R[A] = yield from R[B] (already an iterator; A may not be B)", Ticks: 1},
	RAISE:       {Name: "RAISE", A: Src, Formula: "raise R[A]; unset: raise what is being handled", Ticks: 1},
	RAISEFROM:   {Name: "RAISEFROM", A: Src, B: Src, Formula: "raise R[A] from R[B]", Ticks: 1},
	RERAISE:     {Name: "RERAISE", A: Src, Formula: "go on unwinding with R[A]", Ticks: 1},
	PUSHEXC:     {Name: "PUSHEXC", A: Src, Formula: "R[A] is being handled from here"},
	POPEXC:      {Name: "POPEXC", Formula: "what was being handled before is being handled again"},
	EXCMATCH:    {Name: "EXCMATCH", A: Dst, B: Src, C: Src, Formula: "R[A] = exception R[B] matches R[C] (a class or a tuple of classes)", Ticks: 1},
	EXCINFO:     {Name: "EXCINFO", A: Base, B: Src, Formula: "R[A], R[A+1], R[A+2] = type, value, traceback of R[B]"},
	LOADBUILTIN: {Name: "LOADBUILTIN", A: Dst, B: Const, Formula: "R[A] = builtin K[B], whatever the program has done to the name"},
	IMPORT:      {Name: "IMPORT", A: Dst, B: Const, C: Const, Ext: true, Formula: "R[A] = import module K[B], from-list K[C] (a tuple or None), level EXT.A", Ticks: 1},
	IMPORTFROM:  {Name: "IMPORTFROM", A: Dst, B: Src, C: Const, Formula: "R[A] = name K[C] of module R[B]", Ticks: 1},
	IMPORTSTAR:  {Name: "IMPORTSTAR", A: Src, Formula: "all public names of module R[A] become globals", Ticks: 1},
	MATCHSEQ:    {Name: "MATCHSEQ", A: Dst, B: Src, Formula: "R[A] = R[B] can match a sequence pattern"},
	MATCHMAP:    {Name: "MATCHMAP", A: Dst, B: Src, Formula: "R[A] = R[B] can match a mapping pattern"},
	MATCHKEYS:   {Name: "MATCHKEYS", A: Dst, B: Src, C: Src, Formula: "R[A] = tuple of the values of mapping R[B] at keys tuple R[C], or None"},
	MATCHCLASS:  {Name: "MATCHCLASS", A: Dst, B: Src, C: Src, Ext: true, Formula: "R[A] = tuple of attributes of R[B] for class R[C] with EXT.A positional patterns and keyword names K[EXT.B], or None"},
	GETLEN:      {Name: "GETLEN", A: Dst, B: Src, Formula: "R[A] = len(R[B])"},
	TICK:        {Name: "TICK", A: Count, Formula: "A ticks of the tick-counting lock are over (only in code compiled for it)"},
	PRINT:       {Name: "PRINT", A: Base, B: Count, C: Count, Formula: "2.7's print: R[A] file or None, R[A+1..A+B] values; C = 1: no newline"},
	RAISE2:      {Name: "RAISE2", A: Base, Formula: "2.7's raise R[A], R[A+1], R[A+2]: class or instance, value or unset, traceback or unset", Ticks: 1},
}

func bin(name, sym string) Info {
	return Info{Name: name, A: Dst, B: Src, C: Src, Formula: "R[A] = R[B] " + sym + " R[C]", Ticks: 1}
}
func imm(name, sym string) Info {
	return Info{Name: name, A: Dst, B: Src, C: Imm, Formula: "R[A] = R[B] " + sym + " I(C)", Ticks: 1}
}
func con(name, sym string) Info {
	return Info{Name: name, A: Dst, B: Src, C: Const, Formula: "R[A] = R[B] " + sym + " K[C]", Ticks: 1}
}
func nock(name, sym string) Info {
	return Info{Name: name, A: Dst, B: Const, C: Src, Formula: "R[A] = K[B] " + sym + " R[C]", Ticks: 1}
}
func un(name, sym string) Info {
	return Info{Name: name, A: Dst, B: Src, Formula: "R[A] = " + sym + "R[B]", Ticks: 1}
}
func jump(name, sym string) Info {
	return Info{Name: name, A: Src, B: Src, C: Jump, Formula: "if R[A] " + sym + " R[B]: goto J", Ticks: 1}
}
func jumpn(name, sym string) Info {
	return Info{Name: name, A: Src, B: Src, C: Jump, Formula: "if not R[A] " + sym + " R[B]: goto J", Ticks: 1}
}
func jumpi(name, sym string) Info {
	return Info{Name: name, A: Src, B: Imm, C: Jump, Formula: "if R[A] " + sym + " I(B): goto J", Ticks: 1}
}
func jumpni(name, sym string) Info {
	return Info{Name: name, A: Src, B: Imm, C: Jump, Formula: "if not R[A] " + sym + " I(B): goto J", Ticks: 1}
}
