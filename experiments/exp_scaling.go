package experiments

import (
	"errors"
	"fmt"
	"sync"

	"gilt/experiments/figure"
	"gilt/vm"
)

// Scaling: three micro-programs, and the eight programs with which PyPy's transactional memory was measured, with as many threads
// as cores: simulated ones, 1 to 64, and the machine's own.

var scaled, scaledByName = programsWhere(func(p program) bool { return p.sim[Quick] > 0 })

// speedFigures draws the speed of transactions over the GIL on one core, of the timed part and of the whole program.
func speedFigures(d *Data, prefix, x string) []figure.Figure {
	fig := func(name, title, unit string, want func(program) bool) figure.Figure {
		f := figure.Figure{Name: prefix + "-" + name, Title: title, XLabel: x,
			YLabel: "speed (GIL, one thread: 1)", Log2X: true, LogY: true, Reference: 1, Width: 100 * 2.834, Height: 62 * 2.834}
		for _, p := range scaled {
			if !want(scaledByName[p]) {
				continue
			}
			s := figure.Series{Name: p}
			for _, c := range d.Levels("cores", "regime", "stm") {
				st := d.Ratio(unit, these("program", p, "regime", "gil", "cores", "1"), these("program", p, "regime", "stm", "cores", c))
				if st.N > 0 {
					s.Dots = append(s.Dots, st.dot(number(c)))
				}
			}
			f.Series = append(f.Series, s)
		}
		return f
	}
	eight := func(p program) bool { return p.eight }
	return []figure.Figure{
		fig("micro", "Transactions: micro-programs", "sec", func(p program) bool { return !p.eight }),
		fig("programs", "Transactions: the eight programs", "sec", eight),
		fig("whole", "Transactions: the eight programs, with setting up and verifying", "whole-sec", eight),
	}
}

// speedOver is the geometric mean, over programs, of transactions' speed over the GIL's with as many threads: repetition by
// repetition.
func speedOver(d *Data, cores string, want func(program) bool) (Stat, int) {
	var of [][2][]string
	for _, p := range scaled {
		if w := scaledByName[p]; w.eight && want(w) && d.Stat("sec", "program", p, "regime", "stm", "cores", cores).N > 0 {
			of = append(of, [2][]string{these("program", p, "regime", "gil", "cores", cores), these("program", p, "regime", "stm", "cores", cores)})
		}
	}
	return d.MeanRatio("sec", of), len(of)
}

// published: the eight programs under PyPy-STM without JIT, best STM over GIL with up to 4 threads, geometric mean of 2.02,
// 1.48, 2.55, 2.53, 2.22, 2.02, 1.68 and 1.12.
const pypyOverGIL = 1.90

func scaling() *Experiment {
	return &Experiment{
		Name: "scaling", Title: "Work of fixed size on 1 to 64 simulated cores, as many threads as cores", Simulated: true, Claims: []int{15},
		Published: "PyPy-STM without JIT, 4 threads over the GIL: 1.90 (1.12 to 2.55); 1 to 4 threads: 2.7 for independent, 2.5 for shared structures",
		Units:     []Unit{sec, {"whole-sec", "lower"}, {"abort-share", "lower"}, {"wasted-share", "lower"}},
		Points: func(s Scale) []Point {
			var out []Point
			for _, n := range pick(s, scaled[:1], scaled, scaled) {
				for _, r := range these("gil", "stm", "locks") {
					for _, c := range pick(s, these("1", "2"), these("1", "4", "16"), these("1", "2", "4", "8", "16", "32", "64")) {
						if r == "gil" && c != "1" && c != "4" {
							continue
						}
						out = append(out, at("program", n, "regime", r, "cores", c))
					}
				}
			}
			return out
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			w := scaledByName[p.Get("program")]
			c := regimes()[p.Get("regime")]
			c.Machine = e.simulated(p.Int("cores"))
			r, err := e.run(c, w.file, w.knobs(w.sim[e.Scale], p.Int("cores"))...)
			return r.measures(), err
		},
		Figures: func(d *Data) []figure.Figure { return speedFigures(d, "scaling", "simulated cores = threads") },
		Judge: func(d *Data) []Verdict {
			all, n := speedOver(d, "4", func(program) bool { return true })
			ind, _ := speedOver(d, "4", func(p program) bool { return !p.shared })
			sh, _ := speedOver(d, "4", func(p program) bool { return p.shared })
			if n == 0 {
				return nil
			}
			return []Verdict{{15, all.claimed(pypyOverGIL), fmt.Sprintf("4 threads on 4 simulated cores over the GIL's 4, %d programs: %v (independent %.2f, with a shared structure %.2f)",
				n, all, ind.Mid, sh.Mid)}}
		},
	}
}

// apart is the measure of what the machine's cores give: two interpreters side by side, each of which does the whole work in one
// thread under its own lock. Nobody can expect more of two threads than twice the speed of one of them.
const apart = "apart"

// runApart takes the time of the slower one.
func (e *Env) runApart(file string, knobs []string) ([]Measure, error) {
	var r [2]Result
	var errs [2]error
	var both sync.WaitGroup
	for i := range r {
		both.Go(func() { r[i], errs[i] = e.run(vm.Config{Mode: vm.ModeGIL}, file, knobs...) })
	}
	both.Wait()
	if r[1].Seconds > r[0].Seconds {
		r[0] = r[1]
	}
	return r[0].measures(), errors.Join(errs[:]...)
}

