package object

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// This file has the layouts that the interpreter loop reaches into. Their operations are in files of their own.

// Str is an immutable string, as UTF-8 (lone surrogates as their three-byte form). ASCII strings index by byte;
// others build a table of code points at the first index.
type Str struct {
	Header
	S     string
	hash  atomic.Uint64 // 0: not yet computed
	runes atomic.Pointer[[]rune]
	Len   int     // in code points
	buf   *strBuf // the array that S begins, with room behind it; nil for most strings (see strconcat.go)
}

// Tuple is an immutable sequence.
type Tuple struct {
	Header
	Items []Value
}

// List is a list. While private its elements are in Items; once shared they are in chunks with an orec each (or
// as the run's granularity says), see list_shared.go.
type List struct {
	Mut
	Items  []Value
	shared *sharedList
}

// Cell holds a variable that closures capture.
type Cell struct {
	Mut
	V Value
}

// Slot holds a module global or a class attribute. A slot is written once and read for ever (FlagStable: reads rely on
// the definition epoch, see Interp.Def) until it is written a second time; from then on it is a variable.
type Slot struct {
	Mut
	V    Value
	Name string
}

// Shape maps attribute names to slot numbers for the instances of one class. Shapes form a tree; an instance moves down
// it when it gains an attribute and never up: deleting sets the slot to Unset. Shapes are caches, outside of
// transactions: which attributes exist is decided by the slots' contents alone.
type Shape struct {
	Class  *Type
	parent *Shape
	Name   *Str // the attribute added last; nil at the root
	N      int  // number of slots
	listed bool // has the slot that listing a shared instance's attributes leaves (see census)
	table  *shapeTable
	mu     sync.Mutex // guards next
	next   []*Shape
}

// Instance is an object of a user-defined class (or an exception). Slots has room for Cap values; it is replaced, never
// grown in place. A class that inherits from a builtin keeps the builtin's value in slot 0 (see Type.Native).
type Instance struct {
	Mut
	Shape unsafe.Pointer // *Shape; atomic when shared
	Slots unsafe.Pointer // *[Cap]Value; fixed once shared
	Cap   int32
	more  unsafe.Pointer // *slotBlock: the slots from Cap on, added while shared (so that shared cells never move); atomic
}

// Slot is the address of slot i < Cap. (Cell is for any slot.)
func (o *Instance) Slot(i int) *Value {
	return (*Value)(unsafe.Add(o.Slots, uintptr(i)*unsafe.Sizeof(Value{})))
}

// BuiltinFn is a function in Go. args is valid only during the call; kw is nil when there are no keywords.
type BuiltinFn func(t *Thread, args []Value, kw *Kwargs) (Value, error)

// Kwargs are the keyword arguments of a call, in order.
type Kwargs struct {
	Names  []string
	Values []Value
}

// Builtin is a function in Go as a Python object. With Self set it is bound.
type Builtin struct {
	Header
	Name   string
	Doc    string
	Fn     BuiltinFn
	Self   Value // Unset if none
	Method bool  // a method descriptor: binds its first argument
	Owner  *Type // the class of a method descriptor
	// Special names the builtins that the interpreter loop handles itself when it can (they enter Python code).
	Special uint8
	// Quick names the builtins that the loop need not call in the common cases.
	Quick  uint8
	Module string // name of the module that a function belongs to
}

// Builtins with a Special number.
const (
	BuiltinNext    = 1 + iota // next(it[, default])
	BuiltinSend               // generator.send
	BuiltinGenNext            // generator.__next__
)

// Builtins with a Quick number.
const (
	QuickAppend     = 1 + iota // list.append
	QuickPop                   // list.pop
	QuickAdd                   // set.add
	QuickGet                   // dict.get
	QuickStartsWith            // str.startswith
	QuickEndsWith              // str.endswith
	QuickLen                   // len
)

// Method is a bound method.
type Method struct {
	Header
	Fn   Value
	Self Value
}

