package object

import (
	"math"
	"math/big"
	"math/bits"
)

// This file has the classes int and bool: their operations and methods.

func (in *Interp) initNumbers() {
	ts := &in.Types
	o := ts.Int.Ops
	for op := BinOp(0); op < NumBinOps; op++ {
		if op != OpMatMul {
			o.Binary[op] = bigOp(op)
		}
	}
	o.Compare = intCompare
	o.Hash = func(t *Thread, v Value) (int64, error) {
		if n, ok := smallInt(v); ok {
			return hashInt64(n), nil
		}
		return hashBig(&(*BigInt)(v.Ref).Int), nil
	}
	o.Repr = intRepr
	o.Bool = func(t *Thread, v Value) (bool, error) { return v.Kind() == KindBigInt || v.Bits != 0, nil }
	o.Unary[OpNeg] = func(t *Thread, v Value) (Value, error) { return NegInt(v), nil }
	o.Unary[OpPos] = func(t *Thread, v Value) (Value, error) { return plainInt(v), nil }
	o.Unary[OpInvert] = func(t *Thread, v Value) (Value, error) {
		if n, ok := smallInt(v); ok {
			return Int(^n), nil
		}
		return NewBig(new(big.Int).Not(&(*BigInt)(v.Ref).Int)), nil
	}
	self := func(t *Thread, v Value) (Value, error) { return plainInt(v), nil }
	o.Index, o.Int = self, self
	o.Float = func(t *Thread, v Value) (Value, error) {
		f, _, err := asFloat(t, v)
		return Float(f), err
	}
	o.New = intNew
	o.InitIsNew = true
	o.Format = formatInt
	in.ByKind[KindBigInt] = ts.Int
	in.intMethods(ts.Int)
	*ts.Bool.Ops = *o
	b := ts.Bool.Ops
	for _, op := range []BinOp{OpAnd, OpOr, OpXor} {
		b.Binary[op] = boolOp(op)
	}
	b.Repr = func(t *Thread, v Value) (string, error) {
		if v.AsBool() {
			return "True", nil
		}
		return "False", nil
	}
	b.Format = func(t *Thread, v Value, spec string) (string, error) {
		if spec == "" {
			return b.Repr(t, v)
		}
		return formatInt(t, Int(v.AsInt()), spec)
	}
	b.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
		if err := NoKwargs(t, "bool", kw); err != nil {
			return Unset, err
		}
		if len(args) > 1 {
			return Unset, CountError(t, "bool", 0, 1, len(args))
		}
		if len(args) == 0 {
			return False, nil
		}
		x, err := Truth(t, args[0])
		return Bool(x), err
	}
	in.initFloat()
	in.initComplex()
}

// NegInt is -v for an int.
func NegInt(v Value) Value {
	if n, ok := smallInt(v); ok && n != math.MinInt64 {
		return Int(-n)
	}
	n, _ := asBig(v)
	return NewBig(new(big.Int).Neg(n))
}

func intRepr(t *Thread, v Value) (string, error) {
	if v.Kind() == KindBigInt {
		return bigToString(t, &(*BigInt)(v.Ref).Int)
	}
	return itoa64(v.AsInt()), nil
}

func intCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	if x, ok := smallInt(a); ok {
		if y, ok := smallInt(b); ok {
			return Bool(cmpInt64(op, x, y)), nil
		}
	}
	x, ok := asBig(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := asBig(b)
	if !ok {
		return NotImplemented, nil
	}
	return Bool(cmpInt64(op, int64(x.Cmp(y)), 0)), nil
}

func (in *Interp) intMethods(x *Type) {
	self := func(t *Thread, v Value) (Value, error) { return plainInt(v), nil }
	getter := func(v Value) func(t *Thread, _ Value) (Value, error) {
		return func(*Thread, Value) (Value, error) { return v, nil }
	}
	x.Attr(in, "real", func(t *Thread, v Value) (Value, error) { return plainInt(v), nil }, nil)
	x.Attr(in, "numerator", func(t *Thread, v Value) (Value, error) { return plainInt(v), nil }, nil)
	x.Attr(in, "imag", getter(Int(0)), nil)
	x.Attr(in, "denominator", getter(Int(1)), nil)
	x.Methods(in,
		M0("bit_length", func(t *Thread, v Value) (Value, error) {
			if n, ok := smallInt(v); ok {
				if n < 0 {
					n = -n
				}
				return Int(int64(bits.Len64(uint64(n)))), nil
			}
			return Int(int64((*BigInt)(v.Ref).Int.BitLen())), nil
		}),
		M0("bit_count", func(t *Thread, v Value) (Value, error) {
			n, _ := asBig(v)
			c := 0
			for _, w := range n.Bits() {
				c += bits.OnesCount(uint(w))
			}
			return Int(int64(c)), nil
		}),
		M0("conjugate", self), M0("__trunc__", self), M0("__floor__", self), M0("__ceil__", self),
		M0("is_integer", func(*Thread, Value) (Value, error) { return True, nil }),
		M0("as_integer_ratio", func(t *Thread, v Value) (Value, error) { return t.NewTuple(plainInt(v), Int(1)), nil }),
		M0("__abs__", func(t *Thread, v Value) (Value, error) {
			if n, ok := smallInt(v); ok && n >= 0 {
				return Int(n), nil
			}
			if n, _ := asBig(v); n.Sign() > 0 {
				return v, nil
			}
			return NegInt(v), nil
		}),
		MN("__round__", 0, 1, intRound),
		M0("__getnewargs__", func(t *Thread, v Value) (Value, error) { return t.NewTuple(plainInt(v)), nil }),
		M0("__sizeof__", func(t *Thread, v Value) (Value, error) {
			n, _ := asBig(v)
			return Int(24 + 4*int64(max(1, (n.BitLen()+29)/30))), nil
		}),
		M1("__divmod__", func(t *Thread, a, b Value) (Value, error) { return intDivmod(t, a, b) }),
		M1("__rdivmod__", func(t *Thread, a, b Value) (Value, error) { return intDivmod(t, b, a) }),
		MK("to_bytes", intToBytes),
		MC("from_bytes", intFromBytes),
	)
}

