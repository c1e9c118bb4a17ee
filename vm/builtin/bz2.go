package builtin

import (
	"bytes"
	stdbzip2 "compress/bzip2"
	"io"
	"strings"

	"github.com/dsnet/compress/bzip2"

	"gilt/vm/object"
)

// Module _bz2: the compressor and decompressor of module bz2 (lib/bz2.py). A bzip2 stream is made of blocks of 100 to 900 kB that are sorted
// whole, so both keep their input, as a value that never changes in a box in cell 0, until the stream ends.

func init() { register("_bz2", makeBz2) }

// The cost per byte on simulated cores, in nanoseconds.
const (
	bz2PackCost   = 80
	bz2UnpackCost = 40
)

// bz2Writer is a compressor's state.
type bz2Writer struct {
	level int
	in    string
	done  bool
}

// bz2Reader is a decompressor's state: input without an end so far, or the output that has not been asked for.
type bz2Reader struct {
	in     string
	eof    bool
	ready  string
	ended  bool // the stream's end has been found; ready may still have output
	unused string
}

// bz2Result is what native work on a stream comes to.
type bz2Result struct {
	out string
	err error
}

func bz2Pack(level int, in string) (r bz2Result) {
	var b bytes.Buffer
	w, err := bzip2.NewWriter(&b, &bzip2.WriterConfig{Level: level})
	if err == nil {
		_, err = io.WriteString(w, in)
	}
	if err == nil {
		err = w.Close()
	}
	return bz2Result{b.String(), err}
}

func bz2Unpack(in string) bz2Result {
	out, err := io.ReadAll(stdbzip2.NewReader(strings.NewReader(in)))
	return bz2Result{string(out), err}
}

// bz2End finds the ends of streams: places behind the end mark (48 bits at any bit) and the checksum that follows. It calls
// try for each until that accepts one.
func bz2End(in string, try func(end int) bool) bool {
	const mark = 0x177245385090
	var window uint64
	for i := range len(in) {
		window = window<<8 | uint64(in[i])
		if i < 9 { // the shortest stream has a header of 4 bytes and the mark
			continue
		}
		for shift := range uint(8) {
			if window>>shift&(1<<48-1) != mark {
				continue
			}
			end := (8*(i+1) - int(shift) + 32 + 7) / 8 // the checksum has 32 bits, shift of which are in byte i
			if end <= len(in) && try(end) {
				return true
			}
		}
	}
	return false
}

// step decompresses more input.
func (r *bz2Reader) step(data string) (*bz2Reader, error) {
	n := *r
	n.in += data
	for i, c := range []byte("BZh") {
		if i < len(n.in) && n.in[i] != c {
			return nil, io.ErrUnexpectedEOF
		}
	}
	if len(n.in) > 3 && (n.in[3] < '1' || n.in[3] > '9') {
		return nil, io.ErrUnexpectedEOF
	}
	if len(n.in) >= 10 && n.in[4:10] != "1AY&SY" && n.in[4:10] != "\x17\x72\x45\x38\x50\x90" {
		return nil, io.ErrUnexpectedEOF
	}
	var failed error
	found := bz2End(n.in, func(end int) bool {
		u := bz2Unpack(n.in[:end])
		if u.err != nil {
			failed = u.err
			return false
		}
		n.ended, n.ready, n.unused, n.in = true, u.out, n.in[end:], ""
		return true
	})
	if !found && failed != nil {
		return nil, failed
	}
	return &n, nil
}

func makeBz2(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_bz2", "bzip2 streams.")
	set(t, m, "BZ2Compressor", bz2CompressorType(t).Value())
	set(t, m, "BZ2Decompressor", bz2DecompressorType(t).Value())
	return m, nil
}

