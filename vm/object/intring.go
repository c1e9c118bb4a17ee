package object

import "math/big"

// This file has the three operations of big ints that programs spend their time in.

// bigRing is + - * of ints at least one of which is big, without a detour over the heap for the other.
func bigRing(t *Thread, op BinOp, a, b Value) (Value, error) {
	var ta, tb big.Int
	var wa, wb [1]big.Word
	x, ok := bigArg(a, &ta, &wa)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := bigArg(b, &tb, &wb)
	if !ok {
		return NotImplemented, nil
	}
	z := &BigInt{Header: Header{Meta: uint64(KindBigInt)}}
	switch op {
	case OpAdd:
		z.roomFor(max(len(x.Bits()), len(y.Bits())) + 1)
		z.Int.Add(x, y)
	case OpSub:
		z.roomFor(max(len(x.Bits()), len(y.Bits())) + 1)
		z.Int.Sub(x, y)
	default:
		if x.BitLen()+y.BitLen() > maxBits {
			return Unset, MemoryError(t)
		}
		z.roomFor(len(x.Bits()) + len(y.Bits()))
		z.Int.Mul(x, y)
	}
	if z.Int.IsInt64() {
		return Int(z.Int.Int64()), nil
	}
	return valueOf(z), nil
}

// bigArg is asBig with room for a small int given by the caller.
func bigArg(v Value, tmp *big.Int, w *[1]big.Word) (*big.Int, bool) {
	n, ok := smallInt(v)
	if !ok {
		return asBig(v)
	}
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	if u != 0 {
		w[0] = big.Word(u)
		tmp.SetBits(w[:])
		if n < 0 {
			tmp.Neg(tmp)
		}
	}
	return tmp, true
}
