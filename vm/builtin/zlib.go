package builtin

import (
	"hash/crc32"

	"gilt/vm/deflate"
	"gilt/vm/object"
)

// Module _zlib: what module zlib (lib/zlib.py) is made of. The state of a compressor or decompressor is a value of package deflate that
// never changes, in a box in cell 0; long inputs are worked on with the interpreter's lock released.

func init() { register("_zlib", makeZlib) }

// The cost per byte on simulated cores, in nanoseconds.
const (
	zlibPackCost   = 15
	zlibUnpackCost = 3
)

func zlibErrorf(t *object.Thread, format string, args ...any) error {
	cls, err := member(t, "zlib", "error")
	if err != nil {
		return err
	}
	typ, _ := object.AsType(cls)
	return object.NewError(t, typ, format, args...)
}

// zlibFormat is what wbits means; reading also knows gzip and zlib by their headers.
func zlibFormat(wbits int, reading bool) (deflate.Format, bool) {
	switch {
	case wbits >= -15 && wbits <= -8:
		return deflate.Raw, true
	case wbits >= 9 && wbits <= 15, reading && (wbits == 0 || wbits == 8):
		return deflate.Zlib, true
	case wbits >= 25 && wbits <= 31:
		return deflate.Gzip, true
	case reading && wbits >= 40 && wbits <= 47:
		return deflate.Auto, true
	}
	return 0, false
}

// unpacked is what a step of decompression comes to.
type unpacked struct {
	s    *deflate.Inflater
	out  []byte
	tail string
	err  error
}

func unpack(t *object.Thread, s *deflate.Inflater, data string, most int) (unpacked, error) {
	return released(t, workKey{op: "inflate", state: s, input: data, n: most}, zlibUnpackCost, func() (u unpacked) {
		u.s, u.out, u.tail, u.err = s.Step(data, most)
		return u
	})
}

// packed is what a step of compression comes to.
type packed struct {
	s   *deflate.Deflater
	out []byte
	err error
}

func pack(t *object.Thread, s *deflate.Deflater, data string, how deflate.Flush) (packed, error) {
	return released(t, workKey{op: "deflate", state: s, input: data, n: int(how)}, zlibPackCost, func() (p packed) {
		p.s, p.out, p.err = s.Step(data, how)
		return p
	})
}

// unpackError is the exception for an error in compressed data.
func unpackError(t *object.Thread, err error) error {
	if err == deflate.ErrNeedDict {
		return zlibErrorf(t, "Error 2 while decompressing data")
	}
	what := "decompressing data"
	if err == deflate.ErrBadDict {
		what = "setting zdict"
	}
	return zlibErrorf(t, "Error -3 while %s: %s", what, err.Error())
}

// intArgs reads optional ints.
func intArgs(t *object.Thread, vs []object.Value, at ...*int) error {
	for i, p := range at {
		if !vs[i].IsUnset() {
			n, err := object.IndexInt(t, vs[i])
			if err != nil {
				return err
			}
			*p = n
		}
	}
	return nil
}

