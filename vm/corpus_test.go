package vm_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// The corpus: every program under testdata that has a golden output of CPython 3.13 beside it (NAME.out for NAME.py) runs in
// every regime, and must print exactly that. Programs of the folder py2 are in the 2.7 dialect, with goldens of CPython 2.7. The first line of a program may restrict it: "# regimes: gil stm".

// regime is a way to run the corpus.
type regime struct {
	name string
	make func() vm.Config
}

var regimes = []regime{
	{"gil", func() vm.Config { return vm.Config{Mode: vm.ModeGIL} }},
	{"stm", func() vm.Config { return vm.Config{Mode: vm.ModeSTM} }},
	{"stm-off", func() vm.Config {
		return vm.Config{Mode: vm.ModeSTM, Off: []string{"bypass", "private", "epoch", "elision", "adaptive"}}
	}},
	{"stm-phases", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, Phases: vm.PhaseFlip} }},
	{"stm-nobypass", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true} }},
	{"stm-short", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Slice: 25} }},
	{"stm-aborts", func() vm.Config { return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Slice: 300, AbortEvery: 97} }},
	{"stm-sim", func() vm.Config {
		return vm.Config{Mode: vm.ModeSTM, NoBypass: true, Machine: machine.NewSim(machine.SimConfig{Cores: 4, Seed: 7})}
	}},
	{"rw", func() vm.Config { return vm.Config{Mode: vm.ModeRW, NoBypass: true} }},
	{"locks", func() vm.Config { return vm.Config{Mode: vm.ModeLocks, NoBypass: true} }},
}

// programs lists the corpus below dir.
func programs(t testing.TB, dir string) []string {
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".py") {
			if _, e := os.Stat(strings.TrimSuffix(p, ".py") + ".out"); e == nil {
				out = append(out, p)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// execute runs a program and returns what it printed, with the exit status appended when it is not 0.
func execute(t testing.TB, c vm.Config, file string, args ...string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	c.Stdin = strings.NewReader("")
	c.Args = append([]string{file}, args...)
	c.Path = []string{filepath.Dir(file)}
	if filepath.Base(filepath.Dir(file)) == "py2" {
		c.Dialect = 2
	}
	m, err := vm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var status int
	go func() {
		defer close(done)
		status, err = m.RunSource(file, data)
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Minute):
		t.Fatalf("%s: no end after two minutes; so far:\n%s%s", file, out.String(), errs.String())
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if status != 0 {
		fmt.Fprintf(&out, "exit status %d\n", status)
		lines := strings.Split(strings.TrimRight(errs.String(), "\n"), "\n")
		fmt.Fprintln(&out, lines[len(lines)-1])
	}
	return out.String()
}

// written is the name of a file with a program, which lives as long as the test.
func written(t testing.TB, source string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.py")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCorpus(t *testing.T) {
	files := programs(t, "testdata")
	for _, r := range regimes {
		if underRace && testing.Short() && r.make().Machine != nil {
			continue // simulated threads run one at a time
		}
		t.Run(r.name, func(t *testing.T) {
			for _, f := range files {
				name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(f), "testdata/"), ".py")
				if underRace && testing.Short() && (!startsThreads(t, f) || strings.HasPrefix(name, "weather/")) {
					continue // nothing can race, or it takes long for the sake of depth and memory
				}
				t.Run(name, func(t *testing.T) {
					if only := restriction(t, f); only != "" && !strings.Contains(" "+only+" ", " "+strings.SplitN(r.name, "-", 2)[0]+" ") {
						t.Skipf("the program is for %s only", only)
					}
					want, err := os.ReadFile(strings.TrimSuffix(f, ".py") + ".out")
					if err != nil {
						t.Fatal(err)
					}
					if got := execute(t, r.make(), f); got != string(want) {
						t.Errorf("output differs:\n%s", firstDifference(got, string(want)))
					}
				})
			}
		})
	}
}

// threadModules finds the imports of whoever starts threads.
var threadModules = regexp.MustCompile(`(?m)^[ \t]*(import|from)[ \t].*\b(threading|_thread|thread|concurrent|socketserver|transaction|pypystm)\b`)

// startsThreads says whether a program of the corpus may start threads. In the others nothing can race, and a short run under
// the race detector, which makes everything ten times slower, leaves them out; the ordinary tests have them.
func startsThreads(t testing.TB, file string) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return threadModules.Match(data)
}

// restriction is the list of regimes in a program's first line.
func restriction(t testing.TB, file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if s, ok := strings.CutPrefix(line, "# regimes: "); ok {
		return s
	}
	return ""
}

// firstDifference shows the first line in which two outputs differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < len(g) || i < len(w); i++ {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			rest := strings.Join(g[min(i+1, len(g)):min(i+6, len(g))], "\n")
			return fmt.Sprintf("line %d\n got: %q\nwant: %q\nthen comes\n%s", i+1, a, b, rest)
		}
	}
	return "(no line differs)"
}
