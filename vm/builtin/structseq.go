package builtin

import (
	"strings"
	"unsafe"

	"gilt/vm/object"
)

// Tuples with named fields that modules in Go return (CPython's struct sequences), and types.SimpleNamespace.

// structSeq is a class of such tuples in one interpreter.
type structSeq struct {
	typ    *object.Type
	names  []string
	hidden int // fields at the end that are no elements of the tuple
}

// structType is the class module.name with the given fields; it is made at the first call. Names that begin with "+" are fields
// beyond the elements of the tuple.
func structType(t *object.Thread, module, name string, names ...string) *structSeq {
	return extOf(t, "struct "+module+"."+name, func() *structSeq {
		in := t.Interp
		s := &structSeq{typ: in.NewType(module, name, in.Types.Tuple, object.KindTuple, object.TypeNoDict|object.TypeNoSubclass, nil)}
		for i, n := range names {
			if strings.HasPrefix(n, "+") {
				s.hidden++
				n = n[1:]
			}
			s.names = append(s.names, n)
			s.typ.Attr(in, n, func(t *object.Thread, v object.Value) (object.Value, error) {
				items := (*object.Tuple)(v.Ref).Items
				return items[:cap(items)][i], nil
			}, nil)
		}
		visible := len(names) - s.hidden
		s.typ.Def(in, "n_fields", object.Int(int64(len(names))))
		s.typ.Def(in, "n_sequence_fields", object.Int(int64(visible)))
		s.typ.Def(in, "n_unnamed_fields", object.Int(0))
		match := make([]object.Value, visible)
		for i := range match {
			match[i] = object.NewStr(s.names[i])
		}
		s.typ.Def(in, "__match_args__", object.NewTuple(match...))
		s.typ.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			var b strings.Builder
			b.WriteString(module + "." + name + "(")
			for i, x := range (*object.Tuple)(v.Ref).Items {
				r, err := object.Repr(t, x)
				if err != nil {
					return "", err
				}
				if i > 0 {
					b.WriteString(", ")
				}
				b.WriteString(s.names[i] + "=" + r)
			}
			b.WriteByte(')')
			return b.String(), nil
		}
		s.typ.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if len(args) == 0 {
				return object.Unset, object.TypeErrorf(t, "%s() missing required argument 'sequence' (pos 1)", name)
			}
			vs, err := object.ToSlice(t, args[0])
			if err != nil {
				return object.Unset, object.TypeErrorf(t, "constructor requires a sequence")
			}
			switch {
			case len(vs) < visible && s.hidden > 0:
				return object.Unset, object.TypeErrorf(t, "%s.%s() takes an at least %d-sequence (%d-sequence given)", module, name, visible, len(vs))
			case len(vs) > len(names) && s.hidden > 0:
				return object.Unset, object.TypeErrorf(t, "%s.%s() takes an at most %d-sequence (%d-sequence given)", module, name, len(names), len(vs))
			case len(vs) != visible && s.hidden == 0:
				return object.Unset, object.TypeErrorf(t, "%s.%s() takes a %d-sequence (%d-sequence given)", module, name, visible, len(vs))
			}
			for len(vs) < len(names) {
				vs = append(vs, object.None)
			}
			return s.make(t, vs...), nil
		}
		s.typ.Ops.InitIsNew = true
		s.typ.Ready(in)
		return s
	})
}

// make makes a tuple of the class; values are those of all fields.
func (s *structSeq) make(_ *object.Thread, values ...object.Value) object.Value {
	all := append(make([]object.Value, 0, len(s.names)), values...)
	x := &object.Tuple{Items: all[: len(s.names)-s.hidden : len(s.names)]}
	x.Meta, x.Type = uint64(object.KindTuple), s.typ
	return object.FromPointer(unsafe.Pointer(x))
}

