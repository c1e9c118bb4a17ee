package syntax

// The operators and expression contexts of the tree. Each has a Name as CPython's ast module spells it and a
// source spelling.

// ExprContext says what happens to the place that an expression names.
type ExprContext uint8

// The contexts.
const (
	Load ExprContext = iota
	Store
	Del
)

// String returns the context's name in the ast module.
func (c ExprContext) String() string { return [...]string{"Load", "Store", "Del"}[c] }

// BoolOperator is and or or.
type BoolOperator uint8

// The boolean operators.
const (
	And BoolOperator = iota
	Or
)

// String returns the operator's name in the ast module.
func (o BoolOperator) String() string { return [...]string{"And", "Or"}[o] }

// Operator is a binary arithmetic or bitwise operator.
type Operator uint8

// The binary operators.
const (
	Add Operator = iota
	Sub
	Mult
	MatMult
	Div
	Mod
	Pow
	LShift
	RShift
	BitOr
	BitXor
	BitAnd
	FloorDiv
)

var operators = [...]struct{ name, text string }{
	Add: {"Add", "+"}, Sub: {"Sub", "-"}, Mult: {"Mult", "*"}, MatMult: {"MatMult", "@"}, Div: {"Div", "/"},
	Mod: {"Mod", "%"}, Pow: {"Pow", "**"}, LShift: {"LShift", "<<"}, RShift: {"RShift", ">>"}, BitOr: {"BitOr", "|"},
	BitXor: {"BitXor", "^"}, BitAnd: {"BitAnd", "&"}, FloorDiv: {"FloorDiv", "//"},
}

// String returns the operator's name in the ast module.
func (o Operator) String() string { return operators[o].name }

// Symbol returns the operator as it is written in Python.
func (o Operator) Symbol() string { return operators[o].text }

// UnaryOperator is an operator before its operand.
type UnaryOperator uint8

// The unary operators.
const (
	Invert UnaryOperator = iota
	Not
	UAdd
	USub
)

// String returns the operator's name in the ast module.
func (o UnaryOperator) String() string { return [...]string{"Invert", "Not", "UAdd", "USub"}[o] }

// Symbol returns the operator as it is written in Python.
func (o UnaryOperator) Symbol() string { return [...]string{"~", "not", "+", "-"}[o] }

// CmpOperator is a comparison.
type CmpOperator uint8

// The comparisons.
const (
	Eq CmpOperator = iota
	NotEq
	Lt
	LtE
	Gt
	GtE
	Is
	IsNot
	In
	NotIn
)

var comparisons = [...]struct{ name, text string }{
	Eq: {"Eq", "=="}, NotEq: {"NotEq", "!="}, Lt: {"Lt", "<"}, LtE: {"LtE", "<="}, Gt: {"Gt", ">"}, GtE: {"GtE", ">="},
	Is: {"Is", "is"}, IsNot: {"IsNot", "is not"}, In: {"In", "in"}, NotIn: {"NotIn", "not in"},
}

// String returns the comparison's name in the ast module.
func (o CmpOperator) String() string { return comparisons[o].name }

// Symbol returns the comparison as it is written in Python.
func (o CmpOperator) Symbol() string { return comparisons[o].text }
