package experiments

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// Workloads are Python programs: setup, run, verify. Knobs are arguments (threads=4 size=1000); only run is timed, by the
// program's own clock, and verify always runs. On success a program ends with a line "seconds S" and perhaps more lines of a
// name and a number; when its verification fails it ends with an exception.

//go:embed workloads/*.py
var workloadFiles embed.FS

// Workload is a program for lists.
type Workload struct {
	Name, Doc string
}

// Workloads lists the embedded programs.
func Workloads() []Workload {
	var out []Workload
	files, err := fs.ReadDir(workloadFiles, "workloads")
	if err != nil {
		panic(err) // they are part of the program
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".py")
		if name == "harness" {
			continue
		}
		text, err := workloadFiles.ReadFile(path.Join("workloads", f.Name()))
		if err != nil {
			panic(err)
		}
		doc := strings.TrimPrefix(string(text), `"""`)
		doc, _, _ = strings.Cut(doc, "\n")
		out = append(out, Workload{name, strings.TrimSuffix(strings.TrimSuffix(doc, `"""`), ".")})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// extract writes the programs into a directory.
func extract(dir string) error {
	files, err := fs.ReadDir(workloadFiles, "workloads")
	if err != nil {
		return err
	}
	for _, f := range files {
		text, err := workloadFiles.ReadFile(path.Join("workloads", f.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name()), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Result is what a program's run gave.
type Result struct {
	Seconds  float64            // of its run part
	Whole    float64            // of all of it, from the interpreter's start to its end
	Figures  map[string]float64 // further lines that it printed
	Lines    int                // that it printed
	Switches int64              // waits of its threads in the kernel, where that is known
	Stats    *vm.RunStats       // nil under another interpreter
	Trace    []byte             // the timeline, if one was asked for
}

// errDeadlock is what run says of a program whose threads all wait for each other.
var errDeadlock = errors.New("deadlock")

// limit ends runs that hang.
const limit = 60 * time.Second

// simLimit does so in virtual time.
const simLimit = 300 * time.Second

// simulated gives a machine of simulated cores. Accesses take a little random time: without it threads fall into lock step
// as no real ones do.
func (e *Env) simulated(cores int) *machine.Machine {
	return machine.NewSim(machine.SimConfig{Cores: cores, Seed: e.Seed, Costs: e.Costs, Jitter: 2 * time.Nanosecond, MaxTime: simLimit})
}

// run runs a workload in the VM.
func (e *Env) run(c vm.Config, name string, knobs ...string) (Result, error) {
	if c.Machine == nil {
		c.Machine = machine.NewReal(machine.RealConfig{Seed: e.Seed})
	}
	file := filepath.Join(e.Dir, name+".py")
	text, err := vm.ReadProgram(file)
	if err != nil {
		return Result{}, err
	}
	var out, errs bytes.Buffer
	c.Seed, c.Stdin, c.Stderr = e.Seed, strings.NewReader(""), &errs
	if c.Stdout == nil {
		c.Stdout = &out
	} else { // somebody listens
		c.Stdout = io.MultiWriter(&out, c.Stdout)
	}
	c.Args, c.Path = append([]string{name + ".py"}, knobs...), []string{e.Dir}
	m, err := vm.New(c)
	if err != nil {
		return Result{}, err
	}
	t := time.AfterFunc(limit, func() { c.Machine.Stop(fmt.Errorf("no end after %v", limit)) })
	defer t.Stop()
	before := switches()
	status, err := m.RunSource(name+".py", text)
	after := switches()
	if err != nil {
		return Result{}, fmt.Errorf("%s %s: %w", name, strings.Join(knobs, " "), err)
	}
	if status != 0 && strings.Contains(errs.String(), "gilt: deadlock") {
		return Result{}, errDeadlock
	}
	if status != 0 {
		return Result{}, fmt.Errorf("%s %s: exit status %d\n%s", name, strings.Join(knobs, " "), status, errs.String())
	}
	r, err := figures(out.String())
	if c.Trace {
		var b bytes.Buffer
		if err := m.WriteTrace(&b); err != nil {
			return Result{}, err
		}
		r.Trace = b.Bytes()
	}
	r.Stats, r.Switches = m.Stats(), after-before
	r.Whole = float64(r.Stats.Time) / 1e9
	if err != nil && err != ErrSkip {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return r, err
}

// figures reads what a workload has printed.
func figures(out string) (Result, error) {
	r := Result{Figures: map[string]float64{}, Seconds: -1}
	r.Lines = strings.Count(out, "\n")
	for _, l := range strings.Split(out, "\n") {
		name, v, ok := strings.Cut(l, " ")
		if !ok {
			continue
		}
		x, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		if err != nil {
			continue
		}
		if name == "seconds" {
			r.Seconds = x
		}
		r.Figures[name] = x
	}
	if r.Figures[skipped] > 0 { // it needs something that this interpreter does not have
		return r, ErrSkip
	}
	if r.Seconds < 0 {
		return r, fmt.Errorf("it has not said how long it took; its output was %.200q", out)
	}
	return r, nil
}

// knob writes a knob as an argument.
func knob(name string, v any) string { return fmt.Sprintf("%s=%v", name, v) }

// abortShare is the part of attempts that aborted.
func (r *Result) abortShare() float64 {
	if r.Stats == nil || r.Stats.STM == nil {
		return 0
	}
	a := float64(r.Stats.STM.TotalAborts())
	return ratio(a, a+float64(r.Stats.STM.Commits))
}

// wastedShare is the part of the executed bytecodes that was thrown away.
func (r *Result) wastedShare() float64 {
	if r.Stats == nil {
		return 0
	}
	return ratio(float64(r.Stats.Wasted), float64(r.Stats.Bytecodes))
}

// measures are what most experiments want to know of a run.
func (r *Result) measures() []Measure {
	return []Measure{{"sec", r.Seconds}, {"whole-sec", r.Whole}, {"abort-share", r.abortShare()}, {"wasted-share", r.wastedShare()}}
}

// regimes are configurations of the VM by the names that experiments have for them. "gil" is today's lock.
func regimes() map[string]vm.Config {
	out := map[string]vm.Config{"gil": {}, "stm": {Mode: vm.ModeSTM}, "locks": {Mode: vm.ModeLocks}, "rw": {Mode: vm.ModeRW}}
	for _, l := range lockNames() {
		out["gil-"+l] = vm.Config{Lock: l}
	}
	return out
}

// modes of the VM by name.
var modes = map[string]vm.Mode{"gil": vm.ModeGIL, "stm": vm.ModeSTM, "locks": vm.ModeLocks, "rw": vm.ModeRW}
