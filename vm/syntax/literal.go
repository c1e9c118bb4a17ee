package syntax

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The values of number and string tokens.

// maxDigits is CPython's limit for decimal integers (sys.set_int_max_str_digits).
const maxDigits = 4300

// numberValue returns the value of number token i, and the kind "L" for a long of Python 2.
func (p *parser) numberValue(i int) (any, string) {
	s := p.word(i)
	if len(s) == 1 {
		return int64(s[0] - '0'), ""
	}
	if strings.IndexByte(s, '_') >= 0 {
		s = strings.ReplaceAll(s, "_", "")
	}
	kind := ""
	if p.dialect == Py2 && s[len(s)-1]|0x20 == 'l' {
		s, kind = s[:len(s)-1], "L"
	}
	if s[0] == '0' && len(s) > 1 {
		switch s[1] | 0x20 {
		case 'x':
			return integer(s[2:], 16), kind
		case 'o':
			return integer(s[2:], 8), kind
		case 'b':
			return integer(s[2:], 2), kind
		}
	}
	if s[len(s)-1]|0x20 == 'j' {
		return complex(0, float(s[:len(s)-1])), ""
	}
	if strings.ContainsAny(s, ".eE") {
		return float(s), ""
	}
	if s[0] == '0' && p.dialect == Py2 {
		return integer(s, 8), kind
	}
	if len(s) > maxDigits {
		p.errorRange(p.start(i), p.end(i), "Exceeds the limit (%d digits) for integer string conversion: value has %d digits; "+
			"use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals "+
			"to avoid decimal conversion limits.", maxDigits, len(s))
	}
	return integer(s, 10), kind
}

func integer(s string, base int) any {
	if n, err := strconv.ParseInt(s, base, 64); err == nil {
		return n
	}
	n, _ := new(big.Int).SetString(s, base)
	return n
}

func float(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && math.IsInf(f, 0) {
		return math.Inf(1)
	}
	return f
}

// stringValue returns the value of string token i: a string or Bytes, and its kind.
func (p *parser) stringValue(i int) (any, string) {
	s := p.word(i)
	var bytes, raw, unicode bool
	for s[0] != '"' && s[0] != '\'' {
		switch s[0] | 0x20 {
		case 'b':
			bytes = true
		case 'r':
			raw = true
		case 'u':
			unicode = true
		}
		s = s[1:]
	}
	if len(s) >= 6 && s[0] == s[1] && s[0] == s[2] {
		s = s[3 : len(s)-3]
	} else {
		s = s[1 : len(s)-1]
	}
	if p.dialect == Py2 {
		if p.future&FutureUnicodeLiterals != 0 && !bytes {
			unicode = true
		}
		kind := ""
		if unicode {
			kind = "u"
		}
		switch {
		case raw && unicode:
			s = p.rawUnicode(s, i)
		case !raw:
			s = p.unescape(s, i, !unicode, false)
		}
		return s, kind
	}
	if bytes {
		for j := range len(s) {
			if s[j] >= utf8.RuneSelf {
				p.errorRange(p.start(i), p.end(i), "bytes can only contain ASCII literal characters")
			}
		}
	}
	kind := ""
	if unicode && p.text[p.tokens[i].start] == 'u' { // CPython does not say so for U
		kind = "u"
	}
	if !raw {
		s = p.unescape(s, i, bytes, false)
	}
	if bytes {
		return Bytes(s), ""
	}
	return s, kind
}