func intDivmod(t *Thread, a, b Value) (Value, error) {
	x, ok := asBig(a)
	y, ok2 := asBig(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	if y.Sign() == 0 {
		return Unset, ZeroDivisionErrorf(t, "integer division or modulo by zero")
	}
	q, r := floorDivMod(x, y)
	return t.NewTuple(NewBig(q), NewBig(r)), nil
}

// intRound is round(v, n): half to even at the nth digit left of the point.
func intRound(t *Thread, args []Value) (Value, error) {
	v := plainInt(args[0])
	if len(args) == 1 || args[1].IsNone() {
		return v, nil
	}
	d, err := Index(t, args[1])
	if err != nil {
		return Unset, err
	}
	n, ok := smallInt(d)
	if ok && n >= 0 || !ok && (*BigInt)(d.Ref).Int.Sign() > 0 {
		return v, nil
	}
	x, _ := asBig(v)
	if !ok || -n > int64(x.BitLen()) {
		return Int(0), nil
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(-n), nil)
	q, r := floorDivMod(x, unit)
	r.Lsh(r, 1)
	if c := r.Cmp(unit); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, bigOne)
	}
	return NewBig(q.Mul(q, unit)), nil
}

func byteOrder(t *Thread, v Value) (little bool, err error) {
	if v.IsUnset() {
		return false, nil
	}
	s, ok := AsStr(v)
	if !ok {
		return false, TypeErrorf(t, "byteorder must be str, not %s", TypeName(t, v))
	}
	switch s.S {
	case "little":
		return true, nil
	case "big":
		return false, nil
	}
	return false, ValueErrorf(t, "byteorder must be either 'little' or 'big'")
}

// splitKw separates the keyword-only argument name from the others.
func splitKw(kw *Kwargs, name string) (Value, *Kwargs) {
	if kw == nil {
		return Unset, nil
	}
	var rest Kwargs
	v := Unset
	for i, n := range kw.Names {
		if n == name {
			v = kw.Values[i]
			continue
		}
		rest.Names = append(rest.Names, n)
		rest.Values = append(rest.Values, kw.Values[i])
	}
	if len(rest.Names) == 0 {
		return v, nil
	}
	return v, &rest
}

func intToBytes(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	signed, kw := splitKw(kw, "signed")
	var a [2]Value
	if err := ParseArgs(t, "to_bytes", args[1:], kw, []string{"length", "byteorder"}, 0, a[:]); err != nil {
		return Unset, err
	}
	length := 1
	if !a[0].IsUnset() {
		var err error
		if length, err = IndexInt(t, a[0]); err != nil {
			return Unset, err
		}
	}
	little, err := byteOrder(t, a[1])
	if err != nil {
		return Unset, err
	}
	if length < 0 {
		return Unset, ValueErrorf(t, "length argument must be non-negative")
	}
	if length > maxBits/8 {
		return Unset, MemoryError(t)
	}
	sgn := false
	if !signed.IsUnset() {
		if sgn, err = Truth(t, signed); err != nil {
			return Unset, err
		}
	}
	n, _ := asBig(args[0])
	if n.Sign() < 0 && !sgn {
		return Unset, OverflowErrorf(t, "can't convert negative int to unsigned")
	}
	need := n.BitLen()
	if sgn {
		if n.Sign() < 0 {
			need = new(big.Int).Not(n).BitLen()
		}
		if n.Sign() != 0 {
			need++
		}
	}
	if need > 8*length {
		return Unset, OverflowErrorf(t, "int too big to convert")
	}
	if n.Sign() < 0 {
		n = new(big.Int).Add(n, new(big.Int).Lsh(bigOne, uint(8*length)))
	}
	b := n.FillBytes(make([]byte, length))
	if little {
		reverseBytes(b)
	}
	return NewBytes(string(b)), nil
}

func reverseBytes(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}

func intFromBytes(t *Thread, args []Value, kw *Kwargs) (Value, error) {
	signed, kw := splitKw(kw, "signed")
	var a [2]Value
	if err := ParseArgs(t, "from_bytes", args[1:], kw, []string{"bytes", "byteorder"}, 1, a[:]); err != nil {
		return Unset, err
	}
	raw, err := ToBytes(t, a[0])
	if err != nil {
		return Unset, err
	}
	little, err := byteOrder(t, a[1])
	if err != nil {
		return Unset, err
	}
	b := []byte(raw)
	if little {
		reverseBytes(b)
	}
	n := new(big.Int).SetBytes(b)
	if !signed.IsUnset() {
		s, err := Truth(t, signed)
		if err != nil {
			return Unset, err
		}
		if s && len(b) > 0 && b[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(bigOne, uint(8*len(b))))
		}
	}
	v := NewBig(n)
	if cls, _ := AsType(args[0]); cls != nil && cls != t.Interp.Types.Int {
		return t.VM.Call(t, args[0], []Value{v}, nil)
	}
	return v, nil
}
