package experiments

import (
	"math"

	"gilt/experiments/figure"
	"gilt/vm"
)

// Programs whose outcome, not only their speed, depends on the regime; and locks that cancel out.

// swap swaps items between two lists in opposite directions.
func swap() *Experiment {
	return &Experiment{
		Name: "swap", Title: "Two threads swap items between two lists in opposite directions", Simulated: true, Claims: []int{17, 29},
		Units: []Unit{sec, {"astray", "lower"}},
		Points: func(s Scale) []Point {
			return append(grid("regime", these("gil", "gil-ticks", "stm", "rw", "locks")), at("regime", "stm-short"), at("regime", "stm-atomic"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			c := vm.Config{Mode: modes[p.Get("regime")], Machine: simulated(2, e.Seed)}
			atomic := 0
			switch p.Get("regime") {
			case "gil-ticks":
				c.Lock = "ticks"
			case "stm-short":
				c.Mode, c.Slice = vm.ModeSTM, 101
			case "stm-atomic":
				c.Mode, atomic = vm.ModeSTM, 1
			}
			r, err := e.run(c, "swap", knob("atomic", atomic), knob("size", 64), knob("rounds", pick(e.Scale, 4, 400, 2000)))
			return []Measure{{"sec", r.Seconds}, {"astray", r.Figures["astray"]}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			cats := d.Levels("regime")
			fig := func(name, title, x, unit string) figure.Figure {
				f := figure.Figure{Name: name, Title: title, Kind: figure.Rows, XLabel: x, Categories: cats, ZeroY: true}
				s := figure.Series{Name: unit}
				by := 1.0
				if unit == "sec" {
					by = 1000
				}
				for i, r := range cats {
					s.Dots = append(s.Dots, d.Stat(unit, "regime", r).scaled(by).dot(float64(i)))
				}
				f.Series = []figure.Series{s}
				return f
			}
			return []figure.Figure{fig("swap", "Swapping in opposite directions: what is lost", "pairs of 64 that are not as they should be", "astray"),
				fig("swap-time", "Swapping in opposite directions: time", "virtual time (ms)", "sec")}
		},
		Judge: func(d *Data) []Verdict {
			a := func(r string) float64 { return d.Mid("astray", "regime", r) }
			v := verdict(17, a("gil-ticks")+a("gil") > 0 && a("stm-atomic") == 0, "pairs astray of 64: tick lock %.0f, interval lock %.0f, per-operation locks %.0f, slices %.0f (short ones %.0f), atomic blocks %.0f",
				a("gil-ticks"), a("gil"), a("locks"), a("stm"), a("stm-short"), a("stm-atomic"))
			if v.Outcome == HoldsNot && a("locks") > 0 && a("stm-atomic") == 0 {
				v.Outcome = Partly // the GIL was never released within a swap in these runs
			}
			return []Verdict{v,
				verdict(29, a("locks") > 0, "each operation is right, a swap is several: %.0f of 64 pairs astray under per-object locks", a("locks")),
			}
		},
	}
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
			r, err := e.run(vm.Config{Mode: modes[p.Get("regime")], Machine: simulated(p.Int("threads"), e.Seed)}, "coarse",
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
			with := d.Ratio("sec", these("regime", "stm", "coarse", "1", "threads", "1"), these("regime", "stm", "coarse", "1", "threads", "4")).Mid
			without := d.Ratio("sec", these("regime", "stm", "coarse", "0", "threads", "1"), these("regime", "stm", "coarse", "0", "threads", "4")).Mid
			if math.IsNaN(with) {
				return nil
			}
			return []Verdict{verdict(15, with > 1.5, "a coarse lock cancels out: 4 threads speed up %.2f with it, %.2f without", with, without)}
		},
	}
}

// pipe passes items from one thread to another.
func pipe() *Experiment {
	return &Experiment{
		Name: "pipe", Title: "Passing items through a queue between two threads", Claims: []int{5}, Published: "1M items: processes 14.2, threads 7.8, one thread 2.7 s",
		Units: []Unit{{"sec/item", "lower"}},
		Points: func(s Scale) []Point {
			return grid("regime", these("gil-ticks", "gil", "stm", "rw", "locks", "python3"), "threads", these("1", "2"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			n := pick(e.Scale, 100, 20000, 200000)
			knobs := these(knob("threads", p.Get("threads")), knob("n", n))
			c := vm.Config{Mode: modes[p.Get("regime")]}
			var r Result
			var err error
			switch p.Get("regime") {
			case "python3":
				r, err = e.python("pipe", knobs...)
			case "gil-ticks":
				c.Lock = "ticks"
				fallthrough
			default:
				r, err = e.run(c, "pipe", knobs...)
			}
			return []Measure{{"sec/item", r.Seconds / float64(n)}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "pipe", Title: "An item through a queue", Kind: figure.Rows, XLabel: "time per item (µs)", LogX: true, Categories: d.Levels("regime")}
			for _, n := range these("1", "2") {
				s := figure.Series{Name: map[string]string{"1": "one thread", "2": "two threads"}[n]}
				for i, r := range f.Categories {
					s.Dots = append(s.Dots, d.Stat("sec/item", "regime", r, "threads", n).scaled(1e6).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(r string) float64 {
				return d.Ratio("sec/item", these("regime", r, "threads", "2"), these("regime", r, "threads", "1")).Mid
			}
			return []Verdict{verdict(5, q("gil-ticks") > 1.2, "two threads over one: %.2f under the tick-counting lock, %.2f under today's, %.2f in transactions", q("gil-ticks"), q("gil"), q("stm"))}
		},
	}
}
