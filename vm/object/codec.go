package object

import (
	"strings"
	"unicode/utf8"
)

// This file encodes strings and decodes bytes: utf-8, ascii, latin-1, utf-16 and utf-32, with CPython's error handlers.

// codecName normalises the name of an encoding; "" if it is not known.
func codecName(name string) string {
	n := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(name))
	switch n {
	case "utf_8", "utf8", "u8", "utf", "utf8_ucs2", "cp65001":
		return "utf-8"
	case "utf_8_sig":
		return "utf-8-sig"
	case "ascii", "us_ascii", "646", "ansi_x3.4_1968", "iso646_us":
		return "ascii"
	case "latin_1", "latin1", "iso_8859_1", "iso8859_1", "8859", "l1", "latin", "cp819", "iso8859":
		return "iso8859-1"
	case "utf_16", "utf16", "u16":
		return "utf-16"
	case "utf_16_le", "utf_16le", "utf16_le":
		return "utf-16-le"
	case "utf_16_be", "utf_16be", "utf16_be":
		return "utf-16-be"
	case "utf_32", "utf32", "u32":
		return "utf-32"
	case "utf_32_le", "utf_32le", "utf32_le":
		return "utf-32-le"
	case "utf_32_be", "utf_32be", "utf32_be":
		return "utf-32-be"
	case "unicode_escape":
		return "unicodeescape"
	}
	return ""
}

// codecArgs reads the arguments encoding and errors, either of which may be Unset.
func codecArgs(t *Thread, fname string, enc, errs Value) (string, string, error) {
	name, handler := "utf-8", "strict"
	if !enc.IsUnset() {
		s, ok := AsStr(enc)
		if !ok {
			return "", "", TypeErrorf(t, "%s() argument 'encoding' must be str, not %s", fname, TypeName(t, enc))
		}
		name = s.S
	}
	if !errs.IsUnset() {
		s, ok := AsStr(errs)
		if !ok {
			return "", "", TypeErrorf(t, "%s() argument 'errors' must be str, not %s", fname, TypeName(t, errs))
		}
		handler = s.S
	}
	return name, handler, nil
}

func unknownCodec(t *Thread, name string) error {
	return NewError(t, t.Interp.Types.LookupError, "unknown encoding: %s", name)
}

// Encode is s.encode(encoding, errors), as the bytes in a Go string.
func Encode(t *Thread, s *Str, encoding, errors string) (string, error) {
	codec := codecName(encoding)
	switch codec {
	case "utf-8", "utf-8-sig":
		out := s.S
		if !utf8.ValidString(out) {
			var err error
			if out, err = encodeRunes(t, s, "utf-8", errors, func(b []byte, r rune) ([]byte, bool) {
				if r >= 0xD800 && r <= 0xDFFF {
					return b, false
				}
				return utf8.AppendRune(b, r), true
			}, "surrogates not allowed"); err != nil {
				return "", err
			}
		}
		if codec == "utf-8-sig" {
			out = "\xef\xbb\xbf" + out
		}
		return out, nil
	case "ascii":
		if s.ASCII() {
			return s.S, nil
		}
		return encodeRunes(t, s, "ascii", errors, func(b []byte, r rune) ([]byte, bool) { return append(b, byte(r)), r < 0x80 }, "ordinal not in range(128)")
	case "iso8859-1":
		if s.ASCII() {
			return s.S, nil
		}
		return encodeRunes(t, s, "latin-1", errors, func(b []byte, r rune) ([]byte, bool) { return append(b, byte(r)), r < 0x100 }, "ordinal not in range(256)")
	case "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be":
		return encodeWide(t, s, codec, errors)
	case "unicodeescape":
		var b []byte
		for _, r := range s.Runes() {
			switch {
			case r == '\n':
				b = append(b, `\n`...)
			case r == '\r':
				b = append(b, `\r`...)
			case r == '\t':
				b = append(b, `\t`...)
			case r == '\\':
				b = append(b, `\\`...)
			case r >= 0x20 && r < 0x7f:
				b = append(b, byte(r))
			default:
				b = append(b, escapeRune(r)...)
			}
		}
		return string(b), nil
	}
	return "", unknownCodec(t, encoding)
}

