package pyre

import (
	"sync"

	"github.com/dlclark/regexp2"
)

// Mode is how a match has to lie in its subject.
type Mode uint8

const (
	Search  Mode = iota // anywhere from the start position on
	Match               // beginning at it
	Full                // beginning at it and ending at the end
	Advance             // beginning at it and not empty
	modes
)

// Pattern is a compiled pattern. It may be used by several threads at once. The engine's programs are made when they are
// needed: one for each mode, and each twice, because most subjects are ASCII.
type Pattern struct {
	*Parsed
	progs [modes][2]program
}

type program struct {
	once sync.Once
	re   *regexp2.Regexp
	err  error
}

// NewPattern makes a pattern of its syntax.
func NewPattern(p *Parsed) *Pattern { return &Pattern{Parsed: p} }

func (p *Pattern) program(mode Mode, ascii bool) (*regexp2.Regexp, error) {
	i := 0
	if ascii {
		i = 1
	}
	g := &p.progs[mode][i]
	g.once.Do(func() {
		s := p.translate(ascii)
		switch mode {
		case Match:
			s = `\G(?:` + s + `)`
		case Full:
			s = `\G(?:` + s + `)\z`
		case Advance:
			s = `\G(?:` + s + `)(?!\G)`
		}
		g.re, g.err = regexp2.Compile(s, regexp2.None)
	})
	return g.re, g.err
}

// Result is where a match and its groups lie: begin and end of each, -1 for a group that took no part.
type Result struct {
	Spans []int
	Last  int // the group that was closed last, 0 for none
}

// Find looks for a match in the subject from pos on; nil if there is none. ascii says that the subject is.
func (p *Pattern) Find(mode Mode, subject []rune, ascii bool, pos int) (*Result, error) {
	re, err := p.program(mode, ascii)
	if err != nil {
		return nil, err
	}
	m, err := re.FindRunesMatchStartingAt(subject, pos)
	if err != nil || m == nil {
		return nil, err
	}
	r := &Result{Spans: make([]int, 2*(p.Groups+1))}
	r.Spans[0], r.Spans[1] = m.Index, m.Index+m.Length
	for g := 1; g <= p.Groups; g++ {
		c := m.GroupByNumber(g)
		if c == nil || len(c.Captures) == 0 {
			r.Spans[2*g], r.Spans[2*g+1] = -1, -1
			continue
		}
		r.Spans[2*g], r.Spans[2*g+1] = c.Index, c.Index+c.Length
		if r.Last == 0 || p.closedAfter(g, r.Last, r.Spans) {
			r.Last = g
		}
	}
	return r, nil
}

// closedAfter says whether group a's parenthesis was passed after b's: by their order in the pattern, unless both are in one loop,
// where the later end decides.
func (p *Pattern) closedAfter(a, b int, spans []int) bool {
	if p.loop[a] != 0 && p.loop[a] == p.loop[b] && spans[2*a+1] != spans[2*b+1] {
		return spans[2*a+1] > spans[2*b+1]
	}
	return p.closed[a] > p.closed[b]
}

// Next continues a scan after a match that ended at end: an empty match may follow a longer one there, but not another empty one.
func (p *Pattern) Next(subject []rune, ascii bool, end int, empty bool) (*Result, error) {
	if !empty {
		return p.Find(Search, subject, ascii, end)
	}
	r, err := p.Find(Advance, subject, ascii, end)
	if r != nil || err != nil || end >= len(subject) {
		return r, err
	}
	return p.Find(Search, subject, ascii, end+1)
}
