package object

import (
	"strconv"
	"strings"
)

// This file has str.format and str.format_map: replacement fields {name.attr[key]!conversion:spec}.

func (in *Interp) strFormatMethods(x *Type) {
	x.Methods(in,
		MK("format", func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
			f := formatter{t: t, args: args[1:], kw: kw, mapping: Unset, auto: -1}
			s, err := f.run(strOf(args[0]).S, 2)
			return NewStr(s), err
		}),
		M1("format_map", func(t *Thread, v, m Value) (Value, error) {
			f := formatter{t: t, mapping: m, auto: -1}
			s, err := f.run(strOf(v).S, 2)
			return NewStr(s), err
		}),
	)
}

// formatter is one call of format.
type formatter struct {
	t       *Thread
	args    []Value
	kw      *Kwargs
	mapping Value // format_map's argument, Unset for format
	auto    int   // fields numbered so far by themselves; -1: none yet, -2: numbered by hand
}

// run formats s; depth bounds fields within specs.
func (f *formatter) run(s string, depth int) (string, error) {
	t := f.t
	if depth == 0 {
		return "", ValueErrorf(t, "Max string recursion exceeded")
	}
	var out []byte
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '{' && i+1 < len(s) && s[i+1] == '{', c == '}' && i+1 < len(s) && s[i+1] == '}':
			out = append(out, c)
			i += 2
		case c == '}':
			return "", ValueErrorf(t, "Single '}' encountered in format string")
		case c == '{':
			if i+1 == len(s) {
				return "", ValueErrorf(t, "Single '{' encountered in format string")
			}
			end, level := i+1, 1
			bracket := false
			for ; end < len(s); end++ {
				switch s[end] {
				case '[':
					bracket = true
					continue
				case ']':
					bracket = false
					continue
				case '{':
					if !bracket {
						level++
					}
				case '}':
					if !bracket {
						level--
					}
				}
				if level == 0 {
					break
				}
			}
			if level > 0 {
				return "", f.unfinished(s[i+1:])
			}
			piece, err := f.field(s[i+1:end], depth)
			if err != nil {
				return "", err
			}
			out = append(out, piece...)
			i = end + 1
		default:
			j := i
			for j < len(s) && s[j] != '{' && s[j] != '}' {
				j++
			}
			out = append(out, s[i:j]...)
			i = j
		}
		if len(out) > maxStr {
			return "", MemoryError(t)
		}
	}
	return string(out), nil
}

// unfinished is the error of a field without its closing brace.
func (f *formatter) unfinished(s string) error {
	bracket := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			bracket++
		case ']':
			bracket--
		case ':', '!':
			if bracket > 0 {
				continue
			}
			if s[i] == '!' && i == len(s)-1 {
				return ValueErrorf(f.t, "end of string while looking for conversion specifier")
			}
			return ValueErrorf(f.t, "unmatched '{' in format spec")
		}
	}
	return ValueErrorf(f.t, "expected '}' before end of string")
}

