package pyre

import (
	"strings"
	"unicode"
)

// What begins with a parenthesis.

var flagLetters = map[rune]int{'i': FlagIgnoreCase, 'L': FlagLocale, 'm': FlagMultiline, 's': FlagDotAll, 'x': FlagVerbose, 'a': FlagASCII, 'u': FlagUnicode}

// flagOf is the flag of a token, 0 if it is none.
func flagOf(k token) int {
	if k.esc {
		return 0
	}
	return flagLetters[k.r]
}

func (p *parser) end(start int) {
	if !p.match(')') {
		p.fail(p.tell()-start, "missing ), unterminated subpattern")
	}
}

// need is the next token, which must be there.
func (p *parser) need() token {
	k := p.get()
	if !k.ok {
		p.fail(0, "unexpected end of pattern")
	}
	return k
}

// group reads what follows an opening parenthesis; nil for what matches nothing: comments and global flags.
func (p *parser) group(verbose bool, nested int, first bool) *node {
	start := p.tell() - 1
	if !p.match('?') {
		return p.body(start, "", true, &node{op: opGroup}, verbose, nested)
	}
	k := p.need()
	switch {
	case k.is('P'):
		if p.match('<') {
			name := p.until('>', "group name")
			p.checkName(name, 1, p.opt.Identifier)
			return p.body(start, name, true, &node{op: opGroup}, verbose, nested)
		}
		if p.match('=') {
			name := p.until(')', "group name")
			p.checkName(name, 1, p.opt.Identifier)
			g, ok := p.Names[name]
			if !ok {
				p.fail(runes(name)+1, "unknown group name %s", p.repr(name))
			}
			if p.open[g] {
				p.fail(runes(name)+1, "cannot refer to an open group")
			}
			p.checkBehind(g)
			return &node{op: opRef, group: g}
		}
		k := p.need()
		p.fail(k.len()+2, "unknown extension ?P%s", k)
	case k.is(':'):
		return p.body(start, "", false, &node{op: opGroup}, verbose, nested)
	case k.is('#'):
		for {
			if !p.next.ok {
				p.fail(p.tell()-start, "missing ), unterminated comment")
			}
			if p.get().is(')') {
				return nil
			}
		}
	case k.in("=!<"):
		return p.look(start, k, verbose, nested)
	case k.is('('):
		return p.conditional(start, verbose, nested)
	case k.is('>'):
		return p.body(start, "", false, &node{op: opAtomic}, verbose, nested)
	case flagOf(k) != 0 || k.is('-'):
		add, del, global := p.flags(k)
		if global {
			if !first {
				p.fail(p.tell()-start, "global flags not at the start of the expression")
			}
			return nil
		}
		return p.body(start, "", false, &node{op: opGroup, add: add, del: del}, verbose, nested)
	}
	p.fail(k.len()+1, "unknown extension ?%s", k)
	return nil
}

// body reads the contents of a group up to its parenthesis.
func (p *parser) body(start int, name string, capture bool, n *node, verbose bool, nested int) *node {
	if capture {
		n.group = p.Groups
		p.Groups++
		p.closed, p.loop, p.Order = append(p.closed, 0), append(p.loop, 0), append(p.Order, name)
		if name != "" {
			if old, ok := p.Names[name]; ok {
				p.fail(runes(name)+1, "redefinition of group name %s as group %d; was group %d", p.repr(name), n.group, old)
			}
			p.Names[name] = n.group
		}
		p.open[n.group] = true
	}
	verbose = (verbose || n.add&FlagVerbose != 0) && n.del&FlagVerbose == 0
	n.kids = []seq{p.alternatives(verbose, nested+1)}
	p.end(start)
	if capture {
		delete(p.open, n.group)
		p.closing++
		p.closed[n.group] = p.closing
	}
	return n
}

// look reads a look-ahead or look-behind.
func (p *parser) look(start int, k token, verbose bool, nested int) *node {
	n := &node{op: opLook}
	saved := p.behind
	if k.is('<') {
		n.behind = true
		k = p.need()
		if !k.in("=!") {
			p.fail(k.len()+2, "unknown extension ?<%s", k)
		}
		if saved < 0 {
			p.behind = p.Groups
		}
	}
	n.neg = k.is('!')
	n.kids = []seq{p.alternatives(verbose, nested+1)}
	p.behind = saved
	p.end(start)
	if n.neg && len(n.kids[0]) == 0 {
		return &node{op: opFail}
	}
	return n
}

