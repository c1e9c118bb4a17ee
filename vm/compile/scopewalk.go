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
func (w *walker) bind(n string, r syntax.Range, extra uint16) *symbol {
	y := w.s.symbol(w.name(n))
	if w.s.comprehension() && extra&symIter != 0 && y.flags&symWalrus != 0 {
		w.c.fail(r, "comprehension inner loop cannot rebind assignment expression target '%s'", n)
	}
	y.flags |= symBound | extra
	return y
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
			w.bind(importName(a), s.Range, symImport)
		}
	case *syntax.ImportFrom:
		for _, a := range s.Names {
			if a.Name == "*" {
				if w.s.kind != moduleScope && !w.c.py2 {
					w.c.fail(s.Range, "import * only allowed at module level")
				}
				w.s.dynamic = true
				continue
			}
			w.bind(importName(a), s.Range, symImport)
		}
	case *syntax.Global:
		w.global(s)
	case *syntax.Nonlocal:
		w.nonlocal(s)
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
			w.bind(h.Name, h.Range, extra)
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
			y := w.s.syms[w.name(n.Id)]
			if y != nil && y.flags&(symGlobal|symNonlocal) != 0 && w.s.kind != moduleScope {
				what := "global"
				if y.flags&symNonlocal != 0 {
					what = "nonlocal"
				}
				w.c.fail(s.Range, "annotated name '%s' can't be %s", n.Id, what)
			}
			w.bind(n.Id, n.Range, symAnnot)
			if !w.s.function() {
				w.s.annotated = true
			}
		} else if s.Value != nil {
			w.bind(n.Id, n.Range, 0)
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

func (w *walker) global(s *syntax.Global) {
	for _, n := range s.Names {
		y := w.s.symbol(w.name(n))
		switch {
		case y.flags&symParam != 0:
			w.c.fail(s.Range, "name '%s' is parameter and global", n)
		case w.c.py2:
		case y.flags&symUsed != 0:
			w.c.fail(s.Range, "name '%s' is used prior to global declaration", n)
		case y.flags&symAnnot != 0:
			w.c.fail(s.Range, "annotated name '%s' can't be global", n)
		case y.flags&symBound != 0:
			w.c.fail(s.Range, "name '%s' is assigned to before global declaration", n)
		case y.flags&symNonlocal != 0:
			w.c.fail(s.Range, "name '%s' is nonlocal and global", n)
		}
		y.flags |= symGlobal
		y.at = s.Range
	}
}

func (w *walker) nonlocal(s *syntax.Nonlocal) {
	if w.s.kind == moduleScope {
		w.c.fail(s.Range, "nonlocal declaration not allowed at module level")
	}
	for _, n := range s.Names {
		y := w.s.symbol(w.name(n))
		switch {
		case y.flags&symParam != 0:
			w.c.fail(s.Range, "name '%s' is parameter and nonlocal", n)
		case y.flags&symUsed != 0:
			w.c.fail(s.Range, "name '%s' is used prior to nonlocal declaration", n)
		case y.flags&symAnnot != 0:
			w.c.fail(s.Range, "annotated name '%s' can't be nonlocal", n)
		case y.flags&symBound != 0:
			w.c.fail(s.Range, "name '%s' is assigned to before nonlocal declaration", n)
		case y.flags&symGlobal != 0:
			w.c.fail(s.Range, "name '%s' is nonlocal and global", n)
		}
		y.flags |= symNonlocal
		y.at = s.Range
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
		if y := w.s.syms[w.name(p.Arg)]; y != nil && y.flags&symParam != 0 {
			w.c.fail(p.Range, "duplicate argument '%s' in function definition", p.Arg)
		}
		w.bind(p.Arg, p.Range, symParam)
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
	w.bind(s.Name, s.Range, 0)
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
	w.bind(s.Name, s.Range, 0)
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
		w.yield(e.Range)
		w.expr(e.Value)
	case *syntax.YieldFrom:
		w.yield(e.Range)
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
		w.bind(e.Id, e.Range, 0)
	case syntax.Del:
		w.bind(e.Id, e.Range, symDeleted)
	}
}

func (w *walker) yield(r syntax.Range) {
	if w.s.comprehension() {
		what := map[string]string{"<listcomp>": "list comprehension", "<setcomp>": "set comprehension",
			"<dictcomp>": "dict comprehension", "<genexpr>": "generator expression"}[w.s.name]
		w.c.fail(r, "'yield' inside %s", what)
	}
	if !w.s.function() {
		w.c.fail(r, "'yield' outside function")
	}
	w.s.generator = true
}

// namedExpr walks a walrus. Inside comprehensions it binds in the function around them.
func (w *walker) namedExpr(e *syntax.NamedExpr) {
	name := e.Target.Id
	if w.s.iterExpr > 0 {
		w.c.fail(e.Range, "assignment expression cannot be used in a comprehension iterable expression")
	}
	w.expr(e.Value)
	p := w.s
	for ; p.comprehension(); p = p.parent {
		p.unit.walrus = true
		y := p.symbol(w.name(name))
		if y.flags&symIter != 0 {
			w.c.fail(e.Target.Range, "assignment expression cannot rebind comprehension iteration variable '%s'", name)
		}
		y.flags |= symWalrus | symUsed
	}
	p.unit.walrus = true
	if p.kind == classScope && p != w.s {
		w.c.fail(e.Range, "assignment expression within a comprehension cannot be used in a class body")
	}
	p.symbol(w.name(name)).flags |= symBound
}

// comp walks a comprehension: the first iterable belongs to the scope around it.
func (w *walker) comp(node any, r syntax.Range, name string, kind scopeKind, gens []*syntax.Comprehension, elt, value syntax.Expr) {
	for _, g := range gens {
		if g.IsAsync {
			w.c.unsupported(r, "asynchronous comprehensions are")
		}
	}
	w.iterable(gens[0].Iter)
	if w.c.py2 && name == "<listcomp>" { // no scope of its own in 2.7
		w.compParts(gens, elt, value)
		return
	}
	f := newScope(kind, name, w.s)
	f.iterExpr = w.s.iterExpr
	w.c.scopes[node] = f
	if kind == compScope && w.s.kind != classScope {
		f.unit = w.s.unit
	} else {
		f.generator = kind == genScope
		f.symbol(".0").flags |= symBound | symParam
	}
	w.within(f, func() { w.compParts(gens, elt, value) })
}

func (w *walker) iterable(e syntax.Expr) {
	w.s.iterExpr++
	w.expr(e)
	w.s.iterExpr--
}

func (w *walker) compParts(gens []*syntax.Comprehension, elt, value syntax.Expr) {
	for i, g := range gens {
		if i > 0 {
			w.iterable(g.Iter)
		}
		w.iterTarget(g.Target)
		w.exprs(g.Ifs)
	}
	w.expr(elt)
	w.expr(value)
}

// iterTarget walks the target of a comprehension's for.
func (w *walker) iterTarget(e syntax.Expr) {
	switch t := e.(type) {
	case *syntax.Name:
		w.bind(t.Id, t.Range, symIter)
	case *syntax.Tuple:
		for _, x := range t.Elts {
			w.iterTarget(x)
		}
	case *syntax.List:
		for _, x := range t.Elts {
			w.iterTarget(x)
		}
	case *syntax.Starred:
		w.iterTarget(t.Value)
	default:
		w.expr(e)
	}
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
			w.bind(p.Rest, p.Range, 0)
		}
	case *syntax.MatchClass:
		w.expr(p.Cls)
		w.patterns(p.Patterns)
		w.patterns(p.KwdPatterns)
	case *syntax.MatchStar:
		if p.Name != "" {
			w.bind(p.Name, p.Range, 0)
		}
	case *syntax.MatchAs:
		w.pattern(p.Pattern)
		if p.Name != "" {
			w.bind(p.Name, p.Range, 0)
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
