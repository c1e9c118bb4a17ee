package stm

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"
)

type (
	triple struct{ a, b, c int }
	byPtr  struct {
		p *int
		n int32
	}
	onlyPtr struct{ p *int }
	mixed   struct {
		n int
		p *int
	}
	twoBytes [2]byte
)

// TestRepresentation: which types fit into a cell.
func TestRepresentation(t *testing.T) {
	for _, c := range []struct {
		of   reflect.Type
		want rep
	}{
		{reflect.TypeFor[int](), repBits}, {reflect.TypeFor[bool](), repBits}, {reflect.TypeFor[float64](), repBits},
		{reflect.TypeFor[uint8](), repBits}, {reflect.TypeFor[struct{}](), repBits}, {reflect.TypeFor[twoBytes](), repBits},
		{reflect.TypeFor[time.Duration](), repBits}, {reflect.TypeFor[*int](), repPtr}, {reflect.TypeFor[map[int]int](), repPtr},
		{reflect.TypeFor[chan int](), repPtr}, {reflect.TypeFor[func()](), repPtr}, {reflect.TypeFor[onlyPtr](), repPtr},
		{reflect.TypeFor[[1]*int](), repPtr}, {reflect.TypeFor[unsafe.Pointer](), repPtr},
		{reflect.TypeFor[string](), repPair}, {reflect.TypeFor[byPtr](), repPair},
		{reflect.TypeFor[any](), repBox}, {reflect.TypeFor[error](), repBox}, {reflect.TypeFor[[]int](), repBox},
		{reflect.TypeFor[mixed](), repBox}, {reflect.TypeFor[complex128](), repBox}, {reflect.TypeFor[triple](), repBox},
		{reflect.TypeFor[[2]int](), repBox}, {reflect.TypeFor[[2]*int](), repBox}, {reflect.TypeFor[time.Time](), repBox},
	} {
		if got := repOf(c.of); got != c.want {
			t.Errorf("%v: representation %d, want %d", c.of, got, c.want)
		}
	}
}

// keeps checks that a Var of type T gives back what it is given, however that is done, and starts at the zero value.
func keeps[T any](t *testing.T, values ...T) {
	t.Helper()
	var zero Var[T]
	var want T
	if got := AtomicGet(&zero); !reflect.DeepEqual(got, want) && reflect.TypeFor[T]().Kind() != reflect.Func {
		t.Errorf("zero Var[%T] holds %v", want, got)
	}
	for _, v := range values {
		for _, x := range []*Var[T]{NewVar(v), NewCustomVar(v, func(a, b T) bool { return true }), NewVar(v).Named("n")} {
			if got := AtomicGet(x); !reflect.DeepEqual(got, v) {
				t.Errorf("NewVar(%v) holds %v", v, got)
			}
			for _, w := range values {
				AtomicSet(x, w)
				got := Atomically(func(tx *Tx) T {
					if got := x.Get(tx); !reflect.DeepEqual(got, w) {
						t.Errorf("after AtomicSet(%v): %v", w, got)
					}
					if got := x.Peek(tx); !reflect.DeepEqual(got, w) {
						t.Errorf("Peek after AtomicSet(%v): %v", w, got)
					}
					x.Set(tx, v)
					return x.Get(tx)
				})
				if !reflect.DeepEqual(got, v) || !reflect.DeepEqual(AtomicGet(x), v) {
					t.Errorf("Set(%v) gives %v inside, %v after", v, got, AtomicGet(x))
				}
			}
		}
	}
}

func TestVarKeepsValues(t *testing.T) {
	n := 7
	keeps(t, 0, 1, -1, math.MaxInt, math.MinInt)
	keeps(t, true, false)
	keeps(t, 0.0, -1.5, math.Inf(1), math.SmallestNonzeroFloat64)
	keeps[int8](t, -128, 127)
	keeps[uint16](t, 0, 65535)
	keeps(t, struct{}{})
	keeps(t, twoBytes{1, 2}, twoBytes{})
	keeps(t, "", "a", "a longer string")
	keeps(t, &n, nil)
	keeps(t, byPtr{&n, -5}, byPtr{}, byPtr{nil, 7})
	keeps(t, onlyPtr{&n}, onlyPtr{})
	keeps(t, mixed{1, &n}, mixed{})
	keeps(t, triple{1, 2, 3}, triple{})
	keeps(t, []int{1, 2}, nil, []int{})
	keeps[any](t, nil, 1, "x", triple{1, 2, 3})
	keeps[error](t, nil, error(unwind))
	keeps(t, map[string]int{"a": 1}, nil)
	keeps(t, complex(1, 2), 0)
	keeps(t, time.Unix(1, 2), time.Time{})
}

