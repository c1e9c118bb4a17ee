package vm_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

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
