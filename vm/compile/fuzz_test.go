package compile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// FuzzCompile: whatever the source, the front end ends with verified code or with a SyntaxError.
func FuzzCompile(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.py")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, false)
	}
	for _, s := range []string{
		"x = (y := 1) + y", "a, (b, *c), d.e = f", "for x in (yield): continue", "try: 1\nfinally:\n try: 2\n finally: return",
		"while 1:\n try: break\n finally: continue", "[[x for x in y] for y in x if x for x in z]", "with a as (b, c), d: return",
		"def f(a=1, *, b): nonlocal c", "class A[T]: pass", "match x:\n case [*_]: pass", "f(**{}, *[])", "x: int", "del (a, [b]), c[1]",
		"lambda: (yield)", "not not (a < b < c)", "global x; x += 1", "async def f(): await x", "f'{a!r:{b}}'", "raise a from b",
		"print >>x, 1,", "exec a in b", "except*",
	} {
		f.Add([]byte(s), true)
	}
	in := object.NewInterp(nil)
	f.Fuzz(func(t *testing.T, text []byte, ticks bool) {
		m, err := syntax.ParseAuto("fuzz.py", text, syntax.Options{})
		if err != nil {
			return
		}
		for _, mode := range []func() (*code.Code, error){
			func() (*code.Code, error) { return Module(in, m, "fuzz.py", Options{Ticks: ticks}) },
			func() (*code.Code, error) { return Module(in, m, "fuzz.py", Options{Namespace: true, Optimize: 2}) },
			func() (*code.Code, error) { return Interactive(in, m, "fuzz.py", Options{Ticks: ticks}) },
		} {
			c, err := mode()
			if err != nil {
				var se *syntax.SyntaxError
				if !errors.As(err, &se) {
					t.Fatalf("%T: %v", err, err)
				}
				continue
			}
			if err := code.Check(c); err != nil {
				t.Fatal(err)
			}
		}
	})
}
