package vm

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"gilt/gil"
	"gilt/internal/machine"
)

// Litmus programs: a few bytecodes in two or more threads, whose outcomes (what they print) tell regimes apart. For each the
// set of outcomes that a GIL allows is computed by running every schedule: a lock of our own stands in for the interpreter's
// and decides, at every yield point of the program itself, who goes on. The sets are checked in (NAME.set), so that whoever
// changes one sees it. Then every other way to run the program must stay within the set, and where the set has several
// outcomes the runs must reach several, or they would show nothing.
//
// Yield points in embedded modules are no places of choice: that code touches nothing of the program, so a switch there has the
// outcomes of a switch at the program's yield point before or after it. The same holds for the return from step(), which does
// nothing, and for the entry of the function that a thread runs.

var (
	updateLitmus = flag.Bool("litmus.update", false, "write the sets of outcomes")
	litmusFull   = flag.Bool("litmus.full", false, "compare the whole sets of outcomes, however long it takes")
	litmusSeeds  = flag.Int("litmus.seeds", 0, "seeds per litmus program and algorithm (0: few)")
)

// turns is an interpreter lock that enumerates schedules: it follows path, and takes the first option where path ends.
type turns struct {
	gil.Lock // for what has nothing to do with turns
	vm       *VM
	file     string
	path     []turn
	depth    int
	holder   *gil.Member
	waiting  []*gil.Member
	granted  *gil.Member
	stepped  map[*gil.Member]bool // its last yield point was a step
}

type turn struct{ taken, options int }

// next makes path that of the next schedule; false: there is none.
func (l *turns) next() bool {
	for l.path = l.path[:min(l.depth, len(l.path))]; len(l.path) > 0; l.path = l.path[:len(l.path)-1] {
		if p := &l.path[len(l.path)-1]; p.taken+1 < p.options {
			p.taken++
			return true
		}
	}
	return false
}

func (l *turns) choose(options int) int {
	if options == 1 {
		return 0
	}
	if l.depth == len(l.path) {
		l.path = append(l.path, turn{0, options})
	}
	p := l.path[l.depth]
	l.depth++
	return p.taken
}

func (l *turns) thread(m *gil.Member) *Thread {
	for _, t := range l.vm.threads {
		if t.member == m {
			return t
		}
	}
	return nil
}

// settle lets all others run until they wait, so that whoever can want the lock does.
func (l *turns) settle(m *gil.Member) {
	for range 3 {
		m.Proc().Yield()
	}
}

// grant gives the lock to one of those who wait.
func (l *turns) grant(from *machine.Proc, i int) {
	w := l.waiting[i]
	l.waiting = append(l.waiting[:i:i], l.waiting[i+1:]...)
	l.holder, l.granted = w, w
	w.Proc().Unpark(from)
}

// enqueue keeps those who wait in the order of their numbers.
func (l *turns) enqueue(m *gil.Member) {
	l.waiting = append(l.waiting, m)
	sort.Slice(l.waiting, func(i, j int) bool { return l.waiting[i].ID() < l.waiting[j].ID() })
}

func (l *turns) await(m *gil.Member) {
	for l.granted != m {
		m.Proc().Park(machine.Wait{What: "its turn", Owner: -1})
	}
	l.granted = nil
}

// Acquire implements gil.Lock. It arranges that every yield point comes here.
func (l *turns) Acquire(m *gil.Member) {
	if l.holder == nil {
		l.holder = m
	} else {
		l.enqueue(m)
		l.await(m)
	}
	l.arm(m)
}

func (l *turns) arm(m *gil.Member) {
	if t := l.thread(m); t != nil {
		t.setBudget(0)
		t.Breaker.Or(gil.DropRequest)
	}
}

// ReacquireIO implements gil.Lock.
func (l *turns) ReacquireIO(m *gil.Member) { l.Acquire(m) }

// Release implements gil.Lock.
func (l *turns) Release(m *gil.Member) {
	l.settle(m)
	l.holder = nil
	if n := len(l.waiting); n > 0 {
		l.grant(m.Proc(), l.choose(n))
	}
}

