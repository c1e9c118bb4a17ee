package experiments

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"text/tabwriter"

	"gilt/experiments/calibration"
	"gilt/experiments/figure"
	"gilt/vm"
)

// Does the simulator tell the truth? The same programs on real and on simulated cores, one and two of them: how often
// attempts abort, and what two threads gain. Prices are calibrated with every other one of the programs, on one core; the
// claim is about the rest, on two, of which the calibration has seen nothing.

// trial is a program with its knobs. Its size is a power of ten or so that takes tens of milliseconds.
type trial struct {
	name  string
	file  string
	knobs []string
	size  int
}

// trials are in alphabetical order: those at even places are for calibration, the others for validation.
var trials = []trial{
	{"areas", "areas", nil, 300000},
	{"btree", "btree", nil, 12000},
	{"coarse", "coarse", nil, 30000},
	{"contend-cool", "contend", []string{"hot=1024", "writes=50"}, 60000},
	{"contend-hot", "contend", []string{"hot=16", "writes=50"}, 60000},
	{"contend-read", "contend", []string{"hot=16", "writes=5"}, 60000},
	{"contend-wide", "contend", []string{"hot=64", "apart=64", "writes=20"}, 60000},
	{"counter", "micro", []string{"what=counter"}, 60000},
	{"dict", "micro", []string{"what=dict"}, 150000},
	{"disjoint", "micro", []string{"what=disjoint"}, 400000},
	{"log", "log", nil, 4000},
	{"mandelbrot", "mandelbrot", nil, 150},
	{"mersenne", "mersenne", nil, 700},
	{"miller-rabin", "miller_rabin", nil, 30000},
	{"raytrace", "raytrace", nil, 80},
	{"refcount", "refcount", nil, 60000},
	{"richards", "richards", nil, 256},
	{"skiplist", "skiplist", nil, 8000},
	{"threadworms", "threadworms", nil, 20000},
}

// tries is how often a program runs on real cores for one figure: what else the machine does only makes it slower, so the
// fastest run counts.
const tries = 3

// forCalibration says whether a trial is in the half that prices are calibrated with.
func forCalibration(i int) bool { return i%2 == 0 }

// trialNamed finds a trial; half is calibration or validation.
func trialNamed(name string) (t *trial, half string) {
	for i := range trials {
		if trials[i].name == name {
			if forCalibration(i) {
				return &trials[i], "calibration"
			}
			return &trials[i], "validation"
		}
	}
	panic("experiments: no trial " + name)
}

// ForCalibration writes the half of the workloads that is for calibration into a new directory, and gives them as programs on one
// core, each under the GIL and in transactions.
func ForCalibration() (dir string, list []calibration.Program, err error) {
	if dir, err = os.MkdirTemp("", "gilt-workloads-"); err != nil {
		return "", nil, err
	}
	if err := extract(dir); err != nil {
		return dir, nil, err
	}
	for i, t := range trials {
		if !forCalibration(i) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, t.file+".py"))
		if err != nil {
			return dir, nil, err
		}
		for _, shared := range []bool{false, true} {
			list = append(list, calibration.Program{Name: t.name, Dir: dir, Source: text,
				Args: append([]string{"threads=1", "n=%d"}, t.knobs...), Size: t.size / 4, Shared: shared})
		}
	}
	return dir, list, nil
}

