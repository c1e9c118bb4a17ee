package object

// Box is a Go value behind a Value. What it holds is immutable, or guards its own state.
type Box struct {
	Header
	V any
}

// NewBox puts a Go value behind a Value, so that it can be kept in a cell.
func NewBox(x any) Value {
	return valueOf(&Box{Header{Meta: uint64(KindBox)}, x})
}

// Unbox is what a box holds; nil if v is no box.
func Unbox(v Value) any {
	if v.Kind() != KindBox {
		return nil
	}
	return (*Box)(v.Ref).V
}
