package libm

import "math"

// Hyperbolic functions and their inverses; error and gamma functions.

// expPair is exp(x) and exp(-x) for 0 <= x < 700.
func expPair(x float64) (up, down dd) {
	m, k := expDD(dd{x, 0})
	s := math.Ldexp(1, k)
	up = dd{m.hi * s, m.lo * s}
	m, k = expDD(dd{-x, 0})
	s = math.Ldexp(1, k)
	return up, dd{m.hi * s, m.lo * s}
}

// Sinh is the hyperbolic sine.
func Sinh(x float64) float64 {
	a := math.Abs(x)
	if x-x != 0 || a < 1e-9 || a > 700 {
		return math.Sinh(x)
	}
	if a < 0.01 {
		q := a * a
		return math.Copysign(a+a*q*(1.0/6+q*(1.0/120+q*(1.0/5040))), x)
	}
	up, down := expPair(a)
	return math.Copysign(up.add(down.neg()).val()/2, x)
}

// Cosh is the hyperbolic cosine.
func Cosh(x float64) float64 {
	a := math.Abs(x)
	if x-x != 0 || a > 700 {
		return math.Cosh(x)
	}
	up, down := expPair(a)
	return up.add(down).val() / 2
}

// Tanh is the hyperbolic tangent.
func Tanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 1e-9:
		return x
	case a > 22:
		return math.Copysign(1, x)
	case a < 0.01:
		q := a * a
		return math.Copysign(a-a*q*(1.0/3-q*(2.0/15-q*(17.0/315))), x)
	}
	up, down := expPair(a)
	return math.Copysign(up.add(down.neg()).div(up.add(down)).val(), x)
}

// sqrtDD is the square root.
func sqrtDD(a dd) dd {
	r := math.Sqrt(a.hi)
	if r == 0 {
		return dd{}
	}
	p := prod2(r, r)
	return fast2(r, (a.hi-p.hi-p.lo+a.lo)/(2*r))
}

// logOf is the logarithm of a double-double.
func logOf(a dd) dd {
	l := logDD(a.hi)
	r := a.lo / a.hi
	return l.addf(r - r*r/2)
}

// Asinh is the inverse of the hyperbolic sine.
func Asinh(x float64) float64 {
	a := math.Abs(x)
	if x-x != 0 || a < 0.05 || a > 1e150 {
		return math.Asinh(x)
	}
	return math.Copysign(logOf(sqrtDD(prod2(a, a).addf(1)).addf(a)).val(), x)
}

// Acosh is the inverse of the hyperbolic cosine.
func Acosh(x float64) float64 {
	if !(x > 1.0001) || x > 1e150 {
		return math.Acosh(x)
	}
	return logOf(sqrtDD(prod2(x, x).addf(-1)).addf(x)).val()
}

// Atanh is the inverse of the hyperbolic tangent.
func Atanh(x float64) float64 {
	a := math.Abs(x)
	if !(a > 0.02 && a < 1) {
		return math.Atanh(x)
	}
	q := sum2(1, a).div(sum2(1, -a))
	return math.Copysign(logOf(q).val()/2, x)
}

// Erf is the error function.
func Erf(x float64) float64 { return math.Erf(x) }

// Erfc is the complementary error function.
func Erfc(x float64) float64 { return math.Erfc(x) }

// lanczos are the coefficients of Lanczos' approximation with g = 6.024680040776729583740234375, n = 13 (Pugh 2004).
const lanczosG = 6.024680040776729583740234375

var (
	lanczosNum = [13]float64{
		23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
		35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
		6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
		248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
		2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
		8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
		2.5066282746310002701649081771338373386264310793408,
	}
	lanczosDen = [13]float64{0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1}
)

func lanczosSum(x float64) float64 {
	num, den := 0.0, 0.0
	if x < 5 {
		for i := 12; i >= 0; i-- {
			num = num*x + lanczosNum[i]
			den = den*x + lanczosDen[i]
		}
	} else {
		for i := range 13 {
			num = num/x + lanczosNum[i]
			den = den/x + lanczosDen[i]
		}
	}
	return num / den
}

// sinPi is sin(pi x).
func sinPi(x float64) float64 {
	y := math.Mod(math.Abs(x), 2)
	n := int(math.Round(2 * y))
	var r float64
	switch n {
	case 0:
		r = Sin(math.Pi * y)
	case 1:
		r = Cos(math.Pi * (y - 0.5))
	case 2:
		r = Sin(math.Pi * (1 - y))
	case 3:
		r = -Cos(math.Pi * (y - 1.5))
	default:
		r = Sin(math.Pi * (y - 2))
	}
	return math.Copysign(1, x) * r
}

// Gamma is the gamma function.
func Gamma(x float64) float64 {
	if x-x != 0 || x == 0 {
		return math.Gamma(x)
	}
	if x == math.Floor(x) && x > 0 && x <= 23 {
		p := 1.0
		for i := 2.0; i < x; i++ {
			p *= i
		}
		return p
	}
	a := math.Abs(x)
	if a < 1e-20 {
		return 1 / x
	}
	if a > 200 {
		if x < 0 {
			return 0 / sinPi(x)
		}
		return math.Inf(1)
	}
	y := a + lanczosG - 0.5
	var z float64
	if a > lanczosG-0.5 {
		q := y - a
		z = q - (lanczosG - 0.5)
	} else {
		q := y - (lanczosG - 0.5)
		z = q - a
	}
	z = z * lanczosG / y
	var r float64
	if x < 0 {
		r = -math.Pi / sinPi(a) / a * Exp(y) / lanczosSum(a)
		r -= z * r
		if a < 140 {
			r /= Pow(y, a-0.5)
		} else {
			s := Pow(y, a/2-0.25)
			r = r / s / s
		}
		return r
	}
	r = lanczosSum(a) / Exp(y)
	r += z * r
	if a < 140 {
		return r * Pow(y, a-0.5)
	}
	s := Pow(y, a/2-0.25)
	return r * s * s
}

// Lgamma is the logarithm of the absolute value of the gamma function.
func Lgamma(x float64) float64 {
	if x-x != 0 {
		return math.Abs(x)
	}
	if x == 1 || x == 2 {
		return 0
	}
	a := math.Abs(x)
	if a < 1e-20 {
		return -Log(a)
	}
	r := Log(lanczosSum(a)) - lanczosG
	r += (a - 0.5) * (Log(a+lanczosG-0.5) - 1)
	if x < 0 {
		r = Log(math.Pi) - Log(math.Abs(sinPi(a))) - Log(a) - r
	}
	return r
}
