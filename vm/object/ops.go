package object

// BinOp is a binary operator. The order is that of the instructions code.ADD... and code.IADD...
type BinOp uint8

// The binary operators.
const (
	OpAdd BinOp = iota
	OpSub
	OpMul
	OpDiv
	OpFloorDiv
	OpMod
	OpPow
	OpMatMul
	OpAnd
	OpOr
	OpXor
	OpShl
	OpShr
	NumBinOps
)

// CmpOp is a rich comparison. The order is that of the instructions code.LT...
type CmpOp uint8

// The comparisons.
const (
	CmpLt CmpOp = iota
	CmpLe
	CmpEq
	CmpNe
	CmpGt
	CmpGe
	NumCmpOps
)

// UnOp is a unary operator that a class can define.
type UnOp uint8

// The unary operators.
const (
	OpNeg UnOp = iota
	OpPos
	OpInvert
	NumUnOps
)

var (
	binSymbols = [NumBinOps]string{"+", "-", "*", "/", "//", "%", "** or pow()", "@", "&", "|", "^", "<<", ">>"}
	binNames   = [NumBinOps]string{"add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift"}
	cmpSymbols = [NumCmpOps]string{"<", "<=", "==", "!=", ">", ">="}
	cmpNames   = [NumCmpOps]string{"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"}
	cmpSwapped = [NumCmpOps]CmpOp{CmpGt, CmpGe, CmpEq, CmpNe, CmpLt, CmpLe}
)

// Symbol is the operator as it is written in error messages.
func (op BinOp) Symbol() string { return binSymbols[op] }

// Symbol is the comparison as it is written.
func (op CmpOp) Symbol() string { return cmpSymbols[op] }

// Swapped is the comparison that b op' a must be for a op b.
func (op CmpOp) Swapped() CmpOp { return cmpSwapped[op] }

// Ops are the operations of a builtin class as Go functions: what CPython calls type slots. A nil entry means that the class does not
// have the operation. They get the native value as self, never a subclass's instance (see Native); the other operand of
// Binary and Compare may be anything. A user-defined class points to the Ops of the builtin that it inherits from, and its
// dunder methods go before them.
type Ops struct {
	Repr func(t *Thread, v Value) (string, error)
	Str  func(t *Thread, v Value) (string, error)
	// ReprAs is repr of the value in an instance of a subclass, for classes whose repr shows the class's name.
	ReprAs   func(t *Thread, v Value, class string) (string, error)
	Hash     func(t *Thread, v Value) (int64, error)
	Compare  func(t *Thread, op CmpOp, a, b Value) (Value, error) // NotImplemented when it does not apply
	Bool     func(t *Thread, v Value) (bool, error)
	Len      func(t *Thread, v Value) (int, error)
	GetItem  func(t *Thread, v, key Value) (Value, error)
	SetItem  func(t *Thread, v, key, x Value) error
	DelItem  func(t *Thread, v, key Value) error
	Contains func(t *Thread, v, x Value) (bool, error)
	Iter     func(t *Thread, v Value) (Value, error)
	Next     func(t *Thread, v Value) (Value, bool, error)
	// Binary gets the operands in the order of the source; self may be either of them. NotImplemented when it does not apply.
	Binary [NumBinOps]func(t *Thread, a, b Value) (Value, error)
	// InPlace is nil where the binary operator does the work.
	InPlace [NumBinOps]func(t *Thread, a, b Value) (Value, error)
	Unary   [NumUnOps]func(t *Thread, v Value) (Value, error)
	Index   func(t *Thread, v Value) (Value, error)
	Int     func(t *Thread, v Value) (Value, error)
	Float   func(t *Thread, v Value) (Value, error)
	Call    func(t *Thread, v Value, args []Value, kw *Kwargs) (Value, error)
	// GetAttr and SetAttr replace the generic attribute protocol (modules, super). found = false: AttributeError.
	GetAttr func(t *Thread, v Value, name *Str) (x Value, found bool, err error)
	SetAttr func(t *Thread, v Value, name *Str, x Value) error // x Unset: delete
	// Buffer is the contents of a bytes-like object other than bytes and bytearray.
	Buffer func(t *Thread, v Value) (string, error)
	Format func(t *Thread, v Value, spec string) (string, error)
	// DescrGet is __get__; self is Unset for access through the class.
	DescrGet func(t *Thread, d, self Value, typ *Type) (Value, error)
	DescrSet func(t *Thread, d, self, x Value) error // x Unset: __delete__
	// Sequence: + and * are concatenation and repetition, which CPython tries after the other operand's __radd__, __rmul__.
	Sequence bool
	// New makes the native value for cls(*args, **kw); Init is what the class's __init__ does, nil for nothing.
	New  func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error)
	Init func(t *Thread, self Value, args []Value, kw *Kwargs) error
	// Publish queues what an object refers to when it becomes shared, and converts its representation if need be (see publish.go).
	Publish   func(t *Thread, v Value, add func(Value))
	InitIsNew bool // all of the work is done by New: object's excess-argument check does not apply
}

