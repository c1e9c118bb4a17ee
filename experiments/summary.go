package experiments

import (
	"fmt"
	"math"
	"sort"
	"strconv"

	"golang.org/x/perf/benchmath"
	"golang.org/x/perf/benchunit"

	"gilt/experiments/figure"
)

// Stat is the median of the repetitions with its confidence interval; N is 0 when nothing was measured.
type Stat struct {
	Mid, Lo, Hi float64
	N           int
}

// confidence is that of all intervals.
const confidence = 0.95

// summarize computes the median and its interval, which assumes nothing about how the values are distributed. Fewer than 6
// values have none: then it reaches from the least to the greatest.
func summarize(v []float64) Stat {
	if len(v) == 0 {
		return Stat{Mid: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	}
	s := benchmath.AssumeNothing.Summary(benchmath.NewSample(append([]float64(nil), v...), &benchmath.DefaultThresholds), confidence)
	st := Stat{s.Center, s.Lo, s.Hi, len(v)}
	if math.IsInf(st.Lo, 0) || math.IsInf(st.Hi, 0) {
		st.Lo, st.Hi = v[0], v[0]
		for _, x := range v {
			st.Lo, st.Hi = min(st.Lo, x), max(st.Hi, x)
		}
	}
	return st
}

// values are the figures with a unit at the points that have the given factors (alternating keys and values).
func (d *Data) values(unit string, kv ...string) []float64 {
	var out []float64
	for i := range d.Records {
		if !has(d.Records[i].Point, kv) {
			continue
		}
		if v, ok := d.Records[i].Value(unit); ok {
			out = append(out, v)
		}
	}
	return out
}

func has(p Point, kv []string) bool {
	for i := 0; i < len(kv); i += 2 {
		if p.Get(kv[i]) != kv[i+1] {
			return false
		}
	}
	return true
}

// Stat is the summary of the figures with a unit at the points that have the given factors.
func (d *Data) Stat(unit string, kv ...string) Stat { return summarize(d.values(unit, kv...)) }

// Mid is the median alone, NaN without data.
func (d *Data) Mid(unit string, kv ...string) float64 { return d.Stat(unit, kv...).Mid }

// Levels are the values of a factor at the points that have the given factors, in the experiment's order.
func (d *Data) Levels(key string, kv ...string) []string {
	var out []string
	seen := map[string]bool{}
	for i := range d.Records {
		p := d.Records[i].Point
		if v := p.Get(key); v != "" && !seen[v] && has(p, kv) {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// Ratio summarises, over the repetitions, the quotient of two points' figures: what disturbs a repetition disturbs both.
func (d *Data) Ratio(unit string, over, under []string) Stat {
	a, b := d.byRep(unit, over), d.byRep(unit, under)
	reps := make([]int, 0, len(a))
	for rep := range a {
		if b[rep] != 0 {
			reps = append(reps, rep)
		}
	}
	sort.Ints(reps)
	q := make([]float64, 0, len(reps))
	for _, rep := range reps {
		q = append(q, a[rep]/b[rep])
	}
	return summarize(q)
}

// MeanRatio summarises, over the repetitions, the geometric mean of several pairs' quotients.
func (d *Data) MeanRatio(unit string, pairs [][2][]string) Stat {
	sum, n := map[int]float64{}, map[int]int{}
	for _, p := range pairs {
		a, b := d.byRep(unit, p[0]), d.byRep(unit, p[1])
		for rep, x := range a {
			if y := b[rep]; x > 0 && y > 0 {
				sum[rep] += math.Log(x / y)
				n[rep]++
			}
		}
	}
	var q []float64
	for rep := range d.repetitions() {
		if n[rep] == len(pairs) && n[rep] > 0 {
			q = append(q, math.Exp(sum[rep]/float64(n[rep])))
		}
	}
	return summarize(q)
}

func (d *Data) byRep(unit string, kv []string) map[int]float64 {
	out := map[int]float64{}
	for i := range d.Records {
		r := &d.Records[i]
		if v, ok := r.Value(unit); ok && has(r.Point, kv) {
			out[r.Rep] = v
		}
	}
	return out
}

// String is the median with its interval.
func (s Stat) String() string {
	if s.N == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3g [%.3g, %.3g]", s.Mid, s.Lo, s.Hi)
}

// percent writes a share with its interval.
func (s Stat) percent() string {
	if s.N == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3g %% [%.3g, %.3g]", 100*s.Mid, 100*s.Lo, 100*s.Hi)
}

// inverse is the summary of the inverse quotients.
func (s Stat) inverse() Stat { return Stat{1 / s.Mid, 1 / s.Hi, 1 / s.Lo, s.N} }

// dot is the summary as a figure's point.
func (s Stat) dot(x float64) figure.Dot { return figure.Dot{X: x, Y: s.Mid, Lo: s.Lo, Hi: s.Hi} }

// scaled is the summary in other units.
func (s Stat) scaled(by float64) Stat { return Stat{s.Mid * by, s.Lo * by, s.Hi * by, s.N} }

// series makes a line of a figure: the figures with a unit over a numeric factor.
func (d *Data) series(name, unit, over string, kv ...string) figure.Series {
	s := figure.Series{Name: name}
	for _, l := range d.Levels(over, kv...) {
		x, err := strconv.ParseFloat(l, 64)
		if err != nil {
			continue
		}
		if st := d.Stat(unit, append([]string{over, l}, kv...)...); st.N > 0 {
			s.Dots = append(s.Dots, st.dot(x))
		}
	}
	return s
}

// show writes a figure for people, with its unit's prefix.
func show(v float64, unit string) string {
	if math.IsNaN(v) {
		return "-"
	}
	if unit == "x" || unit == "share" {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	if v < 0 {
		return "-" + show(-v, unit)
	}
	return benchunit.Scale(v, benchunit.ClassOf(unit))
}
