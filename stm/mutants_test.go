//go:build stm_mutants

package stm

import (
	"fmt"
	"testing"

	"gilt/contention"
)

// mutantBudget is the number of seeds within which each injected bug must be found.
const mutantBudget = 1200

// mutantTable says which bugs can be injected into which algorithms.
var mutantTable = []struct {
	m    mutant
	name string
	algs []string
	work string // the one workload that can find it, "" = all
}{
	{mutNoCommitValidation, "no read validation at commit", []string{"lazy", "tl2", "norec", "gencounter", "tml", "eager", "swiss", "fair"}, ""},
	{mutNoVersionCompare, "versions not compared", []string{"lazy", "tl2", "eager", "swiss", "fair"}, ""},
	{mutNoSnapshotCheck, "reads not checked against the snapshot", []string{"lazy", "tl2", "norec", "gencounter", "tml", "eager", "swiss", "fair"}, ""},
	{mutNoSecondLook, "no second look at the orec", []string{"lazy", "tl2", "eager", "swiss", "fair"}, ""},
	{mutReleaseEarly, "version released before the value", []string{"lazy", "tl2", "norec", "gencounter", "swiss", "fair"}, ""},
	{mutSnapshotLate, "snapshot sampled after the first read", []string{"lazy", "tl2", "norec"}, ""},
	{mutDrawEarly, "version drawn before locking", []string{"lazy", "tl2"}, ""},
	{mutShortcut, "wrong nobody-else-committed shortcut", []string{"tl2"}, ""},
	{mutNoReadOwnWrite, "own writes not read", []string{"lazy", "tl2", "norec", "gencounter", "swiss", "fair"}, ""},
	{mutFirstWriteWins, "first write wins", []string{"lazy", "tl2", "norec", "gencounter", "swiss", "fair"}, ""},
	{mutDropLastOfThree, "last write of three lost", []string{"lazy", "tl2", "norec", "gencounter", "swiss", "fair"}, ""},
	{mutTrustOwnLocks, "own-locked reads not validated", []string{"lazy", "tl2", "swiss", "fair"}, ""},
	{mutTorn, "value written in two halves", []string{"lazy", "fair"}, ""},
	{mutKeyAtBegin, "key drawn at begin", []string{"lazy", "tl2", "norec", "gencounter", "tml", "eager", "swiss", "fair"}, ""},
	{mutExtendUnvalidated, "extension without validation", []string{"lazy", "norec", "eager", "swiss", "fair"}, ""},
	{mutLostWakeup, "sleeper looks before it lies down", []string{"lazy", "tl2", "norec", "gencounter", "tml", "eager", "swiss", "fair"}, "retry"},
	{mutIrrevocableReads, "irrevocable reads not protected", []string{"lazy", "norec", "gencounter", "eager", "swiss", "fair"}, ""},
	{mutUndoForgotten, "oldest undo entry forgotten", []string{"eager", "tml"}, ""},
	{mutOldVersion, "abort releases with the old version", []string{"eager", "tml"}, ""},
}

// kill is the number of seeds until the bug is found, -1 if it is not.
func kill(m mutant, alg, work string) (n int, how string) {
	works := workloads()
	if work != "" {
		for _, w := range works {
			if w.name == work {
				works = []*workload{w}
			}
		}
	}
	for seed := range uint64(mutantBudget) {
		u := setupFor(alg, seed, works)
		u.mutant = m
		if u.manager == "aggressive" {
			u.manager = contention.Default // its livelocks would count as kills
		}
		if how := u.try(); how != "" {
			return int(seed) + 1, how
		}
	}
	return -1, ""
}

// try runs the setup; a panic is an alarm too.
func (u *setup) try() (how string) {
	defer func() {
		if r := recover(); r != nil {
			how = fmt.Sprint("panic: ", r)
		}
	}()
	if _, err := u.run(); err != nil && !u.friendlyFire(err) {
		return err.Error()
	}
	return ""
}

// TestMutants injects each bug into each algorithm that can have it: the harness must find it within the budget.
func TestMutants(t *testing.T) {
	for _, e := range mutantTable {
		for _, alg := range e.algs {
			n, how := kill(e.m, alg, e.work)
			if n < 0 {
				t.Errorf("%s in %s: not found in %d seeds", e.name, alg, mutantBudget)
				continue
			}
			t.Logf("%-42s %-10s killed by seed %4d: %.150s", e.name, alg, n, how)
		}
	}
}
