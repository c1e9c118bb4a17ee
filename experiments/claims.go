package experiments

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// Claim is something that somebody has said about interpreter locks or their cures, and that can be tested.
type Claim struct {
	Number    int
	Text      string
	By        string
	Published string // the published figure
}

// Claims are all of them, tested or not.
func Claims() []Claim {
	const (
		beazley = "notes after D. Beazley"
		seal    = "T.-B. Shih, Break the Seal"
		pitrou  = "A. Pitrou, 2009"
		shaw    = "A. Shaw, Is the GIL dead?"
		rigo    = "A. Rigo, 2011"
		kill    = "comments on Rigo 2011"
	)
	return []Claim{
		{1, "Two busy threads under the tick-counting GIL are slower than doing the work twice in one thread; two processes take half", beazley, "threads 1.71 s, one thread 1.03, processes 0.51"},
		{2, "The cost is signalling: every 100 ticks a lock, a signal, a wake-up", beazley, ""},
		{3, "One busy thread ruins the response time of an I/O-bound one", beazley, "30k -> 100 requests/s"},
		{4, "Ctrl-C under the old GIL: a switch after every tick until the main thread runs", beazley, ""},
		{5, "Passing a million items: processes slowest, then threads, one thread fastest", seal, "14.2, 7.8, 2.7 s"},
		{6, "A native call that releases the GIL gives a second core; one that holds it starves the loop", seal, "13-17M -> 45-48M iterations"},
		{7, "Processes, releasing the lock, tasks, an interpreter as an instance are the ways to live with a GIL", seal, ""},
		{8, "A pool whose worker is defined after the pool starts loses tasks and hangs", seal, ""},
		{9, "A job server over several nodes gives results in submission order", seal, ""},
		{10, "A time-based GIL loses nothing with one thread, keeps throughput, cuts latency under long native calls to a few ms", pitrou, "100,000 releases/s before"},
		{11, "Priority requests let an I/O thread run at once", pitrou, ""},
		{12, "ccbench: throughput and latency with digits of pi, regular expressions, bz2", pitrou, ""},
		{13, "Sub-interpreters cost more than a thread and less than a process to start", shaw, "CPython start 100-200 ms"},
		{14, "Sharing between sub-interpreters costs serialisation", shaw, ""},
		{15, "Slices of bytecode in lazy transactions keep the GIL's guarantees and run in parallel", rigo, ""},
		{16, "Transactions cost a factor of 2 to 5 on one thread", rigo, "guess; PyPy-STM later 1.4"},
		{17, "Swapping between two lists: items go astray under a GIL, naive locks deadlock, a transaction is right", rigo, ""},
		{18, "Lazy transactions almost never livelock, eager ones do", kill + " (Ben)", ""},
		{19, "Two transactions that restart each other: fall back to a global lock after some failures", kill + " (M. Foord)", ""},
		{20, "One global generation counter is enough to detect collisions", kill + " (K. Granade)", ""},
		{21, "Many threads writing one log only roll back the write", rigo, "twenty threads"},
		{22, "Threads can change different areas of one array at the same time", kill + " (M. Foord, Ben)", ""},
		{23, "Escape analysis removes logging for values that no other thread can see", kill + " (Ben)", ""},
		{24, "A reader-writer GIL would be simpler; possible without reference counts", kill + " (Skandalfo, Rigo)", ""},
		{25, "Transactional reference counts mostly cancel out at commit, but one thread is way slower", kill + " (klaussfreire)", ""},
		{26, "With one thread, transactions should be off", kill, ""},
		{27, "A Comprehensive Strategy for Contention Management is good enough for all cases", kill, ""},
		{28, "Native extensions keep a GIL of their own beside transactional threads", kill, ""},
		{29, "Jython's per-object locks are right but must be careful when one operation touches two containers", kill, ""},
		{30, "Transactions are never slower than the GIL: where they do not pay, a run falls back", "the design's own aim", "no predecessor reports it"},
		{31, "Simulated cores predict real ones: aborts per commit and speed-ups within 20 % (median)", "the design's own aim", ""},
	}
}

// Outcome is what an experiment says about a claim.
type Outcome string

// The outcomes.
const (
	Holds     Outcome = "holds"
	HoldsNot  Outcome = "does not hold"
	Partly    Outcome = "partly"
	Unclear   Outcome = "too noisy to tell"
	NotTested Outcome = "not tested"
)

// Verdict is what an experiment has found out about a claim.
type Verdict struct {
	Claim    int
	Outcome  Outcome
	Measured string
}

// verdict decides between holding and not.
func verdict(claim int, holds bool, format string, args ...any) Verdict {
	o := HoldsNot
	if holds {
		o = Holds
	}
	return Verdict{claim, o, fmt.Sprintf(format, args...)}
}

