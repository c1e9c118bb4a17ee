package vm_test

import (
	"bytes"
	"strings"
	"testing"

	"gilt/vm"
)

// TestDialectByItself: a program that parses only as Python 2 runs in that dialect, builtins included, without being told; one
// that parses as both is Python 3.
func TestDialectByItself(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"print xrange(3), 7 / 2, {1: 2}.has_key(1), (x for x in [5]).next()\n", "xrange(3) 3 True 5\n"},
		{"try:\n    raise ValueError, 'v'\nexcept ValueError, e:\n    print e.message\n", "v\n"},
		{"print(7 / 2)\n", "3.5\n"},
		{"def f(*, a): return a / 2\nprint(f(a=1))\n", "0.5\n"},
	} {
		var out bytes.Buffer
		m, err := vm.New(vm.Config{Stdout: &out, Stderr: &out, Stdin: strings.NewReader(""), Args: []string{"p.py"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.RunSource("p.py", []byte(c.source)); err != nil || out.String() != c.want {
			t.Errorf("%q: %v, %q, want %q", c.source, err, out.String(), c.want)
		}
	}
}
