package vm_test

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"

	"gilt/internal/machine"
	"gilt/vm"
)

// The threaded programs of the corpus on simulated machines, under the policies in turn, in every regime: those that nothing is
// replayed of, too. (TestVerify has transactions in all their variety.)

var corpusSeeds = flag.Int("corpus.seeds", 0, "seeds per threaded program and regime (0: one, and not all regimes)")

// seededRegimes are the regimes; what is left to chance is the seed's.
var seededRegimes = []struct {
	name string
	conf vm.Config
}{
	{"gil", vm.Config{}},
	{"gil-fifo", vm.Config{Lock: "fifo"}},
	{"gil-ticks", vm.Config{Lock: "ticks"}},
	{"rw", vm.Config{Mode: vm.ModeRW, NoBypass: true}},
	{"locks", vm.Config{Mode: vm.ModeLocks, NoBypass: true}},
	{"stm", vm.Config{Mode: vm.ModeSTM}},
	{"stm-phases", vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseFlip}},
	{"stm-aborts", vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff, AbortEvery: 53}},
}

func TestCorpusSeeds(t *testing.T) {
	for i, f := range threaded(t) {
		t.Run(base(f), func(t *testing.T) {
			for k, r := range seededRegimes {
				seeds := *corpusSeeds
				if seeds == 0 && (i+k)%4 == 0 {
					seeds = 1
				}
				if only := restriction(t, f); only != "" && !strings.Contains(" "+only+" ", " "+strings.SplitN(r.name, "-", 2)[0]+" ") {
					continue
				}
				for n := range seeds {
					seed := uint64(i + k + n)
					if err := seeded(r.conf, seed, f, golden(t, f)); err != nil {
						t.Errorf("%s, seed %d: %v", r.name, seed, err)
					}
				}
			}
		})
	}
}

// seeded runs a program under a seed's weather and compares what it prints.
func seeded(c vm.Config, seed uint64, file, want string) error {
	sim := weather(seed)
	c.Seed = seed
	for {
		c.Machine = machine.NewSim(sim)
		s, err := observe(c, file)
		var starved *machine.Livelock
		switch {
		case errors.As(err, &starved) && sim.Policy == machine.PCT:
			sim.Policy = machine.Random // see certify
		case errors.As(err, &starved) && sim.MaxSteps < manySteps:
			sim.MaxSteps = manySteps
		case err != nil:
			return err
		default:
			if got := expected(s); got != want {
				return fmt.Errorf("the output differs from CPython's: %s", firstDifference(got, want))
			}
			return nil
		}
	}
}

// TestAtomicTicks: the lock that counts ticks does not change hands inside of an atomic block. (Under this schedule it did.)
func TestAtomicTicks(t *testing.T) {
	const file = "testdata/threads/atomic.py"
	if err := seeded(vm.Config{Lock: "ticks"}, 16, file, golden(t, file)); err != nil {
		t.Error(err)
	}
}
