package vm_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// Every threaded program of the corpus, run in transactions, must have been possible under the GIL: the order of its commits is
// replayed there, and output, exit status and final state are compared. What every attempt of every slice has read, also of
// those that were rolled back, must have been in memory together (the opacity oracle).

// seen is what can be seen of a run.
type seen struct {
	status int
	out    string
	finger uint64
}

// observe runs a program and keeps what can be seen of it.
func observe(c vm.Config, file string) (seen, error) {
	s, _, err := observeRun(c, file)
	return s, err
}

// observeRun is observe with the run's statistics.
func observeRun(c vm.Config, file string) (seen, *vm.RunStats, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return seen{}, nil, err
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr, c.Stdin = &out, &out, strings.NewReader("")
	c.Args, c.Path = []string{file}, []string{filepath.Dir(file)}
	m, err := vm.New(c)
	if err != nil {
		return seen{}, nil, err
	}
	status, err := m.RunSource(file, data)
	if err == nil && m.Diverged() != "" {
		err = fmt.Errorf("%w: %s", vm.ErrDiverged, m.Diverged())
	}
	return seen{status, out.String(), m.Fingerprint()}, m.Stats(), err
}

// verdict is what a verified run was like.
type verdict struct {
	vm.OracleStats
	slices int
	phases *vm.PhaseStats
}

// certify runs a program in transactions, under the opacity oracle; compares its output with CPython's, and the whole run with its
// replay under the GIL.
func certify(t *testing.T, c vm.Config, sim machine.SimConfig, file string) (v verdict, err error) {
	t.Helper()
	log := &vm.CommitLog{}
	c.Mode, c.NoBypass, c.Log, c.Oracle = vm.ModeSTM, true, log, vm.NewOracle(1<<17)
	c.Machine = machine.NewSim(sim)
	recorded, stats, err := observeRun(c, file)
	var starved *machine.Livelock
	if sim.Policy == machine.PCT && errors.As(err, &starved) {
		// A thread that polls at the highest priority, in Python, never lets the others run: no fault of the regime's.
		sim.Policy = machine.Random
		return certify(t, c, sim, file)
	}
	if c.Slice != 0 && errors.As(err, &starved) {
		// Slices of one length can end in the same critical section again and again, for as long as a thread polls what
		// the lock protects. Slices that adapt are lengthened instead, and must not starve anybody.
		c.Slice = 0
		return certify(t, c, sim, file)
	}
	if sim.MaxSteps != 0 && sim.MaxSteps < manySteps && errors.As(err, &starved) {
		// Slow is not stuck: when every 37th access is an abort, a slice is tried ten times before it is short enough, and
		// a long program takes more steps than any other run. What never ends has not ended after many times as many either.
		sim.MaxSteps = manySteps
		return certify(t, c, sim, file)
	}
	if err != nil {
		return v, err
	}
	if err := c.Oracle.Check(); err != nil {
		return v, err
	}
	v = verdict{c.Oracle.Stats(), len(log.Commits), stats.Phases}
	if got, want := expected(recorded), golden(t, file); got != want {
		return v, fmt.Errorf("the output differs from CPython's: %s", firstDifference(got, want))
	}
	replayed, err := observe(vm.Config{Mode: vm.ModeGIL, Lock: "fifo", Replay: log}, file)
	if err != nil {
		return v, err
	}
	if recorded != replayed {
		return v, fmt.Errorf("the replay under the GIL differs: recorded %+v\nreplayed %+v", recorded, replayed)
	}
	return v, nil
}

var (
	verifySeeds = flag.Int("verify.seeds", 0, "seeds per threaded program and algorithm (0: few, and algorithms in turn)")
	verifyFrom  = flag.Int("verify.from", 0, "first of these seeds")
)

