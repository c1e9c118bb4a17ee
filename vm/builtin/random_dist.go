package builtin

import (
	"math"

	"gilt/internal/libm"
	"gilt/vm/object"
)

// Module random: the table of methods, and distributions (integers and sequences are in random_seq.go). Each draws as CPython's does, so that the same seed gives the same numbers.

type randomFn func(t *object.Thread, s *source, a []object.Value) (object.Value, error)

type methodRow struct {
	name string
	fn   object.BuiltinFn
}

// draws is a method whose arguments are names, required of them without default.
func draws(name string, names []string, required int, fn randomFn) methodRow {
	all := append([]string{"self"}, names...)
	return methodRow{name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		var buf [5]object.Value
		a := buf[:len(all)]
		if err := pyArgs(t, "Random."+name, args, kw, all, required+1, a); err != nil {
			return object.Unset, err
		}
		s, err := sourceOf(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		return fn(t, &s, a[1:])
	}}
}

// floats is a distribution of float parameters with defaults (NaN: required).
func floats(name string, names []string, defaults []float64, fn func(t *object.Thread, s *source, p []float64) (float64, error)) methodRow {
	required := 0
	for _, d := range defaults {
		if math.IsNaN(d) {
			required++
		}
	}
	return draws(name, names, required, func(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
		p := make([]float64, len(a))
		for i, v := range a {
			p[i] = defaults[i]
			if !v.IsUnset() {
				var err error
				if p[i], err = object.FloatArg(t, v); err != nil {
					return object.Unset, err
				}
			}
		}
		f, err := fn(t, s, p)
		return object.Float(f), err
	})
}

var need = math.NaN()

// randomMethods are the methods of Random.
func randomMethods() []methodRow {
	return []methodRow{
		{"seed", randomSeed}, {"getstate", randomGetstate}, {"setstate", randomSetstate},
		{"random", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if len(args) != 1 || kw != nil && len(kw.Names) > 0 {
				return object.Unset, object.TypeErrorf(t, "Random.random() takes no arguments (%d given)", len(args)-1)
			}
			f, err := generator(args[0]).float(t)
			return object.Float(f), err
		}},
		{"getrandbits", randomGetrandbits},
		draws("randbytes", []string{"n"}, 1, func(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if n < 0 {
				return object.Unset, object.ValueErrorf(t, "number of bits must be non-negative")
			}
			if n == 0 {
				return object.NewBytes(""), nil
			}
			b, err := s.drawBits(t, 8*n)
			if err != nil {
				return object.Unset, err
			}
			buf := b.FillBytes(make([]byte, n))
			for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
				buf[i], buf[j] = buf[j], buf[i]
			}
			return object.NewBytes(string(buf)), nil
		}),
		draws("randrange", []string{"start", "stop", "step"}, 1, randomRandrange),
		draws("randint", []string{"a", "b"}, 2, func(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
			b, err := object.Binary(t, object.OpAdd, a[1], object.Int(1))
			if err != nil {
				return object.Unset, err
			}
			return randomRandrange(t, s, []object.Value{a[0], b, object.Unset})
		}),
		draws("choice", []string{"seq"}, 1, randomChoice),
		draws("shuffle", []string{"x"}, 1, randomShuffle),
		{"sample", randomSample},
		{"choices", randomChoices},
		draws("uniform", []string{"a", "b"}, 2, randomUniform),
		draws("triangular", []string{"low", "high", "mode"}, 0, randomTriangular),
		floats("normalvariate", []string{"mu", "sigma"}, []float64{0, 1}, normalVariate),
		floats("gauss", []string{"mu", "sigma"}, []float64{0, 1}, gaussVariate),
		floats("lognormvariate", []string{"mu", "sigma"}, []float64{need, need}, func(t *object.Thread, s *source, p []float64) (float64, error) {
			x, err := normalVariate(t, s, p)
			return libm.Exp(x), err
		}),
		floats("expovariate", []string{"lambd"}, []float64{1}, func(t *object.Thread, s *source, p []float64) (float64, error) {
			u, err := s.float(t)
			if err == nil && p[0] == 0 {
				err = object.ZeroDivisionErrorf(t, "float division by zero")
			}
			return -libm.Log(1-u) / p[0], err
		}),
		floats("vonmisesvariate", []string{"mu", "kappa"}, []float64{need, need}, vonmisesVariate),
		floats("gammavariate", []string{"alpha", "beta"}, []float64{need, need}, gammaVariate),
		floats("betavariate", []string{"alpha", "beta"}, []float64{need, need}, func(t *object.Thread, s *source, p []float64) (float64, error) {
			y, err := gammaVariate(t, s, []float64{p[0], 1})
			if err != nil || y == 0 {
				return 0, err
			}
			z, err := gammaVariate(t, s, []float64{p[1], 1})
			return y / (y + z), err
		}),
		floats("paretovariate", []string{"alpha"}, []float64{need}, func(t *object.Thread, s *source, p []float64) (float64, error) {
			u, err := s.float(t)
			return libm.Pow(1-u, -1/p[0]), err
		}),
		floats("weibullvariate", []string{"alpha", "beta"}, []float64{need, need}, func(t *object.Thread, s *source, p []float64) (float64, error) {
			u, err := s.float(t)
			return p[0] * libm.Pow(-libm.Log(1-u), 1/p[1]), err
		}),
		draws("binomialvariate", []string{"n", "p"}, 0, randomBinomial),
	}
}

