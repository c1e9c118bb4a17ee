package syntax

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTrees compares trees, and the positions in them, with CPython's.
func TestTrees(t *testing.T) {
	for _, c := range chunks(t, "trees.txt") {
		m, err := Parse("x.py", []byte(c[0]), Options{})
		require.NoError(t, err, c[0])
		require.Equal(t, strings.TrimSuffix(c[1], "\n"), Dump(m), c[0])
		h := fnv.New64a()
		h.Write([]byte(DumpPositions(m)))
		require.Equal(t, strings.TrimSuffix(c[2], "\n"), fmt.Sprintf("%016x", h.Sum64()), "positions in\n%s", c[0])
	}
}

// TestSegments cuts every expression out of its source and parses it by itself: ranges are right when the tree is
// the same.
func TestSegments(t *testing.T) {
	n := 0
	for _, c := range chunks(t, "trees.txt") {
		m, err := Parse("x.py", []byte(c[0]), Options{})
		require.NoError(t, err)
		var visit func(any)
		visit = func(x any) {
			switch x := x.(type) {
			case *JoinedStr, *FormattedValue, *Slice, *Starred, Pattern:
				return // their parts are no expressions by themselves
			case *Name:
				if x.Ctx != Load {
					return
				}
			case *Call:
				if len(x.Args) == 1 {
					if _, ok := x.Args[0].(*GeneratorExp); ok {
						return // shares its parentheses with the call
					}
				}
			case *Tuple, *List, *Attribute, *Subscript:
				if !strings.HasSuffix(Dump(x), "ctx=Load())") {
					return
				}
			}
			if e, ok := x.(Expr); ok {
				text := m.Source.Segment(e.Span())
				if _, starred := e.(*Tuple); starred && strings.Contains(text, ":") || strings.Contains(text, "*") {
					return // slices and stars need their surroundings
				}
				again, err := ParseExpr("x.py", []byte("("+text+")"), Options{})
				require.NoError(t, err, text)
				require.Equal(t, Dump(e), Dump(again.Body), text)
				n++
			}
			Children(x, visit)
		}
		Children(m, visit)
	}
	require.Greater(t, n, 400)
}
