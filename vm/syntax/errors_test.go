package syntax

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// chunks reads a file of test cases: an introduction, then chunks that begin with a line of "=====" and have their parts
// separated by lines of "-----".
func chunks(t testing.TB, name string) [][]string {
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	var list [][]string
	for _, c := range strings.Split(string(data), "=====\n")[1:] {
		list = append(list, strings.Split(c, "-----\n"))
	}
	require.NotEmpty(t, list)
	return list
}

// complaint returns what is printed for a source, "" when there is nothing wrong with it.
func complaint(src string, o Options) string {
	m, err := Parse("x.py", []byte(src), o)
	if err == nil {
		err = Check(m)
	}
	if err == nil {
		return ""
	}
	return err.(*SyntaxError).Format()
}

// TestErrors compares messages, places and carets with CPython's.
func TestErrors(t *testing.T) {
	messages := map[string]bool{}
	for _, c := range chunks(t, "errors.txt") {
		src, want := c[0], c[1]
		got := complaint(src, Options{})
		if got != want {
			t.Errorf("source:\n%sgot:\n%swant:\n%s", src, got, want)
		}
		lines := strings.Split(strings.TrimSpace(want), "\n")
		messages[lines[len(lines)-1]] = true
	}
	require.Greater(t, len(messages), 120, "distinct messages")
}
