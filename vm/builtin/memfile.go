package builtin

import (
	"strings"

	"gilt/vm/object"
)

// Module _io: files in memory (StringIO, BytesIO), and the classes of files for io.
//
// A file in memory has its state in cells, so that writing to one in a transaction rolls back and does not end it. What has been
// written at the end is kept as a list of pieces, which are joined when somebody reads.

func init() { register("_io", makeIO) }

// Cells of a file in memory.
const (
	memPieces = iota // list of strings or bytes
	memSize          // in code points or bytes
	memPos
	memClosed
	memCells
)

func makeIO(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_io", "Streams.", vary("open", biOpen),
		fixed("open_code", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return biOpen(t, []object.Value{a[0], object.NewStr("rb")}, nil)
		}))
	x := streamTypesOf(t)
	for _, c := range []*object.Type{x.base, x.rawBase, x.bufferedBase, x.textBase, x.text, x.reader, x.writer, x.random, x.fileIO} {
		set(t, m, c.Name, c.Value())
	}
	set(t, m, "StringIO", memType(t, "StringIO", x.textBase, true).Value())
	set(t, m, "BytesIO", memType(t, "BytesIO", x.bufferedBase, false).Value())
	return m, nil
}

// memFile is one of the two classes.
type memFile struct{ text bool }

func (f memFile) value(s string) object.Value {
	if f.text {
		return object.NewStr(s)
	}
	return object.NewBytes(s)
}

func (f memFile) length(s string) int {
	if f.text {
		v, _ := object.AsStr(object.NewStr(s))
		return v.Len
	}
	return len(s)
}

// arg is what write is given.
func (f memFile) arg(t *object.Thread, v object.Value, what string) (string, error) {
	if f.text {
		s, ok := object.AsStr(v)
		if !ok {
			return "", object.TypeErrorf(t, what, object.TypeName(t, v))
		}
		return s.S, nil
	}
	b, ok := object.AsBytesLike(t, v)
	if !ok {
		return "", object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, v))
	}
	return b, nil
}

// check is the error of using a closed file.
func (f memFile) check(t *object.Thread, o *cells) error {
	c, err := o.load(t, memClosed)
	if err == nil && c.AsBool() {
		what := "I/O operation on closed file"
		if !f.text {
			what += "."
		}
		err = object.ValueErrorf(t, "%s", what)
	}
	return err
}

// contents is everything, in one piece.
func (f memFile) contents(t *object.Thread, o *cells) (string, error) {
	l, _ := object.AsList(o.c[memPieces])
	items, err := l.Copy(t)
	if err != nil {
		return "", err
	}
	str := func(v object.Value) string {
		if f.text {
			return (*object.Str)(v.Ref).S
		}
		b, _ := object.AsBytesLike(t, v)
		return b
	}
	switch len(items) {
	case 0:
		return "", nil
	case 1:
		return str(items[0]), nil
	}
	var b strings.Builder
	for _, v := range items {
		b.WriteString(str(v))
	}
	return b.String(), l.Assign(t, []object.Value{f.value(b.String())})
}

// reset makes s the contents.
func (f memFile) reset(t *object.Thread, o *cells, s string) error {
	l, _ := object.AsList(o.c[memPieces])
	if err := l.Assign(t, []object.Value{f.value(s)}); err != nil {
		return err
	}
	return o.store(t, memSize, object.Int(int64(f.length(s))))
}

// offset is the byte at which position n begins.
func (f memFile) offset(s string, n int) int {
	if !f.text || f.length(s) == len(s) {
		return min(n, len(s))
	}
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func (f memFile) write(t *object.Thread, o *cells, s string) error {
	size, err := o.loadInt(t, memSize)
	if err != nil {
		return err
	}
	pos, err := o.loadInt(t, memPos)
	if err != nil {
		return err
	}
	n := int64(f.length(s))
	if n == 0 {
		return nil
	}
	if pos == size {
		l, _ := object.AsList(o.c[memPieces])
		if err := l.Append(t, f.value(s)); err != nil {
			return err
		}
		if err := o.store(t, memSize, object.Int(size+n)); err != nil {
			return err
		}
		return o.store(t, memPos, object.Int(pos+n))
	}
	old, err := f.contents(t, o)
	if err != nil {
		return err
	}
	if pos > size {
		old += strings.Repeat("\x00", int(pos-size))
	}
	from, to := f.offset(old, int(pos)), f.offset(old, int(pos+n))
	if err := f.reset(t, o, old[:from]+s+old[to:]); err != nil {
		return err
	}
	return o.store(t, memPos, object.Int(pos+n))
}

// read takes from the position: a line, or up to n (n < 0: everything).
func (f memFile) read(t *object.Thread, o *cells, n int, line bool) (string, error) {
	pos, err := o.loadInt(t, memPos)
	if err != nil {
		return "", err
	}
	all, err := f.contents(t, o)
	if err != nil {
		return "", err
	}
	rest := all[f.offset(all, int(pos)):]
	if line {
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i+1]
		}
	}
	if n >= 0 {
		rest = rest[:f.offset(rest, n)]
	}
	if rest == "" {
		return "", nil
	}
	return rest, o.store(t, memPos, object.Int(pos+int64(f.length(rest))))
}

