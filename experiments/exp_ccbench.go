package experiments

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"gilt/experiments/figure"
)

// ccbench is what A. Pitrou measured his lock with: the throughput of threads that all do one task, and the latency of
// a thread that answers datagrams beside them. The tasks are pure Python (digits of pi), a long native call that holds the lock
// (a regular expression), and one that releases it (compression).

var ccTasks = these("pi", "regex", "bz2", "zlib")

// ccSizes make a task of each kind take some milliseconds.
var ccSizes = map[string]int{"pi": 1, "regex": 8, "bz2": 1, "zlib": 4}

func ccKnobs(e *Env, p Point, seconds float64) []string {
	return these(knob("task", p.Get("task")), knob("threads", p.Get("threads")), knob("size", ccSizes[p.Get("task")]),
		knob("seconds", strconv.FormatFloat(seconds, 'f', -1, 64)))
}

func ccbench() *Experiment {
	return &Experiment{
		Name: "ccbench", Title: "ccbench's throughput: threads that all do one task", Claims: []int{12},
		Published: "2 threads over one (CPython 3.11a): pi 0.98, bz2 1.99", Units: []Unit{{"tasks/sec", "higher"}},
		Points: func(s Scale) []Point {
			return grid("task", pick(s, ccTasks, ccTasks[:3], ccTasks), "regime", pick(s, these("gil-ticks", "gil", "stm"), these("gil", "stm"), these("gil-ticks", "gil", "stm")), "threads", pick(s, these("1"), these("1", "2"), these("1", "2", "4")))
		},
		Decisive: func(p Point) bool { return p.Get("regime") == "gil" },
		Run: func(e *Env, p Point) ([]Measure, error) {
			r, err := e.run(regimes()[p.Get("regime")], "ccbench", ccKnobs(e, p, pick(e.Scale, 0.01, 0.15, 0.4))...)
			if err != nil {
				return nil, err
			}
			return []Measure{{"tasks/sec", r.Figures["tasks"] / r.Figures["window"]}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "ccbench", Title: "ccbench: two threads over one", Kind: figure.Rows, XLabel: "throughput over that of one thread",
				ZeroY: true, Reference: 1, Categories: d.measured("tasks/sec", "task")}
			for _, r := range d.Levels("regime") {
				s := figure.Series{Name: r}
				for i, t := range f.Categories {
					s.Dots = append(s.Dots, d.Ratio("tasks/sec", these("task", t, "regime", r, "threads", "2"), these("task", t, "regime", r, "threads", "1")).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			q := func(task, regime string) Stat {
				return d.Ratio("tasks/sec", these("task", task, "regime", regime, "threads", "2"), these("task", task, "regime", regime, "threads", "1"))
			}
			// Under the GIL two threads are worth one where the lock is held, and two where it is released.
			var parts []Outcome
			text := "a second thread gains nothing where the lock is held, and half of the published gain or more where it is released (bz2): two threads over one under today's lock (in transactions):"
			for _, t := range d.measured("tasks/sec", "task") {
				switch t {
				case "bz2":
					parts = append(parts, q(t, "gil").claimed(1.99))
				case "zlib": // nothing was published
				default:
					parts = append(parts, q(t, "gil").below(margin))
				}
				text += fmt.Sprintf(" %s %v (%v)", t, q(t, "gil"), q(t, "stm"))
			}
			return []Verdict{{12, all(parts...), text}}
		},
	}
}

// measured are the levels of a factor at which something was measured with a unit.
func (d *Data) measured(unit, key string) []string {
	return slices.DeleteFunc(d.Levels(key), func(l string) bool { return d.Stat(unit, key, l).N == 0 })
}

func ccLatency() *Experiment {
	return &Experiment{
		Name: "ccbench-latency", Title: "ccbench's latency: a thread that answers datagrams beside threads that all do one task", CPython: true, Claims: []int{10, 12},
		Published: "regular expressions: almost a second under the tick-counting lock, a couple of ms under the new one",
		Units:     []Unit{{"p50-sec", "lower"}, {"p99-sec", "lower"}},
		Points: func(s Scale) []Point {
			return grid("task", pick(s, ccTasks, ccTasks[:3], ccTasks), "regime", these("gil-ticks", "python2", "gil", "python3", "gil-priority", "stm"), "threads", pick(s, these("1"), these("1"), these("0", "1", "2", "4")))
		},
		Decisive: func(p Point) bool {
			return p.Get("task") == "regex" && p.Int("threads") == 1 && (p.Get("regime") == "gil-ticks" || p.Get("regime") == "gil")
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			window := pick[time.Duration](e.Scale, 10, 100, 500) * time.Millisecond
			if p.Get("task") == "regex" && e.Scale == Quick {
				window *= 2 // under the tick-counting lock one answer may take longer than that
			}
			lat, err := pinged(e, p.Get("regime"), window, ccKnobs(e, p, 0)...)
			if err != nil {
				return nil, err
			}
			slices.Sort(lat)
			return []Measure{{"p50-sec", lat[len(lat)/2].Seconds()}, {"p99-sec", lat[len(lat)*99/100].Seconds()}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "ccbench-latency", Title: "ccbench: latency beside a busy thread", Kind: figure.Rows, XLabel: "99 % of the answers within (ms)",
				LogX: true, Categories: d.measured("p99-sec", "task")}
			for _, r := range d.Levels("regime") {
				s := figure.Series{Name: r}
				for i, t := range f.Categories {
					s.Dots = append(s.Dots, d.Stat("p99-sec", "task", t, "regime", r, "threads", "1").scaled(1e3).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			// Almost a second to a couple of milliseconds: 900 ms over 2 ms.
			cut := d.Ratio("p99-sec", these("task", "regex", "regime", "gil-ticks", "threads", "1"), these("task", "regex", "regime", "gil", "threads", "1"))
			of := func(task, r string) float64 { return 1e3 * d.Mid("p99-sec", "task", task, "regime", r, "threads", "1") }
			beside := ""
			if d.Stat("p99-sec", "regime", "python2").N > 0 && d.Stat("p99-sec", "regime", "python3").N > 0 {
				beside = fmt.Sprintf("; CPython 2 and 3: regular expressions %.1f and %.1f ms, pi %.1f and %.1f",
					of("regex", "python2"), of("regex", "python3"), of("pi", "python2"), of("pi", "python3"))
			}
			if cut.N == 0 {
				return []Verdict{{10, NotTested, "latency beside long native calls: no regular expressions"}}
			}
			return []Verdict{{10, cut.claimed(900.0 / 2), fmt.Sprintf("99 %% of the answers (all, where they are fewer than a hundred) beside one thread with long regular expressions: %.1f ms under the tick-counting lock, %.1f under today's (quotient %v), %.1f in transactions; digits of pi: %.1f, %.1f, %.1f",
				of("regex", "gil-ticks"), of("regex", "gil"), cut, of("regex", "stm"), of("pi", "gil-ticks"), of("pi", "gil"), of("pi", "stm")) + beside}}
		},
	}
}

// readyPort waits for the line "ready PORT" in a program's output.
type readyPort struct {
	once sync.Once
	port chan int
	text []byte
}

func (w *readyPort) Write(b []byte) (int, error) {
	w.text = append(w.text, b...)
	if _, rest, ok := bytes.Cut(w.text, []byte("ready ")); ok {
		if line, _, ok := bytes.Cut(rest, []byte("\n")); ok {
			if n, err := strconv.Atoi(string(bytes.TrimSpace(line))); err == nil {
				w.once.Do(func() { w.port <- n })
			}
		}
	}
	return len(b), nil
}

// pinged runs ccbench with a thread that answers datagrams, sends one after the other for a time (a new one 2 ms after the last
// at the earliest), and gives the times that the answers took.
func pinged(e *Env, system string, window time.Duration, knobs ...string) (lat []time.Duration, err error) {
	_, err = serving(func(out io.Writer) (Result, error) {
		c, ok := regimes()[system]
		if !ok {
			return e.pythonTo(out, system, "ccbench", append(knobs, "port=1")...)
		}
		c.Stdout = out
		return e.run(c, "ccbench", append(knobs, "port=1")...)
	}, func(port int) (err error) {
		lat, err = pings(port, window)
		return err
	})
	return lat, err
}

// serving runs a program that says where it listens, and its client.
func serving(run func(out io.Writer) (Result, error), client func(port int) error) (Result, error) {
	ready := &readyPort{port: make(chan int, 1)}
	type end struct {
		r   Result
		err error
	}
	ended := make(chan end, 1)
	go func() {
		r, err := run(ready)
		ended <- end{r, err}
	}()
	select {
	case port := <-ready.port:
		err := client(port)
		e := <-ended
		return e.r, errors.Join(err, e.err)
	case e := <-ended:
		if e.err == nil {
			e.err = errors.New("the program has not said where it listens")
		}
		return e.r, e.err
	}
}

func pings(port int, window time.Duration) ([]time.Duration, error) {
	s, err := net.DialUDP("udp4", nil, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	// The program ends at this datagram, whatever happens here.
	defer func() { _, _ = s.Write([]byte("stop")) }()
	var out []time.Duration
	buf := make([]byte, 64)
	for begin := time.Now(); time.Since(begin) < window; {
		start := time.Now()
		if _, err := s.Write([]byte("ping")); err != nil {
			return out, err
		}
		if err := s.SetReadDeadline(start.Add(20 * time.Second)); err != nil {
			return out, err
		}
		if _, err := s.Read(buf); err != nil {
			return out, err
		}
		d := time.Since(start)
		out = append(out, d)
		time.Sleep(2*time.Millisecond - d)
	}
	return out, nil
}
