package object

import (
	"strings"
	"unsafe"

	"github.com/cespare/xxhash/v2"
)

// This file has the classes bytes and bytearray: construction, indexing, operators. Their common methods are in bytesmethods.go,
// what only bytearray has in bytearray.go.

// Bytes is an immutable sequence of bytes.
type Bytes struct {
	Header
	S string
}

// ByteArray is a mutable sequence of bytes. Its state is Go data: every access asks Thread.Exclusive first.
type ByteArray struct {
	Mut
	b []byte
}

// NewBytes makes a bytes object.
func NewBytes(s string) Value { return valueOf(&Bytes{Header{Meta: uint64(KindBytes)}, s}) }

// NewBytes makes a bytes object.
func (t *Thread) NewBytes(s string) Value { return NewBytes(s) }

// NewByteArray makes a bytearray of b, which belongs to it from now on.
func (t *Thread) NewByteArray(b []byte) Value {
	return valueOf(&ByteArray{t.NewMut(KindByteArray, nil), b})
}

// AsBytes is the bytes object that v is, or that v's class inherits from.
func AsBytes(v Value) (*Bytes, bool) {
	if v.Kind() != KindBytes {
		if v = Native(v); v.Kind() != KindBytes {
			return nil, false
		}
	}
	return (*Bytes)(v.Ref), true
}

// AsByteArray is the bytearray that v is, or that v's class inherits from.
func AsByteArray(v Value) (*ByteArray, bool) {
	if v.Kind() != KindByteArray {
		if v = Native(v); v.Kind() != KindByteArray {
			return nil, false
		}
	}
	return (*ByteArray)(v.Ref), true
}

// open asks for access to the array: what it returns is valid until something else runs.
func (a *ByteArray) open(t *Thread) ([]byte, error) {
	if a.Meta&^uint64(0xff) != t.Epoch {
		if err := t.Exclusive(&a.Mut, func() func() {
			old := append([]byte(nil), a.b...)
			return func() { a.b = old }
		}); err != nil {
			return nil, err
		}
	}
	return a.b, nil
}

// Bytes is a copy of the contents.
func (a *ByteArray) Bytes(t *Thread) (string, error) {
	b, err := a.open(t)
	return string(b), err
}

// Buffer gives access to the array itself, for functions that read into it (readinto, struct.pack_into).
func (a *ByteArray) Buffer(t *Thread) ([]byte, error) { return a.open(t) }

// bytesOf is the contents of a bytes or bytearray.
func bytesOf(t *Thread, v Value) (string, error) {
	s, _, err := bufferOf(t, v)
	return s, err
}

// bufferOf is the contents of a bytes-like object; ok is false if v is none.
func bufferOf(t *Thread, v Value) (s string, ok bool, err error) {
	if b, ok := AsBytes(v); ok {
		return b.S, true, nil
	}
	if a, ok := AsByteArray(v); ok {
		s, err := a.Bytes(t)
		return s, true, err
	}
	if f := TypeOf(t, v).Ops.Buffer; f != nil {
		s, err := f(t, Native(v))
		return s, err == nil, err
	}
	if t.Interp.Dialect2 {
		if x, ok := AsStr(v); ok {
			return bytesOf2(x.S), true, nil
		}
	}
	return "", false, nil
}

// Buffer is the contents of a bytes-like object, for other packages; TypeError if v is none.
func Buffer(t *Thread, v Value) (string, error) {
	s, ok, err := bufferOf(t, v)
	if err == nil && !ok {
		err = TypeErrorf(t, "a bytes-like object is required, not '%s'", TypeName(t, v))
	}
	return s, err
}

// ToBytes is bytes(v) for v that is no number: a bytes-like object, has __bytes__, or an iterable of ints.
func ToBytes(t *Thread, v Value) (string, error) {
	if fn, ok := lookupUser(t, TypeOf(t, v), SpBytes); ok {
		x, err := CallSpecial(t, fn, v)
		if err != nil {
			return "", err
		}
		b, ok := AsBytes(x)
		if !ok {
			return "", TypeErrorf(t, "__bytes__ returned non-bytes (type %s)", TypeName(t, x))
		}
		return b.S, nil
	}
	if s, ok, err := bufferOf(t, v); ok || err != nil {
		return s, err
	}
	if _, ok := AsStr(v); ok || !iterableValue(t, v) {
		return "", TypeErrorf(t, "cannot convert '%s' object to bytes", TypeName(t, v))
	}
	var out []byte
	err := Iterate(t, v, func(x Value) error {
		if len(out) == cap(out) {
			if err := t.roomForStr(2 * len(out)); err != nil {
				return err
			}
		}
		c, err := byteValue(t, x, "bytes must be in range(0, 256)")
		if err != nil {
			return err
		}
		out = append(out, c)
		return nil
	})
	return string(out), err
}

