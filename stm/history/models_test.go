package history

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// TestModels checks the models under stm/testdata with SPIN: every state of small programs. Each model can be damaged
// (MUTANT), and must then fail: a model that cannot fail proves nothing. STM_MODELS=all tries all damages, not only
// the first of each, and the largest model at its full size.
func TestModels(t *testing.T) {
	spin, err := exec.LookPath("spin")
	if err != nil {
		t.Skip("needs spin: ", err)
	}
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("spin's verifiers need a C compiler: ", err)
	}
	for _, m := range []struct {
		file, mode string
		mutants    []int // that this mode can find
		long       bool
	}{
		{"lazy.pml", "", []int{1, 3, 4}, true},
		{"lazy.pml", "-DSKEW", []int{1, 2}, false},
		{"norec.pml", "", []int{1, 3}, false},
		{"norec.pml", "-DSKEW", []int{1, 2, 3}, false},
		{"irrevocable.pml", "", []int{1, 2, 3}, false},
		{"sleep.pml", "", []int{1, 2, 3, 4, 5}, false},
	} {
		file, err := filepath.Abs(filepath.Join("..", "testdata", m.file))
		if err != nil {
			t.Fatal(err)
		}
		all := os.Getenv("STM_MODELS") == "all"
		for _, mutant := range append([]int{0}, m.mutants...) {
			if !all && mutant > m.mutants[0] {
				continue // compiling a verifier takes a second or two
			}
			args := []string{"-a", "-DMUTANT=" + strconv.Itoa(mutant)}
			if m.long && !all {
				args = append(args, "-DTRIES=1")
			}
			if m.mode != "" {
				args = append(args, m.mode)
			}
			states, errs := verify(t, spin, cc, append(args, file))
			if (mutant == 0) != (errs == 0) {
				t.Errorf("%s %s, mutant %d: %d errors", m.file, m.mode, mutant, errs)
			}
			t.Logf("%-16s %-7s mutant %d: %8d states, %d errors", m.file, m.mode, mutant, states, errs)
		}
	}
}

var (
	spinStates = regexp.MustCompile(`(?m)^ *(\d+) states, stored`)
	spinErrors = regexp.MustCompile(`errors: (\d+)`)
)

// verify builds and runs the verifier of one model.
func verify(t *testing.T, spin, cc string, args []string) (states, errs int) {
	dir := t.TempDir()
	step := func(name string, args ...string) string {
		c := exec.Command(name, args...)
		c.Dir = dir
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	step(spin, args...)
	level := "-O0" // small models: compiling takes longer than running
	if slices.Contains(args, "-DMUTANT=0") && os.Getenv("STM_MODELS") == "all" {
		level = "-O1"
	}
	step(cc, level, "-w", "-DSAFETY", "-o", "pan", "pan.c")
	out := step(filepath.Join(dir, "pan"), "-m1000000")
	number := func(r *regexp.Regexp) int {
		m := r.FindStringSubmatch(out)
		if m == nil {
			t.Fatalf("no result in:\n%s", out)
		}
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return number(spinStates), number(spinErrors)
}
