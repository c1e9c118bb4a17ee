package syntax

import "strings"

// Names and scopes: what CPython's symbol table complains of.

// use says what a scope does with a name.
type use uint8

const (
	usedIn use = 1 << iota
	boundIn
	paramIn
	globalIn
	nonlocalIn
	annotatedIn
	iteratedIn // target of a for clause of the comprehension
)

type scopeKind uint8

const (
	moduleScope scopeKind = iota
	classScope
	functionScope
	comprehensionScope
	typeScope // type parameters, bounds, aliases
)

type scope struct {
	kind       scopeKind
	parent     *scope
	class      string // name of the innermost class, for private names
	what       string // "list comprehension", ...
	async      bool
	uses       map[string]use
	directives map[string]Node // where a name was declared global or nonlocal
	nonlocals  []string
	iterating  int // inside the iterable of a comprehension
	target     bool
	inner      []*scope
}

type names struct {
	*checker
	cur *scope
}

func newNames(c *checker) *names { return &names{checker: c} }

func (n *names) module(body []Stmt) {
	n.enter(moduleScope, "")
	top := n.cur
	each(body, n.visit)
	n.resolve(top, nil)
}

func (n *names) enter(k scopeKind, what string) {
	s := &scope{kind: k, parent: n.cur, what: what, uses: map[string]use{}}
	if n.cur != nil {
		s.class = n.cur.class
		s.iterating = n.cur.iterating
		n.cur.inner = append(n.cur.inner, s)
	}
	n.cur = s
}

func (n *names) leave() { n.cur = n.cur.parent }

// mangle returns the name by which a private name of a class is known.
func (n *names) mangle(name string) string {
	if n.cur.class == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") || strings.Contains(name, ".") {
		return name
	}
	class := strings.TrimLeft(n.cur.class, "_")
	if class == "" {
		return name
	}
	return "_" + class + name
}

// bind notes that the scope binds a name, for which at stands in messages.
func (n *names) bind(name string, u use, at Node) {
	if name == "__debug__" {
		n.fail(at, "cannot assign to __debug__")
	}
	name = n.mangle(name)
	old := n.cur.uses[name]
	if u&paramIn != 0 && old&paramIn != 0 {
		n.fail(at, "duplicate argument '%s' in function definition", name)
	}
	if n.cur.target {
		if old&(globalIn|nonlocalIn) != 0 {
			n.fail(at, "comprehension inner loop cannot rebind assignment expression target '%s'", name)
		}
		u |= iteratedIn
	}
	n.cur.uses[name] = old | u
}

func (n *names) visit(node any) {
	switch x := node.(type) {
	case *FunctionDef:
		n.bind(x.Name, boundIn, x)
		n.function(x)
	case *ClassDef:
		n.bind(x.Name, boundIn, x)
		n.class(x)
	case *TypeAlias:
		n.visit(x.Name)
		n.enter(typeScope, "the definition of a generic")
		n.typeParams(x.TypeParams)
		n.within("a type alias", x.Value)
		n.leave()
	case *Lambda:
		n.defaults(x.Args)
		n.enter(functionScope, "")
		n.params(x.Args)
		n.visit(x.Body)
		n.leave()
	case *Global:
		n.declare(x, x.Names, globalIn, "global")
	case *Nonlocal:
		n.declare(x, x.Names, nonlocalIn, "nonlocal")
	case *AnnAssign:
		n.annotation(x)
	case *Import:
		for _, a := range x.Names {
			n.alias(a)
		}
	case *ImportFrom:
		for _, a := range x.Names {
			n.alias(a)
		}
	case *ExceptHandler:
		expr(x.Type, n.visit)
		if x.Name != "" {
			n.bind(x.Name, boundIn, x)
		}
		expr(x.Target, n.visit)
		each(x.Body, n.visit)
	case *Name:
		n.name(x)
	case *Attribute:
		if x.Attr == "__debug__" && x.Ctx == Store {
			n.fail(x, "cannot assign to __debug__")
		}
		n.visit(x.Value)
	case *Keyword:
		if x.Arg == "__debug__" {
			n.fail(x, "cannot assign to __debug__")
		}
		n.visit(x.Value)
	case *NamedExpr:
		n.walrus(x)
	case *ListComp:
		n.comprehension(x, "list comprehension", x.Generators, x.Elt, nil)
	case *SetComp:
		n.comprehension(x, "set comprehension", x.Generators, x.Elt, nil)
	case *DictComp:
		n.comprehension(x, "dict comprehension", x.Generators, x.Key, x.Value)
	case *GeneratorExp:
		n.comprehension(x, "generator expression", x.Generators, x.Elt, nil)
	case *Yield, *YieldFrom:
		n.forbidden(x.(Node), "yield expression")
		Children(x, n.visit)
		if n.cur.kind == comprehensionScope {
			n.fail(x.(Node), "'yield' inside %s", n.cur.what)
		}
	case *Await:
		n.await(x)
	case *MatchAs:
		Children(x, n.visit)
		if x.Name != "" {
			n.bind(x.Name, boundIn, x)
		}
	case *MatchStar:
		if x.Name != "" {
			n.bind(x.Name, boundIn, x)
		}
	case *MatchMapping:
		Children(x, n.visit)
		if x.Rest != "" {
			n.bind(x.Rest, boundIn, x)
		}
	default:
		Children(node, n.visit)
	}
}

