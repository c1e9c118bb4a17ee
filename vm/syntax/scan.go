package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The scanner: text to tokens, the whole file at once, so that the parser may look ahead and go back for nothing.
//
// Invariants: the text is empty or ends with a newline; the last token is tEOF, or tError when err is set; the parser
// reports err only when it reaches that token or fails before it, which is the order in which CPython finds errors.
// Indentation and brackets follow CPython's lexer: tabs count to the next multiple of 8, and once more as
// one column, and two lines that compare differently by the two counts are a TabError.

const (
	maxParens  = 200 // open brackets
	maxIndents = 100 // nested blocks
	maxFNest   = 150 // f-strings inside f-strings
	maxFields  = 3   // replacement fields inside format specifications
)

type bracket struct {
	open byte
	line int32
	pos  int32
}

// fmode is the state of one f-string being scanned. depth counts the brackets open inside it; expr is the
// depth at which the innermost replacement field began, -1 outside of fields.
type fmode struct {
	quote  byte
	size   int
	raw    bool
	start  int
	line   int32
	depth  int
	expr   int
	inSpec bool
	text   bool // scanning text rather than an expression
}

type scanner struct {
	src     *Source
	text    string
	pos     int
	line    int32 // line of pos
	dialect Dialect
	tokens  []token
	level   int
	parens  [maxParens]bracket
	indents [maxIndents]int
	alts    [maxIndents]int
	nindent int
	fstack  []fmode
	err     *SyntaxError
	openEOF bool // err is the end of the file inside brackets
	soft    bool // err matters only if the parser gets to it
}

// scan returns the tokens of src.
func scan(src *Source, d Dialect) *scanner {
	s := &scanner{src: src, text: src.Text, line: 1, dialect: d, nindent: 1}
	s.tokens = make([]token, 0, len(src.Text)/4+16)
	s.run()
	return s
}

const (
	cSpace uint8 = 1 << iota
	cDigit
	cLetter // letters, underscore and everything beyond ASCII
	cHex
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c == ' ' || c == '\t' || c == '\f':
			t[c] = cSpace
		case '0' <= c && c <= '9':
			t[c] = cDigit | cHex
		case 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F':
			t[c] = cLetter | cHex
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80:
			t[c] = cLetter
		}
	}
	return t
}()

// at returns the byte at i, 0 behind the end.
func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

func (s *scanner) add(k kind, start, end int) {
	s.tokens = append(s.tokens, token{k, uint8(s.level), int32(start), int32(end), s.line, s.line})
}

// fail records an error that ends the scan. The columns are counted from 1; see SyntaxError.
func (s *scanner) fail(k Kind, line int32, col, endCol int, msg string) {
	s.soft = k != KindSyntax || len(s.fstack) > 0
	s.err = &SyntaxError{Kind: k, File: s.src.Name, Line: int(line), Col: col, EndLine: int(line), EndCol: endCol,
		Text: s.src.Line(int(line)), Msg: msg}
	s.add(tError, s.pos, s.pos)
}

// failAt records an error at the last character before pos, which must lie in the line.
func (s *scanner) failAt(line int32, pos int, format string, args ...any) {
	col := utf8.RuneCountInString(s.text[s.src.lines[line-1]:pos])
	s.fail(KindSyntax, line, col, col, fmt.Sprintf(format, args...))
}

func (s *scanner) run() {
	fresh := true // at the beginning of a line
	comment := -1 // where the comment began that the line ends with
	for s.err == nil {
		if n := len(s.fstack); n > 0 && s.fstack[n-1].text {
			s.fstringText()
			continue
		}
		if fresh {
			fresh = false
			if blank := s.indentation(); s.err != nil {
				return
			} else if blank {
				fresh = true
				if s.pos >= len(s.text) {
					s.finish()
					return
				}
				continue
			}
		}
		for class[s.at(s.pos)]&cSpace != 0 {
			s.pos++
		}
		if s.pos >= len(s.text) {
			s.finish()
			return
		}
		switch c := s.text[s.pos]; {
		case class[c]&cLetter != 0:
			s.word()
		case class[c]&cDigit != 0 || c == '.' && class[s.at(s.pos+1)]&cDigit != 0:
			s.number()
		case c == '\n':
			if s.level == 0 && comment >= 0 {
				s.add(tNewline, comment, s.pos)
			} else if s.level == 0 {
				s.add(tNewline, s.pos, s.pos+1)
			}
			comment = -1
			s.pos++
			s.line++
			fresh = true
		case c == '#':
			comment = s.pos // the line end begins here for CPython
			s.comment()
		case c == '\'' || c == '"':
			s.str(s.pos, s.pos, false, false)
		case c == '\\':
			s.continuation()
		default:
			s.operator(c)
		}
	}
}

