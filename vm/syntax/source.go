package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Source text and positions in it: decoding, line ends, and the table of lines.

// Source is the decoded text of one file. Invariants: Text is valid UTF-8 without NUL, all its line ends are "\n",
// and it is empty or ends with one; the byte order mark is gone.
type Source struct {
	Name  string // as it is shown in messages
	Text  string
	lines []int32 // offset of the first byte of each line
}

// maxSource keeps offsets within int32.
const maxSource = 1 << 30

// newSource decodes a file.
func newSource(name string, data []byte, d Dialect) (*Source, error) {
	s := &Source{Name: name}
	fail := func(line int, format string, args ...any) (*Source, error) {
		return nil, &SyntaxError{File: name, Line: line, Msg: fmt.Sprintf(format, args...)}
	}
	if len(data) > maxSource {
		return nil, &SyntaxError{Kind: KindMemory, File: name, Msg: "source is too large"}
	}
	text := string(data)
	bom := strings.HasPrefix(text, "\ufeff")
	if bom {
		text = text[len("\ufeff"):]
	}
	if strings.IndexByte(text, 0) >= 0 {
		return fail(0, "source code cannot contain null bytes")
	}
	encoding, line := declaredEncoding(text)
	if bom && encoding != "" && encoding != "utf-8" {
		return fail(0, "encoding problem: %s with BOM", encoding)
	}
	switch encoding {
	case "", "utf-8":
		if n := invalidUTF8(text); n >= 0 {
			if encoding == "" && d == Py2 {
				text = decodeLatin1(text) // Python 2 leaves bytes alone
				break
			}
			return fail(strings.Count(text[:n], "\n")+1, "%s", utf8Error(text, n, name, encoding))
		}
	case "ascii":
		for i := range len(text) {
			if text[i] >= utf8.RuneSelf {
				return fail(line, "(unicode error) 'ascii' codec can't decode byte 0x%02x in position %d: ordinal not in range(128)", text[i], i)
			}
		}
	case "iso-8859-1":
		text = decodeLatin1(text)
	case "iso-8859-15", "cp1252":
		text = decodeTable(text, charsets[encoding])
	default:
		return fail(0, "unknown encoding: %s", encoding)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if text != "" && text[len(text)-1] != '\n' {
		text += "\n"
	}
	s.Text = text
	s.lines = make([]int32, 0, strings.Count(text, "\n")+1)
	for i := 0; i < len(text); {
		s.lines = append(s.lines, int32(i))
		i += strings.IndexByte(text[i:], '\n') + 1
	}
	// The end of the file is a line of its own.
	s.lines = append(s.lines, int32(len(text)))
	return s, nil
}

// declaredEncoding returns the normalised name in the coding comment of the first two lines (PEP 263), or "".
func declaredEncoding(text string) (name string, line int) {
	for line = 1; line <= 2; line++ {
		var first string
		first, text, _ = strings.Cut(text, "\n")
		trimmed := strings.TrimLeft(first, " \t\f")
		if trimmed == "" || trimmed == "\r" {
			continue
		}
		if trimmed[0] != '#' {
			return "", 0
		}
		i := strings.Index(trimmed, "coding")
		if i < 0 {
			continue
		}
		rest := trimmed[i+len("coding"):]
		if rest == "" || rest[0] != ':' && rest[0] != '=' {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t")
		n := 0
		for n < len(rest) && (class[rest[n]]&(cLetter|cDigit) != 0 && rest[n] < utf8.RuneSelf || rest[n] == '-' || rest[n] == '.') {
			n++
		}
		if n > 0 {
			return normalEncoding(rest[:n]), line
		}
	}
	return "", 0
}

func normalEncoding(name string) string {
	n := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch n {
	case "utf-8", "utf8", "utf-8-sig", "u8", "utf":
		return "utf-8"
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-latin-1", "l1", "8859", "cp819":
		return "iso-8859-1"
	case "ascii", "us-ascii", "646":
		return "ascii"
	case "iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9":
		return "iso-8859-15"
	case "cp1252", "windows-1252", "1252":
		return "cp1252"
	}
	if strings.HasPrefix(n, "utf-8-") {
		return "utf-8"
	}
	return name
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

func utf8Error(text string, at int, name, encoding string) string {
	if encoding == "" {
		return fmt.Sprintf("Non-UTF-8 code starting with '\\x%02x' in file %s on line %d, but no encoding declared; "+
			"see https://peps.python.org/pep-0263/ for details", text[at], name, strings.Count(text[:at], "\n")+1)
	}
	return fmt.Sprintf("(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %d: invalid start byte", text[at], at)
}

func decodeLatin1(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

func decodeTable(s string, t map[byte]rune) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := range len(s) {
		if r, ok := t[s[i]]; ok {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(s[i]))
		}
	}
	return b.String()
}

// charsets lists where the encodings related to Latin-1 differ from it.
var charsets = map[string]map[byte]rune{
	"iso-8859-15": {0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ'},
	"cp1252": {0x80: '€', 0x82: '‚', 0x83: 'ƒ', 0x84: '„', 0x85: '…', 0x86: '†', 0x87: '‡', 0x88: 'ˆ', 0x89: '‰', 0x8a: 'Š',
		0x8b: '‹', 0x8c: 'Œ', 0x8e: 'Ž', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x95: '•', 0x96: '–', 0x97: '—', 0x98: '˜',
		0x99: '™', 0x9a: 'š', 0x9b: '›', 0x9c: 'œ', 0x9e: 'ž', 0x9f: 'Ÿ'},
}

// Lines returns the number of lines.
func (s *Source) Lines() int { return len(s.lines) - 1 }

// Line returns line n (counted from 1) without its line end, or "" when there is no such line.
func (s *Source) Line(n int) string {
	if n < 1 || n >= len(s.lines) {
		return ""
	}
	return s.Text[s.lines[n-1] : s.lines[n]-1]
}

// Offset returns the offset of p in Text.
func (s *Source) Offset(p Pos) int {
	if p.Line < 1 || int(p.Line) > len(s.lines) {
		return len(s.Text)
	}
	return min(int(s.lines[p.Line-1]+p.Col), len(s.Text))
}

// Column returns the column of p in code points, counted from 0.
func (s *Source) Column(p Pos) int {
	line := s.Line(int(p.Line))
	return utf8.RuneCountInString(line[:min(len(line), int(p.Col))]) + max(0, int(p.Col)-len(line))
}

// Segment returns the text of a range.
func (s *Source) Segment(r Range) string {
	i, j := s.Offset(r.Start), s.Offset(r.End)
	if i > j {
		return ""
	}
	return s.Text[i:j]
}
