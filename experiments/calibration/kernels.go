package calibration

import (
	"fmt"
	"strings"
)

// kernel is a loop whose body consists mainly of one kind of instruction. What it reads and writes of shared state it
// finds in the module's variables, where other threads could.
type kernel struct {
	name         string
	global       string // before the function
	setup, body  string // in the function; ; separates statements that need no lines of their own
	share        string // a global that another thread gets to see
	transactions bool
	slice        int
}

// kernels are the loops. The slice lengths of the last ones tell the price of a slice from that of its accesses.
var kernels = []kernel{
	{name: "empty loop", body: "pass"},
	{name: "moves", setup: "a = b = c = 1", body: "a = b; b = c; c = a; a = b; b = c; c = a"},
	{name: "jumps", setup: "a = True", body: "if a: pass\nif not a: pass\nif a is None: pass\nif a: pass"},
	{name: "ints", setup: "x = 0", body: "x = x + i; x = x & 4095; x = x * 3; x = x - i"},
	{name: "floats", setup: "x = 0.5", body: "x = x * 0.5; x = x + 1.5; x = x - 0.25; x = x / 1.5"},
	{name: "comparisons", setup: "x = 500\ny = 0", body: "if i < x: y = 1\nif i != x: y = 2\nif x > i: y = 3\nif x == y: y = 4"},
	{name: "globals", global: "G = 1\nH = 2", body: "G; H; len; G; H"},
	{name: "closure", setup: "x = 1\ndef f(): return x", body: "x; x; x"},
	{name: "attributes read", global: "class P: pass", setup: "p = P(); p.x = 1; p.y = 2", body: "p.x; p.y; p.x; p.y"},
	{name: "attributes written", global: "class P: pass", setup: "p = P(); p.x = 1; p.y = 2", body: "p.x = i; p.y = i; p.x = 1"},
	{name: "list items", setup: "l = [0] * 64", body: "l[i & 63] = i; l[3]; l[i & 63]"},
	{name: "dict items", setup: "d = {k: k for k in range(64)}", body: "d[i & 63] = i; d[3]; d[i & 63]"},
	{name: "membership", setup: "d = set(range(64))", body: "i in d; 3 in d"},
	{name: "iteration", setup: "l = [1] * 16", body: "for x in l: pass"},
	{name: "iteration over a dict", setup: "d = {k: k for k in range(16)}", body: "for x in d: pass"},
	{name: "unpacking", setup: "t = (1, 2, 3)", body: "a, b, c = t"},
	{name: "builtins", setup: "l = [1] * 8\nf = len\ng = abs", body: "f(l); g(i); f(l); isinstance(i, int)"},
	{name: "methods of builtins", setup: "l = [1]\ns = 'abc'", body: "l.append(i); l.pop(); s.startswith('a')"},
	{name: "functions", global: "def f(x): return x", body: "f(i); f(1)"},
	{name: "methods", global: "class P:\n    def m(self, x): return x", setup: "p = P()", body: "p.m(i); p.m(1)"},
	{name: "recursion", global: "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)", body: "fib(6)"},
	{name: "instances", global: "class P:\n    def __init__(self, x):\n        self.x = x", body: "P(i)"},
	{name: "displays", body: "[i, 1]; (i, 1); [i]; (i, 2, 3)"},
	{name: "new lists", setup: "l = [1, 2]", body: "l[:]; list(l); [x for x in l]"},
	{name: "dict displays", body: "{1: i}"},
	{name: "strings", setup: "s = 'ab'", body: "s + 'x'; 'y' + s; f'{i} {s}'"},
	{name: "comprehensions", body: "[x for x in range(8)]"},
	{name: "generators", global: "def g():\n    for x in range(16): yield x", body: "for x in g(): pass"},
	{name: "locks", global: "import threading", setup: "m = threading.Lock()", body: "with m: pass"},
	{name: "exceptions", body: "try:\n    raise ValueError\nexcept ValueError:\n    pass"},

	{name: "slices of 200", setup: "x = 0", body: "x = i", transactions: true, slice: 200},
	{name: "slices of 1000", setup: "x = 0", body: "x = i", transactions: true, slice: 1000},
	{name: "slices of 200, calling", global: "def f(x): return x", setup: "x = 0", body: "f(i)", transactions: true, slice: 200},
	{name: "private list", setup: "l = [0] * 16", body: "l[3] = i; l[3]", transactions: true, slice: 200},
	{name: "private object", global: "class P: pass", setup: "p = P(); p.x = 1", body: "p.x = i; p.x", transactions: true, slice: 200},
	{name: "shared list read", global: "L = [1] * 256", setup: "l = L", body: "l[i & 255]; l[3]", share: "L", transactions: true},
	{name: "shared list read, short slices", global: "L = [1] * 256", setup: "l = L", body: "l[i & 255]; l[3]", share: "L", transactions: true, slice: 200},
	{name: "shared list written", global: "L = [1] * 256", setup: "l = L", body: "l[i & 255] = i", share: "L", transactions: true},
	{name: "shared list changed", global: "L = [1] * 256", setup: "l = L", body: "l[i & 255] += 1", share: "L", transactions: true, slice: 500},
	{name: "shared dict read", global: "D = {k: k for k in range(256)}", setup: "d = D", body: "d[i & 255]; d[3]", share: "D", transactions: true},
	{name: "shared dict changed", global: "D = {k: k for k in range(256)}", setup: "d = D", body: "d[i & 255] += 1", share: "D", transactions: true},
	{name: "shared object read", global: "class P: pass\nO = [P() for _ in range(16)]\nfor o in O: o.x = 1", setup: "p = O[3]", body: "p.x; p.x", share: "O", transactions: true},
	{name: "ring of 4", global: ring(4), setup: "p = O[0]", body: hops, share: "O", transactions: true},
	{name: "ring of 4, short slices", global: ring(4), setup: "p = O[0]", body: hops, share: "O", transactions: true, slice: 200},
	{name: "ring of 256, short slices", global: ring(256), setup: "p = O[0]", body: hops, share: "O", transactions: true, slice: 200},
	{name: "ring of 256", global: ring(256), setup: "p = O[0]", body: hops, share: "O", transactions: true, slice: 500},
	{name: "ring of 4, written", global: ring(4), setup: "p = O[0]", body: writes, share: "O", transactions: true, slice: 500},
	{name: "ring of 256, written", global: ring(256), setup: "p = O[0]", body: writes, share: "O", transactions: true, slice: 500},
	{name: "shared objects read", global: "class P: pass\nO = [P() for _ in range(256)]\nfor o in O: o.x = 1", setup: "l = O", body: "l[i & 255].x", share: "O", transactions: true, slice: 500},
	{name: "shared object changed", global: "class P: pass\nO = [P() for _ in range(16)]\nfor o in O: o.x = 1", setup: "p = O[3]", body: "p.x += 1", share: "O", transactions: true},
	{name: "shared objects called", global: "class P:\n    def m(self): return self.x\nO = [P() for _ in range(16)]\nfor o in O: o.x = 1", setup: "l = O", body: "l[i & 15].m()", share: "O", transactions: true},
}

