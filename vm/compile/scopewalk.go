package compile

import "gilt/vm/syntax"

// The first pass: walks the tree and notes in every scope which names it binds, reads and declares.

type walker struct {
	c *compiler
	s *scope
}

func (w *walker) name(n string) string { return mangle(w.s.private, n) }

func (w *walker) use(n string) { w.s.symbol(w.name(n)).flags |= symUsed }

// bind notes that the current scope binds a name.
func (w *walker) bind(n string, extra uint16) {
	w.s.symbol(w.name(n)).flags |= symBound | extra
}

func (w *walker) stmts(body []syntax.Stmt) {
	for _, s := range body {
		w.stmt(s)
	}
}

func (w *walker) exprs(es []syntax.Expr) {
	for _, e := range es {
		w.expr(e)
	}
}

// within walks something in a scope inside the current one.
func (w *walker) within(s *scope, f func()) {
	outer := w.s
	w.s = s
	f()
	w.s = outer
}

func (w *walker) stmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.FunctionDef:
		w.funcDef(s)
	case *syntax.ClassDef:
		w.classDef(s)
	case *syntax.Return:
		w.expr(s.Value)
	case *syntax.Delete:
		w.exprs(s.Targets)
	case *syntax.Assign:
		w.expr(s.Value)
		w.exprs(s.Targets)
	case *syntax.TypeAlias:
		w.c.unsupported(s.Range, "type statements are")
	case *syntax.AugAssign:
		w.expr(s.Target)
		if n, ok := s.Target.(*syntax.Name); ok {
			w.use(n.Id)
		}
		w.expr(s.Value)
	case *syntax.AnnAssign:
		w.annAssign(s)
	case *syntax.For:
		if s.IsAsync {
			w.c.unsupported(s.Range, "async for statements are")
		}
		w.expr(s.Iter)
		w.expr(s.Target)
		w.stmts(s.Body)
		w.stmts(s.Orelse)
	case *syntax.While:
		w.expr(s.Test)
		w.stmts(s.Body)
		w.stmts(s.Orelse)
	case *syntax.If:
		w.ifStmt(s)
	case *syntax.With:
		if s.IsAsync {
			w.c.unsupported(s.Range, "async with statements are")
		}
		for _, it := range s.Items {
			w.expr(it.ContextExpr)
			w.expr(it.OptionalVars)
		}
		w.stmts(s.Body)
	case *syntax.Match:
		w.expr(s.Subject)
		for _, k := range s.Cases {
			w.pattern(k.Pattern)
			w.expr(k.Guard)
			w.stmts(k.Body)
		}
	case *syntax.Raise:
		w.exprs([]syntax.Expr{s.Exc, s.Cause, s.Inst, s.Tback})
	case *syntax.Try:
		w.tryStmt(s)
	case *syntax.Assert:
		w.expr(s.Test)
		w.expr(s.Msg)
	case *syntax.Import:
		for _, a := range s.Names {
			w.bind(importName(a), 0)
		}
	case *syntax.ImportFrom:
		for _, a := range s.Names {
			if a.Name == "*" {
				w.s.dynamic = true
				continue
			}
			w.bind(importName(a), 0)
		}
	case *syntax.Global:
		w.declare(s.Names, symGlobal)
	case *syntax.Nonlocal:
		w.declare(s.Names, symNonlocal)
	case *syntax.ExprStmt:
		w.expr(s.Value)
	case *syntax.Print:
		w.expr(s.Dest)
		w.exprs(s.Values)
	case *syntax.Exec:
		w.s.unit.dynamic = true
		w.exprs([]syntax.Expr{s.Body, s.Globals, s.Locals})
	}
}

// importName is the variable that an alias of an import binds.
func importName(a *syntax.Alias) string {
	if a.AsName != "" {
		return a.AsName
	}
	for i := 0; i < len(a.Name); i++ {
		if a.Name[i] == '.' {
			return a.Name[:i]
		}
	}
	return a.Name
}

func (w *walker) ifStmt(s *syntax.If) {
	for {
		w.expr(s.Test)
		w.stmts(s.Body)
		if len(s.Orelse) != 1 {
			break
		}
		next, ok := s.Orelse[0].(*syntax.If)
		if !ok {
			break
		}
		s = next
	}
	w.stmts(s.Orelse)
}

func (w *walker) tryStmt(s *syntax.Try) {
	if s.Star {
		w.c.unsupported(s.Range, "except* clauses are")
	}
	w.stmts(s.Body)
	for _, h := range s.Handlers {
		w.expr(h.Type)
		if h.Name != "" {
			extra := uint16(symDeleted)
			if w.c.py2 {
				extra = 0
			}
			w.bind(h.Name, extra)
		}
		w.expr(h.Target)
		w.stmts(h.Body)
	}
	w.stmts(s.Orelse)
	w.stmts(s.Finalbody)
}

