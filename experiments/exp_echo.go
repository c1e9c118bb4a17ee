package experiments

import (
	"fmt"
	"strconv"
	"time"

	"gilt/experiments/figure"
	"gilt/gil"
	"gilt/gil/lab"
)

// Responses of an I/O-bound thread beside busy ones: an echo server, under each design of the lock.

func echoMeasures(c lab.Config, d time.Duration) ([]Measure, error) {
	flood, single, cpu, err := echoRun(c, d)
	m := []Measure{{"requests/sec", flood.rate}, {"p50-sec", flood.p50}, {"p99-sec", flood.p99}, {"cpu-share", cpu}}
	if c.Pause > 0 {
		m = append(m, Measure{"single-p50-sec", single.p50}, Measure{"single-p99-sec", single.p99})
	}
	return m, err
}

var echoUnits = []Unit{{"requests/sec", "higher"}, {"p50-sec", "lower"}, {"p99-sec", "lower"}, {"cpu-share", "higher"}}

// answers are what a client has measured: requests per second; seconds that half and 99 % of the answers took at most.
type answers struct{ rate, p50, p99 float64 }

// between is the time from one request to the next where single requests are measured.
const between = 10 * time.Millisecond

func echo() *Experiment {
	return &Experiment{
		Name: "echo", Title: "An echo server beside busy threads, under each design of the lock", Claims: []int{3, 10, 11},
		Published: "30k -> 100, 50, 30 requests/s beside 1, 2, 4 threads (CPython 3)", Units: echoUnits,
		Points: func(s Scale) []Point {
			return grid("lock", lockNames(), "threads", pick(s, these("1"), these("0", "1", "2"), these("0", "1", "2", "4")))
		},
		Decisive: func(p Point) bool {
			return p.Get("lock") == "interval" && p.Int("threads") < 2 || p.Get("lock") == "priority" && p.Int("threads") == 1
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			return echoMeasures(lab.Config{Lock: p.Get("lock"), Threads: p.Int("threads")}, pick[time.Duration](e.Scale, 15, 100, 400)*time.Millisecond)
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "echo", Title: "Echo server beside busy threads", Kind: figure.Rows, Categories: d.Levels("lock"),
				XLabel: "requests/s", LogX: true}
			for _, n := range d.Levels("threads") {
				s := figure.Series{Name: n + " busy"}
				for i, l := range f.Categories {
					s.Dots = append(s.Dots, d.Stat("requests/sec", "lock", l, "threads", n).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
		Judge: func(d *Data) []Verdict {
			rate := func(lock, n string) float64 { return d.Mid("requests/sec", "lock", lock, "threads", n) }
			ruin := d.Ratio("requests/sec", these("lock", "interval", "threads", "0"), these("lock", "interval", "threads", "1"))
			wait := func(n string) Stat {
				return d.Ratio("p99-sec", these("lock", "interval", "threads", n), these("lock", "priority", "threads", n))
			}
			ms := func(lock, n string) float64 { return 1e3 * d.Mid("p99-sec", "lock", lock, "threads", n) }
			return []Verdict{
				{3, ruin.claimed(30000.0 / 100), fmt.Sprintf("requests/s beside 0, 1, 2 busy threads: today's lock %.0f, %.0f, %.0f (0 over 1: %v); tick-counting %.0f, %.0f, %.0f",
					rate("interval", "0"), rate("interval", "1"), rate("interval", "2"), ruin, rate("ticks", "0"), rate("ticks", "1"), rate("ticks", "2"))},
				{11, wait("1").claimed(0), fmt.Sprintf("99 %% of the answers (all, where they are fewer than a hundred) within, beside 1 and 2 busy threads: without priority requests %.2f and %.2f ms, with them %.2f and %.2f (quotient beside one %v)",
					ms("interval", "1"), ms("interval", "2"), ms("priority", "1"), ms("priority", "2"), wait("1"))},
			}
		},
	}
}

// interval sweeps the switch interval of today's lock.
func interval() *Experiment {
	sweep := []time.Duration{time.Microsecond, 10 * time.Microsecond, 100 * time.Microsecond, time.Millisecond, 5 * time.Millisecond,
		20 * time.Millisecond, 100 * time.Millisecond}
	seconds := func(v []time.Duration) (out []string) {
		for _, d := range v {
			out = append(out, strconv.FormatFloat(d.Seconds(), 'f', -1, 64))
		}
		return out
	}
	return &Experiment{
		Name: "interval", Title: "The switch interval: requests of an echo server against work of a busy thread", Claims: []int{10},
		Published: "0.1 s to 1 us: 5, 50, 100, 500, 3.2k, 11k, 10k requests/s",
		Units:     append(echoUnits[:len(echoUnits):len(echoUnits)], Unit{"single-p50-sec", "lower"}, Unit{"single-p99-sec", "lower"}),
		Points: func(s Scale) []Point {
			return grid("threads", these("1"), "interval", seconds(pick(s, sweep[3:5], sweep, sweep)))
		},
		Decisive: func(p Point) bool { return p.Get("interval") == "0.005" },
		Run: func(e *Env, p Point) ([]Measure, error) {
			iv := time.Duration(p.Float("interval") * 1e9)
			c := lab.Config{Lock: "interval", Options: gil.Options{Interval: iv}, Threads: p.Int("threads"), Pause: between}
			return echoMeasures(c, max(2*iv, pick[time.Duration](e.Scale, 15, 100, 400)*time.Millisecond))
		},
		Figures: func(d *Data) []figure.Figure {
			return []figure.Figure{
				{Name: "interval", Title: "Switch interval: responses", XLabel: "switch interval (s)", YLabel: "requests/s", LogX: true, LogY: true,
					Series: []figure.Series{d.series("1 busy thread", "requests/sec", "interval")}},
				{Name: "interval-cpu", Title: "Switch interval: what is left for work", XLabel: "switch interval (s)", YLabel: "share of one core", LogX: true,
					ZeroY: true, Series: []figure.Series{d.series("busy thread", "cpu-share", "interval")}},
			}
		},
		Judge: func(d *Data) []Verdict {
			// "A couple of milliseconds" is at most twice the switch interval. An answer to a single request waits for the lock once;
			// where each request follows the last answer, the server waits twice for each of them.
			l := d.Stat("single-p50-sec", "interval", "0.005")
			return []Verdict{{10, l.below(0.010), fmt.Sprintf("half of an echo server's answers to single requests beside a busy thread: within %.1f ms [%.1f, %.1f] at an interval of 5 ms (99 %%: %.1f), %.2f ms at 0.1 ms",
				l.Mid*1e3, l.Lo*1e3, l.Hi*1e3, d.Mid("single-p99-sec", "interval", "0.005")*1e3, d.Mid("single-p50-sec", "interval", "0.0001")*1e3)}}
		},
	}
}
