package builtin

import (
	"fmt"
	"math"
	"strconv"
	"unsafe"

	"gilt/vm/object"
)

// Module _json: the encoder and the scanner of module json (lib/json), which has the classes around them. The scanner is in
// json_scan.go.

func init() { register("_json", makeJSON) }

func makeJSON(t *object.Thread) (*object.Module, error) {
	quote := func(name string, ascii bool) def {
		return fixed(name, 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			s, ok := object.AsStr(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "first argument must be a string, not %s", object.TypeName(t, a[0]))
			}
			return object.NewStr(string(jsonQuote(nil, s.S, ascii))), nil
		})
	}
	m := newModule(t, "_json", "json speedups",
		quote("encode_basestring_ascii", true), quote("encode_basestring", false),
		fixed("encode", 10, 10, jsonEncode), vary("scanstring", jsonScanString))
	set(t, m, "make_scanner", jsonScannerType(t).Value())
	return m, nil
}

// jsonEncoder is one encoding.
type jsonEncoder struct {
	t                                   *object.Thread
	b                                   []byte
	fallback                            object.Value // default(o); None: there is none
	indent                              string
	pretty, sort, skip, nan, asc, check bool
	colon, comma                        string
	open                                map[unsafe.Pointer]bool // the containers that are being written
	depth, level                        int
}

// jsonDepth bounds the nesting that is written or read before RecursionError.
const jsonDepth = 10000

func jsonEncode(t *object.Thread, a []object.Value) (object.Value, error) {
	e := &jsonEncoder{t: t, fallback: a[1]}
	if s, ok := object.AsStr(a[2]); ok {
		e.indent, e.pretty = s.S, true
	}
	for i, at := range []*string{&e.colon, &e.comma} {
		s, err := strArg(t, "make_encoder", 4+i, a[3+i])
		if err != nil {
			return object.Unset, err
		}
		*at = s
	}
	for i, at := range []*bool{&e.sort, &e.skip, &e.nan, &e.asc, &e.check} {
		v, err := object.Truth(t, a[5+i])
		if err != nil {
			return object.Unset, err
		}
		*at = v
	}
	if e.check {
		e.open = map[unsafe.Pointer]bool{}
	}
	if err := e.value(a[0]); err != nil {
		return object.Unset, err
	}
	return object.NewStr(string(e.b)), nil
}

// value writes any value.
func (e *jsonEncoder) value(v object.Value) error {
	switch n := object.Native(v); n.Kind() {
	case object.KindNone:
		e.b = append(e.b, "null"...)
	case object.KindBool:
		e.b = strconv.AppendBool(e.b, n.AsBool())
	case object.KindInt:
		e.b = strconv.AppendInt(e.b, n.AsInt(), 10)
	case object.KindStr:
		e.b = jsonQuote(e.b, (*object.Str)(n.Ref).S, e.asc)
	case object.KindFloat:
		return e.float(n)
	case object.KindBigInt:
		s, err := object.ToStr(e.t, n)
		e.b = append(e.b, s...)
		return err
	case object.KindList, object.KindTuple:
		return e.enter(v, func() error { return e.list(n) })
	case object.KindDict:
		return e.enter(v, func() error { return e.dict(v, n) })
	default:
		return e.enter(v, func() error { return e.other(v) })
	}
	return nil
}

// enter writes what may contain itself.
func (e *jsonEncoder) enter(v object.Value, write func() error) error {
	if e.check && v.Ref != nil {
		if e.open[v.Ref] {
			return object.ValueErrorf(e.t, "Circular reference detected")
		}
		e.open[v.Ref] = true
		defer delete(e.open, v.Ref)
	}
	if e.depth++; e.depth > jsonDepth {
		return object.RecursionErrorf(e.t, "maximum recursion depth exceeded while encoding a JSON object")
	}
	err := write()
	e.depth--
	return err
}

func (e *jsonEncoder) other(v object.Value) error {
	if e.fallback.IsNone() {
		return object.TypeErrorf(e.t, "Object of type %s is not JSON serializable", object.TypeName(e.t, v))
	}
	r, err := e.t.VM.Call(e.t, e.fallback, []object.Value{v}, nil)
	if err != nil {
		return err
	}
	return e.value(r)
}

func (e *jsonEncoder) float(v object.Value) error {
	f := v.AsFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		if !e.nan {
			return object.ValueErrorf(e.t, "Out of range float values are not JSON compliant: %s", object.FloatRepr(f))
		}
		switch {
		case math.IsNaN(f):
			e.b = append(e.b, "NaN"...)
		case f > 0:
			e.b = append(e.b, "Infinity"...)
		default:
			e.b = append(e.b, "-Infinity"...)
		}
		return nil
	}
	e.b = append(e.b, object.FloatRepr(f)...)
	return nil
}

