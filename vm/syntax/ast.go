package syntax

// The syntax tree. One Go struct per node of CPython 3.13's ast module, with the same names and the same fields
// (spelled in Go's way: kw_defaults is KwDefaults). Invariants:
//
//   - An optional child is a nil interface or pointer; an absent identifier is "".
//   - Lists may be nil when empty, and have nil elements only where CPython has None (Dict.Keys for **mapping,
//     Arguments.KwDefaults for a keyword-only parameter without a default).
//   - Identifiers are NFKC-normalised, as CPython's are; they are not mangled.
//   - Async forms are the plain nodes with IsAsync set.
//   - Nodes are not shared: a tree is a tree.
//   - Only trees of dialect Py2 hold Print, Exec and Repr nodes, Raise.Inst/Tback, ExceptHandler.Target, Arg.Target
//     and Classic operators.

// Pos is a place in the source: a line counted from 1 and a column in bytes of UTF-8 counted from 0, which is
// how CPython's lineno and col_offset count. [Source.Column] converts to code points.
type Pos struct{ Line, Col int32 }

// Before reports whether p comes before q in the source.
func (p Pos) Before(q Pos) bool { return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col }

// Range is the extent of a node: from Start up to, and not including, End.
type Range struct{ Start, End Pos }

// Span returns the range itself; nodes embed Range and so implement [Node].
func (r *Range) Span() Range { return *r }

// Node is any node of the tree that has a position.
type Node interface{ Span() Range }

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// Pattern is a pattern of a match statement.
type Pattern interface {
	Node
	pattern()
}

// TypeParam is one parameter between the brackets of a generic function, class or type alias.
type TypeParam interface {
	Node
	typeParam()
}

// Dialect says which Python a source is written in.
type Dialect uint8

// The dialects.
const (
	Py3 Dialect = iota // Python 3.13
	Py2                // Python 2.7
)

// String returns "3" or "2", the spelling of the command's -py flag.
func (d Dialect) String() string {
	if d == Py2 {
		return "2"
	}
	return "3"
}

// Future is the set of features that a module's from __future__ imports switch on.
type Future uint8

// The features that change what a program means. The others (nested_scopes, generators, with_statement,
// absolute_import, generator_stop, barry_as_FLUFL) are accepted and have no flag.
const (
	FutureDivision        Future = 1 << iota // / is true division in Py2
	FuturePrintFunction                      // print is a name in Py2
	FutureUnicodeLiterals                    // '' is unicode in Py2
	FutureAnnotations                        // annotations are kept as text
)

// Module is a whole source file.
type Module struct {
	Body    []Stmt
	Dialect Dialect
	Future  Future
	Source  *Source

	Warnings []Warning // in the order of the source
}

// Expression is the tree of a single expression, as eval wants it.
type Expression struct {
	Body    Expr
	Dialect Dialect
	Source  *Source
}