// TestNoAllocations: transactions on scalars, pointers and strings allocate nothing.
func TestNoAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	i, b, f, p, s := NewVar(1), NewVar(true), NewVar(1.5), NewVar(new(int)), NewVar("s")
	e, named := NewBuiltinEqVar(1), NewVar(1).Named("n")
	other := new(int)
	m := NewMap[int, int]()
	o := NewOrderedMap[int, int]()
	Atomically(func(tx *Tx) bool { o.Set(tx, 1, 1); return m.Set(tx, 1, 1) })
	for name, op := range map[string]func(){
		"void":     func() { Atomically(VoidOperation(func(tx *Tx) { i.Set(tx, i.Get(tx)+1) })) },
		"int":      func() { Atomically(func(tx *Tx) int { i.Set(tx, i.Get(tx)+1); return i.Get(tx) }) },
		"bool":     func() { Atomically(func(tx *Tx) bool { b.Set(tx, !b.Get(tx)); return true }) },
		"float":    func() { Atomically(func(tx *Tx) float64 { f.Set(tx, f.Get(tx)*1.01); return 0 }) },
		"pointer":  func() { Atomically(func(tx *Tx) *int { p.Set(tx, other); return p.Get(tx) }) },
		"string":   func() { Atomically(func(tx *Tx) string { s.Set(tx, "another"); return s.Get(tx) }) },
		"eq":       func() { Atomically(func(tx *Tx) int { e.Set(tx, e.Get(tx)+1); return 0 }) },
		"named":    func() { Atomically(func(tx *Tx) int { named.Set(tx, named.Get(tx)+1); return 0 }) },
		"set":      func() { AtomicSet(i, 3) },
		"get":      func() { AtomicGet(i) },
		"modify":   func() { AtomicModify(i, func(n int) int { return n + 1 }) },
		"view":     func() { View(func(tx *Tx) int { return i.Get(tx) }) },
		"map":      func() { Atomically(func(tx *Tx) bool { _, ok := m.Get(tx, 1); return ok || m.Delete(tx, 2) }) },
		"map get":  func() { m.AtomicGet(1) },
		"ordered":  func() { Atomically(func(tx *Tx) bool { _, ok := o.Get(tx, 1); return ok || o.Delete(tx, 2) }) },
		"blocking": func() { WouldBlock(func(tx *Tx) int { tx.Assert(i.Get(tx) < 0); return 0 }) },
	} {
		if n := testing.AllocsPerRun(200, op); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// TestEqualityIsNoChange: setting an equal value neither aborts readers nor is a write; setting another one is.
func TestEqualityIsNoChange(t *testing.T) {
	s := newTestSystem(t, Options{})
	// disturbs says whether a reader of v, which looks twice, must run again when set is called in between.
	disturbs := func(read func(tx *Tx), set func()) bool {
		runs := 0
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			read(tx)
			if runs++; runs == 1 {
				elsewhere(set)
			}
		}))
		return runs > 1
	}
	i, str := NewBuiltinEqVar(3), NewBuiltinEqVar("three")
	iface := NewBuiltinEqVar[any](3)
	custom := NewCustomVar(10, func(a, b int) bool { return a/10 != b/10 })
	plain := NewVar(3)
	nan := NewBuiltinEqVar(math.NaN())
	for _, c := range []struct {
		name string
		read func(tx *Tx)
		set  func()
		want bool
	}{
		{"eq int, same", func(tx *Tx) { i.Get(tx) }, func() { AtomicSetIn(s, i, 3) }, false},
		{"eq int, other", func(tx *Tx) { i.Get(tx) }, func() { AtomicSetIn(s, i, 4) }, true},
		{"eq string, same", func(tx *Tx) { str.Get(tx) }, func() { AtomicSetIn(s, str, "th"+"ree") }, false},
		{"eq string, other", func(tx *Tx) { str.Get(tx) }, func() { AtomicSetIn(s, str, "four") }, true},
		{"eq any, same", func(tx *Tx) { iface.Get(tx) }, func() { AtomicSetIn(s, iface, any(3)) }, false},
		{"eq any, other", func(tx *Tx) { iface.Get(tx) }, func() { AtomicSetIn(s, iface, any("3")) }, true},
		{"eq NaN to a number", func(tx *Tx) { nan.Get(tx) }, func() { AtomicSetIn(s, nan, 1.0) }, true},
		{"custom, no change", func(tx *Tx) { custom.Get(tx) }, func() { AtomicSetIn(s, custom, 15) }, false},
		{"custom, change", func(tx *Tx) { custom.Get(tx) }, func() { AtomicSetIn(s, custom, 25) }, true},
		{"plain, same", func(tx *Tx) { plain.Get(tx) }, func() { AtomicSetIn(s, plain, 3) }, true},
	} {
		if got := disturbs(c.read, c.set); got != c.want {
			t.Errorf("%s: reader runs again: %v, want %v", c.name, got, c.want)
		}
	}
	if got := AtomicGetIn(s, custom); got != 25 {
		t.Errorf("custom Var holds %d", got)
	}
	AtomicSetIn(s, custom, 27) // stored although it is no change
	if got := AtomicGetIn(s, custom); got != 27 {
		t.Errorf("a value that is no change was not stored: %d", got)
	}
}