func (s *scanner) comment() {
	if i := strings.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// continuation passes a backslash and the line end that must follow it.
func (s *scanner) continuation() {
	if s.at(s.pos+1) != '\n' {
		col := s.src.Column(Pos{s.line, int32(s.pos+1) - s.src.lines[s.line-1]})
		s.fail(KindSyntax, s.line, col+1, 0, "unexpected character after line continuation character")
		s.soft = true
		return
	}
	if s.pos+2 >= len(s.text) {
		s.endOfFile()
		return
	}
	s.pos += 2
	s.line++
}

// endOfFile records the end of the file where a token should be.
func (s *scanner) endOfFile() {
	if s.level > 0 {
		s.unclosed()
		return
	}
	col := utf8.RuneCountInString(s.text[s.src.lines[s.line-1]:])
	s.fail(KindSyntax, s.line, col, 0, "unexpected EOF while parsing")
	s.soft = true
}

// unclosed records that the innermost bracket has no end.
func (s *scanner) unclosed() {
	b := s.parens[s.level-1]
	col := utf8.RuneCountInString(s.text[s.src.lines[b.line-1]:b.pos]) + 1
	s.openEOF = true
	s.fail(KindSyntax, b.line, col, 0, fmt.Sprintf("'%c' was never closed", b.open))
}

// finish ends the tokens at the end of the text.
func (s *scanner) finish() {
	if s.level > 0 {
		s.unclosed()
		return
	}
	if n := len(s.tokens); n > 0 && s.tokens[n-1].kind != tNewline && s.tokens[n-1].kind != tDedent {
		s.add(tNewline, s.pos, s.pos)
	}
	for ; s.nindent > 1; s.nindent-- {
		s.add(tDedent, s.pos, s.pos)
	}
	s.add(tEOF, s.pos, s.pos)
}

// indentation measures the white space that begins a line and emits tIndent and tDedent. It reports whether the
// line has nothing else, in which case it has been passed.
func (s *scanner) indentation() (blank bool) {
	col, alt, contCol, contAlt, cont := 0, 0, 0, 0, false
	i := s.pos
measure:
	for i < len(s.text) {
		switch s.text[i] {
		case ' ':
			col++
			alt++
		case '\t':
			col = (col/8 + 1) * 8
			alt++
		case '\f':
			col, alt = 0, 0
		case '\\':
			// What counts is the first white space that a backslash follows.
			if !cont || contCol == 0 {
				contCol, contAlt, cont = col, alt, true
			}
			s.pos = i
			if s.continuation(); s.err != nil {
				return false
			}
			i = s.pos
			continue
		default:
			break measure
		}
		i++
	}
	s.pos = i
	if cont && contCol != 0 {
		col, alt = contCol, contAlt
	}
	if i >= len(s.text) {
		return true
	}
	switch s.text[i] {
	case '#':
		s.comment()
		if s.pos < len(s.text) {
			s.pos++
			s.line++
		}
		return true
	case '\n':
		s.pos++
		s.line++
		return true
	}
	if s.level > 0 {
		return false
	}
	top := s.nindent - 1
	switch {
	case col == s.indents[top]:
		s.consistent(alt == s.alts[top])
	case col > s.indents[top]:
		if s.nindent >= maxIndents {
			s.fail(KindIndentation, s.line, 1, 0, "too many levels of indentation")
			return false
		}
		if s.consistent(alt > s.alts[top]); s.err != nil {
			return false
		}
		s.indents[s.nindent], s.alts[s.nindent] = col, alt
		s.nindent++
		s.add(tIndent, s.pos, s.pos)
	default:
		for s.nindent > 1 && col < s.indents[s.nindent-1] {
			s.nindent--
			s.add(tDedent, s.pos, s.pos)
		}
		if col != s.indents[s.nindent-1] {
			// CPython finds this before it hands out any of the dedents.
			for n := len(s.tokens); s.tokens[n-1].kind == tDedent; n-- {
				s.tokens = s.tokens[:n-1]
			}
			n := utf8.RuneCountInString(s.src.Line(int(s.line))) + 1
			s.fail(KindIndentation, s.line, n, 0, "unindent does not match any outer indentation level")
			return false
		}
		s.consistent(alt == s.alts[s.nindent-1])
	}
	return false
}

// consistent records a TabError unless ok. Python 2 only warns when it is asked to.
func (s *scanner) consistent(ok bool) {
	if !ok && s.dialect == Py3 {
		s.fail(KindTab, s.line, 1, 0, "inconsistent use of tabs and spaces in indentation")
	}
}

// word scans a name, a keyword or the prefix of a string.
func (s *scanner) word() {
	start := s.pos
	i := start
	var all byte
	for i < len(s.text) && class[s.text[i]]&(cLetter|cDigit) != 0 {
		all |= s.text[i]
		i++
	}
	if c := s.at(i); (c == '"' || c == '\'') && i-start <= 2 {
		if raw, f, ok := s.prefix(s.text[start:i]); ok {
			s.str(start, i, raw, f)
			return
		}
	}
	if all >= 0x80 {
		if s.pos = i; !s.identifier(start, i) {
			return
		}
		s.add(tName, start, i)
		return
	}
	s.add(keyword(s.text[start:i], s.dialect), start, i)
	s.pos = i
}

// prefix tells what the letters before a quote mean; ok is false when they are no prefix.
func (s *scanner) prefix(p string) (raw, f, ok bool) {
	var b, u bool
	for i := range len(p) {
		switch p[i] | 0x20 {
		case 'b':
			if b || u || f || s.dialect == Py2 && raw {
				return false, false, false
			}
			b = true
		case 'u':
			if b || u || raw || f {
				return false, false, false
			}
			u = true
		case 'r':
			if raw || u && s.dialect == Py3 {
				return false, false, false
			}
			raw = true
		case 'f':
			if f || b || u || s.dialect == Py2 {
				return false, false, false
			}
			f = true
		default:
			return false, false, false
		}
	}
	return raw, f, true
}

// identifier checks a name that is not pure ASCII.
func (s *scanner) identifier(start, end int) bool {
	for i, r := range s.text[start:end] {
		if i == 0 && isIDStart(r) || i > 0 && isIDContinue(r) {
			continue
		}
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			n = 1
		}
		s.badRune(r, start+i+n)
		return false
	}
	return true
}

// badRune records a character that may not stand in source text; it ends before end.
func (s *scanner) badRune(r rune, end int) {
	if isPrintable(r) {
		s.failAt(s.line, end, "invalid character '%c' (U+%04X)", r, r)
	} else {
		s.failAt(s.line, end, "invalid non-printable character U+%04X", r)
	}
}
