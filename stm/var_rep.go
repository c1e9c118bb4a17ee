package stm

import (
	"reflect"
	"unsafe"
)

// How values of Go types live in the two-word cells of the core. What fits is stored as it is, so that setting a Var
// of such a type allocates nothing:
//
//	bits   up to 8 bytes without pointers (integers, bool, float64, small structs): in the cell's number
//	ptr    one pointer (pointers, maps, channels, functions): in the cell's pointer
//	pair   a pointer and up to 8 bytes without (string): in both
//	box    anything else: a pointer to a copy that is never changed
//
// The zero cell is the zero value of every type, in each representation.
type rep uint8

const (
	repBox rep = iota
	repBits
	repPtr
	repPair
)

// repOf is the representation of values of type t.
func repOf(t reflect.Type) rep {
	switch n := t.Size(); {
	case n <= 8 && !hasPointers(t):
		return repBits
	case n == unsafe.Sizeof(uintptr(0)) && unsafe.Sizeof(uintptr(0)) == 8 && pointersAt(t, 0) == 1:
		return repPtr
	case n > 8 && n <= 16 && unsafe.Sizeof(uintptr(0)) == 8 && pointersAt(t, 0) == 1:
		return repPair
	}
	return repBox
}

func hasPointers(t reflect.Type) bool { return pointersAt(t, 0) != 0 }

// pointersAt has a bit for each word of the 16 bytes from offset on that may hold a pointer in a value of type t
// there; bit 2 stands for all words beyond.
func pointersAt(t reflect.Type, offset uintptr) uint {
	at := func(o uintptr) uint { return 1 << min(o/8, 2) }
	switch t.Kind() {
	case reflect.Pointer, reflect.UnsafePointer, reflect.Map, reflect.Chan, reflect.Func:
		return at(offset)
	case reflect.String, reflect.Slice: // a pointer, and numbers
		return at(offset)
	case reflect.Interface:
		return at(offset) | at(offset+8)
	case reflect.Array:
		var m uint
		for i := range min(t.Len(), 17) {
			m |= pointersAt(t.Elem(), offset+uintptr(i)*t.Elem().Size())
		}
		return m
	case reflect.Struct:
		var m uint
		for i := range t.NumField() {
			f := t.Field(i)
			m |= pointersAt(f.Type, offset+f.Offset)
		}
		return m
	}
	return 0
}

// pack makes the word that represents v.
func pack[T any](r rep, v *T) Word {
	var w Word
	switch r {
	case repBits:
		*(*T)(unsafe.Pointer(&w.B)) = *v
	case repPtr:
		w.P = *(*unsafe.Pointer)(unsafe.Pointer(v))
	case repPair:
		w.P = *(*unsafe.Pointer)(unsafe.Pointer(v))
		tail := min(unsafe.Sizeof(*v)-8, 8)
		copy((*[8]byte)(unsafe.Pointer(&w.B))[:tail], unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(v), 8)), tail))
	default:
		p := new(T)
		*p = *v
		w.P = unsafe.Pointer(p)
	}
	return w
}

// unpack is the value that w represents.
func unpack[T any](r rep, w Word) T {
	switch r {
	case repBits:
		return *(*T)(unsafe.Pointer(&w.B))
	case repPtr, repPair:
		return *(*T)(unsafe.Pointer(&w))
	}
	if w.P == nil {
		var zero T
		return zero
	}
	return *(*T)(w.P)
}
