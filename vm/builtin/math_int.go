package builtin

import (
	"math"
	"math/big"
	"math/bits"

	"gilt/vm/object"
)

// Module math: functions of integers.

var mathIntegers = []def{
	fixed("factorial", 1, 1, mathFactorial),
	fixed("gcd", 0, -1, mathGcd),
	fixed("lcm", 0, -1, mathLcm),
	fixed("isqrt", 1, 1, mathIsqrt),
	fixed("comb", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return choose(t, a, true) }),
	fixed("perm", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		if len(a) == 1 || a[1].IsNone() {
			return mathFactorial(t, a[:1])
		}
		return choose(t, a, false)
	}),
}

func mathFactorial(t *object.Thread, a []object.Value) (object.Value, error) {
	n, err := object.IndexBig(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	switch {
	case n.Sign() < 0:
		return object.Unset, object.ValueErrorf(t, "factorial() not defined for negative values")
	case !n.IsInt64():
		return object.Unset, object.OverflowErrorf(t, "factorial() argument should not exceed 9223372036854775807")
	case n.Int64() > 1<<32:
		return object.Unset, object.MemoryError(t)
	}
	return object.NewBig(new(big.Int).MulRange(1, n.Int64())), nil
}

func mathGcd(t *object.Thread, a []object.Value) (object.Value, error) {
	if len(a) == 2 && a[0].IsInt() && a[1].IsInt() && a[0].AsInt() != math.MinInt64 && a[1].AsInt() != math.MinInt64 {
		x, y := a[0].AsInt(), a[1].AsInt()
		return object.Int(gcd(max(x, -x), max(y, -y))), nil
	}
	g := new(big.Int)
	for _, v := range a {
		n, err := object.IndexBig(t, v)
		if err != nil {
			return object.Unset, err
		}
		g = new(big.Int).GCD(nil, nil, g, new(big.Int).Abs(n))
	}
	return object.NewBig(g), nil
}

func gcd(x, y int64) int64 {
	for y != 0 {
		x, y = y, x%y
	}
	return x
}

func mathLcm(t *object.Thread, a []object.Value) (object.Value, error) {
	l := big.NewInt(1)
	for _, v := range a {
		n, err := object.IndexBig(t, v)
		if err != nil {
			return object.Unset, err
		}
		n = new(big.Int).Abs(n)
		if n.Sign() == 0 || l.Sign() == 0 {
			l = new(big.Int)
			continue
		}
		g := new(big.Int).GCD(nil, nil, l, n)
		l = new(big.Int).Mul(l, n.Quo(n, g))
	}
	return object.NewBig(l), nil
}

func mathIsqrt(t *object.Thread, a []object.Value) (object.Value, error) {
	if a[0].IsInt() && a[0].AsInt() >= 0 {
		n := uint64(a[0].AsInt())
		r := uint64(math.Sqrt(float64(n)))
		for r*r > n {
			r--
		}
		for (r+1)*(r+1) <= n {
			r++
		}
		return object.Int(int64(r)), nil
	}
	n, err := object.IndexBig(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if n.Sign() < 0 {
		return object.Unset, object.ValueErrorf(t, "isqrt() argument must be nonnegative")
	}
	return object.NewBig(new(big.Int).Sqrt(n)), nil
}

// choose is comb, or perm: the falling product of k factors, divided by k! for comb.
func choose(t *object.Thread, a []object.Value, comb bool) (object.Value, error) {
	n, err := object.IndexBig(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	k, err := object.IndexBig(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	switch {
	case n.Sign() < 0:
		return object.Unset, object.ValueErrorf(t, "n must be a non-negative integer")
	case k.Sign() < 0:
		return object.Unset, object.ValueErrorf(t, "k must be a non-negative integer")
	case k.Cmp(n) > 0:
		return object.Int(0), nil
	}
	if comb {
		if rest := new(big.Int).Sub(n, k); rest.Cmp(k) < 0 {
			k = rest
		}
	}
	if !k.IsInt64() {
		what := "min(n - k, k)"
		if !comb {
			what = "k"
		}
		return object.Unset, object.OverflowErrorf(t, "%s must not exceed %d", what, int64(math.MaxInt64))
	}
	kk := k.Int64()
	if n.IsInt64() {
		if comb {
			return combSmall(n.Int64(), kk), nil
		}
		if kk == 0 {
			return object.Int(1), nil
		}
		return object.NewBig(new(big.Int).MulRange(n.Int64()-kk+1, n.Int64())), nil
	}
	r := big.NewInt(1)
	f := new(big.Int).Set(n)
	one := big.NewInt(1)
	for i := int64(1); i <= kk; i++ {
		r.Mul(r, f)
		if comb {
			r.Quo(r, big.NewInt(i))
		}
		f.Sub(f, one)
	}
	return object.NewBig(r), nil
}

func combSmall(n, k int64) object.Value {
	r := uint64(1)
	for i := int64(1); i <= k; i++ {
		hi, lo := bits.Mul64(r, uint64(n-k+i))
		if hi >= uint64(i) {
			return object.NewBig(new(big.Int).Binomial(n, k))
		}
		r, _ = bits.Div64(hi, lo, uint64(i))
	}
	return object.NewUint(r)
}
