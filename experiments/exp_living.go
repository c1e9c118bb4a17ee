package experiments

import (
	"fmt"

	"gilt/experiments/figure"
)

// The ways to live with a GIL that CPython has, measured with an installed one: what it costs to start threads, sub-interpreters and
// processes, what it costs to hand data from one to another, and a trap of its pools of processes.

// perRound runs a workload under an installed python3; n is the number of rounds by scale.
func perRound(e *Env, name string, n int, knobs ...string) ([]Measure, error) {
	r, err := e.python("python3", name, append(knobs, knob("n", n))...)
	return []Measure{{"sec/op", r.Seconds / float64(n)}}, err
}

func starts() *Experiment {
	return &Experiment{
		Name: "starts", Title: "Starting a thread, a sub-interpreter, a process (CPython)", CPython: true, Claims: []int{13},
		Published: "thread < sub-interpreter < process (CPython starts in 100-200 ms)", Units: []Unit{{"sec/op", "lower"}},
		Points: func(Scale) []Point { return grid("what", these("thread", "interpreter", "fork", "spawn")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			return perRound(e, "starts", pick(e.Scale, 1, 4, 20), knob("what", p.Get("what")))
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "starts", Title: "Starting and ending (CPython)", Kind: figure.Rows, XLabel: "time (ms)", LogX: true, Categories: d.measured("sec/op", "what")}
			s := figure.Series{Name: "time"}
			for i, w := range f.Categories {
				s.Dots = append(s.Dots, d.Stat("sec/op", "what", w).scaled(1e3).dot(float64(i)))
			}
			f.Series = []figure.Series{s}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(a, b string) Stat { return d.Ratio("sec/op", these("what", a), these("what", b)) }
			if q("interpreter", "thread").N == 0 {
				return []Verdict{{13, NotTested, "no python3 with sub-interpreters found"}}
			}
			ms := func(w string) float64 { return 1e3 * d.Mid("sec/op", "what", w) }
			return []Verdict{{13, all(q("interpreter", "thread").claimed(0), q("spawn", "interpreter").claimed(0)),
				fmt.Sprintf("thread %.2f ms, sub-interpreter %.1f (%v times), a new process %.1f (%v times the sub-interpreter), a forked one %.1f",
					ms("thread"), ms("interpreter"), q("interpreter", "thread"), ms("spawn"), q("spawn", "interpreter"), ms("fork"))}}
		},
	}
}

func sharing() *Experiment {
	hows := map[string][]string{"list": these("reference", "marshal", "pickle"), "bytes": these("reference", "marshal", "pickle", "out-of-band", "shared-memory")}
	return &Experiment{
		Name: "sharing", Title: "Handing a megabyte on: by reference, serialised, in shared memory (CPython)", CPython: true, Claims: []int{14},
		Units: []Unit{{"sec/op", "lower"}},
		Points: func(Scale) []Point {
			return append(grid("data", these("list"), "how", hows["list"]), grid("data", these("bytes"), "how", hows["bytes"])...)
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			return perRound(e, "sharing", pick(e.Scale, 1, 5, 40), knob("data", p.Get("data")), knob("how", p.Get("how")))
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "sharing", Title: "Handing a megabyte on (CPython)", Kind: figure.Rows, XLabel: "time (µs)", LogX: true,
				Categories: d.measured("sec/op", "how")}
			for _, data := range d.Levels("data") {
				s := figure.Series{Name: map[string]string{"list": "list of tuples", "bytes": "bytes"}[data]}
				for i, h := range f.Categories {
					if st := d.Stat("sec/op", "data", data, "how", h); st.N > 0 {
						s.Dots = append(s.Dots, st.scaled(1e6).dot(float64(i)))
					}
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(data, how string) Stat {
				return d.Ratio("sec/op", these("data", data, "how", how), these("data", data, "how", "reference"))
			}
			if q("list", "pickle").N == 0 {
				return []Verdict{{14, NotTested, "no python3 found"}}
			}
			us := func(data, how string) float64 { return 1e6 * d.Mid("sec/op", "data", data, "how", how) }
			return []Verdict{{14, all(q("list", "marshal").claimed(0), q("list", "pickle").claimed(0), q("bytes", "pickle").claimed(0)),
				fmt.Sprintf("a megabyte in a list: reference %.1f us, marshal %.0f, pickle %.0f; as bytes: pickle %.0f, out of band %.0f, shared memory %.0f",
					us("list", "reference"), us("list", "marshal"), us("list", "pickle"), us("bytes", "pickle"), us("bytes", "out-of-band"), us("bytes", "shared-memory"))}}
		},
	}
}

func pool() *Experiment {
	return &Experiment{
		Name: "pool", Title: "A pool of processes whose worker is defined before or after it starts (CPython)", CPython: true, Claims: []int{8},
		Published: "4 workers die, items are lost", Units: []Unit{{"lost", "lower"}},
		Points: func(Scale) []Point { return grid("late", these("0", "1")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.python("python3", "pool", knob("late", p.Get("late")))
			return []Measure{{"lost", r.Figures["lost"]}}, err
		},
		Judge: func(d *Data) []Verdict {
			late, early := d.Stat("lost", "late", "1"), d.Stat("lost", "late", "0")
			if late.N == 0 {
				return []Verdict{{8, NotTested, "no python3 found"}}
			}
			return []Verdict{verdict(8, late.Lo >= 1 && early.Hi == 0, "results of 8 that never come: %v when the worker is defined after the pool starts, %v when before", late, early)}
		},
	}
}

// jobs hands work to local and remote nodes. The results come in the order of submission because the server keeps their places;
// that jobs overtake each other shows that it has to.
func jobs() *Experiment {
	return &Experiment{
		Name: "jobs", Title: "A job server over local nodes and nodes behind sockets (CPython)", CPython: true, Claims: []int{9},
		Units:  []Unit{sec, {"disordered", "lower"}, {"overtaken", ""}},
		Points: func(Scale) []Point { return grid("nodes", these("1+0", "2+0", "2+2")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			var local, remote int
			if _, err := fmt.Sscanf(p.Get("nodes"), "%d+%d", &local, &remote); err != nil {
				return nil, err
			}
			r, err := e.python("python3", "jobs", knob("local", local), knob("remote", remote), knob("seed", e.Rep+1))
			return []Measure{{"sec", r.Seconds}, {"disordered", r.Figures["disordered"]}, {"overtaken", r.Figures["overtaken"]}}, err
		},
		Judge: func(d *Data) []Verdict {
			out, over := d.Stat("disordered", "nodes", "2+2"), d.Stat("overtaken", "nodes", "2+2")
			if out.N == 0 {
				return []Verdict{{9, NotTested, "no python3 found"}}
			}
			// A count: no result is out of its place in any repetition, although jobs end in another order.
			return []Verdict{verdict(9, out.Hi == 0 && over.Lo > 0, "2 local and 2 remote nodes: %v of 24 results out of place, although jobs overtake others %v times; speed over one node %v",
				out, over, d.Ratio("sec", these("nodes", "1+0"), these("nodes", "2+2")))}
		},
	}
}