func encodeWide(t *Thread, s *Str, codec, errors string) (string, error) {
	big := strings.HasSuffix(codec, "be")
	wide := strings.HasPrefix(codec, "utf-32")
	unit := func(b []byte, u uint32) []byte {
		switch {
		case wide && big:
			return append(b, byte(u>>24), byte(u>>16), byte(u>>8), byte(u))
		case wide:
			return append(b, byte(u), byte(u>>8), byte(u>>16), byte(u>>24))
		case big:
			return append(b, byte(u>>8), byte(u))
		}
		return append(b, byte(u), byte(u>>8))
	}
	out, err := encodeRunes(t, s, codec, errors, func(b []byte, r rune) ([]byte, bool) {
		switch {
		case r >= 0xD800 && r <= 0xDFFF:
			return b, false
		case !wide && r > 0xFFFF:
			r -= 0x10000
			return unit(unit(b, 0xD800+uint32(r>>10)), 0xDC00+uint32(r&0x3FF)), true
		}
		return unit(b, uint32(r)), true
	}, "surrogates not allowed")
	if err != nil {
		return "", err
	}
	switch codec {
	case "utf-16":
		out = "\xff\xfe" + out
	case "utf-32":
		out = "\xff\xfe\x00\x00" + out
	}
	return out, nil
}

// encodeRunes encodes code point by code point; put says whether it could.
func encodeRunes(t *Thread, s *Str, codec, errors string, put func(b []byte, r rune) ([]byte, bool), reason string) (string, error) {
	rs := s.Runes()
	out := make([]byte, 0, len(s.S))
	emit := func(text string) error {
		for _, r := range text {
			b, ok := put(out, r)
			if !ok {
				return NewRaise(t, t.Interp.Types.UnicodeEncodeError, NewStr(codec), s.Value(), Int(0), Int(1), NewStr(reason))
			}
			out = b
		}
		return nil
	}
	for i := 0; i < len(rs); i++ {
		r := rs[i]
		if b, ok := put(out, r); ok {
			out = b
			continue
		}
		switch errors {
		case "ignore":
		case "replace":
			if err := emit("?"); err != nil {
				return "", err
			}
		case "backslashreplace":
			if err := emit(escapeRune(r)); err != nil {
				return "", err
			}
		case "xmlcharrefreplace":
			if err := emit("&#" + itoa(int(r)) + ";"); err != nil {
				return "", err
			}
		case "surrogateescape":
			if r < 0xDC80 || r > 0xDCFF {
				return "", encodeError(t, codec, s, rs, i, put, reason)
			}
			out = append(out, byte(r-0xDC00))
		case "surrogatepass":
			if r < 0xD800 || r > 0xDFFF || !strings.HasPrefix(codec, "utf") {
				return "", encodeError(t, codec, s, rs, i, put, reason)
			}
			out = appendRune(out, r)
		case "strict":
			return "", encodeError(t, codec, s, rs, i, put, reason)
		default:
			return "", NewError(t, t.Interp.Types.LookupError, "unknown error handler name '%s'", errors)
		}
	}
	return string(out), nil
}

// encodeError is the UnicodeEncodeError for the run of code points from i on that cannot be encoded.
func encodeError(t *Thread, codec string, s *Str, rs []rune, i int, put func([]byte, rune) ([]byte, bool), reason string) error {
	j := i + 1
	for j < len(rs) {
		if _, ok := put(nil, rs[j]); ok {
			break
		}
		j++
	}
	e := t.Interp.Types.UnicodeEncodeError
	return NewRaise(t, e, NewStr(codec), s.Value(), Int(int64(i)), Int(int64(j)), NewStr(reason))
}

