package syntax

// Statements and expressions that stand where they may not: what CPython's code generator complains of.

// flow walks a tree. Its fields are those of the innermost function, class or module.
type flow struct {
	*checker
	function bool // inside a function
	async    bool
	loops    int
	star     bool // inside an except* block, outside of loops in it
}

func (f *flow) block(body []Stmt) {
	for _, s := range body {
		f.stmt(s)
	}
}

// inside runs g for the body of another function or class.
func (f *flow) inside(function, async bool, g func(*flow)) {
	g(&flow{checker: f.checker, function: function, async: async})
}

func (f *flow) visit(n any) {
	switch n := n.(type) {
	case Stmt:
		f.stmt(n)
	case Expr:
		f.expr(n)
	case *Arg:
		// *args: *Ts, and a tuple to unpack
		f.starred(n.Annotation)
		if n.Target != nil {
			f.target(n.Target)
		}
	case *TypeVarTuple:
		f.starred(n.DefaultValue)
	default:
		Children(n, f.visit)
	}
}

// starred visits an expression that may have a star.
func (f *flow) starred(e Expr) {
	if e != nil {
		f.elements([]Expr{e})
	}
}

const starEscape = "'break', 'continue' and 'return' cannot appear in an except* block"

func (f *flow) stmt(s Stmt) {
	switch x := s.(type) {
	case *FunctionDef:
		each(x.DecoratorList, f.visit)
		each(x.TypeParams, f.visit)
		f.visit(x.Args)
		expr(x.Returns, f.visit)
		f.inside(true, x.IsAsync, func(f *flow) { f.block(x.Body) })
	case *ClassDef:
		each(x.DecoratorList, f.visit)
		each(x.TypeParams, f.visit)
		f.keywords(x.Keywords)
		f.elements(x.Bases)
		each(x.Keywords, f.visit)
		f.inside(false, false, func(f *flow) { f.block(x.Body) })
	case *Return:
		if !f.function {
			f.fail(x, "'return' outside function")
		}
		if f.star {
			var at Node = x
			if x.Value != nil {
				at = x.Value // where CPython has come to
			}
			f.fail(at, starEscape)
		}
		expr(x.Value, f.visit)
	case *Break:
		if f.star && f.loops == 0 {
			f.fail(x, starEscape)
		}
		if f.loops == 0 {
			f.fail(x, "'break' outside loop")
		}
	case *Continue:
		if f.star && f.loops == 0 {
			f.fail(x, starEscape)
		}
		if f.loops == 0 {
			f.fail(x, "'continue' not properly in loop")
		}
	case *For:
		if x.IsAsync && !f.async {
			f.fail(x, "'async for' outside async function")
		}
		f.expr(x.Iter)
		f.target(x.Target)
		f.loops++
		f.block(x.Body)
		f.loops--
		f.block(x.Orelse)
	case *While:
		f.expr(x.Test)
		f.loops++
		f.block(x.Body)
		f.loops--
		f.block(x.Orelse)
	case *With:
		if x.IsAsync && !f.async {
			f.fail(x, "'async with' outside async function")
		}
		for _, item := range x.Items {
			f.expr(item.ContextExpr)
			if item.OptionalVars != nil {
				f.target(item.OptionalVars)
			}
		}
		f.block(x.Body)
	case *Try:
		f.try(x)
	case *ImportFrom:
		if x.Module == "__future__" && x.Level == 0 && !f.prefix[x] {
			f.fail(x, "from __future__ imports must occur at the beginning of the file")
		}
	case *Match:
		f.expr(x.Subject)
		f.cases(x.Cases)
	case *Assign:
		f.expr(x.Value)
		for _, t := range x.Targets {
			f.target(t)
		}
	case *AnnAssign:
		expr(x.Value, f.visit)
		f.target(x.Target)
		f.visit(x.Annotation)
	default:
		Children(s, f.visit)
	}
}

func (f *flow) try(x *Try) {
	f.block(x.Body)
	for i, h := range x.Handlers {
		if h.Type == nil && i < len(x.Handlers)-1 {
			f.fail(h, "default 'except:' must be last")
		}
		if x.Star {
			loops, star := f.loops, f.star
			f.loops, f.star = 0, true
			f.visit(h)
			f.loops, f.star = loops, star
		} else {
			f.visit(h)
		}
	}
	f.block(x.Orelse)
	f.block(x.Finalbody)
}