func randomUniform(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	f, err := s.float(t)
	if err != nil {
		return object.Unset, err
	}
	x, ok1 := smallFloat(a[0])
	y, ok2 := smallFloat(a[1])
	if ok1 && ok2 {
		w := y - x
		if a[0].IsInt() && a[1].IsInt() {
			w = float64(a[1].AsInt() - a[0].AsInt())
		}
		p := w * f
		return object.Float(x + p), nil
	}
	d, err := object.Binary(t, object.OpSub, a[1], a[0])
	if err != nil {
		return object.Unset, err
	}
	if d, err = object.Binary(t, object.OpMul, d, object.Float(f)); err != nil {
		return object.Unset, err
	}
	return object.Binary(t, object.OpAdd, a[0], d)
}

func randomTriangular(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	p := [3]float64{0, 1, 0}
	for i, v := range a {
		if !v.IsUnset() && !v.IsNone() {
			var err error
			if p[i], err = object.FloatArg(t, v); err != nil {
				return object.Unset, err
			}
		}
	}
	u, err := s.float(t)
	if err != nil {
		return object.Unset, err
	}
	low, high := p[0], p[1]
	c := 0.5
	if !a[2].IsUnset() && !a[2].IsNone() {
		if high == low {
			if a[0].IsUnset() {
				return object.Float(low), nil
			}
			return a[0], nil
		}
		c = (p[2] - low) / (high - low)
	}
	if u > c {
		u, c = 1-u, 1-c
		low, high = high, low
	}
	w := (high - low) * math.Sqrt(u*c)
	return object.Float(low + w), nil
}

var normalMagic = 4 * libm.Exp(-0.5) / math.Sqrt(2)

func normalVariate(t *object.Thread, s *source, p []float64) (float64, error) {
	for {
		u1, err := s.float(t)
		if err != nil {
			return 0, err
		}
		u2, err := s.float(t)
		if err != nil {
			return 0, err
		}
		u2 = 1 - u2
		z := normalMagic * (u1 - 0.5) / u2
		if z*z/4 <= -libm.Log(u2) {
			w := z * p[1]
			return p[0] + w, nil
		}
	}
}

func gaussVariate(t *object.Thread, s *source, p []float64) (float64, error) {
	v, err := s.o.load(t, 2)
	if err != nil {
		return 0, err
	}
	z := v.AsFloat()
	next := object.None
	if v.IsNone() {
		u, err := s.float(t)
		if err != nil {
			return 0, err
		}
		r, err := s.float(t)
		if err != nil {
			return 0, err
		}
		x := u * (2 * math.Pi)
		g := math.Sqrt(-2 * libm.Log(1-r))
		z = libm.Cos(x) * g
		next = object.Float(libm.Sin(x) * g)
	}
	w := z * p[1]
	return p[0] + w, s.o.store(t, 2, next)
}

func vonmisesVariate(t *object.Thread, s *source, p []float64) (float64, error) {
	mu, kappa := p[0], p[1]
	u, err := s.float(t)
	if err != nil || kappa <= 1e-6 {
		return 2 * math.Pi * u, err
	}
	q := 0.5 / kappa
	r := q + math.Sqrt(1+q*q)
	var z float64
	for {
		z = libm.Cos(math.Pi * u)
		d := z / (r + z)
		u2, err := s.float(t)
		if err != nil {
			return 0, err
		}
		if u2 < 1-d*d || u2 <= (1-d)*libm.Exp(d) {
			break
		}
		if u, err = s.float(t); err != nil {
			return 0, err
		}
	}
	q = 1 / r
	f := (q + z) / (1 + q*z)
	u3, err := s.float(t)
	theta := mu - libm.Acos(f)
	if u3 > 0.5 {
		theta = mu + libm.Acos(f)
	}
	m := math.Mod(theta, 2*math.Pi)
	if m < 0 {
		m += 2 * math.Pi
	}
	return m, err
}

