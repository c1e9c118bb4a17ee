package vm_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// runText runs a program and gives what it printed on both streams.
func runText(t *testing.T, c vm.Config, source string, stdout *onReady) (*vm.VM, string, string) {
	t.Helper()
	var errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(""), stdout, &errs
	m, err := vm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	stdout.m = m
	file := written(t, source) // tracebacks read it
	status, err := m.RunSource(file, []byte(source))
	if err != nil || status != 0 {
		t.Fatalf("exit status %d, %v; %s", status, err, errs.String())
	}
	return m, stdout.text.String(), strings.ReplaceAll(errs.String(), file, "p.py")
}

// Uncaught exceptions of threads as CPython 3.13 prints them, but for the lines of frames inside of the library.
func TestUncaughtInThreads(t *testing.T) {
	source := `
import _thread, sys, threading, time
def run(f, **kw):
    t = threading.Thread(target=f, **kw)
    t.start()
    t.join()
def fails(): raise ValueError("one\ntwo")
def chained():
    try: 1/0
    except ZeroDivisionError as e: raise KeyError("k") from e
class Bad(Exception):
    def __str__(self): raise RuntimeError
def bad(): raise Bad
run(fails, name="T")
run(chained)
run(bad)
run(lambda: sys.exit("not shown"))
def broken(args): raise OSError("hook")
threading.excepthook = broken
run(fails, name="hooked")
threading.excepthook = threading.__excepthook__
class Callable:
    def __repr__(self): return "<a callable>"
    def __call__(self): begun.release(); raise IndexError("low")
begun = _thread.allocate_lock()
begun.acquire()
_thread.start_new_thread(Callable(), ())
begun.acquire()
while _thread._count(): time.sleep(0.0001)
threading.excepthook = None
try: threading.Thread(target=fails)
except RuntimeError as e: print(e)
`
	want := `Exception in thread T:
Traceback (most recent call last):
  File "p.py", line 7, in fails
    def fails(): raise ValueError("one\ntwo")
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ValueError: one
two
Exception in thread Thread-1 (chained):
Traceback (most recent call last):
  File "p.py", line 9, in chained
    try: 1/0
         ~^~
ZeroDivisionError: division by zero

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "p.py", line 10, in chained
    except ZeroDivisionError as e: raise KeyError("k") from e
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
KeyError: 'k'
Exception in thread Thread-2 (bad):
Traceback (most recent call last):
  File "p.py", line 13, in bad
    def bad(): raise Bad
               ^^^^^^^^^
Bad: <exception str() failed>
Exception in threading.excepthook:
Traceback (most recent call last):
  File "p.py", line 18, in broken
    def broken(args): raise OSError("hook")
                      ^^^^^^^^^^^^^^^^^^^^^
OSError: hook
Exception ignored in thread started by <a callable>:
Traceback (most recent call last):
  File "p.py", line 24, in __call__
    def __call__(self): begun.release(); raise IndexError("low")
                                         ^^^^^^^^^^^^^^^^^^^^^^^
IndexError: low
`
	library := regexp.MustCompile(`(?m)^  File "<gilt>/threading.py".*\n`)
	for _, mode := range []vm.Mode{vm.ModeGIL, vm.ModeSTM, vm.ModeLocks, vm.ModeRW} {
		t.Run(mode.String(), func(t *testing.T) {
			_, out, errs := runText(t, vm.Config{Mode: mode}, source, &onReady{})
			if got := library.ReplaceAllString(errs, ""); got != want || out != "threading.excepthook is None\n" {
				t.Errorf("printed %q;\n%s", out, firstDifference(got, want))
			}
		})
	}
}

// The intervals that a program sets are the lock's: shorter ones, more checks and more hand-offs.
func TestIntervalsAct(t *testing.T) {
	source := `
import sys, threading
sys.SETTER(ARGUMENT)
print(sys.GETTER())
def work():
    n = 30000
    while n > 0: n -= 1
ts = [threading.Thread(target=work) for i in range(2)]
for t in ts: t.start()
for t in ts: t.join()
`
	for _, c := range []struct {
		lock, set, get string
		few, many      string
		atLeast        float64 // how many times the checks
	}{
		{"ticks", "setcheckinterval", "getcheckinterval", "1000", "100", 7},
		{"ticks", "setcheckinterval", "getcheckinterval", "100", "10", 7}, // every 101st against every 11th
		{"interval", "setswitchinterval", "getswitchinterval", "0.0002", "0.00002", 5},
		{"priority", "setswitchinterval", "getswitchinterval", "0.0002", "0.00002", 5},
		{"beazley", "setswitchinterval", "getswitchinterval", "0.0002", "0.00002", 5},
		{"fifo", "setswitchinterval", "getswitchinterval", "0.0002", "0.00002", 5},
	} {
		t.Run(c.lock+" "+c.few, func(t *testing.T) {
			checks := func(value string) float64 {
				text := strings.NewReplacer("SETTER", c.set, "ARGUMENT", value, "GETTER", c.get).Replace(source)
				m, out, _ := runText(t, vm.Config{Lock: c.lock, Machine: machine.NewSim(machine.SimConfig{Cores: 2, Seed: 1})}, text, &onReady{})
				if want := strings.Replace(value, "0.00002", "2e-05", 1) + "\n"; out != want {
					t.Errorf("%s gives %q, %q was set", c.get, out, value)
				}
				s := m.Stats().Lock
				if s.Handoffs == 0 {
					t.Error("the lock has not changed hands")
				}
				return float64(s.Checks)
			}
			if few, many := checks(c.few), checks(c.many); many < c.atLeast*few {
				t.Errorf("%.0f checks at %s, %.0f at %s", few, c.few, many, c.many)
			}
		})
	}
}

