package experiments

import (
	"math"
	"sort"
	"time"

	"gilt/contention"
	"gilt/experiments/figure"
	"gilt/stm/pathology"
)

// Contention managers and the pathologies of transactional memory, on simulated cores (stm/pathology).

func pathologies() []string {
	var out []string
	for _, p := range pathology.Programs() {
		out = append(out, p.Name)
	}
	return out
}

// duel runs one program under one algorithm and manager.
func duel(e *Env, program, algorithm, manager string) ([]Measure, error) {
	t, err := pathology.Run(pathology.Config{Algorithms: these(algorithm), Managers: these(manager), Programs: these(program), Seed: e.Seed,
		Horizon: pick[time.Duration](e.Scale, 100, 500, 2000) * time.Microsecond, All: true})
	if err != nil {
		return nil, err
	}
	r := t.Find(program, algorithm, manager)
	stuck := 0.0
	if r.Stuck != "" {
		stuck = 1
	}
	return []Measure{{"vs-lock-x", r.RelLock}, {"max-aborts", float64(r.MaxAborts)}, {"aborts/commit", r.AbortsPerCommit()},
		{"share", r.Share}, {"suffers", float64(len(r.Suffers))}, {"stuck", stuck}}, nil
}

var duelUnits = []Unit{{"vs-lock-x", "higher"}, {"max-aborts", "lower"}, {"aborts/commit", "lower"}, {"share", "higher"},
	{"suffers", "lower"}, {"stuck", "lower"}}

func managers() *Experiment {
	return &Experiment{
		Name: "managers", Title: "Contention managers and the pathologies of transactional memory", Simulated: true, Claims: []int{27, 19},
		Published: "good enough for all cases (of its authors' benchmarks)", Units: duelUnits,
		Points: func(s Scale) []Point {
			return grid("program", pick(s, pathologies()[:1], pathologies(), pathologies()), "algorithm", pick(s, these("lazy"), these("lazy"), these("lazy", "eager")),
				"manager", pick(s, these("comprehensive", "backoff"), contention.Names(), contention.Names()))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			return duel(e, p.Get("program"), p.Get("algorithm"), p.Get("manager"))
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "managers", Title: "Useful work over one global lock's (lazy); ! = some thread starves", Kind: figure.Heat,
				Categories: d.Levels("manager"), Columns: d.Levels("program"), Width: 120 * 2.834, ZeroY: true}
			for _, m := range f.Categories {
				var row []float64
				var text []string
				for _, p := range f.Columns {
					v := d.Mid("vs-lock-x", "algorithm", "lazy", "program", p, "manager", m)
					t := show(math.Round(v*100)/100, "x")
					if d.Mid("max-aborts", "algorithm", "lazy", "program", p, "manager", m) >= 32 || d.Mid("stuck", "algorithm", "lazy", "program", p, "manager", m) > 0 {
						t += "!"
					}
					row, text = append(row, v), append(text, t)
				}
				f.Cells, f.CellText = append(f.Cells, row), append(f.CellText, text)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			worst, where, rank := math.Inf(1), "", 0
			most := 0.0
			for _, p := range d.Levels("program") {
				mine := d.Mid("vs-lock-x", "program", p, "algorithm", "lazy", "manager", "comprehensive")
				best := mine
				for _, m := range d.Levels("manager") {
					if v := d.Mid("vs-lock-x", "program", p, "algorithm", "lazy", "manager", m); v > best {
						best = v
					}
				}
				if q := mine / best; q < worst {
					worst, where = q, p
				}
				if mine >= 0.95*best {
					rank++
				}
				most = max(most, d.Mid("max-aborts", "program", p, "algorithm", "lazy", "manager", "comprehensive"))
			}
			// Good enough: at least half of what the best manager gets done, and nobody starves (stm/pathology calls 32 aborts in a row so).
			const enough, starved = 0.5, 32
			return []Verdict{
				verdict(27, worst >= enough && most < starved, "within 5 %% of the best of %d managers on %d of %d pathologies, %.2f of it on %s; at most %.0f aborts in a row (good enough: half of the best everywhere, and fewer than 32)",
					len(d.Levels("manager")), rank, len(d.Levels("program")), worst, where, most),
				verdict(19, most < starved, "with a priority above all after some failures no transaction aborts more than %.0f times in a row", most),
			}
		},
	}
}

// lazyEager sets lazy transactions against eager ones under managers that take no care, and under one that does.
func lazyEager() *Experiment {
	cms := these("aggressive", "suicide", "backoff", "greedy", "comprehensive")
	return &Experiment{
		Name: "lazy-eager", Title: "Lazy against eager: livelock and starvation under careless managers", Simulated: true, Claims: []int{18},
		Units: duelUnits,
		Points: func(s Scale) []Point {
			return grid("program", pick(s, these("FriendlyFire"), these("FriendlyFire", "RestartConvoy", "DuelingUpgrades"), these("FriendlyFire", "RestartConvoy", "DuelingUpgrades", "StarvingElder")),
				"algorithm", these("lazy", "eager", "swiss"), "manager", pick(s, cms[:1], cms, cms))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			return duel(e, p.Get("program"), p.Get("algorithm"), p.Get("manager"))
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "lazy-eager", Title: "Two threads that meet in opposite order (FriendlyFire)", Kind: figure.Rows,
				XLabel: "aborts per commit", Categories: d.Levels("manager"), ZeroY: true}
			for _, a := range d.Levels("algorithm") {
				s := figure.Series{Name: a}
				for i, m := range f.Categories {
					s.Dots = append(s.Dots, d.Stat("aborts/commit", "program", "FriendlyFire", "algorithm", a, "manager", m).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			type worst struct {
				rel    float64
				aborts float64
				where  string
			}
			find := func(alg string) worst {
				w := worst{rel: math.Inf(1)}
				ps, ms := d.Levels("program"), d.Levels("manager")
				sort.Strings(ps)
				for _, p := range ps {
					for _, m := range ms {
						if v := d.Mid("vs-lock-x", "program", p, "algorithm", alg, "manager", m); v < w.rel {
							w = worst{v, d.Mid("aborts/commit", "program", p, "algorithm", alg, "manager", m), p + " under " + m}
						}
					}
				}
				return w
			}
			l, e := find("lazy"), find("eager")
			// Livelock: less than a tenth of what one global lock gets done.
			const livelock = 0.1
			v := verdict(18, l.rel >= livelock && e.rel < livelock, "worst speed over a global lock (livelock: below a tenth): lazy %.2f (%s, %.1f aborts per commit), eager %.2f (%s, %.1f)",
				l.rel, l.where, l.aborts, e.rel, e.where, e.aborts)
			if v.Outcome == HoldsNot && l.rel >= livelock {
				v.Outcome = Partly // lazy ones do not, but eager ones neither
			}
			return []Verdict{v}
		},
	}
}
