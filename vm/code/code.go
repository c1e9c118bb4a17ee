package code

import (
	"sync/atomic"

	"gilt/vm/object"
)

// SiteRef is a place in the code that looks a name up: the name, and the inline cache. The cache is one pointer to an immutable
// entry, replaced as a whole: threads that run the same code in parallel can only miss, never see half an entry.
type SiteRef struct {
	Name  *object.Str
	Cache atomic.Pointer[CacheEntry]
}

// CacheEntry is what a site learnt. It is never changed after it has been stored in a site.
type CacheEntry struct {
	Shape   *object.Shape // receiver's shape, nil if Type or a global decides
	Type    *object.Type  // receiver's class when it has no shape
	After   *object.Type  // super(): where the search begins
	Version uint64        // definition epoch under which the entry is valid
	Index   int           // slot number in the receiver; -1: the value is Value or in Slot
	Next    *object.Shape // SETATTR that adds the attribute: the shape afterwards
	Slot    *object.Slot  // a global or class attribute that is a variable
	Value   object.Value  // a stable global, builtin, method or class attribute
	Kind    uint8         // what the interpreter loop does with it (package vm's constants)
	RKind   uint8         // receiver's kind, when Shape is nil
	More    *CacheEntry   // other receivers seen at this site (at most 3 more)
}

// Handler is a row of the exception table: an exception raised at From <= pc < To goes to Target, with the exception in
// register Reg, and Depth entries of the frame's handled-exception stack kept. Rows are in the order of addresses and do not overlap.
type Handler struct {
	From, To, Target int32
	Reg              uint16
	Depth            uint16
}

// Flags of a Code.
type Flags uint32

// Flags.
const (
	VarArgs     Flags = 1 << iota // has *args
	VarKeywords                   // has **kwargs
	Generator                     // a generator function
	ClassBody                     // body of a class: R[0] is the namespace
	ModuleBody                    // top level of a module
	Simple                        // only plain positional parameters, no generator: the call fast path
	Py2                           // compiled from the 2.7 dialect
	Expr                          // eval mode: returns the expression's value
)

// Position of an instruction in the source (for tracebacks and profiles).
type Position struct {
	Line, EndLine, Col, EndCol int32
}

// Code is compiled code: immutable once compiled, but for the caches in Sites.
type Code struct {
	object.Header
	Name      string
	Qualname  string
	File      string
	Flags     Flags
	FirstLine int32

	Instrs   []Instr
	Consts   []object.Value
	Sites    []SiteRef
	Children []*Code
	Handlers []Handler
	Lines    []Position // one per instruction
	// Weights has, at each yield point, the number of instructions that the path since the yield point before it has about
	// executed, itself included; 0 elsewhere.
	Weights []uint16

	NumPos     int // positional parameters, the positional-only ones included
	NumPosOnly int
	NumKwOnly  int // keyword-only parameters: registers NumPos...; then *args, then **kwargs
	NumRegs    int
	Params     []string // names of all parameters in register order
	Locals     []string // names of registers [0, len(Locals)), for debugging and locals()
	CellRegs   []uint16 // which of Locals live in cells
	Free       []string // names of the closure's cells; FREE puts cell i into register FreeBase+i
	FreeBase   int
	Captures   []uint16 // for each of Free: the register of the enclosing frame that holds the cell
	Doc        object.Value
	Private    string // class name for __mangling, "" outside of classes

	// Filled by Finish: the names as Python strings, and the keyword names of calls by their constant's index.
	NameStr, QualStr object.Value
	KwNames          [][]string
}

// Finish fills what is derived from the rest, in this code and its children. It is called once, before the code runs.
func (c *Code) Finish(in *object.Interp) {
	c.NameStr, c.QualStr = in.Intern(c.Name).Value(), in.Intern(c.Qualname).Value()
	for pc := range c.Instrs {
		if c.Instrs[pc].Op != CALLKW {
			continue
		}
		k := c.Instrs[pc+1].A
		if c.KwNames == nil {
			c.KwNames = make([][]string, len(c.Consts))
		}
		if c.KwNames[k] == nil {
			items := (*object.Tuple)(c.Consts[k].Ref).Items
			names := make([]string, len(items))
			for i, v := range items {
				names[i] = (*object.Str)(v.Ref).S
			}
			c.KwNames[k] = names
		}
	}
	for _, child := range c.Children {
		child.Finish(in)
	}
}

// Trace implements object.Traceable: where the instruction at pc comes from.
func (c *Code) Trace(pc int) object.TracePos {
	p := object.TracePos{File: c.File, Func: c.Name, Line: int(c.FirstLine), Col: -1}
	if pc >= 0 && pc < len(c.Lines) {
		l := &c.Lines[pc]
		p.Line, p.EndLine, p.Col, p.EndCol = int(l.Line), int(l.EndLine), int(l.Col), int(l.EndCol)
	}
	return p
}
