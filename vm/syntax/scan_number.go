package syntax

import (
	"strings"
	"unicode/utf8"
)

// Number tokens: their extent and their errors. Their values are literal.go's.

// number scans the number at pos.
func (s *scanner) number() {
	start := s.pos
	end := s.numberEnd(start)
	if s.err == nil {
		s.add(tNumber, start, end)
		s.pos = end
	}
}

func (s *scanner) numberEnd(start int) int {
	i := start
	c := s.text[i]
	if c == '0' {
		switch s.at(i+1) | 0x20 {
		case 'x':
			return s.radix(i+2, 16, "hexadecimal")
		case 'o':
			return s.radix(i+2, 8, "octal")
		case 'b':
			return s.radix(i+2, 2, "binary")
		}
		return s.leadingZero(i)
	}
	if c != '.' {
		if i = s.digits(i); s.err != nil {
			return i
		}
	}
	return s.fraction(i)
}

// radix scans the digits behind 0x, 0o or 0b.
func (s *scanner) radix(i, base int, name string) int {
	isDigit := func(c byte) bool {
		if base == 16 {
			return class[c]&cHex != 0
		}
		return '0' <= c && int(c-'0') < base
	}
	for {
		if s.at(i) == '_' {
			i++
		}
		if c := s.at(i); !isDigit(c) {
			if class[c]&cDigit != 0 {
				s.failAt(s.line, i+1, "invalid digit '%c' in %s literal", c, name)
			} else {
				s.failAt(s.line, i, "invalid %s literal", name)
			}
			return i
		}
		for isDigit(s.at(i)) {
			i++
		}
		if s.at(i) != '_' {
			break
		}
	}
	if c := s.at(i); class[c]&cDigit != 0 {
		s.failAt(s.line, i+1, "invalid digit '%c' in %s literal", c, name)
		return i
	}
	return s.ending(i, name)
}

// leadingZero scans a number that begins with 0 and is not in another base: zero, a float, or an octal of Python 2.
func (s *scanner) leadingZero(start int) int {
	i := start + 1
	for {
		if s.at(i) == '_' {
			if i++; class[s.at(i)]&cDigit == 0 {
				s.failAt(s.line, i, "invalid decimal literal")
				return i
			}
		}
		if s.at(i) != '0' {
			break
		}
		i++
	}
	zeros := i
	nonzero := class[s.at(i)]&cDigit != 0
	if nonzero {
		if i = s.digits(i); s.err != nil {
			return i
		}
	}
	switch c := s.at(i); {
	case c == '.' || c|0x20 == 'e' || c|0x20 == 'j':
		return s.fraction(i)
	case nonzero && s.dialect == Py3:
		column := func(p int) int { return utf8.RuneCountInString(s.text[s.src.lines[s.line-1]:p]) }
		s.fail(KindSyntax, s.line, column(start)+1, column(zeros)+1,
			"leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
		return i
	case nonzero && strings.ContainsAny(s.text[start:i], "89"):
		s.failAt(s.line, i, "invalid token")
		return i
	}
	return s.ending(i, "decimal")
}

// digits scans decimal digits and single underscores between them.
func (s *scanner) digits(i int) int {
	for {
		for class[s.at(i)]&cDigit != 0 {
			i++
		}
		if s.at(i) != '_' {
			return i
		}
		if i++; class[s.at(i)]&cDigit == 0 {
			s.failAt(s.line, i, "invalid decimal literal")
			return i
		}
	}
}

// fraction scans what may follow the integer part: a point and digits, an exponent, a j.
func (s *scanner) fraction(i int) int {
	if s.at(i) == '.' {
		if i++; class[s.at(i)]&cDigit != 0 {
			if i = s.digits(i); s.err != nil {
				return i
			}
		}
	}
	if s.at(i)|0x20 == 'e' {
		j := i + 1
		if c := s.at(j); c == '+' || c == '-' {
			if j++; class[s.at(j)]&cDigit == 0 {
				s.failAt(s.line, j, "invalid decimal literal")
				return j
			}
		} else if class[c]&cDigit == 0 {
			return s.ending(i, "decimal")
		}
		if i = s.digits(j); s.err != nil {
			return i
		}
	}
	if s.at(i)|0x20 == 'j' {
		return s.ending(i+1, "imaginary")
	}
	return s.ending(i, "decimal")
}

// ending checks that a number is not followed directly by a name. A keyword that may follow a number is let pass, as
// CPython still does.
func (s *scanner) ending(i int, name string) int {
	c := s.at(i)
	if s.dialect == Py2 && c|0x20 == 'l' && name != "imaginary" {
		return i + 1
	}
	if class[c]&(cLetter|cDigit) == 0 || c >= utf8.RuneSelf {
		return i
	}
	for _, word := range [...]string{"if", "in", "is"} {
		if strings.HasPrefix(s.text[i:], word) {
			return i
		}
	}
	for _, word := range [...]string{"and", "else", "for", "or", "not"} {
		if strings.HasPrefix(s.text[i:], word) && class[s.at(i+len(word))]&(cLetter|cDigit) == 0 {
			return i
		}
	}
	s.failAt(s.line, i, "invalid %s literal", name)
	return i
}
