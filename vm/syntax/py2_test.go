package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPython2 compares trees of Python 2 with CPython 2.7's, which does not tell a long from an int of the same value.
func TestPython2(t *testing.T) {
	for _, c := range chunks(t, "py2.txt") {
		m, err := Parse("x.py", []byte(c[0]), Options{Dialect: Py2})
		require.NoError(t, err, c[0])
		require.NoError(t, Check(m), c[0])
		got := strings.ReplaceAll(Dump(m), ", kind='L'", "")
		require.Equal(t, strings.TrimSuffix(c[1], "\n"), got, c[0])
	}
}

// TestClassicDivision: / divides as Python 2 does unless the module asks for the new way.
func TestClassicDivision(t *testing.T) {
	for _, c := range []struct {
		dialect Dialect
		src     string
		want    bool
	}{
		{Py2, "a / b", true},
		{Py2, "a // b", false},
		{Py2, "from __future__ import division\na / b", false},
		{Py3, "a / b", false},
	} {
		m, err := Parse("x.py", []byte(c.src), Options{Dialect: c.dialect})
		require.NoError(t, err)
		last := m.Body[len(m.Body)-1].(*ExprStmt)
		require.Equal(t, c.want, last.Value.(*BinOp).Classic, c.src)
	}
	m, err := Parse("x.py", []byte("a /= b"), Options{Dialect: Py2})
	require.NoError(t, err)
	require.True(t, m.Body[0].(*AugAssign).Classic)
}

// TestParseAuto: Python 3 where possible, then Python 2, and Python 3's error when it is neither.
func TestParseAuto(t *testing.T) {
	for _, c := range []struct {
		src     string
		dialect Dialect
		err     string
	}{
		{"print(1)", Py3, ""},
		{"print 1", Py2, ""},
		{"nonlocal = 1", Py2, ""},
		{"x = 0777L", Py2, ""},
		{"def f(*, a): pass", Py3, ""},
		{"from __future__ import print_function\nprint(1, end='')\nexec 'x'", Py2, ""},
		{"print 1 +", Py3, "Missing parentheses in call to 'print'. Did you mean print(...)?"},
		{"x = (", Py3, "'(' was never closed"},
	} {
		m, err := ParseAuto("x.py", []byte(c.src), Options{})
		if c.err != "" {
			require.ErrorContains(t, err, c.err, c.src)
			continue
		}
		require.NoError(t, err, c.src)
		require.Equal(t, c.dialect, m.Dialect, c.src)
	}
}
