package compile

import (
	"fmt"
	"strings"
	"testing"

	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// function is the code of the only function that text defines.
func function(t testing.TB, text string, opts Options) *code.Code {
	t.Helper()
	c := source(t, "test.py", text, opts)
	if len(c.Children) != 1 {
		t.Fatalf("%d functions in %q", len(c.Children), text)
	}
	return c.Children[0]
}

func ops(c *code.Code) []code.Op {
	var out []code.Op
	for _, in := range c.Instrs {
		if in.Op != code.EXT {
			out = append(out, in.Op)
		}
	}
	return out
}

func spell(ops []code.Op) string {
	names := make([]string, len(ops))
	for i, op := range ops {
		names[i] = op.String()
	}
	return strings.Join(names, " ")
}

// The instructions of small functions: what must be fused, used in place, folded or left out.
func TestInstructions(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"while costs one compare-jump per iteration", "while n > 0: n -= 1", "JNGTI ISUBI JGTI RETNONE"},
		{"for costs one instruction per iteration", "for x in n: pass", "GETITER FORLOOP RETNONE"},
		{"locals in place", "return a + n", "ADD RET"},
		{"constants", "return a + 1 - 2.5", "ADDI SUBK RET"},
		{"constant on the left", "return 2 - a", "KSUB RET"},
		{"folding", "return 2 * 3 + 4 ** 2", "LOADI RET"},
		{"folded float", "return 1 / 4", "LOADK RET"},
		{"no folding of what raises", "return 1 / 0", "LOADI DIVK RET"},
		{"zero is no immediate for //", "return a // 0", "LOADI FLOORDIV RET"},
		{"negative shift", "return a << -1", "LOADI SHL RET"},
		{"large immediates are constants", "return a + 100000", "ADDK RET"},
		{"unpacking a display", "a, n = n, a", "MOVE MOVE MOVE RETNONE"},
		{"unpacking a display with an expression", "a, n = n, a + n", "ADD MOVE MOVE RETNONE"},
		{"constants into locals", "a, n = 1, 2", "LOADI LOADI RETNONE"},
		{"unpacking into neighbours", "n, a = f", "LOADG UNPACK RETNONE"},
		{"conditions by jumps", "if a and not n or a < 3: return", "JF JF JNLTI RETNONE RETNONE"},
		{"is None", "if a is None: return n", "JNOTNONE RET RETNONE"},
		{"is not None", "if not a is None: return n", "JNONE RET RETNONE"},
		{"if False", "if False: a()", "RETNONE"},
		{"while False", "while 0:\n  for x in a: break\n  break", "RETNONE"},
		{"while True", "while True: a = 1", "LOADI LOOP"},
		{"break is a return", "while True:\n  if a: break", "JF RETNONE"},
		{"in a list of constants", "return a in [1, 2]", "LOADK IN RET"},
		{"method call", "return a.m(n)", "MOVE CALLM RET"},
		{"chain", "return a < n < 3", "LT JF LOADI LT RET"},
		{"conditional return", "return a if n else f", "JF RET LOADG RET"},
		{"constant slice", "return a[1:2]", "LOADK GETITEM RET"},
		{"constant index", "return a[-1]", "GETITEMI RET"},
		{"parameters need no CHECK", "return (a, n)", "MOVE MOVE BUILDTUPLE RET"},
		{"one CHECK", "if a: x = 1\n return x + x", "UNSET JF LOADI CHECK ADD RET"},
		{"no CHECK when all paths assign", "if a: x = 1\n else: x = 2\n return x", "JF LOADI JMP LOADI RET"},
		{"no CHECK in the loop's body", "for x in a: n = x", "GETITER JMP MOVE FORLOOP RETNONE"},
		{"CHECK behind the loop", "for x in a: pass\n return x", "UNSET GETITER FORLOOP CHECK RET"},
		{"CHECK after del", "x = 1\n del x\n return x", "UNSET LOADI DELR CHECK RET"},
		{"handlers see what was assigned before", "x = 1\n try: x = f()\n except: return x", "LOADI LOADG CALL RETNONE PUSHEXC POPEXC RET"},
		{"try body may not have assigned", "try: x = f()\n except: return x", "UNSET LOADG CALL RETNONE PUSHEXC CHECK POPEXC RET"},
		{"nothing behind return", "return a\n a = 1", "RET"},
		{"wildcard", "match a:\n  case _: return n", "MOVE RET"},
	}
	for _, x := range tests {
		f := function(t, "def g(n, a):\n "+x.body+"\n", Options{})
		got := spell(ops(f))
		if x.name == "method call" {
			got = strings.Replace(got, "GETMETHOD ", "", 1)
		}
		if got != x.want {
			t.Errorf("%s: %s\n got %s\nwant %s", x.name, x.body, got, x.want)
		}
	}
}

