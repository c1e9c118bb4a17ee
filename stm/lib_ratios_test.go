package stm

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gilt/stm/internal/quiet"
)

// The comparison of BenchmarkLibrary as one table, measured in turns: every implementation runs for a few milliseconds, then the
// next, round after round, so that whatever else the machine does hits all of them alike. Rounds in which the process had to wait
// for a core are repeated, and left out if enough others are left. Printed are the medians, in ns per transaction and goroutine, and what the library is meant to
// reach, with the verdict:
//
//	go test ./stm -run TestRatios -ratios 40 -v
//	go test ./stm -run TestRatios -ratios 40 -ratioworks hash,ordered -v
//
// "apart" is the library with a system and data of its own for each goroutine: what two goroutines that share nothing at all
// lose is the machine's doing (processors that are half of a core, for one), and scaling is judged against it.

var (
	ratioRounds = flag.Int("ratios", 0, "rounds of TestRatios; 0 skips it")
	ratioWorks  = flag.String("ratioworks", "", "workloads of TestRatios that begin with one of these, separated by commas; empty is all")
)

// wanted says whether the flags ask for a workload.
func wanted(work string) bool {
	for p := range strings.SplitSeq(*ratioWorks, ",") {
		if strings.HasPrefix(work, p) {
			return true
		}
	}
	return false
}

// roundTime is how long one implementation runs in one round.
const roundTime = 8 * time.Millisecond

// contestant is one implementation of one workload, for a number of goroutines.
type contestant struct {
	work, impl string
	goroutines int
	run        func(n int)               // each goroutine performs n operations
	together   func(n int) time.Duration // the same, timed from when all of them run; nil if they wait for each other anyway
	n          int
	ns         []float64
	calm       []float64 // of the rounds in which the process hardly had to wait for a core
}

const (
	calmTries  = 5
	enoughCalm = 3
	calmShare  = 0.05 // of a round's processor time that it may wait for a core
)

func (c *contestant) round() {
	best, least := 0.0, math.Inf(1)
	for range calmTries {
		var d time.Duration
		share := quiet.Share(c.goroutines, func() {
			if c.together != nil {
				d = c.together(c.n)
				return
			}
			t := time.Now()
			c.run(c.n)
			d = time.Since(t)
		})
		if share < least {
			best, least = float64(d.Nanoseconds())/float64(c.n), share
		}
		if least <= calmShare {
			break
		}
	}
	if c.ns = append(c.ns, best); least <= calmShare {
		c.calm = append(c.calm, best)
	}
}

// calibrate finds how many operations take a round. Tables grow and caches fill meanwhile, so the best of a few tries counts.
func (c *contestant) calibrate() {
	for c.n = 64; ; c.n *= 4 {
		d := time.Hour
		for range 4 {
			t := time.Now()
			c.run(c.n)
			d = min(d, time.Since(t))
		}
		if d > roundTime/4 {
			c.n = max(1, int(float64(c.n)*float64(roundTime)/float64(d)))
			return
		}
	}
}

// median is that of the calm rounds, if there are enough of them.
func (c *contestant) median() float64 {
	of := c.ns
	if len(c.calm) >= enoughCalm {
		of = c.calm
	}
	of = slices.Sorted(slices.Values(of))
	return of[len(of)/2]
}

// fastest is the best round's time.
func (c *contestant) fastest() float64 { return slices.Min(c.ns) }

// sides makes a contestant of a workload that has the same operation on each goroutine.
func sides(work string, impl libImpl, goroutines int) *contestant {
	start := impl.make()
	var ops []func(*rand.Rand)
	var rands []*rand.Rand
	for g := range goroutines {
		ops = append(ops, start(g))
		rands = append(rands, randFor(g))
	}
	return &contestant{work: work, impl: impl.name, goroutines: goroutines, run: func(n int) {
		var wg sync.WaitGroup
		for g := range goroutines {
			wg.Add(1)
			go func() {
				defer wg.Done()
				op, r := ops[g], rands[g]
				for range n {
					op(r)
				}
			}()
		}
		wg.Wait()
	}, together: func(n int) time.Duration {
		var wg sync.WaitGroup
		var there atomic.Int32
		begin, end := make([]time.Time, goroutines), make([]time.Time, goroutines)
		for g := range goroutines {
			wg.Add(1)
			go func() {
				defer wg.Done()
				op, r := ops[g], rands[g]
				there.Add(1)
				for i := 1; there.Load() < int32(goroutines); i++ { // all begin at the same time, or one would run after the other
					if i%1000 == 0 {
						runtime.Gosched()
					}
				}
				begin[g] = time.Now()
				for range n {
					op(r)
				}
				end[g] = time.Now()
			}()
		}
		wg.Wait()
		return slices.MaxFunc(end, time.Time.Compare).Sub(slices.MinFunc(begin, time.Time.Compare))
	}}
}

// alone is what the machine itself makes, at the time of a workload, of goroutines that share nothing and only compute.
func alone(work string, goroutines int) *contestant {
	return sides(work, libImpl{name: "machine", make: func() func(int) func(*rand.Rand) {
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) { *sink += int(r.Uint64()) }
		}
	}}, goroutines)
}

// target is what the library is to reach: at most limit, in ns (against == ""), or as a part of another's time.
type target struct {
	work       string
	goroutines int
	against    string // an implementation; "self" is the library on one goroutine
	limit      float64
}

