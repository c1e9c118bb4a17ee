package vm_test

// The dispatch of the loop stores nothing. A variable of the loop that is live across one call, in any case, is written to the stack at every
// dispatch: four such stores made tight loops an eighth to a quarter slower, and no test that looks at results could see it. So this
// one reads the machine code.

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

var (
	tableJump = regexp.MustCompile(`\tJMP \d+\(\w+\)\(\w+\*8\)`)
	jump      = regexp.MustCompile(`\tJMP 0x`)
	stackPut  = regexp.MustCompile(`\t(MOV\w*|LEA\w*) [^,(]+, 0x[0-9a-f]+\(SP\)`)
)

func TestDispatchStoresNothing(t *testing.T) {
	if runtime.GOARCH != "amd64" || !strings.HasPrefix(runtime.Version(), "go1.26") {
		t.Skip("what another compiler makes of the loop is its own affair")
	}
	if testing.Short() {
		t.Skip("builds the command")
	}
	exe := filepath.Join(t.TempDir(), "gilt")
	if out, err := exec.Command("go", "build", "-o", exe, "gilt").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("go", "tool", "objdump", "-s", `^gilt/vm\.\(\*Thread\)\.run$`, exe).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(out), "\n")
	for i, line := range lines {
		if !tableJump.MatchString(line) {
			continue
		}
		first := i
		for first > 0 && !jump.MatchString(lines[first-1]) {
			first--
		}
		dispatch := lines[first : i+1] // from the place where all cases come back to
		if len(dispatch) < 4 || len(dispatch) > 40 {
			t.Fatalf("this is not the dispatch:\n%s", strings.Join(dispatch, "\n"))
		}
		for _, l := range dispatch {
			if stackPut.MatchString(l) {
				t.Errorf("the dispatch stores to the stack: %s", strings.TrimSpace(l))
			}
		}
		return
	}
	t.Fatal("the loop has no table of jumps")
}