// Type is a class. Its attributes are Slots, so that reading one can be cached and changing one is seen. Structure (bases, MRO, layout)
// is fixed at creation.
type Type struct {
	Mut
	Name     string
	Qualname string
	Module   Value
	Bases    []*Type
	MRO      []*Type
	attrs    atomic.Pointer[attrTable]   // name → *Slot, insertion-ordered, copied on insertion
	Native   Kind                        // kind of the builtin in slot 0 of instances; KindUnset if none
	Root     *Shape                      // shape of new instances: the native value if any, then the __slots__
	solid    *Type                       // the class in the MRO that determined the layout last (native value or __slots__)
	expect   atomic.Int32                // number of slots that instances turned out to need
	lookups  atomic.Pointer[lookupCache] // made at the first use
	plan     atomic.Pointer[callPlan]    // how a call of the class begins
	excLay   *excLayout                  // extra fields of an exception class
	Ops      *Ops                        // operations of builtin kinds; inherited by subclasses
	Flags    TypeFlags
	// Meta-level: caches of special methods, filled on demand and dropped when the definition epoch moves.
	special [NumSpecial]atomic.Pointer[specialEntry]
	subs    []*Type // direct subclasses, in order of creation (guarded by Interp.mu)
}

// TypeFlags are properties of a class.
type TypeFlags uint32

// Properties of classes.
const (
	TypeUser            TypeFlags = 1 << iota // made by a class statement
	TypeNoDict                                // instances have only __slots__
	TypeNoSubclass                            // bool, NoneType, function, ...
	TypeException                             // derives from BaseException
	TypeHasGetattr                            // __getattr__ somewhere in the MRO
	TypeHasGetattribute                       // __getattribute__ overridden
	TypeHasSetattr                            // __setattr__ overridden
	TypeHasDelattr                            // __delattr__ overridden
	TypeAbstract                              // has abstract methods
	TypeStatic                                // a class of the library in Python that stands for one in C: immutable, named with its module
)

// Interp is one interpreter: its types, modules and tables. There is nothing mutable outside of it.
type Interp struct {
	Mutant Mutant // injected bug, in builds that can have one

	// Def is the definition epoch: its version moves when a stable slot is rebound or a class changes. Every slice has it in
	// its read set from the start, so inline caches filled under version v are valid in slices with DefSeen == v.
	Def   stm.Orec
	Types Types
	// ByKind has the class of every kind whose values' headers need not name it.
	ByKind    [NumKinds]*Type
	defWord   Value  // the word under Def that slices write to move it
	ids       uint64 // identities of builtin objects (made before any thread runs)
	names     Names
	frameType *Type        // of the frames of tracebacks; guarded by mu
	strDigits atomic.Int64 // limit of digits in conversions of ints, plus 1; 0: the default
	chars     [256]Str     // the strings of one character below 256
	// Stm is the transactional memory in use, nil without.
	Stm         *stm.System
	Granularity Granularity
	Off         Off      // optimisations that the run does without
	intern      sync.Map // string → *Str
	mu          sync.Mutex
	Modules     *Dict       // sys.modules
	Builtins    *Module     // module builtins
	Host        Host        // files, output, clock of the outside world
	Dialect2    bool        // Python 2.7
	MemoryLimit int64       // bound of the heap in bytes, see memory.go; 0: none
	Tight       atomic.Bool // the collector has found little room left
	claims      claims      // what is private for now although it was shared (see claim.go)
	Ext         sync.Map    // per-interpreter state of modules written in Go, by module name
}

// Granularity of conflict detection inside containers.
type Granularity uint8

// The granularities.
const (
	GranChunk  Granularity = iota // per chunk of a list, region of a dict; per object otherwise
	GranObject                    // one orec per object
	GranSlot                      // one orec per element, entry or attribute
)

// Module is a module object; its globals are slots.
type Module struct {
	Mut
	Name string
	NS   *Namespace
}

var _ = stm.Word{}
