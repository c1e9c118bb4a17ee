package experiments

import (
	"fmt"
	"slices"
	"time"

	"gilt/experiments/figure"
	"gilt/gil"
	"gilt/gil/lab"
	"gilt/internal/machine"
)

// countThreads is Beazley's first experiment with Python programs: the same count in turn, in threads, in processes, and in
// sub-interpreters. The last two need a CPython.
func countThreads() *Experiment {
	rows := [][2]string{{"gil-ticks", "sequential"}, {"gil-ticks", "threads"}, {"gil", "sequential"}, {"gil", "threads"},
		{"stm", "sequential"}, {"stm", "threads"}, {"rw", "sequential"}, {"rw", "threads"}, {"locks", "sequential"}, {"locks", "threads"},
		{"python2", "sequential"}, {"python2", "threads"}, {"python2", "processes"},
		{"python3", "sequential"}, {"python3", "threads"}, {"python3", "processes"}, {"python3", "interpreters"}}
	return &Experiment{
		Name: "count", Title: "Counting down twice: in turn, in two threads, processes, sub-interpreters", CPython: true, Claims: []int{1, 7, 15},
		Published: "10M x 2: threads 1.71 s, in turn 1.03, processes 0.51", Units: []Unit{sec, {"switches/sec", "lower"}, {"handoffs/sec", "lower"}},
		Points: func(Scale) []Point {
			var out []Point
			for _, r := range rows {
				out = append(out, at("regime", r[0], "how", r[1]))
			}
			return out
		},
		Decisive: func(p Point) bool { return !slices.Contains(these("gil", "rw", "locks"), p.Get("regime")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			n := pick(e.Scale, 2000, 2_500_000, 10_000_000)
			knobs := these(knob("n", n), knob("threads", 2), knob("how", p.Get("how")))
			var r Result
			var err error
			if c, ok := regimes()[p.Get("regime")]; ok {
				r, err = e.run(c, "count", knobs...)
			} else {
				r, err = e.python(p.Get("regime"), "count", knobs...)
			}
			m := []Measure{{"sec", r.Seconds}}
			if p.Get("how") == "threads" && err == nil {
				// Switches are the operating system's, of threads that wait for something: most of them for the lock.
				m = append(m, Measure{"switches/sec", float64(r.Switches) / r.Seconds})
				if r.Stats != nil && r.Stats.Lock != nil {
					m = append(m, Measure{"handoffs/sec", float64(r.Stats.Lock.Handoffs) / r.Seconds})
				}
			}
			return m, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "count", Title: "Counting down twice", Kind: figure.Rows, XLabel: "time (s)", ZeroY: true}
			s := figure.Series{Name: "time"}
			for _, r := range rows {
				st := d.Stat("sec", "regime", r[0], "how", r[1])
				if st.N == 0 {
					continue
				}
				s.Dots = append(s.Dots, st.dot(float64(len(f.Categories))))
				f.Categories = append(f.Categories, r[0]+", "+r[1])
			}
			f.Series = []figure.Series{s}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			over := func(regime, how string) Stat {
				return d.Ratio("sec", these("regime", regime, "how", how), these("regime", regime, "how", "sequential"))
			}
			const slower, faster = 1.71 / 1.03, 1.03 / 0.51
			threads := func(of string) Outcome { return over(of, "threads").claimed(slower) }
			out := []Verdict{{1, threads("gil-ticks"), fmt.Sprintf("two threads over in turn: %v under the tick-counting lock, %v under today's",
				over("gil-ticks", "threads"), over("gil", "threads"))}}
			often := func(unit, regime string) float64 { return d.Mid(unit, "regime", regime, "how", "threads") }
			out[0].Measured += fmt.Sprintf("; hand-offs of the lock a second %.0f and %.0f, waits in the kernel %.0f and %.0f",
				often("handoffs/sec", "gil-ticks"), often("handoffs/sec", "gil"), often("switches/sec", "gil-ticks"), often("switches/sec", "gil"))
			if d.Stat("switches/sec", "regime", "python2").N > 0 && d.Stat("switches/sec", "regime", "python3").N > 0 {
				out[0].Measured += fmt.Sprintf(" (CPython 2 and 3: %.0f and %.0f)", often("switches/sec", "python2"), often("switches/sec", "python3"))
			}
			if p2 := over("python2", "threads"); p2.N > 0 {
				out = append(out, Verdict{1, all(p2.claimed(slower), over("python2", "processes").inverse().claimed(faster)),
					fmt.Sprintf("CPython 2.7: two threads %v of in turn, two processes %v", p2, over("python2", "processes"))})
			} else {
				out = append(out, Verdict{1, NotTested, "processes: no python2 found"})
			}
			if p3 := over("python3", "processes"); p3.N > 0 {
				in := over("python3", "interpreters")
				out = append(out, Verdict{7, all(p3.inverse().claimed(faster), in.inverse().claimed(faster)),
					fmt.Sprintf("CPython 3: two processes %v of the time in turn, two sub-interpreters %v, two threads %v (tasks share a core, and were not measured)", p3, in, over("python3", "threads"))})
			} else {
				out = append(out, Verdict{7, NotTested, "processes and sub-interpreters: no python3 found"})
			}
			stm := over("stm", "threads")
			return append(out, Verdict{15, stm.inverse().claimed(0), fmt.Sprintf("counting: two threads in transactions %v of the time in turn", stm)})
		},
	}
}

// lockNames are the designs of the interpreter lock.
func lockNames() []string {
	var out []string
	for _, d := range gil.List() {
		out = append(out, d.Name)
	}
	return out
}

