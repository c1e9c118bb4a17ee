package object

import (
	"math/big"
	"math/bits"
	"strings"
	"unsafe"
)

// This file has arithmetic of ints of up to 128 bits, which is where most ints that leave int64 stay: products that are
// reduced at once, random-number generators, hashes. It allocates the result and nothing else. Division is Knuth's
// algorithm D for two-word divisors (The Art of Computer Programming 2, 4.3.1).

// wide is an int as sign and 128-bit magnitude.
type wide struct {
	neg    bool
	hi, lo uint64
}

// wideOf is an int or big int as a wide, if it fits.
func wideOf(v Value) (w wide, ok bool) {
	if v.Ref == nil {
		n := int64(v.Bits)
		if n < 0 {
			return wide{true, 0, -uint64(n)}, true
		}
		return wide{false, 0, uint64(n)}, true
	}
	if bits.UintSize != 64 || v.Kind() != KindBigInt {
		return wide{}, false
	}
	x := &(*BigInt)(v.Ref).Int
	words := x.Bits()
	switch len(words) {
	case 1:
		return wide{x.Sign() < 0, 0, uint64(words[0])}, true
	case 2:
		return wide{x.Sign() < 0, uint64(words[1]), uint64(words[0])}, true
	}
	return wide{}, false
}

// value is w as a Python int.
func (w wide) value() Value {
	if w.hi == 0 {
		if w.lo < 1<<63 {
			if w.neg {
				return Int(-int64(w.lo))
			}
			return Int(int64(w.lo))
		}
		if w.neg && w.lo == 1<<63 {
			return Int(-1 << 63)
		}
	}
	if bits.UintSize != 64 {
		z := new(big.Int).SetUint64(w.hi)
		z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(w.lo))
		if w.neg {
			z.Neg(z)
		}
		return NewBig(z)
	}
	b := &struct {
		BigInt
		words [2]big.Word
	}{}
	b.Meta = uint64(KindBigInt)
	b.words = [2]big.Word{big.Word(w.lo), big.Word(w.hi)}
	if w.hi == 0 {
		b.Int.SetBits(b.words[:1])
	} else {
		b.Int.SetBits(b.words[:])
	}
	if w.neg {
		b.Int.Neg(&b.Int)
	}
	return valueOf(&b.BigInt)
}

// wideBinary is a op b if both are ints of up to 128 bits and the result fits as well; ok is false if not, and for what has
// to raise an exception.
func wideBinary(op BinOp, a, b Value) (v Value, ok bool) {
	x, ok := wideOf(a)
	if !ok {
		return Unset, false
	}
	y, ok := wideOf(b)
	if !ok {
		return Unset, false
	}
	var z wide
	switch op {
	case OpAdd:
		z, ok = x.plus(y)
	case OpSub:
		y.neg = !y.neg
		z, ok = x.plus(y)
	case OpMul:
		switch {
		case x.hi == 0 && y.hi == 0:
			z.hi, z.lo = bits.Mul64(x.lo, y.lo)
		case x.hi != 0 && y.hi != 0:
			return Unset, false
		default:
			if x.hi == 0 {
				x.hi, x.lo, y.lo = y.hi, y.lo, x.lo
			}
			var over, carry uint64
			over, z.hi = bits.Mul64(x.hi, y.lo)
			carry, z.lo = bits.Mul64(x.lo, y.lo)
			z.hi, carry = bits.Add64(z.hi, carry, 0)
			if over|carry != 0 {
				return Unset, false
			}
		}
		z.neg = x.neg != y.neg
	case OpFloorDiv, OpMod:
		if y.hi|y.lo == 0 {
			return Unset, false
		}
		q, r := x.quoRem(y)
		if q.neg = x.neg != y.neg; q.neg && r.hi|r.lo != 0 {
			var carry uint64
			q.lo, carry = bits.Add64(q.lo, 1, 0)
			q.hi += carry
			r.lo, carry = bits.Sub64(y.lo, r.lo, 0)
			r.hi, _ = bits.Sub64(y.hi, r.hi, carry)
		}
		if r.neg = y.neg; op == OpMod {
			z = r
		} else {
			z = q
		}
	case OpAnd, OpOr, OpXor:
		if x.neg || y.neg {
			return Unset, false
		}
		switch op {
		case OpAnd:
			z = wide{false, x.hi & y.hi, x.lo & y.lo}
		case OpOr:
			z = wide{false, x.hi | y.hi, x.lo | y.lo}
		default:
			z = wide{false, x.hi ^ y.hi, x.lo ^ y.lo}
		}
	case OpShl:
		if y.neg || y.hi != 0 || y.lo >= 128 || x.hi|x.lo == 0 {
			return Unset, false
		}
		n := uint(y.lo)
		if length := 64 + bits.Len64(x.hi); x.hi != 0 && length+int(n) > 128 || x.hi == 0 && bits.Len64(x.lo)+int(n) > 128 {
			return Unset, false
		}
		z = wide{x.neg, x.hi<<n | x.lo>>(64-n), x.lo << n}
		if n >= 64 {
			z.hi = x.lo << (n - 64)
		}
	case OpShr:
		if x.neg || y.neg || y.hi != 0 {
			return Unset, false
		}
		if y.lo < 64 {
			n := uint(y.lo)
			z = wide{false, x.hi >> n, x.lo>>n | x.hi<<(64-n)}
		} else {
			z = wide{false, 0, x.hi >> (y.lo - 64)}
		}
	default:
		return Unset, false
	}
	if !ok {
		return Unset, false
	}
	return z.value(), true
}