// target checks what is assigned to.
func (f *flow) target(t Expr) {
	switch x := t.(type) {
	case *Starred:
		f.fail(x, "starred assignment target must be in a list or tuple")
	case *Tuple:
		f.unpacking(x, x.Elts)
	case *List:
		f.unpacking(x, x.Elts)
	default:
		f.expr(t)
	}
}

func (f *flow) unpacking(at Node, elts []Expr) {
	star := -1
	for i, e := range elts {
		if _, ok := e.(*Starred); ok {
			if star >= 0 {
				f.fail(at, "multiple starred expressions in assignment")
			}
			star = i
		}
	}
	if star >= 1<<8 || star >= 0 && len(elts)-star-1 >= 1<<23 {
		f.fail(at, "too many expressions in star-unpacking assignment")
	}
	for _, e := range elts {
		if s, ok := e.(*Starred); ok {
			e = s.Value
		}
		f.target(e)
	}
}

// elements visits a list whose elements may have stars.
func (f *flow) elements(list []Expr) {
	for _, e := range list {
		if s, ok := e.(*Starred); ok {
			e = s.Value
		}
		f.expr(e)
	}
}

func (f *flow) keywords(list []*Keyword) {
	if len(list) < 2 {
		return
	}
	first := make(map[string]int, len(list))
	at, second := len(list), 0
	for i, k := range list {
		if k.Arg == "" {
			continue
		}
		// CPython goes by the argument that is repeated, not by the repetition.
		if j, ok := first[k.Arg]; !ok {
			first[k.Arg] = i
		} else if j < at {
			at, second = j, i
		}
	}
	if second > 0 {
		f.fail(list[second], "keyword argument repeated: %s", list[second].Arg)
	}
}

func (f *flow) expr(e Expr) {
	switch x := e.(type) {
	case *Name, *Constant:
	case *Starred:
		f.fail(x, "can't use starred expression here")
	case *Tuple:
		if x.Ctx == Store {
			f.target(x)
		} else {
			f.elements(x.Elts)
		}
	case *List:
		if x.Ctx == Store {
			f.target(x)
		} else {
			f.elements(x.Elts)
		}
	case *Set:
		f.elements(x.Elts)
	case *Call:
		f.keywords(x.Keywords)
		f.expr(x.Func)
		f.elements(x.Args)
		for _, k := range x.Keywords {
			f.expr(k.Value)
		}
	case *Lambda:
		f.visit(x.Args)
		f.inside(true, false, func(f *flow) { f.expr(x.Body) })
	case *Yield:
		f.yield(x, x.Value, "yield")
	case *YieldFrom:
		f.yield(x, x.Value, "yield from")
		if f.async {
			f.fail(x, "'yield from' inside async function")
		}
	case *ListComp:
		f.comprehension(x, x.Generators, x.Elt, nil)
	case *SetComp:
		f.comprehension(x, x.Generators, x.Elt, nil)
	case *DictComp:
		f.comprehension(x, x.Generators, x.Key, x.Value)
	case *GeneratorExp:
		f.generator(x)
	default:
		Children(e, f.visit)
	}
}

func (f *flow) yield(at Node, value Expr, word string) {
	if !f.function {
		f.fail(at, "'%s' outside function", word)
	}
	expr(value, f.visit)
}

func (f *flow) comprehension(x Expr, gens []*Comprehension, elt, value Expr) {
	if !f.async {
		for _, g := range gens {
			if g.IsAsync {
				f.fail(x, "asynchronous comprehension outside of an asynchronous function")
			}
		}
	}
	f.clauses(gens)
	f.expr(elt)
	expr(value, f.visit)
}

// generator visits a generator expression, which may be asynchronous anywhere.
func (f *flow) generator(x *GeneratorExp) {
	f.clauses(x.Generators)
	f.expr(x.Elt)
}

func (f *flow) clauses(gens []*Comprehension) {
	for _, g := range gens {
		f.expr(g.Iter)
		f.target(g.Target)
		each(g.Ifs, f.visit)
	}
}

func (f *flow) cases(cases []*MatchCase) {
	for i, c := range cases {
		last := i == len(cases)-1
		f.irrefutable(c.Pattern, c.Guard == nil && !last)
		bound := map[string]bool{}
		f.bindings(c.Pattern, bound)
		expr(c.Guard, f.visit)
		f.block(c.Body)
	}
}

