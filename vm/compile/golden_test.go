package compile

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

var update = flag.Bool("update", false, "write the golden files")

// source compiles text; a failure ends the test.
func source(t testing.TB, name, text string, opts Options) *code.Code {
	t.Helper()
	c, err := try(name, text, opts)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := code.Check(c); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return c
}

func try(name, text string, opts Options) (*code.Code, error) {
	m, err := syntax.ParseAuto(name, []byte(text), syntax.Options{})
	if err != nil {
		return nil, err
	}
	return Module(object.NewInterp(nil), m, name, opts)
}

func listing(t testing.TB, c *code.Code) string {
	t.Helper()
	var b strings.Builder
	if err := code.Disassemble(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The listings of the programs in testdata are checked in: a change of the generated code shows as a change of a file.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(file)
		got := listing(t, source(t, base, string(text), Options{}))
		golden := strings.TrimSuffix(file, ".py") + ".dis"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the listing differs from %s:\n%s", file, golden, diff(string(want), got))
		}
	}
}

// diff shows the first lines in which two texts differ.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) || w[i] != g[i] {
			end := min(i+5, len(w), len(g))
			return "want:\n" + strings.Join(w[i:max(end, i+1)], "\n") + "\ngot:\n" + strings.Join(g[min(i, len(g)-1):end], "\n")
		}
	}
	return "more lines than wanted"
}
