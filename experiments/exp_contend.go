package experiments

import (
	"fmt"

	"gilt/experiments/figure"
	"gilt/vm"
	"gilt/vm/object"
)

// What transactions do when threads meet: how often they abort, and what that costs. All on four simulated cores.

// heat varies the size of the hot set and the share of writes.
func heat() *Experiment {
	return &Experiment{
		Name: "contention", Title: "Aborts by hot-set size and share of writes: 4 threads on 4 simulated cores", Simulated: true, Claims: []int{19},
		Units: []Unit{sec, {"abort-share", "lower"}, {"longest-x", "lower"}},
		Points: func(s Scale) []Point {
			return append(grid("regime", these("stm"), "hot", pick(s, these("4"), these("1", "4", "16", "64", "256", "1024"), these("1", "4", "16", "64", "256", "1024", "4096")),
				"writes", pick(s, these("20"), these("0", "5", "20", "50", "100"), these("0", "1", "5", "10", "20", "50", "100"))), at("regime", "gil", "hot", "1", "writes", "100"), at("regime", "stm-phases", "hot", "1", "writes", "100"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			// The map is that of transactions alone. Whether a run helps itself shows after some milliseconds, so the two last
			// points are longer.
			c, n := vm.Config{Mode: vm.ModeSTM, Granularity: object.GranSlot, Machine: e.simulated(4), Phases: vm.PhaseOff}, pick(e.Scale, 200, 8000, 20000)
			switch p.Get("regime") {
			case "gil":
				c.Mode, n = vm.ModeGIL, pick(e.Scale, 200, 60_000, 600_000)
			case "stm-phases":
				c.Phases, n = vm.PhaseAuto, pick(e.Scale, 200, 60_000, 600_000)
			}
			r, err := e.run(c, "contend", knob("hot", p.Get("hot")), knob("writes", p.Get("writes")), knob("seed", e.Rep+1), knob("n", n))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "contention", Title: "Aborted attempts (%)", Kind: figure.Heat, XLabel: "writes among accesses (%)",
				YLabel: "cells in the hot set", Categories: d.Levels("hot", "regime", "stm"), Columns: d.Levels("writes", "regime", "stm"), ZeroY: true}
			g := f
			g.Name, g.Title, g.Cells = "contention-time", "Time (ms)", nil
			for _, h := range f.Categories {
				var row, times []float64
				for _, w := range f.Columns {
					row = append(row, 100*d.Mid("abort-share", "regime", "stm", "hot", h, "writes", w))
					times = append(times, 1000*d.Mid("sec", "regime", "stm", "hot", h, "writes", w))
				}
				f.Cells, g.Cells = append(f.Cells, row), append(g.Cells, times)
			}
			return []figure.Figure{f, g}
		},
		Judge: func(d *Data) []Verdict {
			over := d.Ratio("sec", these("regime", "stm-phases"), these("regime", "gil"))
			return []Verdict{{19, over.below(margin), fmt.Sprintf("four threads that all write one cell take %v times as long as under the GIL when the lock takes over; %s of the attempts abort",
				over, percent(d.Mid("abort-share", "regime", "stm-phases")))}}
		},
	}
}

// lengths varies the length of slices, which are not allowed to adapt.
func lengths() *Experiment {
	return &Experiment{
		Name: "slices", Title: "Aborts and time by slice length and hot-set size: 4 threads on 4 simulated cores", Simulated: true,
		Units: []Unit{sec, {"abort-share", "lower"}, {"wasted-share", "lower"}},
		Points: func(s Scale) []Point {
			return grid("hot", pick(s, these("16"), these("4", "64", "1024"), these("1", "4", "16", "64", "256", "1024")),
				"slice", pick(s, these("500"), these("50", "200", "1000", "5000", "20000", "auto"), these("50", "100", "200", "500", "1000", "2000", "5000", "10000", "20000", "auto")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			c := vm.Config{Mode: vm.ModeSTM, Granularity: object.GranSlot, Machine: e.simulated(4), Phases: vm.PhaseOff}
			if p.Get("slice") != "auto" {
				c.Slice = p.Int("slice")
			}
			r, err := e.run(c, "contend", knob("hot", p.Get("hot")), "writes=20", knob("seed", e.Rep+1), knob("n", pick(e.Scale, 200, 8000, 20000)))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}, {"wasted-share", r.wastedShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "slices", Title: "Bytecodes thrown away (%), 20 % writes", Kind: figure.Heat, XLabel: "bytecodes per slice",
				YLabel: "cells in the hot set", Categories: d.Levels("hot"), Columns: d.Levels("slice"), ZeroY: true}
			g := f
			g.Name, g.Title = "slices-time", "Time (ms), 20 % writes"
			for _, h := range f.Categories {
				var row, times []float64
				for _, l := range f.Columns {
					row = append(row, 100*d.Mid("wasted-share", "hot", h, "slice", l))
					times = append(times, 1000*d.Mid("sec", "hot", h, "slice", l))
				}
				f.Cells, g.Cells = append(f.Cells, row), append(g.Cells, times)
			}
			return []figure.Figure{f, g}
		},
	}
}

// areas lets threads change areas of one list, at each granularity of conflict detection.
func areas() *Experiment {
	grans := map[string]object.Granularity{"object": object.GranObject, "chunk": object.GranChunk, "slot": object.GranSlot}
	return &Experiment{
		Name: "areas", Title: "Threads change different areas of one list, by granularity of conflicts", Simulated: true, Claims: []int{22},
		Units: []Unit{sec, {"abort-share", "lower"}},
		Points: func(s Scale) []Point {
			return append(grid("granularity", these("object", "chunk", "slot"), "threads", pick(s, these("2"), these("1", "2", "4", "8"), these("1", "2", "4", "8", "16", "32"))),
				at("granularity", "gil", "threads", "1"), at("granularity", "gil", "threads", "4"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			c := vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff, Granularity: grans[p.Get("granularity")], Machine: e.simulated(p.Int("threads"))}
			if p.Get("granularity") == "gil" {
				c.Mode = vm.ModeGIL
			}
			r, err := e.run(c, "areas", knob("threads", p.Get("threads")), knob("n", pick(e.Scale, 400, 12000, 48000)))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "areas", Title: "One list, an area per thread", XLabel: "threads = simulated cores",
				YLabel: "speed (GIL on one core: 1)", Log2X: true, LogY: true, Reference: 1}
			for _, g := range these("slot", "chunk", "object") {
				s := figure.Series{Name: g}
				for _, n := range d.Levels("threads", "granularity", g) {
					s.Dots = append(s.Dots, d.Ratio("sec", these("granularity", "gil", "threads", "1"), these("granularity", g, "threads", n)).dot(number(n)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			over := func(g string) Stat {
				return d.Ratio("sec", these("granularity", "gil", "threads", "4"), these("granularity", g, "threads", "4"))
			}
			self := func(g string) Stat {
				return d.Ratio("sec", these("granularity", g, "threads", "1"), these("granularity", g, "threads", "4"))
			}
			return []Verdict{{22, self("chunk").claimed(0), fmt.Sprintf("speed of 4 threads over one, conflicts told apart by slot %.2f, by chunk %v, by object %.2f; of 4 over the GIL's 4: %.2f, %v, %.2f",
				self("slot").Mid, self("chunk"), self("object").Mid, over("slot").Mid, over("chunk"), over("object").Mid)}}
		},
	}
}

// readers compares the reader-writer lock with the others, by the share of writes.
func readers() *Experiment {
	return &Experiment{
		Name: "readers", Title: "A reader-writer lock as GIL: 4 threads on 4 simulated cores, by share of writes", Simulated: true, Claims: []int{24},
		Units: []Unit{sec},
		Points: func(s Scale) []Point {
			return grid("regime", these("gil", "rw", "stm", "locks"), "writes", pick(s, these("20"), these("0", "1", "5", "20", "100"), these("0", "1", "2", "5", "10", "20", "50", "100")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(vm.Config{Mode: modes[p.Get("regime")], Machine: e.simulated(4)}, "contend", "hot=256",
				knob("writes", p.Get("writes")), knob("seed", e.Rep+1), knob("n", pick(e.Scale, 200, 8000, 20000)))
			return []Measure{{"sec", r.Seconds}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "readers", Title: "Four threads, 256 shared cells", XLabel: "writes among accesses (%)", YLabel: "speed over the GIL's",
				ZeroY: true, Reference: 1}
			for _, r := range these("stm", "locks", "rw") {
				s := figure.Series{Name: r}
				for _, w := range d.Levels("writes") {
					s.Dots = append(s.Dots, d.Ratio("sec", these("regime", "gil", "writes", w), these("regime", r, "writes", w)).dot(number(w)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(r, w string) Stat {
				return d.Ratio("sec", these("regime", "gil", "writes", w), these("regime", r, "writes", w))
			}
			return []Verdict{{24, q("rw", "0").claimed(0), fmt.Sprintf("it is possible, and pays for readers: speed over the GIL on 4 cores %v with readers only, %v with 20 %% writes (transactions %.2f and %.2f)",
				q("rw", "0"), q("rw", "20"), q("stm", "0").Mid, q("stm", "20").Mid)}}
		},
	}
}

// logging lets threads compute and append to one log.
func logging() *Experiment {
	return &Experiment{
		Name: "log", Title: "Threads that compute and append to one log", Simulated: true, Claims: []int{21}, Published: "twenty threads",
		Units: []Unit{sec, {"abort-share", "lower"}, {"wasted-share", "lower"}},
		Points: func(s Scale) []Point {
			return grid("regime", these("gil", "stm"), "log", these("none", "list", "print"), "threads", pick(s, these("2"), these("1", "4", "8", "20"), these("1", "2", "4", "8", "20", "40")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(vm.Config{Mode: modes[p.Get("regime")], Machine: e.simulated(min(p.Int("threads"), 64))}, "log",
				knob("threads", p.Get("threads")), knob("log", p.Get("log")), knob("n", pick(e.Scale, 20, 400, 1200)), "work=200")
			if err != nil {
				return nil, err
			}
			if p.Get("log") == "print" && r.Lines < pick(e.Scale, 20, 400, 1200) {
				return nil, fmt.Errorf("%d lines were printed", r.Lines)
			}
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()},
				{"wasted-share", ratio(float64(r.Stats.Wasted), float64(r.Stats.Bytecodes))}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "log", Title: "Threads writing one log", XLabel: "threads = simulated cores",
				YLabel: "speed over one thread, GIL", LogX: true, LogY: true, Reference: 1}
			for _, r := range [][3]string{{"stm", "none", "stm, no log"}, {"stm", "print", "stm, printing"}, {"stm", "list", "stm, one list"}, {"gil", "print", "gil, printing"}} {
				s := figure.Series{Name: r[2]}
				for _, n := range d.Levels("threads") {
					s.Dots = append(s.Dots, d.Ratio("sec", these("regime", "gil", "log", r[1], "threads", "1"), these("regime", r[0], "log", r[1], "threads", n)).dot(number(n)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			w, l := d.Mid("wasted-share", "regime", "stm", "log", "print", "threads", "20"), d.Mid("wasted-share", "regime", "stm", "log", "list", "threads", "20")
			slower := func(log string) Stat {
				return d.Ratio("sec", these("regime", "stm", "log", log, "threads", "20"), these("regime", "stm", "log", "none", "threads", "20"))
			}
			// Only the write is rolled back: writing the log costs no more than the margin.
			return []Verdict{{21, slower("print").below(margin), fmt.Sprintf("20 threads that print take %v times as long as those that do not, and %s of the bytecodes are thrown away; appending to one list: %v times, %s",
				slower("print"), percent(w), slower("list"), percent(l))}}
		},
	}
}

// refcounts treats reference counts as transactional writes.
func refcounts() *Experiment {
	return &Experiment{
		Name: "refcounts", Title: "Reading one object whose reference count is written at every use", Simulated: true, Claims: []int{25},
		Units: []Unit{sec, {"abort-share", "lower"}},
		Points: func(s Scale) []Point {
			return grid("counted", these("0", "1"), "threads", pick(s, these("2"), these("1", "2", "4", "8"), these("1", "2", "4", "8", "16")))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff, NoBypass: true, Machine: e.simulated(p.Int("threads"))}, "refcount",
				knob("counted", p.Get("counted")), knob("threads", p.Get("threads")), knob("n", pick(e.Scale, 400, 8000, 32000)))
			return []Measure{{"sec", r.Seconds}, {"abort-share", r.abortShare()}}, err
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "refcounts", Title: "Reads of one shared object", XLabel: "threads = simulated cores",
				YLabel: "speed over one thread, uncounted", Log2X: true, LogY: true, Reference: 1}
			for i, name := range these("uncounted", "counted") {
				s := figure.Series{Name: name}
				for _, n := range d.Levels("threads") {
					s.Dots = append(s.Dots, d.Ratio("sec", these("counted", "0", "threads", d.Levels("threads")[0]), these("counted", show(float64(i), "x"), "threads", n)).dot(number(n)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			one := d.Ratio("sec", these("counted", "1", "threads", "1"), these("counted", "0", "threads", "1"))
			four := d.Ratio("sec", these("counted", "1", "threads", "4"), these("counted", "0", "threads", "4"))
			// Way slower on one thread; and no slower than that on four, if the counts cancel out.
			cancel := d.Ratio("sec", these("counted", "1", "threads", "4"), these("counted", "1", "threads", "1"))
			return []Verdict{{25, all(one.claimed(0), cancel.below(1)), fmt.Sprintf("counted over uncounted: %v in one thread, %v in four; counted, four threads over one: %v (what is written and written back still conflicts)", one, four, cancel)}}
		},
	}
}
