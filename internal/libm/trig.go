package libm

import (
	"math"
	"math/big"
	"sync"
)

// Trigonometric functions.

const trigSteps = 64 // table entries per unit

type sinCos struct{ sin, cos dd }

var trigTable = makeTrigTable()

func makeTrigTable() (tab [trigSteps]sinCos) {
	for i := range tab {
		tab[i].sin, tab[i].cos = sinCosSlow(dd{float64(i) / trigSteps, 0})
	}
	return tab
}

// sinCosDD is sin and cos of r, |r| < 0.9.
func sinCosDD(r dd) (sin, cos dd) {
	neg := r.hi < 0
	if neg {
		r = r.neg()
	}
	n := int(r.hi*trigSteps + 0.5)
	d := sum2(r.hi-float64(n)/trigSteps, r.lo)
	h := d.hi
	sq := h * h
	sd := fast2(h, d.lo+h*sq*(-1.0/6+sq*(1.0/120-sq*(1.0/5040)))) // sin d
	p := prod2(h, h)
	cd := fast2(-0.5*p.hi, -0.5*p.lo-h*d.lo+sq*sq*(1.0/24-sq*(1.0/720-sq*(1.0/40320)))) // cos d - 1
	t := &trigTable[n]
	sin = t.sin.add(t.cos.mul(sd).add(t.sin.mul(cd)))
	cos = t.cos.add(t.cos.mul(cd).add(t.sin.mul(sd).neg()))
	if neg {
		sin = sin.neg()
	}
	return sin, cos
}

// reduce is x - n*pi/2, at most pi/4 in size, and n modulo 4.
func reduce(x float64) (r dd, n int) {
	a := math.Abs(x)
	if a < math.Pi/4 {
		return dd{x, 0}, 0
	}
	if a < 1e9 {
		k := math.RoundToEven(x * (2 / math.Pi))
		p := prod2(k, halfPi.hi)
		s := sum2(x, -p.hi)
		q := prod2(k, halfPi.lo)
		r := s.add(dd{-p.lo, 0}).add(q.neg()).addf(-k * halfPi3)
		return r, int(int64(k)) & 3
	}
	return reduceBig(x)
}

// bigPi is pi to 1300 bits, by Machin's formula.
var bigPi = sync.OnceValue(func() *big.Float {
	const bits = 1400
	arctan := func(n int64) *big.Int {
		x := new(big.Int).Lsh(big.NewInt(1), bits)
		x.Quo(x, big.NewInt(n))
		sum := new(big.Int).Set(x)
		n2 := big.NewInt(n * n)
		for k := int64(3); x.Sign() != 0; k += 2 {
			x.Quo(x, n2)
			t := new(big.Int).Quo(x, big.NewInt(k))
			if k&2 != 0 {
				sum.Sub(sum, t)
			} else {
				sum.Add(sum, t)
			}
		}
		return sum
	}
	p := arctan(5)
	p.Mul(p, big.NewInt(16))
	q := arctan(239)
	p.Sub(p, q.Mul(q, big.NewInt(4)))
	f := new(big.Float).SetPrec(1300).SetInt(p)
	return f.SetMantExp(f, -bits)
})

func reduceBig(x float64) (dd, int) {
	const prec = 1300
	half := new(big.Float).SetPrec(prec).Quo(bigPi(), big.NewFloat(2).SetPrec(prec))
	f := new(big.Float).SetPrec(prec).SetFloat64(x)
	q := new(big.Float).SetPrec(prec).Quo(f, half)
	h := big.NewFloat(0.5)
	if x < 0 {
		h.Neg(h)
	}
	n, _ := q.Add(q, h).Int(nil)
	f.Sub(f, new(big.Float).SetPrec(prec).Mul(new(big.Float).SetPrec(prec).SetInt(n), half))
	hi, _ := f.Float64()
	lo, _ := f.Sub(f, big.NewFloat(hi)).Float64()
	k := new(big.Int).And(n, big.NewInt(3))
	return dd{hi, lo}, int(k.Int64())
}

// Sin is the sine.
func Sin(x float64) float64 {
	if x-x != 0 || math.Abs(x) < 1e-9 {
		return math.Sin(x)
	}
	r, n := reduce(x)
	s, c := sinCosDD(r)
	switch n {
	case 0:
		return s.val()
	case 1:
		return c.val()
	case 2:
		return -s.val()
	}
	return -c.val()
}

// Cos is the cosine.
func Cos(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	r, n := reduce(x)
	s, c := sinCosDD(r)
	switch n {
	case 0:
		return c.val()
	case 1:
		return -s.val()
	case 2:
		return -c.val()
	}
	return s.val()
}

// Tan is the tangent.
func Tan(x float64) float64 {
	if x-x != 0 || math.Abs(x) < 1e-9 {
		return math.Tan(x)
	}
	r, n := reduce(x)
	s, c := sinCosDD(r)
	if n&1 == 0 {
		return s.div(c).val()
	}
	return c.div(s).neg().val()
}

// atanDD is the arctangent of y/x, x and y positive: one Newton step on what the standard library says.
func atanDD(y, x dd) dd {
	a := math.Atan2(y.hi, x.hi)
	var s, c dd
	if a < 0.85 {
		s, c = sinCosDD(dd{a, 0})
	} else {
		r := halfPi.addf(-a)
		c, s = sinCosDD(r)
	}
	// tan(a + d) = y/x: d is (y c - x s)/(x c + y s), nearly.
	d := y.mul(c).add(x.mul(s).neg()).val() / (x.hi*c.hi + y.hi*s.hi)
	return sum2(a, d)
}

// Atan is the arctangent.
func Atan(x float64) float64 {
	a := math.Abs(x)
	if x != x || a < 1e-9 || a > 1e18 {
		return math.Atan(x)
	}
	return math.Copysign(atanDD(dd{a, 0}, dd{1, 0}).val(), x)
}

// Atan2 is the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	ax, ay := math.Abs(x), math.Abs(y)
	if !(ax > 1e-290 && ax < 1e290 && ay > 1e-290 && ay < 1e290) || ay > ax*1e17 || ay < ax*1e-17 {
		return math.Atan2(y, x)
	}
	a := atanDD(dd{ay, 0}, dd{ax, 0})
	if x < 0 {
		a = pi.add(a.neg())
	}
	return math.Copysign(a.val(), y)
}

// leg is sqrt(1 - x*x).
func leg(x float64) dd {
	q := prod2(x, x)
	d := sum2(1, -q.hi)
	d = d.addf(-q.lo)
	r := math.Sqrt(d.hi)
	p := prod2(r, r)
	return fast2(r, (d.hi-p.hi-p.lo+d.lo)/(2*r))
}

// Asin is the arcsine.
func Asin(x float64) float64 {
	a := math.Abs(x)
	if !(a > 1e-9 && a < 1) {
		return math.Asin(x)
	}
	return math.Copysign(atanDD(dd{a, 0}, leg(a)).val(), x)
}

// Acos is the arccosine.
func Acos(x float64) float64 {
	a := math.Abs(x)
	if !(a > 1e-20 && a < 1) {
		return math.Acos(x)
	}
	if x > 0 {
		return atanDD(leg(a), dd{a, 0}).val()
	}
	return pi.add(atanDD(leg(a), dd{a, 0}).neg()).val()
}