func memType(t *object.Thread, name string, base *object.Type, text bool) *object.Type {
	return extOf(t, "io."+name, func() *object.Type {
		in := t.Interp
		f := memFile{text}
		x := newType(t, "_io", name, base, 0)
		x.Flags &^= object.TypeNoDict
		self := func(v object.Value) *cells { return asCells(object.Native(v)) }
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return newCells(t, x, t.NewList(nil), object.Int(0), object.Int(0), object.False).value(), nil
		}
		x.Ops.Init = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) error {
			var a [2]object.Value
			names := []string{"initial_bytes"}
			if text {
				names = []string{"initial_value", "newline"}
			}
			if err := object.ParseArgs(t, name, args, kw, names, 0, a[:len(names)]); err != nil {
				return err
			}
			if a[0].IsUnset() || a[0].IsNone() {
				return nil
			}
			s, err := f.arg(t, a[0], "initial_value must be str or None, not %s")
			if err != nil || s == "" {
				return err
			}
			return f.reset(t, self(v), s)
		}
		method := func(name string, lo, hi int, fn func(t *object.Thread, o *cells, a []object.Value) (object.Value, error)) object.MethodDef {
			return object.MN(name, lo, hi, func(t *object.Thread, args []object.Value) (object.Value, error) {
				o := self(args[0])
				if l := lock(t, &o.Mut); l != nil {
					defer unlock(t, l)
				}
				if err := f.check(t, o); err != nil {
					return object.Unset, err
				}
				return fn(t, o, args)
			})
		}
		read := func(line bool) func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
			return func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				n, err := sizeArg(t, a)
				if err != nil {
					return object.Unset, err
				}
				s, err := f.read(t, o, n, line)
				return f.value(s), err
			}
		}
		yes := func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return object.True, nil }
		no := func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return object.False, nil }
		x.Methods(in,
			method("write", 1, 1, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				s, err := f.arg(t, a[1], "string argument expected, got '%s'")
				if err != nil {
					return object.Unset, err
				}
				return object.Int(int64(f.length(s))), f.write(t, o, s)
			}),
			method("writelines", 1, 1, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				return none(object.Iterate(t, a[1], func(v object.Value) error {
					s, err := f.arg(t, v, "string argument expected, got '%s'")
					if err != nil {
						return err
					}
					return f.write(t, o, s)
				}))
			}),
			method("read", 0, 1, read(false)), method("read1", 0, 1, read(false)), method("readline", 0, 1, read(true)),
			method("readlines", 0, 1, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				var out []object.Value
				for {
					s, err := f.read(t, o, -1, true)
					if err != nil || s == "" {
						return t.NewList(out), err
					}
					out = append(out, f.value(s))
				}
			}),
			method("getvalue", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				s, err := f.contents(t, o)
				return f.value(s), err
			}),
			method("getbuffer", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				s, err := f.contents(t, o)
				return f.value(s), err
			}),
			method("tell", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return o.load(t, memPos) }),
			method("seek", 1, 2, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return f.seek(t, o, a) }),
			method("truncate", 0, 1, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				n, err := sizeArg(t, a)
				if err != nil {
					return object.Unset, err
				}
				if len(a) < 2 || a[1].IsNone() {
					p, err := o.loadInt(t, memPos)
					if err != nil {
						return object.Unset, err
					}
					n = int(p)
				}
				if n < 0 {
					return object.Unset, object.ValueErrorf(t, "negative size value %d", n)
				}
				s, err := f.contents(t, o)
				if err != nil {
					return object.Unset, err
				}
				return object.Int(int64(n)), f.reset(t, o, s[:f.offset(s, n)])
			}),
			method("readable", 0, 0, yes), method("writable", 0, 0, yes), method("seekable", 0, 0, yes), method("isatty", 0, 0, no),
			method("flush", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return object.None, nil }),
			method("fileno", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
				return object.Unset, unsupported(t, "fileno")
			}),
			object.M0("close", func(t *object.Thread, v object.Value) (object.Value, error) {
				return none(self(v).store(t, memClosed, object.True))
			}),
			method("__enter__", 0, 0, func(t *object.Thread, o *cells, a []object.Value) (object.Value, error) { return a[0], nil }),
			object.MN("__exit__", 0, 3, func(t *object.Thread, a []object.Value) (object.Value, error) {
				return none(self(a[0]).store(t, memClosed, object.True))
			}),
		)
		x.Attr(in, "closed", func(t *object.Thread, v object.Value) (object.Value, error) { return self(v).load(t, memClosed) }, nil)
		if text {
			constant := func(name string, v object.Value) {
				x.Attr(in, name, func(t *object.Thread, _ object.Value) (object.Value, error) { return v, nil }, nil)
			}
			constant("encoding", object.None)
			constant("errors", object.None)
			constant("newlines", object.None)
			constant("line_buffering", object.False)
		}
		x.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, f.check(t, asCells(v)) }
		x.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
			o := asCells(v)
			if err := f.check(t, o); err != nil {
				return v, false, err
			}
			s, err := f.read(t, o, -1, true)
			return f.value(s), err == nil && s != "", err
		}
		return x.Ready(in)
	})
}

func (f memFile) seek(t *object.Thread, o *cells, a []object.Value) (object.Value, error) {
	off, err := object.IndexInt(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	whence := 0
	if len(a) > 2 {
		if whence, err = object.IndexInt(t, a[2]); err != nil {
			return object.Unset, err
		}
	}
	base := int64(0)
	switch whence {
	case 0:
		if off < 0 {
			if f.text {
				return object.Unset, object.ValueErrorf(t, "Negative seek position %d", off)
			}
			return object.Unset, object.ValueErrorf(t, "negative seek value %d", off)
		}
	case 1:
		base, err = o.loadInt(t, memPos)
	case 2:
		base, err = o.loadInt(t, memSize)
	default:
		return object.Unset, object.ValueErrorf(t, "Invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	if err != nil {
		return object.Unset, err
	}
	if f.text && whence != 0 && off != 0 {
		return object.Unset, object.NewError(t, t.Interp.Types.OSError, "Can't do nonzero cur-relative seeks")
	}
	p := object.Int(max(base+int64(off), 0))
	return p, o.store(t, memPos, p)
}
