package vm_test

import (
	"testing"

	"gilt/vm"
)

// A transaction that the contention manager has given the way does not wait for the lock of serial slices: whoever has that may be
// waiting for the transaction to commit. (Under these schedules it did.)
func TestSerialMakesWay(t *testing.T) {
	for _, x := range []struct {
		algorithm    string
		aborts       int
		seed, policy uint64
	}{
		{"norec", 211, 9007, 9048},
		{"swiss", 211, 9019, 9060},
		{"fair", 37, 9022, 9063},
	} {
		c := vm.Config{Algorithm: x.algorithm, AbortEvery: x.aborts, Seed: x.seed, Phases: vm.PhaseOff}
		if _, err := certify(t, c, weather(x.policy), "testdata/progs/log_analyser.py"); err != nil {
			t.Errorf("%s, seed %d: %v", x.algorithm, x.seed, err)
		}
	}
}
