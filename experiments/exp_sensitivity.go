package experiments

import (
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strconv"
	"text/tabwriter"

	"gilt/experiments/figure"
	"gilt/internal/machine"
	"gilt/vm"
)

// What depends on the prices of virtual time: each of them halved and doubled, and what that does to aborts and speed-ups of programs
// that share data in different ways. A ranking that changes within this range must not be claimed.

// sensitive are the trials that the sweep runs.
var sensitive = []string{"contend-cool", "counter", "dict"}

// unscaled is the point to compare with.
const unscaled = "none"

func sensitivity() *Experiment {
	return &Experiment{
		Name: "sensitivity", Title: "Each price of virtual time halved and doubled: two threads, two simulated cores", Simulated: true, Claims: []int{31},
		Units: []Unit{{"two/one", "higher"}, {"stm/gil", "higher"}, {"aborts/commit", "lower"}},
		Points: func(s Scale) []Point {
			constants := pick(s, these("lineTransfer"), machine.Constants(), machine.Constants())
			programs := pick(s, sensitive[:1], sensitive, sensitive)
			return append(grid("program", programs, "constant", these(unscaled), "by", these("1")),
				grid("program", programs, "constant", constants, "by", these("0.5", "2"))...)
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			t, _ := trialNamed(p.Get("program"))
			costs := e.Costs
			if costs == (machine.Costs{}) {
				costs = machine.DefaultCosts()
			}
			if c := p.Get("constant"); c != unscaled {
				var err error
				if costs, err = costs.Scale(c, p.Float("by")); err != nil {
					return nil, err
				}
			}
			env := *e
			env.Costs = costs
			run := func(mode string, threads int) (Result, error) {
				c := vm.Config{Mode: modes[mode], NoBypass: mode == "stm", Machine: env.simulated(2)}
				return env.run(c, t.file, append([]string{knob("threads", threads), knob("n", max(t.size/pick(e.Scale, 100, 30, 4), 2))}, t.knobs...)...)
			}
			gil, err := run("gil", 2)
			if err != nil {
				return nil, err
			}
			one, err := run("stm", 1)
			if err != nil {
				return nil, err
			}
			two, err := run("stm", 2)
			if err != nil {
				return nil, err
			}
			return []Measure{{"two/one", ratio(one.Seconds, two.Seconds)}, {"stm/gil", ratio(gil.Seconds, two.Seconds)},
				{"aborts/commit", ratio(float64(two.Stats.STM.TotalAborts()), float64(two.Stats.STM.Commits))}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "sensitivity", Title: "Change of the two-thread speed-up (%)", Kind: figure.Heat,
				XLabel: "program", YLabel: "price", Columns: d.Levels("program", "constant", unscaled)}
			constants := d.mattering()
			if len(constants) == 0 { // then all of them, which shows that
				constants = slices.DeleteFunc(d.Levels("constant"), func(c string) bool { return c == unscaled })
			}
			for _, c := range constants {
				for _, by := range these("0.5", "2") {
					f.Categories = append(f.Categories, c+" x"+by)
					var row []float64
					for _, p := range f.Columns {
						row = append(row, math.Round(100*d.swing("two/one", p, c, by)))
					}
					f.Cells = append(f.Cells, row)
				}
			}
			if len(f.Cells) == 0 {
				return nil
			}
			return []figure.Figure{f}
		},
		Notes: sensitivityNotes,
	}
}

// swing is the change of a figure, as a share, that scaling a constant makes.
func (d *Data) swing(unit, program, constant, by string) float64 {
	base := d.Mid(unit, "program", program, "constant", unscaled)
	v := d.Mid(unit, "program", program, "constant", constant, "by", by)
	return (v - base) / max(base, 0.01)
}

// swingOf is the largest change of any figure of any program.
func (d *Data) swingOf(constant string) float64 {
	most := 0.0
	for _, p := range d.Levels("program", "constant", unscaled) {
		for _, u := range these("two/one", "stm/gil", "aborts/commit") {
			for _, by := range these("0.5", "2") {
				if s := math.Abs(d.swing(u, p, constant, by)); s > most {
					most = s
				}
			}
		}
	}
	return most
}

// mattering are the constants that change anything by 5 % or more, the strongest first.
func (d *Data) mattering() []string {
	var out []string
	for _, c := range d.Levels("constant") {
		if c != unscaled && d.swingOf(c) >= 0.05 {
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return d.swingOf(out[i]) > d.swingOf(out[j]) })
	return out
}

// sensitivityNotes lists, for each constant that matters, the range of every figure.
func sensitivityNotes(d *Data, w io.Writer) {
	programs := d.Levels("program", "constant", unscaled)
	g := func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
	fmt.Fprintln(w, "two threads over one / transactions over the GIL / aborts per commit, with each price halved ... doubled")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tw, "price\t")
	for _, p := range programs {
		fmt.Fprintf(tw, "%s\t", p)
	}
	fmt.Fprintln(tw)
	line := func(c string, factors ...string) {
		fmt.Fprintf(tw, "%s\t", c)
		for _, p := range programs {
			for i, u := range these("two/one", "stm/gil", "aborts/commit") {
				if i > 0 {
					fmt.Fprint(tw, " / ")
				}
				for j, by := range factors {
					if j > 0 {
						fmt.Fprint(tw, "...")
					}
					fmt.Fprint(tw, g(d.Mid(u, "program", p, "constant", c, "by", by)))
				}
			}
			fmt.Fprint(tw, "\t")
		}
		fmt.Fprintln(tw)
	}
	line(unscaled, "1")
	matter := d.mattering()
	for _, c := range matter {
		line(c, "0.5", "2")
	}
	_ = tw.Flush() // into memory
	var rest []string
	for _, c := range d.Levels("constant") {
		if c != unscaled && !slices.Contains(matter, c) {
			rest = append(rest, c)
		}
	}
	if len(rest) > 0 {
		fmt.Fprintf(w, "less than 5 %% everywhere: %v\n", rest)
	}
}
