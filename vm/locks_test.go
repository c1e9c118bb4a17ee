package vm_test

import (
	"fmt"
	"os"
	"strconv"
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

// manyThreads starts and joins threads one by one, and then has a thousand alive at once.
const manyThreads = `
import sys, threading
n = [0]
lock = threading.Lock()
def one():
    with lock: n[0] += 1
for i in range(int(sys.argv[1])):
    t = threading.Thread(target=one); t.start(); t.join()
print(n[0])
gate, ready = threading.Event(), threading.Semaphore(0)
def wait():
    ready.release(); gate.wait(); one()
ts = [threading.Thread(target=wait) for i in range(int(sys.argv[2]))]
for t in ts: t.start()
for t in ts: ready.acquire()
print(threading.active_count())
gate.set()
for t in ts: t.join()
print(n[0], threading.active_count())
`

func TestManyThreads(t *testing.T) {
	started, alive := 10000, 1000
	if testing.Short() {
		started, alive = 500, 200
	}
	file := written(t, manyThreads)
	want := fmt.Sprintf("%d\n%d\n%d 1\n", started, alive+1, started+alive)
	for name, c := range map[string]vm.Config{
		"interval": {}, "ticks": {Lock: "ticks"}, "fifo": {Lock: "fifo"}, "stm": {Mode: vm.ModeSTM},
	} {
		t.Run(name, func(t *testing.T) {
			if got := execute(t, c, file, strconv.Itoa(started), strconv.Itoa(alive)); got != want {
				t.Errorf("printed %q, want %q", got, want)
			}
		})
	}
}

// BenchmarkHandovers passes a pair of Python locks back and forth between two threads: each is a hand-over of the interpreter too.
func BenchmarkHandovers(b *testing.B) {
	const n = 20000
	file := written(b, `
import sys, threading
a, b = threading.Lock(), threading.Lock()
a.acquire()
def ping():
    for i in range(int(sys.argv[1])): b.acquire(); a.release()
def pong():
    for i in range(int(sys.argv[1])): a.acquire(); b.release()
ts = [threading.Thread(target=f) for f in (ping, pong)]
for t in ts: t.start()
for t in ts: t.join()
`)
	for _, d := range gil.List() {
		if d.RW {
			continue
		}
		b.Run("lock="+d.Name, func(b *testing.B) {
			for b.Loop() {
				execute(b, vm.Config{Lock: d.Name}, file, strconv.Itoa(n))
			}
			b.ReportMetric(float64(b.N)*2*n/b.Elapsed().Seconds(), "hand-overs/s")
		})
	}
}
