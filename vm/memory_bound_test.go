package vm_test

import (
	"bytes"
	"runtime/debug"
	"strings"
	"testing"

	"gilt/vm"
)

// growths are programs that grow for ever in different ways: by one large array, by tables, by small objects, inside of
// native code, by doubling. grow() never returns.
var growths = []struct{ name, source string }{
	{"list", "def grow():\n    l = []\n    while True: l.append(len(l))\n"},
	{"comprehension", "import itertools\ndef grow():\n    [x for x in itertools.count()]\n"},
	{"dict", "def grow():\n    d = {}\n    while True: d[len(d)] = 0\n"},
	{"set", "def grow():\n    s = set()\n    while True: s.add(len(s))\n"},
	{"deque", "import collections, itertools\ndef grow():\n    collections.deque(itertools.count())\n"},
	{"objects", "class N: pass\ndef grow():\n    head = None\n    while True:\n        n = N(); n.next = head; head = n\n"},
	{"strings", "def grow():\n    l = []\n    while True: l.append('x' * 10000 + str(len(l)))\n"},
	{"native", "import itertools\ndef grow():\n    list(itertools.count())\n"},
	{"middling blocks", "import itertools\ndef grow():\n    list(itertools.accumulate(itertools.repeat([1] * 500)))\n"},
	{"doubling list", "def grow():\n    l = [1]\n    while True: l = l + l\n"},
	{"doubling tuple", "def grow():\n    l = (1,)\n    while True: l += l\n"},
	{"doubling str", "def grow():\n    l = 'x'\n    while True: l += l\n"},
	{"doubling bytes", "def grow():\n    l = bytearray(b'x')\n    while True: l += l\n"},
	{"join", "import itertools\ndef grow():\n    ''.join(itertools.repeat('abc'))\n"},
	{"shift", "def grow():\n    n = 1\n    while True: n <<= n.bit_length() * 2\n"},
}

// bombed runs grow twice, then something that must still work.
const bombed = `
for _ in range(2):
    try:
        grow()
    except MemoryError as e:
        print('MemoryError', e)
print(sum([i for i in range(1000)]))
`

const bombedThreads = `
import threading
done = []
def work():
    try:
        grow()
    except MemoryError as e:
        done.append('MemoryError')
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(done)
`

// TestGrowthEnds holds programs that grow for ever to the bound: a MemoryError, more than once, and the program goes on.
func TestGrowthEnds(t *testing.T) {
	const room = 64 << 20
	limit := int64(liveHeap()) + room
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(limit + 16<<20))
	run := func(t *testing.T, c vm.Config, source, want string) {
		file := written(t, source)
		var out, errs bytes.Buffer
		c.Memory, c.Stdout, c.Stderr, c.Stdin, c.Args = limit, &out, &errs, strings.NewReader(""), []string{file}
		m, err := vm.New(c)
		if err != nil {
			t.Fatal(err)
		}
		status, err := m.RunSource(file, []byte(source))
		if err != nil || status != 0 || out.String() != want {
			t.Errorf("status %d, %v\n%s\n%s", status, err, out.String(), errs.String())
		}
	}
	for i, g := range growths {
		if testing.Short() && i%3 != 0 {
			continue
		}
		t.Run(g.name, func(t *testing.T) {
			run(t, vm.Config{}, g.source+bombed, "MemoryError \nMemoryError \n499500\n")
		})
		if i%4 == 0 {
			t.Run(g.name+" stm", func(t *testing.T) {
				run(t, vm.Config{Mode: vm.ModeSTM}, g.source+bombedThreads, "['MemoryError', 'MemoryError']\n")
			})
		}
	}
}
