package experiments

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	"gilt/experiments/figure"
	"gilt/gil"
)

// Timelines, after D. Beazley's pictures of his instrumented interpreter (gilvis): what each thread does when, under each
// design of the lock and in transactions. Two busy threads and one that wakes up every 50 us, on three simulated cores; the
// main thread only waits and is left out. The locks that have a switch interval have one of 0.2 ms, so that a short time shows several.

// timelineKinds are what a thread can be doing, in the order of the figure's colours.
var timelineKinds = these("run", "abort", "commit", "wait")

var timelineNames = map[string]string{"run": "holds the lock", "wait": "waits for it", "commit": "slice commits", "abort": "slice aborts"}

// maxSpans bounds what is kept of a thread: readers of benchmark files take lines of 64 KB at most.
const maxSpans = 1000

func timelines() *Experiment {
	var locks []string
	for _, l := range lockNames() {
		if l != "rw" {
			locks = append(locks, "gil-"+l)
		}
	}
	regimeNames := append(locks, "rw", "stm", "stm-shared")
	return &Experiment{
		Name: "timelines", Title: "What threads do when, under each design of the lock and in transactions", Simulated: true, Raw: true,
		Reps:   func(Scale) int { return 1 },
		Points: func(s Scale) []Point { return grid("regime", regimeNames, "thread", these("1", "2", "3")) },
		Run: func(e *Env, p Point) ([]Measure, error) {
			name, shared := strings.CutSuffix(p.Get("regime"), "-shared")
			c := regimes()[name]
			c.LockOptions = gil.Options{Interval: 200 * time.Microsecond}
			c.Machine, c.Trace = e.simulated(3), true
			r, err := e.run(c, "timeline", knob("seconds", pick(e.Scale, "0.0002", "0.001", "0.001")), knob("shared", b2i(shared || name != "stm")))
			if err != nil {
				return nil, err
			}
			return spansOf(r.Trace, p.Int("thread"))
		},
		Figures: func(d *Data) []figure.Figure {
			all := figure.Figure{Name: "timelines", Title: "Two busy threads (1, 2) and one that naps (3), three cores", Kind: figure.Lanes, XLabel: "virtual time (µs)",
				Width: 150 * 2.834}
			for _, k := range timelineKinds {
				all.Keys = append(all.Keys, timelineNames[k])
			}
			for _, r := range regimeNames {
				spans := d.spans("regime", r)
				if len(spans) == 0 {
					continue
				}
				for lane := range 3 {
					name := fmt.Sprintf("%d", lane+1)
					if lane == 0 {
						name = r + "  1"
					}
					all.Categories = append(all.Categories, name)
				}
				first := len(all.Categories) - 3
				for _, s := range spans {
					s.Lane += first - 1
					all.Spans = append(all.Spans, s)
				}
			}
			return []figure.Figure{all}
		},
	}
}

// spansOf makes measures of a timeline: the begin and end of each span of one thread.
func spansOf(trace []byte, thread int) ([]Measure, error) {
	var t struct {
		TraceEvents []struct {
			Cat     string
			Ph      string
			Ts, Dur float64
			Tid     int
		}
	}
	if err := json.Unmarshal(trace, &t); err != nil {
		return nil, err
	}
	sort.SliceStable(t.TraceEvents, func(i, j int) bool { return t.TraceEvents[i].Ts < t.TraceEvents[j].Ts })
	var out []Measure
	n := map[string]int{}
	for _, s := range t.TraceEvents {
		if s.Ph != "X" || s.Cat == "" || s.Tid != thread || len(out) >= 2*maxSpans {
			continue
		}
		name := fmt.Sprintf("%s.%d", s.Cat, n[s.Cat])
		n[s.Cat]++
		out = append(out, Measure{name + ".from", s.Ts}, Measure{name + ".to", s.Ts + s.Dur})
	}
	return append([]Measure{{"spans", float64(len(out) / 2)}}, out...), nil
}

// spans are those of a point, in the lanes of their threads.
func (d *Data) spans(kv ...string) []figure.Span {
	var out []figure.Span
	for i := range d.Records {
		r := &d.Records[i]
		if !has(r.Point, kv) {
			continue
		}
		for k := 1; k+1 < len(r.Measures); k += 2 {
			parts := strings.Split(r.Measures[k].Unit, ".")
			for c, kind := range timelineKinds {
				if kind == parts[0] {
					out = append(out, figure.Span{Lane: r.Int("thread"), From: r.Measures[k].Value, To: r.Measures[k+1].Value, Colour: c})
				}
			}
		}
	}
	return out
}
