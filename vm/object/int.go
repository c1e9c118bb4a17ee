package object

import (
	"math"
	"math/big"
	"math/bits"
)

// This file has the arithmetic of ints: int64 as long as the result fits, math/big above. Floor division and modulo round
// towards minus infinity; results too large for any memory are refused before they are computed.

// maxBits bounds ints (256 MB): larger results are a MemoryError instead of an attempt.
const maxBits = 1 << 31

// intBinary is a op b for small ints.
func intBinary(t *Thread, op BinOp, a, b int64) (Value, error) {
	switch op {
	case OpAdd:
		if c := a + b; (c > a) == (b > 0) {
			return Int(c), nil
		}
		v, _ := wideBinary(OpAdd, Int(a), Int(b))
		return v, nil
	case OpSub:
		if c := a - b; (c < a) == (b > 0) {
			return Int(c), nil
		}
		v, _ := wideBinary(OpSub, Int(a), Int(b))
		return v, nil
	case OpMul:
		return mulInt(a, b), nil
	case OpDiv:
		return divInt(t, a, b)
	case OpFloorDiv:
		if b == 0 {
			return Unset, ZeroDivisionErrorf(t, "integer division or modulo by zero")
		}
		if b == -1 && a == math.MinInt64 {
			return NewBig(new(big.Int).Neg(minInt64)), nil
		}
		q := a / b
		if a%b != 0 && (a < 0) != (b < 0) {
			q--
		}
		return Int(q), nil
	case OpMod:
		if b == 0 {
			return Unset, ZeroDivisionErrorf(t, "integer modulo by zero")
		}
		if b == -1 {
			return Int(0), nil
		}
		r := a % b
		if r != 0 && (r < 0) != (b < 0) {
			r += b
		}
		return Int(r), nil
	case OpPow:
		return powInt(t, a, b)
	case OpAnd:
		return Int(a & b), nil
	case OpOr:
		return Int(a | b), nil
	case OpXor:
		return Int(a ^ b), nil
	case OpShl:
		switch {
		case b < 0:
			return Unset, ValueErrorf(t, "negative shift count")
		case a == 0:
			return Int(0), nil
		case b < 63:
			if c := a << uint(b); c>>uint(b) == a {
				return Int(c), nil
			}
		}
		return shlBig(t, big.NewInt(a), b)
	case OpShr:
		if b < 0 {
			return Unset, ValueErrorf(t, "negative shift count")
		}
		return Int(a >> uint(min(b, 63))), nil
	}
	return Unset, binaryError(t, op, Int(a), Int(b), false)
}

func mulInt(a, b int64) Value {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	// Correct the unsigned high word for the operands' signs.
	if a < 0 {
		hi -= uint64(b)
	}
	if b < 0 {
		hi -= uint64(a)
	}
	if hi == uint64(int64(lo)>>63) {
		return Int(int64(lo))
	}
	v, _ := wideBinary(OpMul, Int(a), Int(b))
	return v
}

func divInt(t *Thread, a, b int64) (Value, error) {
	if b == 0 {
		return Unset, ZeroDivisionErrorf(t, "division by zero")
	}
	const exact = 1 << 53
	if a <= exact && a >= -exact && b <= exact && b >= -exact {
		return Float(float64(a) / float64(b)), nil
	}
	return divBig(t, big.NewInt(a), big.NewInt(b))
}

// divBig is true division, correctly rounded.
func divBig(t *Thread, a, b *big.Int) (Value, error) {
	if b.Sign() == 0 {
		return Unset, ZeroDivisionErrorf(t, "division by zero")
	}
	f, _ := new(big.Rat).SetFrac(a, b).Float64()
	if math.IsInf(f, 0) {
		return Unset, OverflowErrorf(t, "integer division result too large for a float")
	}
	if f == 0 && a.Sign()*b.Sign() < 0 {
		f = math.Copysign(0, -1)
	}
	return Float(f), nil
}

