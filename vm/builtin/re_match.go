package builtin

import (
	"fmt"

	"gilt/vm/object"
)

// The class re.Match.

// group is the text of a group, or missing if it took no part.
func (m *reMatch) group(t *object.Thread, g int, missing object.Value) object.Value {
	if m.Spans[2*g] < 0 {
		return missing
	}
	return m.subj.slice(t, m.Spans[2*g], m.Spans[2*g+1])
}

// index finds the number of a group by its number or name.
func (m *reMatch) index(t *object.Thread, v object.Value) (int, error) {
	if v.IsUnset() {
		return 0, nil
	}
	if s, ok := object.AsStr(v); ok {
		if g, ok := m.pat.Names[s.S]; ok {
			return g, nil
		}
	} else if ok, err := hasIndexMethod(t, v); err != nil {
		return 0, err
	} else if ok {
		x, err := object.Index(t, v)
		if err != nil {
			return 0, err
		}
		if n, ok := object.AsInt64(object.Native(x)); ok && n >= 0 && n <= int64(m.pat.Groups) {
			return int(n), nil
		}
	}
	return 0, object.IndexErrorf(t, "no such group")
}

// hasIndexMethod says whether v can be used as an index.
func hasIndexMethod(t *object.Thread, v object.Value) (bool, error) {
	if object.IsIntValue(v) {
		return true, nil
	}
	return object.HasAttr(t, v, t.Intern("__index__"))
}

func (m *reMatch) span(g int) object.Value {
	return object.NewTuple(object.Int(int64(m.Spans[2*g])), object.Int(int64(m.Spans[2*g+1])))
}

func matchType(t *object.Thread) *object.Type {
	return extOf(t, "re.Match", func() *object.Type {
		in := t.Interp
		x := newType(t, "re", "Match", nil, 0)
		x.Ops.Publish = func(_ *object.Thread, v object.Value, add func(object.Value)) {
			m := asMatch(v)
			add(m.pat.value())
			add(m.subj.v)
		}
		x.Ops.Bool = func(*object.Thread, object.Value) (bool, error) { return true, nil }
		x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			m := asMatch(v)
			text, err := object.Repr(t, m.group(t, 0, object.None))
			return fmt.Sprintf("<re.Match object; span=(%d, %d), match=%s>", m.Spans[0], m.Spans[1], text), err
		}
		x.Ops.GetItem = func(t *object.Thread, v, key object.Value) (object.Value, error) {
			m := asMatch(v)
			g, err := m.index(t, key)
			if err != nil {
				return object.Unset, err
			}
			return m.group(t, g, object.None), nil
		}
		number := func(name string, get func(m *reMatch) int) {
			x.Attr(in, name, func(t *object.Thread, v object.Value) (object.Value, error) {
				return object.Int(int64(get(asMatch(v)))), nil
			}, nil)
		}
		number("pos", func(m *reMatch) int { return m.subj.pos })
		number("endpos", func(m *reMatch) int { return m.subj.end })
		x.Attr(in, "string", func(t *object.Thread, v object.Value) (object.Value, error) { return asMatch(v).subj.v, nil }, nil)
		x.Attr(in, "re", func(t *object.Thread, v object.Value) (object.Value, error) { return asMatch(v).pat.value(), nil }, nil)
		x.Attr(in, "lastindex", func(t *object.Thread, v object.Value) (object.Value, error) {
			if n := asMatch(v).Last; n > 0 {
				return object.Int(int64(n)), nil
			}
			return object.None, nil
		}, nil)
		x.Attr(in, "lastgroup", func(t *object.Thread, v object.Value) (object.Value, error) {
			m := asMatch(v)
			if m.Last > 0 && m.pat.Order[m.Last] != "" {
				return object.NewStr(m.pat.Order[m.Last]), nil
			}
			return object.None, nil
		}, nil)
		x.Attr(in, "regs", func(t *object.Thread, v object.Value) (object.Value, error) {
			m := asMatch(v)
			items := make([]object.Value, m.pat.Groups+1)
			for g := range items {
				items[g] = m.span(g)
			}
			return object.TupleOf(items), nil
		}, nil)
		at := func(name string, get func(m *reMatch, g int) object.Value) object.MethodDef {
			return object.MN(name, 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				m, arg := asMatch(args[0]), object.Unset
				if len(args) > 1 {
					arg = args[1]
				}
				g, err := m.index(t, arg)
				if err != nil {
					return object.Unset, err
				}
				return get(m, g), nil
			})
		}
		x.Methods(in,
			at("start", func(m *reMatch, g int) object.Value { return object.Int(int64(m.Spans[2*g])) }),
			at("end", func(m *reMatch, g int) object.Value { return object.Int(int64(m.Spans[2*g+1])) }),
			at("span", func(m *reMatch, g int) object.Value { return m.span(g) }),
			object.MN("group", 0, -1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				m := asMatch(args[0])
				switch len(args) {
				case 1:
					return m.group(t, 0, object.None), nil
				case 2:
					g, err := m.index(t, args[1])
					if err != nil {
						return object.Unset, err
					}
					return m.group(t, g, object.None), nil
				}
				items := make([]object.Value, len(args)-1)
				for i, a := range args[1:] {
					g, err := m.index(t, a)
					if err != nil {
						return object.Unset, err
					}
					items[i] = m.group(t, g, object.None)
				}
				return object.TupleOf(items), nil
			}),
			object.MK("groups", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				m := asMatch(args[0])
				missing, err := defaultArg(t, "groups", args, kw)
				if err != nil {
					return object.Unset, err
				}
				items := make([]object.Value, m.pat.Groups)
				for i := range items {
					items[i] = m.group(t, i+1, missing)
				}
				return object.TupleOf(items), nil
			}),
			object.MK("groupdict", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				m := asMatch(args[0])
				missing, err := defaultArg(t, "groupdict", args, kw)
				if err != nil {
					return object.Unset, err
				}
				d := t.NewDict()
				for g, name := range m.pat.Order {
					if name != "" {
						if err := d.SetStr(t, t.Intern(name), m.group(t, g, missing)); err != nil {
							return object.Unset, err
						}
					}
				}
				return d.Value(), nil
			}),
			object.MK("expand", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [1]object.Value
				if err := object.ParseArgs(t, "expand", args[1:], kw, []string{"template"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				m := asMatch(args[0])
				pieces, err := m.pat.template(t, a[0])
				if err != nil {
					return object.Unset, err
				}
				b := m.expand(nil, pieces)
				if m.pat.Text {
					return object.NewStr(string(b)), nil
				}
				return object.NewBytes(string(b)), nil
			}))
		reCommon(t, x)
		return x.Ready(in)
	})
}

// defaultArg is the optional argument default.
func defaultArg(t *object.Thread, name string, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [1]object.Value
	err := object.ParseArgs(t, name, args[1:], kw, []string{"default"}, 0, a[:])
	if a[0].IsUnset() {
		a[0] = object.None
	}
	return a[0], err
}