// Statements.
type (
	// FunctionDef is a def statement, and an async def when IsAsync is set. Start is the position of the word def (or
	// async), not that of the first decorator.
	FunctionDef struct {
		Range
		Name          string
		Args          *Arguments
		Body          []Stmt
		DecoratorList []Expr
		Returns       Expr
		TypeParams    []TypeParam
		IsAsync       bool
	}

	// ClassDef is a class statement. In Py2 it has no Keywords.
	ClassDef struct {
		Range
		Name          string
		Bases         []Expr
		Keywords      []*Keyword
		Body          []Stmt
		DecoratorList []Expr
		TypeParams    []TypeParam
	}

	// Return is a return statement.
	Return struct {
		Range
		Value Expr
	}

	// Delete is a del statement.
	Delete struct {
		Range
		Targets []Expr
	}

	// Assign is t1 = t2 = value.
	Assign struct {
		Range
		Targets []Expr
		Value   Expr
	}

	// TypeAlias is a type statement.
	TypeAlias struct {
		Range
		Name       *Name
		TypeParams []TypeParam
		Value      Expr
	}

	// AugAssign is target op= value. Classic is set for /= that divides as Python 2 does.
	AugAssign struct {
		Range
		Target  Expr
		Op      Operator
		Value   Expr
		Classic bool
	}

	// AnnAssign is target: annotation = value. Simple says that the target is a name without parentheses.
	AnnAssign struct {
		Range
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}

	// For is a for statement, and async for when IsAsync is set.
	For struct {
		Range
		Target  Expr
		Iter    Expr
		Body    []Stmt
		Orelse  []Stmt
		IsAsync bool
	}

	// While is a while statement.
	While struct {
		Range
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}

	// If is an if statement. An elif is an If alone in Orelse.
	If struct {
		Range
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}

	// With is a with statement, and async with when IsAsync is set.
	With struct {
		Range
		Items   []*WithItem
		Body    []Stmt
		IsAsync bool
	}

	// Match is a match statement.
	Match struct {
		Range
		Subject Expr
		Cases   []*MatchCase
	}

	// Raise is raise Exc from Cause; in Py2 also raise Exc, Inst, Tback.
	Raise struct {
		Range
		Exc   Expr
		Cause Expr
		Inst  Expr
		Tback Expr
	}

	// Try is a try statement; Star is set when its handlers are except* (CPython's TryStar).
	Try struct {
		Range
		Body      []Stmt
		Handlers  []*ExceptHandler
		Orelse    []Stmt
		Finalbody []Stmt
		Star      bool
	}

	// Assert is an assert statement.
	Assert struct {
		Range
		Test Expr
		Msg  Expr
	}

	// Import is import a.b as c, d.
	Import struct {
		Range
		Names []*Alias
	}

	// ImportFrom is from Module import Names. Level counts the leading dots. The name of import * is "*".
	ImportFrom struct {
		Range
		Module string
		Names  []*Alias
		Level  int
	}

	// Global is a global statement.
	Global struct {
		Range
		Names []string
	}

	// Nonlocal is a nonlocal statement.
	Nonlocal struct {
		Range
		Names []string
	}

	// ExprStmt is an expression as a statement (CPython's Expr).
	ExprStmt struct {
		Range
		Value Expr
	}

	// Pass is a pass statement.
	Pass struct{ Range }

	// Break is a break statement.
	Break struct{ Range }

	// Continue is a continue statement.
	Continue struct{ Range }

	// Print is the print statement of Py2: print >>Dest, Values. NL is false after a trailing comma.
	Print struct {
		Range
		Dest   Expr
		Values []Expr
		NL     bool
	}

	// Exec is the exec statement of Py2: exec Body in Globals, Locals.
	Exec struct {
		Range
		Body    Expr
		Globals Expr
		Locals  Expr
	}
)

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

// Parts of statements and expressions.
type (
	// Comprehension is one for clause of a comprehension, with its ifs. It has no position of its own.
	Comprehension struct {
		Target  Expr
		Iter    Expr
		Ifs     []Expr
		IsAsync bool
	}

	// ExceptHandler is except Type as Name: Body. In Py2, where the target of except Type, target may be any target,
	// Target holds it when it is not a plain name.
	ExceptHandler struct {
		Range
		Type   Expr
		Name   string
		Target Expr
		Body   []Stmt
	}

	// Arguments is a parameter list. Defaults belong to the last len(Defaults) of PosOnlyArgs followed by Args;
	// KwDefaults runs parallel to KwOnlyArgs, with nil for none.
	Arguments struct {
		PosOnlyArgs []*Arg
		Args        []*Arg
		Vararg      *Arg
		KwOnlyArgs  []*Arg
		KwDefaults  []Expr
		Kwarg       *Arg
		Defaults    []Expr
	}

	// Arg is one parameter. In Py2 a parameter may be a tuple to unpack: Target then holds it, and Arg is ".N" with N
	// the parameter's index.
	Arg struct {
		Range
		Arg        string
		Annotation Expr
		Target     Expr
	}

	// Keyword is Arg=Value in a call, or **Value when Arg is "".
	Keyword struct {
		Range
		Arg   string
		Value Expr
	}

	// Alias is Name as AsName in an import.
	Alias struct {
		Range
		Name   string
		AsName string
	}

	// WithItem is ContextExpr as OptionalVars. It has no position of its own.
	WithItem struct {
		ContextExpr  Expr
		OptionalVars Expr
	}

	// MatchCase is case Pattern if Guard: Body. It has no position of its own.
	MatchCase struct {
		Pattern Pattern
		Guard   Expr
		Body    []Stmt
	}
)

