package vm_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// Native code on simulated cores: two threads hash or compress as much as one did. If the lock is released they take as long as the one,
// else twice as long.

const nativeProgram = `
import hashlib, threading, time, zlib
data = bytes(%d)
def work():
    for _ in range(%d):
        %s
def run(n):
    threads = [threading.Thread(target=work) for _ in range(n)]
    begin = time.perf_counter()
    for t in threads: t.start()
    for t in threads: t.join()
    return time.perf_counter() - begin
run(1)
one, two = run(1), run(2)
print(two / one)
`

func TestNativeReleases(t *testing.T) {
	for _, c := range []struct {
		mode     vm.Mode
		size, n  int
		op       string
		parallel bool
	}{
		{vm.ModeGIL, 1 << 20, 4, "hashlib.md5(data)", true},
		{vm.ModeGIL, 1 << 20, 2, "zlib.compress(data)", true},
		{vm.ModeGIL, 2000, 2000, "hashlib.md5(data)", false},
		{vm.ModeSTM, 1 << 20, 4, "hashlib.md5(data)", true},
		{vm.ModeSTM, 1 << 20, 2, "zlib.compress(data)", true},
	} {
		t.Run(fmt.Sprintf("%v/%s/%d", c.mode, c.op, c.size), func(t *testing.T) {
			var out, errs bytes.Buffer
			m, err := vm.New(vm.Config{Mode: c.mode, Stdout: &out, Stderr: &errs, Stdin: strings.NewReader(""),
				Machine: machine.NewSim(machine.SimConfig{Cores: 4, Seed: 1})})
			if err != nil {
				t.Fatal(err)
			}
			status, err := m.RunSource("native.py", []byte(fmt.Sprintf(nativeProgram, c.size, c.n, c.op)))
			if err != nil || status != 0 {
				t.Fatalf("status %d, %v: %s", status, err, errs.String())
			}
			var ratio float64
			if _, err := fmt.Sscan(out.String(), &ratio); err != nil {
				t.Fatal(err)
			}
			if c.parallel && ratio > 1.3 || !c.parallel && ratio < 1.7 {
				t.Errorf("two threads take %.2f times as long as one", ratio)
			}
			t.Logf("two threads take %.2f times as long as one", ratio)
		})
	}
}

// Native code that holds its lock stops a thread under the GIL, but not one in transactions: such calls are irrevocable, one at a time,
// and what touches other data goes on and commits. That the thread imports something in the same breath, which everybody depends on,
// or makes one such call after the other, is no reason to wait for it.
func TestNativeHolds(t *testing.T) {
	const program = `
import threading, time
class Shared: stop = started = False
s = Shared()
counts = [0]
def loop():
    n = 0
    s.started = True
    while not s.stop: n += 1
    counts[0] = n
def native():
    import busy
    for _ in range(4): busy.busy_wait_holding(0.005)
def measure(f):
    s.stop = s.started = False
    t = threading.Thread(target=loop)
    t.start()
    while not s.started: time.sleep(0.0001)
    f()
    s.stop = True
    t.join()
    return counts[0]
def hold():
    h = threading.Thread(target=native)
    h.start()
    h.join()
alone = measure(lambda: time.sleep(0.02))
print(measure(hold) / alone)
`
	for _, mode := range []vm.Mode{vm.ModeGIL, vm.ModeSTM} {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%v/%d", mode, seed), func(t *testing.T) {
				var out, errs bytes.Buffer
				m, err := vm.New(vm.Config{Mode: mode, Phases: vm.PhaseOff, Stdout: &out, Stderr: &errs, Stdin: strings.NewReader(""), Seed: seed,
					Machine: machine.NewSim(machine.SimConfig{Cores: 4, Seed: seed, MaxTime: time.Minute})})
				if err != nil {
					t.Fatal(err)
				}
				status, err := m.RunSource("native.py", []byte(program))
				if err != nil || status != 0 {
					t.Fatalf("status %d, %v: %s", status, err, errs.String())
				}
				var share float64
				if _, err := fmt.Sscan(out.String(), &share); err != nil {
					t.Fatal(err)
				}
				if mode == vm.ModeGIL && share > 0.6 || mode == vm.ModeSTM && share < 0.8 {
					t.Errorf("the loop ran at %.2f of its speed alone", share)
				}
				t.Logf("the loop ran at %.2f of its speed alone", share)
			})
		}
	}
}