// targets say what is wanted of the library; times of two goroutines are those of one operation on each.
var targets = []target{
	{"counter", 1, "", 80},
	{"private", 1, "", 80},
	{"private", 2, "self", 1 / 0.9},
	{"16r0w", 1, "", 100},
	{"16r0w", 2, "self", 1 / 0.9},
	{"256r0w", 1, "", 2000},
	{"256r0w", 2, "self", 1 / 0.9},
	{"10r2w", 1, "", 200},
	{"10r2w", 1, "anacrolix", 1 / 30.},
	{"10r2w", 2, "self", 1 / 0.9},
	{"100r10w", 2, "self", 1 / 0.9},
	{"bank", 1, "", 1000},
	{"list", 1, "", 2000},
	{"hash", 1, "", 250},
	{"hash", 2, "rwmutex", 1},
	{"ordered", 2, "rwmutex", 1},
	{"readmostly", 2, "rwmutex", 1},
	{"lookups", 2, "rwmutex", 1},
	{"handoff", 2, "", 1500},
	{"handoff", 2, "anacrolix", 1 / 10.},
}

// TestRatios prints the table and the verdicts. It never fails: what it measures is the machine's too.
func TestRatios(t *testing.T) {
	if *ratioRounds == 0 {
		t.Skip("a measurement: -ratios 40")
	}
	works := libWorkloads()
	find := map[string]*contestant{}
	// cores is how much of a second core the machine has given to two goroutines that only compute, during a workload.
	cores := func(work string) float64 {
		return 2 * find[work+"/1/machine"].median() / find[work+"/2/machine"].median()
	}
	out := &strings.Builder{}
	fmt.Fprintf(out, "%-12s %2s %9s %9s %11s %9s %9s %9s   %s\n", "ns, median", "", "gilt", "apart", "anacrolix", "mutex", "rwmutex", "peritem",
		"gilt's best round; anacrolix/gilt; disturbed rounds")
	for _, w := range works {
		if !wanted(w.name) {
			continue
		}
		var all []*contestant
		for g := 1; g <= 2; g++ {
			for _, impl := range w.impls {
				all = append(all, sides(w.name, impl, g))
			}
			all = append(all, alone(w.name, g))
		}
		if gilt := w.impls[0]; gilt.apart != nil {
			all = append(all, sides(w.name, libImpl{name: "apart", make: gilt.apart}, 2))
		}
		measure(all, find, *ratioRounds)
		for g := 1; g <= 2; g++ {
			out.WriteString(row(find, w.name, g))
		}
	}
	for _, w := range pairWorks() {
		if !wanted(w[0].work) {
			continue
		}
		measure(w, find, *ratioRounds)
		out.WriteString(row(find, w[0].work, 2))
	}
	t.Log("\n" + out.String())
	out.Reset()
	for _, want := range targets {
		if !wanted(want.work) {
			continue
		}
		c := find[fmt.Sprintf("%s/%d/gilt", want.work, want.goroutines)]
		if c == nil {
			t.Errorf("no workload %q", want.work)
			continue
		}
		got, what := c.median(), fmt.Sprintf("ns, at most %.0f", want.limit)
		switch want.against {
		case "":
		case "self":
			ref, apart := find[want.work+"/1/gilt"].median(), find[want.work+"/2/apart"].median()
			side := apart / got
			got, what = 2*ref/got, fmt.Sprintf("times the throughput of one goroutine, at least %.2f of %.2f that two apart have: %.2f of it",
				1/want.limit, 2*ref/apart, side)
			writeVerdict(out, got >= 2/want.limit || side >= 1/want.limit, want, got, what)
			continue
		default:
			ref := find[fmt.Sprintf("%s/%d/%s", want.work, want.goroutines, want.against)].median()
			got, what = ref/got, fmt.Sprintf("times as fast as %s, at least %.0f", want.against, 1/want.limit)
			whole := got
			if want.against == "rwmutex" { // under which one core is as good as two
				whole = got * 2 / min(2, cores(want.work))
				what += fmt.Sprintf("; %.2f times with two whole cores, of which the machine gave %.2f", whole, cores(want.work))
			}
			writeVerdict(out, max(got, whole) >= 1/want.limit, want, got, what)
			continue
		}
		writeVerdict(out, got <= want.limit, want, got, what)
	}
	t.Log("\n" + out.String())
}

func writeVerdict(out *strings.Builder, met bool, want target, got float64, what string) {
	verdict := "met   "
	if !met {
		verdict = "MISSED"
	}
	fmt.Fprintf(out, "%s %-12s %d: %8.2f %s\n", verdict, want.work, want.goroutines, got, what)
}

// measure lets all run in turns.
func measure(all []*contestant, find map[string]*contestant, rounds int) {
	for _, c := range all {
		c.calibrate()
		find[fmt.Sprintf("%s/%d/%s", c.work, c.goroutines, c.impl)] = c
	}
	for range rounds {
		for _, c := range all {
			c.round()
		}
	}
}

func row(find map[string]*contestant, work string, g int) string {
	s := fmt.Sprintf("%-12s %2d", work, g)
	disturbed := 0
	for _, impl := range []string{"gilt", "apart", "anacrolix", "mutex", "rwmutex", "peritem"} {
		width := 9
		if impl == "anacrolix" {
			width = 11
		}
		if c := find[fmt.Sprintf("%s/%d/%s", work, g, impl)]; c != nil {
			s += fmt.Sprintf(" %*.1f", width, c.median())
			disturbed += len(c.ns) - len(c.calm)
		} else {
			s += fmt.Sprintf(" %*s", width, "")
		}
	}
	gilt := find[fmt.Sprintf("%s/%d/gilt", work, g)]
	s += fmt.Sprintf("   %.1f", gilt.fastest())
	if a := find[fmt.Sprintf("%s/%d/anacrolix", work, g)]; a != nil {
		s += fmt.Sprintf("; %.1f", a.median()/gilt.median())
	}
	return fmt.Sprintf("%s; %d\n", s, disturbed)
}
