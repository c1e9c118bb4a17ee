package object

import (
	"sync/atomic"
	"unsafe"
)

// This file has concatenation. Strings are immutable, but a string that is the result of a concatenation may own the free
// space behind it: appending to it then copies only what is appended, so that building a string by += in a loop is linear.
//
// Invariants. A strBuf's bytes below used never change. The string that ends at used is the only one that can be extended in
// place, and extending it moves used by compare-and-swap, so that of two threads (or of two attempts of one slice)
// only one gets the space; the other copies. Whoever reads a string reads bytes below the used of its time.

type strBuf struct {
	used atomic.Int64
	data []byte
}

// appendMin is the length from which a string that is appended to is likely to be appended to again.
const appendMin = 64

// concatStr is a + b.
func concatStr(t *Thread, a, b *Str) (Value, error) {
	n := len(a.S) + len(b.S)
	switch {
	case len(b.S) == 0:
		return a.Value(), nil
	case len(a.S) == 0:
		return b.Value(), nil
	case len(a.S) < appendMin:
		s, text := buildStr(n, a.Len+b.Len)
		copy(text, a.S)
		copy(text[len(a.S):], b.S)
		return valueOf(s), nil
	}
	buf := a.buf
	if buf == nil || len(buf.data) < n || !buf.used.CompareAndSwap(int64(len(a.S)), int64(n)) {
		size := n
		if buf != nil {
			size = n + n/2 + 64 // the second time: expect more
		}
		if n > maxStr {
			return Unset, MemoryError(t)
		} else if err := t.Room(size); err != nil {
			return Unset, err
		}
		buf = &strBuf{data: make([]byte, size)}
		buf.used.Store(int64(n))
		copy(buf.data, a.S)
	}
	copy(buf.data[len(a.S):n], b.S)
	return valueOf(&Str{Header: Header{Meta: uint64(KindStr)}, S: unsafe.String(&buf.data[0], n), Len: a.Len + b.Len, buf: buf}), nil
}

// Concat is a + b for strings.
func Concat(t *Thread, a, b *Str) (Value, error) { return concatStr(t, a, b) }
