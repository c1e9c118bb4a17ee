package builtin

import (
	"math"
	"strconv"
	"strings"

	"gilt/vm/object"
)

// The scanner of module json: a callable of (string, index), made of a decoder's hooks. It works on the bytes of the string and
// turns places into code points where Python sees them. Cells: 0 strict, 1 object_hook, 2 object_pairs_hook, 3 parse_float,
// 4 parse_int, 5 parse_constant; Unset for a parser that is the usual one.

var jsonHooks = []string{"strict", "object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"}

func jsonScannerType(t *object.Thread) *object.Type {
	return extOf(t, "_json.Scanner", func() *object.Type {
		x := newType(t, "_json", "Scanner", nil, 0)
		x.Ops.InitIsNew = true
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [1]object.Value
			if err := object.ParseArgs(t, "make_scanner", args, kw, []string{"context"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			vs := make([]object.Value, len(jsonHooks))
			for i, name := range jsonHooks {
				v, err := object.GetAttrString(t, a[0], name)
				if err != nil {
					return object.Unset, err
				}
				vs[i] = v
			}
			strict, err := object.Truth(t, vs[0])
			if err != nil {
				return object.Unset, err
			}
			vs[0] = object.Bool(strict)
			if vs[3] == t.Interp.Types.Float.Value() {
				vs[3] = object.Unset
			}
			if vs[4] == t.Interp.Types.Int.Value() {
				vs[4] = object.Unset
			}
			return newCells(t, x, vs...).value(), nil
		}
		x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "scan_once", args, kw, []string{"string", "idx"}, 2, a[:]); err != nil {
				return object.Unset, err
			}
			s, ok := object.AsStr(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "first argument must be a string, not %s", object.TypeName(t, a[0]))
			}
			idx, err := object.IndexInt(t, a[1])
			if err != nil {
				return object.Unset, err
			}
			if idx < 0 {
				return object.Unset, object.ValueErrorf(t, "idx cannot be negative")
			}
			o := asCells(v)
			d := &jsonDecoder{t: t, doc: a[0], s: s.S, strict: o.c[0].AsBool(), hook: o.c[1], pairs: o.c[2], float: o.c[3], integer: o.c[4],
				constant: o.c[5], keys: map[string]object.Value{}}
			if idx > s.Len {
				return object.Unset, object.StopIteration(t, object.Int(int64(idx)))
			}
			r, end, err := d.value(byteOf(s, idx))
			if err == errNoValue {
				return object.Unset, object.StopIteration(t, object.Int(int64(d.runes(end))))
			}
			if err != nil {
				return object.Unset, err
			}
			return object.NewTuple(r, object.Int(int64(d.runes(end)))), nil
		}
		return x.Ready(t.Interp)
	})
}

// byteOf is where code point i of a string begins.
func byteOf(s *object.Str, i int) int {
	if s.ASCII() {
		return i
	}
	at := 0
	for ; i > 0; i-- {
		_, n := object.RuneAt(s.S, at)
		at += n
	}
	return at
}

// jsonDecoder is one decoding.
type jsonDecoder struct {
	t                        *object.Thread
	doc                      object.Value
	s                        string
	strict                   bool
	hook, pairs              object.Value
	float, integer, constant object.Value
	keys                     map[string]object.Value
	depth                    int
}

type noValue struct{}

func (noValue) Error() string { return "no value" }

// errNoValue says that no value begins where one was looked for.
var errNoValue error = noValue{}

