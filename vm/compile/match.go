package compile

import (
	"gilt/vm/code"
	"gilt/vm/syntax"
)

// match statements. A pattern is a sequence of tests, each of which jumps to the next case when it fails. Captured values are kept in
// temporaries and bound only when the whole pattern has matched, before the guard.

type matcher struct {
	fail     int32
	captures map[string]int // name → register, for all names that the pattern can bind
	names    []string       // in the order in which they are bound
}

func (c *compiler) match(s *syntax.Match) {
	subject := c.alloc(1)
	c.expr(s.Subject, subject)
	end := c.newLabel()
	for _, k := range s.Cases {
		mark := c.top
		m := &matcher{fail: c.newLabel(), captures: map[string]int{}}
		c.captureNames(m, k.Pattern)
		c.pattern(m, k.Pattern, subject)
		for _, name := range m.names {
			c.at(k.Pattern.Span())
			c.storeName(name, m.captures[name])
		}
		c.release(mark)
		if k.Guard != nil {
			c.jumpIf(k.Guard, false, m.fail)
		}
		c.block(k.Body)
		c.jump(end)
		c.place(m.fail)
	}
	c.place(end)
}

// captureNames gives every name that p can bind a register.
func (c *compiler) captureNames(m *matcher, p syntax.Pattern) {
	bind := func(name string) {
		if _, ok := m.captures[name]; !ok && name != "" {
			m.captures[name] = c.alloc(1)
			m.names = append(m.names, name)
		}
	}
	all := func(ps []syntax.Pattern) {
		for _, x := range ps {
			c.captureNames(m, x)
		}
	}
	switch p := p.(type) {
	case *syntax.MatchSequence:
		all(p.Patterns)
	case *syntax.MatchMapping:
		all(p.Patterns)
		bind(p.Rest)
	case *syntax.MatchClass:
		all(p.Patterns)
		all(p.KwdPatterns)
	case *syntax.MatchStar:
		bind(p.Name)
	case *syntax.MatchAs:
		if p.Pattern != nil {
			c.captureNames(m, p.Pattern)
		}
		bind(p.Name)
	case *syntax.MatchOr:
		all(p.Patterns)
	}
}

// pattern compiles the test of register subject against p; it falls through on success.
func (c *compiler) pattern(m *matcher, p syntax.Pattern, subject int) {
	mark := c.top
	c.at(p.Span())
	switch p := p.(type) {
	case *syntax.MatchValue:
		c.matchValue(m, p.Value, subject)
	case *syntax.MatchSingleton:
		c.matchSingleton(m, p, subject)
	case *syntax.MatchSequence:
		c.matchSequence(m, p, subject)
	case *syntax.MatchMapping:
		c.matchMapping(m, p, subject)
	case *syntax.MatchClass:
		c.matchClass(m, p, subject)
	case *syntax.MatchStar:
		if p.Name != "" {
			c.move(m.captures[p.Name], subject)
		}
	case *syntax.MatchAs:
		if p.Pattern != nil {
			c.pattern(m, p.Pattern, subject)
		}
		if p.Name != "" {
			c.at(p.Range)
			c.move(m.captures[p.Name], subject)
		}
	case *syntax.MatchOr:
		c.matchOr(m, p, subject)
	}
	c.release(mark)
}

func (c *compiler) matchValue(m *matcher, e syntax.Expr, subject int) {
	c.tick(1)
	if v, ok := c.fold(e); ok {
		if n, isInt := v.(int64); isInt && n == int64(int16(n)) {
			c.jumpOn(code.JNEQI, subject, int(n), m.fail)
			return
		}
	}
	r := c.operand(e, none)
	c.at(e.Span())
	c.jumpOn(code.JNEQ, subject, r, m.fail)
}

func (c *compiler) matchSingleton(m *matcher, p *syntax.MatchSingleton, subject int) {
	c.tick(1)
	if p.Value == nil {
		c.jumpOn(code.JNOTNONE, subject, 0, m.fail)
		return
	}
	t := c.alloc(1)
	c.constant(p.Value, t)
	c.emit(code.IS, t, subject, t)
	c.jumpOn(code.JF, t, 0, m.fail)
}

// wildcard says whether p matches everything and binds nothing.
func wildcard(p syntax.Pattern) bool {
	switch p := p.(type) {
	case *syntax.MatchAs:
		return p.Pattern == nil && p.Name == ""
	case *syntax.MatchStar:
		return p.Name == ""
	}
	return false
}

