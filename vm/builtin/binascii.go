package builtin

import (
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"strings"

	"gilt/vm/object"
)

// Module _binascii: bytes as text and back. Module binascii (lib/binascii.py) has the exception classes and quoted-printable.

func init() { register("_binascii", makeBinascii) }

func binasciiErrorf(t *object.Thread, format string, args ...any) error {
	cls, err := member(t, "binascii", "Error")
	if err != nil {
		return err
	}
	typ, _ := object.AsType(cls)
	return object.NewError(t, typ, format, args...)
}

// asciiBuffer is an argument that is bytes or an ASCII string.
func asciiBuffer(t *object.Thread, v object.Value) (string, error) {
	if s, ok := object.AsStr(v); ok {
		if !s.ASCII() {
			return "", object.ValueErrorf(t, "string argument should contain only ASCII characters")
		}
		return s.S, nil
	}
	if b, ok := object.AsBytesLike(t, v); ok {
		return b, nil
	}
	return "", object.TypeErrorf(t, "argument should be bytes, buffer or ASCII string, not '%s'", object.TypeName(t, v))
}

func makeBinascii(t *object.Thread) (*object.Module, error) {
	hexlify := func(name string) def {
		return vary(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := object.ParseArgs(t, name, args, kw, []string{"data", "sep", "bytes_per_sep"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			return binasciiHex(t, a[0], a[1], a[2])
		})
	}
	unhexlify := func(name string) def {
		return fixed(name, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			s, err := asciiBuffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if len(s)%2 != 0 {
				return object.Unset, binasciiErrorf(t, "Odd-length string")
			}
			b, err := hex.DecodeString(s)
			if err != nil {
				return object.Unset, binasciiErrorf(t, "Non-hexadecimal digit found")
			}
			return object.NewBytes(string(b)), nil
		})
	}
	return newModule(t, "_binascii", "Conversion between binary data and ASCII.",
		hexlify("hexlify"), hexlify("b2a_hex"), unhexlify("unhexlify"), unhexlify("a2b_hex"),
		vary("b2a_base64", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "b2a_base64", args, kw, []string{"data", "newline"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			s, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			newline := true
			if !a[1].IsUnset() {
				if newline, err = object.Truth(t, a[1]); err != nil {
					return object.Unset, err
				}
			}
			out := base64.StdEncoding.AppendEncode(nil, []byte(s))
			if newline {
				out = append(out, '\n')
			}
			return object.NewBytes(string(out)), nil
		}),
		vary("a2b_base64", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "a2b_base64", args, kw, []string{"data", "strict_mode"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			s, err := asciiBuffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			strict := false
			if !a[1].IsUnset() {
				if strict, err = object.Truth(t, a[1]); err != nil {
					return object.Unset, err
				}
			}
			return fromBase64(t, s, strict)
		}),
		fixed("crc32", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			s, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			var from uint32
			if len(a) > 1 {
				b, err := object.IndexBig(t, a[1])
				if err != nil {
					return object.Unset, err
				}
				if from = uint32(b.Uint64()); b.Sign() < 0 {
					from = -from
				}
			}
			return object.Int(int64(crc32.Update(from, crc32.IEEETable, []byte(s)))), nil
		}),
		fixed("crc_hqx", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			s, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			b, err := object.IndexBig(t, a[1])
			if err != nil {
				return object.Unset, err
			}
			crc := uint16(b.Uint64())
			for i := range len(s) {
				crc ^= uint16(s[i]) << 8
				for range 8 {
					if crc&0x8000 != 0 {
						crc = crc<<1 ^ 0x1021
					} else {
						crc <<= 1
					}
				}
			}
			return object.Int(int64(crc)), nil
		}),
		vary("b2a_uu", toUU), fixed("a2b_uu", 1, 1, fromUU)), nil
}