func makeZlib(t *object.Thread) (*object.Module, error) {
	sum := func(name string, start uint32, update func(sum uint32, b []byte) uint32) def {
		return fixed(name, 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			data, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			from := start
			if len(a) > 1 {
				b, err := object.IndexBig(t, a[1])
				if err != nil {
					return object.Unset, err
				}
				from = uint32(b.Uint64())
				if b.Sign() < 0 {
					from = -from
				}
			}
			r, err := released(t, workKey{op: name, input: data, n: int(from)}, 1, func() uint32 { return update(from, []byte(data)) })
			return object.Int(int64(r)), err
		})
	}
	return newModule(t, "_zlib", "Compression.",
		sum("crc32", 0, func(s uint32, b []byte) uint32 { return crc32.Update(s, crc32.IEEETable, b) }), sum("adler32", 1, deflate.Adler),
		vary("compress", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := object.ParseArgs(t, "compress", args, kw, []string{"data", "level", "wbits"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			data, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			level, wbits := -1, 15
			if err := intArgs(t, a[1:], &level, &wbits); err != nil {
				return object.Unset, err
			}
			f, ok := zlibFormat(wbits, false)
			if !ok || level < -1 || level > 9 {
				return object.Unset, zlibErrorf(t, "Bad compression level")
			}
			p, err := released(t, workKey{op: "zlib.compress", input: data, n: level, m: wbits}, zlibPackCost, func() (p packed) {
				p.out, p.err = deflate.Compress(f, level, data)
				return p
			})
			if err == nil {
				err = p.err
			}
			return object.NewBytes(string(p.out)), err
		}),
		vary("decompress", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := object.ParseArgs(t, "decompress", args, kw, []string{"data", "wbits", "bufsize"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			data, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			wbits, size := 15, 16384
			if err := intArgs(t, a[1:], &wbits, &size); err != nil {
				return object.Unset, err
			}
			if size <= 0 {
				return object.Unset, object.ValueErrorf(t, "bufsize must be non-zero")
			}
			f, ok := zlibFormat(wbits, true)
			if !ok {
				return object.Unset, zlibErrorf(t, "Error -2 while preparing to decompress data: inconsistent stream state")
			}
			u, err := released(t, workKey{op: "zlib.decompress", input: data, n: wbits}, zlibUnpackCost, func() (u unpacked) {
				u.s, u.out, u.tail, u.err = deflate.NewInflater(f, "").Step(data, -1)
				return u
			})
			if err != nil {
				return object.Unset, err
			}
			if u.err != nil {
				return object.Unset, unpackError(t, u.err)
			}
			if !u.s.Done() {
				return object.Unset, zlibErrorf(t, "Error -5 while decompressing data: incomplete or truncated stream")
			}
			return object.NewBytes(string(u.out)), nil
		}),
		vary("compressobj", newCompressor), vary("decompressobj", newDecompressor)), nil
}

func newCompressor(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [6]object.Value
	if err := object.ParseArgs(t, "compressobj", args, kw, []string{"level", "method", "wbits", "memLevel", "strategy", "zdict"}, 0, a[:]); err != nil {
		return object.Unset, err
	}
	level, method, wbits, mem, strategy := -1, 8, 15, 8, 0
	if err := intArgs(t, a[:], &level, &method, &wbits, &mem, &strategy); err != nil {
		return object.Unset, err
	}
	dict, err := dictArg(t, a[5])
	if err != nil {
		return object.Unset, err
	}
	f, ok := zlibFormat(wbits, false)
	if !ok || level < -1 || level > 9 || method != 8 || mem < 1 || mem > 9 || strategy < 0 || strategy > 4 {
		return object.Unset, object.ValueErrorf(t, "Invalid initialization option")
	}
	if strategy == 2 && level != 0 {
		level = -2
	}
	return newCells(t, compressorType(t), object.NewBox(deflate.NewDeflater(f, level, dict))).value(), nil
}

func dictArg(t *object.Thread, v object.Value) (string, error) {
	if v.IsUnset() || v.IsNone() {
		return "", nil
	}
	s, ok := object.AsBytesLike(t, v)
	if !ok {
		return "", object.TypeErrorf(t, "zdict argument must support the buffer protocol")
	}
	return s, nil
}

func compressorType(t *object.Thread) *object.Type {
	return extOf(t, "zlib.Compress", func() *object.Type {
		x := newType(t, "zlib", "Compress", nil, 0)
		step := func(t *object.Thread, v object.Value, data string, how deflate.Flush, what string) (object.Value, error) {
			o := asCells(v)
			for {
				b, err := o.load(t, 0)
				if err != nil {
					return object.Unset, err
				}
				s := object.Unbox(b).(*deflate.Deflater)
				if s.Done() {
					return object.Unset, zlibErrorf(t, "Error -2 while %s: inconsistent stream state", what)
				}
				p, err := pack(t, s, data, how)
				if err == nil {
					err = p.err
				}
				if err != nil {
					return object.Unset, err
				}
				if ok, err := storeIfSame(t, o, 0, s, p.s); ok || err != nil {
					return object.NewBytes(string(p.out)), err
				}
			}
		}
		same := func(t *object.Thread, args []object.Value) (object.Value, error) {
			b, err := asCells(args[0]).load(t, 0)
			if err != nil {
				return object.Unset, err
			}
			if object.Unbox(b).(*deflate.Deflater).Done() {
				return object.Unset, object.ValueErrorf(t, "Inconsistent stream state")
			}
			return newCells(t, x, b).value(), nil
		}
		x.Methods(t.Interp,
			object.M1("compress", func(t *object.Thread, v, data object.Value) (object.Value, error) {
				s, err := object.Buffer(t, data)
				if err != nil {
					return object.Unset, err
				}
				return step(t, v, s, deflate.Keep, "compressing data")
			}),
			object.MN("flush", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				mode := 4
				if len(args) > 1 {
					if err := intArgs(t, args[1:], &mode); err != nil {
						return object.Unset, err
					}
				}
				switch mode {
				case 0:
					return object.NewBytes(""), nil
				case 1, 2, 5:
					return step(t, args[0], "", deflate.Sync, "flushing")
				case 3:
					return step(t, args[0], "", deflate.Full, "flushing")
				case 4:
					return step(t, args[0], "", deflate.Finish, "flushing")
				}
				return object.Unset, zlibErrorf(t, "Error -2 while flushing: inconsistent stream state")
			}),
			object.MN("copy", 0, 0, same), object.MN("__copy__", 0, 0, same), object.MN("__deepcopy__", 1, 1, same))
		return x.Ready(t.Interp)
	})
}

