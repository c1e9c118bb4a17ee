package object_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gilt/vm"
)

// The programs of testdata print what expressions give and what errors they raise; beside each is what CPython 3.13 prints
// (testdata/regen.sh makes it).

func run(tb testing.TB, file string, mode vm.Mode) (out, errs string) {
	tb.Helper()
	var o, e bytes.Buffer
	m, err := vm.New(vm.Config{Mode: mode, NoBypass: true, Stdin: strings.NewReader(""), Stdout: &o, Stderr: &e, Args: []string{file}})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := m.RunFile(file); err != nil {
		tb.Fatal(err)
	}
	return o.String(), e.String()
}

func golden(tb testing.TB, file string) string {
	tb.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return string(want)
}

func compareLines(tb testing.TB, file, got, want string) {
	tb.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	bad := 0
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			tb.Errorf("%s: line %d\n got %s\nwant %s", file, i+1, a, b)
			if bad++; bad == 20 {
				tb.Fatal("and more")
			}
		}
	}
}

var modes = map[string]vm.Mode{"gil": vm.ModeGIL, "stm": vm.ModeSTM, "locks": vm.ModeLocks, "rw": vm.ModeRW}

// TestGolden: values, operations and error messages are CPython's, under every regime, with nothing private to the thread.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/golden/*.py")
	if len(files) == 0 {
		t.Fatal("no programs")
	}
	for _, f := range files {
		for name, mode := range modes {
			t.Run(filepath.Base(f)+"/"+name, func(t *testing.T) {
				out, errs := run(t, f, mode)
				if errs != "" {
					t.Fatal(errs)
				}
				compareLines(t, f, out, golden(t, strings.TrimSuffix(f, ".py")+".out"))
			})
		}
	}
}

// TestTracebacks: uncaught exceptions are printed as CPython prints them, carets and suggestions included.
func TestTracebacks(t *testing.T) {
	files, _ := filepath.Glob("testdata/tracebacks/*.py")
	if len(files) == 0 {
		t.Fatal("no programs")
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			_, errs := run(t, f, vm.ModeGIL)
			dir, err := filepath.Abs("testdata/tracebacks")
			if err != nil {
				t.Fatal(err)
			}
			errs = strings.ReplaceAll(strings.ReplaceAll(errs, dir+"/", ""), "testdata/tracebacks/", "")
			compareLines(t, f, errs, golden(t, strings.TrimSuffix(f, ".py")+".err"))
		})
	}
}