// byteValue is an int in range(256).
func byteValue(t *Thread, v Value, msg string) (byte, error) {
	x, err := Index(t, v)
	if err != nil {
		return 0, err
	}
	n, ok := smallInt(x)
	if !ok || n < 0 || n > 255 {
		return 0, ValueErrorf(t, "%s", msg)
	}
	return byte(n), nil
}

// bytesInit is what bytes() and bytearray() make of their arguments.
func bytesInit(t *Thread, cls string, args []Value, kw *Kwargs) (string, error) {
	var a [3]Value
	if err := ParseArgs(t, cls, args, kw, []string{"source", "encoding", "errors"}, 0, a[:]); err != nil {
		return "", err
	}
	if a[0].IsUnset() {
		if !a[1].IsUnset() {
			return "", TypeErrorf(t, "encoding without a string argument")
		}
		if !a[2].IsUnset() {
			return "", TypeErrorf(t, "errors without a string argument")
		}
		return "", nil
	}
	if s, ok := AsStr(a[0]); ok {
		if a[1].IsUnset() {
			if t.Interp.Dialect2 {
				return bytesOf2(s.S), nil
			}
			return "", TypeErrorf(t, "string argument without an encoding")
		}
		enc, errs, err := codecArgs(t, cls, a[1], a[2])
		if err != nil {
			return "", err
		}
		return Encode(t, s, enc, errs)
	}
	if !a[1].IsUnset() {
		return "", TypeErrorf(t, "encoding without a string argument")
	}
	if !a[2].IsUnset() {
		return "", TypeErrorf(t, "errors without a string argument")
	}
	if _, user := lookupUser(t, TypeOf(t, a[0]), SpBytes); !user && hasIndex(t, a[0]) {
		n, err := IndexInt(t, a[0])
		if err != nil {
			return "", err
		}
		if n < 0 {
			return "", ValueErrorf(t, "negative count")
		}
		if err := t.roomForStr(n); err != nil {
			return "", err
		}
		return strings.Repeat("\x00", n), nil
	}
	s, err := ToBytes(t, a[0])
	if err != nil && cls == "bytearray" {
		if _, ok := Catch(t, err, t.Interp.Types.TypeError); ok && !iterableValue(t, a[0]) {
			return "", TypeErrorf(t, "cannot convert '%s' object to bytearray", TypeName(t, a[0]))
		}
	}
	return s, err
}

// reprBytes is repr of a bytes object.
func reprBytes(s string) string {
	const hex = "0123456789abcdef"
	q := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		q = '"'
	}
	b := append(make([]byte, 0, len(s)+3), 'b', q)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == q || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < 0x20 || c >= 0x7f:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, q))
}

// bytesCompare compares bytes-like objects.
func bytesCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok, err := bufferOf(t, a)
	if !ok || err != nil {
		return NotImplemented, err
	}
	y, ok, err := bufferOf(t, b)
	if !ok || err != nil {
		return NotImplemented, err
	}
	return Bool(cmpInt64(op, int64(strings.Compare(x, y)), 0)), nil
}

// rebuild makes a result of the same class as the receiver: bytes or bytearray.
func rebuild(t *Thread, like Value, s string) Value {
	if Native(like).Kind() == KindByteArray {
		return t.NewByteArray([]byte(s))
	}
	return NewBytes(s)
}

func bytesAdd(t *Thread, a, b Value) (Value, error) {
	if k := Native(a).Kind(); k != KindBytes && k != KindByteArray {
		return NotImplemented, nil
	}
	x, _, err := bufferOf(t, a)
	if err != nil {
		return Unset, err
	}
	y, ok, err := bufferOf(t, b)
	if err != nil {
		return Unset, err
	}
	if !ok {
		return Unset, TypeErrorf(t, "can't concat %s to %s", TypeName(t, b), TypeName(t, a))
	}
	if err := t.roomForStr(len(x) + len(y)); err != nil {
		return Unset, err
	}
	return rebuild(t, a, x+y), nil
}

func bytesRepeat(k Kind) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		v, n, ok, err := repeatOperands(t, a, b, k)
		if err != nil || !ok {
			return NotImplemented, err
		}
		s, err := bytesOf(t, v)
		if err != nil {
			return Unset, err
		}
		n = max(n, 0)
		if len(s) > 0 && n > maxStr/int64(len(s)) {
			return Unset, MemoryError(t)
		}
		if err := t.Room(int(n) * len(s)); err != nil {
			return Unset, err
		}
		return rebuild(t, v, strings.Repeat(s, int(n))), nil
	}
}

