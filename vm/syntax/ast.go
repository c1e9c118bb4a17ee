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
