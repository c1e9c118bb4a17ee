package vm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gilt/vm"
)

// TestSplitEndsSlices: under the manager that answers conflicts with a split, slices that have failed end earlier at the next try,
// also where their length is fixed; where nothing conflicts nobody asks, and they are as long as under any other.
func TestSplitEndsSlices(t *testing.T) {
	perSlice := func(manager, work string, fixed int) float64 {
		s := phased(t, vm.Config{Mode: vm.ModeSTM, NoBypass: true, Phases: vm.PhaseOff, Manager: manager, Slice: fixed}, work)
		slices, bytecodes := uint64(0), uint64(0)
		for _, t := range s.Threads {
			slices += t.Slices
			bytecodes += t.Bytecodes
		}
		require.NotZero(t, slices)
		return float64(bytecodes) / float64(slices)
	}
	const contend = `
run(contend, 300)
print(common.n)
`
	for _, fixed := range []int{500, 0} {
		whole, cut := perSlice("backoff", contend, fixed), perSlice("split", contend, fixed)
		t.Logf("length %d: %.0f instructions a slice, %.0f with splits", fixed, whole, cut)
		if cut > whole*0.9 {
			t.Errorf("length %d: %.0f instructions a slice under split, %.0f under backoff", fixed, cut, whole)
		}
	}
	const compute = `
run(compute, 3000)
`
	if whole, cut := perSlice("backoff", compute, 500), perSlice("split", compute, 500); cut < whole*0.9 {
		t.Errorf("without conflicts: %.0f instructions a slice under split, %.0f under backoff", cut, whole)
	}
}
