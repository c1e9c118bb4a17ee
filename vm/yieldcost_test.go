package vm_test

// What the check at yield points costs. The interpreter is built twice, with its loop as it is and, by an overlay, with a loop that never
// looks at the budget of instructions; tight loops of one thread run under both in turns. Code that lies elsewhere in its cache lines
// may be faster or slower by several percent, so each of the two is built several times, with a case that is
// never executed eight bytes longer each time, and the medians over these layouts, and the fastest of them, are compared. A turn takes a tenth of a
// millisecond and the fastest of many counts: a host's other guests take half of a core's width away for long stretches, but not
// for all of them.

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The two shapes of the check in loop.go, and what they become.
var yieldChecks = []struct {
	check   *regexp.Regexp
	without string
	sites   int // at least so many
}{
	{regexp.MustCompile(`if t\.budget \+= off; t\.budget >= 0 \{`), "if true {", 29},
	{regexp.MustCompile(`if t\.budget -= callWeight; t\.budget >= 0 \{`), "if true {", 4},
}

// tightLoops are three loops that do next to nothing, and one that calls; each prints its name, and its nanoseconds per iteration.
const tightLoops = `
import sys, time
def down(n):
    while n > 0:
        n -= 1
def over(n):
    for i in range(n):
        pass
def total(n):
    s = 0
    for i in range(n):
        s += i
def one(i):
    return i
def calls(n):
    for i in range(n):
        one(i)
n = int(sys.argv[1])
for f in (down, over, total, calls):
    best = None
    for turn in range(100):
        start = time.perf_counter_ns()
        f(n)
        took = time.perf_counter_ns() - start
        if best is None or took < best: best = took
    print(f.__name__, best / n)
`

// yieldLayouts is how many layouts of each interpreter are built.
const yieldLayouts = 6 // 8 bytes apart, and the compiler pads jumps to 32

// BenchmarkYieldCheck reports, in percent of the loop without them, what the checks cost. An operation is a turn of all interpreters:
// go test ./vm -run '^$' -bench YieldCheck -benchtime 10x
func BenchmarkYieldCheck(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "tight.py")
	if err := os.WriteFile(program, []byte(tightLoops), 0o600); err != nil {
		b.Fatal(err)
	}
	const with, without = 0, 1
	var exes [2][yieldLayouts]string
	for layout := range yieldLayouts {
		exes[with][layout] = buildLoop(b, dir, fmt.Sprintf("with-%d", layout), layout, false)
		exes[without][layout] = buildLoop(b, dir, fmt.Sprintf("without-%d", layout), layout, true)
	}
	times := map[string]*[2][yieldLayouts]float64{}
	var loops []string
	b.ResetTimer()
	for range b.N {
		for layout := range yieldLayouts {
			for side := range exes {
				out, err := exec.Command(exes[side][layout], "run", program, "40000").Output()
				if err != nil {
					b.Fatal(err)
				}
				for line := range strings.Lines(string(out)) {
					name, figure, _ := strings.Cut(strings.TrimSpace(line), " ")
					ns, err := strconv.ParseFloat(figure, 64)
					if err != nil {
						b.Fatalf("%q: %v", line, err)
					}
					t := times[name]
					if t == nil {
						t = new([2][yieldLayouts]float64)
						times[name], loops = t, append(loops, name)
					}
					if t[side][layout] == 0 || ns < t[side][layout] {
						t[side][layout] = ns
					}
				}
			}
		}
	}
	b.StopTimer()
	b.ReportMetric(0, "ns/op")
	medians, best := 1.0, 1.0
	for _, name := range loops {
		t := times[name]
		b.Logf("%s: ns/iteration with the check %.2f, without %.2f", name, t[with], t[without])
		ratio, fastest := middle(t[with][:])/middle(t[without][:]), slices.Min(t[with][:])/slices.Min(t[without][:])
		medians, best = medians*ratio, best*fastest
		b.ReportMetric(100*(ratio-1), name+"-%")
		b.ReportMetric(100*(fastest-1), name+"-fastest-%")
	}
	root := 1 / float64(len(loops))
	b.ReportMetric(100*(math.Pow(medians, root)-1), "mean-%")
	b.ReportMetric(100*(math.Pow(best, root)-1), "mean-fastest-%")
}

// middle is the median of an even number of values.
func middle(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// buildLoop builds the command with a changed loop.go.
func buildLoop(b *testing.B, dir, name string, layout int, bare bool) string {
	path, err := filepath.Abs("loop.go")
	if err != nil {
		b.Fatal(err)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	text := string(src)
	const nop = "case code.NOP, code.EXT:\n"
	if strings.Count(text, nop) != 1 {
		b.Fatal("loop.go: the case to lengthen is not there")
	}
	var longer strings.Builder // stores that are too far apart for the compiler to join them
	for i := range layout {
		fmt.Fprintf(&longer, "\t\t\t*(*int32)(unsafe.Add(r, %d)) = %d\n", 12*i, i+7)
	}
	text = strings.Replace(text, nop, nop+longer.String(), 1)
	if bare {
		for _, c := range yieldChecks {
			if n := len(c.check.FindAllString(text, -1)); n < c.sites {
				b.Fatalf("loop.go: %d checks of the form %v, there should be %d", n, c.check, c.sites)
			}
			text = c.check.ReplaceAllString(text, c.without)
		}
	}
	changed, overlay, exe := filepath.Join(dir, name+".go"), filepath.Join(dir, name+".json"), filepath.Join(dir, name)
	table, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(overlay, table, 0o600); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", exe, "gilt").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return exe
}