// binasciiHex is hexlify with separators between groups of bytes, counted from the right, or from the left if the number is negative.
func binasciiHex(t *object.Thread, data, sep, per object.Value) (object.Value, error) {
	s, err := object.Buffer(t, data)
	if err != nil {
		return object.Unset, err
	}
	if sep.IsUnset() {
		return object.NewBytes(hex.EncodeToString([]byte(s))), nil
	}
	n, err := object.Len(t, sep)
	if err != nil {
		return object.Unset, err
	}
	if n != 1 {
		return object.Unset, object.ValueErrorf(t, "sep must be length 1.")
	}
	var c byte
	if x, ok := object.AsStr(sep); ok {
		r, _ := x.RuneAtByte(0)
		if r > 255 {
			return object.Unset, object.ValueErrorf(t, "sep must be ASCII.")
		}
		c = byte(r)
	} else if b, ok := object.AsBytes(sep); ok {
		c = b.S[0]
	} else {
		return object.Unset, object.TypeErrorf(t, "sep must be str or bytes.")
	}
	group := 1
	if !per.IsUnset() {
		if group, err = object.IndexInt(t, per); err != nil {
			return object.Unset, err
		}
	}
	var out []byte
	for i := range len(s) {
		if i > 0 && (group > 0 && (len(s)-i)%group == 0 || group < 0 && i%-group == 0) {
			out = append(out, c)
		}
		out = hex.AppendEncode(out, []byte{s[i]})
	}
	return object.NewBytes(string(out)), nil
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// fromBase64 decodes; what is no digit is passed over unless strict.
func fromBase64(t *object.Thread, s string, strict bool) (object.Value, error) {
	out := make([]byte, 0, len(s)/4*3+3)
	var acc uint32
	quad, pads, padding := 0, 0, false
	fail := func(msg string) (object.Value, error) { return object.Unset, binasciiErrorf(t, "%s", msg) }
	if strict && s != "" && s[0] == '=' {
		return fail("Leading padding not allowed")
	}
	for i := range len(s) {
		c := s[i]
		if c == '=' {
			padding = true
			if quad >= 2 {
				if pads++; quad+pads >= 4 {
					if strict && i+1 < len(s) {
						return fail("Excess data after padding")
					}
					return object.NewBytes(string(out)), nil
				}
			}
			if strict && quad == 0 {
				return fail("Excess padding not allowed")
			}
			continue
		}
		v := strings.IndexByte(base64Digits, c)
		if v < 0 {
			if strict {
				return fail("Only base64 data is allowed")
			}
			continue
		}
		if strict && padding {
			if quad+pads == 4 {
				return fail("Excess data after padding")
			}
			return fail("Discontinuous padding not allowed")
		}
		pads = 0
		acc = acc<<6 | uint32(v)
		if quad++; quad > 1 {
			out = append(out, byte(acc>>(8-2*quad)))
		}
		if quad == 4 {
			quad = 0
		}
	}
	switch quad {
	case 0:
		return object.NewBytes(string(out)), nil
	case 1:
		return object.Unset, binasciiErrorf(t, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", len(out)/3*4+1)
	}
	return fail("Incorrect padding")
}

// toUU is b2a_uu: a line of uuencoded data.
func toUU(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "b2a_uu", args, kw, []string{"data", "backtick"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	s, err := object.Buffer(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if len(s) > 45 {
		return object.Unset, binasciiErrorf(t, "At most 45 bytes at once")
	}
	zero := byte(' ')
	if !a[1].IsUnset() {
		if ok, err := object.Truth(t, a[1]); err != nil {
			return object.Unset, err
		} else if ok {
			zero = '`'
		}
	}
	digit := func(v byte) byte {
		if v == 0 {
			return zero
		}
		return v + ' '
	}
	out := []byte{digit(byte(len(s)))}
	for i := 0; i < len(s); i += 3 {
		var b [3]byte
		copy(b[:], s[i:])
		out = append(out, digit(b[0]>>2), digit(b[0]<<4&63|b[1]>>4), digit(b[1]<<2&63|b[2]>>6), digit(b[2]&63))
	}
	return object.NewBytes(string(append(out, '\n'))), nil
}

// fromUU is a2b_uu.
func fromUU(t *object.Thread, a []object.Value) (object.Value, error) {
	s, err := asciiBuffer(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if s == "" {
		return object.NewBytes(""), nil
	}
	n := int(s[0]-' ') & 63
	s = s[1:]
	out := make([]byte, 0, n)
	var acc uint32
	bits := uint(0)
	i := 0
	for len(out) < n {
		var v byte
		if i < len(s) && s[i] != '\n' && s[i] != '\r' {
			if s[i] < ' ' || s[i] > ' '+64 {
				return object.Unset, binasciiErrorf(t, "Illegal char")
			}
			v = (s[i] - ' ') & 63
			i++
		} else if i < len(s) {
			s = s[:i] // the rest of the line is blanks that were cut off
		}
		acc = acc<<6 | uint32(v)
		if bits += 6; bits >= 8 {
			bits -= 8
			out = append(out, byte(acc>>bits))
			acc &= 1<<bits - 1
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c != ' ' && c != ' '+64 && c != '\n' && c != '\r' {
			return object.Unset, binasciiErrorf(t, "Trailing garbage")
		}
	}
	return object.NewBytes(string(out)), nil
}