func shlBig(t *Thread, a *big.Int, n int64) (Value, error) {
	if n > maxBits || int64(a.BitLen())+n > maxBits {
		return Unset, MemoryError(t)
	}
	if err := t.Room(int(int64(a.BitLen())+n) / 8); err != nil {
		return Unset, err
	}
	return NewBig(new(big.Int).Lsh(a, uint(n))), nil
}

func powInt(t *Thread, a, b int64) (Value, error) {
	if b < 0 {
		return powNegative(t, float64(a), float64(b))
	}
	switch {
	case b == 0 || a == 1:
		return Int(1), nil
	case a == 0:
		return Int(0), nil
	case a == -1:
		return Int(1 - 2*(b&1)), nil
	}
	// Square and multiply as long as it fits.
	result, base, e := int64(1), a, b
	for {
		if e&1 != 0 {
			v := mulInt(result, base)
			if v.Ref != nil {
				return powBig(t, big.NewInt(a), b)
			}
			result = v.AsInt()
		}
		if e >>= 1; e == 0 {
			return Int(result), nil
		}
		v := mulInt(base, base)
		if v.Ref != nil {
			return powBig(t, big.NewInt(a), b)
		}
		base = v.AsInt()
	}
}

func powBig(t *Thread, a *big.Int, n int64) (Value, error) {
	if hi, lo := bits.Mul64(uint64(max(a.BitLen()-1, 1)), uint64(n)); hi != 0 || lo > maxBits {
		return Unset, MemoryError(t)
	} else if err := t.Room(int(lo) / 8); err != nil {
		return Unset, err
	}
	return NewBig(new(big.Int).Exp(a, big.NewInt(n), nil)), nil
}

func powNegative(t *Thread, a, b float64) (Value, error) { return floatPow(t, a, b) }

// asBig is v as a big int: it shares the memory of v, so it must not be written.
func asBig(v Value) (*big.Int, bool) {
	switch v.Kind() {
	case KindInt, KindBool:
		return big.NewInt(v.AsInt()), true
	case KindBigInt:
		return &(*BigInt)(v.Ref).Int, true
	case KindInstance:
		if n := Native(v); n != v {
			return asBig(n)
		}
	}
	return nil, false
}

// AsBig is v as a big int, not to be written, for values of class int and its subclasses.
func AsBig(v Value) (*big.Int, bool) { return asBig(v) }

// AsInt64 is v as an int64, for ints (and bools, and subclasses) that fit.
func AsInt64(v Value) (int64, bool) {
	switch v.Kind() {
	case KindInt, KindBool:
		return v.AsInt(), true
	case KindInstance:
		if n := Native(v); n != v {
			return AsInt64(n)
		}
	}
	return 0, false
}

// smallInt is v as an int64 if it is an int or bool that fits, subclasses included.
func smallInt(v Value) (int64, bool) { return AsInt64(v) }

// IsIntValue says whether v is an int of any size, a bool, or of a subclass.
func IsIntValue(v Value) bool {
	switch v.Kind() {
	case KindInt, KindBool, KindBigInt:
		return true
	case KindInstance:
		n := Native(v)
		return n != v && IsIntValue(n)
	}
	return false
}

// bigOp is a binary operation of class int.
func bigOp(op BinOp) func(t *Thread, a, b Value) (Value, error) {
	return func(t *Thread, a, b Value) (Value, error) {
		if x, ok := smallInt(a); ok {
			if y, ok := smallInt(b); ok {
				return intBinary(t, op, x, y)
			}
		}
		if v, ok := wideBinary(op, a, b); ok {
			return v, nil
		}
		if op <= OpMul {
			return bigRing(t, op, a, b)
		}
		x, ok := bigOperand(a)
		if !ok {
			return NotImplemented, nil
		}
		y, ok := bigOperand(b)
		if !ok {
			return NotImplemented, nil
		}
		return bigBinary(t, op, x, y)
	}
}

// fewBigs are the ints that most often meet big ones in arithmetic, ready made. Never written.
var fewBigs = func() *[512]big.Int {
	var bigs [512]big.Int
	words := make([]big.Word, len(bigs))
	for i := 1; i < len(bigs); i++ {
		words[i] = big.Word(i)
		bigs[i].SetBits(words[i : i+1 : i+1])
	}
	return &bigs
}()

