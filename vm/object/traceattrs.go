package object

// This file has the attributes of traceback objects, and the frame objects that they show.

func (in *Interp) tracebackAttrs(x *Type) {
	tb := func(v Value) *Traceback { return (*Traceback)(v.Ref) }
	x.Attr(in, "tb_lineno", func(t *Thread, v Value) (Value, error) { return Int(int64(tb(v).Code.Trace(tb(v).PC).Line)), nil }, nil)
	x.Attr(in, "tb_lasti", func(t *Thread, v Value) (Value, error) { return Int(int64(tb(v).PC)), nil }, nil)
	x.Attr(in, "tb_next", func(t *Thread, v Value) (Value, error) { return t.Load(&tb(v).Mut, &tb(v).Next) }, func(t *Thread, v, n Value) error {
		if !n.IsNone() && n.Kind() != KindTraceback {
			return TypeErrorf(t, "expected traceback object, got '%s'", TypeName(t, n))
		}
		for c := n; c.Kind() == KindTraceback; c = tb(c).Next {
			if c == v {
				return ValueErrorf(t, "traceback loop detected")
			}
		}
		return t.Store(&tb(v).Mut, &tb(v).Next, n)
	})
	x.Attr(in, "tb_frame", func(t *Thread, v Value) (Value, error) {
		if f := tb(v).Frame; !f.IsUnset() {
			return f, nil
		}
		return newTraceFrame(t, tb(v)), nil
	}, nil)
}

// traceFrame is the frame object of a traceback: where it was, and nothing of its variables.
type traceFrame struct {
	Mut
	tb *Traceback
}

func newTraceFrame(t *Thread, tb *Traceback) Value {
	return valueOf(&traceFrame{t.NewMut(KindFrame, t.Interp.traceFrame(t)), tb})
}

// traceFrame is the class of those frame objects.
func (in *Interp) traceFrame(t *Thread) *Type {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.frameType != nil {
		return in.frameType
	}
	x := in.rawType("frame", in.Types.Object, KindUnset, TypeNoDict|TypeNoSubclass)
	at := func(v Value) TracePos {
		tb := (*traceFrame)(v.Ref).tb
		return tb.Code.Trace(tb.PC)
	}
	x.Attr(in, "f_lineno", func(t *Thread, v Value) (Value, error) { return Int(int64(at(v).Line)), nil }, nil)
	x.Attr(in, "f_code", func(t *Thread, v Value) (Value, error) { return v, nil }, nil)
	x.Attr(in, "co_name", func(t *Thread, v Value) (Value, error) { return NewStr(at(v).Func), nil }, nil)
	x.Attr(in, "co_qualname", func(t *Thread, v Value) (Value, error) { return NewStr(at(v).Func), nil }, nil)
	x.Attr(in, "co_filename", func(t *Thread, v Value) (Value, error) { return NewStr(at(v).File), nil }, nil)
	x.Attr(in, "f_back", func(t *Thread, v Value) (Value, error) { return None, nil }, nil)
	x.Attr(in, "f_locals", func(t *Thread, v Value) (Value, error) { return t.NewDict().Value(), nil }, nil)
	x.Attr(in, "f_globals", func(t *Thread, v Value) (Value, error) { return t.NewDict().Value(), nil }, nil)
	x.Ops.Hash = func(t *Thread, v Value) (int64, error) { return 1, nil }
	x.ready(in)
	in.frameType = x
	return x
}