// Ticks of straight lines in a function: those of CPython 2.7.18's opcodes that go back to the loop's head, and one for
// entering the frame.
func TestTicks(t *testing.T) {
	for body, want := range map[string]int{
		"x = a + b": 2, "x = a.b.c": 3, "a.b += 1": 4, "a[b] += c": 4, "f(a, b=1)": 3, "x = {1: a, 2: b}": 4, "x, y = a": 2, "x, y = a, b": 1,
		"x, y, z, w = a, b, a, b": 3, "x = a[1:2]": 2, "x = a[1:2:3]": 3, "del a": 2, "x = a < b": 2, "x = lambda y=1: y": 2, "import a.b as d": 3,
		"from m import p, q as r": 4, "x = a if b < 3 else 1": 2, "global g; g += a": 4, "a": 1, "x = f(*a, **b)": 3, "x = [1, 2, 3]": 2,
		"a.b.c(d).e()": 6, "def h(y=a): pass": 2, "class K: pass": 4, "class K(a): pass": 5, "x = a == b == c": 3, "return a + b": 2, "raise a": 2,
		"a[b], a.c = 1, 2": 4, "x = {i for i in a}": 4,
	} {
		f := function(t, "def g(a, b, c, d):\n "+body+"\n", Options{Ticks: true})
		to := len(f.Instrs)
		for pc, in := range f.Instrs {
			if in.Op == code.RET || in.Op == code.RETNONE {
				to = pc
				break
			}
		}
		n := ticksOf(f, 0, to)
		for pc, in := range f.Instrs { // the arm that is not taken
			if in.Op == code.JMP {
				n -= ticksOf(f, pc+1, pc+1+int(in.Wide()))
			}
		}
		if n != want {
			t.Errorf("%s: %d ticks, want %d\n%s", body, n, want, listing(t, f))
		}
	}
}

// ticksOf sums the TICKs between two addresses.
func ticksOf(c *code.Code, from, to int) int {
	n := 0
	for _, in := range c.Instrs[from:to] {
		if in.Op == code.TICK {
			n += int(in.A)
		}
	}
	return n
}

// Ticks of one iteration of the innermost loop, as CPython 2.7's opcodes give them.
func TestTicksPerIteration(t *testing.T) {
	tests := []struct {
		body string
		want int
	}{
		{"while n > 0: n -= 1", 3},                         // COMPARE_OP INPLACE_SUBTRACT JUMP_ABSOLUTE
		{"while n > 0:\n  n = n - 1", 3},                   // BINARY_SUBTRACT
		{"while 1: n += 1", 2},                             // INPLACE_ADD JUMP_ABSOLUTE
		{"for i in a: pass", 2},                            // FOR_ITER JUMP_ABSOLUTE
		{"for i in a: n += i", 3},                          //
		{"for i in a: n = a[i]", 3},                        // BINARY_SUBSCR
		{"for i in a: a.x += 1", 5},                        // LOAD_ATTR INPLACE_ADD STORE_ATTR
		{"for i in a: f(i)", 4},                            // LOAD_GLOBAL CALL_FUNCTION
		{"for i in a: a.append(i)", 4},                     // LOAD_ATTR CALL_FUNCTION
		{"for i, j in a: pass", 3},                         // UNPACK_SEQUENCE
		{"for i in a:\n  if i < n: n = i", 3},              // COMPARE_OP
		{"for i in a: i, n = n, i", 2},                     // ROT_TWO does not tick
		{"for i in a: n = [i, n]", 3},                      // BUILD_LIST
		{"while n > 0 and n < 9: n -= 1", 4},               // two COMPARE_OP
		{"n = [i + 1 for i in a]", 4},                      // FOR_ITER BINARY_ADD LIST_APPEND JUMP_ABSOLUTE
		{"for i in a:\n  try: n = i\n  finally: a = i", 5}, // SETUP_FINALLY POP_BLOCK END_FINALLY
	}
	for _, x := range tests {
		f := function(t, "def g(n, a):\n "+x.body+"\n", Options{Ticks: true})
		from, to := -1, -1
		for pc := range f.Instrs {
			if target, ok := code.JumpTarget(f.Instrs, pc); ok && target <= pc {
				from, to = target, pc
			}
		}
		if from < 0 {
			t.Fatalf("%s: no loop", x.body)
		}
		// Handlers stand inside the range but are not on the path.
		n := ticksOf(f, from, to)
		for _, h := range f.Handlers {
			for pc := int(h.Target); f.Instrs[pc].Op != code.RERAISE; pc++ {
				n -= ticksOf(f, pc, pc+1)
			}
		}
		if n != x.want {
			t.Errorf("%s: %d ticks, want %d\n%s", x.body, n, x.want, listing(t, f))
		}
	}
}

