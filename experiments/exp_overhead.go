package experiments

import (
	"fmt"
	"math"

	"gilt/experiments/figure"
	"gilt/vm"
)

// overhead measures what transactions cost a program of one thread: with the bypass (no transactions while one thread is
// alive) and without it, at each granularity of containers.

// variants of the VM for one thread, by name.
var variants = map[string]vm.Config{
	"gil":        {Mode: vm.ModeGIL},
	"stm-bypass": {Mode: vm.ModeSTM},
	"stm":        {Mode: vm.ModeSTM, NoBypass: true},
	"stm-slice":  {Mode: vm.ModeSTM, NoBypass: true, Slice: 200},
	"rw":         {Mode: vm.ModeRW, NoBypass: true},
	"locks":      {Mode: vm.ModeLocks, NoBypass: true},
}

var kernelNames = these("ints", "calls", "attributes", "objects", "dicts", "lists", "floats", "strings", "generators", "sorting")

func overhead() *Experiment {
	shown := these("stm-bypass", "stm", "stm-slice", "rw", "locks")
	return &Experiment{
		Name: "overhead", Title: "One thread: the cost of each regime over the GIL, by kernel",
		Claims: []int{16, 26}, Published: "PyPy-STM without JIT 1.07 to 1.66, geometric mean 1.40; guessed 2 to 5",
		Units: []Unit{sec},
		Points: func(s Scale) []Point {
			return grid("kernel", pick(s, kernelNames[:2], kernelNames, kernelNames), "variant", append(these("gil"), shown...))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(variants[p.Get("variant")], "kernels", knob("kernel", p.Get("kernel")),
				knob("n", pick(e.Scale, 400, 20000, 200000)), knob("rounds", pick(e.Scale, 2, 7, 7)))
			return []Measure{{"sec", r.Figures["best"]}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "overhead", Title: "One thread", Kind: figure.Rows, Categories: d.Levels("kernel"),
				XLabel: "time over that of the GIL", LogX: true, Reference: 1, Width: 125 * 2.834}
			for _, v := range shown {
				s := figure.Series{Name: v}
				for i, k := range f.Categories {
					st := d.Ratio("sec", these("kernel", k, "variant", v), these("kernel", k, "variant", "gil"))
					s.Dots = append(s.Dots, st.dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			on, lo, hi := overheadMean(d, "stm")
			by, _, byWorst := overheadMean(d, "stm-bypass")
			return []Verdict{
				verdict(16, on >= 2 && on <= 5, "geometric mean %.2f, from %.2f to %.2f by kernel", on, lo, hi),
				verdict(26, on > 1.02*by, "off: geometric mean %.2f of the GIL, worst %.2f; on: %.2f", by, byWorst, on),
			}
		},
	}
}

// overheadMean is the geometric mean over the kernels, the least and the greatest.
func overheadMean(d *Data, variant string) (mean, lo, hi float64) {
	sum, n := 0.0, 0.0
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, k := range d.Levels("kernel") {
		st := d.Ratio("sec", these("kernel", k, "variant", variant), these("kernel", k, "variant", "gil"))
		if st.N == 0 {
			continue
		}
		sum, n = sum+math.Log(st.Mid), n+1
		lo, hi = min(lo, st.Mid), max(hi, st.Mid)
	}
	return math.Exp(sum / max(1, n)), lo, hi
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
			worst := 0.0
			for _, k := range d.Levels("kernel") {
				if k != "shared" {
					worst = max(worst, d.Mid("writes/iteration", "kernel", k))
				}
			}
			sh := d.Mid("writes/iteration", "kernel", "shared")
			return []Verdict{verdict(23, worst < 0.1*sh,
				"writes logged per round: at most %.3f on private objects, %.3f on a public one", worst, sh)}
		},
	}
}

// percent writes a share.
func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }
