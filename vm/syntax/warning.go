package syntax

import "fmt"

// Warning is a SyntaxWarning: something that a later Python will reject.
type Warning struct {
	Line int
	Msg  string
}

// invalidEscape notes a backslash before a character that is no escape.
func (p *parser) invalidEscape(i int, c byte) {
	if p.dialect == Py2 || p.peg || c >= 0x80 {
		return
	}
	p.warnings = append(p.warnings, Warning{int(p.tokens[i].line), fmt.Sprintf(`invalid escape sequence '\%c'`, c)})
}
