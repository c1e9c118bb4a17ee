package experiments

import (
	"fmt"
	"math"

	"gilt/experiments/figure"
	"gilt/vm"
)

// Scaling over simulated cores: three micro-programs, and the eight programs with which PyPy's transactional memory was measured.

// programs are workloads with the knobs of a size that takes some milliseconds of virtual time.
type program struct {
	name, file  string
	small, size []string
	shared      bool // its threads share a structure
}

func scaled() []program {
	micro := func(what, small, n string) program {
		return program{what, "micro", these("what="+what, "n="+small), these("what="+what, "n="+n), what != "disjoint"}
	}
	out := []program{micro("disjoint", "600", "24000"), micro("dict", "600", "24000"), micro("counter", "300", "6000")}
	for _, p := range []struct {
		name, small, n string
		shared         bool
	}{{"btree", "60", "2000", true}, {"skiplist", "60", "2000", true}, {"threadworms", "40", "2000", true},
		{"miller_rabin", "20", "300", false}, {"mandelbrot", "6", "32", false}, {"raytrace", "4", "16", false},
		{"richards", "1", "16", false}, {"mersenne", "40", "300", false}} {
		out = append(out, program{p.name, p.name, these("n=" + p.small), these("n=" + p.n), p.shared})
	}
	return out
}

func scaling() *Experiment {
	byName := map[string]program{}
	var names []string
	for _, p := range scaled() {
		byName[p.name] = p
		names = append(names, p.name)
	}
	regimes := these("gil", "stm", "locks")
	return &Experiment{
		Name: "scaling", Title: "Work of fixed size on 1 to 64 simulated cores, as many threads as cores", Simulated: true, Claims: []int{15},
		Published: "PyPy-STM, 1 to 4 threads: 2.7 for independent, 2.5 for shared structures; 8 cores: up to 7.5 over a GIL",
		Units:     []Unit{sec, {"abort-share", "lower"}},
		Reps:      func(s Scale) int { return 6 },
		Points: func(s Scale) []Point {
			var out []Point
			for _, n := range pick(s, names[:1], names, names) {
				for _, r := range regimes {
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
			w := byName[p.Get("program")]
			knobs := append(pick(e.Scale, w.small, w.size, w.size)[:len(w.size):len(w.size)], knob("threads", p.Get("cores")))
			r, err := e.run(vm.Config{Mode: modes[p.Get("regime")], Machine: simulated(p.Int("cores"), e.Seed)}, w.file, knobs...)
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			fig := func(name, title string, want func(program) bool) figure.Figure {
				f := figure.Figure{Name: name, Title: title, XLabel: "simulated cores = threads",
					YLabel: "speed (GIL on one core: 1)", Log2X: true, LogY: true, Reference: 1, Width: 100 * 2.834, Height: 62 * 2.834}
				for _, p := range scaled() {
					if !want(p) {
						continue
					}
					s := figure.Series{Name: p.name}
					for _, c := range d.Levels("cores", "regime", "stm") {
						st := d.Ratio("sec", these("program", p.name, "regime", "gil", "cores", "1"), these("program", p.name, "regime", "stm", "cores", c))
						if st.N > 0 {
							s.Dots = append(s.Dots, st.dot(number(c)))
						}
					}
					f.Series = append(f.Series, s)
				}
				return f
			}
			micro := func(p program) bool { return p.file == "micro" }
			return []figure.Figure{
				fig("scaling-micro", "Transactions: micro-programs", micro),
				fig("scaling-programs", "Transactions: the eight programs", func(p program) bool { return !micro(p) }),
			}
		},
		Judge: func(d *Data) []Verdict {
			speed := func(want bool) (float64, int) {
				sum, n := 0.0, 0
				for _, p := range scaled() {
					if p.file == "micro" || p.shared != want {
						continue
					}
					st := d.Ratio("sec", these("program", p.name, "regime", "gil", "cores", "4"), these("program", p.name, "regime", "stm", "cores", "4"))
					if st.N > 0 {
						sum, n = sum+math.Log(st.Mid), n+1
					}
				}
				return math.Exp(sum / float64(max(1, n))), n
			}
			ind, n := speed(false)
			sh, m := speed(true)
			if n+m == 0 {
				return nil
			}
			return []Verdict{verdict(15, ind > 1.5 && sh > 1.2,
				"4 threads on 4 simulated cores over the GIL's 4: %.2f on %d independent programs, %.2f on %d that share a structure", ind, n, sh, m)}
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
			r, err := e.run(vm.Config{Mode: vm.ModeSTM, Algorithm: p.Get("algorithm"), Machine: simulated(p.Int("cores"), e.Seed)}, "micro",
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
			return []Verdict{verdict(20, q.Mid < 1.25, "correct, but on 4 cores with nothing shared %.2f times the time of lazy, %s of attempts aborted",
				q.Mid, percent(d.Mid("abort-share", "algorithm", "gencounter", "cores", "4")))}
		},
	}
}
