package syntax

import "strings"

// String literals: adjacent ones are one value, and become a JoinedStr as soon as one of them is an f-string.

// strings parses a run of string tokens.
func (p *parser) strings() Expr {
	at := p.pos
	if p.tok == tString && p.peek(1) != tString && p.peek(1) != tFStart {
		p.next()
		v, kind := p.stringValue(at)
		c := p.constant(at, v)
		c.Kind = kind
		return c
	}
	var parts []Expr
	f, nBytes, n := false, 0, 0
	for p.tok == tString || p.tok == tFStart {
		n++
		if p.tok == tFStart {
			f = true
			parts = append(parts, p.fstring()...)
			continue
		}
		i := p.pos
		p.next()
		v, kind := p.stringValue(i)
		if _, ok := v.(Bytes); ok {
			nBytes++
		}
		parts = append(parts, &Constant{Range: p.span(i), Value: v, Kind: kind})
	}
	if nBytes > 0 && (nBytes < n || f) {
		p.errorLast("cannot mix bytes and nonbytes literals")
	}
	r := p.span(at)
	if nBytes > 0 {
		var b strings.Builder
		for _, e := range parts {
			b.WriteString(string(e.(*Constant).Value.(Bytes)))
		}
		return &Constant{Range: r, Value: Bytes(b.String())}
	}
	merged := merge(parts)
	if !f {
		c := merged[0].(*Constant)
		c.Range = r
		if p.dialect == Py2 {
			for _, e := range parts {
				if k := e.(*Constant).Kind; k != "" {
					c.Kind = k // one unicode literal makes the whole unicode
				}
			}
		}
		return c
	}
	return &JoinedStr{Range: r, Values: dropEmpty(merged)}
}

// merge joins neighbouring string constants.
func merge(parts []Expr) []Expr {
	var list []Expr
	for i := 0; i < len(parts); {
		c, ok := parts[i].(*Constant)
		if !ok {
			list = append(list, parts[i])
			i++
			continue
		}
		j := i + 1
		for j < len(parts) {
			if _, ok := parts[j].(*Constant); !ok {
				break
			}
			j++
		}
		if j > i+1 {
			var b strings.Builder
			for _, e := range parts[i:j] {
				b.WriteString(e.(*Constant).Value.(string))
			}
			c = &Constant{Range: Range{c.Start, parts[j-1].Span().End}, Value: b.String(), Kind: c.Kind}
		}
		list = append(list, c)
		i = j
	}
	return list
}

func dropEmpty(list []Expr) []Expr {
	kept := list[:0]
	for _, e := range list {
		if c, ok := e.(*Constant); ok && c.Value == "" {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// fstring parses one f-string and returns its parts.
func (p *parser) fstring() []Expr {
	p.enter()
	defer p.leave()
	first := p.pos
	raw := strings.ContainsAny(p.word(first), "rR")
	p.next()
	var parts []Expr
	for p.tok != tFEnd {
		parts = p.fstringPart(parts, raw)
	}
	p.next()
	return parts
}

// fstringPart appends the text or the replacement field that comes next.
func (p *parser) fstringPart(parts []Expr, raw bool) []Expr {
	at := p.pos
	switch p.tok {
	case tFMiddle:
		p.next()
		s := p.text[p.tokens[at].start:p.tokens[at].end]
		if !raw {
			s = p.unescape(s, at, false, true)
		}
		c := &Constant{Range: p.span(at), Value: s}
		if end := p.tokens[at].end; end > p.tokens[at].start && p.text[end] == p.text[end-1] && (p.text[end] == '{' || p.text[end] == '}') {
			c.End.Col++ // a doubled brace
		}
		return append(parts, c)
	case tLBrace:
		return p.field(parts, raw)
	}
	p.fail()
	return nil
}

// field parses {value = ! conversion : spec}.
func (p *parser) field(parts []Expr, raw bool) []Expr {
	at := p.pos
	if p.explain {
		p.explainField(raw)
	}
	p.next()
	f := &FormattedValue{Conversion: -1}
	f.Value = p.value()
	debugEnd := -1
	if p.accept(tAssign) {
		debugEnd = p.pos
	}
	if p.tok == tExclamation {
		bang := p.pos
		p.next()
		f.Conversion = p.conversion(bang)
	}
	if p.tok == tColon {
		f.FormatSpec = p.formatSpec(raw)
	}
	p.expect(tRBrace)
	f.Range = p.span(at)
	if debugEnd >= 0 {
		// The text as it stands, from behind the brace to what follows the equals sign.
		from, to := p.tokens[at].end, p.tokens[debugEnd].start
		text := p.text[from:to]
		parts = append(parts, &Constant{Range: Range{p.end(at), p.start(debugEnd)}, Value: stripComments(text)})
		if f.Conversion < 0 && f.FormatSpec == nil {
			f.Conversion = 'r'
		}
	}
	return append(parts, f)
}

// conversion parses the letter behind an exclamation mark.
func (p *parser) conversion(bang int) int {
	p.mustBe(tName)
	s := p.word(p.pos)
	if p.tokens[p.pos].start != p.tokens[bang].end {
		p.errorRange(p.start(bang), p.end(p.pos), "f-string: conversion type must come right after the exclamanation mark")
	}
	if s != "s" && s != "r" && s != "a" {
		p.errorAt(p.pos, "f-string: invalid conversion character '%s': expected 's', 'r', or 'a'", s)
	}
	p.next()
	return int(s[0])
}

// formatSpec parses what stands behind the colon: text and fields.
func (p *parser) formatSpec(raw bool) Expr {
	at := p.pos
	p.next()
	var parts []Expr
	for p.tok == tFMiddle || p.tok == tLBrace {
		parts = p.fstringPart(parts, raw)
	}
	r := p.span(at)
	return &JoinedStr{Range: r, Values: dropEmpty(merge(parts))}
}

// stripComments drops the comments in the text of a field with an equals sign.
func stripComments(s string) string {
	if !strings.Contains(s, "#") {
		return s
	}
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#':
			for i < len(s) && s[i] != '\n' {
				i++
			}
			if i == len(s) {
				return b.String()
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
