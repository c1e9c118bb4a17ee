package syntax

// The parts of statements and expressions, the patterns and the type parameters. See ast.go for the invariants.

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
