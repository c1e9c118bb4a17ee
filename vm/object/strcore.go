package object

import (
	"strconv"
	"unicode/utf8"
	"unsafe"

	"github.com/cespare/xxhash/v2"
)

// This file has what strings are made of: construction, hash, and the index of code points.
//
// A Str holds UTF-8, with lone surrogates as their three-byte form (WTF-8), which encoding refuses and indexing counts as one code
// point. For ASCII strings byte and code point index coincide; others build a table of code points at the first index.

func newStr(s string) *Str {
	return &Str{Header: Header{Meta: uint64(KindStr)}, S: s, Len: runeCount(s)}
}

// NewStr makes a string.
func NewStr(s string) Value { return valueOf(newStr(s)) }

// NewStr makes a string.
func (t *Thread) NewStr(s string) Value { return valueOf(newStr(s)) }

// NewName makes a *Str, for names in code.
func NewName(s string) *Str { return newStr(s) }

// newASCII makes a string that is known to be ASCII.
func newASCII(s string) Value {
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: s, Len: len(s)})
}

// Strings whose bytes follow the Str in one allocation: results that are built byte by byte.
type (
	str16 struct {
		Str
		b [16]byte
	}
	str32 struct {
		Str
		b [32]byte
	}
	str64 struct {
		Str
		b [64]byte
	}
)

// buildStr makes a string of n > 0 bytes and runes code points. The caller fills the bytes before anybody else sees the string.
func buildStr(n, runes int) (*Str, []byte) {
	var s *Str
	var b []byte
	switch {
	case n <= 16:
		x := &str16{}
		s, b = &x.Str, x.b[:n]
	case n <= 32:
		x := &str32{}
		s, b = &x.Str, x.b[:n]
	case n <= 64:
		x := &str64{}
		s, b = &x.Str, x.b[:n]
	default:
		s, b = &Str{}, make([]byte, n)
	}
	s.Meta, s.Len, s.S = uint64(KindStr), runes, unsafe.String(&b[0], n)
	return s, b
}

// intStr is the decimal text of an int.
func intStr(n int64) Value {
	var buf [20]byte
	text := strconv.AppendInt(buf[:0], n, 10)
	s, b := buildStr(len(text), len(text))
	copy(b, text)
	return valueOf(s)
}

// AsStr is the string that v is, or that v's class inherits from.
func AsStr(v Value) (*Str, bool) {
	if v.Kind() != KindStr {
		if v = Native(v); v.Kind() != KindStr {
			return nil, false
		}
	}
	return (*Str)(v.Ref), true
}

// runeCount counts code points. In UTF-8, and in WTF-8, they are the bytes that continue nothing.
func runeCount(s string) int {
	n := len(s)
	for i := 0; i < len(s); i++ {
		if s[i]&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

// ASCII says whether the string consists of ASCII characters.
func (s *Str) ASCII() bool { return s.Len == len(s.S) }

// Hash is hash(s): xxHash64 of the bytes, never -1.
func (s *Str) Hash() int64 {
	if h := s.hash.Load(); h != 0 {
		return int64(h)
	}
	h := hashString(s.S)
	s.hash.Store(uint64(h))
	return h
}

func hashString(s string) int64 {
	h := xxhash.Sum64String(s)
	if h == 0 || h == 1<<64-1 {
		h = 1<<64 - 2
	}
	if s == "" {
		h = 1 << 32 // 0 would mean "not yet computed"
	}
	return int64(h)
}

// runeAt decodes the code point at byte i, lone surrogates included.
func runeAt(s string, i int) (rune, int) {
	c := s[i]
	if c < 0x80 {
		return rune(c), 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && n == 1 && i+2 < len(s) {
		return rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
	}
	return r, n
}

// RuneAtByte decodes the code point at byte i: the code point and its length in bytes.
func (s *Str) RuneAtByte(i int) (rune, int) { return runeAt(s.S, i) }

// appendRune appends a code point, lone surrogates included.
func appendRune(b []byte, r rune) []byte {
	if r >= 0xD800 && r <= 0xDFFF {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return utf8.AppendRune(b, r)
}

func toRunes(s string) []rune {
	out := make([]rune, 0, len(s))
	for i := 0; i < len(s); {
		r, n := runeAt(s, i)
		out = append(out, r)
		i += n
	}
	return out
}

func fromRunes(rs []rune) string {
	b := make([]byte, 0, len(rs)+8)
	for _, r := range rs {
		b = appendRune(b, r)
	}
	return string(b)
}

// Runes is the table of code points, for strings that are not ASCII.
func (s *Str) Runes() []rune {
	if p := s.runes.Load(); p != nil {
		return *p
	}
	rs := toRunes(s.S)
	s.runes.Store(&rs)
	return rs
}

// Index is the one-character string at code point i, which is in range.
func (s *Str) Index(t *Thread, i int) Value {
	if s.ASCII() {
		return t.Interp.Char(rune(s.S[i]))
	}
	return t.Interp.Char(s.Runes()[i])
}

// Char is the string of one code point; the first 256 are made once.
func (in *Interp) Char(r rune) Value {
	if uint32(r) < uint32(len(in.chars)) {
		return valueOf(&in.chars[r])
	}
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: string(appendRune(nil, r)), Len: 1})
}

func (in *Interp) initChars() {
	for i := range in.chars {
		c := &in.chars[i]
		c.Meta, c.S, c.Len = uint64(KindStr), string(appendRune(nil, rune(i))), 1
	}
}

func itoa(n int) string     { return strconv.Itoa(n) }
func itoa64(n int64) string { return strconv.FormatInt(n, 10) }