func (x wide) plus(y wide) (z wide, ok bool) {
	var carry uint64
	if x.neg == y.neg {
		z.lo, carry = bits.Add64(x.lo, y.lo, 0)
		z.hi, carry = bits.Add64(x.hi, y.hi, carry)
		z.neg = x.neg
		return z, carry == 0
	}
	if x.hi < y.hi || x.hi == y.hi && x.lo < y.lo {
		x, y = y, x
	}
	z.lo, carry = bits.Sub64(x.lo, y.lo, 0)
	z.hi, _ = bits.Sub64(x.hi, y.hi, carry)
	z.neg = x.neg
	return z, true
}

// quoRem divides magnitudes; y is not zero.
func (x wide) quoRem(y wide) (q, r wide) {
	if y.hi == 0 {
		q.hi, r.lo = x.hi/y.lo, x.hi%y.lo
		q.lo, r.lo = bits.Div64(r.lo, x.lo, y.lo)
		return q, r
	}
	// The quotient is one word: guess it from the divisor's leading 64 bits; the guess is at most one too small after
	// it has been lowered by one.
	n := uint(bits.LeadingZeros64(y.hi))
	lead := y.hi<<n | y.lo>>(64-n)
	guess, _ := bits.Div64(x.hi>>1, x.hi<<63|x.lo>>1, lead)
	guess >>= 63 - n
	if guess != 0 {
		guess--
	}
	over, low := bits.Mul64(guess, y.lo)
	high := guess*y.hi + over
	var borrow uint64
	r.lo, borrow = bits.Sub64(x.lo, low, 0)
	r.hi, _ = bits.Sub64(x.hi, high, borrow)
	if r.hi > y.hi || r.hi == y.hi && r.lo >= y.lo {
		guess++
		r.lo, borrow = bits.Sub64(r.lo, y.lo, 0)
		r.hi, _ = bits.Sub64(r.hi, y.hi, borrow)
	}
	q.lo = guess
	return q, r
}

// roomFor gives z an array of at least n words that are about to be overwritten. It is not cleared first, which for ints of
// thousands of digits would take as long as adding them.
func (z *BigInt) roomFor(n int) {
	if n < 8 {
		return // math/big's own is as good
	}
	var b strings.Builder
	b.Grow(n * bits.UintSize / 8)
	z.Int.SetBits(unsafe.Slice((*big.Word)(unsafe.Pointer(unsafe.StringData(b.String()))), n)[:0])
}
