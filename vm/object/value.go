// Package object holds gilt's Python values: their layout, their types, the operations on them, and the containers
// that work under every regime.
//
// A [Value] is two words. Its kind follows from Ref alone: nil is an int64 in Bits; the addresses of a few sentinels
// are floats, bools, None and the like (Bits holds the payload); everything else points to a heap object that
// begins with a [Header]. So small ints, floats, bools and None are never allocated, and a torn read of the two
// halves is memory-safe: validation throws it away before anybody looks through it.
//
// Every mutable heap object begins with a [Mut]: header, version-or-lock word and identity. While an object is private to
// the thread that allocated it, it is accessed plainly; once a reference to it has been committed into something public
// its header carries FlagShared, and every access takes the slow path that the run's regime prescribes (see Thread).
// The kind and the flags are one 32-bit word, so "is this a private list?" is a single comparison, and under a
// GIL, where nothing is ever shared, that comparison is all there is.
package object

import (
	"math"
	"math/big"
	"unsafe"
)

// Value is a Python value. The zero Value is the int 0. Values are compared with ==: that is Python's `is` for heap
// objects, None and bools, and identity of the number for ints and floats.
type Value struct {
	Ref  unsafe.Pointer
	Bits uint64
}

// Kind tells what a Value is, before its class is asked: the layout of the heap object, or the unboxed kind.
type Kind uint8

// The kinds. An object of a user-defined class is a KindInstance whatever it inherits from: a subclass of a builtin
// keeps the builtin's value in its Native slot.
const (
	KindInt Kind = iota // int64 in Bits: no header
	KindUnset
	KindNone
	KindBool
	KindFloat
	KindNotImplemented
	KindEllipsis
	KindBigInt
	KindComplex
	KindStr
	KindBytes
	KindByteArray
	KindTuple
	KindList
	KindDict
	KindSet
	KindFrozenSet
	KindRange
	KindSlice
	KindInstance
	KindType
	KindFunction // a Python function (defined in package vm)
	KindBuiltin  // a function in Go
	KindMethod   // a bound method
	KindCell
	KindSlot // a module global or class attribute
	KindModule
	KindNamespace // a dict that is a view of a module's globals or of an object's attributes
	KindCode
	KindGenerator
	KindIterator // a builtin iterator in Go (see Iterator)
	KindProperty
	KindStaticMethod
	KindClassMethod
	KindSuper
	KindTraceback
	KindFrame
	KindDictView
	KindBox    // a Go value behind a Value, never seen by Python
	KindGetset // a descriptor in Go: an attribute computed or kept by its class
	KindNative // an object of a builtin type written in Go whose struct begins with Mut (files, locks, deques, ...)
	KindDeque  // collections.deque
	KindTable  // storage of a shared container, never seen by Python
	NumKinds
)

var (
	unsetTag          = Header{Meta: uint64(KindUnset)}
	noneTag           = Header{Meta: uint64(KindNone)}
	boolTag           = Header{Meta: uint64(KindBool)}
	floatTag          = Header{Meta: uint64(KindFloat)}
	notImplementedTag = Header{Meta: uint64(KindNotImplemented)}
	ellipsisTag       = Header{Meta: uint64(KindEllipsis)}
)

// The constants of the language. Unset is no Python value: an unbound local, an empty slot, a missing argument.
var (
	Unset          = Value{Ref: unsafe.Pointer(&unsetTag)}
	None           = Value{Ref: unsafe.Pointer(&noneTag)}
	False          = Value{Ref: unsafe.Pointer(&boolTag), Bits: 0}
	True           = Value{Ref: unsafe.Pointer(&boolTag), Bits: 1}
	NotImplemented = Value{Ref: unsafe.Pointer(&notImplementedTag)}
	Ellipsis       = Value{Ref: unsafe.Pointer(&ellipsisTag)}
)

// Int makes an int from an int64.
func Int(n int64) Value { return Value{Bits: uint64(n)} }

// Float makes a float.
func Float(f float64) Value { return Value{unsafe.Pointer(&floatTag), math.Float64bits(f)} }

// Bool makes True or False.
func Bool(b bool) Value {
	if b {
		return Value{unsafe.Pointer(&boolTag), 1}
	}
	return Value{unsafe.Pointer(&boolTag), 0}
}

// IsInt says whether v is an int that fits in 64 bits (bools and big ints are not).
func (v Value) IsInt() bool { return v.Ref == nil }

// IsFloat says whether v is a float.
func (v Value) IsFloat() bool { return v.Ref == unsafe.Pointer(&floatTag) }

// IsBool says whether v is True or False.
func (v Value) IsBool() bool { return v.Ref == unsafe.Pointer(&boolTag) }

// IsNone says whether v is None.
func (v Value) IsNone() bool { return v.Ref == unsafe.Pointer(&noneTag) }

// IsUnset says whether v is no value at all.
func (v Value) IsUnset() bool { return v.Ref == unsafe.Pointer(&unsetTag) }

// IsNotImplemented says whether v is NotImplemented.
func (v Value) IsNotImplemented() bool { return v.Ref == unsafe.Pointer(&notImplementedTag) }

// AsInt is the payload of an IsInt value.
func (v Value) AsInt() int64 { return int64(v.Bits) }

// AsFloat is the payload of an IsFloat value.
func (v Value) AsFloat() float64 { return math.Float64frombits(v.Bits) }

// AsBool is the payload of an IsBool value.
func (v Value) AsBool() bool { return v.Bits != 0 }

// Kind is the value's kind.
func (v Value) Kind() Kind {
	if v.Ref == nil {
		return KindInt
	}
	return Kind((*Header)(v.Ref).Meta)
}

// Word is the header's kind-and-flags word, 0 (= KindInt, no flags) for ints: `v.Word() == uint32(KindList)` says that
// v is a private list in one comparison.
func (v Value) Word() uint32 {
	if v.Ref == nil {
		return 0
	}
	return uint32((*Header)(v.Ref).Meta)
}

// Header of a heap object; nil for an int; the sentinel's for the other unboxed kinds.
func (v Value) Header() *Header { return (*Header)(v.Ref) }

// Header begins every heap object. Meta's low 32 bits are kind and flags; its high 32 bits are the epoch: the number of the
// slice (of the owning thread) that allocated the object or has saved its whole state for undo. Meta of an object
// that is not shared is touched by its owner only; FlagShared is set before the object can be reached by others,
// and Meta never changes after that.
type Header struct {
	Meta uint64
	Type *Type
}

// Flags in Meta, beside the kind in the low 8 bits.
const (
	// FlagShared: other threads may reach the object; accesses to its mutable state go through the regime.
	FlagShared = 1 << 8
	// FlagStable (slots only): written once; readers rely on the definition epoch instead of logging the read.
	FlagStable = 1 << 9
	// FlagVariable (slots only): written more than once, or first written while shared.
	FlagVariable = 1 << 10

	epochShift = 32
)

// Shared says whether other threads may reach the object.
func (h *Header) Shared() bool { return h.Meta&FlagShared != 0 }

// Kind is the object's kind.
func (h *Header) Kind() Kind { return Kind(h.Meta) }

// BigInt is an int outside the int64 range (never inside it: NewBig normalises). Immutable.
type BigInt struct {
	Header
	Int big.Int
}