// Nothing may release the lock between an acquire and the try behind it.
func TestNoTickBeforeTry(t *testing.T) {
	f := function(t, "def g(lock):\n lock.acquire()\n try:\n  lock.x = 1\n finally:\n  lock.release()\n", Options{Ticks: true})
	from := int(f.Handlers[0].From)
	if f.Instrs[from-1].Op == code.TICK || f.Instrs[from].Op == code.TICK {
		t.Errorf("a TICK stands at the begin of the try:\n%s", listing(t, f))
	}
}

func TestNoTicksByDefault(t *testing.T) {
	if s := listing(t, source(t, "test.py", "while n > 0: n -= 1", Options{})); strings.Contains(s, "TICK") {
		t.Error(s)
	}
}

// Errors that the parser leaves to this package.
func TestErrors(t *testing.T) {
	tests := []struct {
		text, want string
		line       int
	}{
		{"x = 1\nasync def f(): pass", "async functions are not supported", 2},
		{"async def f():\n async for x in y: pass", "async functions are not supported", 1},
		{"try: pass\nexcept* E: pass", "except* clauses are not supported", 1},
		{"class A[T]: pass", "type parameters are not supported", 1},
		{"type X = int", "type statements are not supported", 1},
		{"def f():\n def g():\n  nonlocal x", "no binding for nonlocal 'x' found", 3},
		{"def f(x):\n global x", "name 'x' is parameter and global", 2},
		{"def f():\n x\n global x", "name 'x' is used prior to global declaration", 3},
		{"nonlocal x", "nonlocal declaration not allowed at module level", 1},
		{"[x for x in y if (x := 1)]", "assignment expression cannot rebind comprehension iteration variable 'x'", 1},
		{"*a, *b = c", "multiple starred expressions in assignment", 1},
		{"f(x=1, x=2)", "keyword argument repeated: x", 1},
	}
	for _, x := range tests {
		_, err := try("test.py", x.text, Options{})
		se, ok := err.(*syntax.SyntaxError)
		if !ok || se.Msg != x.want || se.Line != x.line {
			t.Errorf("%q: %v, want %q in line %d", x.text, err, x.want, x.line)
		}
	}
}

// Too many nested blocks is an error of CPython too; ours also bounds what the copies of finally bodies cost.
func TestNestedBlocks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var b strings.Builder
	for i := range 25 {
		b.WriteString(strings.Repeat(" ", i) + "for x in y:\n")
	}
	b.WriteString(strings.Repeat(" ", 25) + "pass\n")
	if _, err := try("test.py", b.String(), Options{}); err == nil || !strings.Contains(err.Error(), "too many statically nested blocks") {
		t.Error(err)
	}
	b.Reset()
	for i := range 19 {
		b.WriteString(strings.Repeat(" ", i) + "try: pass\n" + strings.Repeat(" ", i) + "finally:\n")
	}
	b.WriteString(strings.Repeat(" ", 19) + "f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)\n")
	if _, err := try("test.py", b.String(), Options{}); err != nil && !strings.Contains(err.Error(), "code too large") {
		t.Error(err)
	}
}