// shareOfApart is the geometric mean, over the programs that share nothing, of the speed of two threads in transactions over that
// of two interpreters side by side.
func shareOfApart(d *Data) (Stat, int) {
	var of [][2][]string
	for _, p := range scaled {
		if w := scaledByName[p]; w.eight && !w.shared && d.Stat("sec", "program", p, "regime", apart, "cores", "2").N > 0 {
			of = append(of, [2][]string{these("program", p, "regime", apart, "cores", "2"), these("program", p, "regime", "stm", "cores", "2")})
		}
	}
	return d.MeanRatio("sec", of).scaled(0.5), len(of)
}

// scalingReal is the same on the machine's own cores.
func scalingReal() *Experiment {
	return &Experiment{
		Name: "scaling-real", Title: "Work of fixed size on the machine's own cores, in 1 and 2 threads", Claims: []int{15},
		Published: "PyPy-STM without JIT, 2 to 4 threads over the GIL: 1.90 at best (1.12 to 2.55)",
		Units:     []Unit{sec, {"whole-sec", "lower"}, {"abort-share", "lower"}, {"wasted-share", "lower"}},
		Points: func(s Scale) []Point {
			if s != Quick {
				return grid("program", pick(s, scaled[:1], nil, scaled), "regime", pick(s, these("gil", "stm"), nil, these("gil", "stm", "locks", "rw")),
					"cores", pick(s, these("1", "2"), nil, these("1", "2", "4")))
			}
			eight, _ := programsWhere(func(p program) bool { return p.eight })
			var out []Point
			for _, p := range eight {
				out = append(out, grid("program", these(p), "regime", these("gil"), "cores", these("1", "2"))...)
				out = append(out, at("program", p, "regime", "stm", "cores", "2"), at("program", p, "regime", apart, "cores", "2"))
			}
			return out
		},
		Decisive: func(p Point) bool { return scaledByName[p.Get("program")].eight && p.Get("cores") == "2" },
		Run: func(e *Env, p Point) ([]Measure, error) {
			w := scaledByName[p.Get("program")]
			if p.Get("regime") == apart {
				return e.runApart(w.file, w.knobs(w.real[e.Scale], 1))
			}
			r, err := e.run(regimes()[p.Get("regime")], w.file, w.knobs(w.real[e.Scale], p.Int("cores"))...)
			return r.measures(), err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "scaling-real", Title: "Two threads on real cores", Kind: figure.Rows, Categories: d.Levels("program"),
				XLabel: "speed (GIL, one thread: 1)", Reference: 1, ZeroY: true}
			for _, r := range [][3]string{{"gil", "2", "gil"}, {"locks", "2", "locks"}, {"stm", "1", "stm, one thread"}, {"stm", "2", "stm"}, {apart, "2", "two interpreters, twice the work"}} {
				s := figure.Series{Name: r[2]}
				for i, p := range f.Categories {
					if st := d.Ratio("sec", these("program", p, "regime", "gil", "cores", "1"), these("program", p, "regime", r[0], "cores", r[1])); st.N > 0 {
						if r[0] == apart {
							st = st.scaled(2)
						}
						s.Dots = append(s.Dots, st.dot(float64(i)))
					}
				}
				if len(s.Dots) > 0 {
					f.Series = append(f.Series, s)
				}
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			s, n := speedOver(d, "2", func(program) bool { return true })
			if n == 0 {
				return nil
			}
			ind, _ := speedOver(d, "2", func(p program) bool { return !p.shared })
			text := fmt.Sprintf("2 threads on real cores over the GIL's 2, %d programs: %v (independent %v", n, s, ind)
			if share, n := shareOfApart(d); n > 0 {
				text += fmt.Sprintf(", %v of the speed of two interpreters side by side", share)
			}
			return []Verdict{{15, s.claimed(0), text + ")"}}
		},
	}
}

func number(s string) float64 {
	var x float64
	if _, err := fmt.Sscan(s, &x); err != nil {
		panic(err)
	}
	return x
}

// generation compares one generation counter for everything with algorithms that tell places apart.
func generation() *Experiment {
	algorithms := these("gencounter", "tml", "norec", "lazy")
	return &Experiment{
		Name: "generation", Title: "One generation counter as collision detector, against others: threads that share nothing", Simulated: true,
		Claims: []int{20}, Units: []Unit{sec, {"abort-share", "lower"}},
		Points: func(s Scale) []Point {
			return grid("algorithm", algorithms, "cores", pick(s, these("2"), these("1", "2", "4", "8", "16"), these("1", "2", "4", "8", "16", "32", "64")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff, Algorithm: p.Get("algorithm"), Machine: e.simulated(p.Int("cores"))}, "micro",
				"what=disjoint", knob("n", pick(e.Scale, 600, 12000, 48000)), knob("threads", p.Get("cores")))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "generation", Title: "Threads that share nothing", XLabel: "simulated cores = threads",
				YLabel: "speed over one thread, lazy", Log2X: true, LogY: true, Reference: 1}
			for _, a := range d.Levels("algorithm") {
				s := figure.Series{Name: a}
				for _, c := range d.Levels("cores") {
					st := d.Ratio("sec", these("algorithm", "lazy", "cores", d.Levels("cores")[0]), these("algorithm", a, "cores", c))
					s.Dots = append(s.Dots, st.dot(number(c)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := d.Ratio("sec", these("algorithm", "gencounter", "cores", "4"), these("algorithm", "lazy", "cores", "4"))
			if q.N == 0 {
				return nil
			}
			// It finds every collision, or the program's verification had failed; and enough it is if it finds few where there are none.
			return []Verdict{{20, all(Holds, q.below(margin)), fmt.Sprintf("correct, but on 4 cores with nothing shared %v times the time of lazy, %s of the attempts aborted",
				q, percent(d.Mid("abort-share", "algorithm", "gencounter", "cores", "4")))}}
		},
	}
}
