package builtin

import (
	"io"
	"os"
	"strings"
	"syscall"
	"unicode/utf8"
	"unsafe"

	"gilt/vm/object"
)

// The classes of files and their methods.

// streamTypes are an interpreter's classes of files.
type streamTypes struct {
	base, rawBase, bufferedBase, textBase *object.Type // io.IOBase and what derives from it
	text, reader, writer, random, fileIO  *object.Type
}

func (s *stream) value() object.Value { return object.FromPointer(unsafe.Pointer(s)) }

func streamTypesOf(t *object.Thread) *streamTypes {
	return extOf(t, "file types", func() *streamTypes {
		in := t.Interp
		x := &streamTypes{}
		mk := func(module, name string, base *object.Type) *object.Type {
			c := in.NewType(module, name, base, object.KindNative, 0, nil)
			c.Ops.Publish = nil
			return c
		}
		x.base = mk("io", "IOBase", nil)
		x.base.Ready(in)
		x.rawBase = mk("io", "RawIOBase", x.base).Ready(in)
		x.bufferedBase = mk("io", "BufferedIOBase", x.base).Ready(in)
		x.textBase = mk("io", "TextIOBase", x.base).Ready(in)
		x.text = mk("_io", "TextIOWrapper", x.textBase)
		x.reader = mk("_io", "BufferedReader", x.bufferedBase)
		x.writer = mk("_io", "BufferedWriter", x.bufferedBase)
		x.random = mk("_io", "BufferedRandom", x.bufferedBase)
		x.fileIO = mk("_io", "FileIO", x.rawBase)
		for _, c := range []*object.Type{x.text, x.reader, x.writer, x.random, x.fileIO} {
			streamMethods(in, c, c == x.text)
			c.Ready(in)
		}
		return x
	})
}

func streamTypeOf(t *object.Thread, s *stream, m openMode) *object.Type {
	x := streamTypesOf(t)
	switch {
	case !s.binary:
		return x.text
	case s.raw:
		return x.fileIO
	case m.update:
		return x.random
	case m.write:
		return x.writer
	}
	return x.reader
}

// standardStream says which of the program's standard outputs v is.
func standardStream(v object.Value) (fd int, ok bool) {
	if v.Kind() != object.KindNative {
		return 0, false
	}
	x := v.Header().Type
	if x == nil || x.Name != "TextIOWrapper" || x.ModuleName() != "_io" {
		return 0, false
	}
	s := (*stream)(v.Ref)
	return s.std, s.std > 0 && !s.closed
}

// unsupported is io.UnsupportedOperation.
func unsupported(t *object.Thread, msg string) error {
	c, err := member(t, "io", "UnsupportedOperation")
	if err != nil {
		return err
	}
	r, err := object.RaiseValue(t, c, object.Unset)
	if err != nil {
		return err
	}
	exc, err := object.Call(t, c, object.NewStr(msg))
	if err != nil {
		return err
	}
	r.Exc = exc
	return r
}

// use begins an operation on a file: the lock is held when it returns without error.
func (s *stream) use(t *object.Thread, reading, writing bool) error {
	if s.closed {
		what := "I/O operation on closed file."
		if reading && s.binary && !s.raw {
			what = "read of closed file"
		} else if writing && s.binary && !s.raw {
			what = "write to closed file"
		}
		return object.ValueErrorf(t, "%s", what)
	}
	switch {
	case reading && !s.canRead && s.binary && !s.raw:
		return unsupported(t, "read")
	case reading && !s.canRead && s.raw:
		return unsupported(t, "File not open for reading")
	case reading && !s.canRead:
		return unsupported(t, "not readable")
	case writing && !s.canWrite && s.binary && !s.raw:
		return unsupported(t, "write")
	case writing && !s.canWrite && s.raw:
		return unsupported(t, "File not open for writing")
	case writing && !s.canWrite:
		return unsupported(t, "not writable")
	}
	if s.std >= 0 {
		s.mu.Lock()
		return nil
	}
	if err := t.VM.Irrevocable(t); err != nil {
		return err
	}
	s.mu.Lock()
	if reading {
		if err := s.flushOut(); err != nil {
			s.mu.Unlock()
			return osError(t, err)
		}
	}
	return nil
}