// irrefutable fails if a pattern that always matches stands where another one follows.
func (f *flow) irrefutable(p Pattern, follows bool) {
	switch x := p.(type) {
	case *MatchAs:
		if x.Pattern != nil {
			f.irrefutable(x.Pattern, follows)
		} else if follows {
			if x.Name == "" {
				f.fail(x, "wildcard makes remaining patterns unreachable")
			}
			f.fail(x, "name capture '%s' makes remaining patterns unreachable", x.Name)
		}
	case *MatchOr:
		for i, alt := range x.Patterns {
			f.irrefutable(alt, follows || i < len(x.Patterns)-1)
		}
	}
}

// bindings collects the names that a pattern binds and checks that it binds each once.
func (f *flow) bindings(p Pattern, bound map[string]bool) {
	bind := func(name string) {
		if name == "" {
			return
		}
		if bound[name] {
			f.fail(p, "multiple assignments to name '%s' in pattern", name)
		}
		bound[name] = true
	}
	switch x := p.(type) {
	case *MatchValue:
		if _, ok := x.Value.(*JoinedStr); ok {
			f.fail(x, "patterns may only match literals and attribute lookups")
		}
	case *MatchStar:
		bind(x.Name)
	case *MatchAs:
		if x.Pattern != nil {
			f.bindings(x.Pattern, bound)
		}
		bind(x.Name)
	case *MatchSequence:
		star := false
		for _, e := range x.Patterns {
			if _, ok := e.(*MatchStar); ok {
				if star {
					f.fail(x, "multiple starred names in sequence pattern")
				}
				star = true
			}
		}
		for _, e := range x.Patterns {
			f.bindings(e, bound)
		}
	case *MatchMapping:
		f.mapping(x)
		for _, e := range x.Patterns {
			f.bindings(e, bound)
		}
		bind(x.Rest)
	case *MatchClass:
		for i, a := range x.KwdAttrs {
			for j, b := range x.KwdAttrs[i+1:] {
				if a == b {
					f.fail(x.KwdPatterns[i+1+j], "attribute name repeated in class pattern: %s", b)
				}
			}
		}
		for _, e := range x.Patterns {
			f.bindings(e, bound)
		}
		for _, e := range x.KwdPatterns {
			f.bindings(e, bound)
		}
	case *MatchOr:
		f.alternatives(x, bound)
	}
}

// alternatives checks that all alternatives bind the same names.
func (f *flow) alternatives(x *MatchOr, bound map[string]bool) {
	var first map[string]bool
	for i, alt := range x.Patterns {
		names := map[string]bool{}
		f.bindings(alt, names)
		if i == 0 {
			first = names
			continue
		}
		same := len(names) == len(first)
		for name := range names {
			same = same && first[name]
		}
		if !same {
			f.fail(x, "alternative patterns bind different names")
		}
	}
	for name := range first {
		if bound[name] {
			f.fail(x, "multiple assignments to name '%s' in pattern", name)
		}
		bound[name] = true
	}
}

// mapping checks that no literal key is repeated.
func (f *flow) mapping(x *MatchMapping) {
	seen := map[any]bool{}
	for _, k := range x.Keys {
		switch k := k.(type) {
		case *JoinedStr:
			f.fail(x, "mapping pattern keys may only match literals and attribute lookups")
		case *Attribute:
		default:
			value, text := literalKey(k)
			if seen[value] {
				f.fail(x, "mapping pattern checks duplicate key (%s)", text)
			}
			seen[value] = true
		}
	}
}

// literalKey returns a value that is equal for equal keys, and repr of the key.
func literalKey(e Expr) (any, string) {
	switch x := e.(type) {
	case *UnaryOp:
		if v, text := literalKey(x.Operand); text != "" {
			if c, ok := v.(complex128); ok {
				if c == 0 {
					return c, text
				}
				return -c, "-" + text
			}
			return "-" + text, "-" + text
		}
	case *BinOp:
		l, lt := literalKey(x.Left)
		r, rt := literalKey(x.Right)
		a, ok1 := l.(complex128)
		b, ok2 := r.(complex128)
		text := "(" + lt + x.Op.Symbol() + rt + ")"
		switch {
		case !ok1 || !ok2:
			return text, text
		case x.Op == Sub:
			return a - b, text
		}
		return a + b, text
	case *Constant:
		text := string(constantRepr(x.Value))
		switch v := x.Value.(type) {
		case bool:
			if v {
				return complex(1, 0), text
			}
			return complex(0, 0), text
		case int64:
			if f := float64(v); int64(f) == v && v < 1<<62 {
				return complex(f, 0), text
			}
		case float64:
			return complex(v, 0), text
		case complex128:
			return v, text
		}
		return text, text
	}
	return e, ""
}
