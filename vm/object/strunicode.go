package object

import (
	"strings"
	"unicode"
)

// This file has the character properties that str's methods ask for, and case conversion.

func inRanges(rs [][2]rune, r rune) bool {
	lo, hi := 0, len(rs)
	for lo < hi {
		m := (lo + hi) / 2
		switch {
		case r < rs[m][0]:
			hi = m
		case r > rs[m][1]:
			lo = m + 1
		default:
			return true
		}
	}
	return false
}

func isAlpha(r rune) bool {
	if r < 0x80 {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r)
}

func isDecimalRune(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9'
	}
	return unicode.Is(unicode.Nd, r)
}

func isDigitRune(r rune) bool { return isDecimalRune(r) || r >= 0x80 && inRanges(digitRanges, r) }

func isNumericRune(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9'
	}
	return unicode.Is(unicode.N, r) || inRanges(numericRanges, r)
}

func isAlnum(r rune) bool { return isAlpha(r) || isNumericRune(r) || isDigitRune(r) }

// isSpace is str.isspace's notion: the bidirectional classes WS, B, S as well as Zs.
func isSpace(r rune) bool {
	if r < 0x80 {
		return r == ' ' || r >= 9 && r <= 13 || r >= 0x1c && r <= 0x1f
	}
	return unicode.IsSpace(r)
}

func isUpperRune(r rune) bool {
	if r < 0x80 {
		return r >= 'A' && r <= 'Z'
	}
	return unicode.IsUpper(r) || unicode.Is(unicode.Other_Uppercase, r)
}

func isLowerRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z'
	}
	return unicode.IsLower(r) || unicode.Is(unicode.Other_Lowercase, r)
}

// isPrintable is what repr leaves as it is.
func isPrintable(r rune) bool {
	if r < 0x7f {
		return r >= 0x20
	}
	if r < 0xa1 {
		return false
	}
	if r == 0xad || r >= 0xD800 && r <= 0xDFFF {
		return false
	}
	return unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r)
}

// IsIdentifier is str.isidentifier.
func IsIdentifier(s string) bool {
	if s == "" {
		return false
	}
	for i, r := range s {
		if r < 0x80 {
			if r == '_' || isAlpha(r) || i > 0 && r >= '0' && r <= '9' {
				continue
			}
			return false
		}
		start := unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
		if start || i > 0 && (unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc) || unicode.Is(unicode.Other_ID_Continue, r)) {
			continue
		}
		return false
	}
	return true
}

// mapCase applies a case mapping: full has the characters that become several, simple does the others.
func mapCase(s string, full map[rune]string, simple func(rune) rune) string {
	var b []byte
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		if f, ok := full[r]; ok {
			b = append(b, f...)
		} else {
			b = appendRune(b, simple(r))
		}
		i += n
	}
	return string(b)
}

func upperStr(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return mapCase(s, fullUpper, unicode.ToUpper)
}

func lowerStr(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	rs := toRunes(s)
	var b []byte
	for i, r := range rs {
		b = lowerRune(b, rs, i, r)
	}
	return string(b)
}

// lowerRune appends the lower case of rs[i]: a capital sigma at the end of a word has a form of its own.
func lowerRune(b []byte, rs []rune, i int, r rune) []byte {
	if r == 0x3A3 {
		if finalSigma(rs, i) {
			return appendRune(b, 0x3C2)
		}
		return appendRune(b, 0x3C3)
	}
	if f, ok := fullLower[r]; ok {
		return append(b, f...)
	}
	return appendRune(b, unicode.ToLower(r))
}

func finalSigma(rs []rune, i int) bool {
	j := i - 1
	for j >= 0 && caseIgnorable(rs[j]) {
		j--
	}
	if j < 0 || !cased(rs[j]) {
		return false
	}
	j = i + 1
	for j < len(rs) && caseIgnorable(rs[j]) {
		j++
	}
	return j == len(rs) || !cased(rs[j])
}

func cased(r rune) bool { return isUpperRune(r) || isLowerRune(r) || unicode.IsTitle(r) }

func caseIgnorable(r rune) bool {
	switch r {
	case '\'', '.', ':', 0xB7, 0x2018, 0x2019, 0x2024, 0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A, 0x55F, 0x5F4, 0x387:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}

func foldStr(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return mapCase(s, caseFolds, func(r rune) rune { return unicode.ToLower(r) })
}

func titleRune(b []byte, r rune) []byte {
	if f, ok := fullTitle[r]; ok {
		return append(b, f...)
	}
	return appendRune(b, unicode.ToTitle(r))
}

func titleStr(s string) string {
	rs := toRunes(s)
	var b []byte
	prev := false
	for i, r := range rs {
		if prev {
			b = lowerRune(b, rs, i, r)
		} else {
			b = titleRune(b, r)
		}
		prev = cased(r)
	}
	return string(b)
}

func capitalizeStr(s string) string {
	if s == "" {
		return s
	}
	rs := toRunes(s)
	b := titleRune(nil, rs[0])
	for i := 1; i < len(rs); i++ {
		b = lowerRune(b, rs, i, rs[i])
	}
	return string(b)
}

func swapcaseStr(s string) string {
	rs := toRunes(s)
	var b []byte
	for i, r := range rs {
		switch {
		case isUpperRune(r):
			b = lowerRune(b, rs, i, r)
		case isLowerRune(r):
			if f, ok := fullUpper[r]; ok {
				b = append(b, f...)
			} else {
				b = appendRune(b, unicode.ToUpper(r))
			}
		default:
			b = appendRune(b, r)
		}
	}
	return string(b)
}

func istitleStr(s string) bool {
	found, prev := false, false
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		i += n
		switch {
		case isUpperRune(r) || unicode.IsTitle(r):
			if prev {
				return false
			}
			prev, found = true, true
		case isLowerRune(r):
			if !prev {
				return false
			}
			found = true
		default:
			prev = false
		}
	}
	return found
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// reprStr is repr of a string.
func reprStr(s string) string {
	q := byte('\'')
	plain := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			if strings.IndexByte(s, '"') < 0 {
				q = '"'
			} else {
				plain = false
			}
		case c == '\\' || c < 0x20 || c >= 0x7f:
			plain = false
		}
	}
	if plain {
		return string(q) + s + string(q)
	}
	b := make([]byte, 0, len(s)+8)
	b = append(b, q)
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		i += n
		switch {
		case r == rune(q) || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case isPrintable(r):
			b = appendRune(b, r)
		default:
			b = append(b, escapeRune(r)...)
		}
	}
	return string(append(b, q))
}

// asciiEscape escapes all that is not ASCII.
func asciiEscape(s string) string {
	if isASCII(s) {
		return s
	}
	var b []byte
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		i += n
		if r < 0x80 {
			b = append(b, byte(r))
		} else {
			b = append(b, escapeRune(r)...)
		}
	}
	return string(b)
}