// A main thread that is deaf in waits for locks, as those of CPython up to 3.1 were, is interrupted when the wait is over. Under the
// tick-counting lock each tick is a check until then.
func TestDeafWaits(t *testing.T) {
	source := `
import _thread, threading, time
done, pressed = [], []
def work():
    time.sleep(0.01) # until the main thread has begun to wait
    n = 20000
    while n > 0:
        n -= 1
        if n == 15000 and not pressed:
            pressed.append(n)
            _thread.interrupt_main()
    done.append(n)
ts = [threading.Thread(target=work) for i in range(2)]
def all():
    try:
        for t in ts: t.start()
        for t in ts: t.join()
        time.sleep(1)
        print("no interrupt")
    except KeyboardInterrupt:
        print("interrupted when", len(done), "had ended")
        for t in ts: t.join()
all()
`
	checks := func(c vm.Config, ended ...string) uint64 {
		c.Lock, c.Machine = "ticks", machine.NewSim(machine.SimConfig{Cores: 3, Seed: 2, MaxTime: time.Minute})
		m, out, _ := runText(t, c, source, &onReady{})
		if n, ok := strings.CutPrefix(out, "interrupted when "); !ok || !slices.Contains(ended, strings.TrimSuffix(n, " had ended\n")) {
			t.Errorf("printed %q, want that %s had ended", out, strings.Join(ended, " or "))
		}
		return m.Stats().Lock.Checks
	}
	hears, deaf := checks(vm.Config{}, "0"), checks(vm.Config{Deaf: true}, "1", "2") // the wait is for the first thread
	if deaf < 20*hears {
		t.Errorf("%d checks of a main thread that hears, %d of one that is deaf", hears, deaf)
	}
}

// TestLongestTimeout: what ends as late as possible does not end at once, however late it begins.
func TestLongestTimeout(t *testing.T) {
	file := written(t, `
import threading, time
time.sleep(100)
for turn in range(2):
    lock, event = threading.Lock(), threading.Event()
    lock.acquire()
    begin = time.monotonic()
    threading.Timer(5, lock.release).start()
    threading.Timer(10, event.set).start()
    print(lock.acquire(True, threading.TIMEOUT_MAX), event.wait(threading.TIMEOUT_MAX), 10 <= time.monotonic() - begin < 11)
t = threading.Thread(target=time.sleep, args=(threading.TIMEOUT_MAX,), daemon=True)
t.start()
t.join(10)
print(t.is_alive())
`)
	for _, mode := range []vm.Mode{vm.ModeGIL, vm.ModeSTM, vm.ModeRW, vm.ModeLocks} {
		c := vm.Config{Mode: mode, NoBypass: true, Machine: machine.NewSim(machine.SimConfig{Cores: 2})}
		if got, want := execute(t, c, file), "True True True\nTrue True True\nTrue\n"; got != want {
			t.Errorf("%v: printed %q, want %q", mode, got, want)
		}
	}
}

// TestCrowdRetries: to be woken for nothing, however often, is no failure of a slice. One that retries is never irrevocable, and what is
// rolled back behind its atomic block still begins with the block.
func TestCrowdRetries(t *testing.T) {
	crowd := written(t, `
import threading
from gilt import atomic, retry
turn = [0]
def work(k):
    for i in range(2):
        with atomic:
            if turn[0] % 60 != k: retry()
            turn[0] += 1
ts = [threading.Thread(target=work, args=(k,)) for k in range(60)]
for t in ts: t.start()
for t in ts: t.join()
print(turn)
`)
	pair := written(t, `
import threading
from gilt import atomic, retry
box, out = [None], []
def take():
    for i in range(4):
        with atomic:
            if box[0] is None: retry()
            out.append(box[0])
            box[0] = None
def give():
    for i in range(4):
        with atomic:
            if box[0] is not None: retry()
            box[0] = i
ts = [threading.Thread(target=f) for f in (take, give)]
for t in ts: t.start()
for t in ts: t.join()
print(out)
`)
	for seed := range uint64(4) {
		sim := machine.SimConfig{Cores: 2, Seed: seed, Policy: machine.Random, MaxSteps: manySteps}
		c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Phases: vm.PhaseOff, Seed: seed, Algorithm: defaultAlgorithms[seed]}
		c.Machine = machine.NewSim(sim)
		if got, want := execute(t, c, crowd), "[120]\n"; got != want {
			t.Errorf("%s, seed %d: printed %q, want %q", c.Algorithm, seed, got, want)
		}
		c.Machine, c.Slice, c.AbortEvery = machine.NewSim(sim), 50, 29
		if got, want := execute(t, c, pair), "[0, 1, 2, 3]\n"; got != want {
			t.Errorf("%s, seed %d, forced aborts: printed %q, want %q", c.Algorithm, seed, got, want)
		}
	}
}
