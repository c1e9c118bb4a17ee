package syntax

import "strings"

// Import statements.

func (p *parser) importName() Stmt {
	at := p.pos
	if p.explain {
		p.explainImport()
	}
	s := &Import{}
	p.next()
	for {
		start := p.pos
		a := &Alias{Name: p.dotted()}
		a.AsName = p.asName(start)
		a.Range = p.span(start)
		s.Names = append(s.Names, a)
		if p.tok != tComma {
			break
		}
		p.next()
	}
	s.Range = p.span(at)
	return s
}

// dotted parses a.b.c.
func (p *parser) dotted() string {
	name := p.ident()
	if p.tok != tDot {
		return name
	}
	var b strings.Builder
	b.WriteString(name)
	for p.tok == tDot {
		p.next()
		b.WriteByte('.')
		b.WriteString(p.ident())
	}
	return b.String()
}

// asName parses as name, where there is one.
func (p *parser) asName(start int) string {
	if p.tok != tAs {
		return ""
	}
	p.next()
	return p.ident()
}

func (p *parser) importFrom() Stmt {
	at := p.pos
	s := &ImportFrom{}
	p.next()
	for {
		if p.tok == tDot {
			s.Level++
		} else if p.tok == tEllipsis {
			s.Level += 3
		} else {
			break
		}
		p.next()
	}
	if s.Level == 0 || p.tok != tImport {
		s.Module = p.dotted()
	}
	p.expect(tImport)
	switch p.tok {
	case tStar:
		start := p.pos
		p.next()
		s.Names = []*Alias{{Range: p.span(start), Name: "*"}}
	case tLParen:
		p.next()
		s.Names = p.importNames()
		p.accept(tComma)
		p.expect(tRParen)
	case tNewline:
		if p.explain {
			p.errorFrom(p.start(p.pos), "Expected one or more names after 'import'")
		}
		p.fail()
	default:
		s.Names = p.importNames()
		if p.tok == tComma {
			p.next()
			if p.explain && p.tok == tNewline {
				p.errorLast("trailing comma not allowed without surrounding parentheses")
			}
			p.fail()
		}
	}
	s.Range = p.span(at)
	if s.Module == "__future__" && s.Level == 0 {
		p.futureImport(s)
	}
	return s
}

// importNames parses a as b, c; a comma at the end stays.
func (p *parser) importNames() []*Alias {
	var list []*Alias
	for {
		start := p.pos
		a := &Alias{Name: p.ident()}
		a.AsName = p.asName(start)
		a.Range = p.span(start)
		list = append(list, a)
		if p.tok != tComma || p.peek(1) != tName {
			return list
		}
		p.next()
	}
}

// futureImport switches on what a from __future__ import names, where one may stand. Elsewhere Check complains.
func (p *parser) futureImport(s *ImportFrom) {
	if !p.docs {
		return
	}
	for _, a := range s.Names {
		switch a.Name {
		case "division":
			p.future |= FutureDivision
		case "unicode_literals":
			p.future |= FutureUnicodeLiterals
		case "annotations":
			p.future |= FutureAnnotations
		case "print_function":
			p.future |= FuturePrintFunction
			for i := p.pos; i < len(p.tokens); i++ {
				if p.tokens[i].kind == tPrint {
					p.tokens[i].kind = tName
				}
			}
			p.tok = p.tokens[p.pos].kind
		}
	}
}
