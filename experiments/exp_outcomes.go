package experiments

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"gilt/experiments/figure"
	"gilt/vm"
)

// Programs whose outcome, not only their speed, depends on the regime; and locks that cancel out.

// swap swaps items between two lists in opposite directions: as one statement, which no switch divides in today's bytecode; by calls
// of functions, between which a switch can come; in atomic blocks; and under a lock per list, each thread its own first.
func swap() *Experiment {
	return &Experiment{
		Name: "swap", Title: "Two threads swap items between two lists in opposite directions", Simulated: true, Claims: []int{17, 29},
		Units: []Unit{sec, {"astray", "lower"}, {"deadlock", "lower"}},
		Points: func(s Scale) []Point {
			return append(grid("regime", these("gil", "gil-ticks", "stm", "rw", "locks"), "how", these("items", "calls")),
				at("regime", "stm", "how", "atomic"), at("regime", "locks", "how", "atomic"), at("regime", "gil-ticks", "how", "locks"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			c := regimes()[p.Get("regime")]
			c.Machine = e.simulated(2)
			c.LockOptions.Interval = 200 * time.Microsecond // a short run that sees many switches
			r, err := e.run(c, "swap", knob("how", p.Get("how")), knob("size", 64), knob("rounds", pick(e.Scale, 4, 100, 1000)), knob("seed", e.Rep+1))
			if errors.Is(err, errDeadlock) {
				return []Measure{{"deadlock", 1}}, nil
			}
			return []Measure{{"sec", r.Seconds}, {"astray", r.Figures["astray"]}, {"deadlock", 0}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			fig := func(name, title, x, unit string, by float64) figure.Figure {
				f := figure.Figure{Name: name, Title: title, Kind: figure.Rows, XLabel: x, ZeroY: true, Categories: d.Levels("regime")}
				for _, how := range d.measured(unit, "how") {
					s := figure.Series{Name: map[string]string{"items": "one statement", "calls": "calls", "atomic": "atomic block", "locks": "a lock per list"}[how]}
					for i, r := range f.Categories {
						if st := d.Stat(unit, "regime", r, "how", how); st.N > 0 {
							s.Dots = append(s.Dots, st.scaled(by).dot(float64(i)))
						}
					}
					f.Series = append(f.Series, s)
				}
				return f
			}
			return []figure.Figure{fig("swap", "Swapping in opposite directions: what goes astray", "pairs of 64 that are not as they should be", "astray", 1),
				fig("swap-time", "Swapping in opposite directions: time", "virtual time (ms)", "sec", 1000)}
		},
		Judge: func(d *Data) []Verdict {
			a := func(r, how string) Stat { return d.Stat("astray", "regime", r, "how", how) }
			dead := d.Stat("deadlock", "regime", "gil-ticks", "how", "locks")
			// Counts: something goes astray in most repetitions, or in none; the naive locks end in deadlock in most.
			astray := func(s Stat) Outcome {
				switch {
				case s.N == 0:
					return NotTested
				case s.Mid >= 1:
					return Holds
				case s.Hi == 0:
					return HoldsNot
				}
				return Unclear
			}
			right, naive := HoldsNot, HoldsNot
			if a("stm", "atomic").Hi == 0 {
				right = Holds
			}
			if dead.Mid == 1 {
				naive = Holds
			}
			return []Verdict{
				{17, all(astray(a("gil-ticks", "calls")), naive, right), fmt.Sprintf("pairs of 64 astray by calls: tick-counting lock %v, today's %v, transactions %v; in one statement: %v, %v, %v; in atomic blocks %v; a lock per list taken in opposite order: deadlock in %s of the runs",
					a("gil-ticks", "calls"), a("gil", "calls"), a("stm", "calls"), a("gil-ticks", "items"), a("gil", "items"), a("stm", "items"), a("stm", "atomic"), percent(mean(d.values("deadlock", "regime", "gil-ticks", "how", "locks"))))},
				{29, all(astray(a("locks", "items")), map[bool]Outcome{true: Holds, false: HoldsNot}[a("locks", "atomic").Hi == 0]),
					fmt.Sprintf("each operation is right, a swap is several: %v of 64 pairs astray under per-object locks; with the whole swap under one lock %v", a("locks", "items"), a("locks", "atomic"))},
			}
		},
	}
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(max(1, len(v)))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// coarse measures a lock around everything whose sections do not conflict: in transactions it should cost nothing.
func coarse() *Experiment {
	return &Experiment{
		Name: "coarse", Title: "One coarse lock around sections that do not meet: does it cancel out?", Simulated: true, Claims: []int{15},
		Units: []Unit{sec, {"abort-share", "lower"}},
		Points: func(s Scale) []Point {
			return grid("regime", these("gil", "stm", "locks"), "coarse", these("0", "1"), "threads", pick(s, these("2"), these("1", "2", "4", "8"), these("1", "2", "4", "8", "16")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(vm.Config{Mode: modes[p.Get("regime")], Machine: e.simulated(p.Int("threads"))}, "coarse",
				knob("coarse", p.Get("coarse")), knob("threads", p.Get("threads")), knob("n", pick(e.Scale, 100, 2000, 8000)))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "coarse", Title: "A coarse lock that nobody needs", XLabel: "threads = simulated cores",
				YLabel: "speed over one thread, GIL", Log2X: true, LogY: true, Reference: 1}
			for _, r := range [][3]string{{"stm", "0", "stm, no lock"}, {"stm", "1", "stm, coarse lock"}, {"locks", "1", "locks, coarse lock"}, {"gil", "1", "gil, coarse lock"}} {
				s := figure.Series{Name: r[2]}
				for _, n := range d.Levels("threads") {
					s.Dots = append(s.Dots, d.Ratio("sec", these("regime", "gil", "coarse", r[1], "threads", "1"), these("regime", r[0], "coarse", r[1], "threads", n)).dot(number(n)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			speed := func(coarse string) Stat {
				return d.Ratio("sec", these("regime", "stm", "coarse", coarse, "threads", "1"), these("regime", "stm", "coarse", coarse, "threads", "4"))
			}
			return []Verdict{{15, speed("1").claimed(0), fmt.Sprintf("a coarse lock cancels out: 4 threads speed up %v with it, %v without", speed("1"), speed("0"))}}
		},
	}
}

// pipe passes items from one thread to another, and from one process or sub-interpreter to another where there is a CPython.
func pipe() *Experiment {
	rows := [][2]string{}
	for _, r := range these("gil-ticks", "gil", "stm", "rw", "locks") {
		rows = append(rows, [2]string{r, "one"}, [2]string{r, "threads"})
	}
	rows = append(rows, [2]string{"python2", "one"}, [2]string{"python2", "threads"}, [2]string{"python2", "processes"},
		[2]string{"python3", "one"}, [2]string{"python3", "threads"}, [2]string{"python3", "processes"}, [2]string{"python3", "interpreters"})
	return &Experiment{
		Name: "pipe", Title: "Passing items through a queue between two threads, processes, sub-interpreters", CPython: true, Claims: []int{5}, Published: "1M items: processes 14.2, threads 7.8, one thread 2.7 s",
		Units: []Unit{{"sec/item", "lower"}},
		Points: func(s Scale) []Point {
			var out []Point
			for _, r := range rows {
				out = append(out, at("regime", r[0], "how", r[1]))
			}
			return out
		},
		Decisive: func(p Point) bool { return !slices.Contains(these("gil", "stm", "rw", "locks"), p.Get("regime")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			n := pick(e.Scale, 100, 30000, 200000)
			knobs := these(knob("how", p.Get("how")), knob("n", n))
			var r Result
			var err error
			if c, ok := regimes()[p.Get("regime")]; ok {
				r, err = e.run(c, "pipe", knobs...)
			} else {
				r, err = e.python(p.Get("regime"), "pipe", knobs...)
			}
			return []Measure{{"sec/item", r.Seconds / float64(n)}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "pipe", Title: "An item through a queue", Kind: figure.Rows, XLabel: "time per item (µs)", LogX: true, Categories: d.measured("sec/item", "regime")}
			for _, how := range d.measured("sec/item", "how") {
				s := figure.Series{Name: map[string]string{"one": "one thread"}[how]}
				if s.Name == "" {
					s.Name = "two " + how
				}
				for i, r := range f.Categories {
					if st := d.Stat("sec/item", "regime", r, "how", how); st.N > 0 {
						s.Dots = append(s.Dots, st.scaled(1e6).dot(float64(i)))
					}
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(r, a, b string) Stat {
				return d.Ratio("sec/item", these("regime", r, "how", a), these("regime", r, "how", b))
			}
			const threads, processes = 7.8 / 2.7, 14.2 / 7.8
			one := q("gil-ticks", "threads", "one")
			out := []Verdict{{5, one.claimed(threads), fmt.Sprintf("two threads over one: %v under the tick-counting lock, %v under today's, %v in transactions",
				one, q("gil", "threads", "one"), q("stm", "threads", "one"))}}
			for _, p := range these("python2", "python3") {
				if t, pr := q(p, "threads", "one"), q(p, "processes", "threads"); t.N > 0 {
					text := fmt.Sprintf("%s: two threads over one %v, two processes over two threads %v", p, t, pr)
					if in := q(p, "interpreters", "threads"); in.N > 0 {
						text += fmt.Sprintf(", two sub-interpreters %v", in)
					}
					out = append(out, Verdict{5, all(t.claimed(threads), pr.claimed(processes)), text})
				} else {
					out = append(out, Verdict{5, NotTested, "processes: no " + p + " found"})
				}
			}
			return out
		},
	}
}