// Patterns.
type (
	// MatchValue matches by ==.
	MatchValue struct {
		Range
		Value Expr
	}

	// MatchSingleton matches None, True or False by identity: Value is nil or a bool.
	MatchSingleton struct {
		Range
		Value any
	}

	// MatchSequence is [p, q, *rest].
	MatchSequence struct {
		Range
		Patterns []Pattern
	}

	// MatchMapping is {k: p, **Rest}.
	MatchMapping struct {
		Range
		Keys     []Expr
		Patterns []Pattern
		Rest     string
	}

	// MatchClass is Cls(Patterns, KwdAttrs[i]=KwdPatterns[i]).
	MatchClass struct {
		Range
		Cls         Expr
		Patterns    []Pattern
		KwdAttrs    []string
		KwdPatterns []Pattern
	}

	// MatchStar is *Name, or *_ when Name is "".
	MatchStar struct {
		Range
		Name string
	}

	// MatchAs is Pattern as Name; a capture when Pattern is nil; the wildcard _ when both are absent.
	MatchAs struct {
		Range
		Pattern Pattern
		Name    string
	}

	// MatchOr is p | q.
	MatchOr struct {
		Range
		Patterns []Pattern
	}
)

// Type parameters.
type (
	// TypeVar is T: Bound = Default.
	TypeVar struct {
		Range
		Name         string
		Bound        Expr
		DefaultValue Expr
	}

	// ParamSpec is **P = Default.
	ParamSpec struct {
		Range
		Name         string
		DefaultValue Expr
	}

	// TypeVarTuple is *Ts = Default.
	TypeVarTuple struct {
		Range
		Name         string
		DefaultValue Expr
	}
)

func (*FunctionDef) stmt() {}
func (*ClassDef) stmt()    {}
func (*Return) stmt()      {}
func (*Delete) stmt()      {}
func (*Assign) stmt()      {}
func (*TypeAlias) stmt()   {}
func (*AugAssign) stmt()   {}
func (*AnnAssign) stmt()   {}
func (*For) stmt()         {}
func (*While) stmt()       {}
func (*If) stmt()          {}
func (*With) stmt()        {}
func (*Match) stmt()       {}
func (*Raise) stmt()       {}
func (*Try) stmt()         {}
func (*Assert) stmt()      {}
func (*Import) stmt()      {}
func (*ImportFrom) stmt()  {}
func (*Global) stmt()      {}
func (*Nonlocal) stmt()    {}
func (*ExprStmt) stmt()    {}
func (*Pass) stmt()        {}
func (*Break) stmt()       {}
func (*Continue) stmt()    {}
func (*Print) stmt()       {}
func (*Exec) stmt()        {}

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

func (*MatchValue) pattern()     {}
func (*MatchSingleton) pattern() {}
func (*MatchSequence) pattern()  {}
func (*MatchMapping) pattern()   {}
func (*MatchClass) pattern()     {}
func (*MatchStar) pattern()      {}
func (*MatchAs) pattern()        {}
func (*MatchOr) pattern()        {}

func (*TypeVar) typeParam()      {}
func (*ParamSpec) typeParam()    {}
func (*TypeVarTuple) typeParam() {}
