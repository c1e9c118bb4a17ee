package builtin

import (
	"syscall"

	"gilt/vm/object"
)

// The table of methods and attributes of files.

func boolMethod(name string, f func(s *stream) bool) object.MethodDef {
	return object.M0(name, func(t *object.Thread, self object.Value) (object.Value, error) {
		s := asStream(self)
		if s.closed {
			return object.Unset, object.ValueErrorf(t, "I/O operation on closed file.")
		}
		return object.Bool(f(s)), nil
	})
}

func streamMethods(in *object.Interp, c *object.Type, text bool) {
	c.Methods(in,
		object.MN("read", 0, 1, streamRead),
		object.MN("readline", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
			n, err := sizeArg(t, args)
			if err != nil {
				return object.Unset, err
			}
			v, _, err := asStream(args[0]).readLine(t, n)
			return v, err
		}),
		object.MN("readlines", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
			n, err := sizeArg(t, args)
			if err != nil {
				return object.Unset, err
			}
			out, err := asStream(args[0]).lines(t, n)
			return t.NewList(out), err
		}),
		object.M1("write", streamWrite),
		object.M1("writelines", func(t *object.Thread, self, x object.Value) (object.Value, error) {
			return none(object.Iterate(t, x, func(v object.Value) error {
				_, err := streamWrite(t, self, v)
				return err
			}))
		}),
		object.M0("flush", streamFlush),
		object.M0("close", streamClose),
		object.MN("seek", 1, 2, streamSeek),
		object.M0("tell", streamTell),
		object.MN("truncate", 0, 1, streamTruncate),
		object.M0("__enter__", func(t *object.Thread, self object.Value) (object.Value, error) {
			if asStream(self).closed {
				return object.Unset, object.ValueErrorf(t, "I/O operation on closed file.")
			}
			return self, nil
		}),
		object.MN("__exit__", 0, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
			return streamClose(t, args[0])
		}),
		object.M0("fileno", func(t *object.Thread, self object.Value) (object.Value, error) {
			s := asStream(self)
			switch {
			case s.closed:
				return object.Unset, object.ValueErrorf(t, "I/O operation on closed file")
			case s.std >= 0:
				return object.Int(int64(s.std)), nil
			}
			return object.Int(int64(s.file.Fd())), nil
		}),
		boolMethod("readable", func(s *stream) bool { return s.canRead }),
		boolMethod("writable", func(s *stream) bool { return s.canWrite }),
		boolMethod("seekable", func(s *stream) bool {
			if s.file == nil {
				return false
			}
			_, err := s.file.Seek(0, 1)
			return err == nil
		}),
		boolMethod("isatty", func(s *stream) bool { return isTerminal(s.file) }),
	)
	c.Attr(in, "closed", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Bool(asStream(v).closed), nil
	}, nil)
	c.Attr(in, "name", func(t *object.Thread, v object.Value) (object.Value, error) { return asStream(v).name, nil }, nil)
	c.Attr(in, "mode", func(t *object.Thread, v object.Value) (object.Value, error) {
		s := asStream(v)
		if s.binary && !s.raw {
			switch {
			case s.canRead && s.canWrite:
				return object.NewStr("rb+"), nil
			}
		}
		return object.NewStr(s.mode), nil
	}, nil)
	c.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		s := asStream(v)
		name, err := object.Repr(t, s.name)
		if err != nil {
			return "", err
		}
		out := "<" + c.FullName() + " name=" + name
		if text {
			return out + " mode='" + s.mode + "' encoding='" + s.encodingAttr() + "'>", nil
		}
		return out + ">", nil
	}
	c.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) {
		if asStream(v).closed {
			return object.Unset, object.ValueErrorf(t, "I/O operation on closed file.")
		}
		return v, nil
	}
	c.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) { return asStream(v).readLine(t, -1) }
	addNext2(in, c)
	if text {
		textMethods(in, c)
		return
	}
	c.Methods(in,
		object.MN("read1", 0, 1, streamRead),
		object.M1("readinto", func(t *object.Thread, self, x object.Value) (object.Value, error) {
			n, err := object.Len(t, x)
			if err != nil {
				return object.Unset, err
			}
			v, err := streamRead(t, []object.Value{self, object.Int(int64(n))})
			if err != nil {
				return object.Unset, err
			}
			got, err := object.Len(t, v)
			if err != nil {
				return object.Unset, err
			}
			return object.Int(int64(got)), object.SetItem(t, x, t.NewSlice(object.Int(0), object.Int(int64(got)), object.None), v)
		}),
		object.MN("peek", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
			s := asStream(args[0])
			if err := s.use(t, true, false); err != nil {
				return object.Unset, err
			}
			defer s.mu.Unlock()
			if len(s.unread()) == 0 {
				if err := s.fill(); err != nil {
					return object.Unset, osError(t, err)
				}
			}
			return object.NewBytes(string(s.unread())), nil
		}),
	)
	c.Attr(in, "raw", func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }, nil)
}

