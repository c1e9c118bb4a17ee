package vm_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gilt/internal/machine"
	"gilt/vm"
)

// TestModulesOfData: what a module without any function of its own holds is shared like all else. (Its namespace is reached
// through the module only, not through the globals of a function.)
func TestModulesOfData(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		f := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(f, []byte(text), 0o644))
		return f
	}
	write("settings.py", "total = 0\ncells = [0, 0]\ntable = {}\nclass Box: n = 0\nbox = Box()\nbox.m = 0\n")
	main := write("main.py", `
import gilt
import threading
import settings
def work(me):
    for i in range(60):
        with gilt.atomic:
            settings.total += 1
            settings.cells[i % 2] += 1
            settings.table[i] = settings.table.get(i, 0) + 1
            settings.Box.n += 1
            settings.box.m += 1
threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(settings.total, settings.cells, sum(settings.table.values()), settings.Box.n, settings.box.m)
`)
	const want = "180 [90, 90] 180 180 180\n"
	seeds := uint64(8)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		sim := machine.NewSim(machine.SimConfig{Cores: 3, Policy: machine.Random, Seed: seed})
		got := execute(t, vm.Config{Mode: vm.ModeSTM, Machine: sim, Seed: seed, Phases: vm.PhaseOff}, main)
		require.Equal(t, want, got, "seed %d", seed)
	}
}