// result makes the Python value of what was read.
func (s *stream) result(t *object.Thread, b []byte) (object.Value, error) {
	if s.binary {
		return object.NewBytes(string(b)), nil
	}
	return decodeText(t, s.translated(b), s.encoding, s.errors)
}

// decodeText decodes bytes.
func decodeText(t *object.Thread, b []byte, encoding, errs string) (object.Value, error) {
	if (encoding == "utf-8" || encoding == "ascii" && isASCII(b)) && utf8.Valid(b) {
		return object.NewStr(string(b)), nil
	}
	return object.CallMethod(t, object.NewBytes(string(b)), "decode", object.NewStr(encoding), object.NewStr(errs))
}

// encodeText encodes a string.
func encodeText(t *object.Thread, x *object.Str, encoding, errs string) (string, error) {
	if encoding == "utf-8" && (x.ASCII() || utf8.ValidString(x.S)) || encoding != "utf-8-sig" && x.ASCII() {
		return x.S, nil
	}
	v, err := object.CallMethod(t, x.Value(), "encode", object.NewStr(encoding), object.NewStr(errs))
	if err != nil {
		return "", err
	}
	b, _ := object.AsBytesLike(t, v)
	return b, nil
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// sizeArg is the optional size of read and readline; -1 without.
func sizeArg(t *object.Thread, args []object.Value) (int, error) {
	if len(args) < 2 || args[1].IsNone() {
		return -1, nil
	}
	if !object.IsIntValue(args[1]) {
		return 0, object.TypeErrorf(t, "argument should be integer or None, not '%s'", object.TypeName(t, args[1]))
	}
	return object.IndexInt(t, args[1])
}

func streamRead(t *object.Thread, args []object.Value) (object.Value, error) {
	s := asStream(args[0])
	n, err := sizeArg(t, args)
	if err != nil {
		return object.Unset, err
	}
	if s.std == 0 && !s.closed {
		text, err := readStdinAll(t, n)
		if err != nil {
			return object.Unset, err
		}
		return s.result(t, []byte(text))
	}
	if err := s.use(t, true, false); err != nil {
		return object.Unset, err
	}
	var b []byte
	switch {
	case n < 0:
		b, err = s.takeAll()
	case s.binary:
		b, err = s.takeBytes(n)
	default:
		b, err = s.takeChars(n)
	}
	s.mu.Unlock()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return s.result(t, b)
}

// readLine is a line as the Python value, "" or b"" at the end.
func (s *stream) readLine(t *object.Thread, limit int) (object.Value, bool, error) {
	if s.std == 0 && !s.closed {
		text, err := readStdin(t)
		if err != nil {
			return object.Unset, false, err
		}
		v, err := s.result(t, []byte(text))
		return v, text != "", err
	}
	if err := s.use(t, true, false); err != nil {
		return object.Unset, false, err
	}
	b, err := s.takeLine(-1)
	if limit >= 0 && err == nil {
		keep := min(limit, len(b))
		if !s.binary {
			keep = 0
			for n := 0; n < limit && keep < len(b); n++ {
				_, k := utf8.DecodeRune(b[keep:])
				keep += k
			}
		}
		s.pos -= len(b) - keep
		b = b[:keep]
	}
	b = append([]byte(nil), b...)
	s.mu.Unlock()
	if err != nil {
		return object.Unset, false, osError(t, err)
	}
	v, err := s.result(t, b)
	return v, len(b) > 0, err
}

func streamWrite(t *object.Thread, self, x object.Value) (object.Value, error) {
	s := asStream(self)
	if s.binary {
		b, ok := object.AsBytesLike(t, x)
		if !ok {
			return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, x))
		}
		if s.std > 0 && !s.closed {
			return object.Int(int64(len(b))), output(t, s.std, b)
		}
		if err := s.use(t, false, true); err != nil {
			return object.Unset, err
		}
		err := s.write([]byte(b))
		s.mu.Unlock()
		if err != nil {
			return object.Unset, osError(t, err)
		}
		return object.Int(int64(len(b))), nil
	}
	str, ok := object.AsStr(x)
	if !ok {
		return object.Unset, object.TypeErrorf(t, "write() argument must be str, not %s", object.TypeName(t, x))
	}
	text, err := encodeText(t, str, s.encoding, s.errors)
	if err != nil {
		return object.Unset, err
	}
	if s.std > 0 && !s.closed {
		return object.Int(int64(str.Len)), output(t, s.std, text)
	}
	if err := s.use(t, false, true); err != nil {
		return object.Unset, err
	}
	if s.writeNL != "\n" {
		text = strings.ReplaceAll(text, "\n", s.writeNL)
	}
	err = s.write([]byte(text))
	s.mu.Unlock()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.Int(int64(str.Len)), nil
}