func (n *names) name(x *Name) {
	switch x.Ctx {
	case Load:
		id := n.mangle(x.Id)
		n.cur.uses[id] |= usedIn
	case Store:
		n.bind(x.Id, boundIn, x)
	case Del:
		if x.Id == "__debug__" {
			n.fail(x, "cannot delete __debug__")
		}
		n.bind(x.Id, boundIn, x)
	}
}

func (n *names) alias(a *Alias) {
	name := a.AsName
	if name == "" {
		name, _, _ = strings.Cut(a.Name, ".")
	}
	if name != "*" {
		n.bind(name, boundIn, a)
	} else if n.cur.kind != moduleScope && n.dialect == Py3 {
		n.fail(a, "import * only allowed at module level")
	}
}

func (n *names) function(x *FunctionDef) {
	n.defaults(x.Args)
	each(x.DecoratorList, n.visit)
	if len(x.TypeParams) > 0 {
		n.enter(typeScope, "the definition of a generic")
		n.typeParams(x.TypeParams)
		defer n.leave()
	}
	n.annotations(x.Args)
	expr(x.Returns, n.visit)
	n.enter(functionScope, "")
	n.cur.async = x.IsAsync
	n.params(x.Args)
	each(x.Body, n.visit)
	n.leave()
}

func (n *names) class(x *ClassDef) {
	each(x.DecoratorList, n.visit)
	if len(x.TypeParams) > 0 {
		n.enter(typeScope, "the definition of a generic")
		n.typeParams(x.TypeParams)
		defer n.leave()
	}
	each(x.Bases, n.visit)
	each(x.Keywords, n.visit)
	n.enter(classScope, "")
	n.cur.class = x.Name
	each(x.Body, n.visit)
	n.leave()
}

func (n *names) typeParams(list []TypeParam) {
	defaults := false
	for _, t := range list {
		var name, kind string
		var bound, def Expr
		switch t := t.(type) {
		case *TypeVar:
			name, kind, bound, def = t.Name, "a TypeVar", t.Bound, t.DefaultValue
		case *ParamSpec:
			name, kind, def = t.Name, "a ParamSpec", t.DefaultValue
		case *TypeVarTuple:
			name, kind, def = t.Name, "a TypeVarTuple", t.DefaultValue
		}
		if n.cur.uses[n.mangle(name)]&boundIn != 0 {
			n.fail(t, "duplicate type parameter '%s'", name)
		}
		if defaults && def == nil {
			n.fail(t, "non-default type parameter '%s' follows default type parameter", name)
		}
		defaults = defaults || def != nil
		n.bind(name, boundIn, t)
		if _, ok := bound.(*Tuple); ok {
			n.within(kind+" constraint", bound)
		} else {
			n.within(kind+" bound", bound)
		}
		n.within(kind+" default", def)
	}
}

// within visits an expression of a type scope, which has a scope of its own.
func (n *names) within(what string, e Expr) {
	if e != nil {
		n.enter(typeScope, what)
		n.visit(e)
		n.leave()
	}
}

// defaults visits what the enclosing scope evaluates.
func (n *names) defaults(a *Arguments) {
	each(a.Defaults, n.visit)
	for _, d := range a.KwDefaults {
		expr(d, n.visit)
	}
}

// parameters calls f for every parameter in the order in which CPython binds them.
func parameters(a *Arguments, f func(*Arg)) {
	for _, list := range [...][]*Arg{a.PosOnlyArgs, a.Args, a.KwOnlyArgs} {
		for _, p := range list {
			f(p)
		}
	}
	if a.Vararg != nil {
		f(a.Vararg)
	}
	if a.Kwarg != nil {
		f(a.Kwarg)
	}
}

func (n *names) annotations(a *Arguments) {
	parameters(a, func(p *Arg) { expr(p.Annotation, n.visit) })
}

func (n *names) params(a *Arguments) {
	parameters(a, func(p *Arg) { n.bind(p.Arg, paramIn|boundIn, p) })
	parameters(a, func(p *Arg) { expr(p.Target, n.visit) })
}

