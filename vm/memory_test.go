package vm_test

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"gilt/vm"
)

// TestContainersAreSmall holds containers of a million ints to their bounds: a word pair per element and little else. The
// program prints a line while it holds the container; what is live on the heap at that moment is measured.
func TestContainersAreSmall(t *testing.T) {
	for _, c := range []struct {
		name, source string
		megabytes    uint64
	}{
		{"list", "x = list(range(1000000))\nprint(len(x))\n", 24},
		{"appended list", "x = []\nfor i in range(1000000):\n    x.append(i)\nprint(len(x))\n", 24},
		{"dict", "x = {i: i for i in range(1000000)}\nprint(len(x))\n", 120},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := written(t, c.source)
			w := &heapAt{}
			before := liveHeap()
			m, err := vm.New(vm.Config{Stdout: w, Stderr: w, Stdin: strings.NewReader(""), Args: []string{file}})
			if err != nil {
				t.Fatal(err)
			}
			if status, err := m.RunSource(file, []byte(c.source)); err != nil || status != 0 {
				t.Fatal(status, err)
			}
			if w.live == 0 || !strings.HasPrefix(w.text.String(), strconv.Itoa(1000000)) {
				t.Fatalf("printed %q", w.text.String())
			}
			used := (w.live - min(before, w.live)) >> 20
			t.Logf("%d MB", used)
			if used > c.megabytes {
				t.Errorf("%d MB, want at most %d", used, c.megabytes)
			}
		})
	}
}

// heapAt measures the live heap when it is first written to.
type heapAt struct {
	live uint64
	text strings.Builder
}

func (w *heapAt) Write(b []byte) (int, error) {
	if w.live == 0 {
		w.live = liveHeap()
	}
	return w.text.Write(b)
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
