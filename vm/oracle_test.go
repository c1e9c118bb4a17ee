package vm_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// The threaded programs of the corpus under the opacity oracle: what every attempt of every slice has read, also of those that were
// rolled back, must have been in memory together.

// defaultAlgorithms are those that programs may be run with: all but the adapter, which is no runtime's.
var defaultAlgorithms = []string{"lazy", "tl2", "norec", "tml", "gencounter", "eager", "swiss", "fair"}

// threaded lists the threaded programs of the corpus that run under transactions and depend on nothing outside.
func threaded(t testing.TB) []string {
	var out []string
	for _, f := range programs(t, "testdata/threads") {
		if only := restriction(t, f); only != "" && !(strings.Contains(only, "stm") && strings.Contains(only, "gil")) {
			continue
		}
		if src, err := os.ReadFile(f); err != nil || strings.Contains(string(src), "import socket") {
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

func TestOracle(t *testing.T) {
	slices := []int{20, 100, 0}
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	aborted, checked := 0, 0
	for i, f := range threaded(t) {
		t.Run(base(f), func(t *testing.T) {
			for seed := range seeds {
				alg := defaultAlgorithms[(i+int(seed))%len(defaultAlgorithms)]
				c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Algorithm: alg, Slice: slices[(i+int(seed))%len(slices)],
					Machine: machine.NewSim(weather(uint64(i) + seed)), Oracle: vm.NewOracle(1 << 17)}
				start := time.Now()
				got, err := tryObserve(c, f)
				if err != nil {
					t.Errorf("%s, slices of %d, seed %d: %v", alg, c.Slice, seed, err)
					continue
				}
				took := time.Since(start)
				start = time.Now()
				err = c.Oracle.Check()
				st := c.Oracle.Stats()
				aborted += st.Aborted
				checked += st.Attempts
				if testing.Verbose() {
					t.Logf("%-10s slice %3d seed %d %+v run %v check %v", alg, c.Slice, seed, st, took, time.Since(start))
				}
				if err != nil {
					t.Errorf("%s, slices of %d, seed %d: %v", alg, c.Slice, seed, err)
				}
				if want := golden(t, f); expected(got) != want {
					t.Errorf("%s, slices of %d, seed %d: output differs: %s", alg, c.Slice, seed, firstDifference(expected(got), want))
				}
			}
		})
	}
	if !t.Failed() && aborted < checked/1000 {
		t.Errorf("only %d of %d attempts were rolled back: this shows nothing of opacity", aborted, checked)
	}
}

// tryObserve is observe without a diagnosis of replays, for runs that may fail.
func tryObserve(c vm.Config, file string) (seen, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return seen{}, err
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr, c.Stdin = &out, &out, strings.NewReader("")
	c.Args, c.Path = []string{file}, []string{filepath.Dir(file)}
	m, err := vm.New(c)
	if err != nil {
		return seen{}, err
	}
	status, err := m.RunSource(file, data)
	return seen{status, out.String(), m.Fingerprint()}, err
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