// runes is the code point of a byte.
func (d *jsonDecoder) runes(at int) int {
	s, _ := object.AsStr(d.doc)
	if s.ASCII() {
		return at
	}
	n := 0
	for i := 0; i < at; i++ {
		if d.s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// fail makes a JSONDecodeError at a byte.
func (d *jsonDecoder) fail(msg string, at int) error { return jsonError(d.t, msg, d.doc, d.runes(at)) }

func jsonError(t *object.Thread, msg string, doc object.Value, at int) error {
	cls, err := member(t, "json.decoder", "JSONDecodeError")
	if err != nil {
		return err
	}
	exc, err := object.Call(t, cls, object.NewStr(msg), doc, object.Int(int64(at)))
	if err != nil {
		return err
	}
	return &object.Raise{Exc: exc}
}

func (d *jsonDecoder) space(i int) int {
	for i < len(d.s) && (d.s[i] == ' ' || d.s[i] == '\n' || d.s[i] == '\t' || d.s[i] == '\r') {
		i++
	}
	return i
}

// at is the byte at i, 0 beyond the end.
func (d *jsonDecoder) at(i int) byte {
	if i < len(d.s) {
		return d.s[i]
	}
	return 0
}

// value reads a value that begins at i.
func (d *jsonDecoder) value(i int) (object.Value, int, error) {
	switch c := d.at(i); c {
	case '"':
		s, end, err := d.str(i + 1)
		if err != nil {
			return object.Unset, i, err
		}
		if t := d.t; t.Interp.Dialect2 {
			return t.Interp.NewUnicode(s), end, nil
		}
		return object.NewStr(s), end, nil
	case '{', '[':
		if d.depth++; d.depth > jsonDepth {
			return object.Unset, i, object.RecursionErrorf(d.t, "maximum recursion depth exceeded while decoding a JSON %s from a unicode string",
				map[byte]string{'{': "object", '[': "array"}[c])
		}
		defer func() { d.depth-- }()
		if c == '{' {
			return d.object(i + 1)
		}
		return d.array(i + 1)
	}
	for _, w := range []struct {
		text string
		v    object.Value
	}{{"null", object.None}, {"true", object.True}, {"false", object.False}} {
		if strings.HasPrefix(d.s[i:], w.text) {
			return w.v, i + len(w.text), nil
		}
	}
	for _, w := range []struct {
		text string
		f    float64
	}{{"NaN", math.NaN()}, {"Infinity", math.Inf(1)}, {"-Infinity", math.Inf(-1)}} {
		if strings.HasPrefix(d.s[i:], w.text) {
			v, err := object.Call(d.t, d.constant, object.NewStr(w.text))
			return v, i + len(w.text), err
		}
	}
	return d.number(i)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads an int or a float.
func (d *jsonDecoder) number(i int) (object.Value, int, error) {
	end := i
	if d.at(end) == '-' {
		end++
	}
	switch c := d.at(end); {
	case c == '0':
		end++
	case isDigit(c):
		for isDigit(d.at(end)) {
			end++
		}
	default:
		return object.Unset, i, errNoValue
	}
	isFloat := false
	if d.at(end) == '.' && isDigit(d.at(end+1)) {
		isFloat = true
		for end += 2; isDigit(d.at(end)); {
			end++
		}
	}
	if c := d.at(end); c == 'e' || c == 'E' {
		e := end + 1
		if c := d.at(e); c == '+' || c == '-' {
			e++
		}
		if isDigit(d.at(e)) {
			isFloat = true
			for isDigit(d.at(e)) {
				e++
			}
			end = e
		}
	}
	text := d.s[i:end]
	if isFloat {
		if !d.float.IsUnset() {
			v, err := object.Call(d.t, d.float, object.NewStr(text))
			return v, end, err
		}
		f, _ := strconv.ParseFloat(text, 64) // out of range: infinite
		return object.Float(f), end, nil
	}
	if !d.integer.IsUnset() {
		v, err := object.Call(d.t, d.integer, object.NewStr(text))
		return v, end, err
	}
	if len(text) < 18 {
		n, _ := strconv.ParseInt(text, 10, 64)
		return object.Int(n), end, nil
	}
	v, _, err := object.ParseInt(d.t, text, 10)
	return v, end, err
}

// array reads what follows a bracket.
func (d *jsonDecoder) array(i int) (object.Value, int, error) {
	var items []object.Value
	i = d.space(i)
	if d.at(i) == ']' {
		return d.t.NewList(nil), i + 1, nil
	}
	for {
		v, end, err := d.value(i)
		if err == errNoValue {
			return object.Unset, i, d.fail("Expecting value", end)
		}
		if err != nil {
			return object.Unset, i, err
		}
		items = append(items, v)
		i = d.space(end)
		if d.at(i) == ']' {
			return d.t.NewList(items), i + 1, nil
		}
		if d.at(i) != ',' {
			return object.Unset, i, d.fail("Expecting ',' delimiter", i)
		}
		comma := i
		i = d.space(i + 1)
		if d.at(i) == ']' {
			return object.Unset, i, d.fail("Illegal trailing comma before end of array", comma)
		}
	}
}

// object reads what follows a brace.
func (d *jsonDecoder) object(i int) (object.Value, int, error) {
	hasPairs := !d.pairs.IsNone()
	var dict *object.Dict
	var list []object.Value
	if !hasPairs {
		dict = d.t.NewDict()
	}
	i = d.space(i)
	if d.at(i) != '}' {
		for {
			if d.at(i) != '"' {
				return object.Unset, i, d.fail("Expecting property name enclosed in double quotes", i)
			}
			text, end, err := d.str(i + 1)
			if err != nil {
				return object.Unset, i, err
			}
			key, ok := d.keys[text]
			if !ok {
				if key = object.NewStr(text); d.t.Interp.Dialect2 {
					key = d.t.Interp.NewUnicode(text)
				}
				d.keys[text] = key
			}
			if i = d.space(end); d.at(i) != ':' {
				return object.Unset, i, d.fail("Expecting ':' delimiter", i)
			}
			i = d.space(i + 1)
			v, end, err := d.value(i)
			if err == errNoValue {
				return object.Unset, i, d.fail("Expecting value", end)
			}
			if err != nil {
				return object.Unset, i, err
			}
			if hasPairs {
				list = append(list, object.NewTuple(key, v))
			} else if err := dict.Set(d.t, key, v); err != nil {
				return object.Unset, i, err
			}
			if i = d.space(end); d.at(i) == '}' {
				break
			}
			if d.at(i) != ',' {
				return object.Unset, i, d.fail("Expecting ',' delimiter", i)
			}
			comma := i
			i = d.space(i + 1)
			if d.at(i) == '}' {
				return object.Unset, i, d.fail("Illegal trailing comma before end of object", comma)
			}
		}
	}
	i++
	switch {
	case hasPairs:
		v, err := object.Call(d.t, d.pairs, d.t.NewList(list))
		return v, i, err
	case !d.hook.IsNone():
		v, err := object.Call(d.t, d.hook, dict.Value())
		return v, i, err
	}
	return dict.Value(), i, nil
}

// str reads a string behind its opening quote and returns the place behind the closing one.
func (d *jsonDecoder) str(i int) (string, int, error) {
	begin := i - 1
	start := i
	var b []byte
	for {
		if i >= len(d.s) {
			return "", i, d.fail("Unterminated string starting at", begin)
		}
		c := d.s[i]
		switch {
		case c == '"':
			if b == nil {
				return d.s[start:i], i + 1, nil
			}
			return string(append(b, d.s[start:i]...)), i + 1, nil
		case c < ' ' && d.strict:
			return "", i, d.fail("Invalid control character at", i)
		case c != '\\':
			i++
			continue
		}
		b = append(b, d.s[start:i]...)
		i++
		if i >= len(d.s) {
			return "", i, d.fail("Unterminated string starting at", begin)
		}
		switch c := d.s[i]; c {
		case '"', '\\', '/':
			b = append(b, c)
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r, ok := d.hex(i + 1)
			if !ok {
				return "", i, d.fail("Invalid \\uXXXX escape", i)
			}
			i += 4
			if r >= 0xd800 && r < 0xdc00 && d.at(i+1) == '\\' && d.at(i+2) == 'u' {
				if low, ok := d.hex(i + 3); ok && low >= 0xdc00 && low < 0xe000 {
					r = 0x10000 + (r-0xd800)<<10 + (low - 0xdc00)
					i += 6
				}
			}
			b = object.AppendRune(b, r)
		default:
			return "", i, d.fail("Invalid \\escape", i-1)
		}
		i++
		start = i
		if b == nil {
			b = []byte{}
		}
	}
}

// hex reads four hexadecimal digits.
func (d *jsonDecoder) hex(i int) (rune, bool) {
	if i+4 > len(d.s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(d.s[i : i+4]) {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// jsonScanString is scanstring(string, end, strict=True).
func jsonScanString(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if kw != nil && len(kw.Names) > 0 {
		return object.Unset, object.TypeErrorf(t, "scanstring() takes no keyword arguments")
	}
	if len(args) < 2 || len(args) > 3 {
		return object.Unset, object.CountError(t, "scanstring", 2, 3, len(args))
	}
	s, ok := object.AsStr(args[0])
	if !ok {
		return object.Unset, object.TypeErrorf(t, "first argument must be a string, not %s", object.TypeName(t, args[0]))
	}
	end, err := object.IndexInt(t, args[1])
	if err != nil {
		return object.Unset, err
	}
	if end < 0 || end > s.Len {
		return object.Unset, object.ValueErrorf(t, "end is out of bounds")
	}
	d := &jsonDecoder{t: t, doc: args[0], s: s.S, strict: true}
	if len(args) > 2 {
		if d.strict, err = object.Truth(t, args[2]); err != nil {
			return object.Unset, err
		}
	}
	text, next, err := d.str(byteOf(s, end))
	if err != nil {
		return object.Unset, err
	}
	return object.NewTuple(object.NewStr(text), object.Int(int64(d.runes(next)))), nil
}