// bigOperand is asBig without allocating for small operands.
func bigOperand(v Value) (*big.Int, bool) {
	if v.Ref == nil && v.Bits < uint64(len(fewBigs)) {
		return &fewBigs[v.Bits], true
	}
	return asBig(v)
}

// boolOp is & | ^ of class bool: the result is a bool if both operands are.
func boolOp(op BinOp) func(t *Thread, a, b Value) (Value, error) {
	ints := bigOp(op)
	return func(t *Thread, a, b Value) (Value, error) {
		v, err := ints(t, a, b)
		if a.IsBool() && b.IsBool() {
			return Bool(v.Bits != 0), err
		}
		return v, err
	}
}

func bigBinary(t *Thread, op BinOp, a, b *big.Int) (Value, error) {
	switch op {
	case OpAdd, OpSub, OpMul, OpAnd, OpOr, OpXor:
		if op == OpMul && a.BitLen()+b.BitLen() > maxBits {
			return Unset, MemoryError(t)
		}
		// The result is built where it stays.
		z := &BigInt{Header: Header{Meta: uint64(KindBigInt)}}
		switch op {
		case OpAdd:
			z.Int.Add(a, b)
		case OpSub:
			z.Int.Sub(a, b)
		case OpMul:
			z.Int.Mul(a, b)
		case OpAnd:
			z.Int.And(a, b)
		case OpOr:
			z.Int.Or(a, b)
		default:
			z.Int.Xor(a, b)
		}
		if z.Int.IsInt64() {
			return Int(z.Int.Int64()), nil
		}
		return valueOf(z), nil
	case OpDiv:
		return divBig(t, a, b)
	case OpFloorDiv:
		if b.Sign() == 0 {
			return Unset, ZeroDivisionErrorf(t, "integer division or modulo by zero")
		}
		q, _ := floorDivMod(a, b)
		return NewBig(q), nil
	case OpMod:
		if b.Sign() == 0 {
			return Unset, ZeroDivisionErrorf(t, "integer modulo by zero")
		}
		_, r := floorDivMod(a, b)
		return NewBig(r), nil
	case OpPow:
		return bigPow(t, a, b)
	case OpShl:
		if b.Sign() < 0 {
			return Unset, ValueErrorf(t, "negative shift count")
		}
		if a.Sign() == 0 {
			return Int(0), nil
		}
		if !b.IsInt64() {
			return Unset, OverflowErrorf(t, "too many digits in integer")
		}
		return shlBig(t, a, b.Int64())
	case OpShr:
		if b.Sign() < 0 {
			return Unset, ValueErrorf(t, "negative shift count")
		}
		if !b.IsInt64() || b.Int64() > int64(a.BitLen()) {
			if a.Sign() < 0 {
				return Int(-1), nil
			}
			return Int(0), nil
		}
		return NewBig(new(big.Int).Rsh(a, uint(b.Int64()))), nil
	}
	return NotImplemented, nil
}

// floorDivMod is Python's divmod of big ints; b is not zero.
func floorDivMod(a, b *big.Int) (q, r *big.Int) {
	q, r = new(big.Int), new(big.Int)
	q.QuoRem(a, b, r)
	if r.Sign() != 0 && r.Sign() != b.Sign() {
		q.Sub(q, bigOne)
		r.Add(r, b)
	}
	return q, r
}

var bigOne = big.NewInt(1)

func bigPow(t *Thread, a, b *big.Int) (Value, error) {
	if b.Sign() < 0 {
		x, err := bigFloat(t, a)
		if err != nil {
			return Unset, err
		}
		y, err := bigFloat(t, b)
		if err != nil {
			return Unset, err
		}
		return powNegative(t, x, y)
	}
	if a.IsInt64() {
		switch a.Int64() {
		case 0:
			return Int(0), nil
		case 1:
			return Int(1), nil
		case -1:
			return Int(1 - 2*int64(b.Bit(0))), nil
		}
	}
	if !b.IsInt64() {
		return Unset, MemoryError(t)
	}
	return powBig(t, a, b.Int64())
}

