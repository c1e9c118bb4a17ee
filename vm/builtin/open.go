package builtin

import (
	"os"
	"strings"
	"syscall"

	"gilt/vm/object"
)

// open().

// openMode is a mode of open, taken apart.
type openMode struct {
	text                        string
	binary, read, write, update bool
	flags                       int
}

// parseMode takes a mode apart, with CPython's complaints.
func parseMode(t *object.Thread, mode string) (openMode, error) {
	m := openMode{text: mode}
	text := false
	kinds := 0
	for i, c := range mode {
		if strings.ContainsRune(mode[:i], c) {
			return m, object.ValueErrorf(t, "invalid mode: %s", quote(mode))
		}
		switch c {
		case 'r':
			m.read = true
			kinds++
		case 'w':
			m.write = true
			m.flags |= os.O_CREATE | os.O_TRUNC
			kinds++
		case 'a':
			m.write = true
			m.flags |= os.O_CREATE | os.O_APPEND
			kinds++
		case 'x':
			m.write = true
			m.flags |= os.O_CREATE | os.O_EXCL
			kinds++
		case '+':
			m.update = true
		case 't':
			text = true
		case 'b':
			m.binary = true
		default:
			return m, object.ValueErrorf(t, "invalid mode: %s", quote(mode))
		}
	}
	switch {
	case text && m.binary:
		return m, object.ValueErrorf(t, "can't have text and binary mode at once")
	case kinds > 1:
		return m, object.ValueErrorf(t, "must have exactly one of create/read/write/append mode")
	case kinds == 0:
		return m, object.ValueErrorf(t, "Must have exactly one of create/read/write/append mode and at most one plus")
	}
	switch {
	case m.update:
		m.flags |= os.O_RDWR
		m.read, m.write = true, true
	case m.write:
		m.flags |= os.O_WRONLY
	}
	return m, nil
}

// quote is repr of a string without special characters.
func quote(s string) string { return "'" + s + "'" }

// encodingName normalises the name of an encoding that files can have.
func encodingName(s string) (string, bool) {
	n := strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(s))
	switch n {
	case "utf-8", "utf8", "u8", "utf", "cp65001":
		return "utf-8", true
	case "utf-8-sig":
		return "utf-8-sig", true
	case "ascii", "us-ascii", "646":
		return "ascii", true
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "8859", "l1", "cp819":
		return "latin-1", true
	case "locale":
		return "utf-8", true
	}
	return s, false
}

func biOpen(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [8]object.Value
	names := []string{"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"}
	if err := object.ParseArgs(t, "open", args, kw, names, 1, a[:]); err != nil {
		return object.Unset, err
	}
	given := func(i int) bool { return !a[i].IsUnset() && !a[i].IsNone() }
	mode := "r"
	if !a[1].IsUnset() {
		s, ok := object.AsStr(a[1])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "open() argument 'mode' must be str, not %s", object.TypeName(t, a[1]))
		}
		mode = s.S
	}
	m, err := parseMode(t, mode)
	if err != nil {
		return object.Unset, err
	}
	s := &stream{std: -1, mode: mode, binary: m.binary, encoding: "utf-8", errors: "strict", newline: object.None, writeNL: "\n"}
	if err := s.setText(t, a[3], a[4], a[5]); err != nil {
		return object.Unset, err
	}
	buffering := int64(-1)
	if !a[2].IsUnset() {
		n, err := object.IndexInt(t, a[2])
		if err != nil {
			return object.Unset, err
		}
		buffering = int64(n)
	}
	if m.binary {
		for i, what := range map[int]string{3: "an encoding", 4: "an errors", 5: "a newline"} {
			if given(i) {
				return object.Unset, object.ValueErrorf(t, "binary mode doesn't take %s argument", what)
			}
		}
	} else if buffering == 0 {
		return object.Unset, object.ValueErrorf(t, "can't have unbuffered text I/O")
	}
	s.raw, s.line = buffering == 0, buffering == 1 && !m.binary
	s.canRead, s.canWrite, s.appends = m.read, m.write, m.flags&os.O_APPEND != 0
	if err := s.open(t, a[0], m, a[6], a[7]); err != nil {
		return object.Unset, err
	}
	s.Mut = t.NewMut(object.KindNative, streamTypeOf(t, s, m))
	return s.value(), nil
}

// setText reads the arguments that say how text is stored.
func (s *stream) setText(t *object.Thread, encoding, errs, newline object.Value) error {
	if !encoding.IsUnset() && !encoding.IsNone() {
		e, ok := object.AsStr(encoding)
		if !ok {
			return object.TypeErrorf(t, "open() argument 'encoding' must be str or None, not %s", object.TypeName(t, encoding))
		}
		s.named = true
		if s.encoding, ok = encodingName(e.S); !ok {
			return object.NewError(t, t.Interp.Types.LookupError, "unknown encoding: %s", e.S)
		}
	}
	if !errs.IsUnset() && !errs.IsNone() {
		e, ok := object.AsStr(errs)
		if !ok {
			return object.TypeErrorf(t, "open() argument 'errors' must be str or None, not %s", object.TypeName(t, errs))
		}
		s.errors = e.S
	}
	s.universal, s.translate = !s.binary, !s.binary
	if newline.IsUnset() || newline.IsNone() {
		return nil
	}
	n, ok := object.AsStr(newline)
	if !ok {
		return object.TypeErrorf(t, "open() argument 'newline' must be str or None, not %s", object.TypeName(t, newline))
	}
	s.newline = newline
	s.universal, s.translate = false, false
	switch n.S {
	case "":
		s.universal = !s.binary
	case "\n", "\r", "\r\n":
		s.writeNL = n.S
	default:
		r, err := object.Repr(t, newline)
		if err != nil {
			return err
		}
		return object.ValueErrorf(t, "illegal newline value: %s", r)
	}
	return nil
}

// open opens the file.
func (s *stream) open(t *object.Thread, file object.Value, m openMode, closefd, opener object.Value) error {
	if err := t.VM.Irrevocable(t); err != nil {
		return err
	}
	s.name = file
	if object.IsIntValue(file) || !opener.IsUnset() && !opener.IsNone() {
		fd := int64(0)
		var err error
		if object.IsIntValue(file) {
			fd, _ = object.AsInt64(file)
			if !closefd.IsUnset() {
				keep, err := object.Truth(t, closefd)
				if err != nil {
					return err
				}
				s.keepFd = !keep
			}
		} else {
			v, e := object.Call(t, opener, file, object.Int(int64(m.flags|syscall.O_CLOEXEC)))
			if e != nil {
				return e
			}
			fd, _ = object.AsInt64(v)
		}
		if fd < 0 {
			return object.ValueErrorf(t, "negative file descriptor")
		}
		var st syscall.Stat_t
		if err = syscall.Fstat(int(fd), &st); err != nil {
			return osError(t, err, file)
		}
		s.file = os.NewFile(uintptr(fd), "file")
		return nil
	}
	name, err := pathArg(t, "open", file)
	if err != nil {
		return object.TypeErrorf(t, "expected str, bytes or os.PathLike object, not %s", object.TypeName(t, file))
	}
	if strings.IndexByte(name, 0) >= 0 {
		return object.ValueErrorf(t, "embedded null character")
	}
	f, err := os.OpenFile(name, m.flags, 0o666)
	if err != nil {
		return osError(t, err, file)
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		f.Close()
		return osErrorNumber(t, syscall.EISDIR, file)
	}
	s.file = f
	return nil
}
