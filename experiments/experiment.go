package experiments

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"gilt/experiments/figure"
	"gilt/internal/machine"
)

// Scale is how much is measured.
type Scale uint8

// The scales. Tiny is for tests: everything is touched, nothing is learnt.
const (
	Tiny Scale = iota
	Quick
	Full
)

// String is the scale's name, as data files have it.
func (s Scale) String() string { return [...]string{"tiny", "quick", "full"}[s] }

// pick is the value for the scale.
func pick[T any](s Scale, tiny, quick, full T) T { return [...]T{tiny, quick, full}[s] }

// Factor is one thing that is varied.
type Factor struct{ Key, Value string }

// Point is one combination of the factors' values, in the order of the experiment.
type Point []Factor

// Get is the value of a factor, "" if the point has no such factor.
func (p Point) Get(key string) string {
	for _, f := range p {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// Int is the value of a factor that is a number.
func (p Point) Int(key string) int {
	n, err := strconv.Atoi(p.Get(key))
	if err != nil {
		panic(fmt.Sprintf("experiments: factor %s of %v is no number", key, p))
	}
	return n
}

// Float is the value of a factor that is a number.
func (p Point) Float(key string) float64 {
	f, err := strconv.ParseFloat(p.Get(key), 64)
	if err != nil {
		panic(fmt.Sprintf("experiments: factor %s of %v is no number", key, p))
	}
	return f
}

// String is the point as in a benchmark's name.
func (p Point) String() string {
	var b strings.Builder
	for _, f := range p {
		b.WriteString("/" + f.Key + "=" + f.Value)
	}
	return b.String()
}

// at makes a point from alternating keys and values.
func at(kv ...any) Point {
	p := make(Point, 0, len(kv)/2)
	for i := 0; i < len(kv); i += 2 {
		p = append(p, Factor{kv[i].(string), fmt.Sprint(kv[i+1])})
	}
	return p
}

// Measure is one figure that measuring a point gave.
type Measure struct {
	Unit  string // as in benchmark files: sec, commits/sec, x, ...
	Value float64
}

// Unit describes a unit of an experiment.
type Unit struct {
	Name   string
	Better string // higher, lower, or ""
}

// Env is what measuring a point may use.
type Env struct {
	context.Context
	Scale Scale
	Seed  uint64
	Rep   int
	Dir   string        // where the workloads' files are
	Costs machine.Costs // of virtual time; the zero value is the defaults

	pythons *installed
}

// ErrSkip is returned by Run when a point cannot be measured here: no python3, for example.
var ErrSkip = errors.New("cannot be measured on this machine")

// skipped is the unit of the record that says so.
const skipped = "skipped"

// Experiment is one experiment.
type Experiment struct {
	Name       string
	Title      string // one line
	Simulated  bool   // virtual time only
	Raw        bool   // its figures are no samples of anything: no table of medians
	Calibrated bool   // its virtual points want the present machine's prices (calibrated.go)
	CPython    bool   // it compares with an installed CPython
	Claims     []int  // numbers of the claims that it tests (claims.go)
	Published  string // the published figure, if there is one
	Units      []Unit
	Reps       func(Scale) int // nil: 6
	Points     func(Scale) []Point
	Decisive   func(Point) bool // the points that verdicts rest on: on real cores they are measured twice as often; nil: none
	Virtual    func(Point) bool // of an experiment on real cores, the points that are measured in virtual time; nil: none
	Run        func(*Env, Point) ([]Measure, error)
	Figures    func(*Data) []figure.Figure
	Notes      func(*Data, io.Writer) // nil: none; printed, and part of the table
	Judge      func(*Data) []Verdict
}

// reps is how often each point is measured: on real cores at least 6 times, or there is no confidence interval. Virtual time
// differs between repetitions by its seeds alone; quick runs show their range.
func (e *Experiment) reps(s Scale) int {
	if s == Tiny {
		return 2
	}
	if e.Reps != nil {
		return e.Reps(s)
	}
	if e.Simulated {
		return pick(s, 2, 3, 10)
	}
	return pick(s, 2, 6, 10)
}

// repsAt is how often a point is measured. The interval of the median of 6 values reaches from the least to the greatest, so that
// one disturbance decides it; that of 12 leaves two out on either side.
func (e *Experiment) repsAt(s Scale, p Point) int {
	if s != Tiny && !e.Simulated && e.Decisive != nil && e.Decisive(p) {
		return 2 * e.reps(s)
	}
	return e.reps(s)
}

// virtual says whether a point is measured in virtual time.
func (e *Experiment) virtual(p Point) bool { return e.Simulated || e.Virtual != nil && e.Virtual(p) }

// benchmark is the name of the experiment in benchmark files.
func (e *Experiment) benchmark() string {
	var b strings.Builder
	b.WriteString("Benchmark")
	for _, w := range strings.Split(e.Name, "-") {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

// ratio is a/b as a measured figure, 0 when there is nothing to divide by.
func ratio(a, b float64) float64 {
	if b == 0 || math.IsNaN(a) || math.IsNaN(b) {
		return 0
	}
	return a / b
}