// The rules by which claims are judged. They were fixed before the measurements that are shipped were made, from what has been
// published, and are the same for all claims:
//
//   - A claim says that something is greater than something else. The measured figure is the quotient, turned so that the
//     claimed direction is up, with its 95 % confidence interval over the repetitions.
//   - Where a quotient P was published, the claim holds when all of the interval shows at least half of the published effect on a
//     logarithmic scale (the square root of P: another machine and another interpreter must show the same thing, not the same
//     figure), and partly when only the direction is sure: the effect is there, and it is smaller, or as far as can be told may be.
//   - Where none was published, it holds when the direction is sure.
//   - A direction is sure when all of the interval is above the margin, 1.1: a tenth is what equal runs differ by on a machine
//     that does other things too. It does not hold when all of the interval is below the margin.
//   - In all other cases the measurement is too noisy to tell.
//
// Claims of another form (shares, counts, bounds) have their rule beside the experiment.
const margin = 1.1

// claimed is the outcome for a quotient that is claimed to be greater than 1; published is 0 where no figure was.
func (s Stat) claimed(published float64) Outcome {
	switch {
	case s.N == 0:
		return NotTested
	case s.Lo > max(margin, math.Sqrt(published)):
		return Holds
	case s.Lo > margin:
		return Partly
	case s.Hi < margin:
		return HoldsNot
	}
	return Unclear
}

// below is an outcome for a figure that is claimed to be below a bound: it holds when all of the interval is, does not when
// none of it is, and cannot be told when the bound is inside.
func (s Stat) below(bound float64) Outcome {
	switch {
	case s.N == 0:
		return NotTested
	case s.Hi <= bound:
		return Holds
	case s.Lo > bound:
		return HoldsNot
	}
	return Unclear
}

// all is the outcome of a claim that has several parts: it holds when they all do, and partly when some do.
func all(parts ...Outcome) Outcome {
	n := map[Outcome]int{}
	for _, p := range parts {
		n[p]++
	}
	tested := len(parts) - n[NotTested]
	switch {
	case tested == 0:
		return NotTested
	case n[Holds] == tested:
		return Holds
	case n[HoldsNot] == tested:
		return HoldsNot
	case n[Unclear] > 0:
		return Unclear
	}
	return Partly
}

// judged is a verdict with the experiment that it comes from.
type judged struct {
	Verdict
	experiment string
	chosen     bool // the experiment is among those that were asked for
}

// claimTable writes the claims: what, by whom, what was measured, and what follows.
func claimTable(w io.Writer, verdicts []judged) {
	fmt.Fprintf(w, "| # | claim | by | published | measured | outcome |\n|---|---|---|---|---|---|\n")
	for _, c := range Claims() {
		any := false
		for _, v := range verdicts {
			if v.Claim != c.Number {
				continue
			}
			text, by, pub := c.Text, c.By, c.Published
			if any {
				text, by, pub = "", "", ""
			}
			any = true
			fmt.Fprintf(w, "| %d | %s | %s | %s | %s (%s) | %s |\n", c.Number, text, by, pub, v.Measured, v.experiment, v.Outcome)
		}
		if !any {
			fmt.Fprintf(w, "| %d | %s | %s | %s | | %s |\n", c.Number, c.Text, c.By, c.Published, NotTested)
		}
	}
}

// claimLines writes the claims for a terminal: all of them, or those that the chosen experiments test.
func claimLines(w io.Writer, verdicts []judged, every bool) {
	count := map[Outcome]int{}
	for _, c := range Claims() {
		var found []judged
		for _, v := range verdicts {
			if v.Claim == c.Number && (every || v.chosen) {
				found = append(found, v)
			}
		}
		if len(found) == 0 && !every {
			continue
		}
		fmt.Fprintf(w, "%2d  %s\n    claimed by %s", c.Number, c.Text, c.By)
		if c.Published != "" {
			fmt.Fprintf(w, "; published: %s", c.Published)
		}
		fmt.Fprintln(w)
		for _, v := range found {
			count[v.Outcome]++
			fmt.Fprintf(w, "    %s: %s [%s]\n", strings.ToUpper(string(v.Outcome)), v.Measured, v.experiment)
		}
		if len(found) == 0 {
			count[NotTested]++
			fmt.Fprintf(w, "    not tested\n")
		}
	}
	fmt.Fprintf(w, "\n%d verdicts: %d hold, %d do not, %d partly, %d too noisy", count[Holds]+count[HoldsNot]+count[Partly]+count[Unclear],
		count[Holds], count[HoldsNot], count[Partly], count[Unclear])
	if every {
		fmt.Fprintf(w, "; %d claims not tested", count[NotTested])
	}
	fmt.Fprintln(w)
}
