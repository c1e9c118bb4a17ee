package experiments

// The pathologies of interpreter locks as Python programs, in the VM under each design of the lock and under installed
// CPythons beside them: what an echo server gets done beside busy threads (the convoy effect), what the switch interval and the check
// interval do to it, and what a Ctrl-C does that only the main thread may serve.

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"time"

	"gilt/experiments/figure"
	"gilt/internal/machine"
)

// systems are the VM's regimes and the installed interpreters under which these programs run.
var systems = these("gil-ticks", "python2", "gil-interval", "python3", "gil-priority", "gil-beazley", "gil-fifo", "rw", "locks", "stm")

// beside runs the echo server with a client for twice the time d.
func (e *Env) beside(system string, d time.Duration, knobs ...string) ([]Measure, error) {
	var rate, p50, p99 float64
	r, err := serving(func(out io.Writer) (Result, error) {
		c, ok := regimes()[system]
		if !ok {
			return e.pythonTo(out, system, "beside", knobs...)
		}
		// The client lives in the same process: it must not have to wait for Go's scheduler.
		c.Machine = machine.NewReal(machine.RealConfig{Seed: e.Seed})
		old := runtime.GOMAXPROCS(0)
		runtime.GOMAXPROCS(old + 4)
		defer runtime.GOMAXPROCS(old)
		c.Stdout = out
		return e.run(c, "beside", knobs...)
	}, func(port int) (err error) {
		rate, p50, p99, err = echoClient(port, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return []Measure{{"requests/sec", rate}, {"p50-sec", p50}, {"p99-sec", p99}, {"counted/sec", r.Figures["counted"] / r.Figures["window"]}}, nil
}

var besideUnits = []Unit{{"requests/sec", "higher"}, {"p50-sec", "lower"}, {"p99-sec", "lower"}, {"counted/sec", "higher"}}

func convoy() *Experiment {
	return &Experiment{
		Name: "convoy", Title: "An echo server in Python beside busy threads, under each design of the lock and under CPython", CPython: true, Claims: []int{3, 10, 11},
		Published: "30k -> 100, 50, 30 requests/s beside 1, 2, 4 threads (CPython 3)", Units: besideUnits,
		Points: func(s Scale) []Point {
			return grid("system", systems, "busy", pick(s, these("1"), these("0", "1", "4"), these("0", "1", "2", "4")))
		},
		Decisive: func(p Point) bool {
			return p.Get("system") == "gil-interval" && p.Int("busy") < 2 || p.Get("system") == "gil-priority" && p.Int("busy") == 1
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			return e.beside(p.Get("system"), pick[time.Duration](e.Scale, 12, 50, 400)*time.Millisecond, knob("busy", p.Get("busy")))
		},
		Figures: func(d *Data) []figure.Figure {
			one := func(name, title, unit, label string, scale float64) figure.Figure {
				f := figure.Figure{Name: name, Title: title, Kind: figure.Rows, Categories: d.measured(unit, "system"), XLabel: label, LogX: true}
				for _, n := range d.Levels("busy") {
					s := figure.Series{Name: n + " busy"}
					for i, l := range f.Categories {
						s.Dots = append(s.Dots, d.Stat(unit, "system", l, "busy", n).scaled(scale).dot(float64(i)))
					}
					f.Series = append(f.Series, s)
				}
				return f
			}
			return []figure.Figure{one("convoy", "Echo server in Python beside busy threads", "requests/sec", "requests/s", 1),
				one("convoy-ping", "Echo server in Python: a request every 10 ms", "p50-sec", "half of the answers within (ms)", 1e3)}
		},
		Judge: func(d *Data) []Verdict {
			if len(d.Levels("busy")) < 3 {
				return nil
			}
			rates := func(system string) string {
				var each []string
				for _, n := range d.Levels("busy") {
					each = append(each, fmt.Sprintf("%.0f", d.Mid("requests/sec", "system", system, "busy", n)))
				}
				return system + " " + strings.Join(each, ", ")
			}
			ruin := func(system string) Stat {
				return d.Ratio("requests/sec", these("system", system, "busy", "0"), these("system", system, "busy", "1"))
			}
			kept := func(system string) Stat {
				return d.Ratio("requests/sec", these("system", system, "busy", "1"), these("system", "gil-interval", "busy", "1"))
			}
			text := fmt.Sprintf("a Python server's requests/s beside %s busy threads: %s (0 over 1: %v); %s; %s; %s", strings.Join(d.Levels("busy"), ", "), rates("gil-interval"), ruin("gil-interval"), rates("gil-ticks"), rates("gil-priority"), rates("gil-beazley"))
			for _, p := range these("python2", "python3") {
				if d.Stat("requests/sec", "system", p).N > 0 {
					text += "; " + rates(p)
				}
			}
			return []Verdict{{3, ruin("gil-interval").claimed(30000.0 / 100), text},
				{11, kept("gil-priority").claimed(0), fmt.Sprintf("requests/s with priority requests over without, beside one busy thread: %v; Beazley's lock %v", kept("gil-priority"), kept("gil-beazley"))}}
		},
	}
}

// sweep varies what a program can set: the switch interval of today's lock, the check interval of the old one.
func sweep() *Experiment {
	intervals := these("0.000001", "0.00001", "0.0001", "0.001", "0.005", "0.02", "0.1")
	checks := these("1", "10", "100", "1000", "10000", "100000")
	return &Experiment{
		Name: "sweep", Title: "sys.setswitchinterval and sys.setcheckinterval: an echo server against busy threads, in the VM and under CPython", CPython: true, Claims: []int{10},
		Published: "0.1 s to 1 us: 5, 50, 100, 500, 3.2k, 11k, 10k requests/s", Units: besideUnits,
		Points: func(s Scale) []Point {
			busy := pick(s, these("1"), these("1"), these("1", "2", "4"))
			return append(grid("system", these("gil-interval", "python3"), "busy", busy, "interval", pick(s, intervals[4:5], intervals, intervals)),
				grid("system", these("gil-ticks", "python2"), "busy", busy, "check", pick(s, checks[2:3], these("1", "100", "10000"), checks))...)
		},
		Decisive: func(p Point) bool { return p.Get("system") == "gil-interval" && p.Get("interval") == "0.005" },
		Run: func(e *Env, p Point) ([]Measure, error) {
			d := pick[time.Duration](e.Scale, 12, 50, 300) * time.Millisecond
			knobs := these(knob("busy", p.Get("busy")))
			if p.Get("interval") != "" {
				knobs = append(knobs, knob("interval", p.Get("interval")))
				d = max(d, time.Duration(3e9*p.Float("interval")))
				if p.Get("interval") == "0.005" { // the verdict is about single requests, one every 10 ms
					d = max(d, pick[time.Duration](e.Scale, 0, 160, 0)*time.Millisecond)
				}
			} else {
				knobs = append(knobs, knob("check", p.Get("check")))
			}
			return e.beside(p.Get("system"), d, knobs...)
		},
		Figures: func(d *Data) []figure.Figure {
			one := func(name, title, unit, label, over, axis string, of []string) figure.Figure {
				f := figure.Figure{Name: name, Title: title, XLabel: axis, YLabel: label, LogX: true, LogY: true}
				for _, system := range of {
					for _, n := range d.Levels("busy") {
						if s := d.series(system+", "+n+" busy", unit, over, "system", system, "busy", n); len(s.Dots) > 0 {
							f.Series = append(f.Series, s)
						}
					}
				}
				return f
			}
			now, then := these("gil-interval", "python3"), these("gil-ticks", "python2")
			return []figure.Figure{
				one("sweep", "The switch interval: responses", "requests/sec", "requests/s", "interval", "switch interval (s)", now),
				one("sweep-work", "The switch interval: what is left for work", "counted/sec", "iterations of the busy threads/s", "interval", "switch interval (s)", now),
				one("sweep-check", "The check interval: responses", "requests/sec", "requests/s", "check", "check interval (ticks)", then),
				one("sweep-check-work", "The check interval: what is left for work", "counted/sec", "iterations of the busy threads/s", "check", "check interval (ticks)", then),
			}
		},
		Judge: func(d *Data) []Verdict {
			if len(d.Levels("interval")) < 3 {
				return nil
			}
			l := d.Stat("p50-sec", "system", "gil-interval", "busy", "1", "interval", "0.005")
			text := "a Python server's requests/s beside a busy thread, switch interval 0.1 s to 1 us:"
			for _, system := range these("gil-interval", "python3") {
				if d.Stat("requests/sec", "system", system).N == 0 {
					continue
				}
				text += " " + system
				for _, i := range these("0.1", "0.02", "0.005", "0.001", "0.0001", "0.00001", "0.000001") {
					text += fmt.Sprintf(" %.0f", d.Mid("requests/sec", "system", system, "busy", "1", "interval", i))
				}
				text += ";"
			}
			return []Verdict{{10, l.below(0.010), text + fmt.Sprintf(" half of the answers to single requests within %.1f ms at 5 ms", 1e3*l.Mid)}}
		},
	}
}

// interrupted is what a signal that only the main thread may serve does to working threads while that thread waits for them. Up to
// CPython 3.1 a wait for a lock, which a join is, goes on until it has what it waits for; so does the VM's under its tick-counting lock here.
func interrupted() *Experiment {
	of := these("gil-ticks", "python2", "gil-interval", "python3")
	return &Experiment{
		Name: "interrupt", Title: "Ctrl-C while the main thread joins: how much longer the threads take", CPython: true, Claims: []int{4},
		Published: "a switch after every tick", Units: []Unit{sec, {"caught-sec", "lower"}},
		Points: func(s Scale) []Point {
			return grid("system", of, "threads", these("1", "2"), "pending", these("0", "1"))
		},
		Decisive: func(p Point) bool { return p.Get("system") == "gil-ticks" && p.Int("threads") == 2 },
		Run: func(e *Env, p Point) ([]Measure, error) {
			knobs := these(knob("threads", p.Get("threads")), knob("pending", p.Get("pending")),
				knob("n", strconv.Itoa(pick(e.Scale, 20_000, 1_000_000, 3_000_000))))
			var r Result
			var err error
			if c, ok := regimes()[p.Get("system")]; ok {
				c.Deaf = c.Lock == "ticks"
				r, err = e.run(c, "interrupt", knobs...)
			} else {
				r, err = e.python(p.Get("system"), "interrupt", knobs...)
			}
			if err != nil {
				return nil, err
			}
			m := []Measure{{"sec", r.Figures["counting"]}}
			if p.Get("pending") == "1" {
				m = append(m, Measure{"caught-sec", r.Figures["caught"]})
			}
			return m, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "interrupt", Title: "Ctrl-C while the main thread joins", Kind: figure.Rows, XLabel: "time of the threads over that without", LogX: true, Reference: 1,
				Categories: d.measured("sec", "system")}
			for _, n := range these("1", "2") {
				s := figure.Series{Name: n + " busy"}
				for i, l := range f.Categories {
					s.Dots = append(s.Dots, slowed(d, l, n).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			text := "two threads that count while Ctrl-C is pending over without (one thread), and when it was served:"
			for _, system := range of {
				if q := slowed(d, system, "2"); q.N > 0 {
					text += fmt.Sprintf(" %s %v (%v), after %.2f s;", system, q, slowed(d, system, "1"), d.Mid("caught-sec", "system", system, "threads", "2", "pending", "1"))
				}
			}
			return []Verdict{{4, slowed(d, "gil-ticks", "2").claimed(0), text[:len(text)-1]}}
		},
	}
}

// slowed is the time of threads with a pending signal over that without.
func slowed(d *Data, system, threads string) Stat {
	return d.Ratio("sec", these("system", system, "threads", threads, "pending", "1"), these("system", system, "threads", threads, "pending", "0"))
}
