package experiments

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"gilt/experiments/figure"
)

// fake is an experiment whose figures are known; it fails after some measurements.
func fake(failAt int64) (*Experiment, *atomic.Int64) {
	var calls atomic.Int64
	return &Experiment{
		Name: "fake-one", Title: "known figures", Simulated: true, Units: []Unit{sec}, Claims: []int{1},
		Reps:   func(Scale) int { return 6 },
		Points: func(Scale) []Point { return grid("a", these("x", "y"), "n", these("1", "2")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			if calls.Add(1) == failAt {
				return nil, errors.New("the machine has caught fire")
			}
			return []Measure{{"sec", float64(p.Int("n")) + float64(e.Rep)/10}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			return []figure.Figure{{Name: "fake", LogX: true, Series: []figure.Series{d.series("x", "sec", "n", "a", "x"), d.series("y", "sec", "n", "a", "y")}}}
		},
		Judge: func(d *Data) []Verdict {
			return []Verdict{verdict(1, d.Mid("sec", "n", "2") > 2, "%.2f", d.Mid("sec", "n", "2"))}
		},
	}, &calls
}

func options(t *testing.T, e ...*Experiment) Options {
	t.Helper()
	return Options{Scale: Quick, Dir: t.TempDir(), Out: io.Discard, Progress: io.Discard, List: e}
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// An interrupted run goes on where it was, and what comes out is the same as without the interruption.
func TestResume(t *testing.T) {
	whole, _ := fake(0)
	o := options(t, whole)
	if err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	broken, calls := fake(10)
	p := options(t, broken)
	if err := Run(context.Background(), p); err == nil || !strings.Contains(err.Error(), "caught fire") {
		t.Fatal(err)
	}
	first := calls.Load()
	if err := Run(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	if n := calls.Load() - first; n >= 24 || n < 24-first {
		t.Errorf("%d measurements in the second run, after %d in the first", n, first)
	}
	for _, f := range []string{"fake-one.bench", "fake-one.csv", "fake.svg", "fake-one.txt", "claims.md"} {
		if a, b := read(t, o.Dir, f), read(t, p.Dir, f); a != b {
			t.Errorf("%s differs:\n%s\n%s", f, a, b)
		}
	}
	if err := Run(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	if n := calls.Load(); n < 24+24 {
		t.Errorf("a complete run was not measured anew: %d measurements altogether", n)
	}
}

// What verdicts rest on is measured twice as often on real cores, and no more often elsewhere; virtual time stands for itself.
func TestDecisive(t *testing.T) {
	for _, simulated := range []bool{true, false} {
		e, _ := fake(0)
		e.Simulated = simulated
		e.Decisive = func(p Point) bool { return p.Get("a") == "x" }
		e.Virtual = func(p Point) bool { return p.Get("n") == "2" }
		o := options(t, e)
		if err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		d, err := Load(o.Dir, e.Name)
		if err != nil {
			t.Fatal(err)
		}
		often := map[string]int{}
		for _, r := range d.Records {
			often[r.Point.String()]++
			if r.Job/4 != r.Rep {
				t.Errorf("job %d is of repetition %d", r.Job, r.Rep)
			}
		}
		x := map[bool]int{true: 6, false: 12}[simulated]
		if often["/a=x/n=1"] != x || often["/a=x/n=2"] != x || often["/a=y/n=1"] != 6 || often["/a=y/n=2"] != 6 {
			t.Errorf("simulated %v: measured %v", simulated, often)
		}
	}
}

// Every damage is found and named, wherever it is.
func TestDamage(t *testing.T) {
	e, _ := fake(0)
	o := options(t, e)
	if err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(o.Dir, "fake-one.bench")
	good := read(t, file)
	for at := 0; at < len(good)-1; at++ {
		bad := []byte(good)
		bad[at] ^= 1
		_, err := parse("f", bad)
		var d *Damage
		if !errors.As(err, &d) {
			t.Fatalf("byte %d (%q) changed: %v", at, good[max(0, at-20):at+1], err)
		}
	}
	lines := strings.SplitAfter(good, "\n")
	for n := range lines {
		if _, err := parse("f", []byte(strings.Join(append(lines[:n:n], lines[min(n+1, len(lines)):]...), ""))); err == nil && lines[n] != "" {
			t.Fatalf("line %d is missing: no error", n+1)
		}
	}
	bad := strings.Replace(good, "/a=y/n=2 1 2.3", "/a=y/n=2 1 9.3", 1)
	if bad == good {
		t.Fatal("no such record")
	}
	if err := os.WriteFile(file, []byte(bad), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, plot := range []bool{true, false} {
		o.PlotOnly = plot
		if err := Run(context.Background(), o); err == nil || !regexp.MustCompile(`fake-one\.bench:\d+: record BenchmarkFakeOne/a=y/n=2`).MatchString(err.Error()) {
			t.Errorf("plot %v: %v", plot, err)
		}
	}
	if Inspect(o.Dir) == nil {
		t.Error("Inspect has seen nothing")
	}
}

// Shards measure everything once; merged, they are what one run gives.
func TestShards(t *testing.T) {
	for _, simulated := range []bool{true, false} {
		e, calls := fake(0)
		e.Simulated = simulated
		o := options(t, e)
		for i := range 4 {
			o.Shard, o.Shards = i+1, 4
			if err := Run(context.Background(), o); err != nil {
				t.Fatal(err)
			}
		}
		if calls.Load() != 24 {
			t.Errorf("%d measurements", calls.Load())
		}
		d, err := Load(o.Dir, e.Name)
		if err != nil || len(d.Records) != 24 {
			t.Fatalf("%d records, %v", len(d.Records), err)
		}
		for i, r := range d.Records {
			if r.Job != i {
				t.Fatalf("record %d is job %d", i, r.Job)
			}
		}
	}
	e, _ := fake(0)
	o := options(t, e)
	o.Shard, o.Shards = 5, 4
	if Run(context.Background(), o) == nil {
		t.Error("shard 5 of 4")
	}
}

// The same figure gives the same bytes, and damaged input does not stop it.
func TestFiguresAreDeterministic(t *testing.T) {
	figs := []figure.Figure{
		{Name: "l", Kind: figure.Lines, LogY: true, Log2X: true, Reference: 1, Series: []figure.Series{
			{Name: "one", Dots: []figure.Dot{{X: 1, Y: 2, Lo: 1, Hi: 3}, {X: 4, Y: 9, Lo: 8, Hi: 12}}},
			{Name: "two", Dots: []figure.Dot{{X: 1, Y: 2, Lo: 0, Hi: 3}}}, {Name: "none"}}},
		{Name: "r", Kind: figure.Rows, Categories: these("p", "q"), Series: []figure.Series{{Name: "s", Dots: []figure.Dot{{X: 0, Y: 1, Lo: 1, Hi: 1}}}}},
		{Name: "h", Kind: figure.Heat, Categories: these("p"), Columns: these("u", "v"), Cells: [][]float64{{1, 2}}},
		{Name: "g", Kind: figure.Lanes, Categories: these("t1", "t2"), Keys: these("runs", "waits"), Spans: []figure.Span{{Lane: 0, To: 2}, {Lane: 1, From: 1, To: 3, Colour: 1}}},
		{Name: "empty", Kind: figure.Lines}, {Name: "empty", Kind: figure.Rows}, {Name: "empty", Kind: figure.Heat}, {Name: "empty", Kind: figure.Lanes},
	}
	for _, f := range figs {
		a, err := f.SVG()
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.SVG()
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: two drawings differ (%v)", f.Name, err)
		}
		if _, err := f.PNG(); err != nil {
			t.Error(err)
		}
	}
}

// What benchmark readers would take for a number of processors must not end a name; claims must exist; names be unique.
func TestList(t *testing.T) {
	seen := map[string]bool{}
	claims := map[int]bool{}
	for _, c := range Claims() {
		claims[c.Number] = true
	}
	for _, e := range All() {
		if seen[e.Name] {
			t.Errorf("two experiments are called %s", e.Name)
		}
		seen[e.Name] = true
		for _, n := range e.Claims {
			if !claims[n] {
				t.Errorf("%s: no claim %d", e.Name, n)
			}
		}
		for s := Tiny; s <= Full; s++ {
			if least := map[bool]int{false: 6, true: 3}[e.Simulated]; s != Tiny && !e.Raw && e.reps(s) < least {
				t.Errorf("%s: %d repetitions have no confidence interval", e.Name, e.reps(s))
			}
			decisive := 0
			for _, p := range e.Points(s) {
				decisive += b2i(e.repsAt(s, p) > e.reps(s))
				if regexp.MustCompile(`-\d+$`).MatchString(p.String()) || regexp.MustCompile(`[ \t\n]`).MatchString(p.String()) {
					t.Errorf("%s: name %v", e.Name, p)
				}
			}
			if s != Tiny && e.Decisive != nil && decisive == 0 {
				t.Errorf("%s: no point is decisive in %s runs", e.Name, s)
			}
		}
	}
	for _, w := range Workloads() {
		if w.Doc == "" || strings.Contains(w.Doc, "\n") {
			t.Errorf("workload %s says nothing of itself", w.Name)
		}
	}
	if _, err := (&Options{Names: these("nothing")}).choose(); err == nil || !strings.Contains(err.Error(), "known: overhead") {
		t.Error(err)
	}
}

// Every experiment, tiny: what it measures verifies itself, and its data give figures and verdicts.
func TestExperiments(t *testing.T) {
	for _, e := range All() {
		t.Run(e.Name, func(t *testing.T) {
			o := Options{Scale: Tiny, Dir: t.TempDir(), Out: io.Discard, Progress: io.Discard, Names: these(e.Name)}
			if err := Run(context.Background(), o); err != nil {
				t.Fatal(err)
			}
			before, err := filepath.Glob(filepath.Join(o.Dir, "*.svg"))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range before {
				was := read(t, f)
				o.PlotOnly = true
				if err := Run(context.Background(), o); err != nil {
					t.Fatal(err)
				}
				if read(t, f) != was {
					t.Errorf("%s: drawn again from the same data it differs", f)
				}
			}
		})
	}
}

// Virtual time is the same on every machine: the shipped data come out again.
func TestShippedData(t *testing.T) {
	for _, name := range these("ctrl-c", "lazy-eager") {
		o := Options{Scale: Quick, Dir: t.TempDir(), Out: io.Discard, Progress: io.Discard, Names: these(name)}
		if err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, o.Dir, name+".bench"), read(t, "data/shipped", name+".bench"); got != want {
			t.Errorf("%s: measured again it is different; if that is meant, ship the new data", name)
		}
	}
	if err := Inspect("data/shipped"); err != nil {
		t.Error(err)
	}
}

var (
	scaleFlag = flag.String("scale", "tiny", "how much BenchmarkExperiments measures: tiny, quick or full")
	outFlag   = flag.String("out", "", "where BenchmarkExperiments writes data, figures and tables; a temporary directory without it")
)

// BenchmarkExperiments runs each experiment: go test -run - -bench Experiments/areas -benchtime 1x -args -scale quick -out DIR.
// Without arguments they are tiny, and only show that they work.
func BenchmarkExperiments(b *testing.B) {
	scales := map[string]Scale{"tiny": Tiny, "quick": Quick, "full": Full}
	scale, ok := scales[*scaleFlag]
	if !ok {
		b.Fatalf("scale %q: tiny, quick or full", *scaleFlag)
	}
	for _, e := range All() {
		b.Run(e.Name, func(b *testing.B) {
			for b.Loop() {
				o := Options{Scale: scale, Dir: *outFlag, Out: os.Stdout, Progress: io.Discard, Names: these(e.Name)}
				if o.Dir == "" {
					o.Dir, o.Out = b.TempDir(), io.Discard
				}
				if err := Run(context.Background(), o); err != nil {
					b.Fatal(fmt.Errorf("%s: %w", e.Name, err))
				}
			}
		})
	}
}

// Points can be chosen; what was measured before stays.
func TestOnly(t *testing.T) {
	e, calls := fake(0)
	o := options(t, e)
	for _, only := range [][]Factor{{{"a", "x"}}, {{"a", "y"}, {"n", "1"}, {"n", "2"}}, {{"a", "y"}}} {
		o.Only = only
		if err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
	}
	if n := calls.Load(); n != 12+12+12 {
		t.Errorf("%d measurements", n)
	}
	if d, err := Load(o.Dir, e.Name); err != nil || len(d.Records) != 24 {
		t.Errorf("%d records, %v", len(d.Records), err)
	}
	o.Only = []Factor{{"a", "z"}}
	if err := Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "known values of a: x, y") {
		t.Error(err)
	}
}

// Verdicts follow the rules that claims.go states.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		lo, mid, hi, published float64
		want                   Outcome
	}{
		{1.2, 1.3, 1.4, 0, Holds}, {1.05, 1.3, 1.4, 0, Unclear}, {0.8, 0.9, 1.0, 0, HoldsNot},
		{2.1, 2.2, 2.3, 4, Holds}, {1.5, 1.6, 1.7, 4, Partly}, {1.5, 2, 2.5, 4, Partly}, {1.0, 1.02, 1.05, 4, HoldsNot}, {0.9, 1.5, 3, 4, Unclear},
	} {
		if got := (Stat{c.mid, c.lo, c.hi, 6}).claimed(c.published); got != c.want {
			t.Errorf("%v to %v, published %v: %s, want %s", c.lo, c.hi, c.published, got, c.want)
		}
	}
	if o := (Stat{}).claimed(0); o != NotTested {
		t.Error(o)
	}
	for _, c := range []struct {
		parts []Outcome
		want  Outcome
	}{{[]Outcome{Holds, NotTested}, Holds}, {[]Outcome{Holds, HoldsNot}, Partly}, {[]Outcome{Holds, Unclear}, Unclear}, {[]Outcome{HoldsNot, HoldsNot}, HoldsNot}, {nil, NotTested}} {
		if got := all(c.parts...); got != c.want {
			t.Errorf("%v: %s, want %s", c.parts, got, c.want)
		}
	}
}

// A CPython that is not there is no error: its points say so, and so do the verdicts.
func TestWithoutCPython(t *testing.T) {
	t.Setenv("GILT_PYTHON3", filepath.Join(t.TempDir(), "no-such-python"))
	t.Setenv("GILT_PYTHON2", filepath.Join(t.TempDir(), "no-such-python"))
	o := Options{Scale: Tiny, Dir: t.TempDir(), Out: io.Discard, Progress: io.Discard, Names: these("starts", "count")}
	if err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if text := read(t, o.Dir, "claims.md"); !strings.Contains(text, "no python3 found") || !strings.Contains(text, "no python2 found") {
		t.Error(text)
	}
}