// conditional reads (?(name)yes|no) after the second parenthesis.
func (p *parser) conditional(start int, verbose bool, nested int) *node {
	name := p.until(')', "group name")
	g := 0
	if strings.Trim(name, digits) != "" {
		p.checkName(name, 1, p.opt.Identifier)
		var ok bool
		if g, ok = p.Names[name]; !ok {
			p.fail(runes(name)+1, "unknown group name %s", p.repr(name))
		}
	} else {
		for _, c := range name {
			if g = g*10 + int(c-'0'); g >= maxGroups {
				p.fail(len(name)+1, "invalid group reference %s", strings.TrimLeft(name, "0"))
			}
		}
		if g == 0 {
			p.fail(len(name)+1, "bad group number")
		}
		if _, ok := p.cond[g]; !ok {
			p.cond[g] = p.tell() - len(name) - 1
			p.condOrder = append(p.condOrder, g)
		}
	}
	p.checkBehind(g)
	n := &node{op: opCond, group: g, kids: []seq{p.sequence(verbose, nested+1, false), nil}}
	if p.match('|') {
		n.kids[1] = p.sequence(verbose, nested+1, false)
		if p.next.is('|') {
			p.fail(0, "conditional backref with more than two branches")
		}
	}
	p.end(start)
	return n
}

// flags reads inline flags; global says that they are not a group's.
func (p *parser) flags(k token) (add, del int, global bool) {
	unknown := func(k token, missing string) {
		if unicode.IsLetter(k.r) && !k.esc {
			p.fail(k.len(), "unknown flag")
		}
		p.fail(k.len(), "%s", missing)
	}
	if !k.is('-') {
		for {
			f := flagOf(k)
			if p.text && k.is('L') {
				p.fail(0, "bad inline flags: cannot use 'L' flag with a str pattern")
			}
			if !p.text && k.is('u') {
				p.fail(0, "bad inline flags: cannot use 'u' flag with a bytes pattern")
			}
			add |= f
			if f&typeFlags != 0 && add&typeFlags != f {
				p.fail(0, "bad inline flags: flags 'a', 'u' and 'L' are incompatible")
			}
			if k = p.get(); !k.ok {
				p.fail(0, "missing -, : or )")
			}
			if k.in(")-:") {
				break
			}
			if flagOf(k) == 0 {
				unknown(k, "missing -, : or )")
			}
		}
	}
	if k.is(')') {
		p.Flags |= add
		return 0, 0, true
	}
	if k.is('-') {
		if k = p.get(); !k.ok {
			p.fail(0, "missing flag")
		}
		if flagOf(k) == 0 {
			unknown(k, "missing flag")
		}
		for {
			f := flagOf(k)
			if f&typeFlags != 0 {
				p.fail(0, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
			}
			del |= f
			if k = p.get(); !k.ok {
				p.fail(0, "missing :")
			}
			if k.is(':') {
				break
			}
			if flagOf(k) == 0 {
				unknown(k, "missing :")
			}
		}
	}
	if add&del != 0 {
		p.fail(1, "bad inline flags: flag turned on and off")
	}
	return add, del, false
}

// width is the least and the greatest length of what s matches.
func (p *parser) width(s seq, widths map[int][2]int) (lo, hi int) {
	const most = 1 << 40
	for _, n := range s {
		a, b := 0, 0
		switch n.op {
		case opSet, opAny:
			a, b = 1, 1
		case opGroup, opAtomic:
			a, b = p.width(n.kids[0], widths)
			if n.group > 0 {
				widths[n.group] = [2]int{a, b}
			}
		case opRepeat:
			a, b = p.width(n.kids[0], widths)
			a, b = min(a*n.min, most), min(b*n.max, most)
		case opRef:
			w := widths[n.group]
			a, b = w[0], w[1]
		case opBranch, opCond:
			a = most
			for _, k := range n.kids {
				x, y := p.width(k, widths)
				a, b = min(a, x), max(b, y)
			}
		case opLook:
			p.width(n.kids[0], widths)
		}
		lo, hi = min(lo+a, most), min(hi+b, most)
	}
	return lo, hi
}

// checkWidths refuses look-behinds over what has no fixed length.
func (p *parser) checkWidths(s seq) {
	widths := map[int][2]int{}
	p.width(p.root, widths)
	var walk func(s seq)
	walk = func(s seq) {
		for _, n := range s {
			if n.op == opLook && n.behind {
				if lo, hi := p.width(n.kids[0], widths); lo != hi {
					panic(&Error{Msg: "look-behind requires fixed-width pattern", Pos: -1})
				}
			}
			for _, k := range n.kids {
				walk(k)
			}
		}
	}
	walk(s)
}
