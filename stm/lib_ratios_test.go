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
//	go test ./stm -run TestRatios -ratios 100 -v
//	go test ./stm -run TestRatios -ratios 100 -ratioworks hash,ordered -v
//
// A core may be half of one, and whatever runs on the other half makes everything take up to twice as long: nobody tells a process of that. So
// a target counts as met when the median meets it; and where only the fastest rounds do, those of a moment when the machine did
// nothing else, the verdict says so.
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
const roundTime = 2 * time.Millisecond

// contestant is one implementation of one workload, for a number of goroutines.
type contestant struct {
	work, impl string
	goroutines int
	run        func(n int)               // each goroutine performs n operations
	together   func(n int) time.Duration // the same, timed from when all of them run; nil if they wait for each other anyway
	n          int
	ns         []float64
	calm       []float64 // of the rounds in which the process hardly had to wait for a core
	least      float64   // ns per operation of the fastest piece of a round; 0 where rounds have no pieces
}

// pieces is how many a round of one goroutine, or of a pair, consists of: the shorter, the likelier that one is not disturbed at all.
const pieces = 16

// inPieces performs n operations, and returns the time that all of them took.
func (c *contestant) inPieces(n int, run func(n int)) (all time.Duration) {
	for left := n; left > 0; {
		k := min(left, n/pieces+1)
		t := time.Now()
		run(k)
		d := time.Since(t)
		if ns := float64(d.Nanoseconds()) / float64(k); k > n/pieces && (c.least == 0 || ns < c.least) {
			c.least = ns
		}
		all += d
		left -= k
	}
	return all
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
			d = c.inPieces(c.n, c.run)
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

// quantile is that of the calm rounds, if there are enough of them.
func (c *contestant) quantile(q float64) float64 {
	of := c.ns
	if len(c.calm) >= enoughCalm {
		of = c.calm
	}
	of = slices.Sorted(slices.Values(of))
	return of[min(int(q*float64(len(of))), len(of)-1)]
}

func (c *contestant) median() float64 { return c.quantile(0.5) }

// fastest is what the fastest rounds take: not the very best, which may have been lucky.
func (c *contestant) fastest() float64 { return c.quantile(0.05) }

// undisturbed is the same of pieces, if there are any. No garbage is collected then.
func (c *contestant) undisturbed() float64 {
	if c.least != 0 {
		return c.least
	}
	return c.fastest()
}

// sides makes a contestant of a workload that has the same operation on each goroutine.
func sides(work string, impl libImpl, goroutines int) *contestant {
	start := impl.make()
	var ops []func(*rand.Rand)
	var rands []*rand.Rand
	for g := range goroutines {
		ops = append(ops, start(g))
		rands = append(rands, randFor(g))
	}
	c := &contestant{work: work, impl: impl.name, goroutines: goroutines}
	if goroutines == 1 {
		c.run = func(n int) {
			op, r := ops[0], rands[0]
			for range n {
				op(r)
			}
		}
		return c
	}
	c.run = func(n int) {
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
	}
	c.together = func(n int) time.Duration {
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
	}
	return c
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
	{"private", 2, "self", 1 / 0.9}, // twice 0.9
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
}

// judged is a target with what was measured.
type judged struct {
	target
	// The library's time in ns, or how many times as fast as another it is: in the median, and of the fastest rounds.
	median, fastest float64
	atMost          bool // what is wanted is not more than limit
	limit           float64
	what            string
}

func (j judged) met(got float64) bool {
	if j.atMost {
		return got <= j.limit
	}
	return got >= j.limit
}

func (j judged) String() string {
	verdict := "MISSED"
	switch {
	case j.met(j.median):
		verdict = "met"
	case j.met(j.fastest):
		verdict = "met undisturbed"
	}
	return fmt.Sprintf("%-15s %-10s %d: %8.2f, undisturbed %8.2f %s", verdict, j.work, j.goroutines, j.median, j.fastest, j.what)
}

// judge compares a target with what was measured.
func judge(find map[string]*contestant, want target) judged {
	c := find[fmt.Sprintf("%s/%d/gilt", want.work, want.goroutines)]
	j := judged{target: want, limit: 1 / want.limit}
	switch want.against {
	case "":
		j.limit, j.atMost = want.limit, true
		j.median, j.fastest = c.median(), c.undisturbed()
		j.what = fmt.Sprintf("ns, at most %.0f", want.limit)
	case "self":
		alone, apart := find[want.work+"/1/gilt"], find[want.work+"/2/apart"]
		j.limit *= 2
		j.median, j.fastest = 2*alone.median()/c.median(), 2*alone.fastest()/c.fastest()
		j.what = fmt.Sprintf("times the throughput of one goroutine, at least %.1f", j.limit)
		if apart != nil {
			j.what += fmt.Sprintf("; two that share nothing: %.2f, undisturbed %.2f", 2*alone.median()/apart.median(), 2*alone.fastest()/apart.fastest())
		}
	default:
		ref := find[fmt.Sprintf("%s/%d/%s", want.work, want.goroutines, want.against)]
		j.median, j.fastest = ref.median()/c.median(), ref.fastest()/c.fastest()
		j.what = fmt.Sprintf("times as fast as %s, at least %.0f", want.against, j.limit)
	}
	if want.goroutines == 2 && find[want.work+"/2/machine"] != nil {
		one, two := find[want.work+"/1/machine"], find[want.work+"/2/machine"]
		j.what += fmt.Sprintf("; the machine has given %.2f cores, undisturbed %.2f", 2*one.median()/two.median(), 2*one.fastest()/two.fastest())
	}
	return j
}

// TestRatios prints the table and the verdicts. It never fails: what it measures is the machine's too.
func TestRatios(t *testing.T) {
	if *ratioRounds == 0 {
		t.Skip("a measurement: -ratios 100")
	}
	find := map[string]*contestant{}
	out := &strings.Builder{}
	fmt.Fprintf(out, "%-10s %2s %9s %19s %11s %9s %9s %9s %9s %9s   %s\n", "ns, median", "", "gilt", "half of the rounds", "undisturbed", "apart", "anacrolix", "mutex", "rwmutex", "peritem",
		"anacrolix/gilt; disturbed rounds")
	for _, w := range libWorkloads() {
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
		if wanted(want.work) {
			fmt.Fprintln(out, judge(find, want))
		}
	}
	t.Log("\n" + out.String())
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
	gilt := find[fmt.Sprintf("%s/%d/gilt", work, g)]
	s := fmt.Sprintf("%-10s %2d %9.1f %8.1f to %7.1f %11.1f", work, g, gilt.median(), gilt.quantile(0.25), gilt.quantile(0.75), gilt.undisturbed())
	disturbed := len(gilt.ns) - len(gilt.calm)
	for _, impl := range []string{"apart", "anacrolix", "mutex", "rwmutex", "peritem"} {
		if c := find[fmt.Sprintf("%s/%d/%s", work, g, impl)]; c != nil {
			s += fmt.Sprintf(" %9.1f", c.median())
			disturbed += len(c.ns) - len(c.calm)
		} else {
			s += fmt.Sprintf(" %9s", "")
		}
	}
	if a := find[fmt.Sprintf("%s/%d/anacrolix", work, g)]; a != nil {
		s += fmt.Sprintf("   %.1f", a.median()/gilt.median())
	}
	return fmt.Sprintf("%s; %d\n", s, disturbed)
}
