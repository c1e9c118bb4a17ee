package syntax

import "fmt"

// Check looks for the errors of a module that its grammar does not show: statements outside of where they belong,
// contradictory declarations, names bound twice where they may be bound once. It finds the one that CPython 3.13
// reports: first the future imports, then the names (check_names.go), then everything else in the order of the
// source (check_flow.go). A module that passes needs none of these checks in the compiler. The error is a *SyntaxError.
func Check(m *Module) error {
	return checked(m.Source, func(c *checker) {
		c.dialect = m.Dialect
		c.futures(m.Body)
		newNames(c).module(m.Body)
		f := flow{checker: c}
		f.block(m.Body)
	})
}

// CheckExpr is Check for a single expression.
func CheckExpr(e *Expression) error {
	return checked(e.Source, func(c *checker) {
		c.dialect = e.Dialect
		body := []Stmt{&ExprStmt{Range: e.Body.Span(), Value: e.Body}}
		newNames(c).module(body)
		f := flow{checker: c}
		f.block(body)
	})
}

// checker is what the checks share. They fail by panic with a *SyntaxError, which checked turns into an error.
type checker struct {
	src     *Source
	dialect Dialect
	prefix  map[*ImportFrom]bool // the from __future__ imports that stand where they may
}

// failStart is fail with a place that has no extent.
func (c *checker) failStart(n Node, format string, args ...any) {
	at := n.Span().Start
	c.fail(&Pass{Range{at, at}}, format, args...)
}

func checked(src *Source, f func(*checker)) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *SyntaxError:
			err = r
		default:
			panic(r)
		}
	}()
	f(&checker{src: src})
	return nil
}

// fail reports an error over a node.
func (c *checker) fail(n Node, format string, args ...any) {
	r := n.Span()
	panic(&SyntaxError{File: c.src.Name, Line: int(r.Start.Line), Col: c.src.Column(r.Start) + 1, EndLine: int(r.End.Line),
		EndCol: c.src.Column(r.End) + 1, Text: c.src.Line(int(r.Start.Line)), Msg: fmt.Sprintf(format, args...)})
}

// futures checks the from __future__ imports at the beginning of a module.
func (c *checker) futures(body []Stmt) {
	c.prefix = map[*ImportFrom]bool{}
	for i, s := range body {
		switch s := s.(type) {
		case *ImportFrom:
			if s.Module != "__future__" || s.Level != 0 {
				return
			}
			c.prefix[s] = true
			for _, a := range s.Names {
				switch a.Name {
				case "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
					"unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations":
				case "braces":
					c.failStart(s, "not a chance")
				default:
					c.failStart(s, "future feature %.100s is not defined", a.Name)
				}
			}
		case *ExprStmt:
			if k, ok := s.Value.(*Constant); !ok || i > 0 {
				return
			} else if _, ok := k.Value.(string); !ok {
				return
			}
		default:
			return
		}
	}
}