// declare handles global and nonlocal.
func (n *names) declare(at Node, list []string, u use, word string) {
	for _, name := range list {
		id := n.mangle(name)
		old := n.cur.uses[id]
		switch {
		case old&(paramIn|boundIn|usedIn|annotatedIn) == 0:
		case n.dialect == Py2 && old&paramIn == 0: // a warning there
		case old&paramIn != 0:
			n.fail(at, "name '%s' is parameter and %s", name, word)
		case old&usedIn != 0:
			n.fail(at, "name '%s' is used prior to %s declaration", name, word)
		case old&annotatedIn != 0:
			n.fail(at, "annotated name '%s' can't be %s", name, word)
		default:
			n.fail(at, "name '%s' is assigned to before %s declaration", name, word)
		}
		if n.cur.directives == nil {
			n.cur.directives = map[string]Node{}
		}
		if n.cur.directives[id] == nil {
			n.cur.directives[id] = at
		}
		if u == nonlocalIn && old&nonlocalIn == 0 {
			n.cur.nonlocals = append(n.cur.nonlocals, id)
		}
		n.cur.uses[id] = old | u
	}
}

func (n *names) annotation(x *AnnAssign) {
	if a, ok := x.Target.(*Attribute); ok && a.Attr == "__debug__" {
		n.fail(x, "cannot assign to __debug__")
	}
	if name, ok := x.Target.(*Name); ok {
		id := n.mangle(name.Id)
		old := n.cur.uses[id]
		if id == "__debug__" {
			n.fail(x, "cannot assign to __debug__")
		}
		if x.Simple && old&(globalIn|nonlocalIn) != 0 && n.cur.kind != moduleScope {
			word := "nonlocal"
			if old&globalIn != 0 {
				word = "global"
			}
			n.fail(x, "annotated name '%s' can't be %s", name.Id, word)
		}
		if x.Simple {
			n.bind(name.Id, annotatedIn|boundIn, name)
		} else if x.Value != nil {
			n.bind(name.Id, boundIn, name)
		}
	} else {
		n.visit(x.Target)
	}
	n.visit(x.Annotation)
	expr(x.Value, n.visit)
}

func (n *names) walrus(x *NamedExpr) {
	n.forbidden(x, "named expression")
	if n.cur.iterating > 0 {
		n.fail(x, "assignment expression cannot be used in a comprehension iterable expression")
	}
	if n.cur.kind == comprehensionScope {
		n.outward(x)
	}
	n.visit(x.Value)
	if n.cur.kind != comprehensionScope {
		n.visit(x.Target)
	}
}

// outward binds the target of a walrus inside a comprehension where it belongs: in the scope around it.
func (n *names) outward(x *NamedExpr) {
	id := n.mangle(x.Target.Id)
	for s := n.cur; s != nil; s = s.parent {
		switch s.kind {
		case comprehensionScope:
			if s.uses[id]&iteratedIn != 0 {
				n.fail(x.Target, "assignment expression cannot rebind comprehension iteration variable '%s'", x.Target.Id)
			}
			continue
		case classScope:
			n.fail(x.Target, "assignment expression within a comprehension cannot be used in a class body")
		case typeScope:
			continue
		}
		n.cur.uses[id] |= nonlocalIn
		s.uses[id] |= boundIn
		return
	}
}

func (n *names) comprehension(x Node, what string, gens []*Comprehension, elt, value Expr) {
	outer := gens[0]
	n.cur.iterating++
	n.visit(outer.Iter)
	n.cur.iterating--
	n.enter(comprehensionScope, what)
	n.cur.async = n.cur.parent.async
	for i, g := range gens {
		n.cur.target = true
		n.visit(g.Target)
		n.cur.target = false
		if i > 0 {
			n.cur.iterating++
			n.visit(g.Iter)
			n.cur.iterating--
		}
		each(g.Ifs, n.visit)
	}
	expr(value, n.visit)
	n.visit(elt)
	n.leave()
}

// forbidden fails for what may not stand in type parameters and aliases.
func (n *names) forbidden(x Node, what string) {
	if n.cur.kind == typeScope {
		n.fail(x, "%s cannot be used within %s", what, n.cur.what)
	}
}

func (n *names) await(x *Await) {
	n.forbidden(x, "await expression")
	switch {
	case n.cur.kind == moduleScope || n.cur.kind == classScope:
		n.fail(x, "'await' outside function")
	case !n.cur.async && n.cur.what != "generator expression":
		n.fail(x, "'await' outside async function")
	}
	n.visit(x.Value)
}

// resolve checks the nonlocal declarations of a scope and those in it against the names that functions around them
// bind; nil outside of functions.
func (n *names) resolve(s *scope, bound map[string]bool) {
	for _, name := range s.nonlocals {
		at := s.directives[name]
		switch {
		case s.uses[name]&globalIn != 0:
			n.fail(at, "name '%s' is nonlocal and global", name)
		case bound == nil:
			n.fail(at, "nonlocal declaration not allowed at module level")
		case !bound[name]:
			n.fail(at, "no binding for nonlocal '%s' found", name)
		}
	}
	inside := map[string]bool{}
	for name := range bound {
		inside[name] = true
	}
	switch s.kind {
	case classScope:
		inside["__class__"] = true
	case functionScope, comprehensionScope, typeScope:
		for name, u := range s.uses {
			if u&globalIn != 0 {
				delete(inside, name)
			} else if u&boundIn != 0 {
				inside[name] = true
			}
		}
	}
	for _, child := range s.inner {
		n.resolve(child, inside)
	}
}
