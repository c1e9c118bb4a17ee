package syntax

import "strconv"

// The names and fields of all nodes, in the order of the ast module: the one place that knows what a node consists
// of. For printing and measuring trees; walking them for work is the visitors' own business.

// describeNode returns the name of a node in the ast module and its fields. Operators and contexts are nodes there.
func describeNode(n any) (string, []field) {
	switch n := n.(type) {
	case *Module:
		return "Module", []field{{"body", list(n.Body)}}
	case *Expression:
		return "Expression", []field{{"body", opt(n.Body)}}
	case ExprContext:
		return n.String(), nil
	case BoolOperator:
		return n.String(), nil
	case Operator:
		return n.String(), nil
	case UnaryOperator:
		return n.String(), nil
	case CmpOperator:
		return n.String(), nil
	case Stmt:
		return describeStmt(n)
	case Expr:
		return describeExpr(n)
	case Pattern:
		return describePattern(n)
	case *Comprehension:
		return "comprehension", []field{{"target", opt(n.Target)}, {"iter", opt(n.Iter)}, {"ifs", list(n.Ifs)}, {"is_async", number(n.IsAsync)}}
	case *ExceptHandler:
		return "ExceptHandler", []field{{"type", opt(n.Type)}, {"name", ident(n.Name)}, {"target", opt(n.Target)}, {"body", list(n.Body)}}
	case *Arguments:
		return "arguments", []field{{"posonlyargs", list(n.PosOnlyArgs)}, {"args", list(n.Args)}, {"vararg", arg(n.Vararg)},
			{"kwonlyargs", list(n.KwOnlyArgs)}, {"kw_defaults", list(n.KwDefaults)}, {"kwarg", arg(n.Kwarg)}, {"defaults", list(n.Defaults)}}
	case *Arg:
		return "arg", []field{{"arg", ident(n.Arg)}, {"annotation", opt(n.Annotation)}, {"target", opt(n.Target)}}
	case *Keyword:
		return "keyword", []field{{"arg", ident(n.Arg)}, {"value", opt(n.Value)}}
	case *Alias:
		return "alias", []field{{"name", ident(n.Name)}, {"asname", ident(n.AsName)}}
	case *WithItem:
		return "withitem", []field{{"context_expr", opt(n.ContextExpr)}, {"optional_vars", opt(n.OptionalVars)}}
	case *MatchCase:
		return "match_case", []field{{"pattern", n.Pattern}, {"guard", opt(n.Guard)}, {"body", list(n.Body)}}
	case *TypeVar:
		return "TypeVar", []field{{"name", ident(n.Name)}, {"bound", opt(n.Bound)}, {"default_value", opt(n.DefaultValue)}}
	case *ParamSpec:
		return "ParamSpec", []field{{"name", ident(n.Name)}, {"default_value", opt(n.DefaultValue)}}
	case *TypeVarTuple:
		return "TypeVarTuple", []field{{"name", ident(n.Name)}, {"default_value", opt(n.DefaultValue)}}
	}
	return "?", nil
}

func async(name string, is bool) string {
	if is {
		return "Async" + name
	}
	return name
}

