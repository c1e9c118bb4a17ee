package object

// This file has memoryview, for one-dimensional views of bytes (format 'B') over bytes, bytearray and what has Ops.Buffer.
// A view keeps the object and the range of indices, never the bytes themselves, so that it is as transactional as the object.

// MemoryView is a memoryview: elements Start, Start+Step, ... of Of; Len of them. Immutable but for Of, which release empties.
type MemoryView struct {
	Mut
	Of               Value // Unset once released
	Start, Step, Len int
}

// contents is the bytes that the view shows.
func (m *MemoryView) contents(t *Thread) (string, error) {
	of, err := t.Load(&m.Mut, &m.Of)
	if err != nil {
		return "", err
	}
	if of.IsUnset() {
		return "", ValueErrorf(t, "operation forbidden on released memoryview object")
	}
	s, err := Buffer(t, of)
	if err != nil {
		return "", err
	}
	if m.Step == 1 {
		lo := min(m.Start, len(s))
		return s[lo:min(m.Start+m.Len, len(s))], nil
	}
	b := make([]byte, 0, m.Len)
	for k, i := 0, m.Start; k < m.Len && i >= 0 && i < len(s); k, i = k+1, i+m.Step {
		b = append(b, s[i])
	}
	return string(b), nil
}

func (m *MemoryView) readonly() bool { return Native(m.Of).Kind() != KindByteArray }

func (in *Interp) initMemoryView() {
	x := in.Types.MemoryView
	mv := func(v Value) *MemoryView { return (*MemoryView)(v.Ref) }
	o := x.Ops
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		var a [1]Value
		if err := ParseArgs(t, "memoryview", args, kw, []string{"object"}, 1, a[:]); err != nil {
			return Unset, err
		}
		if TypeOf(t, a[0]) == cls {
			old := mv(a[0])
			return valueOf(&MemoryView{t.NewMut(KindNative, cls), old.Of, old.Start, old.Step, old.Len}), nil
		}
		s, ok, err := bufferOf(t, a[0])
		if err != nil {
			return Unset, err
		}
		if !ok {
			return Unset, TypeErrorf(t, "memoryview: a bytes-like object is required, not '%s'", TypeName(t, a[0]))
		}
		return valueOf(&MemoryView{t.NewMut(KindNative, cls), a[0], 0, 1, len(s)}), nil
	}
	o.InitIsNew = true
	o.Buffer = func(t *Thread, v Value) (string, error) { return mv(v).contents(t) }
	o.Publish = func(t *Thread, v Value, add func(Value)) { add(mv(v).Of) }
	o.Repr = func(t *Thread, v Value) (string, error) {
		if mv(v).Of.IsUnset() {
			return "<released memory at " + addressOf(v) + ">", nil
		}
		return "<memory at " + addressOf(v) + ">", nil
	}
	o.Len = func(t *Thread, v Value) (int, error) {
		_, err := mv(v).contents(t)
		return mv(v).Len, err
	}
	o.Compare = func(t *Thread, op CmpOp, a, b Value) (Value, error) {
		if op != CmpEq && op != CmpNe {
			return NotImplemented, nil
		}
		return bytesCompare(t, op, a, b)
	}
	o.Hash = func(t *Thread, v Value) (int64, error) {
		if !mv(v).readonly() {
			return 0, ValueErrorf(t, "cannot hash writable memoryview object")
		}
		s, err := mv(v).contents(t)
		if err != nil {
			return 0, err
		}
		return Hash(t, NewBytes(s))
	}
	o.GetItem = memoryGet
	o.SetItem = memorySet
	o.Iter = func(t *Thread, v Value) (Value, error) {
		s, err := mv(v).contents(t)
		if err != nil {
			return Unset, err
		}
		return t.newIter(&bytesIter, t.Interp.Types.BytesIterator, NewBytes(s)).Value(), nil
	}
	text := func(name string, f func(t *Thread, s string) (Value, error)) MethodDef {
		return M0(name, func(t *Thread, v Value) (Value, error) {
			s, err := mv(v).contents(t)
			if err != nil {
				return Unset, err
			}
			return f(t, s)
		})
	}
	release := func(t *Thread, v Value) error { return t.Store(&mv(v).Mut, &mv(v).Of, Unset) }
	x.Methods(in,
		text("tobytes", func(t *Thread, s string) (Value, error) { return NewBytes(s), nil }),
		text("tolist", func(t *Thread, s string) (Value, error) {
			out := make([]Value, len(s))
			for i := range out {
				out[i] = Int(int64(s[i]))
			}
			return t.NewList(out), nil
		}),
		text("hex", func(t *Thread, s string) (Value, error) { return newASCII(HexBytes(s, "", 0)), nil }),
		M0("release", func(t *Thread, v Value) (Value, error) { return None, release(t, v) }),
		M0("toreadonly", func(t *Thread, v Value) (Value, error) {
			s, err := mv(v).contents(t)
			return valueOf(&MemoryView{t.NewMut(KindNative, x), NewBytes(s), 0, 1, len(s)}), err
		}),
		MN("cast", 1, 2, func(t *Thread, args []Value) (Value, error) {
			if f, ok := AsStr(args[1]); ok && (f.S == "B" || f.S == "b" || f.S == "c") {
				return args[0], nil
			}
			return Unset, NotImplementedErrorf(t, "gilt: memoryview.cast to other formats than bytes")
		}),
		M0("__enter__", func(t *Thread, v Value) (Value, error) { return v, nil }),
		MN("__exit__", 0, -1, func(t *Thread, args []Value) (Value, error) { return None, release(t, args[0]) }),
	)
	attr := func(name string, f func(t *Thread, m *MemoryView) Value) {
		x.Attr(in, name, func(t *Thread, v Value) (Value, error) {
			if _, err := mv(v).contents(t); err != nil {
				return Unset, err
			}
			return f(t, mv(v)), nil
		}, nil)
	}
	attr("obj", func(_ *Thread, m *MemoryView) Value { return m.Of })
	attr("nbytes", func(_ *Thread, m *MemoryView) Value { return Int(int64(m.Len)) })
	attr("readonly", func(_ *Thread, m *MemoryView) Value { return Bool(m.readonly()) })
	attr("format", func(*Thread, *MemoryView) Value { return newASCII("B") })
	attr("itemsize", func(*Thread, *MemoryView) Value { return Int(1) })
	attr("ndim", func(*Thread, *MemoryView) Value { return Int(1) })
	attr("shape", func(_ *Thread, m *MemoryView) Value { return NewTuple(Int(int64(m.Len))) })
	attr("strides", func(_ *Thread, m *MemoryView) Value { return NewTuple(Int(int64(m.Step))) })
	attr("contiguous", func(_ *Thread, m *MemoryView) Value { return Bool(m.Step == 1) })
}

