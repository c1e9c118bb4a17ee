package compile

import (
	"strings"

	"gilt/vm/syntax"
)

// Scopes: what the first pass learns. scopewalk.go fills them, this file decides what every name means.
//
// A scope is a module, class body, function, lambda or comprehension. A unit is a scope that becomes a Code of its own. List, set
// and dict comprehensions are scopes but not units: they are compiled into the unit around them, with their variables
// in registers of their own (PEP 709). Only in class bodies, whose names live in a namespace that a comprehension does
// not see, they are units, as generator expressions always are.

type scopeKind uint8

const (
	moduleScope scopeKind = iota
	classScope
	funcScope
	compScope // list, set, dict comprehension
	genScope  // generator expression
)

// What is known of a name in a scope.
const (
	symBound    = 1 << iota // something in the scope binds it
	symParam                // it is a parameter
	symUsed                 // it is read
	symGlobal               // global statement
	symNonlocal             // nonlocal statement
	symDeleted              // del, or the name of an except clause: may be unset again after it was assigned
	symEarly                // a comprehension's variable that may be read before its for has bound it
)

// access says how a name is reached from a scope.
type access uint8

const (
	accLocal     access = iota // a register of the unit (which holds a cell if def.captured)
	accFree                    // a cell of the unit's closure
	accGlobal                  // module globals
	accName                    // class namespace, then globals
	accClassFree               // class namespace, then a cell of the closure
)

// symbol is a name in a scope.
type symbol struct {
	name     string
	owner    *scope
	flags    uint16
	acc      access
	def      *symbol // the symbol whose variable this is, for accLocal, accFree and accClassFree
	captured bool    // an inner unit uses the variable: it lives in a cell
	reg      int     // register, for symbols that define a variable; -1 before it has one
}

// scope is a scope.
type scope struct {
	kind     scopeKind
	name     string
	parent   *scope
	children []*scope
	unit     *scope // the scope whose Code this one is compiled into
	syms     map[string]*symbol
	order    []*symbol
	private  string // class name for mangling

	generator bool
	walrus    bool // := somewhere in the unit
	dynamic   bool // the unit asks for its locals as a whole (locals(), eval, ...)
	annotated bool // a simple name is annotated, outside of functions
	classCell *symbol
	free      []string // captured variables of outer units, in the order of the closure
	freeIndex map[string]int
}

func newScope(kind scopeKind, name string, parent *scope) *scope {
	s := &scope{kind: kind, name: name, parent: parent, syms: map[string]*symbol{}}
	s.unit = s
	if parent != nil {
		s.private = parent.private
		parent.children = append(parent.children, s)
	}
	return s
}

// function says whether the scope's variables are registers.
func (s *scope) function() bool { return s.kind >= funcScope }

// comprehension says whether the scope is that of a comprehension or generator expression.
func (s *scope) comprehension() bool { return s.kind >= compScope }

func (s *scope) symbol(name string) *symbol {
	y := s.syms[name]
	if y == nil {
		y = &symbol{name: name, owner: s, reg: -1}
		s.syms[name] = y
		s.order = append(s.order, y)
	}
	return y
}

// mangle gives private names of classes (__x) the name that the class sees.
func mangle(private, name string) string {
	if private == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") || strings.Contains(name, ".") {
		return name
	}
	p := strings.TrimLeft(private, "_")
	if p == "" {
		return name
	}
	return "_" + p + name
}

// analyse makes the scopes of a module's body or of a single expression.
func (c *compiler) analyse(body []syntax.Stmt, e syntax.Expr) *scope {
	s := newScope(moduleScope, "<module>", nil)
	w := &walker{c: c, s: s}
	w.stmts(body)
	if e != nil {
		w.expr(e)
	}
	c.resolve(s)
	return s
}

// resolve decides what the names of s and of the scopes inside it mean.
func (c *compiler) resolve(s *scope) {
	for _, y := range s.order {
		c.resolveSymbol(s, y)
	}
	for _, k := range s.children {
		c.resolve(k)
	}
}

func (c *compiler) resolveSymbol(s *scope, y *symbol) {
	switch {
	case y.flags&symGlobal != 0:
		y.acc = accGlobal
		return
	case y.flags&symNonlocal != 0:
		y.acc = accFree
		s.capture(y, s.outer(y.name)) // Check has made sure that there is one
		return
	case y.flags&symBound != 0 && s.function():
		y.acc, y.def = accLocal, y
		return
	case y.flags&symBound != 0 && s.kind == classScope:
		y.acc = accName
		return
	case s.kind == moduleScope:
		y.acc = c.moduleAccess()
		return
	}
	d := s.outer(y.name)
	if d == nil {
		y.acc = accGlobal
		if s.kind == classScope {
			y.acc = accName
		} else if s.unit.kind == moduleScope {
			y.acc = c.moduleAccess()
		}
		return
	}
	if d.owner.unit == s.unit {
		y.acc, y.def = accLocal, d
		return
	}
	y.acc = accFree
	if s.kind == classScope {
		y.acc = accClassFree
	}
	s.capture(y, d)
}

func (c *compiler) moduleAccess() access {
	if c.opts.Namespace {
		return accName
	}
	return accGlobal
}

// outer finds the variable of an enclosing function that name means in s, or nil: it is global.
func (s *scope) outer(name string) *symbol {
	for p := s.parent; p != nil; p = p.parent {
		if p.kind == classScope {
			if name == "__class__" {
				if p.classCell == nil {
					p.classCell = &symbol{name: name, owner: p, reg: -1}
				}
				return p.classCell
			}
			continue
		}
		if !p.function() {
			return nil
		}
		y := p.syms[name]
		if y == nil || y.flags&(symBound|symGlobal|symNonlocal) == 0 {
			continue
		}
		if y.flags&symGlobal != 0 {
			return nil
		}
		if y.flags&symNonlocal != 0 {
			continue
		}
		return y
	}
	return nil
}

// capture makes d, a variable of an outer unit, a cell that the closures of all units from its own to that of s have.
func (s *scope) capture(y, d *symbol) {
	y.def, d.captured = d, true
	for u := s.unit; u != d.owner.unit; u = u.parent.unit {
		if u.freeIndex == nil {
			u.freeIndex = map[string]int{}
		}
		if _, ok := u.freeIndex[y.name]; !ok {
			u.freeIndex[y.name] = len(u.free)
			u.free = append(u.free, y.name)
		}
	}
}