func bz2CompressorType(t *object.Thread) *object.Type {
	return extOf(t, "bz2.Compressor", func() *object.Type {
		x := newType(t, "_bz2", "BZ2Compressor", nil, 0)
		x.Ops.InitIsNew = true
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [1]object.Value
			if err := object.ParseArgs(t, "BZ2Compressor", args, kw, []string{"compresslevel"}, 0, a[:]); err != nil {
				return object.Unset, err
			}
			level := 9
			if err := intArgs(t, a[:], &level); err != nil {
				return object.Unset, err
			}
			if level < 1 || level > 9 {
				return object.Unset, object.ValueErrorf(t, "compresslevel must be between 1 and 9")
			}
			return newCells(t, x, object.NewBox(&bz2Writer{level: level})).value(), nil
		}
		load := func(t *object.Thread, v object.Value) (*bz2Writer, error) {
			b, err := asCells(v).load(t, 0)
			if err != nil {
				return nil, err
			}
			return object.Unbox(b).(*bz2Writer), nil
		}
		x.Methods(t.Interp,
			object.M1("compress", func(t *object.Thread, v, data object.Value) (object.Value, error) {
				s, err := object.Buffer(t, data)
				if err != nil {
					return object.Unset, err
				}
				for {
					w, err := load(t, v)
					if err != nil {
						return object.Unset, err
					}
					if w.done {
						return object.Unset, object.ValueErrorf(t, "Compressor has been flushed")
					}
					if ok, err := storeIfSame(t, asCells(v), 0, w, &bz2Writer{level: w.level, in: w.in + s}); ok || err != nil {
						return object.NewBytes(""), err
					}
				}
			}),
			object.M0("flush", func(t *object.Thread, v object.Value) (object.Value, error) {
				for {
					w, err := load(t, v)
					if err != nil {
						return object.Unset, err
					}
					if w.done {
						return object.Unset, object.ValueErrorf(t, "Repeated call to flush()")
					}
					r, err := released(t, workKey{op: "bz2.compress", input: w.in, n: w.level}, bz2PackCost, func() bz2Result { return bz2Pack(w.level, w.in) })
					if err == nil {
						err = r.err
					}
					if err != nil {
						return object.Unset, err
					}
					if ok, err := storeIfSame(t, asCells(v), 0, w, &bz2Writer{done: true}); ok || err != nil {
						return object.NewBytes(r.out), err
					}
				}
			}))
		return x.Ready(t.Interp)
	})
}

func bz2DecompressorType(t *object.Thread) *object.Type {
	return extOf(t, "bz2.Decompressor", func() *object.Type {
		x := newType(t, "_bz2", "BZ2Decompressor", nil, 0)
		x.Ops.InitIsNew = true
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if err := wantArgs(t, "BZ2Decompressor", 0, 0, args, kw); err != nil {
				return object.Unset, err
			}
			return newCells(t, x, object.NewBox(&bz2Reader{})).value(), nil
		}
		load := func(t *object.Thread, v object.Value) (*bz2Reader, error) {
			b, err := asCells(v).load(t, 0)
			if err != nil {
				return nil, err
			}
			return object.Unbox(b).(*bz2Reader), nil
		}
		attr := func(name string, get func(r *bz2Reader) object.Value) {
			x.Attr(t.Interp, name, func(t *object.Thread, v object.Value) (object.Value, error) {
				r, err := load(t, v)
				if err != nil {
					return object.Unset, err
				}
				return get(r), nil
			}, nil)
		}
		attr("eof", func(r *bz2Reader) object.Value { return object.Bool(r.eof) })
		attr("unused_data", func(r *bz2Reader) object.Value {
			if !r.eof {
				return object.NewBytes("")
			}
			return object.NewBytes(r.unused)
		})
		attr("needs_input", func(r *bz2Reader) object.Value { return object.Bool(!r.ended) })
		x.Methods(t.Interp, object.MK("decompress", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "decompress", args[1:], kw, []string{"data", "max_length"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			data, err := object.Buffer(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			most := -1
			if err := intArgs(t, a[1:], &most); err != nil {
				return object.Unset, err
			}
			for {
				r, err := load(t, args[0])
				if err != nil {
					return object.Unset, err
				}
				if r.eof {
					return object.Unset, object.NewError(t, t.Interp.Types.EOFError, "End of stream already reached")
				}
				next := *r
				if !r.ended {
					type result struct {
						r   *bz2Reader
						err error
					}
					got, err := released(t, workKey{op: "bz2.decompress", state: r, input: data}, bz2UnpackCost, func() (x result) {
						x.r, x.err = r.step(data)
						return x
					})
					if err != nil {
						return object.Unset, err
					}
					if got.err != nil {
						return object.Unset, object.NewError(t, t.Interp.Types.OSError, "Invalid data stream")
					}
					next = *got.r
				} else {
					next.unused += data
				}
				out := next.ready
				if most >= 0 {
					out = out[:min(most, len(out))]
				}
				next.ready = next.ready[len(out):]
				next.eof = next.ended && next.ready == ""
				if ok, err := storeIfSame(t, asCells(args[0]), 0, r, &next); ok || err != nil {
					return object.NewBytes(out), err
				}
			}
		}))
		return x.Ready(t.Interp)
	})
}