func describeStmt(s Stmt) (string, []field) {
	switch n := s.(type) {
	case *FunctionDef:
		return async("FunctionDef", n.IsAsync), []field{{"name", ident(n.Name)}, {"args", n.Args}, {"body", list(n.Body)},
			{"decorator_list", list(n.DecoratorList)}, {"returns", opt(n.Returns)}, {"type_params", list(n.TypeParams)}}
	case *ClassDef:
		return "ClassDef", []field{{"name", ident(n.Name)}, {"bases", list(n.Bases)}, {"keywords", list(n.Keywords)}, {"body", list(n.Body)},
			{"decorator_list", list(n.DecoratorList)}, {"type_params", list(n.TypeParams)}}
	case *Return:
		return "Return", []field{{"value", opt(n.Value)}}
	case *Delete:
		return "Delete", []field{{"targets", list(n.Targets)}}
	case *Assign:
		return "Assign", []field{{"targets", list(n.Targets)}, {"value", opt(n.Value)}}
	case *TypeAlias:
		return "TypeAlias", []field{{"name", n.Name}, {"type_params", list(n.TypeParams)}, {"value", opt(n.Value)}}
	case *AugAssign:
		return "AugAssign", []field{{"target", opt(n.Target)}, {"op", n.Op}, {"value", opt(n.Value)}}
	case *AnnAssign:
		return "AnnAssign", []field{{"target", opt(n.Target)}, {"annotation", opt(n.Annotation)}, {"value", opt(n.Value)}, {"simple", number(n.Simple)}}
	case *For:
		return async("For", n.IsAsync), []field{{"target", opt(n.Target)}, {"iter", opt(n.Iter)}, {"body", list(n.Body)}, {"orelse", list(n.Orelse)}}
	case *While:
		return "While", []field{{"test", opt(n.Test)}, {"body", list(n.Body)}, {"orelse", list(n.Orelse)}}
	case *If:
		return "If", []field{{"test", opt(n.Test)}, {"body", list(n.Body)}, {"orelse", list(n.Orelse)}}
	case *With:
		return async("With", n.IsAsync), []field{{"items", list(n.Items)}, {"body", list(n.Body)}}
	case *Match:
		return "Match", []field{{"subject", opt(n.Subject)}, {"cases", list(n.Cases)}}
	case *Raise:
		return "Raise", []field{{"exc", opt(n.Exc)}, {"cause", opt(n.Cause)}, {"inst", opt(n.Inst)}, {"tback", opt(n.Tback)}}
	case *Try:
		name := "Try"
		if n.Star {
			name = "TryStar"
		}
		return name, []field{{"body", list(n.Body)}, {"handlers", list(n.Handlers)}, {"orelse", list(n.Orelse)}, {"finalbody", list(n.Finalbody)}}
	case *Assert:
		return "Assert", []field{{"test", opt(n.Test)}, {"msg", opt(n.Msg)}}
	case *Import:
		return "Import", []field{{"names", list(n.Names)}}
	case *ImportFrom:
		return "ImportFrom", []field{{"module", ident(n.Module)}, {"names", list(n.Names)}, {"level", repr(strconv.Itoa(n.Level))}}
	case *Global:
		return "Global", []field{{"names", identifiers(n.Names)}}
	case *Nonlocal:
		return "Nonlocal", []field{{"names", identifiers(n.Names)}}
	case *ExprStmt:
		return "Expr", []field{{"value", opt(n.Value)}}
	case *Pass:
		return "Pass", nil
	case *Break:
		return "Break", nil
	case *Continue:
		return "Continue", nil
	case *Print:
		return "Print", []field{{"dest", opt(n.Dest)}, {"values", list(n.Values)}, {"nl", constantRepr(n.NL)}}
	case *Exec:
		return "Exec", []field{{"body", opt(n.Body)}, {"globals", opt(n.Globals)}, {"locals", opt(n.Locals)}}
	}
	return "?", nil
}

func describeExpr(e Expr) (string, []field) {
	switch n := e.(type) {
	case *BoolOp:
		return "BoolOp", []field{{"op", n.Op}, {"values", list(n.Values)}}
	case *NamedExpr:
		return "NamedExpr", []field{{"target", n.Target}, {"value", opt(n.Value)}}
	case *BinOp:
		return "BinOp", []field{{"left", opt(n.Left)}, {"op", n.Op}, {"right", opt(n.Right)}}
	case *UnaryOp:
		return "UnaryOp", []field{{"op", n.Op}, {"operand", opt(n.Operand)}}
	case *Lambda:
		return "Lambda", []field{{"args", n.Args}, {"body", opt(n.Body)}}
	case *IfExp:
		return "IfExp", []field{{"test", opt(n.Test)}, {"body", opt(n.Body)}, {"orelse", opt(n.Orelse)}}
	case *Dict:
		return "Dict", []field{{"keys", list(n.Keys)}, {"values", list(n.Values)}}
	case *Set:
		return "Set", []field{{"elts", list(n.Elts)}}
	case *ListComp:
		return "ListComp", []field{{"elt", opt(n.Elt)}, {"generators", list(n.Generators)}}
	case *SetComp:
		return "SetComp", []field{{"elt", opt(n.Elt)}, {"generators", list(n.Generators)}}
	case *DictComp:
		return "DictComp", []field{{"key", opt(n.Key)}, {"value", opt(n.Value)}, {"generators", list(n.Generators)}}
	case *GeneratorExp:
		return "GeneratorExp", []field{{"elt", opt(n.Elt)}, {"generators", list(n.Generators)}}
	case *Await:
		return "Await", []field{{"value", opt(n.Value)}}
	case *Yield:
		return "Yield", []field{{"value", opt(n.Value)}}
	case *YieldFrom:
		return "YieldFrom", []field{{"value", opt(n.Value)}}
	case *Compare:
		return "Compare", []field{{"left", opt(n.Left)}, {"ops", list(n.Ops)}, {"comparators", list(n.Comparators)}}
	case *Call:
		return "Call", []field{{"func", opt(n.Func)}, {"args", list(n.Args)}, {"keywords", list(n.Keywords)}}
	case *FormattedValue:
		return "FormattedValue", []field{{"value", opt(n.Value)}, {"conversion", repr(strconv.Itoa(n.Conversion))}, {"format_spec", opt(n.FormatSpec)}}
	case *JoinedStr:
		return "JoinedStr", []field{{"values", list(n.Values)}}
	case *Constant:
		return "Constant", []field{{"value", constantRepr(n.Value)}, {"kind", ident(n.Kind)}}
	case *Attribute:
		return "Attribute", []field{{"value", opt(n.Value)}, {"attr", ident(n.Attr)}, {"ctx", n.Ctx}}
	case *Subscript:
		return "Subscript", []field{{"value", opt(n.Value)}, {"slice", opt(n.Slice)}, {"ctx", n.Ctx}}
	case *Starred:
		return "Starred", []field{{"value", opt(n.Value)}, {"ctx", n.Ctx}}
	case *Name:
		return "Name", []field{{"id", ident(n.Id)}, {"ctx", n.Ctx}}
	case *List:
		return "List", []field{{"elts", list(n.Elts)}, {"ctx", n.Ctx}}
	case *Tuple:
		return "Tuple", []field{{"elts", list(n.Elts)}, {"ctx", n.Ctx}}
	case *Slice:
		return "Slice", []field{{"lower", opt(n.Lower)}, {"upper", opt(n.Upper)}, {"step", opt(n.Step)}}
	case *Repr:
		return "Repr", []field{{"value", opt(n.Value)}}
	}
	return "?", nil
}

