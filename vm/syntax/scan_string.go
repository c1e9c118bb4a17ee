package syntax

import "strings"

// String tokens. A plain string is one token, its escapes left for literal.go; an f-string is a tFStart, tFMiddle
// tokens between ordinary tokens in braces, and a tFEnd (PEP 701).

// str scans a string whose prefix begins at start and whose first quote is at quote.
func (s *scanner) str(start, quote int, raw, f bool) {
	q := s.text[quote]
	size := 1
	if s.at(quote+1) == q && s.at(quote+2) == q {
		size = 3
	}
	if f {
		if len(s.fstack) >= maxFNest {
			s.failAt(s.line, quote+1, "too many nested f-strings")
			return
		}
		s.pos = quote + size
		s.fstack = append(s.fstack, fmode{quote: q, size: size, raw: raw, start: start, line: s.line, expr: -1, text: true})
		s.add(tFStart, start, s.pos)
		return
	}
	line := s.line
	escaped := false // the string has an escaped quote
	i := quote + size
	if size == 1 && s.at(i) == q {
		i++
		s.add(tString, start, i)
		s.pos = i
		return
	}
	for {
		if i >= len(s.text) {
			s.unterminated(start, line, q, size, escaped)
			return
		}
		switch c := s.text[i]; c {
		case q:
			if size == 1 || s.at(i+1) == q && s.at(i+2) == q {
				i += size
				s.pos = i
				s.tokens = append(s.tokens, token{tString, uint8(s.level), int32(start), int32(i), line, s.line})
				return
			}
		case '\\':
			i++
			if s.at(i) == '\n' {
				s.line++
			}
			escaped = escaped || s.at(i) == q
		case '\n':
			if size == 1 {
				s.unterminated(start, line, q, size, escaped)
				return
			}
			s.line++
		}
		i++
	}
}

// unterminated records that the string that begins at start, in line, has no end; perhaps because it was escaped.
func (s *scanner) unterminated(start int, line int32, q byte, size int, escaped bool) {
	if n := len(s.fstack); n > 0 && s.fstack[n-1].quote == q && s.fstack[n-1].size == size {
		s.line = line
		s.failAt(line, start+1, "f-string: expecting '}'")
		return
	}
	if size == 3 {
		s.failAt(line, start+1, "unterminated triple-quoted string literal (detected at line %d)", s.lastLine())
		return
	}
	hint := ""
	if escaped {
		hint = "; perhaps you escaped the end quote?"
	}
	s.failAt(line, start+1, "unterminated string literal (detected at line %d)%s", s.lastLine(), hint)
}

// lastLine is the line in which the end of a string was missed.
func (s *scanner) lastLine() int { return min(int(s.line), s.src.Lines()) }

// fstringText scans a piece of the text of the innermost f-string: up to a field, a doubled brace, or the end.
func (s *scanner) fstringText() {
	m := &s.fstack[len(s.fstack)-1]
	start, line := s.pos, s.line
	if s.at(start) == '{' && (s.at(start+1) != '{' || m.inSpec) {
		s.beginField(m)
		return
	}
	ending := strings.Repeat(string(m.quote), m.size)
	if strings.HasPrefix(s.text[start:], ending) {
		s.fstack = s.fstack[:len(s.fstack)-1]
		s.pos += m.size
		s.add(tFEnd, start, s.pos)
		return
	}
	named := false // inside \N{...}
	i := start
	emit := func(end, next int) {
		s.tokens = append(s.tokens, token{tFMiddle, uint8(s.level), int32(start), int32(end), line, s.line})
		s.pos = next
	}
	for {
		if i >= len(s.text) {
			s.openFString(m)
			return
		}
		switch c := s.text[i]; {
		case c == m.quote && strings.HasPrefix(s.text[i:], ending):
			emit(i, i)
			return
		case c == '\n':
			if m.size == 1 {
				if m.inSpec {
					// The specification ends here; the parser will miss the brace.
					m.text, m.inSpec = false, false
					emit(i, i)
					return
				}
				s.openFString(m)
				return
			}
			s.line++
		case c == '{' && !named:
			if s.at(i+1) == '{' && !m.inSpec {
				emit(i+1, i+2)
				return
			}
			emit(i, i)
			return
		case c == '}':
			if named {
				named = false
				break
			}
			if s.at(i+1) == '}' && !m.inSpec && m.depth == 0 {
				emit(i+1, i+2)
				return
			}
			emit(i, i)
			m.text = false
			return
		case c == '\\':
			switch next := s.at(i + 1); {
			case next == '{' || next == '}':
			case m.raw:
				// A raw string keeps the backslash, which still hides a quote.
				if next == '\n' {
					s.line++
				}
				i++
			case next == 'N' && s.at(i+2) == '{':
				named = true
				i += 2
			default:
				if next == '\n' {
					s.line++
				}
				i++
			}
		}
		i++
	}
}

// beginField enters the replacement field whose brace is at pos.
func (s *scanner) beginField(m *fmode) {
	if m.expr+1 >= maxFields {
		s.failAt(s.line, s.pos, "f-string: expressions nested too deeply")
		return
	}
	m.expr++
	m.text = false
	s.operator('{')
}

// openFString records that the f-string of m has no end.
func (s *scanner) openFString(m *fmode) {
	what := ""
	if m.size == 3 {
		what = "triple-quoted "
	}
	s.failAt(m.line, m.start+1, "unterminated %sf-string literal (detected at line %d)", what, s.lastLine())
}
