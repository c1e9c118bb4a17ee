package vm_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gilt/internal/machine"
	"gilt/vm"
)

// TestPhasesWakeAll: a lock that is released in a solo phase wakes all its waiters. The first of them may come to a slice that
// takes the lock and gives it back without a trace, and so would wake nobody after itself.
func TestPhasesWakeAll(t *testing.T) {
	main := written(t, `
import threading
import time
lock = threading.Lock()
n = 0
def work():
    global n
    with lock:
        n += 1
for i in range(60):
    lock.acquire()
    threads = [threading.Thread(target=work) for _ in range(3)]
    for t in threads: t.start()
    time.sleep(0.001)
    for _ in range(100 * i):
        pass
    lock.release()
    for _ in range(3000):  # meanwhile the phase ends
        pass
    for t in threads: t.join()
print(n)
`)
	seeds := uint64(6)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		m := machine.NewSim(machine.SimConfig{Cores: 4, Seed: seed, Jitter: 2 * time.Nanosecond})
		require.Equal(t, "180\n", execute(t, vm.Config{Mode: vm.ModeSTM, Machine: m, Seed: seed, Phases: vm.PhaseFlip}, main), fmt.Sprint("seed ", seed))
	}
}
