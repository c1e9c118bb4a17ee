package syntax

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The tree as text, exactly as CPython 3.13's ast.dump(tree, indent=1) writes it. The nodes that only Python 2 has are
// written by the same rules.

// field is a named child of a node: a node, a list of nodes, or a value.
type field struct {
	name  string
	value any
}

// identifiers is a list of names, word a name that may be absent, and repr a value that is written as it is.
type identifiers []string

// Dump returns the tree below n, a *Module, an *Expression or any node. An indented line follows each opening
// parenthesis, as with indent=1.
func Dump(n any) string { return dump(n, false) }

// DumpPositions is Dump with include_attributes=True.
func DumpPositions(n any) string { return dump(n, true) }

func dump(n any, positions bool) string {
	d := dumper{positions: positions}
	d.node(n, 0)
	return string(d.b)
}

type dumper struct {
	b         []byte
	positions bool
}

func (d *dumper) newline(level int) {
	d.b = append(d.b, '\n')
	for range level {
		d.b = append(d.b, ' ')
	}
}

// node writes n. A node with at most three fields, none of which has fields in turn, stands on one line.
func (d *dumper) node(n any, level int) {
	name, fields := describeNode(n)
	kept := fields[:0]
	simple := true
	for _, f := range fields {
		if absent(f.value) {
			continue
		}
		kept = append(kept, f)
		simple = simple && d.isSimple(f.value)
	}
	if d.positions {
		if node, ok := n.(Node); ok {
			r := node.Span()
			kept = append(kept, field{"lineno", repr(strconv.Itoa(int(r.Start.Line)))}, field{"col_offset", repr(strconv.Itoa(int(r.Start.Col)))},
				field{"end_lineno", repr(strconv.Itoa(int(r.End.Line)))}, field{"end_col_offset", repr(strconv.Itoa(int(r.End.Col)))})
		}
	}
	d.b = append(append(d.b, name...), '(')
	simple = simple && len(kept) <= 3
	for i, f := range kept {
		switch {
		case simple && i > 0:
			d.b = append(d.b, ", "...)
		case !simple && i > 0:
			d.b = append(d.b, ',')
			fallthrough
		case !simple:
			d.newline(level + 1)
		}
		d.b = append(append(d.b, f.name...), '=')
		d.value(f.value, level+1)
	}
	d.b = append(d.b, ')')
}

// absent reports whether a field is left out: it is None, or an empty list.
func absent(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case identifiers:
		return len(v) == 0
	}
	return false
}

// isSimple reports whether v is written without a line end and without arguments.
func (d *dumper) isSimple(v any) bool {
	switch v.(type) {
	case repr:
		return true
	case []any, identifiers:
		return false
	case Node:
		if d.positions {
			return false
		}
	}
	_, fields := describeNode(v)
	for _, f := range fields {
		if !absent(f.value) {
			return false
		}
	}
	return true
}

func (d *dumper) value(v any, level int) {
	switch v := v.(type) {
	case nil:
		d.b = append(d.b, "None"...)
	case repr:
		d.b = append(d.b, v...)
	case identifiers:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = repr(quote(s))
		}
		d.value(list, level)
	case []any:
		d.b = append(d.b, '[')
		for i, e := range v {
			if i > 0 {
				d.b = append(d.b, ',')
			}
			d.newline(level + 1)
			d.value(e, level+1)
		}
		d.b = append(d.b, ']')
	default:
		d.node(v, level)
	}
}

// repr is text that is written as it is.
type repr string

// constantRepr returns repr() of the value of a Constant or MatchSingleton.
func constantRepr(v any) repr {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int64:
		return repr(strconv.FormatInt(v, 10))
	case *big.Int:
		return repr(v.String())
	case float64:
		return repr(floatRepr(v, true))
	case complex128:
		return repr(floatRepr(imag(v), false) + "j")
	case string:
		return repr(quote(v))
	case Bytes:
		return repr(quoteBytes(string(v)))
	}
	return "Ellipsis"
}

func floatRepr(f float64, point bool) string {
	if math.IsInf(f, 0) {
		return "inf"
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	exp, _ := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	if exp < -4 || exp >= 16 {
		return s
	}
	s = strconv.FormatFloat(f, 'f', -1, 64)
	if point && !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// quote returns repr() of a str.
func quote(s string) string {
	q := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = '"'
	}
	b := []byte{q}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1 && i+3 <= len(s) && s[i] == 0xed:
			v := uint32(0xd000) | uint32(s[i+1]&0x3f)<<6 | uint32(s[i+2]&0x3f)
			b = append(b, `\u`...)
			b = strconv.AppendUint(b, uint64(v), 16)
			n = 3
		case r == rune(q) || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r >= ' ' && r < 0x7f:
			b = append(b, byte(r))
		case isPrintable(r):
			b = append(b, s[i:i+n]...)
		case r < 0x100:
			b = append(b, `\x`...)
			b = appendHex(b, r, 2)
		case r < 0x10000:
			b = append(b, `\u`...)
			b = appendHex(b, r, 4)
		default:
			b = append(b, `\U`...)
			b = appendHex(b, r, 8)
		}
		i += n
	}
	return string(append(b, q))
}

func appendHex(b []byte, r rune, n int) []byte {
	for n--; n >= 0; n-- {
		b = append(b, "0123456789abcdef"[r>>(4*n)&0xf])
	}
	return b
}

// quoteBytes returns repr() of bytes.
func quoteBytes(s string) string {
	q := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = '"'
	}
	b := []byte{'b', q}
	for i := range len(s) {
		switch c := s[i]; {
		case c == q || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ' || c >= 0x7f:
			b = append(b, `\x`...)
			b = appendHex(b, rune(c), 2)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, q))
}