// bytesGet is indexing and slicing of contents s.
func bytesGet(t *Thread, v Value, s string, key Value, class string) (Value, error) {
	if key.Kind() == KindSlice {
		r, err := (*Slice)(key.Ref).Indices(t, len(s))
		if err != nil {
			return Unset, err
		}
		if r.Step == 1 {
			return rebuild(t, v, s[r.Start:r.Start+r.Len]), nil
		}
		b := make([]byte, r.Len)
		for k, i := 0, r.Start; k < r.Len; k, i = k+1, i+r.Step {
			b[k] = s[i]
		}
		return rebuild(t, v, string(b)), nil
	}
	i, err := subscript(t, key, class)
	if err != nil {
		return Unset, err
	}
	if i < 0 {
		i += int64(len(s))
	}
	if uint64(i) >= uint64(len(s)) {
		if class == "byte" {
			return Unset, IndexErrorf(t, "index out of range")
		}
		return Unset, IndexErrorf(t, "bytearray index out of range")
	}
	return Int(int64(s[i])), nil
}

func bytesContains(t *Thread, v, x Value) (bool, error) {
	s, err := bytesOf(t, v)
	if err != nil {
		return false, err
	}
	if hasIndex(t, x) {
		c, err := byteValue(t, x, "byte must be in range(0, 256)")
		return err == nil && strings.IndexByte(s, c) >= 0, err
	}
	sub, err := Buffer(t, x)
	return err == nil && strings.Contains(s, sub), err
}

func (in *Interp) initBytes() {
	x := in.Types.Bytes
	o := x.Ops
	o.Repr = func(t *Thread, v Value) (string, error) { return reprBytes((*Bytes)(v.Ref).S), nil }
	o.Hash = func(t *Thread, v Value) (int64, error) {
		h := xxhash.Sum64String((*Bytes)(v.Ref).S)
		if h == 1<<64-1 {
			h--
		}
		return int64(h), nil
	}
	o.Compare = bytesCompare
	o.Len = func(t *Thread, v Value) (int, error) { return len((*Bytes)(v.Ref).S), nil }
	o.GetItem = func(t *Thread, v, key Value) (Value, error) { return bytesGet(t, v, (*Bytes)(v.Ref).S, key, "byte") }
	o.Contains = bytesContains
	o.Sequence = true
	o.Binary[OpAdd] = bytesAdd
	o.Binary[OpMul] = bytesRepeat(KindBytes)
	o.Binary[OpMod] = bytesPercent
	o.Iter = func(t *Thread, v Value) (Value, error) {
		return t.newIter(&bytesIter, t.Interp.Types.BytesIterator, v).Value(), nil
	}
	o.InitIsNew = true
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if kw == nil && len(args) == 1 && args[0].Kind() == KindBytes {
			return args[0], nil
		}
		s, err := bytesInit(t, "bytes", args, kw)
		if err != nil {
			return Unset, err
		}
		return NewBytes(s), nil
	}
	in.bytesMethods(x)
	in.initByteArray()
	in.initMemoryView()
}

func bytesPercent(t *Thread, a, b Value) (Value, error) {
	if k := Native(a).Kind(); k != KindBytes && k != KindByteArray {
		return NotImplemented, nil
	}
	s, err := bytesOf(t, a)
	if err != nil {
		return Unset, err
	}
	p := newPercent(t, b)
	p.bytes = true
	out, err := p.run(s)
	if err != nil {
		return Unset, err
	}
	return rebuild(t, a, out), nil
}

var bytesIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		s := (*Bytes)(src.Ref).S
		if int(i) >= len(s) {
			return Unset, false, it.Finish(t)
		}
		return Int(int64(s[i])), true, it.StorePos(t, Int(i+1))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		return len((*Bytes)(src.Ref).S) - int(i), nil
	},
}

// strIter keeps the byte offset in Pos.
var strIter = IterKind{
	Next: func(t *Thread, it *Iterator) (Value, bool, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return Unset, false, err
		}
		s := (*Str)(src.Ref)
		if int(i) >= len(s.S) {
			return Unset, false, it.Finish(t)
		}
		r, n := runeAt(s.S, int(i))
		return t.Interp.Char(r), true, it.StorePos(t, Int(i+int64(n)))
	},
	Hint: func(t *Thread, it *Iterator) (int, error) {
		src, i, err := it.state(t)
		if err != nil || src.IsUnset() {
			return 0, err
		}
		return runeCount((*Str)(src.Ref).S[i:]), nil
	},
}

func newStrIter(t *Thread, v Value) Value {
	cls := t.Interp.Types.StrIterator
	if (*Str)(v.Ref).ASCII() {
		cls = t.Interp.Types.StrASCIIIterator
	}
	return t.newIter(&strIter, cls, v).Value()
}

// unsafeString is b as a string, for b that nobody writes any more.
func unsafeString(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}
