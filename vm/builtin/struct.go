package builtin

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"unsafe"

	"gilt/vm/object"
)

// Module _struct: bytes as packed C values. Module struct (lib/struct.py) has the exception class. A Struct is its
// format, read once, which never changes. Packing and unpacking one item is in struct_codes.go.

func init() { register("_struct", makeStruct) }

// structCode is a run of equal items of a format.
type structCode struct {
	code   byte
	size   int // of one item; of the whole run for s and p
	count  int // how many values it stands for
	offset int
}

// structFormat is a format that has been read.
type structFormat struct {
	text  string
	order binary.ByteOrder
	codes []structCode
	size  int
	items int
}

// structObject is a struct.Struct.
type structObject struct {
	object.Mut
	*structFormat
}

func asStruct(v object.Value) *structFormat {
	return (*structObject)(object.Native(v).Ref).structFormat
}

func structErrorf(t *object.Thread, format string, args ...any) error {
	cls, err := member(t, "struct", "error")
	if err != nil {
		return err
	}
	typ, _ := object.AsType(cls)
	return object.NewError(t, typ, format, args...)
}

// sizes of the codes: standard, and native where that differs.
func structSize(c byte, native bool) int {
	switch c {
	case 'x', 'c', 'b', 'B', '?', 's', 'p':
		return 1
	case 'h', 'H', 'e':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'l', 'L':
		if native {
			return 8
		}
		return 4
	case 'q', 'Q', 'd':
		return 8
	case 'n', 'N', 'P':
		if native {
			return 8
		}
	}
	return 0
}

// structParse reads a format.
func structParse(t *object.Thread, v object.Value) (*structFormat, error) {
	text := ""
	if s, ok := object.AsStr(v); ok {
		if !s.ASCII() {
			_, err := object.CallMethod(t, v, "encode", object.NewStr("ascii"))
			return nil, err
		}
		text = s.S
	} else if b, ok := object.AsBytes(v); ok {
		text = b.S
	} else {
		return nil, object.TypeErrorf(t, "Struct() argument 1 must be a str or bytes object, not %s", object.TypeName(t, v))
	}
	cache := extOf(t, "struct.cache", func() *structCache { return &structCache{} })
	if f := cache.get(text); f != nil {
		return f, nil
	}
	f := &structFormat{text: text, order: binary.LittleEndian}
	native, align := true, true
	s := text
	if s != "" {
		switch s[0] {
		case '@':
			s = s[1:]
		case '=', '<':
			native, align, s = false, false, s[1:]
		case '>', '!':
			native, align, s = false, false, s[1:]
			f.order = binary.BigEndian
		}
	}
	const most = math.MaxInt64
	for i := 0; i < len(s); {
		if strings.IndexByte(" \t\n\r\v\f", s[i]) >= 0 {
			i++
			continue
		}
		n, digits := 1, i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		if i > digits {
			var err error
			if n, err = strconv.Atoi(s[digits:i]); err != nil {
				return nil, structErrorf(t, "total struct size too long")
			}
			if i == len(s) {
				return nil, structErrorf(t, "repeat count given without format specifier")
			}
		}
		c := s[i]
		i++
		size := structSize(c, native)
		if size == 0 {
			return nil, structErrorf(t, "bad char in struct format")
		}
		if align && size > 1 {
			if f.size > most-size {
				return nil, structErrorf(t, "total struct size too long")
			}
			f.size = (f.size + size - 1) / size * size
		}
		if n > (most-f.size)/size {
			return nil, structErrorf(t, "total struct size too long")
		}
		switch c {
		case 'x':
		case 's', 'p':
			f.codes = append(f.codes, structCode{c, n, 1, f.size})
			f.items++
		default:
			f.codes = append(f.codes, structCode{c, size, n, f.size})
			f.items += n
		}
		f.size += n * size
	}
	cache.put(text, f)
	return f, nil
}

// pack writes values into b, which has room for them.
func (f *structFormat) pack(t *object.Thread, b []byte, args []object.Value) error {
	i := 0
	for _, c := range f.codes {
		at := c.offset
		for range c.count {
			if err := f.put(t, c, b[at:at+c.size], args[i]); err != nil {
				return err
			}
			i++
			at += c.size
		}
	}
	return nil
}

// unpack reads the values.
func (f *structFormat) unpack(s string) object.Value {
	out := make([]object.Value, 0, min(f.items, len(s)+len(f.codes)))
	for _, c := range f.codes {
		at := c.offset
		for range c.count {
			out = append(out, f.get(c, s[at:at+c.size]))
			at += c.size
		}
	}
	return object.TupleOf(out)
}

func (f *structFormat) packArgs(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) != f.items {
		return object.Unset, structErrorf(t, "pack expected %d items for packing (got %d)", f.items, len(args))
	}
	b := make([]byte, f.size)
	if err := f.pack(t, b, args); err != nil {
		return object.Unset, err
	}
	return object.NewBytes(string(b)), nil
}

