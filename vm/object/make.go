package object

import (
	"math/big"
	"unsafe"
)

// This file makes values of Go values, and takes them apart.

// valueOf makes a Value of a pointer to a heap object.
func valueOf[T any](p *T) Value { return Value{Ref: unsafe.Pointer(p)} }

// FromPointer makes a Value of a pointer to a heap object, that is, a struct that begins with a Header.
func FromPointer(p unsafe.Pointer) Value { return Value{Ref: p} }

// Value is the type as a Python object.
func (x *Type) Value() Value { return valueOf(x) }

// Value is the string as a Python object.
func (x *Str) Value() Value { return valueOf(x) }

// Value is the list as a Python object.
func (x *List) Value() Value { return valueOf(x) }

// Value is the tuple as a Python object.
func (x *Tuple) Value() Value { return valueOf(x) }

// Value is the instance as a Python object.
func (x *Instance) Value() Value { return valueOf(x) }

// Value is the module as a Python object.
func (x *Module) Value() Value { return valueOf(x) }

// Value is the function as a Python object.
func (x *Builtin) Value() Value { return valueOf(x) }

// Value is the cell as a Python object.
func (x *Cell) Value() Value { return valueOf(x) }

var minInt64 = big.NewInt(-1 << 63)

// NewBig makes an int of x, which is not used afterwards by the caller.
func NewBig(x *big.Int) Value {
	if x.IsInt64() {
		return Int(x.Int64())
	}
	b := &BigInt{Header: Header{Meta: uint64(KindBigInt)}}
	b.Int = *x
	return valueOf(b)
}

// NewUint makes an int of an unsigned number.
func NewUint(n uint64) Value {
	if n < 1<<63 {
		return Int(int64(n))
	}
	return NewBig(new(big.Int).SetUint64(n))
}

// NewBig makes an int, normalised; x is not used afterwards by the caller.
func (t *Thread) NewBig(x *big.Int) Value { return NewBig(x) }

// Complex is a complex number. Immutable.
type Complex struct {
	Header
	V complex128
}

// NewComplex makes a complex number.
func NewComplex(c complex128) Value {
	return valueOf(&Complex{Header{Meta: uint64(KindComplex)}, c})
}

// NewCell makes a cell.
func (t *Thread) NewCell(v Value) *Cell { return &Cell{t.NewMut(KindCell, nil), v} }

// NewBuiltin makes a function in Go.
func NewBuiltin(name string, fn BuiltinFn) *Builtin {
	return &Builtin{Header: Header{Meta: uint64(KindBuiltin)}, Name: name, Fn: fn, Self: Unset}
}

// NewBuiltin makes a function in Go as a Python object.
func (t *Thread) NewBuiltin(name string, fn BuiltinFn) Value { return NewBuiltin(name, fn).Value() }

// NewMethod binds a callable to its first argument.
func NewMethod(t *Thread, fn, self Value) Value {
	if fn.Kind() == KindBuiltin {
		b := (*Builtin)(fn.Ref)
		m := &Builtin{Header: Header{Meta: uint64(KindBuiltin)}, Name: b.Name, Doc: b.Doc, Fn: b.Fn, Self: self, Owner: b.Owner, Special: b.Special}
		if b.Type == t.Interp.Types.WrapperDescriptor {
			m.Type = t.Interp.Types.MethodWrapper
		}
		return valueOf(m)
	}
	return valueOf(&Method{Header{Meta: uint64(KindMethod)}, fn, self})
}

// Native is the builtin value that an instance of a subclass of a builtin carries in slot 0; other values are their own.
func Native(v Value) Value {
	if v.Kind() == KindInstance {
		o := (*Instance)(v.Ref)
		if k := o.Type.Native; k != KindUnset && k != KindBox {
			return loadAtomic(o.Slot(0)) // never changes after creation
		}
	}
	return v
}