// Jumps over more than 32,767 instructions are written as an inverted jump over a wide one.
func TestFarJumps(t *testing.T) {
	body := strings.Repeat("  a = n + a\n", 40_000)
	for _, head := range []string{"while n < 3:", "for n in a:", "if n == a:", "while n:"} {
		f := function(t, "def g(n, a):\n "+head+"\n"+body+" return 1\n", Options{})
		if n := len(f.Instrs); n < 40_000 {
			t.Errorf("%s: %d instructions", head, n)
		}
	}
}

// More constants, attributes or arguments than 16 bits count give code that works or a clear error.
func TestLimits(t *testing.T) {
	var consts, attrs, args, elts strings.Builder
	for i := range 70_000 {
		fmt.Fprintf(&consts, "x = %d.5\n", i)
		fmt.Fprintf(&attrs, "x.a%d\n", i)
		fmt.Fprintf(&args, "x%d, ", i%100)
		fmt.Fprintf(&elts, "y + %d.5, ", i)
	}
	tests := []struct{ name, text, want string }{
		{"constants", consts.String(), ""},
		{"attributes", attrs.String(), "too many attribute references"},
		{"arguments", "f(" + args.String() + ")", ""},
		{"list", "[" + elts.String() + "]", ""},
		{"tuple", "(" + elts.String() + ")", ""},
		{"set", "{" + args.String() + "}", ""},
	}
	for _, x := range tests {
		c, err := try("test.py", x.text, Options{})
		switch {
		case x.want == "" && err != nil, x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)):
			t.Errorf("%s: %v, want %q", x.name, err, x.want)
		case err == nil:
			if err := code.Check(c); err != nil {
				t.Errorf("%s: %v", x.name, err)
			}
			if c.NumRegs > 300 {
				t.Errorf("%s: %d registers", x.name, c.NumRegs)
			}
		}
	}
}

// Deep nesting must neither overflow Go's stack nor hang.
func TestDeepNesting(t *testing.T) {
	n := 3000
	for _, text := range []string{
		strings.Repeat("(", n) + strings.Repeat(")", n),
		"x = " + strings.Repeat("-", n) + "y",
		"x = " + strings.Repeat("y + ", n) + "y",
		"x = " + strings.Repeat("[", 90) + strings.Repeat("]", 90),
		"x" + strings.Repeat(".y", n),
		"x" + strings.Repeat("()", n),
		"if a: pass\n" + strings.Repeat("elif a: pass\n", n),
		"x = " + strings.Repeat("lambda: ", 90) + "y",
		"x = " + strings.Repeat("a if b else ", 90) + "c",
	} {
		c, err := try("test.py", text, Options{Ticks: true})
		if err != nil {
			continue
		}
		if err := code.Check(c); err != nil {
			t.Errorf("%.20s: %v", text, err)
		}
	}
}

// The weight of a yield point is what runs since the one before: the sum over a loop is the length of its body.
func TestWeights(t *testing.T) {
	f := function(t, "def g(n, a):\n while n:\n  n -= 1\n  a(n)\n  n = n + a\n", Options{})
	for pc, in := range f.Instrs {
		target, ok := code.JumpTarget(f.Instrs, pc)
		back := ok && target <= pc
		call := in.Op == code.CALL || in.Op == code.RETNONE
		if (f.Weights[pc] > 0) != (back || call) {
			t.Errorf("pc %d: %s has weight %d", pc, in.Op, f.Weights[pc])
		}
		if back {
			sum := 0
			for i := target; i <= pc; i++ {
				sum += int(f.Weights[i])
			}
			if sum < pc-target+1 || sum > pc-target+3 {
				t.Errorf("the loop's %d instructions weigh %d\n%s", pc-target+1, sum, listing(t, f))
			}
		}
	}
}

// The scopes of names: what is a cell, what is global, what a class body sees.
func TestScopes(t *testing.T) {
	c := source(t, "test.py", `
def f(a, b):
    c = a
    def g():
        nonlocal c
        c = b
        return d
    return g
`, Options{})
	f := c.Children[0]
	if got := fmt.Sprint(f.Locals, f.CellRegs, f.Params); got != "[a b c g] [1 2] [a b]" {
		t.Error(got)
	}
	g := f.Children[0]
	if got := fmt.Sprint(g.Free, g.Captures, g.Locals); got != "[c b] [2 1] []" {
		t.Error(got)
	}
	if g.Qualname != "f.<locals>.g" {
		t.Error(g.Qualname)
	}
}

