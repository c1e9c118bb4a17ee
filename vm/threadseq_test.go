package vm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gilt/vm"
)

// TestThreadNumbers: threads that start threads at the same time give each a number of its own, in the regime without slices too.
// On real cores: what that regime does between two latches is one step on simulated ones.
func TestThreadNumbers(t *testing.T) {
	main := written(t, `
import _thread, threading, time
seen = []
def leaf():
    seen.append(_thread.get_ident())
def node():
    for _ in range(300):
        started.append(_thread.start_new_thread(leaf, ()))
started = []
nodes = [threading.Thread(target=node) for _ in range(4)]
for t in nodes: t.start()
for t in nodes: t.join()
while len(seen) < 1200: time.sleep(0.001)
print(len(set(seen)), len(set(started)))
`)
	for range 12 {
		require.Equal(t, "1200 1200\n", execute(t, vm.Config{Mode: vm.ModeLocks}, main))
	}
}