func (w *walker) annAssign(s *syntax.AnnAssign) {
	if n, ok := s.Target.(*syntax.Name); ok {
		if s.Simple {
			w.bind(n.Id, 0)
			if !w.s.function() {
				w.s.annotated = true
			}
		} else if s.Value != nil {
			w.bind(n.Id, 0)
		}
	} else {
		w.expr(s.Target)
	}
	w.annotation(s.Annotation)
	w.expr(s.Value)
}

// annotation walks an annotation, which is text only with the annotations future.
func (w *walker) annotation(e syntax.Expr) {
	if w.c.future&syntax.FutureAnnotations == 0 {
		w.expr(e)
	}
}

// declare notes a global or nonlocal statement.
func (w *walker) declare(names []string, flag uint16) {
	for _, n := range names {
		w.s.symbol(w.name(n)).flags |= flag
	}
}

// defaults walks what is evaluated where a function is defined.
func (w *walker) defaults(a *syntax.Arguments) {
	w.exprs(a.Defaults)
	w.exprs(a.KwDefaults)
}

func allArgs(a *syntax.Arguments) []*syntax.Arg {
	out := make([]*syntax.Arg, 0, len(a.PosOnlyArgs)+len(a.Args)+len(a.KwOnlyArgs)+2)
	out = append(append(append(out, a.PosOnlyArgs...), a.Args...), a.KwOnlyArgs...)
	if a.Vararg != nil {
		out = append(out, a.Vararg)
	}
	if a.Kwarg != nil {
		out = append(out, a.Kwarg)
	}
	return out
}

// params binds the parameters of the current scope, in the order of their registers.
func (w *walker) params(a *syntax.Arguments) {
	args := allArgs(a)
	for _, p := range args {
		w.bind(p.Arg, symParam)
	}
	for _, p := range args {
		w.expr(p.Target)
	}
}

func (w *walker) funcDef(s *syntax.FunctionDef) {
	if s.IsAsync {
		w.c.unsupported(s.Range, "async functions are")
	}
	if len(s.TypeParams) > 0 {
		w.c.unsupported(s.TypeParams[0].Span(), "type parameters are")
	}
	w.bind(s.Name, 0)
	w.exprs(s.DecoratorList)
	w.defaults(s.Args)
	for _, p := range allArgs(s.Args) {
		w.annotation(p.Annotation)
	}
	w.annotation(s.Returns)
	f := newScope(funcScope, s.Name, w.s)
	w.c.scopes[s] = f
	w.within(f, func() {
		w.params(s.Args)
		w.stmts(s.Body)
	})
}

func (w *walker) classDef(s *syntax.ClassDef) {
	if len(s.TypeParams) > 0 {
		w.c.unsupported(s.TypeParams[0].Span(), "type parameters are")
	}
	w.bind(s.Name, 0)
	w.exprs(s.DecoratorList)
	w.exprs(s.Bases)
	for _, k := range s.Keywords {
		w.expr(k.Value)
	}
	f := newScope(classScope, s.Name, w.s)
	f.private = s.Name
	w.c.scopes[s] = f
	w.within(f, func() { w.stmts(s.Body) })
}