func (c *compiler) matchSequence(m *matcher, p *syntax.MatchSequence, subject int) {
	star := none
	onlyWild := true
	for i, x := range p.Patterns {
		if _, ok := x.(*syntax.MatchStar); ok {
			star = i
		}
		onlyWild = onlyWild && wildcard(x)
	}
	n := len(p.Patterns)
	t := c.alloc(1)
	c.tick(2)
	c.emit(code.MATCHSEQ, t, subject, 0)
	c.jumpOn(code.JF, t, 0, m.fail)
	if star != none && n == 1 && onlyWild {
		return
	}
	c.emit(code.GETLEN, t, subject, 0)
	if star == none {
		c.jumpOn(code.JNEQI, t, n, m.fail)
	} else if n > 1 {
		c.jumpOn(code.JLTI, t, n-1, m.fail)
	}
	switch {
	case onlyWild:
	case star != none && wildcard(p.Patterns[star]):
		for i, x := range p.Patterns { // items by index: the rest is not needed
			if i == star || wildcard(x) {
				continue
			}
			c.at(x.Span())
			if i < star {
				c.emit(code.GETITEMI, t, subject, i)
			} else {
				c.emit(code.GETITEMI, t, subject, i-n)
			}
			c.pattern(m, x, t)
		}
	default:
		base := c.alloc(n)
		if star == none {
			c.emit(code.UNPACK, base, subject, n)
		} else {
			if star > 255 || n-star-1 > 255 {
				c.fail(p.Range, "too many expressions in star-unpacking sequence pattern")
			}
			c.emit(code.UNPACKEX, base, subject, star|(n-star-1)<<8)
		}
		for i, x := range p.Patterns {
			c.pattern(m, x, base+i)
		}
	}
}

func (c *compiler) matchMapping(m *matcher, p *syntax.MatchMapping, subject int) {
	n := len(p.Keys)
	t := c.alloc(1)
	c.tick(2)
	c.emit(code.MATCHMAP, t, subject, 0)
	c.jumpOn(code.JF, t, 0, m.fail)
	if n > 0 {
		c.emit(code.GETLEN, t, subject, 0)
		c.jumpOn(code.JLTI, t, n, m.fail)
	}
	keys := c.alloc(1)
	values := c.alloc(1)
	if n > 0 {
		c.tupleDisplay(p.Keys, p.Range, keys)
		c.at(p.Range)
		c.emit(code.MATCHKEYS, values, subject, keys)
		c.jumpOn(code.JNONE, values, 0, m.fail)
		base := c.alloc(n)
		c.emit(code.UNPACK, base, values, n)
		for i, x := range p.Patterns {
			c.pattern(m, x, base+i)
		}
		c.release(base)
	}
	if p.Rest == "" {
		return
	}
	// The rest: a copy without the keys.
	c.at(p.Range)
	rest := m.captures[p.Rest]
	c.emit(code.BUILDDICT, rest, rest, 0)
	c.emit(code.DICTUPDATE, rest, subject, 0)
	for i := range p.Keys {
		c.emit(code.GETITEMI, t, keys, i)
		c.emit(code.DELITEM, rest, t, 0)
	}
}

func (c *compiler) matchClass(m *matcher, p *syntax.MatchClass, subject int) {
	names := make(tupleConst, len(p.KwdAttrs))
	for i, a := range p.KwdAttrs {
		names[i] = a
	}
	n := len(p.Patterns) + len(p.KwdAttrs)
	t := c.alloc(1)
	cls := c.operand(p.Cls, none)
	c.at(p.Range)
	c.tick(2)
	c.emitExt(code.MATCHCLASS, t, subject, cls, len(p.Patterns), c.konst(names))
	c.jumpOn(code.JNONE, t, 0, m.fail)
	if n == 0 {
		return
	}
	base := c.alloc(n)
	c.emit(code.UNPACK, base, t, n)
	for i, x := range p.Patterns {
		c.pattern(m, x, base+i)
	}
	for i, x := range p.KwdPatterns {
		c.pattern(m, x, base+len(p.Patterns)+i)
	}
}

func (c *compiler) matchOr(m *matcher, p *syntax.MatchOr, subject int) {
	done := c.newLabel()
	for i, x := range p.Patterns {
		if i == len(p.Patterns)-1 {
			c.pattern(m, x, subject)
			break
		}
		next := c.newLabel()
		inner := *m
		inner.fail = next
		c.pattern(&inner, x, subject)
		c.jump(done)
		c.place(next)
	}
	c.place(done)
}