// zlibReader is the state of a decompressor.
type zlibReader struct {
	s            *deflate.Inflater
	unused, tail string
}

func newDecompressor(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [2]object.Value
	if err := object.ParseArgs(t, "decompressobj", args, kw, []string{"wbits", "zdict"}, 0, a[:]); err != nil {
		return object.Unset, err
	}
	wbits := 15
	if err := intArgs(t, a[:], &wbits); err != nil {
		return object.Unset, err
	}
	dict, err := dictArg(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	f, ok := zlibFormat(wbits, true)
	if !ok {
		return object.Unset, object.ValueErrorf(t, "Invalid initialization option")
	}
	return newCells(t, decompressorType(t), object.NewBox(&zlibReader{s: deflate.NewInflater(f, dict)})).value(), nil
}

// inflate is decompress and flush: data nil means what is left over.
func (o *cells) inflate(t *object.Thread, data *string, most int) (object.Value, error) {
	for {
		b, err := o.load(t, 0)
		if err != nil {
			return object.Unset, err
		}
		r := object.Unbox(b).(*zlibReader)
		in := r.tail
		if data != nil {
			in = *data
		}
		next := &zlibReader{s: r.s, unused: r.unused, tail: r.tail}
		var out []byte
		if r.s.Done() {
			next.unused += in
			next.tail = ""
		} else {
			u, err := unpack(t, r.s, in, most)
			if err != nil {
				return object.Unset, err
			}
			if u.err != nil {
				return object.Unset, unpackError(t, u.err)
			}
			next.s, next.tail, out = u.s, u.tail, u.out
			if u.s.Done() {
				next.unused, next.tail = u.tail, ""
			}
		}
		if ok, err := storeIfSame(t, o, 0, r, next); ok || err != nil {
			return object.NewBytes(string(out)), err
		}
	}
}

func decompressorType(t *object.Thread) *object.Type {
	return extOf(t, "zlib.Decompress", func() *object.Type {
		x := newType(t, "zlib", "Decompress", nil, 0)
		attr := func(name string, get func(r *zlibReader) object.Value) {
			x.Attr(t.Interp, name, func(t *object.Thread, v object.Value) (object.Value, error) {
				b, err := asCells(v).load(t, 0)
				if err != nil {
					return object.Unset, err
				}
				return get(object.Unbox(b).(*zlibReader)), nil
			}, nil)
		}
		attr("unused_data", func(r *zlibReader) object.Value { return object.NewBytes(r.unused) })
		attr("unconsumed_tail", func(r *zlibReader) object.Value { return object.NewBytes(r.tail) })
		attr("eof", func(r *zlibReader) object.Value { return object.Bool(r.s.Done()) })
		same := func(t *object.Thread, args []object.Value) (object.Value, error) {
			b, err := asCells(args[0]).load(t, 0)
			if err != nil {
				return object.Unset, err
			}
			return newCells(t, x, b).value(), nil
		}
		x.Methods(t.Interp,
			object.MK("decompress", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [2]object.Value
				if err := object.ParseArgs(t, "decompress", args[1:], kw, []string{"data", "max_length"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				data, err := object.Buffer(t, a[0])
				if err != nil {
					return object.Unset, err
				}
				most := 0
				if err := intArgs(t, a[1:], &most); err != nil {
					return object.Unset, err
				}
				if most < 0 {
					return object.Unset, object.ValueErrorf(t, "max_length must be non-negative")
				}
				if most == 0 {
					most = -1
				}
				return asCells(args[0]).inflate(t, &data, most)
			}),
			object.MN("flush", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				n := 16384
				if len(args) > 1 {
					if err := intArgs(t, args[1:], &n); err != nil {
						return object.Unset, err
					}
				}
				if n <= 0 {
					return object.Unset, object.ValueErrorf(t, "length must be greater than zero")
				}
				return asCells(args[0]).inflate(t, nil, -1)
			}),
			object.MN("copy", 0, 0, same), object.MN("__copy__", 0, 0, same), object.MN("__deepcopy__", 1, 1, same))
		return x.Ready(t.Interp)
	})
}