// TestVerify certifies every threaded program on simulated machines: under policies in turn, with slices of several lengths, with and
// without forced aborts, under every algorithm.
func TestVerify(t *testing.T) {
	lengths, aborts := []int{0, 23, 101}, []int{0, 0, 37, 211}
	var sum verdict
	for i, f := range threaded(t) {
		t.Run(base(f), func(t *testing.T) {
			try := func(n int, alg string) {
				c := vm.Config{Algorithm: alg, Slice: lengths[(i+n)%len(lengths)], AbortEvery: aborts[(i/2+n)%len(aborts)], Seed: uint64(n),
					Phases: vm.PhaseOff}
				v, err := certify(t, c, weather(uint64(i+n)), f)
				if err != nil {
					t.Errorf("%s, slices of %d, aborts every %d, seed %d: %v", alg, c.Slice, c.AbortEvery, i+n, err)
				}
				sum.Attempts += v.Attempts
				sum.Aborted += v.Aborted
				sum.slices += v.slices
			}
			if *verifySeeds == 0 {
				for n := range 4 {
					if n < 2 || !testing.Short() {
						try(n, defaultAlgorithms[(i+n)%len(defaultAlgorithms)])
					}
				}
				return
			}
			for n := range *verifySeeds {
				for k, a := range defaultAlgorithms {
					try(*verifyFrom+n+3*k, a)
				}
			}
		})
	}
	t.Logf("%d slices replayed, %d attempts, %d of them rolled back", sum.slices, sum.Attempts, sum.Aborted)
	if sum.Aborted < sum.Attempts/20 {
		t.Errorf("only %d of %d attempts were rolled back: this shows nothing of opacity", sum.Aborted, sum.Attempts)
	}
}

// TestVerifyPhases certifies every threaded program while the interpreter's lock and transactions take turns: solo phases are replayed
// like all else. The lock changes hands often, so that solo phases have several slices.
func TestVerifyPhases(t *testing.T) {
	var solo, refused, runs uint64
	for i, f := range threaded(t) {
		t.Run(base(f), func(t *testing.T) {
			try := func(n int, alg string) {
				c := vm.Config{Algorithm: alg, Phases: vm.PhaseFlip, Seed: uint64(n)}
				c.LockOptions.Interval = time.Duration(1+n%3*20) * time.Microsecond
				v, err := certify(t, c, weather(uint64(i+n)), f)
				if err != nil {
					t.Errorf("%s, seed %d: %v", alg, i+n, err)
				}
				runs++
				if v.phases != nil {
					solo += v.phases.Solo
					refused += v.phases.Refused
				}
			}
			if *verifySeeds == 0 {
				for n := range 2 {
					try(n, defaultAlgorithms[(i+3*n)%len(defaultAlgorithms)])
				}
				return
			}
			for n := range *verifySeeds {
				for k, a := range defaultAlgorithms {
					try(*verifyFrom+n+3*k, a)
				}
			}
		})
	}
	t.Logf("%d solo phases, %d refused", solo, refused)
	if solo < runs && runs > 40 {
		t.Errorf("only %d solo phases: this shows nothing", solo)
	}
}

// defaultAlgorithms are those that programs may be run with: all but the adapter, which is no runtime's.
var defaultAlgorithms = []string{"lazy", "tl2", "norec", "tml", "gencounter", "eager", "swiss", "fair"}

// outsideModules finds the imports of programs whose state depends on the outside: the network, names of temporary files.
var outsideModules = regexp.MustCompile(`(?m)^[ \t]*(import|from)[ \t].*\b(socket|socketserver|tempfile)\b`)

// threaded lists the threaded programs of the corpus that run under transactions and depend on nothing outside.
func threaded(t testing.TB) []string {
	var out []string
	files := programs(t, "testdata/threads")
	for _, dir := range []string{"lib", "progs"} {
		for _, f := range programs(t, "testdata/"+dir) {
			if startsThreads(t, f) {
				files = append(files, f)
			}
		}
	}
	for _, f := range files {
		if only := restriction(t, f); only != "" && !(strings.Contains(only, "stm") && strings.Contains(only, "gil")) {
			continue
		}
		if src, err := os.ReadFile(f); err != nil || outsideModules.Match(src) {
			continue
		}
		out = append(out, f)
	}
	return out
}

func base(file string) string { return strings.TrimSuffix(filepath.Base(file), ".py") }

// weather is a machine under a policy of the portfolio.
func weather(seed uint64) machine.SimConfig {
	p := machine.Portfolio(3, seed)
	c := p[seed%uint64(len(p))]
	c.MaxSteps = 3_000_000
	return c
}

// manySteps is when a run is stuck: several times what the slowest one under weather takes.
const manySteps = 20_000_000