// writable is the array behind a bytearray or a view of one.
func writable(t *object.Thread, v object.Value) ([]byte, error) {
	if a, ok := object.AsByteArray(v); ok {
		return a.Buffer(t)
	}
	if object.TypeOf(t, v) == t.Interp.Types.MemoryView {
		m := (*object.MemoryView)(v.Ref)
		of, err := t.Load(&m.Mut, &m.Of)
		if err != nil {
			return nil, err
		}
		if a, ok := object.AsByteArray(of); ok && m.Step == 1 {
			b, err := a.Buffer(t)
			if err != nil {
				return nil, err
			}
			lo := min(m.Start, len(b))
			return b[lo:min(m.Start+m.Len, len(b))], nil
		}
	}
	return nil, object.TypeErrorf(t, "argument must be read-write bytes-like object, not %s", object.TypeName(t, v))
}

func (f *structFormat) packInto(t *object.Thread, args []object.Value) (object.Value, error) {
	switch {
	case len(args) == 0:
		return object.Unset, structErrorf(t, "pack_into expected buffer argument")
	case len(args) == 1:
		return object.Unset, structErrorf(t, "pack_into expected offset argument")
	case len(args)-2 != f.items:
		return object.Unset, structErrorf(t, "pack_into expected %d items for packing (got %d)", f.items, len(args)-2)
	}
	off, err := object.IndexInt(t, args[1])
	if err != nil {
		return object.Unset, err
	}
	packed := make([]byte, f.size)
	if err := f.pack(t, packed, args[2:]); err != nil { // may run code that resizes the array
		return object.Unset, err
	}
	b, err := writable(t, args[0])
	if err != nil {
		return object.Unset, err
	}
	if off < 0 {
		if off+f.size > 0 {
			return object.Unset, structErrorf(t, "no space to pack %d bytes at offset %d", f.size, off)
		}
		if off+len(b) < 0 {
			return object.Unset, structErrorf(t, "offset %d out of range for %d-byte buffer", off, len(b))
		}
		off += len(b)
	}
	if len(b)-off < f.size {
		return object.Unset, structErrorf(t, "pack_into requires a buffer of at least %d bytes for packing %d bytes at offset %d (actual buffer size is %d)",
			uint64(f.size)+uint64(off), f.size, off, len(b))
	}
	for _, c := range f.codes { // padding stays as it is
		n := c.offset + c.size*c.count
		copy(b[off+c.offset:off+n], packed[c.offset:n])
	}
	return object.None, nil
}

func (f *structFormat) unpackBuffer(t *object.Thread, v object.Value) (object.Value, error) {
	s, err := object.Buffer(t, v)
	if err != nil {
		return object.Unset, err
	}
	if len(s) != f.size {
		return object.Unset, structErrorf(t, "unpack requires a buffer of %d bytes", f.size)
	}
	return f.unpack(s), nil
}

func (f *structFormat) unpackFrom(t *object.Thread, v, offset object.Value) (object.Value, error) {
	off, err := optionalInt(t, offset)
	if err != nil {
		return object.Unset, err
	}
	s, err := object.Buffer(t, v)
	if err != nil {
		return object.Unset, err
	}
	if off < 0 {
		if off+f.size > 0 {
			return object.Unset, structErrorf(t, "not enough data to unpack %d bytes at offset %d", f.size, off)
		}
		if off+len(s) < 0 {
			return object.Unset, structErrorf(t, "offset %d out of range for %d-byte buffer", off, len(s))
		}
		off += len(s)
	}
	if len(s)-off < f.size {
		return object.Unset, structErrorf(t, "unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)",
			uint64(f.size)+uint64(off), f.size, off, len(s))
	}
	return f.unpack(s[off : off+f.size]), nil
}

// A struct iterator's cells: 0 the Struct; 1 the buffer, Unset at the end; 2 the offset.
func structIterType(t *object.Thread) *object.Type {
	return extOf(t, "struct.iter", func() *object.Type {
		x := newType(t, "_struct", "unpack_iterator", nil, 0)
		x.Ops.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return v, nil }
		left := func(t *object.Thread, o *cells) (s string, at int64, err error) {
			buf, err := o.load(t, 1)
			if err != nil || buf.IsUnset() {
				return "", 0, err
			}
			if s, err = object.Buffer(t, buf); err != nil {
				return "", 0, err
			}
			at, err = o.loadInt(t, 2)
			return s, at, err
		}
		x.Ops.Next = func(t *object.Thread, v object.Value) (object.Value, bool, error) {
			o := asCells(v)
			if l := lock(t, &o.Mut); l != nil {
				defer unlock(t, l)
			}
			f := asStruct(o.c[0])
			s, at, err := left(t, o)
			if err != nil || int(at)+f.size > len(s) {
				if err == nil {
					err = o.store(t, 1, object.Unset)
				}
				return object.Unset, false, err
			}
			return f.unpack(s[at : int(at)+f.size]), true, o.store(t, 2, object.Int(at+int64(f.size)))
		}
		x.Methods(t.Interp, object.M0("__length_hint__", func(t *object.Thread, v object.Value) (object.Value, error) {
			s, at, err := left(t, asCells(v))
			return object.Int((int64(len(s)) - at) / int64(asStruct(asCells(v).c[0]).size)), err
		}))
		return x.Ready(t.Interp)
	})
}

