package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test binary be the command: simulated runs are compared between processes, whose addresses and hash seeds
// differ.
func TestMain(m *testing.M) {
	if os.Getenv("GILT_TEST_COMMAND") == "1" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// command runs the command in a process of its own.
func command(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...)
	c.Env = append(os.Environ(), "GILT_TEST_COMMAND=1")
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("gilt %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String(), errs.String()
}

// simulate is everything that a simulated run gives, by name.
func simulate(t *testing.T, seed string, flags []string, program string, args ...string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	line := append([]string{"run", "-sim", "16", "-seed", seed, "-stats", file("stats"), "-trace", file("trace"), "-abort-profile", file("profile")}, flags...)
	out, errs := command(t, append(append(line, program), args...)...)
	got := map[string]string{"output": out, "errors": errs}
	for _, name := range []string{"stats", "trace", "profile"} {
		b, err := os.ReadFile(file(name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = string(b)
	}
	return got
}

// withoutSeed is the statistics but for the seed itself.
func withoutSeed(t *testing.T, stats string) string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(stats), &m); err != nil {
		t.Fatal(err)
	}
	delete(m, "seed")
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A simulated run is the same every time, to the byte: output, statistics, timeline, profile of aborts. Another seed
// gives another run.
func TestSimulatedRunsRepeat(t *testing.T) {
	work := func(name string) string { return filepath.Join("experiments", "workloads", name+".py") }
	cases := []struct {
		name  string
		flags []string
		file  string
		args  []string
		seeds bool // another seed must differ
	}{
		{"contended", []string{"-mode", "stm", "-bypass", "off"}, work("contend"), []string{"threads=6", "n=3000", "hot=8", "writes=60"}, true},
		{"counter", []string{"-mode", "stm"}, work("micro"), []string{"what=counter", "threads=8", "n=3000"}, true},
		{"skip list", []string{"-mode", "stm", "-stm", "eager"}, work("skiplist"), []string{"threads=4", "n=300"}, false},
		{"b-tree under norec", []string{"-mode", "stm", "-stm", "norec"}, work("btree"), []string{"threads=4", "n=300"}, false},
		{"log", []string{"-mode", "stm", "-cm", "karma"}, work("log"), []string{"threads=5", "n=200"}, false},
		{"queues under the GIL", []string{"-mode", "gil"}, work("pipe"), []string{"n=200"}, false},
		{"the tick-counting GIL", []string{"-mode", "gil", "-gil", "ticks"}, work("micro"), []string{"what=counter", "threads=3", "n=800"}, false},
		{"locks", []string{"-mode", "locks"}, work("threadworms"), []string{"threads=3", "n=200"}, false},
		{"reader-writer", []string{"-mode", "rw"}, work("btree"), []string{"threads=3", "n=200"}, false},
	}
	for i, c := range cases {
		if testing.Short() && i > 2 {
			break
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			first := simulate(t, "7", c.flags, c.file, c.args...)
			second := simulate(t, "7", c.flags, c.file, c.args...)
			for name, text := range first {
				if second[name] != text {
					t.Errorf("two runs differ in their %s:\n%.2000s\n%.2000s", name, text, second[name])
				}
			}
			if c.seeds {
				other := simulate(t, "8", c.flags, c.file, c.args...)
				if withoutSeed(t, other["stats"]) == withoutSeed(t, first["stats"]) {
					t.Error("another seed gives the same statistics")
				}
			}
		})
	}
}

// Prices come from the file, and the statistics say which they were.
func TestPricesOfASimulatedRun(t *testing.T) {
	dir := t.TempDir()
	prices := filepath.Join(dir, "costs.json")
	if err := os.WriteFile(prices, []byte(`{"machine": "a slow one", "source": "a test", "kind": {"arith": 400}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "p.py")
	if err := os.WriteFile(program, []byte("x = 0\nfor i in range(1000): x = x + i\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	read := func(flags ...string) (ns float64, costs string) {
		out, _ := command(t, append(append([]string{"run", "-sim", "1", "-stats", "-"}, flags...), program)...)
		var s struct {
			NS    float64 `json:"ns"`
			Costs string  `json:"costs"`
		}
		if err := json.Unmarshal([]byte(out), &s); err != nil {
			t.Fatal(err)
		}
		return s.NS, s.Costs
	}
	usual, name := read()
	slow, slowName := read("-costs", prices)
	if slow < usual+300_000 {
		t.Errorf("a thousand additions at 400 ns have taken %v ns, at the usual price %v ns", slow, usual)
	}
	if !strings.Contains(slowName, "a test") || !strings.Contains(slowName, "a slow one") || slowName == name {
		t.Errorf("the prices are called %q and %q", name, slowName)
	}
}