func streamFlush(t *object.Thread, self object.Value) (object.Value, error) {
	s := asStream(self)
	if s.std > 0 && !s.closed {
		return object.None, flushOutput(t, s.std)
	}
	if s.std == 0 && !s.closed {
		return object.None, nil
	}
	if err := s.use(t, false, false); err != nil {
		return object.Unset, err
	}
	err := s.flushOut()
	s.mu.Unlock()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.None, nil
}

func streamClose(t *object.Thread, self object.Value) (object.Value, error) {
	s := asStream(self)
	if err := t.VM.Irrevocable(t); err != nil {
		return object.Unset, err
	}
	s.mu.Lock()
	err := s.close()
	s.mu.Unlock()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.None, nil
}

func streamSeek(t *object.Thread, args []object.Value) (object.Value, error) {
	s := asStream(args[0])
	off, err := object.IndexInt(t, args[1])
	if err != nil {
		return object.Unset, err
	}
	whence := 0
	if len(args) > 2 {
		if whence, err = object.IndexInt(t, args[2]); err != nil {
			return object.Unset, err
		}
	}
	if s.std >= 0 {
		return object.Unset, unsupported(t, "underlying stream is not seekable")
	}
	if !s.binary {
		switch {
		case whence == 0 && off < 0:
			return object.Unset, object.ValueErrorf(t, "negative seek position %d", off)
		case whence == 1 && off != 0:
			return object.Unset, unsupported(t, "can't do nonzero cur-relative seeks")
		case whence == 2 && off != 0:
			return object.Unset, unsupported(t, "can't do nonzero end-relative seeks")
		}
	}
	if whence < 0 || whence > 2 {
		return object.Unset, object.ValueErrorf(t, "invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	if err := s.use(t, false, false); err != nil {
		return object.Unset, err
	}
	p, err := s.seek(int64(off), whence)
	s.mu.Unlock()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.Int(p), nil
}

func streamTell(t *object.Thread, self object.Value) (object.Value, error) {
	s := asStream(self)
	if err := s.use(t, false, false); err != nil {
		return object.Unset, err
	}
	defer s.mu.Unlock()
	if s.file == nil {
		return object.Unset, osErrorNumber(t, syscall.ESPIPE)
	}
	p, err := s.tell()
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.Int(p), nil
}

func streamTruncate(t *object.Thread, args []object.Value) (object.Value, error) {
	s := asStream(args[0])
	if err := s.use(t, false, true); err != nil {
		return object.Unset, err
	}
	n := int64(-1)
	if len(args) > 1 && !args[1].IsNone() {
		k, err := object.IndexInt(t, args[1])
		if err != nil {
			s.mu.Unlock()
			return object.Unset, err
		}
		n = int64(k)
	}
	defer s.mu.Unlock()
	err := s.flushOut()
	if err == nil && n < 0 {
		n, err = s.tell()
	}
	if err == nil {
		err = s.file.Truncate(n)
	}
	if err != nil {
		return object.Unset, osError(t, err)
	}
	return object.Int(n), nil
}

// lines collects lines until the end, or until they have hint bytes.
func (s *stream) lines(t *object.Thread, hint int) ([]object.Value, error) {
	var out []object.Value
	total := 0
	for {
		v, some, err := s.readLine(t, -1)
		if err != nil || !some {
			return out, err
		}
		out = append(out, v)
		n, err := object.Len(t, v)
		if err != nil {
			return nil, err
		}
		if total += n; hint > 0 && total >= hint {
			return out, nil
		}
	}
}

// isTerminal says whether a file descriptor is a terminal.
func isTerminal(f *os.File) bool {
	if f == nil {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}

var _ = io.EOF