// countLocks is the same under every design of the lock, with a synthetic interpreter in virtual time: on one core, and on as
// many as there are threads.
func countLocks() *Experiment {
	return &Experiment{
		Name: "locks", Title: "Busy threads under each design of the interpreter lock", Simulated: true, Claims: []int{1, 2, 10},
		Published: "CPython 2: 1.66 (two threads over in turn)", Units: []Unit{{"slowdown", "lower"}, {"badness", "lower"}, {"handoffs", ""}},
		Points: func(s Scale) []Point {
			return grid("lock", lockNames(), "threads", pick(s, these("2"), these("1", "2", "4"), these("1", "2", "4", "8")),
				"cores", pick(s, these("2"), these("1", "2", "4"), these("1", "2", "4", "8")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			// The main thread only waits.
			m := machine.NewSim(machine.SimConfig{Cores: p.Int("cores"), Seed: e.Seed})
			r, err := lab.Count(m, lab.Config{Lock: p.Get("lock"), Threads: p.Int("threads"), Ticks: pick(e.Scale, 20000, 1_000_000, 4_000_000)})
			return []Measure{{"slowdown", r.Slowdown()}, {"badness", r.Stats.Badness()}, {"handoffs", float64(r.Stats.Handoffs)}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "locks", Title: "Busy threads under each lock", Kind: figure.Rows, Categories: d.Levels("lock"),
				XLabel: "time over that of all work in turn", Reference: 1}
			for _, pt := range [][2]string{{"2", "1"}, {"2", "2"}, {"4", "2"}, {"4", "4"}} {
				s := figure.Series{Name: pt[0] + " threads, " + pt[1] + " cores"}
				if pt[1] == "1" {
					s.Name = pt[0] + " threads, 1 core"
				}
				for i, l := range f.Categories {
					if st := d.Stat("slowdown", "lock", l, "threads", pt[0], "cores", pt[1]); st.N > 0 {
						s.Dots = append(s.Dots, st.dot(float64(i)))
					}
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			at := func(lock, threads, cores string) []string {
				return these("lock", lock, "threads", threads, "cores", cores)
			}
			one, two := d.Stat("slowdown", at("ticks", "2", "1")...), d.Stat("slowdown", at("ticks", "2", "2")...)
			bad := d.Mid("badness", at("ticks", "2", "2")...)
			now, alone := d.Stat("slowdown", at("interval", "2", "2")...), d.Stat("slowdown", at("interval", "1", "2")...)
			return []Verdict{
				{1, two.claimed(1.71 / 1.03), fmt.Sprintf("tick-counting lock, two threads over in turn: %v on two cores, %v on one", two, one)},
				// If it is the signalling, it must cost more where the thread that is woken can run at once and in vain.
				{2, d.Ratio("slowdown", at("ticks", "2", "2"), at("ticks", "2", "1")).claimed(0),
					fmt.Sprintf("time of two threads on two cores over that on one: %v; %s of the checks wake a thread in vain on two cores", d.Ratio("slowdown", at("ticks", "2", "2"), at("ticks", "2", "1")), percent(bad))},
				{10, all(now.below(margin), alone.below(margin)), fmt.Sprintf("interval lock, time over that in turn: %v with one thread, %v with two", alone, now)},
			}
		},
	}
}

// ctrlC measures what a signal does that only the main thread may serve, while that thread waits in a join.
func ctrlC() *Experiment {
	return &Experiment{
		Name: "ctrl-c", Title: "Ctrl-C under the tick-counting lock: a switch after every tick", Simulated: true, Claims: []int{4},
		Published: "a switch after every tick (figure in the notes: unusable)", Units: []Unit{{"slowdown", "lower"}, {"handoffs", ""}},
		Points: func(Scale) []Point {
			return grid("lock", these("ticks", "interval"), "threads", these("1", "2"), "pending", these("no", "yes"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			m := machine.NewSim(machine.SimConfig{Cores: 3, Seed: e.Seed})
			r, err := lab.Count(m, lab.Config{Lock: p.Get("lock"), Threads: p.Int("threads"), Ticks: pick(e.Scale, 2000, 100_000, 400_000),
				Tick: 15 * time.Nanosecond, Pinned: p.Get("pending") == "yes"})
			return []Measure{{"slowdown", r.Slowdown()}, {"handoffs", float64(r.Stats.Handoffs)}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "ctrl-c", Title: "A pending Ctrl-C", Kind: figure.Rows, XLabel: "time over that of all work in turn",
				LogX: true, Reference: 1, Categories: these("ticks, 1 thread", "ticks, 2 threads", "interval, 1 thread", "interval, 2 threads")}
			for _, pending := range these("no", "yes") {
				s := figure.Series{Name: map[string]string{"no": "before", "yes": "pending"}[pending]}
				for i, l := range [][2]string{{"ticks", "1"}, {"ticks", "2"}, {"interval", "1"}, {"interval", "2"}} {
					s.Dots = append(s.Dots, d.Stat("slowdown", "lock", l[0], "threads", l[1], "pending", pending).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(lock string) Stat {
				return d.Ratio("slowdown", these("lock", lock, "threads", "2", "pending", "yes"), these("lock", lock, "threads", "2", "pending", "no"))
			}
			return []Verdict{{4, q("ticks").claimed(0), fmt.Sprintf("two workers while Ctrl-C is pending over without: %v under the tick-counting lock, %v under today's", q("ticks"), q("interval"))}}
		},
	}
}
