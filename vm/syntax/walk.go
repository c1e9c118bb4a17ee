package syntax

// Children calls visit for every direct child of a node, in the order in which the source has them as far as the fields
// of the ast module do: statements, expressions, patterns and the parts without a position (Comprehension, Arguments,
// Keyword, ...). It does not call visit with nil, nor with operators, contexts and names.
func Children(n any, visit func(child any)) {
	switch n := n.(type) {
	case *Module:
		each(n.Body, visit)
	case *Expression:
		expr(n.Body, visit)
	case *FunctionDef:
		each(n.DecoratorList, visit)
		each(n.TypeParams, visit)
		visit(n.Args)
		expr(n.Returns, visit)
		each(n.Body, visit)
	case *ClassDef:
		each(n.DecoratorList, visit)
		each(n.TypeParams, visit)
		each(n.Bases, visit)
		each(n.Keywords, visit)
		each(n.Body, visit)
	case *Return:
		expr(n.Value, visit)
	case *Delete:
		each(n.Targets, visit)
	case *Assign:
		expr(n.Value, visit)
		each(n.Targets, visit)
	case *TypeAlias:
		visit(n.Name)
		each(n.TypeParams, visit)
		expr(n.Value, visit)
	case *AugAssign:
		expr(n.Target, visit)
		expr(n.Value, visit)
	case *AnnAssign:
		expr(n.Target, visit)
		expr(n.Annotation, visit)
		expr(n.Value, visit)
	case *For:
		expr(n.Target, visit)
		expr(n.Iter, visit)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *While:
		expr(n.Test, visit)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *If:
		expr(n.Test, visit)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *With:
		each(n.Items, visit)
		each(n.Body, visit)
	case *Match:
		expr(n.Subject, visit)
		each(n.Cases, visit)
	case *Raise:
		expr(n.Exc, visit)
		expr(n.Cause, visit)
		expr(n.Inst, visit)
		expr(n.Tback, visit)
	case *Try:
		each(n.Body, visit)
		each(n.Handlers, visit)
		each(n.Orelse, visit)
		each(n.Finalbody, visit)
	case *Assert:
		expr(n.Test, visit)
		expr(n.Msg, visit)
	case *Import:
		each(n.Names, visit)
	case *ImportFrom:
		each(n.Names, visit)
	case *ExprStmt:
		expr(n.Value, visit)
	case *Print:
		expr(n.Dest, visit)
		each(n.Values, visit)
	case *Exec:
		expr(n.Body, visit)
		expr(n.Globals, visit)
		expr(n.Locals, visit)
	case Pattern:
		patternChildren(n, visit)
	case Expr:
		exprChildren(n, visit)
	default:
		partChildren(n, visit)
	}
}

func exprChildren(e Expr, visit func(any)) {
	switch n := e.(type) {
	case *BoolOp:
		each(n.Values, visit)
	case *NamedExpr:
		expr(n.Value, visit)
		visit(n.Target)
	case *BinOp:
		expr(n.Left, visit)
		expr(n.Right, visit)
	case *UnaryOp:
		expr(n.Operand, visit)
	case *Lambda:
		visit(n.Args)
		expr(n.Body, visit)
	case *IfExp:
		expr(n.Test, visit)
		expr(n.Body, visit)
		expr(n.Orelse, visit)
	case *Dict:
		for i, v := range n.Values {
			expr(n.Keys[i], visit)
			expr(v, visit)
		}
	case *Set:
		each(n.Elts, visit)
	case *ListComp:
		expr(n.Elt, visit)
		each(n.Generators, visit)
	case *SetComp:
		expr(n.Elt, visit)
		each(n.Generators, visit)
	case *DictComp:
		expr(n.Key, visit)
		expr(n.Value, visit)
		each(n.Generators, visit)
	case *GeneratorExp:
		expr(n.Elt, visit)
		each(n.Generators, visit)
	case *Await:
		expr(n.Value, visit)
	case *Yield:
		expr(n.Value, visit)
	case *YieldFrom:
		expr(n.Value, visit)
	case *Compare:
		expr(n.Left, visit)
		each(n.Comparators, visit)
	case *Call:
		expr(n.Func, visit)
		each(n.Args, visit)
		each(n.Keywords, visit)
	case *FormattedValue:
		expr(n.Value, visit)
		expr(n.FormatSpec, visit)
	case *JoinedStr:
		each(n.Values, visit)
	case *Attribute:
		expr(n.Value, visit)
	case *Subscript:
		expr(n.Value, visit)
		expr(n.Slice, visit)
	case *Starred:
		expr(n.Value, visit)
	case *List:
		each(n.Elts, visit)
	case *Tuple:
		each(n.Elts, visit)
	case *Slice:
		expr(n.Lower, visit)
		expr(n.Upper, visit)
		expr(n.Step, visit)
	case *Repr:
		expr(n.Value, visit)
	}
}

func patternChildren(p Pattern, visit func(any)) {
	switch n := p.(type) {
	case *MatchValue:
		expr(n.Value, visit)
	case *MatchSequence:
		each(n.Patterns, visit)
	case *MatchMapping:
		each(n.Keys, visit)
		each(n.Patterns, visit)
	case *MatchClass:
		expr(n.Cls, visit)
		each(n.Patterns, visit)
		each(n.KwdPatterns, visit)
	case *MatchAs:
		if n.Pattern != nil {
			visit(n.Pattern)
		}
	case *MatchOr:
		each(n.Patterns, visit)
	}
}

func partChildren(n any, visit func(any)) {
	switch n := n.(type) {
	case *Comprehension:
		expr(n.Target, visit)
		expr(n.Iter, visit)
		each(n.Ifs, visit)
	case *ExceptHandler:
		expr(n.Type, visit)
		expr(n.Target, visit)
		each(n.Body, visit)
	case *Arguments:
		each(n.PosOnlyArgs, visit)
		each(n.Args, visit)
		if n.Vararg != nil {
			visit(n.Vararg)
		}
		each(n.KwOnlyArgs, visit)
		for _, d := range n.KwDefaults {
			expr(d, visit)
		}
		if n.Kwarg != nil {
			visit(n.Kwarg)
		}
		each(n.Defaults, visit)
	case *Arg:
		expr(n.Annotation, visit)
		expr(n.Target, visit)
	case *Keyword:
		expr(n.Value, visit)
	case *WithItem:
		expr(n.ContextExpr, visit)
		expr(n.OptionalVars, visit)
	case *MatchCase:
		visit(n.Pattern)
		expr(n.Guard, visit)
		each(n.Body, visit)
	case *TypeVar:
		expr(n.Bound, visit)
		expr(n.DefaultValue, visit)
	case *ParamSpec:
		expr(n.DefaultValue, visit)
	case *TypeVarTuple:
		expr(n.DefaultValue, visit)
	}
}

func each[T any](list []T, visit func(any)) {
	for _, n := range list {
		visit(n)
	}
}

func expr(e Expr, visit func(any)) {
	if e != nil {
		visit(e)
	}
}
