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
		return fail(1, "source code cannot contain null bytes")
	}
	declared, line := declaredEncoding(text)
	encoding := normalEncoding(declared)
	if bom && encoding != "" && declared != "utf-8" {
		return fail(0, "encoding problem: %s with BOM", declared)
	}
	switch encoding {
	case "", "utf-8":
		if n := invalidUTF8(text); n >= 0 {
			if encoding == "" && d == Py2 {
				return fail(0, "Non-ASCII character '\\x%02x' in file %s on line %d, but no encoding declared; "+
					"see http://python.org/dev/peps/pep-0263/ for details", text[n], name, strings.Count(text[:n], "\n")+1)
			}
			return fail(0, "%s", utf8Error(text, n, name, encoding))
		}
	case "ascii":
		for i := range len(text) {
			if text[i] >= utf8.RuneSelf {
				return fail(line, "(unicode error) 'ascii' codec can't decode byte 0x%02x in position %d: ordinal not in range(128)", text[i], i)
			}
		}
	case "iso-8859-1":
		text = decodeLatin1(text)
	default:
		if upper, ok := charsets[encoding]; ok {
			text = decodeTable(text, upper)
			break
		}
		return fail(0, "encoding problem: %s", declared)
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

// declaredEncoding returns the name in the coding comment of the first two lines (PEP 263), or "".
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
			return rest[:n], line
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
	case "iso8859-15", "latin-9", "latin9", "l9":
		return "iso-8859-15"
	case "iso8859-2", "latin-2", "latin2", "l2":
		return "iso-8859-2"
	case "windows-1250", "windows-1251", "windows-1252":
		return "cp" + n[len("windows-"):]
	case "1250", "1251", "1252", "437":
		return "cp" + n
	case "ibm437":
		return "cp437"
	}
	if _, ok := charsets[n]; ok {
		return n
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

// decodeTable decodes an extension of ASCII by one byte; upper holds the characters from 0x80.
func decodeTable(s, upper string) string {
	table := []rune(upper)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := range len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			b.WriteRune(table[c-utf8.RuneSelf])
		}
	}
	return b.String()
}

// charsets are the single-byte encodings besides Latin-1: their characters from 0x80.
var charsets = map[string]string{
	"iso-8859-2":  "\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009a\u009b\u009c\u009d\u009e\u009f\u00a0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00adŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
	"iso-8859-15": "\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009a\u009b\u009c\u009d\u009e\u009f\u00a0¡¢£€¥Š§š©ª«¬\u00ad®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
	"cp1250":      "€\u0081‚\u0083„…†‡\u0088‰Š‹ŚŤŽŹ\u0090‘’“”•–—\u0098™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
	"cp1251":      "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
	"cp1252":      "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
	"koi8-r":      "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00a0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ",
	"cp437":       "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
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
