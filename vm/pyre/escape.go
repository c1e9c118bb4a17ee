package pyre

import (
	"strconv"
	"strings"
)

// Escapes, in patterns and in sets.

const (
	digits      = "0123456789"
	octDigits   = "01234567"
	hexDigits   = "0123456789abcdefABCDEF"
	asciiLetter = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// controls are the escapes that stand for one character.
var controls = map[rune]rune{'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11, '\\': '\\'}

// numeric reads what follows \x, \u, \U and \N; ok is false for other letters.
func (s *scanner) numeric(k token, lookup func(string) (rune, bool)) (rune, bool) {
	n := 0
	switch k.r {
	case 'x':
		n = 2
	case 'u':
		n = 4
	case 'U':
		n = 8
	case 'N':
	default:
		return 0, false
	}
	if k.r != 'x' && !s.text {
		return 0, false
	}
	if k.r == 'N' {
		if !s.match('{') {
			s.fail(0, "missing {")
		}
		name := s.until('}', "character name")
		if lookup != nil {
			if r, ok := lookup(name); ok {
				return r, true
			}
		}
		s.fail(runes(name)+4, "undefined character name %s", s.repr(name))
	}
	text := s.while(n, hexDigits)
	if len(text) != n {
		s.fail(len(text)+2, "incomplete escape %s", k.String()+text)
	}
	v, _ := strconv.ParseInt(text, 16, 64)
	if v > 0x10FFFF {
		s.fail(len(text)+2, "bad escape %s", k.String()+text)
	}
	return rune(v), true
}

// octal is the value of octal digits, which must fit in a byte.
func (s *scanner) octal(text string) rune {
	v, _ := strconv.ParseInt(text, 8, 32)
	if v > 0o377 {
		s.fail(len(text)+1, `octal escape value \%s outside of range 0-0o377`, text)
	}
	return rune(v)
}

// plain is an escape without a meaning of its own.
func (s *scanner) plain(k token) rune {
	if strings.ContainsRune(asciiLetter, k.r) || strings.ContainsRune(digits, k.r) {
		s.fail(2, "bad escape %s", k.String())
	}
	return k.r
}

// escape reads the rest of an escape outside of sets.
func (p *parser) escape(k token) *node {
	switch k.r {
	case 'A', 'Z', 'b', 'B':
		return &node{op: opAt, r: k.r}
	case 'd', 'D', 's', 'S', 'w', 'W':
		return &node{op: opSet, items: []item{{cat: byte(k.r)}}}
	}
	if r, ok := controls[k.r]; ok {
		return literal(r)
	}
	if r, ok := p.numeric(k, p.opt.Lookup); ok {
		return literal(r)
	}
	if k.r == '0' {
		v, _ := strconv.ParseInt("0"+p.while(2, octDigits), 8, 32)
		return literal(rune(v))
	}
	if !strings.ContainsRune(digits, k.r) {
		return literal(p.plain(k))
	}
	text := string(k.r)
	if p.next.in(digits) {
		text += string(p.get().r)
		if strings.ContainsRune(octDigits, k.r) && strings.Contains(octDigits, text[1:]) && p.next.in(octDigits) {
			return literal(p.octal(text + string(p.get().r)))
		}
	}
	g, _ := strconv.Atoi(text)
	if g >= p.Groups {
		p.fail(len(text), "invalid group reference %d", g)
	}
	if p.open[g] {
		p.fail(len(text)+1, "cannot refer to an open group")
	}
	p.checkBehind(g)
	return &node{op: opRef, group: g}
}

// checkBehind refuses references to groups of the same look-behind.
func (p *parser) checkBehind(g int) {
	if p.behind < 0 {
		return
	}
	if p.open[g] {
		p.fail(0, "cannot refer to an open group")
	}
	if g >= p.behind {
		p.fail(0, "cannot refer to group defined in the same lookbehind subpattern")
	}
}

// setEscape reads the rest of an escape in a set.
func (p *parser) setEscape(k token) item {
	switch k.r {
	case 'd', 'D', 's', 'S', 'w', 'W':
		return item{cat: byte(k.r)}
	}
	if r, ok := controls[k.r]; ok {
		return item{lo: r, hi: r}
	}
	if r, ok := p.numeric(k, p.opt.Lookup); ok {
		return item{lo: r, hi: r}
	}
	if strings.ContainsRune(octDigits, k.r) {
		r := p.octal(string(k.r) + p.while(2, octDigits))
		return item{lo: r, hi: r}
	}
	r := p.plain(k)
	return item{lo: r, hi: r}
}

func (p *parser) warn(text string, pos int) {
	p.Warnings = append(p.Warnings, text+" at position "+strconv.Itoa(pos))
}

// set reads [...] after its bracket.
func (p *parser) set() *node {
	here := p.tell() - 1
	unterminated := func() { p.fail(p.tell()-here, "unterminated character set") }
	if p.next.is('[') {
		p.warn("Possible nested set", p.tell())
	}
	n := &node{op: opSet, neg: p.match('^')}
	for {
		k := p.get()
		if !k.ok {
			unterminated()
		}
		if k.is(']') && len(n.items) > 0 {
			break
		}
		var a item
		if k.esc {
			a = p.setEscape(k)
		} else {
			if len(n.items) > 0 && k.in("-&~|") && p.next.is(k.r) {
				kind := map[rune]string{'-': "difference", '&': "intersection", '~': "symmetric difference", '|': "union"}[k.r]
				p.warn("Possible set "+kind, p.tell()-1)
			}
			a = item{lo: k.r, hi: k.r}
		}
		if !p.match('-') {
			n.items = append(n.items, a)
			continue
		}
		to := p.get()
		if !to.ok {
			unterminated()
		}
		if to.is(']') {
			n.items = append(n.items, a, item{lo: '-', hi: '-'})
			break
		}
		var b item
		if to.esc {
			b = p.setEscape(to)
		} else {
			if to.is('-') {
				p.warn("Possible set difference", p.tell()-2)
			}
			b = item{lo: to.r, hi: to.r}
		}
		if a.cat != 0 || b.cat != 0 || b.lo < a.lo {
			p.fail(k.len()+1+to.len(), "bad character range %s-%s", k, to)
		}
		n.items = append(n.items, item{lo: a.lo, hi: b.lo})
	}
	if len(n.items) == 1 && n.items[0].cat == 0 && n.items[0].lo == n.items[0].hi {
		n.r, n.literal = n.items[0].lo, !n.neg
	}
	return n
}
