package syntax

// Which expressions can be targets, and what messages call the others.

type targetKind uint8

const (
	starTarget targetKind = iota
	delTarget
	forTarget
)

// describe names a kind of expression as CPython's messages do.
func describe(e Expr) string {
	switch e := e.(type) {
	case *Attribute:
		return "attribute"
	case *Subscript:
		return "subscript"
	case *Starred:
		return "starred"
	case *Name:
		return "name"
	case *List:
		return "list"
	case *Tuple:
		return "tuple"
	case *Lambda:
		return "lambda"
	case *Call:
		return "function call"
	case *BoolOp, *BinOp, *UnaryOp:
		return "expression"
	case *GeneratorExp:
		return "generator expression"
	case *Yield, *YieldFrom:
		return "yield expression"
	case *Await:
		return "await expression"
	case *ListComp:
		return "list comprehension"
	case *SetComp:
		return "set comprehension"
	case *DictComp:
		return "dict comprehension"
	case *Dict:
		return "dict literal"
	case *Set:
		return "set display"
	case *JoinedStr, *FormattedValue:
		return "f-string expression"
	case *Compare:
		return "comparison"
	case *IfExp:
		return "conditional expression"
	case *NamedExpr:
		return "named expression"
	case *Repr:
		return "repr"
	case *Constant:
		switch v := e.Value.(type) {
		case nil:
			return "None"
		case bool:
			if v {
				return "True"
			}
			return "False"
		case EllipsisType:
			return "ellipsis"
		}
	}
	return "literal"
}

// invalidTarget returns the part of e that cannot be assigned to or deleted, or nil.
func invalidTarget(e Expr, k targetKind) Expr {
	all := func(list []Expr) Expr {
		for _, e := range list {
			if bad := invalidTarget(e, k); bad != nil {
				return bad
			}
		}
		return nil
	}
	switch e := e.(type) {
	case *List:
		return all(e.Elts)
	case *Tuple:
		return all(e.Elts)
	case *Starred:
		if k == delTarget {
			return e
		}
		return invalidTarget(e.Value, k)
	case *Compare:
		// for a in b reads as a comparison.
		if k == forTarget {
			if e.Ops[0] == In {
				return invalidTarget(e.Left, k)
			}
			return nil
		}
	case *Name, *Subscript, *Attribute:
		return nil
	}
	return e
}

// explainTarget fails if e cannot be a target.
func (p *parser) explainTarget(e Expr, k targetKind) {
	bad := invalidTarget(e, k)
	if bad == nil {
		return
	}
	verb := "assign to"
	if k == delTarget {
		verb = "delete"
	}
	p.errorNode(bad, "cannot %s %s", verb, describe(bad))
}
