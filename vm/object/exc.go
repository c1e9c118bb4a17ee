package object

import "unsafe"

// This file has exception objects. An exception is an Instance whose slot 0 holds a box with an ExcState; all that can change
// is in Value cells of that state, under the instance's record, or in the instance's own attributes.

// ExcState is what BaseException adds to an instance.
type ExcState struct {
	Args      Value // tuple
	Cause     Value // None if there is none
	Context   Value
	Suppress  Value // bool
	Traceback Value // *Traceback or None
	Fields    []Value
}

// excLayout describes the extra fields of a builtin exception class.
type excLayout struct {
	names    []string
	keywords bool // __init__ takes keyword arguments
	ownArgs  bool // __new__ has set args already, not as they were given
	init     func(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error
	str      func(t *Thread, o *Instance, st *ExcState) (string, error)
}

// excInstance is an exception in one allocation, with its args if that is one value, and room for one attribute.
type excInstance struct {
	Instance
	slots [2]Value
	box   Box
	state ExcState
	args  Tuple
	arg   [1]Value
}

// excFields is an exception whose class has extra fields.
type excFields struct {
	excInstance
	fields [4]Value
}

// newExc makes an exception with args, without calling a Python __init__.
func newExc(t *Thread, cls *Type, args []Value) Value {
	if cls.IsSubtype(t.Interp.Types.OSError) {
		v, _ := newOSError(t, cls, args)
		return v
	}
	x := allocExc(t, cls, args)
	if l := cls.excLay; l != nil && l.init != nil {
		// With positional arguments only, a builtin's __init__ fails for the Unicode errors alone, which are not made here.
		_ = l.init(t, &x.Instance, &x.state, args, nil)
	}
	return x.Value()
}

func allocExc(t *Thread, cls *Type, args []Value) *excInstance {
	var x *excInstance
	var fields []Value
	if l := cls.excLay; l == nil {
		x = &excInstance{}
	} else {
		if len(l.names) <= 4 {
			f := &excFields{}
			x, fields = &f.excInstance, f.fields[:len(l.names)]
		} else {
			x, fields = &excInstance{}, make([]Value, len(l.names))
		}
		for i := range fields {
			fields[i] = None
		}
	}
	x.slots = [2]Value{Unset, Unset}
	x.Mut = t.NewMut(KindInstance, cls)
	x.Shape = unsafe.Pointer(cls.Root)
	x.Slots, x.Cap = unsafe.Pointer(&x.slots), int32(len(x.slots))
	if n := cls.Root.N; n > len(x.slots) {
		s := make([]Value, n+2)
		unsetAll(s)
		x.Slots, x.Cap = unsafe.Pointer(&s[0]), int32(n+2)
	}
	x.state = ExcState{Cause: None, Context: None, Suppress: False, Traceback: None, Fields: fields}
	if len(args) == 1 {
		x.arg[0] = args[0]
		x.args = Tuple{Header: Header{Meta: uint64(KindTuple)}, Items: x.arg[:]}
		x.state.Args = valueOf(&x.args)
	} else {
		x.state.Args = NewTuple(args...)
	}
	x.box = Box{Header{Meta: uint64(KindBox)}, &x.state}
	*x.Slot(0) = valueOf(&x.box)
	return x
}

// excState is the state of an exception, nil if o is none.
func excState(o *Instance) *ExcState {
	if o.Type.Native != KindBox || o.Cap == 0 {
		return nil
	}
	st, _ := Unbox(*o.Slot(0)).(*ExcState)
	return st
}

// StateOf is the instance and state of an exception; nil, nil if v is none.
func StateOf(v Value) (*Instance, *ExcState) {
	if v.Kind() != KindInstance {
		return nil, nil
	}
	o := (*Instance)(v.Ref)
	if st := excState(o); st != nil {
		return o, st
	}
	return nil, nil
}

// IsException says whether v is an instance of BaseException.
func IsException(v Value) bool {
	_, st := StateOf(v)
	return st != nil
}

func setExcField(err error, i int, v Value) {
	if r, ok := err.(*Raise); ok {
		if _, st := StateOf(r.Exc); st != nil && i < len(st.Fields) {
			st.Fields[i] = v
		}
	}
}

// ExcArgs are the exception's args.
func ExcArgs(t *Thread, exc Value) ([]Value, error) {
	o, st := StateOf(exc)
	if st == nil {
		return nil, nil
	}
	v, err := t.Load(&o.Mut, &st.Args)
	if err != nil {
		return nil, err
	}
	tup, _ := AsTuple(v)
	return tup.Items, nil
}

// ExcField reads an extra field of a builtin exception by name; None if it has none of the name.
func ExcField(t *Thread, exc Value, name string) (Value, error) {
	o, st := StateOf(exc)
	if st != nil && o.Type.excLay != nil {
		for i, n := range o.Type.excLay.names {
			if n == name {
				return t.Load(&o.Mut, &st.Fields[i])
			}
		}
	}
	return None, nil
}

// StopValue is the value that a StopIteration carries.
func StopValue(t *Thread, exc Value) Value {
	v, err := ExcField(t, exc, "value")
	if err != nil {
		return None
	}
	return v
}

// SetContext makes what the thread is handling the __context__ of the exception.
func SetContext(t *Thread, r *Raise) {
	top := Unset
	for i := len(t.Handled) - 1; i >= 0; i-- {
		if h := t.Handled[i]; !h.IsNone() && !h.IsUnset() {
			top = h
			break
		}
	}
	if top.IsUnset() || top == r.Exc {
		return
	}
	o, st := StateOf(r.Exc)
	if st == nil {
		return
	}
	// Cut the chain where it comes back to the exception itself.
	for c, n := top, 0; n < 1000; n++ {
		co, cs := StateOf(c)
		if cs == nil {
			break
		}
		next, err := t.Load(&co.Mut, &cs.Context)
		if err != nil {
			return
		}
		if next == r.Exc {
			_ = t.Store(&co.Mut, &cs.Context, None)
			break
		}
		c = next
	}
	_ = t.Store(&o.Mut, &st.Context, top)
}

// RaiseFrom makes an exception with a message whose cause and context are another one.
func RaiseFrom(t *Thread, cls *Type, msg string, cause *Raise) *Raise {
	r := NewError(t, cls, "%s", msg)
	_, st := StateOf(r.Exc)
	st.Cause, st.Context, st.Suppress = cause.Exc, cause.Exc, True
	r.seen = true
	return r
}

// Reraise goes on raising an exception that is being handled: the raise statement without an expression.
func Reraise(exc Value) error { return &Raise{Exc: exc, seen: true, skip: true} }

// RaiseValue is the raise statement: v is an exception or a class to be called; cause is Unset without a from clause.
func RaiseValue(t *Thread, v, cause Value) (*Raise, error) {
	exc, err := instantiateExc(t, v, "exceptions must derive from BaseException")
	if err != nil {
		return nil, err
	}
	r := &Raise{Exc: exc}
	if cause.IsUnset() {
		return r, nil
	}
	o, st := StateOf(exc)
	if !cause.IsNone() {
		if cause, err = instantiateExc(t, cause, "exception causes must derive from BaseException"); err != nil {
			return nil, err
		}
	}
	if err := t.Store(&o.Mut, &st.Cause, cause); err != nil {
		return nil, err
	}
	return r, t.Store(&o.Mut, &st.Suppress, True)
}

func instantiateExc(t *Thread, v Value, msg string) (Value, error) {
	if cls, ok := AsType(v); ok && cls.Flags&TypeException != 0 {
		if cls.Flags&TypeUser == 0 {
			return Instantiate(t, cls, nil, nil)
		}
		x, err := t.VM.Call(t, v, nil, nil)
		if err != nil {
			return Unset, err
		}
		if !IsException(x) {
			return Unset, TypeErrorf(t, "calling %s should have returned an instance of BaseException, not %s", cls.Value().mustRepr(t), TypeName(t, x))
		}
		return x, nil
	}
	if IsException(v) {
		return v, nil
	}
	return Unset, TypeErrorf(t, "%s", msg)
}

func (v Value) mustRepr(t *Thread) string {
	s, err := Repr(t, v)
	if err != nil {
		return "<" + TypeName(t, v) + " object>"
	}
	return s
}

// ExcMatches is what an except clause asks: exc is an instance of match, a class or a tuple of classes.
func ExcMatches(t *Thread, exc, match Value) (bool, error) {
	if c, ok := AsType(match); ok {
		if c.Flags&TypeException == 0 {
			return false, TypeErrorf(t, "catching classes that do not inherit from BaseException is not allowed")
		}
		return TypeOf(t, exc).IsSubtype(c), nil
	}
	if tup, ok := AsTuple(match); ok {
		for _, m := range tup.Items {
			if c, ok := AsType(m); !ok || c.Flags&TypeException == 0 {
				return false, TypeErrorf(t, "catching classes that do not inherit from BaseException is not allowed")
			}
		}
		for _, m := range tup.Items {
			if c, _ := AsType(m); TypeOf(t, exc).IsSubtype(c) {
				return true, nil
			}
		}
		return false, nil
	}
	return false, TypeErrorf(t, "catching classes that do not inherit from BaseException is not allowed")
}

// AddNote is exc.add_note(note).
func AddNote(t *Thread, exc Value, note string) {
	o, st := StateOf(exc)
	if st == nil {
		return
	}
	name := t.Intern("__notes__")
	v, err := o.Get(t, name)
	if err != nil {
		return
	}
	if l, ok := AsList(v); ok {
		_ = l.Append(t, NewStr(note))
		return
	}
	_ = o.Set(t, name, t.NewList([]Value{NewStr(note)}))
}

// TracePos is where an instruction comes from. Columns count bytes from 0; EndLine 0 or Col < 0: not known.
type TracePos struct {
	File, Func                 string
	Line, EndLine, Col, EndCol int
}

// Traceable is code that can tell where its instructions come from.
type Traceable interface{ Trace(pc int) TracePos }

// Traceback is a traceback object: one frame of the way up. Immutable but for Next, which with_traceback's users may set.
type Traceback struct {
	Mut
	Next  Value // *Traceback or None
	Code  Traceable
	PC    int
	Frame Value      // frame object, made on demand; Unset
	Vars  *TraceVars // only where a NameError or AttributeError was raised
}

// TraceVars is what suggestions need of the variables of a frame.
type TraceVars struct {
	Names []string // names that the frame could have meant; for NameErrors
	Self  Value    // its variable self, or Unset
}

// AddFrame puts the frame that runs code at pc in front of the exception's traceback.
func (r *Raise) AddFrame(t *Thread, c Traceable, pc int) {
	if r.skip {
		r.skip = false
		return
	}
	o, st := StateOf(r.Exc)
	if st == nil {
		return
	}
	old, err := t.Load(&o.Mut, &st.Traceback)
	if err != nil {
		return
	}
	tb := &Traceback{Mut: t.NewMut(KindTraceback, nil), Next: old, Code: c, PC: pc, Frame: Unset}
	if old.IsNone() {
		ts := &t.Interp.Types
		isName := o.Type.IsSubtype(ts.NameError)
		if fs, ok := t.VM.(FrameSource); ok && (isName || o.Type.IsSubtype(ts.AttributeError)) {
			tb.Vars = &TraceVars{}
			tb.Vars.Names, tb.Vars.Self = fs.FrameNames(t, isName)
		}
	}
	_ = t.Store(&o.Mut, &st.Traceback, valueOf(tb))
}

// TracebackOf is the exception's __traceback__.
func TracebackOf(t *Thread, exc Value) Value {
	o, st := StateOf(exc)
	if st == nil {
		return None
	}
	v, err := t.Load(&o.Mut, &st.Traceback)
	if err != nil {
		return None
	}
	return v
}