// Decode is bytes.decode(encoding, errors).
func Decode(t *Thread, b string, encoding, errors string) (Value, error) {
	switch codec := codecName(encoding); codec {
	case "utf-8", "utf-8-sig":
		if codec == "utf-8-sig" {
			b = strings.TrimPrefix(b, "\xef\xbb\xbf")
		}
		if utf8.ValidString(b) {
			return NewStr(b), nil
		}
		return decodeUTF8(t, b, errors)
	case "ascii":
		if isASCII(b) {
			return newASCII(b), nil
		}
		d := decoder{t: t, codec: "ascii", b: b, errors: errors}
		for d.i < len(b) {
			if c := b[d.i]; c < 0x80 {
				d.out = append(d.out, c)
				d.i++
			} else if err := d.bad(1, "ordinal not in range(128)"); err != nil {
				return Unset, err
			}
		}
		return NewStr(string(d.out)), nil
	case "iso8859-1":
		return NewStr(latin1(b)), nil
	case "utf-16", "utf-16-le", "utf-16-be":
		return decodeUTF16(t, b, codec, errors)
	case "utf-32", "utf-32-le", "utf-32-be":
		return decodeUTF32(t, b, codec, errors)
	}
	return Unset, unknownCodec(t, encoding)
}

// latin1 decodes bytes as code points.
func latin1(b string) string {
	if isASCII(b) {
		return b
	}
	out := make([]byte, 0, len(b)+8)
	for i := 0; i < len(b); i++ {
		out = utf8.AppendRune(out, rune(b[i]))
	}
	return string(out)
}

type decoder struct {
	t             *Thread
	codec, errors string
	b             string
	i             int
	out           []byte
}

// bad handles n bytes at i that cannot be decoded.
func (d *decoder) bad(n int, reason string) error {
	t := d.t
	switch d.errors {
	case "ignore":
	case "replace":
		d.out = append(d.out, "\uFFFD"...)
	case "backslashreplace":
		const hex = "0123456789abcdef"
		for _, c := range []byte(d.b[d.i : d.i+n]) {
			d.out = append(d.out, '\\', 'x', hex[c>>4], hex[c&15])
		}
	case "surrogateescape":
		for k, c := range []byte(d.b[d.i : d.i+n]) {
			if c < 0x80 {
				if k == 0 {
					return d.fail(n, reason)
				}
				n = k
				break
			}
			d.out = appendRune(d.out, 0xDC00+rune(c))
		}
	case "surrogatepass":
		if d.codec == "utf-8" && d.i+2 < len(d.b) && d.b[d.i] == 0xED && d.b[d.i+1] >= 0xA0 && d.b[d.i+2]&0xC0 == 0x80 {
			d.out = append(d.out, d.b[d.i:d.i+3]...)
			n = 3
			break
		}
		return d.fail(n, reason)
	case "strict":
		return d.fail(n, reason)
	default:
		return NewError(t, t.Interp.Types.LookupError, "unknown error handler name '%s'", d.errors)
	}
	d.i += n
	return nil
}

func (d *decoder) fail(n int, reason string) error {
	return NewRaise(d.t, d.t.Interp.Types.UnicodeDecodeError, NewStr(d.codec), NewBytes(d.b), Int(int64(d.i)), Int(int64(d.i+n)), NewStr(reason))
}

func decodeUTF8(t *Thread, b, errors string) (Value, error) {
	d := decoder{t: t, codec: "utf-8", b: b, errors: errors}
	for d.i < len(b) {
		c := b[d.i]
		if c < 0x80 {
			d.out = append(d.out, c)
			d.i++
			continue
		}
		if r, n := utf8.DecodeRuneInString(b[d.i:]); r != utf8.RuneError || n > 1 {
			d.out = append(d.out, b[d.i:d.i+n]...)
			d.i += n
			continue
		}
		n, reason := utf8Fault(b[d.i:])
		if err := d.bad(n, reason); err != nil {
			return Unset, err
		}
	}
	return NewStr(string(d.out)), nil
}

