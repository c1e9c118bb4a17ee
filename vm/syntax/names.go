package syntax

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the table
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// Names of characters, for \N{name}. The table (of the Unicode Character Database 15.1) is unpacked when the first such
// escape is met: a line per name, with the distance to the character of the line before in hexadecimal. Names that
// follow from the code point, or from the parts of a Hangul syllable, are computed.

//go:embed names.gz
var namesData []byte

var readNames = sync.OnceValue(func() map[string]rune {
	names := make(map[string]rune, 34000)
	z, err := gzip.NewReader(bytes.NewReader(namesData))
	if err != nil {
		panic("syntax: damaged table of names: " + err.Error())
	}
	text, err := io.ReadAll(z)
	if err != nil {
		panic("syntax: damaged table of names: " + err.Error())
	}
	r := rune(0)
	for line := range strings.Lines(string(text)) {
		delta, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		d, _ := strconv.ParseUint(delta, 16, 32)
		r += rune(d)
		names[name] = r
	}
	return names
})

// numbered are the families of names that end in the code point.
var numbered = []struct {
	prefix string
	table  func(rune) bool
}{
	{"CJK UNIFIED IDEOGRAPH-", func(r rune) bool {
		return unicode.Is(unicode.Unified_Ideograph, r) && (r < 0xf900 || r > 0xfaff) || 0x2ebf0 <= r && r <= 0x2ee5d
	}},
	{"CJK COMPATIBILITY IDEOGRAPH-", func(r rune) bool {
		return (0xf900 <= r && r <= 0xfaff || 0x2f800 <= r && r <= 0x2fa1f) && unicode.Is(unicode.Lo, r)
	}},
	{"TANGUT IDEOGRAPH-", func(r rune) bool { return 0x17000 <= r && r <= 0x187f7 || 0x18d00 <= r && r <= 0x18d08 }},
	{"KHITAN SMALL SCRIPT CHARACTER-", func(r rune) bool { return 0x18b00 <= r && r <= 0x18cd5 }},
	{"NUSHU CHARACTER-", func(r rune) bool { return 0x1b170 <= r && r <= 0x1b2fb }},
}

// CharacterNamed returns the character with a Unicode name or alias, in any case.
func CharacterNamed(name string) (rune, bool) {
	name = strings.ToUpper(name)
	if syllable, ok := strings.CutPrefix(name, "HANGUL SYLLABLE "); ok {
		return hangulNamed(syllable)
	}
	for _, n := range numbered {
		if code, ok := strings.CutPrefix(name, n.prefix); ok {
			v, err := strconv.ParseUint(code, 16, 32)
			return rune(v), err == nil && (len(code) == 4 || len(code) == 5 && v > 0xffff) && n.table(rune(v))
		}
	}
	r, ok := readNames()[name]
	return r, ok
}

// The letters of Hangul syllables, in the order of their code points.
var (
	hangulInitials = strings.Split("G GG N D DD R M B BB S SS  J JJ C K T P H", " ")
	hangulVowels   = strings.Split("A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I", " ")
	hangulFinals   = strings.Split(" G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H", " ")
)

// hangulNamed returns the syllable that is spelled so.
func hangulNamed(s string) (rune, bool) {
	// The longest match at each step is the right one.
	longest := func(parts []string) int {
		best := -1
		for i, p := range parts {
			if strings.HasPrefix(s, p) && (best < 0 || len(p) > len(parts[best])) {
				best = i
			}
		}
		if best >= 0 {
			s = s[len(parts[best]):]
		}
		return best
	}
	l := longest(hangulInitials)
	v := longest(hangulVowels)
	if l < 0 || v < 0 {
		return 0, false
	}
	t := longest(hangulFinals)
	return rune(hangulS + (l*hangulVs+v)*hangulTs + t), s == ""
}
