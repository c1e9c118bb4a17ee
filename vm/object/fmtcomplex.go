package object

import (
	"math"
	"strings"
)

// This file has complex.__format__ (see fmtspec.go).

// formatComplex is complex.__format__.
func formatComplex(t *Thread, v Value, text string) (string, error) {
	c := (*Complex)(v.Ref).V
	if text == "" {
		return complexRepr(c), nil
	}
	sp, err := parseSpec(t, text, "complex", '>')
	if err != nil {
		return "", err
	}
	switch sp.typ {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n':
	default:
		return "", unknownCode(t, sp.typ, "complex")
	}
	if sp.zero || sp.fill == '0' {
		return "", ValueErrorf(t, "Zero padding is not allowed in complex format specifier")
	}
	if sp.align == '=' {
		return "", ValueErrorf(t, "'=' alignment flag is not allowed in complex format specifier")
	}
	part := func(f float64, sign byte) string {
		p := sp
		p.width, p.sign = -1, sign
		typ := p.typ
		if typ == 0 {
			if p.prec < 0 {
				s := strings.TrimSuffix(FloatRepr(math.Abs(f)), ".0")
				return p.number(math.Signbit(f) && !math.IsNaN(f), "", s, "", 3)
			}
			p.typ = 'g'
		}
		s, _ := formatFloatSpec(t, f, &p, "complex")
		return s
	}
	var s string
	if sp.typ == 0 && real(c) == 0 && !math.Signbit(real(c)) {
		s = part(imag(c), sp.sign) + "j"
	} else {
		s = part(real(c), sp.sign) + part(imag(c), '+') + "j"
		if sp.typ == 0 {
			s = "(" + s + ")"
		}
	}
	return sp.pad(s, runeCount(s), '>'), nil
}
