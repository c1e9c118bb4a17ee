package object

import "strings"

// This file has the methods of bytes and bytearray that pad, translate, and speak hexadecimal.

func bytesPad(how byte) byteMethod {
	return func(t *Thread, v Value, s string, args []Value, _ *Kwargs) (Value, error) {
		w, err := IndexInt(t, args[1])
		if err != nil {
			return Unset, err
		}
		fill := " "
		if len(args) == 3 {
			f, err := Buffer(t, args[2])
			if err != nil || len(f) != 1 {
				name := map[byte]string{'c': "center", 'l': "ljust", 'r': "rjust"}[how]
				return Unset, TypeErrorf(t, "%s() argument 2 must be a byte string of length 1, not %s", name, TypeName(t, args[2]))
			}
			fill = f
		}
		pad := w - len(s)
		if pad <= 0 {
			return rebuild(t, v, s), nil
		}
		if err := t.roomForStr(pad); err != nil {
			return Unset, err
		}
		left := 0
		switch how {
		case 'c':
			left = pad/2 + (pad & w & 1)
		case 'r':
			left = pad
		}
		return rebuild(t, v, strings.Repeat(fill, left)+s+strings.Repeat(fill, pad-left)), nil
	}
}

// HexBytes is bytes.hex(sep, bytes_per_sep); sep "" for none.
func HexBytes(s, sep string, group int) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 2*len(s))
	for i := 0; i < len(s); i++ {
		if i > 0 && sep != "" && group != 0 {
			n := i
			if group > 0 {
				n = len(s) - i
			}
			g := group
			if g < 0 {
				g = -g
			}
			if n%g == 0 {
				b = append(b, sep...)
			}
		}
		b = append(b, hex[s[i]>>4], hex[s[i]&15])
	}
	return string(b)
}

func bytesHex(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
	var a [2]Value
	if err := ParseArgs(t, "hex", args[1:], kw, []string{"sep", "bytes_per_sep"}, 0, a[:]); err != nil {
		return Unset, err
	}
	sep, group := "", 1
	if !a[0].IsUnset() {
		if x, ok := AsStr(a[0]); ok {
			sep = x.S
		} else {
			x, err := Buffer(t, a[0])
			if err != nil {
				return Unset, TypeErrorf(t, "sep must be str or bytes.")
			}
			sep = x
		}
		if len(sep) != 1 {
			return Unset, ValueErrorf(t, "sep must be length 1.")
		}
	}
	if !a[1].IsUnset() {
		var err error
		if group, err = IndexInt(t, a[1]); err != nil {
			return Unset, err
		}
	}
	return newASCII(HexBytes(s, sep, group)), nil
}

func bytesFromHex(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	cls, _ := AsType(args[0])
	if len(args) != 2 {
		return Unset, TypeErrorf(t, "%s.fromhex() takes exactly one argument (%d given)", cls.Name, len(args)-1)
	}
	x, ok := AsStr(args[1])
	if !ok {
		return Unset, TypeErrorf(t, "fromhex() argument must be str, not %s", TypeName(t, args[1]))
	}
	var b []byte
	rs := x.Runes()
	for i := 0; i < len(rs); {
		if rs[i] < 0x80 && spaceByte(byte(rs[i])) {
			i++
			continue
		}
		var d [2]int
		for k := range d {
			d[k] = 99
			if i+k < len(rs) && rs[i+k] < 0x80 {
				d[k] = digitValue(byte(rs[i+k]))
			}
			if d[k] > 15 {
				return Unset, ValueErrorf(t, "non-hexadecimal number found in fromhex() arg at position %d", i+k)
			}
		}
		b = append(b, byte(d[0]<<4|d[1]))
		i += 2
	}
	v := NewBytes(string(b))
	if cls == t.Interp.Types.Bytes {
		return v, nil
	}
	return t.VM.Call(t, args[0], []Value{v}, nil)
}

func bytesMakeTrans(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	if len(args) != 2 {
		return Unset, CountError(t, "maketrans", 2, 2, len(args))
	}
	from, err := Buffer(t, args[0])
	if err != nil {
		return Unset, err
	}
	to, err := Buffer(t, args[1])
	if err != nil {
		return Unset, err
	}
	if len(from) != len(to) {
		return Unset, ValueErrorf(t, "maketrans arguments must have same length")
	}
	var table [256]byte
	for i := range table {
		table[i] = byte(i)
	}
	for i := 0; i < len(from); i++ {
		table[from[i]] = to[i]
	}
	return NewBytes(string(table[:])), nil
}

func bytesTranslate(t *Thread, v Value, s string, args []Value, kw *Kwargs) (Value, error) {
	del, kw := splitKw(kw, "delete")
	if err := NoKwargs(t, "translate", kw); err != nil {
		return Unset, err
	}
	if len(args) > 2 {
		del = args[2]
	}
	table := ""
	if !args[1].IsNone() {
		var err error
		if table, err = Buffer(t, args[1]); err != nil {
			return Unset, err
		}
		if len(table) != 256 {
			return Unset, ValueErrorf(t, "translation table must be 256 characters long")
		}
	}
	drop := ""
	if !del.IsUnset() {
		var err error
		if drop, err = Buffer(t, del); err != nil {
			return Unset, err
		}
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if strings.IndexByte(drop, c) >= 0 {
			continue
		}
		if table != "" {
			c = table[c]
		}
		b = append(b, c)
	}
	return rebuild(t, v, string(b)), nil
}