// unescape replaces the escapes in the text of token i. In bytes a value above 0x7f is one byte, except in Python 2,
// whose plain strings hold code points.
func (p *parser) unescape(s string, i int, bytes, fstring bool) string {
	n := strings.IndexByte(s, '\\')
	if n < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	surrogates, warned := false, false
	put := func(v uint32) {
		switch {
		case bytes && p.dialect == Py3:
			b = append(b, byte(v))
		case 0xd800 <= v && v <= 0xdfff:
			surrogates = true
			b = append(b, 0xed, byte(0x80|v>>6&0x3f), byte(0x80|v&0x3f))
		default:
			b = utf8.AppendRune(b, rune(v))
		}
	}
	for whole := s; ; n = strings.IndexByte(s, '\\') {
		if n < 0 {
			b = append(b, s...)
			break
		}
		b = append(b, s[:n]...)
		at := len(whole) - len(s) + n // of the backslash
		s = s[n+1:]
		if s == "" {
			b = append(b, '\\') // before a brace of an f-string
			break
		}
		c := s[0]
		s = s[1:]
		switch c {
		case '\n':
		case '\\', '\'', '"':
			b = append(b, c)
		case 'a':
			b = append(b, 7)
		case 'b':
			b = append(b, 8)
		case 'f':
			b = append(b, 12)
		case 'n':
			b = append(b, 10)
		case 'r':
			b = append(b, 13)
		case 't':
			b = append(b, 9)
		case 'v':
			b = append(b, 11)
		case '0', '1', '2', '3', '4', '5', '6', '7':
			v := uint32(c - '0')
			for k := 0; k < 2 && s != "" && '0' <= s[0] && s[0] <= '7'; k++ {
				v = v*8 + uint32(s[0]-'0')
				s = s[1:]
			}
			if v > 0xff && !warned {
				warned = true
				p.warn(i, fmt.Sprintf(`invalid octal escape sequence '\%o'`, v))
			}
			if bytes {
				v &= 0xff
			}
			put(v)
		case 'x':
			v, k := hexDigits(s, 2)
			if k < 2 {
				if bytes {
					p.errorRange(p.start(i), p.end(i), "(value error) invalid \\x escape at position %d", runes(whole, at))
				}
				p.badEscape(i, whole, at, 1+k, fstring, "truncated \\xXX escape")
			}
			put(v)
			s = s[2:]
		case 'u', 'U':
			if bytes {
				b = append(b, '\\', c)
				continue
			}
			size, msg := 4, "truncated \\uXXXX escape"
			if c == 'U' {
				size, msg = 8, "truncated \\UXXXXXXXX escape"
			}
			v, k := hexDigits(s, size)
			if k < size {
				p.badEscape(i, whole, at, 1+k, fstring, msg)
			}
			if v > utf8.MaxRune {
				p.badEscape(i, whole, at, 1+k, fstring, "illegal Unicode character")
			}
			put(v)
			s = s[size:]
		case 'N':
			if bytes {
				b = append(b, '\\', c)
				continue
			}
			end := strings.IndexByte(s, '}')
			if s == "" || s[0] != '{' || end < 2 {
				k := 1
				if s != "" && s[0] == '{' {
					if k = 2; end < 0 {
						k = 1 + len(s)
					}
				}
				p.badEscape(i, whole, at, k, fstring, "malformed \\N character escape")
			}
			r, ok := CharacterNamed(s[1:end])
			if !ok {
				p.badEscape(i, whole, at, end+2, fstring, "unknown Unicode character name")
			}
			put(uint32(r))
			s = s[end+1:]
		default:
			if !warned && c < utf8.RuneSelf {
				warned = true
				p.warn(i, fmt.Sprintf(`invalid escape sequence '\%c'`, c))
			}
			b = append(b, '\\', c)
		}
	}
	if surrogates && p.dialect == Py2 {
		return joinSurrogates(string(b))
	}
	return string(b)
}

// hexDigits reads up to n hexadecimal digits.
func hexDigits(s string, n int) (v uint32, k int) {
	for k < n && k < len(s) && class[s[k]]&cHex != 0 {
		d := s[k]
		if d > '9' {
			d = d&0xf + 9
		}
		v = v<<4 | uint32(d&0xf)
		k++
	}
	return v, k
}

// runes counts the code points of s before offset n.
func runes(s string, n int) int { return utf8.RuneCountInString(s[:n]) }

// badEscape fails for the escape at offset at of the text s of token i; the escape has n characters behind its backslash.
// CPython decodes the text of an f-string when it has come to its end.
func (p *parser) badEscape(i int, s string, at, n int, fstring bool, msg string) {
	for nested := 0; fstring; i++ {
		if k := p.tokens[i].kind; k == tFStart {
			nested++
		} else if k == tFEnd {
			if nested == 0 {
				break
			}
			nested--
		} else if k == tEOF || k == tError {
			break
		}
	}
	// CPython's decoder sees characters beyond ASCII as ten-character escapes.
	pos := 0
	for _, r := range s[:at] {
		if r < utf8.RuneSelf {
			pos++
		} else {
			pos += 10
		}
	}
	p.errorRange(p.start(i), p.end(i), "(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s",
		pos, pos+n, msg)
}

// rawUnicode replaces the \u escapes of a ur” literal.
func (p *parser) rawUnicode(s string, i int) string {
	var b strings.Builder
	for n := 0; n < len(s); n++ {
		if s[n] != '\\' {
			b.WriteByte(s[n])
			continue
		}
		slashes := n
		for n+1 < len(s) && s[n+1] == '\\' {
			n++
		}
		odd := (n-slashes)%2 == 0
		size := 0
		if n+1 < len(s) && odd {
			switch s[n+1] {
			case 'u':
				size = 4
			case 'U':
				size = 8
			}
		}
		if size == 0 {
			b.WriteString(s[slashes : n+1])
			continue
		}
		v, k := hexDigits(s[n+2:], size)
		if k < size {
			p.badEscape(i, s, n, 1+k, false, "truncated \\uXXXX")
		}
		b.WriteString(s[slashes:n])
		b.WriteRune(rune(v))
		n += 1 + size
	}
	return b.String()
}

// joinSurrogates makes one character of every surrogate pair in WTF-8.
func joinSurrogates(s string) string {
	if !strings.Contains(s, "\xed") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+6 <= len(s) && s[i] == 0xed && s[i+1] >= 0xa0 && s[i+1] < 0xb0 && s[i+3] == 0xed && s[i+4] >= 0xb0 {
			hi := rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
			lo := rune(s[i+4]&0x3f)<<6 | rune(s[i+5]&0x3f)
			b.WriteRune(0x10000 + (hi&0x3ff)<<10 + lo&0x3ff)
			i += 5
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
