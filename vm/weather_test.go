package vm_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// Bad weather: interrupts at the worst moments, deadlock, output that cannot be written, storms of aborts. What needs nothing from
// outside (memory bombs, recursion, stale loops, daemons at the end) is part of the corpus: testdata/weather/*.out.

// weatherModes are the regimes that must stand it.
var weatherModes = []struct {
	name string
	conf vm.Config
}{
	{"gil", vm.Config{Mode: vm.ModeGIL}},
	{"gil-ticks", vm.Config{Mode: vm.ModeGIL, Lock: "ticks"}},
	{"gil-priority", vm.Config{Mode: vm.ModeGIL, Lock: "priority"}},
	{"gil-beazley", vm.Config{Mode: vm.ModeGIL, Lock: "beazley"}},
	{"gil-fifo", vm.Config{Mode: vm.ModeGIL, Lock: "fifo"}},
	{"stm", vm.Config{Mode: vm.ModeSTM}},
	{"stm-nobypass", vm.Config{Mode: vm.ModeSTM, NoBypass: true}},
	{"stm-norec", vm.Config{Mode: vm.ModeSTM, NoBypass: true, Algorithm: "norec", Slice: 200}},
	{"rw", vm.Config{Mode: vm.ModeRW, NoBypass: true}},
	{"locks", vm.Config{Mode: vm.ModeLocks, NoBypass: true}},
}

// onReady interrupts the program a little after it has printed a line "ready".
type onReady struct {
	mu   sync.Mutex
	text bytes.Buffer
	m    *vm.VM
	wait time.Duration
	n    int
}

func (w *onReady) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := strings.Count(string(b), "ready")
	if n > 0 {
		w.n++
		// Sometimes the interrupt comes before the program has gone on, and sometimes when it has been waiting for long.
		time.AfterFunc(time.Duration(w.n%3)*w.wait, w.m.Interrupt)
	}
	return w.text.Write(b)
}

// weatherRun runs a program, with an end to patience.
func weatherRun(t *testing.T, c vm.Config, file string, out *onReady) (status int, text, errs string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c.Stdout, c.Stderr, c.Stdin = out, &stderr, strings.NewReader("")
	c.Args, c.Path = []string{file}, []string{filepath.Dir(file)}
	m, err := vm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	out.m = m
	if out.wait > 0 {
		defer m.Machine.KeepAlive()() // who waits for the interrupt only is not in a deadlock
	}
	done := make(chan error, 1)
	go func() {
		var err error
		status, err = m.RunSource(file, data)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Fatalf("%v", err)
		}
	case <-time.After(2 * time.Minute): // a machine may be slow and busy
		out.mu.Lock()
		defer out.mu.Unlock()
		t.Fatalf("no end; so far %q", out.text.String())
	}
	return status, out.text.String(), stderr.String()
}

func TestInterrupts(t *testing.T) {
	for _, p := range []struct {
		name, want string
		status     int
	}{
		{"slice", "ready|interrupted|end|", 0},
		{"waits", "ready|interrupted in lock|ready|interrupted in timed lock|ready|interrupted in event|ready|interrupted in join|" +
			"ready|interrupted in queue|ready|interrupted in sleep|ready|interrupted in condition|ready|interrupted in semaphore|" +
			"ready|interrupted in accept|True True end|", 0},
		{"more", "ready|interrupted in rlock|ready|interrupted in put|ready|interrupted in join of a queue|ready|interrupted in barrier|" +
			"ready|interrupted in future|ready|interrupted in wait|ready|interrupted in timer|ready|interrupted in recv|ready|interrupted in recvfrom|" +
			"ready|interrupted in send|ready|interrupted in select|ready|interrupted in sched|ready|interrupted in timed join|" +
			"ready|interrupted in timed event|ready|interrupted in shutdown|True True 1 False end|", 0},
		{"irrevocable", "ready|interrupted|ready|interrupted|end|", 0},
		{"uncaught", "ready|", 130},
	} {
		for _, m := range weatherModes {
			t.Run(p.name+"/"+m.name, func(t *testing.T) {
				status, text, errs := weatherRun(t, m.conf, "testdata/weather/interrupt_"+p.name+".py", &onReady{wait: 4 * time.Millisecond})
				if text = strings.ReplaceAll(text, "\n", "|"); text != p.want || status != p.status {
					t.Errorf("status %d, printed %q, want %q; %s", status, text, p.want, errs)
				}
				if status == 130 && !strings.HasSuffix(errs, "\nKeyboardInterrupt\n") {
					t.Errorf("no traceback of the interrupt: %q", errs)
				}
			})
		}
	}
}

