package pyre

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode"
)

// Sets of characters. What a class contains and which letters are the same without regard to case is decided here, by
// Python's rules, and written out as ranges.

// item is a range of characters, or a category (d D s S w W).
type item struct {
	lo, hi rune
	cat    byte
}

var (
	asciiDigit = []item{{lo: '0', hi: '9'}}
	asciiSpace = []item{{lo: '\t', hi: '\r'}, {lo: ' ', hi: ' '}}
	asciiWord  = []item{{lo: '0', hi: '9'}, {lo: 'A', hi: 'Z'}, {lo: '_', hi: '_'}, {lo: 'a', hi: 'z'}}
	textSpace  = []item{{lo: '\t', hi: '\r'}, {lo: 0x1c, hi: ' '}, {lo: 0x85, hi: 0x85}, {lo: 0xa0, hi: 0xa0}, {lo: 0x1680, hi: 0x1680},
		{lo: 0x2000, hi: 0x200a}, {lo: 0x2028, hi: 0x2029}, {lo: 0x202f, hi: 0x202f}, {lo: 0x205f, hi: 0x205f}, {lo: 0x3000, hi: 0x3000}}
)

// textWord are the ranges of \w in text.
var textWord = sync.OnceValue(func() []item {
	out := []item{{lo: '_', hi: '_'}}
	for _, tab := range []*unicode.RangeTable{unicode.L, unicode.N} {
		for _, r := range tab.R16 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				out = append(out, item{lo: c, hi: c})
			}
		}
		for _, r := range tab.R32 {
			if r.Stride == 1 {
				out = append(out, item{lo: rune(r.Lo), hi: rune(r.Hi)})
				continue
			}
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				out = append(out, item{lo: c, hi: c})
			}
		}
	}
	return merge(out)
})

// merge sorts ranges and joins those that touch.
func merge(in []item) []item {
	s := append([]item(nil), in...)
	sort.Slice(s, func(i, j int) bool { return s[i].lo < s[j].lo })
	out := s[:0]
	for _, x := range s {
		if n := len(out); n > 0 && x.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, x.hi)
			continue
		}
		out = append(out, x)
	}
	return out
}

// complement are the characters outside of ranges.
func complement(in []item) []item {
	var out []item
	at := rune(0)
	for _, x := range merge(in) {
		if x.lo > at {
			out = append(out, item{lo: at, hi: x.lo - 1})
		}
		at = x.hi + 1
	}
	if at <= unicode.MaxRune {
		out = append(out, item{lo: at, hi: unicode.MaxRune})
	}
	return out
}

// alike are the characters of text that equal each other without regard to case, by each of them.
var alike = sync.OnceValue(func() map[rune][]rune {
	m := map[rune][]rune{}
	for r := rune(0); r <= 0x1FFFF; r++ {
		if n := unicode.SimpleFold(r); n != r && m[r] == nil {
			orbit := []rune{r}
			for ; n != r; n = unicode.SimpleFold(n) {
				orbit = append(orbit, n)
			}
			for _, c := range orbit {
				m[c] = orbit
			}
		}
	}
	for _, same := range [][]rune{{'i', 'I', 0x130, 0x131}, {0x390, 0x1fd3}, {0x3b0, 0x1fe3}, {0xfb05, 0xfb06}} {
		for _, c := range same {
			m[c] = same
		}
	}
	return m
})

// fold adds to ranges what equals one of their characters without regard to case.
func fold(in []item, ascii bool) []item {
	out := append([]item(nil), in...)
	if ascii {
		for _, x := range in {
			for c := max(x.lo, 'A'); c <= min(x.hi, 'z'); c++ {
				if l := c | 0x20; l >= 'a' && l <= 'z' {
					out = append(out, item{lo: c ^ 0x20, hi: c ^ 0x20})
				}
			}
		}
		return merge(out)
	}
	table := alike()
	for _, x := range in {
		if x.hi-x.lo < 512 {
			for c := x.lo; c <= x.hi; c++ {
				for _, d := range table[c] {
					out = append(out, item{lo: d, hi: d})
				}
			}
			continue
		}
		for c, same := range table {
			if c >= x.lo && c <= x.hi {
				for _, d := range same {
					out = append(out, item{lo: d, hi: d})
				}
			}
		}
	}
	return merge(out)
}

// char writes a character for the engine, in a set or outside.
func char(b *strings.Builder, r rune) {
	switch {
	case r < 0x80 && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)):
		b.WriteRune(r)
	case r < 0x10000:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		fmt.Fprintf(b, `\x{%x}`, r)
	}
}

// class writes a set for the engine.
func (c *translator) class(b *strings.Builder, n *node, flags int) {
	text := c.Text && flags&FlagASCII == 0
	named := text && !c.ascii
	neg := n.neg
	var ranges []item
	var props string
	single := len(n.items) == 1
	for _, x := range n.items {
		switch x.cat {
		case 0:
			ranges = append(ranges, x)
			continue
		case 'd', 'D':
			if named {
				props += map[byte]string{'d': `\p{Nd}`, 'D': `\P{Nd}`}[x.cat]
				continue
			}
			ranges = append(ranges, upper(x.cat, asciiDigit)...)
		case 's', 'S':
			if text {
				ranges = append(ranges, upper(x.cat, textSpace)...)
			} else {
				ranges = append(ranges, upper(x.cat, asciiSpace)...)
			}
		case 'w', 'W':
			switch {
			case !named:
				ranges = append(ranges, upper(x.cat, asciiWord)...)
			case x.cat == 'w' || single:
				props += `\p{L}\p{N}_`
				neg = neg != (x.cat == 'W')
			default:
				ranges = append(ranges, complement(textWord())...)
			}
		}
	}
	if flags&FlagIgnoreCase != 0 {
		ranges = fold(ranges, !text)
	}
	if c.ascii {
		kept := ranges[:0:0]
		for _, x := range ranges {
			if x.lo < 0x80 {
				kept = append(kept, item{lo: x.lo, hi: min(x.hi, 0x7f)})
			}
		}
		ranges = kept
	}
	ranges = merge(ranges)
	switch {
	case len(ranges) == 0 && props == "":
		b.WriteString(map[bool]string{false: "(?!)", true: "(?s:.)"}[neg])
		return
	case len(ranges) == 1 && props == "" && !neg && ranges[0].lo == ranges[0].hi:
		char(b, ranges[0].lo)
		return
	}
	b.WriteByte('[')
	if neg {
		b.WriteByte('^')
	}
	b.WriteString(props)
	for _, x := range ranges {
		char(b, x.lo)
		if x.hi > x.lo {
			b.WriteByte('-')
			char(b, x.hi)
		}
	}
	b.WriteByte(']')
}

// upper is the set, or its complement for a category in upper case.
func upper(cat byte, set []item) []item {
	if cat < 'a' {
		return complement(set)
	}
	return set
}
