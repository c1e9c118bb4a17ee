// Package libm has the elementary functions with results that are correctly rounded but for about one in thousands of
// arguments, so that Python programs print the same digits here as with a good C library. The standard library's
// functions are often off by one unit in the last place.
//
// Method: a quick evaluation in double-double arithmetic (Dekker 1971; Shewchuk 1997) after table-driven argument
// reduction (Tang 1989), with a relative error of about 2**-67; the sum of the two halves is the rounded result. The tables are
// computed at start with the slow series in the same arithmetic.
package libm

import "math"

// dd is the number hi + lo, with |lo| at most half a unit in the last place of hi.
type dd struct{ hi, lo float64 }

// fast2 is a + b for |a| >= |b|, exactly.
func fast2(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

// sum2 is a + b, exactly.
func sum2(a, b float64) dd {
	s := a + b
	t := s - a
	return dd{s, (a - (s - t)) + (b - t)}
}

// prod2 is a * b, exactly.
func prod2(a, b float64) dd {
	p := a * b
	return dd{p, math.FMA(a, b, -p)}
}

func (a dd) add(b dd) dd {
	s := sum2(a.hi, b.hi)
	t := sum2(a.lo, b.lo)
	s = fast2(s.hi, s.lo+t.hi)
	return fast2(s.hi, s.lo+t.lo)
}

func (a dd) addf(b float64) dd {
	s := sum2(a.hi, b)
	return fast2(s.hi, s.lo+a.lo)
}

func (a dd) mul(b dd) dd {
	p := prod2(a.hi, b.hi)
	return fast2(p.hi, p.lo+(a.hi*b.lo+a.lo*b.hi))
}

func (a dd) mulf(b float64) dd {
	p := prod2(a.hi, b)
	return fast2(p.hi, p.lo+a.lo*b)
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) div(b dd) dd {
	q := a.hi / b.hi
	r := a.add(b.mulf(-q))
	q2 := r.hi / b.hi
	r = r.add(b.mulf(-q2))
	return fast2(q, q2+r.hi/b.hi)
}

// divf is 1/n for small integers and the like.
func recip(n float64) dd {
	q := 1 / n
	return dd{q, -math.FMA(q, n, -1) / n}
}

func (a dd) val() float64 { return a.hi + a.lo }

// Constants to twice the precision.
var (
	ln2    = dd{0.6931471805599453, 2.3190468138462996e-17}
	ln10   = dd{2.302585092994046, -2.1707562233822494e-16}
	halfPi = dd{1.5707963267948966, 6.123233995736766e-17}
	pi     = dd{3.141592653589793, 1.2246467991473532e-16}
)

// halfPi3 is the third part of pi/2.
const halfPi3 = -1.4973849048591833e-33

// expSlow is exp(x) for |x| < 1 by the series of a reduced argument.
func expSlow(x dd) dd {
	const halvings = 8
	r := dd{math.Ldexp(x.hi, -halvings), math.Ldexp(x.lo, -halvings)}
	// s = exp(r) - 1
	s := dd{}
	for n := 14; n >= 1; n-- {
		s = s.addf(1).mul(r).mul(recip(float64(n)))
	}
	for range halvings {
		s = s.mul(s).add(dd{2 * s.hi, 2 * s.lo})
	}
	return s.addf(1)
}

// sinCosSlow is sin(x) and cos(x) for 0 <= x < 1.
func sinCosSlow(x dd) (sin, cos dd) {
	x2 := x.mul(x).neg()
	for n := 27; n >= 1; n -= 2 {
		f := float64((n + 1) * n)
		g := float64((n + 2) * (n + 1))
		cos = cos.addf(1).mul(x2).mul(recip(f))
		sin = sin.addf(1).mul(x2).mul(recip(g))
	}
	return sin.addf(1).mul(x), cos.addf(1)
}
