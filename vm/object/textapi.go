package object

// What modules in Go need of strings beyond the methods of Str.

// ReprStr is repr of a string's text.
func ReprStr(s string) string { return reprStr(s) }

// ReprBytes is repr of bytes.
func ReprBytes(s string) string { return reprBytes(s) }

// ASCIIRepr escapes all that is not ASCII in the text of a repr: ascii().
func ASCIIRepr(s string) string { return asciiEscape(s) }

// ToRunes are the code points of a string's text, lone surrogates included.
func ToRunes(s string) []rune { return toRunes(s) }

// FromRunes is the text of code points, lone surrogates included.
func FromRunes(rs []rune) string { return fromRunes(rs) }

// AppendRune appends a code point, lone surrogates included.
func AppendRune(b []byte, r rune) []byte { return appendRune(b, r) }

// RuneAt decodes the code point at byte i of a string's text: the code point and its length in bytes.
func RuneAt(s string, i int) (rune, int) { return runeAt(s, i) }

// IsASCII says whether a text is ASCII.
func IsASCII(s string) bool { return isASCII(s) }
