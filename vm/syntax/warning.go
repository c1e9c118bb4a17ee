package syntax

import (
	"fmt"
	"strings"
)

// Warning is a SyntaxWarning: something that a later Python will reject.
type Warning struct {
	Line int
	Msg  string
}

// warn notes a mistake in token i that CPython 3.13 warns of.
func (p *parser) warn(i int, msg string) {
	if p.dialect == Py3 && !p.peg {
		p.warnings = append(p.warnings, Warning{int(p.tokens[i].line), msg})
	}
}

// FormatWarning returns a warning as Python prints it: the place, the message and the source line.
func (s *Source) FormatWarning(w Warning) string {
	return fmt.Sprintf("%s:%d: SyntaxWarning: %s\n  %s\n", s.Name, w.Line, w.Msg, strings.TrimSpace(s.Line(w.Line)))
}
