package pyre

import (
	"strconv"
	"strings"
)

// The translation into the engine's language. Groups are written without names, in their order, so that their numbers are
// Python's.

// translator writes a pattern; ascii says that it will only see ASCII subjects, for which sets are smaller.
type translator struct {
	*Parsed
	ascii bool
}

// translate writes the whole pattern.
func (p *Parsed) translate(ascii bool) string {
	var b strings.Builder
	c := &translator{p, ascii}
	c.seq(&b, p.root, p.Flags)
	return b.String()
}

func (c *translator) seq(b *strings.Builder, s seq, flags int) {
	for _, n := range s {
		c.node(b, n, flags)
	}
}

// scoped are the flags inside of a group that sets and clears some.
func scoped(flags, add, del int) int {
	if add&typeFlags != 0 {
		flags &^= typeFlags
	}
	return (flags | add) &^ del
}

func (c *translator) node(b *strings.Builder, n *node, flags int) {
	switch n.op {
	case opSet:
		c.class(b, n, flags)
	case opAny:
		if flags&FlagDotAll != 0 {
			b.WriteString("(?s:.)")
		} else {
			b.WriteString(`[^\n]`)
		}
	case opAt:
		c.at(b, n.r, flags)
	case opGroup:
		if n.group > 0 {
			b.WriteByte('(')
		} else {
			b.WriteString("(?:")
		}
		c.seq(b, n.kids[0], scoped(flags, n.add, n.del))
		b.WriteByte(')')
	case opAtomic:
		b.WriteString("(?>")
		c.seq(b, n.kids[0], flags)
		b.WriteByte(')')
	case opBranch:
		b.WriteString("(?:")
		for i, k := range n.kids {
			if i > 0 {
				b.WriteByte('|')
			}
			c.seq(b, k, flags)
		}
		b.WriteByte(')')
	case opRef:
		if flags&FlagIgnoreCase != 0 {
			b.WriteString(`(?i:\k<` + strconv.Itoa(n.group) + `>)`)
		} else {
			b.WriteString(`\k<` + strconv.Itoa(n.group) + `>`)
		}
	case opCond:
		b.WriteString("(?(" + strconv.Itoa(n.group) + ")(?:")
		c.seq(b, n.kids[0], flags)
		b.WriteString(")|(?:")
		c.seq(b, n.kids[1], flags)
		b.WriteString("))")
	case opLook:
		b.WriteString("(?")
		if n.behind {
			b.WriteByte('<')
		}
		b.WriteByte(map[bool]byte{false: '=', true: '!'}[n.neg])
		c.seq(b, n.kids[0], flags)
		b.WriteByte(')')
	case opFail:
		b.WriteString("(?!)")
	case opRepeat:
		c.repeat(b, n, flags)
	}
}

// word are the engine's words for a character of \w, and for one that is none.
func (c *translator) word(flags int) (yes, no string) {
	if c.Text && flags&FlagASCII == 0 && !c.ascii {
		return `[\p{L}\p{N}_]`, `[^\p{L}\p{N}_]`
	}
	return `[a-zA-Z0-9_]`, `[^a-zA-Z0-9_]`
}

func (c *translator) at(b *strings.Builder, kind rune, flags int) {
	switch kind {
	case '^':
		if flags&FlagMultiline != 0 {
			b.WriteString("(?m:^)")
		} else {
			b.WriteString(`\A`)
		}
	case '$':
		if flags&FlagMultiline != 0 {
			b.WriteString("(?m:$)")
		} else {
			b.WriteString(`\Z`)
		}
	case 'A':
		b.WriteString(`\A`)
	case 'Z':
		b.WriteString(`\z`)
	case 'b', 'B':
		if c.ascii { // the engine's words are Python's there
			b.WriteString(map[rune]string{'b': `\b`, 'B': `(?:\B(?!\A\z))`}[kind])
			return
		}
		w, _ := c.word(flags)
		if kind == 'b' {
			b.WriteString("(?:(?<=" + w + ")(?!" + w + ")|(?<!" + w + ")(?=" + w + "))")
		} else { // an empty subject has neither
			b.WriteString(`(?:(?!\A\z)(?:(?<=` + w + ")(?=" + w + ")|(?<!" + w + ")(?!" + w + ")))")
		}
	}
}

func (c *translator) repeat(b *strings.Builder, n *node, flags int) {
	if n.mode == '+' {
		b.WriteString("(?>")
		defer b.WriteByte(')')
	}
	item := n.kids[0][0]
	if item.op == opSet || item.op == opGroup || item.op == opAtomic {
		var w strings.Builder
		c.node(&w, item, flags)
		s := w.String()
		if strings.HasPrefix(s, "(?!)") {
			s = "(?:" + s + ")"
		}
		b.WriteString(s)
	} else {
		b.WriteString("(?:")
		c.node(b, item, flags)
		b.WriteByte(')')
	}
	const most = 1<<31 - 1 // what the engine counts to; further is without end
	switch {
	case n.min == 0 && n.max >= most:
		b.WriteByte('*')
	case n.min == 1 && n.max >= most:
		b.WriteByte('+')
	case n.min == 0 && n.max == 1:
		b.WriteByte('?')
	case n.max >= most:
		b.WriteString("{" + strconv.Itoa(min(n.min, most-1)) + ",}")
	case n.min == n.max:
		b.WriteString("{" + strconv.Itoa(n.min) + "}")
	default:
		b.WriteString("{" + strconv.Itoa(n.min) + "," + strconv.Itoa(n.max) + "}")
	}
	if n.mode == '?' {
		b.WriteByte('?')
	}
}
