package libm

import "math"

// Exponentials and logarithms.

const (
	expSteps = 128 // entries of the table of 2**(i/128)
	logSteps = 128
)

type logEntry struct {
	inv float64 // about 1/c
	log dd      // -log(inv)
}

var (
	expTable = makeExpTable()
	logTable = makeLogTable()
)

func makeExpTable() (tab [expSteps]dd) {
	for i := range tab {
		tab[i] = expSlow(ln2.mulf(float64(i) / expSteps))
	}
	return tab
}

// logSlow is log(x) for x near enough to 1 for one Newton step to be enough.
func logSlow(x float64) dd {
	y := math.Log(x)
	e := expSlow(dd{-y, 0}) // x*e = 1 + r
	r := e.mulf(x).addf(-1)
	return r.add(r.mul(r).mulf(-0.5)).addf(y)
}

func makeLogTable() (tab [logSteps + 1]logEntry) {
	for i := range tab {
		// Mantissas from sqrt(1/2) to sqrt(2); the interval around 1 has c = 1.
		c := 0.6875 + float64(i)/logSteps*0.75
		inv := math.Float64frombits(math.Float64bits(1/c) &^ (1<<32 - 1))
		if math.Abs(c-1) < 0.75/logSteps {
			inv = 1
		}
		e := logEntry{inv: inv}
		if inv != 1 {
			e.log = logSlow(inv).neg()
		}
		tab[i] = e
	}
	return tab
}

// expDD is exp(x) as m * 2**k, |x| < 1000.
func expDD(x dd) (m dd, k int) {
	const scale = expSteps / math.Ln2
	n := math.RoundToEven(x.hi * scale)
	// r = x - n*ln2/128
	p := prod2(n, ln2.hi/expSteps)
	r := sum2(x.hi, -p.hi)
	r = fast2(r.hi, r.lo-p.lo+x.lo-n*(ln2.lo/expSteps))
	i := int(n)
	t := expTable[i&(expSteps-1)]
	h := r.hi
	q := h * h * (0.5 + h*(1.0/6+h*(1.0/24+h*(1.0/120+h*(1.0/720)))))
	s := fast2(h, q+r.lo) // exp(r) - 1
	return t.add(t.mul(s)), i >> 7
}

// ldexp is m * 2**k, rounded once.
func ldexp(m dd, k int) float64 {
	if v := m.val(); k > -1000 && k < 1000 {
		return v * math.Float64frombits(uint64(1023+k)<<52)
	} else if k >= 1000 {
		return math.Ldexp(v, k)
	}
	// The result may be denormal: round to its last place at once.
	s := math.Ldexp(m.hi, k)
	rest := (m.hi - math.Ldexp(s, -k)) + m.lo
	unit := math.Ldexp(1, -1074-k)
	if math.Abs(s) >= 0x1p-1022 {
		return math.Ldexp(m.val(), k)
	}
	return s + math.RoundToEven(rest/unit)*0x1p-1074
}

// Exp is e**x.
func Exp(x float64) float64 {
	switch {
	case x != x || x > 710 || x < -746:
		return math.Exp(x)
	case x == 0:
		return 1
	}
	return ldexp(expDD(dd{x, 0}))
}

// Exp2 is 2**x.
func Exp2(x float64) float64 {
	switch {
	case x != x || x >= 1024 || x < -1075:
		return math.Exp2(x)
	case x == math.Floor(x):
		return math.Ldexp(1, int(x))
	}
	n := math.Floor(x)
	m, k := expDD(ln2.mulf(x - n))
	return ldexp(m, k+int(n))
}

// Expm1 is e**x - 1.
func Expm1(x float64) float64 {
	switch {
	case x != x || x > 709 || x < -40 || math.Abs(x) < 1e-9:
		return math.Expm1(x)
	case math.Abs(x) < 0.004:
		q := x * x * (0.5 + x*(1.0/6+x*(1.0/24+x*(1.0/120+x*(1.0/720)))))
		return x + q
	}
	m, k := expDD(dd{x, 0})
	s := math.Ldexp(1, k)
	return dd{m.hi * s, m.lo * s}.addf(-1).val()
}