// Rings of shared objects, each of which refers to the next one. The instructions that go round are the same whatever the size: in a small
// ring nearly every read is of an object that the slice has read before, in one that is longer than the slice none is. That tells the
// prices of first and repeated accesses apart.
const (
	hops   = "p = p.next; p = p.next; p = p.next; p = p.next"
	writes = "p.x = i; p = p.next; p.x = i; p = p.next"
)

func ring(n int) string {
	return fmt.Sprintf("class P: pass\nO = [P() for _ in range(%d)]\nfor k, o in enumerate(O): o.x, o.next = 1, O[(k + 1) %% %d]", n, n)
}

// program makes the kernel a program.
func (k *kernel) program() Program {
	indent := func(text string, depth int) string {
		var b strings.Builder
		for _, l := range strings.Split(text, "\n") {
			b.WriteString(strings.Repeat("    ", depth) + l + "\n")
		}
		return b.String()
	}
	global := k.global
	if k.share != "" {
		global += "\nimport threading\nt = threading.Thread(target=id, args=(" + k.share + ",))\nt.start()\nt.join()\n"
	}
	source := fmt.Sprintf("import sys, time\n%s\ndef run(n):\n%s    start = time.perf_counter()\n    for i in range(n):\n%s    return time.perf_counter() - start\n\nrun(8)\nprint(run(int(sys.argv[1])))\n",
		global, indent(k.setup+"\npass", 1), indent(k.body, 2))
	return Program{Name: k.name, Source: []byte(source), Args: []string{"%d"}, Shared: k.transactions, Slice: k.slice}
}