// validation compares real and simulated cores.
func validation() *Experiment {
	const real, sim = "real", "simulated"
	return &Experiment{
		Name: "validation", Title: "Real and simulated cores, one and two of them: aborts and speed-ups of the same programs", Claims: []int{31},
		Units: []Unit{sec, {"aborts/commit", "lower"}},
		Points: func(s Scale) []Point {
			var out []Point
			for i, t := range trials {
				if s == Tiny && i%6 != 1 {
					continue
				}
				_, half := trialNamed(t.name)
				for _, where := range these(sim, real) {
					for _, what := range these("gil2", "stm1", "stm2") {
						out = append(out, at("half", half, "program", t.name, "cores", where, "run", what))
					}
				}
			}
			return out
		},
		Virtual: func(p Point) bool { return p.Get("cores") == sim },
		Run: func(e *Env, p Point) ([]Measure, error) {
			if p.Get("cores") == sim && e.Scale == Quick && e.Rep >= 2 {
				return nil, ErrSkip // only seeds differ, and it takes long
			}
			t, _ := trialNamed(p.Get("program"))
			mode, threads := p.Get("run")[:3], p.Get("run")[3:]
			c := vm.Config{Mode: modes[mode], NoBypass: mode == "stm"} // transactions always, or there is nothing to compare
			if p.Get("cores") == sim {
				c.Machine = e.simulated(2)
			}
			n := pick(e.Scale, max(t.size/100, 2), t.size, 2*t.size)
			var r Result
			for try := range tries {
				again, err := e.run(c, t.file, append([]string{knob("threads", threads), knob("n", n)}, t.knobs...)...)
				if err != nil {
					return nil, err
				}
				if try == 0 || again.Seconds < r.Seconds {
					r = again
				}
				if c.Machine != nil {
					break
				}
			}
			out := []Measure{{"sec", r.Seconds}}
			if mode == "stm" {
				out = append(out, Measure{"aborts/commit", ratio(float64(r.Stats.STM.TotalAborts()), float64(r.Stats.STM.Commits))})
			}
			return out, nil
		},
		Figures: func(d *Data) []figure.Figure {
			var out []figure.Figure
			for _, k := range comparisons {
				f := figure.Figure{Name: "validation-" + k.name, Title: k.title, Kind: figure.Rows, XLabel: k.short}
				list := append(d.compare(k, "validation"), d.compare(k, "calibration")...)
				reality, model := figure.Series{Name: "real cores"}, figure.Series{Name: "simulated cores"}
				for i, c := range list {
					f.Categories = append(f.Categories, c.program)
					reality.Dots = append(reality.Dots, figure.Dot{X: float64(i), Y: c.real, Lo: c.real, Hi: c.real})
					model.Dots = append(model.Dots, figure.Dot{X: float64(i), Y: c.sim, Lo: c.sim, Hi: c.sim})
				}
				f.Series = []figure.Series{reality, model}
				out = append(out, f)
			}
			return out
		},
		Judge: func(d *Data) []Verdict {
			var say []string
			worst := 0.0
			for _, k := range comparisons {
				list := d.compare(k, "validation")
				if len(list) == 0 {
					return nil
				}
				m := medianError(list)
				worst = max(worst, m)
				say = append(say, fmt.Sprintf("%s %s", k.short, percent(m)))
			}
			return []Verdict{verdict(31, worst <= 0.2, "median errors over %d programs that calibration has not seen: %s",
				len(d.Levels("program", "half", "validation")), strings.Join(say, ", "))}
		},
		Notes: validationNotes,
	}
}

// comparison is a figure that real and simulated cores are compared by.
type comparison struct {
	name, short, title string
	floor              float64 // errors of smaller figures are taken as shares of this one
	of                 func(d *Data, kv []string) float64
}

var comparisons = []comparison{
	{"aborts", "aborts per commit", "Aborts per commit, two threads on two cores", 0.01, func(d *Data, kv []string) float64 {
		return d.Mid("aborts/commit", append(kv, "run", "stm2")...)
	}},
	{"threads", "two threads over one", "Speed of two threads over one, in transactions", 0.01, func(d *Data, kv []string) float64 {
		return d.Ratio("sec", append(slices.Clone(kv), "run", "stm1"), append(slices.Clone(kv), "run", "stm2")).Mid
	}},
	{"gil", "transactions over the GIL", "Speed of transactions over the GIL, two threads", 0.01, func(d *Data, kv []string) float64 {
		return d.Ratio("sec", append(slices.Clone(kv), "run", "gil2"), append(slices.Clone(kv), "run", "stm2")).Mid
	}},
}

// compared is a program's figure on real and on simulated cores.
type compared struct {
	program   string
	real, sim float64
	err       float64 // as a share of the real figure
}

// compare lists a half's programs.
func (d *Data) compare(k comparison, half string) []compared {
	var out []compared
	for _, p := range d.Levels("program", "half", half) {
		c := compared{program: p, real: k.of(d, these("program", p, "cores", "real")), sim: k.of(d, these("program", p, "cores", "simulated"))}
		if math.IsNaN(c.real) || math.IsNaN(c.sim) {
			continue
		}
		c.err = math.Abs(c.sim-c.real) / max(c.real, k.floor)
		out = append(out, c)
	}
	return out
}

func medianError(list []compared) float64 {
	var v []float64
	for _, c := range list {
		v = append(v, c.err)
	}
	sort.Float64s(v)
	if len(v)%2 == 0 {
		return (v[len(v)/2-1] + v[len(v)/2]) / 2
	}
	return v[len(v)/2]
}

// validationNotes sets real beside simulated, program by program.
func validationNotes(d *Data, w io.Writer) {
	fmt.Fprintln(w, "real and simulated cores")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tw, "program\thalf\t")
	for _, k := range comparisons {
		fmt.Fprintf(tw, "%s: real\tsimulated\terror\t", k.short)
	}
	fmt.Fprintln(tw)
	g := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	for _, half := range these("validation", "calibration") {
		columns := make([][]compared, len(comparisons))
		for i, k := range comparisons {
			columns[i] = d.compare(k, half)
		}
		if len(columns[0]) == 0 {
			continue
		}
		for i := range columns[0] {
			fmt.Fprintf(tw, "%s\t%s\t", columns[0][i].program, half)
			for _, c := range columns {
				fmt.Fprintf(tw, "%s\t%s\t%s\t", g(c[i].real), g(c[i].sim), percent(c[i].err))
			}
			fmt.Fprintln(tw)
		}
		fmt.Fprintf(tw, "median\t%s\t", half)
		for _, c := range columns {
			fmt.Fprintf(tw, "\t\t%s\t", percent(medianError(c)))
		}
		fmt.Fprintln(tw)
	}
	_ = tw.Flush() // into memory
}