// logDD is log(x) for positive normal x.
func logDD(x float64) dd {
	b := math.Float64bits(x)
	k := 0
	if b < 1<<52 {
		b = math.Float64bits(x * (1 << 54))
		k = -54
	}
	const low = 0x3fe6000000000000 // 0.6875
	k += int(int64(b-low) >> 52)
	m := math.Float64frombits(b - uint64(int64(b-low)>>52<<52))
	i := int((m-0.6875)*(logSteps/0.75) + 0.5)
	e := &logTable[min(i, logSteps)]
	p := prod2(m, e.inv)
	r := sum2(p.hi-1, p.lo) // exact: |p.hi - 1| is small
	h := r.hi
	sq := prod2(h, h)
	q := h * h * h * (1.0/3 - h*(0.25-h*(0.2-h*(1.0/6-h*(1.0/7-h*0.125)))))
	s := fast2(h, -0.5*sq.hi)
	s = fast2(s.hi, s.lo+(q-0.5*sq.lo+r.lo*(1-h)))
	if e.inv == 1 && k == 0 {
		return s
	}
	big := e.log
	if k != 0 {
		big = ln2.mulf(float64(k)).add(big)
	}
	return big.add(s)
}

func special(x float64) bool { return !(x > 0) || x > math.MaxFloat64 }

// Log is the natural logarithm.
func Log(x float64) float64 {
	if special(x) || x == 1 {
		return math.Log(x)
	}
	return logDD(x).val()
}

var (
	invLn2  = dd{1, 0}.div(ln2)
	invLn10 = dd{1, 0}.div(ln10)
)

// Log2 is the logarithm to base 2, exact for powers of two.
func Log2(x float64) float64 {
	if special(x) {
		return math.Log2(x)
	}
	f, e := math.Frexp(x)
	if f == 0.5 {
		return float64(e - 1)
	}
	return logDD(x).mul(invLn2).val()
}

// Log10 is the logarithm to base 10.
func Log10(x float64) float64 {
	if special(x) {
		return math.Log10(x)
	}
	return logDD(x).mul(invLn10).val()
}

// Log1p is log(1+x).
func Log1p(x float64) float64 {
	if !(x > -1) || x > 1e300 || math.Abs(x) < 1e-9 {
		return math.Log1p(x)
	}
	s := sum2(1, x)
	l := logDD(s.hi)
	if s.lo != 0 {
		r := s.lo / s.hi
		l = l.addf(r - r*r/2)
	}
	return l.val()
}

// Pow is x**y as C has it.
func Pow(x, y float64) float64 {
	if x != x || y != y || math.IsInf(x, 0) || math.IsInf(y, 0) || x == 0 || y == 0 || x == 1 {
		return math.Pow(x, y)
	}
	switch y {
	case 1:
		return x
	case -1:
		return 1 / x
	case 2:
		return x * x
	}
	sign := 1.0
	if x < 0 {
		if y != math.Trunc(y) {
			return math.NaN()
		}
		if math.Mod(y, 2) != 0 {
			sign = -1
		}
		x = -x
	}
	if y == math.Trunc(y) && math.Abs(y) <= 64 {
		if r := powInt(x, int(math.Abs(y)), y < 0); r != 0 {
			return sign * r
		}
	}
	l := logDD(x).mulf(y)
	switch {
	case math.Abs(y) > 1e300 && x == 1:
		return sign
	case l.hi > 710:
		return sign * math.Inf(1)
	case l.hi < -746:
		return sign * 0
	}
	return sign * ldexp(expDD(l))
}

// powInt is x**n, or its inverse: by multiplication, which is exact for small integers; 0 if that could leave the range.
func powInt(x float64, n int, inverse bool) float64 {
	if _, e := math.Frexp(x); max(e, 1-e)*n > 900 {
		return 0
	}
	r, b := dd{1, 0}, dd{x, 0}
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			r = r.mul(b)
		}
		b = b.mul(b)
	}
	if inverse {
		r = dd{1, 0}.div(r)
	}
	return r.val()
}

// Cbrt is the cube root.
func Cbrt(x float64) float64 { return math.Cbrt(x) }
