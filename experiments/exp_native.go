package experiments

import (
	"fmt"
	"math"
	"strconv"

	"gilt/experiments/figure"
)

// native counts how far a loop gets while native code computes that holds the interpreter's lock, or has released it. Under
// transactions a call that holds the lock is irrevocable: one at a time, and everything else may go on beside it.
func native() *Experiment {
	const (
		published = 46.6 / 14.75   // loop beside a native call that releases, over beside a second loop: 45.3-48.0M over 12.9-16.6M
		starved   = 48.0e6 / 45524 // beside one that releases over beside one that holds
	)
	names := these("gil-ticks", "gil", "stm", "rw", "locks")
	return &Experiment{
		Name: "native", Title: "A loop beside native code that holds or releases the lock", Claims: []int{6, 7, 28},
		Published: "iterations of the loop in 10 s: 12.9M and 16.6M beside each other, 45-48M beside a call that releases, 45,524 beside one that holds",
		Units:     []Unit{{"iterations/sec", "higher"}, {"native-sec", "lower"}},
		Points: func(s Scale) []Point {
			out := append(grid("regime", names, "beside", these("alone", "python"), "threads", these("0")),
				grid("regime", names, "beside", these("holding", "releasing"), "threads", pick(s, these("1"), these("1"), these("1", "2", "3", "4")))...)
			if s == Quick {
				out = append(out, grid("regime", these("gil", "stm"), "beside", these("holding"), "threads", these("2"))...)
			}
			return out
		},
		Decisive: func(p Point) bool {
			return (p.Get("regime") == "gil" || p.Get("regime") == "gil-ticks") && p.Get("beside") != "alone" && p.Int("threads") < 2
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(regimes()[p.Get("regime")], "native", knob("beside", p.Get("beside")), knob("threads", p.Get("threads")),
				knob("seconds", strconv.FormatFloat(pick(e.Scale, 0.01, 0.1, 0.4), 'f', -1, 64)))
			if err != nil {
				return nil, err
			}
			return []Measure{{"iterations/sec", r.Figures["rate"]}, {"native-sec", r.Figures["window"]}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "native", Title: "A loop beside native code", Kind: figure.Rows, Categories: d.Levels("regime"),
				XLabel: "million iterations/s (0: no mark)", LogX: true}
			for _, b := range [][3]string{{"alone", "0", "alone"}, {"python", "0", "beside a loop"}, {"releasing", "1", "beside 1 that releases"},
				{"releasing", "2", "beside 2 that release"}, {"holding", "1", "beside 1 that holds"}, {"holding", "2", "beside 2 that hold"}} {
				s := figure.Series{Name: b[2]}
				for i, r := range f.Categories {
					if st := d.Stat("iterations/sec", "regime", r, "beside", b[0], "threads", b[1]); st.N > 0 && st.Mid > 0 { // nothing has no logarithm
						s.Dots = append(s.Dots, st.scaled(1e-6).dot(float64(i)))
					}
				}
				if len(s.Dots) > 0 {
					f.Series = append(f.Series, s)
				}
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			rate := func(regime, beside, threads string) []string {
				return these("regime", regime, "beside", beside, "threads", threads)
			}
			gain := func(r string) Stat {
				return d.Ratio("iterations/sec", rate(r, "releasing", "1"), rate(r, "python", "0"))
			}
			// What is left of the loop beside a call that holds the lock can be nothing, which is no denominator.
			left := func(r, of string) Stat {
				return d.Ratio("iterations/sec", rate(r, "holding", "1"), rate(of, map[bool]string{true: "releasing", false: "holding"}[r == of], "1"))
			}
			if gain("gil").N == 0 {
				return nil
			}
			beside := left("gil", "stm")
			share := d.Ratio("iterations/sec", rate("stm", "holding", "1"), rate("stm", "alone", "0"))
			queue := d.Ratio("native-sec", rate("stm", "holding", "2"), rate("stm", "holding", "1"))
			return []Verdict{
				{6, all(gain("gil-ticks").claimed(published), left("gil-ticks", "gil-ticks").below(1/math.Sqrt(starved))),
					fmt.Sprintf("a loop runs %v times as fast beside native code that releases the tick-counting lock as beside another loop; beside native code that holds it, at %s of that; today's lock: %v and %s",
						gain("gil-ticks"), left("gil-ticks", "gil-ticks").percent(), gain("gil"), left("gil", "gil").percent())},
				{7, gain("gil").claimed(published), fmt.Sprintf("releasing the lock: %v times the iterations of the loop", gain("gil"))},
				{28, all(beside.below(1/margin), queue.claimed(0)), fmt.Sprintf("beside a native call that holds its lock the loop runs in transactions at %s of its speed alone; under the GIL, at %s of its speed in transactions; two such calls take %v times as long as one",
					share.percent(), beside.percent(), queue)},
			}
		},
	}
}
