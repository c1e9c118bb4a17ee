package syntax

import (
	"errors"
	"testing"
	"time"
)

// FuzzParse holds the parser to its promises for any input: no panic, no hang, errors of one type, trees whose ranges lie in
// the source and within each other, in both dialects.
func FuzzParse(f *testing.F) {
	for _, c := range chunks(f, "errors.txt") {
		f.Add([]byte(c[0]))
	}
	for _, c := range chunks(f, "trees.txt") {
		f.Add([]byte(c[0]))
	}
	for _, c := range chunks(f, "py2.txt") {
		f.Add([]byte(c[0]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		for _, d := range [...]Dialect{Py3, Py2} {
			m, err := Parse("x.py", data, Options{Dialect: d})
			var e *SyntaxError
			switch {
			case err == nil:
				inSource(t, m)
				Dump(m)
				err = Check(m)
				if err != nil && !errors.As(err, &e) {
					t.Fatalf("error of type %T", err)
				}
			case !errors.As(err, &e):
				t.Fatalf("error of type %T", err)
			}
			if e != nil {
				_ = e.Format()
			}
		}
		if d := time.Since(start); d > 2*time.Second+time.Duration(len(data))*50*time.Microsecond {
			t.Fatalf("%d bytes took %v", len(data), d)
		}
	})
}

// inSource checks that all ranges of a tree lie in its source and begin before they end.
func inSource(t *testing.T, m *Module) {
	text := int32(len(m.Source.Text))
	var visit func(any)
	visit = func(n any) {
		if n, ok := n.(Node); ok {
			r := n.Span()
			if r.End.Before(r.Start) || r.Start.Line < 1 || int(r.End.Line) > m.Source.Lines() || r.Start.Col > text || r.End.Col > text {
				t.Fatalf("%T has range %v in %q", n, r, m.Source.Text)
			}
		}
		Children(n, visit)
	}
	Children(m, visit)
}
