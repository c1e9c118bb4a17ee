package vm_test

import (
	"strconv"
	"testing"

	"gilt/internal/machine"
	"gilt/vm"
)

// TestCallsOfContainers: how often containers call their keys' __hash__ and __eq__, and in which order, is part of what a program does
// (these methods may have effects, and take their instructions of a slice), so it may not depend on the regime: not on whether a container
// is private or shared, nor on its having been rolled back, claimed or published in between. The program makes random operations
// on dicts and sets with such keys, and prints every call.
func TestCallsOfContainers(t *testing.T) {
	const file = "testdata/calls/keys.py"
	ways := []regime{
		{"stm", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff} }},
		{"stm with short slices", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Slice: 20} }},
		{"stm with aborts", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Slice: 200, AbortEvery: 59} }},
		{"stm with changing phases", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseFlip} }},
		{"stm, all shared", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Off: []string{"private"}} }},
		{"rw", func() vm.Config { return vm.Config{Mode: vm.ModeRW, NoBypass: true} }},
		{"locks", func() vm.Config { return vm.Config{Mode: vm.ModeLocks, NoBypass: true} }},
	}
	first, last := 0, 12
	if testing.Short() {
		first, last = 5, 7
	}
	for seed := first; seed < last; seed++ {
		args := []string{strconv.Itoa(seed), "300"}
		sim := func(c vm.Config) vm.Config {
			c.Machine = machine.NewSim(machine.SimConfig{Cores: 2, Seed: uint64(seed)})
			return c
		}
		want := execute(t, sim(vm.Config{Mode: vm.ModeGIL}), file, args...)
		for _, w := range ways {
			if got := execute(t, sim(w.make()), file, args...); got != want {
				t.Errorf("%s, seed %d: %s", w.name, seed, firstDifference(got, want))
			}
		}
	}
}