// TestSlowIsNotStuck: a run that goes on for longer than others do, because it is full of forced aborts, is no livelock.
func TestSlowIsNotStuck(t *testing.T) {
	c := vm.Config{Algorithm: "eager", AbortEvery: 37, Seed: 8030, Phases: vm.PhaseOff}
	sim := weather(8070)
	sim.MaxSteps = 100_000
	if _, err := certify(t, c, sim, "testdata/progs/bank_threads.py"); err != nil {
		t.Error(err)
	}
}

// golden is what the program prints under CPython.
func golden(t testing.TB, file string) string {
	want, err := os.ReadFile(strings.TrimSuffix(file, ".py") + ".out")
	if err != nil {
		t.Fatal(err)
	}
	return string(want)
}

// expected is a run's output as execute writes it.
func expected(s seen) string {
	if s.status != 0 {
		return fmt.Sprintf("%sexit status %d\n", s.out, s.status)
	}
	return s.out
}

// TestDaemonsAtTheEnd: lines appear in the order of commits, also those of slices that have only read; and a daemon that is in full swing when the main thread ends has, in the replay as in the run, printed what its slices before the
// main thread's last one have printed, and nothing else.
func TestDaemonsAtTheEnd(t *testing.T) {
	replays(t, `
import threading

def forever(n):
    while True:
        n += 1
        if n % 10 == 0:
            print(n)

for k in range(2):
    threading.Thread(target=forever, args=(k,), daemon=True).start()
x = 0
for i in range(400):
    x += i
print("end", x)
`)
}

// TestNativeClock: what a program reads of the clock after native code that stands alone in its slice is what the replay reads.
func TestNativeClock(t *testing.T) {
	replays(t, `
import busy
import threading
import time

def work():
    for i in range(5):
        busy.busy_wait_holding(0.00001)
        print(time.monotonic_ns(), time.monotonic_ns())

threads = [threading.Thread(target=work) for k in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
`)
}

// replays runs a program under all algorithms, and compares with the replays.
func replays(t *testing.T, program string) {
	t.Helper()
	file := written(t, program)
	seeds := uint64(30)
	if testing.Short() {
		seeds = 5
	}
	for seed := range seeds {
		log := &vm.CommitLog{}
		c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Log: log, Algorithm: defaultAlgorithms[seed%8], Phases: vm.PhaseOff, Slice: int(seed%4) * 25}
		if seed%4 == 0 {
			c.Phases = vm.PhaseFlip
		}
		c.Machine = machine.NewSim(machine.SimConfig{Cores: 3, Seed: seed, Policy: machine.Random})
		recorded, err := observe(c, file)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		replayed, err := observe(vm.Config{Mode: vm.ModeGIL, Lock: "fifo", Replay: log}, file)
		if err != nil || recorded != replayed {
			t.Errorf("seed %d: %v: recorded %+v\nreplayed %+v", seed, err, recorded, replayed)
		}
	}
}

// TestListedAttributes: that somebody has listed a public object's attributes is no part of the final state.
func TestListedAttributes(t *testing.T) {
	replays(t, `
import threading
class Object: pass
o = Object()
o.a = 1
def work(n):
    for i in range(3):
        str(vars(o))
        setattr(o, 'b%d' % n, i)
    delattr(o, 'b%d' % n)
threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(vars(o))
`)
}

// TestIdentities: what is made only because a container is public takes no identity that the program's own objects would have got. A
// replay compares them.
func TestIdentities(t *testing.T) {
	for name, program := range map[string]string{
		"sets":  "s |= {n}\n    t = s | {n}\n    u = s & {1, 2, n}\n    s -= {n}\n    s.clear()\n    s.update((n, n + 1))\n    v = s == t",
		"loops": "for k in d: n += k\n    d[n % 7] = n % 5",
		"shown": "for k in mine: shown.append(mine)",
	} {
		t.Run(name, func(t *testing.T) {
			replays(t, fmt.Sprintf(`
import threading
s, d, shown = {1}, {1: 1, 2: 2}, []
def work(n):
    mine = {k: k for k in range(4)}
    %s
def main(n):
    for i in range(3): work(n + i)
threads = [threading.Thread(target=main, args=(k,)) for k in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(len(s) > 0)
`, program))
		})
	}
}