// Yield implements gil.Lock.
func (l *turns) Yield(m *gil.Member) {
	defer l.arm(m)
	if !l.chance(m) {
		return
	}
	l.settle(m)
	if len(l.waiting) == 0 {
		return
	}
	if i := l.choose(len(l.waiting) + 1); i > 0 {
		l.grant(m.Proc(), i-1)
		l.enqueue(m)
		l.await(m)
	}
}

// chance says whether the yield point is a place of choice.
func (l *turns) chance(m *gil.Member) bool {
	f := l.thread(m).top
	if f.code == nil {
		return false
	}
	entry := f.pc() < 0
	stepped := l.stepped[m]
	l.stepped[m] = entry && f.code.Name == "step"
	switch {
	case l.stepped[m]:
		return true
	case f.code.File != l.file, stepped:
		return false
	}
	return !entry || f.prev.code == nil || f.prev.code.Name != "body"
}

// litmus is a program and what it may print.
type litmus struct {
	file, name string
	source     []byte
	regimes    string
	set        []string
}

// litmusPrograms reads the programs; without update their sets too.
func litmusPrograms(t *testing.T) []*litmus {
	files, err := filepath.Glob("testdata/litmus/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no litmus programs: ", err)
	}
	var out []*litmus
	for _, f := range files {
		l := &litmus{file: f, name: strings.TrimSuffix(filepath.Base(f), ".py"), regimes: "gil stm rw"}
		if l.name == "weave" {
			continue
		}
		if l.source, err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(l.source), "\n")
		if r, ok := strings.CutPrefix(line, "# regimes: "); ok {
			l.regimes = r
		}
		if !*updateLitmus {
			set, err := os.ReadFile(strings.TrimSuffix(f, ".py") + ".set")
			if err != nil {
				t.Fatal(err)
			}
			l.set = strings.Split(strings.TrimSuffix(string(set), "\n"), "\n")
		}
		out = append(out, l)
	}
	return out
}

// run runs the program; prepare may change the interpreter before.
func (l *litmus) run(c Config, prepare func(vm *VM)) (string, error) {
	var out bytes.Buffer
	c.Stdout, c.Stderr, c.Stdin = &out, &out, strings.NewReader("")
	c.Args, c.Path = []string{l.file}, []string{filepath.Dir(l.file)}
	m, err := New(c)
	if err != nil {
		return "", err
	}
	if prepare != nil {
		prepare(m)
	}
	status, err := m.RunSource(l.file, l.source)
	if err == nil && status != 0 {
		err = fmt.Errorf("exit status %d: %s", status, out.String())
	}
	return strings.TrimRight(strings.ReplaceAll(out.String(), "\n", "|"), "| "), err
}

// explore runs all schedules under the GIL.
func (l *litmus) explore(limit int) (set []string, runs int, err error) {
	seen := map[string]bool{}
	var path []turn
	for {
		m := machine.NewSim(machine.SimConfig{Policy: machine.Replay, Schedule: machine.Interleaving(machine.Step{N: 1}), MaxSteps: 1_000_000})
		var k *turns
		got, err := l.run(Config{Mode: ModeGIL, Lock: "fifo", Machine: m}, func(vm *VM) {
			k = &turns{Lock: vm.lock, vm: vm, file: l.file, path: path, stepped: map[*gil.Member]bool{}}
			vm.lock = k
		})
		if err != nil {
			return nil, runs, err
		}
		if !seen[got] {
			seen[got] = true
			set = append(set, got)
			sort.Strings(set)
		}
		more := k.next()
		if path = k.path; !more {
			return set, runs + 1, nil
		}
		if runs++; runs >= limit {
			return set, runs, errMany
		}
	}
}

// errMany ends an exploration that is too long: what it has found until then is compared all the same.
var errMany = errors.New("too many schedules")