// utf8Fault says how many bytes a malformed sequence takes, and what is wrong with it.
func utf8Fault(b string) (int, string) {
	c := b[0]
	lo, hi, need := byte(0x80), byte(0xBF), 0
	switch {
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			lo = 0xA0
		}
		if c == 0xED {
			hi = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			lo = 0x90
		}
		if c == 0xF4 {
			hi = 0x8F
		}
	default:
		return 1, "invalid start byte"
	}
	for k := 1; k <= need; k++ {
		if k >= len(b) {
			return len(b), "unexpected end of data"
		}
		if b[k] < lo || b[k] > hi {
			return k, "invalid continuation byte"
		}
		lo, hi = 0x80, 0xBF
	}
	return 1, "invalid continuation byte"
}

func decodeUTF16(t *Thread, b, codec, errors string) (Value, error) {
	big := codec == "utf-16-be"
	d := decoder{t: t, codec: codec, b: b, errors: errors}
	if codec == "utf-16" && len(b) >= 2 {
		switch b[:2] {
		case "\xff\xfe":
			d.i = 2
		case "\xfe\xff":
			d.i, big = 2, true
		}
	}
	unit := func(i int) uint32 {
		if big {
			return uint32(b[i])<<8 | uint32(b[i+1])
		}
		return uint32(b[i+1])<<8 | uint32(b[i])
	}
	for d.i < len(b) {
		if d.i+1 >= len(b) {
			if err := d.bad(1, "truncated data"); err != nil {
				return Unset, err
			}
			continue
		}
		u := unit(d.i)
		switch {
		case u < 0xD800 || u > 0xDFFF:
			d.out = utf8.AppendRune(d.out, rune(u))
			d.i += 2
		case u >= 0xDC00:
			if err := d.bad(2, "illegal encoding"); err != nil {
				return Unset, err
			}
		case d.i+3 >= len(b):
			if err := d.bad(len(b)-d.i, "unexpected end of data"); err != nil {
				return Unset, err
			}
		default:
			v := unit(d.i + 2)
			if v < 0xDC00 || v > 0xDFFF {
				if err := d.bad(2, "illegal UTF-16 surrogate"); err != nil {
					return Unset, err
				}
				continue
			}
			d.out = utf8.AppendRune(d.out, rune(0x10000+(u-0xD800)<<10+(v-0xDC00)))
			d.i += 4
		}
	}
	return NewStr(string(d.out)), nil
}

func decodeUTF32(t *Thread, b, codec, errors string) (Value, error) {
	big := codec == "utf-32-be"
	d := decoder{t: t, codec: codec, b: b, errors: errors}
	if codec == "utf-32" && len(b) >= 4 {
		switch b[:4] {
		case "\xff\xfe\x00\x00":
			d.i = 4
		case "\x00\x00\xfe\xff":
			d.i, big = 4, true
		}
	}
	for d.i < len(b) {
		if d.i+3 >= len(b) {
			if err := d.bad(len(b)-d.i, "truncated data"); err != nil {
				return Unset, err
			}
			continue
		}
		p := b[d.i : d.i+4]
		u := uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
		if big {
			u = uint32(p[3]) | uint32(p[2])<<8 | uint32(p[1])<<16 | uint32(p[0])<<24
		}
		switch {
		case u > 0x10FFFF:
			if err := d.bad(4, "code point not in range(0x110000)"); err != nil {
				return Unset, err
			}
		case u >= 0xD800 && u <= 0xDFFF:
			if err := d.bad(4, "code point in surrogate code point range(0xd800, 0xe000)"); err != nil {
				return Unset, err
			}
		default:
			d.out = utf8.AppendRune(d.out, rune(u))
			d.i += 4
		}
	}
	return NewStr(string(d.out)), nil
}