func memoryGet(t *Thread, v, key Value) (Value, error) {
	m := (*MemoryView)(v.Ref)
	s, err := m.contents(t)
	if err != nil {
		return Unset, err
	}
	if key.Kind() == KindSlice {
		r, err := (*Slice)(key.Ref).Indices(t, m.Len)
		if err != nil {
			return Unset, err
		}
		return valueOf(&MemoryView{t.NewMut(KindNative, m.Type), m.Of, m.Start + r.Start*m.Step, m.Step * r.Step, r.Len}), nil
	}
	i, err := memoryIndex(t, key, len(s))
	if err != nil {
		return Unset, err
	}
	return Int(int64(s[i])), nil
}

func memoryIndex(t *Thread, key Value, n int) (int, error) {
	if !hasIndex(t, key) {
		return 0, TypeErrorf(t, "memoryview: invalid slice key")
	}
	i, err := subscript(t, key, "memoryview")
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += int64(n)
	}
	if uint64(i) >= uint64(n) {
		return 0, IndexErrorf(t, "index out of bounds on dimension 1")
	}
	return int(i), nil
}

func memorySet(t *Thread, v, key, x Value) error {
	m := (*MemoryView)(v.Ref)
	s, err := m.contents(t)
	if err != nil {
		return err
	}
	a, ok := AsByteArray(m.Of)
	if !ok {
		return TypeErrorf(t, "cannot modify read-only memory")
	}
	start, step, n, with := 0, 1, 1, ""
	if key.Kind() == KindSlice {
		r, err := (*Slice)(key.Ref).Indices(t, m.Len)
		if err != nil {
			return err
		}
		if with, err = Buffer(t, x); err != nil {
			return err
		}
		if len(with) != r.Len {
			return ValueErrorf(t, "memoryview assignment: lvalue and rvalue have different structures")
		}
		start, step, n = r.Start, r.Step, r.Len
	} else {
		if start, err = memoryIndex(t, key, len(s)); err != nil {
			return err
		}
		c, err := byteValue(t, x, "memoryview: invalid value for format 'B'")
		if err != nil {
			return err
		}
		with = string([]byte{c})
	}
	b, err := a.open(t)
	if err != nil {
		return err
	}
	for k := range n {
		if i := m.Start + (start+k*step)*m.Step; i >= 0 && i < len(b) {
			b[i] = with[k]
		}
	}
	return nil
}