// namespaceType is types.SimpleNamespace.
func namespaceType(t *object.Thread) *object.Type {
	return extOf(t, "SimpleNamespace", func() *object.Type {
		in := t.Interp
		x := in.NewType("types", "SimpleNamespace", nil, object.KindUnset, 0, nil)
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return t.NewInstance(cls).Value(), nil
		}
		x.Ops.Init = func(t *object.Thread, self object.Value, args []object.Value, kw *object.Kwargs) error {
			if len(args) > 1 {
				return object.TypeErrorf(t, "SimpleNamespace expected at most 1 argument, got %d", len(args))
			}
			o := (*object.Instance)(self.Ref)
			if len(args) == 1 {
				err := eachItem(t, args[0], func(k, v object.Value) error {
					s, ok := object.AsStr(k)
					if !ok {
						return object.TypeErrorf(t, "keywords must be strings")
					}
					return o.Set(t, t.Intern(s.S), v)
				})
				if err != nil {
					return err
				}
			}
			if kw != nil {
				for i, n := range kw.Names {
					if err := o.Set(t, t.Intern(n), kw.Values[i]); err != nil {
						return err
					}
				}
			}
			return nil
		}
		x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			o := (*object.Instance)(v.Ref)
			names, err := o.Names(t)
			if err != nil {
				return "", err
			}
			name := "namespace"
			if o.Type.Name != "SimpleNamespace" {
				name = o.Type.Name
			}
			out := name + "("
			for i, n := range names {
				y, err := o.Get(t, n)
				if err != nil {
					return "", err
				}
				r, err := object.Repr(t, y)
				if err != nil {
					return "", err
				}
				if i > 0 {
					out += ", "
				}
				out += n.S + "=" + r
			}
			return out + ")", nil
		}
		x.Ops.Compare = func(t *object.Thread, op object.CmpOp, a, b object.Value) (object.Value, error) {
			if op != object.CmpEq && op != object.CmpNe || !object.TypeOf(t, a).IsSubtype(x) || !object.TypeOf(t, b).IsSubtype(x) {
				return object.NotImplemented, nil
			}
			da, err := object.GetAttrString(t, a, "__dict__")
			if err != nil {
				return object.Unset, err
			}
			db, err := object.GetAttrString(t, b, "__dict__")
			if err != nil {
				return object.Unset, err
			}
			return object.Compare(t, op, da, db)
		}
		x.Ops.Hash = nil
		x.Attr(in, "__dict__", func(t *object.Thread, v object.Value) (object.Value, error) {
			return t.NewInstanceNamespace((*object.Instance)(v.Ref)).Value(), nil
		}, nil)
		return x.Ready(in)
	})
}

// simpleNamespace makes a types.SimpleNamespace of names and values in turn.
func simpleNamespace(t *object.Thread, pairs ...any) (object.Value, error) {
	o := t.NewInstance(namespaceType(t))
	for i := 0; i < len(pairs); i += 2 {
		if err := o.Set(t, t.Intern(pairs[i].(string)), pairs[i+1].(object.Value)); err != nil {
			return object.Unset, err
		}
	}
	return o.Value(), nil
}

// eachItem calls f for the items of a mapping, or for the pairs of an iterable.
func eachItem(t *object.Thread, v object.Value, f func(k, x object.Value) error) error {
	if d, ok := object.AsDict(v); ok && v.Kind() == object.KindDict {
		items, err := d.Items(t)
		if err != nil {
			return err
		}
		for _, it := range items {
			if err := f(it.Key, it.Val); err != nil {
				return err
			}
		}
		return nil
	}
	keys, ok, err := object.FindMethod(t, v, "keys")
	if err != nil {
		return err
	}
	if ok {
		ks, err := object.Call(t, keys)
		if err != nil {
			return err
		}
		return object.Iterate(t, ks, func(k object.Value) error {
			x, err := object.GetItem(t, v, k)
			if err != nil {
				return err
			}
			return f(k, x)
		})
	}
	return object.Iterate(t, v, func(p object.Value) error {
		kv, err := object.ToSlice(t, p)
		if err != nil {
			return err
		}
		if len(kv) != 2 {
			return object.ValueErrorf(t, "dictionary update sequence element has length %d; 2 is required", len(kv))
		}
		return f(kv[0], kv[1])
	})
}

func init() {
	register("_types", func(t *object.Thread) (*object.Module, error) {
		m := newModule(t, "_types", "Types that module types has from here.")
		set(t, m, "SimpleNamespace", namespaceType(t).Value())
		return m, nil
	})
}
