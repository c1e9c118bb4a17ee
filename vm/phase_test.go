package vm_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gilt/internal/machine"
	"gilt/vm"
)

// What phases decide, in virtual time: where threads want the same, the lock must take over, and the program is then hardly slower
// than under the GIL; where they do not, transactions stay; and when a program changes its mind, so does the VM.

const phaseProgram = `
import threading

class Counter:
    def __init__(self):
        self.n = 0
        self.log = []

common = Counter()
table = {i: 0 for i in range(16)}

def contend(n):
    for i in range(n):
        common.n += 1
        table[i & 15] += 1
        common.log.append(i)
        if len(common.log) > 50:
            common.log.clear()

def compute(n):
    x = 1
    for i in range(n):
        x = x * 3 % 1000003 + i
    return x

def run(work, n):
    threads = [threading.Thread(target=work, args=(n,)) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
`

// phased runs a program in virtual time on four cores, and says how long it took.
func phased(t *testing.T, c vm.Config, end string) *vm.RunStats {
	t.Helper()
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	c.Machine = machine.NewSim(machine.SimConfig{Cores: 4, Seed: 3})
	v, err := vm.New(c)
	require.NoError(t, err)
	status, err := v.RunSource("phases.py", []byte(phaseProgram+end))
	require.NoError(t, err)
	require.Zero(t, status, errs.String())
	return v.Stats()
}

func TestPhases(t *testing.T) {
	gil, auto, off := vm.Config{Mode: vm.ModeGIL}, vm.Config{Mode: vm.ModeSTM}, vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseOff}

	t.Run("contended", func(t *testing.T) {
		end := "run(contend, 6000)\n"
		require.Greater(t, phased(t, off, end).Time, phased(t, gil, end).Time*13/10, "transactions pay in this program: no test")
		end = "run(contend, 200000)\n"
		g, a := phased(t, gil, end), phased(t, auto, end)
		require.NotZero(t, a.Phases.Solo)
		require.NotZero(t, a.Phases.Claims)
		require.Less(t, a.Time, g.Time*11/10)
	})
	t.Run("disjoint", func(t *testing.T) {
		g, a := phased(t, gil, "run(compute, 40000)\n"), phased(t, auto, "run(compute, 40000)\n")
		require.Zero(t, a.Phases.Solo)
		require.Less(t, a.Time, g.Time*10/25)
	})
	t.Run("first one, then the other", func(t *testing.T) {
		end := "run(contend, 12000)\nrun(compute, 1000000)\n"
		g, a := phased(t, gil, end), phased(t, auto, end)
		require.NotZero(t, a.Phases.Solo)
		require.Less(t, a.Time, g.Time*6/10)
	})
	t.Run("programs that retry", func(t *testing.T) {
		a := phased(t, auto, "import gilt\nrun(contend, 4000)\n")
		require.Zero(t, a.Phases.Solo)
	})
}