// newline begins a line at a level of nesting, if the output is indented.
func (e *jsonEncoder) newline(level int) {
	if e.pretty {
		e.b = append(e.b, '\n')
		for range level {
			e.b = append(e.b, e.indent...)
		}
	}
}

func (e *jsonEncoder) list(n object.Value) error {
	items, err := object.ToSlice(e.t, n)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		e.b = append(e.b, "[]"...)
		return nil
	}
	e.level++
	level := e.level
	defer func() { e.level-- }()
	e.b = append(e.b, '[')
	for i, x := range items {
		if i > 0 {
			e.b = append(e.b, e.comma...)
		}
		e.newline(level)
		if err := e.value(x); err != nil {
			return err
		}
	}
	e.newline(level - 1)
	e.b = append(e.b, ']')
	return nil
}

func (e *jsonEncoder) dict(v, n object.Value) error {
	var items []object.Item
	var err error
	if v.Kind() == object.KindDict {
		items, err = (*object.Dict)(n.Ref).Items(e.t)
	} else {
		items, err = e.items(v)
	}
	if err != nil {
		return err
	}
	if len(items) == 0 {
		e.b = append(e.b, "{}"...)
		return nil
	}
	if e.sort {
		if items, err = e.sorted(items); err != nil {
			return err
		}
	}
	e.level++
	level := e.level
	defer func() { e.level-- }()
	e.b = append(e.b, '{')
	first := true
	for _, it := range items {
		mark := len(e.b)
		if !first {
			e.b = append(e.b, e.comma...)
		}
		e.newline(level)
		if ok, err := e.key(it.Key); err != nil {
			return err
		} else if !ok {
			e.b = e.b[:mark]
			continue
		}
		first = false
		e.b = append(e.b, e.colon...)
		if err := e.value(it.Val); err != nil {
			return err
		}
	}
	if !first {
		e.newline(level - 1)
	} else if e.pretty {
		e.newline(level)
		e.newline(level - 1)
	}
	e.b = append(e.b, '}')
	return nil
}

// items are the items of an instance of a subclass of dict, by its method.
func (e *jsonEncoder) items(v object.Value) ([]object.Item, error) {
	view, err := object.CallMethod(e.t, v, "items")
	if err != nil {
		return nil, err
	}
	var out []object.Item
	err = object.Iterate(e.t, view, func(x object.Value) error {
		p, ok := object.AsTuple(x)
		if !ok || len(p.Items) != 2 {
			return object.ValueErrorf(e.t, "items must return 2-tuples")
		}
		out = append(out, object.Item{Key: p.Items[0], Val: p.Items[1]})
		return nil
	})
	return out, err
}

// sorted orders items as tuples are ordered.
func (e *jsonEncoder) sorted(items []object.Item) ([]object.Item, error) {
	pairs := make([]object.Value, len(items))
	for i, it := range items {
		pairs[i] = object.NewTuple(it.Key, it.Val)
	}
	l := e.t.MakeList(pairs)
	if err := l.Sort(e.t, object.None, false); err != nil {
		return nil, err
	}
	ordered, err := l.Copy(e.t)
	if err != nil {
		return nil, err
	}
	out := make([]object.Item, len(ordered))
	for i, x := range ordered {
		p, _ := object.AsTuple(x)
		out[i] = object.Item{Key: p.Items[0], Val: p.Items[1]}
	}
	return out, nil
}

// key writes a key; ok is false if it is to be left out.
func (e *jsonEncoder) key(k object.Value) (ok bool, err error) {
	n := object.Native(k)
	switch n.Kind() {
	case object.KindStr:
		e.b = jsonQuote(e.b, (*object.Str)(n.Ref).S, e.asc)
		return true, nil
	case object.KindInt, object.KindBigInt, object.KindFloat, object.KindBool, object.KindNone:
		e.b = append(e.b, '"')
		err := e.value(n)
		e.b = append(e.b, '"')
		return true, err
	}
	if e.skip {
		return false, nil
	}
	return false, object.TypeErrorf(e.t, "keys must be str, int, float, bool or None, not %s", object.TypeName(e.t, k))
}

// jsonQuote writes a string literal.
func jsonQuote(b []byte, s string, ascii bool) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && (c < 0x80 || !ascii) {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		case '\f':
			b = append(b, `\f`...)
		case '\b':
			b = append(b, `\b`...)
		default:
			if c < ' ' {
				b = fmt.Appendf(b, `\u%04x`, c)
				break
			}
			r, n := object.RuneAt(s, i)
			if r >= 0x10000 {
				r -= 0x10000
				b = fmt.Appendf(b, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
			} else {
				b = fmt.Appendf(b, `\u%04x`, r)
			}
			i += n - 1
		}
		i++
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
