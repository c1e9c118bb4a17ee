package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// Imports.

func (c *compiler) importStmt(s *syntax.Import) {
	for _, a := range s.Names {
		t := c.alloc(1)
		c.at(s.Range)
		c.tick(1)
		c.emitExt(code.IMPORT, t, c.nameConst(a.Name), c.konst(nil), 0, 0)
		if a.AsName != "" { // import a.b.c as d binds the submodule
			name := a.Name
			for first := true; ; first = false {
				head, rest, more := cutDot(name)
				if !first {
					c.tick(1)
					c.emit(code.IMPORTFROM, t, t, c.nameConst(head))
				}
				if !more {
					break
				}
				name = rest
			}
		}
		c.storeName(importName(a), t)
		c.release(t)
	}
}

func cutDot(s string) (head, rest string, more bool) {
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func (c *compiler) importFrom(s *syntax.ImportFrom) {
	if s.Module == "__future__" && s.Level == 0 && c.interactive {
		return
	}
	names := make(tupleConst, len(s.Names))
	for i, a := range s.Names {
		names[i] = a.Name
	}
	m := c.alloc(1)
	c.tick(1)
	c.emitExt(code.IMPORT, m, c.nameConst(s.Module), c.konst(names), s.Level, 0)
	if len(s.Names) == 1 && s.Names[0].Name == "*" {
		c.tick(1)
		c.emit(code.IMPORTSTAR, m, 0, 0)
		return
	}
	for _, a := range s.Names {
		t := c.target(&syntax.Name{Id: importName(a)})
		if t == none {
			t = c.alloc(1)
		}
		c.at(s.Range)
		c.tick(1)
		c.emit(code.IMPORTFROM, t, m, c.nameConst(a.Name))
		c.storeName(importName(a), t)
		c.release(m + 1)
	}
}
