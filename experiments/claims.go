package experiments

import (
	"fmt"
	"io"
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

// between is an outcome for a figure with its interval: the claim holds below low, does not above high; an interval that reaches
// across both says nothing.
func between(s Stat, low, high float64) Outcome {
	switch {
	case s.N == 0:
		return NotTested
	case s.Lo < low && s.Hi > high:
		return Unclear
	case s.Mid < low:
		return Holds
	case s.Mid > high:
		return HoldsNot
	}
	return Partly
}

// judged is a verdict with the experiment that it comes from.
type judged struct {
	Verdict
	experiment string
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

// claimLines writes the claims for a terminal.
func claimLines(w io.Writer, verdicts []judged) {
	count := map[Outcome]int{}
	for _, c := range Claims() {
		fmt.Fprintf(w, "%2d  %s\n    claimed by %s", c.Number, c.Text, c.By)
		if c.Published != "" {
			fmt.Fprintf(w, "; published: %s", c.Published)
		}
		fmt.Fprintln(w)
		any := false
		for _, v := range verdicts {
			if v.Claim == c.Number {
				any = true
				count[v.Outcome]++
				fmt.Fprintf(w, "    %s: %s [%s]\n", strings.ToUpper(string(v.Outcome)), v.Measured, v.experiment)
			}
		}
		if !any {
			count[NotTested]++
			fmt.Fprintf(w, "    not tested\n")
		}
	}
	fmt.Fprintf(w, "\n%d hold, %d do not, %d partly, %d unclear, %d not tested\n", count[Holds], count[HoldsNot], count[Partly], count[Unclear], count[NotTested])
}
