package syntax

import (
	_ "embed" // for the table
	"sort"
	"strconv"
	"strings"
	"sync"
)

// Normalisation form KC of identifiers (PEP 3131): decompose, order the marks, compose. ASCII never comes here, so the
// table is read only for sources that have other identifiers.

//go:embed nfkc.txt
var nfkcData string

// normalisation is what the table says. It does not change once it is read.
type normalisation struct {
	decomposed map[rune]string
	class      map[rune]uint8
	composed   map[[2]rune]rune
}

var readNormalisation = sync.OnceValue(func() *normalisation {
	n := &normalisation{map[rune]string{}, map[rune]uint8{}, map[[2]rune]rune{}}
	hex := func(s string) rune {
		v, _ := strconv.ParseUint(s, 16, 32)
		return rune(v)
	}
	for line := range strings.Lines(nfkcData) {
		f := strings.Fields(line)
		switch f[0] {
		case "d":
			var b strings.Builder
			for _, x := range f[2:] {
				b.WriteRune(hex(x))
			}
			n.decomposed[hex(f[1])] = b.String()
		case "r":
			from, to := hex(f[1]), hex(f[2])
			for i := range hex(f[3]) {
				n.decomposed[from+i] = string(to + i)
			}
		case "o":
			for _, x := range f[2:] {
				first, last, ok := strings.Cut(x, "-")
				if !ok {
					last = first
				}
				for r := hex(first); r <= hex(last); r++ {
					n.class[r] = uint8(hex(f[1]))
				}
			}
		case "c":
			n.composed[[2]rune{hex(f[1]), hex(f[2])}] = hex(f[3])
		}
	}
	return n
})

// normalise returns the NFKC form of an identifier.
func normalise(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return readNormalisation().nfkc(s)
		}
	}
	return s
}

const (
	hangulS, hangulL, hangulV, hangulT = 0xac00, 0x1100, 0x1161, 0x11a7
	hangulLs, hangulVs, hangulTs       = 19, 21, 28
)

func (n *normalisation) nfkc(s string) string {
	var rs []rune
	for _, r := range s {
		switch d, ok := n.decomposed[r]; {
		case ok:
			rs = append(rs, []rune(d)...)
		case hangulS <= r && r < hangulS+hangulLs*hangulVs*hangulTs:
			i := r - hangulS
			rs = append(rs, hangulL+i/(hangulVs*hangulTs), hangulV+i/hangulTs%hangulVs)
			if t := i % hangulTs; t != 0 {
				rs = append(rs, hangulT+t)
			}
		default:
			rs = append(rs, r)
		}
	}
	// Marks between two starters are put in the order of their classes.
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && n.class[rs[j]] != 0 {
			j++
		}
		marks := rs[i:j]
		sort.SliceStable(marks, func(a, b int) bool { return n.class[marks[a]] < n.class[marks[b]] })
		i = j + 1
	}
	out := rs[:0]
	starter, last := -1, -1 // index of the last starter in out, class of what was put behind it
	for _, r := range rs {
		class := int(n.class[r])
		if starter >= 0 && (last < class || last <= 0 && starter == len(out)-1) {
			if c, ok := n.compose(out[starter], r); ok {
				out[starter] = c
				continue
			}
		}
		out = append(out, r)
		last = class
		if class == 0 {
			starter, last = len(out)-1, 0
		}
	}
	return string(out)
}

// compose returns the character that a and b make together.
func (n *normalisation) compose(a, b rune) (rune, bool) {
	if l, v := a-hangulL, b-hangulV; 0 <= l && l < hangulLs && 0 <= v && v < hangulVs {
		return hangulS + (l*hangulVs+v)*hangulTs, true
	}
	if i, t := a-hangulS, b-hangulT; 0 <= i && i < hangulLs*hangulVs*hangulTs && i%hangulTs == 0 && 0 < t && t < hangulTs {
		return a + t, true
	}
	c, ok := n.composed[[2]rune{a, b}]
	return c, ok
}