// TestDeadlockReport: a program in which nothing can ever run again says so, with who waits for whom where.
func TestDeadlockReport(t *testing.T) {
	for _, m := range weatherModes {
		t.Run(m.name, func(t *testing.T) {
			status, text, errs := weatherRun(t, m.conf, "testdata/weather/deadlock.py", &onReady{})
			if status != 1 || text != "before\n" {
				t.Errorf("status %d, printed %q", status, text)
			}
			for _, want := range []string{"gilt: deadlock: every thread waits", "deadlock.py:15", "deadlock.py:23"} {
				if !strings.Contains(errs, want) {
					t.Errorf("the report lacks %q:\n%s", want, errs)
				}
			}
		})
	}
}

// TestEndWaitsForNobody: threads that are no daemons go no further when the program has ended all the same, and nobody takes that for a
// deadlock. So it is with those that have ended for who joins them, but not yet for the machine.
func TestEndWaitsForNobody(t *testing.T) {
	source := `
import threading
started = threading.Event()
def runs():
    started.set()
    while True: pass
def fails(): raise SystemExit(3)
threading._register_atexit(fails)
threading.Thread(target=runs).start()
started.wait()
print("end")
`
	file := written(t, source)
	for _, m := range weatherModes {
		t.Run(m.name, func(t *testing.T) {
			if status, text, errs := weatherRun(t, m.conf, file, &onReady{}); status != 3 || text != "end\n" || errs != "" {
				t.Errorf("status %d, printed %q; %s", status, text, errs)
			}
		})
	}
}

// TestAbortStorm aborts at every few accesses: everything gets through in the end, and comes out right.
func TestAbortStorm(t *testing.T) {
	for i, f := range []string{"threads/counter", "threads/coarse", "threads/pipeline", "threads/generators", "mutants/private"} {
		for k, every := range []int{3, 4, 5, 7} {
			alg := defaultAlgorithms[(3*i+k)%len(defaultAlgorithms)]
			t.Run(fmt.Sprintf("%s/%s/%d", filepath.Base(f), alg, every), func(t *testing.T) {
				file := "testdata/" + f + ".py"
				c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Algorithm: alg, AbortEvery: every,
					Machine: machine.NewSim(machine.SimConfig{Cores: 3, Seed: uint64(every), MaxSteps: 30_000_000})}
				got, err := observe(c, file)
				if err != nil {
					t.Fatal(err)
				}
				if want := golden(t, file); expected(got) != want {
					t.Error(firstDifference(expected(got), want))
				}
			})
		}
	}
}

// broken is an output that fails after some bytes.
type broken struct {
	left int
	err  error
}

func (w *broken) Write(b []byte) (int, error) {
	if w.left < len(b) {
		n := w.left
		w.left = 0
		return n, w.err
	}
	w.left -= len(b)
	return len(b), nil
}

// TestBrokenOutput: a program that prints for ever ends when nobody takes its output.
func TestBrokenOutput(t *testing.T) {
	source := []byte("import threading\nx = [0]\ndef f():\n    while True: x[0] += 1\nthreading.Thread(target=f, daemon=True).start()\n" +
		"while True:\n    print('y' * 100)\n")
	for _, m := range weatherModes {
		for _, e := range []struct {
			err  syscall.Errno
			want string
		}{{syscall.ENOSPC, "OSError: [Errno 28] No space left on device\n"}, {syscall.EPIPE, "BrokenPipeError: [Errno 32] Broken pipe\n"}} {
			t.Run(m.name+"/"+e.want[:6], func(t *testing.T) {
				var stderr bytes.Buffer
				c := m.conf
				c.Stdout, c.Stderr, c.Stdin = &broken{1000, &os.PathError{Op: "write", Path: "/dev/stdout", Err: e.err}}, &stderr, strings.NewReader("")
				v, err := vm.New(c)
				if err != nil {
					t.Fatal(err)
				}
				done := make(chan int, 1)
				go func() {
					status, err := v.RunSource("p.py", source)
					if err != nil && !errors.Is(err, e.err) {
						status = -1
					}
					done <- status
				}()
				select {
				case status := <-done:
					if status != 1 || !strings.HasSuffix(stderr.String(), e.want) {
						t.Errorf("status %d, %q", status, stderr.String())
					}
				case <-time.After(20 * time.Second):
					v.Interrupt()
					t.Error("it prints for ever")
				}
			})
		}
	}
}
