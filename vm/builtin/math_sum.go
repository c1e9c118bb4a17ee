package builtin

import (
	"math"

	"gilt/vm/object"
)

// Module math: sums and products over iterables, distances.

var mathSums = []def{
	fixed("fsum", 1, 1, mathFsum),
	vary("prod", mathProd),
	fixed("sumprod", 2, 2, mathSumprod),
	fixed("hypot", 0, -1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		f := make([]float64, len(a))
		for i, v := range a {
			x, err := object.FloatArg(t, v)
			if err != nil {
				return object.Unset, err
			}
			f[i] = x
		}
		return object.Float(norm(f)), nil
	}),
	fixed("dist", 2, 2, mathDist),
}

// exactSum is a sum of floats without rounding: partial sums that do not overlap (Shewchuk 1997).
type exactSum struct{ parts []float64 }

func (s *exactSum) add(x float64) {
	n := 0
	for _, y := range s.parts {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		hi := x + y
		lo := y - (hi - x)
		if lo != 0 {
			s.parts[n] = lo
			n++
		}
		x = hi
	}
	s.parts = append(s.parts[:n], x)
}

// value is the sum, rounded once.
func (s *exactSum) value() float64 {
	n := len(s.parts)
	if n == 0 {
		return 0
	}
	n--
	hi, lo := s.parts[n], 0.0
	for n > 0 {
		x := hi
		n--
		y := s.parts[n]
		hi = x + y
		lo = y - (hi - x)
		if lo != 0 {
			break
		}
	}
	// Half-way cases round to even only if nothing follows.
	if n > 0 && (lo < 0 && s.parts[n-1] < 0 || lo > 0 && s.parts[n-1] > 0) {
		y := lo * 2
		x := hi + y
		if y == x-hi {
			hi = x
		}
	}
	return hi
}

func mathFsum(t *object.Thread, a []object.Value) (object.Value, error) {
	var s exactSum
	special, infs := 0.0, 0.0
	err := object.Iterate(t, a[0], func(v object.Value) error {
		x, err := object.FloatArg(t, v)
		if err != nil {
			return err
		}
		if x-x != 0 {
			if math.IsInf(x, 0) {
				infs += x
			}
			special += x
			return nil
		}
		s.add(x)
		if n := len(s.parts); n > 0 && math.IsInf(s.parts[n-1], 0) {
			return object.OverflowErrorf(t, "intermediate overflow in fsum")
		}
		return nil
	})
	if err != nil {
		return object.Unset, err
	}
	if special != 0 {
		if math.IsNaN(infs) {
			return object.Unset, object.ValueErrorf(t, "-inf + inf in fsum")
		}
		return object.Float(special), nil
	}
	return object.Float(s.value()), nil
}

func mathProd(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if len(args) != 1 {
		return object.Unset, object.TypeErrorf(t, "prod() takes exactly 1 positional argument (%d given)", len(args))
	}
	var a [2]object.Value
	if err := object.ParseArgs(t, "prod", args, kw, []string{"iterable", "start"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	acc := a[1]
	if acc.IsUnset() {
		acc = object.Int(1)
	}
	err := object.Iterate(t, a[0], func(v object.Value) error {
		var err error
		acc, err = object.Binary(t, object.OpMul, acc, v)
		return err
	})
	return acc, err
}

func mathSumprod(t *object.Thread, a []object.Value) (object.Value, error) {
	p, err := object.ToSlice(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	q, err := object.ToSlice(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	if len(p) != len(q) {
		return object.Unset, object.ValueErrorf(t, "Inputs are not the same length")
	}
	floats := len(p) > 0
	any := false
	for i := range p {
		x, y := p[i], q[i]
		if !(x.IsFloat() || x.IsInt()) || !(y.IsFloat() || y.IsInt()) {
			floats = false
		}
		any = any || x.IsFloat() || y.IsFloat()
	}
	if floats && any {
		var s exactSum
		for i := range p {
			x, _ := smallFloat(p[i])
			y, _ := smallFloat(q[i])
			hi := x * y
			s.add(hi)
			s.add(math.FMA(x, y, -hi))
		}
		if r := s.value(); r-r == 0 {
			return object.Float(r), nil
		}
	}
	acc := object.Int(0)
	for i := range p {
		x, err := object.Binary(t, object.OpMul, p[i], q[i])
		if err != nil {
			return object.Unset, err
		}
		if acc, err = object.Binary(t, object.OpAdd, acc, x); err != nil {
			return object.Unset, err
		}
	}
	return acc, nil
}

// norm is the length of a vector: scaled by a power of two, the squares summed exactly enough and the root corrected
// once, so that the last place is right nearly always (Borges 2021).
func norm(f []float64) float64 {
	big := 0.0
	nan := false
	for i, x := range f {
		f[i] = math.Abs(x)
		nan = nan || math.IsNaN(x)
		big = math.Max(big, f[i])
	}
	for _, x := range f {
		if math.IsInf(x, 0) {
			return x
		}
	}
	switch {
	case nan:
		return math.NaN()
	case big == 0 || len(f) == 1:
		return big
	}
	_, e := math.Frexp(big)
	var sum, carry float64
	add := func(x float64) {
		s := sum + x
		if sum >= x {
			carry += (sum - s) + x
		} else {
			carry += (x - s) + sum
		}
		sum = s
	}
	for _, x := range f {
		x = math.Ldexp(x, -e)
		hi := x * x
		add(hi)
		carry += math.FMA(x, x, -hi)
	}
	h := math.Sqrt(sum + carry)
	hi := h * h
	rest := (sum - hi) + (carry - math.FMA(h, h, -hi))
	return math.Ldexp(h+rest/(2*h), e)
}

func mathDist(t *object.Thread, a []object.Value) (object.Value, error) {
	p, err := object.ToSlice(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	q, err := object.ToSlice(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	if len(p) != len(q) {
		return object.Unset, object.ValueErrorf(t, "both points must have the same number of dimensions")
	}
	f := make([]float64, len(p))
	for i := range p {
		x, y, err := twoFloats(t, []object.Value{p[i], q[i]})
		if err != nil {
			return object.Unset, err
		}
		f[i] = x - y
	}
	return object.Float(norm(f)), nil
}