// bigFloat is a big int as a float.
func bigFloat(t *Thread, a *big.Int) (float64, error) {
	f, _ := new(big.Float).SetInt(a).Float64()
	if math.IsInf(f, 0) {
		return 0, OverflowErrorf(t, "int too large to convert to float")
	}
	return f, nil
}

// Pow is pow(a, b, mod); mod is None for two arguments.
func Pow(t *Thread, a, b, mod Value) (Value, error) {
	if mod.IsNone() || mod.IsUnset() {
		v, err := binaryOrNot(t, OpPow, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
		return Unset, binaryError(t, OpPow, a, b, false)
	}
	x, okA := asBig(a)
	y, okB := asBig(b)
	m, okM := asBig(mod)
	if !okA || !okB || !okM {
		if ta := TypeOf(t, a); ta.Flags&TypeUser != 0 {
			if fn, ok := operator(t, ta, SpAdd+SpecialID(OpPow)); ok {
				v, err := CallSpecial(t, fn, a, b, mod)
				if err != nil || !v.IsNotImplemented() {
					return v, err
				}
			}
		}
		if isNumber(a) && isNumber(b) && isNumber(mod) {
			return Unset, TypeErrorf(t, "pow() 3rd argument not allowed unless all arguments are integers")
		}
		return Unset, TypeErrorf(t, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", TypeName(t, a), TypeName(t, b), TypeName(t, mod))
	}
	if m.Sign() == 0 {
		return Unset, ValueErrorf(t, "pow() 3rd argument cannot be 0")
	}
	abs := new(big.Int).Abs(m)
	if y.Sign() < 0 {
		x = new(big.Int).ModInverse(new(big.Int).Mod(x, abs), abs)
		if x == nil {
			return Unset, ValueErrorf(t, "base is not invertible for the given modulus")
		}
		y = new(big.Int).Neg(y)
	}
	z := new(big.Int).Exp(new(big.Int).Mod(x, abs), y, abs)
	z.Mod(z, abs)
	if m.Sign() < 0 && z.Sign() != 0 {
		z.Add(z, m)
	}
	return NewBig(z), nil
}

func isNumber(v Value) bool {
	switch Native(v).Kind() {
	case KindInt, KindBool, KindBigInt, KindFloat, KindComplex:
		return true
	}
	return false
}

// Divmod is divmod(a, b).
func Divmod(t *Thread, a, b Value) (Value, error) {
	if a.IsInt() && b.IsInt() && b.AsInt() != 0 && b.AsInt() != -1 {
		x, y := a.AsInt(), b.AsInt()
		q, r := x/y, x%y
		if r != 0 && r < 0 != (y < 0) {
			q, r = q-1, r+y
		}
		return NewTuple(Int(q), Int(r)), nil
	}
	if x, ok := asBig(a); ok {
		if y, ok := asBig(b); ok && TypeOf(t, a).Flags&TypeUser == 0 && TypeOf(t, b).Flags&TypeUser == 0 {
			if y.Sign() == 0 {
				return Unset, ZeroDivisionErrorf(t, "integer division or modulo by zero")
			}
			q, r := floorDivMod(x, y)
			return t.NewTuple(NewBig(q), NewBig(r)), nil
		}
	}
	ta, tb := TypeOf(t, a), TypeOf(t, b)
	if fn, ok := operator(t, ta, SpDivmod); ok {
		v, err := CallSpecial(t, fn, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
	}
	if ta != tb {
		if fn, ok := operator(t, tb, SpRDivmod); ok {
			v, err := CallSpecial(t, fn, b, a)
			if err != nil || !v.IsNotImplemented() {
				return v, err
			}
		}
	}
	return Unset, TypeErrorf(t, "unsupported operand type(s) for divmod(): '%s' and '%s'", ta.messageName(), tb.messageName())
}