// field formats one replacement field.
func (f *formatter) field(s string, depth int) (string, error) {
	t := f.t
	name, conv, spec := s, byte(0), ""
	bracket := 0
scan:
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			bracket++
		case ']':
			bracket--
		case '{':
			if bracket <= 0 {
				return "", ValueErrorf(t, "unexpected '{' in field name")
			}
		case ':':
			if bracket > 0 {
				continue
			}
			name, spec = s[:i], s[i+1:]
			break scan
		case '!':
			if bracket > 0 {
				continue
			}
			name = s[:i]
			rest := s[i+1:]
			if rest == "" {
				return "", ValueErrorf(t, "unmatched '{' in format spec")
			}
			r, n := runeAt(rest, 0)
			conv = byte(r)
			if r > 0x7f {
				return "", ValueErrorf(t, "Unknown conversion specifier \\x%x", r)
			}
			if rest = rest[n:]; rest != "" {
				if rest[0] != ':' {
					return "", ValueErrorf(t, "expected ':' after conversion specifier")
				}
				spec = rest[1:]
			}
			break scan
		}
	}
	v, err := f.value(name)
	if err != nil {
		return "", err
	}
	switch conv {
	case 0:
	case 'r':
		r, err := Repr(t, v)
		if err != nil {
			return "", err
		}
		v = NewStr(r)
	case 's':
		if v, err = StrOf(t, v); err != nil {
			return "", err
		}
	case 'a':
		r, err := ASCII(t, v)
		if err != nil {
			return "", err
		}
		v = NewStr(r)
	default:
		if conv > 32 && conv < 127 {
			return "", ValueErrorf(t, "Unknown conversion specifier %c", conv)
		}
		return "", ValueErrorf(t, "Unknown conversion specifier \\x%x", conv)
	}
	if strings.IndexByte(spec, '{') >= 0 || strings.IndexByte(spec, '}') >= 0 {
		if spec, err = f.run(spec, depth-1); err != nil {
			return "", err
		}
	}
	return Format(t, v, spec)
}

// value evaluates a field name.
func (f *formatter) value(name string) (Value, error) {
	t := f.t
	end := strings.IndexAny(name, ".[")
	first, rest := name, ""
	if end >= 0 {
		first, rest = name[:end], name[end:]
	}
	v, err := f.first(first)
	if err != nil {
		return Unset, err
	}
	for rest != "" {
		if rest[0] == '.' {
			j := strings.IndexAny(rest[1:], ".[")
			attr := rest[1:]
			if j >= 0 {
				attr, rest = rest[1:1+j], rest[1+j:]
			} else {
				rest = ""
			}
			if attr == "" {
				return Unset, ValueErrorf(t, "Empty attribute in format string")
			}
			if v, err = GetAttr(t, v, t.Intern(attr)); err != nil {
				return Unset, err
			}
			continue
		}
		j := strings.IndexByte(rest, ']')
		if j < 0 {
			return Unset, ValueErrorf(t, "Missing ']' in format string")
		}
		key := rest[1:j]
		rest = rest[j+1:]
		if key == "" {
			return Unset, ValueErrorf(t, "Empty attribute in format string")
		}
		if rest != "" && rest[0] != '.' && rest[0] != '[' {
			return Unset, ValueErrorf(t, "Only '.' or '[' may follow ']' in format field specifier")
		}
		k := NewStr(key)
		if n, ok := formatIndex(key); ok {
			k = Int(n)
		}
		if v, err = GetItem(t, v, k); err != nil {
			return Unset, err
		}
	}
	return v, nil
}

func formatIndex(s string) (int64, bool) {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && s != ""
}

// first is the argument that a field name begins with.
func (f *formatter) first(name string) (Value, error) {
	t := f.t
	n, isNum := formatIndex(name)
	if name == "" || isNum {
		if !f.mapping.IsUnset() && (name == "" || isNum) {
			return Unset, ValueErrorf(t, "Format string contains positional fields")
		}
		if name == "" {
			if f.auto == -2 {
				return Unset, ValueErrorf(t, "cannot switch from manual field specification to automatic field numbering")
			}
			f.auto++
			if f.auto == 0 {
				f.auto = 1
			}
			n = int64(f.auto - 1)
		} else {
			if f.auto > 0 {
				return Unset, ValueErrorf(t, "cannot switch from automatic field numbering to manual field specification")
			}
			f.auto = -2
		}
		if n >= int64(len(f.args)) {
			return Unset, IndexErrorf(t, "Replacement index %d out of range for positional args tuple", n)
		}
		return f.args[n], nil
	}
	if !f.mapping.IsUnset() {
		return GetItem(t, f.mapping, NewStr(name))
	}
	if f.kw != nil {
		for i, k := range f.kw.Names {
			if k == name {
				return f.kw.Values[i], nil
			}
		}
	}
	return Unset, KeyError(t, NewStr(name))
}
