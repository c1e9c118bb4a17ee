package vm_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"gilt/internal/machine"
	"gilt/vm"
)

// A program in which every thread waits for ever is reported, on real and on simulated cores and in every regime: who waits,
// where in the program, and for whom.

var deadlocks = []struct {
	name, source string
	report       []string // regular expressions
	exits        bool     // it is none: the program ends
}{
	{name: "two locks in opposite order", source: `
import threading
a, b = threading.Lock(), threading.Lock()
here = threading.Barrier(2)
def work(first, second):
    with first:
        here.wait()
        with second:
            print("both")
ts = [threading.Thread(target=work, args=p, name=n) for n, p in (("one", (a, b)), ("two", (b, a)))]
for t in ts: t.start()
for t in ts: t.join()
`, report: []string{`thread 0 \(\w+\) waits for the end of thread 1 \(one\) at p\.py:12`, `thread 1 \(one\) waits for a lock of thread 2 \(two\) at p\.py:8`,
		`thread 2 \(two\) waits for a lock of thread 1 \(one\) at p\.py:8`, `cycle: 1 -> 2 -> 1`}},
	{name: "a ring of three", source: `
import threading
locks = [threading.RLock() for _ in range(3)]
here = threading.Barrier(3)
def work(i):
    with locks[i]:
        here.wait()
        with locks[(i + 1) % 3]: pass
ts = [threading.Thread(target=work, args=(i,), name="t%d" % i) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
`, report: []string{`thread 1 \(t0\) waits for .* of thread 2 \(t1\) at p\.py:8`, `cycle: 1 -> 2 -> 3 -> 1`}},
	{name: "a lock twice", source: `
import threading
m = threading.Lock()
m.acquire()
m.acquire()
`, report: []string{`thread 0 \(\w+\) waits for a lock of thread 0 .* at p\.py:5`, `cycle: 0 -> 0`}},
	{name: "a queue that nobody fills", source: `
import threading, queue
q = queue.Queue()
t = threading.Thread(target=q.get, name="consumer")
t.start()
t.join()
`, report: []string{`thread 0 \(\w+\) waits for the end of thread 1 \(consumer\)`, `thread 1 \(consumer\) waits for`}},
	{name: "an event that nobody sets, and a daemon", source: `
import threading
e = threading.Event()
t = threading.Thread(target=e.wait, name="waiter", daemon=True)
t.start()
e.wait()
`, report: []string{`thread 1 \(waiter\), a daemon, waits for`}},
	{name: "a timeout is no deadlock", source: `
import threading
m = threading.Lock()
m.acquire()
print(m.acquire(timeout=0.02))
`, exits: true},
	{name: "a sleeper is no deadlock", source: `
import threading, time
m = threading.Lock()
m.acquire()
def work():
    time.sleep(0.02)
    m.release()
threading.Thread(target=work).start()
m.acquire()
print(False)
`, exits: true},
}

func TestDeadlocksAreReported(t *testing.T) {
	for _, d := range deadlocks {
		for _, mode := range []vm.Mode{vm.ModeGIL, vm.ModeSTM, vm.ModeLocks, vm.ModeRW} {
			for _, simulated := range []bool{false, true} {
				name := d.name + "/" + mode.String()
				c := vm.Config{Mode: mode, Machine: machine.NewReal(machine.RealConfig{})}
				if simulated {
					name += "/simulated"
					c.Machine = machine.NewSim(machine.SimConfig{Cores: 4, Seed: 3})
				}
				t.Run(name, func(t *testing.T) {
					var out, errs bytes.Buffer
					c.Stdin, c.Stdout, c.Stderr = strings.NewReader(""), &out, &errs
					m, err := vm.New(c)
					if err != nil {
						t.Fatal(err)
					}
					status, err := m.RunSource("p.py", []byte(d.source))
					if err != nil {
						t.Fatal(err)
					}
					if d.exits {
						if status != 0 || out.String() != "False\n" {
							t.Errorf("exit status %d, output %q, errors %q", status, out.String(), errs.String())
						}
						return
					}
					if status != 1 || out.Len() > 0 {
						t.Errorf("exit status %d, output %q", status, out.String())
					}
					for _, r := range append(d.report, "every thread waits") {
						if !regexp.MustCompile(r).MatchString(errs.String()) {
							t.Errorf("the report does not say %s:\n%s", r, errs.String())
						}
					}
				})
			}
		}
	}
}

// On simulated cores the report is the same every time, times included.
func TestDeadlockReportRepeats(t *testing.T) {
	report := func() string {
		var errs bytes.Buffer
		m, err := vm.New(vm.Config{Mode: vm.ModeSTM, Machine: machine.NewSim(machine.SimConfig{Cores: 4, Seed: 9}), Stderr: &errs, Stdout: &errs, Stdin: strings.NewReader("")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.RunSource("p.py", []byte(deadlocks[1].source)); err != nil {
			t.Fatal(err)
		}
		return errs.String()
	}
	if a, b := report(), report(); a != b {
		t.Errorf("two reports:\n%s\n%s", a, b)
	}
}