func gammaVariate(t *object.Thread, s *source, p []float64) (float64, error) {
	alpha, beta := p[0], p[1]
	if alpha <= 0 || beta <= 0 {
		return 0, object.ValueErrorf(t, "gammavariate: alpha and beta must be > 0.0")
	}
	if alpha == 1 {
		u, err := s.float(t)
		return -libm.Log(1-u) * beta, err
	}
	if alpha > 1 {
		ainv := math.Sqrt(2*alpha - 1)
		bbb := alpha - libm.Log(4)
		ccc := alpha + ainv
		magic := 1 + libm.Log(4.5)
		for {
			u1, err := s.float(t)
			if err != nil {
				return 0, err
			}
			if !(1e-7 < u1 && u1 < 0.9999999) {
				continue
			}
			u2, err := s.float(t)
			if err != nil {
				return 0, err
			}
			u2 = 1 - u2
			v := libm.Log(u1/(1-u1)) / ainv
			x := alpha * libm.Exp(v)
			z := u1 * u1 * u2
			cv := ccc * v
			r := bbb + cv - x
			z45 := 4.5 * z
			if r+magic-z45 >= 0 || r >= libm.Log(z) {
				return x * beta, nil
			}
		}
	}
	for {
		u, err := s.float(t)
		if err != nil {
			return 0, err
		}
		b := (math.E + alpha) / math.E
		q := b * u
		x := 0.0
		if q <= 1 {
			x = libm.Pow(q, 1/alpha)
		} else {
			x = -libm.Log((b - q) / alpha)
		}
		u1, err := s.float(t)
		if err != nil {
			return 0, err
		}
		if q > 1 && u1 <= libm.Pow(x, alpha-1) || q <= 1 && u1 <= libm.Exp(-x) {
			return x * beta, nil
		}
	}
}

func randomBinomial(t *object.Thread, s *source, a []object.Value) (object.Value, error) {
	n, p := 1, 0.5
	var err error
	if !a[0].IsUnset() {
		if n, err = object.IndexInt(t, a[0]); err != nil {
			return object.Unset, err
		}
	}
	if !a[1].IsUnset() {
		if p, err = object.FloatArg(t, a[1]); err != nil {
			return object.Unset, err
		}
	}
	switch {
	case n < 0:
		return object.Unset, object.ValueErrorf(t, "n must be non-negative")
	case p == 0:
		return object.Int(0), nil
	case p == 1:
		return object.Int(int64(n)), nil
	case !(p > 0 && p < 1):
		return object.Unset, object.ValueErrorf(t, "p must be in the range 0.0 <= p <= 1.0")
	}
	if p > 0.5 && n != 1 {
		k, err := binomial(t, s, n, 1-p)
		return object.Int(int64(n - k)), err
	}
	k, err := binomial(t, s, n, p)
	return object.Int(int64(k)), err
}

// binomial draws by waiting times (Devroye 1986) when n*p is small, else by transformed rejection (Hörmann 1993).
func binomial(t *object.Thread, s *source, n int, p float64) (int, error) {
	if n == 1 {
		u, err := s.float(t)
		return b2i(u < p), err
	}
	fn := float64(n)
	if fn*p < 10 {
		c := libm.Log2(1 - p)
		if c == 0 {
			return 0, nil
		}
		for x, y := 0, 0.0; ; x++ {
			u, err := s.float(t)
			if err != nil {
				return 0, err
			}
			if y += math.Floor(libm.Log2(u)/c) + 1; y > fn {
				return x, nil
			}
		}
	}
	spq := math.Sqrt(fn * p * (1 - p))
	b := 2.53 * spq
	b += 1.15
	a := 0.0248 * b
	a += -0.0873
	ap := 0.01 * p
	a += ap
	c := fn * p
	c += 0.5
	vr := 0.92 - 4.2/b
	alpha := (2.83 + 5.1/b) * spq
	lpq := libm.Log(p / (1 - p))
	m := math.Floor((fn + 1) * p)
	h := libm.Lgamma(m+1) + libm.Lgamma(fn-m+1)
	for {
		u, err := s.float(t)
		if err != nil {
			return 0, err
		}
		u -= 0.5
		us := 0.5 - math.Abs(u)
		q := 2*a/us + b
		q *= u
		k := math.Floor(q + c)
		if k < 0 || k > fn {
			continue
		}
		v, err := s.float(t)
		if err != nil {
			return 0, err
		}
		if us >= 0.07 && v <= vr {
			return int(k), nil
		}
		w := a/(us*us) + b
		v *= alpha / w
		kl := (k - m) * lpq
		if libm.Log(v) <= h-libm.Lgamma(k+1)-libm.Lgamma(fn-k+1)+kl {
			return int(k), nil
		}
	}
}