func TestMangling(t *testing.T) {
	for _, x := range [][3]string{
		{"A", "__x", "_A__x"}, {"_A", "__x", "_A__x"}, {"__", "__x", "__x"}, {"A", "__x__", "__x__"}, {"A", "_x", "_x"},
		{"", "__x", "__x"}, {"A", "__a.b", "__a.b"},
	} {
		if got := mangle(x[0], x[1]); got != x[2] {
			t.Errorf("%s in class %s: %s, want %s", x[1], x[0], got, x[2])
		}
	}
}

func TestDocstrings(t *testing.T) {
	for _, x := range [][2]string{
		{"a", "a"}, {"  a\n    b\n      c\n", "a\nb\n  c\n"}, {"a\n\n    b\n    ", "a\n\nb\n"}, {"a\n\tb", "a\nb"}, {"\n a\n  b\n", "\na\n b\n"},
	} {
		if got := cleanDoc(x[0]); got != x[1] {
			t.Errorf("%q becomes %q, want %q", x[0], got, x[1])
		}
	}
}

// Postponed annotations are kept as CPython spells them.
func TestUnparse(t *testing.T) {
	for _, x := range [][2]string{
		{"a+b*c", "a + b * c"}, {"(a+b)*c", "(a + b) * c"}, {"Dict[str,int]", "Dict[str, int]"}, {"x|None", "x | None"},
		{"-a**-b", "-a ** (-b)"}, {"f(a,*b,c=1,**d)", "f(a, *b, c=1, **d)"}, {"lambda x,*y,z=1:x", "lambda x, *y, z=1: x"},
		{"not a or b and c", "not a or b and c"}, {"a if b else c", "a if b else c"}, {`"it's"`, `"it's"`}, {"'a\\n'", `'a\n'`},
		{"[x for x in y if z]", "[x for x in y if z]"}, {"x[1:2,::3]", "x[1:2, ::3]"}, {"{**a,b:c}", "{**a, b: c}"}, {"(1,)", "(1,)"},
		{"1.0", "1.0"}, {"1e100", "1e+100"}, {"2j", "2j"}, {"a<b<=c", "a < b <= c"}, {"...", "..."}, {"x.y[z]()", "x.y[z]()"},
		{"(a**b)**c", "(a ** b) ** c"}, {"x[(1,2)]", "x[1, 2]"}, {"x[1,]", "x[1,]"}, {"f'{x!r:>{w}} {{y}}'", "f'{x!r:>{w}} {{y}}'"}, {"1 .real", "1 .real"},
		{"x[*a]", "x[*a,]"}, {"lambda: (yield)", "lambda: (yield)"}, {"a if (b if c else d) else e", "a if (b if c else d) else e"}, {"-(-a)", "--a"},
		{"~a**b", "~a ** b"}, {"(-1)**2", "(-1) ** 2"}, {"f(x for x in y)", "f(x for x in y)"},
	} {
		e, err := syntax.ParseExpr("test.py", []byte(x[0]), syntax.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := unparse(e.Body); got != x[1] {
			t.Errorf("%s becomes %s, want %s", x[0], got, x[1])
		}
	}
}

func TestModes(t *testing.T) {
	in := object.NewInterp(nil)
	e, err := syntax.ParseExpr("e.py", []byte("a + 1"), syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		ns   bool
		want string
	}{{false, "LOADG ADDI RET"}, {true, "LOADN ADDI RET"}} {
		c, err := Expression(in, e, "e.py", Options{Namespace: x.ns})
		if err != nil {
			t.Fatal(err)
		}
		if got := spell(ops(c)); got != x.want || code.Check(c) != nil || c.Flags&code.Expr == 0 {
			t.Errorf("%s, want %s (%v)", got, x.want, code.Check(c))
		}
	}
	m, err := syntax.Parse("i.py", []byte("1 + x\n"), syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Interactive(in, m, "i.py", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := spell(ops(c)); !strings.Contains(got, "IMPORT") || !strings.Contains(listing(t, c), "displayhook") {
		t.Error(got)
	}
	c = source(t, "a.py", "def f():\n 'doc'\n assert x\n return __debug__\n", Options{Optimize: 2})
	if got := spell(ops(c.Children[0])); got != "LOADK RET" || c.Children[0].Doc.Kind() == object.KindStr {
		t.Error(got)
	}
}