// TestLitmusSets computes the sets of outcomes from scratch.
func TestLitmusSets(t *testing.T) {
	limit := 50
	switch {
	case *litmusFull || *updateLitmus:
		limit = 20_000
	case testing.Short():
		limit = 20
	}
	for _, l := range litmusPrograms(t) {
		t.Run(l.name, func(t *testing.T) {
			set, runs, err := l.explore(limit)
			if err != nil && (err != errMany || limit > 50) {
				t.Fatalf("after %d schedules: %v", runs, err)
			}
			t.Logf("%d schedules, %d outcomes: %s", runs, len(set), strings.Join(set, "; "))
			switch {
			case *updateLitmus:
				if err := os.WriteFile(strings.TrimSuffix(l.file, ".py")+".set", []byte(strings.Join(set, "\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			case err != nil:
				for _, o := range set {
					if !slices.Contains(l.set, o) {
						t.Errorf("the GIL allows %s, the file does not", o)
					}
				}
			case !slices.Equal(set, l.set):
				t.Errorf("the GIL allows\n%s\nthe file says\n%s", strings.Join(set, "\n"), strings.Join(l.set, "\n"))
			}
		})
	}
}

// litmusMachine is a machine under a policy of the portfolio.
func litmusMachine(seed uint64) *machine.Machine {
	p := machine.Portfolio(4, seed)
	c := p[seed%uint64(len(p))]
	c.MaxSteps = 3_000_000
	return machine.NewSim(c)
}

// TestLitmus runs the programs in every regime, under every algorithm, with slices of several lengths and many seeds.
func TestLitmus(t *testing.T) {
	seeds := 2
	if testing.Short() {
		seeds = 1
	}
	if *litmusSeeds > 0 {
		seeds = *litmusSeeds
	}
	lengths := []int{1, 5, 25, 0}
	for i, l := range litmusPrograms(t) {
		t.Run(l.name, func(t *testing.T) {
			reached := map[string]int{}
			try := func(what string, c Config, prepare func(*VM)) {
				got, err := l.run(c, prepare)
				if err != nil {
					t.Errorf("%s: %v", what, err)
				} else if !slices.Contains(l.set, got) {
					t.Errorf("%s: %s: no outcome of the GIL; those are %s", what, got, strings.Join(l.set, "; "))
				}
				reached[got]++
			}
			for _, a := range []string{"lazy", "tl2", "norec", "tml", "gencounter", "eager", "swiss", "fair"} {
				for n := range seeds {
					seed := uint64(i + 7*n)
					c := Config{Mode: ModeSTM, NoBypass: true, Algorithm: a, Slice: lengths[n%len(lengths)], Machine: litmusMachine(seed), Oracle: NewOracle(0)}
					if n%3 == 2 {
						c.AbortEvery = 11 + 6*n
					}
					what := fmt.Sprintf("stm %s, slices of %d, aborts %d, seed %d", a, c.Slice, c.AbortEvery, seed)
					try(what, c, nil)
					if err := c.Oracle.Check(); err != nil {
						t.Errorf("%s: %v", what, err)
					}
				}
			}
			for n := 0; n < 100 && len(l.set) > 1 && len(reached) < 2 && !testing.Short(); n++ {
				try(fmt.Sprint("stm, seed ", n), Config{Mode: ModeSTM, NoBypass: true, Slice: lengths[n%len(lengths)], Machine: litmusMachine(uint64(n))}, nil)
			}
			if len(l.set) > 1 && len(reached) < 2 && !testing.Short() {
				t.Errorf("transactions reach only %v of %d outcomes: this shows nothing", reached, len(l.set))
			}
			for n := range 2 * seeds {
				// The phases of a run change: transactions and the interpreter's lock take turns.
				seed := uint64(i + 11*n)
				c := Config{Mode: ModeSTM, Phases: PhaseFlip, Machine: litmusMachine(seed)}
				try(fmt.Sprint("stm with changing phases, seed ", seed), c, nil)
			}
			stm := len(reached)
			for _, mode := range []Mode{ModeRW, ModeLocks} {
				if !strings.Contains(l.regimes, mode.String()) {
					continue
				}
				for n := range 2 * seeds {
					seed := uint64(i + 5*n)
					c := Config{Mode: mode, NoBypass: true, Slice: lengths[n%len(lengths)], Machine: litmusMachine(seed)}
					try(fmt.Sprintf("%v, slices of %d, seed %d", mode, c.Slice, seed), c, nil)
				}
			}
			t.Logf("transactions reach %d of %d outcomes, all regimes %d", stm, len(l.set), len(reached))
		})
	}
}
