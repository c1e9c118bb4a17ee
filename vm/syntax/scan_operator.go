package syntax

// Operators and brackets. Inside the replacement fields of an f-string ':', '!' and the closing brace end the
// expression when no bracket of the field is open.

// operator scans the operator or bracket that begins with c.
func (s *scanner) operator(c byte) {
	start := s.pos
	var mode *fmode
	if n := len(s.fstack); n > 0 {
		mode = &s.fstack[n-1]
	}
	if c == ':' && mode != nil && mode.expr >= 0 && mode.depth-1 == mode.expr {
		mode.text, mode.inSpec = true, true
		s.add(tColon, start, start+1)
		s.pos++
		return
	}
	k, n := s.match(c, s.at(start+1), s.at(start+2))
	switch k {
	case tLParen, tLBracket, tLBrace:
		if s.level >= maxParens {
			s.failAt(s.line, start+1, "too many nested parentheses")
			return
		}
		s.parens[s.level] = bracket{c, s.line, int32(start)}
		s.level++
		if mode != nil {
			mode.depth++
		}
	case tRParen, tRBracket, tRBrace:
		if !s.closing(c, mode) {
			return
		}
	case tBad:
		if c < ' ' || c == 0x7f {
			s.badRune(rune(c), start+1)
			return
		}
	}
	s.add(k, start, start+n)
	s.pos = start + n
}

// closing takes the closing bracket at pos off the stack.
func (s *scanner) closing(c byte, mode *fmode) bool {
	end := s.pos + 1
	if mode != nil && mode.depth == 0 && c == '}' {
		s.failAt(s.line, end, "f-string: single '}' is not allowed")
		return false
	}
	if s.level == 0 {
		s.failAt(s.line, end, "unmatched '%c'", c)
		return false
	}
	s.level--
	b := s.parens[s.level]
	if b.open == '(' && c != ')' || b.open == '[' && c != ']' || b.open == '{' && c != '}' {
		switch {
		case mode != nil && b.open == '{' && mode.depth-1 == mode.expr:
			s.failAt(s.line, end, "f-string: unmatched '%c'", c)
		case b.line != s.line:
			s.failAt(s.line, end, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c, b.open, b.line)
		default:
			s.failAt(s.line, end, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, b.open)
		}
		return false
	}
	if mode != nil {
		mode.depth--
		if mode.depth < 0 {
			s.failAt(s.line, end, "f-string: unmatched '%c'", c)
			return false
		}
		if c == '}' && mode.depth == mode.expr {
			mode.expr--
			mode.text = true
			mode.inSpec = mode.expr >= 0
		}
	}
	return true
}

// match returns the longest operator that begins with c, c2, c3, and its length.
func (s *scanner) match(c, c2, c3 byte) (kind, int) {
	// pick chooses between c, c= (1), and, where doubling makes another operator, cc and cc=.
	pick := func(one, oneEq, two, twoEq kind) (kind, int) {
		switch {
		case c2 == c && two != 0:
			if c3 == '=' && twoEq != 0 {
				return twoEq, 3
			}
			return two, 2
		case c2 == '=' && oneEq != 0:
			return oneEq, 2
		}
		return one, 1
	}
	switch c {
	case '(':
		return tLParen, 1
	case ')':
		return tRParen, 1
	case '[':
		return tLBracket, 1
	case ']':
		return tRBracket, 1
	case '{':
		return tLBrace, 1
	case '}':
		return tRBrace, 1
	case ',':
		return tComma, 1
	case ';':
		return tSemi, 1
	case '~':
		return tTilde, 1
	case '.':
		if c2 == '.' && c3 == '.' && s.dialect == Py3 {
			return tEllipsis, 3
		}
		return tDot, 1
	case '=':
		if c2 == '=' {
			return tEqEq, 2
		}
		return tAssign, 1
	case ':':
		if c2 == '=' && s.dialect == Py3 {
			return tColonEqual, 2
		}
		return tColon, 1
	case '!':
		if c2 == '=' {
			return tNotEq, 2
		}
		return tExclamation, 1
	case '-':
		if c2 == '>' {
			return tArrow, 2
		}
		return pick(tMinus, tMinusEq, 0, 0)
	case '<':
		if c2 == '>' {
			return tNotEq, 2 // the parser tells it from != where it matters
		}
		return pick(tLess, tLessEq, tLShift, tLShiftEq)
	case '>':
		return pick(tGreater, tGreaterEq, tRShift, tRShiftEq)
	case '+':
		return pick(tPlus, tPlusEq, 0, 0)
	case '*':
		return pick(tStar, tStarEq, tDoubleStar, tDoubleStarEq)
	case '/':
		return pick(tSlash, tSlashEq, tDoubleSlash, tDoubleSlashEq)
	case '%':
		return pick(tPercent, tPercentEq, 0, 0)
	case '@':
		return pick(tAt, tAtEq, 0, 0)
	case '&':
		return pick(tAmp, tAmpEq, 0, 0)
	case '|':
		return pick(tPipe, tPipeEq, 0, 0)
	case '^':
		return pick(tCaret, tCaretEq, 0, 0)
	case '`':
		if s.dialect == Py2 {
			return tBackquote, 1
		}
	}
	return tBad, 1
}
