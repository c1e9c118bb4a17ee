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
		// The phase in which the program ends counts like the others.
		share := float64(a.Phases.Bytecodes) / float64(a.Bytecodes)
		require.InDelta(t, share, float64(a.Phases.Time)/float64(a.Time), 0.2)
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

// flipped runs a program that prints True on two cores, in phases that take turns.
func flipped(t *testing.T, algorithm, program string) *vm.RunStats {
	t.Helper()
	var out, errs bytes.Buffer
	v, err := vm.New(vm.Config{Mode: vm.ModeSTM, Algorithm: algorithm, Phases: vm.PhaseFlip, Stdout: &out, Stderr: &errs,
		Machine: machine.NewSim(machine.SimConfig{Cores: 2, Seed: 1})})
	require.NoError(t, err)
	status, err := v.RunSource("flipped.py", []byte(program))
	require.NoError(t, err)
	require.Zero(t, status, errs.String())
	require.Equal(t, "True\n", out.String())
	return v.Stats()
}

// insertions go into one dict that is too large to be claimed, in transactions and, outside of them, in solo phases.
const insertions = `
import threading

d = dict.fromkeys(range(-5000, 0))
over = threading.Event()

def note(i):
    for _ in range(60):
        pass
    d[i] = None
    return -i

other = threading.Thread(target=over.wait)
other.start()
sorted(range(200), key=note)  # nothing is claimed, and no phase ends, while Go code calls Python
for i in range(200, 800):
    note(i)
sorted(range(800, 1000), key=note)
over.set()
other.join()
print(list(d) == list(range(-5000, 1000)))
`

// TestPhasesOrderInsertions: where an algorithm draws the keys of its commits from must not matter to who inserts outside of them.
func TestPhasesOrderInsertions(t *testing.T) {
	for _, a := range defaultAlgorithms {
		t.Run(a, func(t *testing.T) {
			require.NotZero(t, flipped(t, a, insertions).Phases.Solo)
		})
	}
}

// publicSorts sorts lists that are too large to be claimed all, in solo phases and between them.
const publicSorts = `
import threading

lists = [list(range(10000)) for _ in range(12)]
over = threading.Event()
other = threading.Thread(target=over.wait)
other.start()
for k in range(24):
    for own in lists:
        own.append(own.pop())
    lists[k % 12].sort(key=lambda x: -x)
    for _ in range(k * 50):
        pass
over.set()
other.join()
print(all(own == list(range(9999, -1, -1)) for own in lists))
`

// TestPhasesSort: a list that is claimed behind the last call of a key function, because it is cheap as long as it is empty, has not
// been modified by the function.
func TestPhasesSort(t *testing.T) {
	require.NotZero(t, flipped(t, "", publicSorts).Phases.Claims)
}