func (f *structFormat) iterUnpack(t *object.Thread, v object.Value) (object.Value, error) {
	if f.size == 0 {
		return object.Unset, structErrorf(t, "cannot iteratively unpack with a struct of length 0")
	}
	s, err := object.Buffer(t, v)
	if err != nil {
		return object.Unset, err
	}
	if len(s)%f.size != 0 {
		return object.Unset, structErrorf(t, "iterative unpacking requires a buffer of a multiple of %d bytes", f.size)
	}
	return newCells(t, structIterType(t), newStruct(t, f), v, object.Int(0)).value(), nil
}

func newStruct(t *object.Thread, f *structFormat) object.Value {
	return object.FromPointer(unsafe.Pointer(&structObject{t.NewMut(object.KindNative, packedType(t)), f}))
}

func packedType(t *object.Thread) *object.Type {
	return extOf(t, "struct.Struct", func() *object.Type {
		in := t.Interp
		x := newType(t, "_struct", "Struct", nil, 0)
		x.Ops.Publish = nil
		x.Ops.InitIsNew = true
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [1]object.Value
			if err := object.ParseArgs(t, "Struct", args, kw, []string{"format"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			f, err := structParse(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return newStruct(t, f), nil
		}
		x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			return "Struct(" + object.ReprStr(asStruct(v).text) + ")", nil
		}
		x.Attr(in, "format", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.NewStr(asStruct(v).text), nil
		}, nil)
		x.Attr(in, "size", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.Int(int64(asStruct(v).size)), nil
		}, nil)
		x.Methods(in,
			object.MN("pack", 0, -1, func(t *object.Thread, a []object.Value) (object.Value, error) {
				return asStruct(a[0]).packArgs(t, a[1:])
			}),
			object.MN("pack_into", 0, -1, func(t *object.Thread, a []object.Value) (object.Value, error) {
				return asStruct(a[0]).packInto(t, a[1:])
			}),
			object.M1("unpack", func(t *object.Thread, v, b object.Value) (object.Value, error) { return asStruct(v).unpackBuffer(t, b) }),
			object.M1("iter_unpack", func(t *object.Thread, v, b object.Value) (object.Value, error) { return asStruct(v).iterUnpack(t, b) }),
			object.MK("unpack_from", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [2]object.Value
				if err := object.ParseArgs(t, "unpack_from", args[1:], kw, []string{"buffer", "offset"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				return asStruct(args[0]).unpackFrom(t, a[0], a[1])
			}))
		return x.Ready(in)
	})
}

func makeStruct(t *object.Thread) (*object.Module, error) {
	any := func(name string, run func(t *object.Thread, f *structFormat, a []object.Value) (object.Value, error)) def {
		return fixed(name, 0, -1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			if len(a) == 0 {
				return object.Unset, object.TypeErrorf(t, "missing format argument")
			}
			f, err := structParse(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return run(t, f, a[1:])
		})
	}
	two := func(name string, run func(t *object.Thread, f *structFormat, b object.Value) (object.Value, error)) def {
		return vary(name, func(t *object.Thread, a []object.Value, kw *object.Kwargs) (object.Value, error) {
			if err := wantArgs(t, name, 2, 2, a, kw); err != nil {
				return object.Unset, err
			}
			f, err := structParse(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return run(t, f, a[1])
		})
	}
	m := newModule(t, "_struct", "Packed binary data.",
		any("pack", func(t *object.Thread, f *structFormat, a []object.Value) (object.Value, error) {
			return f.packArgs(t, a)
		}),
		any("pack_into", func(t *object.Thread, f *structFormat, a []object.Value) (object.Value, error) {
			return f.packInto(t, a)
		}),
		two("unpack", func(t *object.Thread, f *structFormat, b object.Value) (object.Value, error) {
			return f.unpackBuffer(t, b)
		}),
		two("iter_unpack", func(t *object.Thread, f *structFormat, b object.Value) (object.Value, error) {
			return f.iterUnpack(t, b)
		}),
		vary("unpack_from", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := object.ParseArgs(t, "unpack_from", args, kw, []string{"format", "buffer", "offset"}, 2, a[:]); err != nil {
				return object.Unset, err
			}
			f, err := structParse(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return f.unpackFrom(t, a[1], a[2])
		}),
		fixed("calcsize", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			f, err := structParse(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return object.Int(int64(f.size)), nil
		}),
		fixed("_clearcache", 0, 0, func(t *object.Thread, a []object.Value) (object.Value, error) { return object.None, nil }))
	set(t, m, "Struct", packedType(t).Value())
	return m, nil
}
