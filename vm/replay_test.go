package vm_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gilt/internal/machine"
	"gilt/vm"
)

// Every threaded program of the corpus, run in transactions, must have been possible under the GIL: the order of its commits is
// replayed there, and output, exit status and final state are compared.

// seen is what can be seen of a run.
type seen struct {
	status int
	out    string
	finger uint64
}

// observe runs a program and keeps what can be seen of it.
func observe(t *testing.T, c vm.Config, file string) (seen, string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr, c.Stdin = &out, &out, strings.NewReader("")
	c.Args, c.Path = []string{file}, []string{filepath.Dir(file)}
	m, err := vm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	status, err := m.RunSource(file, data)
	if err != nil && !errors.Is(err, vm.ErrDiverged) {
		t.Fatal(err)
	}
	return seen{status, out.String(), m.Fingerprint()}, m.Diverged()
}

// certify records a run and replays it.
func certify(t *testing.T, c vm.Config, file string) {
	t.Helper()
	log := &vm.CommitLog{}
	c.Mode, c.NoBypass, c.Log = vm.ModeSTM, true, log
	recorded, _ := observe(t, c, file)
	replayed, diverged := observe(t, vm.Config{Mode: vm.ModeGIL, Lock: "fifo", Replay: log}, file)
	if recorded != replayed || diverged != "" {
		t.Errorf("the replay under the GIL differs: recorded %+v\nreplayed %+v\n%s", recorded, replayed, diverged)
	}
}

func TestReplay(t *testing.T) {
	files := programs(t, "testdata/threads")
	algorithms := []string{"lazy", "tl2", "norec", "tml", "gencounter", "eager", "swiss", "fair"}
	seeds := uint64(3)
	if testing.Short() {
		algorithms, seeds = []string{"lazy", "norec"}, 1
	}
	for i, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".py")
		if only := restriction(t, f); only != "" && !(strings.Contains(only, "stm") && strings.Contains(only, "gil")) {
			continue // a replay needs both
		}
		if src, err := os.ReadFile(f); err != nil || bytes.Contains(src, []byte("import socket")) {
			continue // what comes from the network is not logged
		}
		t.Run(name, func(t *testing.T) {
			// Each program with the default algorithm, and with another one in turn.
			for _, a := range []string{algorithms[0], algorithms[1+i%(len(algorithms)-1)]} {
				certify(t, vm.Config{Algorithm: a}, f)
			}
			for seed := uint64(1); seed <= seeds; seed++ {
				certify(t, vm.Config{Machine: machine.NewSim(machine.SimConfig{Cores: 3, Seed: seed})}, f)
			}
		})
	}
}
