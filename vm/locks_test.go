package vm_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"gilt/gil"
	"gilt/vm"
)

// Every program with threads runs under every design of the interpreter's lock, as it is and with so little patience that the
// lock changes hands all the time.
func TestCorpusLocks(t *testing.T) {
	files := programs(t, "testdata/threads")
	for _, d := range gil.List() {
		if d.RW {
			continue // the regime rw has it
		}
		for _, hasty := range []bool{false, true} {
			name := d.Name
			if hasty {
				name += "-hasty"
			}
			t.Run(name, func(t *testing.T) {
				for i, f := range files {
					if testing.Short() && i%4 != 0 {
						continue
					}
					t.Run(strings.TrimSuffix(f[strings.LastIndex(f, "/")+1:], ".py"), func(t *testing.T) {
						if only := restriction(t, f); only != "" && !strings.Contains(" "+only+" ", " gil ") {
							t.Skipf("the program is for %s only", only)
						}
						want, err := os.ReadFile(strings.TrimSuffix(f, ".py") + ".out")
						if err != nil {
							t.Fatal(err)
						}
						c := vm.Config{Mode: vm.ModeGIL, Lock: d.Name}
						if hasty {
							c.LockOptions = gil.Options{Interval: 20 * time.Microsecond, CheckInterval: 3}
						}
						if got := execute(t, c, f); got != string(want) {
							t.Errorf("output differs:\n%s", firstDifference(got, string(want)))
						}
					})
				}
			})
		}
	}
}
