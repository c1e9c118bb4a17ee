package experiments

import (
	"fmt"
	"io"
	"math"

	"gilt/experiments/figure"
)

// Are transactions ever slower than the GIL? Every threaded program on real cores, transactions over today's GIL. One
// program alone:
//
//	gilt experiment -quick -only program=coarse never-slower
//
// The design's own aim, which its authors found in no predecessor: where transactions do not pay, a run falls back by itself
// to something as good as the GIL. A program counts as slower when all of the interval is above the margin (claims.go).

// never is the number of the claim.
const never = 30

func neverSlower() *Experiment {
	names, byName := programsWhere(func(program) bool { return true })
	quotient := func(d *Data, unit, program, threads string) Stat {
		return d.Ratio(unit, these("program", program, "threads", threads, "regime", "stm"), these("program", program, "threads", threads, "regime", "gil"))
	}
	return &Experiment{
		Name: "never-slower", Title: "Every threaded program on real cores: transactions over the GIL", Claims: []int{never},
		Units: []Unit{sec, {"whole-sec", "lower"}, {"abort-share", "lower"}, {"wasted-share", "lower"}},
		Reps:  func(s Scale) int { return pick(s, 2, 9, 10) }, // the interval of 9 leaves one out on either side
		Points: func(s Scale) []Point {
			return grid("program", names, "threads", pick(s, these("2"), these("2"), these("2", "4")), "regime", these("gil", "stm"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			w := byName[p.Get("program")]
			r, err := e.run(regimes()[p.Get("regime")], w.file, w.knobs(w.real[e.Scale], p.Int("threads"))...)
			return r.measures(), err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "never-slower", Title: "Transactions over the GIL, real cores", Kind: figure.Rows, Categories: d.Levels("program"),
				XLabel: "time over the GIL's", LogX: true, Reference: 1}
			for _, n := range d.Levels("threads") {
				s := figure.Series{Name: n + " threads"}
				for i, p := range f.Categories {
					s.Dots = append(s.Dots, quotient(d, "sec", p, n).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Notes: func(d *Data, w io.Writer) {
			fmt.Fprintf(w, "transactions over the GIL (time of the timed part with its interval, of the whole program; aborted attempts, bytecodes thrown away)\n")
			for _, n := range d.Levels("threads") {
				for _, p := range d.Levels("program") {
					q, whole := quotient(d, "sec", p, n), quotient(d, "whole-sec", p, n)
					if q.N == 0 {
						continue
					}
					at := these("program", p, "threads", n, "regime", "stm")
					fmt.Fprintf(w, "  %-13s %s threads  %6.2f [%5.2f, %5.2f]  whole %6.2f  gil %5.0f ms  aborts %6s  wasted %6s\n", p, n, q.Mid, q.Lo, q.Hi, whole.Mid,
						1e3*d.Mid("sec", "program", p, "threads", n, "regime", "gil"), percent(d.Mid("abort-share", at...)), percent(d.Mid("wasted-share", at...)))
				}
			}
		},
		Judge: func(d *Data) []Verdict {
			slower, unclear, all, worst, where := 0, 0, 0, math.Inf(-1), ""
			for _, n := range d.Levels("threads") {
				for _, p := range d.Levels("program") {
					q := quotient(d, "sec", p, n)
					if q.N == 0 {
						continue
					}
					all++
					switch q.below(margin) {
					case HoldsNot:
						slower++
					case Unclear:
						unclear++
					}
					if q.Mid > worst {
						worst, where = q.Mid, p+" in "+n+" threads"
					}
				}
			}
			if all == 0 {
				return nil
			}
			o := Holds
			switch {
			case slower > 0:
				o = HoldsNot
			case unclear > 0:
				o = Unclear
			}
			return []Verdict{{never, o, fmt.Sprintf("slower than the GIL by more than a tenth: %d of %d programs (%d unclear); worst %.2f times (%s)", slower, all, unclear, worst, where)}}
		},
	}
}
