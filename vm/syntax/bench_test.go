package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchmarkSource is about 300 KB of ordinary code.
func benchmarkSource(b *testing.B) []byte {
	var all strings.Builder
	for _, c := range chunks(b, "trees.txt") {
		if !strings.Contains(c[0], "__future__") {
			all.WriteString(c[0])
		}
	}
	return []byte(strings.Repeat(all.String(), 300_000/all.Len()+1))
}

// BenchmarkParse is scanning and parsing; see the MB/s.
func BenchmarkParse(b *testing.B) {
	src := benchmarkSource(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := Parse("x.py", src, Options{})
		require.NoError(b, err)
	}
}

// BenchmarkScan is scanning alone.
func BenchmarkScan(b *testing.B) {
	src, err := newSource("x.py", benchmarkSource(b), Py3)
	require.NoError(b, err)
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		scan(src, Py3)
	}
}

// BenchmarkCheck is the search for context errors in a tree.
func BenchmarkCheck(b *testing.B) {
	src := []byte(strings.Repeat("def f(a, b=1):\n    for x in a:\n        if x > b:\n            y = [z + 1 for z in x]\n    return y.foo(a, k=b)\n", 3000))
	m, err := Parse("x.py", src, Options{})
	require.NoError(b, err)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, Check(m))
	}
}