// TestUnrecorded: Peek and Release leave no trace in the read set; Get does.
func TestUnrecorded(t *testing.T) {
	s := newTestSystem(t, Options{})
	x, y := NewVar(1), NewVar(1)
	for _, c := range []struct {
		name string
		read func(tx *Tx)
		runs int
	}{
		{"Get", func(tx *Tx) { x.Get(tx) }, 2},
		{"Peek", func(tx *Tx) { x.Peek(tx) }, 1},
		{"Release", func(tx *Tx) { x.Get(tx); x.Release(tx) }, 1},
	} {
		runs := 0
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			c.read(tx)
			if runs++; runs == 1 {
				elsewhere(func() { AtomicSetIn(s, x, 2) })
			}
			y.Set(tx, runs)
		}))
		if runs != c.runs {
			t.Errorf("%s: %d runs, want %d", c.name, runs, c.runs)
		}
	}
}

func newTestSystem(t testing.TB, o Options) *System {
	t.Helper()
	s, err := NewSystem(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// elsewhere runs f in another goroutine and waits for it.
func elsewhere(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

// TestScalarWrites: what Set writes into the log by itself, and what Store does, are one: values of all sizes, more of them than the
// short log holds, read back, overwritten and taken back by nested operations.
func TestScalarWrites(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		const n = 24
		bytes, words, texts := make([]Var[uint8], n), make([]Var[int64], n), make([]Var[string], n)
		r := rand.New(rand.NewPCG(1, 2))
		model := [n]int{} // each is in all three
		sum := func(m *[n]int) (total int) {
			for _, v := range m {
				total += v
			}
			return total
		}
		check := func(tx *Tx, m *[n]int) {
			for i, v := range m {
				b, w, x := bytes[i].Get(tx), words[i].Get(tx), texts[i].Get(tx)
				if int(b) != v%256 || w != int64(-v) || x != strings.Repeat("x", v%7) {
					t.Fatalf("Var %d: %d %d %q, want %d", i, b, w, x, v)
				}
			}
		}
		for range 60 {
			var after [n]int
			got := AtomicallyIn(s, func(tx *Tx) int {
				m := model
				change := func(tx *Tx, m *[n]int, times int) {
					for range times {
						i, v := r.IntN(n), r.IntN(1000)
						m[i] = v
						bytes[i].Set(tx, uint8(v))
						texts[i].Set(tx, strings.Repeat("x", v%7))
						words[i].Set(tx, int64(-v))
					}
				}
				change(tx, &m, r.IntN(8))
				inner := m
				_, err := Nest(tx, func(tx *Tx) (int, error) {
					change(tx, &inner, r.IntN(8))
					check(tx, &inner)
					if r.IntN(2) == 0 {
						return 0, errors.New("no")
					}
					return 0, nil
				})
				if err == nil {
					m = inner
				}
				change(tx, &m, r.IntN(4))
				check(tx, &m)
				after = m
				return sum(&m)
			})
			if model = after; got != sum(&model) {
				t.Fatalf("sum %d", got)
			}
			AtomicallyIn(s, VoidOperation(func(tx *Tx) { check(tx, &model) }))
		}
	})
}