// SpecialID names a special method for LookupSpecial.
type SpecialID uint8

// The special methods that are looked up on classes. The binary operators, their reflected and their in-place forms are
// contiguous, in the order of BinOp; the comparisons in the order of CmpOp.
const (
	SpAdd  SpecialID = iota
	SpRAdd           = SpAdd + SpecialID(NumBinOps)
	SpIAdd           = SpRAdd + SpecialID(NumBinOps)
	SpLt             = SpIAdd + SpecialID(NumBinOps)
	SpEq             = SpLt + SpecialID(CmpEq)
	SpNeg            = SpLt + SpecialID(NumCmpOps)
)

// The rest of the special methods.
const (
	SpPos SpecialID = SpNeg + 1 + iota
	SpInvert
	SpInit
	SpNew
	SpDel
	SpRepr
	SpStr
	SpBytes
	SpFormat
	SpHash
	SpBool
	SpLen
	SpLengthHint
	SpGetItem
	SpSetItem
	SpDelItem
	SpMissing
	SpContains
	SpIter
	SpNext
	SpReversed
	SpCall
	SpIndex
	SpInt
	SpFloat
	SpComplex
	SpAbs
	SpRound
	SpTrunc
	SpFloor
	SpCeil
	SpDivmod
	SpRDivmod
	SpEnter
	SpExit
	SpGet
	SpSet
	SpDelete
	SpSetName
	SpGetattr
	SpGetattribute
	SpSetattr
	SpDelattr
	SpDir
	SpInitSubclass
	SpClassGetItem
	SpInstanceCheck
	SpSubclassCheck
	SpPrepare
	SpMroEntries
	SpFspath
	SpCopy
	SpDeepCopy
	SpReduce
	SpReduceEx
	SpMatchArgs
	SpNextPy2 // next: iterators of the 2.7 dialect
	SpCmpPy2
	SpNonzeroPy2
	NumSpecial
)

// SpecialNames gives each special method's name.
var SpecialNames = specialNames()

func specialNames() (n [NumSpecial]string) {
	for op, s := range binNames {
		n[SpAdd+SpecialID(op)] = "__" + s + "__"
		n[SpRAdd+SpecialID(op)] = "__r" + s + "__"
		n[SpIAdd+SpecialID(op)] = "__i" + s + "__"
	}
	for op, s := range cmpNames {
		n[SpLt+SpecialID(op)] = s
	}
	rest := [...]string{"neg", "pos", "invert", "init", "new", "del", "repr", "str", "bytes", "format", "hash", "bool", "len", "length_hint",
		"getitem", "setitem", "delitem", "missing", "contains", "iter", "next", "reversed", "call", "index", "int", "float", "complex",
		"abs", "round", "trunc", "floor", "ceil", "divmod", "rdivmod", "enter", "exit", "get", "set", "delete", "set_name", "getattr",
		"getattribute", "setattr", "delattr", "dir", "init_subclass", "class_getitem", "instancecheck", "subclasscheck", "prepare",
		"mro_entries", "fspath", "copy", "deepcopy", "reduce", "reduce_ex", "match_args"}
	for i, s := range rest {
		n[SpNeg+SpecialID(i)] = "__" + s + "__"
	}
	n[SpNextPy2], n[SpCmpPy2], n[SpNonzeroPy2] = "next", "__cmp__", "__nonzero__"
	return n
}
