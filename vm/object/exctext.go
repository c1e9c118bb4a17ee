package object

import "strings"

// This file has what OSError, SyntaxError and the Unicode errors make of their arguments, and their texts.

// errnoClass is the subclass of OSError that stands for an error number, nil if there is none.
func (e *Exc) errnoClass(errno int64) *Type {
	switch errno {
	case 1, 13:
		return e.PermissionError
	case 2:
		return e.FileNotFoundError
	case 3:
		return e.ProcessLookupError
	case 4:
		return e.InterruptedError
	case 10:
		return e.ChildProcessError
	case 11, 114, 115:
		return e.BlockingIOError
	case 17:
		return e.FileExistsError
	case 20:
		return e.NotADirectoryError
	case 21:
		return e.IsADirectoryError
	case 32, 108:
		return e.BrokenPipeError
	case 103:
		return e.ConnectionAbortedError
	case 104:
		return e.ConnectionResetError
	case 110:
		return e.TimeoutError
	case 111:
		return e.ConnectionRefusedError
	}
	return nil
}

func newOSError(t *Thread, cls *Type, args []Value) (Value, error) {
	if cls == t.Interp.Types.OSError && len(args) >= 2 && len(args) <= 5 {
		if n, ok := smallInt(args[0]); ok {
			if c := t.Interp.Types.errnoClass(n); c != nil {
				cls = c
			}
		}
	}
	kept := args
	if len(args) >= 3 && len(args) <= 5 {
		kept = args[:2]
	}
	x := allocExc(t, cls, kept)
	if len(args) >= 2 && len(args) <= 5 {
		f := x.state.Fields
		f[0], f[1] = args[0], args[1]
		if len(args) >= 3 {
			f[2] = args[2]
		}
		if len(args) == 5 {
			f[3] = args[4]
		}
	}
	return x.Value(), nil
}

// NewOSError makes an OSError, or the subclass that stands for the number. filename may be Unset.
func NewOSError(t *Thread, errno int, strerror string, filename Value) *Raise {
	args := []Value{Int(int64(errno)), NewStr(strerror)}
	if !filename.IsUnset() {
		args = append(args, filename)
	}
	v, _ := newOSError(t, t.Interp.Types.OSError, args)
	return &Raise{Exc: v}
}

func osErrorStr(t *Thread, o *Instance, st *ExcState) (string, error) {
	var f [4]Value
	for i := range f {
		v, err := t.Load(&o.Mut, &st.Fields[i])
		if err != nil {
			return "", err
		}
		f[i] = v
	}
	if f[0].IsNone() && f[1].IsNone() {
		return plainExcStr(t, o.Value())
	}
	num, err := ToStr(t, f[0])
	if err != nil {
		return "", err
	}
	msg, err := ToStr(t, f[1])
	if err != nil {
		return "", err
	}
	s := "[Errno " + num + "] " + msg
	if f[2].IsNone() {
		return s, nil
	}
	r, err := Repr(t, f[2])
	if err != nil {
		return "", err
	}
	s += ": " + r
	if !f[3].IsNone() {
		if r, err = Repr(t, f[3]); err != nil {
			return "", err
		}
		s += " -> " + r
	}
	return s, nil
}

func syntaxErrorInit(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
	if len(args) >= 1 {
		if err := t.Store(&o.Mut, &st.Fields[0], args[0]); err != nil {
			return err
		}
	}
	if len(args) == 2 {
		info, err := ToSlice(t, args[1])
		if err != nil {
			return err
		}
		if len(info) != 4 && len(info) != 6 {
			return TypeErrorf(t, "function takes at least 4 arguments (%d given)", len(info))
		}
		for i, v := range info {
			if err := t.Store(&o.Mut, &st.Fields[1+i], v); err != nil {
				return err
			}
		}
	}
	return nil
}

func syntaxErrorStr(t *Thread, o *Instance, st *ExcState) (string, error) {
	msg, err := t.Load(&o.Mut, &st.Fields[0])
	if err != nil {
		return "", err
	}
	s, err := ToStr(t, msg)
	if err != nil {
		return "", err
	}
	file, ok := AsStr(st.Fields[1])
	line, hasLine := smallInt(st.Fields[2])
	short := ""
	if ok {
		short = file.S[strings.LastIndexByte(file.S, '/')+1:]
	}
	switch {
	case ok && hasLine:
		return s + " (" + short + ", line " + itoa64(line) + ")", nil
	case ok:
		return s + " (" + short + ")", nil
	case hasLine:
		return s + " (line " + itoa64(line) + ")", nil
	}
	return s, nil
}

// NewSyntaxError makes a SyntaxError (or the given subclass) with its position. Columns count characters from 1.
func NewSyntaxError(t *Thread, cls *Type, msg, file string, line, col, endLine, endCol int, text string) *Raise {
	textV := None
	if text != "" {
		textV = NewStr(text)
	}
	info := t.NewTuple(NewStr(file), Int(int64(line)), Int(int64(col)), textV, Int(int64(endLine)), Int(int64(endCol)))
	return NewRaise(t, cls, NewStr(msg), info)
}

func unicodeErrorInit(t *Thread, o *Instance, st *ExcState, args []Value, kw *Kwargs) error {
	if len(args) != len(st.Fields) {
		return TypeErrorf(t, "function takes exactly %d arguments (%d given)", len(st.Fields), len(args))
	}
	for i, v := range args {
		if err := t.Store(&o.Mut, &st.Fields[i], v); err != nil {
			return err
		}
	}
	return nil
}

func unicodeErrorStr(t *Thread, o *Instance, st *ExcState) (string, error) {
	f := st.Fields
	translate := len(f) == 4
	enc := ""
	if !translate {
		s, ok := AsStr(f[0])
		if !ok {
			return "", nil
		}
		enc = s.S
		f = f[1:]
	}
	start, _ := smallInt(f[1])
	end, _ := smallInt(f[2])
	reason, err := ToStr(t, f[3])
	if err != nil {
		return "", err
	}
	verb, what := "decode", "byte"
	if Native(f[0]).Kind() == KindStr {
		verb, what = "encode", "character"
		if translate {
			verb = "translate"
		}
	}
	head := "can't " + verb + " "
	if enc != "" {
		head = "'" + enc + "' codec " + head
	}
	if end == start+1 {
		if s, ok := AsStr(f[0]); ok && start >= 0 && int(start) < s.Len {
			r := s.Runes()[start]
			return head + "character '" + escapeRune(r) + "' in position " + itoa64(start) + ": " + reason, nil
		}
		if b, ok := AsBytes(f[0]); ok && start >= 0 && int(start) < len(b.S) {
			const hex = "0123456789abcdef"
			c := b.S[start]
			return head + "byte 0x" + string([]byte{hex[c>>4], hex[c&15]}) + " in position " + itoa64(start) + ": " + reason, nil
		}
	}
	return head + what + "s in position " + itoa64(start) + "-" + itoa64(end-1) + ": " + reason, nil
}

// escapeRune is a code point as the Unicode errors show it.
func escapeRune(r rune) string {
	const hex = "0123456789abcdef"
	put := func(prefix string, n int) string {
		b := []byte(prefix)
		for i := n - 1; i >= 0; i-- {
			b = append(b, hex[r>>(4*i)&15])
		}
		return string(b)
	}
	switch {
	case r <= 0xFF:
		return put("\\x", 2)
	case r <= 0xFFFF:
		return put("\\u", 4)
	}
	return put("\\U", 8)
}
