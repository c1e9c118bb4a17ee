package object

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestWideBinary compares with math/big on operands around the ends of words.
func TestWideBinary(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	number := func() *big.Int {
		x := new(big.Int).SetUint64(rnd.Uint64() >> rnd.IntN(64))
		if rnd.IntN(2) == 0 {
			x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(rnd.Uint64()>>rnd.IntN(64)))
		}
		switch rnd.IntN(6) {
		case 0:
			x.Lsh(bigOne, uint(rnd.IntN(128)))
		case 1:
			x.Sub(new(big.Int).Lsh(bigOne, uint(rnd.IntN(129))), bigOne)
		}
		if rnd.IntN(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	done := map[BinOp]int{}
	for range 200000 {
		a, b := number(), number()
		op := []BinOp{OpAdd, OpSub, OpMul, OpFloorDiv, OpMod, OpAnd, OpOr, OpXor, OpShl, OpShr}[rnd.IntN(10)]
		if op == OpShl || op == OpShr {
			b = big.NewInt(int64(rnd.IntN(140)))
		}
		got, ok := wideBinary(op, NewBig(new(big.Int).Set(a)), NewBig(new(big.Int).Set(b)))
		if !ok {
			continue
		}
		done[op]++
		want := new(big.Int)
		switch op {
		case OpAdd:
			want.Add(a, b)
		case OpSub:
			want.Sub(a, b)
		case OpMul:
			want.Mul(a, b)
		case OpFloorDiv:
			want, _ = floorDivMod(a, b)
		case OpMod:
			_, want = floorDivMod(a, b)
		case OpAnd:
			want.And(a, b)
		case OpOr:
			want.Or(a, b)
		case OpXor:
			want.Xor(a, b)
		case OpShl:
			want.Lsh(a, uint(b.Uint64()))
		case OpShr:
			want.Rsh(a, uint(b.Uint64()))
		}
		if g, _ := asBig(got); g.Cmp(want) != 0 || want.IsInt64() != got.IsInt() {
			t.Fatalf("%v op %d %v = %v, want %v", a, op, b, g, want)
		}
	}
	for _, op := range []BinOp{OpAdd, OpSub, OpMul, OpFloorDiv, OpMod, OpAnd, OpOr, OpXor, OpShl, OpShr} {
		if done[op] < 1000 {
			t.Errorf("operation %d only tried %d times", op, done[op])
		}
	}
}
