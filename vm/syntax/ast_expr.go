package syntax

// The expressions of the tree. See ast.go for the invariants.

// Expressions.
type (
	// BoolOp is a and b and c, or the same with or.
	BoolOp struct {
		Range
		Op     BoolOperator
		Values []Expr
	}

	// NamedExpr is (Target := Value).
	NamedExpr struct {
		Range
		Target *Name
		Value  Expr
	}

	// BinOp is Left Op Right. Classic is set for a / that divides as Python 2 does.
	BinOp struct {
		Range
		Left    Expr
		Op      Operator
		Right   Expr
		Classic bool
	}

	// UnaryOp is Op Operand.
	UnaryOp struct {
		Range
		Op      UnaryOperator
		Operand Expr
	}

	// Lambda is lambda Args: Body.
	Lambda struct {
		Range
		Args *Arguments
		Body Expr
	}

	// IfExp is Body if Test else Orelse.
	IfExp struct {
		Range
		Test   Expr
		Body   Expr
		Orelse Expr
	}

	// Dict is a dict display. A nil key marks **value.
	Dict struct {
		Range
		Keys   []Expr
		Values []Expr
	}

	// Set is a set display.
	Set struct {
		Range
		Elts []Expr
	}

	// ListComp is [Elt for ...].
	ListComp struct {
		Range
		Elt        Expr
		Generators []*Comprehension
	}

	// SetComp is {Elt for ...}.
	SetComp struct {
		Range
		Elt        Expr
		Generators []*Comprehension
	}

	// DictComp is {Key: Value for ...}.
	DictComp struct {
		Range
		Key        Expr
		Value      Expr
		Generators []*Comprehension
	}

	// GeneratorExp is (Elt for ...).
	GeneratorExp struct {
		Range
		Elt        Expr
		Generators []*Comprehension
	}

	// Await is await Value.
	Await struct {
		Range
		Value Expr
	}

	// Yield is yield Value.
	Yield struct {
		Range
		Value Expr
	}

	// YieldFrom is yield from Value.
	YieldFrom struct {
		Range
		Value Expr
	}

	// Compare is Left Ops[0] Comparators[0] Ops[1] ...
	Compare struct {
		Range
		Left        Expr
		Ops         []CmpOperator
		Comparators []Expr
	}

	// Call is Func(Args, Keywords). *args is a Starred among Args, **kwargs a Keyword without a name.
	Call struct {
		Range
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}

	// FormattedValue is one replacement field of an f-string. Conversion is 's', 'r', 'a' or -1. FormatSpec is
	// nil or a *JoinedStr.
	FormattedValue struct {
		Range
		Value      Expr
		Conversion int
		FormatSpec Expr
	}

	// JoinedStr is an f-string: Constants and FormattedValues.
	JoinedStr struct {
		Range
		Values []Expr
	}

	// Constant is a literal. Value is one of
	//
	//	nil (None), bool, int64, *big.Int (only when it does not fit an int64), float64, complex128,
	//	string (WTF-8: lone surrogates encoded as three bytes), Bytes, EllipsisType
	//
	// Kind is "u" for u'' (and, in Py2, for every literal of type unicode). In Py2 a plain '' is a string with Kind ""
	// whose bytes above 0x7f that came from escapes are the code points of the same number; Kind is "L" for a long.
	Constant struct {
		Range
		Value any
		Kind  string
	}

	// Attribute is Value.Attr.
	Attribute struct {
		Range
		Value Expr
		Attr  string
		Ctx   ExprContext
	}

	// Subscript is Value[Slice].
	Subscript struct {
		Range
		Value Expr
		Slice Expr
		Ctx   ExprContext
	}

	// Starred is *Value.
	Starred struct {
		Range
		Value Expr
		Ctx   ExprContext
	}

	// Name is an identifier.
	Name struct {
		Range
		Id  string
		Ctx ExprContext
	}

	// List is a list display, or a target in brackets.
	List struct {
		Range
		Elts []Expr
		Ctx  ExprContext
	}

	// Tuple is a tuple display, or a target list.
	Tuple struct {
		Range
		Elts []Expr
		Ctx  ExprContext
	}

	// Slice is Lower:Upper:Step; it occurs only in Subscript.Slice, alone or in a Tuple.
	Slice struct {
		Range
		Lower Expr
		Upper Expr
		Step  Expr
	}

	// Repr is `Value` of Py2.
	Repr struct {
		Range
		Value Expr
	}
)

// Bytes is the value of a bytes literal.
type Bytes string

// EllipsisType is the type of the value of the literal "...".
type EllipsisType struct{}

func (*BoolOp) expr()         {}
func (*NamedExpr) expr()      {}
func (*BinOp) expr()          {}
func (*UnaryOp) expr()        {}
func (*Lambda) expr()         {}
func (*IfExp) expr()          {}
func (*Dict) expr()           {}
func (*Set) expr()            {}
func (*ListComp) expr()       {}
func (*SetComp) expr()        {}
func (*DictComp) expr()       {}
func (*GeneratorExp) expr()   {}
func (*Await) expr()          {}
func (*Yield) expr()          {}
func (*YieldFrom) expr()      {}
func (*Compare) expr()        {}
func (*Call) expr()           {}
func (*FormattedValue) expr() {}
func (*JoinedStr) expr()      {}
func (*Constant) expr()       {}
func (*Attribute) expr()      {}
func (*Subscript) expr()      {}
func (*Starred) expr()        {}
func (*Name) expr()           {}
func (*List) expr()           {}
func (*Tuple) expr()          {}
func (*Slice) expr()          {}
func (*Repr) expr()           {}