func (w *walker) expr(e syntax.Expr) {
	switch e := e.(type) {
	case nil, *syntax.Constant:
	case *syntax.Name:
		w.nameExpr(e)
	case *syntax.BoolOp:
		w.exprs(e.Values)
	case *syntax.NamedExpr:
		w.namedExpr(e)
	case *syntax.BinOp:
		w.expr(e.Left)
		w.expr(e.Right)
	case *syntax.UnaryOp:
		w.expr(e.Operand)
	case *syntax.Lambda:
		w.defaults(e.Args)
		f := newScope(funcScope, "<lambda>", w.s)
		w.c.scopes[e] = f
		w.within(f, func() {
			w.params(e.Args)
			w.expr(e.Body)
		})
	case *syntax.IfExp:
		w.expr(e.Test)
		w.expr(e.Body)
		w.expr(e.Orelse)
	case *syntax.Dict:
		w.exprs(e.Keys)
		w.exprs(e.Values)
	case *syntax.Set:
		w.exprs(e.Elts)
	case *syntax.ListComp:
		w.comp(e, e.Range, "<listcomp>", compScope, e.Generators, e.Elt, nil)
	case *syntax.SetComp:
		w.comp(e, e.Range, "<setcomp>", compScope, e.Generators, e.Elt, nil)
	case *syntax.DictComp:
		w.comp(e, e.Range, "<dictcomp>", compScope, e.Generators, e.Key, e.Value)
	case *syntax.GeneratorExp:
		w.comp(e, e.Range, "<genexpr>", genScope, e.Generators, e.Elt, nil)
	case *syntax.Await:
		w.c.unsupported(e.Range, "await expressions are")
	case *syntax.Yield:
		w.s.generator = true
		w.expr(e.Value)
	case *syntax.YieldFrom:
		w.s.generator = true
		w.expr(e.Value)
	case *syntax.Compare:
		w.expr(e.Left)
		w.exprs(e.Comparators)
	case *syntax.Call:
		w.expr(e.Func)
		w.exprs(e.Args)
		for _, k := range e.Keywords {
			w.expr(k.Value)
		}
	case *syntax.FormattedValue:
		w.expr(e.Value)
		w.expr(e.FormatSpec)
	case *syntax.JoinedStr:
		w.exprs(e.Values)
	case *syntax.Attribute:
		w.expr(e.Value)
	case *syntax.Subscript:
		w.expr(e.Value)
		w.expr(e.Slice)
	case *syntax.Starred:
		w.expr(e.Value)
	case *syntax.List:
		w.exprs(e.Elts)
	case *syntax.Tuple:
		w.exprs(e.Elts)
	case *syntax.Slice:
		w.expr(e.Lower)
		w.expr(e.Upper)
		w.expr(e.Step)
	case *syntax.Repr:
		w.expr(e.Value)
	}
}

func (w *walker) nameExpr(e *syntax.Name) {
	switch e.Ctx {
	case syntax.Load:
		w.use(e.Id)
		switch e.Id {
		case "super":
			if w.s.function() {
				w.use("__class__")
			}
		case "locals", "vars", "dir", "eval", "exec", "execfile":
			w.s.unit.dynamic = true
		}
	case syntax.Store:
		w.bind(e.Id, 0)
	case syntax.Del:
		w.bind(e.Id, symDeleted)
	}
}

// namedExpr walks a walrus. Inside comprehensions it binds in the function around them.
func (w *walker) namedExpr(e *syntax.NamedExpr) {
	name := e.Target.Id
	w.expr(e.Value)
	p := w.s
	for ; p.comprehension(); p = p.parent {
		p.unit.walrus = true
		p.symbol(w.name(name)).flags |= symUsed
	}
	p.unit.walrus = true
	p.symbol(w.name(name)).flags |= symBound
}

// comp walks a comprehension: the first iterable belongs to the scope around it.
func (w *walker) comp(node any, r syntax.Range, name string, kind scopeKind, gens []*syntax.Comprehension, elt, value syntax.Expr) {
	for _, g := range gens {
		if g.IsAsync {
			w.c.unsupported(r, "asynchronous comprehensions are")
		}
	}
	w.expr(gens[0].Iter)
	if w.c.py2 && name == "<listcomp>" { // no scope of its own in 2.7
		w.compParts(gens, elt, value)
		return
	}
	f := newScope(kind, name, w.s)
	w.c.scopes[node] = f
	if kind == compScope && w.s.kind != classScope {
		f.unit = w.s.unit
	} else {
		f.generator = kind == genScope
		f.symbol(".0").flags |= symBound | symParam
	}
	w.within(f, func() { w.compParts(gens, elt, value) })
}

func (w *walker) compParts(gens []*syntax.Comprehension, elt, value syntax.Expr) {
	for i, g := range gens {
		if i > 0 {
			w.expr(g.Iter)
		}
		w.expr(g.Target)
		w.exprs(g.Ifs)
	}
	w.expr(elt)
	w.expr(value)
}

func (w *walker) pattern(p syntax.Pattern) {
	switch p := p.(type) {
	case nil:
	case *syntax.MatchValue:
		w.expr(p.Value)
	case *syntax.MatchSequence:
		w.patterns(p.Patterns)
	case *syntax.MatchMapping:
		w.exprs(p.Keys)
		w.patterns(p.Patterns)
		if p.Rest != "" {
			w.bind(p.Rest, 0)
		}
	case *syntax.MatchClass:
		w.expr(p.Cls)
		w.patterns(p.Patterns)
		w.patterns(p.KwdPatterns)
	case *syntax.MatchStar:
		if p.Name != "" {
			w.bind(p.Name, 0)
		}
	case *syntax.MatchAs:
		w.pattern(p.Pattern)
		if p.Name != "" {
			w.bind(p.Name, 0)
		}
	case *syntax.MatchOr:
		w.patterns(p.Patterns)
	}
}

func (w *walker) patterns(ps []syntax.Pattern) {
	for _, p := range ps {
		w.pattern(p)
	}
}