// encodingAttr is the encoding as the attribute shows it: open's default is written in capitals.
func (s *stream) encodingAttr() string {
	switch {
	case s.std >= 0:
		return "utf-8"
	case s.encoding == "latin-1":
		return "latin-1"
	case s.encoding == "utf-8" && !s.named:
		return "UTF-8"
	}
	return s.encoding
}

func textMethods(in *object.Interp, c *object.Type) {
	c.Attr(in, "encoding", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.NewStr(asStream(v).encodingAttr()), nil
	}, nil)
	c.Attr(in, "errors", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.NewStr(asStream(v).errors), nil
	}, nil)
	c.Attr(in, "line_buffering", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Bool(asStream(v).line), nil
	}, nil)
	c.Attr(in, "newlines", func(t *object.Thread, v object.Value) (object.Value, error) {
		var ends []object.Value
		for i, e := range []string{"\r", "\n", "\r\n"} {
			if asStream(v).seen&[]uint8{2, 1, 4}[i] != 0 {
				ends = append(ends, object.NewStr(e))
			}
		}
		switch len(ends) {
		case 0:
			return object.None, nil
		case 1:
			return ends[0], nil
		}
		return t.NewTuple(ends...), nil
	}, nil)
	c.Attr(in, "buffer", func(t *object.Thread, v object.Value) (object.Value, error) {
		s := asStream(v)
		if s.std >= 0 {
			return standardBuffer(t, s), nil
		}
		if err := t.VM.Irrevocable(t); err != nil {
			return object.Unset, err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.buf == nil {
			if err := s.flushOut(); err != nil {
				return object.Unset, osError(t, err)
			}
			if err := s.beforeWrite(); err != nil {
				return object.Unset, osError(t, err)
			}
			s.buf = &stream{std: -1, name: s.name, mode: s.mode, binary: true, file: s.file, canRead: s.canRead, canWrite: s.canWrite,
				newline: object.None, raw: true}
			s.buf.Mut = t.NewMut(object.KindNative, streamTypeOf(t, s.buf, openMode{}))
		}
		return s.buf.value(), nil
	}, nil)
	c.Methods(in, object.MK("reconfigure", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		s := asStream(args[0])
		if kw == nil {
			return object.None, nil
		}
		if err := t.VM.Irrevocable(t); err != nil {
			return object.Unset, err
		}
		for i, n := range kw.Names {
			v := kw.Values[i]
			var err error
			switch n {
			case "encoding":
				err = s.setText(t, v, object.None, s.newline)
			case "errors":
				err = s.setText(t, object.None, v, s.newline)
			case "newline":
				err = s.setText(t, object.None, object.None, v)
			case "line_buffering":
				s.line, err = object.Truth(t, v)
			case "write_through":
			default:
				err = object.TypeErrorf(t, "reconfigure() got an unexpected keyword argument '%s'", n)
			}
			if err != nil {
				return object.Unset, err
			}
		}
		return object.None, nil
	}))
}

// standardBuffer is the binary stream below a standard stream.
func standardBuffer(t *object.Thread, s *stream) object.Value {
	b := &stream{std: s.std, name: s.name, mode: s.mode + "b", binary: true, canRead: s.canRead, canWrite: s.canWrite, newline: object.None}
	b.Mut = t.NewMut(object.KindNative, streamTypeOf(t, b, openMode{write: s.canWrite}))
	return b.value()
}

// newStandard makes sys.stdin, sys.stdout or sys.stderr.
func newStandard(t *object.Thread, fd int) object.Value {
	s := &stream{std: fd, mode: "w", encoding: "utf-8", errors: "strict", newline: object.None, writeNL: "\n", canRead: fd == 0, canWrite: fd > 0}
	s.name = object.NewStr([]string{"<stdin>", "<stdout>", "<stderr>"}[fd])
	if fd == 0 {
		s.mode, s.universal, s.translate = "r", true, true
	}
	if fd == 2 {
		s.errors = "backslashreplace"
	}
	s.Mut = t.NewMut(object.KindNative, streamTypesOf(t).text)
	return s.value()
}

var _ = syscall.EINVAL
