//go:build stm_mutants

package vm

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Bugs are injected into the VM, one at a time, and the kit that is to find bugs has to find each: golden outputs, replay, oracle,
// litmus sets, on simulated machines, with short slices and forced aborts. A mutant that survives means that the kit has a hole.

// mutantBudget is the number of rounds over its programs within which each injected bug must be found.
const mutantBudget = 12

// noValidation is the one mutant that is the transactional memory's: commits do not validate what was read.
const noValidation = object.NumMutants

var mutantTable = []struct {
	m        object.Mutant
	name     string
	programs string // that have a chance to find it
}{
	{object.MutListUndo, "roll-back forgets private lists", "mutants/private"},
	{object.MutDictUndo, "roll-back forgets private dicts", "mutants/private"},
	{object.MutInstanceUndo, "roll-back forgets private instances", "mutants/private"},
	{object.MutCellUndo, "roll-back forgets single cells: closures, iterators, random numbers", "mutants/cells"},
	{object.MutObjectUndo, "roll-back forgets generators", "mutants/generators threads/generators"},
	{object.MutShallowPublish, "what a published object refers to stays private", "litmus/publication threads/sharedlist"},
	{object.MutLengthUnread, "len of a shared list is not validated", "mutants/lengths"},
	{object.MutCensusUnread, "len of a shared dict is not validated", "mutants/lengths"},
	{object.MutDefUnmoved, "a rebinding does not move the definition epoch", "litmus/redefinition threads/classes"},
	{object.MutLockUnread, "an elided lock is not looked at", "litmus/write_skew_locked litmus/dirty_read threads/coarse mutants/locked"},
	{object.MutLockUnwritten, "a slice that ends with a lock held does not write its word", "litmus/write_skew_locked litmus/locks_two"},
	{object.MutNoWatermark, "a return below the mark does not copy the frame", "mutants/frames"},
	{object.MutHandledKept, "the stack of handled exceptions is not restored", "mutants/exceptions"},
	{object.MutIDsKept, "identities that an aborted slice gave are not taken back", "mutants/identities"},
	{object.MutOutputEarly, "output does not wait for the commit", "threads/printing litmus/print_order"},
	{object.MutOutputKept, "output of an aborted slice is kept", "threads/printing litmus/print_order"},
	{object.MutStartEarly, "threads start before the commit", "threads/many litmus/start_join mutants/starts"},
	{object.MutAtomicCut, "atomic blocks are cut", "litmus/write_skew_atomic threads/atomic"},
	{noValidation, "no validation at commit", "litmus/write_skew_atomic litmus/write_skew_locked threads/counter"},
}

// examine runs a program once, in the way that seed says; how is what was found, "" for nothing.
func examine(m object.Mutant, l *litmus, golden string, seed int) (how string) {
	defer func() {
		if r := recover(); r != nil {
			how = "panic: " + strings.SplitN(fmt.Sprint(r), "\n", 2)[0]
		}
	}()
	inject := func(vm *VM) {
		if m == noValidation {
			vm.Interp.Stm.Inject()
		} else {
			vm.Interp.Mutant = m
		}
	}
	lengths, aborts := []int{25, 1, 100, 0}, []int{0, 13, 37, 101}
	mc := machine.Portfolio(3, uint64(seed))[seed%5]
	mc.MaxSteps = 1_500_000
	log := &CommitLog{}
	c := Config{Mode: ModeSTM, NoBypass: true, Phases: PhaseOff, Slice: lengths[seed%4], AbortEvery: aborts[seed/2%4], Log: log, Oracle: NewOracle(1 << 16),
		Machine: machine.NewSim(mc)}
	var interp *VM
	recorded, err := l.run(c, func(vm *VM) { inject(vm); interp = vm })
	var starved *machine.Livelock
	switch {
	case errors.As(err, &starved):
		return "" // may be a program that polls: no alarm
	case err != nil:
		return err.Error()
	case golden != "" && recorded != golden:
		return fmt.Sprintf("output %q, not %q", recorded, golden)
	case l.set != nil && !slices.Contains(l.set, recorded):
		return "no outcome of the GIL: " + recorded
	}
	if err := c.Oracle.Check(); err != nil {
		return err.Error()
	}
	finger := interp.Fingerprint()
	replayed, err := l.run(Config{Mode: ModeGIL, Lock: "fifo", Replay: log}, func(vm *VM) { interp = vm })
	switch {
	case err != nil:
		return "replay: " + err.Error()
	case interp.Diverged() != "":
		return "replay: " + interp.Diverged()
	case replayed != recorded:
		return fmt.Sprintf("replay: output %q, not %q", replayed, recorded)
	case interp.Fingerprint() != finger:
		return "replay: another final state"
	}
	return ""
}

// mutantProgram reads a program: a litmus program with its set, or one with a golden output.
func mutantProgram(t *testing.T, name string) (l *litmus, golden string) {
	l = &litmus{file: "testdata/" + name + ".py", name: name}
	var err error
	if l.source, err = os.ReadFile(l.file); err != nil {
		t.Fatal(err)
	}
	stem := strings.TrimSuffix(l.file, ".py")
	if filepath.Dir(name) == "litmus" {
		set, err := os.ReadFile(stem + ".set")
		if err != nil {
			t.Fatal(err)
		}
		l.set = strings.Split(strings.TrimSuffix(string(set), "\n"), "\n")
		return l, ""
	}
	out, err := os.ReadFile(stem + ".out")
	if err != nil {
		t.Fatal(err)
	}
	return l, strings.TrimRight(string(bytes.ReplaceAll(out, []byte("\n"), []byte("|"))), "| ")
}

func TestMutants(t *testing.T) {
	for _, e := range mutantTable {
		t.Run(strings.ReplaceAll(e.name, " ", "_"), func(t *testing.T) {
			for seed := range mutantBudget {
				for _, p := range strings.Fields(e.programs) {
					l, golden := mutantProgram(t, p)
					if seed == 0 {
						if how := examine(object.MutNone, l, golden, seed); how != "" {
							t.Fatalf("%s without a mutant: %s", p, how)
						}
					}
					if how := examine(e.m, l, golden, seed); how != "" {
						t.Logf("round %d, %s: %.160s", seed, p, how)
						return
					}
				}
			}
			t.Errorf("not found in %d rounds", mutantBudget)
		})
	}
}