func describePattern(p Pattern) (string, []field) {
	switch n := p.(type) {
	case *MatchValue:
		return "MatchValue", []field{{"value", opt(n.Value)}}
	case *MatchSingleton:
		return "MatchSingleton", []field{{"value", constantRepr(n.Value)}}
	case *MatchSequence:
		return "MatchSequence", []field{{"patterns", list(n.Patterns)}}
	case *MatchMapping:
		return "MatchMapping", []field{{"keys", list(n.Keys)}, {"patterns", list(n.Patterns)}, {"rest", ident(n.Rest)}}
	case *MatchClass:
		return "MatchClass", []field{{"cls", opt(n.Cls)}, {"patterns", list(n.Patterns)}, {"kwd_attrs", identifiers(n.KwdAttrs)}, {"kwd_patterns", list(n.KwdPatterns)}}
	case *MatchStar:
		return "MatchStar", []field{{"name", ident(n.Name)}}
	case *MatchAs:
		var inner any
		if n.Pattern != nil {
			inner = n.Pattern
		}
		return "MatchAs", []field{{"pattern", inner}, {"name", ident(n.Name)}}
	case *MatchOr:
		return "MatchOr", []field{{"patterns", list(n.Patterns)}}
	}
	return "?", nil
}

// list makes a field of a list of nodes; nil elements become None.
func list[T any](nodes []T) []any {
	if len(nodes) == 0 {
		return nil
	}
	out := make([]any, len(nodes))
	for i, n := range nodes {
		out[i] = n
	}
	return out
}

// opt makes a field of an expression that may be absent.
func opt(e Expr) any {
	if e == nil {
		return nil
	}
	return e
}

func arg(a *Arg) any {
	if a == nil {
		return nil
	}
	return a
}

func ident(s string) any {
	if s == "" {
		return nil
	}
	return repr(quote(s))
}

func number(b bool) repr {
	if b {
		return "1"
	}
	return "0"
}

// tooHigh returns an error when the tree is higher than MaxDepth.
func tooHigh(body []Stmt, src *Source) error {
	line := int32(1)
	var high func(n any, depth int) bool
	high = func(n any, depth int) bool {
		if list, ok := n.([]any); ok {
			for _, e := range list {
				if e != nil && high(e, depth) {
					return true
				}
			}
			return false
		}
		if depth > MaxDepth {
			return true
		}
		_, fields := describeNode(n)
		for _, f := range fields {
			switch f.value.(type) {
			case nil, repr, identifiers:
				continue
			}
			if high(f.value, depth+1) {
				return true
			}
		}
		return false
	}
	for _, s := range body {
		if high(s, 0) {
			line = s.Span().Start.Line
			return &SyntaxError{Kind: KindRecursion, File: src.Name, Line: int(line), Msg: "maximum recursion depth exceeded during compilation"}
		}
	}
	return nil
}
