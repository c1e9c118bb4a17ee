package experiments

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gilt/internal/machine"
)

// The simulated half of the comparison is the same every time; other prices give other times.
func TestSimulatedTrialsRepeat(t *testing.T) {
	e := validation()
	dir := t.TempDir()
	if err := extract(dir); err != nil {
		t.Fatal(err)
	}
	slow, err := machine.DefaultCosts().Scale(machine.Bytecodes, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range e.Points(Tiny) {
		if p.Get("cores") != "simulated" {
			continue
		}
		run := func(c machine.Costs) []Measure {
			m, err := e.Run(&Env{Context: context.Background(), Scale: Tiny, Seed: 5, Dir: dir, Costs: c}, p)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		a, b := run(machine.Costs{}), run(machine.Costs{})
		if !slices.Equal(a, b) {
			t.Errorf("%v: %v, then %v", p, a, b)
		}
		if i == 0 && run(slow)[0].Value <= a[0].Value {
			t.Errorf("%v: not slower with dearer instructions", p)
		}
	}
}

// Calibration and validation use different programs, about as many each.
func TestHalves(t *testing.T) {
	count := map[string]int{}
	for _, x := range trials {
		_, half := trialNamed(x.name)
		count[half]++
	}
	if d := count["calibration"] - count["validation"]; d < 0 || d > 1 {
		t.Errorf("%v", count)
	}
	if !slices.IsSortedFunc(trials, func(a, b trial) int { return strings.Compare(a.name, b.name) }) {
		t.Error("the halves are every other program of an alphabetical list")
	}
}
