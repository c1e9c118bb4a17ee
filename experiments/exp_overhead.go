package experiments

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"gilt/experiments/figure"
	"gilt/vm"
)

// overhead measures what transactions cost a program of one thread: with the bypass (no transactions while one thread is
// alive), without it, and without it and each of the other optimisations.

// variants of the VM for one thread, by name. Those that begin with a minus do without one optimisation besides the bypass.
func variant(name string) vm.Config {
	if off, ok := strings.CutPrefix(name, "-"); ok {
		return vm.Config{Mode: vm.ModeSTM, Off: these("bypass", off)}
	}
	return map[string]vm.Config{
		"gil":        {Mode: vm.ModeGIL},
		"stm-bypass": {Mode: vm.ModeSTM},
		"stm":        {Mode: vm.ModeSTM, NoBypass: true},
		"rw":         {Mode: vm.ModeRW, NoBypass: true},
		"locks":      {Mode: vm.ModeLocks, NoBypass: true},
	}[name]
}

var kernelNames = these("ints", "calls", "attributes", "objects", "dicts", "lists", "floats", "strings", "generators", "sorting", "locking")

// pypyOverhead is PyPy-STM's without JIT on one thread: the geometric mean of 1.07 to 1.66.
const pypyOverhead = 1.40

func overhead() *Experiment {
	shown := these("stm-bypass", "stm", "rw", "locks")
	less := these("stm", "-private", "-epoch", "-elision", "-adaptive")
	return &Experiment{
		Name: "overhead", Title: "One thread: the cost of each regime and the worth of each optimisation, by kernel",
		Claims: []int{16, 26}, Published: "PyPy-STM without JIT 1.07 to 1.66, geometric mean 1.40; guessed 2 to 5",
		Units: []Unit{sec},
		Points: func(s Scale) []Point {
			return grid("kernel", pick(s, kernelNames[:2], kernelNames, kernelNames), "variant", append(append(these("gil"), shown...), less[1:]...))
		},
		Decisive: func(p Point) bool { return slices.Contains(these("gil", "stm", "stm-bypass"), p.Get("variant")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(variant(p.Get("variant")), "kernels", knob("kernel", p.Get("kernel")),
				knob("n", pick(e.Scale, 400, 20000, 200000)), knob("rounds", pick(e.Scale, 2, 5, 7)))
			return []Measure{{"sec", r.Figures["best"]}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			fig := func(name, title string, variants []string) figure.Figure {
				f := figure.Figure{Name: name, Title: title, Kind: figure.Rows, Categories: d.Levels("kernel"),
					XLabel: "time over that of the GIL", LogX: true, Reference: 1, Width: 125 * 2.834}
				for _, v := range variants {
					s := figure.Series{Name: v}
					if off, ok := strings.CutPrefix(v, "-"); ok {
						s.Name = "stm without " + off
					}
					for i, k := range f.Categories {
						st := d.Ratio("sec", these("kernel", k, "variant", v), these("kernel", k, "variant", "gil"))
						s.Dots = append(s.Dots, st.dot(float64(i)))
					}
					f.Series = append(f.Series, s)
				}
				return f
			}
			return []figure.Figure{fig("overhead", "One thread: regimes", shown), fig("overhead-off", "One thread: optimisations switched off", less)}
		},
		Notes: func(d *Data, w io.Writer) {
			fmt.Fprintln(w, "geometric mean over the kernels of the time over the GIL's")
			for _, v := range append(shown[:len(shown):len(shown)], less[1:]...) {
				fmt.Fprintf(w, "  %-12s %v\n", v, overheadMean(d, v))
			}
		},
		Judge: func(d *Data) []Verdict {
			on, by := overheadMean(d, "stm"), overheadMean(d, "stm-bypass")
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, k := range d.Levels("kernel") {
				q := d.Ratio("sec", these("kernel", k, "variant", "stm"), these("kernel", k, "variant", "gil")).Mid
				lo, hi = min(lo, q), max(hi, q)
			}
			// The claim is a range: it holds when all of the interval is inside, and not when all of it is outside.
			guess := Unclear
			switch {
			case on.Lo >= 2 && on.Hi <= 5:
				guess = Holds
			case on.Hi < 2 || on.Lo > 5:
				guess = HoldsNot
			}
			// Off is right when it saves a tenth or more on some kernels, and loses as much on none.
			saved, kernels := d.MeanRatio("sec", kernelPairs(d, "stm", "stm-bypass")), d.Levels("kernel")
			off, more, less := HoldsNot, 0, 0
			for _, k := range kernels {
				switch q := d.Ratio("sec", these("kernel", k, "variant", "stm"), these("kernel", k, "variant", "stm-bypass")); {
				case q.Lo > margin:
					more++
				case q.Hi < 1/margin:
					less++
				case q.Lo < 1/margin || q.Hi > margin:
					off = Unclear // unless others decide
				}
			}
			switch {
			case more > 0 && less == 0:
				off = Holds
			case more > 0:
				off = Partly
			}
			return []Verdict{
				{16, guess, fmt.Sprintf("the time of one thread in transactions is %v times that under the GIL, geometric mean of %d kernels (PyPy-STM %.2f); from %.2f to %.2f by kernel", on, len(kernels), pypyOverhead, lo, hi)},
				{26, off, fmt.Sprintf("transactions on over off (one thread): at least a tenth more on %d of %d kernels, a tenth less on %d; geometric mean %v; off over the GIL %v", more, len(kernels), less, saved, by)},
			}
		},
	}
}

func kernelPairs(d *Data, over, under string) [][2][]string {
	var out [][2][]string
	for _, k := range d.Levels("kernel") {
		out = append(out, [2][]string{these("kernel", k, "variant", over), these("kernel", k, "variant", under)})
	}
	return out
}

// overheadMean is the geometric mean over the kernels of the time over the GIL's.
func overheadMean(d *Data, variant string) Stat {
	return d.MeanRatio("sec", kernelPairs(d, variant, "gil"))
}

// ablation measures what each optimisation contributes when threads run in parallel.
func ablation() *Experiment {
	offs := these("none", "private", "epoch", "elision", "adaptive", "phases")
	names, byName := programsWhere(func(p program) bool { return p.sim[Quick] > 0 && p.name != "mersenne" })
	return &Experiment{
		Name: "ablation", Title: "The worth of each optimisation: 4 threads on 4 simulated cores", Simulated: true, Claims: []int{23},
		Units: []Unit{sec, {"abort-share", "lower"}},
		Points: func(s Scale) []Point {
			return append(grid("program", pick(s, names[:1], names, names), "off", offs), grid("program", pick(s, names[:1], names, names), "off", these("gil"))...)
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			w, c := byName[p.Get("program")], vm.Config{Mode: vm.ModeSTM, Machine: e.simulated(4)}
			switch off := p.Get("off"); off {
			case "gil":
				c.Mode = vm.ModeGIL
			case "none":
			default:
				c.Off = these(off)
			}
			r, err := e.run(c, w.file, w.knobs(pick(e.Scale, w.sim[Tiny], w.sim[Quick]/2, w.sim[Full]/2), 4)...)
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "ablation", Title: "Optimisations switched off: four simulated cores", Kind: figure.Rows, Categories: d.Levels("program"),
				XLabel: "speed over the GIL's", LogX: true, Reference: 1, Width: 110 * 2.834}
			for _, off := range offs {
				s := figure.Series{Name: map[string]string{"none": "all on"}[off]}
				if s.Name == "" {
					s.Name = "without " + off
				}
				for i, p := range f.Categories {
					s.Dots = append(s.Dots, d.Ratio("sec", these("program", p, "off", "gil"), these("program", p, "off", off)).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			var pairs [][2][]string
			for _, p := range d.Levels("program") {
				pairs = append(pairs, [2][]string{these("program", p, "off", "private"), these("program", p, "off", "none")})
			}
			q := d.MeanRatio("sec", pairs)
			return []Verdict{{23, q.claimed(0), fmt.Sprintf("time without private objects over with them, geometric mean of %d programs: %v", len(pairs), q)}}
		},
	}
}

// private counts what transactions log for objects that no other thread can see, and for those that all can.
func private() *Experiment {
	return &Experiment{
		Name: "private", Title: "Entries in the logs of transactions, for private and for public objects", Simulated: true,
		Claims: []int{23}, Units: []Unit{{"writes/iteration", "lower"}, {"reads/iteration", "lower"}},
		Reps:   func(Scale) int { return 6 },
		Points: func(Scale) []Point { return grid("kernel", these("attributes", "objects", "floats", "shared")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			n := pick(e.Scale, 500, 4000, 20000)
			c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Machine: e.simulated(2)}
			var r Result
			var err error
			if p.Get("kernel") == "shared" {
				r, err = e.run(c, "contend", "threads=1", "hot=65536", "writes=100", "think=0", knob("n", n))
			} else {
				r, err = e.run(c, "kernels", knob("kernel", p.Get("kernel")), knob("n", n))
			}
			if err != nil {
				return nil, err
			}
			return []Measure{{"writes/iteration", float64(r.Stats.STM.Writes) / float64(n)},
				{"reads/iteration", float64(r.Stats.STM.Reads) / float64(n)}}, nil
		},
		Judge: func(d *Data) []Verdict {
			worst, where := 0.0, ""
			for _, k := range d.Levels("kernel") {
				if w := d.Mid("writes/iteration", "kernel", k); k != "shared" && w >= worst {
					worst, where = w, k
				}
			}
			o := Holds // nothing at all is logged
			if worst > 0 {
				o = d.Ratio("writes/iteration", these("kernel", "shared"), these("kernel", where)).claimed(0)
			}
			return []Verdict{{23, o, fmt.Sprintf("writes logged per round: at most %.3f on private objects, %.3f on a public one", worst, d.Mid("writes/iteration", "kernel", "shared"))}}
		},
	}
}

// percent writes a share.
func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }
