//go:build !stm_mutants

package stm

import (
	"os/exec"
	"testing"
)

// TestMutantsAreKilled builds the package with its injected bugs (tag stm_mutants) and lets the proof kit find each.
func TestMutantsAreKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the package a second time")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("needs the go tool: ", err)
	}
	out, err := exec.Command(goTool, "test", "-tags", "stm_mutants", "-run", "^TestMutants$", "-count=1", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
