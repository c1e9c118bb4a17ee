package syntax

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestLimits feeds sources that nest or repeat beyond all measure: each is an error in words, or a tree not higher than
// MaxDepth, and none takes long.
func TestLimits(t *testing.T) {
	const n = 100_000
	rep := strings.Repeat
	for _, c := range []struct{ name, src, want string }{
		{"parentheses", rep("(", n) + rep(")", n), "SyntaxError: too many nested parentheses"},
		{"open parentheses", rep("(", n), "SyntaxError: too many nested parentheses"},
		{"brackets", rep("[", 150) + rep("]", 150), ""},
		{"mixed brackets", rep("{[(", n), "SyntaxError: too many nested parentheses"},
		{"calls", "f" + rep("()", n), "RecursionError: maximum recursion depth exceeded during compilation"},
		{"attributes", "a" + rep(".b", n), "RecursionError: maximum recursion depth exceeded during compilation"},
		{"sum", "1" + rep("+1", n), "RecursionError: maximum recursion depth exceeded during compilation"},
		{"short sum", "1" + rep("+1", 5000), ""},
		{"sums in brackets", rep("(1"+rep("+1", 60)+"+", 150) + "1" + rep(")", 150), ""},
		{"minus", rep("-", n) + "1", "MemoryError: Parser stack overflowed - Python source too complex to parse"},
		{"not", rep("not ", n) + "1", "MemoryError: Parser stack overflowed - Python source too complex to parse"},
		{"power", "1" + rep("**1", n), "MemoryError: Parser stack overflowed - Python source too complex to parse"},
		{"lambda", rep("lambda:", n) + "1", "MemoryError: Parser stack overflowed - Python source too complex to parse"},
		{"conditional", rep("a if b else ", n) + "c", "MemoryError: Parser stack overflowed - Python source too complex to parse"},
		{"and", "a" + rep(" and a", n), ""},
		{"comparison", "a" + rep(" < a", n), ""},
		{"tuple", rep("a,", n), ""},
		{"elif", "if a: pass\n" + rep("elif a: pass\n", n), "RecursionError: maximum recursion depth exceeded during compilation"},
		{"statements", rep("a;", n), ""},
		{"blocks", blocks(99), ""},
		{"too many blocks", blocks(101), "IndentationError: too many levels of indentation"},
		{"blocks on a line", rep("if a: ", n), "SyntaxError: invalid syntax"},
		{"walruses", rep("(a:=", 199) + "1" + rep(")", 199), ""},
		{"f-strings", rep(`f"{`, 200), "SyntaxError: too many nested f-strings"},
		{"patterns", "match a:\n case " + rep("[", 199) + rep("]", 199) + ": pass\n", ""},
		{"pattern chain", "match a:\n case a" + rep(".b", n) + ": pass\n", "RecursionError: maximum recursion depth exceeded during compilation"},
		{"decorators", rep("@a\n", n) + "def f(): pass\n", ""},
		{"strings", rep("'a' ", n), ""},
		{"targets", rep("a = ", n) + "1", ""},
		{"commas missing", "f(" + rep("a b, ", 2000) + ")", "SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
		{"nested dicts with a mistake", rep("{1:", 199) + "1 2" + rep("}", 199), "SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
		{"nested brackets with a mistake", rep("[(", 99) + "$" + rep(")]", 99), "SyntaxError: invalid syntax"},
		{"nested calls with a mistake", rep("f(a, b=", 199) + "=" + rep(")", 199), "SyntaxError: invalid syntax"},
		{"nested lambdas with a mistake", rep("lambda a=1:", 1000) + "=", "SyntaxError: invalid syntax"},
		{"nested comprehensions with a mistake", rep("[a for a in ", 199) + "=" + rep("]", 199), "SyntaxError: invalid syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			got := strings.TrimSpace(complaint(c.src, Options{}))
			got = got[strings.LastIndexByte(got, '\n')+1:]
			require.Equal(t, c.want, got)
			require.Less(t, time.Since(start), 5*time.Second)
		})
	}
}

// blocks returns n nested if statements.
func blocks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "if a:\n")
	}
	b.WriteString(strings.Repeat(" ", n) + "pass\n")
	return b.String()
}
